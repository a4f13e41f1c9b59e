"""Matrix of one theme: its categories with the notes in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from PySide6.QtCore import QRectF

from facilitator.i18n import _, ngettext
from facilitator.kernel.state import State
from facilitator.meeting.notes import Note
from facilitator.meeting.themes import Theme, number_of
from ui import theme as look
from ui.projector import countdown, paging, rows, told, typeset
from ui.projector.canvas import MIDDLE, Canvas
from ui.projector.sections import Column, Section, column_of
from ui.projector.typeset import Setting
from ui.theme import BOLD, REGULAR, SEMIBOLD

SIDE: Final = 64.0
TOP: Final = 140.0
GAP: Final = 36.0
LARGEST: Final = 52
SMALLEST: Final = 36
HEADING: Final = 1.15  # size of a category's name, in sizes of its notes
PADDING: Final = 18.0
APART: Final = 14.0  # between notes
UNDER_NAME: Final = 14.0  # between the name of a category and its first note
ABOVE_NAME: Final = 24.0
ARROWS: Final = ("➔", "→", "➜", "=>", "->")
FLOOR: Final = 30  # pixels; only for a note that a column does not hold


class Block(NamedTuple):
    """Something that is not broken over columns: a category's name or a note."""

    setting: Setting
    note: Note | None
    height: float
    number: int = 0  # of the notes in a category


Page = list[list[Block]]
"""Columns of blocks."""


class Fit(NamedTuple):
    """In what size the notes are set, and how they stand."""

    pixels: int
    pages: list[Page]


def paint_harvest(canvas: Canvas, state: State, now: datetime, theme: Theme) -> None:
    """What a theme yielded, by category; turning pages where it is much."""
    column = column_of(state, theme, str(number_of(state, theme)))
    _paint_top(canvas, state, now, column)
    fit = fit_of(canvas, column)
    if not fit.pages:
        box = QRectF(SIDE, TOP + 40, canvas.width - 2 * SIDE, 300)
        canvas.text(box, _("Nog geen notities"), canvas.colours.muted, largest=88, smallest=48)
        return
    shown = paging.page_at(len(fit.pages), now)
    width = column_width(canvas)
    for place, blocks in enumerate(fit.pages[shown]):
        left = SIDE + place * (width + GAP)
        _paint_blocks(canvas, QRectF(left, TOP, width, 0), blocks, fit.pixels, column.colour)
    rows.paint_dots(canvas, canvas.width / 2, canvas.height - SIDE / 2, shown, len(fit.pages))


def fit_of(canvas: Canvas, column: Column) -> Fit:
    """The largest type in which all stands on one page; else the least, on more pages."""
    sections = [section for section in column.sections if section.notes]
    fit = Fit(SMALLEST, [])
    for pixels in range(LARGEST, SMALLEST - 1, -4):
        pages = _flowed(canvas, sections, pixels)
        fit = Fit(pixels, pages)
        if len(pages) <= 1:
            break
    return fit


def columns_on(canvas: Canvas) -> int:
    """Columns beside each other."""
    return 2 if canvas.narrow else 3


def column_width(canvas: Canvas) -> float:
    """How wide a column is."""
    columns = columns_on(canvas)
    return (canvas.width - 2 * SIDE - (columns - 1) * GAP) / columns


def _flowed(canvas: Canvas, sections: Sequence[Section], pixels: int) -> list[Page]:
    """Blocks from column to column. Each category begins a column where there are enough."""
    room = canvas.height - TOP - SIDE
    width = column_width(canvas)
    own = len(sections) <= columns_on(canvas)
    columns: list[list[Block]] = []
    used = room
    for section in sections:
        if own:
            used = room
        blocks = list(_blocks(section, width, pixels, room))
        for place, block in enumerate(blocks):
            apart = ABOVE_NAME if place == 0 and used else 0.0
            needed = apart + block.height + (blocks[1].height if place == 0 else 0)
            if used + needed > room:
                columns.append([])
                used = apart = 0.0
                if place:
                    again = blocks[0]._replace(number=0)
                    columns[-1].append(again)
                    used = again.height
            if apart:
                columns[-1].append(Block(Setting(1, ()), None, apart))
            columns[-1].append(block)
            used += apart + block.height
    size = columns_on(canvas)
    return [columns[start : start + size] for start in range(0, len(columns), size)]


