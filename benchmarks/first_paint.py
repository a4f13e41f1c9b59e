"""From starting the program to the first paint: the console against an empty window.

``python benchmarks/first_paint.py``; prints both medians, in milliseconds, and their ratio. The
runs are interleaved. Neither starts an engine: the console does so after its first paint.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 9
LIMIT = 2.5

WATCH = """
from PySide6.QtCore import QEvent, QObject
class Painted(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            import os
            os.write(1, b"painted")
            os._exit(0)
        return False
"""
EMPTY = f"""
from PySide6.QtWidgets import QApplication, QWidget
{WATCH}
application = QApplication([])
window = QWidget()
painted = Painted()
window.installEventFilter(painted)
window.resize(1280, 760)
window.show()
application.exec()
"""
CONSOLE = f"""
import sys
from pathlib import Path
{WATCH}
from ui.console import window
class Watched(window.Window):
    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.painted = Painted()
        self.library.installEventFilter(self.painted)
window.Window = Watched
from ui.__main__ import main
main(["--data", sys.argv[1]])
"""


def environment(folder: str) -> dict[str, str]:
    """Modules are compiled once, as on every machine where the app was started before."""
    kept = {name: value for name, value in os.environ.items() if "BYTECODE" not in name}
    return {
        "QT_QPA_PLATFORM": "offscreen",
        **kept,
        "PYTHONPATH": str(ROOT),
        "PYTHONPYCACHEPREFIX": str(Path(folder) / "compiled"),
    }


def run(script: str, folder: str) -> float:
    """Milliseconds from the start of a process to its first paint."""
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", script, folder],
        cwd=ROOT,
        env=environment(folder),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        check=True,
    )
    taken = (time.perf_counter() - began) * 1000
    if not done.stdout.endswith(b"painted"):
        raise SystemExit("the window was not painted")
    return taken


def main() -> int:
    """Measure, print, and say whether it is within the limit."""
    with tempfile.TemporaryDirectory() as folder:
        for script in (EMPTY, CONSOLE):  # the first time, files come from the disk
            run(script, folder)
        empty, console = [], []
        for _round in range(ROUNDS):
            empty.append(run(EMPTY, folder))
            console.append(run(CONSOLE, folder))
    bare, ours = statistics.median(empty), statistics.median(console)
    ratio = ours / bare
    print(f"empty window   {bare:7.0f} ms")
    print(f"console        {ours:7.0f} ms")
    print(f"ratio          {ratio:7.2f}    (limit {LIMIT})")
    return 0 if ratio <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
