"""All tables with their QR codes on one sheet: to read aloud, to show, to copy on a card."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QScrollArea, QVBoxLayout, QWidget

from facilitator.i18n import _
from facilitator.meeting.tables import Table, tables
from facilitator.meeting.themes import Theme
from ui import theme
from ui.link.address import typed_address
from ui.link.replica import Replica
from ui.widgets.buttons import button
from ui.widgets.frames import Empty, TitleRow
from ui.widgets.labels import label
from ui.widgets.qr_code import paint_qr

CARD: Final = QSize(240, 320)
GAP: Final = 16
EDGE: Final = 14
ROW: Final = 24


class TableCodes(QDialog):
    """A sheet of cards, one a table."""

    def __init__(self, replica: Replica, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Tafelcodes"))
        self.resize(parent.size() * 0.85)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(theme.space("xl"),) * 4)
        column.setSpacing(theme.space("m"))
        close = button(_("Sluiten"), press=self.accept)
        column.addWidget(TitleRow(_("Tafelcodes"), right=(close,)))
        column.addWidget(label(_("Elke code brengt een telefoon direct naar die tafel."), "muted"))
        if replica.state.all(Table):
            area = QScrollArea()
            area.setWidgetResizable(True)
            self.sheet = Sheet(replica)
            area.setWidget(self.sheet)
            column.addWidget(area, 1)
        else:
            column.addWidget(Empty("armchair", _("Nog geen tafels")), 1)


class Sheet(QWidget):
    """Draws the cards that are in sight, so that 125 tables cost no more than a dozen."""

    def __init__(self, replica: Replica, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("column")
        self._tables = tables(replica.state)
        self._titles = {of.id: of.title for of in replica.state.all(Theme)}
        self._url = replica.address

    def hasHeightForWidth(self) -> bool:
        """As high as the cards need at a width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The rows that fit beside one another."""
        return -(-len(self._tables) // self._columns(width)) * (CARD.height() + GAP)

    def sizeHint(self) -> QSize:
        """The sheet at its present width."""
        return QSize(CARD.width(), self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        """One card wide, and all of it high."""
        return self.sizeHint()

    def resizeEvent(self, _event: object) -> None:
        """Another width is another height."""
        self.setMinimumHeight(self.heightForWidth(self.width()))

    @staticmethod
    def _columns(width: int) -> int:
        return max(1, (width + GAP) // (CARD.width() + GAP))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The cards that have to be drawn."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        columns = self._columns(self.width())
        for number, table in enumerate(self._tables):
            place = QRect(
                number % columns * (CARD.width() + GAP),
                number // columns * (CARD.height() + GAP),
                CARD.width(),
                CARD.height(),
            )
            if place.intersects(event.rect()):
                self._card(painter, table, QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()

    def _card(self, painter: QPainter, table: Table, place: QRectF) -> None:
        colours = theme.palette(light=True)
        painter.setPen(QColor(colours.line))
        painter.setBrush(QColor(colours.panel))
        painter.drawRoundedRect(place, 10, 10)
        inner = place.adjusted(EDGE, EDGE, -EDGE, -EDGE)
        line = QRectF(inner.left(), inner.top(), inner.width(), ROW)
        name = _("Tafel {number}").format(number=table.number)
        title = table.name or (self._titles.get(table.theme, "") if table.theme else "")
        _write(painter, line, name, theme.font(theme.size("large"), theme.BOLD), colours.ink)
        small = theme.font(theme.size("small"))
        _write(painter, line.translated(0, ROW), title, small, colours.muted)
        side = inner.width() - 20
        paint_qr(
            painter,
            f"{self._url}/{table.code}",
            QRectF(inner.left() + 10, inner.top() + 2 * ROW, side, side),
        )
        foot = QRectF(inner.left(), inner.bottom() - ROW, inner.width(), ROW)
        bold = theme.font(theme.size("large"), theme.BOLD)
        _write(painter, foot.translated(0, -ROW), table.code, bold, colours.ink)
        _write(painter, foot, typed_address(self._url), small, colours.muted)


def _write(painter: QPainter, line: QRectF, text: str, font: QFont, colour: str) -> None:
    painter.setFont(font)
    painter.setPen(QColor(colour))
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(line.width()))
    painter.drawText(line, Qt.AlignmentFlag.AlignCenter, shown)
