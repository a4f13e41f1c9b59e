"""What ``SECURITY.md`` says is there is there, and it says all that is tested."""

from __future__ import annotations

import re
from pathlib import Path

from facilitator import cli
from facilitator.server.writers import MOST

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "SECURITY.md").read_text("utf-8")


def named() -> set[str]:
    return set(re.findall(r"`(tests/[a-z0-9_/]+\.py)`", TEXT))


def test_every_test_that_it_names_is_there() -> None:
    assert len(named()) > 15
    assert {path for path in named() if not (ROOT / path).is_file()} == set()


def test_every_threat_that_is_tested_stands_in_it() -> None:
    tested = {f"tests/threats/{path.name}" for path in Path(__file__).parent.glob("test_*.py")}
    assert tested - named() == {"tests/threats/test_document.py"}


def test_the_numbers_are_those_of_the_code() -> None:
    assert f"newest {MOST:,} notes" in TEXT
    assert re.search(r"^    wipe ", cli._parser().format_help(), re.MULTILINE)


def test_it_is_linked() -> None:
    for path in ("README.md", "docs/architecture.md", "docs/developing.md"):
        assert "SECURITY.md" in (ROOT / path).read_text("utf-8"), path
