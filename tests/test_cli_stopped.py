"""An export that is stopped with Ctrl+C, or that the disk refuses: no half file, and nothing goes on."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import psutil
import pytest

from facilitator import cli
from facilitator.file import write_cafe
from facilitator.meeting.ids import MeetingId
from facilitator.sample import sample_entities
from facilitator.settings import LIBREOFFICE
from facilitator.shelf import open_shelf
from tests.server.cafe import Engine

LONG = 60.0


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the files go: one is there already."""
    made = tmp_path / "files"
    made.mkdir()
    for ending in ("pdf", "cafe"):
        (made / f"x.{ending}").write_bytes(b"old")
    return made


@pytest.fixture(params=["alone", "beside"])
def data(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """A data folder with a meeting, with and without an engine."""
    made = tmp_path / "data"
    with open_shelf(made) as shelf:
        shelf.bring(write_cafe(sample_entities(MeetingId(UUID(int=5)))))
    engine = Engine(made) if request.param == "beside" else None
    yield made
    if engine is not None:
        engine.stop()


def untouched(folder: Path) -> bool:
    """Whether nothing was written there."""
    return {path.name: path.read_bytes() for path in folder.iterdir()} == {
        "x.pdf": b"old",
        "x.cafe": b"old",
    }


@pytest.mark.skipif(sys.platform == "win32", reason="the slow program is a script")
def test_ctrl_c_ends_all_of_it(
    data: Path, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    number, program = tmp_path / "pid", tmp_path / "soffice"
    program.write_text(f'#!/bin/sh\necho $$ > "{number}"\nexec sleep 600\n')
    program.chmod(0o700)
    monkeypatch.setenv(LIBREOFFICE, str(program))
    words = [sys.executable, "-m", "facilitator", "export", "--data", str(data), "leer"]
    running = subprocess.Popen(
        [*words, "--to", str(folder / "x.pdf")], stderr=subprocess.PIPE, text=True
    )
    end = time.monotonic() + LONG
    while not (number.exists() and number.read_text().strip()):
        assert running.poll() is None
        assert time.monotonic() < end
        time.sleep(0.02)
    office = psutil.Process(int(number.read_text()))
    running.send_signal(signal.SIGINT)
    _out, said = running.communicate(timeout=LONG)
    assert running.returncode == 1
    assert "niets geschreven" in said
    assert "Traceback" not in said
    assert untouched(folder)
    _gone, alive = psutil.wait_procs([office], LONG)
    assert not alive


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (KeyboardInterrupt(), "niets geschreven"),
        (OSError(errno.ENOSPC, "No space left on device"), "x.cafe kan niet worden"),
    ],
)
@pytest.mark.parametrize("at", ["written", "placed"])
def test_what_ends_the_writing_leaves_the_old_one(
    data: Path,
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    at: str,
    wrong: BaseException,
    words: str,
) -> None:
    def fails(*_given: object) -> None:
        raise wrong

    of, name = {"written": (os, "fsync"), "placed": (Path, "replace")}[at]
    with pytest.MonkeyPatch.context() as broken:
        broken.setattr(of, name, fails)
        code = cli.main(["export", "--data", str(data), "leer", "--to", str(folder / "x.cafe")])
    assert code == 1
    assert words in capsys.readouterr().err
    assert untouched(folder)
