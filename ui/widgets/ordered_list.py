"""A list in which each row is edited where it stands, moved, removed, and made by typing at the end.

It knows nothing of what its rows are: it shows what it is given, and tells what somebody wants.
Rows become widgets only when they come into sight, so that a list of a thousand opens at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final
from uuid import UUID, uuid4

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

from facilitator.i18n import _
from ui import theme
from ui.widgets.editors import Text, scroll_area_of
from ui.widgets.fields import Field
from ui.widgets.ordered_parts import Adder, Header
from ui.widgets.ordered_row import ACTS, LINE, Column, OrderedRow, Row

__all__ = ["Column", "OrderedList", "Row"]

AHEAD: Final = 400  # pixels beyond what is in sight that are made ready
TALLEST: Final = 400  # characters of a text that waits which are shown


SHEET: Final = """
QLineEdit, QComboBox {{ border-color: {line}; }}
QPlainTextEdit {{ border-color: {line}; }}
QLineEdit:hover, QComboBox:hover, QPlainTextEdit:hover {{ border-color: {control_line}; }}
QLineEdit:focus, QComboBox:focus, QPlainTextEdit:focus {{ border-color: {focus}; }}
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"], QComboBox[wrong="true"] {{
    border: 2px solid {warn}; padding: 5px 9px; }}
