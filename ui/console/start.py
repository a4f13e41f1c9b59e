"""The composition root of the console: the window first, and what takes time after it."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from facilitator import i18n
from facilitator.settings import APPLICATION, RESOURCES
from ui import qt_words, style
from ui.console.doorbell import Doorbell, ring
from ui.console.settings import Remembered
from ui.console.window import Window


def open_console(folder: Path) -> int:
    """Run the console on a data folder until its window is closed; the exit code.

    Where a window has the folder already, that one comes forward.
    """
    application = QApplication(sys.argv[:1])
    if ring(folder):
        return 0
    application.setApplicationName(APPLICATION)
    application.setQuitOnLastWindowClosed(False)
    remembered = Remembered(folder)
    i18n.choose(remembered.language)
    qt_words.speak(application, remembered.language)
    style.dress(application)
    application.setWindowIcon(QIcon(str(RESOURCES / "icons" / "facilitator.svg")))
    window = Window(remembered)
    window.closed.connect(application.quit)
    window.spoken.connect(lambda language: qt_words.speak(application, language))
    Doorbell(folder, window)
    window.show()
    QTimer.singleShot(0, window, lambda: attach(window, folder))
    return application.exec()


def attach(window: Window, folder: Path) -> None:
    """Now that there is something to see: the engine, and the pages while it starts."""
    from ui.link.engine import Engine  # noqa: PLC0415 - after the first paint
    from ui.link.hall import Hall  # noqa: PLC0415 - the same

    engine = Engine(folder, parent=window)
    window.attach(engine, Hall(folder, window))
    engine.start()
    QTimer.singleShot(1, window, lambda: importlib.import_module("ui.console.meeting_view"))
