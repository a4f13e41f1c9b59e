"""Labels. Their text is always plain: what a phone sends is never read as HTML."""

from __future__ import annotations

import html

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui import theme


def label(
    text: str = "", name: str = "", *, wraps: bool = False, parent: QWidget | None = None
) -> QLabel:
    """A label in one of the styles: title, heading, strong, muted, clock, or none."""
    made = QLabel(parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setText(text)
    if name:
        made.setObjectName(name)
    if name == "clock":
        made.setFont(theme.font(theme.size("display"), theme.BOLD, clock=True))
    if wraps:
        made.setWordWrap(True)
        made.setMinimumWidth(1)
    return made


def picture_label(icon: str, colour: str, pixels: int, parent: QWidget | None = None) -> QLabel:
    """A label that shows a bundled icon."""
    made = QLabel(parent)
    made.setPixmap(theme.picture(icon, colour, pixels))
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return made


def tip(text: str) -> str:
    """A text as a tip that breaks its lines; whatever a phone sent, it is shown as it is."""
    return f"<p style='white-space:pre-wrap'>{html.escape(text)}</p>" if text else ""


class ElidedLabel(QLabel):
    """A label on one line that ends in … where there is no room; the whole text is its tip."""

    def __init__(self, text: str = "", name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        if name:
            self.setObjectName(name)
        self.say(text)

    def say(self, text: str) -> None:
        """Show this text."""
        line = text.replace("\n", " ")
        if line != self.text():
            self.setText(line)

    def event(self, event: QEvent) -> bool:
        """The tip tells the rest, where there is more than what is in sight."""
        if event.type() is QEvent.Type.ToolTip:
            self.setToolTip("" if self._shown() == self.text() else tip(self.text()))
        return bool(super().event(event))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """As much of the text as there is room for."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.contentsRect(), self.alignment(), self._shown())
        painter.end()

    def _shown(self) -> str:
        return self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, self.contentsRect().width()
        )
