"""What was done with what people brought in: taken over, partly or not, and why.

Filled in after the meeting, often weeks later. Each is about something in the words of who writes
the verslag, since a hall of 300 says the same thing forty times.
"""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar, Final

from msgspec import UNSET, UnsetType

from facilitator.kernel.command import Command, Context
from facilitator.kernel.entity import Entity, in_order
from facilitator.kernel.errors import Refused
from facilitator.kernel.roles import CONSOLES, Role
from facilitator.kernel.rules import Changes, Gone, Rules
from facilitator.kernel.state import State
from facilitator.meeting import fields, order
from facilitator.meeting.fields import Typed
from facilitator.meeting.ids import FollowUpId, ThemeId

MOST: Final = 500


class Result(StrEnum):
    """What was done with it."""

    PENDING = "pending"  # nobody decided yet
    TAKEN = "taken"
    PARTLY = "partly"
    NOT = "not"


class FollowUp(Entity, frozen=True, kw_only=True, tag="follow_up"):
    """What was done with something that was brought in (wat is ermee gedaan), and why."""

    refers: ClassVar[dict[str, str]] = {"theme": "theme"}
    texts: ClassVar[frozenset[str]] = frozenset({"what", "why"})

    id: FollowUpId
    what: str
    theme: ThemeId | None = None
    result: Result = Result.PENDING
    why: str = ""
    order: float = 0.0


class AddFollowUp(Command, frozen=True, kw_only=True, tag="add_follow_up"):
    """Write down something that was brought in, and what was done with it."""

    roles: ClassVar[frozenset[Role]] = CONSOLES

    follow_up: FollowUpId
    what: str
    theme: ThemeId | None = None
    result: Result = Result.PENDING
    why: str = ""
    before: FollowUpId | None = None


class EditFollowUp(Command, frozen=True, kw_only=True, tag="edit_follow_up"):
    """Change what was done with it."""

    roles: ClassVar[frozenset[Role]] = CONSOLES

    follow_up: FollowUpId
    what: Typed | UnsetType = UNSET
    theme: ThemeId | UnsetType | None = UNSET
    result: Result | UnsetType = UNSET
    why: Typed | UnsetType = UNSET


class MoveFollowUp(Command, frozen=True, kw_only=True, tag="move_follow_up"):
    """Put it at another place."""

    roles: ClassVar[frozenset[Role]] = CONSOLES

    follow_up: FollowUpId
    before: FollowUpId | None = None


class RemoveFollowUp(Command, frozen=True, kw_only=True, tag="remove_follow_up"):
    """Take it away."""

    roles: ClassVar[frozenset[Role]] = CONSOLES

    follow_up: FollowUpId


def follow_ups(state: State) -> list[FollowUp]:
    """All of them, first one first."""
    return in_order(state.all(FollowUp))


def add_follow_up(state: State, command: AddFollowUp, _context: Context) -> Changes:
    """The new one, at its place."""
    row = state.all(FollowUp)
    if len(row) >= MOST:
        raise Refused("outcome.most", maximum=MOST)
    new = FollowUp(
        id=command.follow_up,
        what=fields.words(command.what),
        theme=command.theme,
        result=command.result,
        why=fields.paragraph(command.why),
    )
    yield from order.placed(row, [new], command.before)


def edit_follow_up(state: State, command: EditFollowUp, _context: Context) -> Changes:
    """The same with what was typed and chosen."""
    known = state.get(FollowUp, command.follow_up)
    yield fields.edited(
        known,
        what=fields.words(fields.typed(known.what, command.what)[0]),
        theme=known.theme if command.theme is UNSET else command.theme,
        result=known.result if command.result is UNSET else command.result,
        why=fields.paragraph(fields.typed(known.why, command.why)[0]),
    )


def move_follow_up(state: State, command: MoveFollowUp, _context: Context) -> Changes:
    """The same at its new place."""
    moved = state.get(FollowUp, command.follow_up)
    yield from order.placed(state.all(FollowUp), [moved], command.before)


def remove_follow_up(state: State, command: RemoveFollowUp, _context: Context) -> Changes:
    """The list without it."""
    yield Gone(state.get(FollowUp, command.follow_up))


RULES: Final[Rules] = {
    AddFollowUp: add_follow_up,
    EditFollowUp: edit_follow_up,
    MoveFollowUp: move_follow_up,
    RemoveFollowUp: remove_follow_up,
}
