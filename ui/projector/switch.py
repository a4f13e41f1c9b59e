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
from ui.projector import paging, rows, told, typeset
from ui.projector.canvas import CENTRE, MARGIN, Canvas
from ui.projector.countdown import BAR
from ui.projector.rows import Row
from ui.projector.told import Time
from ui.theme import BOLD, REGULAR

ON_A_PAGE: Final = 24
CLOCK: Final = 264


def paint_switch(canvas: Canvas, state: State, now: datetime) -> None:
    """Who goes and who stays, how long that takes, and which table is what."""
    time = told.time_of(state, now)
    floor = canvas.height - MARGIN - 34
    right = _paint_clock(canvas, time) if time is not None else canvas.width - MARGIN
    listed = table_rows(state)
    low = 470.0 if listed else floor
    _paint_call(canvas, state, QRectF(MARGIN, 52, right - MARGIN, low - 52))
    if listed:
        canvas.fill(QRectF(MARGIN, 494, canvas.width - 2 * MARGIN, 3), canvas.colours.line)
        pages = paging.parts(listed, ON_A_PAGE)
        shown = pages[paging.page_at(len(pages), now)]
        box = QRectF(MARGIN, 520, canvas.width - 2 * MARGIN, floor - 536)
        rows.paint_rows(canvas, box, shown, 3 if canvas.narrow else 4)


def table_rows(state: State) -> list[Row]:
    """The tables with what they are called; nothing where they have only numbers."""
    found = [_row(state, table) for table in tables(state)]
    return found if any(row.name for row in found) else []


def pages_of(state: State) -> int:
    """How many pages of tables there are."""
    return len(paging.parts(table_rows(state), ON_A_PAGE))


def _row(state: State, table: Table) -> Row:
    theme = state.find(Theme, table.theme)
    title = theme.title if theme is not None else ""
    colour = theme.colour.value if theme is not None else ""
    return Row(str(table.number), title or table.name, table.name if title else "", colour)


def _paint_clock(canvas: Canvas, time: Time) -> float:
    """The clock at the upper right, with its word and bar. Gives where it begins."""
    colours = canvas.colours
    measure = typeset.metrics(CLOCK, BOLD, clock=True)
    width = measure.horizontalAdvance(time.text)
    left = canvas.width - MARGIN - width
    ink = colours.warn if time.urgent else colours.ink
    canvas.digits(left, 96 + measure.capHeight(), time.text, ink, CLOCK)
    bar = QRectF(MARGIN, canvas.height - MARGIN, canvas.width - 2 * MARGIN, BAR)
    canvas.bar(bar, time.fraction, colours.warn if time.urgent else colours.accent)
    if time.word:
        word = _last_word(time)
        strip = QRectF(left, 96 + measure.capHeight() + 40, width, 92)
        fill, ink = (
            (colours.warn, colours.on_warn) if time.urgent else (colours.selected, colours.ink)
        )
        canvas.fill(strip, fill, 16)
        canvas.text(strip, word, ink, largest=54, smallest=30, weight=BOLD, align=CENTRE)
    return left - MARGIN


def _last_word(time: Time) -> str:
    """People on their feet are asked to sit, not to finish."""
    return _("Ga zitten") if time.urgent else time.word


def _paint_call(canvas: Canvas, state: State, box: QRectF) -> None:
    colours = canvas.colours
    following = next_step_of(state)
    heading = _("Wisselen")
    if following is not None and following.activity is StepKind.ROUND:
        heading = _("Op naar {name}").format(name=told.name_of(state, following).lower())
    canvas.line(QRectF(box.left(), 52, box.width(), 70), heading, colours.accent, pixels=46)
    taken = canvas.text(
        QRectF(box.left(), 130, box.width(), (box.height() - 78) * 0.56),
        _("Zoek een andere tafel"),
        colours.ink,
        largest=112,
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
        QRectF(box.left(), taken.bottom() + 14, box.width(), box.bottom() - taken.bottom() - 14),
        f"{stays}\n{mixes}",
        colours.muted,
        largest=52,
        smallest=34,
        weight=REGULAR,
    )
