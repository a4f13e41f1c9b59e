"""A QR code, drawn sharp at any size."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme
from ui.projector.qr import QUIET, modules

SMALLEST = 160


def paint_qr(painter: QPainter, text: str, field: QRectF) -> None:
    """Draw the code of a text into a square, with the white around it that readers need."""
    rows = modules(text)
    colours = theme.palette(light=True)
    painter.fillRect(field, QColor(colours.qr_bg))
    if not rows:
        return
    count = len(rows) + 2 * QUIET
    side = field.width() / count
    whole = max(1.0, float(int(side))) if side >= 1 else side
    edge = (field.width() - whole * len(rows)) / 2
    left, top = round(field.left() + edge), round(field.top() + edge)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.qr_fg))
    painter.drawRects(
        [
            QRectF(left + column * whole, top + row * whole, whole, whole)
            for row, line in enumerate(rows)
            for column, dark in enumerate(line)
            if dark
        ]
    )
    painter.restore()


class QrCode(QWidget):
    """A square field with a QR code."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setSizePolicy(policy)
        self.setMinimumSize(SMALLEST, SMALLEST)

    def sizeHint(self) -> QSize:
        """As large as fits well beside a list."""
        return QSize(2 * SMALLEST, 2 * SMALLEST)

    def text(self) -> str:
        """What the code says."""
        return self._text

    def encode(self, text: str) -> None:
        """Show the code of this text."""
        if text != self._text:
            self._text = text
            self.setAccessibleName(f"QR: {text}")
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The code, in the middle."""
        side = min(self.width(), self.height())
        field = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        painter = QPainter(self)
        if self._text:
            paint_qr(painter, self._text, field)
        painter.end()
