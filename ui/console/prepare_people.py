"""Voorbereiden, section Deelnemers: who is invited, who is in, and at which table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, ClassVar
from uuid import UUID, uuid4

from facilitator.i18n import N_, _, ngettext
from facilitator.kernel.command import Command
from facilitator.kernel.entity import Entity
from facilitator.kernel.state import State
from facilitator.meeting.ids import ParticipantId
from facilitator.meeting.people import (
    AddParticipant,
    EditParticipant,
    MoveParticipant,
    Participant,
    RemoveParticipant,
    participants,
)
from facilitator.meeting.tables import Table
from ui.console.editing import Commands, Editing, commands_of
from ui.console.prepare_section import ListSection
from ui.console.prepare_words import table_choices
from ui.widgets.choices import ChoiceField, Options
from ui.widgets.fields import LineField
from ui.widgets.labels import label
from ui.widgets.ordered_list import Column, OrderedList, Row
from ui.widgets.reading import whole_number


class PeopleSection(ListSection):
    """The participants: name, organisation and table."""

    title: ClassVar[str] = N_("Deelnemers")
    hint: ClassVar[str] = N_(
        "Niet nodig om te beginnen: wie scant, komt er vanzelf bij. Een lijst uit een rekenblad "
        "kunt u in één keer plakken: naam, tab, organisatie."
    )
    removed: ClassVar[str] = N_("Deelnemer van de lijst gehaald. Ctrl+Z zet die terug.")
    kinds: ClassVar[tuple[type[Entity], ...]] = (Participant, Table)

    def __init__(self, editing: Editing) -> None:
        self.options = Options()
        super().__init__(editing)

    def prepare(self) -> None:
        """How many there are."""
        self.total = label(name="strong")
        self.top.addWidget(self.total)

    def make_list(self, columns: Sequence[Column]) -> OrderedList:
        """A long list."""
        return OrderedList(
            columns,
            thing=_("deelnemer"),
            adds=_("Nog iemand: typ een naam en druk op Enter"),
            marked=True,
            scrolls=True,
        )

    def columns(self) -> list[Column]:
        """Name, organisation, how many people, table."""
        return [
            Column(
                name="name",
                title=_("Naam"),
                make=lambda: LineField(hint=_("zonder naam")),
                share=4,
            ),
            Column(name="organisation", title=_("Organisatie"), make=LineField, share=4),
            Column(
                name="people",
                title=_("Mensen"),
                make=lambda: LineField(numeric=True, reads=whole_number),
                width=76,
            ),
            Column(
                name="table",
                title=_("Tafel"),
                make=lambda: ChoiceField(_("Tafel"), self.options),
                share=3,
            ),
        ]

    def commands(self) -> Commands:
        """Of participants."""
        return commands_of(
            "participant",
            add=_add,
            edit=EditParticipant,
            move=MoveParticipant,
            remove=RemoveParticipant,
        )

    def rows(self, state: State) -> list[Row]:
        """The participants, first one first."""
        return [
            Row(id=person.id, mark=str(number), values=_values(person))
            for number, person in enumerate(participants(state), start=1)
        ]

    def refresh(self) -> None:
        """Show the list, and the tables that they may sit at."""
        self.options.offer(table_choices(self.state))
        super().refresh()
        people = self.state.all(Participant)
        phones = sum(person.joined_at is not None for person in people)
        listed = ngettext("{number} op de lijst", "{number} op de lijst", len(people))
        joined = ngettext("{number} met telefoon", "{number} met telefoon", phones)
        self.total.setText(f"{listed} · {joined}")


def _values(person: Participant) -> dict[str, Any]:
    return {name: getattr(person, name) for name in ("name", "organisation", "people", "table")}


def _add(key: UUID, text: str) -> Command:
    """Of a line from a spreadsheet the second cell is the organisation."""
    name, organisation = (*re.split(r"\s*[\t;]\s*", text.strip()), "")[:2]
    return AddParticipant(
        id=uuid4(), participant=ParticipantId(key), name=name, organisation=organisation
    )
