"""What the console says of a meeting in a few words: the step, the counts, what comes next."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final, NamedTuple
from uuid import uuid4

from facilitator.i18n import N_, _, ngettext
from facilitator.kernel.state import State
from facilitator.meeting.ids import StepId, TableId
from facilitator.meeting.meeting import CloseMeeting, OpenDoors, Phase, the_meeting
from facilitator.meeting.notes import Note
from facilitator.meeting.people import present
from facilitator.meeting.programme import (
    Step,
    StepKind,
    Stretch,
    current_step,
    next_step_of,
    rounds,
    stretch,
    the_clock,
)
from facilitator.meeting.tables import Table
from facilitator.meeting.themes import Theme
from ui import actions
from ui.actions import Desk
from ui.projector.told import have_voted, name_of

LONG: Final = 26  # characters on the one large button

DOORS_PAGE: Final = 1
ROUNDS_PAGE: Final = 2
REPORT_PAGE: Final = 5

TOWARDS: Final = {
    StepKind.WELCOME: N_("Naar het welkom"),
    StepKind.CHECK_IN: N_("Naar het inchecken"),
    StepKind.SWITCH: N_("Naar het wisselen"),
    StepKind.HARVEST: N_("Naar de oogst"),
    StepKind.PLENARY: N_("Naar het gesprek"),
    StepKind.DECISION: N_("Naar de besluiten"),
    StepKind.BREAK: N_("Naar de pauze"),
    StepKind.CLOSING: N_("Naar de afsluiting"),
}

STRETCHES: Final = {
    Stretch.IDLE: N_("klok staat klaar"),
    Stretch.RUNNING: "",
    Stretch.PAUSED: N_("gepauzeerd"),
    Stretch.WARNING: N_("bijna om"),
    Stretch.LAST_MINUTE: N_("laatste minuut"),
    Stretch.OVERTIME: N_("over de tijd"),
}

URGENT: Final = frozenset({Stretch.LAST_MINUTE, Stretch.OVERTIME})


class Onward(NamedTuple):
    """The one thing to do next: its words, what it leads to, and how it is done."""

    text: str
    tip: str
    does: Callable[[Desk], object]


def onward(state: State, ask_to_close: Callable[[], object]) -> Onward:
    """What the large button does now."""
    phase = the_meeting(state).phase
    if phase is Phase.PREPARING:
        tip = _("Vanaf nu kunnen deelnemers binnenkomen met hun telefoon.")
        return Onward(_("Deuren openen"), tip, open_doors)
    if phase is Phase.CLOSED:
        tip = _("De bijeenkomst is gesloten. Het verslag kan worden opgeslagen.")
        return Onward(_("Verslag opslaan"), tip, lambda desk: desk.save_report())
    following = next_step_of(state)
    if following is None:
        tip = _("Telefoons kunnen daarna niet meer schrijven.")
        return Onward(_("Bijeenkomst sluiten"), tip, lambda _desk: ask_to_close())
    tip = _("Hierna: {name}").format(name=name_of(state, following))
    return Onward(_towards(state, following), tip, go_on)


def _towards(state: State, following: Step) -> str:
    now = current_step(state)
    if now is None:
        return _("Begin: {name}").format(name=_short(name_of(state, following)))
    if now.activity is StepKind.ROUND:
        return _("Ronde afronden")
    if following.activity is StepKind.ROUND:
        number = rounds(state).index(following) + 1
        return _("Naar ronde {number}").format(number=number)
    if following.title:
        return _("Naar: {name}").format(name=_short(following.title))
    return _(TOWARDS[following.activity])


def usual_words() -> list[str]:
    """What the large button says in most meetings, from the first step to the last."""
    number = _("Naar ronde {number}").format(number=1)
    return [*map(_, TOWARDS.values()), _("Ronde afronden"), number, _("Bijeenkomst sluiten")]


def _short(name: str) -> str:
    return name if len(name) <= LONG else f"{name[: LONG - 1].rstrip()}…"


def open_doors(desk: Desk) -> None:
    """Let the phones in, and show where they come in."""
    desk.replica.send(OpenDoors(id=uuid4()))
    desk.show_page(DOORS_PAGE)


def close_meeting(desk: Desk) -> None:
    """Let the phones write no more, and show the verslag."""
    desk.replica.send(CloseMeeting(id=uuid4()))
    desk.show_page(REPORT_PAGE)


def go_on(desk: Desk) -> None:
    """Go to the next step; from the doors the rounds come into sight."""
    first = current_step(desk.replica.state) is None
    actions.next_step(desk)
    if first:
        desk.show_page(ROUNDS_PAGE)


def step_words(state: State) -> str:
    """The step in which the meeting is."""
    meeting = the_meeting(state)
    if meeting.phase is Phase.PREPARING:
        return _("In voorbereiding")
    if meeting.wiped:
        return _("Gesloten · persoonsgegevens gewist")
    if meeting.phase is Phase.CLOSED:
        return _("Gesloten")
    step = current_step(state)
    return name_of(state, step) if step is not None else _("Inloop")


def stretch_words(state: State, now: datetime) -> tuple[str, bool]:
    """What the clock has come to, and whether time is short."""
    if the_meeting(state).phase is not Phase.LIVE:
        return "", False
    come_to = stretch(the_clock(state), current_step(state), now)
    if come_to is Stretch.IDLE and current_step(state) is None:
        return "", False
    return _(STRETCHES[come_to]), come_to in URGENT


def how_to_reopen() -> str:
    """What to do where a closed meeting is to go on."""
    return _("Weer openen? Kies rechtsboven onder ⋮ “{action}”.").format(
        action=_(actions.REOPEN.text)
    )


def counts(state: State) -> str:
    """How much there is: who voted in a vote, tables that write in a round, else people; and notes.

    Hidden notes do not count: nobody else sees them.
    """
    seen = sum(not note.hidden for note in state.all(Note))
    notes = ngettext("{number} notitie", "{number} notities", seen)
    step = current_step(state)
    tables = state.all(Table)
    if the_meeting(state).voting:
        return f"{have_voted(state)} · {notes}"
    if the_meeting(state).phase is Phase.PREPARING:
        themes = ngettext("{number} thema", "{number} thema’s", len(state.all(Theme)))
        return f"{themes} · {table_count(len(tables))}"
    if step is not None and step.activity is StepKind.ROUND and tables:
        busy = len(writing(state, step.id))
        told = _("{busy} van {total} tafels schrijven").format(busy=busy, total=len(tables))
        return f"{told} · {notes}"
    people = ngettext("{number} deelnemer", "{number} deelnemers", present(state))
    return f"{people} · {notes}"


def table_count(number: int) -> str:
    """So many tables."""
    return ngettext("{number} tafel", "{number} tafels", number)


def writing(state: State, step: StepId) -> set[TableId]:
    """The tables that wrote in this round."""
    return {note.table for note in state.all(Note) if note.round == step and note.table is not None}