def _blocks(section: Section, width: float, pixels: int, room: float) -> Iterator[Block]:
    size = int(pixels * HEADING)
    most = 2.01 * size * typeset.LEADING
    name = typeset.fitted(section.title, width - size * 2, most, size, SMALLEST, BOLD)
    high = name.height + UNDER_NAME
    yield Block(name, None, high, len(section.notes))
    most = room - high - 2 * PADDING - APART
    for note in section.notes:
        inner = width - 2 * PADDING - _indent(note, pixels)
        words = typeset.fitted(note.text, inner, most, pixels, min(pixels, FLOOR), _weight(note))
        yield Block(words, note, words.height + 2 * PADDING + APART)


def _indent(note: Note, pixels: int) -> int:
    """Room for the arrow before a conclusion; none where somebody typed one."""
    return pixels if note.conclusion and not note.text.startswith(ARROWS) else 0


def _weight(note: Note) -> int:
    return BOLD if note.conclusion else SEMIBOLD


def _paint_blocks(
    canvas: Canvas, box: QRectF, blocks: Sequence[Block], pixels: int, colour: str
) -> None:
    top = box.top()
    for block in blocks:
        place = QRectF(box.left(), top, box.width(), block.height)
        if block.note is None:
            _paint_name(canvas, place, block)
        else:
            _paint_note(canvas, place, block, pixels, colour)
        top += block.height


def _paint_name(canvas: Canvas, box: QRectF, block: Block) -> None:
    words = box.adjusted(4, 0, 0, -UNDER_NAME)
    taken = canvas.lines(words, block.setting, canvas.colours.ink, weight=BOLD)
    if block.number:
        size = block.setting.pixels
        number = QRectF(taken.right() + 20, taken.top(), size * 3, size * typeset.LEADING)
        canvas.line(number, str(block.number), canvas.colours.muted, pixels=size, weight=REGULAR)


def _paint_note(canvas: Canvas, box: QRectF, block: Block, pixels: int, colour: str) -> None:
    ink = look.note_colour("ink").name()
    card = box.adjusted(0, 0, 0, -APART)
    inner = card.adjusted(PADDING, PADDING, -PADDING, -PADDING)
    canvas.fill(card, look.note_colour(colour), 12)
    weight = SEMIBOLD
    if block.note is not None and block.note.conclusion:
        weight = BOLD
        canvas.outline(card.adjusted(3, 3, -3, -3), canvas.colours.accent, 10, 6)
        if not _indent(block.note, pixels):
            canvas.lines(inner, block.setting, ink, weight=weight)
            return
        arrow = QRectF(inner.left(), inner.top(), pixels, pixels * typeset.LEADING)
        canvas.line(arrow, ARROWS[0], ink, pixels=block.setting.pixels, weight=BOLD)
        inner.setLeft(inner.left() + pixels)
    canvas.lines(inner, block.setting, ink, weight=weight)


def _paint_top(canvas: Canvas, state: State, now: datetime, column: Column) -> None:
    time = told.time_of(state, now)
    right = canvas.width - SIDE
    if time is not None:
        right = countdown.paint_small(canvas, right, 76, time, 88)
    chip = QRectF(SIDE, 36, 80, 80)
    rows.paint_chip(canvas, chip, column.number, column.colour)
    number = ngettext("{number} notitie", "{number} notities", column.total)
    wide = typeset.metrics(46, REGULAR).horizontalAdvance(number) + 40
    box = QRectF(chip.right() + 24, 24, right - chip.right() - 24 - wide, 104)
    taken = canvas.text(
        box,
        column.title,
        canvas.colours.accent,
        largest=60,
        smallest=34,
        weight=BOLD,
        align=MIDDLE,
    )
    rest = QRectF(taken.right() + 36, 24, wide + 10, 108)
    canvas.line(rest, number, canvas.colours.muted, pixels=46, weight=REGULAR)
