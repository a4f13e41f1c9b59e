"""Typing on the board: the words of a note where it stands, the title of a category in its cell."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QObject,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import (
    QLineEdit,
    QPlainTextEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from facilitator.i18n import _
from facilitator.meeting.fields import TITLE
from facilitator.meeting.ids import NoteId
from facilitator.meeting.notes import Note
from ui.board.model import Index

SMALLEST: Final = QSize(240, 116)  # of a field to type a note in


class NoteField(QPlainTextEdit):
    """A field for the words of one note. Enter is ready, Shift+Enter a new line, Esc as it was."""

    def __init__(self, most: int, note: Note, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._most = most
        self.note = note  # as it was when the typing began
        self.begun = False
        self.ready = False  # the words went out, or were given up
        self.setAccessibleName(_("Tekst van de notitie"))
        self.setTabChangesFocus(True)
        self.textChanged.connect(self._fit)

    def _fit(self) -> None:
        """No longer than a note may be."""
        text = self.toPlainText()
        if len(text) > self._most:
            at = min(self.textCursor().position(), self._most)
            self.setPlainText(text[: self._most])
            cursor = self.textCursor()
            cursor.setPosition(at)
            self.setTextCursor(cursor)


class NoteDelegate(QStyledItemDelegate):
    """Opens a field over a note; what is typed goes out as one wish when it is ready."""

    typed = Signal(object, str)  # the index of the note, the words
    torn = Signal(object, str)  # the field went while somebody typed: the Note, the words

    def __init__(
        self, most: Callable[[], int], note_at: Callable[[int], Note], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._most, self._note_at = most, note_at
        self._again: dict[NoteId, str] = {}

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """The field."""
        return NoteField(self._most(), self._note_at(index.row()), parent)

    def resume(self, note: NoteId, text: str) -> None:
        """Begin with these words the next time that this note is edited."""
        self._again[note] = text

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """The words as they are, once: what arrives later does not touch what is being typed."""
        if isinstance(editor, NoteField) and not editor.begun:
            editor.begun = True
            known = index.data(Qt.ItemDataRole.EditRole) or ""
            editor.setPlainText(self._again.pop(editor.note.id, known))
            editor.moveCursor(QTextCursor.MoveOperation.End)

    def setModelData(self, editor: QWidget, _model: QAbstractItemModel, index: Index) -> None:
        """Tell what was typed."""
        if isinstance(editor, NoteField):
            editor.ready = True
            self.typed.emit(index, editor.toPlainText())

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        """When the note goes while somebody types in it, what was typed does not go with it."""
        if isinstance(editor, NoteField) and editor.begun and not editor.ready:
            editor.ready = True
            text = editor.toPlainText()
            if text.strip() and text != editor.note.text:
                self.torn.emit(editor.note, text)
        super().destroyEditor(editor, index)

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, _index: Index
    ) -> None:
        """Over the note, and large enough to type in, but never outside of what is in sight."""
        rect: QRect = option.rect
        parent = editor.parentWidget()
        if parent is not None:
            editor.setGeometry(kept_inside(rect, parent.rect()))

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Enter is ready; with Shift it is a new line. Esc gives up what was typed."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape and isinstance(editor, NoteField):
                editor.ready = True
            ready = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
            if ready and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self.commitData.emit(editor)
                self.closeEditor.emit(editor)
                return True
            if ready or event.key() in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}:
                return False
        return bool(super().eventFilter(editor, event))


def kept_inside(rect: QRect, room: QRect) -> QRect:
    """A rectangle that is at least large enough to type in, moved into the room."""
    wanted = QRect(rect.topLeft(), rect.size().expandedTo(SMALLEST).boundedTo(room.size()))
    wanted.moveLeft(max(room.left(), min(wanted.left(), room.right() - wanted.width() + 1)))
    wanted.moveTop(max(room.top(), min(wanted.top(), room.bottom() - wanted.height() + 1)))
    return wanted


class TitleField(QLineEdit):
    """A field for a title, over the place where it will stand. Enter is ready, Esc as it was."""

    def __init__(
        self, parent: QWidget, rect: QRect, title: str, ready: Callable[[str], None]
    ) -> None:
        super().__init__(parent)
        self._ready: Callable[[str], None] | None = ready
        self.setMaxLength(TITLE)
        self.setText(title)
        self.selectAll()
        self.setPlaceholderText(_("Naam van de categorie"))
        self.setAccessibleName(_("Naam van de categorie"))
        self.setGeometry(rect)
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is ready, and Esc leaves everything as it was; neither reaches the board below."""
        match event.key():
            case Qt.Key.Key_Escape:
                self._close()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._take()
            case _:
                super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Whoever goes on elsewhere is ready."""
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self._take()

    def _take(self) -> None:
        ready, text = self._ready, self.text().strip()
        self._close()
        if ready is not None and text:
            ready(text)

    def _close(self) -> None:
        if self._ready is None:
            return
        self._ready = None
        parent = self.parentWidget()
        if self.hasFocus() and parent is not None:
            parent.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()
        self.deleteLater()
