"""The card of a table: with its QR code and the code to type; on screen, and on paper to fold."""

from __future__ import annotations

from typing import Final, NamedTuple

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPageSize, QPainter, QPdfWriter, QPen

from facilitator.i18n import Words, _
from facilitator.kernel.state import State
from facilitator.meeting.meeting import the_meeting
from facilitator.meeting.tables import tables
from facilitator.meeting.themes import Theme
from ui import theme
from ui.link.address import typed_address
from ui.widgets.qr_code import paint_qr

CARD: Final = QSize(240, 320)
EDGE: Final = 14
ROW: Final = 24
ACROSS: Final = 2  # cards beside and below one another on a page of A4
DOTS: Final = 300  # to the inch
AIR: Final = 0.86  # how much of its part of the page a card takes


class Card(NamedTuple):
    """What stands on it."""

    name: str
    title: str
    code: str
    address: str


def cards_of(state: State, address: str) -> list[Card]:
    """A card for each table, the first one first, in the language of the meeting."""
    t = Words(the_meeting(state).language)
    titles = {of.id: of.title for of in state.all(Theme)}
    return [
        Card(
            name=t("Tafel {number}").format(number=table.number),
            title=table.name or (titles.get(table.theme, "") if table.theme else ""),
            code=table.code,
            address=address,
        )
        for table in tables(state)
    ]


def paint_card(painter: QPainter, card: Card, place: QRectF) -> None:
    """One card, in a field of the size ``CARD``."""
    colours = theme.palette(light=True)
    painter.setPen(QColor(colours.line))
    painter.setBrush(QColor(colours.panel))
    painter.drawRoundedRect(place, 10, 10)
    inner = place.adjusted(EDGE, EDGE, -EDGE, -EDGE)
    line = QRectF(inner.left(), inner.top(), inner.width(), ROW)
    large = theme.font(theme.size("large"), theme.BOLD)
    small = theme.font(theme.size("small"))
    _write(painter, line, card.name, large, colours.ink)
    _write(painter, line.translated(0, ROW), card.title, small, colours.muted)
    side = inner.width() - 20
    field = QRectF(inner.left() + 10, inner.top() + 2 * ROW, side, side)
    paint_qr(painter, f"{card.address}/{card.code}", field)
    foot = QRectF(inner.left(), inner.bottom() - ROW, inner.width(), ROW)
    _write(painter, foot.translated(0, -ROW), card.code, large, colours.ink)
    _write(painter, foot, typed_address(card.address), small, colours.muted)


def pdf_of(cards: list[Card]) -> bytes:
    """The cards on pages of A4, four a page with a line to cut along."""
    theme.load_fonts()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(_("Tafelkaarten"))
    writer.setResolution(DOTS)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    painter = QPainter(writer)
    width, height = writer.width() / ACROSS, writer.height() / ACROSS
    scale = min(width / CARD.width(), height / CARD.height()) * AIR
    for number, card in enumerate(cards):
        on_page = number % ACROSS**2
        if number and on_page == 0:
            writer.newPage()
        if on_page == 0:
            _cutting_lines(painter, writer.width(), writer.height())
        painter.save()
        painter.translate(
            width * (on_page % ACROSS + 0.5) - CARD.width() * scale / 2,
            height * (on_page // ACROSS + 0.5) - CARD.height() * scale / 2,
        )
        painter.scale(scale, scale)
        paint_card(painter, card, QRectF(0, 0, CARD.width(), CARD.height()))
        painter.restore()
    painter.end()
    return bytes(buffer.data().data())


def _cutting_lines(painter: QPainter, width: float, height: float) -> None:
    painter.setPen(QPen(QColor(theme.palette(light=True).line), 2, Qt.PenStyle.DashLine))
    painter.drawLine(round(width / 2), 0, round(width / 2), round(height))
    painter.drawLine(0, round(height / 2), round(width), round(height / 2))


def _write(painter: QPainter, line: QRectF, text: str, font: QFont, colour: str) -> None:
    painter.setFont(font)
    painter.setPen(QColor(colour))
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(line.width()))
    painter.drawText(line, Qt.AlignmentFlag.AlignCenter, shown)
