"""The verslag in Markdown: for a website, a wiki or a plain editor."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from facilitator.kernel.state import State
from facilitator.kernel.text import tidy
from facilitator.meeting.photos import Photo
from facilitator.report.blocks import (
    Block,
    Grid,
    Heading,
    Listing,
    Matrix,
    MatrixGroup,
    Paragraph,
    Picture,
    Report,
)
from facilitator.report.content import report
from facilitator.report.tables import CONCLUSION
from facilitator.report.wording import NOTHING

_SIGNS: Final = re.compile(r"([\\`*_{}\[\]<>#|~&!^$])")
_FIRST: Final = re.compile(
    r"^(\s*)([-+=:]|\d+(?=[.)](?:\s|$)))", re.MULTILINE
)  # would begin a list, a line
_LEADING: Final = re.compile(r"^\s+")
_BREAK: Final = "\\\n"  # a new line within a paragraph


def report_markdown(state: State) -> bytes:
    """The verslag of a meeting as it is now. Pictures stand in it with their captions alone."""
    return (
        "\n\n".join(_parts(report(state, {photo.id for photo in state.all(Photo)}))) + "\n"
    ).encode()


def _parts(told: Report) -> Iterator[str]:
    yield f"# {_line(told.title)}"
    if told.facts:
        yield _BREAK.join(f"**{_line(fact.label)}:** {_line(fact.value)}" for fact in told.facts)
    for section in told.sections:
        yield f"## {_line(section.title)}"
        for block in section.blocks:
            yield from _block(block)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph():
            label = f"**{_line(block.label)}:** " if block.label else ""
            yield label + _text(block.text)
        case Heading():
            yield f"{'#' * (block.level + 1)} {_line(block.text)}"
        case Listing():
            yield "\n".join(_items(block))
        case Grid():
            yield "\n".join(_table(block))
        case Matrix():
            yield from _matrix(block)
        case Picture():
            yield f"*{_line(block.caption or block.described)}*"


def _items(block: Listing) -> Iterator[str]:
    for number, item in enumerate(block.items, start=1):
        mark = f"{number}. " if block.numbered else "- "
        source = f" *({_line(item.source)})*" if item.source else ""
        yield mark + _text(item.text, indent=len(mark)) + source


def _table(block: Grid) -> Iterator[str]:
    yield _cells([column.title for column in block.columns])
    yield "|" + " --- |" * len(block.columns)
    for row in block.rows:
        yield _cells(row)


def _cells(row: Sequence[str]) -> str:
    return "| " + " | ".join(_text(cell).replace(_BREAK, "<br>") for cell in row) + " |"


def _matrix(block: Matrix) -> Iterator[str]:
    """Theme by theme, since a cell of a table holds no list here."""
    for place, column in enumerate(block.columns):
        yield f"### {_line(column.title)}"
        if not any(group.notes for row in block.rows for group in row.cells[place]):
            yield NOTHING
        for row in block.rows:
            groups = [group for group in row.cells[place] if group.notes]
            if row.title and groups:
                yield f"**{_line(row.title)}**"
            for group in groups:
                yield from _group(group)


def _group(group: MatrixGroup) -> Iterator[str]:
    if group.title:
        yield f"**{_line(group.title)}**"
    lines = []
    for note in group.notes:
        text = _text(note.text.removeprefix(CONCLUSION), indent=2)
        more = f" *({_line(note.more)})*" if note.more else ""
        lines.append(f"- {CONCLUSION}**{text}**{more}" if note.conclusion else f"- {text}{more}")
    yield "\n".join(lines)


def _line(text: str) -> str:
    return _text(text).replace(_BREAK, " ")


def _text(text: str, indent: int = 0) -> str:
    """The text, whose signs mean nothing here; its lines stay lines."""
    plain = _FIRST.sub(r"\1\\\2", _SIGNS.sub(r"\\\1", tidy(text)))
    plain = re.sub(r"^(\s*)\\(\d+)", r"\1\2\\", plain, flags=re.MULTILINE)
    lines = [_LEADING.sub(_kept, line) or "&nbsp;" for line in plain.split("\n")]
    return f"{_BREAK}{' ' * indent}".join(lines)


def _kept(spaces: re.Match[str]) -> str:
    """Spaces in front of a line mean something in Markdown; as signs they are just spaces."""
    return "".join(f"&#{ord(space)};" for space in spaces.group())
