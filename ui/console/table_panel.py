"""One table, seen up close: its devices, its host, its hand-over; and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from facilitator.i18n import _, ngettext
from facilitator.meeting.ids import TableId
from facilitator.meeting.notes import OF_TABLE
from facilitator.meeting.people import AT_TABLE
from facilitator.meeting.tables import Table, tables
from facilitator.meeting.themes import Theme
from ui import theme
from ui.console.devices import DeviceList, device_words, people_words
from ui.console.editing import Editing
from ui.console.hand_overs import HandOvers
from ui.console.hosts import Hosts
from ui.console.prepare_words import table_name
from ui.console.steering import Steering
from ui.link.replica import Replica
from ui.widgets.buttons import button, give_icon
from ui.widgets.frames import Card
from ui.widgets.labels import ElidedLabel


class TablePanel(Card):
    """What stands in the place of all tables while one of them is looked at."""

    left = Signal()  # back to all tables

    def __init__(self, replica: Replica, steering: Steering, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._replica, self._steering = replica, steering
        self._key: TableId | None = None
        self.editing = Editing(replica, self)
        self.devices = DeviceList(replica, steering)
        self.hosts = Hosts(replica)
        self.hand_overs = HandOvers(self.editing)
        self._build()

    def _build(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(theme.space("s"))
        self.back = button(_("Alle tafels"), "arrow-left", self.left.emit)
        self.name = ElidedLabel(name="title")
        self.before = button("", "chevron-left", lambda: self._turn(-1), tip=_("Vorige tafel"))
        self.after = button("", "chevron-right", lambda: self._turn(1), tip=_("Volgende tafel"))
        first.addWidget(self.back)
        first.addSpacing(theme.space("s"))
        words = QVBoxLayout()
        words.setSpacing(0)
        self.told = ElidedLabel(name="muted")
        words.addWidget(self.name)
        words.addWidget(self.told)
        first.addLayout(words, 1)
        first.addWidget(self.before)
        first.addWidget(self.after)
        self.body.addLayout(first)
        second = QHBoxLayout()
        second.setSpacing(theme.space("s"))
        tip = _("Verbergt alle notities van deze tafel. Bij Notities vindt u ze terug.")
        self.clear_button = button(_("Maak de wand leeg"), "eye-off", self._clear, tip=tip)
        self.close_button = button(_("Open deze tafel weer"), "lock", self._close)
        self.close_button.setMinimumWidth(
            self.close_button.sizeHint().width() + 2 * theme.space("s")
        )
        second.addWidget(self.close_button)
        second.addWidget(self.clear_button)
        second.addStretch(1)
        self.body.addLayout(second)
        self.tabs = QTabWidget()
        self.parts: tuple[tuple[DeviceList | Hosts | HandOvers, str], ...] = (
            (self.devices, _("Toestellen")),
            (self.hosts, _("Gastheer")),
            (self.hand_overs, _("Overdracht")),
        )
        for part, name in self.parts:
            self.tabs.addTab(part, name)
        self.body.addWidget(self.tabs, 1)

    # Showing

    @property
    def table(self) -> Table | None:
        """The table that is looked at; None where it is gone."""
        return self._replica.state.find(Table, self._key)

    def show_table(self, key: TableId) -> None:
        """Look at this table."""
        self._key = key
        self.refresh()

    def refresh(self) -> None:
        """Show the table as it is now."""
        table = self.table
        if table is None:
            if self._key is not None:
                self._key = None
                self.left.emit()
            return
        state = self._replica.state
        self.name.say(table_name(table))
        self.told.say(self._counts(table))
        text = _("Open deze tafel weer") if table.closed else _("Sluit deze tafel")
        if text != self.close_button.text():
            self.close_button.setText(text)
            give_icon(self.close_button, "lock-open" if table.closed else "lock")
        tip = _("Wie aan deze tafel zit, kan dan niet schrijven. De klok loopt door.")
        self.close_button.setToolTip("" if table.closed else tip)
        for number, (part, name) in enumerate(self.parts):
            count = part.show_table(table)
            self.tabs.setTabText(number, f"{name} ({count})" if count else name)
        many = len(state.all(Table)) > 1
        self.before.setEnabled(many)
        self.after.setEnabled(many)

    def _counts(self, table: Table) -> str:
        state = self._replica.state
        there = state.where(AT_TABLE, table.id)
        seen = sum(not note.hidden for note in state.where(OF_TABLE, table.id))
        of = state.find(Theme, table.theme)
        parts = [
            _("gesloten") if table.closed else "",
            people_words(sum(person.people for person in there)),
            device_words(sum(person.joined_at is not None for person in there)),
            ngettext("{number} notitie", "{number} notities", seen),
            of.title if of is not None else "",
        ]
        return " · ".join(filter(None, parts))

    # Doing

    def _turn(self, step: int) -> None:
        row = [table.id for table in tables(self._replica.state)]
        if self._key in row:
            self.show_table(row[(row.index(self._key) + step) % len(row)])

    def _close(self) -> None:
        if self.table is not None:
            self._steering.close(self.table, closed=not self.table.closed)

    def _clear(self) -> None:
        if self.table is not None:
            self._steering.clear(self.table)
