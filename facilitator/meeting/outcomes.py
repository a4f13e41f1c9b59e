"""What the meeting comes to: decisions, open tasks and agreements."""

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
from facilitator.meeting.ids import AgreementId, DecisionId, OpenTaskId, ThemeId

MOST: Final = 500  # of each


class Decision(Entity, frozen=True, kw_only=True, tag="decision"):
    """Something that was decided (besluit), of a theme or of the whole meeting."""

    refers: ClassVar[dict[str, str]] = {"theme": "theme"}
    texts: ClassVar[frozenset[str]] = frozenset({"text"})

    id: DecisionId
    text: str
    theme: ThemeId | None = None
    order: float = 0.0


class OpenTask(Entity, frozen=True, kw_only=True, tag="open_task"):
    """Something that was named and has no owner yet (opgave)."""

    refers: ClassVar[dict[str, str]] = {"theme": "theme"}
    texts: ClassVar[frozenset[str]] = frozenset({"text"})

    id: OpenTaskId
    text: str
    theme: ThemeId | None = None
    order: float = 0.0


class Agreement(Entity, frozen=True, kw_only=True, tag="agreement"):
    """Who does what, before when (afspraak)."""

    texts: ClassVar[frozenset[str]] = frozenset({"what", "who"})
    personal: ClassVar[frozenset[str]] = frozenset({"who"})

    id: AgreementId
    what: str
    who: str = ""
    when: str = ""  # in words: "voor 1 december", "zo snel mogelijk"
    order: float = 0.0


class AddDecision(Command, frozen=True, kw_only=True, tag="add_decision"):
    """Write down a decision."""

    roles: ClassVar[frozenset[Role]] = CONSOLES

    decision: DecisionId
    text: str
    theme: ThemeId | None = None
    before: DecisionId | None = None


class EditDecision(Command, frozen=True, kw_only=True, tag="edit_decision"):
    """Change a decision."""

    roles: ClassVar[frozenset[Role]] = CONSOLES

    decision: DecisionId
    text: Typed | UnsetType = UNSET
    theme: ThemeId | UnsetType | None = UNSET


class MoveDecision(Command, frozen=True, kw_only=True, tag="move_decision"):
    """Put a decision at another place."""

    roles: ClassVar[frozenset[Role]] = CONSOLES

    decision: DecisionId
    before: DecisionId | None = None


class RemoveDecision(Command, frozen=True, kw_only=True, tag="remove_decision"):
    """Take a decision away."""

    roles: ClassVar[frozenset[Role]] = CONSOLES

    decision: DecisionId


class AddOpenTask(Command, frozen=True, kw_only=True, tag="add_open_task"):
    """Write down an open task."""

    roles: ClassVar[frozenset[Role]] = CONSOLES

    open_task: OpenTaskId
    text: str
    theme: ThemeId | None = None
    before: OpenTaskId | None = None


class EditOpenTask(Command, frozen=True, kw_only=True, tag="edit_open_task"):
    """Change an open task."""

    roles: ClassVar[frozenset[Role]] = CONSOLES

    open_task: OpenTaskId
    text: Typed | UnsetType = UNSET
    theme: ThemeId | UnsetType | None = UNSET


class MoveOpenTask(Command, frozen=True, kw_only=True, tag="move_open_task"):
    """Put an open task at another place."""

    roles: ClassVar[frozenset[Role]] = CONSOLES

    open_task: OpenTaskId
    before: OpenTaskId | None = None


class RemoveOpenTask(Command, frozen=True, kw_only=True, tag="remove_open_task"):
    """Take an open task away."""

    roles: ClassVar[frozenset[Role]] = CONSOLES

    open_task: OpenTaskId


class AddAgreement(Command, frozen=True, kw_only=True, tag="add_agreement"):
    """Write down an agreement."""

    roles: ClassVar[frozenset[Role]] = CONSOLES

    agreement: AgreementId
    what: str
    who: str = ""
    when: str = ""
    before: AgreementId | None = None


class EditAgreement(Command, frozen=True, kw_only=True, tag="edit_agreement"):
    """Change an agreement."""

    roles: ClassVar[frozenset[Role]] = CONSOLES

    agreement: AgreementId
    what: Typed | UnsetType = UNSET
    who: Typed | UnsetType = UNSET
    when: Typed | UnsetType = UNSET


class MoveAgreement(Command, frozen=True, kw_only=True, tag="move_agreement"):
    """Put an agreement at another place."""

    roles: ClassVar[frozenset[Role]] = CONSOLES

    agreement: AgreementId
    before: AgreementId | None = None


