"""One row of an ordered list: a number, fields, and what can be done with the row."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

import msgspec
from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from facilitator.i18n import N_, _
from ui import theme
from ui.keys import Line, by_key, pressed
from ui.widgets.fields import Field, LineField, TextField
from ui.widgets.labels import label

MARK: Final = 34  # pixels for the number of a row
BUTTON: Final = 32
ACTS: Final = ("up", "down", "remove")  # what the buttons of a row do, from left to right
GAP: Final = 8  # between two fields
PAD: Final = 4  # above and below a row
LINE: Final = 36 + 2 * PAD + 1  # height of a row with fields of one line


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """A field that each row has."""

    name: str
    title: str = ""  # above the column; empty: nothing
    make: Callable[[], Field]
    width: int = 0  # pixels; 0: a share of what is left
    share: int = 1
    under: bool = False  # it stands under the others, from the first to the end of the row


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """What a row shows. A column without a value has no field in this row."""

    id: UUID
    values: Mapping[str, Any]
    mark: str = ""  # a number, at the left
    hints: Mapping[str, str] = {}  # what stands in a line where nothing was typed
    named: str = ""  # what a screen reader adds to the name of each field


def spread(
    columns: Sequence[Column], width: int, *, marked: bool, acts: int = len(ACTS)
) -> list[tuple[int, int]]:
    """Where each column begins and how wide it is, in a row of this width with so many buttons."""
    left = MARK if marked else 0
    beside = [column for column in columns if not column.under]
    free = width - left - _room(acts) - GAP * len(beside) - sum(c.width for c in beside)
    shares = sum(column.share for column in beside if not column.width) or 1
    places = []
    for column in columns:
        if column.under:
            begin = MARK if marked else 0
            places.append((begin, width - begin))
            continue
        wide = column.width or max(60, free * column.share // shares)
        places.append((left, wide))
        left += wide + GAP
    return places


def _room(acts: int) -> int:
    return acts * BUTTON + GAP if acts else 0


class OrderedRow(QWidget):
    """The widgets of a row. It lays itself out, so that all rows stand under each other."""

    edited = Signal(object, str, object)  # id, column, Edit
    asked = Signal(object, str)  # id, what: up, down, remove, next
    grown = Signal()

    def __init__(
        self,
        row: Row,
        columns: Sequence[Column],
        *,
        marked: bool,
        thing: str,
        acts: Sequence[str] = ACTS,
    ) -> None:
        super().__init__()
        self.id = row.id
        self.gone = False  # removed elsewhere, while something unsent stood in it
        self._columns, self._marked, self._acts = columns, marked, acts
        self.mark = label(name="muted", parent=self)
        self.mark.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.fields: dict[str, Field] = {}
        self._row: Row | None = None
        self._ways: tuple[bool, bool] | None = None
        self._measured: tuple[int, int] | None = None  # width and height, while nothing grew
        self._placed: tuple[int, int] | None = None
        self.grown.connect(self._measure_again)
        for column in columns:
            self._add(column)
        self.up = self._button("chevron-up", "up", _("Omhoog (Alt+↑)"))
        self.down = self._button("chevron-down", "down", _("Omlaag (Alt+↓)"))
        self.bin = self._button("x", "remove", _("Weghalen (Alt+Delete)"))
        for act, made in zip(ACTS, (self.up, self.down, self.bin), strict=True):
            made.setVisible(act in acts)
        self.message = label(wraps=True, parent=self)
        warn = theme.palette(light=True).warn
        self.message.setStyleSheet(f"color: {warn}; font-size: {theme.size('small')}px;")
        self.message.hide()
        self.setAccessibleName(thing)
        self.show_row(row)

    @property
    def dirty(self) -> bool:
        """Whether something was typed here that the meeting may not hold."""
        return any(field.dirty for field in self.fields.values())

    def show_row(self, row: Row) -> None:
        """Show what the row holds now. Nothing to do where it is as before and nobody types."""
        if row == self._row and not self.dirty:
            return
        self._row = row
        if self.mark.text() != row.mark:
            self.mark.setText(row.mark)
        for name, field in self.fields.items():
            there = name in row.values
            if there is field.isHidden():
                field.setVisible(there)
                self._measure_again()
            if there:
                field.show_value(row.values[name])
            if row.named and field.name:
                field.editor.setAccessibleName(f"{field.name}, {row.named}")
            if name in row.hints and isinstance(field, LineField):
                field.hint(row.hints[name])

    def may_move(self, *, up: bool, down: bool) -> None:
        """Whether there is a row above and one below."""
        if self._ways != (up, down):
            self._ways = (up, down)
            self.up.setEnabled(up)
            self.down.setEnabled(down)

    def say(self, text: str) -> None:
        """Tell why the row could not be moved or removed."""
        self.message.setText(text)
        self.message.setVisible(bool(text))
        self.grown.emit()

    def wanted_height(self, width: int) -> int:
        """How high it is when it is this wide."""
        if self._measured is None or self._measured[0] != width:
            self._measured = (width, self._height(width))
            self._placed = None
        return self._measured[1]

    def _measure_again(self) -> None:
        self._measured = None

    def _height(self, width: int) -> int:
        beside, under = self._heights(width)
        told = self.message.heightForWidth(width) + PAD if self.message.text() else 0
        return beside + 2 * PAD + 1 + under + told

    def _heights(self, width: int) -> tuple[int, int]:
        """How high the fields are: those beside each other, and all under them."""
        beside, under = LINE - 1 - 2 * PAD, 0
        for column, _left, wide in self._placed_columns(width):
            high = self.fields[column.name].wanted_height(wide)
            if column.under:
                under += high
            else:
                beside = max(beside, high)
        return beside, under

    def _placed_columns(self, width: int) -> Iterator[tuple[Column, int, int]]:
        """The columns that are in sight in this row, each with its place."""
        places = spread(self._columns, width, marked=self._marked, acts=len(self._acts))
        for column, (left, wide) in zip(self._columns, places, strict=True):
            if not self.fields[column.name].isHidden():
                yield column, left, wide

    def place(self) -> None:
        """Put everything where it belongs at the present size, unless it stands there already."""
        width = self.width()
        if self._placed == (width, self.height()):
            return
        self._placed = (width, self.height())
        top = PAD + self._heights(width)[0]
        for column, left, wide in self._placed_columns(width):
            field = self.fields[column.name]
            high = field.wanted_height(wide)
            field.setGeometry(left, top if column.under else PAD, wide, high)
            top += high if column.under else 0
        self.mark.setGeometry(0, PAD, MARK - GAP, LINE - 1 - 2 * PAD)
        shown = [made for made in (self.up, self.down, self.bin) if not made.isHidden()]
        for number, made in enumerate(shown):
            made.move(width - _room(len(shown)) + GAP + number * BUTTON, PAD + 2)
        if self.message.text():
            high = self.message.heightForWidth(width)
            self.message.setGeometry(MARK, self.height() - high - PAD, width - MARK, high)

    def editors(self) -> Iterator[QWidget]:
        """The widgets that Tab goes through, from left to right."""
        for column in self._columns:
            field = self.fields[column.name]
            if not field.isHidden():
                yield from field.stops()

    def column_with_focus(self) -> str | None:
        """The column that the cursor is in."""
        found = (name for name, field in self.fields.items() if field.editor.hasFocus())
        return next(found, None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys that mean the row and not the field."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
            does = _DOES.get(pressed(event))
            if does is not None and (isinstance(watched, QLineEdit) or not enter):
                does(self)
                return True
        return bool(super().eventFilter(watched, event))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A thin line under the row."""
        painter = QPainter(self)
        painter.setPen(theme.palette(light=True).line)
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        painter.end()

    def _add(self, column: Column) -> None:
        field = column.make()
        field.setParent(self)
        if not field.name:
            field.name = column.title
            field.editor.setAccessibleName(column.title)
        field.edited.connect(lambda edit, name=column.name: self.edited.emit(self.id, name, edit))
        field.grown.connect(self.grown)
        if isinstance(field, TextField):
            field.entered.connect(lambda: self.asked.emit(self.id, "next"))
        field.editor.installEventFilter(self)
        self.fields[column.name] = field

    def _button(self, icon: str, asked: str, tip: str) -> QPushButton:
        made = QPushButton(self)
        made.setProperty("row", True)
        made.setIcon(theme.icon(icon, theme.palette(light=True).muted))
        made.setIconSize(QSize(18, 18))
        made.setFixedSize(BUTTON, BUTTON)
        made.setToolTip(tip)
        made.setAccessibleName(tip)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.setCursor(Qt.CursorShape.PointingHandCursor)
        made.clicked.connect(lambda: self.asked.emit(self.id, asked))
        return made


def _asks(what: str) -> Callable[[OrderedRow], None]:
    """The key asks this of the row."""
    return lambda row: row.asked.emit(row.id, what)


LINES: Final = (
    Line(N_("Volgende regel"), {"Return": _asks("next"), "Enter": _asks("next")}, "Enter"),
    Line(
        N_("Regel hoger of lager"),
        {"Alt+Up": _asks("up"), "Alt+Down": _asks("down")},
        "Alt+↑ Alt+↓",
    ),
    Line(
        N_("Regel weghalen"),
        {"Alt+Delete": _asks("remove"), "Alt+Backspace": _asks("remove")},
        "Alt+Delete",
    ),
)
_DOES: Final = by_key(LINES)
