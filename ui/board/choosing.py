"""Choosing notes on the board: what is selected, what is the current one, where an arrow leads."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtWidgets import QAbstractItemView, QWidget

from facilitator.meeting.ids import NoteId
from facilitator.meeting.notes import Cell
from ui import theme
from ui.board import moves
from ui.board.model import BoardModel, Index
from ui.board.surface import Surface

CLEAR: Final = 4  # pixels above a cell that was gone to


class ChoosingSurface(Surface):
    """A surface on which notes can be chosen. What is chosen survives what happens to the board."""

    chosen_changed = Signal()  # other notes are selected

    def __init__(
        self, model: BoardModel, colours: theme.Palette, parent: QWidget | None = None
    ) -> None:
        super().__init__(model, colours, parent)
        self._keep: tuple[list[NoteId], NoteId | None] = ([], None)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        model.modelAboutToBeReset.connect(self._remember)

    def selected(self) -> list[NoteId]:
        """The selected notes, in the order in which one reads them."""
        model = self.board
        chosen = {model.id_at(index.row()) for index in self.selectionModel().selectedIndexes()}
        return [note for box in self.layout_now().boxes for note in box.notes if note in chosen]

    def current(self) -> NoteId | None:
        """The note that the keyboard is at."""
        index = self.currentIndex()
        return self.board.id_at(index.row()) if index.isValid() else None

    def acted_on(self) -> list[NoteId]:
        """What a key is about: the selected notes, or else the current one."""
        current = self.current()
        return self.selected() or ([current] if current is not None else [])

    def go_to(self, note: NoteId) -> None:
        """Make a note the current one, in sight."""
        self.show_note(note)
        self.setCurrentIndex(self.board.index_of(note))

    def go_to_cell(self, cell: Cell) -> None:
        """Bring a cell into sight, and make its first note the current one."""
        box = self.layout_now().box_of(cell)
        if box is None:
            return
        if box.shown:
            self.setCurrentIndex(self.board.index_of(box.shown[0]))
        bar = self.verticalScrollBar()
        if not self.board_area().contains(self.on_screen(box.rect)):
            bar.setValue(box.rect.top() - self._layout.top - CLEAR)

    def show_note(self, note: NoteId) -> None:
        """Unfold the cell of a note if it is folded away, and scroll to it."""
        if note not in self.layout_now().places and self.board.has(note):
            self.unfolded.add(self.board.cell_of(note))
            self.rearrange()
        self.scrollTo(self.board.index_of(note))

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Others are chosen."""
        super().selectionChanged(selected, deselected)
        self.chosen_changed.emit()

    def selectionCommand(
        self, index: Index, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        """How a choice adds to the earlier one; where no one pressed, held keys count for nothing.

        Qt would ask the keyboard: going to a note while Ctrl is still down would then drop it.
        """
        if event is None:
            return QItemSelectionModel.SelectionFlag.ClearAndSelect
        return super().selectionCommand(index, event)

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Select the notes that a rectangle of the screen touches."""
        area = rect.translated(self.horizontalOffset(), self.verticalOffset()).normalized()
        found = QItemSelection()
        for note, place in self.layout_now().places.items():
            if place.intersects(area):
                index = self.board.index_of(note)
                found.select(index, index)
        self.selectionModel().select(found, command)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, _modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Where an arrow leads."""
        layout, current = self.layout_now(), self.current()
        first = next((box.shown[0] for box in layout.boxes if box.shown), None)
        if current is None or current not in layout.places:
            return self.board.index_of(first) if first is not None else QModelIndex()
        name = QAbstractItemView.CursorAction
        ways = {
            name.MoveLeft: moves.LEFT,
            name.MoveRight: moves.RIGHT,
            name.MoveUp: moves.UP,
            name.MoveDown: moves.DOWN,
        }
        box = layout.box_of(self.board.cell_of(current))
        to = current
        if action in ways:
            to = moves.nearest(layout, current, ways[action]) or current
        elif action == name.MoveHome and box is not None:
            to = box.shown[0]
        elif action == name.MoveEnd and box is not None:
            to = box.shown[-1]
        return self.board.index_of(to)

    def rowsAboutToBeRemoved(self, parent: Index, start: int, end: int) -> None:
        """When the current note goes, its neighbour in the cell becomes the current one."""
        current = self.current()
        gone = {self.board.id_at(row) for row in range(start, end + 1)}
        if current is not None and current in gone:
            heir = self._heir(current, gone)
            if heir is not None:
                self.selectionModel().setCurrentIndex(
                    self.board.index_of(heir), QItemSelectionModel.SelectionFlag.SelectCurrent
                )
        QAbstractItemView.rowsAboutToBeRemoved(self, parent, start, end)

    def _heir(self, current: NoteId, gone: Collection[NoteId]) -> NoteId | None:
        for box in self._layout.boxes:
            if current in box.notes:
                at = box.notes.index(current)
                near = [*box.notes[at + 1 :], *reversed(box.notes[:at])]
                fits = (note for note in near if note not in gone and self.board.has(note))
                return next(fits, None)
        return None

    def _remember(self) -> None:
        self._keep = self.selected(), self.current()

    def setModel(self, model: QAbstractItemModel | None) -> None:
        """After a reset the selection is emptied last; what was chosen is put back after that."""
        super().setModel(model)
        if model is not None:
            model.modelReset.connect(self._restore)

    def _restore(self) -> None:
        chosen, current = self._keep
        self.rearrange()
        flags = QItemSelectionModel.SelectionFlag
        for note in chosen:
            self.selectionModel().select(self.board.index_of(note), flags.Select)
        if current is not None and self.board.has(current):
            self.selectionModel().setCurrentIndex(self.board.index_of(current), flags.NoUpdate)
