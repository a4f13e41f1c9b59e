"""Where everything stands on the board: a pure function of what there is and how wide it may be.

All places are in the coordinates of the whole board, from its top left corner. The heads of the
columns and the titles of the rows stay in sight when it scrolls; ``top`` and ``left`` are the room
that is kept for them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection
from typing import Final

import msgspec
from PySide6.QtCore import QPoint, QRect, QSize

from facilitator.meeting.ids import CategoryId, NoteId, ThemeId
from facilitator.meeting.notes import Cell
from ui.board.plan import Plan, PlannedCell, PlannedColumn

Lines = Callable[[NoteId, int, bool], int]
"""How many lines a note has in a width; whole, or the first few."""

FOLDED_ROWS: Final = 2  # of notes in a folded cell with notes beside each other
FOLDED_NOTES: Final = 4  # in a folded cell with notes below each other
FEWEST_LINES: Final = 2  # room for text in notes beside each other


class Measures(msgspec.Struct, frozen=True):
    """Distances in pixels at one zoom."""

    line: int  # height of a line of text
    narrowest: int  # width of a note
    pad: int  # inside a cell, around its notes
    edge: int  # inside a note, around its words
    gap: int  # between notes
    space: int  # between cells
    foot: int  # under the words of a note: table and marks
    head: int  # a line of a column's head
    title: int  # the title inside a cell
    strip: int  # “alles tonen” across a cell; also the free room in an empty one
    adder: int  # “+ categorie” under the cells of a theme
    gutter: int  # for the titles of the rows


def measures(zoom: float, line: int) -> Measures:
    """The distances that go with a zoom."""

    def scaled(pixels: float) -> int:
        return max(1, round(pixels * zoom))

    return Measures(
        line=line,
        narrowest=scaled(106),
        pad=scaled(8),
        edge=scaled(9),
        gap=scaled(8),
        space=scaled(6),
        foot=scaled(20),
        head=scaled(22),
        title=scaled(30),
        strip=scaled(38),
        adder=scaled(32),
        gutter=scaled(92),
    )


class Box(msgspec.Struct):
    """A cell where it stands, with the notes of it that are shown, row by row."""

    cell: Cell
    column: int
    title: str
    across: bool  # its title stands at the left
    rect: QRect
    notes: list[NoteId]  # all
    shown: list[NoteId]
    beside: int  # notes beside each other
    note_width: int
    tops: list[int]  # of the rows of notes
    bottom: int  # under the last row of notes
    whole: bool  # unfolded: notes with all their words
    more: QRect | None = None  # “+6 alles tonen”, or “minder tonen”

    @property
    def hidden(self) -> int:
        """How many notes are folded away."""
        return len(self.notes) - len(self.shown)


class Head(msgspec.Struct, frozen=True):
    """The head of a column."""

    column: PlannedColumn
    x: int
    width: int
    lines: tuple[str, ...]


class Side(msgspec.Struct, frozen=True):
    """The title of a row across all columns."""

    category: CategoryId
    title: str
    y: int
    height: int


class Layout(msgspec.Struct):
    """The whole board, with places for everything."""

    size: QSize
    top: int = 0
    left: int = 0
    heads: tuple[Head, ...] = ()
    sides: tuple[Side, ...] = ()
    boxes: tuple[Box, ...] = ()
    places: dict[NoteId, QRect] = {}
    adders: tuple[tuple[ThemeId, QRect], ...] = ()

    def box_of(self, cell: Cell) -> Box | None:
        """The box of a cell."""
        return next((box for box in self.boxes if box.cell == cell), None)

    def box_at(self, point: QPoint) -> Box | None:
        """The box under a point."""
        return next((box for box in self.boxes if box.rect.contains(point)), None)

    def note_at(self, point: QPoint) -> NoteId | None:
        """The note under a point."""
        box = self.box_at(point)
        if box is None or not box.shown:
            return None
        row = bisect_right(box.tops, point.y()) - 1
        for note in box.shown[max(0, row) * box.beside : (row + 1) * box.beside]:
            if self.places[note].contains(point):
                return note
        return None

    def slot_at(self, box: Box, point: QPoint) -> int:
        """Between which notes of a cell a point is: the number of shown notes before it."""
        if not box.shown:
            return 0
        row = max(0, bisect_right(box.tops, point.y()) - 1)
        first = row * box.beside
        before = first
        for note in box.shown[first : first + box.beside]:
            middle = self.places[note].center()
            past = point.x() > middle.x() if box.beside > 1 else point.y() > middle.y()
            before += past
        if point.y() > box.bottom:
            before = len(box.shown)
        return min(before, len(box.shown))


class _Maker:
    """Lays out one board."""

    def __init__(
        self, plan: Plan, sizes: Measures, lines: Lines, unfolded: Collection[Cell], width: int
    ) -> None:
        self.plan, self.sizes, self.lines, self.unfolded = plan, sizes, lines, unfolded
        count = max(1, len(plan.columns))
        self.left = (sizes.gutter if plan.rows else 0) + sizes.space
        least = sizes.narrowest + 2 * sizes.pad
        room = width - self.left - sizes.space * count
        self.column = max(least, room // count)
        inside = self.column - 2 * sizes.pad
        self.beside = max(1, (inside + sizes.gap) // (sizes.narrowest + sizes.gap))
        self.note = (inside - (self.beside - 1) * sizes.gap) // self.beside
        self.own = not plan.rows or any(
            cell.cell[1] is not None and not cell.across
            for column in plan.columns
            for cell in column.cells
        )  # whether themes have categories of their own, or none have any yet
        self.boxes: list[Box] = []
        self.places: dict[NoteId, QRect] = {}
        self.adders: list[tuple[ThemeId, QRect]] = []

    def make(self, titles: Callable[[str, int], list[str]]) -> Layout:
        """The whole of it."""
        sizes = self.sizes
        heads = self._heads(titles)
        top = max((len(head.lines) for head in heads), default=1) * sizes.head + sizes.space * 3
        bottom = max((self._stack(n, head, top) for n, head in enumerate(heads)), default=top)
        if not self.own:  # only loose notes stand here: as high in all columns
            for box in self.boxes:
                box.rect.setBottom(bottom - sizes.space - 1)
        sides = []
        for row, category in enumerate(self.plan.rows):
            height = self._row(row, bottom)
            sides.append(Side(category=category.id, title=category.title, y=bottom, height=height))
            bottom += height + sizes.space
        return Layout(
            size=QSize(self._x(len(heads)), bottom + sizes.space),
            top=top,
            left=self.left,
            heads=tuple(heads),
            sides=tuple(sides),
            boxes=tuple(self.boxes),
            places=self.places,
            adders=tuple(self.adders),
        )

    def _x(self, column: int) -> int:
        return self.left + column * (self.column + self.sizes.space)

    def _heads(self, titles: Callable[[str, int], list[str]]) -> list[Head]:
        room = self.column - 4 * self.sizes.pad - self.sizes.head
        return [
            Head(
                column=column,
                x=self._x(number),
                width=self.column,
                lines=tuple(titles(column.title, room)),
            )
            for number, column in enumerate(self.plan.columns)
        ]

    def _stack(self, number: int, head: Head, y: int) -> int:
        """The loose notes and the own categories of a theme, below each other."""
        for planned in head.column.cells:
            if not planned.across:
                box = self._box(planned, number, y)
                y = box.rect.bottom() + 1 + self.sizes.space
        theme = head.column.theme
        if theme is not None and self.own:
            self.adders.append((theme, QRect(head.x, y, self.column, self.sizes.adder)))
            y += self.sizes.adder + self.sizes.space
        return y

    def _row(self, row: int, y: int) -> int:
        """One category across all columns; all its cells are equally high."""
        made = []
        for number, column in enumerate(self.plan.columns):
            cells = [planned for planned in column.cells if planned.across]
            made.append(self._box(cells[row], number, y))
        height = max((box.rect.height() for box in made), default=0)
        for box in made:
            box.rect.setHeight(height)
        return height

    def _box(self, planned: PlannedCell, column: int, y: int) -> Box:
        sizes = self.sizes
        whole = planned.cell in self.unfolded
        box = Box(
            cell=planned.cell,
            column=column,
            title=planned.title,
            across=planned.across,
            rect=QRect(self._x(column), y, self.column, 0),
            notes=planned.notes,
            shown=self._shown(planned, whole=whole),
            beside=self.beside,
            note_width=self.note,
            tops=[],
            bottom=0,
            whole=whole,
        )
        y += sizes.pad if planned.across else sizes.title
        y = self._notes(box, y)
        box.bottom = y
        loose = planned.cell[1] is None
        if not planned.notes:
            y += sizes.space if loose else sizes.strip
        elif whole and len(planned.notes) > self._most():
            box.more = QRect(box.rect.x() + sizes.pad, y, self.column - 2 * sizes.pad, sizes.strip)
            y += sizes.strip + sizes.gap
        elif box.hidden:
            y = self._tile(box, y)
        box.rect.setBottom(y - sizes.gap + sizes.pad - 1 if planned.notes else y - 1)
        self.boxes.append(box)
        return box

    def _most(self) -> int:
        return FOLDED_NOTES if self.beside == 1 else FOLDED_ROWS * self.beside

    def _shown(self, planned: PlannedCell, *, whole: bool) -> list[NoteId]:
        most = self._most()
        if whole or len(planned.notes) <= most:
            return planned.notes
        return planned.notes[: most - 1]

    def _notes(self, box: Box, y: int) -> int:
        """The rows of notes; each is as high as its longest note needs."""
        sizes, width = self.sizes, self.note - 2 * self.sizes.edge
        least = FEWEST_LINES if self.beside > 1 else 1
        first_x = box.rect.x() + sizes.pad
        for start in range(0, len(box.shown), self.beside):
            row = box.shown[start : start + self.beside]
            most = max(least, *(self.lines(note, width, box.whole) for note in row))
            height = 2 * sizes.edge + most * sizes.line + sizes.foot
            box.tops.append(y)
            for place, note in enumerate(row):
                x = first_x + place * (self.note + sizes.gap)
                self.places[note] = QRect(x, y, self.note, height)
            y += height + sizes.gap
        return y

    def _tile(self, box: Box, y: int) -> int:
        """“+6 alles tonen”: in the place of the last note, or as a strip under it."""
        sizes = self.sizes
        if self.beside == 1:
            box.more = QRect(box.rect.x() + sizes.pad, y, self.note, sizes.strip)
            return y + sizes.strip + sizes.gap
        last = self.places[box.shown[-1]]
        place = len(box.shown) % self.beside
        x = box.rect.x() + sizes.pad + place * (self.note + sizes.gap)
        box.more = QRect(x, last.y(), self.note, last.height())
        return y


def lay_out(
    plan: Plan,
    sizes: Measures,
    lines: Lines,
    titles: Callable[[str, int], list[str]],
    unfolded: Collection[Cell],
    width: int,
) -> Layout:
    """The board in a width; wider than that when the columns do not fit."""
    return _Maker(plan, sizes, lines, unfolded, width).make(titles)
