"""The guided check whether a phone can reach this laptop, as a console follows it."""

from __future__ import annotations

from typing import Final

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal

from facilitator.kernel.errors import FacilitatorError
from ui.link.http import Done, Http, decoded, while_alive

BEAT: Final = 700  # ms between two looks
PATH: Final = "PROEF"


class Step(msgspec.Struct, frozen=True):
    """One of the things that have to work, and whether it did."""

    name: str
    done: bool
    words: str


class Cause(msgspec.Struct, frozen=True):
    """Why no phone comes in, perhaps, and what to do about it."""

    code: str
    what: str
    cure: str


class Next(msgspec.Struct, frozen=True):
    """The address to try next."""

    url: str
    name: str


class TrialNow(msgspec.Struct, frozen=True):
    """How the check stands."""

    on: bool = False
    url: str = ""
    key: str = ""
    seconds: float = 0.0
    steps: tuple[Step, ...] = ()
    stream_seconds: int = 0
    causes: tuple[Cause, ...] = ()
    next: Next | None = None
    plan_b: str = ""

    @property
    def code(self) -> str:
        """What the QR code says."""
        return f"{self.url}/{PATH}#{self.key}" if self.on else ""

    @property
    def passed(self) -> bool:
        """Whether all of it works."""
        return bool(self.steps) and all(step.done for step in self.steps)

    def done(self, name: str) -> bool:
        """Whether a step was done."""
        return any(step.done for step in self.steps if step.name == name)


class Trial(QObject):
    """Begins the check, follows it and ends it."""

    changed = Signal(object)  # a TrialNow
    troubled = Signal(object)  # a FacilitatorError

    def __init__(self, http: Http, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._http = http
        self.now = TrialNow()
        self._turn = 0  # answers to what was asked before the last turn count no more
        self._beat = QTimer(self)
        self._beat.setSingleShot(True)
        self._beat.setInterval(BEAT)
        self._beat.timeout.connect(self.look)

    def begin(self) -> None:
        """Begin, or begin anew."""
        self._switch(on=True)

    def end(self) -> None:
        """End it; nothing is followed any more."""
        if self.now.on:
            self._switch(on=False)
        self._turn += 1
        self._beat.stop()
        self.now = TrialNow()

    def _switch(self, *, on: bool) -> None:
        self._beat.stop()
        self._turn += 1
        self._http.post("/api/trial", {"on": on}, self._hears())

    def look(self) -> None:
        """See how it stands, now."""
        self._beat.stop()
        self._http.get("/api/trial", self._hears())

    def _hears(self) -> Done:
        turn = self._turn

        def heard(now: TrialNow | None, error: FacilitatorError | None) -> None:
            if turn == self._turn:
                self._heard(now, error)

        return while_alive(self, decoded(TrialNow, heard))

    def _heard(self, now: TrialNow | None, error: FacilitatorError | None) -> None:
        if now is not None:
            self.now = now
            self.changed.emit(now)
        elif error is not None and error.code != "engine.unreachable":
            self.troubled.emit(error)
        if now is None or now.on:  # an engine that is being brought back is asked again
            self._beat.start()
