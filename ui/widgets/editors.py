"""The bare editors of fields: they leave keys to the window that they don't need, and grow."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QScrollArea, QWidget

EDGE: Final = 7  # pixels between the text of a field and its outer side: padding and border
STAYS: Final = {  # the focus only went to another window or a menu, and comes back
    Qt.FocusReason.ActiveWindowFocusReason,
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
}


def gives_way(event: QEvent, *, undo: bool, redo: bool) -> bool:
    """Whether Ctrl+Z or Ctrl+Y is left to the window: there is nothing to take back in this field."""
    if event.type() is not QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    wants_undo = event.matches(QKeySequence.StandardKey.Undo) and not undo
    wants_redo = event.matches(QKeySequence.StandardKey.Redo) and not redo
    return wants_undo or wants_redo


class Line(QLineEdit):
    """One line of text, which leaves undo to the window when it has nothing of its own."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._composing = False  # a letter is being made of several keys

    def mark(self, spans: Iterable[tuple[int, int]], look: QTextCharFormat) -> None:
        """Show these pieces like this. Qt has no other way in than that of an input method."""
        kind = QInputMethodEvent.AttributeType.TextFormat
        at = self.cursorPosition()
        pieces = [
            QInputMethodEvent.Attribute(kind, start - at, end - start, look) for start, end in spans
        ]
        if not self._composing:
            super().inputMethodEvent(QInputMethodEvent("", pieces))

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """While a letter is being composed nothing may come between."""
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def event(self, event: QEvent) -> bool:
        """Ctrl+Z of the field comes before that of the window, but only while there is something."""
        if gives_way(event, undo=self.isUndoAvailable(), redo=self.isRedoAvailable()):
            event.ignore()
            return False
        return bool(super().event(event))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Who goes on to another field leaves the beginning in sight, not the end."""
        super().focusOutEvent(event)
        if event.reason() not in STAYS:
            self.home(False)


class Text(QPlainTextEdit):
    """A text that is as high as what stands in it."""

    resized = Signal()
    least = 1  # lines

    def event(self, event: QEvent) -> bool:
        """Ctrl+Z of the field comes before that of the window, but only while there is something."""
        document = self.document()
        undo, redo = document.isUndoAvailable(), document.isRedoAvailable()
        if gives_way(event, undo=undo, redo=redo):
            event.ignore()
            return False
        return bool(super().event(event))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """At another width the lines break elsewhere."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.resized.emit()

    def go_on_below(self) -> None:
        """Put the cursor on a new line under the text."""
        self.setFocus(Qt.FocusReason.TabFocusReason)
        self.moveCursor(QTextCursor.MoveOperation.End)
        self.insertPlainText("\n")

    def fit(self) -> bool:
        """Take the height of the text; tells whether it changed."""
        lines = max(self.least, round(self.document().size().height()))
        height = lines * self.fontMetrics().lineSpacing() + 2 * EDGE + 2
        if height == self.minimumHeight() == self.maximumHeight():
            return False
        self.setFixedHeight(height)
        return True


def utf16(text: str) -> int:
    """The length of a text as Qt counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def differences(old: str, new: str) -> list[tuple[str, int, int, int, int]]:
    """How one text becomes another; only what stands between their equal beginning and end."""
    shorter = min(len(old), len(new))
    head = next((n for n in range(shorter) if old[n] != new[n]), shorter)
    rest = shorter - head
    tail = next((n for n in range(rest) if old[-1 - n] != new[-1 - n]), rest)
    inner = SequenceMatcher(
        None, old[head : len(old) - tail], new[head : len(new) - tail], autojunk=True
    )
    return [
        (tag, start + head, end + head, new_start + head, new_end + head)
        for tag, start, end, new_start, new_end in inner.get_opcodes()
    ]


def moved(old: str, new: str, at: int) -> int:
    """Where a cursor at ``at`` in the old text stands in the new one."""
    for tag, start, end, new_start, new_end in differences(old, new):
        if start <= at <= end and tag == "equal":
            return new_start + at - start
        if start <= at < end:
            return new_end
    return len(new) if at >= len(old) else at


def scroll_area_of(widget: QWidget) -> QScrollArea | None:
    """The nearest scroll area that a widget stands in."""
    above = widget.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    return above
