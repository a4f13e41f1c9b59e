"""The clock of the hall: digits of a quarter of the height, a bar that empties, a word in time."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF

from facilitator.meeting.programme import Stretch
from ui.projector import typeset
from ui.projector.canvas import MARGIN, ROUNDING, Canvas
from ui.projector.told import Time
from ui.theme import BOLD

LARGE: Final = 400  # pixels; its digits are 27 % of the height
LEAST: Final = 360  # 24 % of the height
BESIDE: Final = 420  # room beside the digits in which words can stand
BAR: Final = 26.0
OVER_DROP: Final = 34.0  # in overtime there is no bar, and the digits stand in the middle of a band


class Countdown:
    """Where the clock stands on a sheet, and what room it leaves."""

    def __init__(self, canvas: Canvas, time: Time) -> None:
        self._canvas = canvas
        self._time = time
        self.baseline = canvas.height - 122
        room = canvas.width - 2 * MARGIN
        self.pixels = LARGE
        while self.pixels > LEAST and self._width() > room:
            self.pixels -= 4
        if self._width() > room:
            self.pixels = int(self.pixels * room / self._width())
        self.top = self.baseline - typeset.metrics(self.pixels, BOLD, clock=True).capHeight()
        left = MARGIN + self._width() + 70
        width = canvas.width - MARGIN - left
        self.aside = width >= BESIDE
        self.drop = OVER_DROP if time.stretch is Stretch.OVERTIME else 0.0
        self.beside = (
            QRectF(left, self.top, width, self.baseline - self.top)
            if self.aside
            else QRectF(MARGIN, self.top - 116, room, 84)
        )

    @property
    def ceiling(self) -> float:
        """Down to here the rest of the scene may come."""
        return (self.top if self.aside else self.beside.top()) - 44

    def paint(self) -> None:
        """The digits and the bar; in overtime on a ground of warning that nobody misses."""
        canvas, time, colours = self._canvas, self._time, self._canvas.colours
        bar = QRectF(MARGIN, canvas.height - MARGIN, canvas.width - 2 * MARGIN, BAR)
        if time.stretch is Stretch.OVERTIME:
            top = self.ceiling + 20
            canvas.fill(QRectF(0, top, canvas.width, canvas.height - top), colours.warn)
        else:
            canvas.bar(bar, time.fraction, colours.warn if time.urgent else colours.accent)
        canvas.digits(MARGIN - 8, self.baseline + self.drop, time.text, self._ink(), self.pixels)

    def paint_word(self) -> QRectF:
        """The word beside the colour. Gives the room that is left under it."""
        canvas, time, colours = self._canvas, self._time, self._canvas.colours
        box = self.beside.translated(0, self.drop)
        if not time.word:
            return box
        if time.stretch is Stretch.OVERTIME:
            high = QRectF(box.left(), box.top() - 14, box.width(), 200 if self.aside else 84)
            taken = canvas.text(
                high, time.word, colours.on_warn, largest=88, smallest=48, weight=BOLD
            )
            return box.adjusted(0, taken.bottom() + 18 - box.top(), 0, 0)
        height = min(box.height(), 148.0 if time.urgent else 100.0)
        strip = QRectF(box.left(), box.top(), box.width(), height)
        fill, ink = (
            (colours.warn, colours.on_warn) if time.urgent else (colours.accent, colours.on_accent)
        )
        if time.stretch is Stretch.PAUSED:
            fill, ink = colours.selected, colours.ink
        canvas.pill(
            strip, time.word, fill, ink, pixels=int(height * (0.64 if time.urgent else 0.56))
        )
        return box.adjusted(0, height + 28, 0, 0)

    def _ink(self) -> str:
        colours = self._canvas.colours
        return {
            Stretch.OVERTIME: colours.on_warn,
            Stretch.LAST_MINUTE: colours.warn,
            Stretch.PAUSED: colours.muted,
        }.get(self._time.stretch, colours.ink)

    def _width(self) -> float:
        measure = typeset.metrics(self.pixels, BOLD, clock=True)
        return measure.horizontalAdvance(self._time.text)


def paint_small(canvas: Canvas, right: float, centre: float, time: Time, pixels: int) -> float:
    """A small clock that ends at ``right``, with its word before it. Gives where it begins."""
    colours = canvas.colours
    measure = typeset.metrics(pixels, BOLD, clock=True)
    width = measure.horizontalAdvance(time.text)
    left = right - width
    ink = colours.muted if time.stretch is Stretch.PAUSED else colours.ink
    if time.urgent:
        ground = QRectF(left - 24, centre - pixels * 0.62, width + 48, pixels * 1.24)
        canvas.fill(ground.translated(-24, 0), colours.warn, ROUNDING)
        ink = colours.on_warn
        left -= 24
    canvas.digits(left, centre + measure.capHeight() / 2, time.text, ink, pixels)
    if not time.word:
        return left - 40
    word = typeset.metrics(44, BOLD).horizontalAdvance(time.word)
    box = QRectF(left - word - 60, centre - 40, word, 80)
    colour = colours.warn if time.urgent else colours.muted
    canvas.line(box.adjusted(0, 0, 4, 0), time.word, colour, pixels=44, weight=BOLD)
    return box.left() - 40
