"""The meetings of the library, as a list to choose from."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from facilitator.i18n import N_, _, words
from ui import theme
from ui.link.summary import Summary
from ui.widgets.labels import tip
from ui.widgets.reading import show_day

Index = QModelIndex | QPersistentModelIndex
ROLE: Final = Qt.ItemDataRole
ROW: Final = 48
PHASES: Final = {
    "preparing": N_("in voorbereiding"),
    "live": N_("bezig"),
    "closed": N_("gesloten"),
}
HEADERS: Final = (
    N_("Bijeenkomst"),
    N_("Datum"),
    N_("Plaats"),
    N_("Stand"),
    N_("Deelnemers"),
    N_("Notities"),
    N_("Namen tot"),
    N_("Gewijzigd"),
)
TITLE: Final = 0
STAND: Final = 3


class MeetingsModel(QAbstractTableModel):
    """The meetings, last changed first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.meetings: list[Summary] = []

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as Qt has it
        """How many."""
        return 0 if parent.isValid() else len(self.meetings)

    def columnCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008 - as Qt has it
        """How many words each."""
        return len(HEADERS)

    def data(self, index: Index, role: int = ROLE.DisplayRole) -> Any:
        """A word of a meeting."""
        meeting = self.meetings[index.row()]
        if role == ROLE.DisplayRole:
            return _cells(meeting)[index.column()]
        if role == ROLE.ToolTipRole and index.column() == TITLE:
            return tip(meeting.title)
        if role == ROLE.FontRole and (
            index.column() == TITLE or (index.column() == STAND and meeting.phase == "live")
        ):
            return theme.font(theme.size("body"), theme.SEMIBOLD)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = ROLE.DisplayRole
    ) -> Any:
        """What stands above a column."""
        if orientation is Qt.Orientation.Horizontal and role == ROLE.DisplayRole:
            return _(HEADERS[section])
        return None

    def show(self, meetings: list[Summary]) -> None:
        """Take over what the engine has."""
        self.beginResetModel()
        self.meetings = sorted(
            meetings,
            key=lambda meeting: (
                meeting.phase == "live",
                meeting.changed_at.timestamp() if meeting.changed_at else 0.0,
            ),
            reverse=True,
        )
        self.endResetModel()


def _cells(meeting: Summary) -> tuple[str, ...]:
    return (
        meeting.title,
        show_day(meeting.date) or "–",
        meeting.place or "–",
        _(PHASES.get(meeting.phase, meeting.phase)),
        words().number(meeting.participants),
        words().number(meeting.notes),
        _kept(meeting),
        changed(meeting),
    )


def _kept(meeting: Summary) -> str:
    """Until when personal data are kept."""
    return _("gewist") if meeting.wiped else show_day(meeting.keep_until) or "–"


def changed(meeting: Summary) -> str:
    """When it was changed last: two meetings may have the same title."""
    if meeting.changed_at is None:
        return "–"
    moment = meeting.changed_at.astimezone()
    day, time = moment.date(), words().time(moment.time())
    if day == datetime.now().astimezone().date():
        return _("vandaag {time}").format(time=time)
    return f"{show_day(day)} {time}"


class MeetingsView(QTableView):
    """The list; Enter or a double click opens."""

    chosen = Signal(int)

    def __init__(self, model: MeetingsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setAccessibleName(_("Bijeenkomsten"))
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)  # “(kopie)” stands at the end
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(TITLE, QHeaderView.ResizeMode.Stretch)
        self.doubleClicked.connect(lambda index: self.chosen.emit(index.row()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the meeting."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.chosen.emit(self.currentIndex().row())
            return
        super().keyPressEvent(event)
