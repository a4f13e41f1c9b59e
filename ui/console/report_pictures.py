"""Pictures of the matrix and of the wall with every note on it, to keep: PNG and SVG."""

from __future__ import annotations

import math
import re
from base64 import b64encode
from collections.abc import Callable
from typing import Final, Literal, NamedTuple

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QRect, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgGenerator

from facilitator.i18n import _, words
from facilitator.kernel.errors import Unavailable
from facilitator.kernel.state import State
from facilitator.meeting.meeting import the_meeting
from facilitator.meeting.notes import Note
from facilitator.meeting.tables import Table
from facilitator.meeting.themes import Theme, themes
from facilitator.settings import RESOURCES
from ui import theme
from ui.board.layout import lay_out, measures
from ui.board.model import BoardModel
from ui.board.painting import BoardPainter, Look
from ui.board.writing import Writing
from ui.console.apart import Tell
from ui.console.png import packed
from ui.link.replica import Replica
from ui.projector import typeset

PictureFormat = Literal["png", "svg"]
Paint = Callable[[QPainter], None]

COLUMN: Final = 440  # pixels of a theme in the matrix
LEAST: Final = 1200  # pixels; a narrower matrix has no room for its title
CARD: Final = 300.0  # width of a note on the wall
EDGE: Final = 12.0
GAP: Final = 12.0
MARGIN: Final = 32
HEAD: Final = 64  # height of the title above a picture
BODY: Final = 18
WEIGHTS: Final = {theme.REGULAR: "Regular", theme.SEMIBOLD: "SemiBold", theme.BOLD: "Bold"}
SHARP: Final = 2  # a PNG has so many dots for each pixel, where that is not too many
MOST_DOTS: Final = 64_000_000  # of a PNG; more is sent by no mail
LONGEST: Final = 30_000  # dots; Qt paints no longer side
SHAPE: Final = 1.6  # of the wall: width to height


class Sheet(NamedTuple):
    """A picture that can be painted: how large it is, and what stands on it."""

    size: QSize
    paint: Paint


def picture(sheet: Sheet, made: PictureFormat, title: str) -> bytes:
    """The bytes of a picture. Raises ``Unavailable`` where it is too large to be painted."""
    return drawn(sheet, made, title)(lambda _percent: None)


def drawn(sheet: Sheet, made: PictureFormat, title: str) -> Callable[[Tell], bytes]:
    """Paint it now; what is given back makes the bytes, in another thread if need be.

    Both raise ``Unavailable`` where it is too large to be painted.
    """
    if made == "svg":
        body = _svg(sheet, title)
        return lambda _tell: body
    image = _image(sheet)
    return lambda tell: packed(image, title, tell)


def matrix_sheet(replica: Replica) -> Sheet:
    """All themes with their categories and every note, unfolded."""
    model = BoardModel(replica)
    plan, writing = model.plan(), Writing()
    sizes = measures(1.0, writing.line)
    colours = theme.palette(light=True)
    painted = BoardPainter(model, colours, writing, sizes)
    layout = lay_out(
        plan,
        writing.gutter(sizes, [row.title for row in plan.rows]),
        lambda key, width, _whole: (
            writing.written(model.note(key), painted.room(model.note(key), width), whole=True).lines
        ),
        writing.lines_of_title,
        {cell.cell for column in plan.columns for cell in column.cells},
        max(LEAST, COLUMN * len(plan.columns)),
    )
    layout.adders = ()
    for box in layout.boxes:
        box.more = None  # nothing can be pressed on paper
    inner = QRect(QPoint(0, 0), layout.size)
    size = layout.size + QSize(2 * MARGIN, 2 * MARGIN + HEAD)

    def paint(painter: QPainter) -> None:
        painter.fillRect(QRect(QPoint(0, 0), size), QColor(colours.bg))
        _head(painter, replica.state, _("Opbrengst"), size.width())
        painter.translate(MARGIN, MARGIN + HEAD)
        painted.paint(painter, layout, Look(), inner, QPoint(0, 0))

    return Sheet(size, paint)


def wall_sheet(state: State) -> Sheet:
    """Every note that the hall may see, by theme, in columns that make a wall of it."""
    row = {thing.id: number for number, thing in enumerate(themes(state))}
    shown = [note for note in state.all(Note) if not note.hidden and note.approved]
    shown.sort(key=lambda note: row[note.theme] if note.theme in row else len(row))
    cards = [
        (note, typeset.broken(note.text, CARD - 2 * EDGE, BODY, _weight(note))) for note in shown
    ]
    heights = [len(lines) * BODY * typeset.LEADING + 2 * EDGE + BODY for _note, lines in cards]
    area = sum((height + GAP) * (CARD + GAP) for height in heights)
    columns = max(4, math.ceil(math.sqrt(area * SHAPE) / (CARD + GAP)))
    ends = [0.0] * columns
    most = max(sum(height + GAP for height in heights) / columns, max(heights, default=0.0))
    places: list[QRectF] = []
    column = 0
    for height in heights:
        if ends[column] and ends[column] + height / 2 > most and column < columns - 1:
            column += 1
        places.append(QRectF(column * (CARD + GAP), ends[column], CARD, height))
        ends[column] += height + GAP
    size = QSizeF(columns * (CARD + GAP) + 2 * MARGIN, max(ends) + 2 * MARGIN + HEAD).toSize()

    def paint(painter: QPainter) -> None:
        painter.fillRect(QRect(QPoint(0, 0), size), QColor(theme.palette(light=True).bg))
        _head(painter, state, _("Alle notities"), size.width())
        painter.translate(MARGIN, MARGIN + HEAD)
        for (note, lines), place in zip(cards, places, strict=True):
            _card(painter, state, note, lines, place)

    return Sheet(size, paint)


