"""Notitiewand: the newest notes, in type that is read from the last row of chairs.

Notes hang in two columns, as high as their words ask. One that is too long for a column is as wide
as the wall, so that no note is set smaller than ``LEAST``.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final, NamedTuple

from PySide6.QtCore import QRectF

from facilitator.i18n import _
from facilitator.kernel.state import State
from facilitator.meeting.notes import OF_THEME, Note, in_the_hall
from facilitator.meeting.programme import Step, StepKind, current_step
from facilitator.meeting.projector import the_projector
from facilitator.meeting.tables import Table
from facilitator.meeting.themes import Theme, number_of
from ui import theme as look
from ui.projector import countdown, paging, rows, told, typeset
from ui.projector.canvas import LOW, MIDDLE, Canvas
from ui.theme import BOLD, REGULAR, SEMIBOLD

NEWEST: Final = 60  # notes that take part in the turning of pages; older ones had their turn
LEAST: Final = 72  # pixels
FLOOR: Final = 40  # pixels; only for a note that is longer than a page holds
TOP: Final = 140.0
GAP: Final = 24.0
SIDE: Final = 64.0  # margin of the wall
COLUMNS: Final = 2
PADDING: Final = 30.0
ABOVE: Final = 16.0  # over the words of a note
LABEL: Final = 54.0  # height of the line that says which table
STRETCH: Final = 0.3  # of the height of a column; what is left over is given to its notes


class Card(NamedTuple):
    """A note and where it hangs on its page."""

    note: Note
    box: QRectF
    column: int  # -1: as wide as the wall


def paint_wall(canvas: Canvas, state: State, now: datetime, address: str) -> None:
    """What the tables write, newest first, of one theme or of all."""
    theme = state.find(Theme, the_projector(state).theme)
    _paint_top(canvas, state, now, theme)
    pages = pages_of(canvas, newest(state, theme))
    if not pages:
        _paint_empty(canvas, address)
        return
    shown = paging.page_at(len(pages), now)
    for card in pages[shown]:
        _paint_card(canvas, state, card, theme)
    rows.paint_dots(canvas, canvas.width / 2, canvas.height - SIDE / 2, shown, len(pages))


def newest(state: State, theme: Theme | None) -> list[Note]:
    """The notes that the hall may see, newest first."""
    notes: Iterable[Note] = state.all(Note) if theme is None else state.where(OF_THEME, theme.id)
    early = datetime.min.replace(tzinfo=UTC)
    numbered = (
        (note.written_at or early, number, note)
        for number, note in enumerate(notes)
        if in_the_hall(note)
    )
    return [note for *_when, note in heapq.nlargest(NEWEST, numbered, key=lambda item: item[:2])]


def pages_of(canvas: Canvas, notes: Iterable[Note]) -> list[list[Card]]:
    """The notes in pages, each note in the column that has most room."""
    floor = canvas.height - SIDE
    pages: list[list[Card]] = []
    ends = [floor + 1.0] * COLUMNS  # where the next note in each column would begin
    for note in notes:
        height = _height(note.text, _width(canvas, 0))
        if height > floor - TOP:
            if not pages or ends != [TOP] * COLUMNS:
                pages.append([])
            height = min(_height(note.text, _width(canvas, -1)), floor - TOP)
            pages[-1].append(Card(note, QRectF(SIDE, TOP, _width(canvas, -1), height), -1))
            ends = [TOP + height + GAP] * COLUMNS
            continue
        column = ends.index(min(ends))
        if ends[column] + height > floor:
            pages.append([])
            ends = [TOP] * COLUMNS
            column = 0
        left = SIDE + column * (_width(canvas, 0) + GAP)
        box = QRectF(left, ends[column], _width(canvas, 0), height)
        pages[-1].append(Card(note, box, column))
        ends[column] += height + GAP
    return [_stretched(page, floor) for page in pages]


def _width(canvas: Canvas, column: int) -> float:
    whole = canvas.width - 2 * SIDE
    return whole if column < 0 else (whole - (COLUMNS - 1) * GAP) / COLUMNS


def _height(text: str, width: float) -> float:
    lines = typeset.broken(text, width - 2 * PADDING, LEAST, SEMIBOLD)
    return len(lines) * LEAST * typeset.LEADING + ABOVE + LABEL


def _stretched(page: list[Card], floor: float) -> list[Card]:
    """A page on which columns that are nearly full end at the same height."""
    result = list(page)
    for column in (-1, *range(COLUMNS)):
        places = [place for place, card in enumerate(page) if card.column == column]
        if not places or (column < 0 and len(page) > len(places)):
            continue
        spare = floor - page[places[-1]].box.bottom()
        if spare > STRETCH * (floor - TOP) and column >= 0:
            continue
        more = spare / len(places)
        for number, place in enumerate(places):
            card = page[place]
            box = card.box.adjusted(0, number * more, 0, (number + 1) * more)
            result[place] = card._replace(box=box)
    return result


def _paint_card(canvas: Canvas, state: State, card: Card, only: Theme | None) -> None:
    note, box = card.note, card.box
    theme = state.find(Theme, note.theme)
    ink = look.note_colour("ink").name()
    canvas.fill(box, look.note_colour(rows.theme_colour(theme)), 18)
    inner = box.adjusted(PADDING, ABOVE, -PADDING, -LABEL)
    lines = typeset.broken(note.text, inner.width(), LEAST, SEMIBOLD)
    setting = typeset.Setting(LEAST, lines)
    if setting.height > inner.height() + 1 or _splits(note.text, inner.width()):
        setting = typeset.fitted(
            note.text, inner.width(), inner.height() + 1, LEAST, FLOOR, SEMIBOLD
        )
    canvas.lines(inner, setting, ink)
    label = QRectF(inner.left(), box.bottom() - LABEL, inner.width(), LABEL - 6)
    canvas.line(label, _from_where(state, note, theme if only is None else None), ink, pixels=30)


def _splits(text: str, width: float) -> bool:
    """Whether a word would be broken at the usual size."""
    return typeset.widest_word(text, SEMIBOLD) * LEAST / typeset.SAMPLE > width


def _from_where(state: State, note: Note, theme: Theme | None) -> str:
    table = state.find(Table, note.table)
    parts = []
    if table is not None:
        parts.append(_("Tafel {number}").format(number=table.number))
    if theme is not None:
        parts.append(theme.title)
    return " · ".join(parts)


def _paint_top(canvas: Canvas, state: State, now: datetime, theme: Theme | None) -> None:
    time = told.time_of(state, now)
    right = canvas.width - SIDE
    if time is not None:
        right = countdown.paint_small(canvas, right, 76, time, 88)
    left = SIDE
    if theme is not None:
        chip = QRectF(SIDE, 36, 80, 80)
        rows.paint_chip(canvas, chip, str(number_of(state, theme)), theme.colour.value)
        left = chip.right() + 24
    title = theme.title if theme is not None else _heading(current_step(state))
    canvas.text(
        QRectF(left, 24, right - left, 104),
        title,
        canvas.colours.accent,
        largest=60,
        smallest=36,
        weight=BOLD,
        align=MIDDLE,
    )


def _heading(step: Step | None) -> str:
    writing = step is not None and step.activity is StepKind.ROUND
    return _("Dit schrijven jullie nu") if writing else _("Dit hebben jullie geschreven")


def _paint_empty(canvas: Canvas, address: str) -> None:
    colours = canvas.colours
    box = QRectF(SIDE, TOP + 20, canvas.width - 2 * SIDE, canvas.height - TOP - SIDE - 20)
    canvas.outline(box, colours.line, 18, 4)
    middle = box.center().y()
    left, width = box.left() + 80, box.width() - 160
    if address:
        side = min(440.0, box.height() - 200)
        canvas.qr(QRectF(box.right() - side - 80, middle - side / 2, side, side), address)
        width -= side + 80
    canvas.text(
        QRectF(left, middle - 210, width, 200),
        _("Nog geen notities"),
        colours.ink,
        largest=104,
        smallest=56,
        weight=BOLD,
        align=LOW,
    )
    canvas.text(
        QRectF(left, middle + 20, width, 190),
        _("Wie schrijft de eerste?"),
        colours.muted,
        largest=64,
        smallest=40,
        weight=REGULAR,
    )
