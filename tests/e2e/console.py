"""The facilitator's window in a test: the real one, on a real engine, without a display."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import httpx
import msgspec
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from facilitator.meeting.notes import Note
from facilitator.meeting.programme import current_step
from facilitator.meeting.tables import tables
from tests.ui.link import PATIENCE
from ui import style
from ui.console.meeting_view import MeetingView
from ui.console.new_meeting import NewMeeting
from ui.console.page import Page
from ui.console.settings import Remembered
from ui.console.start import attach
from ui.console.window import Window
from ui.link.engine import Engine, State
from ui.link.remote import RemoteReplica

W = TypeVar("W", bound=QWidget)
P = TypeVar("P", bound=Page)


class Console:
    """The window, and what a facilitator does to it."""

    def __init__(self, folder: Path, qtbot: QtBot) -> None:
        self.folder = folder
        self._qtbot = qtbot
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        style.dress(application)
        folder.mkdir(parents=True, exist_ok=True)
        self.window = Window(Remembered(folder))
        qtbot.addWidget(self.window)
        self.window.show()
        attach(self.window, folder)
        self.until(lambda: self.engine.state is State.UP)

    def until(self, so: Callable[[], bool]) -> None:
        """Wait for something, while the window lives on."""
        self._qtbot.waitUntil(so, timeout=PATIENCE)

    @property
    def engine(self) -> Engine:
        """The engine that the window works with."""
        return self.window.engine

    @property
    def view(self) -> MeetingView:
        """The meeting that is open."""
        (view,) = (view for view in self.window.findChildren(MeetingView) if view.isVisible())
        return view

    @property
    def replica(self) -> RemoteReplica:
        """The state of the meeting that is open."""
        replica = self.view.replica
        assert isinstance(replica, RemoteReplica)
        return replica

    @property
    def url(self) -> str:
        """Where the phones of this test go."""
        assert self.engine.running is not None
        return f"http://127.0.0.1:{self.engine.running.port}"

    def code(self, table: int) -> str:
        """The code of a table, by its number."""
        return next(one.code for one in tables(self.replica.state) if one.number == table)

    def new_meeting(self, title: str) -> None:
        """Make a meeting from the template, and have it open."""
        self.until(self.window.library.new_button.isEnabled)
        self.press(self.window.library.new_button)
        dialog = self.dialog(NewMeeting)
        QTest.keyClicks(dialog.title, title)
        self.press(dialog.make)
        self.until(lambda: bool(self.window.findChildren(MeetingView)))

    def press(self, button: QPushButton) -> None:
        """A button, with the mouse."""
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def dialog(self, kind: type[W]) -> W:
        """The dialog that is open."""
        assert issubclass(kind, QDialog)
        return next(
            widget
            for widget in QApplication.topLevelWidgets()
            if isinstance(widget, kind) and widget.isVisible()
        )

    def page(self, number: int, kind: type[P]) -> P:
        """A page by its number, brought into sight by its key."""
        self.window.activateWindow()
        self.until(self.window.isActiveWindow)
        QTest.keyClick(
            self.view, Qt.Key(Qt.Key.Key_0 + number), Qt.KeyboardModifier.ControlModifier
        )
        page = self.view.pages.currentWidget()
        assert isinstance(page, kind)
        return page

    def primary(self, says: str) -> None:
        """The one primary button, which has to say this."""
        self.until(lambda: self.view.top.primary.text() == says)
        revision = self.replica.state.revision
        self.press(self.view.top.primary)
        self.until(lambda: self.replica.state.revision > revision)

    def begin_round(self) -> None:
        """From a meeting that is ready to the first round."""
        for says in ("Deuren openen", "Begin: Welkom", "Naar het inchecken", "Naar ronde 1"):
            self.primary(says)
        assert current_step(self.replica.state) is not None

    def note(self, text: str) -> Note:
        """The note that says this, when it has come."""
        self.until(lambda: any(note.text == text for note in self.replica.state.all(Note)))
        return next(note for note in self.replica.state.all(Note) if note.text == text)

    def save_as(self, path: Path) -> None:
        """Answer the question where a file goes."""
        dialog = self.dialog(QFileDialog)
        dialog.selectFile(str(path))
        dialog.accept()
        self.until(path.exists)

    def vanish(self) -> None:
        """The window is gone, and leaves the engine as it is."""
        if self.window._replica is not None:
            self.window._replica.close()
            self.window._replica = None
        self.engine.stop()
        self.window.hide()

    def end(self) -> None:
        """All is over: the engine stops."""
        running = self.engine.running
        self.vanish()
        if running is not None:
            stop_engine(running.port, running.console_token)


def stop_engine(port: int, token: str) -> None:
    """Have an engine stop, if it still runs."""
    headers = {"Authorization": f"Bearer {token}"}
    try:
        httpx.post(f"http://127.0.0.1:{port}/api/stop", headers=headers, timeout=10)
    except httpx.HTTPError:
        return


def card_of(folder: Path) -> tuple[int, str]:
    """Port and token of the engine of a data folder."""
    card = msgspec.json.decode((folder / "engine.json").read_bytes())
    return card["port"], card["console_token"]
