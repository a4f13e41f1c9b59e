"""A second start on the same data folder: the first window comes forward, the second one ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalServer
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.link import PATIENCE
from ui import qt_words
from ui.console.doorbell import Doorbell, name_of, ring
from ui.console.settings import Remembered
from ui.console.window import Window

CRASHING = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication, QWidget
from ui.console.doorbell import Doorbell
application = QApplication([])
window = QWidget()
Doorbell(Path(sys.argv[1]), window)
print("listening", flush=True)
application.exec()
"""


def second_start(folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "ui", "--data", str(folder)])


@pytest.mark.qt_log_ignore("does not support raise")
@pytest.mark.e2e
def test_a_second_start_brings_the_first_window_forward(tmp_path: Path, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    Doorbell(tmp_path, window)
    window.showMinimized()
    second = second_start(tmp_path)
    qtbot.waitUntil(lambda: second.poll() is not None, timeout=PATIENCE)
    assert second.returncode == 0
    assert not window.isMinimized()
    assert not (tmp_path / "engine.json").exists()


@pytest.mark.e2e
def test_a_window_that_crashed_is_no_hindrance(tmp_path: Path, qtbot: QtBot) -> None:
    first = subprocess.Popen(
        [sys.executable, "-c", CRASHING, str(tmp_path)], stdout=subprocess.PIPE
    )
    assert first.stdout is not None
    assert first.stdout.readline().strip() == b"listening"
    os.kill(first.pid, getattr(signal, "SIGKILL", signal.SIGTERM))
    first.wait()
    first.stdout.close()
    assert not ring(tmp_path)
    window = QWidget()
    qtbot.addWidget(window)
    assert Doorbell(tmp_path, window)._server.isListening()


def test_other_folders_have_windows_of_their_own(tmp_path: Path, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    Doorbell(tmp_path / "een", window)
    began = time.monotonic()
    assert not ring(tmp_path / "twee")
    assert time.monotonic() - began < 1
    assert name_of(tmp_path / "een") == name_of(tmp_path / "twee" / ".." / "een")


def test_a_window_that_is_leaving_lets_the_next_one_open(tmp_path: Path, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    bell = Doorbell(tmp_path, window)
    second = second_start_asks(tmp_path)
    qtbot.waitUntil(lambda: second.poll() is not None, timeout=PATIENCE)
    assert second.returncode == 1
    assert not window.isVisible()
    assert isinstance(bell._server, QLocalServer)


def second_start_asks(folder: Path) -> subprocess.Popen[bytes]:
    """Only the ringing: 0 where somebody answers."""
    said = (
        "import sys; from pathlib import Path; from PySide6.QtCore import QCoreApplication;"
        "application = QCoreApplication([]); from ui.console.doorbell import ring;"
        "sys.exit(not ring(Path(sys.argv[1])))"
    )
    return subprocess.Popen([sys.executable, "-c", said, str(folder)])


def test_the_dialogs_of_qt_speak_the_language_of_the_app(
    tmp_path: Path, qapp: QApplication, qtbot: QtBot
) -> None:
    window = Window(Remembered(tmp_path))
    qtbot.addWidget(window, before_close_func=lambda _window: setattr(window, "_leaving", True))
    window.spoken.connect(lambda language: qt_words.speak(qapp, language))
    assert qt_words.speak(qapp, "nl")
    assert label_of_names() == "Bestands&naam:"
    window.library.language_chosen.emit("en")
    assert label_of_names() == "File &name:"
    window.library.language_chosen.emit("nl")
    assert label_of_names() == "Bestands&naam:"
    qt_words.speak(qapp, "en")


def label_of_names() -> str:
    dialog = QFileDialog()
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    return dialog.labelText(QFileDialog.DialogLabel.FileName)
