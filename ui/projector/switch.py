"""Wisselen: people move to another table."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from PySide6.QtCore import QRectF

from facilitator.i18n import _
from facilitator.kernel.state import State
from facilitator.meeting.meeting import Form, the_meeting
from facilitator.meeting.programme import StepKind, next_step_of
from facilitator.meeting.tables import Table, tables
from facilitator.meeting.themes import Theme
from ui.projector import late_arrivals, rows, told, typeset
from ui.projector.canvas import CENTRE, MARGIN, ROUNDING, Canvas
from ui.projector.countdown import BAR, Countdown
from ui.projector.rows import Row
from ui.projector.told import Time
from ui.theme import BOLD, REGULAR

CLOCK: Final = 264
MOST: Final = 320.0  # side of the small QR code
DIVIDE: Final = 494.0  # above it what to do, below it which table is what


def paint_switch(canvas: Canvas, state: State, now: datetime, address: str) -> None:
    """Who goes and who stays, how long that takes, and which table is what."""
    time = told.time_of(state, now)
    if time is not None:
        time = time._replace(word=_word(time))
    listed = table_rows(state)
    if not listed:
        _paint_large(canvas, state, time, address)
        return
    right = _paint_clock(canvas, time) if time is not None else canvas.width - MARGIN
    _paint_call(canvas, state, QRectF(MARGIN, 52, right - MARGIN, DIVIDE - 76))
    width = canvas.width - 2 * MARGIN
    canvas.fill(QRectF(MARGIN, DIVIDE, width, 3), canvas.colours.line)
    floor = canvas.height - MARGIN - 30
    room = QRectF(MARGIN, DIVIDE + 20, width, floor - DIVIDE - 20)
    if late_arrivals.expected(state, address):
        room.setRight(_paint_way_in(canvas, state, address, room.adjusted(0, 16, 0, 0)) - MARGIN)
    rows.paint_pages(canvas, room, listed, now)


def _paint_way_in(canvas: Canvas, state: State, address: str, room: QRectF) -> float:
    """The QR code for who comes late, at the right of a room. Gives its left side."""
    words = late_arrivals.words_height(state)
    side = min(MOST, room.height() - words, canvas.width * 0.2)
    corner = QRectF(canvas.width - MARGIN - side, room.top(), side, side)
    late_arrivals.paint_small(canvas, corner, state, address)
    return corner.left()


def table_rows(state: State) -> list[Row]:
    """The tables with what they are called; nothing where they have only numbers."""
    found = [_row(state, table) for table in tables(state)]
    return found if any(row.name for row in found) else []


def _row(state: State, table: Table) -> Row:
    theme = state.find(Theme, table.theme)
    title = theme.title if theme is not None else ""
    colour = theme.colour.value if theme is not None else ""
    return Row(str(table.number), title or table.name, table.name if title else "", colour)


def _word(time: Time) -> str:
    """People on their feet are asked to sit, not to finish."""
    return _("Ga zitten") if time.urgent else time.word


def _paint_large(canvas: Canvas, state: State, time: Time | None, address: str) -> None:
    """Tables have only numbers: the clock is as large as in a round."""
    floor = canvas.height - MARGIN
    if time is not None:
        countdown = Countdown(canvas, time)
        countdown.paint()
        countdown.paint_word()
        floor = countdown.ceiling
    right = canvas.width - MARGIN
    if late_arrivals.expected(state, address):
        right = _paint_way_in(canvas, state, address, QRectF(0, 60, right, floor - 76)) - MARGIN
    _paint_call(canvas, state, QRectF(MARGIN, 52, right - MARGIN, floor - 52))


def _paint_clock(canvas: Canvas, time: Time) -> float:
    """The clock at the upper right, with its word and bar. Gives where it begins."""
    colours = canvas.colours
    measure = typeset.metrics(CLOCK, BOLD, clock=True)
    width = measure.horizontalAdvance(time.text)
    left = canvas.width - MARGIN - width
    under = 84 + measure.capHeight()
    ink = colours.warn if time.urgent else colours.ink
    canvas.digits(left, under, time.text, ink, CLOCK)
    bar = QRectF(MARGIN, canvas.height - MARGIN, canvas.width - 2 * MARGIN, BAR)
    canvas.bar(bar, time.fraction, colours.warn if time.urgent else colours.accent)
    if time.word:
        strip = QRectF(left, under + 44, width, 112)
        fill, ink = (
            (colours.warn, colours.on_warn) if time.urgent else (colours.selected, colours.ink)
        )
        canvas.fill(strip, fill, ROUNDING)
        canvas.text(strip, time.word, ink, largest=68, smallest=30, weight=BOLD, align=CENTRE)
    return left - MARGIN


def _paint_call(canvas: Canvas, state: State, box: QRectF) -> None:
    colours = canvas.colours
    following = next_step_of(state)
    heading = _("Wisselen")
    if following is not None and following.activity is StepKind.ROUND:
        name = told.within_sentence(told.name_of(state, following))
        heading = _("Op naar {name}").format(name=name)
    canvas.line(QRectF(box.left(), 52, box.width(), 70), heading, colours.accent, pixels=46)
    taken = canvas.text(
        QRectF(box.left(), 130, box.width(), (box.height() - 78) * 0.56),
        _("Zoek een andere tafel"),
        colours.ink,
        largest=116,
        smallest=64,
        weight=BOLD,
    )
    stays = _("Gastheer of gastvrouw blijft zitten.")
    mixes = (
        _("Ga zitten bij mensen die je nog niet sprak.")
        if the_meeting(state).form is Form.CLASSIC
        else _("Kies een thema waar je nog niet was.")
    )
    canvas.text(
        QRectF(box.left(), taken.bottom() + 18, box.width(), box.bottom() - taken.bottom() - 18),
        f"{stays}\n{mixes}",
        colours.muted,
        largest=60,
        smallest=34,
        weight=REGULAR,
    )
