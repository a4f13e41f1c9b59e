"""A killed engine is up again: how long it takes until the window may speak to it.

    python -m benchmarks.revival [rounds]

The engine of a window is killed, as when it crashes. The time runs until the window has found that
out, has started another one, and has seen its proof. The bar is 2 seconds. The second figure is the
start alone: from the start of the process to the line that says it is up.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEventLoop

from benchmarks.cafe import ROOT, middle
from ui.link.engine import Engine

BAR = 2.0


def revive(engine: Engine) -> float:
    """Seconds from the kill until it is up again."""
    assert engine.running is not None  # noqa: S101 - it is up
    waiting = QEventLoop()
    engine.up.connect(waiting.quit)
    began = time.perf_counter()
    os.kill(engine.running.pid, getattr(signal, "SIGKILL", signal.SIGTERM))
    waiting.exec()
    engine.up.disconnect(waiting.quit)
    return time.perf_counter() - began


def start(folder: str) -> float:
    """Seconds from the start of an engine until it says that it is up."""
    began = time.perf_counter()
    words = [sys.executable, "-m", "facilitator", "engine", "--data", folder, "--port", "0"]
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None  # noqa: S101 - as it was made
        process.stdout.readline()
        took = time.perf_counter() - began
        process.kill()
    return took


def main(rounds: int) -> int:
    """Measure, print, and say whether it is within the bar."""
    application = QCoreApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as other:
        start(other)  # the first one makes the database
        starts = [start(other) for _ in range(rounds)]
        engine = Engine(Path(folder))
        up = QEventLoop()
        engine.up.connect(up.quit)
        engine.start()
        up.exec()
        engine.up.disconnect(up.quit)
        took = []
        for _ in range(rounds):
            wait(6.0)  # four starts within twenty seconds are a crash loop
            took.append(revive(engine))
        done = QEventLoop()
        engine.shut_down(done.quit)
        done.exec()
        while (Path(folder) / "engine.json").exists():
            wait(0.05)
    print(f"start alone    {middle(starts) * 1e3:6.0f} ms")
    print(f"killed → up    {middle(took) * 1e3:6.0f} ms   slowest {max(took) * 1e3:.0f} ms")
    print(f"bar            {BAR * 1e3:6.0f} ms")
    del application
    return 0 if max(took) <= BAR else 1


def wait(seconds: float) -> None:
    """Let the window live for a while."""
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        time.sleep(0.01)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 3))
