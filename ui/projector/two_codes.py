"""Inloop where the Wi-Fi is known: numbered codes, the network, then the page, then one's table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple

from PySide6.QtCore import QRectF

from facilitator.i18n import Translate, _, words
from facilitator.kernel.state import State
from facilitator.meeting.meeting import Meeting, the_meeting
from facilitator.meeting.wifi import wifi_code
from ui.projector import table_codes, told
from ui.projector.canvas import CENTRE, LOW_RIGHT, MARGIN, MIDDLE, Canvas
from ui.projector.table_codes import TableCode, paint_table_codes
from ui.theme import BOLD, REGULAR

TOP: Final = 158.0  # over it what the meeting is called
NUMBER: Final = 84.0
WORDS: Final = 186.0  # under a code, what to type instead
GAP: Final = 18.0
LABEL: Final = 214.0  # room for a word before what is copied
STACKED: Final = 260.0  # under a code in a narrow column, where a word stands over what is copied
TABLES: Final = (
    420.0,
    320.0,
)  # width of the tables with their codes: on a wide sheet, a narrow one
NARROW_GAP: Final = 40.0  # between columns on a narrow sheet


class Way(NamedTuple):
    """A code, what it is for, and what to type instead: a word, and what is copied, if anything."""

    number: str
    name: str
    code: str
    typed: tuple[tuple[str, str], ...]


def paint_two_codes(canvas: Canvas, state: State, now: datetime, address: str) -> None:
    """Both codes, each with its number and what to type instead; beside them the tables' codes."""
    meeting = the_meeting(state)
    _paint_top(canvas, state, meeting)
    wifi, page = wifi_way(meeting, words()), page_way(address, words())
    room = QRectF(0, TOP, canvas.width, canvas.height - TOP)
    listed = table_codes.table_codes(state)
    if not listed:
        page = page._replace(typed=(*page.typed, (_("en de code op je tafel"), "")))
        paint_beside(canvas, room, (wifi, page))
        return
    gap = NARROW_GAP if canvas.narrow else MARGIN
    width = TABLES[canvas.narrow]
    column = QRectF(canvas.width - MARGIN - width, TOP, width, canvas.height - TOP - MARGIN)
    room.setRight(column.left() - gap + MARGIN)
    paint_beside(canvas, room, (wifi, page), gap=gap, stacked=canvas.narrow)
    _paint_tables(canvas, column, listed, now)


def _paint_tables(canvas: Canvas, box: QRectF, listed: Sequence[TableCode], now: datetime) -> None:
    """The third step, and the tables under each other."""
    _paint_head(canvas, box, "3", _("Typ de code"))
    top = box.top() + NUMBER + GAP
    room = box.bottom() - top - table_codes.under(listed)
    height = table_codes.height_of(listed, 1, room)
    paint_table_codes(canvas, QRectF(box.left(), top, box.width(), height), listed, now, 1)


def wifi_way(meeting: Meeting, t: Translate) -> Way:
    """Onto the network, in a language."""
    password = meeting.wifi_password
    typed = (t("wachtwoord"), password) if password else (t("geen wachtwoord nodig"), "")
    word = t("verborgen netwerk") if meeting.wifi_hidden else t("netwerk")
    return Way("1", t("Ga op de wifi"), wifi_code(meeting), ((word, meeting.wifi_name), typed))


def page_way(address: str, t: Translate) -> Way:
    """To the page of the phones, in a language."""
    return Way("2", t("Scan en doe mee"), address, ((t("of typ"), told.short(address)),))


def paint_beside(
    canvas: Canvas,
    room: QRectF,
    ways: tuple[Way, ...],
    *,
    gap: float = MARGIN,
    stacked: bool = False,
) -> None:
    """Ways in beside each other, with margins round them and a gap between."""
    width = (room.width() - 2 * MARGIN - (len(ways) - 1) * gap) / len(ways)
    height = room.height() - MARGIN / 2
    for place, way in enumerate(ways):
        left = room.left() + MARGIN + place * (width + gap)
        _paint_way(canvas, QRectF(left, room.top(), width, height), way, stacked=stacked)


def _paint_top(canvas: Canvas, state: State, meeting: Meeting) -> None:
    colours = canvas.colours
    room = canvas.width - 2 * MARGIN
    part = room * 0.68
    title = QRectF(MARGIN, 36, part, TOP - 56)
    canvas.text(
        title, meeting.title, colours.ink, largest=76, smallest=34, weight=BOLD, align=MIDDLE
    )
    count = QRectF(MARGIN + part + GAP, 36, room - part - GAP, TOP - 64)
    canvas.text(
        count, told.who_is_in(state), colours.muted, largest=42, smallest=28, align=LOW_RIGHT
    )


def _paint_way(canvas: Canvas, box: QRectF, way: Way, *, stacked: bool) -> None:
    _paint_head(canvas, box, way.number, way.name)
    high = STACKED if stacked else WORDS
    top = box.top() + NUMBER + GAP
    side = min(box.width(), box.bottom() - top - GAP - high)
    code = QRectF(box.left(), top, side, side)
    canvas.qr(code, way.code)
    typed = QRectF(box.left(), code.bottom() + GAP, box.width(), high)
    _paint_typed(canvas, typed, way.typed, stacked=stacked)


def _paint_head(canvas: Canvas, box: QRectF, number: str, name: str) -> None:
    """The number of a step and what it is called, at the top of a box."""
    colours = canvas.colours
    chip = QRectF(box.left(), box.top(), NUMBER, NUMBER)
    canvas.fill(chip, colours.accent, NUMBER / 2)
    canvas.text(chip, number, colours.on_accent, largest=60, smallest=40, weight=BOLD, align=CENTRE)
    beside = QRectF(chip.right() + GAP, box.top(), box.width() - NUMBER - GAP, NUMBER)
    canvas.text(beside, name, colours.accent, largest=68, smallest=34, weight=BOLD, align=MIDDLE)


def _paint_typed(
    canvas: Canvas, box: QRectF, typed: tuple[tuple[str, str], ...], *, stacked: bool
) -> None:
    high = box.height() / 2
    for place, (word, copied) in enumerate(typed):
        room = QRectF(box.left(), box.top() + place * high, box.width(), high - 8)
        before = QRectF(room)
        if copied and stacked:
            before.setHeight(high * 0.32)
        elif copied:
            before.setWidth(LABEL)
        canvas.text(
            before,
            word,
            canvas.colours.muted,
            largest=36 if copied else 46,
            smallest=26,
            weight=REGULAR,
            align=MIDDLE,
        )
        if stacked:
            room.setTop(before.bottom())
        else:
            room.setLeft(room.left() + LABEL)
        canvas.exact(room, copied, canvas.colours.ink, largest=64, smallest=38, align=MIDDLE)
