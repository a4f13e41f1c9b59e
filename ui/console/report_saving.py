"""Saving files from the page Verslag: asked where, made by the engine, written whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

import shiboken6
from PySide6.QtCore import QObject, QStandardPaths, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from facilitator.i18n import _
from facilitator.kernel.errors import FacilitatorError
from facilitator.kernel.state import State
from facilitator.kernel.text import file_words
from facilitator.meeting.meeting import the_meeting
from ui.console.apart import Apart, Tell
from ui.console.report_kinds import Kind, meeting_kind, picture_kinds, report_kinds
from ui.console.report_writing import why_not, write_whole
from ui.console.saying import sentence
from ui.link.files import Files
from ui.link.http import while_alive
from ui.link.replica import Replica

NAME: Final = 90  # characters of the name of a file, without its ending
WAIT: Final = 5_000  # ms that a file waits for what was typed last


class Saving(QObject):
    """Asks where, has the file made, writes it, and tells what came of it."""

    began = Signal(str)  # the name of the kind of file
    made = Signal(object)  # how far the making is, in per cent; None where nobody can tell
    written = Signal(int)  # how far the writing is, in per cent
    cancelled = Signal()
    saved = Signal(object)  # the Path
    failed = Signal(str, object, object)  # why, what tries again, and what asks for another place

    def __init__(self, replica: Replica, files: Files, window: QWidget) -> None:
        super().__init__(window)
        self._replica, self._window = replica, window
        self.formats = report_kinds(replica, files)
        self.report = self.formats[0]
        self.pictures = picture_kinds(replica)
        self.meeting = meeting_kind(files)
        self._job = 0  # the file that is waited for; another number: nobody waits for it any more
        self._end: Callable[[], bool | None] = _nothing
        self.remark = ""  # what has to be said of the file that was saved last
        self.dialog: QFileDialog | None = None
        documents = Path(
            QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        )
        self._folder = documents if documents.is_dir() else Path.home()

    def ask(self, kind: Kind) -> None:
        """Ask where to put it; the window goes on meanwhile."""
        name = file_name(kind.name, self._replica.state) + kind.ending
        dialog = QFileDialog(self._window, _("Opslaan als"), str(self._folder / name), kind.pattern)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(kind.ending[1:])
        dialog.fileSelected.connect(lambda chosen: self.save(kind, Path(chosen)))
        dialog.finished.connect(dialog.deleteLater)
        self.dialog = dialog
        dialog.open()

    def save(self, kind: Kind, path: Path) -> None:
        """Have it made and write it there, as soon as what was typed last is in the engine."""
        self._folder = path.parent
        self._end()
        self._end = _nothing
        self._job += 1
        job = self._job
        self.began.emit(kind.name)

        def done(body: bytes | None, error: FacilitatorError | None) -> None:
            if job == self._job:
                self._done(kind, path, body, error)

        def heard(percent: int | None) -> None:
            if job == self._job:
                self.made.emit(percent)

        def make() -> None:
            if job == self._job:
                end = kind.make(done, heard)
                if self._end is _nothing:
                    self._end = end

        once = _Once(make)
        if self._replica.waiting:
            self._replica.waiting_changed.connect(once.when_zero)
            QTimer.singleShot(WAIT, once, once.run)
        else:
            once.run()
        once.setParent(self)

    def cancel(self) -> None:
        """Stop the work, whoever is at it; nothing is written. Too late, the file is told a moment later."""
        if self._end() is False:
            return
        self._end = _nothing
        self._job += 1
        self.cancelled.emit()

    def _done(
        self, kind: Kind, path: Path, body: bytes | None, error: FacilitatorError | None
    ) -> None:
        self._end = _nothing
        if body is None:
            reason = sentence(error) if error is not None else _("Er kwam geen bestand.")
            told = _("{name} is niet opgeslagen. {reason}").format(name=kind.name, reason=reason)
            self.failed.emit(told, lambda: self.save(kind, path), None)
            return

        def write(tell: Tell) -> Path:
            write_whole(path, body, tell)
            return path

        def over(written: Path | None, wrong: FacilitatorError | OSError | None) -> None:
            self._end = _nothing
            if isinstance(wrong, OSError):
                again = partial(self.save, kind, path)
                self.failed.emit(why_not(path, wrong), again, partial(self.ask, kind))
            else:
                self.remark = kind.remark()
                self.saved.emit(written)

        def heard(percent: int) -> None:
            if shiboken6.isValid(self):
                self.written.emit(percent)

        self.written.emit(0)
        self._end = Apart(write, while_alive(self, over), heard).stop


def _nothing() -> None:
    """There is nothing to end."""


class _Once(QObject):
    """Runs something one time, whichever asks first."""

    def __init__(self, run: Callable[[], None]) -> None:
        super().__init__()
        self._run: Callable[[], None] | None = run

    def when_zero(self, number: int) -> None:
        """Nothing is on its way any more."""
        if number == 0:
            self.run()

    def run(self) -> None:
        """Now."""
        run, self._run = self._run, None
        if run is not None:
            run()


def file_name(kind: str, state: State) -> str:
    """A name for a file that every system takes: the date, what it is, and the title."""
    meeting = the_meeting(state)
    name = " ".join(part for part in (str(meeting.date or ""), kind, meeting.title) if part)
    return file_words(name, NAME)


def open_file(path: Path) -> None:
    """Open a file, or a folder, with the program that it belongs to."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
