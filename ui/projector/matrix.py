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


class Layout(NamedTuple):
    """How cards stand on a page, and how large the rows in them are."""

    columns: int
    width: float
    height: float


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
    for box, column in zip(boxes, shown, strict=True):
        canvas.fill(box, canvas.colours.panel, 18)
        _paint_head(canvas, QRectF(box.topLeft(), box.size()), head, column)
        _paint_sections(canvas, box, head, column, pixels, most)


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
    """The size at which every category of a card can be read whole, or the least."""
    room = _room(box, head)
    for pixels in range(LARGEST, SMALLEST, -2):
        high = sum(_row_height(room, section, pixels) for section in column.sections)
        if high <= room.height() and not any(
            _splits(room, section, pixels) for section in column.sections
        ):
            return pixels
    return SMALLEST


def _splits(room: QRectF, section: Section, pixels: int) -> bool:
    """Whether a word of its name would be broken, or a line left off."""
    width = _name_width(room, section, pixels)
    widest = typeset.widest_word(section.title, _weight(section)) * pixels / typeset.SAMPLE
    lines = typeset.broken(section.title, width, pixels, _weight(section))
    return widest > width or len(lines) > MOST_LINES


def _row_height(room: QRectF, section: Section, pixels: int) -> float:
    width = _name_width(room, section, pixels)
    lines = typeset.broken(section.title, width, pixels, _weight(section))
    return min(MOST_LINES, len(lines)) * pixels * typeset.LEADING + pixels * 0.3 + TRACK


def _name_width(room: QRectF, section: Section, pixels: int) -> float:
    digits = len(str(len(section.notes)))
    return room.width() - digits * pixels * 0.64 - 12


def _weight(section: Section) -> int:
    return REGULAR if section.loose else SEMIBOLD


def _paint_sections(
    canvas: Canvas, box: QRectF, head: float, column: Column, pixels: int, most: int
) -> None:
    room = _room(box, head)
    colours = canvas.colours
    if not column.sections:
        canvas.text(
            room, _("Nog geen notities"), colours.muted, largest=36, smallest=28, weight=REGULAR
        )
        return
    top = room.top()
    heights = [_row_height(room, section, pixels) for section in column.sections]
    for place, (section, height) in enumerate(zip(column.sections, heights, strict=True)):
        rest = len(column.sections) - place
        spare = 0.0 if rest == 1 else pixels * typeset.LEADING
        if top + height + spare > room.bottom() + 1 and top + sum(heights[place:]) > room.bottom():
            more = ngettext("nog {number} categorie", "nog {number} categorieën", rest)
            last = QRectF(room.left(), top, room.width(), max(40.0, room.bottom() - top))
            canvas.line(last, f"+ {more}", colours.muted, pixels=SMALLEST, align=LEFT)
            return
        line = QRectF(room.left(), top, room.width(), height)
        _paint_section(canvas, line, section, pixels, column.colour, most)
        top += height


def _paint_section(
    canvas: Canvas, box: QRectF, section: Section, pixels: int, colour: str, most: int
) -> None:
    colours = canvas.colours
    count = len(section.notes)
    ink = colours.muted if section.loose or not count else colours.ink
    width = _name_width(box, section, pixels)
    track = QRectF(box.left(), box.bottom() - TRACK - pixels * 0.2, box.width(), TRACK)
    words = QRectF(box.left(), box.top(), width, track.top() - box.top())
    setting = typeset.fitted(
        section.title,
        width,
        (MOST_LINES + 0.01) * pixels * typeset.LEADING,
        pixels,
        min(pixels, SMALLEST),
        _weight(section),
    )
    canvas.lines(words, setting, ink, align=LOW, weight=_weight(section))
    number = QRectF(words.right(), words.top(), box.right() - words.right(), words.height())
    said = typeset.Setting(pixels, (str(count),))
    canvas.lines(number, said, ink, weight=BOLD, align=LOW_RIGHT)
    canvas.fill(track, colours.track, TRACK / 2)
    if count:
        part = QRectF(track.left(), track.top(), max(TRACK, track.width() * count / most), TRACK)
        ground = look.note_colour(colour)
        canvas.fill(part, colours.control_line if section.loose else ground, TRACK / 2)
