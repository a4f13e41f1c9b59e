"""The console is killed in the middle of a round: the evening goes on, and it comes back as it was."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from pytestqt.qtbot import QtBot

from facilitator.meeting.notes import Note
from facilitator.meeting.programme import the_clock
from tests.e2e.cafe import ROOT, Cafe
from tests.e2e.console import Console
from tests.ui.link import PATIENCE
from ui.console.meeting_view import MeetingView

pytestmark = [pytest.mark.e2e, pytest.mark.faults]


@pytest.fixture
def cafe(tmp_path: Path) -> Iterator[Cafe]:
    """A live meeting in its first round."""
    cafe = Cafe(tmp_path / "engine")
    cafe.send("open_doors")
    cafe.go_to("round")
    yield cafe
    cafe.close()


def start_console(cafe: Cafe) -> subprocess.Popen[bytes]:
    """The console as a process of its own, without a display."""
    command = [sys.executable, "-m", "ui", "--data", str(cafe.folder)]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)


def streams(cafe: Cafe) -> int:
    return int(cafe.ask("GET", "/api/engine")["streams"])


def test_killed_in_a_round_it_comes_back_to_the_same_second(cafe: Cafe, qtbot: QtBot) -> None:
    process = start_console(cafe)
    qtbot.waitUntil(lambda: streams(cafe) == 1, timeout=PATIENCE)
    engine = cafe.ask("GET", "/api/engine")["pid"]
    (before,) = cafe.all("clock")
    process.kill()
    process.wait()
    text = "Geschreven toen er geen venster was"
    table = cafe.table()["id"]
    cafe.send("write_note", note=str(uuid4()), text=text, table=table, step=before["step"])
    console = Console(cafe.folder, qtbot)
    qtbot.waitUntil(lambda: bool(console.window.findChildren(MeetingView)), timeout=PATIENCE)
    assert console.engine.running is not None
    assert console.engine.running.pid == engine
    clock = the_clock(console.replica.state)
    (after,) = cafe.all("clock")
    assert after == before, "the clock went on by itself: its end has not moved"
    assert str(clock.step) == before["step"]
    assert [note.text for note in console.replica.state.all(Note)] == [text]
    left = clock.remaining(console.replica.now())
    minutes, seconds = (int(part) for part in console.view.top.clock.text().split(":"))
    assert abs(minutes * 60 + seconds - left) <= 1.5  # the second that is shown is the engine's
    console.vanish()


def test_a_killed_console_leaves_the_engine_to_the_phones(cafe: Cafe, qtbot: QtBot) -> None:
    """The engine was started by the console itself, and outlives it all the same."""
    cafe.close()
    process = start_console(cafe)
    card = cafe.folder / "engine.json"
    qtbot.waitUntil(card.exists, timeout=PATIENCE)
    cafe.read_card()
    qtbot.waitUntil(lambda: streams(cafe) == 1, timeout=PATIENCE)
    engine = cafe.ask("GET", "/api/engine")["pid"]
    process.kill()
    process.wait()
    assert cafe.ask("GET", "/api/engine")["pid"] == engine
    cafe.stop()
