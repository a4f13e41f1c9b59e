"""How high the matrix becomes on paper, about: which text fits, and where a high row is cut."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil
from typing import Final

from facilitator.report.blocks import Matrix, MatrixGroup, MatrixNote, MatrixRow
from facilitator.report.sheet import A4, Sheet

ROW_TITLE: Final = 1500
POINT: Final = 20  # twips
NOTE_SIZES: Final = (19, 18, 17, 16)  # half points, largest first
WIDE_SIZES: Final = (17, 16, 15, 14)  # of letters so wide that they read as well as larger ones
WIDE: Final = 1.15
HIGH: Final = 1.06  # of what was estimated fits too: it is on the high side
SAFE: Final = 0.92  # of a page; nobody but Word knows where it breaks a line
STEP: Final = 0.04
LEAST: Final = 0.3  # of a page; a high row begins on the next one where less is left
FRONT: Final = 2_400  # twips of title and facts above the matrix


_Piece = tuple[float, int, str, MatrixNote | None]
"""A note, or the sign that there is none: its height, its group, and the group's title on top."""


def matrix_widths(block: Matrix, sheet: Sheet = A4) -> list[int]:
    """The columns of the matrix, in twips."""
    first = [ROW_TITLE] if block.corner else []
    left = sheet.landscape - sum(first)
    return [*first, *whole([left / len(block.columns)] * len(block.columns))]


def whole(widths: Sequence[float]) -> list[int]:
    """The same widths in whole twips."""
    rounded = [int(width) for width in widths]
    rounded[-1] += round(sum(widths)) - sum(rounded)
    return rounded


def note_size(blocks: Sequence[Matrix], sheet: Sheet = A4, taken: int = 0) -> int:
    """The largest text with which each matrix fits on its page; where none does, a middling one.

    ``taken``: what stands above the first of them already.
    """
    sizes = WIDE_SIZES if sheet.letters >= WIDE else NOTE_SIZES
    least = _fill(blocks, sizes[-1], sheet, taken)
    if least > 1:
        return sizes[-1] if least <= HIGH else sizes[1]
    return next(size for size in sizes if _fill(blocks, size, sheet, taken) <= 1)


def _fill(blocks: Sequence[Matrix], size: int, sheet: Sheet, taken: int) -> float:
    """How much of its page the fullest takes."""
    rooms = [sheet.room - taken, *[sheet.room] * len(blocks)]
    found = (_height(block, size, sheet) / room for block, room in zip(blocks, rooms, strict=False))
    return max(found, default=0)


def _height(block: Matrix, size: int, sheet: Sheet) -> float:
    widths = matrix_widths(block, sheet)[bool(block.corner) :]
    return sum(row_height(row, widths, size, sheet) for row in block.rows)


def row_height(row: MatrixRow, widths: Sequence[int], size: int, sheet: Sheet = A4) -> float:
    """About how high a row becomes, in twips."""
    return max(
        sum(_group_height(group, width, size, sheet.letters) for group in cell)
        for cell, width in zip(row.cells, widths, strict=True)
    )


def _group_height(group: MatrixGroup, width: int, size: int, wide: float) -> float:
    high = _note_heights(group.notes, width, size, wide)
    return sum(high) + (_line(size) + 120 if group.title else 0)


def _note_heights(
    notes: Sequence[MatrixNote], width: int, size: int, wide: float
) -> Iterator[float]:
    line = _line(size)
    letters = (width - 312) / (0.475 * wide * size / 2 * POINT)  # fit on a line
    for note in notes:
        text = note.text + note.more if note.more else note.text
        if "\n" in text:
            lines = sum([ceil(len(part) / letters) for part in text.split("\n")])
        else:
            lines = ceil(len(text) / letters)
        yield lines * line + (100 if note.conclusion else 30)


def _line(size: int) -> float:
    return 1.22 * size / 2 * POINT


def _pieces(cell: Sequence[MatrixGroup], width: int, size: int, wide: float) -> list[_Piece]:
    found: list[_Piece] = []
    for place, group in enumerate(cell):
        titled = _line(size) + 120 if group.title else 0.0
        title = group.title
        if not group.notes:
            found.append((titled, place, title, None))
        heights = _note_heights(group.notes, width, size, wide)
        for note, high in zip(group.notes, heights, strict=True):
            found.append((titled + high, place, title, note))
            titled, title = 0.0, ""
    return found


class Flow:
    """The rows of one matrix, page by page: those that fit on no page in parts that do."""

    def __init__(self, widths: Sequence[int], size: int, sheet: Sheet, taken: int) -> None:
        self._widths, self._size, self._sheet = widths, size, sheet
        self._left = float(sheet.room - taken)
        self._below_title = taken > 0  # a row that does not fit there begins there all the same

    def parts(self, row: MatrixRow) -> Iterator[tuple[MatrixRow, bool]]:
        """A row as one or as several, and whether each fits on a page."""
        sheet = self._sheet
        high = row_height(row, self._widths, self._size, sheet)
        room = self._left if self._below_title else sheet.room
        self._below_title = False
        if high <= HIGH * room:
            self._left = self._left - high if high <= self._left else sheet.next_room - high
            yield row, True
            return
        columns = [
            _pieces(cell, width, self._size, sheet.letters)
            for cell, width in zip(row.cells, self._widths, strict=True)
        ]
        heights = [[piece[0] for piece in column] for column in columns]
        first = self._left if self._left > LEAST * sheet.room else sheet.next_room
        cut = _evenly(heights, first, sheet.next_room)
        number = 1 + max(max(each) for each in cut)
        pages = [
            _by_page(column, places, number) for column, places in zip(columns, cut, strict=True)
        ]
        for cells in zip(*pages, strict=True):
            high = max(sum(piece[0] for piece in cell) for cell in cells)
            self._left = sheet.next_room - high
            yield MatrixRow(row.title, tuple(map(_groups, cells))), high <= sheet.next_room


def _by_page(column: Sequence[_Piece], pages: Sequence[int], number: int) -> list[list[_Piece]]:
    found: list[list[_Piece]] = [[] for _ in range(number)]
    for piece, page in zip(column, pages, strict=False):
        found[page].append(piece)
    return found


def _evenly(heights: Sequence[Sequence[float]], first: float, later: float) -> list[list[int]]:
    """The page of each piece in each column: no more pages than needed, filled about the same."""
    fullest = [_filled(column, SAFE * first, SAFE * later) for column in heights]
    pages = max(max(each) for each in fullest)
    share = max(map(sum, heights)) / (first + pages * later)
    while share < SAFE:
        found = [_filled(column, share * first, share * later) for column in heights]
        if max(max(each) for each in found) <= pages:
            return found
        share += STEP
    return fullest


def _filled(column: Sequence[float], first: float, later: float) -> list[int]:
    """The page of each piece where each page is filled until the next piece does not fit."""
    pages, page, used, room = [], 0, 0.0, first
    for height in column:
        if used and used + height > room:
            page, used, room = page + 1, 0.0, later
        used += height
        pages.append(page)
    return pages or [0]


def _groups(cell: Sequence[_Piece]) -> tuple[MatrixGroup, ...]:
    found: dict[int, tuple[str, list[MatrixNote]]] = {}
    for _height, group, title, note in cell:
        _title, notes = found.setdefault(group, (title, []))
        if note is not None:
            notes.append(note)
    return tuple(MatrixGroup(title, tuple(notes)) for title, notes in found.values())
