"""The projector as a process of its own, with a real engine."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import httpx
import msgspec
import pytest

from tests.e2e.cafe import ROOT, Cafe
from ui.link.engine import Running
from ui.link.hall import lock_of, written
from ui.projector.window import ALREADY

PATIENCE = 25.0  # seconds

pytestmark = pytest.mark.e2e


def _start(cafe: Cafe) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "ui", "projector", "--data", str(cafe.folder)]
    command += ["--meeting", cafe.meeting]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)


@pytest.fixture
def projector(cafe: Cafe) -> Iterator[subprocess.Popen[bytes]]:
    process = _start(cafe)
    _until(lambda: _streams(cafe) == 1)
    yield process
    process.kill()
    process.wait()


def _streams(cafe: Cafe) -> int:
    return int(cafe.ask("GET", "/api/engine")["streams"])


def _until(so: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not so():
        assert time.monotonic() < end
        time.sleep(0.05)


def _is_up(cafe: Cafe) -> bool:
    try:
        return httpx.get(f"{cafe.url}/api/hello").status_code == 200
    except httpx.HTTPError:
        return False


def test_there_is_one_projector(cafe: Cafe, projector: subprocess.Popen[bytes]) -> None:
    assert written(cafe.folder).exists()
    assert not lock_of(cafe.folder).tryLock(0)
    assert _start(cafe).wait(PATIENCE) == ALREADY
    assert projector.poll() is None


def test_a_killed_projector_can_be_brought_back(
    cafe: Cafe, projector: subprocess.Popen[bytes]
) -> None:
    projector.kill()
    projector.wait()
    assert written(cafe.folder).exists()
    lock = lock_of(cafe.folder)
    assert lock.tryLock(0)
    lock.unlock()


def test_in_a_live_meeting_it_brings_a_killed_engine_back(
    cafe: Cafe, projector: subprocess.Popen[bytes]
) -> None:
    cafe.kill()
    _until(lambda: _is_up(cafe))
    running = msgspec.json.decode((cafe.folder / "engine.json").read_bytes(), type=Running)
    cafe.token = running.console_token
    _until(lambda: _streams(cafe) == 1)
    assert projector.poll() is None
    projector.kill()
    cafe.ask("POST", "/api/stop", {})
    _until(lambda: not _is_up(cafe))
