"""The power goes out while notes are written: what was promised is there after it.

A kill proves nothing of this, since the system still writes what a dead program gave it. So what
went to the disk is recorded, and played up to any moment. ``FACILITATOR_CUTS=2000`` for more.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from .powercut import Outcome, play, trace
from .powercut_writer import prepare

CUTS = int(os.environ.get("FACILITATOR_CUTS", "120"))


def can_trace() -> bool:
    """Whether a program can be watched here."""
    if shutil.which("strace") is None:
        return False
    tried = subprocess.run(["strace", "-o", os.devnull, "true"], check=False, capture_output=True)
    return tried.returncode == 0


pytestmark = [
    pytest.mark.faults,
    pytest.mark.timeout(120 + CUTS),
    pytest.mark.skipif(not can_trace(), reason="strace is not here, or may not watch"),
]


def after_cuts(folder: Path, synchronous: str) -> Outcome:
    live, base = folder / "live", folder / "base"
    prepare(live)
    shutil.copytree(live, base)
    events = trace(live, synchronous)
    outcome = play(base, events, folder / "place", CUTS)
    print(synchronous, outcome)  # noqa: T201 - the figures of the cuts
    assert outcome.promises > 100
    return outcome


def test_no_promise_is_broken_by_a_power_cut(tmp_path: Path) -> None:
    outcome = after_cuts(tmp_path, "FULL")
    assert (outcome.lost, outcome.broken) == (0, 0)


def test_a_store_that_does_not_wait_for_the_disk_is_caught(tmp_path: Path) -> None:
    outcome = after_cuts(tmp_path, "NORMAL")
    assert outcome.with_loss > CUTS // 10
