"""Where the keyboard goes on the board, and where it takes notes: pure functions of the layout."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from PySide6.QtCore import QPoint, QRect

from facilitator.meeting.ids import NoteId
from facilitator.meeting.notes import Cell
from ui.board.layout import Box, Layout
from ui.board.plan import Plan, PlannedColumn

LEFT: Final = QPoint(-1, 0)
RIGHT: Final = QPoint(1, 0)
UP: Final = QPoint(0, -1)
DOWN: Final = QPoint(0, 1)


def nearest(layout: Layout, start: NoteId, way: QPoint) -> NoteId | None:
    """The note next to ``start`` on the screen; up and down stay in the column."""
    here = layout.places.get(start)
    if here is None:
        return None
    best: tuple[int, NoteId] | None = None
    for box in layout.boxes:
        if way.y() and not box.rect.left() <= here.left() <= box.rect.right():
            continue
        for note in box.shown:
            far = _distance(here, layout.places[note], way)
            if far is not None and (best is None or far < best[0]):
                best = far, note
    return best[1] if best is not None else None


def _distance(here: QRect, there: QRect, way: QPoint) -> int | None:
    """How far one must look; None when it is not on that side."""
    across, down = there.x() - here.x(), there.y() - here.y()
    if way.x():
        return across * way.x() + 4 * abs(down) if across * way.x() > 0 else None
    return down * way.y() + 2 * abs(across) if down * way.y() > 0 else None


def beside(plan: Plan, cell: Cell, way: QPoint) -> Cell | None:
    """The cell next to a cell: of the theme beside it, or above or below in the same theme."""
    at = next((n for n, column in enumerate(plan.columns) if column.theme == cell[0]), None)
    if at is None:
        return None
    cells = [planned.cell for planned in plan.columns[at].cells]
    if cell not in cells:
        return None
    if way.y():
        row = cells.index(cell) + way.y()
        return cells[row] if 0 <= row < len(cells) else None
    if not 0 <= at + way.x() < len(plan.columns):
        return None
    return _matching(plan.columns[at], plan.columns[at + way.x()], cell)


def _matching(here: PlannedColumn, there: PlannedColumn, cell: Cell) -> Cell:
    """The cell of another theme at the same height; own categories go by their number."""
    for planned in there.cells:
        if planned.cell[1] == cell[1]:
            return planned.cell
    own = [planned.cell for planned in here.cells if not planned.across]
    other = [planned.cell for planned in there.cells if not planned.across]
    return other[min(own.index(cell), len(other) - 1)]


def last_in_sight(box: Box | None, notes: Sequence[NoteId], moved: Collection[NoteId]) -> int:
    """Where notes go that come by the keyboard: at the end, or at the end of what is shown."""
    others = [note for note in notes if note not in moved]
    if box is None or not box.hidden:
        return len(others)
    return max(0, len(box.shown) - len(moved))


def before_at(notes: Sequence[NoteId], slot: int, moved: Collection[NoteId]) -> NoteId | None:
    """The note that comes after what is put at a slot; None at the end."""
    return next((note for note in notes[slot:] if note not in moved), None)


def earlier(notes: Sequence[NoteId], moved: Collection[NoteId]) -> NoteId | None:
    """The note to go before, one place up; on top already, the first one that stays."""
    first = next((n for n, note in enumerate(notes) if note in moved), 0)
    return notes[first - 1] if first > 0 else before_at(notes, 0, moved)


def later(notes: Sequence[NoteId], moved: Collection[NoteId]) -> NoteId | None:
    """The note to go before, one place down; None at the end."""
    last = max((n for n, note in enumerate(notes) if note in moved), default=0)
    others = [n for n, note in enumerate(notes) if n > last and note not in moved]
    return notes[others[1]] if len(others) > 1 else None


def after_placing(
    notes: Sequence[NoteId], moved: Sequence[NoteId], before: NoteId | None
) -> list[NoteId]:
    """The notes of a cell when these have been put there."""
    taken = set(moved)
    others = [note for note in notes if note not in taken]
    at = others.index(before) if before in others else len(others)
    return [*others[:at], *moved, *others[at:]]
