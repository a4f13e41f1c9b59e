"""A step of the programme with its clock: Ronde, and every step that has no scene of its own."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from PySide6.QtCore import QRectF

from facilitator.i18n import N_, _, words
from facilitator.kernel.state import State
from facilitator.meeting.meeting import the_meeting
from facilitator.meeting.programme import (
    Step,
    StepKind,
    Stretch,
    current_step,
    next_step_of,
    the_clock,
)
from facilitator.meeting.themes import themes
from ui.projector import late_arrivals, questions, rows, told
from ui.projector.canvas import MARGIN, Canvas
from ui.projector.countdown import Countdown
from ui.projector.told import Time
from ui.theme import BOLD, REGULAR, SEMIBOLD

TOP: Final = 132.0
WAY_IN: Final = 60.0  # where the small QR code begins

SAID: Final = {
    StepKind.CHECK_IN: N_("Hoe zit je erbij, in één woord en als cijfer?"),
    StepKind.HARVEST: N_("Wat hebben we gevonden?"),
    StepKind.PLENARY: N_("Wat valt op? Wat hoort bij elkaar?"),
    StepKind.DECISION: N_("Wat spreken we af? Wie doet wat, en wanneer?"),
    StepKind.BREAK: N_("Even pauze"),
    StepKind.CLOSING: N_("Bedankt voor het meedoen"),
}


def paint_step(canvas: Canvas, state: State, now: datetime, address: str) -> None:
    """What the hall is doing now, how long still, and what comes after."""
    step, time = current_step(state), told.time_of(state, now)
    if step is None or time is None:
        _paint_before(canvas, state)
        return
    countdown = Countdown(canvas, time)
    countdown.paint()
    right = canvas.width - MARGIN
    if late_arrivals.expected(state, address):
        right = _paint_way_in(canvas, state, address, countdown.ceiling) - MARGIN
    _paint_heading(canvas, told.name_of(state, step), right)
    body = QRectF(MARGIN, TOP, right - MARGIN, countdown.ceiling - TOP - 16)
    _paint_body(canvas, body, state, step, now)
    _paint_aside(canvas, countdown, state, now, time)


def _paint_heading(canvas: Canvas, text: str, right: float) -> None:
    box = QRectF(MARGIN, 52, right - MARGIN, 70)
    canvas.line(box, text, canvas.colours.accent, pixels=46)


def _paint_way_in(canvas: Canvas, state: State, address: str, floor: float) -> float:
    """The QR code for who comes late, with the address under it. Gives its left side."""
    words = late_arrivals.words_height(state)
    side = min(360.0, floor - WAY_IN - words - 16, canvas.width * 0.2)
    corner = QRectF(canvas.width - MARGIN - side, WAY_IN, side, side)
    late_arrivals.paint_small(canvas, corner, state, address)
    return corner.left()


def _paint_body(canvas: Canvas, box: QRectF, state: State, step: Step, now: datetime) -> None:
    if step.question:
        _paint_large(canvas, box, step.question)
    elif step.activity is StepKind.ROUND:
        _paint_themes(canvas, box, state, now)
    elif step.activity is StepKind.WELCOME:
        _paint_welcome(canvas, box, state)
    elif step.activity is StepKind.CLOSING and the_meeting(state).what_next:
        _paint_large(canvas, box, the_meeting(state).what_next)
    else:
        canvas.text(
            box,
            _(SAID.get(step.activity, "")),
            canvas.colours.ink,
            largest=124,
            smallest=60,
            weight=SEMIBOLD,
        )


def _paint_large(canvas: Canvas, box: QRectF, text: str) -> QRectF:
    return canvas.text(box, text, canvas.colours.ink, largest=108, smallest=38, weight=SEMIBOLD)


def _paint_themes(canvas: Canvas, box: QRectF, state: State, now: datetime) -> None:
    row = themes(state)
    if not row:
        _paint_large(canvas, box, the_meeting(state).title)
    elif len(row) == 1:
        _paint_large(canvas, box, row[0].question or row[0].title)
    else:
        listed, room = rows.theme_rows(state), box.adjusted(0, 10, 0, 0)
        sheet = questions.sheet_for(listed, room, 2)
        if sheet is not None:
            questions.paint_sheet(canvas, room, sheet)
        else:
            rows.paint_pages(canvas, room, listed, now)


def _paint_welcome(canvas: Canvas, box: QRectF, state: State) -> None:
    meeting = the_meeting(state)
    title = QRectF(box.left(), box.top(), box.width(), box.height() * 0.62)
    taken = canvas.text(
        title, meeting.title, canvas.colours.ink, largest=116, smallest=44, weight=BOLD
    )
    rest = QRectF(box.left(), taken.bottom() + 16, box.width(), box.bottom() - taken.bottom() - 16)
    under = meeting.purpose or meeting.organisation
    canvas.text(rest, under, canvas.colours.muted, largest=52, smallest=34, weight=REGULAR)


def _paint_aside(
    canvas: Canvas, countdown: Countdown, state: State, now: datetime, time: Time
) -> None:
    """Beside the clock: the word, and what comes after this step."""
    room = countdown.paint_word()
    following = next_step_of(state)
    name = told.coming(state, following)
    over = time.stretch is Stretch.OVERTIME
    muted = canvas.colours.on_warn if over else canvas.colours.muted
    ink = canvas.colours.on_warn if over else canvas.colours.ink
    if not countdown.aside:
        if name and not time.word:
            line = _("Daarna: {name}").format(name=told.within_sentence(name))
            canvas.line(countdown.beside, line, muted, pixels=46, weight=REGULAR)
        return
    again = _resumes(state, now)
    label, main = (_("We gaan verder om"), again) if again else (_("Daarna"), name)
    if not main or room.height() < 100:  # noqa: PLR2004 - a label and a line
        return
    taken = canvas.line(
        QRectF(room.left(), room.top() - 8, room.width(), 54),
        label,
        muted,
        pixels=42,
        weight=REGULAR,
    )
    room.setTop(taken.bottom())
    taken = canvas.text(
        QRectF(room.left(), room.top(), room.width(), min(150.0, room.height())),
        main,
        ink,
        largest=96 if again else 62,
        smallest=40,
    )
    room.setTop(taken.bottom() + 12)
    hint = _hint(following)
    if not time.word and hint and room.height() > 48:  # noqa: PLR2004 - a line
        canvas.text(room, hint, muted, largest=42, smallest=34, weight=REGULAR)


def _resumes(state: State, now: datetime) -> str:
    """When a break is over, in the time of day."""
    step, clock = current_step(state), the_clock(state)
    if step is None or step.activity is not StepKind.BREAK:
        return ""
    if clock.ends_at is None or clock.ends_at <= now:
        return ""
    nearest = clock.ends_at + timedelta(seconds=30)
    return words().time(nearest.astimezone(now.tzinfo).time())


def _hint(following: Step | None) -> str:
    if following is not None and following.activity is StepKind.SWITCH:
        return _("Gastheer of gastvrouw blijft zitten, de rest schuift door")
    return ""


def _paint_before(canvas: Canvas, state: State) -> None:
    """No step has begun: what we came for."""
    meeting = the_meeting(state)
    box = QRectF(MARGIN, canvas.height * 0.28, canvas.width - 2 * MARGIN, canvas.height * 0.6)
    _paint_heading(canvas, meeting.organisation, canvas.width - MARGIN)
    title = QRectF(box.left(), box.top(), box.width(), box.height() * 0.6)
    taken = canvas.text(
        title, meeting.title, canvas.colours.ink, largest=140, smallest=56, weight=BOLD
    )
    rest = QRectF(box.left(), taken.bottom() + 24, box.width(), box.bottom() - taken.bottom() - 24)
    under = meeting.purpose or _("We beginnen zo")
    canvas.text(rest, under, canvas.colours.muted, largest=60, smallest=38, weight=REGULAR)
