"""The table of rooms and doors stands in the documentation as it is enforced."""

from pathlib import Path

import pytest

from tests.architecture.test_imports import DOORS

DOCUMENT = Path(__file__).resolve().parent.parent.parent / "docs" / "architecture.md"
BEGIN, END = "<!-- doors -->\n", "<!-- /doors -->"


def table() -> str:
    """The enforced table, as Markdown."""
    rows = [
        f"| `{room}` | {', '.join(f'`{door}`' for door in sorted(doors)) or 'nothing'} |"
        for room, doors in DOORS.items()
    ]
    return "\n".join(["| room | may import |", "|---|---|", *rows, ""])


def test_the_document_shows_the_table(request: pytest.FixtureRequest) -> None:
    text = DOCUMENT.read_text("utf-8")
    before, rest = text.split(BEGIN)
    shown, after = rest.split(END)
    if request.config.getoption("--update-golden"):
        DOCUMENT.write_text(before + BEGIN + table() + END + after, "utf-8")
    else:
        assert shown == table(), "renew it with --update-golden"