QPushButton[row="true"] {{ border: none; background: transparent; padding: 0; min-height: 0; }}
QPushButton[row="true"]:hover {{ background: {hover}; }}
"""


class OrderedList(QWidget):
    """The list. ``adds``: what its last line invites to type; empty: nothing is added by typing.

    ``acts``: what can be done with a row.
    """

    edited = Signal(object, str, object)  # id, column, Edit
    moved = Signal(object, object)  # id, the id in front of which, or None
    removed = Signal(object)  # id
    added = Signal(object, str)  # the id for it, what was typed
    visited = Signal(object)  # the id of the row that the cursor came into

    def __init__(
        self,
        columns: Sequence[Column],
        *,
        thing: str,
        adds: str = "",
        marked: bool = False,
        scrolls: bool = False,
        acts: Sequence[str] = ACTS,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns, self.thing, self.marked = tuple(columns), thing, marked
        self.acts = acts
        self.rows: list[Row] = []
        self.lines: dict[UUID, OrderedRow] = {}
        self._pending: dict[UUID, str] = {}
        self._enter: UUID | None = None  # the row to go into as soon as it is there
        self._chained: list[UUID] = []
        self._watched: QScrollArea | None = None
        self.setStyleSheet(
            SHEET.format(
                **{
                    name: getattr(theme.palette(light=True), name)
                    for name in ("line", "control_line", "focus", "warn", "hover")
                }
            )
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.canvas = _Canvas(self)
        self.header = Header(
            self.columns, marked=marked, acts=len(acts), rows=self.canvas, parent=self
        )
        self.header.hide()
        column.addWidget(self.header)
        self._build_later = QTimer(self)
        self._build_later.setSingleShot(True)
        self._build_later.setInterval(0)
        self._build_later.timeout.connect(self.arrange)
        self._area: QScrollArea | None = None
        if scrolls:
            self._area = QScrollArea(self)
            self._area.setFrameShape(QFrame.Shape.NoFrame)
            self._area.setWidgetResizable(True)
            self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self._area.setWidget(self.canvas)
            self.canvas.setAutoFillBackground(False)
            column.addWidget(self._area, 1000)
        else:
            column.addWidget(self.canvas)
        self.adder = Adder(adds or " ", marked=marked, parent=self)
        self.adder.setVisible(bool(adds))
        self.adder.typed.connect(self._add)
        column.addWidget(self.adder)
        if scrolls:
            column.addStretch(1)

    @property
    def dirty(self) -> bool:
        """Whether something was typed in a row that the meeting may not hold."""
        return any(line.dirty for line in self.lines.values())

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows. What is being typed stays, also in a row that is gone."""
        there = {row.id for row in rows}
        shown = list(rows)
        for place, row in enumerate(self.rows):
            line = self.lines.get(row.id)
            if row.id in there or line is None:
                continue
            if line.dirty and not line.gone:
                line.gone = True
                line.say(_("Een ander heeft dit weggehaald. Wat u typte, staat er nog."))
            if line.gone:
                shown.insert(min(place, len(shown)), row)
            else:
                del self.lines[row.id]
                line.hide()
                line.deleteLater()
        self.rows = shown
        self.header.setVisible(bool(shown))
        for row in rows:
            if row.id in self.lines:
                self.lines[row.id].gone = False
                self.lines[row.id].show_row(row)
            self._pending.pop(row.id, None)
        self._tell_pending()
        self.arrange()
        if self._enter in there:
            self._go_into(self._enter)
            self._enter = None

    def field(self, row: UUID, column: str) -> Field:
        """The field of a column in a row, made ready where it was not in sight yet."""
        return self.line(row).fields[column]

    def line(self, row: UUID) -> OrderedRow:
        """The widgets of a row, made ready where it was not in sight yet."""
        if row not in self.lines:
            self._make(next(known for known in self.rows if known.id == row))
            self.arrange()
        return self.lines[row]

    def say(self, row: UUID, text: str) -> None:
        """Tell why a row could not be moved or removed."""
        self.line(row).say(text)

    def refuse(self, row: UUID, text: str) -> None:
        """Tell why what was typed at the end was not added. What was typed comes back."""
        typed = self._pending.pop(row, "")
        self._tell_pending()
        self.adder.refuse(typed, text)

    def commit(self) -> None:
        """Send what was typed anywhere in the list."""
        for line in list(self.lines.values()):
            for field in line.fields.values():
                field.commit()
        self.adder.take()

    def forget(self) -> None:
        """Drop all rows, with what was typed in them: this is another list now."""
        for line in self.lines.values():
            line.hide()
            line.deleteLater()
        self.lines.clear()
        self.rows, self._chained = [], []
        self._pending.clear()

    def expect(self, row: UUID) -> None:
        """Go into this row as soon as it is there."""
        self._enter = row

    def go_to(self, row: UUID, column: str = "") -> None:
        """Put the cursor into a row."""
        line = self.line(row)
        field = line.fields.get(column) or next(iter(line.fields.values()))
        if field.isHidden() or field.editor.focusPolicy() is Qt.FocusPolicy.NoFocus:
            field = next((f for f in line.fields.values() if f.editor in line.editors()), field)
        field.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_row(row)

    def arrange(self) -> None:
        """Put the rows under each other, and make those that come into sight."""
        width = self.canvas.width()
        while True:
            top = 0
            tops: list[int] = []
            for place, row in enumerate(self.rows):
                tops.append(top)
                line = self.lines.get(row.id)
                if line is None:
                    top += LINE
                    continue
                line.may_move(up=place > 0, down=place < len(self.rows) - 1)
                high = line.wanted_height(width)
                line.setGeometry(0, top, width, high)
                line.place()
                top += high
            self.canvas.setFixedHeight(max(1, top))
            if self._area is not None:
                self._area.setMaximumHeight(max(1, top))
            if not self._make_visible(tops):
                break
        self._chain()

    def event(self, event: QEvent) -> bool:
        """When it comes into sight, rows are made."""
        if event.type() in {QEvent.Type.Show, QEvent.Type.Resize}:
            self._build_later.start()
        return bool(super().event(event))

    def _make_visible(self, tops: list[int]) -> bool:
        """Make the rows that are in sight; tells whether there were new ones."""
        sight = self._in_sight()
        new = [
            row
            for row, top in zip(self.rows, tops, strict=True)
            if row.id not in self.lines and sight.top() - LINE <= top <= sight.bottom()
        ]
        for row in new:
            self._make(row)
        return bool(new)

    def _in_sight(self) -> QRect:
        area = scroll_area_of(self.canvas)
        if area is None or not self.canvas.isVisible():
            return self.canvas.rect() if self.canvas.isVisible() else QRect(0, -9999, 1, 1)
        if area is not self._watched:
            self._watched = area
            area.verticalScrollBar().valueChanged.connect(self._scrolled)
        top = self.canvas.mapFrom(area.viewport(), area.viewport().rect().topLeft())
        return QRect(top, area.viewport().size()).adjusted(0, -AHEAD, 0, AHEAD)

    def _scrolled(self) -> None:
        if len(self.lines) < len(self.rows) and self.isVisible():
            self.arrange()

    def _make(self, row: Row) -> None:
        line = OrderedRow(row, self.columns, marked=self.marked, thing=self.thing, acts=self.acts)
        line.setParent(self.canvas)
        line.edited.connect(self.edited)
        line.asked.connect(self._asked)
        line.grown.connect(self._build_later.start)
        for editor in line.editors():
            editor.installEventFilter(self)
        self.lines[row.id] = line
        line.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice in which row the cursor is, and keep that row in sight."""
        if event.type() is QEvent.Type.FocusIn and isinstance(watched, QWidget):
            for key, line in self.lines.items():
                if line.isAncestorOf(watched):
                    self.visited.emit(key)
                    self._show_row(key)
                    break
        return bool(super().eventFilter(watched, event))

    def _asked(self, row: UUID, what: str) -> None:
        if what in ACTS and what not in self.acts:
            return
        ids = [known.id for known in self.rows]
        place = ids.index(row)
        line = self.lines[row]
        for field in line.fields.values():
            field.commit()
        line.say("")
        if what == "next":
            column = line.column_with_focus() or ""
            if place + 1 < len(ids):
                self.go_to(ids[place + 1], column)
            elif not self.adder.isHidden():
                self.adder.line.setFocus()
        elif what == "remove":
            self._remove(row, ids, place)
        elif what == "up" and place > 0:
            self.moved.emit(row, ids[place - 1])
        elif what == "down" and place + 1 < len(ids):
            self.moved.emit(row, ids[place + 2] if place + 2 < len(ids) else None)
        if what in {"up", "down"}:
            self._show_row(row)

    def _remove(self, row: UUID, ids: list[UUID], place: int) -> None:
        line = self.lines[row]
        column = line.column_with_focus()
        if column is not None:
            others = ids[place + 1 :] or ids[:place][-1:]
            if others:
                self.go_to(others[0], column)
            elif not self.adder.isHidden():
                self.adder.line.setFocus()
        if line.gone:
            line.gone = False
            for field in line.fields.values():
                field.forget()
            self.show_rows([known for known in self.rows if known.id != row])
        else:
            self.removed.emit(row)

    def _add(self, text: str, go_on: bool) -> None:  # noqa: FBT001 - a signal
        row = uuid4()
        self._pending[row] = text
        if go_on:
            self._enter = row
        self._tell_pending()
        self.added.emit(row, text)

    def _tell_pending(self) -> None:
        waiting = ", ".join(self._pending.values())
        self.adder.wait_for(waiting[:TALLEST])

    def _go_into(self, row: UUID) -> None:
        first, *others = self.line(row).editors()
        if not self.adder.below:
            (others[0] if others else first).setFocus(Qt.FocusReason.TabFocusReason)
        elif isinstance(first, Text):
            first.go_on_below()
        self.adder.below = False
        self._show_row(row)

    def _show_row(self, row: UUID) -> None:
        """Bring a row into sight, as soon as everything stands where it belongs."""
        QTimer.singleShot(0, self, lambda: self._reveal(row))

    def _reveal(self, row: UUID) -> None:
        area = scroll_area_of(self.canvas)
        line = self.lines.get(row)
        column = area.widget() if area is not None else None
        if area is not None and line is not None and column is not None:
            focus = QApplication.focusWidget()
            shown = focus if focus is not None and line.isAncestorOf(focus) else line
            at = shown.mapTo(column, shown.rect().center())
            area.ensureVisible(0, at.y(), 0, min(shown.height() // 2 + LINE, 200))

    def stops(self) -> Iterable[QWidget]:
        """What Tab goes through: the rows that are ready, and the last line."""
        yield from self._editors(row.id for row in self.rows if row.id in self.lines)
        yield self.adder.line

    def tab_after(self, other: OrderedList) -> None:
        """Let Tab come here from another list."""
        QWidget.setTabOrder(other.adder.line, self.adder.line)
        self._chained = []
        self._chain()

    def _chain(self) -> None:
        """Let Tab go through the rows in the order in which they stand, and then to the last line.

        Rows are made later than what stands under the list, so they are put where that line is.
        """
        order = [row.id for row in self.rows if row.id in self.lines]
        if order == self._chained:
            return
        self._chained = order
        before: QWidget = self.adder.line
        for editor in self._editors(order):
            QWidget.setTabOrder(before, editor)
            before = editor
        QWidget.setTabOrder(before, self.adder.line)

    def _editors(self, order: Iterable[UUID]) -> Iterable[QWidget]:
        """What can be typed in, also where it is hidden at the moment."""
        for row in order:
            for field in self.lines[row].fields.values():
                yield from field.stops()


class _Canvas(QWidget):
    """What the rows stand on."""

    def __init__(self, owner: OrderedList) -> None:
        super().__init__(owner)
        self._owner = owner

    def resizeEvent(self, event: QResizeEvent) -> None:
        """At another width the rows are laid out again."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._owner.arrange()
