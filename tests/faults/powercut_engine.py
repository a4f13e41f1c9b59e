"""The engine, with a log that goes into the database often, so that power cuts fall there too.

Takes the arguments of the real one. ``SYNCHRONOUS`` in the environment is how its database waits for
the disk: ``FULL``, as the real one does, or ``NORMAL``, which is the mutant.
"""

from __future__ import annotations

import os
import sqlite3
import sys
from pathlib import Path
from unittest import mock

from facilitator import cli
from facilitator.store import database

PAGES = 40  # in the log before it goes into the database
MODE = os.environ["SYNCHRONOUS"]

opened = database._open


def with_mode(path: Path, *, read_only: bool) -> sqlite3.Connection:
    """The engine's own connection, changed as said above."""
    connection = opened(path, read_only=read_only)
    assert connection.execute("PRAGMA synchronous").fetchone() == (2,), "the real one waits"
    connection.execute(f"PRAGMA synchronous = {MODE}")
    connection.execute(f"PRAGMA wal_autocheckpoint = {PAGES}")
    return connection


if __name__ == "__main__":
    with mock.patch.object(database, "_open", with_mode):
        sys.exit(cli.main())
