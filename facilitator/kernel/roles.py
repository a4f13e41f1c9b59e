"""Who someone is to the meeting, and so what they may do."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """A part that somebody, or a screen, plays in a meeting."""

    FACILITATOR = "facilitator"
    SECRETARY = "secretary"
    HOST = "host"
    PARTICIPANT = "participant"
    HALL = "hall"  # the projector: sees what the console sees, changes nothing
    SYSTEM = "system"  # the engine itself, for what nobody asked for

    __hash__ = str.__hash__  # an enumeration's own is slow, and roles are looked up all the time


LEADERS: Final = frozenset({Role.FACILITATOR})
CONSOLES: Final = frozenset({Role.FACILITATOR, Role.SECRETARY})
WRITERS: Final = frozenset({Role.FACILITATOR, Role.SECRETARY, Role.HOST, Role.PARTICIPANT})
VIEWERS: Final = frozenset({Role.FACILITATOR, Role.SECRETARY, Role.HALL})
