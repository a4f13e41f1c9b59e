"""Saving files from the page Verslag: asked where, made by the engine, written whole or not at all."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Final
from uuid import uuid4

from PySide6.QtCore import QObject, QStandardPaths, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from facilitator.i18n import _
from facilitator.kernel.errors import FacilitatorError
from facilitator.kernel.state import State
from facilitator.meeting.meeting import the_meeting
from ui.console.report_kinds import Kind, meeting_kind, picture_kinds, report_kinds
from ui.console.saying import sentence
from ui.link.files import Files
from ui.link.replica import Replica

NAME: Final = 80  # characters of a title that go into the name of a file
WAIT: Final = 5_000  # ms that a file waits for what was typed last


class Saving(QObject):
    """Asks where, has the file made, writes it, and tells what came of it."""

    began = Signal(str)  # the name of the kind of file
    cancelled = Signal()
    saved = Signal(object)  # the Path
    failed = Signal(str, object)  # why, and what tries again

    def __init__(self, replica: Replica, files: Files, window: QWidget) -> None:
        super().__init__(window)
        self._replica, self._window = replica, window
        self.formats = report_kinds(files)
        self.report = self.formats[0]
        self.pictures = picture_kinds(replica)
        self.meeting = meeting_kind(files)
        self._job = 0  # the file that is waited for; another number: nobody waits for it any more
        self.dialog: QFileDialog | None = None
        self._folder = Path(
            QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        )

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
        self._job += 1
        job = self._job
        self.began.emit(kind.name)

        def made(body: bytes | None, error: FacilitatorError | None) -> None:
            if job == self._job:
                self._made(kind, path, body, error)

        once = _Once(lambda: kind.make(made) if job == self._job else None)
        if self._replica.waiting:
            self._replica.waiting_changed.connect(once.when_zero)
            QTimer.singleShot(WAIT, once, once.run)
        else:
            once.run()
        once.setParent(self)

    def cancel(self) -> None:
        """Wait for it no longer; whatever still comes is not written."""
        self._job += 1
        self.cancelled.emit()

    def _made(
        self, kind: Kind, path: Path, body: bytes | None, error: FacilitatorError | None
    ) -> None:
        if body is None:
            reason = sentence(error) if error is not None else _("Er kwam geen bestand.")
            told = _("{name} is niet opgeslagen. {reason}").format(name=kind.name, reason=reason)
            self.failed.emit(told, lambda: self.save(kind, path))
            return
        try:
            write_whole(path, body)
        except OSError as wrong:
            self.failed.emit(why_not(path, wrong), lambda: self.ask(kind))
        else:
            self.saved.emit(path)


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


def write_whole(path: Path, body: bytes) -> None:
    """Write a file so that there is always the old one or the new one, whole. Raises ``OSError``."""
    beside = path.with_name(f".{path.stem[:40]}-{uuid4().hex[:8]}.part")
    try:
        with beside.open("wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise


def why_not(path: Path, wrong: OSError) -> str:
    """Why a file could not be written, and what to do, in words."""
    if wrong.errno in {errno.ENOSPC, errno.EDQUOT}:
        told = _(
            "“{name}” is niet opgeslagen: de schijf is vol. Maak ruimte of kies een andere plek."
        )
    elif isinstance(wrong, PermissionError):
        told = _(
            "“{name}” is niet opgeslagen: het bestand is open in een ander programma, of de map is "
            "op slot. Sluit het, of kies een andere naam of plek."
        )
    elif isinstance(wrong, FileNotFoundError):
        told = _("“{name}” is niet opgeslagen: de map is er niet meer. Kies een andere plek.")
    else:
        told = _("“{name}” is niet opgeslagen: {reason}. Kies een andere plek.")
    return told.format(name=path.name, reason=wrong.strerror or wrong)


def file_name(kind: str, state: State) -> str:
    """A name for a file that every system takes: the date, what it is, and the title."""
    meeting = the_meeting(state)
    title = re.sub(r'[\x00-\x1f<>:"/\\|?*]+', " ", meeting.title)
    title = re.sub(r"\s+", " ", title).strip(" .")[:NAME].strip(" .")
    return " ".join(part for part in (str(meeting.date or ""), kind, title) if part)


def open_file(path: Path) -> None:
    """Open a file, or a folder, with the program that it belongs to."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
