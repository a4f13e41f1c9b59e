"""How one note looks in the list, and its buttons at the end of the row."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QFontMetricsF, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from facilitator.i18n import _
from facilitator.kernel.state import State
from facilitator.meeting.ids import NoteId
from facilitator.meeting.meeting import the_meeting
from facilitator.meeting.notes import Note
from facilitator.meeting.themes import Theme
from ui import theme
from ui.board.editing import NoteDelegate
from ui.board.model import Index
from ui.board.writing import wrapped
from ui.console.notes_model import NotesModel, marks

HEIGHT: Final = 52  # of a row: two lines of text
EDGE: Final = 14
PAPER: Final = 10  # width of the colour before the text
THEME: Final = 150
TABLE: Final = 70
ROUND: Final = 70
TIME: Final = 54
PRESS: Final = 44  # a button at the end of the row
PILL: Final = 22  # height
GREYED: Final = 0.5


class NoteRow(NoteDelegate):
    """Paints a row from left to right: colour, words, marks, theme, table, round, time, buttons."""

    hide_pressed = Signal(object)  # NoteId; shows again what is hidden
    approve_pressed = Signal(object)  # NoteId
    more_pressed = Signal(object, QPoint)  # NoteId, and where on the row

    def __init__(self, model: NotesModel, parent: QObject | None = None) -> None:
        super().__init__(
            lambda: the_meeting(model.replica.state).note_length, model.note_at, parent
        )
        self._model = model
        self._colours = theme.palette(light=True)
        self._body = theme.font(theme.size("body"))
        self._gone = theme.font(theme.size("body"))
        self._gone.setStrikeOut(True)
        self._small = theme.font(theme.size("small"))
        self._label = theme.font(theme.size("small") - 1, theme.SEMIBOLD)
        self._metrics = QFontMetricsF(self._body)
        self._lines: dict[NoteId, tuple[str, int, int, str]] = {}

    @property
    def _state(self) -> State:
        return self._model.replica.state

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """All rows are equally high."""
        return QSize(200, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The row."""
        note = self._model.note_at(index.row())
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, rect, option.state)
        if self._model.waits(note.id):
            painter.setOpacity(GREYED)
        self._paper(painter, rect, note)
        words = self.words_rect(rect, note)
        soft = QColor(self._colours.muted)
        painter.setPen(soft if note.hidden else QColor(self._colours.ink))
        painter.setFont(self._gone if note.hidden else self._body)
        merged = self._model.merged_with(note)
        if merged:
            self._merged(painter, words.adjusted(0, words.height() // 2, 0, -4), merged)
            words.setHeight(words.height() // 2)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(words, flags, self._broken(note, words.width(), 1 if merged else 2))
        self._pills(painter, rect, note)
        self._columns(painter, rect, note)
        for icon, _name, place in self._buttons(rect, note):
            picture = theme.picture(icon, self._colours.muted, 20)
            painter.drawPixmap(place.center() - QPoint(10, 10), picture)
        painter.restore()

    def _merged(self, painter: QPainter, place: QRect, told: str) -> None:
        """Under the words: with what it was merged."""
        painter.save()
        painter.setFont(self._small)
        painter.setPen(QColor(self._colours.muted))
        right = Qt.TextElideMode.ElideRight
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(place, flags, painter.fontMetrics().elidedText(told, right, place.width()))
        painter.restore()

    def words_rect(self, rect: QRect, note: Note) -> QRect:
        """Where the words stand."""
        left = rect.left() + EDGE + PAPER + 12
        pills = sum(self._pill_width(mark) + 6 for mark in marks(note))
        right = self._columns_left(rect) - pills - 16
        return QRect(left, rect.top() + 2, max(40, right - left), rect.height() - 4)

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """Over the words, over two rows where it is needed."""
        note = self._model.note_at(index.row())
        words = self.words_rect(option.rect, note).adjusted(-12, -2, 12, 2)
        words.setHeight(HEIGHT + 24)
        parent = editor.parentWidget()
        if parent is not None:
            words.moveBottom(min(words.bottom(), parent.height() - 2))
            editor.setGeometry(words)

    def editorEvent(
        self,
        event: QEvent,
        _model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """A press on one of the buttons."""
        kinds = {QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease}
        if not isinstance(event, QMouseEvent) or event.type() not in kinds:
            return False
        note = self._model.note_at(index.row())
        at = event.position().toPoint()
        for icon, _name, place in self._buttons(option.rect, note):
            if place.contains(at) and event.button() is Qt.MouseButton.LeftButton:
                if event.type() is QEvent.Type.MouseButtonRelease:
                    self._press(icon, note.id, at)
                return True
        return False

    def _press(self, icon: str, note: NoteId, at: QPoint) -> None:
        match icon:
            case "check":
                self.approve_pressed.emit(note)
            case "ellipsis-vertical":
                self.more_pressed.emit(note, at)
            case _:
                self.hide_pressed.emit(note)

    def button_at(self, rect: QRect, note: Note, at: QPoint) -> str:
        """What the button at a point is called; nothing where there is none."""
        return next((n for _i, n, place in self._buttons(rect, note) if place.contains(at)), "")

    # --- parts

    def _ground(self, painter: QPainter, rect: QRect, state: QStyle.StateFlag) -> None:
        flag = QStyle.StateFlag
        if state & flag.State_Selected:
            painter.fillRect(rect, QColor(self._colours.selected))
        elif state & flag.State_MouseOver:
            painter.fillRect(rect, QColor(self._colours.hover))
        painter.setPen(QPen(QColor(self._colours.line), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if state & flag.State_HasFocus:
            painter.setPen(QPen(QColor(self._colours.focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(rect).adjusted(1.5, 1.5, -1.5, -2.5), 4, 4)

    def _paper(self, painter: QPainter, rect: QRect, note: Note) -> None:
        known = self._state.find(Theme, note.theme)
        fill = theme.note_colour(known.colour.value) if known else QColor(self._colours.track)
        place = QRectF(rect.left() + EDGE, rect.top() + 7, PAPER, rect.height() - 14)
        painter.setPen(QPen(fill.darker(125), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush if note.hidden else fill)
        painter.drawRoundedRect(place, 3, 3)

    def _columns_left(self, rect: QRect) -> int:
        return rect.right() - EDGE - 3 * PRESS - TIME - ROUND - TABLE - THEME

    def _columns(self, painter: QPainter, rect: QRect, note: Note) -> None:
        known = self._state.find(Theme, note.theme)
        title = known.title if known is not None else _("Zonder thema")
        painter.setFont(self._small)
        painter.setPen(QColor(self._colours.muted))
        metrics = painter.fontMetrics()
        x = self._columns_left(rect)
        author = self._model.author_of(note)
        for text, width in (
            (f"{title}\n{author}" if author else title, THEME),
            (self._model.table_of(note), TABLE),
            (self._model.round_of(note), ROUND),
            (self._model.time_of(note), TIME),
        ):
            right = Qt.TextElideMode.ElideRight
            lines = (metrics.elidedText(line, right, width - 10) for line in text.split("\n"))
            place = QRect(x, rect.top(), width, rect.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, "\n".join(lines))
            x += width

    def _pill_width(self, text: str) -> int:
        return QFontMetrics(self._label).horizontalAdvance(text) + 18

    def _pills(self, painter: QPainter, rect: QRect, note: Note) -> None:
        painter.setFont(self._label)
        x = self._columns_left(rect) - 10
        for mark in reversed(marks(note)):
            width = self._pill_width(mark)
            x -= width + 6
            place = QRectF(x, rect.center().y() - PILL / 2, width, PILL)
            waits = not note.approved and not note.hidden and mark == marks(note)[0]
            colour = QColor(self._colours.warn if waits else self._colours.muted)
            painter.setPen(QPen(colour, 1))
            painter.setBrush(QColor(self._colours.panel))
            painter.drawRoundedRect(place, PILL / 2, PILL / 2)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, mark)

    def _buttons(self, rect: QRect, note: Note) -> list[tuple[str, str, QRect]]:
        """Icon, name and place of the buttons of a row."""
        right = rect.right() - EDGE + 6
        last = QRect(right - PRESS, rect.top(), PRESS, rect.height())
        before = last.translated(-PRESS, 0)
        found = [("ellipsis-vertical", _("Meer"), last)]
        if note.hidden:
            return [*found, ("eye", _("Weer tonen"), before)]
        found.append(("eye-off", _("Verbergen"), before))
        if not note.approved:
            found.append(("check", _("Goedkeuren"), before.translated(-PRESS, 0)))
        return found

    def _broken(self, note: Note, width: int, most: int) -> str:
        """The words in no more than so many lines."""
        kept = self._lines.get(note.id)
        if kept is not None and kept[:3] == (note.text, width, most):
            return kept[3]
        made = "\n".join(wrapped(note.text, self._metrics, width, most))
        self._lines[note.id] = note.text, width, most, made
        return made
