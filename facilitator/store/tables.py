"""The tables: one a kind, made from its struct, and those of the store itself."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)

from facilitator.kernel.entity import Entity
from facilitator.kernel.roles import Role
from facilitator.meeting.features import KINDS
from facilitator.store.columns import Choice, Instant, columns_of

VERSION: Final = 1
"""The version of the tables: the number of the newest migration."""

METADATA: Final = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_1_name)s",
        "uq": "uq_%(table_name)s_%(column_1_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)


def _meeting() -> Column[Any]:
    return Column("meeting", Uuid(), primary_key=True)


def _table(kind: type[Entity]) -> Table:
    # Checked at the commit, so that the order of the rows within a transaction is free.
    references = (
        ForeignKeyConstraint(
            ["meeting", field],
            [f"{target}.meeting", f"{target}.id"],
            deferrable=True,
            initially="DEFERRED",
        )
        for field, target in kind.refers.items()
    )
    return Table(kind.kind(), METADATA, _meeting(), *columns_of(kind), *references)


TABLES: Final[dict[type[Entity], Table]] = {kind: _table(kind) for kind in KINDS}

JOURNAL: Final = Table(
    "journal",
    METADATA,
    _meeting(),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    Column("actor", Uuid()),
    Column("role", Choice(Role), nullable=False),
    Column("command", Text, nullable=False),
    Column("command_id", Uuid(), nullable=False),
    Column("undoes", Integer),
    Column("undoable", Boolean, nullable=False),
    Column("body", Text, nullable=False),  # the whole entry as JSON, as it was told
    UniqueConstraint("meeting", "command_id"),
)

BLOB: Final = Table(
    "blob",
    METADATA,
    _meeting(),
    Column("id", Uuid(), primary_key=True),  # of the photo
    Column("content", LargeBinary, nullable=False),
)

SECRET: Final = Table(
    "secret",
    METADATA,
    _meeting(),
    Column("owner", Uuid(), primary_key=True),
    Column("digest", LargeBinary, nullable=False),
)

SETTING: Final = Table(
    "setting",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
