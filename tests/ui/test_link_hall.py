"""The projector's process: started, brought back, ended."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from pytestqt.qtbot import QtBot

from tests.ui.link import PATIENCE, new_meeting, replica_of, running_engine
from ui.link import process
from ui.link.hall import Hall, Showing, lock_of, written

pytestmark = pytest.mark.e2e


@pytest.fixture
def hall(tmp_path: Path, qtbot: QtBot) -> Iterator[Hall]:
    with running_engine(tmp_path, qtbot) as engine:
        meeting = new_meeting(engine, qtbot)
        replica = replica_of(engine, meeting, qtbot, live=True)
        made = Hall(tmp_path)
        made.follow(meeting)
        yield made
        made.close()
        qtbot.waitUntil(lambda: _free(tmp_path), timeout=PATIENCE)
        made.leave()
        replica.close()


def _free(folder: Path) -> bool:
    lock = lock_of(folder)
    if lock.tryLock(0):
        lock.unlock()
        return True
    return False


def showing(hall: Hall) -> Showing:
    return msgspec.json.decode(written(hall.folder).read_bytes(), type=Showing)


def test_it_is_started_brought_back_and_ended(hall: Hall, qtbot: QtBot) -> None:
    assert not hall.running
    hall.toggle(windowed=True)
    qtbot.waitUntil(lambda: hall.running and written(hall.folder).exists(), timeout=PATIENCE)
    first = showing(hall).pid
    os.kill(first, getattr(signal, "SIGKILL", signal.SIGTERM))
    qtbot.waitUntil(lambda: hall.running and showing(hall).pid != first, timeout=PATIENCE)
    second = Hall(hall.folder)  # a console that came back finds it
    second.follow(showing(hall).meeting)
    assert second.running
    second.leave()
    hall.toggle(windowed=True)
    qtbot.waitUntil(lambda: not hall.running, timeout=PATIENCE)
    hall.look()
    assert not hall.running


def test_one_that_never_stays_is_told(
    hall: Hall, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "command", lambda *_words: [sys.executable, "-c", ""])
    written(hall.folder).write_bytes(
        msgspec.json.encode(Showing(pid=0, meeting=hall._meeting or None))  # type: ignore[arg-type]
    )
    with qtbot.waitSignal(hall.failed, timeout=PATIENCE):
        hall.show(windowed=True)
