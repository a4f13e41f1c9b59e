"""The first tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make all tables."""
    _things_of_a_meeting()
    _things_that_people_make()
    _things_that_come_of_it()
    _tables_of_the_store()


def _things(name: str, *columns: sa.Column[Any], refers: Mapping[str, str] | None = None) -> None:
    """A table for one kind; ``refers``: column → the table that its ids point at."""
    op.create_table(
        name,
        sa.Column("meeting", sa.Uuid, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        *columns,
        sa.PrimaryKeyConstraint("meeting", "id", name=f"pk_{name}"),
        *(
            sa.ForeignKeyConstraint(
                ["meeting", column],
                [f"{target}.meeting", f"{target}.id"],
                name=f"fk_{name}_{column}",
                deferrable=True,
                initially="DEFERRED",
            )
            for column, target in (refers or {}).items()
        ),
    )


def _things_of_a_meeting() -> None:
    _things(
        "meeting",
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("date", sa.Date, nullable=True),
        sa.Column("begins", sa.Time, nullable=True),
        sa.Column("ends", sa.Time, nullable=True),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("organisation", sa.Text, nullable=False),
        sa.Column("writer", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("purpose", sa.Text, nullable=False),
        sa.Column("issue", sa.Text, nullable=False),
        sa.Column("method", sa.Text, nullable=False),
        sa.Column("what_next", sa.Text, nullable=False),
        sa.Column("next_meeting", sa.Text, nullable=False),
        sa.Column("check_out", sa.Text, nullable=False),
        sa.Column("form", sa.Text, nullable=False),
        sa.Column("named", sa.Boolean, nullable=False),
        sa.Column("approval", sa.Boolean, nullable=False),
        sa.Column("show_earlier", sa.Boolean, nullable=False),
        sa.Column("attendance", sa.Text, nullable=False),
        sa.Column("phase", sa.Text, nullable=False),
        sa.Column("note_length", sa.Integer, nullable=False),
        sa.Column("grace", sa.Integer, nullable=False),
        sa.Column("devices", sa.Text, nullable=False),
        sa.Column("frozen", sa.Boolean, nullable=False),
        sa.Column("keep_until", sa.Date, nullable=True),
        sa.Column("wiped", sa.Boolean, nullable=False),
        sa.Column("wifi_name", sa.Text, nullable=False),
        sa.Column("wifi_password", sa.Text, nullable=False),
        sa.Column("wifi_hidden", sa.Boolean, nullable=False),
        sa.Column("invited", sa.Text, nullable=False),
        sa.Column("report", sa.Text, nullable=False),
        sa.Column("parts", sa.Text, nullable=False),
        sa.Column("matrix", sa.Text, nullable=False),
        sa.Column("voting", sa.Boolean, nullable=False),
        sa.Column("dots", sa.Integer, nullable=False),
    )
    _things(
        "theme",
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("colour", sa.Text, nullable=False),
        sa.Column("open", sa.Boolean, nullable=False),
        sa.Column("order", sa.Double, nullable=False),
    )
    _things(
        "table",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("theme", sa.Uuid, nullable=True),
        sa.Column("seats", sa.Integer, nullable=False),
        sa.Column("order", sa.Double, nullable=False),
        sa.Column("closed", sa.Boolean, nullable=False),
        refers={"theme": "theme"},
    )
    _things(
        "step",
        sa.Column("activity", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("length", sa.Integer, nullable=False),
        sa.Column("order", sa.Double, nullable=False),
    )
    _things(
        "clock",
        sa.Column("step", sa.Uuid, nullable=True),
        sa.Column("left", sa.Double, nullable=False),
        sa.Column("ends_at", sa.Text, nullable=True),
        sa.Column("before", sa.Text, nullable=False),
        refers={"step": "step"},
    )
    _things(
        "projector",
        sa.Column("scene", sa.Text, nullable=False),
        sa.Column("theme", sa.Uuid, nullable=True),
        sa.Column("black", sa.Boolean, nullable=False),
        sa.Column("light", sa.Boolean, nullable=False),
        sa.Column("earlier", sa.Text, nullable=True),
        refers={"theme": "theme"},
    )


def _things_that_people_make() -> None:
    _things(
        "participant",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("organisation", sa.Text, nullable=False),
        sa.Column("table", sa.Uuid, nullable=True),
        sa.Column("joined_at", sa.Text, nullable=True),
        sa.Column("order", sa.Double, nullable=False),
        sa.Column("people", sa.Integer, nullable=False),
        sa.Column("muted", sa.Boolean, nullable=False),
        refers={"table": "table"},
    )
    _things(
        "invitation",
        sa.Column("table", sa.Uuid, nullable=False),
        sa.Column("host", sa.Uuid, nullable=True),
        sa.Column("revoked", sa.Boolean, nullable=False),
        refers={"table": "table", "host": "participant"},
    )
    _things(
        "category",
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("theme", sa.Uuid, nullable=True),
        sa.Column("order", sa.Double, nullable=False),
        refers={"theme": "theme"},
    )
    _things(
        "note",
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("table", sa.Uuid, nullable=True),
        sa.Column("theme", sa.Uuid, nullable=True),
        sa.Column("round", sa.Uuid, nullable=True),
        sa.Column("category", sa.Uuid, nullable=True),
        sa.Column("author", sa.Uuid, nullable=True),
        sa.Column("written_at", sa.Text, nullable=True),
        sa.Column("late", sa.Boolean, nullable=False),
        sa.Column("hidden", sa.Boolean, nullable=False),
        sa.Column("hidden_by_host", sa.Boolean, nullable=False),
        sa.Column("approved", sa.Boolean, nullable=False),
        sa.Column("conclusion", sa.Boolean, nullable=False),
        sa.Column("order", sa.Double, nullable=False),
        sa.Column("merged", sa.Uuid, nullable=True),
        refers={
            "table": "table",
            "theme": "theme",
            "round": "step",
            "category": "category",
            "author": "participant",
            "merged": "note",
        },
    )
    _things(
        "hand_over",
        sa.Column("table", sa.Uuid, nullable=False),
        sa.Column("round", sa.Uuid, nullable=True),
        sa.Column("points", sa.Text, nullable=False),
        refers={"table": "table", "round": "step"},
    )
    _things(
        "check_in",
        sa.Column("word", sa.Text, nullable=False),
        sa.Column("grade", sa.Integer, nullable=True),
        sa.Column("author", sa.Uuid, nullable=True),
        sa.Column("order", sa.Double, nullable=False),
        refers={"author": "participant"},
    )
    _things(
        "explanation",
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("clash", sa.Boolean, nullable=False),
        refers={"id": "theme"},
    )


def _things_that_come_of_it() -> None:
    _things(
        "frame",
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("set_by", sa.Text, nullable=False),
        sa.Column("order", sa.Double, nullable=False),
    )
    _things(
        "proposal",
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("theme", sa.Uuid, nullable=True),
        sa.Column("asked", sa.Boolean, nullable=False),
        sa.Column("order", sa.Double, nullable=False),
        refers={"theme": "theme"},
    )
    _things(
        "response",
        sa.Column("proposal", sa.Uuid, nullable=False),
        sa.Column("frame", sa.Uuid, nullable=True),
        sa.Column("stance", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("settled", sa.Boolean, nullable=False),
        sa.Column("order", sa.Double, nullable=False),
        refers={"proposal": "proposal", "frame": "frame"},
    )
    _things(
        "option",
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("theme", sa.Uuid, nullable=True),
        sa.Column("note", sa.Uuid, nullable=True),
        sa.Column("order", sa.Double, nullable=False),
        refers={"theme": "theme", "note": "note"},
    )
    _things(
        "vote",
        sa.Column("option", sa.Uuid, nullable=False),
        sa.Column("ballot", sa.Text, nullable=False),
        sa.Column("dots", sa.Integer, nullable=False),
        refers={"option": "option"},
    )
    _things(
        "decision",
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("theme", sa.Uuid, nullable=True),
        sa.Column("order", sa.Double, nullable=False),
        refers={"theme": "theme"},
    )
    _things(
        "open_task",
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("theme", sa.Uuid, nullable=True),
        sa.Column("order", sa.Double, nullable=False),
        refers={"theme": "theme"},
    )
    _things(
        "agreement",
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("when", sa.Text, nullable=False),
        sa.Column("order", sa.Double, nullable=False),
    )
    _things(
        "follow_up",
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("theme", sa.Uuid, nullable=True),
        sa.Column("result", sa.Text, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("order", sa.Double, nullable=False),
        refers={"theme": "theme"},
    )
    _things(
        "photo",
        sa.Column("width", sa.Integer, nullable=False),
        sa.Column("height", sa.Integer, nullable=False),
        sa.Column("theme", sa.Uuid, nullable=True),
        sa.Column("caption", sa.Text, nullable=False),
        sa.Column("order", sa.Double, nullable=False),
        sa.Column("table", sa.Uuid, nullable=True),
        refers={"theme": "theme", "table": "table"},
    )


def _tables_of_the_store() -> None:
    op.create_table(
        "journal",
        sa.Column("meeting", sa.Uuid, nullable=False),
        sa.Column("revision", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("actor", sa.Uuid),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("command", sa.Text, nullable=False),
        sa.Column("command_id", sa.Uuid, nullable=False),
        sa.Column("undoes", sa.Integer),
        sa.Column("undoable", sa.Boolean, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("meeting", "revision", name="pk_journal"),
        sa.UniqueConstraint("meeting", "command_id", name="uq_journal_command_id"),
    )
    op.create_table(
        "blob",
        sa.Column("meeting", sa.Uuid, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("meeting", "id", name="pk_blob"),
    )
    op.create_table(
        "secret",
        sa.Column("meeting", sa.Uuid, nullable=False),
        sa.Column("owner", sa.Uuid, nullable=False),
        sa.Column("digest", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("meeting", "owner", name="pk_secret"),
    )
    op.create_table(
        "setting",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_setting"),
    )
