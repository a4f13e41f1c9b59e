"""The store: all meetings in one database, in a data folder that one engine has at a time."""

from __future__ import annotations

import base64
import datetime as dt
import secrets
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, Self
from uuid import UUID, uuid4

import msgspec
from filelock import FileLock, Timeout
from sqlalchemy import Connection, Engine, RootTransaction, delete, insert, select
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, InterfaceError, ProgrammingError

from facilitator.kernel.entity import Entity
from facilitator.kernel.entry import Change, Entry
from facilitator.kernel.errors import (
    Conflict,
    FacilitatorError,
    Malformed,
    NotFound,
    Refused,
    Unavailable,
)
from facilitator.kernel.roles import Role
from facilitator.meeting.ids import MeetingId, PhotoId
from facilitator.meeting.meeting import Meeting, Phase
from facilitator.store import backups, cleaning
from facilitator.store.batch import Batch
from facilitator.store.check import findings
from facilitator.store.database import (
    look_through,
    make_engine,
    raw,
    read_header,
    set_version,
    trouble,
)
from facilitator.store.private import make_file, make_folder
from facilitator.store.reading import (
    LastOutline,
    LoadedMeeting,
    MeetingSummary,
    read_entries,
    read_meeting,
    read_outline,
    read_overdue,
    read_summaries,
)
from facilitator.store.statements import Statements
from facilitator.store.tables import BLOB, JOURNAL, SECRET, SETTING, TABLES, VERSION

DATABASE: Final = "facilitator.db"
BACKUPS: Final = "backups"
_LOCK: Final = "facilitator.lock"

# The database will not have this row, whatever it is that holds it.
_UNFIT: Final = (
    *(IntegrityError, DataError, ProgrammingError, InterfaceError),
    *(sqlite3.IntegrityError, sqlite3.DataError, sqlite3.ProgrammingError, sqlite3.InterfaceError),
)
_UNWRITABLE: Final = (ValueError, TypeError, OverflowError)


