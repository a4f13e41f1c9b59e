"""The power goes out while notes are written: what was promised is there after it.

A kill proves nothing of this, since the system still writes what a dead program gave it. So what
went to the disk is recorded, and played up to any moment. ``FACILITATOR_CUTS=10000`` for more.
"""

from __future__ import annotations

import asyncio
import os
import shutil
from pathlib import Path
from uuid import UUID

import pytest

from .crowd import Crowd
from .powercut import Outcome, play, read_trace, watching
from .watched import WatchedCafe, can_trace

CUTS = int(os.environ.get("FACILITATOR_CUTS", "1000"))


pytestmark = [
    pytest.mark.faults,
    pytest.mark.timeout(120 + CUTS),
    pytest.mark.skipif(not can_trace(), reason="strace is not here, or may not watch"),
]


def after_cuts(folder: Path, synchronous: str, monkeypatch: pytest.MonkeyPatch) -> Outcome:
    """The real engine, while a table writes; and what a cut at any moment would have left."""
    monkeypatch.setenv("SYNCHRONOUS", synchronous)
    cafe, base, log = EngineInTrace(folder / "engine"), folder / "base", folder / "trace"
    cafe.send("open_doors")
    cafe.leave()
    shutil.copytree(cafe.folder, base)
    cafe.prefix = watching(log)
    cafe.start()
    crowd = Crowd(cafe, people=5)
    asyncio.run(crowd.write(each=40, length=200))
    promised = {UUID(writing.note).hex for writing in crowd.acknowledged}
    cafe.leave()
    events = read_trace(log)
    assert promised == {event.content.decode() for event in events if event.what == "promise"}
    outcome = play(base, events, folder / "place", CUTS)
    print(synchronous, outcome)  # noqa: T201 - the figures of the cuts
    assert outcome.promises > 100
    return outcome


class EngineInTrace(WatchedCafe):
    """An engine that is watched, and whose log is short."""

    module = "tests.faults.powercut_engine"


def test_power_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = after_cuts(tmp_path, "FULL", monkeypatch)
    assert (outcome.lost, outcome.broken) == (0, 0)


def test_a_store_that_does_not_wait_for_the_disk_is_caught(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcome = after_cuts(tmp_path, "NORMAL", monkeypatch)
    assert outcome.with_loss > CUTS // 10
