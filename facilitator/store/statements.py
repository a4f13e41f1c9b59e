"""How rows are written: statements compiled once, for many rows of plain values at a time.

SQLAlchemy makes the words and says how each value is written down; its own way of binding values
row by row costs more than the rest of a note together.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, Delete, Insert, Table, Update, bindparam, delete, insert, update
from sqlalchemy.engine import Dialect

from facilitator.kernel.entity import Entity
from facilitator.kernel.errors import Unavailable
from facilitator.meeting.ids import MeetingId
from facilitator.store.batch import Batch, Line
from facilitator.store.columns import writer_of
from facilitator.store.new_rows import NewRows
from facilitator.store.tables import BLOB, JOURNAL, SECRET, TABLES

_KEY: Final = ("meeting", "id")


class Prepared:
    """One statement. Its rows hold their values in the order of ``names``."""

    def __init__(
        self, statement: Insert | Update | Delete, names: Sequence[str], dialect: Dialect
    ) -> None:
        compiled = statement.compile(dialect=dialect, column_keys=list(names))
        self.sql = str(compiled)
        self.counted = not isinstance(statement, Insert)
        self.names = list(compiled.positiontup or names)
        self._positional = compiled.positional
        self._writers = [
            (place, write)
            for place, name in enumerate(self.names)
            if (write := writer_of(compiled.binds[name].type, dialect)) is not None
        ]

    def row(self, values: Iterable[Any]) -> Any:
        """The values as the driver of the database takes them."""
        written = list(values)
        for place, write in self._writers:
            value = written[place]
            if value is not None:
                written[place] = write(value)
        return written if self._positional else dict(zip(self.names, written, strict=True))

    def run(self, connection: Connection, rows: list[Any]) -> None:
        """Write all rows. Raises ``Unavailable`` where the tables are not as we think they are."""
        if not rows:
            return
        given = [tuple(row) for row in rows] if self._positional else rows
        result = connection.exec_driver_sql(self.sql, given)
        if self.counted and result.rowcount not in {len(rows), -1}:
            raise Unavailable("store.uncertain")

    def save(self, connection: Connection, rows: Iterable[Iterable[Any]]) -> None:
        """Write rows of values as they are in Python."""
        self.run(connection, [self.row(values) for values in rows])


def inserter(table: Table, dialect: Dialect) -> Prepared | NewRows:
    """How new rows come into a table."""
    if dialect.name == "sqlite":
        return NewRows(table, dialect)
    return Prepared(insert(table), [column.name for column in table.columns], dialect)


class Shelf:
    """Where the things of one kind are kept."""

    def __init__(self, table: Table, dialect: Dialect) -> None:
        names = [column.name for column in table.columns]
        others = [name for name in names if name not in _KEY]
        here = (table.c.meeting == bindparam("meeting_"), table.c.id == bindparam("id_"))
        changed = update(table).where(*here)
        self.insert = inserter(table, dialect)
        self.update = Prepared(
            changed.values({name: bindparam(name) for name in others}),
            [*others, "meeting_", "id_"],
            dialect,
        )
        self.delete = Prepared(delete(table).where(*here), ["meeting_", "id_"], dialect)
        self._all = attrgetter(*names[1:])  # the meeting comes first, and is in no thing
        self._others = attrgetter("id", *others)

    def save(self, connection: Connection, batch: Batch, kind: type[Entity]) -> None:
        """Write what changed in this kind."""
        new: list[Any] = []
        changed: list[Any] = []
        gone: list[Any] = []
        for meeting, change in batch.changed[kind].values():
            if change.after is None:
                if change.before is not None:
                    gone.append(self.delete.row((meeting, change.before.id)))
            elif change.before is None:
                new.append((meeting, *self._all(change.after)))
            else:
                changed.append(
                    self.update.row((*self._others(change.after)[1:], meeting, change.after.id))
                )
        self.delete.run(connection, gone)
        self.insert.save(connection, new)
        self.update.run(connection, changed)


class Statements:
    """All that is ever written, ready for one kind of database."""

    def __init__(self, dialect: Dialect) -> None:
        self.shelves = {kind: Shelf(table, dialect) for kind, table in TABLES.items()}
        self.journal = inserter(JOURNAL, dialect)
        self.secret = inserter(SECRET, dialect)

    def save(self, connection: Connection, batch: Batch) -> None:
        """Write a batch: the things, their journal and their secrets."""
        for kind, shelf in self.shelves.items():
            if kind in batch.changed:
                shelf.save(connection, batch, kind)
        self.journal.save(connection, [_written(line) for line in batch.lines])
        self._save_secrets(connection, batch)
        for (meeting, photo), content in batch.photos.items():
            row = {"meeting": meeting, "id": photo, "content": content}
            connection.execute(insert(BLOB).values(row))

    def _save_secrets(self, connection: Connection, batch: Batch) -> None:
        for meeting in batch.cleared:
            connection.execute(delete(SECRET).where(SECRET.c.meeting == meeting))
        known: dict[MeetingId, list[UUID]] = {}
        for change in batch.secrets.values():
            if change.known and change.meeting not in batch.cleared:
                known.setdefault(change.meeting, []).append(change.owner)
        for meeting, owners in known.items():
            for owner in owners:
                connection.execute(
                    delete(SECRET).where(SECRET.c.meeting == meeting, SECRET.c.owner == owner)
                )
        self.secret.save(
            connection,
            [
                (change.meeting, change.owner, change.digest)
                for change in batch.secrets.values()
                if change.digest is not None
            ],
        )


def _written(line: Line) -> tuple[Any, ...]:
    entry = line.entry
    return (
        line.meeting,
        entry.revision,
        entry.at,
        entry.actor,
        entry.role,
        entry.command,
        entry.command_id,
        entry.undoes,
        entry.undoable,
        line.body.decode(),
    )
