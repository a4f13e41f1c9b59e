"""The database file: what it is before it is opened, and how it is opened."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Final

import msgspec
from sqlalchemy import Connection, Engine, NullPool, create_engine, event

from facilitator.kernel.errors import FacilitatorError, Malformed, Unavailable

APPLICATION_ID: Final = 0x43414645  # "CAFE", in the header of the file
_MAGIC: Final = b"SQLite format 3\x00"
_HEADER: Final = 100  # bytes
_PATIENCE: Final = 5.0  # seconds that another program may hold the file

_CACHE: Final = 16_000  # KiB of pages: the indexes of a large meeting
_LOG: Final = 4_000  # pages in the log, 16 MB, before they are put in their places

_FULL: Final = {"SQLITE_FULL"}
_BROKEN: Final = {"SQLITE_CORRUPT", "SQLITE_NOTADB"}


class Header(msgspec.Struct, frozen=True):
    """Whose file it is, and of which version; both 0 where nothing was made yet."""

    application: int
    version: int
    tables: int = 0


def read_header(path: Path) -> Header | None:
    """What the first bytes say, without opening it as a database; None where there is none.

    Raises ``Malformed`` for what is no database, or another program's.
    """
    if not path.exists() or path.stat().st_size == 0:
        return None
    with path.open("rb") as file:
        start = file.read(_HEADER)
    if len(start) < _HEADER or not start.startswith(_MAGIC):
        raise Malformed("store.corrupt")
    header = Header(application=int.from_bytes(start[68:72]), version=int.from_bytes(start[60:64]))
    if header.application not in {0, APPLICATION_ID}:
        raise Malformed("store.foreign")
    return header


def look_through(path: Path) -> Header:
    """What the database says of itself, its log included; opened for reading only.

    Raises ``Malformed`` where it is broken, or another program's; nothing is changed then.
    """
    try:
        connection = _connect(path, read_only=True)
    except sqlite3.Error as error:
        raise trouble(error) from error
    try:
        header = Header(
            application=_pragma(connection, "application_id"),
            version=_pragma(connection, "user_version"),
            tables=connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0],
        )
        sound = connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
    except sqlite3.Error as error:
        raise trouble(error) from error
    finally:
        connection.close()
    if not sound:
        raise Malformed("store.corrupt")
    if header.tables and header.application != APPLICATION_ID:
        raise Malformed("store.foreign")
    return header


def make_engine(path: Path, *, read_only: bool) -> Engine:
    """SQLAlchemy's side of the file. Each transaction takes the right to write at its beginning."""
    engine = create_engine(
        "sqlite+pysqlite://",
        creator=lambda: _open(path, read_only=read_only),
        poolclass=NullPool,
    )
    words = "BEGIN" if read_only else "BEGIN IMMEDIATE"

    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(words)

    event.listen(engine, "begin", begin)
    return engine


def raw(connection: Connection) -> sqlite3.Connection:
    """The driver's connection under one of SQLAlchemy."""
    driver = connection.connection.driver_connection
    if not isinstance(driver, sqlite3.Connection):
        raise Unavailable("store.closed")
    return driver


def trouble(error: BaseException) -> FacilitatorError:
    """What an error of the database comes to, for a person."""
    cause = getattr(error, "orig", None) or error
    name = getattr(cause, "sqlite_errorname", "") or ""
    if name in _FULL:
        return Unavailable("store.full")
    if name in _BROKEN:
        return Malformed("store.corrupt")
    return Unavailable("store.failing", why=name or type(cause).__name__)


def set_version(connection: Connection, version: int) -> None:
    """Write into the header whose file this is, and of which version."""
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version = {version}")


def _connect(path: Path, *, read_only: bool) -> sqlite3.Connection:
    mode = "ro" if read_only else "rwc"
    return sqlite3.connect(
        f"{path.resolve().as_uri()}?mode={mode}",
        uri=True,
        timeout=_PATIENCE,
        isolation_level=None,
        check_same_thread=False,  # one thread at a time; see Store
    )


def _open(path: Path, *, read_only: bool) -> sqlite3.Connection:
    connection = _connect(path, read_only=read_only)
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        if not read_only:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA fullfsync = ON")  # macOS: really to the disk
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute(f"PRAGMA cache_size = -{_CACHE}")
            connection.execute(f"PRAGMA wal_autocheckpoint = {_LOG}")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])
