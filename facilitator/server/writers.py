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

    def __len__(self) -> int:
        return len(self._devices)

    def remember(self, commands: Iterable[Command], device: UUID) -> None:
        """A phone sends these. Who sent a note first keeps it; of too many, the oldest go."""
        for command in commands:
            if type(command) is WriteNote:
                self._devices.setdefault(command.note, ParticipantId(device))
        while len(self._devices) > MOST:
            del self._devices[next(iter(self._devices))]

    def of(self, note: NoteId) -> ParticipantId | None:
        """The device that a note came from, if it is known."""
        return self._devices.get(note)

    def forget(self) -> None:
        """The meeting is over."""
        self._devices.clear()
