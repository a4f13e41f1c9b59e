"""Uitslag: the call to vote, what was voted, or with what grade people came in.

While the voting is open the hall sees what there is to choose and how many voted, and no dots: who
votes last would follow who voted first.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple

from PySide6.QtCore import QRectF

from facilitator.i18n import _, ngettext, words
from facilitator.kernel.state import State
from facilitator.meeting.checkin import CheckIn, average
from facilitator.meeting.meeting import Phase, the_meeting
from facilitator.meeting.themes import Theme
from facilitator.meeting.votes import Option, options, tally, voters
from ui import theme as look
from ui.projector import countdown, late_arrivals, paging, rows, told, typeset
from ui.projector.canvas import CENTRE, MIDDLE, Canvas
from ui.theme import BOLD, REGULAR, SEMIBOLD

ON_A_PAGE: Final = 8  # so many choices can be read from the last chairs
SIDE: Final = 64.0
TOP: Final = 140.0
EVEN: Final = 0.7  # where the smallest type is not far from that of most, all have it
SIZES: Final = (64, 36)  # pixels of a choice: at most, at least
HIGHEST: Final = 168.0  # a row
APART: Final = 8.0  # between rows
MARK: Final = 18.0  # width of the strip in the colour of the theme
GAP: Final = 28.0
WORDS: Final = 0.54  # of a row in which dots are shown
BAR: Final = 0.46  # of the height of a row
BAR_MOST: Final = 52.0
NUMBER: Final = (72, 44)  # pixels of a number of dots
CODE: Final = 0.14  # side of the small QR code, as a part of the width
ABOVE: Final = 24.0  # over how many voted
COUNT: Final = 92.0  # how many voted: a line and a bar
GRADE: Final = 400  # pixels
ASIDE: Final = 46  # pixels of what stands beside the heading


class Row(NamedTuple):
    """A choice as it stands in the hall."""

    text: str
    colour: str  # of a sticky note; empty: it is of no theme
    dots: int


def paint_result(canvas: Canvas, state: State, now: datetime, address: str) -> None:
    """What the voting has come to; without a vote the average of the check-in."""
    chosen = options(state)
    if not chosen:
        _paint_grade(canvas, state, now)
        return
    if is_open(state):
        _paint_top(canvas, state, now, _("Stem nu op je telefoon"), *dots_each(state))
    elif told.voted(state):
        _paint_counted(canvas, state, now)
        return
    else:
        _paint_top(canvas, state, now, _("Hierover gaan we stemmen"))
    box = QRectF(SIDE, TOP, canvas.width - 2 * SIDE, canvas.height - TOP - SIDE)
    if late_arrivals.expected(state, address):
        box.setRight(_paint_way_in(canvas, state, address) - GAP)
    if is_open(state):
        box.setBottom(canvas.height - SIDE - COUNT - ABOVE)
        _paint_count(canvas, QRectF(SIDE, box.bottom() + ABOVE, box.width(), COUNT), state)
    _paint_choices(canvas, box, [_row(state, option) for option in chosen], now)


def is_open(state: State) -> bool:
    """Whether phones can vote now."""
    meeting = the_meeting(state)
    return meeting.voting and meeting.phase is Phase.LIVE


def dots_each(state: State) -> tuple[str, str]:
    """How many dots everybody has; and the same in fewer words."""
    dots = the_meeting(state).dots
    whole = ngettext("{number} stip per persoon", "{number} stippen per persoon", dots)
    return whole, ngettext("{number} stip", "{number} stippen", dots)


def _row(state: State, option: Option, dots: int = 0) -> Row:
    theme = state.find(Theme, option.theme)
    return Row(option.text, theme.colour.value if theme is not None else "", dots)


def _paint_counted(canvas: Canvas, state: State, now: datetime) -> None:
    """The choices with their dots, most of them first."""
    counted = [_row(state, option, dots) for option, dots in tally(state)]
    number = voters(state)
    voted = ngettext("{number} heeft gestemd", "{number} hebben gestemd", number)
    given = ngettext("{number} stip", "{number} stippen", sum(row.dots for row in counted))
    asides = (f"{voted} · {given}", voted) if number else (given,)  # none: counted by hand
    _paint_top(canvas, state, now, _("Uitslag"), *asides)
    box = QRectF(SIDE, TOP, canvas.width - 2 * SIDE, canvas.height - TOP - SIDE)
    most = max(1, *(row.dots for row in counted))
    _paint_choices(canvas, box, counted, now, most)


def _paint_choices(
    canvas: Canvas, box: QRectF, listed: Sequence[Row], now: datetime, most: int = 0
) -> None:
    """Some of the choices under each other, all in one size; ``most`` dots make a whole bar."""
    pages = paging.parts(listed, ON_A_PAGE)
    shown = paging.page_at(len(pages), now)
    rows.paint_dots(canvas, canvas.width / 2, canvas.height - SIDE / 2, shown, len(pages))
    deep = max(len(page) for page in pages)
    height = min(HIGHEST, (box.height() - (deep - 1) * APART) / deep)
    width = _words_width(box.width(), counted=bool(most))
    pixels = _size(listed, width, height)
    for place, row in enumerate(pages[shown]):
        top = box.top() + place * (height + APART)
        at = QRectF(box.left(), top, box.width(), height)
        _paint_words(canvas, at, row, width, pixels)
        if most:
            _paint_dots(canvas, at.adjusted(MARK + GAP + width + GAP, 0, 0, 0), row, most)


def _words_width(whole: float, *, counted: bool) -> float:
    return (whole - MARK - GAP) * (WORDS if counted else 1.0)


def _size(listed: Sequence[Row], width: float, height: float) -> int:
    """The type in which all choices stand whole; where a few are long, these are set smaller."""
    largest, smallest = SIZES
    settings = [
        typeset.fitted(row.text, width, height, largest, smallest, SEMIBOLD) for row in listed
    ]
    fitted = sorted(setting.pixels for setting in settings if not setting.cut) or [smallest]
    most = fitted[len(fitted) // 4]
    return fitted[0] if fitted[0] >= most * EVEN else most


def _paint_words(canvas: Canvas, box: QRectF, row: Row, width: float, pixels: int) -> None:
    strip = QRectF(box.left(), box.top(), MARK, box.height())
    ground = look.note_colour(row.colour) if row.colour else canvas.colours.track
    canvas.fill(strip, ground, MARK / 2)
    words = QRectF(strip.right() + GAP, box.top(), width, box.height())
    canvas.text(
        words, row.text, canvas.colours.ink, largest=pixels, smallest=SIZES[1], align=MIDDLE
    )


def _paint_dots(canvas: Canvas, box: QRectF, row: Row, most: int) -> None:
    """A bar, and the number at its right."""
    pixels = max(NUMBER[1], min(NUMBER[0], int(box.height() * 0.56)))
    room = typeset.metrics(pixels, BOLD, clock=True).horizontalAdvance(str(most)) + GAP
    high = min(BAR_MOST, box.height() * BAR)
    bar = QRectF(box.left(), box.center().y() - high / 2, box.width() - room, high)
    canvas.bar(bar, row.dots / most, canvas.colours.accent)
    ink = canvas.colours.ink if row.dots else canvas.colours.muted
    measure = typeset.metrics(pixels, BOLD, clock=True)
    said = str(row.dots)
    baseline = box.center().y() + measure.capHeight() / 2
    canvas.digits(box.right() - measure.horizontalAdvance(said), baseline, said, ink, pixels)


def _paint_count(canvas: Canvas, box: QRectF, state: State) -> None:
    """How many voted of how many are in."""
    number, of = voters(state), told.may_vote(state)
    canvas.text(
        QRectF(box.left(), box.top(), box.width(), 64),
        told.have_voted(state),
        canvas.colours.ink,
        largest=52,
        smallest=34,
    )
    bar = QRectF(box.left(), box.bottom() - 26, box.width(), 26)
    canvas.bar(bar, number / max(1, of), canvas.colours.accent)


def _paint_way_in(canvas: Canvas, state: State, address: str) -> float:
    """The QR code for who comes late, at the lower right. Gives its left side."""
    side = canvas.width * CODE
    top = canvas.height - SIDE - side - late_arrivals.words_height(state)
    corner = QRectF(canvas.width - SIDE - side, top, side, side)
    late_arrivals.paint_small(canvas, corner, state, address)
    return corner.left() - late_arrivals.OVER


def _paint_grade(canvas: Canvas, state: State, now: datetime) -> None:
    """There is no vote: how people came in, where they gave a grade."""
    check_ins = state.all(CheckIn)
    mean = average(check_ins)
    if mean is None:
        _paint_top(canvas, state, now, _("Uitslag"))
        box = QRectF(SIDE, TOP + 40, canvas.width - 2 * SIDE, 300)
        said = _("Er is nog niet gestemd")
        canvas.text(box, said, canvas.colours.muted, largest=88, smallest=48)
        return
    _paint_top(canvas, state, now, _("Zo kwamen we binnen"))
    number = sum(each.grade is not None for each in check_ins)
    said = ngettext("gemiddeld van {number} cijfer", "gemiddeld van {number} cijfers", number)
    measure = typeset.metrics(GRADE, BOLD, clock=True)
    shown, baseline = words().number(mean), canvas.height / 2 + measure.capHeight() / 2
    left = (canvas.width - measure.horizontalAdvance(shown)) / 2
    canvas.digits(left, baseline, shown, canvas.colours.ink, GRADE)
    under = QRectF(SIDE, baseline + 120, canvas.width - 2 * SIDE, 90)
    canvas.text(under, said, canvas.colours.muted, largest=60, smallest=40, align=CENTRE)


def _paint_top(canvas: Canvas, state: State, now: datetime, heading: str, *asides: str) -> None:
    """The heading, and beside it the first that there is room for; and the clock."""
    time = told.time_of(state, now)
    right = canvas.width - SIDE
    if time is not None:
        right = countdown.paint_small(canvas, right, 76, time, 88)
    taken = canvas.text(
        QRectF(SIDE, 24, right - SIDE, 104),
        heading,
        canvas.colours.accent,
        largest=60,
        smallest=34,
        weight=BOLD,
        align=MIDDLE,
    )
    rest = QRectF(taken.right() + 36, 24, right - taken.right() - 36, 108)
    measure = typeset.metrics(ASIDE, REGULAR)
    fitting = (aside for aside in asides if measure.horizontalAdvance(aside) <= rest.width())
    canvas.line(rest, next(fitting, ""), canvas.colours.muted, pixels=ASIDE, weight=REGULAR)
