"""Matrix: how much each theme yielded in each category, so that the hall sees it fill."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple

from PySide6.QtCore import QRectF

from facilitator.i18n import _, ngettext
from facilitator.kernel.state import State
from facilitator.meeting.projector import the_projector
from facilitator.meeting.themes import Theme
from ui import theme as look
from ui.projector import countdown, paging, rows, told, typeset
from ui.projector.canvas import LEFT, LOW, LOW_RIGHT, MIDDLE, Canvas
from ui.projector.harvest import paint_harvest
from ui.projector.sections import Column, Section, columns_of
from ui.projector.typeset import Setting
from ui.theme import BOLD, REGULAR, SEMIBOLD

SIDE: Final = 64.0
TOP: Final = 140.0
GAP: Final = 24.0
PADDING: Final = 26.0
HEAD: Final = 206.0  # of a card: number, title, total
LARGEST: Final = 44  # names of categories
SMALLEST: Final = 28
WIDE: Final = 5  # cards beside each other on a sheet of 16:9
NARROW: Final = 4
TRACK: Final = 8.0
MOST_LINES: Final = 2  # of a category's name
EVEN: Final = 0.8  # no name is set smaller than this part of the size of the others


class Layout(NamedTuple):
    """How cards stand on a page, and how large the rows in them are."""

    columns: int
    width: float
    height: float


class Scale(NamedTuple):
    """How the rows of all cards on a page are drawn."""

    pixels: int
    apart: float  # room between rows
    most: int  # notes in the fullest category: a whole bar


def paint_matrix(canvas: Canvas, state: State, now: datetime) -> None:
    """All themes with counts, or one theme with its notes."""
    theme = state.find(Theme, the_projector(state).theme)
    if theme is not None:
        paint_harvest(canvas, state, now, theme)
        return
    found = columns_of(state)
    _paint_top(canvas, state, now, sum(column.total for column in found))
    if not found:
        box = QRectF(SIDE, TOP, canvas.width - 2 * SIDE, 300)
        canvas.text(
            box, _("Nog geen thema’s"), canvas.colours.muted, largest=88, smallest=48, align=LEFT
        )
        return
    pages = pages_of(canvas, found)
    shown = paging.page_at(len(pages), now)
    _paint_page(canvas, pages[shown], max(_counts(found), default=1))
    rows.paint_dots(canvas, canvas.width / 2, canvas.height - SIDE / 2, shown, len(pages))


def pages_of(canvas: Canvas, found: Sequence[Column]) -> list[Sequence[Column]]:
    """The themes in pages on which they can be read."""
    return paging.parts(found, (NARROW if canvas.narrow else WIDE) * 2)


def _counts(found: Sequence[Column]) -> list[int]:
    return [len(section.notes) or 1 for column in found for section in column.sections]


def _paint_top(canvas: Canvas, state: State, now: datetime, total: int) -> None:
    time = told.time_of(state, now)
    right = canvas.width - SIDE
    if time is not None:
        right = countdown.paint_small(canvas, right, 76, time, 88)
    box = QRectF(SIDE, 24, right - SIDE, 104)
    taken = canvas.text(
        box,
        _("De opbrengst"),
        canvas.colours.accent,
        largest=60,
        smallest=40,
        weight=BOLD,
        align=MIDDLE,
    )
    if total:
        rest = QRectF(taken.right() + 40, 24, right - taken.right() - 40, 108)
        number = ngettext("{number} notitie", "{number} notities", total)
        canvas.line(rest, number, canvas.colours.muted, pixels=46, weight=REGULAR)


def _layout(canvas: Canvas, number: int) -> Layout:
    most = NARROW if canvas.narrow else WIDE
    lines = 1 if number <= most else 2
    columns = max(2, -(-number // lines))
    width = (canvas.width - 2 * SIDE - (columns - 1) * GAP) / columns
    height = (canvas.height - TOP - SIDE - (lines - 1) * GAP) / lines
    return Layout(columns, width, height)


def _paint_page(canvas: Canvas, shown: Sequence[Column], most: int) -> None:
    layout = _layout(canvas, len(shown))
    boxes = [
        QRectF(
            SIDE + (place % layout.columns) * (layout.width + GAP),
            TOP + (place // layout.columns) * (layout.height + GAP),
            layout.width,
            layout.height,
        )
        for place in range(len(shown))
    ]
    head = min(HEAD, layout.height * 0.41)
    pixels = min(
        (_row_size(box, head, column) for box, column in zip(boxes, shown, strict=True)),
        default=LARGEST,
    )
    spare = min(
        (_spare(box, head, column, pixels) for box, column in zip(boxes, shown, strict=True)),
        default=0.0,
    )
    scale = Scale(pixels, min(max(0.0, spare), pixels * 0.6), most)
    for box, column in zip(boxes, shown, strict=True):
        canvas.fill(box, canvas.colours.panel, 18)
        _paint_head(canvas, QRectF(box.topLeft(), box.size()), head, column)
        _paint_sections(canvas, box, head, column, scale)


def _paint_head(canvas: Canvas, box: QRectF, head: float, column: Column) -> None:
    side = 64.0
    band = QRectF(box.left(), box.top(), box.width(), 14)
    canvas.painter.save()
    canvas.painter.setClipRect(band)
    shape = QRectF(box.left(), box.top(), box.width(), 60)
    canvas.fill(shape, look.note_colour(column.colour), 18)
    canvas.painter.restore()
    total = str(column.total)
    measure = typeset.metrics(64, BOLD, clock=True)
    wide = measure.horizontalAdvance(total)
    right = box.right() - PADDING
    canvas.digits(
        right - wide, box.top() + 40 + measure.capHeight() + 4, total, canvas.colours.ink, 64
    )
    chip = QRectF(box.left() + PADDING, box.top() + 34, side, side)
    rows.paint_chip(canvas, chip, column.number, column.colour)
    title = QRectF(
        box.left() + PADDING, chip.bottom() + 8, box.width() - 2 * PADDING, head - side - 38
    )
    canvas.text(
        title, column.title, canvas.colours.ink, largest=46, smallest=30, weight=BOLD, align=LEFT
    )


def _room(box: QRectF, head: float) -> QRectF:
    return box.adjusted(PADDING, head + 14, -PADDING, -8)


def _row_size(box: QRectF, head: float, column: Column) -> int:
    """The size at which the categories of a card stand in it, and none in much smaller type."""
    room = _room(box, head)
    for pixels in range(LARGEST, SMALLEST, -2):
        settings = [_name(room, section, pixels) for section in column.sections]
        high = sum(_row_height(setting, pixels) for setting in settings)
        even = all(setting.cut or setting.pixels >= EVEN * pixels for setting in settings)
        if even and high <= room.height():
            return pixels
    return SMALLEST


def _spare(box: QRectF, head: float, column: Column, pixels: int) -> float:
    """Room for each category of a card beyond what it needs."""
    room = _room(box, head)
    high = sum(_row_height(_name(room, each, pixels), pixels) for each in column.sections)
    return (room.height() - high) / max(1, len(column.sections))


def _name(room: QRectF, section: Section, pixels: int) -> Setting:
    """The name of a category on two lines at most, with room for its number beside it."""
    digits = len(str(len(section.notes)))
    width = room.width() - digits * pixels * 0.64 - 12
    most = (MOST_LINES + 0.01) * pixels * typeset.LEADING
    return typeset.fitted(
        section.title, width, most, pixels, min(pixels, SMALLEST), _weight(section)
    )


def _row_height(name: Setting, pixels: int) -> float:
    return max(name.height, pixels * typeset.LEADING) + pixels * 0.3 + TRACK


def _weight(section: Section) -> int:
    return REGULAR if section.loose else SEMIBOLD


def _paint_sections(canvas: Canvas, box: QRectF, head: float, column: Column, scale: Scale) -> None:
    room = _room(box, head)
    colours = canvas.colours
    pixels, apart = scale.pixels, scale.apart
    if not column.sections:
        canvas.text(
            room, _("Nog geen notities"), colours.muted, largest=36, smallest=28, weight=REGULAR
        )
        return
    top = room.top()
    heights = [
        _row_height(_name(room, section, pixels), pixels) + apart for section in column.sections
    ]
    for place, (section, height) in enumerate(zip(column.sections, heights, strict=True)):
        rest = len(column.sections) - place
        spare = 0.0 if rest == 1 else pixels * typeset.LEADING
        if top + height + spare > room.bottom() + 1 and top + sum(heights[place:]) > room.bottom():
            more = ngettext("nog {number} categorie", "nog {number} categorieën", rest)
            last = QRectF(room.left(), top, room.width(), max(40.0, room.bottom() - top))
            canvas.line(last, f"+ {more}", colours.muted, pixels=SMALLEST, align=LEFT)
            return
        line = QRectF(room.left(), top, room.width(), height)
        _paint_section(canvas, line, section, scale, column.colour)
        top += height


def _paint_section(
    canvas: Canvas, box: QRectF, section: Section, scale: Scale, colour: str
) -> None:
    colours = canvas.colours
    count = len(section.notes)
    ink = colours.muted if section.loose or not count else colours.ink
    pixels = scale.pixels
    setting = _name(box, section, pixels)
    bottom = box.bottom() - scale.apart - TRACK - pixels * 0.2
    track = QRectF(box.left(), bottom, box.width(), TRACK)
    words = QRectF(box.left(), box.top(), box.width(), track.top() - box.top())
    canvas.lines(words, setting, ink, align=LOW, weight=_weight(section))
    canvas.lines(words, Setting(pixels, (str(count),)), ink, weight=BOLD, align=LOW_RIGHT)
    canvas.fill(track, colours.track, TRACK / 2)
    if count:
        part = QRectF(
            track.left(), track.top(), max(TRACK, track.width() * count / scale.most), TRACK
        )
        ground = look.note_colour(colour)
        canvas.fill(part, colours.control_line if section.loose else ground, TRACK / 2)
