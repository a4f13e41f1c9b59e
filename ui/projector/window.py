"""The projector: a process of its own, so that a crashed console leaves the hall as it was."""

from __future__ import annotations

import argparse
import contextlib
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Final
from uuid import UUID

import msgspec
from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QScreen
from PySide6.QtWidgets import QApplication, QWidget

from facilitator import i18n, settings
from facilitator.i18n import _
from facilitator.kernel.errors import FacilitatorError, NotFound
from facilitator.meeting.ids import MeetingId
from facilitator.meeting.meeting import Meeting, Phase
from ui import theme
from ui.link.engine import Engine
from ui.link.hall import Showing, lock_of, write_down, written
from ui.link.remote import RemoteReplica
from ui.link.replica import Replica
from ui.projector import scenes
from ui.projector.pulse import Pulse, local
from ui.projector.screens import RealScreens, Screen, Screens

ALONE: Final = 60_000  # ms without the engine, outside a live meeting, after which it ends
FIRST: Final = 3_000  # ms in which the console may bring the engine back before we do
SETTLE: Final = 400  # ms after screens changed, until the desktop has found its new shape
WINDOW: Final = (960, 540)
PATIENT: Final = 300  # ms; a console that looks whether we run holds the lock for a moment
ALREADY: Final = 3  # exit code: a projector of this data folder is shown already

_LOG: Final = logging.getLogger(__name__)


class HallWindow(QWidget):
    """The window in the hall: full on the second screen, or a normal window with one screen."""

    left = Signal()  # somebody closed it
    away = Signal(bool)  # its screen was unplugged, or is back

    def __init__(self, replica: Replica, screens: Screens, *, windowed: bool = False) -> None:
        super().__init__()
        self._replica = replica
        self._screens = screens
        self._windowed = windowed
        self._hall: Screen | None = None  # the screen that it fills
        self._pulse = Pulse(self._wait, self.update, self)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE)
        self._settle.timeout.connect(self.place)
        self.setWindowTitle(_("Beamer"))
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.resize(*WINDOW)
        replica.loaded.connect(self.refresh)
        replica.applied.connect(self.refresh)
        replica.address_changed.connect(self.refresh)
        screens.left.connect(self._screen_left)
        screens.changed.connect(self._settle.start)

    @property
    def full(self) -> bool:
        """Whether it fills the screen in the hall."""
        return self._hall is not None

    def place(self) -> None:
        """Go where the hall is: its screen, or a window where there never was one."""
        hall = None if self._windowed else self._screens.hall()
        if hall is not None:
            self._fill(hall)
        elif self.full or self.isHidden():
            self._stay_away() if self.full else self._show_window()

    def refresh(self) -> None:
        """Paint again, and find the next moment."""
        self.update()
        self._pulse.start()

    def _fill(self, hall: Screen) -> None:
        """On that screen, whole. One of the three calls alone lands on the laptop."""
        if self._hall is hall and self.isVisible() and self.geometry() == hall.geometry():
            return
        self._hall = hall
        self.away.emit(False)
        self.hide()
        # Without a frame, even a window manager that is late with full screen shows no title bar.
        self.setWindowFlags(
            Qt.WindowType.Window
            | Qt.WindowType.FramelessWindowHint
            | Qt.WindowType.WindowDoesNotAcceptFocus
        )
        self.setCursor(Qt.CursorShape.BlankCursor)
        if isinstance(hall, QScreen):
            self.setScreen(hall)
        self.setGeometry(hall.geometry())
        self.setWindowState(Qt.WindowState.WindowFullScreen)
        self.setVisible(True)  # not showFullScreen, which takes the keys away from the console
        self._pulse.start()

    def _show_window(self) -> None:
        self.unsetCursor()
        self.showNormal()
        self._pulse.start()

    def _stay_away(self) -> None:
        """The screen in the hall is gone: better nothing than the hall's picture on the laptop."""
        self.hide()
        self._pulse.stop()
        self.away.emit(True)

    def _screen_left(self, screen: Screen) -> None:
        if screen is self._hall:
            self._stay_away()

    def _wait(self) -> float | None:
        return scenes.until_changed(self._replica.state, self._replica.now())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The scene; while there is no meeting yet, its plain ground."""
        painter = QPainter(self)
        scenes.paint(
            painter,
            self._replica.state,
            local(self._replica.now()),
            self.size(),
            address=self._replica.address,
        )
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves full screen, then the window. In the hall no key does anything."""
        if self.full:
            return
        if event.key() == Qt.Key.Key_Escape:
            self.showNormal() if self.isFullScreen() else self.close()
        elif event.key() == Qt.Key.Key_F11:
            self._toggle()

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        """The window, as large as the screen and back."""
        if not self.full:
            self._toggle()

    def changeEvent(self, event: QEvent) -> None:
        """No pointer over a picture that fills the screen."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange and not self.full:
            blank = self.isFullScreen()
            self.setCursor(Qt.CursorShape.BlankCursor if blank else Qt.CursorShape.ArrowCursor)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closed by hand: the process ends."""
        event.accept()
        self._pulse.stop()
        self.left.emit()

    def _toggle(self) -> None:
        self.showNormal() if self.isFullScreen() else self.showFullScreen()


