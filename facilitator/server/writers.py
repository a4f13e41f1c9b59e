"""Which phone sent which note: known for as long as the meeting goes on, and never written down.

A named meeting keeps the author with the note. An anonymous one keeps nobody; so that the
facilitator can still silence a device that sends what hurts, the engine remembers, in its memory
alone, which device a note came from. It forgets when the meeting is closed and when it stops.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from facilitator.kernel.command import Command
from facilitator.meeting.ids import NoteId, ParticipantId
from facilitator.meeting.notes import WriteNote

MOST: Final = 20_000  # notes; four times the largest evening


class Writers:
    """The devices that the notes of one meeting came from."""

    def __init__(self) -> None:
        self._devices: dict[NoteId, ParticipantId] = {}
        self._sent: dict[NoteId, ParticipantId] = {}  # what is not written yet, or was refused

    def __len__(self) -> int:
        return len(self._devices)

    def remember(self, commands: Iterable[Command], device: UUID) -> None:
        """A phone sends these. Who sent a note first keeps it."""
        for command in commands:
            if type(command) is WriteNote:
                self._sent.setdefault(command.note, ParticipantId(device))
        _shorten(self._sent)

    def wrote(self, note: NoteId) -> None:
        """The note is there. Of too many the oldest go, by notes alone: not by what is refused."""
        device = self._sent.pop(note, None)
        if device is not None:
            self._devices[note] = device
            _shorten(self._devices)

    def of(self, note: NoteId) -> ParticipantId | None:
        """The device that a note came from, if it is known."""
        return self._devices.get(note)

    def forget(self) -> None:
        """The meeting is over."""
        self._devices.clear()
        self._sent.clear()


def _shorten(devices: dict[NoteId, ParticipantId]) -> None:
    while len(devices) > MOST:
        del devices[next(iter(devices))]
