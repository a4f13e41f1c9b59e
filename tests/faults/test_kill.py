"""The engine is killed while thirty phones write: nothing acknowledged is lost, nothing doubled.

``FACILITATOR_KILLS=200 python -m pytest tests/faults/test_kill.py -s`` is the full siege.
"""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path

import pytest

from .siege import Siege

KILLS = int(os.environ.get("FACILITATOR_KILLS", "100"))

pytestmark = [
    pytest.mark.faults,
    pytest.mark.timeout(60 + 10 * KILLS),
    pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL"),
]


def test_no_acknowledged_note_is_lost_or_doubled(tmp_path: Path) -> None:
    books = asyncio.run(Siege(tmp_path).run(KILLS))
    print(books)  # noqa: T201 - the figures of the siege
    assert books.kills == KILLS
    assert books.acknowledged > 10 * KILLS
    assert (books.lost, books.doubled, books.wrong) == (0, 0, [])


def test_an_engine_that_acknowledges_before_the_commit_is_caught(tmp_path: Path) -> None:
    siege = Siege(tmp_path, module="tests.faults.mutant_engine")
    books = asyncio.run(siege.run(max(KILLS, 12), until_lost=True))
    assert books.lost > 0
