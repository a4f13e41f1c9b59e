"""What the hall is told in words: the name of a step, what comes after it, the time left."""

from __future__ import annotations

import math
from datetime import datetime
from typing import Final, NamedTuple

from facilitator.i18n import N_, _, ngettext
from facilitator.kernel.state import State
from facilitator.meeting.meeting import Phase, the_meeting
from facilitator.meeting.people import Participant
from facilitator.meeting.programme import (
    Step,
    StepKind,
    Stretch,
    current_step,
    rounds,
    stretch,
    the_clock,
)
from facilitator.meeting.votes import Vote, voters

HOUR: Final = 3600
MINUTE: Final = 60

NAMES: Final = {
    StepKind.WELCOME: N_("Welkom"),
    StepKind.CHECK_IN: N_("Inchecken"),
    StepKind.ROUND: N_("Ronde"),
    StepKind.SWITCH: N_("Wisselen"),
    StepKind.HARVEST: N_("Oogst"),
    StepKind.PLENARY: N_("Plenair gesprek"),
    StepKind.DECISION: N_("Besluiten"),
    StepKind.BREAK: N_("Pauze"),
    StepKind.CLOSING: N_("Afsluiting"),
}

ON_TIME: Final = {
    Stretch.PAUSED: N_("Gepauzeerd"),
    Stretch.LAST_MINUTE: N_("Rond af"),
    Stretch.OVERTIME: N_("De tijd is om"),
}


class Time(NamedTuple):
    """The clock as the hall reads it."""

    text: str
    fraction: float  # of the step, that is left
    stretch: Stretch
    word: str  # what is said beside the colour; empty while there is nothing to say

    @property
    def urgent(self) -> bool:
        """Whether people have to finish."""
        return self.stretch in {Stretch.LAST_MINUTE, Stretch.OVERTIME}


def time_of(state: State, now: datetime) -> Time | None:
    """The time left in the current step; None where no step has begun, or all is over."""
    step = current_step(state)
    if step is None or the_meeting(state).phase is Phase.CLOSED:
        return None
    clock = the_clock(state)
    left = clock.remaining(now)
    come_to = stretch(clock, step, now)
    word = ON_TIME.get(come_to, "")
    if come_to is Stretch.WARNING:
        return Time(digits(left), left / step.length, come_to, minutes_left(left))
    return Time(digits(left), left / max(1, step.length), come_to, _(word))


def digits(left: float) -> str:
    """Seconds as people read them. Zero shows only at zero; overtime counts up."""
    sign = "" if left > 0 else "+"
    seconds = math.ceil(left) if left > 0 else math.floor(-left)
    if seconds < HOUR:
        return f"{sign}{seconds // MINUTE}:{seconds % MINUTE:02d}"
    return f"{sign}{seconds // HOUR}:{seconds // MINUTE % MINUTE:02d}:{seconds % MINUTE:02d}"


def minutes_left(left: float) -> str:
    """The warning in whole minutes."""
    number = max(1, math.ceil(left / MINUTE))
    return _("Nog {number} minuten").format(number=number)


def name_of(state: State, step: Step) -> str:
    """What a step is called: its title, or its kind; a round also by its number."""
    if step.activity is not StepKind.ROUND:
        return step.title or _(NAMES[step.activity])
    name = round_name(state, step)
    return f"{name} · {step.title}" if step.title else name


def round_name(state: State, step: Step) -> str:
    """Which round of how many."""
    row = rounds(state)
    if len(row) == 1:
        return _("Ronde")
    return _("Ronde {number} van {total}").format(number=row.index(step) + 1, total=len(row))


def coming(state: State, step: Step | None) -> str:
    """What a step that comes next is called; empty where none does."""
    if step is None:
        return ""
    if step.activity is StepKind.ROUND:
        return round_name(state, step)
    if step.activity is StepKind.SWITCH and not step.title:
        return _("Wisselen van tafel")
    return name_of(state, step)


def who_is_in(state: State) -> str:
    """How many people came in by their phones; a kind word while nobody did."""
    inside = sum(each.people for each in state.all(Participant) if each.joined_at is not None)
    if not inside:
        return _("Fijn dat jullie er zijn")
    return ngettext("{number} deelnemer is binnen", "{number} deelnemers zijn binnen", inside)


def may_vote(state: State) -> int:
    """How many phones came in that may vote; never fewer than did."""
    inside = sum(each.joined_at is not None and not each.muted for each in state.all(Participant))
    return max(inside, voters(state))


def voted(state: State) -> bool:
    """Whether dots were put, also where they were counted by hand."""
    return any(vote.dots for vote in state.all(Vote))


def have_voted(state: State) -> str:
    """How many voted, of how many."""
    number, of = voters(state), may_vote(state)
    return _("{number} van {total} hebben gestemd").format(number=number, total=of)


def within_sentence(name: str) -> str:
    """A name as it stands in the middle of a sentence; an abbreviation keeps its capitals."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name


def short(address: str) -> str:
    """An address as people type it."""
    bare = address.removeprefix("http://").removeprefix("https://").rstrip("/")
    return bare.removesuffix(":80")
