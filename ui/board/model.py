"""The notes of the board as a model: one row a note in sight, however it is arranged."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from facilitator.i18n import _
from facilitator.kernel.entry import Change, Entry
from facilitator.meeting.categories import Category
from facilitator.meeting.ids import NoteId
from facilitator.meeting.notes import Cell, Note
from facilitator.meeting.tables import Table
from facilitator.meeting.themes import Theme
from ui.board.plan import Arrangement, Plan, Waiting
from ui.link.replica import Replica
from ui.widgets.labels import tip

Index = QModelIndex | QPersistentModelIndex
ROOT: Final = QModelIndex()
CALM: Final = 60  # milliseconds in which what others do is gathered before it is laid out
MANY: Final = 60  # rows that come or go at once; from here on everything is told as new


class BoardModel(QAbstractListModel):
    """Rows are notes in the order in which they came; where they stand is ``arrangement``."""

    arranged = Signal()  # notes stand elsewhere, or columns, cells or their titles changed

    def __init__(self, replica: Replica, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.replica = replica
        self._rows: dict[NoteId, int] = {}
        self._notes: list[NoteId] = []
        self._waits: set[NoteId] = set()
        self.arrangement = Arrangement(replica.state)
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(CALM)
        self._calm.timeout.connect(self.arranged)
        self._read()
        replica.loaded.connect(self._loaded)
        replica.applied.connect(self._applied)

    # --- what Qt asks

    def rowCount(self, parent: Index = ROOT) -> int:
        """The notes in sight."""
        return 0 if parent.isValid() else len(self._notes)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every note can be chosen and edited."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flag = Qt.ItemFlag
        return flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemIsEditable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words of a note, and what a screen reader says of it."""
        if not index.isValid() or index.row() >= len(self._notes):
            return None
        if role not in _ROLES:
            return None
        note = self.note_at(index.row())
        if role == Qt.ItemDataRole.ToolTipRole:
            return _tip(self, note)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(self, note)
        return note.text

    # --- what the board asks

    def note(self, key: NoteId) -> Note:
        """A note by its id."""
        return self.replica.state.get(Note, key)

    def note_at(self, row: int) -> Note:
        """The note of a row."""
        return self.note(self._notes[row])

    def id_at(self, row: int) -> NoteId:
        """The id of the note of a row."""
        return self._notes[row]

    def has(self, key: NoteId) -> bool:
        """Whether this note is in sight."""
        return key in self._rows

    def index_of(self, key: NoteId) -> QModelIndex:
        """The place of a note in the model; none when it is not in sight."""
        row = self._rows.get(key)
        return self.index(row) if row is not None else QModelIndex()

    def row_of(self, key: NoteId) -> int:
        """The row of a note, or -1."""
        return self._rows.get(key, -1)

    def waits(self, key: NoteId) -> bool:
        """Whether something of this note waits for the engine."""
        return key in self._waits

    def plan(self) -> Plan:
        """The board as it stands now."""
        return self.arrangement.plan()

    def notes_at(self, cell: Cell) -> list[NoteId]:
        """The notes of a cell in sight, first one first."""
        return self.arrangement.notes_at(cell)

    def cell_of(self, key: NoteId) -> Cell:
        """The cell in which a note stands, or will stand."""
        return self.arrangement.cell_of(self.note(key))

    def table_of(self, note: Note) -> str:
        """“Tafel 4”, or nothing."""
        table = self.replica.state.find(Table, note.table)
        return _("Tafel {number}").format(number=table.number) if table is not None else ""

    # --- what waits

    def wait(self, command: UUID, waiting: Waiting) -> None:
        """Show a wish as waiting."""
        self.arrangement.wait(command, waiting)
        self._waited(waiting)

    def settle(self, command: UUID) -> None:
        """The wish was answered."""
        waiting = self.arrangement.settle(command)
        if waiting is not None:
            self._waited(waiting)

    def _waited(self, waiting: Waiting) -> None:
        self._waits = self.arrangement.waits()
        self._tell_changed(list(waiting.notes))
        if waiting.cell is not None:
            self.arranged.emit()

    # --- what happens

    def _read(self) -> None:
        self.arrangement = Arrangement(self.replica.state)
        self._waits = set()
        self._notes = [n.id for n in self.replica.state.all(Note) if not n.hidden]
        self._number(0)

    def _number(self, first: int) -> None:
        for row in range(first, len(self._notes)):
            self._rows[self._notes[row]] = row

    def _loaded(self) -> None:
        self.beginResetModel()
        self._rows.clear()
        self._read()
        self.endResetModel()
        self.arranged.emit()

    def _applied(self, entry: Entry) -> None:
        notes: list[Change[Any]] = [c for c in entry.changes if isinstance(c.subject, Note)]
        kinds = {type(change.subject) for change in entry.changes}
        if kinds & {Theme, Category}:
            self.arrangement.clear()
        for change in notes:
            for note in (change.before, change.after):
                if note is not None:
                    self.arrangement.forget([(note.theme, note.category)])
        if notes:
            self._take(notes)
        elif Table in kinds and self._notes:
            self.dataChanged.emit(self.index(0), self.index(len(self._notes) - 1))
        if not notes and not kinds & {Theme, Category}:
            return
        if entry.actor == self.replica.actor:
            self.arranged.emit()
        elif not self._calm.isActive():
            self._calm.start()

    def _take(self, changes: list[Change[Any]]) -> None:
        gone = [c.subject.id for c in changes if self.has(c.subject.id) and not _seen(c.after)]
        new = [c.subject.id for c in changes if not self.has(c.subject.id) and _seen(c.after)]
        if len(gone) + len(new) > MANY:
            self._swap(set(gone), new)
        else:
            self._remove(gone)
            self._append(new)
        fresh = set(new)
        self._tell_changed([c.subject.id for c in changes if c.subject.id not in fresh])

    def _swap(self, gone: set[NoteId], new: list[NoteId]) -> None:
        self.beginResetModel()
        self._notes = [key for key in self._notes if key not in gone] + new
        self._rows.clear()
        self._number(0)
        self.endResetModel()

    def _remove(self, gone: list[NoteId]) -> None:
        for row in sorted((self._rows[key] for key in gone), reverse=True):
            self.beginRemoveRows(ROOT, row, row)
            del self._rows[self._notes.pop(row)]
            self._number(row)
            self.endRemoveRows()

    def _append(self, new: list[NoteId]) -> None:
        if not new:
            return
        first = len(self._notes)
        self.beginInsertRows(ROOT, first, first + len(new) - 1)
        self._notes.extend(new)
        self._number(first)
        self.endInsertRows()

    def _tell_changed(self, keys: list[NoteId]) -> None:
        """One signal, however many there are."""
        rows = [row for key in keys if (row := self._rows.get(key)) is not None]
        if rows:
            self.dataChanged.emit(self.index(min(rows)), self.index(max(rows)))


