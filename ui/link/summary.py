"""A meeting as the list of meetings knows it, and one that is to be made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import msgspec

from facilitator.meeting.ids import MeetingId


class Summary(msgspec.Struct, frozen=True):
    """What the list shows of a meeting."""

    id: MeetingId
    title: str
    date: dt.date | None = None
    place: str = ""
    phase: str = "preparing"
    notes: int = 0
    participants: int = 0
    changed_at: dt.datetime | None = None
    keep_until: dt.date | None = None  # then personal data are wiped
    wiped: bool = False


class Plan(msgspec.Struct, frozen=True):
    """A meeting that is to be made."""

    title: str
    template: str = "themes"
    language: str = "nl"
    themes: Sequence[str] = ()
