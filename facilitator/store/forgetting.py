"""Forgetting: the one thing that rewrites the past, in the tables and in the journal alike.

Revisions stay, so that the journal still gives what the tables hold. Each adds one entry, that says
it was done; who listens loads all anew. None of it can be taken back. What is left of the words in
the files is removed by ``Store.clean``, which is to follow.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from uuid import UUID, uuid4

import msgspec
from sqlalchemy import Connection, bindparam, delete, update

from facilitator.kernel.entity import Entity
from facilitator.kernel.entry import Change, Entry
from facilitator.kernel.errors import NotFound, Refused
from facilitator.kernel.forgetting import (
    blacked_out,
    forgotten,
    nobodys,
    to_the_minute,
    without_persons,
)
from facilitator.kernel.roles import Role
from facilitator.kernel.rules import NoSecrets, Secret
from facilitator.kernel.wire import encode
from facilitator.meeting.ids import MeetingId, NoteId
from facilitator.meeting.meeting import Meeting, Phase
from facilitator.meeting.notes import Note
from facilitator.meeting.photos import Photo
from facilitator.meeting.votes import Option
from facilitator.store.batch import Batch
from facilitator.store.reading import read_entries, read_meeting
from facilitator.store.statements import Statements
from facilitator.store.store import Store
from facilitator.store.tables import BLOB, JOURNAL


def wipe(store: Store, meeting: MeetingId, *, at: dt.datetime, role: Role) -> None:
    """Leave of a closed meeting what was said, and nothing of who said it.

    Names, authors, keys and exact times go, pictures that were taken out of the meeting too. There
    is nothing to undo afterwards. Raises ``NotFound``, and ``Refused`` where it is not closed.
    """

    def rewrite(connection: Connection, statements: Statements) -> None:
        things = read_meeting(connection, meeting, newer=False).entities
        before = next(thing for thing in things if isinstance(thing, Meeting))
        if before.phase is not Phase.CLOSED:
            raise Refused("wipe.live")
        last = _rewrite_journal(connection, meeting, nobodys)
        batch = Batch()
        _put_left(batch, meeting, things, without_persons)
        now = without_persons(before)
        change = Change[Entity](before=now, after=msgspec.structs.replace(now, wiped=True))
        batch.add(meeting, _entry(last, to_the_minute(at), None, role, "wipe", change))
        batch.keep(meeting, NoSecrets(), known=False)
        statements.save(connection, batch)
        kept = [thing.id for thing in things if isinstance(thing, Photo)]
        gone = (BLOB.c.meeting == meeting, BLOB.c.id.not_in(kept))
        connection.execute(delete(BLOB).where(*gone))

    store.rewrite(meeting, rewrite)


def black_out(
    store: Store,
    meeting: MeetingId,
    note: NoteId,
    *,
    at: dt.datetime,
    actor: UUID | None,
    role: Role,
) -> None:
    """Make the words of a note black, as if nothing else had ever stood there.

    So is what was put to the vote from it. Its writer cannot change it any more. Raises
    ``NotFound``.
    """

    def forget(thing: Entity) -> Entity:
        return blacked_out(thing) if _holds(thing, note) else thing

    def rewrite(connection: Connection, statements: Statements) -> None:
        read = read_meeting(connection, meeting, newer=False)
        found = [thing for thing in read.entities if _holds(thing, note)]
        if not any(isinstance(thing, Note) for thing in found):
            raise NotFound("note.unknown", id=str(note))
        _rewrite_journal(connection, meeting, lambda entry: forgotten(entry, forget), about=note)
        batch = Batch()
        _put_left(batch, meeting, found, forget)
        black = forget(found[0])
        change = Change(before=black, after=black)
        batch.add(meeting, _entry(read.revision, at, actor, role, "black_out", change))
        batch.keep(meeting, Secret(owner=note, digest=None), known=note in read.secrets)
        statements.save(connection, batch)

    store.rewrite(meeting, rewrite)


def _holds(thing: Entity, note: NoteId) -> bool:
    """Whether the words of this note stand in it: the note itself, or an option made from it."""
    return (isinstance(thing, Note) and thing.id == note) or (
        isinstance(thing, Option) and thing.note == note
    )


def _rewrite_journal(
    connection: Connection,
    meeting: MeetingId,
    forget: Callable[[Entry], Entry],
    *,
    about: UUID | None = None,
) -> int:
    """Put what is left of each entry in its place; the last revision."""
    rows = []
    last = 0
    for entry, _body in read_entries(connection, meeting, after=0, about=about):
        last = entry.revision
        left = forget(entry)
        if left != entry:
            rows.append(
                {
                    "revision_": entry.revision,
                    "at_": left.at,
                    "actor_": left.actor,
                    "role_": left.role,
                    "undoable_": left.undoable,
                    "body_": encode(left).decode(),
                }
            )
    if rows:
        here = (JOURNAL.c.meeting == meeting, JOURNAL.c.revision == bindparam("revision_"))
        changed = update(JOURNAL).where(*here)
        columns = ("at", "actor", "role", "undoable", "body")
        statement = changed.values({name: bindparam(f"{name}_") for name in columns})
        connection.execute(statement, rows)
    return last


def _put_left(
    batch: Batch, meeting: MeetingId, things: Iterable[Entity], forget: Callable[[Entity], Entity]
) -> None:
    for thing in things:
        left = forget(thing)
        if left != thing:
            batch.put(meeting, Change(before=thing, after=left))


def _entry(
    last: int,
    at: dt.datetime,
    actor: UUID | None,
    role: Role,
    command: str,
    change: Change[Entity],
) -> Entry:
    return Entry(
        revision=last + 1,
        at=at,
        actor=actor,
        role=role,
        command=command,
        command_id=uuid4(),
        changes=(change,),
    )
