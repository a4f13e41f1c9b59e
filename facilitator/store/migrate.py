"""Bringing a database to the newest tables."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, inspect, update

from facilitator.store.tables import JOURNAL

FOLDER: Final = Path(__file__).parent / "migrations"


def configuration(connection: Connection | None = None) -> Config:
    """What Alembic has to know; it needs no file for it."""
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    return config


def migrate(connection: Connection) -> None:
    """Run what is missing, in the transaction of this connection.

    What was done before a migration can't be undone after it: its entries tell of other tables.
    """
    older = inspect(connection).has_table(JOURNAL.name)
    command.upgrade(configuration(connection), "head")
    if older:
        connection.execute(update(JOURNAL).values(undoable=False))
