"""Entries: what changed, each thing before and after, with a gapless revision number."""

from __future__ import annotations

from datetime import datetime
from typing import Generic, TypeVar
from uuid import UUID

import msgspec

from facilitator.kernel.entity import Entity
from facilitator.kernel.roles import Role

E = TypeVar("E", bound=Entity)


class Change(msgspec.Struct, Generic[E], frozen=True):
    """One thing before and after. No ``before``: it is new. No ``after``: it is gone."""

    before: E | None
    after: E | None

    @property
    def subject(self) -> E:
        """The thing itself, as it is or as it last was."""
        thing = self.after if self.after is not None else self.before
        assert thing is not None  # noqa: S101 - a change of nothing cannot be made
        return thing

    @property
    def inverse(self) -> Change[E]:
        """The same change the other way round."""
        return Change(before=self.after, after=self.before)


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """What one command changed. Committed before it is told to anyone."""

    revision: int
    at: datetime
    actor: UUID | None
    role: Role
    command: str  # the command's tag
    command_id: UUID
    changes: tuple[Change[Entity], ...]
    undoes: int | None = None  # the revision that this entry takes back
    undoable: bool = False
