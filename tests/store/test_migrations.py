from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from facilitator.meeting.features import KINDS
from facilitator.store import migrate
from facilitator.store.statements import Statements
from facilitator.store.store import Store
from facilitator.store.tables import METADATA, TABLES, VERSION

from .conftest import MEETING, Desk, note


def test_migrations_and_tables_agree(store: Store) -> None:
    with store._transaction() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []


def test_the_version_is_that_of_the_newest_migration() -> None:
    head = ScriptDirectory.from_config(migrate.configuration()).get_current_head()
    assert head == f"{VERSION:04}"


def test_each_kind_has_its_table() -> None:
    assert list(TABLES) == list(KINDS)
    for kind, table in TABLES.items():
        assert [column.name for column in table.columns] == ["meeting", *kind.__struct_fields__]


def test_the_tables_and_what_is_written_fit_postgresql_too() -> None:
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    for table in METADATA.sorted_tables:
        assert str(CreateTable(table).compile(dialect=dialect))
    statements = Statements(dialect)
    assert "%(id_)s" in statements.shelves[KINDS[0]].update.sql
    row = statements.shelves[KINDS[0]].delete.row((MEETING, MEETING))
    assert set(row) == {"meeting_", "id_"}


def test_an_older_database_is_saved_first_and_its_undo_list_begins_anew(
    desk: Desk, reopened: Callable[[], Store]
) -> None:
    desk.ask(note())
    desk.writer.stop()
    desk.store.close()
    with closing(sqlite3.connect(desk.store.path)) as older:
        older.execute("PRAGMA user_version = 0")
        older.execute("UPDATE journal SET undoable = 1")
        older.commit()
    opened = reopened()
    assert not opened.read_only
    assert opened.load(MEETING).history == ()
    assert len(list((opened.folder / "backups").iterdir())) == 1
    assert opened.check() == []
