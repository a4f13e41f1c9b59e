"""Inloop: people come in and scan."""

from __future__ import annotations

from PySide6.QtCore import QRectF

from facilitator.i18n import _
from facilitator.kernel.state import State
from facilitator.meeting.meeting import Meeting, Phase, the_meeting
from ui.projector import told
from ui.projector.canvas import LEFT, MARGIN, Canvas
from ui.projector.two_codes import paint_two_codes
from ui.theme import BOLD, REGULAR, SEMIBOLD


def paint_doors(canvas: Canvas, state: State, address: str) -> None:
    """The QR code of the whole height, what the meeting is called, and how to come in."""
    meeting = the_meeting(state)
    if meeting.phase is Phase.CLOSED:
        _paint_thanks(canvas, meeting)
        return
    if address and meeting.wifi_name:
        paint_two_codes(canvas, state, address)
        return
    left = MARGIN
    width = canvas.width - 2 * MARGIN
    if address:
        side = min(canvas.height - 2 * MARGIN, (canvas.width - 3 * MARGIN) * 0.58)
        top = (canvas.height - side) / 2
        canvas.qr(QRectF(MARGIN, top, side, side), address)
        left += side + MARGIN
        width -= side + MARGIN
    _paint_welcome(canvas, QRectF(left, MARGIN, width, canvas.height - 2 * MARGIN), meeting)
    _paint_way_in(canvas, QRectF(left, MARGIN, width, canvas.height - 2 * MARGIN), state, address)


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
    room = box.bottom() - 470 - top
    canvas.text(
        QRectF(box.left(), top, box.width(), room),
        meeting.title,
        colours.ink,
        largest=96,
        smallest=38,
        weight=BOLD,
    )


def _paint_way_in(canvas: Canvas, box: QRectF, state: State, address: str) -> None:
    colours = canvas.colours
    bottom = box.bottom()
    count = told.who_is_in(state)
    canvas.fill(QRectF(box.left(), bottom - 96, box.width(), 3), colours.line)
    canvas.text(
        QRectF(box.left(), bottom - 78, box.width(), 78),
        count,
        colours.muted,
        largest=44,
        smallest=30,
        align=LEFT,
    )
    if not address:
        return
    canvas.text(
        QRectF(box.left(), bottom - 420, box.width(), 110),
        _("Scan en doe mee"),
        colours.accent,
        largest=84,
        smallest=48,
        weight=BOLD,
    )
    canvas.text(
        QRectF(box.left(), bottom - 306, box.width(), 60),
        _("of typ op je telefoon"),
        colours.muted,
        largest=42,
        smallest=32,
        weight=REGULAR,
    )
    canvas.text(
        QRectF(box.left(), bottom - 246, box.width(), 120),
        told.short(address),
        colours.ink,
        largest=76,
        smallest=38,
        weight=SEMIBOLD,
    )


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
