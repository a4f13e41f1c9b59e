"""All categories beside the matrix: added, renamed, moved and removed by the keyboard too."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from facilitator.i18n import N_, _
from facilitator.kernel.entity import Entity
from facilitator.meeting.categories import Category
from facilitator.meeting.ids import ThemeId
from facilitator.meeting.themes import Theme, themes
from ui import theme
from ui.console.editing import Editing, Section
from ui.console.prepare_categories import CategoryCard
from ui.widgets.buttons import button
from ui.widgets.labels import label

WIDTH = 340  # pixels


class CategoriesPanel(Section):
    """The rows across all themes, and under them the categories of each theme."""

    title: ClassVar[str] = N_("Categorieën")
    kinds: ClassVar[tuple[type[Entity], ...]] = (Category, Theme)
    closed = Signal()

    def __init__(self, editing: Editing, parent: QWidget | None = None) -> None:
        super().__init__(editing, parent)
        self.cards: dict[ThemeId | None, CategoryCard] = {}
        self.setFixedWidth(WIDTH)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(theme.space("s"), 0, 0, theme.space("s"))
        head = QHBoxLayout()
        head.addWidget(label(_(self.title), "heading"), 1)
        head.addWidget(button("", "x", self.closed.emit, quiet=True, small=True, tip=_("Sluiten")))
        whole.addLayout(head)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QWidget()
        column.setObjectName("column")
        self._column = QVBoxLayout(column)
        self._column.setContentsMargins(0, 0, theme.space("s"), 0)
        self._column.setSpacing(theme.space("m"))
        self._column.addStretch(1)
        area.setWidget(column)
        whole.addWidget(area, 1)

    def refresh(self) -> None:
        """A card for the rows, and one for each theme."""
        order: list[ThemeId | None] = [None, *(thing.id for thing in themes(self.state))]
        for key in [key for key in self.cards if key not in order]:
            self.cards.pop(key).deleteLater()
        for place, key in enumerate(order):
            card = self.cards.get(key)
            if card is None:
                card = self.cards[key] = CategoryCard(self.editing, key)
                card.gone = self._gone
            if self._column.indexOf(card) != place:
                self._column.insertWidget(place, card)
            found = self.state.find(Theme, key)
            card.heading.say(found.title if found is not None else _("Rijen over alle thema’s"))
            card.binding.refresh()

    def commit(self) -> None:
        """Send what was typed and not sent yet."""
        for card in self.cards.values():
            card.list.commit()

    def _gone(self) -> None:
        self.said.emit(_("Categorie weggehaald. Ctrl+Z zet haar terug."))
