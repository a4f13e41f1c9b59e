"""What a phone sees: the only place where that is decided.

Consoles and the hall see everything. A phone sees the meeting, its programme and clock, its own
table with what was written and handed over there, and the themes that it may write for; no
authors, no invitations, no network, and nothing of how things were before. The host of a table sees
no more than the others who sit there. While phones may vote each sees what there is to vote for, and
the themes it is about; of what was voted they see nothing, not even their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import msgspec

from facilitator.kernel.entity import Entity
from facilitator.kernel.entry import Change, Entry
from facilitator.kernel.state import State
from facilitator.kernel.wire import encode
from facilitator.meeting.hand_over import OF_TABLE as HANDED_OVER_AT
from facilitator.meeting.hand_over import HandOver
from facilitator.meeting.hosting import Invitation, live_host
from facilitator.meeting.ids import ParticipantId, TableId, ThemeId
from facilitator.meeting.meeting import Meeting, the_meeting
from facilitator.meeting.notes import OF_TABLE, Note, in_the_hall
from facilitator.meeting.people import Participant
from facilitator.meeting.programme import Clock, Step
from facilitator.meeting.tables import Table
from facilitator.meeting.themes import Theme
from facilitator.meeting.votes import Option

Shown = Mapping[str, Any]
Tables = frozenset[TableId | None]
EVERYBODY: Final = None
NOBODY: Final[Tables] = frozenset()

FIELDS: Final[Mapping[type[Entity], tuple[str, ...]]] = {
    Meeting: (
        *("id", "title", "language", "date", "begins", "ends", "place", "organisation", "purpose"),
        *("named", "approval", "show_earlier", "phase", "note_length", "grace"),
        *("devices", "frozen", "keep_until", "voting", "dots"),
    ),
    Step: ("id", "activity", "title", "question", "length", "order"),
    Clock: ("id", "step", "left", "ends_at"),
    Theme: ("id", "title", "question", "colour", "open", "order"),
    Table: ("id", "number", "name", "theme", "code", "closed"),
    Note: ("id", "text", "table", "theme", "round", "late", "written_at"),
    HandOver: ("id", "table", "round", "points"),
    Option: ("id", "text", "theme", "order"),
    Participant: ("id", "name", "table", "people"),  # only one's own
}
"""What is left of a thing on its way to a phone. A kind that is not here never leaves."""


def shown(entity: Entity) -> Shown:
    """The thing with just the fields that a phone may see."""
    fields = {name: getattr(entity, name) for name in FIELDS[type(entity)]}
    return {"kind": entity.kind(), **fields}


def readers(entity: Entity, state: State) -> Tables | None:
    """The tables whose phones see this thing; None means all of them."""
    match entity:
        case Note():
            seen = in_the_hall(entity) and the_meeting(state).show_earlier
            return frozenset((entity.table,)) if seen and entity.table is not None else NOBODY
        case Meeting() | Step() | Clock():
            return EVERYBODY
        case Option():
            return EVERYBODY if the_meeting(state).voting else NOBODY
        case Theme():
            if entity.open or the_meeting(state).voting:
                return EVERYBODY
            return frozenset(table.id for table in state.all(Table) if table.theme == entity.id)
        case Table():
            return frozenset({entity.id})
        case HandOver():
            return frozenset({entity.table})
        case _:
            return NOBODY


def seen_at(state: State, table: TableId | None) -> Iterator[Shown]:
    """All that the phones at one table see."""
    for kind in (Meeting, Step, Clock, Theme, Table, Option):
        for thing in state.all(kind):
            yield from _if_seen(thing, table, state)
    if table is not None:
        for note in state.where(OF_TABLE, table):
            yield from _if_seen(note, table, state)
        for hand_over in state.where(HANDED_OVER_AT, table):
            yield from _if_seen(hand_over, table, state)


def _if_seen(thing: Entity, table: TableId | None, state: State) -> Iterator[Shown]:
    tables = readers(thing, state)
    if tables is EVERYBODY or table in tables:
        yield shown(thing)


class Told(msgspec.Struct):
    """What comes and goes; never the same thing in both."""

    put: list[Entity] = msgspec.field(default_factory=list)
    remove: list[Shown] = msgspec.field(default_factory=list)


_NOTHING: Final = Told()


class News(msgspec.Struct):
    """What an entry means to phones."""

    all: Told = msgspec.field(default_factory=Told)
    tables: dict[TableId | None, Told] = msgspec.field(default_factory=dict)
    anew: set[TableId | None] = msgspec.field(default_factory=set)  # tables that load all again
    everybody_anew: bool = False
    people: set[ParticipantId] = msgspec.field(default_factory=set)  # who load all again

    @property
    def for_all(self) -> bool:
        """Whether there is something in it for every table."""
        return self.everybody_anew or bool(self.all.put or self.all.remove)

    def for_table(self, table: TableId | None) -> tuple[bytes, bytes]:
        """What comes and what goes at one table, as JSON."""
        own = self.tables.get(table, _NOTHING)
        put = [shown(entity) for entity in (*self.all.put, *own.put)]
        return encode(put), encode([*self.all.remove, *own.remove])

    def at(self, table: TableId | None) -> Told:
        """What is told at one table alone."""
        return self.tables.setdefault(table, Told())


def news_of(entry: Entry, state: State) -> News:
    """What an entry means to phones. ``state`` has taken it over already."""
    news = News()
    for change in entry.changes:
        if isinstance(change.subject, Invitation):
            news.people |= _hosts_of(change.before) ^ _hosts_of(change.after)
        elif change.before is not None:
            _note_audience(news, change)
        _note_change(news, change, state)
    return news


def _note_audience(news: News, change: Change[Entity]) -> None:
    """Some changes are to who sees what. Who is concerned loads everything again."""
    match change:
        case Change(before=Participant() as old, after=new):
            if new is None or shown(old) != shown(new):
                news.people.add(old.id)
        case Change(before=Table() as old, after=new) if _theme_of(new) != old.theme:
            news.at(old.id)
            news.anew.add(old.id)
        case Change(before=Meeting() as old, after=Meeting() as new):
            news.everybody_anew |= (old.show_earlier, old.voting) != (new.show_earlier, new.voting)
        case _:
            pass


def _hosts_of(invitation: Entity | None) -> set[ParticipantId]:
    """Who may do more by this invitation; whose page is another from then on."""
    host = live_host(invitation) if isinstance(invitation, Invitation) else None
    return set() if host is None else {host}


def _theme_of(table: Entity | None) -> ThemeId | None:
    return table.theme if isinstance(table, Table) else None


def _note_change(news: News, change: Change[Entity], state: State) -> None:
    before, after = change.before, change.after
    saw = readers(before, state) if before is not None else NOBODY
    sees = readers(after, state) if after is not None else NOBODY
    if saw == sees == NOBODY:
        return
    if before is None and sees is not EVERYBODY:
        for table in sees:
            news.at(table).put.append(change.subject)
        return
    if before is not None and after is not None and saw == sees and shown(before) == shown(after):
        return
    if EVERYBODY in {saw, sees}:
        if before is not None and saw != sees:
            news.everybody_anew = True  # a theme opened or closed
        elif after is None:
            news.all.remove.append(_name_of(change))
        else:
            news.all.put.append(after)
        return
    for table in (saw or NOBODY) - (sees or NOBODY):
        news.at(table).remove.append(_name_of(change))
    for table in sees or NOBODY:
        news.at(table).put.append(change.subject)


def _name_of(change: Change[Entity]) -> Shown:
    return {"kind": change.subject.kind(), "id": change.subject.id}
