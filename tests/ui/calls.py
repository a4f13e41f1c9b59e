"""Calls to the engine for tests of pages: written down, and answered when the test says so."""

from __future__ import annotations

from facilitator.kernel.errors import FacilitatorError
from facilitator.meeting.ids import NoteId
from ui.link.calls import CallDone, LastOutline, OutlineDone


class FakeCalls:
    """What was asked, and who waits for an answer."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, NoteId | None]] = []
        self._waiting: list[CallDone] = []
        self.last: LastOutline | None = None

    def mute_writer(self, note: NoteId, done: CallDone) -> None:
        """Write it down."""
        self._ask("mute", note, done)

    def black_out(self, note: NoteId, done: CallDone) -> None:
        """Write it down."""
        self._ask("black_out", note, done)

    def wipe(self, done: CallDone) -> None:
        """Write it down."""
        self._ask("wipe", None, done)

    def last_outline(self, done: OutlineDone) -> None:
        """Answer at once."""
        self.asked.append(("outline", None))
        done(self.last)

    def answer(self, error: FacilitatorError | None = None) -> None:
        """Answer the oldest call."""
        self._waiting.pop(0)(error)

    def _ask(self, what: str, note: NoteId | None, done: CallDone) -> None:
        self.asked.append((what, note))
        self._waiting.append(done)
