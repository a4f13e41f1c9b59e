"""The words on notes: measured once, broken into lines once, and kept until they change."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Final

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QStaticText,
    QTextLayout,
    QTextOption,
    QTransform,
)

from facilitator.meeting.ids import NoteId
from facilitator.meeting.notes import Note
from ui import theme
from ui.board.layout import Measures

WHOLE: Final = 100  # lines; more than any note has
LONG: Final = 9  # letters; a shorter word fits in any note
SHORT: Final = 3  # lines of a note in a cell that is folded


class Written(msgspec.Struct):
    """The words of one note, ready to be painted."""

    text: str
    width: int
    bold: bool
    drawn: QStaticText
    lines: int
    cut: bool  # whether … stands for the rest


class Writing:
    """The type of the board at one zoom, and the words already set in it."""

    def __init__(self, zoom: float = 1.0) -> None:
        small = theme.size("small")
        self.body = theme.font((theme.size("body") - 1) * zoom)
        self.strong = theme.font((theme.size("body") - 1) * zoom, theme.BOLD)
        self.small = theme.font((small - 1) * zoom, theme.SEMIBOLD)
        self.label = theme.font((theme.size("body") - 1) * zoom, theme.SEMIBOLD)
        self.heading = theme.font((theme.size("large") - 1) * zoom, theme.BOLD)
        self.number = theme.font(small * zoom)
        self.line = ceil(QFontMetricsF(self.body).height())  # as high as it is painted
        self._set: dict[tuple[NoteId, bool], Written] = {}
        self._metrics = {False: QFontMetricsF(self.body), True: QFontMetricsF(self.strong)}

    def written(self, note: Note, width: int, *, whole: bool) -> Written:
        """The words of a note in lines of ``width``; ``whole``, or the first few lines."""
        kept = self._set.get((note.id, whole))
        if (
            kept is not None
            and kept.width == width
            and kept.bold is note.conclusion
            and kept.text == note.text
        ):
            return kept
        made = self._write(note.text, width, WHOLE if whole else SHORT, bold=note.conclusion)
        self._set[note.id, whole] = made
        return made

    def _write(self, text: str, width: int, most: int, *, bold: bool) -> Written:
        font = self.strong if bold else self.body
        lines, cut = self._break(text.replace("\n", "\u2028"), font, width, most, bold=bold)
        drawn = QStaticText("\u2028".join(lines))
        drawn.setTextFormat(Qt.TextFormat.PlainText)
        drawn.setTextWidth(2 * width)  # the lines are made; without a width they become one
        drawn.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
        drawn.prepare(QTransform(), font)
        return Written(
            text=text, width=width, bold=bold, drawn=drawn, lines=max(1, len(lines)), cut=cut
        )

    def _break(
        self, text: str, font: QFont, width: int, most: int, *, bold: bool
    ) -> tuple[list[str], bool]:
        text = self._hyphenated(text, width, bold=bold)
        layout = QTextLayout(text, font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        lines: list[str] = []
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            begin = line.textStart()
            if len(lines) == most - 1 and begin + line.textLength() < len(text):
                rest = text[begin:].split("\u2028", maxsplit=1)[0].replace("-\u200b", "") + "…"
                lines.append(
                    self._metrics[bold].elidedText(rest, Qt.TextElideMode.ElideRight, width)
                )
                layout.endLayout()
                return lines, True
            lines.append(text[begin : begin + line.textLength()].rstrip("\u2028\u200b "))
        layout.endLayout()
        return lines, False

    def _hyphenated(self, text: str, width: int, *, bold: bool) -> str:
        """The text, with hyphens in the words that are wider than a line."""
        metrics = self._metrics[bold]
        if all(len(word) < LONG for word in text.split()):
            return text
        return " ".join(
            _hyphenate(word, metrics, width) if len(word) >= LONG else word
            for word in text.split(" ")
        )

    def gutter(self, sizes: Measures, titles: Sequence[str]) -> Measures:
        """The sizes, with no more room at the left than the titles of the rows need."""
        metrics = QFontMetricsF(self.label)
        words = (word for title in titles for word in title.split())
        widest = max((metrics.horizontalAdvance(word) for word in words), default=0.0)
        wanted = min(sizes.gutter, round(widest) + 2 * sizes.pad)
        return msgspec.structs.replace(sizes, gutter=wanted)

    def lines_of_title(self, text: str, width: int, most: int = 2) -> list[str]:
        """A title in at most two lines."""
        metrics = QFontMetricsF(self.heading)
        return wrapped(text, metrics, width, most)


def _hyphenate(word: str, metrics: QFontMetricsF, width: int) -> str:
    """A word in pieces that fit; cut before a consonant and its vowel, as one reads in Dutch."""
    pieces = []
    while metrics.horizontalAdvance(word) > width:
        most = next(
            (
                n
                for n in range(len(word) - 2, 2, -1)
                if metrics.horizontalAdvance(word[:n] + "-") <= width
            ),
            0,
        )
        if most == 0:
            break
        at = next((n for n in range(most, max(2, most - 5), -1) if _begins_syllable(word, n)), most)
        pieces.append(word[:at] + "-")
        word = word[at:]
    return "\u200b".join([*pieces, word])


def _begins_syllable(word: str, at: int) -> bool:
    vowels = "aeiouyáéíóúàèëïöü"
    here, after, before = word[at], word[at + 1], word[at - 1]
    return here.isalpha() and here not in vowels and after in vowels and (before + here) != "ch"


def wrapped(text: str, metrics: QFontMetricsF, width: int, most: int) -> list[str]:
    """A short text broken at its words; the last line ends in … where there is no room."""
    lines: list[str] = []
    rest = text.split()
    while rest and len(lines) < most - 1:
        line = [rest.pop(0)]
        while rest and metrics.horizontalAdvance(" ".join([*line, rest[0]])) <= width:
            line.append(rest.pop(0))
        lines.append(metrics.elidedText(" ".join(line), Qt.TextElideMode.ElideRight, width))
    if rest:
        lines.append(metrics.elidedText(" ".join(rest), Qt.TextElideMode.ElideRight, width))
    return lines or [""]
