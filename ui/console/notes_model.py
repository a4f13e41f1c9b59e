"""All notes of a meeting as a list, newest first; of these, the ones that a filter lets through."""

from __future__ import annotations

from bisect import bisect_left
from enum import Enum
from typing import Any, Final
from uuid import UUID

import msgspec
from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt, QTimer, Signal

from facilitator.i18n import N_, _, words
from facilitator.kernel.entry import Change, Entry
from facilitator.kernel.text import beginning
from facilitator.meeting.ids import NoteId, StepId, TableId, ThemeId
from facilitator.meeting.merging import UNDER, head_of
from facilitator.meeting.notes import Note
from facilitator.meeting.people import Participant
from facilitator.meeting.programme import Step, rounds
from facilitator.meeting.tables import Table
from facilitator.meeting.themes import Theme
from ui.board.model import MANY, ROOT, Index
from ui.board.plan import Waiting
from ui.link.replica import Replica
from ui.widgets.labels import tip

CALM: Final = 80  # milliseconds in which new notes are gathered


class Kind(Enum):
    """Which notes, by what was done with them."""

    ALL = N_("Alle notities")
    SEEN = N_("In zicht")
    WAITING = N_("Wacht op goedkeuring")
    HIDDEN = N_("Verborgen")
    LATE = N_("Te laat")


class Filter(msgspec.Struct, frozen=True):
    """Which notes are listed."""

    words: str = ""
    kind: Kind = Kind.ALL
    theme: ThemeId | None = None
    table: TableId | None = None
    round: StepId | None = None

    def lets(self, note: Note) -> bool:
        """Whether this note is one of them."""
        return (
            (self.theme is None or note.theme == self.theme)
            and (self.table is None or note.table == self.table)
            and (self.round is None or note.round == self.round)
            and _is(note, self.kind)
            and (not self.words or self.words.casefold() in note.text.casefold())
        )


def _is(note: Note, kind: Kind) -> bool:
    match kind:
        case Kind.SEEN:
            return note.approved and not note.hidden
        case Kind.WAITING:
            return not note.approved and not note.hidden
        case Kind.HIDDEN:
            return note.hidden
        case Kind.LATE:
            return note.late
    return True


