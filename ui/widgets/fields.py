"""Fields that send what was typed when they are left or after a pause, and lose none of it."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable
from typing import Any, Final, Literal

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor, QTextOption
from PySide6.QtWidgets import QVBoxLayout, QWidget

from facilitator.kernel.text import tidy, tidy_line
from ui import theme
from ui.widgets.draft import Draft, Edit, Merging
from ui.widgets.editors import Line, Text, differences, moved, scroll_area_of, utf16
from ui.widgets.labels import label

PAUSE: Final = 900  # milliseconds without a key, after which what was typed is sent
SLACK: Final = 24  # pixels that stay in sight around the cursor


class Field(QWidget):
    """Something that can be changed, with the reason beside it where a change was refused."""

    edited = Signal(object)  # an Edit: somebody wants this
    grown = Signal()  # it wants another height

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = name
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        self.reason = label(wraps=True, parent=self)
        self.reason.setVisible(False)

    @property
    @abstractmethod
    def editor(self) -> QWidget:
        """The widget that has the focus."""

    @abstractmethod
    def show_value(self, value: Any) -> None:
        """Show what the meeting holds, beside what is being typed."""

    def stops(self) -> Iterable[QWidget]:
        """What Tab goes through."""
        if self.editor.focusPolicy() & Qt.FocusPolicy.TabFocus:
            yield self.editor

    @property
    def dirty(self) -> bool:
        """Whether something stands here that the meeting may not hold."""
        return False

    def commit(self) -> None:
        """Send what was typed, now."""

    def seen(self) -> None:
        """What was sent has come back."""

    def reloaded(self) -> None:
        """The whole meeting was loaded again."""

    def forget(self) -> None:
        """Give up what was typed."""

    def answered(self, reason: str) -> None:
        """The engine took what was sent; or it didn't, with the reason in words."""
        self.blame(reason)

    def blame(self, reason: str) -> None:
        """Show this reason beside the field; an empty one goes."""
        if reason == self.reason.text() and bool(reason) is not self.reason.isHidden():
            return
        self.reason.setText(reason)
        self.reason.setVisible(bool(reason))
        if reason:
            warn = theme.palette(light=True).warn
            self.reason.setStyleSheet(f"color: {warn}; font-size: {theme.size('small')}px;")
        self.editor.setAccessibleDescription(reason)
        self.editor.setProperty("wrong", bool(reason))
        self.editor.style().unpolish(self.editor)
        self.editor.style().polish(self.editor)
        self.updateGeometry()
        self.grown.emit()

    def wanted_height(self, width: int) -> int:
        """How high it is when it is this wide."""
        layout = self.layout()
        assert layout is not None  # noqa: S101 - made in __init__
        if layout.hasHeightForWidth():
            return layout.totalHeightForWidth(width)
        return layout.totalSizeHint().height()

    def _hold(self, editor: QWidget) -> None:
        column = self.layout()
        assert column is not None  # noqa: S101 - made in __init__
        column.addWidget(editor)
        column.addWidget(self.reason)
        editor.setAccessibleName(self.name)
        self.setFocusProxy(editor)
        self.setFocusPolicy(editor.focusPolicy())


class Typing(Field):
    """What fields of one line and of many have in common: a draft, and when it is sent."""

    def __init__(
        self,
        name: str,
        normal: Callable[[str], str],
        merges: Merging,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, parent)
        self.draft = Draft(normal, merges)
        self._showing = False
        self._again = False  # left while something was on its way: send the rest after it
        self.pause = QTimer(self)
        self.pause.setSingleShot(True)
        self.pause.setInterval(PAUSE)
        self.pause.timeout.connect(self.commit)

    @property
    def dirty(self) -> bool:
        """Whether something was typed that the meeting may not hold yet."""
        return self.draft.dirty

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leaving the field sends it; Esc gives up a text that was refused."""
        if event.type() is QEvent.Type.FocusOut:
            self.commit()
        elif event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._pressed(event)
        return bool(super().eventFilter(watched, event))

    def _pressed(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Escape and self.reason.text():
            self.forget()
            return True
        return False

    def commit(self) -> None:
        """Send what was typed, now."""
        self.pause.stop()
        self.draft.type(self._text())
        try:
            value = self._value(self.draft.text)
        except ValueError as error:
            self.blame(str(error))
            return
        edit = self.draft.take()
        self._again = edit is None and self.draft.behind
        if edit is not None:
            self.edited.emit(Edit(edit.base, edit.text, value))

    def seen(self) -> None:
        """What was sent has come back."""
        self.draft.seen()

    def reloaded(self) -> None:
        """The whole meeting was loaded again."""
        self.draft.reloaded()

    def answered(self, reason: str) -> None:
        """The engine took what was sent; or it didn't, and the text stays with the reason."""
        self.draft.answered(accepted=not reason)
        self.blame(reason)

    def forget(self) -> None:
        """Show again what the meeting holds."""
        self.draft.forget()
        self.blame("")
        self._put(self.draft.text)

    def _typed(self) -> None:
        if self._showing or self._text() == self.draft.text:
            return  # also where only a mark under a word changed
        self.draft.type(self._text())
        self.blame("")
        self.pause.start()

    def _take(self, known: str) -> None:
        """Show what is known, joined with what is being typed."""
        self.draft.type(self._text())
        self.draft.show(known)
        if not self.draft.dirty and not self.editor.hasFocus():
            self.draft.type(known)
        if self.draft.text != self._text():
            self._put(self.draft.text)
        if self.draft.clashed or (self._again and self.draft.sent is None):
            self.commit()

    def _put(self, text: str) -> None:
        self._showing = True
        self._write(text)
        self._showing = False

    def _value(self, text: str) -> Any:
        return text

    @abstractmethod
    def _text(self) -> str:
        """What stands on the screen."""

    @abstractmethod
    def _write(self, text: str) -> None:
        """Put this on the screen, with the cursor where it was."""


