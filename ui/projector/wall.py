"""Notitiewand: the newest notes, in type that is read from the last row of chairs.

A page has two rows of slots. A long note takes more slots, up to the whole page, so that no note is
set smaller than ``LEAST``.
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
LARGEST: Final = 88
FLOOR: Final = 40  # pixels; only for a note that is longer than a page holds
TOP: Final = 148.0
GAP: Final = 28.0
SIDE: Final = 64.0  # margin of the wall
ROWS: Final = 2
LABEL: Final = 62.0  # height of the line that says which table


class Card(NamedTuple):
    """A note and where it stands on its page."""

    note: Note
    box: QRectF


class Spot(NamedTuple):
    """Slots that a note takes: from which one, and how many; of a whole page, all of them."""

    note: Note
    slot: int
    slots: int


def paint_wall(canvas: Canvas, state: State, now: datetime, address: str) -> None:
    """What the tables write, newest first, of one theme or of all."""
    theme = state.find(Theme, the_projector(state).theme)
    _paint_top(canvas, state, now, theme)
    pages = pages_of(canvas, newest(state, theme))
    if not pages:
        _paint_empty(canvas, address)
        return
    shown = paging.page_at(len(pages), now)
    for spot in pages[shown]:
        _paint_card(canvas, state, Card(spot.note, _box(canvas, spot)), theme)
    paint_dots(canvas, shown, len(pages))


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


def columns_of(canvas: Canvas) -> int:
    """Slots in a row."""
    return 2 if canvas.narrow else 3


def pages_of(canvas: Canvas, notes: Iterable[Note]) -> list[list[Spot]]:
    """The notes in pages, in their order; in each row the last one takes what is left over."""
    columns = columns_of(canvas)
    pages: list[list[Spot]] = []
    at = columns * ROWS  # the first free slot of the last page
    for note in notes:
        slots = slots_for(canvas, note.text)
        left = columns - at % columns if at < columns * ROWS else 0
        if slots > columns:
            at = 0
        elif slots > left:
            if pages and left and at % columns:
                pages[-1][-1] = pages[-1][-1]._replace(slots=pages[-1][-1].slots + left)
            at = at + left if at + left < columns * ROWS else 0
        if at == 0:
            pages.append([])
        pages[-1].append(Spot(note, at, slots))
        at += slots
    return pages


def slots_for(canvas: Canvas, text: str) -> int:
    """How many slots a text needs at the least size: some of a row, or the whole page."""
    columns = columns_of(canvas)
    for slots in range(1, columns + 1):
        inner = _inner(_slots_box(canvas, 0, slots))
        lines = typeset.broken(text, inner.width(), LEAST, SEMIBOLD)
        whole = typeset.widest_word(text, SEMIBOLD) * LEAST / typeset.SAMPLE <= inner.width()
        if len(lines) * LEAST * typeset.LEADING <= inner.height() and (whole or slots == columns):
            return slots
    return columns * ROWS


def _box(canvas: Canvas, spot: Spot) -> QRectF:
    columns = columns_of(canvas)
    if spot.slots > columns:
        first = _slots_box(canvas, 0, columns)
        return first.united(_slots_box(canvas, columns, columns))
    return _slots_box(canvas, spot.slot, spot.slots)


def _slots_box(canvas: Canvas, slot: int, slots: int) -> QRectF:
    columns = columns_of(canvas)
    row, column = divmod(slot, columns)
    width = (canvas.width - 2 * SIDE - (columns - 1) * GAP) / columns
    height = (canvas.height - TOP - SIDE - (ROWS - 1) * GAP) / ROWS
    return QRectF(
        SIDE + column * (width + GAP),
        TOP + row * (height + GAP),
        width * slots + GAP * (slots - 1),
        height,
    )


def _inner(box: QRectF) -> QRectF:
    return box.adjusted(32, 22, -28, -LABEL)


def _paint_card(canvas: Canvas, state: State, card: Card, only: Theme | None) -> None:
    note, box = card
    theme = state.find(Theme, note.theme)
    ink = look.note_colour("ink").name()
    canvas.fill(box, look.note_colour(rows.theme_colour(theme)), 18)
    inner = _inner(box)
    setting = typeset.fitted(note.text, inner.width(), inner.height(), LARGEST, LEAST, SEMIBOLD)
    if setting.cut:
        setting = typeset.fitted(note.text, inner.width(), inner.height(), LEAST, FLOOR, SEMIBOLD)
    canvas.lines(inner, setting, ink)
    label = QRectF(inner.left(), box.bottom() - LABEL, inner.width(), LABEL - 8)
    canvas.line(label, _from_where(state, note, theme if only is None else None), ink, pixels=30)


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


def paint_dots(canvas: Canvas, shown: int, pages: int) -> None:
    """Which page of how many, under the notes."""
    if pages < 2:  # noqa: PLR2004 - nothing turns
        return
    step = 30.0
    middle = canvas.height - SIDE / 2
    left = (canvas.width - (pages - 1) * step) / 2
    for page in range(pages):
        side = 16.0 if page == shown else 12.0
        colour = canvas.colours.accent if page == shown else canvas.colours.control_line
        dot = QRectF(left + page * step - side / 2, middle - side / 2, side, side)
        canvas.fill(dot, colour, side / 2)
