"""Lists: bullets belong to a style; each numbered list counts for itself."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from facilitator.report.blocks import Item, Listing
from facilitator.report.text import NAMESPACES, TORN, paragraph, run, run_line

BULLETS: Final = 1  # the style List Bullet
MATRIX: Final = 2  # the style Matrix Note
NUMBERS: Final = 3  # the style List Number
FIRST_OWN: Final = 4
TOGETHER: Final = 40  # characters that stay on one line behind a text, without a hole in it
MANY_LETTERS: Final = 2_000  # in an item that may go on on the next page
MANY_LINES: Final = 20


class Numbering:
    """The numbered lists of one document."""

    def __init__(self, first: int = FIRST_OWN) -> None:
        self._first = first
        self._own = 0

    @property
    def used(self) -> range:
        """The numbers of all lists that were begun."""
        return range(self._first, self._first + self._own)

    def begin(self) -> int:
        """The number of a new list, which counts from one."""
        self._own += 1
        return self._first + self._own - 1

    def xml(self) -> str:
        """The part of the document that tells how lists look."""
        own = "".join(
            f'<w:num w:numId="{number}"><w:abstractNumId w:val="{NUMBERS}"/>'
            '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
            for number in self.used
        )
        return (
            f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:numbering {NAMESPACES}>'
            f"{_level(BULLETS, 'bullet', '•', 340, 'ListBullet')}"
            f"{_level(MATRIX, 'bullet', '•', 142, 'MatrixNote')}"
            f"{_level(NUMBERS, 'decimal', '%1.', 397, 'ListNumber')}"
            f"{_used(BULLETS)}{_used(MATRIX)}{_used(NUMBERS)}{own}</w:numbering>"
        )


def _level(number: int, kind: str, mark: str, indent: int, style: str) -> str:
    return (
        f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="singleLevel"/>'
        f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        f'<w:pStyle w:val="{style}"/><w:lvlText w:val="{mark}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{indent}" w:hanging="{indent}"/></w:pPr></w:lvl></w:abstractNum>'
    )


def _used(number: int) -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'


def listing(block: Listing, numbering: Numbering) -> str:
    """The paragraphs of a list."""
    if not block.numbered:
        style = "NoteText" if block.small else "ListBullet"
        return "".join([paragraph(style, item(each), extra=_long(each)) for each in block.items])
    own = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{numbering.begin()}"/></w:numPr>'
    return "".join(
        paragraph("ListNumber", item(each), extra=_long(each) + own) for each in block.items
    )


def _long(each: Item) -> str:
    """What lets a long item be torn: kept whole, it would leave its heading alone on a page."""
    long = len(each.text) > MANY_LETTERS or each.text.count("\n") >= MANY_LINES
    return TORN if long else ""


def item(each: Item) -> str:
    """The text, and quietly where it comes from; that is not broken over two lines if it is short."""
    if not each.source:
        return run(each.text)
    return run(each.text) + _quiet(each.source, behind=bool(each.text))


@lru_cache(maxsize=1_024)
def _quiet(source: str, *, behind: bool) -> str:
    """Where it comes from; most come from the same few tables and rounds."""
    if len(source) <= TOGETHER:
        source = source.replace(" ", "\u00a0")
    return run_line(f"  ·\u00a0{source}" if behind else source, "NoteSource")
