"""Commands: what somebody wants, in the imperative."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import ClassVar
from uuid import UUID

import msgspec

from facilitator.kernel.roles import Role


class Command(
    msgspec.Struct, frozen=True, kw_only=True, tag_field="command", forbid_unknown_fields=True
):
    """A wish. Its ``id`` is made by who wishes; sent twice it counts once, also after a restart."""

    id: UUID

    roles: ClassVar[frozenset[Role]] = frozenset()
    """Who may send it."""

    undoable: ClassVar[bool] = True
    """Whether it stands on the undo list of who sent it."""

    nameless: ClassVar[bool] = False
    """Whether its entry never says who sent it, nor when to the second; in no meeting."""

    @classmethod
    def tag(cls) -> str:
        """The name of this command on the wire and in the journal."""
        return str(cls.__struct_config__.tag)


class Context(msgspec.Struct, frozen=True):
    """What a rule may know besides the state: the time, who asks, and where new ids come from."""

    now: datetime
    actor: UUID | None
    role: Role
    new_id: Callable[[], UUID]