class Store:
    """The database. Not for two threads at once: beside a running ``Writer``, go through it."""

    def __init__(self, folder: Path, lock: FileLock) -> None:
        self.folder = folder
        self.path = folder / DATABASE
        self.read_only = False
        self.epoch = ""
        self.key = b""
        self.generation = 0  # counts what was changed beside the writer
        self.changes = 0  # counts what was written; may be read from any thread
        self._lock = lock
        self._engine: Engine | None = None
        self._open: Connection | None = None

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open the database of a data folder, or make it; bring it to the newest version.

        A newer file is opened for reading only. Raises ``Unavailable`` with ``store.locked`` where
        another engine has the folder, ``Malformed`` where the file is broken or no meeting database;
        nothing is changed then.
        """
        make_folder(folder, ours=(folder / _LOCK).exists())
        lock = FileLock(folder / _LOCK, mode=0o600, thread_local=False)
        try:
            lock.acquire(timeout=0)
        except Timeout as error:
            raise Unavailable("store.locked") from error
        store = cls(folder, lock)
        try:
            store._begin()
        except BaseException:
            store.close()
            raise
        with suppress(FacilitatorError):  # no reason not to open; the engine tries it again
            store.clean()
        return store

    def close(self) -> None:
        """Let go of the database and of the folder."""
        self._disconnect()
        self._lock.release()

    def reopen(self) -> None:
        """Close and open, after an error that says nothing of what is on the disk."""
        self._disconnect()
        if read_header(self.path) is None:
            raise Unavailable("store.failing", why="gone")
        self._begin()

    def meetings(self) -> list[MeetingSummary]:
        """All meetings, the last changed first."""
        with self._transaction() as connection:
            return read_summaries(connection)

    def last_outline(self, meeting: MeetingId) -> LastOutline | None:
        """How the verslag was built of the last other meeting of the same organisation."""
        with self._transaction() as connection:
            return read_outline(connection, meeting)

    def overdue(self, today: dt.date) -> list[tuple[MeetingId, Phase]]:
        """The meetings that were to be kept until today at most, and are not wiped."""
        with self._transaction() as connection:
            return read_overdue(connection, today)

    def load(self, meeting: MeetingId) -> LoadedMeeting:
        """A whole meeting. Raises ``NotFound``."""
        with self._transaction() as connection:
            return read_meeting(connection, meeting, newer=self.read_only)

    def entries(self, meeting: MeetingId, after: int = 0) -> list[tuple[Entry, bytes]]:
        """The journal of a meeting from after this revision: each entry, and as it was told."""
        with self._transaction() as connection:
            return read_entries(connection, meeting, after)

    def create(
        self,
        entities: Iterable[Entity],
        *,
        command: str,
        at: dt.datetime,
        actor: UUID | None,
        role: Role,
        photos: Mapping[UUID, bytes] | None = None,
    ) -> MeetingId:
        """A new meeting with these entities: revision 1, one entry with everything new.

        Raises ``Conflict`` where a meeting with this id is there already.
        """
        new = list(entities)
        ids = [entity.id for entity in new if isinstance(entity, Meeting)]
        if len(ids) != 1:
            raise Malformed("file.meeting", number=len(ids))
        meeting = MeetingId(ids[0])
        batch = Batch()
        batch.add(
            meeting,
            Entry(
                revision=1,
                at=at,
                actor=actor,
                role=role,
                command=command,
                command_id=meeting,
                changes=tuple(Change(before=None, after=entity) for entity in new),
            ),
        )
        batch.photos = {(meeting, key): jpeg for key, jpeg in (photos or {}).items()}
        with self._transaction() as connection:
            known = select(JOURNAL.c.revision).where(JOURNAL.c.meeting == meeting).limit(1)
            if connection.scalar(known) is not None:
                raise Conflict("meeting.exists")
        self.write(batch)
        self.generation += 1
        return meeting

    def delete(self, meeting: MeetingId) -> None:
        """Forget a meeting: its things, its journal, its secrets, and the backups that hold it."""

        def remove(connection: Connection, _statements: Statements) -> None:
            found = connection.execute(delete(JOURNAL).where(JOURNAL.c.meeting == meeting))
            if found.rowcount == 0:
                raise NotFound("meeting.unknown", id=str(meeting))
            for table in (SECRET, BLOB, *TABLES.values()):
                connection.execute(delete(table).where(table.c.meeting == meeting))

        self.rewrite(meeting, remove)
        self.clean()

    def rewrite(self, meeting: MeetingId, work: Callable[[Connection, Statements], None]) -> None:
        """Change the past of a meeting, whole or not at all; ``clean`` is to follow."""
        self._check_writable()
        self.generation += 1
        self.changes += 1
        with self._transaction() as connection:
            work(connection, self._statements)
            cleaning.mark(connection, meeting)

    def clean(self) -> None:
        """Remove what is left of what was forgotten, if anything is.

        Raises ``Unavailable`` with ``wipe.unfinished`` where that is to be tried again.
        """
        if not self.read_only:
            cleaning.clean(raw(self._connection), self.folder / BACKUPS)

    def put_photo(self, meeting: MeetingId, photo: PhotoId, content: bytes) -> None:
        """Keep the bytes of a photo; a repeat changes nothing."""
        self._check_writable()
        self.changes += 1
        here = (BLOB.c.meeting == meeting, BLOB.c.id == photo)
        with self._transaction() as connection:
            if connection.scalar(select(BLOB.c.id).where(*here)) is None:
                row = {"meeting": meeting, "id": photo, "content": content}
                connection.execute(insert(BLOB).values(row))

    def photo(self, meeting: MeetingId, photo: PhotoId) -> bytes:
        """The bytes of a photo. Raises ``NotFound``."""
        with self._transaction() as connection:
            content: bytes | None = connection.scalar(
                select(BLOB.c.content).where(BLOB.c.meeting == meeting, BLOB.c.id == photo)
            )
        if content is None:
            raise NotFound("photo.unknown", id=str(photo))
        return content

    def photos(self, meeting: MeetingId) -> dict[UUID, bytes]:
        """The bytes of all photos of a meeting, also of those that were taken out of it."""
        with self._transaction() as connection:
            rows = connection.execute(
                select(BLOB.c.id, BLOB.c.content).where(BLOB.c.meeting == meeting)
            )
            return {row.id: row.content for row in rows}

    def backup(self, to: Path | None = None) -> Path:
        """A copy of everything, made while in use: to this file, or among the backups."""
        source = raw(self._connection)
        try:
            if to is None:
                return backups.make(source, self.folder / BACKUPS)
            backups.copy_to(source, to)
        except (OSError, sqlite3.Error) as error:
            raise Unavailable("store.backup", why=str(error)) from error
        return to

    def keep_copy(self, part: Path, generation: int) -> Path:
        """Keep a copy that was made beside us, when we were at this generation.

        Where meetings came or went meanwhile it is made anew: what was deleted must not come back.
        """
        if generation != self.generation:
            part.unlink(missing_ok=True)
            return self.backup()
        try:
            return backups.keep(part)
        except OSError as error:
            raise Unavailable("store.backup", why=str(error)) from error

    def write(self, batch: Batch) -> None:
        """Write a batch in one transaction; when this returns it is on the disk.

        Raises ``Refused`` with ``store.constraint`` where the database will not have a row: nothing
        was written then. Raises ``Unavailable`` where it failed: with ``store.uncertain`` it may
        have been written, with any other code it was not.
        """
        self._check_writable()
        self.changes += 1
        connection = self._connection
        try:
            transaction = connection.begin()
        except DBAPIError as error:
            raise trouble(error) from error
        try:
            self._statements.save(connection, batch)
        except (*_UNFIT, *_UNWRITABLE) as error:
            self._roll_back(transaction)
            raise Refused("store.constraint") from error
        except (DBAPIError, sqlite3.Error) as error:
            self._roll_back(transaction)
            raise trouble(error) from error
        except BaseException:
            self._roll_back(transaction)
            raise
        try:
            transaction.commit()
        except IntegrityError as error:
            self._roll_back(transaction)
            raise Refused("store.constraint") from error
        except DBAPIError as error:
            full = trouble(error)
            raise full if full.code == "store.full" else Unavailable("store.uncertain") from error

    def check(self) -> list[str]:
        """What is wrong with the data, a line each; empty where all is well."""
        with self._transaction() as connection:
            return list(findings(connection))

    @property
    def _connection(self) -> Connection:
        if self._open is None:
            raise Unavailable("store.closed")
        return self._open

    def _check_writable(self) -> None:
        if self.read_only:
            raise Unavailable("store.newer")

    def _begin(self) -> None:
        header = read_header(self.path)
        make_file(self.path)  # its log gets the same rights
        if header is not None:
            header = look_through(self.path)
        self.read_only = header is not None and header.version > VERSION
        backups.remove_half(self.folder / BACKUPS)
        self._engine = make_engine(self.path, read_only=self.read_only)
        try:
            self._open = self._engine.connect()
            self._statements = Statements(self._engine.dialect)
            if not self.read_only and (header is None or header.version < VERSION):
                self._migrate(older=header is not None and header.tables > 0)
            self._read_settings()
        except DBAPIError as error:
            raise trouble(error) from error

    def _migrate(self, *, older: bool) -> None:
        from facilitator.store.migrate import migrate  # noqa: PLC0415 - slow, and seldom needed

        if older:
            self.backup()
        with self._connection.begin():
            migrate(self._connection)
            set_version(self._connection, VERSION)
        raw(self._connection).execute("PRAGMA wal_checkpoint(TRUNCATE)")  # for the header

    def _read_settings(self) -> None:
        with self._connection.begin():
            rows = self._connection.execute(select(SETTING.c.name, SETTING.c.value))
            known = {row.name: row.value for row in rows}
            for name, value in (
                ("epoch", uuid4().hex),
                ("key", base64.b64encode(secrets.token_bytes(32)).decode()),
            ):
                if name not in known and not self.read_only:
                    self._connection.execute(insert(SETTING).values(name=name, value=value))
                known.setdefault(name, value)
        self.epoch = known["epoch"]
        self.key = base64.b64decode(known["key"])

    def _disconnect(self) -> None:
        if self._open is not None:
            self._open.invalidate()
            self._open.close()
            self._open = None
        if self._engine is not None:
            self._engine.dispose()
            self._engine = None

    def _roll_back(self, transaction: RootTransaction) -> None:
        """Undo a transaction, also one whose commit failed: SQLAlchemy thinks that it is over."""
        transaction.rollback()
        raw(self._connection).rollback()

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        connection = self._connection
        try:
            with connection.begin():
                yield connection
        except DBAPIError as error:
            raw(connection).rollback()  # where it was the commit that failed
            raise trouble(error) from error
        except (
            ValueError,
            msgspec.MsgspecError,
        ) as error:  # a word that this version does not know
            unread = Unavailable("store.newer") if self.read_only else Malformed("store.corrupt")
            raise unread from error
