"""``python -m ui``: the console; also the projector, pictures, what judges the spelling, and paper."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from facilitator import settings
from facilitator.kernel.remarks import fall_discreetly

PARTS = ("projector", "pictures", "render", "spelling", "paper")


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what was asked; the exit code. Each part loads only what it needs."""
    asked = list(sys.argv[1:] if arguments is None else arguments)
    part = asked[0] if asked and asked[0] in PARTS else ""
    match part:
        case "projector":
            from ui.projector.window import main as projector  # noqa: PLC0415

            return projector(asked[1:])
        case "pictures":
            from ui.pictures import main as pictures  # noqa: PLC0415

            return pictures(asked[1:])
        case "render":
            from ui.pictures import render  # noqa: PLC0415

            return render(asked[1:])
        case "spelling":
            from facilitator.spelling import main as spelling  # noqa: PLC0415

            return spelling()
        case "paper":
            from ui.paper.program import main as paper  # noqa: PLC0415

            return paper()
        case _:
            return console(asked)


def console(arguments: Sequence[str]) -> int:
    """Open the window, then find or start the engine."""
    parser = argparse.ArgumentParser(prog="ui", description="Facilitator")
    parser.add_argument("--data", type=Path, default=None)
    asked = parser.parse_args(arguments)
    folder: Path = asked.data or settings.data_folder()
    folder.mkdir(parents=True, exist_ok=True)

    from ui.console.start import open_console  # noqa: PLC0415 - after what can go wrong with words

    return open_console(folder)


if __name__ == "__main__":
    fall_discreetly()
    sys.exit(main())
