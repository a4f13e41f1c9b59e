"""The small QR code that stays in view for who comes late, on every scene in which phones write."""

from __future__ import annotations

from typing import Final, NamedTuple

from PySide6.QtCore import QRectF, Qt

from facilitator.i18n import _
from facilitator.kernel.state import State
from facilitator.meeting.meeting import Phase, the_meeting
from facilitator.meeting.programme import StepKind, current_step
from ui.projector import told, typeset
from ui.projector.canvas import CENTRE, Canvas
from ui.theme import BOLD, SEMIBOLD

WITH_PHONES: Final = frozenset(
    {StepKind.WELCOME, StepKind.CHECK_IN, StepKind.ROUND, StepKind.SWITCH, StepKind.BREAK}
)
GAP: Final = 14.0
OVER: Final = 60.0  # the words may be so much wider than the code, at its left
LINE: Final = 50.0
SMALL_LINE: Final = 40.0
LEAST: Final = 20  # pixels of type
RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Line(NamedTuple):
    """A line under the code."""

    setting: typeset.Setting
    height: float
    colour: str
    weight: int

    @property
    def width(self) -> float:
        """Of the widest piece, where it had to be broken."""
        measure = typeset.metrics(self.setting.pixels, self.weight)
        return max(measure.horizontalAdvance(piece) for piece in self.setting.lines)


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
    """The code in this square, and under it what to do and where to go.

    The words stand amid the code; where one line is wider than that, all end where the code does.
    """
    canvas.qr(corner, address)
    call = _("Scan en stem mee") if the_meeting(state).voting else _("Scan en schrijf mee")
    muted, ink = canvas.colours.muted, canvas.colours.ink
    width = corner.width() + OVER
    lines = [
        Line(typeset.copied(call, width, LINE, 34, LEAST, SEMIBOLD), LINE, muted, SEMIBOLD),
        Line(typeset.copied(told.short(address), width, LINE, 38, LEAST, BOLD), LINE, ink, BOLD),
    ]
    for text in wifi_lines(state):
        setting = typeset.copied(text, width, SMALL_LINE, 32, LEAST, BOLD)
        lines.append(Line(setting, SMALL_LINE, muted, BOLD))
    left, top = corner.left(), corner.bottom() + GAP
    align = CENTRE
    if any(line.width > corner.width() for line in lines):
        left, align = left - OVER, RIGHT
    for line in lines:
        box = QRectF(left, top, corner.right() - left, line.height)
        canvas.lines(box, line.setting, line.colour, weight=line.weight, align=align)
        top += line.height
