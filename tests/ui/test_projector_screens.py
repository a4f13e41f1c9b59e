"""Two real screens: the hall's window lands on the second, and hides when that is unplugged."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

NEEDED = ("Xvfb", "xrandr", "openbox")
ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 20.0  # seconds

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(
        any(shutil.which(name) is None for name in NEEDED),
        reason=f"needs {', '.join(NEEDED)}",
    ),
]

PROGRAM = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
from tests.ui.hall import Hall
from tests.ui.local import LocalReplica
from ui.projector.screens import RealScreens
from ui.projector.window import HallWindow

application = QApplication(sys.argv)
application.setQuitOnLastWindowClosed(False)
console = QWidget()
console.resize(400, 300)
console.show()
window = HallWindow(LocalReplica(Hall().entities()), RealScreens(application))
window.place()

def tell():
    full = window.full and window.isFullScreen()
    rect = window.frameGeometry().getRect()
    print(window.isVisible(), full, *rect, len(application.screens()), flush=True)

timer = QTimer(interval=100)
timer.timeout.connect(tell)
timer.start()
application.exec()
"""


@pytest.fixture
def display(tmp_path: Path) -> Iterator[str]:
    """A display as wide as a laptop and a projector."""
    out, into = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(into), "-noreset", "-screen", "0", "3200x1080x24"],
        pass_fds=[into],
        stderr=subprocess.DEVNULL,
    )
    os.close(into)
    with os.fdopen(out) as told:
        name = f":{told.readline().strip()}"
    managed = tmp_path / "managed"
    manager = subprocess.Popen(
        ["openbox", "--startup", f"touch {managed}"],
        env={**os.environ, "DISPLAY": name},
        stderr=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    end = time.monotonic() + PATIENCE
    while not managed.exists():
        assert time.monotonic() < end
        time.sleep(0.02)
    _xrandr(name, "--setmonitor", "LAPTOP", "1280/300x800/200+0+0", "screen")
    yield name
    for process in (manager, server):
        process.terminate()
        process.wait()


def _xrandr(display: str, *arguments: str) -> None:
    subprocess.run(["xrandr", "-d", display, *arguments], check=True, capture_output=True)


def _plug(display: str) -> None:
    _xrandr(display, "--setmonitor", "BEAMER", "1920/400x1080/300+1280+0", "none")


def _unplug(display: str) -> None:
    _xrandr(display, "--delmonitor", "BEAMER")


@pytest.fixture
def program(display: str) -> Iterator[subprocess.Popen[str]]:
    _plug(display)
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM],
        env={
            **os.environ,
            "DISPLAY": display,
            "QT_QPA_PLATFORM": "xcb",
            "PYTHONPATH": str(ROOT),
        },
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    yield process
    process.kill()
    process.communicate()


def _until(program: subprocess.Popen[str], wanted: str) -> None:
    """Read what the program tells until it is this."""
    assert program.stdout is not None
    end = time.monotonic() + PATIENCE
    line = ""
    while time.monotonic() < end:
        line = program.stdout.readline()
        if not line:
            break
        if line.startswith(wanted):
            return
    pytest.fail(f"{line!r} is not {wanted!r}")


def test_the_window_lands_on_the_second_screen_and_leaves_with_it(
    display: str, program: subprocess.Popen[str]
) -> None:
    _until(program, "True True 1280 0 1920 1080 2")
    _unplug(display)
    _until(program, "False")
    _plug(display)
    _until(program, "True True 1280 0 1920 1080 2")