class HallEngine(Engine):
    """The engine as the hall knows it. In a live meeting it is brought back when nobody else does."""

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(folder, "hall", parent)
        self.replica: Replica | None = None
        self._waited = False
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(FIRST)
        self._again.timeout.connect(self._find)
        self.up.connect(self._came)

    def stop(self) -> None:
        """Let go of the engine; it runs on."""
        self._again.stop()
        super().stop()

    def _came(self) -> None:
        self._waited = False

    def _launch(self) -> None:
        if self._waited and self.replica is not None and is_live(self.replica):
            super()._launch()
        else:
            self._waited = True
            self._again.start()


def is_live(replica: Replica) -> bool:
    """Whether the meeting is live, as far as was heard."""
    return any(meeting.phase is Phase.LIVE for meeting in replica.state.all(Meeting))


def speak_for(replica: Replica) -> None:
    """The hall reads the language of its meeting, whichever the console has."""
    meeting = next(iter(replica.state.all(Meeting)), None)
    if meeting is not None and meeting.language != i18n.words().language:
        i18n.choose(meeting.language)


class Watch(QObject):
    """Ends the projector when there is nothing more to show: no engine and no live meeting."""

    ended = Signal()

    def __init__(self, replica: Replica, engine: Engine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._replica = replica
        self._engine = engine
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(ALONE)
        self.timer.timeout.connect(self._alone)
        self.timer.start()
        replica.connected_changed.connect(self._heard)
        replica.troubled.connect(self._troubled)

    def _heard(self, connected: bool) -> None:  # noqa: FBT001 - from a signal
        if connected:
            self.timer.stop()
        else:
            self.timer.start()

    def _alone(self) -> None:
        if is_live(self._replica):
            self.timer.start()
        else:
            self.ended.emit()

    def _troubled(self, error: FacilitatorError) -> None:
        """Another engine with other tokens is found again; a meeting that was deleted ends it."""
        _LOG.warning("%s", error)
        if error.code.startswith("token."):
            self._engine.start()
        elif isinstance(error, NotFound):
            self.ended.emit()


def tell_away(folder: Path, showing: Showing, *, away: bool) -> None:
    """Write it down for the console. Who closes the projector takes that paper away: then not."""
    with contextlib.suppress(OSError):
        if written(folder).exists():
            write_down(folder, msgspec.structs.replace(showing, away=away))


def arguments_of(arguments: Sequence[str]) -> argparse.Namespace:
    """What was asked for on the command line."""
    parser = argparse.ArgumentParser(prog="ui projector", description=_("Het scherm in de zaal"))
    parser.add_argument("--data", type=Path, default=None, help=_("de map met de gegevens"))
    parser.add_argument("--meeting", type=UUID, required=True, help=_("welke bijeenkomst"))
    parser.add_argument("--windowed", action="store_true", help=_("altijd in een venster"))
    parser.add_argument("--own", default="", help=_("het scherm van de begeleider"))
    return parser.parse_args(arguments)


def main(arguments: Sequence[str]) -> int:
    """Show a meeting in the hall until it is closed, or there is nothing more to show."""
    i18n.choose(settings.language())
    asked = arguments_of(arguments)
    folder = asked.data or settings.data_folder()
    folder.mkdir(parents=True, exist_ok=True)
    lock = lock_of(folder)
    if not lock.tryLock(PATIENT):
        return ALREADY
    application = QApplication.instance() or QApplication(["facilitator"])
    assert isinstance(application, QApplication)  # noqa: S101 - the window needs widgets
    application.setQuitOnLastWindowClosed(False)
    theme.load_fonts()
    showing = Showing(pid=application.applicationPid(), meeting=asked.meeting)
    write_down(folder, showing)
    engine = HallEngine(folder, application)
    replica = RemoteReplica(engine, MeetingId(asked.meeting), application)
    engine.replica = replica
    for told in (replica.loaded, replica.applied):
        told.connect(lambda *_entry: speak_for(replica))
    screens = RealScreens(application, application, own=asked.own)
    window = HallWindow(replica, screens, windowed=asked.windowed)
    watch = Watch(replica, engine, application)
    watch.ended.connect(application.quit)
    window.left.connect(application.quit)
    window.away.connect(lambda away: tell_away(folder, showing, away=away))
    engine.start()
    window.place()
    code = application.exec()
    written(folder).unlink(missing_ok=True)
    replica.close()
    engine.stop()
    lock.unlock()
    return code
