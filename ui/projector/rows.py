"""Numbered things in rows: themes in a round, tables while people move."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple

from PySide6.QtCore import QRectF

from facilitator.kernel.state import State
from facilitator.meeting.themes import Theme, themes
from ui import theme as look
from ui.projector import paging, typeset
from ui.projector.canvas import CENTRE, Canvas
from ui.theme import BOLD, REGULAR, SEMIBOLD

NAMES: Final = (64, 28)  # pixels of a name: at most, at least
SMALLEST: Final = 28
UNDER: Final = (42, 34)  # pixels of what stands under a name
ON_A_PAGE: Final = 12  # so many can be read from the last chairs
MOST_DOTS: Final = 12
WITH_UNDER: Final = 48  # pixels; names smaller than this stand alone
GAP: Final = 36.0  # between columns
CHIP_GAP: Final = 24.0  # between a number and its name
HIGHEST: Final = 160.0  # a row


class Row(NamedTuple):
    """One thing: its number on a chip, its name, and what is said under it."""

    number: str  # empty: only the colour
    name: str
    under: str = ""
    colour: str = ""  # of a sticky note; empty: the accent


class Grid(NamedTuple):
    """How many columns, how high a row is, and in what size names and what is under them stand."""

    columns: int
    height: float
    pixels: int
    under: int = 0  # 0: there is no room for it

    @property
    def rank(self) -> tuple[bool, int, int]:
        """What makes one grid better than another."""
        return self.under > 0, self.pixels, -self.columns


def theme_rows(state: State) -> list[Row]:
    """The themes as rows, with their questions. A number here would be taken for that of a table."""
    return [Row("", theme.title, theme.question, theme.colour.value) for theme in themes(state)]


def theme_colour(theme: Theme | None) -> str:
    """The colour of a theme's notes."""
    return theme.colour.value if theme is not None else "yellow"


def grid_for(rows: Sequence[Row], box: QRectF, most_columns: int) -> Grid:
    """The columns in which all stands whole where that is possible, and in the largest type."""
    grids = [_grid(rows, box, columns) for columns in range(1, most_columns + 1)]
    best = max(grids, key=lambda grid: grid.rank)
    return best if best.pixels else grids[-1]._replace(pixels=SMALLEST)


def _grid(rows: Sequence[Row], box: QRectF, columns: int) -> Grid:
    """The grid with so many columns; its size is 0 where a name does not stand in it whole."""
    deep = max(1, -(-len(rows) // columns))
    height = min(box.height() / deep, HIGHEST)
    width = (box.width() - (columns - 1) * GAP) / columns - _chip(height) - CHIP_GAP
    under = _most_of([row.under for row in rows], width, height * 0.44, UNDER, REGULAR)
    names = [row.name for row in rows]
    half = _most_of(names, width, height * 0.5, NAMES, SEMIBOLD) if under else 0
    if half >= WITH_UNDER:
        return Grid(columns, height, half, min(under, int(half * 0.72)))
    return Grid(columns, height, _most_of(names, width, height, NAMES, SEMIBOLD))


def _most_of(
    texts: Sequence[str], width: float, height: float, sizes: tuple[int, int], weight: int
) -> int:
    """The size in which most of the texts fit; 0 where one does not even in the least size."""
    largest, smallest = sizes
    settings = [
        typeset.fitted(text, max(1.0, width), height, largest, smallest, weight)
        for text in texts
        if text
    ]
    if not settings or any(setting.cut or setting.height > height for setting in settings):
        return 0
    return sorted(setting.pixels for setting in settings)[len(settings) // 4]


def paint_pages(canvas: Canvas, box: QRectF, rows: Sequence[Row], now: datetime) -> None:
    """The things in rows, some at a time."""
    pages = paging.parts(rows, ON_A_PAGE)
    shown = paging.page_at(len(pages), now)
    if len(pages) > 1:
        box = box.adjusted(0, 0, 0, -34)
        paint_dots(canvas, box.center().x(), box.bottom() + 30, shown, len(pages))
    _paint_rows(canvas, box, pages[shown])


def _paint_rows(canvas: Canvas, box: QRectF, rows: Sequence[Row]) -> None:
    """The things in columns, read from top to bottom, all in one size."""
    grid = grid_for(rows, box, 2 if canvas.narrow else 3)
    deep = -(-len(rows) // grid.columns)
    width = (box.width() - (grid.columns - 1) * GAP) / grid.columns
    for place, row in enumerate(rows):
        column, line = divmod(place, deep)
        left = box.left() + column * (width + GAP)
        at = QRectF(left, box.top() + line * grid.height, width, grid.height)
        _paint_row(canvas, at, row, grid)


def _paint_row(canvas: Canvas, box: QRectF, row: Row, grid: Grid) -> None:
    side = _chip(grid.height)
    chip = QRectF(box.left(), box.center().y() - side / 2, side, side)
    paint_chip(canvas, chip, row.number, row.colour)
    left = chip.right() + CHIP_GAP
    width = box.right() - left
    has_under = bool(grid.under and row.under)
    name = typeset.fitted(
        row.name,
        width,
        box.height() * (0.5 if has_under else 1.0),
        grid.pixels,
        SMALLEST,
        SEMIBOLD,
    )
    under = typeset.Setting(1, ())
    if has_under:
        under = typeset.fitted(row.under, width, box.height() * 0.44, grid.under, UNDER[1], REGULAR)
    top = box.center().y() - (name.height + under.height) / 2
    canvas.lines(QRectF(left, top, width, name.height), name, canvas.colours.ink)
    rest = QRectF(left, top + name.height, width, under.height)
    canvas.lines(rest, under, canvas.colours.muted, weight=REGULAR)


def paint_dots(canvas: Canvas, centre: float, middle: float, shown: int, pages: int) -> None:
    """Which page of how many: a dot for each, or in figures where there are many."""
    if pages < 2:  # noqa: PLR2004 - nothing turns
        return
    if pages > MOST_DOTS:
        box = QRectF(centre - 200, middle - 24, 400, 48)
        said = f"{shown + 1} / {pages}"
        canvas.line(box, said, canvas.colours.muted, pixels=32, align=CENTRE)
        return
    step = 32.0
    left = centre - (pages - 1) * step / 2
    for page in range(pages):
        side = 18.0 if page == shown else 12.0
        colour = canvas.colours.accent if page == shown else canvas.colours.control_line
        dot = QRectF(left + page * step - side / 2, middle - side / 2, side, side)
        canvas.fill(dot, colour, side / 2)


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
