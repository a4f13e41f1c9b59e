"""The documentation of the protocol names what there is, and nothing that is not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from facilitator import cli, engine, settings
from facilitator.messages import MESSAGES
from facilitator.server.audience import FIELDS
from facilitator.server.routes import ROUTES

TEXT = (Path(__file__).parents[2] / "docs" / "protocol.md").read_text("utf-8")


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_every_route_is_documented(route: object) -> None:
    method, path = route.method, route.path  # type: ignore[attr-defined]
    assert re.search(rf"`(GET|POST|DELETE) [^`]*{re.escape(path)}[?`]", TEXT) or (
        f"`{method} {path}" in TEXT
    )


def test_no_other_call_is_documented() -> None:
    known = {(route.method, route.path) for route in ROUTES}
    for method, path in re.findall(r"`(GET|POST|PUT|DELETE) (/[^`?]*)", TEXT):
        assert (method, path) in known


def test_every_code_in_it_exists() -> None:
    for code in re.findall(r"[45]\d\d `([a-z_]+\.[a-z_]+)`", TEXT):
        assert code in MESSAGES


def test_every_setting_and_command_is_documented() -> None:
    for name in (settings.DATA_FOLDER, settings.LANGUAGE, engine.LINGER, engine.RATE):
        assert f"| `{name}` |" in TEXT
    help_text = cli._parser().format_help()
    commands = set(re.findall(r"^    ([a-z]+) ", help_text, re.MULTILINE))
    documented = set(
        re.findall(r"^\| `([a-z]+)[ `]", TEXT.partition("## The command line")[2], re.MULTILINE)
    )
    assert documented == commands


def test_what_phones_see_is_documented_as_it_is() -> None:
    rows = dict(re.findall(r"^\| `([a-z_]+)` \| (id[^|]*) \|", TEXT, re.MULTILINE))
    assert {kind: tuple(fields.split(", ")) for kind, fields in rows.items()} == {
        struct.kind(): fields for struct, fields in FIELDS.items()
    }
