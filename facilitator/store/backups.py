"""Backups: whole copies of the database, made while it is in use, the newest ten kept.

A copy has an epoch of its own: who puts it back has another database than the phones knew, and
they send again what the copy may miss.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from uuid import UUID, uuid4

KEPT: Final = 10
_PATTERN: Final = "facilitator-*.db"


def copy_to(source: sqlite3.Connection, path: Path) -> None:
    """A whole copy of an open database, as one file that stands by itself."""
    part = path.with_name(path.name + ".part")
    part.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(part, isolation_level=None)) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
            copy.execute("UPDATE setting SET value = ? WHERE name = 'epoch'", (uuid4().hex,))
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def make(source: sqlite3.Connection, folder: Path) -> Path:
    """A new backup in this folder; the oldest go."""
    folder.mkdir(parents=True, exist_ok=True)
    moment = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
    path = folder / f"facilitator-{moment}.db"
    copy_to(source, path)
    for old in made(folder)[:-KEPT]:
        old.unlink(missing_ok=True)
    return path


def made(folder: Path) -> list[Path]:
    """The backups, oldest first."""
    return sorted(folder.glob(_PATTERN))


def holding(folder: Path, meeting: UUID) -> list[Path]:
    """The backups in which this meeting is, and those that nobody can read."""
    return [path for path in made(folder) if _holds(path, meeting)]


def _holds(path: Path, meeting: UUID) -> bool:
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as copy:
            found = copy.execute("SELECT 1 FROM journal WHERE meeting = ?", (meeting.hex,))
            return found.fetchone() is not None
    except sqlite3.Error:
        return True
