"""The verslag as a PDF: by the engine with LibreOffice; without it painted by Qt, and that is told."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import partial
from typing import Any, Final
from uuid import UUID

from facilitator.i18n import N_, _
from facilitator.kernel.errors import FacilitatorError, Unavailable
from facilitator.meeting.ids import PhotoId
from facilitator.meeting.meeting import the_meeting
from facilitator.meeting.outline import Part
from facilitator.meeting.photos import Photo
from ui.console.apart import Apart, Tell
from ui.console.saying import sentence
from ui.link.files import Cancel, FileDone, FileHeard, Files
from ui.link.http import while_alive
from ui.link.process import command, root
from ui.link.replica import Replica

ENDING: Final = "pdf"
WITHOUT: Final = "pdf."  # with this begins why the engine can't make one
UNTAGGED: Final = N_(
    "Deze PDF heeft de stijl van de app, en geen opbouw voor wie een schermlezer gebruikt."
)
_NO_WINDOW: Final = 0x08000000  # CREATE_NO_WINDOW
_NO_DOCK: Final = {"QT_MAC_DISABLE_FOREGROUND_APPLICATION_TRANSFORM": "1"}


class Pdf:
    """Makes it, and knows what has to be said of the last one."""

    def __init__(self, replica: Replica, files: Files) -> None:
        self.replica, self.files = replica, files
        self.without: FacilitatorError | None = None  # why the engine did not make it

    def make(self, done: FileDone, heard: FileHeard) -> Cancel:
        """Have it made."""
        self.without = None
        return _Making(self, done, heard).cancel

    def remark(self) -> str:
        """That the last one has no structure, and how to get one that does; or nothing."""
        return "" if self.without is None else f"{_(UNTAGGED)} {sentence(self.without)}"


class _Making:
    """One PDF: asked of the engine first, else painted by a program beside the window."""

    def __init__(self, pdf: Pdf, done: FileDone, heard: FileHeard) -> None:
        self._pdf, self._done, self._heard = pdf, done, heard
        self._photos: dict[UUID, bytes] = {}
        self._cancelled = False
        self._painting: Apart[bytes] | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._end = pdf.files.report(ENDING, self._answered, heard)

    def cancel(self) -> None:
        """End the work, whoever is at it."""
        self._cancelled = True
        self._end()
        if self._painting is not None:
            self._painting.stop()
        if self._process is not None:
            self._process.kill()

    def _answered(self, body: bytes | None, error: FacilitatorError | None) -> None:
        if error is None or not error.code.startswith(WITHOUT):
            self._done(body, error)
            return
        self._pdf.without = error
        self._heard(None)
        state = self._pdf.replica.state
        shown = Part.PHOTOS in the_meeting(state).outline.parts
        self._gather([photo.id for photo in state.all(Photo)] if shown else [])

    def _gather(self, keys: list[PhotoId]) -> None:
        """The photos one after another, and then the painting."""
        if self._cancelled:
            return
        if keys:
            self._pdf.files.photo(keys[0], partial(self._got, keys))
        else:
            self._paint()

    def _got(self, keys: list[PhotoId], body: bytes | None, error: FacilitatorError | None) -> None:
        if body is None:
            self._done(None, error)
            return
        self._photos[keys[0]] = body
        self._gather(keys[1:])

    def _paint(self) -> None:
        entities = list(self._pdf.replica.state.entities())

        def work(_tell: Tell) -> bytes:
            from ui.paper.program import question  # noqa: PLC0415 - only without LibreOffice

            return self._painted(question(entities, self._photos))

        over = while_alive(self._pdf.replica, self._painted_or_not)
        self._painting = Apart(work, over, self._heard)

    def _painted(self, asked: bytes) -> bytes:
        """What the program makes of it; in a thread of its own. Raises ``Unavailable``."""
        options: dict[str, Any] = {"creationflags": _NO_WINDOW} if sys.platform == "win32" else {}
        with subprocess.Popen(  # noqa: S603 - our own program, no shell
            command("ui", "paper"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=root(),
            env=os.environ | _NO_DOCK,
            **options,
        ) as process:
            self._process = process
            if self._cancelled:
                process.kill()
            made = process.communicate(asked)[0]
        if process.returncode:
            raise Unavailable("report.failed")
        return bytes(made)

    def _painted_or_not(self, body: bytes | None, wrong: FacilitatorError | OSError | None) -> None:
        if wrong is not None and not isinstance(wrong, FacilitatorError):
            wrong = Unavailable("report.failed")
        self._done(body, wrong)
