"""Who is in, as lists: by table, and by name."""

from __future__ import annotations

from collections import Counter
from typing import Any, Final, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QPixmap

from facilitator.i18n import N_, _
from facilitator.kernel.state import State
from facilitator.meeting.ids import TableId
from facilitator.meeting.people import Participant, participants
from facilitator.meeting.tables import Table, tables
from facilitator.meeting.themes import Theme
from ui import theme
from ui.console.devices import device_names

Index = QModelIndex | QPersistentModelIndex
ROLE: Final = Qt.ItemDataRole
DOT: Final = 14  # pixels; the colour of a theme


class _Row(NamedTuple):
    cells: tuple[str, ...]
    colour: str = ""


class _Rows(QAbstractTableModel):
    """Rows of words. Only what has changed is drawn again, so that nothing jumps."""

    headers: tuple[str, ...] = ()
    coloured: int = -1  # the column with a dot before it

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[_Row] = []

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as Qt has it
        """How many."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008 - as Qt has it
        """How many words a row."""
        return len(self.headers)

    def data(self, index: Index, role: int = ROLE.DisplayRole) -> Any:
        """A word, or its colour."""
        row = self._rows[index.row()]
        if role == ROLE.DisplayRole:
            return row.cells[index.column()]
        if role == ROLE.DecorationRole and index.column() == self.coloured and row.colour:
            return _dot(row.colour)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = ROLE.DisplayRole
    ) -> Any:
        """What stands above a column."""
        if orientation is Qt.Orientation.Horizontal and role == ROLE.DisplayRole:
            return _(self.headers[section])
        return None

    def _take(self, rows: list[_Row]) -> None:
        if rows == self._rows:
            return
        old = len(self._rows)
        if len(rows) > old:
            self.beginInsertRows(QModelIndex(), old, len(rows) - 1)
            self._rows = rows
            self.endInsertRows()
        elif len(rows) < old:
            self.beginRemoveRows(QModelIndex(), len(rows), old - 1)
            self._rows = rows
            self.endRemoveRows()
        self._rows = rows
        last = self.index(len(rows) - 1, len(self.headers) - 1)
        self.dataChanged.emit(self.index(0, 0), last)


class TablesModel(_Rows):
    """The tables: theme, code, and how many sit there."""

    headers = (N_("Tafel"), N_("Thema"), N_("Code"), N_("Binnen"))
    coloured = 1

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tables: list[Table] = []

    def table(self, row: int) -> Table:
        """The table in this row."""
        return self._tables[row]

    def show(self, state: State) -> None:
        """Take over what the meeting holds."""
        seated: Counter[TableId | None] = Counter()
        for person in state.all(Participant):
            seated[person.table] += person.people
        self._tables = tables(state)
        self._take([_table_row(state, table, seated[table.id]) for table in self._tables])


class PeopleModel(_Rows):
    """The devices by the name of whose they are, or by their number; newest first."""

    headers = (N_("Naam"), N_("Organisatie"), N_("Mensen"), N_("Tafel"))

    def show(self, state: State) -> None:
        """Take over what the meeting holds."""
        numbers = {table.id: str(table.number) for table in state.all(Table)}
        names = device_names(state)
        self._take(
            [
                _Row(
                    (
                        _named(names[person.id], muted=person.muted),
                        person.organisation,
                        str(person.people),
                        numbers.get(person.table, "–") if person.table is not None else "–",
                    )
                )
                for person in reversed(participants(state))
            ]
        )


def _named(name: str, *, muted: bool) -> str:
    known = name or _("zonder naam")
    return _("{name} · gedempt").format(name=known) if muted else known


def _table_row(state: State, table: Table, inside: int) -> _Row:
    of = state.find(Theme, table.theme)
    name = f"{table.number} · {table.name}" if table.name else str(table.number)
    title = of.title if of is not None else _("alle thema’s samen")
    return _Row((name, title, table.code, f"{inside}"), of.colour.value if of is not None else "")


def _dot(colour: str) -> QPixmap:
    drawn = QPixmap(DOT, DOT)
    drawn.fill(QColor(theme.note_colour(colour)))
    return drawn
