"""Voorbereiden, section Tafels: the tables in the room."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Final
from uuid import uuid4

from PySide6.QtWidgets import QHBoxLayout, QSpinBox

from facilitator.i18n import N_, _, ngettext
from facilitator.kernel.entity import Entity
from facilitator.kernel.state import State
from facilitator.meeting.ids import TableId, ThemeId
from facilitator.meeting.meeting import Form, the_meeting
from facilitator.meeting.tables import (
    MOST,
    AddTable,
    AddTables,
    EditTable,
    MoveTable,
    RemoveTable,
    Table,
    tables,
)
from facilitator.meeting.themes import Theme, themes
from ui import theme
from ui.console.editing import Commands, Editing, commands_of
from ui.console.prepare_section import ListSection
from ui.console.prepare_words import theme_choices
from ui.widgets.buttons import button
from ui.widgets.choices import ChoiceField, Options, TellField
from ui.widgets.fields import LineField
from ui.widgets.labels import label
from ui.widgets.ordered_list import Column, OrderedList, Row
from ui.widgets.reading import whole_number

USUAL: Final = 5  # tables, to begin with


class TablesSection(ListSection):
    """The tables: name, theme, seats and the code for the phones; and many at once."""

    title: ClassVar[str] = N_("Tafels")
    hint: ClassVar[str] = N_(
        "Elke tafel heeft een nummer dat blijft, en een code waarmee telefoons eraan gaan zitten."
    )
    removed: ClassVar[str] = N_("Tafel weggehaald. Ctrl+Z zet haar terug.")
    kinds: ClassVar[tuple[type[Entity], ...]] = (Table, Theme)

    def __init__(self, editing: Editing) -> None:
        self.options = Options()
        super().__init__(editing)

    def prepare(self) -> None:
        """A line that makes as many tables as are wanted."""
        self.number = QSpinBox()
        self.number.setRange(1, MOST)
        self.number.setValue(USUAL)
        self.number.setAccessibleName(_("Hoeveel tafels"))
        self.make_button = button(_("Maak tafels"), "plus", self.make_tables, small=True)
        self.total = label(name="muted")
        row = QHBoxLayout()
        row.setSpacing(theme.space("s"))
        row.addWidget(label(_("Meer tafels in één keer:")))
        row.addWidget(self.number)
        row.addWidget(self.make_button)
        row.addStretch(1)
        row.addWidget(self.total)
        self.top.addLayout(row)

    def make_list(self, columns: Sequence[Column]) -> OrderedList:
        """A list in which each table shows its own number."""
        return OrderedList(
            columns,
            thing=_("tafel"),
            adds=_("Nog een tafel: typ een naam en druk op Enter"),
            marked=True,
            scrolls=True,
        )

    def columns(self) -> list[Column]:
        """Name, theme, seats, code."""
        return [
            Column(
                name="name",
                title=_("Naam"),
                make=LineField,
                share=3,
            ),
            Column(
                name="theme",
                title=_("Thema"),
                make=lambda: ChoiceField(_("Thema"), self.options),
                share=4,
            ),
            Column(
                name="seats",
                title=_("Plaatsen"),
                make=lambda: LineField(numeric=True, reads=whole_number),
                width=76,
            ),
            Column(name="code", title=_("Code"), make=lambda: TellField(style="strong"), width=80),
        ]

    def commands(self) -> Commands:
        """Of tables."""
        return commands_of(
            "table",
            add=lambda key, text: AddTable(id=uuid4(), table=TableId(key), name=text),
            edit=EditTable,
            move=MoveTable,
            remove=RemoveTable,
        )

    def rows(self, state: State) -> list[Row]:
        """The tables, first one first."""
        return [
            Row(id=table.id, mark=str(table.number), values=_values(table), hints=_hints(table))
            for table in tables(state)
        ]

    def refresh(self) -> None:
        """Show the tables, and the themes that they may have."""
        self.options.offer(theme_choices(self.state))
        super().refresh()
        row = tables(self.state)
        places = sum(table.seats for table in row)
        seats = ngettext("{number} plaats", "{number} plaatsen", places)
        count = ngettext("{number} tafel", "{number} tafels", len(row))
        self.total.setText(f"{count} · {seats}")
        self.number.setMaximum(max(1, MOST - len(row)))
        self.make_button.setEnabled(len(row) < MOST)

    def make_tables(self) -> None:
        """As many tables as asked, as one step; at theme tables the themes are dealt out."""
        number = self.number.value()
        made = ngettext("{number} tafel erbij.", "{number} tafels erbij.", number)
        self.editing.send(
            AddTables(
                id=uuid4(),
                tables=tuple(TableId(uuid4()) for _table in range(number)),
                themes=tuple(dealt_themes(self.state)),
            ),
            refused=self.said.emit,
            done=lambda: self.said.emit(made),
        )


def dealt_themes(state: State) -> list[ThemeId]:
    """The themes that new tables get: none where tables change themes, and never the open one."""
    if the_meeting(state).form is Form.CLASSIC:
        return []
    return [thing.id for thing in themes(state) if not thing.open]


def _values(table: Table) -> dict[str, Any]:
    return {name: getattr(table, name) for name in ("name", "theme", "seats", "code")}


def _hints(table: Table) -> dict[str, str]:
    return {"name": _("Tafel {number}").format(number=table.number)}