_ROLES: Final = frozenset(
    {
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.EditRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.AccessibleTextRole,
    }
)


def _seen(note: Note | None) -> bool:
    return note is not None and not note.hidden


def _tip(model: BoardModel, note: Note) -> str:
    """The whole text, and what else is known."""
    below = " · ".join(part for part in [model.table_of(note), *marks(note)] if part)
    return tip(f"{note.text}\n{below}" if below else note.text)


def marks(note: Note) -> list[str]:
    """What sets a note apart, in words."""
    found = []
    if note.conclusion:
        found.append(_("conclusie"))
    if note.late:
        found.append(_("te laat"))
    if not note.approved:
        found.append(_("wacht op goedkeuring"))
    return found


def spoken(model: BoardModel, note: Note) -> str:
    """What a screen reader says: text, table, theme, category, and its place in the cell."""
    state = model.replica.state
    cell = model.arrangement.cell_of(note)
    theme, category = state.find(Theme, cell[0]), state.find(Category, cell[1])
    others = model.notes_at(cell)
    where = [
        _("Thema {title}").format(title=theme.title) if theme is not None else _("Zonder thema"),
        _("categorie {title}").format(title=category.title)
        if category is not None
        else _("nog te ordenen"),
    ]
    if note.id in others:
        place = _("{place} van {count}")
        where.append(place.format(place=others.index(note.id) + 1, count=len(others)))
    waits = [_("wordt opgeslagen")] if model.waits(note.id) else []
    parts = [note.text.rstrip(".").replace("\n", " "), model.table_of(note), ", ".join(where)]
    return ". ".join(part for part in [*parts, *marks(note), *waits] if part)
