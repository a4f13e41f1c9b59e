"""The programme: the steps of the day, and the clock that runs through them.

The clock never ticks. It says how much is left, or when it ends; every screen subtracts.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, ClassVar, Final

import msgspec
from msgspec import UNSET, UnsetType

from facilitator.kernel.command import Command, Context
from facilitator.kernel.entity import Entity, in_order
from facilitator.kernel.errors import Refused
from facilitator.kernel.roles import CONSOLES, LEADERS, Role
from facilitator.kernel.rules import Changes, Gone, Rules
from facilitator.kernel.state import State
from facilitator.meeting import fields, order
from facilitator.meeting.ids import MeetingId, StepId
from facilitator.meeting.meeting import Phase, the_meeting
from facilitator.meeting.projector import scene_of_step, the_projector

WARNING: Final = 300  # seconds before the end: amber, "nog 5 minuten"
LAST_MINUTE: Final = 60  # seconds before the end: red, "rond af"
LONGEST: Final = 8 * 3600  # seconds; a step is part of one day
REMEMBERED: Final = 40  # steps left that "one back" can return to


class StepKind(StrEnum):
    """What happens in a step."""

    WELCOME = "welcome"
    CHECK_IN = "check_in"
    ROUND = "round"
    SWITCH = "switch"
    HARVEST = "harvest"
    PLENARY = "plenary"
    DECISION = "decision"
    BREAK = "break"
    CLOSING = "closing"


class Step(Entity, frozen=True, kw_only=True, tag="step"):
    """A part of the programme, with a length. A round is a step at the tables."""

    id: StepId
    activity: StepKind
    title: str = ""  # empty: screens name it after its kind and number
    question: str = ""  # of a round; empty: the question of the table's theme
    length: int  # seconds
    order: float = 0.0


class Moment(msgspec.Struct, frozen=True):
    """A step that was left, as its clock stood then; so that one step back loses no second."""

    step: StepId
    left: float
    ends_at: datetime | None
    left_at: datetime


class Clock(Entity, frozen=True, kw_only=True, tag="clock"):
    """Time left in the running step: standing still, or running until ``ends_at`` (UTC)."""

    refers: ClassVar[dict[str, str]] = {"step": "step"}

    id: MeetingId
    step: StepId | None = None
    left: float = 0.0  # seconds; what counts while it stands still
    ends_at: datetime | None = None
    before: tuple[Moment, ...] = ()  # the steps that were left, newest last

    @property
    def running(self) -> bool:
        """Whether time passes."""
        return self.ends_at is not None

    def remaining(self, now: datetime) -> float:
        """Seconds left at ``now``; negative in overtime."""
        return self.left if self.ends_at is None else (self.ends_at - now).total_seconds()


class Stretch(StrEnum):
    """What a clock has come to; screens show each with a word and a colour."""

    IDLE = "idle"  # nothing has begun
    RUNNING = "running"
    PAUSED = "paused"
    WARNING = "warning"
    LAST_MINUTE = "last_minute"
    OVERTIME = "overtime"


class AddStep(Command, frozen=True, kw_only=True, tag="add_step"):
    """Put a step into the programme."""

    roles: ClassVar[frozenset[Role]] = CONSOLES

    step: StepId
    activity: StepKind
    length: int
    title: str = ""
    question: str = ""
    before: StepId | None = None  # None: at the end


class EditStep(Command, frozen=True, kw_only=True, tag="edit_step"):
    """Change a step. A running clock keeps what it has: use ``add_time`` for that."""

    roles: ClassVar[frozenset[Role]] = CONSOLES

    step: StepId
    activity: StepKind | UnsetType = UNSET
    length: int | UnsetType = UNSET
    title: str | UnsetType = UNSET
    question: str | UnsetType = UNSET


class MoveStep(Command, frozen=True, kw_only=True, tag="move_step"):
    """Put a step at another place."""

    roles: ClassVar[frozenset[Role]] = CONSOLES

    step: StepId
    before: StepId | None = None


class RemoveStep(Command, frozen=True, kw_only=True, tag="remove_step"):
    """Take a step out of the programme; not one that runs or in which notes were written."""

    roles: ClassVar[frozenset[Role]] = CONSOLES

    step: StepId


class StartClock(Command, frozen=True, kw_only=True, tag="start_clock"):
    """Let the time run; at the first start, from the first step."""

    roles: ClassVar[frozenset[Role]] = LEADERS
    undoable: ClassVar[bool] = False


class PauseClock(Command, frozen=True, kw_only=True, tag="pause_clock"):
    """Let the time stand still."""

    roles: ClassVar[frozenset[Role]] = LEADERS
    undoable: ClassVar[bool] = False


class AddTime(Command, frozen=True, kw_only=True, tag="add_time"):
    """More time for this step, or less."""

    roles: ClassVar[frozenset[Role]] = LEADERS
    undoable: ClassVar[bool] = False

    seconds: int  # negative: less


class NextStep(Command, frozen=True, kw_only=True, tag="next_step"):
    """Go on. ``leaving`` is the step that the screen showed, so that a double press skips nothing."""

    roles: ClassVar[frozenset[Role]] = LEADERS
    undoable: ClassVar[bool] = False

    leaving: StepId | None


class PreviousStep(Command, frozen=True, kw_only=True, tag="previous_step"):
    """Go back to the step that was left last, at the second at which it would be now."""

    roles: ClassVar[frozenset[Role]] = LEADERS
    undoable: ClassVar[bool] = False

    leaving: StepId | None


def steps(state: State) -> list[Step]:
    """The programme, first step first."""
    return in_order(state.all(Step))


def rounds(state: State) -> list[Step]:
    """The rounds, first one first."""
    return [step for step in steps(state) if step.activity is StepKind.ROUND]


def the_clock(state: State) -> Clock:
    """The one clock of this meeting."""
    return next(iter(state.all(Clock)))


def current_step(state: State) -> Step | None:
    """The step that the clock stands in."""
    return state.find(Step, the_clock(state).step)


def next_step_of(state: State) -> Step | None:
    """The step that comes after the current one; the first where none has begun."""
    programme = steps(state)
    at = the_clock(state).step
    if at is None:
        return programme[0] if programme else None
    places = [number for number, step in enumerate(programme) if step.id == at]
    following = programme[places[0] + 1 :] if places else []
    return following[0] if following else None


def stretch(clock: Clock, step: Step | None, now: datetime) -> Stretch:
    """What the clock has come to at ``now``."""
    remaining = clock.remaining(now)
    if step is None:
        return Stretch.IDLE
    if remaining <= 0:
        return Stretch.OVERTIME
    if not clock.running:
        return Stretch.PAUSED  # entering a step lets its clock run
    if remaining <= LAST_MINUTE:
        return Stretch.LAST_MINUTE
    if remaining <= WARNING < step.length:
        return Stretch.WARNING
    return Stretch.RUNNING


def open_for_notes(state: State, step: StepId | None, now: datetime) -> bool:
    """Whether a note written in ``step`` is in time at ``now``.

    A step is open while it is the current one, overtime included, and for the meeting's ``grace``
    seconds after it was left.
    """
    meeting, clock = the_meeting(state), the_clock(state)
    if meeting.phase is not Phase.LIVE:
        return False
    if step is None or step == clock.step:
        return True
    left = [moment.left_at for moment in clock.before if moment.step == step]
    return bool(left) and now <= max(left) + timedelta(seconds=meeting.grace)


def add_step(state: State, command: AddStep, _context: Context) -> Changes:
    """The step, at its place."""
    new = Step(
        id=command.step,
        activity=command.activity,
        length=_length(command.length),
        title=fields.line(command.title),
        question=fields.paragraph(command.question),
    )
    yield from order.placed(state.all(Step), [new], command.before)


def edit_step(state: State, command: EditStep, _context: Context) -> Changes:
    """The step with the fields that were sent."""
    changes: dict[str, Any] = fields.given(command, "step")
    if "length" in changes:
        changes["length"] = _length(changes["length"])
    if "title" in changes:
        changes["title"] = fields.line(changes["title"])
    if "question" in changes:
        changes["question"] = fields.paragraph(changes["question"])
    yield fields.edited(state.get(Step, command.step), **changes)


def move_step(state: State, command: MoveStep, _context: Context) -> Changes:
    """The step at its new place."""
    yield from order.placed(state.all(Step), [state.get(Step, command.step)], command.before)


def remove_step(state: State, command: RemoveStep, _context: Context) -> Changes:
    """The programme without the step."""
    step = state.get(Step, command.step)
    if the_clock(state).step == step.id:
        raise Refused("step.running")
    yield Gone(step)


def start_clock(state: State, _command: StartClock, context: Context) -> Changes:
    """The clock, running. In overtime it goes on counting up."""
    clock = the_clock(state)
    if clock.running:
        return
    if clock.step is None:
        yield from _enter(state, clock, context)
    else:
        yield fields.edited(clock, ends_at=context.now + timedelta(seconds=clock.left))


def pause_clock(state: State, _command: PauseClock, context: Context) -> Changes:
    """The clock, standing still with what is left."""
    clock = the_clock(state)
    if clock.running:
        yield fields.edited(clock, left=clock.remaining(context.now), ends_at=None)


def add_time(state: State, command: AddTime, context: Context) -> Changes:
    """The clock with more time, or less but never less than nothing.

    In overtime, more time counts from now: one minute more is one minute on the screen.
    """
    clock = the_clock(state)
    if clock.step is None:
        raise Refused("clock.idle")
    fields.within(command.seconds, -3600, 3600, "clock.seconds")
    left = clock.remaining(context.now)
    if command.seconds < 0:
        after = min(left, max(0.0, left + command.seconds))
    else:
        after = min(LONGEST, max(0.0, left) + command.seconds)
    if clock.running:
        yield fields.edited(clock, ends_at=context.now + timedelta(seconds=after))
    else:
        yield fields.edited(clock, left=after)


def next_step(state: State, command: NextStep, context: Context) -> Changes:
    """The clock in the next step, running; the projector with it."""
    clock = the_clock(state)
    if clock.step == command.leaving:
        yield from _enter(state, clock, context)


def _enter(state: State, clock: Clock, context: Context) -> Changes:
    step = next_step_of(state)
    if step is None:
        raise Refused("clock.last_step")
    yield fields.edited(
        clock,
        step=step.id,
        left=float(step.length),
        ends_at=context.now + timedelta(seconds=step.length),
        before=_remembered(clock, context.now),
    )
    yield scene_of_step(the_projector(state), step.activity.value)


def _remembered(clock: Clock, now: datetime) -> tuple[Moment, ...]:
    if clock.step is None:
        return clock.before
    moment = Moment(step=clock.step, left=clock.left, ends_at=clock.ends_at, left_at=now)
    return (*clock.before, moment)[-REMEMBERED:]


def previous_step(state: State, command: PreviousStep, _context: Context) -> Changes:
    """The clock as it would be now, had the step not been left."""
    clock = the_clock(state)
    if clock.step != command.leaving:
        return
    before = [moment for moment in clock.before if state.find(Step, moment.step)]
    if not before:
        raise Refused("clock.first_step")
    *earlier, last = before
    step = state.get(Step, last.step)
    yield fields.edited(
        clock, step=last.step, left=last.left, ends_at=last.ends_at, before=tuple(earlier)
    )
    yield scene_of_step(the_projector(state), step.activity.value)


def _length(seconds: int) -> int:
    fields.within(seconds, 0, LONGEST, "step.length")
    return seconds


RULES: Final[Rules] = {
    AddStep: add_step,
    EditStep: edit_step,
    MoveStep: move_step,
    RemoveStep: remove_step,
    StartClock: start_clock,
    PauseClock: pause_clock,
    AddTime: add_time,
    NextStep: next_step,
    PreviousStep: previous_step,
}
