"""What the sections of the page Voorbereiden have in common: a heading, a hint, and a list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from facilitator.i18n import _
from facilitator.kernel.state import State
from ui.console.editing import Commands, Editing, ListBinding, Section
from ui.widgets.frames import Card
from ui.widgets.labels import label
from ui.widgets.ordered_list import Column, OrderedList, Row


class ListSection(Section):
    """A section that is one list in a card, with a hint above it."""

    hint: ClassVar[str] = ""  # what this is for; marked with N_
    empty: ClassVar[str] = ""  # what an empty list says; marked with N_
    removed: ClassVar[str] = ""  # what the status bar says after a removal; marked with N_

    def __init__(self, editing: Editing, parent: QWidget | None = None) -> None:
        super().__init__(editing, parent)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        card = Card(margin="l")
        page.addWidget(card)
        self.top = card.body
        self.explains = label(_(self.hint), "muted", wraps=True)
        card.body.addWidget(self.explains)
        self.prepare()
        self.list = self.make_list(self.columns())
        self.binding = ListBinding(
            self.list, editing, self.commands(), self.rows, self.tell_removed
        )
        self.nothing = label(_(self.empty), wraps=True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nothing.hide()
        card.body.addWidget(self.nothing, 1000)
        card.body.addWidget(self.list, 1)
        self.bottom = QHBoxLayout()
        self.finish()
        keys = _("Enter: volgende regel · Alt+↑ en Alt+↓: verplaatsen · Alt+Delete: weghalen")
        self.bottom.insertWidget(0, label(keys, "muted"))
        self.bottom.insertStretch(1, 1)
        card.body.addLayout(self.bottom)

    def make_list(self, columns: Sequence[Column]) -> OrderedList:
        """The list of this section."""
        raise NotImplementedError

    def columns(self) -> list[Column]:
        """The fields of a row."""
        raise NotImplementedError

    def commands(self) -> Commands:
        """The commands behind the list."""
        raise NotImplementedError

    def rows(self, state: State) -> list[Row]:
        """The rows as they are now."""
        raise NotImplementedError

    def prepare(self) -> None:
        """Put what stands between the hint and the list."""

    def finish(self) -> None:
        """Put what stands under the list."""

    def refresh(self) -> None:
        """Show the list as it is now."""
        self.binding.refresh()
        self.nothing.setVisible(bool(self.empty) and not self.list.rows)

    @property
    def unsent(self) -> bool:
        """Whether something stands here that the meeting may not hold yet."""
        return self.list.dirty

    def commit(self) -> None:
        """Send what was typed and not sent yet."""
        self.list.commit()

    def tell_removed(self) -> None:
        """Say that it is gone, and how it comes back."""
        self.said.emit(_(self.removed))
