"""The key card: all keys on one sheet, from the one table of actions."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from facilitator.i18n import _
from ui import actions, theme
from ui.actions import Action
from ui.widgets.buttons import button
from ui.widgets.labels import label


class KeyCard(QDialog):
    """Which key does what."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Toetsenkaart"))
        column = QVBoxLayout(self)
        column.setContentsMargins(*(theme.space("xl"),) * 4)
        column.setSpacing(theme.space("m"))
        column.addWidget(label(_("Toetsenkaart"), "title"))
        column.addWidget(
            label(_("Deze toetsen werken ook met een presenter. In een tekstvak typt u gewoon."))
        )
        columns = QHBoxLayout()
        columns.setSpacing(theme.space("xxl"))
        known = [action for action in actions.ACTIONS if action.keys]
        half = (len(known) + 1) // 2
        for part in (known[:half], known[half:]):
            columns.addLayout(_grid(part))
        column.addLayout(columns)
        column.addSpacing(theme.space("s"))
        close = button(_("Sluiten"), press=self.accept)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)


def _grid(part: list[Action]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.space("l"))
    grid.setVerticalSpacing(theme.space("s"))
    for row, action in enumerate(part):
        key = label(actions.key_names(action), "key")
        key.setAlignment(Qt.AlignmentFlag.AlignCenter)
        grid.addWidget(key, row, 0)
        grid.addWidget(label(_(action.text)), row, 1)
    grid.setRowStretch(len(part), 1)
    grid.setColumnStretch(1, 1)
    return grid
