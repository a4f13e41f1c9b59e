"""Fields: what Word works out itself, each with a result for who never calculates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from xml.sax.saxutils import escape

from facilitator.kernel.text import tidy_line
from facilitator.report.text import paragraph, run_line


def field(instruction: str, result: str) -> str:
    """A field as four runs around its result."""
    return _begin(instruction) + run_line(result) + END


def _begin(instruction: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )


END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def page_of_pages(pattern: str) -> str:
    """Pagina 1 van 9; ``pattern`` has {page} and {pages}."""
    before, _, rest = pattern.partition("{page}")
    between, _, after = rest.partition("{pages}")
    runs = (
        run_line(before),
        field("PAGE", "1"),
        run_line(between),
        field("NUMPAGES", "1"),
        run_line(after),
    )
    return "".join(runs)


def caption(
    label: str, number: int, text: str, *, new_page: bool = False, style: str = "Caption"
) -> str:
    """Tabel 3: …, numbered by Word."""
    extra = "<w:pageBreakBefore/>" if new_page else ""
    told = field(f"SEQ {label} \\* ARABIC", str(number))
    line = tidy_line(text)
    return paragraph(
        style, run_line(f"{label} "), told, run_line(f": {line}" if line else ""), extra=extra
    )


KEPT: Final = '<w:fldSimple w:instr=" SET heading 1 "/>'
"""In what stays with the next line: a field that shows nothing, for LibreOffice.

It lays 25 paragraphs on a page before it looks how high they are. If a heading is the last of them
and what follows has no room there, the heading stays alone; a field makes it look again.
"""


def bookmarked(number: int, runs: str) -> str:
    """Runs with a bookmark around them, for a link from the contents."""
    name = bookmark(number)
    return (
        f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{runs}<w:bookmarkEnd w:id="{number}"/>'
    )


def bookmark(number: int) -> str:
    """The name of a heading's bookmark, as Word itself makes them."""
    return f"_Toc{number:06d}"


def contents(entries: Sequence[tuple[int, str]]) -> str:
    """The contents: a field that is filled already, with a link to each heading.

    It has no page numbers: nobody knows them before Word does, and asking Word to count on opening
    shows a dialog.
    """
    lines = []
    for place, (number, text) in enumerate(entries):
        link = (
            f'<w:hyperlink w:anchor="{bookmark(number)}" w:history="1">'
            f"{run_line(tidy_line(text), 'Hyperlink')}</w:hyperlink>"
        )
        first = _begin('TOC \\o "1-1" \\h \\z \\n') if place == 0 else ""
        last = END if place == len(entries) - 1 else ""
        lines.append(paragraph("TOC1", first, link, last))
    return "".join(lines)
