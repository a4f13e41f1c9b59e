"""Wipes a meeting and dies in the middle: ``python -m tests.store.killed STAGE FOLDER MEETING``."""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, NoReturn
from unittest import mock
from uuid import UUID

from facilitator.kernel.roles import Role
from facilitator.meeting.ids import MeetingId
from facilitator.store import backups, cleaning, forgetting
from facilitator.store.statements import Statements
from facilitator.store.store import Store

EXIT: Final = 137  # as of a program that was killed
BEFORE: Final = ("journal", "rows", "mark")
STAGES: Final = (
    *BEFORE,
    *("commit", "vacuum", "vacuumed", "checkpoint", "backup", "first_gone", "all_gone"),
)


def die(*_: Any, **__: Any) -> NoReturn:
    """No goodbye, no clean-up."""
    os._exit(EXIT)


def then_die(work: Callable[..., Any]) -> Callable[..., Any]:
    """Does it, and dies."""

    def done(*given: Any, **named: Any) -> NoReturn:
        work(*given, **named)
        die()

    return done


def half_a_vacuum(database: sqlite3.Connection) -> None:
    """Dies while the file is made anew."""
    ticks = iter(range(3))

    def tick() -> int:
        if next(ticks, None) is None:
            die()
        return 0

    database.set_progress_handler(tick, 100)
    database.execute("VACUUM")


def only_vacuum(database: sqlite3.Connection) -> NoReturn:
    """Dies before the log is emptied."""
    database.execute("VACUUM")
    die()


_unlink = Path.unlink


def only_one(path: Path, **named: Any) -> None:
    """Removes one backup, and dies."""
    _unlink(path, **named)
    if path.suffix == ".db":
        die()


PATCHES: Final[dict[str, tuple[Any, str, Callable[..., Any]]]] = {
    "journal": (Statements, "save", die),
    "rows": (cleaning, "mark", die),
    "mark": (cleaning, "mark", then_die(cleaning.mark)),
    "commit": (Store, "clean", die),
    "vacuum": (cleaning, "sweep", half_a_vacuum),
    "vacuumed": (cleaning, "sweep", only_vacuum),
    "checkpoint": (cleaning, "renew", die),
    "backup": (backups, "is_sound", die),
    "first_gone": (Path, "unlink", only_one),
    "all_gone": (cleaning, "renew", then_die(cleaning.renew)),
}


def main(stage: str, folder: str, meeting: str) -> None:
    """Wipe, as far as it comes."""
    target, name, instead = PATCHES[stage]
    store = Store.open(Path(folder))
    with mock.patch.object(target, name, instead):
        at = dt.datetime.now(dt.UTC)
        forgetting.wipe(store, MeetingId(UUID(meeting)), at=at, role=Role.SYSTEM)
        store.clean()


if __name__ == "__main__":
    main(*sys.argv[1:])
