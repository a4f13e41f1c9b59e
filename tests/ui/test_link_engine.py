"""The engine is found, started, and brought back."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from pytestqt.qtbot import QtBot

from facilitator.kernel.errors import FacilitatorError
from tests.ui.link import PATIENCE, kept, kill, running_engine, start
from ui.link import process
from ui.link.engine import Engine, Running, State


@pytest.fixture
def engine(tmp_path: Path, qtbot: QtBot) -> Iterator[Engine]:
    with running_engine(tmp_path, qtbot) as made:
        yield made


@pytest.mark.e2e
def test_it_is_started_and_says_where_phones_go(engine: Engine, qtbot: QtBot) -> None:
    assert engine.running is not None
    qtbot.waitUntil(lambda: bool(engine.addresses.all()))
    assert str(engine.running.port) in engine.addresses.url()
    assert not (engine.folder / "engine.line").exists()  # it held the tokens


@pytest.mark.e2e
def test_what_cannot_be_deleted_yet_is_emptied(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows keeps a file for as long as the engine has it open."""

    def keep(path: Path, **_: bool) -> None:
        raise PermissionError(13, "in use", str(path))

    monkeypatch.setattr(Path, "unlink", keep)
    with running_engine(tmp_path, qtbot) as engine:
        assert engine.is_up
        assert (engine.folder / "engine.line").read_bytes() == b""


@pytest.mark.e2e
def test_a_second_window_finds_the_same(engine: Engine, qtbot: QtBot) -> None:
    other = kept(Engine(engine.folder))
    start(other, qtbot)
    assert engine.running is not None
    assert other.running is not None
    assert other.running.pid == engine.running.pid
    other.stop()


@pytest.mark.e2e
def test_it_runs_on_when_the_window_lets_go(engine: Engine, qtbot: QtBot) -> None:
    assert engine.running is not None
    before = engine.running.pid
    engine.stop()
    start(engine, qtbot)
    assert engine.running.pid == before


@pytest.mark.e2e
def test_killed_it_is_back_on_the_same_port(engine: Engine, qtbot: QtBot) -> None:
    assert engine.running is not None
    port = engine.running.port
    with qtbot.waitSignal(engine.up, timeout=PATIENCE):
        old = kill(engine)
        qtbot.waitUntil(lambda: engine.state is not State.UP, timeout=PATIENCE)
    assert engine.running.pid != old
    assert engine.running.port == port


def test_a_stranger_on_the_port_gets_no_token(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever answers there but cannot prove itself is not our engine: ours is started."""
    (tmp_path / "engine.json").write_bytes(
        msgspec.json.encode(Running(port=9, console_token="secret"))
    )
    started: list[list[str]] = []

    def start_nothing(words: list[str], *_rest: object) -> object:
        started.append(words)
        raise OSError

    monkeypatch.setattr(process, "start", start_nothing)
    engine = kept(Engine(tmp_path))
    with qtbot.waitSignal(engine.failed, timeout=PATIENCE):
        engine.start()
    assert started
    assert engine.http.token == ""
    assert engine.state is State.FAILED


def test_a_crash_loop_is_told_and_not_gone_on_with(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    crash = [
        sys.executable,
        "-c",
        "import sys; print('De schijf is vol.', file=sys.stderr); sys.exit(1)",
    ]
    monkeypatch.setattr(process, "command", lambda *_words: crash)
    engine = kept(Engine(tmp_path))
    told: list[FacilitatorError] = []
    engine.failed.connect(told.append)
    engine.start()
    qtbot.waitUntil(lambda: bool(told), timeout=PATIENCE)
    assert told[0].code == "engine.crashing"
    assert told[0].values["message"] == "De schijf is vol."
    engine.stop()


def test_frozen_it_calls_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert process.command("facilitator", "engine") == [sys.executable, "engine"]
    monkeypatch.delattr(sys, "frozen")
    assert process.command("facilitator", "engine") == [
        *(sys.executable, "-m", "facilitator", "engine")
    ]
