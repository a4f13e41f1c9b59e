"""Cleaning up after forgetting, until no byte of what was forgotten is left in the data folder.

What is to be forgotten is rewritten in one transaction, and that transaction also marks its meeting.
The mark goes when all is clean. So a program that is killed in the middle has forgotten nothing at
all, or finishes at its next start.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Final
from uuid import UUID

from sqlalchemy import Connection, delete, insert, select

from facilitator.kernel.errors import Unavailable
from facilitator.store import backups
from facilitator.store.tables import SETTING

MARK: Final = "forgetting"  # the setting that names the meetings whose remains still lie about


def mark(connection: Connection, meeting: UUID) -> None:
    """Remember, with what was rewritten, that the cleaning is to follow."""
    here = SETTING.c.name == MARK
    known = connection.scalar(select(SETTING.c.value).where(here)) or ""
    connection.execute(delete(SETTING).where(here))
    value = " ".join(sorted({*known.split(), meeting.hex}))
    connection.execute(insert(SETTING).values(name=MARK, value=value))


def clean(database: sqlite3.Connection, folder: Path) -> None:
    """Clean up, where a mark says so. Raises ``Unavailable`` where that must be tried again."""
    try:
        meetings = _marked(database)
        if meetings:
            sweep(database)
            backups.remove_half(folder)  # a copy that is being made is of before, and not kept
            renew(database, folder, meetings)
            database.execute("DELETE FROM setting WHERE name = ?", (MARK,))
    except (OSError, sqlite3.Error) as error:
        raise Unavailable("wipe.unfinished", why=type(error).__name__) from error


def sweep(database: sqlite3.Connection) -> None:
    """Make the file anew, without the gaps in which old words may stand, and empty its log."""
    database.execute("VACUUM")
    (busy, _log, _moved) = database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        raise Unavailable("wipe.unfinished", why="busy")


def renew(database: sqlite3.Connection, folder: Path, meetings: Iterable[UUID]) -> None:
    """One new backup in place of all those in which these meetings are as they were."""
    old = [path for path in backups.made(folder) if backups.holds(path, meetings)]
    if not old:
        return
    new = backups.make(database, folder)
    if not backups.is_sound(new):
        raise Unavailable("wipe.unfinished", why="backup")
    for path in old:
        path.unlink(missing_ok=True)


def _marked(database: sqlite3.Connection) -> list[UUID]:
    row = database.execute("SELECT value FROM setting WHERE name = ?", (MARK,)).fetchone()
    return [UUID(word) for word in row[0].split()] if row else []