class NotesModel(QAbstractListModel):
    """Row 0 is the newest note. Notes that come in quick succession are told of together."""

    counted = Signal()  # there are other numbers of notes than before

    def __init__(self, replica: Replica, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.replica = replica
        self.filter = Filter()
        self._came: dict[NoteId, int] = {}  # every note → when it came, as a number
        self._listed: list[NoteId] = []  # oldest first
        self._numbers: list[int] = []  # of the listed ones
        self._new: list[NoteId] = []  # not listed yet
        self._unapproved: dict[NoteId, None] = {}  # in the order in which they came to wait
        self._waiting: dict[UUID, Waiting] = {}
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(CALM)
        self._calm.timeout.connect(self.take_new)
        self._read()
        replica.loaded.connect(self._loaded)
        replica.applied.connect(self._applied)

    # --- what Qt asks

    def rowCount(self, parent: Index = ROOT) -> int:
        """The listed notes."""
        return 0 if parent.isValid() else len(self._listed)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every note can be chosen and edited."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flag = Qt.ItemFlag
        return flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemIsEditable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words of a note, and what a screen reader says of it."""
        if not index.isValid() or index.row() >= len(self._listed):
            return None
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole}:
            return self.note_at(index.row()).text
        if role == Qt.ItemDataRole.ToolTipRole:
            note = self.note_at(index.row())
            return tip("\n".join(filter(None, (note.text, self.merged_with(note)))))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.spoken(self.note_at(index.row()))
        return None

    # --- what the page asks

    def id_at(self, row: int) -> NoteId:
        """The note of a row."""
        return self._listed[len(self._listed) - 1 - row]

    def note_at(self, row: int) -> Note:
        """The note of a row."""
        return self.replica.state.get(Note, self.id_at(row))

    def row_of(self, key: NoteId) -> int:
        """The row of a note, or -1."""
        number = self._came.get(key)
        if number is None:
            return -1
        place = bisect_left(self._numbers, number)
        if place == len(self._numbers) or self._numbers[place] != number:
            return -1
        return len(self._listed) - 1 - place

    def index_of(self, key: NoteId) -> QModelIndex:
        """The place of a note in the model; none when it is not listed."""
        row = self.row_of(key)
        return self.index(row) if row >= 0 else QModelIndex()

    @property
    def total(self) -> int:
        """How many notes there are, listed or not."""
        return len(self._came)

    def waiting_for_approval(self) -> list[NoteId]:
        """The notes that the hall may not see yet."""
        return list(self._unapproved)

    def look(self, wanted: Filter) -> None:
        """List other notes."""
        if wanted != self.filter:
            self.filter = wanted
            self._loaded()

    def waits(self, key: NoteId) -> bool:
        """Whether something of this note waits for the engine."""
        return any(key in waiting.notes for waiting in self._waiting.values())

    def table_of(self, note: Note) -> str:
        """“Tafel 4”, or nothing."""
        table = self.replica.state.find(Table, note.table)
        return _("Tafel {number}").format(number=table.number) if table is not None else ""

    def round_of(self, note: Note) -> str:
        """“Ronde 2”, or nothing."""
        step = self.replica.state.find(Step, note.round)
        if step is None:
            return ""
        return _("Ronde {number}").format(number=rounds(self.replica.state).index(step) + 1)

    def author_of(self, note: Note) -> str:
        """Who wrote it, in a named meeting; or nothing."""
        writer = self.replica.state.find(Participant, note.author)
        return writer.name if writer is not None else ""

    def merged_with(self, note: Note) -> str:
        """“samengevoegd met …”, or nothing."""
        head = None if note.hidden else head_of(self.replica.state, note)
        if head is None:
            return ""
        return _("samengevoegd met “{text}”").format(text=beginning(head.text))

    @staticmethod
    def time_of(note: Note) -> str:
        """When it was written, as the clocks here say it."""
        return words().time(note.written_at.astimezone().time()) if note.written_at else ""

    def spoken(self, note: Note) -> str:
        """What a screen reader says."""
        theme = self.replica.state.find(Theme, note.theme)
        parts = [
            note.text.rstrip(".").replace("\n", " "),
            self.author_of(note),
            self.table_of(note),
            _("Thema {title}").format(title=theme.title) if theme is not None else "",
            self.round_of(note),
            self.time_of(note),
            *marks(note),
            self.merged_with(note),
            _("wordt opgeslagen") if self.waits(note.id) else "",
        ]
        return ". ".join(part for part in parts if part)

    # --- what waits

    def wait(self, command: UUID, waiting: Waiting) -> None:
        """Show a wish as waiting."""
        self._waiting[command] = waiting
        self._tell(list(waiting.notes))

    def settle(self, command: UUID) -> None:
        """The wish was answered."""
        waiting = self._waiting.pop(command, None)
        if waiting is not None:
            self._tell(list(waiting.notes))

    # --- what happens

    def take_new(self) -> None:
        """List the notes that came since."""
        self._calm.stop()
        state, new = self.replica.state, self._new
        self._new = []
        self._list(
            [k for k in new if (n := state.find(Note, k)) is not None and self.filter.lets(n)]
        )
        self.counted.emit()

    def _read(self) -> None:
        every = self.replica.state.all(Note)
        self._came = {note.id: number for number, note in enumerate(every)}
        self._new = []
        self._unapproved = {note.id: None for note in every if _is(note, Kind.WAITING)}
        self._listed = [note.id for note in every if self.filter.lets(note)]
        self._numbers = [self._came[key] for key in self._listed]

    def _loaded(self) -> None:
        self.beginResetModel()
        self._read()
        self.endResetModel()
        self.counted.emit()

    def _applied(self, entry: Entry) -> None:
        changes: list[Change[Any]] = [c for c in entry.changes if isinstance(c.subject, Note)]
        if changes:
            self._take(changes)
        elif self._listed and any(isinstance(c.subject, Theme | Table) for c in entry.changes):
            self.dataChanged.emit(self.index(0), self.index(len(self._listed) - 1))

    def _take(self, changes: list[Change[Any]]) -> None:
        come, gone, other = [], [], []
        for change in changes:
            key = change.subject.id
            self._unapproved.pop(key, None)
            if change.after is not None and _is(change.after, Kind.WAITING):
                self._unapproved[key] = None
            if key not in self._came:
                self._came[key] = len(self._came)
                self._new.append(key)
                continue
            lets = change.after is not None and self.filter.lets(change.after)
            listed = self.row_of(key) >= 0
            if listed and not lets:
                gone.append(key)
            elif listed:
                other.append(key)
            elif lets and key not in self._new:
                come.append(key)
        if self._new and not self._calm.isActive():
            self._calm.start()
        if len(come) + len(gone) > MANY:
            self._loaded()
            return
        self._drop(gone)
        self._list(come)
        state = self.replica.state
        below = [n.id for c in changes for n in state.where(UNDER, c.subject.id)]
        self._tell([*other, *below])  # those name what they lie under
        if come or gone or other:  # new ones are counted when they are listed
            self.counted.emit()

    def _drop(self, keys: list[NoteId]) -> None:
        for key in keys:
            row = self.row_of(key)
            place = len(self._listed) - 1 - row
            self.beginRemoveRows(ROOT, row, row)
            del self._listed[place], self._numbers[place]
            self.endRemoveRows()

    def _list(self, keys: list[NoteId]) -> None:
        """Put notes in the list, those that follow each other in one go."""
        rest = sorted(keys, key=self._came.__getitem__)
        while rest:
            place = bisect_left(self._numbers, self._came[rest[0]])
            stop = self._numbers[place] if place < len(self._numbers) else len(self._came)
            run = [key for key in rest if self._came[key] < stop]
            first = len(self._listed) - place
            self.beginInsertRows(ROOT, first, first + len(run) - 1)
            self._listed[place:place] = run
            self._numbers[place:place] = [self._came[key] for key in run]
            self.endInsertRows()
            rest = rest[len(run) :]

    def _tell(self, keys: list[NoteId]) -> None:
        """One signal, however many there are."""
        rows = [row for key in keys if (row := self.row_of(key)) >= 0]
        if rows:
            self.dataChanged.emit(self.index(min(rows)), self.index(max(rows)))


def marks(note: Note) -> list[str]:
    """What was done with a note, in a few words."""
    found = []
    if note.hidden:
        found.append(_("verborgen"))
    elif not note.approved:
        found.append(_("wacht op goedkeuring"))
    if note.late:
        found.append(_("te laat"))
    return found
