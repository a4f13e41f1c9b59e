"""The life of an engine: how it begins, what it survives, and how it ends."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import sqlite3
import stat
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import msgspec
import psutil
import pytest

from facilitator.engine import read_card
from facilitator.kernel.errors import Unavailable
from facilitator.server.serving import listen
from tests.server.cafe import HOST, Cafe, Engine

ROOT = Path(__file__).parents[2]
POSIX = sys.platform != "win32"


class Process:
    """An engine as a program of its own."""

    def __init__(self, folder: Path, *more: str, **environment: str) -> None:
        self.program = subprocess.Popen(
            [sys.executable, "-m", "facilitator", "engine", "--data", str(folder), *more],
            cwd=ROOT,
            env={**os.environ, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.program.stdout is not None
        self.line = self.program.stdout.readline()

    @property
    def card(self) -> dict[str, Any]:
        return dict(msgspec.json.decode(self.line))

    def ask(self, method: str, path: str, token: str = "") -> httpx.Response:
        token = token or self.card["console_token"]
        return httpx.request(
            method,
            f"http://{HOST}:{self.card['port']}{path}",
            headers={"authorization": f"Bearer {token}"},
            timeout=20,
        )

    def end(self, how: int | None = None) -> tuple[int, str]:
        """The exit code and what it complained of."""
        if how is not None:
            self.program.send_signal(how)
        out, err = self.program.communicate(timeout=30)
        assert not out, "one line and no more"
        return self.program.returncode, err


@pytest.fixture
def processes() -> Iterator[list[Process]]:
    started: list[Process] = []
    yield started
    for process in started:
        if process.program.poll() is None:
            process.program.kill()
            process.program.communicate()


def test_it_says_it_is_up_with_one_line_and_stops_when_asked(
    tmp_path: Path, processes: list[Process]
) -> None:
    process = Process(tmp_path, "--port", "0")
    processes.append(process)
    assert set(process.card) == {
        *("pid", "port", "console_token", "hall_token", "version", "addresses"),
    }
    assert read_card(tmp_path) is not None
    if POSIX:
        assert stat.S_IMODE((tmp_path / "engine.json").stat().st_mode) == 0o600
    assert process.ask("GET", "/api/engine").json()["pid"] == process.program.pid
    assert process.ask("POST", "/api/stop").status_code == 202
    assert process.end() == (0, "")
    assert not (tmp_path / "engine.json").exists()


@pytest.mark.skipif(not POSIX, reason="signals of POSIX")
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_it_as_it_should(
    tmp_path: Path, processes: list[Process], how: signal.Signals
) -> None:
    process = Process(tmp_path, "--port", "0")
    processes.append(process)
    assert process.end(how) == (0, "")
    assert not (tmp_path / "engine.json").exists()


def test_a_second_engine_says_that_the_folder_is_taken(
    own_engine: Engine, processes: list[Process]
) -> None:
    second = Process(own_engine.folder)
    processes.append(second)
    code, said = second.end()
    assert (code, second.line) == (1, "")
    assert said.startswith("Deze gegevensmap is al in gebruik")
    assert own_engine.ask("GET", "/api/hello").is_success


def test_the_port_is_kept_for_good(tmp_path: Path) -> None:
    first = Engine(tmp_path)
    port = first.card.port
    first.stop()
    second = Engine(tmp_path, port=None)
    assert second.card.port == port
    second.stop()


def test_our_own_port_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A system may hold the port of a killed engine for a while."""
    first = Engine(tmp_path)
    port = first.card.port
    first.stop()
    other = socket.socket()
    other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    other.bind(("0.0.0.0", port))  # noqa: S104 - as the system would
    other.listen()
    monkeypatch.setattr("facilitator.server.serving.time.sleep", lambda _seconds: other.close())
    again = Engine(tmp_path, port=None)
    assert again.card.port == port
    again.stop()


def test_a_port_that_is_taken_is_an_error_once_it_was_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("facilitator.server.serving.PATIENCE", 0.0)
    first = Engine(tmp_path)
    port = first.card.port
    first.stop()
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("0.0.0.0", port))  # noqa: S104 - as another program would
        other.listen()
        with pytest.raises(Unavailable) as caught:
            Engine(tmp_path, port=None)
    assert caught.value.code == "engine.port_taken"
    again = Engine(tmp_path, port=None)
    assert again.card.port == port
    again.stop()


def test_a_port_that_never_was_ours_may_be_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as other:
        other.bind(("0.0.0.0", 0))  # noqa: S104 - as another program would
        other.listen()
        monkeypatch.setattr("facilitator.engine.PORT", other.getsockname()[1])
        engine = Engine(tmp_path, port=None)
        assert engine.card.port != other.getsockname()[1]
        engine.stop()


def test_both_internets(own_engine: Engine) -> None:
    for host in ("127.0.0.1", "::1"):
        with socket.create_connection((host, own_engine.card.port), timeout=5) as line:
            name = f"[{host}]" if ":" in host else host
            line.sendall(
                f"GET /api/hello HTTP/1.1\r\nHost: {name}:{own_engine.card.port}\r\n\r\n".encode()
            )
            assert line.recv(12) == b"HTTP/1.1 200"


def test_answers_come_at_once() -> None:
    """Only of sockets with IPPROTO_TCP does asyncio turn off the wait of 40 ms an answer."""
    sockets = listen(0)
    try:
        assert sockets
        assert {each.proto for each in sockets} == {socket.IPPROTO_TCP}
    finally:
        for each in sockets:
            each.close()


