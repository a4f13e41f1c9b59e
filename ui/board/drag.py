"""Dragging notes with the mouse: what hangs under it, where it would land, and the edges."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QCursor, QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from facilitator.meeting.ids import NoteId
from ui.board import moves
from ui.board.layout import Box

if TYPE_CHECKING:
    from ui.board.view import BoardView

EDGE: Final = 44  # pixels from a border, within which the board scrolls along
FASTEST: Final = 26  # pixels a beat, at the very border
BEAT: Final = 16  # milliseconds
MARK: Final = 4  # width of the line where a drop would go


class Drag(QObject):
    """One drag, from the press of the button until it is let go. Nothing moves until then."""

    def __init__(self, view: BoardView, pressed: NoteId, at: QPoint) -> None:
        super().__init__(view)
        self._view = view
        self._pressed = pressed
        self._from = at
        self._at = at
        self._ghost: QPixmap | None = None
        self._drawn = QRect()
        self._offset = at - view.rect_of(pressed).topLeft()
        self.notes: tuple[NoteId, ...] = ()
        self.target: Box | None = None
        self.slot = 0
        self.mark: QRect | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(BEAT)
        self._timer.timeout.connect(self._scroll)

    @property
    def running(self) -> bool:
        """Whether the mouse went far enough to be a drag."""
        return self._ghost is not None

    def move(self, at: QPoint) -> None:
        """The mouse is here now."""
        self._at = at
        if not self.running:
            if (at - self._from).manhattanLength() < QApplication.startDragDistance():
                return
            self._begin()
        self._aim()
        self._redraw()
        if not self._speed().isNull() and not self._timer.isActive():
            self._timer.start()

    def drop(self) -> None:
        """Let go: one wish, if the notes would stand elsewhere than they do."""
        target, notes = self.target, self.notes
        self.stop()
        if target is not None:
            slot = min(self.slot, len(target.notes))
            before = moves.before_at(target.notes, slot, set(notes))
            self._view.put(notes, target.cell, before)

    def stop(self) -> None:
        """No drag any more."""
        self._timer.stop()
        self._ghost = None
        self.target = self.mark = None
        self._view.viewport().unsetCursor()
        self._view.viewport().update()

    def paint(self, painter: QPainter) -> None:
        """What hangs under the mouse, over everything."""
        if self._ghost is not None:
            painter.drawPixmap(self._at - self._offset, self._ghost)

    def _begin(self) -> None:
        view = self._view
        chosen = view.selected()
        self.notes = tuple(chosen) if self._pressed in chosen else (self._pressed,)
        self._ghost = view.ghost(self._pressed, len(self.notes))
        view.viewport().setCursor(QCursor(Qt.CursorShape.ClosedHandCursor))
        view.viewport().update()

    def _aim(self) -> None:
        """Find the cell and the place in it under the mouse."""
        view = self._view
        box, mark = None, None
        if view.board_area().contains(self._at):
            point = view.on_board(self._at)
            box = view.layout_now().box_at(point)
            if box is not None:
                self.slot = view.layout_now().slot_at(box, point)
                mark = self._mark_of(box, self.slot)
        if box is not self.target:
            for changed in (box, self.target):
                if changed is not None:
                    view.viewport().update(view.on_screen(changed.rect).adjusted(-4, -4, 4, 4))
        if mark != self.mark:
            for line in (mark, self.mark):
                if line is not None:
                    view.viewport().update(view.on_screen(line).adjusted(-2, -2, 2, 2))
        self.target, self.mark = box, mark

    def _mark_of(self, box: Box, slot: int) -> QRect | None:
        """The line between two notes."""
        places = self._view.layout_now().places
        if not box.shown:
            return None
        after = slot >= len(box.shown)
        near = places[box.shown[min(slot, len(box.shown) - 1)]]
        if box.beside == 1:
            y = near.bottom() + 3 if after else near.top() - 6
            return QRect(near.left(), y, near.width(), MARK)
        x = near.right() + 3 if after else near.left() - 6
        return QRect(x, near.top(), MARK, near.height())

    def _redraw(self) -> None:
        if self._ghost is None:
            return
        size = self._ghost.deviceIndependentSize().toSize()
        now = QRect(self._at - self._offset, size)
        self._view.viewport().update(self._drawn)
        self._view.viewport().update(now)
        self._drawn = now

    def _speed(self) -> QPoint:
        """How fast the board scrolls along, when the mouse is near a border."""
        area = self._view.board_area()

        def pull(at: int, low: int, high: int) -> int:
            inside = min(at - low, high - at)
            if inside >= EDGE:
                return 0
            strength = min(1.0, (EDGE - inside) / EDGE)
            return round(FASTEST * strength) * (-1 if at - low < high - at else 1)

        return QPoint(
            pull(self._at.x(), area.left(), area.right()),
            pull(self._at.y(), area.top(), area.bottom()),
        )

    def _scroll(self) -> None:
        speed = self._speed()
        if speed.isNull() or not self.running:
            self._timer.stop()
            return
        across, down = self._view.horizontalScrollBar(), self._view.verticalScrollBar()
        across.setValue(across.value() + speed.x())
        down.setValue(down.value() + speed.y())
        self._aim()
        self._redraw()
