"""How the board looks: cells, notes, heads and titles, painted from a layout."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator
from typing import Final

import msgspec
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFontMetricsF,
    QPaintEngine,
    QPainter,
    QPen,
    QPixmap,
)

from facilitator.i18n import _
from facilitator.meeting.ids import NoteId
from facilitator.meeting.notes import Cell, Note
from ui import theme
from ui.board.layout import Box, Layout, Measures
from ui.board.model import BoardModel
from ui.board.writing import Writing, wrapped

DIMMED: Final = 0.22  # opacity of what a search did not find
GREYED: Final = 0.5  # opacity of what waits for the engine
LEFT_BEHIND: Final = 0.3  # opacity of a note that is being dragged, where it was
RADIUS: Final = 7
CELL_RADIUS: Final = 10
SHADOW: Final = 3  # pixels under a note


class Look(msgspec.Struct):
    """What there is to see besides the layout, at one moment."""

    selected: Collection[NoteId] = ()
    current: NoteId | None = None  # only while the board has the keyboard
    found: Collection[NoteId] | None = None  # None: nobody is searching
    dragged: Collection[NoteId] = ()
    target: Cell | None = None
    mark: QRect | None = None  # where a drop would go, between notes
    hovered: QRect | None = None  # a tile or adder under the mouse


class BoardPainter:
    """Paints the board at one zoom; keeps what was painted before and comes again."""

    def __init__(
        self, model: BoardModel, colours: theme.Palette, writing: Writing, sizes: Measures
    ) -> None:
        self._model, self._colours = model, colours
        self._writing, self._sizes = writing, sizes
        self._papers: dict[tuple[str, int, int, float], QPixmap] = {}
        self._ink = QColor(theme.note_colour("ink"))
        self._soft = QColor(colours.muted)
        self._accent = QColor(colours.accent)
        self._ground = QColor(colours.bg)
        self._panel = QBrush(QColor(colours.panel))
        self._bare = QBrush(QColor(colours.hover))
        self._chosen = QBrush(QColor(colours.selected))
        self._thin = QPen(QColor(colours.line), 1)
        self._faint = QPen(QColor(colours.control_line), 1)
        self._thick = QPen(self._accent, 3)
        self._ring = QPen(self._accent, 2, Qt.PenStyle.DotLine)
        self._dashed = QPen(QColor(colours.control_line), 1.4, Qt.PenStyle.DashLine)
        self._colour_of: dict[object, str] = {}

    def paint(
        self, painter: QPainter, layout: Layout, look: Look, clip: QRect, scrolled: QPoint
    ) -> None:
        """All that is in sight. ``clip`` is in the coordinates of the board."""
        painter.fillRect(clip, self._ground)
        self._colour_of = {head.column.theme: head.column.colour for head in layout.heads}
        for box in layout.boxes:
            if box.rect.intersects(clip):
                self._box(painter, layout, box, look, clip)
        for _theme, rect in layout.adders:
            if rect.intersects(clip):
                self._adder(painter, rect, hovered=look.hovered == rect)
        if look.mark is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._accent)
            painter.drawRoundedRect(look.mark, 2, 2)
        self._heads(painter, layout, clip, scrolled)
        self._sides(painter, layout, clip, scrolled)

    # --- cells

    def _box(self, painter: QPainter, layout: Layout, box: Box, look: Look, clip: QRect) -> None:
        target = look.target == box.cell
        loose = box.cell[1] is None
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._thick if target else self._thin)
        painter.setBrush(self._chosen if target else self._bare if loose else self._panel)
        inset = 1.5 if target else 0.5
        painter.drawRoundedRect(
            QRectF(box.rect).adjusted(inset, inset, -inset, -inset), CELL_RADIUS, CELL_RADIUS
        )
        if not box.across:
            self._title(painter, box)
        for key in in_clip(box, clip):
            rect = layout.places[key]
            if rect.right() >= clip.left() and rect.left() <= clip.right():
                self._placed(painter, rect, key, box, look)
        if box.more is not None:
            self._more(painter, box, box.more, look)

    def _title(self, painter: QPainter, box: Box) -> None:
        sizes, writing = self._sizes, self._writing
        room = box.rect.adjusted(sizes.pad + 2, 2, -sizes.pad - 2, 0)
        room.setHeight(sizes.title)
        count = str(len(box.notes))
        painter.setFont(writing.number)
        painter.setPen(self._soft)
        middle = Qt.AlignmentFlag.AlignVCenter
        if box.notes:
            painter.drawText(room, middle | Qt.AlignmentFlag.AlignRight, count)
        room.setRight(room.right() - (sizes.title if box.notes else 0))
        loose = box.cell[1] is None
        font = writing.number if loose else writing.label
        painter.setFont(font)
        painter.setPen(self._soft if loose else QColor(self._colours.ink))
        title = QFontMetricsF(font).elidedText(box.title, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, middle | Qt.AlignmentFlag.AlignLeft, title)

    def _more(self, painter: QPainter, box: Box, rect: QRect, look: Look) -> None:
        """The tile that unfolds a cell, or folds it again."""
        painter.setPen(self._dashed)
        painter.setBrush(self._chosen if look.hovered == rect else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(rect).adjusted(0.7, 0.7, -0.7, -0.7), RADIUS, RADIUS)
        word = _("alles tonen") if not box.whole else _("minder tonen")
        if look.found is not None and not box.whole:
            hits = sum(note in look.found for note in box.notes[len(box.shown) :])
            word = _("{number} gevonden").format(number=hits) if hits else word
        painter.setPen(QColor(self._colours.ink))
        middle = Qt.AlignmentFlag.AlignCenter
        if box.whole or rect.height() <= self._sizes.strip:
            text = word if box.whole else f"+{box.hidden}  {word}"
            painter.setFont(self._writing.number if box.whole else self._writing.label)
            painter.drawText(rect, middle, text)
            return
        half = rect.height() // 2
        painter.setFont(self._writing.heading)
        painter.drawText(
            rect.adjusted(0, 0, 0, -half + 6),
            Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom,
            f"+{box.hidden}",
        )
        painter.setFont(self._writing.number)
        painter.setPen(self._soft)
        painter.drawText(
            rect.adjusted(0, half + 6, 0, 0),
            Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop,
            word,
        )

    def _adder(self, painter: QPainter, rect: QRect, *, hovered: bool) -> None:
        painter.setFont(self._writing.number)
        painter.setPen(self._accent if hovered else self._soft)
        room = rect.adjusted(self._sizes.pad + 2, 0, 0, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, _("+ Categorie"))

    # --- notes

    def _placed(self, painter: QPainter, rect: QRect, key: NoteId, box: Box, look: Look) -> None:
        if not self._model.has(key):  # it went while nothing may move
            return
        note = self._model.note(key)
        opacity = 1.0
        if key in look.dragged:
            opacity = LEFT_BEHIND
        elif self._model.waits(key):
            opacity = GREYED
        elif look.found is not None and key not in look.found:
            opacity = DIMMED
        if opacity < 1.0:
            painter.setOpacity(opacity)
        self.note(painter, rect, note, self._colour_of.get(box.cell[0], ""), whole=box.whole)
        if opacity < 1.0:
            painter.setOpacity(1.0)
        if key in look.selected:
            self._outline(painter, rect, self._thick, 0.0)
        if key == look.current and (key not in look.selected or len(look.selected) > 1):
            self._outline(painter, rect, self._ring, 3.5)

    def _outline(self, painter: QPainter, rect: QRect, pen: QPen, out: float) -> None:
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(rect).adjusted(-out, -out, out, out), RADIUS, RADIUS)

    def note(
        self, painter: QPainter, rect: QRect, note: Note, colour: str, *, whole: bool = False
    ) -> None:
        """One note: its paper, words, table, and what sets it apart."""
        sizes, writing = self._sizes, self._writing
        if painter.paintEngine().type() is QPaintEngine.Type.SVG:
            self._lay(painter, colour, rect)  # shapes, where a picture of each would be kept
        else:
            ratio = painter.device().devicePixelRatio()
            painter.drawPixmap(rect.topLeft(), self._paper(colour, rect.size(), ratio))
        x, y = rect.x() + sizes.edge, rect.y() + sizes.edge - 2
        if note.conclusion:
            self._outline(painter, rect.adjusted(1, 1, -1, -1), QPen(self._ink, 2.4), 0.0)
            arrow = theme.picture("arrow-right", self._ink.name(), self.arrow)
            painter.drawPixmap(x - 2, y + 1, arrow)
            x += self.arrow
        width = rect.width() - 2 * sizes.edge
        written = writing.written(note, self.room(note, width), whole=whole)
        painter.setFont(writing.strong if note.conclusion else writing.body)
        painter.setPen(self._ink)
        painter.drawStaticText(QPointF(x, y), written.drawn)
        painter.setFont(writing.small)
        merged = self._model.merged(note)
        if merged:
            width -= self._more_under(painter, rect, merged)
        painter.setPen(self._soft)
        foot = QPointF(rect.x() + sizes.edge, rect.bottom() - sizes.edge + 2)
        painter.drawText(foot, self._foot(note, width))

    def corner(self, rect: QRect) -> QRect:
        """Where “+2” stands on a note under which others lie."""
        high = self._sizes.foot
        wide = round(1.7 * high)
        inset = self._sizes.edge // 2
        return QRect(rect.right() - wide - inset, rect.bottom() - high - inset + 2, wide, high)

    def _more_under(self, painter: QPainter, rect: QRect, count: int) -> int:
        """“+2”: how many lie under it. Gives the room that it takes."""
        place = self.corner(rect)
        painter.setPen(self._faint)
        painter.setBrush(self._panel)
        painter.drawRoundedRect(QRectF(place), place.height() / 2, place.height() / 2)
        painter.setPen(self._ink)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, f"+{count}")
        return rect.right() - self._sizes.edge - place.left()

    @property
    def arrow(self) -> int:
        """Width and height of the arrow before a conclusion."""
        return self._sizes.line

    def room(self, note: Note, width: int) -> int:
        """The width that is left for the words of a note."""
        return width - self.arrow if note.conclusion else width

    def _foot(self, note: Note, width: int) -> str:
        parts = [self._model.table_of(note)]
        if self._model.waits(note.id):
            parts.append(_("wordt opgeslagen…"))
        elif not note.approved:
            parts.append(_("wacht"))
        if note.late:
            parts.append(_("te laat"))
        text = " · ".join(part for part in parts if part)
        if len(parts) == 1:
            return text
        metrics = QFontMetricsF(self._writing.small)
        return metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)

    def _paper(self, colour: str, size: QSize, ratio: float) -> QPixmap:
        key = colour, size.width(), size.height(), ratio
        kept = self._papers.get(key)
        if kept is not None:
            return kept
        made = QPixmap(round(size.width() * ratio), round((size.height() + SHADOW) * ratio))
        made.setDevicePixelRatio(ratio)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        self._lay(painter, colour, QRect(QPoint(0, 0), size))
        painter.end()
        self._papers[key] = made
        return made

    def _lay(self, painter: QPainter, colour: str, rect: QRect) -> None:
        """The paper of a note, with its shadow."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        body = QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5)
        for depth, alpha in ((2.0, 22), (1.0, 30)):
            painter.setBrush(QColor(23, 35, 45, alpha))
            painter.drawRoundedRect(body.translated(0, depth), RADIUS, RADIUS)
        fill = theme.note_colour(colour) if colour else QColor(self._colours.track)
        painter.setPen(QPen(fill.darker(112), 1))
        painter.setBrush(fill)
        painter.drawRoundedRect(body, RADIUS, RADIUS)

    # --- what stays in sight while the board scrolls

    def _heads(self, painter: QPainter, layout: Layout, clip: QRect, scrolled: QPoint) -> None:
        sizes = self._sizes
        top = scrolled.y()
        band = QRect(clip.left(), top, clip.width(), layout.top - sizes.space)
        if not band.intersects(clip):
            return
        painter.fillRect(band, self._ground)
        middle = Qt.AlignmentFlag.AlignVCenter
        for head in layout.heads:
            room = QRect(head.x + sizes.pad, top, head.width - 2 * sizes.pad, band.height())
            if not room.intersects(clip):
                continue
            swatch = QRectF(room.x(), room.center().y() - sizes.pad + 1, 14, 14)
            colour = head.column.colour
            painter.setPen(QPen(QColor(self._colours.control_line), 1))
            painter.setBrush(theme.note_colour(colour) if colour else QColor(self._colours.track))
            painter.drawRoundedRect(swatch, 4, 4)
            painter.setFont(self._writing.number)
            painter.setPen(self._soft)
            painter.drawText(room, middle | Qt.AlignmentFlag.AlignRight, str(head.column.notes))
            painter.setFont(self._writing.heading)
            painter.setPen(QColor(self._colours.ink))
            words = room.adjusted(sizes.head, 0, 0, 0)
            painter.drawText(words, middle, "\n".join(head.lines))

    def _sides(self, painter: QPainter, layout: Layout, clip: QRect, scrolled: QPoint) -> None:
        sizes = self._sizes
        left, top = scrolled.x(), scrolled.y() + layout.top
        width = layout.left - sizes.space
        if not layout.sides or clip.left() > left + width:
            return
        if left > 0:  # the cells go by under it
            painter.fillRect(QRect(left, clip.top(), width, clip.height()), self._ground)
        painter.setFont(self._writing.label)
        painter.setPen(QColor(self._colours.ink))
        metrics = QFontMetricsF(self._writing.label)
        painter.save()
        painter.setClipRect(QRect(left, top, width, clip.bottom()), Qt.ClipOperation.IntersectClip)
        for side in layout.sides:
            if side.y + side.height < top or side.y > clip.bottom():
                continue
            y = max(side.y, min(top, side.y + side.height - sizes.title * 2))
            lines = wrapped(side.title, metrics, width - sizes.pad, 4)
            words = QRect(left + 2, y + sizes.pad + 2, width - 2, side.height)
            painter.drawText(words, 0, "\n".join(lines))
        painter.restore()

    # --- what is being dragged

    def ghost(self, size: QSize, note: Note, count: int, ratio: float) -> QPixmap:
        """The note under the mouse, on a pile when there are several."""
        pile = 5 * (min(count, 3) - 1)
        made = QPixmap(
            round((size.width() + pile + 12) * ratio), round((size.height() + pile + 12) * ratio)
        )
        made.setDevicePixelRatio(ratio)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = self._colour_of.get(self._model.cell_of(note.id)[0], "")
        rect = QRect(QPoint(2, 2), size)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(23, 35, 45, 60))
        painter.drawRoundedRect(rect.translated(pile + 4, pile + 5), RADIUS, RADIUS)
        for depth in range(pile, 0, -5):
            painter.drawPixmap(
                rect.topLeft() + QPoint(depth, depth), self._paper(colour, size, ratio)
            )
        self.note(painter, rect, note, colour)
        self._outline(painter, rect, self._thick, 0.0)
        if count > 1:
            self._count(painter, rect, count)
        painter.end()
        return made

    def _count(self, painter: QPainter, rect: QRect, count: int) -> None:
        badge = QRectF(rect.right() - 30, rect.bottom() - 22, 36, 24)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._accent)
        painter.drawRoundedRect(badge, 12, 12)
        painter.setPen(QColor(self._colours.on_accent))
        painter.setFont(self._writing.label)
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, str(count))


def in_clip(box: Box, clip: QRect) -> Iterator[NoteId]:
    """The notes of a cell in the rows that a clip touches."""
    first = max(0, bisect_right(box.tops, clip.top()) - 1)
    last = bisect_right(box.tops, clip.bottom())
    yield from box.shown[first * box.beside : last * box.beside]
