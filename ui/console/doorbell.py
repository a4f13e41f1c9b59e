"""One window a data folder: a second start rings, the first window comes forward, the second ends.

The bell is a local socket, so consoles on other machines are not concerned. A window that crashed
answers no more: who comes next takes its place.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QWidget

PATIENCE: Final = 2_000  # ms; a window that does not answer by then hangs, and is left alone
HERE: Final = b"here\n"
ANYBODY: Final = -1  # any process may come to the foreground


def name_of(folder: Path) -> str:
    """What the bell of a data folder is called on this machine."""
    return f"facilitator-{hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:20]}"


def ring(folder: Path) -> bool:
    """Ask the window that has this folder to come forward; whether there is one that does."""
    socket = QLocalSocket()
    socket.connectToServer(name_of(folder))
    if not socket.waitForConnected(PATIENCE):
        return False
    _let_come_forward()
    answered = socket.waitForReadyRead(PATIENCE) and socket.readAll().data() == HERE
    socket.disconnectFromServer()
    return bool(answered)


class Doorbell(QObject):
    """Listens for a second start, for as long as its window lives."""

    def __init__(self, folder: Path, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._rung)
        name = name_of(folder)
        if not self._server.listen(name):
            QLocalServer.removeServer(name)  # what a crash left behind
            self._server.listen(name)

    def _rung(self) -> None:
        while self._server.hasPendingConnections():
            socket = self._server.nextPendingConnection()
            socket.disconnected.connect(socket.deleteLater)
            if self._window.isVisible():
                socket.write(HERE)
                socket.flush()
                come_forward(self._window)
            else:  # it is on its way out
                socket.disconnectFromServer()


def come_forward(window: QWidget) -> None:
    """Put a window before all others, also where it was made small."""
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()


def _let_come_forward() -> None:
    """Windows lets only the process that was started last give the foreground away."""
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - on Windows only

        ctypes.windll.user32.AllowSetForegroundWindow(ANYBODY)
