"""Inloop where the Wi-Fi is known: two numbered codes, first the network and then the page."""

from __future__ import annotations

from typing import Final, NamedTuple

from PySide6.QtCore import QRectF

from facilitator.i18n import Translate, _, words
from facilitator.kernel.state import State
from facilitator.meeting.meeting import Meeting, the_meeting
from facilitator.meeting.wifi import wifi_code
from ui.projector import told
from ui.projector.canvas import CENTRE, LOW_RIGHT, MARGIN, MIDDLE, Canvas
from ui.theme import BOLD, REGULAR

TOP: Final = 158.0  # over it what the meeting is called
NUMBER: Final = 84.0
WORDS: Final = 186.0  # under a code, what to type instead
GAP: Final = 18.0
LABEL: Final = 214.0  # room for a word before what is copied


class Way(NamedTuple):
    """A code, what it is for, and what to type instead: a word, and what is copied, if anything."""

    number: str
    name: str
    code: str
    typed: tuple[tuple[str, str], ...]


def paint_two_codes(canvas: Canvas, state: State, address: str) -> None:
    """Both codes beside each other, each with its number and what to type instead."""
    meeting = the_meeting(state)
    _paint_top(canvas, state, meeting)
    wifi, page = wifi_way(meeting, words()), page_way(address, words())
    page = page._replace(typed=(*page.typed, (_("en de code op je tafel"), "")))
    paint_beside(canvas, QRectF(0, TOP, canvas.width, canvas.height - TOP), (wifi, page))


def wifi_way(meeting: Meeting, t: Translate) -> Way:
    """Onto the network, in a language."""
    password = meeting.wifi_password
    typed = (t("wachtwoord"), password) if password else (t("geen wachtwoord nodig"), "")
    word = t("verborgen netwerk") if meeting.wifi_hidden else t("netwerk")
    return Way("1", t("Ga op de wifi"), wifi_code(meeting), ((word, meeting.wifi_name), typed))


def page_way(address: str, t: Translate) -> Way:
    """To the page of the phones, in a language."""
    return Way("2", t("Scan en doe mee"), address, ((t("of typ"), told.short(address)),))


def paint_beside(canvas: Canvas, room: QRectF, ways: tuple[Way, ...]) -> None:
    """Ways in beside each other, with margins round them."""
    width = (room.width() - (len(ways) + 1) * MARGIN) / len(ways)
    height = room.height() - MARGIN / 2
    for place, way in enumerate(ways):
        left = room.left() + MARGIN + place * (width + MARGIN)
        _paint_way(canvas, QRectF(left, room.top(), width, height), way)


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


def _paint_way(canvas: Canvas, box: QRectF, way: Way) -> None:
    colours = canvas.colours
    chip = QRectF(box.left(), box.top(), NUMBER, NUMBER)
    canvas.fill(chip, colours.accent, NUMBER / 2)
    canvas.text(
        chip, way.number, colours.on_accent, largest=60, smallest=40, weight=BOLD, align=CENTRE
    )
    name = QRectF(chip.right() + GAP, box.top(), box.width() - NUMBER - GAP, NUMBER)
    canvas.text(name, way.name, colours.accent, largest=68, smallest=40, weight=BOLD, align=MIDDLE)
    side = min(box.width(), box.height() - NUMBER - 2 * GAP - WORDS)
    code = QRectF(box.left(), chip.bottom() + GAP, side, side)
    canvas.qr(code, way.code)
    _paint_typed(canvas, QRectF(box.left(), code.bottom() + GAP, box.width(), WORDS), way.typed)


def _paint_typed(canvas: Canvas, box: QRectF, typed: tuple[tuple[str, str], ...]) -> None:
    high = WORDS / 2
    for place, (word, copied) in enumerate(typed):
        room = QRectF(box.left(), box.top() + place * high, box.width(), high - 8)
        before = QRectF(room)
        if copied:
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
        room.setLeft(room.left() + LABEL)
        canvas.exact(room, copied, canvas.colours.ink, largest=64, smallest=38, align=MIDDLE)
