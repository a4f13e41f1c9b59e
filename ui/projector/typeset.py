"""Type that fits: as large as a box allows, never under its floor, never out of the box."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF, QTextLayout, QTextOption

from ui import theme

LEADING: Final = 1.2  # height of a line, in sizes of its type
SAMPLE: Final = 100.0  # size at which words are measured; without hinting, widths are in proportion
LINE_SEPARATOR: Final = "\u2028"
ELLIPSIS: Final = "…"
SOFT_HYPHEN: Final = "\u00ad"
WORDS: Final = re.compile(r"(?<!\S)[^\s./:@\d]+[.,;:!?]?(?!\S)")  # an address gets no hyphen
_VOWELS: Final = "aeiouyàáâäèéêëìíîïòóôöùúûü"
SYLLABLE_ENDS: Final = (
    re.compile(  # before a consonant and a vowel, not too near an end of the word
        rf"(?<=[^\W\d_]{{3}})(?<![bcdgkpstv](?=[hlr]))(?=(?!ij|j[{_VOWELS}]|h[{_VOWELS}])"
        rf"(?:ch|th|[^\W\d_{_VOWELS}])[{_VOWELS}][^\W\d_]{{2}})",
        re.IGNORECASE,
    )
)
REMEMBERED: Final = 4_000  # settings; a scene is painted each second, with the same texts


class Setting(NamedTuple):
    """How a text stands in its box."""

    pixels: int
    lines: tuple[str, ...]
    cut: bool = False  # something was left off, and an ellipsis says so

    @property
    def height(self) -> float:
        """Of all its lines."""
        return self.pixels * LEADING * len(self.lines)


@lru_cache(maxsize=REMEMBERED)
def fitted(
    text: str, width: float, height: float, largest: int, smallest: int, weight: int
) -> Setting:
    """The text in the largest type that fits, with an ellipsis where even the smallest is too large.

    A word is broken only where it is too wide even in the smallest type.
    """
    whole = 100.0 * width / max(1.0, widest_word(text, weight))
    high = largest
    if whole >= smallest:
        high = max(smallest, min(largest, int(whole)))
    low, best = smallest, None
    while low <= high:
        middle = (low + high + 1) // 2
        lines = broken(text, width, middle, weight)
        if len(lines) * middle * LEADING <= height:
            best, low = Setting(middle, lines), middle + 1
        else:
            high = middle - 1
    return best if best is not None else _cut(text, width, height, smallest, weight)


def _cut(text: str, width: float, height: float, pixels: int, weight: int) -> Setting:
    lines = broken(text, width, pixels, weight)
    room = max(1, int(height / (pixels * LEADING)))
    if len(lines) <= room:
        return Setting(pixels, lines)
    last = elided(lines[room - 1] + ELLIPSIS, width, pixels, weight)
    return Setting(pixels, (*lines[: room - 1], last), cut=True)


@lru_cache(maxsize=REMEMBERED)
def broken(text: str, width: float, pixels: int, weight: int) -> tuple[str, ...]:
    """The lines of a text in a column; a word that is wider than the column is broken too."""
    words = text.replace("\n", LINE_SEPARATOR)
    if widest_word(text, weight) * pixels / SAMPLE > width:
        words = _softened(words, width, pixels, weight)
    laid = QTextLayout(words, theme.font(pixels, weight))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    laid.setTextOption(option)
    laid.beginLayout()
    utf16 = laid.text().encode("utf-16-le")
    lines: list[str] = []
    while (line := laid.createLine()).isValid():
        line.setLineWidth(max(1.0, width))
        start, end = line.textStart(), line.textStart() + line.textLength()
        lines.append(_shown(utf16[start * 2 : end * 2].decode("utf-16-le", "replace")))
    laid.endLayout()
    return tuple(lines)


def _softened(text: str, width: float, pixels: int, weight: int) -> str:
    """The text with places in its too long words where they may be broken with a hyphen."""
    measure = metrics(pixels, weight)

    def soften(word: re.Match[str]) -> str:
        whole = word.group()
        if measure.horizontalAdvance(whole) <= width:
            return whole
        return SOFT_HYPHEN.join(part for part in SYLLABLE_ENDS.split(whole) if part)

    return WORDS.sub(soften, text)


def _shown(line: str) -> str:
    bare = line.rstrip()
    hyphen = "-" if bare.endswith(SOFT_HYPHEN) else ""
    return bare.replace(SOFT_HYPHEN, "") + hyphen


@lru_cache(maxsize=REMEMBERED)
def copied(
    text: str, width: float, height: float, largest: int, smallest: int, weight: int
) -> Setting:
    """A text that is copied letter by letter, in the largest type that fits, whole at any size.

    It stands on one line while it can be read so; else it is broken between any two letters.
    """
    one = SAMPLE * width / max(1.0, metrics(int(SAMPLE), weight).horizontalAdvance(text))
    pixels = int(min(largest, one, height / LEADING))
    if pixels >= smallest:
        return Setting(pixels, (text,))
    for pixels in range(min(largest, int(height / LEADING)), 1, -1):
        lines = _between_letters(text, width, pixels, weight)
        if len(lines) * pixels * LEADING <= height:
            return Setting(pixels, lines)
    return Setting(max(1, pixels), (text,))


def _between_letters(text: str, width: float, pixels: int, weight: int) -> tuple[str, ...]:
    measure = metrics(pixels, weight)
    lines = [""]
    for letter in text:
        if lines[-1] and measure.horizontalAdvance(lines[-1] + letter) > width:
            lines.append("")
        lines[-1] += letter
    return tuple(lines)


def elided(text: str, width: float, pixels: int, weight: int) -> str:
    """The text on one line, cut off where the line ends."""
    return metrics(pixels, weight).elidedText(text, Qt.TextElideMode.ElideRight, width)


@lru_cache(maxsize=REMEMBERED)
def widest_word(text: str, weight: int) -> float:
    """The width of the widest word, at ``SAMPLE`` pixels."""
    measure = metrics(int(SAMPLE), weight)
    return max((measure.horizontalAdvance(word) for word in text.split()), default=0.0)


@lru_cache(maxsize=256)
def metrics(pixels: int, weight: int, *, clock: bool = False) -> QFontMetricsF:
    """The measures of a font of the house."""
    return QFontMetricsF(theme.font(pixels, weight, clock=clock))
