"""Inloop: people come in and scan."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from PySide6.QtCore import QRectF

from facilitator.i18n import _
from facilitator.kernel.state import State
from facilitator.meeting.meeting import Meeting, Phase, the_meeting
from ui.projector import table_codes, told
from ui.projector.canvas import LEFT, MARGIN, Canvas
from ui.projector.table_codes import TableCode, paint_table_codes
from ui.projector.two_codes import paint_two_codes
from ui.theme import BOLD, REGULAR, SEMIBOLD

HEADING: Final = 62.0  # over the codes of the tables
CODES: Final = 336.0  # room for the codes of the tables, beside the code to scan
CODES_UNDER: Final = 150.0  # the same, under it
FEW: Final = 4  # tables that stand large, under each other
GAP: Final = 18.0
COUNT: Final = 96.0  # who is in, with the line over it


def paint_doors(canvas: Canvas, state: State, now: datetime, address: str) -> None:
    """The QR code of the whole height, what the meeting is called, and how to come in."""
    meeting = the_meeting(state)
    if meeting.phase is Phase.CLOSED:
        _paint_thanks(canvas, meeting)
        return
    if address and meeting.wifi_name:
        paint_two_codes(canvas, state, now, address)
        return
    listed = table_codes.table_codes(state) if address else []
    box = QRectF(MARGIN, MARGIN, canvas.width - 2 * MARGIN, canvas.height - 2 * MARGIN)
    if listed and canvas.narrow:
        columns = min(4, len(listed))
        under = HEADING + table_codes.height_of(listed, columns, CODES_UNDER)
        strip = QRectF(box.left(), box.bottom() - under, box.width(), under)
        _paint_tables(canvas, strip, listed, now, columns)
        box.setBottom(strip.top() - GAP)
    if address:
        side = min(box.height(), (canvas.width - 3 * MARGIN) * 0.58)
        top = box.top() if listed else box.center().y() - side / 2
        canvas.qr(QRectF(box.left(), top, side, side), address)
        box.setLeft(box.left() + side + MARGIN)
    _paint_count(canvas, box, state)
    box.setBottom(box.bottom() - COUNT)
    if listed and not canvas.narrow:
        columns = 1 if len(listed) <= FEW else 2
        under = HEADING + table_codes.height_of(listed, columns, CODES)
        bottom = box.bottom() - GAP - table_codes.under(listed)
        strip = QRectF(box.left(), bottom - under, box.width(), under)
        _paint_tables(canvas, strip, listed, now, columns)
        box.setBottom(strip.top() - GAP)
    if address:
        box.setBottom(_paint_way_in(canvas, box, address, close=bool(listed)) - GAP)
    _paint_welcome(canvas, box, meeting)


def _paint_tables(
    canvas: Canvas, box: QRectF, listed: Sequence[TableCode], now: datetime, columns: int
) -> None:
    """What to type after that: the tables with their codes."""
    canvas.text(
        QRectF(box.left(), box.top(), box.width(), HEADING),
        _("Typ daarna de code van je tafel"),
        canvas.colours.accent,
        largest=48,
        smallest=32,
        weight=BOLD,
    )
    paint_table_codes(canvas, box.adjusted(0, HEADING, 0, 0), listed, now, columns)


def _paint_welcome(canvas: Canvas, box: QRectF, meeting: Meeting) -> None:
    colours = canvas.colours
    top = box.top()
    if meeting.organisation:
        taken = canvas.text(
            QRectF(box.left(), top, box.width(), 104),
            meeting.organisation,
            colours.muted,
            largest=42,
            smallest=34,
            weight=REGULAR,
        )
        top = taken.bottom() + 14
    room = box.bottom() - top
    canvas.text(
        QRectF(box.left(), top, box.width(), room),
        meeting.title,
        colours.ink,
        largest=96,
        smallest=38,
        weight=BOLD,
    )


def _paint_count(canvas: Canvas, box: QRectF, state: State) -> None:
    bottom = box.bottom()
    canvas.fill(QRectF(box.left(), bottom - COUNT, box.width(), 3), canvas.colours.line)
    canvas.text(
        QRectF(box.left(), bottom - 78, box.width(), 78),
        told.who_is_in(state),
        canvas.colours.muted,
        largest=44,
        smallest=30,
        align=LEFT,
    )


def _paint_way_in(canvas: Canvas, box: QRectF, address: str, *, close: bool) -> float:
    """What to do with the code, and what to type instead, low in a box. Gives where it begins.

    ``close``: with less air, where more stands under it.
    """
    heights = (96.0, 52.0, 92.0) if close else (114.0, 60.0, 150.0)
    top = box.bottom() - sum(heights)
    scan, typed, copied = (
        QRectF(box.left(), top + sum(heights[:place]), box.width(), height)
        for place, height in enumerate(heights)
    )
    colours = canvas.colours
    call, instead = _("Scan en doe mee"), _("of typ op je telefoon")
    canvas.text(scan, call, colours.accent, largest=84, smallest=48, weight=BOLD)
    canvas.text(typed, instead, colours.muted, largest=42, smallest=32, weight=REGULAR)
    short = told.short(address)
    canvas.text(copied, short, colours.ink, largest=76, smallest=38, weight=SEMIBOLD)
    return top


def _paint_thanks(canvas: Canvas, meeting: Meeting) -> None:
    box = QRectF(MARGIN, 250, canvas.width - 2 * MARGIN, canvas.height - 500)
    taken = canvas.text(
        QRectF(box.left(), box.top(), box.width(), 200),
        _("Bedankt voor het meedoen"),
        canvas.colours.ink,
        largest=128,
        smallest=72,
        weight=BOLD,
    )
    canvas.text(
        QRectF(box.left(), taken.bottom() + 30, box.width(), box.bottom() - taken.bottom()),
        meeting.what_next or meeting.title,
        canvas.colours.muted,
        largest=60,
        smallest=36,
        weight=REGULAR,
    )