def test_a_restart_loses_and_doubles_nothing(tmp_path: Path) -> None:
    engine = Engine(tmp_path)
    cafe = Cafe(engine)
    phone = cafe.join()
    note = phone.note("Blijf")
    (first,) = phone.results(note)
    epoch = cafe.state()["epoch"]
    engine.stop()
    phone.engine = cafe.engine = Engine(tmp_path, port=None)
    (again,) = phone.results(note)
    assert (again["status"], again["revision"]) == ("repeated", first["revision"])
    assert cafe.join(id=phone.id).token == phone.token
    assert [thing["text"] for thing in phone.all("note")] == ["Blijf"]
    assert cafe.state()["epoch"] == epoch
    assert phone.write("En door")["revision"] == first["revision"] + 1
    phone.engine.stop()


def test_a_meeting_that_cannot_be_read_keeps_nobody_from_the_others(tmp_path: Path) -> None:
    engine = Engine(tmp_path)
    broken, whole = Cafe(engine), Cafe(engine)
    engine.stop()
    with closing(sqlite3.connect(tmp_path / "facilitator.db")) as database:
        hers = (uuid.UUID(broken.id).hex,)
        database.execute("UPDATE step SET activity = 'dance' WHERE meeting = ?", hers)
        database.commit()
    engine = broken.engine = whole.engine = Engine(tmp_path, port=None)
    assert whole.join().write()["status"] == "done"
    token = engine.card.console_token
    answer = engine.ask("GET", f"/api/state?meeting={broken.id}", token)
    assert answer.json()["error"]["code"] == "store.corrupt"
    assert len(engine.console("GET", "/api/meetings")["meetings"]) == 2
    engine.stop()


@pytest.mark.skipif(not POSIX, reason="a kill of POSIX")
def test_a_killed_engine_leaves_its_faces_their_tokens(
    tmp_path: Path, processes: list[Process]
) -> None:
    first = Process(tmp_path, "--port", "0")
    processes.append(first)
    first.end(signal.SIGKILL)
    second = Process(tmp_path)
    processes.append(second)
    for name in ("port", "console_token", "hall_token"):
        assert second.card[name] == first.card[name]
    assert second.end(signal.SIGTERM) == (0, "")


def test_it_ends_by_itself_when_nobody_needs_it(tmp_path: Path, processes: list[Process]) -> None:
    process = Process(tmp_path, "--port", "0", FACILITATOR_LINGER="1")
    processes.append(process)
    assert process.end() == (0, "")


def test_a_live_meeting_keeps_it_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FACILITATOR_LINGER", "1")
    engine = Engine(tmp_path)
    cafe = Cafe(engine)
    phone = cafe.join()
    time.sleep(3)
    assert phone.write()["status"] == "done"
    cafe.do("close_meeting")
    engine.wait()


@pytest.mark.skipif(not POSIX, reason="a session of POSIX")
def test_it_outlives_who_started_it(tmp_path: Path) -> None:
    starter = (
        "import subprocess, sys, os, signal\n"
        f"p = subprocess.Popen([sys.executable, '-m', 'facilitator', 'engine', '--data',"
        f" {str(tmp_path)!r}, '--port', '0'], stdout=subprocess.PIPE, start_new_session=True)\n"
        "p.stdout.readline()\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    subprocess.run([sys.executable, "-c", starter], cwd=ROOT, check=False)
    card = read_card(tmp_path)
    assert card is not None
    url = f"http://{HOST}:{card.port}"
    assert httpx.get(f"{url}/api/hello").json()["app"] == "facilitator"
    token = {"authorization": f"Bearer {card.console_token}"}
    assert httpx.post(f"{url}/api/stop", headers=token).status_code == 202
    psutil.Process(card.pid).wait(20)


@pytest.mark.skipif(not POSIX, reason="children of POSIX")
def test_a_killed_engine_leaves_no_press_behind(tmp_path: Path, processes: list[Process]) -> None:
    process = Process(tmp_path, "--port", "0")
    processes.append(process)
    sample = process.ask("POST", "/api/meetings/sample").json()["id"]
    assert process.ask("GET", f"/api/report.docx?meeting={sample}").is_success
    children = psutil.Process(process.program.pid).children(recursive=True)
    assert children
    process.end(signal.SIGKILL)
    _gone, alive = psutil.wait_procs(children, timeout=10)
    assert not alive


def test_a_request_that_never_ends_is_cut_off(
    own_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("facilitator.server.connection.DEADLINE", 0.5)
    for start in (
        b"",
        b"GET / HTTP/1.1\r\nX-A: a",
        b"POST /api/join HTTP/1.1\r\nContent-Length: 9\r\n",
    ):
        with contextlib.suppress(ConnectionError):
            assert own_engine.raw(start, wait=10) == b""
    assert own_engine.ask("GET", "/api/hello").is_success


def test_the_log_says_nothing_of_people(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = Engine(tmp_path)
    cafe = Cafe(engine)
    phone = cafe.join()

    def fail(*_: object) -> None:
        raise ValueError("Els van tafel 3 schreef: geheim")

    monkeypatch.setattr("facilitator.server.cafes.Cafe.seen_by", fail)
    answer = engine.ask("GET", "/api/state", phone.token)
    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "engine.failed")
    assert "geheim" not in answer.text
    engine.raw(b"geheim\r\n\r\n")
    engine.stop()
    log = (tmp_path / "logs" / "engine.log").read_text("utf-8")
    assert "ValueError" in log
    for secret in ("geheim", "Els", phone.token, HOST, engine.card.console_token):
        assert secret not in log
