"""The left of the console: the day in pages, and what the hall sees."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QVBoxLayout, QWidget

from facilitator.i18n import _
from facilitator.meeting.projector import the_projector
from ui import actions, theme
from ui.actions import Desk
from ui.console.page import Page
from ui.projector.thumbnail import HallPicture
from ui.widgets.buttons import button, give_icon
from ui.widgets.labels import label

WIDTH = 188
ICON = 22


class Nav(QFrame):
    """The pages, one press away; below them the live picture of the hall."""

    chosen = Signal(int)

    def __init__(
        self, desk: Desk, pages: Sequence[type[Page]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("nav")
        self.setFixedWidth(WIDTH)
        self._desk = desk
        column = QVBoxLayout(self)
        column.setContentsMargins(10, theme.space("m"), 10, theme.space("m"))
        column.setSpacing(theme.space("xs"))
        self.group = QButtonGroup(self)
        for number, page in enumerate(pages):
            made = self._entry(_(page.title), page.icon, number)
            self.group.addButton(made, number)
            column.addWidget(made)
        self.group.idClicked.connect(self.chosen)
        column.addStretch(1)
        self.state = label(_("Beamer"), "muted")
        column.addWidget(self.state)
        self.picture = HallPicture(desk.replica, self)
        column.addWidget(self.picture)
        column.addSpacing(theme.space("xs"))
        self.black = button(
            _("Zwart scherm"),
            "monitor-off",
            lambda: actions.blacken(desk),
            tip=f"{_('Zwart scherm')} ({actions.key_names(actions.BLACK)})",
        )
        self.black.setCheckable(True)
        self._black = False  # as the button says it
        column.addWidget(self.black)
        desk.replica.applied.connect(self._refresh)
        desk.replica.loaded.connect(self._refresh)
        self._refresh()

    @staticmethod
    def _entry(text: str, icon: str, number: int) -> QPushButton:
        made = QPushButton(f"  {text}")
        made.setProperty("nav", True)
        made.setCheckable(True)
        made.setIcon(theme.icon(icon, theme.palette(light=True).ink, ICON))
        made.setIconSize(QSize(ICON, ICON))
        made.setToolTip(f"{text} ({actions.key_names(actions.PAGES[number])})")
        made.setAccessibleName(text)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return made

    def show_page(self, number: int) -> None:
        """Mark the page that is in sight."""
        self.group.button(number).setChecked(True)

    def tell_hall(self, text: str, *, trouble: bool = False) -> None:
        """Say how the projector is."""
        self.state.setText(text)
        self.state.setProperty("tone", "warn" if trouble else "")
        self.state.style().polish(self.state)

    def _refresh(self) -> None:
        if not self._desk.replica.ready:
            return
        black = the_projector(self._desk.replica.state).black
        self.black.setChecked(black)
        if black != self._black:
            self._black = black
            self.black.setText(_("Beeld terug") if black else _("Zwart scherm"))
            give_icon(self.black, "monitor" if black else "monitor-off")
