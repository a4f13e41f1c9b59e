"""What stands above and under the rows of an ordered list: the titles, and the line that adds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QVBoxLayout, QWidget

from facilitator.i18n import _
from ui import theme
from ui.widgets.editors import Line
from ui.widgets.labels import label
from ui.widgets.ordered_row import MARK, Column, spread

LOOKS_AWAY: Final = {Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason}


class Header(QWidget):
    """The titles of the columns."""

    def __init__(
        self,
        columns: Sequence[Column],
        *,
        marked: bool,
        acts: int,
        rows: QWidget,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._columns, self._marked, self._acts, self._rows = columns, marked, acts, rows
        self._titles = [label(column.title, "muted", parent=self) for column in columns]
        shown = any(column.title for column in columns)
        self.setFixedHeight(24 if shown else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Each title above its column."""
        super().resizeEvent(event)
        self._place()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The place of the columns follows the width of the rows, less the scroll bar."""
        self._place()
        super().paintEvent(event)

    def _place(self) -> None:
        width = min(self.width(), self._rows.width() or self.width())
        places = spread(self._columns, width, marked=self._marked, acts=self._acts)
        for title, (left, wide) in zip(self._titles, places, strict=True):
            title.setGeometry(left + 2, 0, wide, 22)


class Adder(QWidget):
    """The last line of a list: what is typed here and ended with Enter becomes a new row."""

    typed = Signal(str, bool)

    def __init__(self, invites: str, *, marked: bool, parent: QWidget) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARK if marked else 0, theme.space("s"), 0, 0)
        column.setSpacing(3)
        self.below = False  # Shift and Enter: a line more in the new row, where it can have one
        self.waiting = label(name="muted", wraps=True, parent=self)
        self.waiting.hide()
        column.addWidget(self.waiting)
        self.line = Line(self)
        self.line.setPlaceholderText(invites)
        self.line.setAccessibleName(invites)
        self.line.installEventFilter(self)
        self.line.textEdited.connect(lambda _text: self._blame(""))
        column.addWidget(self.line)
        self.reason = label(wraps=True, parent=self)
        warn = theme.palette(light=True).warn
        self.reason.setStyleSheet(f"color: {warn}; font-size: {theme.size('small')}px;")
        self.reason.hide()
        column.addWidget(self.reason)

    def take(self, *, go_on: bool = False) -> bool:
        """Tell what was typed, and be empty for the next; False where there is nothing."""
        text = self.line.text().strip()
        if not text or self.reason.text():
            return False
        self.line.clear()
        self.typed.emit(text, go_on)
        return True

    def refuse(self, typed: str, reason: str) -> None:
        """Give back what was not added, with the reason."""
        if not self.line.text():
            self.line.setText(typed)
            self._blame(reason)
        else:
            self._blame(f"{typed}: {reason}")

    def wait_for(self, texts: str) -> None:
        """Tell what is on its way."""
        self.waiting.setText(_("Wordt toegevoegd: {what}").format(what=texts) if texts else "")
        self.waiting.setVisible(bool(texts))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter adds and stays, Tab adds and goes into the new row, leaving adds; Esc empties.

        With Shift, Enter goes on in the text of the new row, on its next line.
        """
        if (
            isinstance(event, QFocusEvent)
            and event.lostFocus()
            and event.reason() not in LOOKS_AWAY
        ):
            self.take()
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._pressed(event)
        return bool(super().eventFilter(watched, event))

    def _pressed(self, event: QKeyEvent) -> bool:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._blame("")
            self.below = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.take(go_on=self.below)
            return True
        if event.key() == Qt.Key.Key_Tab and not event.modifiers():
            self.below = False
            return self.take(go_on=True)
        if event.key() == Qt.Key.Key_Escape and self.reason.text():
            self.line.clear()
            self._blame("")
            return True
        if event.matches(QKeySequence.StandardKey.Paste):
            lines = [
                text for text in QGuiApplication.clipboard().text().splitlines() if text.strip()
            ]
            for text in lines if len(lines) > 1 else ():
                self.typed.emit(text, False)
            return len(lines) > 1
        return False

    def _blame(self, reason: str) -> None:
        self.reason.setText(reason)
        self.reason.setVisible(bool(reason))
        self.line.setProperty("wrong", bool(reason))
        self.line.style().unpolish(self.line)
        self.line.style().polish(self.line)