class RemoveAgreement(Command, frozen=True, kw_only=True, tag="remove_agreement"):
    """Take an agreement away."""

    roles: ClassVar[frozenset[Role]] = CONSOLES

    agreement: AgreementId


def decisions(state: State) -> list[Decision]:
    """The decisions, first one first."""
    return in_order(state.all(Decision))


def open_tasks(state: State) -> list[OpenTask]:
    """The open tasks, first one first."""
    return in_order(state.all(OpenTask))


def agreements(state: State) -> list[Agreement]:
    """The agreements, first one first."""
    return in_order(state.all(Agreement))


def add_decision(state: State, command: AddDecision, _context: Context) -> Changes:
    """The decision, at its place."""
    row = state.all(Decision)
    _check_room(len(row))
    new = Decision(id=command.decision, text=fields.words(command.text), theme=command.theme)
    yield from order.placed(row, [new], command.before)


def edit_decision(state: State, command: EditDecision, _context: Context) -> Changes:
    """The decision with what was typed."""
    known = state.get(Decision, command.decision)
    yield fields.edited(
        known,
        text=fields.words(fields.typed(known.text, command.text)[0]),
        theme=known.theme if command.theme is UNSET else command.theme,
    )


def move_decision(state: State, command: MoveDecision, _context: Context) -> Changes:
    """The decision at its new place."""
    moved = state.get(Decision, command.decision)
    yield from order.placed(state.all(Decision), [moved], command.before)


def remove_decision(state: State, command: RemoveDecision, _context: Context) -> Changes:
    """The list without the decision."""
    yield Gone(state.get(Decision, command.decision))


def add_open_task(state: State, command: AddOpenTask, _context: Context) -> Changes:
    """The open task, at its place."""
    row = state.all(OpenTask)
    _check_room(len(row))
    new = OpenTask(id=command.open_task, text=fields.words(command.text), theme=command.theme)
    yield from order.placed(row, [new], command.before)


def edit_open_task(state: State, command: EditOpenTask, _context: Context) -> Changes:
    """The open task with what was typed."""
    known = state.get(OpenTask, command.open_task)
    yield fields.edited(
        known,
        text=fields.words(fields.typed(known.text, command.text)[0]),
        theme=known.theme if command.theme is UNSET else command.theme,
    )


def move_open_task(state: State, command: MoveOpenTask, _context: Context) -> Changes:
    """The open task at its new place."""
    moved = state.get(OpenTask, command.open_task)
    yield from order.placed(state.all(OpenTask), [moved], command.before)


def remove_open_task(state: State, command: RemoveOpenTask, _context: Context) -> Changes:
    """The list without the open task."""
    yield Gone(state.get(OpenTask, command.open_task))


def add_agreement(state: State, command: AddAgreement, _context: Context) -> Changes:
    """The agreement, at its place."""
    row = state.all(Agreement)
    _check_room(len(row))
    new = Agreement(
        id=command.agreement,
        what=fields.words(command.what),
        who=fields.line(command.who),
        when=fields.line(command.when),
    )
    yield from order.placed(row, [new], command.before)


def edit_agreement(state: State, command: EditAgreement, _context: Context) -> Changes:
    """The agreement with what was typed."""
    known = state.get(Agreement, command.agreement)
    yield fields.edited(
        known,
        what=fields.words(fields.typed(known.what, command.what)[0]),
        who=fields.line(fields.typed(known.who, command.who)[0]),
        when=fields.line(fields.typed(known.when, command.when)[0]),
    )


def move_agreement(state: State, command: MoveAgreement, _context: Context) -> Changes:
    """The agreement at its new place."""
    moved = state.get(Agreement, command.agreement)
    yield from order.placed(state.all(Agreement), [moved], command.before)


def remove_agreement(state: State, command: RemoveAgreement, _context: Context) -> Changes:
    """The list without the agreement."""
    yield Gone(state.get(Agreement, command.agreement))


def _check_room(number: int) -> None:
    if number >= MOST:
        raise Refused("outcome.most", maximum=MOST)


RULES: Final[Rules] = {
    AddDecision: add_decision,
    EditDecision: edit_decision,
    MoveDecision: move_decision,
    RemoveDecision: remove_decision,
    AddOpenTask: add_open_task,
    EditOpenTask: edit_open_task,
    MoveOpenTask: move_open_task,
    RemoveOpenTask: remove_open_task,
    AddAgreement: add_agreement,
    EditAgreement: edit_agreement,
    MoveAgreement: move_agreement,
    RemoveAgreement: remove_agreement,
}
