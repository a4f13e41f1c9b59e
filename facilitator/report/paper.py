"""What a verslag is written on: pages with a header and a footer, and the styles of its text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, Protocol

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT

from facilitator.i18n import Words
from facilitator.kernel.text import tidy_line
from facilitator.report import fields
from facilitator.report.blocks import Fact, Report
from facilitator.report.lists import Numbering
from facilitator.report.package import XML, Main
from facilitator.report.sheet import A4, Sheet
from facilitator.report.styles import Look, Palette
from facilitator.report.text import NAMESPACES, TAB, paragraph, run, run_line

LINE: Final = 36  # characters of a title on one line; a longer one is broken after its colon
BETWEEN: Final = "  ·  "
PORTRAIT_PAGE: Final = (
    '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1531" w:right="1418" w:bottom="1361" w:left="1418" '
    'w:header="709" w:footer="624" w:gutter="0"/>'
)
LANDSCAPE_PAGE: Final = (
    '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
    '<w:pgMar w:top="1077" w:right="906" w:bottom="907" w:left="906" '
    'w:header="510" w:footer="454" w:gutter="0"/>'
)


class Paper(Protocol):
    """What the writer of the body asks of it."""

    sheet: Sheet
    palette: Palette
    numbering: Numbering

    def section(self, *, wide: bool, first: bool) -> str:
        """The properties of a section, which stand at its end."""

    def opening(self, *, wide: bool) -> Iterator[str]:
        """The title block; lower on a page that lies on its side."""

    def finish(self, body: str, note: int) -> bytes:
        """The whole file. ``note``: the text in the matrix, in half points."""


class OwnPaper:
    """Our own look, for who has no house style."""

    def __init__(self, main: Main, told: Report) -> None:
        self.sheet = A4
        self.palette = Palette()
        self.numbering = Numbering()
        self._main = main
        self._told = told
        top = " · ".join(part for part in (told.title, told.organisation) if part)
        header = paragraph("Header", run_line(tidy_line(top)))
        self._header = main.add("header1", CT.WML_HEADER, RT.HEADER, whole("hdr", header))
        empty = whole("hdr", paragraph("Header"))
        self._empty = main.add("header2", CT.WML_HEADER, RT.HEADER, empty)
        footer = whole("ftr", page_number(told.language))
        self._footer = main.add("footer1", CT.WML_FOOTER, RT.FOOTER, footer)

    def section(self, *, wide: bool, first: bool) -> str:
        """The properties of a section. The first page of the first one has no header."""
        shown = (
            f'<w:headerReference w:type="default" r:id="{self._header}"/>'
            f'<w:footerReference w:type="default" r:id="{self._footer}"/>'
        )
        if first:
            shown += (
                f'<w:headerReference w:type="first" r:id="{self._empty}"/>'
                f'<w:footerReference w:type="first" r:id="{self._footer}"/>'
            )
        page = LANDSCAPE_PAGE if wide else PORTRAIT_PAGE
        title = "<w:titlePg/>" if first else ""
        return f'<w:sectPr>{shown}<w:type w:val="nextPage"/>{page}{title}</w:sectPr>'

    def opening(self, *, wide: bool) -> Iterator[str]:
        """What it is, the title, and the facts."""
        yield from title_lines(self._told, wide=wide)
        yield from fact_lines(self._told.facts, in_line=wide or self._told.brief)

    def finish(self, body: str, note: int) -> bytes:
        """The whole file."""
        main, told = self._main, self._told
        main.content = whole("document", f"<w:body>{body}</w:body>")
        look = Look(told.language, told.organisation, note)
        main.add("styles", CT.WML_STYLES, RT.STYLES, look.part("styles"))
        main.add("settings", CT.WML_SETTINGS, RT.SETTINGS, look.part("settings"))
        main.add("fontTable", CT.WML_FONT_TABLE, RT.FONT_TABLE, look.part("fonts"))
        main.add("numbering", CT.WML_NUMBERING, RT.NUMBERING, self.numbering.xml().encode())
        main.add_plain_theme()
        return main.saved(told, look.part("application"))


def title_lines(told: Report, *, wide: bool) -> Iterator[str]:
    """Verslag, and the title of the meeting."""
    yield paragraph("Subtitle", run_line(tidy_line(told.kind)))
    yield paragraph("Title", run(title_of(told, wide=wide)))


def title_of(told: Report, *, wide: bool) -> str:
    """The title; a long one is broken after its colon where the page stands."""
    title = tidy_line(told.title)
    return title.replace(": ", ":\n", 1) if len(title) > LINE and not wide else title


def fact_lines(facts: Iterable[Fact], *, in_line: bool) -> Iterator[str]:
    """The lines of the title block, or its facts behind one another."""
    if not in_line:
        for fact in facts:
            yield paragraph("Fact", run_line(fact.label, "FactLabel"), TAB, run(fact.value))
        return
    told = [run_line(f"{fact.label}: ", "FactLabel") + run(fact.value) for fact in facts]
    if told:
        yield paragraph("", run_line(BETWEEN).join(told))


def page_number(language: str) -> str:
    """Pagina 1 van 9, as a paragraph."""
    return paragraph("Footer", fields.page_of_pages(Words(language)("Pagina {page} van {pages}")))


def whole(root: str, content: str) -> bytes:
    """A part of the document."""
    return f"{XML}<w:{root} {NAMESPACES}>{content}</w:{root}>".encode()
