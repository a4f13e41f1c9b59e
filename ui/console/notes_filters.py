"""Choosing which notes are listed: what was done with them, theme, table, round."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from facilitator.i18n import _
from facilitator.kernel.state import State
from facilitator.meeting.programme import rounds
from facilitator.meeting.tables import tables
from facilitator.meeting.themes import Theme, themes
from ui import theme
from ui.console.notes_model import Filter, Kind
from ui.widgets.buttons import button
from ui.widgets.choices import Options
from ui.widgets.labels import label

SWATCH = 16  # pixels

Choices = list[tuple[Any, str] | tuple[Any, str, QIcon]]


def theme_choices(state: State, first: str) -> Choices:
    """The themes to choose from, with their colours; None is ``first``."""
    row: Choices = [(None, first)]
    for number, known in enumerate(themes(state), start=1):
        row.append((known.id, f"{number}  {known.title}", _swatch(known)))
    return row


def table_choices(state: State, first: str) -> Choices:
    """The tables to choose from."""
    row: Choices = [(None, first)]
    for table in tables(state):
        name = _("Tafel {number}").format(number=table.number)
        row.append((table.id, f"{name} · {table.name}" if table.name else name))
    return row


def round_choices(state: State, first: str) -> Choices:
    """The rounds to choose from."""
    row: Choices = [(None, first)]
    for number, step in enumerate(rounds(state), start=1):
        row.append((step.id, _("Ronde {number}").format(number=number)))
    return row


def _swatch(known: Theme) -> QIcon:
    picture = QPixmap(SWATCH, SWATCH)
    picture.fill(theme.note_colour(known.colour.value))
    return QIcon(picture)


class Choice(QComboBox):
    """One of a list, which keeps its choice when the list changes."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.options = Options(self)
        self.setModel(self.options)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(11)

    def offer(self, choices: Choices) -> None:
        """Offer these; what was chosen stays chosen, as long as it is there."""
        chosen = self.chosen()
        self.blockSignals(True)
        if self.options.offer(choices):
            self.setCurrentIndex(max(0, self.options.place(chosen)))
        self.blockSignals(False)

    def chosen(self) -> Any:
        """The value that is chosen."""
        place = self.currentIndex()
        return self.options.value(place) if place >= 0 else None

    def choose(self, value: Any) -> None:
        """Choose a value, if it is offered."""
        place = self.options.place(value)
        if place >= 0:
            self.setCurrentIndex(place)


class Filters(QWidget):
    """The row over the list."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = Choice(_("Welke notities"))
        self.theme = Choice(_("Van welk thema"))
        self.table = Choice(_("Van welke tafel"))
        self.round = Choice(_("Uit welke ronde"))
        self.everything = button(_("Alles tonen"), "x", self.clear, quiet=True, small=True)
        self.count = label("", "muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.space("s"))
        for choice in (self.kind, self.theme, self.table, self.round):
            row.addWidget(choice)
            choice.currentIndexChanged.connect(lambda _place: self.changed.emit())
        row.addWidget(self.everything)
        row.addStretch(1)
        row.addWidget(self.count)

    def refresh(self, state: State) -> None:
        """Offer what there is now."""
        self.kind.offer([(kind, _(kind.value)) for kind in Kind])
        self.theme.offer(theme_choices(state, _("Alle thema’s")))
        self.table.offer(table_choices(state, _("Alle tafels")))
        self.round.offer(round_choices(state, _("Alle rondes")))

    def wanted(self, words: str) -> Filter:
        """Which notes are wanted."""
        return Filter(
            words=words.strip(),
            kind=self.kind.chosen() or Kind.ALL,
            theme=self.theme.chosen(),
            table=self.table.chosen(),
            round=self.round.chosen(),
        )

    def clear(self) -> None:
        """All notes again."""
        for choice in (self.kind, self.theme, self.table, self.round):
            choice.setCurrentIndex(0)
        self.changed.emit()
