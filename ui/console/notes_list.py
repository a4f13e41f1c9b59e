"""The list of notes: keys, and the calm that what arrives leaves what one is looking at."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QToolTip, QWidget

from facilitator.i18n import N_, _
from facilitator.meeting.ids import NoteId
from facilitator.meeting.notes import Note
from ui.board.acts import NoteActs
from ui.board.model import Index
from ui.board.rescue import Rescue
from ui.console.notes_model import NotesModel
from ui.console.notes_row import HEIGHT, NoteRow
from ui.keys import Line, by_key, pressed


class NotesList(QListView):
    """The notes, newest first. While one is chosen or edited, new ones do not push it away."""

    chosen_changed = Signal()
    unseen_changed = Signal(int)  # notes that came above what is in sight
    menu_wanted = Signal(object, QPoint)  # a NoteId, and where on the screen

    def __init__(self, model: NotesModel, acts: NoteActs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.notes, self.acts = model, acts
        self.unseen = 0
        self._top: tuple[QPersistentModelIndex, int] | None = None
        self._keep: tuple[list[NoteId], NoteId | None] = ([], None)
        self.setAccessibleName(_("Notities, nieuwste eerst"))
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self.verticalScrollBar().setSingleStep(HEIGHT)
        self.row = NoteRow(model, self)
        self.row.typed.connect(self._typed)
        self.rescue = Rescue(self.row, lambda key: model.row_of(key) >= 0, self.edit_note, self)
        self.row.hide_pressed.connect(self.toggle)
        self.row.more_pressed.connect(
            lambda note, at: self.menu_wanted.emit(note, self.viewport().mapToGlobal(at))
        )
        self.row.approve_pressed.connect(lambda note: acts.approve([note]))
        self.setItemDelegate(self.row)
        model.modelAboutToBeReset.connect(self._remember)
        model.rowsAboutToBeInserted.connect(self._hold)
        self.setModel(model)
        model.modelReset.connect(self._restore)  # after the selection model, which empties itself
        self.verticalScrollBar().valueChanged.connect(self._scrolled)

    # --- what is chosen

    def selected(self) -> list[NoteId]:
        """The chosen notes, newest first."""
        rows = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        return [self.notes.id_at(row) for row in rows]

    def current(self) -> NoteId | None:
        """The note that the keyboard is at."""
        index = self.currentIndex()
        return self.notes.id_at(index.row()) if index.isValid() else None

    def acted_on(self) -> list[NoteId]:
        """What a key is about."""
        current = self.current()
        return self.selected() or ([current] if current is not None else [])

    def selectionChanged(self, selected: object, deselected: object) -> None:
        """Others are chosen."""
        super().selectionChanged(selected, deselected)  # type: ignore[arg-type]
        self.chosen_changed.emit()

    # --- what is done

    def hide_or_show(self) -> None:
        """Hide the chosen notes; when all of them are hidden, show them again."""
        chosen = self._chosen()
        if chosen and all(note.hidden for note in chosen):
            self.acts.show([note.id for note in chosen])
        else:
            self.acts.hide([note.id for note in chosen if not note.hidden])

    def hide_chosen(self) -> None:
        """Hide the chosen notes."""
        self.acts.hide([note.id for note in self._chosen() if not note.hidden])

    def approve(self) -> None:
        """Let the hall see the chosen notes."""
        self.acts.approve([note.id for note in self._chosen() if not note.approved])

    def edit_current(self) -> None:
        """Type in the current note."""
        if self.currentIndex().isValid():
            self.edit(self.currentIndex())

    def edit_note(self, key: NoteId) -> None:
        """Type in a note that is listed."""
        self.edit(self.notes.index_of(key))

    def _chosen(self) -> list[Note]:
        return [self.notes.replica.state.get(Note, key) for key in self.acted_on()]

    def toggle(self, key: NoteId) -> None:
        """Hide a note, or show it again."""
        note = self.notes.replica.state.get(Note, key)
        if note.hidden:
            self.acts.show([key])
        else:
            self.acts.hide([key])

    def _typed(self, index: Index, text: str) -> None:
        if index.isValid():
            self.acts.edit(self.notes.id_at(index.row()), text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of the list, unless somebody types in a note."""
        does = _DOES.get(pressed(event))
        if does is None:
            super().keyPressEvent(event)
        elif self.state() != QAbstractItemView.State.EditingState:
            does(self)

    def keyboardSearch(self, _text: str) -> None:
        """Letters are keys here; searching has its own field."""

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of the note under the pointer, or of the one that the keyboard is at."""
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if index.isValid():
            at = self.visualRect(index).center() if by_key else event.pos()
            self.menu_wanted.emit(self.notes.id_at(index.row()), self.viewport().mapToGlobal(at))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A hand over the buttons of a row."""
        over = bool(self._button_name(event.position().toPoint()))
        shape = Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)
        super().mouseMoveEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """The names of the buttons."""
        if isinstance(event, QHelpEvent):
            name = self._button_name(event.pos())
            if name:
                QToolTip.showText(event.globalPos(), name, self.viewport())
                return True
        return bool(super().viewportEvent(event))

    def _button_name(self, at: object) -> str:
        index = self.indexAt(at)  # type: ignore[arg-type]
        if not index.isValid():
            return ""
        note = self.notes.note_at(index.row())
        return self.row.button_at(self.visualRect(index), note, at)  # type: ignore[arg-type]

    # --- what arrives

    def to_top(self) -> None:
        """To the newest notes."""
        self.verticalScrollBar().setValue(0)
        self._scrolled()

    def _calm(self) -> bool:
        """Whether somebody is busy with what is in sight."""
        return (
            self.verticalScrollBar().value() > 0
            or self.state() == QAbstractItemView.State.EditingState
            or self.selectionModel().hasSelection()
        )

    def _hold(self, _parent: QModelIndex, first: int, _last: int) -> None:
        """Before rows come above what is in sight: remember what stands on top."""
        top = self.indexAt(self.viewport().rect().topLeft())
        if self._calm() and top.isValid() and first <= top.row():
            self._top = QPersistentModelIndex(top), self.visualRect(top).top()

    def rowsInserted(self, parent: Index, start: int, end: int) -> None:
        """What stood on top stays there; the new ones wait above it."""
        super().rowsInserted(parent, start, end)
        held, self._top = self._top, None
        if held is None:
            return
        self.executeDelayedItemsLayout()
        bar = self.verticalScrollBar()
        bar.setValue(
            bar.value() + self.visualRect(self.model().index(held[0].row(), 0)).top() - held[1]
        )
        self._tell_unseen(self.unseen + end - start + 1)

    def _scrolled(self) -> None:
        if self.unseen:
            self._tell_unseen(self.unseen)

    def _tell_unseen(self, came: int) -> None:
        """Of what came, only what stands above the first row in sight was not seen."""
        top = self.indexAt(self.viewport().rect().topLeft())
        unseen = min(came, top.row()) if self.verticalScrollBar().value() > 0 else 0
        if unseen != self.unseen:
            self.unseen = max(0, unseen)
            self.unseen_changed.emit(self.unseen)

    def _remember(self) -> None:
        self._keep = self.selected(), self.current()

    def _restore(self) -> None:
        """Everything is new; what was chosen stays chosen."""
        chosen, current = self._keep
        flags = QItemSelectionModel.SelectionFlag
        for note in chosen:
            index = self.notes.index_of(note)
            if index.isValid():
                self.selectionModel().select(index, flags.Select)
        if current is not None:
            index = self.notes.index_of(current)
            self.selectionModel().setCurrentIndex(index, flags.NoUpdate)


LINES: Final = (
    Line(
        N_("Tekst wijzigen"),
        dict.fromkeys(("Return", "Enter", "F2"), NotesList.edit_current),
        "Enter",
    ),
    Line(N_("Verbergen"), {"Delete": NotesList.hide_chosen}),
    Line(N_("Verbergen of weer tonen"), {"H": NotesList.hide_or_show}),
    Line(N_("Goedkeuren"), {"A": NotesList.approve}),
    Line(N_("Niets meer kiezen"), {"Escape": NotesList.clearSelection}, "Esc"),
)
_DOES: Final = by_key(LINES)
