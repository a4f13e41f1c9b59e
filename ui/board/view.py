"""The board as one works with it: mouse, keyboard, and fields to type in."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QPixmap,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QToolTip, QWidget

from facilitator.i18n import _
from facilitator.meeting.ids import NoteId, ThemeId
from facilitator.meeting.meeting import the_meeting
from facilitator.meeting.notes import Cell
from ui import theme
from ui.board import keys, moves
from ui.board.acts import NoteActs
from ui.board.choosing import ChoosingSurface
from ui.board.drag import Drag
from ui.board.editing import NoteDelegate, TitleField
from ui.board.model import BoardModel, Index
from ui.board.painting import Look
from ui.board.pile import Pile
from ui.board.rescue import Rescue
from ui.board.surface import STEP
from ui.widgets.labels import tip

BARE: Final = """
QListView { border: none; background: transparent; }
QAbstractScrollArea::corner { border: none; background: transparent; }
"""
TITLE_WIDTH: Final = 240  # pixels of a field for the title of a row


class BoardView(ChoosingSurface):
    """The board. What is done to notes is asked for by ``acts``."""

    menu_wanted = Signal(object, object, object)  # Box, NoteId, either may be None; a QPoint
    title_typed = Signal(object, str)  # Cell, its new title
    category_typed = Signal(object, str)  # ThemeId or None, the title of a new category

    def __init__(
        self,
        model: BoardModel,
        acts: NoteActs,
        colours: theme.Palette | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(model, colours or theme.palette(light=True), parent)
        self.acts = acts
        self._drag: Drag | None = None
        self._band = QRect()
        self._delegate = NoteDelegate(
            lambda: the_meeting(model.replica.state).note_length, model.note_at, self
        )
        self._delegate.typed.connect(self._typed)
        self.rescue = Rescue(self._delegate, model.has, self.edit_note, self)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(_("Matrix van notities"))
        self.setStyleSheet(BARE)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.setModel(model)
        model.arranged.connect(self.rearrange)

    def held(self) -> bool:
        """Nothing moves while something is dragged or typed."""
        return super().held() or (self._drag is not None and self._drag.running)

    def ghost(self, note: NoteId, count: int) -> QPixmap:
        """The picture of notes that are being dragged."""
        size = self._layout.places[note].size()
        ratio = self.viewport().devicePixelRatioF()
        return self._painter.ghost(size, self.board.note(note), count, ratio)

    # --- notes

    def put(self, notes: Sequence[NoteId], cell: Cell, before: NoteId | None) -> None:
        """Ask for notes to be put somewhere, unless they stand there already."""
        there = self.board.notes_at(cell)
        fit = [note for note in notes if self.board.has(note)]
        if fit and moves.after_placing(there, fit, before) != there:
            self.acts.place(fit, cell, before)

    def fold(self, cell: Cell) -> None:
        """Show all notes of a cell, or the first few."""
        self.unfolded ^= {cell}
        self.rearrange()

    def fold_all(self, *, folded: bool) -> None:
        """Show all notes of all cells, or the first few of each."""
        cells = () if folded else (box.cell for box in self.layout_now().boxes)
        self.unfolded = set(cells)
        self.rearrange()

    def dim_all_but(self, found: Collection[NoteId] | None) -> None:
        """Dim all other notes; None: no more."""
        self._look.found = found
        self.viewport().update()

    def merge(self, head: NoteId) -> None:
        """Put the chosen notes under one of them, which stays the current one."""
        self.acts.merge(head, [note for note in self.selected() if note != head])
        self.go_to(head)

    def open_pile(self, head: NoteId) -> None:
        """Show what lies under a note, beside it."""
        self.show_note(head)
        at = self.viewport().mapToGlobal(self.rect_of(head).bottomLeft())
        Pile(self.board, self.acts, head, self).open_at(at)

    def edit_note(self, note: NoteId) -> None:
        """Open a field over a note."""
        self.show_note(note)
        self.edit(self.board.index_of(note))

    def _typed(self, index: Index, text: str) -> None:
        if index.isValid():
            self.acts.edit(self.board.id_at(index.row()), text)

    # --- categories

    def rename(self, cell: Cell) -> None:
        """Open a field over the title of a category."""
        layout = self.layout_now()
        box = layout.box_of(cell)
        if box is None or cell[1] is None:
            return
        if box.across:
            side = next(side for side in layout.sides if side.category == cell[1])
            rect = QRect(
                2, side.y - self.verticalOffset(), layout.left + 120, self._sizes.title + 6
            )
        else:
            rect = self.on_screen(box.rect).adjusted(2, 2, -2, 0)
            rect.setHeight(self._sizes.title + 6)
        TitleField(self.viewport(), rect, box.title, lambda text: self.title_typed.emit(cell, text))

    def add_category(self, theme_id: ThemeId) -> None:
        """Open a field under the cells of a theme."""
        rect = next((rect for key, rect in self.layout_now().adders if key == theme_id), None)
        if rect is None:
            return
        bar = self.verticalScrollBar()
        bar.setValue(max(bar.value(), rect.bottom() + STEP - self.viewport().height()))
        place = self.on_screen(rect)
        TitleField(
            self.viewport(), place, "", lambda text: self.category_typed.emit(theme_id, text)
        )

    def add_row(self) -> None:
        """Open a field for the title of a row, under the rows that there are."""
        layout = self.layout_now()
        bar = self.verticalScrollBar()
        bar.setValue(bar.maximum())
        foot = self.on_screen(QRect(QPoint(), layout.size)).bottom()
        top = min(foot, self.viewport().height() - self._sizes.adder - 4)
        rect = QRect(4, top, TITLE_WIDTH, self._sizes.adder + 2)
        TitleField(self.viewport(), rect, "", lambda text: self.category_typed.emit(None, text))

    # --- mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of a note, unfold a cell, or begin to select."""
        at = event.position().toPoint()
        left = event.button() is Qt.MouseButton.LeftButton
        if not left or self._pressed_place(at):
            if event.button() is Qt.MouseButton.RightButton:
                self._choose_for_menu(at)
            return
        index = self.indexAt(at)
        if not index.isValid():
            self._band = QRect(at, at)
            super().mousePressEvent(event)
            return
        chosen = self.selectionModel().isSelected(index)
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if plain and chosen:  # several may be taken along; one alone is chosen at the release
            flags = QItemSelectionModel.SelectionFlag.NoUpdate
            self.selectionModel().setCurrentIndex(index, flags)
        else:
            super().mousePressEvent(event)
        self._end_drag()
        if plain:
            self._drag = Drag(self, self.board.id_at(index.row()), at)

    def _pressed_place(self, at: QPoint) -> bool:
        """A press on something that is no note: a tile, “+2” on a note, or “+ categorie”."""
        box = self.box_under(at)
        if box is not None and box.more is not None and box.more.contains(self.on_board(at)):
            self.fold(box.cell)
            return True
        head = self._pile_at(at)
        if head is not None:
            self.open_pile(head)
            return True
        adder = self._adder_at(at)
        if adder is not None:
            self.add_category(adder)
            return True
        return at.y() < self.layout_now().top

    def _pile_at(self, at: QPoint) -> NoteId | None:
        """The note whose “+2” is at this point."""
        index = self.indexAt(at)
        note = self.board.id_at(index.row()) if index.isValid() else None
        if note is None or not self.board.under(note):
            return None
        return note if self._painter.corner(self.rect_of(note)).contains(at) else None

    def _adder_at(self, at: QPoint) -> ThemeId | None:
        if at.y() < self.layout_now().top:
            return None
        point = self.on_board(at)
        return next((key for key, rect in self._layout.adders if rect.contains(point)), None)

    def _choose_for_menu(self, at: QPoint) -> None:
        """A right press chooses the note under it, unless that is chosen already."""
        index = self.indexAt(at)
        if index.isValid() and not self.selectionModel().isSelected(index):
            self.setCurrentIndex(index)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag, or draw the band that selects."""
        at = event.position().toPoint()
        if event.buttons() & Qt.MouseButton.LeftButton:
            if self._drag is not None:
                self._drag.move(at)
                return
            if not self._band.isNull() or self.state() == self.State.DragSelectingState:
                self._band.setBottomRight(at)
                self.viewport().update()
            super().mouseMoveEvent(event)
            return
        self._hover(at)
        super().mouseMoveEvent(event)

    def _hover(self, at: QPoint) -> None:
        """Light up a tile or adder under the mouse."""
        box = self.box_under(at)
        point = self.on_board(at)
        spot = None
        if box is not None and box.more is not None and box.more.contains(point):
            spot = box.more
        elif at.y() >= self._layout.top:
            spot = next((r for _key, r in self._layout.adders if r.contains(point)), None)
        if spot != self._look.hovered:
            self._look.hovered = spot
            shape = (
                Qt.CursorShape.ArrowCursor if spot is None else Qt.CursorShape.PointingHandCursor
            )
            self.viewport().setCursor(shape)
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        drag, self._drag = self._drag, None
        self._band = QRect()
        self.viewport().update()
        if drag is not None:
            drag.deleteLater()
        if drag is not None and drag.running:
            drag.drop()
            self.setState(self.State.NoState)
            self.rearrange()  # what arrived during the drag takes its place now
            return
        if drag is not None and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.setCurrentIndex(self.indexAt(event.position().toPoint()))
        super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Type: in the note, or in the title of the cell."""
        at = event.position().toPoint()
        index, box = self.indexAt(at), self.box_under(at)
        if index.isValid():
            self.edit_note(self.board.id_at(index.row()))
        elif box is not None and self.on_board(at).y() < box.rect.top() + self._sizes.title:
            self.rename(box.cell)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With Ctrl: larger or smaller."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if not self.held():
                self.zoom_by(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
            return
        super().wheelEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done here; by the keyboard, to the current note."""
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            note = self.current()
            box = self.layout_now().box_of(self.board.cell_of(note)) if note is not None else None
            place = self.rect_of(note).center() if note is not None else QPoint(20, 20)
        else:
            place = event.pos()
            index, box = self.indexAt(place), self.box_under(place)
            note = self.board.id_at(index.row()) if index.isValid() else None
        self.menu_wanted.emit(box, note, self.viewport().mapToGlobal(place))

    def viewportEvent(self, event: QEvent) -> bool:
        """The whole title of a theme, where there was no room for it."""
        if isinstance(event, QHelpEvent) and event.pos().y() < self.layout_now().top:
            x = self.on_board(event.pos()).x()
            for head in self._layout.heads:
                if head.x <= x < head.x + head.width:
                    QToolTip.showText(event.globalPos(), tip(head.column.title), self.viewport())
            return True
        return bool(super().viewportEvent(event))

    # --- keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of the board; see ``keys``."""
        if event.key() == Qt.Key.Key_Escape:
            self._escape()
        elif not self.held() and not keys.press(self, event):
            super().keyPressEvent(event)

    def _escape(self) -> None:
        """Let go of what is being dragged, or of what is chosen. Never hurts."""
        if self._drag is not None and self._drag.running:
            self._end_drag()
        else:
            self.clearSelection()

    def _end_drag(self) -> None:
        """No drag any more; nothing has moved."""
        drag, self._drag = self._drag, None
        if drag is not None:
            drag.stop()
            drag.deleteLater()
            self.rearrange()

    def keyboardSearch(self, _text: str) -> None:
        """Letters are keys here; searching has its own field."""

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The ring around the current note goes with the keyboard."""
        super().focusOutEvent(event)
        self.viewport().update()

    # --- painting

    def _seen(self) -> Look:
        look, drag = self._look, self._drag
        look.selected = {
            self.board.id_at(index.row()) for index in self.selectionModel().selectedIndexes()
        }
        look.current = self.current() if self.hasFocus() else None
        running = drag is not None and drag.running
        look.dragged = set(drag.notes) if drag is not None and running else ()
        target = drag.target if drag is not None else None
        look.target = target.cell if target is not None else None
        look.mark = drag.mark if drag is not None else None
        return look

    def paint_over(self, painter: QPainter) -> None:
        """The band that selects, what is being dragged, and the keyboard where no note has it."""
        if self.hasFocus() and self.current() is None:
            painter.setPen(QPen(QColor(self._colours.focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.viewport().rect().adjusted(1, 1, -2, -2), 6, 6)
        if not self._band.isNull() and self._drag is None:
            painter.setPen(QPen(QColor(self._colours.accent), 1.5, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self._band.normalized())
        if self._drag is not None:
            self._drag.paint(painter)
