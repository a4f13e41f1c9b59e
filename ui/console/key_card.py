"""The key card: all keys on one sheet, from the tables in which they are defined."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from facilitator.i18n import N_, _
from ui import actions, keys, theme
from ui.actions import Action, Bound, Desk
from ui.board import keys as board_keys
from ui.console import arranging, notes, notes_list, page, writing_aids
from ui.keys import Line
from ui.widgets import ordered_row
from ui.widgets.buttons import button
from ui.widgets.labels import label

PLACES: Final[tuple[tuple[str, tuple[Line, ...]], ...]] = (
    (N_("Ordenen"), (*board_keys.LINES, *arranging.LINES)),
    (N_("Notities"), (*notes_list.LINES, *notes.LINES)),
    (
        N_("Lijsten bij Voorbereiden en Verslag"),
        (*ordered_row.LINES, *page.TURNS, *writing_aids.LINES),
    ),
)


class KeyCard(QDialog):
    """Which key does what. It stops nothing: the keys of the meeting work here too."""

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Toetsenkaart"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocus()
        Bound(self, desk)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(theme.space("l"),) * 4)
        column.setSpacing(theme.space("m"))
        top = QHBoxLayout()
        top.addWidget(label(_("Toetsenkaart"), "title"))
        top.addSpacing(theme.space("m"))
        told = _("Een presenter stuurt dezelfde toetsen. In een tekstvak typt u gewoon.")
        top.addWidget(label(told, "muted"), 1)
        top.addWidget(button(_("Sluiten"), press=self.accept))
        column.addLayout(top)
        columns = QHBoxLayout()
        columns.setSpacing(theme.space("xl"))
        columns.addLayout(_stacked((_("Overal"), _everywhere())))
        arranging_place, *others = ((_(title), _told(lines)) for title, lines in PLACES)
        columns.addLayout(_stacked(arranging_place))
        columns.addLayout(_stacked(*others))
        column.addLayout(columns)


Told = tuple[str, str]  # the keys, and what they do


def _everywhere() -> list[Told]:
    """The keys of the window; those of the pages on one line."""
    pages = [action for action in actions.PAGES if action.keys]
    others = [action for action in actions.ACTIONS if action.keys and action not in pages]
    first, last = (keys.names(pages[place].keys) for place in (0, -1))
    return [*map(_of_action, others), (f"{first} … {last}", _("Naar een pagina"))]


def _of_action(action: Action) -> Told:
    return actions.key_names(action), _(action.text)


def _told(lines: Iterable[Line]) -> list[Told]:
    return [(keys.written(line), _(line.text)) for line in lines]


def _stacked(*places: tuple[str, list[Told]]) -> QGridLayout:
    """Places under each other, their keys in line."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.space("m"))
    grid.setVerticalSpacing(theme.space("xs"))
    row = 0
    for title, told in places:
        if row:
            grid.setRowMinimumHeight(row, theme.space("s"))
            row += 1
        grid.addWidget(label(title, "heading"), row, 0, 1, 2)
        for number, (key, text) in enumerate(told, start=row + 1):
            shown = label(key, "key")
            shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
            grid.addWidget(shown, number, 0)
            grid.addWidget(label(text), number, 1)
        row += len(told) + 1
    grid.setRowStretch(row, 1)
    grid.setColumnStretch(1, 1)
    return grid
