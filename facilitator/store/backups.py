"""Backups: whole copies of the database, made while it is in use.

The newest ten are kept, and the last one of each of the last seven days on which one was made.

A copy has an epoch of its own: who puts it back has another database than the phones knew, and
they send again what the copy may miss.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from uuid import UUID, uuid4

from facilitator.store.private import make_file, make_folder

KEPT: Final = 10
DAYS: Final = 7
_PATTERN: Final = "facilitator-*.db"
_DAY: Final = slice(12, 20)  # of a name that _PATTERN fits
_BESIDE: Final = "beside.part"


def copy_to(source: sqlite3.Connection, path: Path) -> None:
    """A whole copy of an open database, as one file that stands by itself."""
    part = path.with_name(path.name + ".part")
    try:
        _copy(source, part)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def copy_beside(database: Path, folder: Path) -> Path:
    """A copy that still has to be kept, made by a reader of its own: nobody who writes waits.

    For a thread other than the writer's.
    """
    make_folder(folder)
    part = folder / _BESIDE
    with closing(_reader(database)) as source:
        _copy(source, part)
    return part


def make(source: sqlite3.Connection, folder: Path) -> Path:
    """A new backup in this folder; the oldest go."""
    make_folder(folder)
    path = _new_name(folder)
    copy_to(source, path)
    prune(folder)
    return path


def keep(part: Path) -> Path:
    """Keep what ``copy_beside`` made; the oldest go."""
    path = part.replace(_new_name(part.parent))
    prune(part.parent)
    return path


def prune(folder: Path) -> None:
    """Remove the backups that are not kept."""
    paths = made(folder)
    last_of_day = {path.name[_DAY]: path for path in paths}
    kept = {*paths[-KEPT:], *list(last_of_day.values())[-DAYS:]}
    for path in paths:
        if path not in kept:
            path.unlink(missing_ok=True)


def remove_half(folder: Path) -> None:
    """Remove what a program that was killed in the middle left behind."""
    for path in folder.glob("*.part*"):
        path.unlink(missing_ok=True)


def _copy(source: sqlite3.Connection, part: Path) -> None:
    part.unlink(missing_ok=True)
    make_file(part)
    with closing(sqlite3.connect(part, isolation_level=None)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
        copy.execute("UPDATE setting SET value = ? WHERE name = 'epoch'", (uuid4().hex,))
        copy.execute("DELETE FROM setting WHERE name = 'forgetting'")  # concerns these files only
    with part.open("rb+") as file:
        os.fsync(file.fileno())


def _new_name(folder: Path) -> Path:
    moment = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
    return folder / f"facilitator-{moment}.db"


def made(folder: Path) -> list[Path]:
    """The backups, oldest first."""
    return sorted(folder.glob(_PATTERN))


def holds(path: Path, meetings: Iterable[UUID]) -> bool:
    """Whether one of these meetings is in a backup; also where nobody can read it."""
    try:
        with closing(_reader(path)) as copy:
            return any(
                copy.execute("SELECT 1 FROM journal WHERE meeting = ?", (meeting.hex,)).fetchone()
                for meeting in meetings
            )
    except sqlite3.Error:
        return True


def is_sound(path: Path) -> bool:
    """Whether a backup can be relied upon."""
    try:
        with closing(_reader(path)) as copy:
            found: str = copy.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.Error:
        return False
    return found == "ok"


def _reader(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
