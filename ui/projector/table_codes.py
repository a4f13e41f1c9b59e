"""The codes of the tables, for who came in by the code that is the same for all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple

from PySide6.QtCore import QRectF

from facilitator.i18n import _
from facilitator.kernel.state import State
from facilitator.meeting.tables import tables
from facilitator.meeting.themes import Theme
from ui import theme as look
from ui.projector import paging, typeset
from ui.projector.canvas import MIDDLE, Canvas
from ui.projector.rows import paint_dots
from ui.theme import BOLD, SEMIBOLD

MOST: Final = 12  # codes at once: so many can be read from the last chairs
SECONDS: Final = 8  # a page of codes stands this long: one looks for one line
LARGEST: Final = 64  # pixels of a code
NAME: Final = 0.7  # of the size of the code: what the table is called
MARK: Final = 0.45  # the patch in the colour of its theme
AFTER_MARK: Final = 0.3
AFTER_NAME: Final = 0.35
GAP: Final = 30.0  # between columns
LINE: Final = 76.0  # height of a table at most
DOTS: Final = 48.0  # room under the codes where they take turns


class TableCode(NamedTuple):
    """A table, its code, and the colour of its theme, if it has one."""

    name: str
    code: str
    colour: str = ""


def table_codes(state: State) -> list[TableCode]:
    """The tables where one can sit down."""
    found = []
    for table in tables(state):
        if table.closed:
            continue
        theme = state.find(Theme, table.theme)
        name = _("Tafel {number}").format(number=table.number)
        found.append(TableCode(name, table.code, theme.colour.value if theme else ""))
    return found


def until_turned(state: State, now: datetime) -> float | None:
    """Seconds until other tables have their turn; None where all stand there."""
    many = sum(not table.closed for table in tables(state)) > MOST
    return paging.until_turned(now, SECONDS) if many else None


def lines_of(listed: Sequence[TableCode], columns: int) -> int:
    """How many codes stand under each other in a column, on the fullest page."""
    return -(-max(len(page) for page in paging.parts(listed, MOST)) // columns)


def height_of(listed: Sequence[TableCode], columns: int, room: float) -> float:
    """The height that the codes take of a room."""
    return min(room, lines_of(listed, columns) * LINE)


def under(listed: Sequence[TableCode]) -> float:
    """The room that is needed under the codes."""
    return DOTS if len(listed) > MOST else 0.0


def paint_table_codes(
    canvas: Canvas, box: QRectF, listed: Sequence[TableCode], now: datetime, columns: int
) -> None:
    """The codes in columns, read from top to bottom; the dots of the pages stand under the box."""
    pages = paging.parts(listed, MOST)
    shown = paging.page_at(len(pages), now, SECONDS)
    paint_dots(canvas, box.center().x(), box.bottom() + DOTS / 2, shown, len(pages))
    deep = lines_of(listed, columns)
    width = (box.width() - (columns - 1) * GAP) / columns
    height = box.height() / deep
    pixels = size_of(listed, width, height)
    beside = (MARK + AFTER_MARK + _widest(listed) * NAME + AFTER_NAME) * pixels
    for place, one in enumerate(pages[shown]):
        column, line = divmod(place, deep)
        left = box.left() + column * (width + GAP)
        at = QRectF(left, box.top() + line * height, width, height)
        _paint_one(canvas, at, one, pixels, beside)


def size_of(listed: Sequence[TableCode], width: float, height: float) -> int:
    """The pixels of a code with which each table stands on one line, whole; the same on all pages."""
    codes = max(_width(one.code, BOLD) for one in listed)
    line = MARK + AFTER_MARK + _widest(listed) * NAME + AFTER_NAME + codes
    return max(1, int(min(LARGEST, width / line, height / typeset.LEADING)))


def _widest(listed: Sequence[TableCode]) -> float:
    """The width of the widest name, in sizes of its type."""
    return max(_width(one.name, SEMIBOLD) for one in listed)


def _width(text: str, weight: int) -> float:
    return typeset.metrics(int(typeset.SAMPLE), weight).horizontalAdvance(text) / typeset.SAMPLE


def _paint_one(canvas: Canvas, box: QRectF, one: TableCode, pixels: int, beside: float) -> None:
    """A table, and its code at ``beside``, so that all codes stand under each other."""
    side = pixels * MARK
    if one.colour:
        mark = QRectF(box.left(), box.center().y() - side / 2, side, side)
        canvas.fill(mark, look.note_colour(one.colour), side * 0.22)
    name = typeset.Setting(max(1, int(pixels * NAME)), (one.name,))
    code = typeset.Setting(pixels, (one.code,))
    after = box.adjusted(side + pixels * AFTER_MARK, 0, 0, 0)
    canvas.lines(after, name, canvas.colours.muted, align=MIDDLE)
    at = box.adjusted(beside, 0, 0, 0)
    canvas.lines(at, code, canvas.colours.ink, weight=BOLD, align=MIDDLE)
