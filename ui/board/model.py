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

from facilitator.i18n import _, ngettext
from facilitator.kernel.entry import Change, Entry
from facilitator.meeting.categories import Category
from facilitator.meeting.ids import NoteId
from facilitator.meeting.merging import UNDER, stands, under
from facilitator.meeting.notes import Cell, Note
from facilitator.meeting.tables import Table
from facilitator.meeting.themes import Theme
from ui.board.plan import Arrangement, Plan, Waiting
from ui.link.replica import Replica
from ui.widgets.labels import tip

Index = QModelIndex | QPersistentModelIndex
ROOT: Final = QModelIndex()
CALM: Final = 60  # milliseconds in which what others do is gathered before it is laid out
MOST_TOLD: Final = 8  # notes under another, in its tip
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

    def under(self, key: NoteId) -> list[Note]:
        """What lies under a note, first one first."""
        return under(self.replica.state, self.note(key))

    def merged(self, note: Note) -> int:
        """How many lie under a note."""
        return len(under(self.replica.state, note))

    def holds(self, key: NoteId, words: str) -> bool:
        """Whether a note, or one that lies under it, holds these words; they are in small letters."""
        return any(words in note.text.casefold() for note in (self.note(key), *self.under(key)))

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
        state = self.replica.state
        self._notes = [note.id for note in state.all(Note) if stands(state, note)]
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
            self._take(self._touched(notes))
        elif Table in kinds and self._notes:
            self.dataChanged.emit(self.index(0), self.index(len(self._notes) - 1))
        if not notes and not kinds & {Theme, Category}:
            return
        if entry.actor == self.replica.actor:
            self.arranged.emit()
        elif not self._calm.isActive():
            self._calm.start()

    def _touched(self, changes: list[Change[Any]]) -> list[NoteId]:
        """The notes that changed, those that lie under them, and those under which they lie."""
        state = self.replica.state
        found: dict[NoteId, None] = {change.subject.id: None for change in changes}
        for key in list(found):
            for below in state.where(UNDER, key):
                self.arrangement.forget([(below.theme, below.category)])
                found[below.id] = None
        for change in changes:
            for note in (change.before, change.after):
                if note is not None and note.merged is not None:
                    found[note.merged] = None
        return list(found)

    def _take(self, keys: list[NoteId]) -> None:
        gone = [key for key in keys if self.has(key) and not self._seen(key)]
        new = [key for key in keys if not self.has(key) and self._seen(key)]
        if len(gone) + len(new) > MANY:
            self._swap(set(gone), new)
        else:
            self._remove(gone)
            self._append(new)
        fresh = set(new)
        self._tell_changed([key for key in keys if key not in fresh])

    def _seen(self, key: NoteId) -> bool:
        note = self.replica.state.find(Note, key)
        return note is not None and stands(self.replica.state, note)

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


def _tip(model: BoardModel, note: Note) -> str:
    """The whole text, what else is known, and what lies under it."""
    foot = " · ".join(part for part in [model.table_of(note), *marks(note)] if part)
    lines = [note.text, *([foot] if foot else [])]
    merged = model.under(note.id)
    if merged:
        lines += ["", _more(len(merged)), *(f"+ {other.text}" for other in merged[:MOST_TOLD])]
    if len(merged) > MOST_TOLD:
        lines.append("…")
    return tip("\n".join(lines))


def _more(count: int) -> str:
    return ngettext("nog {number} samengevoegd", "nog {number} samengevoegd", count)


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
    merged = model.merged(note)
    more = [_more(merged)] if merged else []
    return ". ".join(part for part in [*parts, *more, *marks(note), *waits] if part)
