"""Voorbereiden, section Programma: the steps of the day, and when each begins."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar
from uuid import UUID, uuid4

from PySide6.QtWidgets import QHBoxLayout

from facilitator.i18n import N_, _, words
from facilitator.kernel.entity import Entity
from facilitator.kernel.state import State
from facilitator.meeting.ids import StepId
from facilitator.meeting.meeting import Meeting, the_meeting
from facilitator.meeting.programme import (
    AddStep,
    EditStep,
    MoveStep,
    RemoveStep,
    Step,
    StepKind,
    steps,
)
from ui import theme
from ui.console.editing import Commands, Editing, commands_of
from ui.console.prepare_section import ListSection
from ui.console.prepare_words import LENGTHS, duration, kind_name
from ui.projector.told import NAMES
from ui.widgets.buttons import button
from ui.widgets.choices import ChoiceField, Options, TellField
from ui.widgets.draft import Edit
from ui.widgets.fields import LineField, TextField
from ui.widgets.labels import label
from ui.widgets.ordered_list import Column, OrderedList, Row
from ui.widgets.reading import whole_number


class ProgrammeSection(ListSection):
    """The programme: kind, title, minutes, the question of a round, and the planned times."""

    title: ClassVar[str] = N_("Programma")
    hint: ClassVar[str] = N_(
        "Wat er na elkaar gebeurt, met minuten. De klok in de zaal volgt dit; het volgende "
        "onderdeel begint pas als u het zegt."
    )
    empty: ClassVar[str] = N_(
        "Het programma is nog leeg. Kies hieronder wat er gebeurt, bijvoorbeeld Welkom en Ronde."
    )
    removed: ClassVar[str] = N_("Onderdeel weggehaald. Ctrl+Z zet het terug.")
    kinds: ClassVar[tuple[type[Entity], ...]] = (Step, Meeting)

    def __init__(self, editing: Editing) -> None:
        self._visited: UUID | None = None
        super().__init__(editing)
        self.list.visited.connect(self._visit)

    def make_list(self, columns: Sequence[Column]) -> OrderedList:
        """A list to which buttons add."""
        return OrderedList(columns, thing=_("onderdeel"), scrolls=True)

    def columns(self) -> list[Column]:
        """Planned time, kind, title, minutes, question."""
        activities = Options(self)
        activities.offer([(kind, _(NAMES[kind])) for kind in StepKind])
        return [
            Column(name="at", title=_("Begint"), make=lambda: TellField(style="strong"), width=54),
            Column(
                name="activity",
                title=_("Onderdeel"),
                make=lambda: ChoiceField(_("Onderdeel"), activities),
                width=136,
            ),
            Column(
                name="title",
                title=_("Titel"),
                make=LineField,
                share=3,
            ),
            Column(
                name="length",
                title=_("Minuten"),
                make=lambda: LineField(numeric=True, reads=whole_number),
                width=70,
            ),
            Column(
                name="question",
                title=_("Vraag van de ronde"),
                make=lambda: TextField(
                    enter="leave", merges="here", hint=_("leeg: de vraag van het thema")
                ),
                share=5,
            ),
        ]

    def finish(self) -> None:
        """A button for each kind of step, and how long it all takes."""
        row = QHBoxLayout()
        row.setSpacing(theme.space("xs"))
        row.addWidget(label(_("Erbij:"), "muted"))
        self.buttons = {}
        for kind in StepKind:
            made = button(_(NAMES[kind]), press=lambda kind=kind: self.add(kind), small=True)  # type: ignore[misc]
            self.buttons[kind] = made
            row.addWidget(made)
        row.addStretch(1)
        self.top.addLayout(row)
        self.total = label(name="strong")
        self.bottom.addWidget(self.total)

    def commands(self) -> Commands:
        """Of steps."""
        return commands_of(
            "step", edit=EditStep, move=MoveStep, remove=RemoveStep, changes=_changes
        )

    def rows(self, state: State) -> list[Row]:
        """The steps, first one first, with the times at which they are planned to begin."""
        number = 0
        rows = []
        for step, at in zip(steps(state), planned(state), strict=False):
            number += step.activity is StepKind.ROUND
            hints = {"title": kind_name(step, number)}
            values = _values(step, words().time(at) if at else "–")
            rows.append(Row(id=step.id, values=values, hints=hints))
        return rows

    def refresh(self) -> None:
        """Show the steps and what they come to."""
        super().refresh()
        self.total.setText(summary(self.state))

    def add(self, kind: StepKind) -> None:
        """A step of this kind, after the one that the cursor was last in; otherwise at the end."""
        programme = [step.id for step in steps(self.state)]
        before = None
        if self._visited in programme:
            before = next(iter(programme[programme.index(StepId(self._visited)) + 1 :]), None)
        new = StepId(uuid4())
        command = AddStep(
            id=uuid4(), step=new, activity=kind, length=LENGTHS[kind] * 60, before=before
        )
        self._visited = new
        self.list.expect(new)
        self.editing.send(command, refused=self.said.emit)

    def _visit(self, row: UUID) -> None:
        self._visited = row


def planned(state: State) -> list[time | None]:
    """When each step is planned to begin, and at the end when the last is over."""
    begins = the_meeting(state).begins
    seconds = [0]
    for step in steps(state):
        seconds.append(seconds[-1] + step.length)
    if begins is None:
        return [None] * len(seconds)
    start = datetime.combine(date(2000, 1, 1), begins)
    return [(start + timedelta(seconds=passed)).time() for passed in seconds]


def summary(state: State) -> str:
    """How long the programme takes, until when, and whether that fits."""
    meeting = the_meeting(state)
    minutes = round(sum(step.length for step in steps(state)) / 60)
    text = _("Samen {length}").format(length=duration(minutes))
    end = planned(state)[-1]
    if meeting.begins is None or end is None:
        return text
    between = f"{words().time(meeting.begins)} – {words().time(end)}"
    over = minutes - _minutes(meeting.begins, meeting.ends) if meeting.ends else 0
    if over > 0:
        late = _("{length} langer dan gepland").format(length=duration(over))
        return f"{text} · {between} · {late}"
    return f"{text} · {between}"


def _minutes(begins: time, ends: time) -> int:
    return (ends.hour * 60 + ends.minute - begins.hour * 60 - begins.minute) % (24 * 60)


def _values(step: Step, at: str) -> dict[str, Any]:
    values = {"at": at, "activity": step.activity, "title": step.title}
    values["length"] = str(round(step.length / 60))
    if step.activity is StepKind.ROUND:
        values["question"] = step.question
    return values


def _changes(column: str, edit: Edit) -> dict[str, Any]:
    """Minutes are typed; seconds are kept."""
    return {column: edit.value * 60 if column == "length" else edit.value}
