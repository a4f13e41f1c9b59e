"""How far a file is that the engine makes: asked now and then, until it is there."""

from __future__ import annotations

from typing import Final
from uuid import UUID

import msgspec
import shiboken6
from PySide6.QtCore import QObject, QTimer

from facilitator.kernel.errors import FacilitatorError
from ui.link.files import FileHeard
from ui.link.http import Http, decoded, while_alive

AGAIN: Final = 250  # ms between two questions


class _HowFar(msgspec.Struct):
    percent: int | None


class Following(QObject):
    """Asks how far a job is, and says so when that has changed."""

    def __init__(self, http: Http, job: UUID, heard: FileHeard, owner: QObject) -> None:
        super().__init__(owner)
        self._http, self._path, self._heard = http, f"/api/jobs/{job}", heard
        self._asking = False
        self._told: int | None = 0
        self._timer = QTimer(self)
        self._timer.setInterval(AGAIN)
        self._timer.timeout.connect(self._ask)
        self._timer.start()

    def end(self) -> None:
        """The file is there, or nobody waits for it any more."""
        if shiboken6.isValid(self):
            self._timer.stop()
            self.deleteLater()

    def _ask(self) -> None:
        if not self._asking:
            self._asking = True
            self._http.get(self._path, while_alive(self, decoded(_HowFar, self._answered)))

    def _answered(self, answer: _HowFar | None, _error: FacilitatorError | None) -> None:
        self._asking = False
        if answer is None or not self._timer.isActive() or answer.percent == self._told:
            return  # not begun, or just done: who waits for the file hears of that
        self._told = answer.percent
        self._heard(answer.percent)
