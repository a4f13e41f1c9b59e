"""Checks that the data is sound: the file itself, and that the journal gives what the tables hold."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, select

from facilitator.kernel.entity import Entity
from facilitator.kernel.errors import FacilitatorError
from facilitator.kernel.state import State
from facilitator.meeting.features import empty_state
from facilitator.meeting.ids import MeetingId
from facilitator.store.reading import read_entries, read_meeting
from facilitator.store.tables import JOURNAL


def findings(connection: Connection) -> Iterator[str]:
    """What is wrong, a line each; nothing where all is well."""
    for (found,) in connection.exec_driver_sql("PRAGMA integrity_check"):
        if found != "ok":
            yield f"integrity: {found}"
    for row in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield f"reference: {row[0]} {row[1]} → {row[2]}"
    for meeting in connection.scalars(select(JOURNAL.c.meeting).distinct()).all():
        yield from _meeting(connection, MeetingId(meeting))


def _meeting(connection: Connection, meeting: MeetingId) -> Iterator[str]:
    state = empty_state()
    for entry, _body in read_entries(connection, meeting, after=0):
        if entry.revision != state.revision + 1:
            yield f"journal: {meeting} jumps from {state.revision} to {entry.revision}"
        state.apply(entry)
    try:
        stored = read_meeting(connection, meeting, newer=False).state()
    except FacilitatorError as error:
        yield f"table: {meeting} cannot be read: {error}"
        return
    if stored.revision != state.revision:
        yield f"journal: {meeting} ends at {state.revision}, its rows at {stored.revision}"
    yield from _different(meeting, state, stored)


def _different(meeting: MeetingId, journal: State, tables: State) -> Iterator[str]:
    told, stored = _by_key(journal), _by_key(tables)
    for key in sorted(told.keys() | stored.keys(), key=str):
        if told.get(key) != stored.get(key):
            yield f"table: {meeting} {key[0]} {key[1]} is not as the journal tells"


def _by_key(state: State) -> dict[tuple[str, str], Entity]:
    return {(thing.kind(), str(thing.id)): thing for thing in state.entities()}
