"""Files from a real engine: how far they are, and that cancelling ends the work there."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from pytestqt.qtbot import QtBot

from facilitator.kernel.errors import FacilitatorError
from facilitator.meeting.ids import MeetingId
from tests.ui.link import PATIENCE, new_meeting, running_engine
from ui.link.engine import Engine
from ui.link.library import RemoteFiles

pytestmark = pytest.mark.e2e


@pytest.fixture
def slow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A LibreOffice that never comes to an end; the file in which it writes its number."""
    number, program = tmp_path / "pid", tmp_path / "soffice"
    program.write_text(f'#!/bin/sh\necho $$ > "{number}"\nexec sleep 600\n')
    program.chmod(0o700)
    monkeypatch.setenv("FACILITATOR_LIBREOFFICE", str(program))
    return number


@pytest.fixture
def engine(tmp_path: Path, slow: Path, qtbot: QtBot) -> Iterator[Engine]:
    with running_engine(tmp_path / "data", qtbot) as made:
        yield made


@pytest.fixture
def files(engine: Engine, qtbot: QtBot) -> RemoteFiles:
    meeting: MeetingId = new_meeting(engine, qtbot)
    return RemoteFiles(engine.http, meeting, engine)


class Answer:
    """What a page hears of a file."""

    def __init__(self) -> None:
        self.heard: list[int | None] = []
        self.bodies: list[bytes | None] = []
        self.wrong: list[FacilitatorError] = []

    def done(self, body: bytes | None, error: FacilitatorError | None) -> None:
        """It is there, or not."""
        self.bodies.append(body)
        if error is not None:
            self.wrong.append(error)


@pytest.mark.skipif(sys.platform == "win32", reason="the slow program is a script")
def test_cancelling_ends_the_work_and_the_next_begins_at_once(
    files: RemoteFiles, slow: Path, qtbot: QtBot
) -> None:
    first, second = Answer(), Answer()
    cancel = files.report("pdf", first.done, first.heard.append)
    qtbot.waitUntil(lambda: first.heard[-1:] == [None], timeout=PATIENCE)
    qtbot.waitUntil(lambda: slow.exists() and bool(slow.read_text().strip()), timeout=PATIENCE)
    office = psutil.Process(int(slow.read_text()))
    cancel()
    qtbot.waitUntil(lambda: not office.is_running(), timeout=PATIENCE)
    files.report("docx", second.done, second.heard.append)
    qtbot.waitUntil(lambda: bool(second.bodies), timeout=PATIENCE)
    assert (second.bodies[0] or b"").startswith(b"PK")
    assert not first.bodies
    assert not first.wrong
    cancel()  # once more does nothing


def test_the_meeting_itself_tells_how_much_is_there(files: RemoteFiles, qtbot: QtBot) -> None:
    answer = Answer()
    files.meeting_file("cafe", answer.done, answer.heard.append)
    qtbot.waitUntil(lambda: bool(answer.bodies), timeout=PATIENCE)
    assert (answer.bodies[0] or b"").startswith(b"PK")
    assert answer.heard[-1] == 100


def test_a_cancelled_meeting_file_is_not_heard(files: RemoteFiles, qtbot: QtBot) -> None:
    first, second = Answer(), Answer()
    files.meeting_file("cafe", first.done, first.heard.append)()
    files.meeting_file("json", second.done, second.heard.append)
    qtbot.waitUntil(lambda: bool(second.bodies), timeout=PATIENCE)
    assert not first.bodies
    assert not first.wrong
