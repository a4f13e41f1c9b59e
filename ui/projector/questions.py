"""A few themes, each with its question under it, in the largest type in which all of them stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import QRectF

from ui.projector import typeset
from ui.projector.canvas import Canvas
from ui.projector.rows import CHIP_GAP, GAP, Row, paint_chip
from ui.projector.typeset import LEADING, SAMPLE, Setting
from ui.theme import REGULAR, SEMIBOLD

MOST: Final = 6  # themes; more of them stand without their questions
SIZES: Final = (60, 28)  # pixels of a question: at most, at least
NAME: Final = 1.25  # a name, in sizes of its question
NAMES: Final = (66, 36)  # pixels of a name: at most, at least
BETWEEN: Final = (10.0, 44.0)  # pixels between two themes: at least, at most
CHIP: Final = 76.0
WORTH: Final = 1.1  # so much larger must the type become for another column


class Entry(NamedTuple):
    """A theme as it stands: its name and its question in lines."""

    row: Row
    name: Setting
    question: Setting

    @property
    def side(self) -> float:
        """Of the chip with its number."""
        return _side(self.name.pixels)

    @property
    def height(self) -> float:
        """Of all."""
        return max(self.side, self.name.height + self.question.height)


class Sheet(NamedTuple):
    """Columns of themes, each as wide as the others."""

    columns: tuple[tuple[Entry, ...], ...]
    width: float

    @property
    def pixels(self) -> int:
        """How large its questions are."""
        return self.columns[0][0].question.pixels


def sheet_for(rows: Sequence[Row], box: QRectF, most_columns: int) -> Sheet | None:
    """The themes with their questions; None where there is no room for all of that."""
    if len(rows) > MOST or not any(row.under for row in rows):
        return None
    best: Sheet | None = None
    for columns in range(1, most_columns + 1):
        sheet = _largest(rows, box, columns)
        if sheet is not None and (best is None or sheet.pixels > best.pixels * WORTH):
            best = sheet
    return best


def _largest(rows: Sequence[Row], box: QRectF, columns: int) -> Sheet | None:
    largest, smallest = SIZES
    sizes = range(largest, smallest - 1, -2)
    return next(filter(None, (_sheet(rows, box, columns, pixels) for pixels in sizes)), None)


def _sheet(rows: Sequence[Row], box: QRectF, columns: int, pixels: int) -> Sheet | None:
    largest, smallest = NAMES
    name = max(smallest, min(largest, int(pixels * NAME)))
    width = (box.width() - (columns - 1) * GAP) / columns
    room = width - _side(name) - CHIP_GAP
    whole = all(
        _is_whole(row.name, room, name, SEMIBOLD) and _is_whole(row.under, room, pixels, REGULAR)
        for row in rows
    )
    if not whole:
        return None
    entries = [
        Entry(
            row,
            Setting(name, typeset.broken(row.name, room, name, SEMIBOLD)),
            Setting(pixels, typeset.broken(row.under, room, pixels, REGULAR) if row.under else ()),
        )
        for row in rows
    ]
    deep = -(-len(entries) // columns)
    parts = tuple(tuple(entries[at : at + deep]) for at in range(0, len(entries), deep))
    fits = all(
        sum(entry.height for entry in part) + BETWEEN[0] * (len(part) - 1) <= box.height()
        for part in parts
    )
    return Sheet(parts, width) if fits else None


def _side(pixels: int) -> float:
    return min(CHIP, pixels * LEADING * 1.3)


def _is_whole(text: str, width: float, pixels: int, weight: int) -> bool:
    """Whether no word has to be broken."""
    return typeset.widest_word(text, weight) * pixels / SAMPLE <= width


def paint_sheet(canvas: Canvas, box: QRectF, sheet: Sheet) -> None:
    """Each theme beside its number, from top to bottom."""
    least, most = BETWEEN
    spare = min(
        (box.height() - sum(entry.height for entry in part)) / max(1, len(part) - 1)
        for part in sheet.columns
    )
    between = max(least, min(most, spare))
    for place, part in enumerate(sheet.columns):
        left, top = box.left() + place * (sheet.width + GAP), box.top()
        for entry in part:
            _paint_entry(canvas, QRectF(left, top, sheet.width, entry.height), entry)
            top += entry.height + between


def _paint_entry(canvas: Canvas, box: QRectF, entry: Entry) -> None:
    side = entry.side
    chip = QRectF(box.left(), box.center().y() - side / 2, side, side)
    paint_chip(canvas, chip, entry.row.number, entry.row.colour)
    left = box.left() + side + CHIP_GAP
    top = box.center().y() - (entry.name.height + entry.question.height) / 2
    name = QRectF(left, top, box.right() - left, entry.name.height)
    canvas.lines(name, entry.name, canvas.colours.ink)
    under = QRectF(left, name.bottom(), name.width(), entry.question.height)
    canvas.lines(under, entry.question, canvas.colours.ink, weight=REGULAR)
