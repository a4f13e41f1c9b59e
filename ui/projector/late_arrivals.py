"""The small QR code that stays in view for who comes late, on every scene in which phones write."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF

from facilitator.i18n import _
from facilitator.kernel.state import State
from facilitator.meeting.meeting import Phase, the_meeting
from facilitator.meeting.programme import StepKind, current_step
from ui.projector import told
from ui.projector.canvas import CENTRE, Canvas
from ui.theme import BOLD

WITH_PHONES: Final = frozenset(
    {StepKind.WELCOME, StepKind.CHECK_IN, StepKind.ROUND, StepKind.SWITCH, StepKind.BREAK}
)
GAP: Final = 14.0
OVER: Final = 30.0  # the words may be so much wider than the code, at both sides
LINE: Final = 50.0
SMALL_LINE: Final = 40.0


def expected(state: State, address: str) -> bool:
    """Whether people may still come in and write, or vote."""
    step, meeting = current_step(state), the_meeting(state)
    writing = step is not None and step.activity in WITH_PHONES
    return bool(address) and meeting.phase is not Phase.CLOSED and (writing or meeting.voting)


def words_height(state: State) -> float:
    """What stands under the code, with the gap above it."""
    return GAP + 2 * LINE + SMALL_LINE * len(wifi_lines(state))


def wifi_lines(state: State) -> list[str]:
    """Which network to be on, and its password; nothing where none is known."""
    meeting = the_meeting(state)
    if not meeting.wifi_name:
        return []
    lines = [_("op wifi {name}").format(name=meeting.wifi_name)]
    if meeting.wifi_password:
        lines.append(_("wachtwoord {password}").format(password=meeting.wifi_password))
    return lines


def paint_small(canvas: Canvas, corner: QRectF, state: State, address: str) -> None:
    """The code in this square, and under it what to do and where to go."""
    canvas.qr(corner, address)
    under = QRectF(corner.left() - OVER, corner.bottom() + GAP, corner.width() + 2 * OVER, LINE)
    call = _("Scan en stem mee") if the_meeting(state).voting else _("Scan en schrijf mee")
    canvas.text(under, call, canvas.colours.muted, largest=34, smallest=24, align=CENTRE)
    under.translate(0, LINE)
    canvas.exact(under, told.short(address), canvas.colours.ink, largest=38, smallest=20)
    under.translate(0, LINE)
    under.setHeight(SMALL_LINE)
    for line in wifi_lines(state):
        canvas.exact(under, line, canvas.colours.muted, largest=32, smallest=18, weight=BOLD)
        under.translate(0, SMALL_LINE)
