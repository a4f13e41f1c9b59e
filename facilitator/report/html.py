"""The verslag as one page for a browser: accessible, printable, with everything in one file."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Mapping
from html import escape
from string import Template
from types import MappingProxyType
from typing import Final
from uuid import UUID

from facilitator.i18n import Words
from facilitator.kernel.state import State
from facilitator.kernel.text import tidy
from facilitator.meeting.themes import Colour
from facilitator.report.blocks import (
    Block,
    Grid,
    Heading,
    Listing,
    Matrix,
    MatrixGroup,
    MatrixNote,
    MatrixRow,
    Paragraph,
    Picture,
    Report,
    Section,
)
from facilitator.report.content import report
from facilitator.report.progress import UNHEARD, Progress
from facilitator.report.styles import Palette
from facilitator.report.tables import CONCLUSION
from facilitator.settings import RESOURCES

_NOTHING: Final[Mapping[UUID, bytes]] = MappingProxyType({})


def report_html(
    state: State, photos: Mapping[UUID, bytes] = _NOTHING, progress: Progress = UNHEARD
) -> bytes:
    """The verslag of a meeting as it is now. A photo (a JPEG) that is not given is left out."""
    told = report(state, photos.keys(), progress.stretch(0, 0.4))
    page = Template((RESOURCES / "report" / "page.html").read_text(encoding="utf-8"))
    palette = Palette()
    papers = "".join(
        f".wide .{colour}{{background:#{palette.behind(colour)}}}" for colour in Colour
    )
    return page.substitute(
        palette.named,
        papers=papers,
        language=told.language,
        title=_text(f"{told.title} – {told.kind}"),
        body="\n".join(_Page(told, photos, progress.stretch(0.4, 1)).parts()),
    ).encode()


class _Page:
    """The body of the page, part by part."""

    def __init__(self, told: Report, photos: Mapping[UUID, bytes], progress: Progress) -> None:
        self._told = told
        self._photos = photos
        self._t = Words(told.language)
        self._did = progress.counts(sum(len(section.blocks) for section in told.sections))

    def parts(self) -> Iterator[str]:
        """Title, facts, contents, sections."""
        told = self._told
        yield f"<header><p>{_text(told.kind)}</p><h1>{_text(told.title)}</h1>"
        facts = "".join(
            f"<dt>{_text(fact.label)}</dt><dd>{_text(fact.value)}</dd>" for fact in told.facts
        )
        yield f"<dl>{facts}</dl></header>" if facts else "</header>"
        links = "".join(
            f'<li><a href="#s{number}">{_text(section.title)}</a></li>'
            for number, section in enumerate(told.sections, start=1)
        )
        if links:
            yield f'<nav aria-labelledby="c"><h2 id="c">{_text(self._t("Inhoud"))}</h2><ul>{links}</ul></nav>'
        yield "<main>"
        for number, section in enumerate(told.sections, start=1):
            yield from self._section(number, section)
        yield "</main>"

    def _section(self, number: int, section: Section) -> Iterator[str]:
        wide = ' class="wide" tabindex="0"' if section.wide else ""  # a narrow screen scrolls it
        yield f'<section{wide} aria-labelledby="s{number}"><h2 id="s{number}">{_text(section.title)}</h2>'
        for block in section.blocks:
            yield from self._block(block)
            self._did(1)
        yield "</section>"

    def _block(self, block: Block) -> Iterator[str]:
        match block:
            case Paragraph():
                label = f"<strong>{_text(block.label)}:</strong> " if block.label else ""
                yield f"<p>{label}{_text(block.text)}</p>"
            case Heading():
                yield f"<h{block.level + 1}>{_text(block.text)}</h{block.level + 1}>"
            case Listing():
                yield from _listing(block)
            case Grid():
                yield from _grid(block)
            case Matrix():
                yield from _matrix(block)
            case Picture():
                yield self._picture(block)

    def _picture(self, block: Picture) -> str:
        content = b64encode(self._photos[block.photo]).decode()
        size = f'width="{block.width}" height="{block.height}"'
        picture = (
            f'<img src="data:image/jpeg;base64,{content}" {size} alt="{_text(block.described)}">'
        )
        caption = f"<figcaption>{_text(block.caption)}</figcaption>" if block.caption else ""
        return f"<figure>{picture}{caption}</figure>"


def _listing(block: Listing) -> Iterator[str]:
    tag = "ol" if block.numbered else "ul"
    yield f"<{tag}>"
    for item in block.items:
        source = f" <small>({_text(item.source)})</small>" if item.source else ""
        yield f"<li>{_text(item.text)}{source}</li>"
    yield f"</{tag}>"


def _grid(block: Grid) -> Iterator[str]:
    heads = "".join(f'<th scope="col">{_text(column.title)}</th>' for column in block.columns)
    yield f"<table><caption>{_text(block.caption)}</caption><thead><tr>{heads}</tr></thead><tbody>"
    for row in block.rows:
        cells = "".join(f"<td>{_text(cell)}</td>" for cell in row)
        yield f"<tr>{cells}</tr>"
    yield "</tbody></table>"


def _matrix(block: Matrix) -> Iterator[str]:
    columns = len(block.columns) + bool(block.corner)
    yield f'<table style="--columns:{columns}"><caption>{_text(block.caption)}</caption><thead><tr>'
    if block.corner:
        yield f'<th scope="col">{_text(block.corner)}</th>'
    for column in block.columns:
        paper = f' class="{column.colour}"' if column.colour else ""
        yield f'<th scope="col"{paper}>{_text(column.title)}</th>'
    yield "</tr></thead><tbody>"
    for row in block.rows:
        yield from _matrix_row(row, titled=bool(block.corner))
    yield "</tbody></table>"


def _matrix_row(row: MatrixRow, *, titled: bool) -> Iterator[str]:
    yield "<tr>"
    if titled:
        yield f'<th scope="row">{_text(row.title)}</th>'
    for cell in row.cells:
        yield f"<td>{''.join(map(_group, cell))}</td>"
    yield "</tr>"


def _group(group: MatrixGroup) -> str:
    title = f"<p><strong>{_text(group.title)}</strong></p>" if group.title else ""
    if not group.notes:
        return title + "<p>–</p>"
    return f"{title}<ul>{''.join(map(_note, group.notes))}</ul>"


def _note(note: MatrixNote) -> str:
    more = f" <small>({_text(note.more)})</small>" if note.more else ""
    if not note.conclusion:
        return f"<li>{_text(note.text)}{more}</li>"
    text = _text(note.text.removeprefix(CONCLUSION))
    return f'<li class="conclusion"><strong>{CONCLUSION}{text}</strong>{more}</li>'


def _text(text: str) -> str:
    """The text, whose signs mean nothing here; its lines stay lines."""
    return escape(tidy(text)).replace("\n", "<br>")
