"""What is asked of the engine about one meeting by a call of its own, and not by a command.

These three either rewrite the past, or need what only the engine's memory knows. Pages ask, and are
called back.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol
from uuid import UUID

from PySide6.QtCore import QObject

from facilitator.kernel.errors import FacilitatorError
from facilitator.meeting.ids import NoteId
from ui.link.http import SLOW, Http, while_alive

CallDone = Callable[[FacilitatorError | None], None]
"""Hears that it is done, or why not."""


class Calls(Protocol):
    """How a page asks for these."""

    def mute_writer(self, note: NoteId, done: CallDone) -> None:
        """Mute the device that wrote this note."""

    def black_out(self, note: NoteId, done: CallDone) -> None:
        """Black out the words of a note everywhere, for good."""

    def wipe(self, done: CallDone) -> None:
        """Wipe the personal data of the meeting, for good."""


class RemoteCalls:
    """The calls about one meeting; answers are heard as long as ``owner`` is there."""

    def __init__(self, http: Http, meeting: UUID, owner: QObject) -> None:
        self._http = http
        self._meeting = meeting
        self._owner = owner

    def mute_writer(self, note: NoteId, done: CallDone) -> None:
        """Mute the device that wrote this note."""
        self._ask(f"/api/notes/{note}/mute?meeting={self._meeting}", done)

    def black_out(self, note: NoteId, done: CallDone) -> None:
        """Black out the words of a note everywhere, for good."""
        self._ask(f"/api/notes/{note}/black_out?meeting={self._meeting}", done)

    def wipe(self, done: CallDone) -> None:
        """Wipe the personal data of the meeting, for good."""
        self._ask(f"/api/meetings/{self._meeting}/wipe", done)

    def _ask(self, path: str, done: CallDone) -> None:
        def heard(_body: bytes | None, error: FacilitatorError | None) -> None:
            done(error)

        self._http.post(path, {}, while_alive(self._owner, heard), SLOW)
