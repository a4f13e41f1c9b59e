"""What scenes are drawn on: a sheet of 1080 high, whatever the size of the screen.

All measures are in units of that sheet. A screen of 4:3 is a sheet of 1440 × 1080, one of 16:9 a
sheet of 1920 × 1080; so a scene looks the same on 1024 × 768, on 4K and in the console's thumbnail.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from ui import theme
from ui.projector import qr, typeset
from ui.theme import BOLD, SEMIBOLD, Palette

HEIGHT: Final = 1080.0
NARROWEST: Final = 1440.0
MARGIN: Final = 72.0
ROUNDING: Final = 16.0

LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
MIDDLE: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
LOW: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom
LOW_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom
CENTRE: Final = Qt.AlignmentFlag.AlignCenter


def unit_of(size: QSizeF) -> float:
    """Pixels of the screen in a unit of the sheet."""
    return min(size.height() / HEIGHT, size.width() / NARROWEST)


class Canvas:
    """A sheet and the ways to draw on it. The painter is scaled to units of the sheet."""

    def __init__(self, painter: QPainter, size: QSizeF, colours: Palette) -> None:
        unit = unit_of(size)
        self.painter = painter
        self.colours = colours
        self.width = size.width() / unit
        self.height = size.height() / unit
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing
        )
        painter.scale(unit, unit)

    @property
    def narrow(self) -> bool:
        """Whether it is closer to 4:3 than to 16:9."""
        return self.width < 1.55 * self.height

    def text(
        self,
        box: QRectF,
        text: str,
        colour: str,
        *,
        largest: int,
        smallest: int,
        weight: int = SEMIBOLD,
        align: Qt.AlignmentFlag = LEFT,
    ) -> QRectF:
        """Write a text as large as fits in the box. Gives the part of the box that it took."""
        if not text or box.width() <= 0 or box.height() <= 0:
            return QRectF(box.topLeft(), QSizeF(0, 0))
        setting = typeset.fitted(text, box.width(), box.height(), largest, smallest, weight)
        return self.lines(box, setting, colour, weight=weight, align=align)

    def lines(
        self,
        box: QRectF,
        setting: typeset.Setting,
        colour: str,
        *,
        weight: int = SEMIBOLD,
        align: Qt.AlignmentFlag = LEFT,
    ) -> QRectF:
        """Write lines that were fitted before."""
        measure = typeset.metrics(setting.pixels, weight)
        pitch = setting.pixels * typeset.LEADING
        top = box.top()
        if align & Qt.AlignmentFlag.AlignVCenter:
            top += (box.height() - setting.height) / 2
        elif align & Qt.AlignmentFlag.AlignBottom:
            top += box.height() - setting.height
        self.painter.setFont(theme.font(setting.pixels, weight))
        self.painter.setPen(QColor(colour))
        drop = (pitch - measure.ascent() - measure.descent()) / 2 + measure.ascent()
        widest = 0.0
        for number, line in enumerate(setting.lines):
            width = measure.horizontalAdvance(line)
            widest = max(widest, width)
            left = box.left()
            if align & Qt.AlignmentFlag.AlignHCenter:
                left += (box.width() - width) / 2
            elif align & Qt.AlignmentFlag.AlignRight:
                left += box.width() - width
            self.painter.drawText(QPointF(left, top + number * pitch + drop), line)
        return QRectF(box.left(), top, widest, setting.height)

    def line(
        self,
        box: QRectF,
        text: str,
        colour: str,
        *,
        pixels: int,
        weight: int = SEMIBOLD,
        align: Qt.AlignmentFlag = MIDDLE,
    ) -> QRectF:
        """Write a text on one line of a fixed size, cut off where the box ends."""
        short = typeset.elided(text.replace("\n", " "), box.width(), pixels, weight)
        return self.lines(
            box, typeset.Setting(pixels, (short,)), colour, weight=weight, align=align
        )

    def exact(
        self,
        box: QRectF,
        text: str,
        colour: str,
        *,
        largest: int,
        smallest: int,
        weight: int = BOLD,
        align: Qt.AlignmentFlag = CENTRE,
    ) -> QRectF:
        """Write what people copy letter by letter: no hyphen is put in, and nothing is left off."""
        if not text or box.width() <= 0 or box.height() <= 0:
            return QRectF(box.topLeft(), QSizeF(0, 0))
        setting = typeset.copied(text, box.width(), box.height(), largest, smallest, weight)
        return self.lines(box, setting, colour, weight=weight, align=align)

    def digits(self, left: float, baseline: float, text: str, colour: str, pixels: int) -> float:
        """Write the time in digits that are equally wide. Gives the width that it took."""
        self.painter.setFont(theme.font(pixels, BOLD, clock=True))
        self.painter.setPen(QColor(colour))
        self.painter.drawText(QPointF(left, baseline), text)
        return typeset.metrics(pixels, BOLD, clock=True).horizontalAdvance(text)

    def fill(self, box: QRectF, colour: str | QColor, rounding: float = 0.0) -> None:
        """Fill a box, with round corners or without."""
        path = QPainterPath()
        path.addRoundedRect(box, rounding, rounding)
        self.painter.fillPath(path, QColor(colour))

    def outline(self, box: QRectF, colour: str, rounding: float, width: float) -> None:
        """Draw the edge of a box."""
        self.painter.setPen(QPen(QColor(colour), width))
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        self.painter.drawRoundedRect(box, rounding, rounding)

    def bar(self, box: QRectF, fraction: float, colour: str) -> None:
        """Draw a bar that is filled for a part."""
        rounding = box.height() / 2
        self.fill(box, self.colours.track, rounding)
        part = min(1.0, max(0.0, fraction)) * box.width()
        if part > 0:
            full = QPainterPath()
            full.addRoundedRect(box, rounding, rounding)
            shown = QPainterPath()
            shown.addRoundedRect(QRectF(box.topLeft(), QSizeF(max(part, 1.0), box.height())), 0, 0)
            if part > box.height():
                shown = QPainterPath()
                shown.addRoundedRect(
                    QRectF(box.topLeft(), QSizeF(part, box.height())), rounding, rounding
                )
            self.painter.fillPath(full.intersected(shown), QColor(colour))

    def pill(
        self, box: QRectF, text: str, fill: str, ink: str, *, pixels: int, centre: bool = False
    ) -> None:
        """Write a word on a filled strip that is just wide enough for it."""
        inset = box.height() * 0.4
        width = typeset.metrics(pixels, BOLD).horizontalAdvance(text) + 2 * inset
        strip = QRectF(box.left(), box.top(), min(width, box.width()), box.height())
        if centre:
            strip.moveCenter(box.center())
        self.fill(strip, fill, ROUNDING)
        within = strip.adjusted(inset / 2, 0, -inset / 2, 0)
        self.text(within, text, ink, largest=pixels, smallest=20, weight=BOLD, align=CENTRE)

    def qr(self, box: QRectF, address: str) -> None:
        """Draw the QR code of an address on its own light ground."""
        image = qr.picture(address, self.colours.qr_bg, self.colours.qr_fg)
        self.fill(box, self.colours.qr_bg, ROUNDING)
        if image.isNull():
            return
        count = image.width() + 2 * qr.QUIET
        device = self.painter.deviceTransform()
        module = box.width() / count
        sharp = int(module * device.m11()) / device.m11()
        module = sharp or module
        side = module * image.width()
        corner = box.center() - QPointF(side / 2, side / 2)
        if sharp:
            on_screen = device.map(corner)
            back, _able = device.inverted()
            corner = back.map(QPointF(round(on_screen.x()), round(on_screen.y())))
        self.painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not sharp)
        self.painter.drawImage(QRectF(corner, QSizeF(side, side)), image)
