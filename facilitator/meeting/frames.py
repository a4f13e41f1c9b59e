"""Frames: the numbered conditions that a plan must meet, and who set them."""

from __future__ import annotations

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
from facilitator.meeting.ids import FrameId
from facilitator.meeting.proposals import Response

MOST: Final = 100


class Frame(Entity, frozen=True, kw_only=True, tag="frame"):
    """A condition that a plan must meet (kader). Lines after the first are its sub-points."""

    texts: ClassVar[frozenset[str]] = frozenset({"text", "set_by"})
    personal: ClassVar[frozenset[str]] = frozenset({"set_by"})

    id: FrameId
    text: str
    set_by: str = ""  # an organisation or a group
    order: float = 0.0


class AddFrame(Command, frozen=True, kw_only=True, tag="add_frame"):
    """Write down a condition."""

    roles: ClassVar[frozenset[Role]] = CONSOLES

    frame: FrameId
    text: str
    set_by: str = ""
    before: FrameId | None = None


class EditFrame(Command, frozen=True, kw_only=True, tag="edit_frame"):
    """Change a condition."""

    roles: ClassVar[frozenset[Role]] = CONSOLES

    frame: FrameId
    text: Typed | UnsetType = UNSET
    set_by: Typed | UnsetType = UNSET


class MoveFrame(Command, frozen=True, kw_only=True, tag="move_frame"):
    """Give a condition another number."""

    roles: ClassVar[frozenset[Role]] = CONSOLES

    frame: FrameId
    before: FrameId | None = None


class RemoveFrame(Command, frozen=True, kw_only=True, tag="remove_frame"):
    """Take a condition away, with what was said of proposals that were held against it."""

    roles: ClassVar[frozenset[Role]] = CONSOLES

    frame: FrameId


def frames(state: State) -> list[Frame]:
    """The conditions, number one first."""
    return in_order(state.all(Frame))


def add_frame(state: State, command: AddFrame, _context: Context) -> Changes:
    """The condition, at its place."""
    row = state.all(Frame)
    if len(row) >= MOST:
        raise Refused("outcome.most", maximum=MOST)
    text, set_by = fields.words(command.text), fields.line(command.set_by)
    yield from order.placed(
        row, [Frame(id=command.frame, text=text, set_by=set_by)], command.before
    )


def edit_frame(state: State, command: EditFrame, _context: Context) -> Changes:
    """The condition with what was typed."""
    known = state.get(Frame, command.frame)
    yield fields.edited(
        known,
        text=fields.words(fields.typed(known.text, command.text)[0]),
        set_by=fields.line(fields.typed(known.set_by, command.set_by)[0]),
    )


def move_frame(state: State, command: MoveFrame, _context: Context) -> Changes:
    """The condition at its new place."""
    moved = state.get(Frame, command.frame)
    yield from order.placed(state.all(Frame), [moved], command.before)


def remove_frame(state: State, command: RemoveFrame, _context: Context) -> Changes:
    """The list without the condition, and the proposals without the responses to it."""
    gone = state.get(Frame, command.frame)
    for response in state.all(Response):
        if response.frame == gone.id:
            yield Gone(response)
    yield Gone(gone)


RULES: Final[Rules] = {
    AddFrame: add_frame,
    EditFrame: edit_frame,
    MoveFrame: move_frame,
    RemoveFrame: remove_frame,
}
