"""Numbered things in rows: themes in a round, tables while people move."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import QRectF

from facilitator.kernel.state import State
from facilitator.meeting.themes import Theme, themes
from ui import theme as look
from ui.projector import typeset
from ui.projector.canvas import CENTRE, MIDDLE, Canvas
from ui.theme import BOLD, REGULAR, SEMIBOLD

LARGEST: Final = 60
SMALLEST: Final = 28
UNDER: Final = 0.66  # size of what stands under a name, in sizes of the name
GAP: Final = 36.0  # between columns
CHIP_GAP: Final = 24.0  # between a number and its name
HIGHEST: Final = 150.0  # a row


class Row(NamedTuple):
    """One thing: its number on a chip, its name, and what is said under it."""

    number: str
    name: str
    under: str = ""
    colour: str = ""  # of a sticky note; empty: the accent


class Grid(NamedTuple):
    """How many columns, how high a row is, and in what size names are written."""

    columns: int
    height: float
    pixels: int


def theme_rows(state: State) -> list[Row]:
    """The themes as rows, with their questions."""
    return [
        Row(str(number), theme.title, theme.question, theme.colour.value)
        for number, theme in enumerate(themes(state), start=1)
    ]


def theme_colour(theme: Theme | None) -> str:
    """The colour of a theme's notes."""
    return theme.colour.value if theme is not None else "yellow"


def grid_for(rows: Sequence[Row], box: QRectF, most_columns: int) -> Grid:
    """The columns in which all names fit, and then in which they are largest."""
    grids = [_grid(rows, box, columns) for columns in range(1, most_columns + 1)]
    _whole, best = max(grids, key=lambda found: (found[0], found[1].pixels, -found[1].columns))
    return best


def _grid(rows: Sequence[Row], box: QRectF, columns: int) -> tuple[bool, Grid]:
    """The grid with so many columns, and whether every name stands in it whole."""
    deep = max(1, -(-len(rows) // columns))
    height = min(box.height() / deep, HIGHEST)
    width = (box.width() - (columns - 1) * GAP) / columns - _chip(height) - CHIP_GAP
    share = 0.5 if any(row.under for row in rows) else 0.9
    settings = [
        typeset.fitted(row.name, max(1.0, width), height * share, LARGEST, SMALLEST, SEMIBOLD)
        for row in rows
    ]
    pixels = min((setting.pixels for setting in settings), default=LARGEST)
    too_high = any(setting.height > height for setting in settings)
    whole = not too_high and not any(setting.cut for setting in settings)
    return whole, Grid(columns, height, pixels)


def paint_rows(canvas: Canvas, box: QRectF, rows: Sequence[Row], most_columns: int = 3) -> None:
    """The things in columns, read from top to bottom, all in one size."""
    grid = grid_for(rows, box, most_columns)
    deep = -(-len(rows) // grid.columns)
    width = (box.width() - (grid.columns - 1) * GAP) / grid.columns
    for place, row in enumerate(rows):
        column, line = divmod(place, deep)
        left = box.left() + column * (width + GAP)
        _paint_row(
            canvas, QRectF(left, box.top() + line * grid.height, width, grid.height), row, grid
        )


def _paint_row(canvas: Canvas, box: QRectF, row: Row, grid: Grid) -> None:
    side = _chip(grid.height)
    chip = QRectF(box.left(), box.center().y() - side / 2, side, side)
    paint_chip(canvas, chip, row.number, row.colour)
    words = QRectF(
        chip.right() + CHIP_GAP, box.top(), box.right() - chip.right() - CHIP_GAP, box.height()
    )
    if not row.under:
        canvas.text(
            words,
            row.name,
            canvas.colours.ink,
            largest=grid.pixels,
            smallest=min(grid.pixels, SMALLEST),
            align=MIDDLE,
        )
        return
    name = typeset.fitted(
        row.name, words.width(), box.height() * 0.5, grid.pixels, SMALLEST, SEMIBOLD
    )
    size = max(26, int(grid.pixels * UNDER))
    under = typeset.fitted(
        row.under, words.width(), box.height() - name.height - 6, size, min(size, 26), REGULAR
    )
    top = box.center().y() - (name.height + under.height) / 2
    canvas.lines(QRectF(words.left(), top, words.width(), name.height), name, canvas.colours.ink)
    rest = QRectF(words.left(), top + name.height, words.width(), under.height)
    canvas.lines(rest, under, canvas.colours.muted, weight=REGULAR)


def paint_chip(canvas: Canvas, box: QRectF, text: str, colour: str) -> None:
    """A number on a patch of the colour of its notes."""
    ink = look.note_colour("ink").name() if colour else canvas.colours.on_accent
    ground = look.note_colour(colour) if colour else canvas.colours.accent
    canvas.fill(box, ground, box.height() * 0.22)
    canvas.text(
        box,
        text,
        ink,
        largest=int(box.height() * 0.62),
        smallest=16,
        weight=BOLD,
        align=CENTRE,
    )


def _chip(height: float) -> float:
    return min(height * 0.78, 76.0)
