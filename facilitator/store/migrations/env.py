"""How Alembic reaches the database: over the connection of whoever opens the store."""

from __future__ import annotations

from alembic import context

from facilitator.store.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    transactional_ddl=True,
    render_as_batch=True,  # SQLite changes a table by making it anew
)
context.run_migrations()