def _card(
    painter: QPainter, state: State, note: Note, lines: tuple[str, ...], place: QRectF
) -> None:
    thing = state.find(Theme, note.theme)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(
        theme.note_colour(thing.colour.value) if thing else QColor(theme.palette(light=True).track)
    )
    painter.drawRoundedRect(place, 7, 7)
    painter.setPen(theme.note_colour("ink"))
    painter.setFont(theme.font(BODY, _weight(note)))
    line = QRectF(place.left() + EDGE, place.top() + EDGE, CARD - EDGE, BODY * typeset.LEADING)
    middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
    for text in lines:
        painter.drawText(line, middle | Qt.TextFlag.TextDontClip, text)
        line.translate(0, line.height())
    table = state.find(Table, note.table)
    parts = [
        _("Tafel {number}").format(number=table.number) if table else "",
        thing.title if thing else "",
    ]
    small = theme.font(BODY * 0.7)
    painter.setFont(small)
    told = typeset.elided(
        " · ".join(filter(None, parts)), CARD - 2 * EDGE, round(BODY * 0.7), theme.REGULAR
    )
    painter.drawText(line.translated(0, -2), middle, told)


def _weight(note: Note) -> int:
    return theme.BOLD if note.conclusion else theme.REGULAR


def _head(painter: QPainter, state: State, what: str, width: int) -> None:
    meeting = the_meeting(state)
    day = words().date(meeting.date) if meeting.date else ""
    title = " · ".join(part for part in (meeting.title, what, day) if part)
    pixels = theme.size("title")
    painter.setPen(QColor(theme.palette(light=True).ink))
    painter.setFont(theme.font(pixels, theme.BOLD))
    room = width - 2 * MARGIN
    told = typeset.elided(title, room, pixels, theme.BOLD)
    painter.drawText(QRect(MARGIN, MARGIN // 2, room, HEAD), Qt.AlignmentFlag.AlignVCenter, told)


def _image(sheet: Sheet) -> QImage:
    width, height = sheet.size.width(), sheet.size.height()
    scale = min(
        SHARP, LONGEST / width, LONGEST / height, math.sqrt(MOST_DOTS / max(1, width * height))
    )
    image = QImage(
        max(1, int(width * scale)), max(1, int(height * scale)), QImage.Format.Format_RGB32
    )
    if image.isNull():
        raise Unavailable("report.failed")
    painter = QPainter(image)
    painter.scale(scale, scale)
    sheet.paint(painter)
    painter.end()
    return image


def _svg(sheet: Sheet, title: str) -> bytes:
    def write(device: QBuffer) -> bool:
        made = QSvgGenerator()
        made.setOutputDevice(device)
        made.setSize(sheet.size)
        made.setViewBox(QRect(QPoint(0, 0), sheet.size))
        made.setTitle(title)
        painter = QPainter(made)
        sheet.paint(painter)
        return bool(painter.end())

    return _with_type(_written(write))


def _with_type(svg: bytes) -> bytes:
    """With its typeface within, since a browser elsewhere has another, of another width."""
    family = theme.tokens()["type"]["family"]
    faces = "".join(
        f"@font-face{{font-family:'{family}';font-weight:{weight};src:url({_inside(name)})}}"
        for weight, name in WEIGHTS.items()
        if f'font-weight="{weight}"'.encode() in svg
    )
    named, spare = f'font-family="{family}"', f'font-family="{family}, Arial, sans-serif"'
    svg = re.sub(rb"(?m)^" + named.encode(), spare.encode(), svg)
    return svg.replace(b"<defs>\n", f"<defs>\n<style>{faces}</style>\n".encode(), 1)


def _inside(name: str) -> str:
    """A typeface as an address that holds it."""
    file = RESOURCES / "fonts" / f"AtkinsonHyperlegibleNext-{name}.ttf"
    return f"data:font/ttf;base64,{b64encode(file.read_bytes()).decode()}"


def _written(write: Callable[[QBuffer], bool]) -> bytes:
    body = QByteArray()
    device = QBuffer(body)
    device.open(QIODevice.OpenModeFlag.WriteOnly)
    done = write(device)
    device.close()
    if not done:
        raise Unavailable("report.failed")
    return bytes(body.data())
