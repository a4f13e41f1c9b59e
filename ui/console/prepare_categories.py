"""Voorbereiden, section Categorieën: the cells of the matrix, per theme and across all themes."""

from __future__ import annotations

from itertools import pairwise
from typing import ClassVar
from uuid import UUID, uuid4

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from facilitator.i18n import N_, _
from facilitator.kernel.command import Command
from facilitator.kernel.entity import Entity
from facilitator.kernel.state import State
from facilitator.meeting.arranging import RemoveCategory
from facilitator.meeting.categories import (
    AddCategory,
    Category,
    EditCategory,
    MoveCategory,
    categories_of,
)
from facilitator.meeting.ids import CategoryId, ThemeId
from facilitator.meeting.themes import Theme, themes
from ui import theme
from ui.console.editing import Editing, ListBinding, Section, commands_of
from ui.widgets.fields import LineField
from ui.widgets.frames import Card
from ui.widgets.labels import ElidedLabel, label
from ui.widgets.ordered_list import Column, OrderedList, Row

ACROSS = 2  # cards beside each other


class CategoriesSection(Section):
    """A card for the rows across all themes, and one for each theme."""

    title: ClassVar[str] = N_("Categorieën")
    kinds: ClassVar[tuple[type[Entity], ...]] = (Category, Theme)

    def __init__(self, editing: Editing, parent: QWidget | None = None) -> None:
        super().__init__(editing, parent)
        self.cards: dict[ThemeId | None, CategoryCard] = {}
        self._order: list[ThemeId | None] = []
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        hint = _(
            "De vakken waarin u straks notities ordent. Een thema kan zijn eigen vakken hebben; "
            "een rij over alle thema’s staat in elke kolom. Ze kunnen ook later nog."
        )
        page.addWidget(label(hint, "muted", wraps=True))
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QWidget()
        column.setObjectName("column")
        beside = QHBoxLayout(column)
        beside.setContentsMargins(0, 0, theme.space("s"), 0)
        beside.setSpacing(theme.space("m"))
        self._columns = [QVBoxLayout() for _number in range(ACROSS)]
        for part in self._columns:
            part.setSpacing(theme.space("m"))
            part.addStretch(1)
            beside.addLayout(part, 1)
        area.setWidget(column)
        page.addWidget(area, 1)

    def refresh(self) -> None:
        """Show a card for each theme."""
        order: list[ThemeId | None] = [None, *(thing.id for thing in themes(self.state))]
        for key in [key for key in self.cards if key not in order]:
            self.cards.pop(key).deleteLater()
        for key in order:
            if key not in self.cards:
                card = CategoryCard(self.editing, key)
                card.gone = lambda: self.said.emit(
                    _("Categorie weggehaald. Ctrl+Z zet haar terug.")
                )
                self.cards[key] = card
        if order != self._order:
            self._order = order
            self._place()
        for key, card in self.cards.items():
            found = self.state.find(Theme, key)
            number = f"{order.index(key)} " if key else ""
            card.heading.say(number + found.title if found else _("Rijen over alle thema’s"))
            card.binding.refresh()

    @property
    def unsent(self) -> bool:
        """Whether something stands here that the meeting may not hold yet."""
        return any(card.list.dirty for card in self.cards.values())

    def commit(self) -> None:
        """Send what was typed and not sent yet."""
        for card in self.cards.values():
            card.list.commit()

    def _place(self) -> None:
        for number, key in enumerate(self._order):
            part = self._columns[number % ACROSS]
            part.insertWidget(number // ACROSS, self.cards[key])
        lists = [self.cards[key].list for key in self._order]
        for before, after in pairwise(lists):
            after.tab_after(before)


class CategoryCard(Card):
    """The categories of one theme; of None the rows across all themes."""

    def __init__(self, editing: Editing, key: ThemeId | None) -> None:
        super().__init__(margin="m")
        self.key = key
        self.gone = _nothing
        self.heading = ElidedLabel("", "strong")
        self.body.addWidget(self.heading)
        columns = [Column(name="title", make=lambda: LineField(_("Naam van de categorie")))]
        invites = _("Nog een categorie") if key else _("Nog een rij")
        self.list = OrderedList(columns, thing=_("categorie"), adds=invites)
        commands = commands_of(
            "category",
            add=self._add,
            edit=EditCategory,
            move=MoveCategory,
            remove=RemoveCategory,
        )
        self.binding = ListBinding(self.list, editing, commands, self._rows, self._tell_gone)
        self.body.addWidget(self.list)

    def _tell_gone(self) -> None:
        self.gone()

    def _rows(self, state: State) -> list[Row]:
        return [
            Row(id=category.id, values={"title": category.title})
            for category in categories_of(state, self.key)
        ]

    def _add(self, row: UUID, text: str) -> Command:
        return AddCategory(id=uuid4(), category=CategoryId(row), title=text, theme=self.key)


def _nothing() -> None:
    """What happens after a removal before the section says what."""
