"""The ground of the board: a list view that lays out and paints itself.

To screen readers and to the keyboard it is a list, so each note is a thing with a name. What is
said about a note is in ``model``, where it stands in ``layout``, how it looks in ``painting``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QItemSelection, QModelIndex, QPoint, QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from facilitator.meeting.ids import NoteId
from facilitator.meeting.notes import Cell
from ui import theme
from ui.board.layout import Box, Layout, lay_out, measures
from ui.board.model import BoardModel, Index
from ui.board.painting import BoardPainter, Look
from ui.board.writing import Writing

ZOOMS: Final = (0.6, 0.7, 0.8, 0.9, 1.0, 1.15, 1.3, 1.5, 1.75, 2.0)
NORMAL: Final = ZOOMS.index(1.0)
STEP: Final = 48  # pixels a step of a scroll bar


class Surface(QListView):
    """Where notes stand on the screen, and what they look like; nothing can be done to it yet."""

    def __init__(
        self, model: BoardModel, colours: theme.Palette, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.board = model
        self._colours = colours
        self._layout = Layout(size=QSize())
        self._stale = True
        self._look = Look()
        self.unfolded: set[Cell] = set()
        self._zoom = NORMAL
        self._set_type()

    def held(self) -> bool:
        """Whether nothing may move now, because somebody has it under the mouse or types in it."""
        return self.state() == QAbstractItemView.State.EditingState

    # --- the layout

    def layout_now(self) -> Layout:
        """Where everything stands; worked out when somebody asks, and not during a drag."""
        if self._stale and not self.held():
            self._stale = False
            self._lay_out()
        return self._layout

    def _lay_out(self) -> None:
        anchor = self._anchor()
        width = self.width() - self.verticalScrollBar().sizeHint().width()
        plan = self.board.plan()
        self._layout = lay_out(
            plan,
            self._writing.gutter(self._sizes, [row.title for row in plan.rows]),
            self._lines,
            self._writing.lines_of_title,
            self.unfolded,
            width,
        )
        self._set_ranges()
        self._hold(anchor)

    def _lines(self, key: NoteId, width: int, whole: bool) -> int:  # noqa: FBT001 - see Lines
        note = self.board.note(key)
        room = self._painter.room(note, width)
        return self._writing.written(note, room, whole=whole).lines

    def _anchor(self) -> tuple[Cell, int] | None:
        """The cell on top of what is in sight, and where it stands on the screen."""
        top = self.verticalOffset()
        if top == 0:
            return None
        for box in self._layout.boxes:
            if box.rect.bottom() > top + self._layout.top:
                return box.cell, box.rect.y() - top
        return None

    def _hold(self, anchor: tuple[Cell, int] | None) -> None:
        """What is in sight stays where it was, whatever grew above it."""
        box = self._layout.box_of(anchor[0]) if anchor is not None else None
        if anchor is not None and box is not None:
            self.verticalScrollBar().setValue(box.rect.y() - anchor[1])

    def rearrange(self) -> None:
        """Lay everything out again, before it is painted."""
        self._stale = True
        self.viewport().update()

    def _set_type(self) -> None:
        self._writing = Writing(ZOOMS[self._zoom])
        self._sizes = measures(ZOOMS[self._zoom], self._writing.line)
        self._painter = BoardPainter(self.board, self._colours, self._writing, self._sizes)
        self.rearrange()

    def _set_ranges(self) -> None:
        room, size = self.viewport().size(), self._layout.size
        for bar, whole, part in (
            (self.verticalScrollBar(), size.height(), room.height()),
            (self.horizontalScrollBar(), size.width(), room.width()),
        ):
            bar.setRange(0, max(0, whole - part))
            bar.setPageStep(part)
            bar.setSingleStep(STEP)

    # --- places

    def on_board(self, point: QPoint) -> QPoint:
        """A point of the screen, on the board."""
        return point + QPoint(self.horizontalOffset(), self.verticalOffset())

    def on_screen(self, rect: QRect) -> QRect:
        """A rectangle of the board, on the screen."""
        return rect.translated(-self.horizontalOffset(), -self.verticalOffset())

    def rect_of(self, note: NoteId) -> QRect:
        """Where a note is on the screen; empty when it is folded away."""
        place = self.layout_now().places.get(note)
        return self.on_screen(place) if place is not None else QRect()

    def board_area(self) -> QRect:
        """The part of the screen under the heads and beside the titles of rows."""
        layout = self.layout_now()
        return self.viewport().rect().adjusted(layout.left, layout.top, 0, 0)

    def box_under(self, point: QPoint) -> Box | None:
        """The cell at a point of the screen."""
        if point.y() < self.layout_now().top:
            return None
        return self._layout.box_at(self.on_board(point))

    # --- zoom

    def zoom_by(self, steps: int) -> None:
        """Larger or smaller notes."""
        self.zoom_to(self._zoom + steps)

    def zoom_to(self, step: int = NORMAL) -> None:
        """Notes of one of the sizes; as they are made, unless told otherwise."""
        self._zoom = max(0, min(len(ZOOMS) - 1, step))
        self._set_type()

    # --- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """What is in sight."""
        layout = self.layout_now()
        painter = QPainter(self.viewport())
        scrolled = self.on_board(QPoint(0, 0))
        painter.translate(-scrolled)
        self._painter.paint(
            painter, layout, self._seen(), event.rect().translated(scrolled), scrolled
        )
        painter.resetTransform()
        self.paint_over(painter)
        painter.end()

    def _seen(self) -> Look:
        """What there is to see besides the layout."""
        return self._look

    def paint_over(self, painter: QPainter) -> None:
        """What is painted over everything, in the coordinates of the screen."""

    # --- what Qt asks of a view

    def doItemsLayout(self) -> None:
        """The board lays itself out."""
        QAbstractItemView.doItemsLayout(self)

    def updateGeometries(self) -> None:
        """Ranges follow the layout."""
        if not self._stale:
            self._set_ranges()

    def horizontalOffset(self) -> int:
        """How far it is scrolled to the right."""
        return self.horizontalScrollBar().value()

    def verticalOffset(self) -> int:
        """How far it is scrolled down."""
        return self.verticalScrollBar().value()

    def isIndexHidden(self, _index: Index) -> bool:
        """Hidden notes are not in the model."""
        return False

    def visualRect(self, index: Index) -> QRect:
        """Where a note is on the screen."""
        if not index.isValid() or index.row() >= self.board.rowCount():
            return QRect()
        return self.rect_of(self.board.id_at(index.row()))

    def indexAt(self, point: QPoint) -> QModelIndex:
        """The note at a point of the screen."""
        if point.y() < self.layout_now().top:
            return QModelIndex()
        note = self._layout.note_at(self.on_board(point))
        return self.board.index_of(note) if note is not None else QModelIndex()

    def scrollTo(
        self,
        index: Index,
        _hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Scroll until a note is in sight."""
        rect = self.visualRect(index)
        if rect.isEmpty() or self.held():
            return
        area = self.board_area().adjusted(0, 4, -8, -12)
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        if rect.top() < area.top():
            down.setValue(down.value() + rect.top() - area.top())
        elif rect.bottom() > area.bottom():
            down.setValue(
                down.value() + min(rect.bottom() - area.bottom(), rect.top() - area.top())
            )
        if rect.left() < area.left():
            across.setValue(across.value() + rect.left() - area.left())
        elif rect.right() > area.right():
            across.setValue(across.value() + rect.right() - area.right())

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """What to paint again when the selection changes."""
        region = QRegion()
        for index in selection.indexes():
            region += self.visualRect(index).adjusted(-6, -6, 6, 6)
        return region

    def dataChanged(self, first: Index, last: Index, roles: Sequence[int] = ()) -> None:
        """Words or marks changed: what Qt does of it in a list would lay out far too much."""
        QAbstractItemView.dataChanged(self, first, last, list(roles))
        self.rearrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width is another layout, at once, so that no scroll bar comes and goes."""
        QAbstractItemView.resizeEvent(self, event)
        self.rearrange()
        self.layout_now()
        self._set_ranges()

    def scrollContentsBy(self, _across: int, _down: int) -> None:
        """The heads stay where they are, so all is painted again."""
        self.viewport().update()
        self.updateEditorGeometries()

    def rowsInserted(self, parent: Index, start: int, end: int) -> None:
        """New notes: the layout follows when the model says so."""
        QAbstractItemView.rowsInserted(self, parent, start, end)
