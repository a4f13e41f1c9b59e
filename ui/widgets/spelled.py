"""A wavy line under words that are spelled wrong, in a field of many lines or of one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Protocol

import msgspec
from PySide6.QtCore import QObject, QPoint, QTimer, SignalInstance
from PySide6.QtGui import QColor, QSyntaxHighlighter, QTextCharFormat, QTextCursor

from facilitator.spelling import words_in
from ui import theme
from ui.widgets.editors import Line, Text, utf16

PAUSE: Final = 50  # ms in which verdicts are gathered before the lines are drawn again


class Judge(Protocol):
    """Who knows whether a word is right."""

    @property
    def judged(self) -> SignalInstance:
        """Told when more is known."""

    def right(self, word: str) -> bool | None:
        """Whether a word is right; None where that is not known yet."""


class Wrong(msgspec.Struct, frozen=True):
    """A word that is spelled wrong, and how another is put in its place."""

    word: str
    mend: Callable[[str], None]


class Speller(QSyntaxHighlighter):
    """Marks the wrong words of one editor. The word that is being typed is left alone."""

    def __init__(self, editor: Text, judge: Judge) -> None:
        super().__init__(editor)
        self._editor, self._judge = editor, judge
        self._typing = False  # a word was left alone because the cursor stands at its end
        self._format = _wavy()
        self._soon = _timer(self, self.rehighlight)
        judge.judged.connect(self._soon.start)
        editor.cursorPositionChanged.connect(self._moved)
        self.setDocument(editor.document())

    def highlightBlock(self, text: str) -> None:
        """Mark the wrong words of a line."""
        cursor = self._editor.textCursor()
        here = self._editor.hasFocus() and cursor.block() == self.currentBlock()
        at = cursor.positionInBlock() if here else -1
        for first, last, word in _places(text):
            if last == at:
                self._typing = True
            elif self._judge.right(word) is False:
                self.setFormat(first, last - first, self._format)

    def wrong_at(self, point: QPoint) -> Wrong | None:
        """The wrong word at a point of the editor; None where there is none."""
        cursor = self._editor.cursorForPosition(point)
        begin = cursor.block().position()
        at = cursor.positionInBlock()
        for first, last, word in _places(cursor.block().text()):
            if first <= at <= last and self._judge.right(word) is False:
                cursor.setPosition(begin + first)
                cursor.setPosition(begin + last, QTextCursor.MoveMode.KeepAnchor)
                return Wrong(word, cursor.insertText)
        return None

    def _moved(self) -> None:
        if self._typing:
            self._typing = False
            self._soon.start()


class LineSpeller(QObject):
    """The same in a field of one line."""

    def __init__(self, line: Line, judge: Judge) -> None:
        super().__init__(line)
        self._line, self._judge = line, judge
        self._format = _wavy()
        self.marked: list[str] = []
        self._soon = _timer(self, self.look)
        judge.judged.connect(self._soon.start)
        line.textChanged.connect(self.look)
        line.cursorPositionChanged.connect(lambda _old, _new: self._soon.start())
        self.look()

    def look(self) -> None:
        """Mark the wrong words, except the one that is being typed."""
        text = self._line.text()
        at = self._line.cursorPosition() if self._line.hasFocus() else -1
        wrong = [
            (first, last, word)
            for first, last, word in _places(text)
            if last != at and self._judge.right(word) is False
        ]
        self._line.mark([(first, last) for first, last, _word in wrong], self._format)
        self.marked = [word for _first, _last, word in wrong]

    def wrong_at(self, point: QPoint) -> Wrong | None:
        """The wrong word at a point of the line; None where there is none."""
        at = self._line.cursorPositionAt(point)
        for first, last, word in _places(self._line.text()):
            if first <= at <= last and self._judge.right(word) is False:
                return Wrong(word, lambda mend: self._replace(first, word, mend))  # noqa: B023 - returned
        return None

    def _replace(self, first: int, word: str, mend: str) -> None:
        """Only where the word still stands there."""
        if (first, first + utf16(word), word) in _places(self._line.text()):
            self._line.setSelection(first, utf16(word))
            self._line.insert(mend)


def _places(text: str) -> list[tuple[int, int, str]]:
    """The words of a line, and where Qt says that they begin and end."""
    return [(utf16(text[:start]), utf16(text[:end]), word) for start, end, word in words_in(text)]


def _wavy() -> QTextCharFormat:
    wavy = QTextCharFormat()
    wavy.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
    wavy.setUnderlineColor(QColor(theme.palette(light=True).warn))
    return wavy


def _timer(owner: QObject, looks: Callable[[], None]) -> QTimer:
    soon = QTimer(owner)
    soon.setSingleShot(True)
    soon.setInterval(PAUSE)
    soon.timeout.connect(looks)
    return soon
