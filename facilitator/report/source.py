"""What the verslag is made from: the meeting as it may be told, and who may read it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any, Final
from uuid import UUID

import msgspec

from facilitator.i18n import Words
from facilitator.kernel.entity import Entity
from facilitator.kernel.forgetting import without_persons
from facilitator.kernel.state import State
from facilitator.meeting.features import empty_state
from facilitator.meeting.meeting import Attendance, Meeting, the_meeting
from facilitator.meeting.outline import Outline
from facilitator.meeting.people import Participant

SHORTEST: Final = 2  # letters of a name that is looked for in what people wrote
_MADE_BEFORE: Final = frozenset({"title", "name", "place", "organisation", "code", "language"})
"""Fields in which nobody is named, though a word in them may also be a name."""


class Source(msgspec.Struct, frozen=True, eq=False):
    """What each part of the verslag is made from."""

    state: State
    t: Words
    pictures: Collection[UUID] = ()  # the photos whose bytes are at hand; others are left out

    @property
    def meeting(self) -> Meeting:
        """The meeting itself."""
        return the_meeting(self.state)

    @property
    def outline(self) -> Outline:
        """Which parts there are."""
        return self.meeting.outline


def source_of(state: State, pictures: Collection[UUID] = ()) -> Source:
    """The meeting in its own language, without names where its verslag has none."""
    told = as_told(state)
    return Source(told, Words(the_meeting(told).language), pictures)


def as_told(state: State) -> State:
    """The meeting as its verslag may tell it; in every format, since each begins with this.

    In a form without names all fields of persons are empty, and the names of who was there are
    taken out of what people wrote. Somebody else, named in running text, is not known here.
    """
    meeting = the_meeting(state)
    if not meeting.outline.nameless:
        return state
    hidden = Words(meeting.language)("[naam]")
    names = sorted({name for name in _names(state) if len(name) >= SHORTEST}, key=len, reverse=True)
    found = (
        re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?:[’']?s)?(?!\w)")
        if names
        else None
    )
    told = empty_state()
    told.load((_nameless(thing, found, hidden) for thing in state.entities()), state.revision)
    return told


def _names(state: State) -> Iterator[str]:
    """The names of who was there and who wrote: whole, first name, and last name."""
    writer = re.split(r"[,(/]", the_meeting(state).writer)[0]
    for name in (writer, *(person.name for person in state.all(Participant))):
        words = name.split()
        yield name.strip()
        yield from (word for word in {*words[:1], *words[-1:]} if word[:1].isupper())


def _nameless(thing: Entity, names: re.Pattern[str] | None, hidden: str) -> Entity:
    left = without_persons(thing)
    changes: dict[str, Any] = {}
    if isinstance(left, Meeting) and left.attendance is Attendance.NAMES:
        changes["attendance"] = Attendance.NUMBERS
    for field in left.__struct_fields__:
        value = getattr(left, field)
        if names is None or field in _MADE_BEFORE:
            continue
        if type(value) is str:
            changes[field] = names.sub(hidden, value)
        elif isinstance(value, tuple) and all(type(each) is str for each in value):
            changes[field] = tuple(names.sub(hidden, each) for each in value)
    return msgspec.structs.replace(left, **changes)
