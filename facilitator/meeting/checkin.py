"""Check-in: a keyword and a grade from 1 to 10, with which each begins."""

from __future__ import annotations

from collections.abc import Collection
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, ClassVar, Final

from msgspec import UNSET, UnsetType

from facilitator.kernel.command import Command, Context
from facilitator.kernel.entity import Entity
from facilitator.kernel.errors import Refused
from facilitator.kernel.roles import CONSOLES, WRITERS, Role
from facilitator.kernel.rules import Changes, Gone, Rules
from facilitator.kernel.state import State
from facilitator.meeting import fields, order
from facilitator.meeting.ids import CheckInId, ParticipantId
from facilitator.meeting.meeting import Phase, the_meeting
from facilitator.meeting.people import is_muted

WORD: Final = 60  # characters; a keyword
MOST: Final = 1_000


class CheckIn(Entity, frozen=True, kw_only=True, tag="check_in"):
    """How somebody comes in: a word, a grade, or both."""

    refers: ClassVar[dict[str, str]] = {"author": "participant"}
    texts: ClassVar[frozenset[str]] = frozenset({"word"})
    personal: ClassVar[frozenset[str]] = frozenset({"author"})

    id: CheckInId
    word: str = ""
    grade: int | None = None  # 1 to 10
    author: ParticipantId | None = None  # None in an anonymous meeting
    order: float = 0.0


class SendCheckIn(Command, frozen=True, kw_only=True, tag="send_check_in"):
    """Check in, or change what one sent (the same ``check_in``)."""

    roles: ClassVar[frozenset[Role]] = WRITERS
    undoable: ClassVar[bool] = False

    check_in: CheckInId  # made by the phone; random, so nobody else can name it
    word: str = ""
    grade: int | None = None


class AddCheckIn(Command, frozen=True, kw_only=True, tag="add_check_in"):
    """Type over what somebody said."""

    roles: ClassVar[frozenset[Role]] = CONSOLES

    check_in: CheckInId
    word: str = ""
    grade: int | None = None
    before: CheckInId | None = None


class EditCheckIn(Command, frozen=True, kw_only=True, tag="edit_check_in"):
    """Mend a check-in."""

    roles: ClassVar[frozenset[Role]] = CONSOLES

    check_in: CheckInId
    word: str | UnsetType = UNSET
    grade: int | UnsetType | None = UNSET


class MoveCheckIn(Command, frozen=True, kw_only=True, tag="move_check_in"):
    """Put a check-in at another place in the list."""

    roles: ClassVar[frozenset[Role]] = CONSOLES

    check_in: CheckInId
    before: CheckInId | None = None


class RemoveCheckIn(Command, frozen=True, kw_only=True, tag="remove_check_in"):
    """Take a check-in away."""

    roles: ClassVar[frozenset[Role]] = CONSOLES

    check_in: CheckInId


def average(check_ins: Collection[CheckIn]) -> Decimal | None:
    """The average grade, to three decimals; None where nobody gave one."""
    grades = [check_in.grade for check_in in check_ins if check_in.grade is not None]
    if not grades:
        return None
    exact = Decimal(sum(grades)) / Decimal(len(grades))
    return exact.quantize(Decimal("0.001"), rounding=ROUND_HALF_UP)


def send_check_in(state: State, command: SendCheckIn, context: Context) -> Changes:
    """The check-in of who sends it."""
    meeting = the_meeting(state)
    if meeting.phase is not Phase.LIVE:
        raise Refused("meeting.not_live")
    word, grade = _fit(command.word, command.grade)
    if is_muted(state, context.actor):
        return  # its words are for nobody to see, and a check-in has no place out of sight
    known = state.find(CheckIn, command.check_in)
    row = state.all(CheckIn)
    if known is None and len(row) >= MOST:
        raise Refused("check_in.most", maximum=MOST)
    by_phone = context.role in {Role.PARTICIPANT, Role.HOST}
    author = ParticipantId(context.actor) if meeting.named and by_phone and context.actor else None
    if known is not None and known.author != author:
        raise Refused("check_in.exists")
    place = known.order if known is not None else order.last(row)
    yield CheckIn(id=command.check_in, word=word, grade=grade, author=author, order=place)


def add_check_in(state: State, command: AddCheckIn, _context: Context) -> Changes:
    """The check-in, at its place."""
    row = state.all(CheckIn)
    if len(row) >= MOST:
        raise Refused("check_in.most", maximum=MOST)
    word, grade = _fit(command.word, command.grade)
    new = CheckIn(id=command.check_in, word=word, grade=grade)
    yield from order.placed(row, [new], command.before)


def edit_check_in(state: State, command: EditCheckIn, _context: Context) -> Changes:
    """The check-in with the fields that were sent."""
    check_in = state.get(CheckIn, command.check_in)
    changes: dict[str, Any] = fields.given(command, "check_in")
    word, grade = _fit(changes.get("word", check_in.word), changes.get("grade", check_in.grade))
    yield fields.edited(check_in, word=word, grade=grade)


def move_check_in(state: State, command: MoveCheckIn, _context: Context) -> Changes:
    """The check-in at its new place."""
    moved = state.get(CheckIn, command.check_in)
    yield from order.placed(state.all(CheckIn), [moved], command.before)


def remove_check_in(state: State, command: RemoveCheckIn, _context: Context) -> Changes:
    """The list without the check-in."""
    yield Gone(state.get(CheckIn, command.check_in))


def _fit(word: str, grade: int | None) -> tuple[str, int | None]:
    fit = fields.line(word)
    if len(fit) > WORD:
        raise Refused("check_in.word", maximum=WORD)
    if not fit and grade is None:
        raise Refused("check_in.empty")
    if grade is not None:
        fields.within(grade, 1, 10, "check_in.grade")
    return fit, grade


RULES: Final[Rules] = {
    SendCheckIn: send_check_in,
    AddCheckIn: add_check_in,
    EditCheckIn: edit_check_in,
    MoveCheckIn: move_check_in,
    RemoveCheckIn: remove_check_in,
}
