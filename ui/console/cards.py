"""The card of a table: how to get in at this table, on screen and on paper to fold into a tent."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import Final, NamedTuple

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPainterPath,
    QPdfWriter,
    QPen,
)

from facilitator.i18n import N_, Words
from facilitator.kernel.state import State
from facilitator.meeting.meeting import the_meeting
from facilitator.meeting.tables import Table, tables
from facilitator.meeting.themes import Theme
from ui import theme
from ui.projector import qr, two_codes
from ui.projector.canvas import LEFT, LOW, MARGIN, MIDDLE, Canvas
from ui.projector.two_codes import Way
from ui.theme import BOLD, REGULAR

DOTS: Final = 300  # to the inch
TOP: Final = 300.0  # over it the name of the table and its theme
ALONE: Final = 700.0  # side of a code that has the card to itself
THIN: Final = 2  # dots; a line to cut or fold along
CUT: Final = Qt.PenStyle.DashLine
FOLD: Final = Qt.PenStyle.DotLine


class Tent(Enum):
    """How large a folded card is: both sides of it stand on one sheet of A4."""

    A6 = N_("A6: twee kaartjes op een vel")
    A4 = N_("A4: één groot kaartje op een vel")


PER_SHEET: Final = {Tent.A6: 2, Tent.A4: 1}


class Card(NamedTuple):
    """What stands on it, in the language of the meeting."""

    name: str
    title: str
    meeting: str  # empty where it is the title
    code: str
    ways: tuple[Way, ...]


def cards_of(state: State, address: str) -> list[Card]:
    """A card for each table, the first one first."""
    return [_card_of(state, table, address) for table in tables(state)]


def _card_of(state: State, table: Table, address: str) -> Card:
    meeting = the_meeting(state)
    t = Words(meeting.language)
    about = state.find(Theme, table.theme)
    name = t("Tafel {number}").format(number=table.number)
    page = two_codes.page_way(address, t)
    page = page._replace(
        code=f"{address}/{table.code}",
        typed=(*page.typed, (t("tafelcode"), table.code)),
    )
    known = bool(meeting.wifi_name)
    return Card(
        name=f"{name} · {table.name}" if table.name else name,
        title=about.title if about is not None else meeting.title,
        meeting=meeting.title if about is not None else "",
        code=table.code,
        ways=(two_codes.wifi_way(meeting, t), page) if known else (page,),
    )


class Paper(Canvas):
    """A canvas for print: codes are drawn as shapes, sharp in any size."""

    def qr(self, box: QRectF, address: str) -> None:
        """Draw the QR code of a text as one shape."""
        rows = qr.modules(address)
        side = box.width() / (len(rows) + 2 * qr.QUIET)
        edge = qr.QUIET * side
        shape = QPainterPath()
        shape.setFillRule(Qt.FillRule.WindingFill)
        for y, row in enumerate(rows):
            for x, width in _runs(row):
                place = QRectF(edge + x * side, edge + y * side, width * side, side)
                shape.addRect(place.translated(box.topLeft()))
        self.painter.fillPath(shape, QColor(Qt.GlobalColor.black))


def _runs(row: Sequence[bool]) -> list[tuple[int, int]]:
    """Where dark modules beside each other begin, and how many they are."""
    found: list[tuple[int, int]] = []
    for x, dark in enumerate(row):
        if dark and x and row[x - 1]:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        elif dark:
            found.append((x, 1))
    return found


def paint_card(canvas: Canvas, card: Card) -> None:
    """One side of a card, as large as its canvas."""
    colours = canvas.colours
    width = canvas.width - 2 * MARGIN
    above = QRectF(MARGIN, 20, width, 40)
    canvas.line(above, card.meeting, colours.muted, pixels=32, weight=REGULAR)
    canvas.text(
        QRectF(MARGIN, 66 if card.meeting else 40, width, 120),
        card.name,
        colours.ink,
        largest=112,
        smallest=56,
        weight=BOLD,
        align=MIDDLE,
    )
    line = QRectF(MARGIN, 182, width, 100)
    canvas.text(
        line, card.title, colours.muted, largest=60, smallest=32, weight=REGULAR, align=LEFT
    )
    room = QRectF(0, TOP, canvas.width, canvas.height - TOP)
    if len(card.ways) > 1:
        two_codes.paint_beside(canvas, room, card.ways)
    else:
        _paint_alone(canvas, room, card.ways[0])


def _paint_alone(canvas: Canvas, room: QRectF, way: Way) -> None:
    colours = canvas.colours
    side = min(ALONE, room.height() - MARGIN)
    code = QRectF(MARGIN, room.top(), side, side)
    canvas.qr(code, way.code)
    words = QRectF(code.right() + MARGIN, code.top(), 0, side)
    words.setRight(canvas.width - MARGIN)
    taken = canvas.text(words, way.name, colours.accent, largest=84, smallest=44, weight=BOLD)
    words.setTop(taken.bottom() + MARGIN)
    high = words.height() / (2 * len(way.typed))
    for word, copied in way.typed:
        place = QRectF(words.left(), words.top(), words.width(), high)
        canvas.text(place, word, colours.muted, largest=46, smallest=32, align=LOW)
        place.translate(0, high)
        canvas.exact(place, copied, colours.ink, largest=84, smallest=44, align=LEFT)
        words.setTop(place.bottom())


def pdf_of(cards: Sequence[Card], tent: Tent, title: str) -> bytes:
    """The cards as a file to print."""
    theme.load_fonts()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(title)
    writer.setResolution(DOTS)
    lay_out(writer, tent)
    print_on(writer, cards, tent)
    return bytes(buffer.data().data())


def lay_out(device: QPagedPaintDevice, tent: Tent) -> None:
    """Sheets of A4, as the tents lie on them; the whole sheet, since what is printed keeps clear."""
    lying = tent is Tent.A6
    orientation = QPageLayout.Orientation.Landscape if lying else QPageLayout.Orientation.Portrait
    device.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    device.setPageOrientation(orientation)
    device.setPageMargins(QMarginsF(0, 0, 0, 0))


def print_on(device: QPagedPaintDevice, cards: Sequence[Card], tent: Tent) -> None:
    """Print the cards, as many on a sheet as go on it."""
    painter = QPainter(device)
    sheet = QRectF(0, 0, device.width(), device.height())
    across = PER_SHEET[tent]
    for number, card in enumerate(cards):
        place = number % across
        if number and not place:
            device.newPage()
        width = sheet.width() / across
        _print_tent(painter, QRectF(place * width, 0, width, sheet.height()), card)
        if place:
            _line(painter, QPointF(place * width, 0), QPointF(place * width, sheet.height()), CUT)
    painter.end()


def _print_tent(painter: QPainter, place: QRectF, card: Card) -> None:
    """Both sides of a folded card; the one above stands on its head."""
    half = QSizeF(place.width(), place.height() / 2)
    for turned in (True, False):
        painter.save()
        painter.translate(place.left(), place.center().y())
        if turned:
            painter.rotate(180)
            painter.translate(-half.width(), 0)
        paint_card(Paper(painter, half, theme.palette(light=True)), card)
        painter.restore()
    middle = place.center().y()
    _line(painter, QPointF(place.left(), middle), QPointF(place.right(), middle), FOLD)


def _line(painter: QPainter, begin: QPointF, end: QPointF, style: Qt.PenStyle) -> None:
    pen = QPen(QColor(theme.palette(light=True).control_line), THIN, style)
    painter.setPen(pen)
    painter.drawLine(begin, end)
