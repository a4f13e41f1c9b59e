"""What is read from the tables: the library's list, a whole meeting, its journal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, Final
from uuid import UUID

import msgspec
from sqlalchemy import (
    Connection,
    Select,
    Table,
    Text,
    case,
    func,
    inspect,
    select,
    text,
    type_coerce,
)

from facilitator.kernel.entity import Entity
from facilitator.kernel.entry import Entry
from facilitator.kernel.errors import NotFound
from facilitator.kernel.history import LENGTH
from facilitator.kernel.state import State
from facilitator.kernel.wire import Reader
from facilitator.meeting.features import KINDS, empty_state
from facilitator.meeting.ids import MeetingId
from facilitator.meeting.meeting import Meeting, Phase
from facilitator.meeting.notes import Note
from facilitator.meeting.outline import Layout, Part, ReportForm
from facilitator.meeting.people import Participant
from facilitator.store.tables import JOURNAL, SECRET, TABLES

_READER: Final = Reader(KINDS)


class MeetingSummary(msgspec.Struct, frozen=True, kw_only=True):
    """A meeting, in a line of the library."""

    id: MeetingId
    title: str
    date: dt.date | None
    place: str
    phase: Phase
    notes: int
    participants: int
    changed_at: dt.datetime
    keep_until: dt.date | None
    wiped: bool


class LastOutline(msgspec.Struct, frozen=True):
    """How the verslag of an earlier meeting was built."""

    title: str
    date: dt.date | None
    report: ReportForm
    parts: tuple[Part, ...]
    matrix: Layout


class LoadedMeeting(msgspec.Struct, frozen=True, kw_only=True):
    """A whole meeting, as it was committed."""

    id: MeetingId
    entities: tuple[Entity, ...]
    revision: int
    history: tuple[Entry, ...]  # what can be undone, oldest first
    commands: dict[UUID, int]  # command id → revision
    secrets: dict[UUID, bytes]

    def state(self) -> State:
        """A state with all of it."""
        state = empty_state()
        state.load(self.entities, self.revision)
        for entry in self.history:
            state.history.add(entry)
        state.secrets = dict(self.secrets)
        return state


def read_summaries(connection: Connection) -> list[MeetingSummary]:
    """All meetings, the last changed first."""
    notes = _counts(connection, TABLES[Note])
    people = _people(connection, TABLES[Participant])
    return [
        MeetingSummary(
            id=MeetingId(row.id),
            title=row.title,
            date=row.date,
            place=row.place,
            phase=_phase(row.phase),
            notes=notes.get(row.id, 0),
            participants=people.get(row.id, 0),
            changed_at=row.at,
            keep_until=row.keep_until,
            wiped=bool(row.wiped),
        )
        for row in connection.execute(_lines())
    ]


def read_outline(connection: Connection, meeting: MeetingId) -> LastOutline | None:
    """How the verslag was built of the last other meeting of the same organisation."""
    table = TABLES[Meeting]
    own = connection.scalar(select(table.c.organisation).where(table.c.id == meeting)) or ""
    names = ("title", "date", "organisation", "report", "parts", "matrix")
    wanted = _lines().add_columns(
        *(table.c[name] for name in names if name not in {"title", "date"})
    )
    for row in connection.execute(wanted.where(table.c.id != meeting)):
        if own and row.organisation.casefold() == own.casefold():
            return LastOutline(
                **{name: getattr(row, name) for name in names if name != "organisation"}
            )
    return None


def read_overdue(connection: Connection, today: dt.date) -> list[tuple[MeetingId, Phase]]:
    """The meetings that were to be kept until today at most, and are not wiped."""
    meeting = TABLES[Meeting]
    overdue = select(meeting.c.id, type_coerce(meeting.c.phase, Text).label("phase")).where(
        meeting.c.keep_until <= today, meeting.c.wiped.is_not(True)
    )
    return [(MeetingId(row.id), _phase(row.phase)) for row in connection.execute(overdue)]


def _lines() -> Select[Any]:
    meeting = TABLES[Meeting]
    newest = (
        select(JOURNAL.c.meeting, func.max(JOURNAL.c.revision).label("revision"))
        .group_by(JOURNAL.c.meeting)
        .subquery()
    )
    last = (JOURNAL.c.meeting == newest.c.meeting) & (JOURNAL.c.revision == newest.c.revision)
    shown = [meeting.c[name] for name in ("id", "title", "date", "place", "keep_until", "wiped")]
    phase = type_coerce(meeting.c.phase, Text).label("phase")
    return (
        select(*shown, phase, JOURNAL.c.at)
        .join(newest, newest.c.meeting == meeting.c.meeting)
        .join(JOURNAL, last)
        .order_by(JOURNAL.c.at.desc(), meeting.c.id)
    )


def _phase(word: str) -> Phase:
    """The phase; one that only a newer version knows cannot be live here."""
    return Phase(word) if word in set(Phase) else Phase.CLOSED


def _counts(connection: Connection, table: Table) -> dict[UUID, int]:
    counted = select(table.c.meeting, func.count()).group_by(table.c.meeting)
    return {row[0]: row[1] for row in connection.execute(counted)}


def _people(connection: Connection, table: Table) -> dict[UUID, int]:
    """How many people there are, as ``people.present`` counts them."""
    meeting, came = TABLES[Meeting], table.c.joined_at.is_not(None)
    inside = func.sum(case((came, table.c.people), else_=0))
    listed = func.sum(case((came, 0), else_=table.c.people))
    counted = (
        select(meeting.c.meeting, meeting.c.named, inside.label("inside"), listed.label("listed"))
        .join(table, table.c.meeting == meeting.c.meeting)
        .group_by(meeting.c.meeting, meeting.c.named)
    )
    return {
        row.meeting: row.inside + row.listed if row.named else max(row.inside, row.listed)
        for row in connection.execute(counted)
    }


def read_meeting(connection: Connection, meeting: MeetingId, *, newer: bool) -> LoadedMeeting:
    """A whole meeting; ``newer``: the tables may be others than we know. Raises ``NotFound``."""
    known = select(JOURNAL.c.command_id, JOURNAL.c.revision).where(JOURNAL.c.meeting == meeting)
    commands = {row.command_id: row.revision for row in connection.execute(known)}
    if not commands:
        raise NotFound("meeting.unknown", id=str(meeting))
    undoable = connection.scalars(
        select(JOURNAL.c.body)
        .where(JOURNAL.c.meeting == meeting, JOURNAL.c.undoable)
        .order_by(JOURNAL.c.revision.desc())
        .limit(LENGTH)
    ).all()
    kept = select(SECRET.c.owner, SECRET.c.digest).where(SECRET.c.meeting == meeting)
    return LoadedMeeting(
        id=meeting,
        entities=tuple(_entities(connection, meeting, newer=newer)),
        revision=max(commands.values()),
        history=tuple(_READER.entry(body.encode()) for body in reversed(undoable)),
        commands=commands,
        secrets={row.owner: row.digest for row in connection.execute(kept)},
    )


def read_entries(
    connection: Connection, meeting: MeetingId, after: int, *, about: UUID | None = None
) -> list[tuple[Entry, bytes]]:
    """The journal from after this revision: each entry, and its JSON as it was told.

    With ``about`` only those in which this id stands.
    """
    wanted = select(JOURNAL.c.body).where(JOURNAL.c.meeting == meeting, JOURNAL.c.revision > after)
    if about is not None:
        wanted = wanted.where(JOURNAL.c.body.contains(str(about)))
    bodies = connection.scalars(wanted.order_by(JOURNAL.c.revision))
    return [(_READER.entry(body.encode()), body.encode()) for body in bodies]


def _entities(connection: Connection, meeting: MeetingId, *, newer: bool) -> Iterator[Entity]:
    for kind, table in TABLES.items():
        names = [column.name for column in table.columns if column.name != "meeting"]
        if newer:
            if not inspect(connection).has_table(table.name):
                continue
            there = {column["name"] for column in inspect(connection).get_columns(table.name)}
            names = [name for name in names if name in there]
        wanted = select(*(table.c[name] for name in names)).where(table.c.meeting == meeting)
        if connection.dialect.name == "sqlite":
            wanted = wanted.order_by(text("rowid"))  # in the order in which they came
        for row in connection.execute(wanted):
            yield kind(**dict(zip(names, row, strict=True)))