class LineField(Typing):
    """One line. ``reads`` makes a value of the text and raises ``ValueError`` with a sentence."""

    def __init__(
        self,
        name: str = "",
        *,
        hint: str = "",
        reads: Callable[[str], Any] = tidy_line,
        shows: Callable[[Any], str] = str,
        merges: Merging = "no",
        numeric: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, self._normal, merges, parent)
        self._reads, self._shows, self._numeric = reads, shows, numeric
        self.line = Line(self)
        self.line.setPlaceholderText(hint)
        if numeric:
            self.line.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.line.textChanged.connect(self._typed)
        self.line.returnPressed.connect(self.commit)
        self.line.installEventFilter(self)
        self._hold(self.line)

    @property
    def editor(self) -> QWidget:
        """The line itself."""
        return self.line

    def show_value(self, value: Any) -> None:
        """Show what the meeting holds, beside what is being typed."""
        self._take("" if value is None else self._shows(value))

    def _pressed(self, event: QKeyEvent) -> bool:
        more = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        plain = event.modifiers() in {
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        }
        if self._numeric and more is not None and plain and self.line.text().strip().isdecimal():
            self.line.setText(str(max(0, int(self.line.text()) + more)))
            return True
        return super()._pressed(event)

    def hint(self, text: str) -> None:
        """What stands here while nothing is typed."""
        if self.line.placeholderText() != text:
            self.line.setPlaceholderText(text)

    def _normal(self, text: str) -> str:
        try:
            value = self._reads(text)
        except ValueError:
            return tidy_line(text)
        return "" if value is None else self._shows(value)

    def _value(self, text: str) -> Any:
        return self._reads(text)

    def _text(self) -> str:
        return self.line.text()

    def _write(self, text: str) -> None:
        at = moved(self.line.text(), text, self.line.cursorPosition())
        self.line.setText(text)
        self.line.setCursorPosition(at if self.line.hasFocus() else 0)


class TextField(Typing):
    """A text of any number of lines. ``enter``: what the Enter key does."""

    entered = Signal()

    def __init__(
        self,
        name: str = "",
        *,
        hint: str = "",
        least: int = 1,
        merges: Merging = "no",
        enter: Literal["line", "leave"] = "line",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, tidy, merges, parent)
        self._enter = enter
        self.text = Text(self)
        self.text.least = least
        self.text.setPlaceholderText(hint)
        self.text.setTabChangesFocus(True)
        self.text.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.text.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.text.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.text.document().setDocumentMargin(1)
        self.text.textChanged.connect(self._typed)
        self.text.textChanged.connect(self._fit)
        self.text.resized.connect(self._fit)
        self.text.cursorPositionChanged.connect(self._follow_soon)
        self.text.installEventFilter(self)
        self._hold(self.text)
        self._fit()

    @property
    def editor(self) -> QWidget:
        """The text itself."""
        return self.text

    def show_value(self, value: Any) -> None:
        """Show what the meeting holds, joined with what is being typed."""
        self._take("" if value is None else str(value))

    def wanted_height(self, width: int) -> int:
        """How high it is when it is this wide."""
        self.setFixedWidth(width)
        self.text.setFixedWidth(width)
        self.text.fit()
        return super().wanted_height(width)

    def _pressed(self, event: QKeyEvent) -> bool:
        enters = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if enters and self._enter == "leave" and not event.modifiers():
            self.commit()
            self.entered.emit()
            return True
        return super()._pressed(event)

    def _fit(self) -> None:
        if self.text.fit():
            self.grown.emit()

    def _follow_soon(self) -> None:
        if self.text.hasFocus():
            QTimer.singleShot(0, self, self._follow)

    def _follow(self) -> None:
        """Keep the cursor in sight where the page scrolls and not the text."""
        if not self.text.hasFocus():
            return
        area = scroll_area_of(self)
        column = area.widget() if area is not None else None
        if area is not None and column is not None:
            rect = self.text.cursorRect()
            at = self.text.viewport().mapTo(column, QPoint(rect.x(), rect.center().y()))
            area.ensureVisible(0, at.y(), 0, rect.height() + SLACK)

    def _text(self) -> str:
        return self.text.toPlainText()

    def _write(self, text: str) -> None:
        """Change only what differs, so that the cursor and the field's own undo stay as they are."""
        old = self.text.toPlainText()
        cursor = QTextCursor(self.text.document())
        cursor.beginEditBlock()
        for tag, start, end, new_start, new_end in reversed(differences(old, text)):
            if tag != "equal":
                cursor.setPosition(utf16(old[:start]))
                cursor.setPosition(utf16(old[:end]), QTextCursor.MoveMode.KeepAnchor)
                cursor.insertText(text[new_start:new_end])
        cursor.endEditBlock()
