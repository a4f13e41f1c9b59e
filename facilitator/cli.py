"""The command line: the engine, and what can be done without a window."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec

from facilitator import i18n, settings
from facilitator.i18n import _, words
from facilitator.kernel.errors import FacilitatorError
from facilitator.messages import message


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what was asked; the exit code."""
    i18n.choose(settings.language())
    asked = _parser().parse_args(arguments)
    try:
        return int(asked.do(asked) or 0)
    except FacilitatorError as error:
        print(message(error, words()), file=sys.stderr)
        return 1


def engine(asked: argparse.Namespace) -> None:
    """Be the engine."""
    from facilitator.engine import Card, run  # noqa: PLC0415 - slow to load

    def ready(card: Card) -> None:
        print(msgspec.json.encode(card).decode(), flush=True)

    run(asked.data, asked.port, ready)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="facilitator", description=_("Een World Café, van klaarzetten tot verslag.")
    )
    parser.add_argument("--data", type=Path, default=settings.data_folder())
    commands = parser.add_subparsers(required=True)
    one = commands.add_parser("engine")
    one.add_argument("--data", type=Path, default=settings.data_folder())
    one.add_argument("--port", type=int)
    one.set_defaults(do=engine)
    return parser
