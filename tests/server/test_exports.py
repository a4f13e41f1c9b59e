"""A verslag that takes long: how far it is, and that it ends when nobody waits for it any more."""

from __future__ import annotations

import contextlib
import socket
import sys
import time
from pathlib import Path
from uuid import uuid4

import psutil
import pytest

from facilitator.engine import LINGER
from facilitator.report.formats import FORMATS
from tests.server.cafe import HOST, Cafe, Engine

LONG = 30.0

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the slow program is a script")


@pytest.fixture
def slow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A LibreOffice that never comes to an end; the file in which it writes its number."""
    number, program = tmp_path / "pid", tmp_path / "soffice"
    program.write_text(f'#!/bin/sh\necho $$ > "{number}"\nexec sleep 600\n')
    program.chmod(0o700)
    monkeypatch.setenv("FACILITATOR_LIBREOFFICE", str(program))
    return number


class Export:
    """A request for a verslag, as a program that may hang up."""

    def __init__(self, cafe: Cafe, ending: str) -> None:
        self._engine, self.job = cafe.engine, str(uuid4())
        self._line = socket.create_connection((HOST, cafe.engine.card.port), timeout=LONG)
        head = (
            f"GET /api/report.{ending}?meeting={cafe.id}&job={self.job} HTTP/1.1\r\n"
            f"Host: {HOST}:{cafe.engine.card.port}\r\n"
            f"Authorization: Bearer {cafe.engine.card.console_token}\r\n\r\n"
        )
        self._line.sendall(head.encode())

    def percent(self) -> int | str | None:
        """How far it is, or the code of why that is not known."""
        token = self._engine.card.console_token
        said = self._engine.ask("GET", f"/api/jobs/{self.job}", token).json()
        found: int | str | None = said["error"]["code"] if "error" in said else said["percent"]
        return found

    def hang_up(self) -> None:
        """Cancel."""
        self._line.close()


def until(file: Path) -> int:
    """The number that is written there, once it is."""
    end = time.monotonic() + LONG
    while time.monotonic() < end:
        if file.exists() and file.read_text().strip():
            return int(file.read_text())
        time.sleep(0.02)
    raise AssertionError(file)


def test_hanging_up_ends_the_work_and_all_that_it_started(cafe: Cafe, slow: Path) -> None:
    cafe.join().write("Blijft staan")
    before = workers()
    export = Export(cafe, "pdf")
    office = psutil.Process(until(slow))
    assert export.percent() is None, "how far LibreOffice is, nobody knows"
    working = workers() - before
    assert working
    export.hang_up()
    gone, alive = psutil.wait_procs([office, *working], LONG)
    assert not alive
    assert gone
    assert export.percent() == "job.unknown"
    assert cafe.engine.console("GET", f"/api/report.docx?meeting={cafe.id}")[:2] == b"PK"
    assert [note["text"] for note in cafe.all("note")] == ["Blijft staan"]
    assert workers() <= before, "nothing of it stays"


def test_a_slow_one_keeps_no_other_waiting(cafe: Cafe, slow: Path) -> None:
    export = Export(cafe, "pdf")
    until(slow)
    assert cafe.engine.console("GET", f"/api/report.docx?meeting={cafe.id}")[:2] == b"PK"
    assert export.percent() is None
    export.hang_up()


def test_who_waits_for_a_turn_may_leave(cafe: Cafe, slow: Path) -> None:
    exports = [Export(cafe, "pdf") for _ in range(3)]
    until(slow)
    waiting = exports.pop()
    assert waiting.percent() in {0, None}
    waiting.hang_up()
    for export in exports:
        export.hang_up()
    assert cafe.engine.console("GET", f"/api/report.docx?meeting={cafe.id}")[:2] == b"PK"


def test_an_engine_that_nobody_needs_first_makes_its_file(
    slow: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(LINGER, "0.5")
    engine = Engine(tmp_path / "data")
    export = Export(Cafe(engine, live=False), "pdf")
    until(slow)
    engine.thread.join(3.0)
    assert engine.ask("GET", "/api/hello").is_success
    export.hang_up()
    engine.wait()


@pytest.mark.parametrize("ending", sorted(set(FORMATS) - {"pdf"}))
def test_every_format_is_made(cafe: Cafe, ending: str) -> None:
    path = f"/api/report.{ending}?meeting={cafe.id}"
    answer = cafe.engine.ask("GET", path, cafe.engine.card.console_token)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == FORMATS[ending].media
    assert answer.content


def test_what_has_no_name_is_not_followed(engine: Engine, cafe: Cafe) -> None:
    token = engine.card.console_token
    gone = engine.ask("GET", f"/api/jobs/{uuid4()}", token)
    assert (gone.status_code, gone.json()["error"]["code"]) == (404, "job.unknown")
    path = f"/api/report.docx?meeting={cafe.id}&job=x"
    assert engine.ask("GET", path, token).json()["error"]["code"] == "id.malformed"
    assert engine.ask("GET", f"/api/jobs/{uuid4()}", engine.card.hall_token).status_code == 403


def workers() -> set[psutil.Process]:
    """The processes that work for engines of this one."""
    found = set()
    for child in psutil.Process().children():
        with contextlib.suppress(psutil.Error):  # it has just ended
            if any("spawn_main" in word for word in child.cmdline()):
                found.add(child)
    return found
