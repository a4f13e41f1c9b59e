"""What is asked of the engine about one meeting by a call of its own, and not by a command.

These either rewrite the past, or need what only the engine knows. Pages ask, and are called back.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Protocol
from uuid import UUID

import msgspec
from PySide6.QtCore import QObject

from facilitator.kernel.errors import FacilitatorError
from facilitator.meeting.ids import NoteId
from facilitator.meeting.outline import Layout, Outline, Part, ReportForm, outlined
from ui.link.http import SLOW, Http, while_alive

CallDone = Callable[[FacilitatorError | None], None]
"""Hears that it is done, or why not."""


class LastOutline(msgspec.Struct, frozen=True):
    """How the verslag was built of the last other meeting of the same organisation."""

    title: str
    report: ReportForm
    parts: tuple[Part, ...]
    matrix: Layout

    @property
    def outline(self) -> Outline:
        """The same, with the parts of its form where it has none of its own."""
        return outlined(self.report, self.parts, self.matrix)


class _Offer(msgspec.Struct, frozen=True):
    last: LastOutline | None


OutlineDone = Callable[[LastOutline | None], None]
"""Hears of that outline; None where there is none, or it can't be told now."""

_OFFER: Final = msgspec.json.Decoder(_Offer)


class Calls(Protocol):
    """How a page asks for these."""

    def mute_writer(self, note: NoteId, done: CallDone) -> None:
        """Mute the device that wrote this note."""

    def black_out(self, note: NoteId, done: CallDone) -> None:
        """Black out the words of a note everywhere, for good."""

    def wipe(self, done: CallDone) -> None:
        """Wipe the personal data of the meeting, for good."""

    def last_outline(self, done: OutlineDone) -> None:
        """How the last verslag of the same organisation was built."""


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

    def last_outline(self, done: OutlineDone) -> None:
        """How the last verslag of the same organisation was built."""

        def heard(body: bytes | None, error: FacilitatorError | None) -> None:
            done(_OFFER.decode(body).last if body and error is None else None)

        path = f"/api/meetings/{self._meeting}/outline"
        self._http.get(path, while_alive(self._owner, heard))

    def _ask(self, path: str, done: CallDone) -> None:
        def heard(_body: bytes | None, error: FacilitatorError | None) -> None:
            done(error)

        self._http.post(path, {}, while_alive(self._owner, heard), SLOW)
