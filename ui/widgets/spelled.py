"""A wavy line under words that are spelled wrong, in a field of many lines."""

from __future__ import annotations

from typing import Final, Protocol

from PySide6.QtCore import QPoint, QTimer, SignalInstance
from PySide6.QtGui import QColor, QSyntaxHighlighter, QTextCharFormat, QTextCursor

from facilitator.spelling import words_in
from ui import theme
from ui.widgets.editors import Text, utf16

PAUSE: Final = 50  # ms in which verdicts are gathered before the lines are drawn again


class Judge(Protocol):
    """Who knows whether a word is right."""

    @property
    def judged(self) -> SignalInstance:
        """Told when more is known."""

    def right(self, word: str) -> bool | None:
        """Whether a word is right; None where that is not known yet."""


class Speller(QSyntaxHighlighter):
    """Marks the wrong words of one editor. The word that is being typed is left alone."""

    def __init__(self, editor: Text, judge: Judge) -> None:
        super().__init__(editor)
        self._editor, self._judge = editor, judge
        self._typing = False  # a word was left alone because the cursor stands at its end
        self._format = QTextCharFormat()
        self._format.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        self._format.setUnderlineColor(QColor(theme.palette(light=True).warn))
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(PAUSE)
        self._soon.timeout.connect(self.rehighlight)
        judge.judged.connect(self._soon.start)
        editor.cursorPositionChanged.connect(self._moved)
        self.setDocument(editor.document())

    def highlightBlock(self, text: str) -> None:
        """Mark the wrong words of a line."""
        cursor = self._editor.textCursor()
        here = self._editor.hasFocus() and cursor.block() == self.currentBlock()
        at = cursor.positionInBlock() if here else -1
        for start, end, word in words_in(text):
            first, last = utf16(text[:start]), utf16(text[:end])
            if last == at:
                self._typing = True
            elif self._judge.right(word) is False:
                self.setFormat(first, last - first, self._format)

    def wrong_at(self, point: QPoint) -> QTextCursor | None:
        """The wrong word at a point of the editor, as a selection; None where there is none."""
        cursor = self._editor.cursorForPosition(point)
        text = cursor.block().text()
        begin = cursor.block().position()
        at = cursor.positionInBlock()
        for start, end, word in words_in(text):
            first, last = utf16(text[:start]), utf16(text[:end])
            if first <= at <= last and self._judge.right(word) is False:
                cursor.setPosition(begin + first)
                cursor.setPosition(begin + last, QTextCursor.MoveMode.KeepAnchor)
                return cursor
        return None

    def _moved(self) -> None:
        if self._typing:
            self._typing = False
            self._soon.start()
