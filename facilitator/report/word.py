"""The verslag as a Word file. The same meeting gives the same bytes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from uuid import UUID

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT

from facilitator.i18n import Words
from facilitator.kernel.state import State
from facilitator.kernel.text import tidy_line
from facilitator.report import breaks, fields, fitting, pictures, tables
from facilitator.report.blocks import (
    Block,
    Grid,
    Heading,
    Listing,
    Matrix,
    Paragraph,
    Picture,
    Report,
    Section,
)
from facilitator.report.content import report
from facilitator.report.lists import listing
from facilitator.report.package import Main
from facilitator.report.paper import OwnPaper, Paper
from facilitator.report.progress import UNHEARD, Progress
from facilitator.report.text import ending, paragraph, run, run_line


def report_docx(
    state: State,
    photos: Mapping[UUID, bytes] = MappingProxyType({}),
    house: bytes | None = None,
    progress: Progress = UNHEARD,
) -> bytes:
    """The verslag of a meeting as it is now. A photo (a JPEG) that is not given is left out.

    ``house``: the Word file of an organisation whose style is used.
    """
    told = report(state, photos.keys(), progress.stretch(0, 0.2))
    main = Main(progress.stretch(0.6, 1))
    body = _Body(told, main, photos, _paper(main, told, house), progress.stretch(0.2, 0.6))
    return body.paper.finish(body.xml(), body.note)


def _paper(main: Main, told: Report, house: bytes | None) -> Paper:
    if house is None:
        return OwnPaper(main, told)
    from facilitator.report.house.paper import HousePaper  # noqa: PLC0415 - seldom needed

    return HousePaper(main, told, house)


class _Body:
    """Writes the body of the document, from the first block to the last."""

    def __init__(
        self,
        told: Report,
        main: Main,
        photos: Mapping[UUID, bytes],
        paper: Paper,
        progress: Progress,
    ) -> None:
        self.told = told
        self.main = main
        self.photos = photos
        self.paper = paper
        self.t = Words(told.language)
        every = [block for section in told.sections for block in section.blocks]
        matrices = [block for block in every if isinstance(block, Matrix)]
        self._taken = fitting.FRONT if breaks.begins_wide(told) else 0
        self.note = fitting.note_size(matrices, paper.sheet, self._taken)
        self._tables = self._pictures = 0
        self._did = progress.counts(len(every))
        self._first = True

    def xml(self) -> str:
        """All of it."""
        wide = breaks.begins_wide(self.told)
        parts = list(self._front(wide=wide))
        for number, section in enumerate(self.told.sections, start=1):
            turned = section.wide != wide
            if turned:
                properties = self.paper.section(wide=wide, first=self._first)
                parts = [ending("".join(parts), properties)]
                self._first = False
            parts += self._section(number, section, turned=turned)
            wide = section.wide
        told = "".join(parts)
        end = self.paper.section(wide=wide, first=self._first)
        return (ending(told, "") if "<w:p>" in told else told) + end

    def _front(self, *, wide: bool) -> Iterator[str]:
        told = self.told
        yield from self.paper.opening(wide=wide)
        if breaks.has_contents(told):
            yield paragraph("ContentsTitle", run_line(self.t("Inhoud")))
            titles = [(place, section.title) for place, section in enumerate(told.sections, 1)]
            yield fields.contents(titles)

    def _section(self, number: int, section: Section, *, turned: bool) -> Iterator[str]:
        title = fields.bookmarked(number, run_line(tidy_line(section.title))) + fields.KEPT
        extra = '<w:spacing w:before="0"/>' if turned else ""
        yield paragraph("Heading1", title, extra=extra)
        for place, (block, leads) in enumerate(breaks.followed(self.told, section)):
            yield self._block(block, first=place == 0, leads=leads)
            self._did(1)

    def _block(self, block: Block, *, first: bool, leads: bool) -> str:
        match block:
            case Paragraph(text=text, label=label):
                mark = run_line(f"{label}: ", "Strong") if label else ""
                kept = fields.KEPT if leads else ""
                return paragraph("LeadIn" if leads else "", mark, run(text), kept)
            case Heading(text=text, level=level):
                return paragraph(f"Heading{level}", run_line(tidy_line(text)) + fields.KEPT)
            case Listing():
                return listing(block, self.paper.numbering)
            case Grid():
                return self._caption(block.caption) + tables.grid(block, self.paper.sheet)
            case Matrix():
                told = self._caption(block.caption, new_page=not first and not block.below)
                paper = self.paper
                taken, self._taken = self._taken, 0
                return told + tables.matrix(block, paper.palette, self.note, paper.sheet, taken)
            case Picture():
                return self._picture(block)

    def _picture(self, block: Picture) -> str:
        self._pictures += 1
        number, label = self._pictures, self.t("Foto")
        jpeg = self.photos[block.photo]
        added = self.main.add(f"media/photo{number}", CT.JPEG, RT.IMAGE, jpeg, "jpeg")
        return pictures.picture(block, added, number, self.paper.sheet) + fields.caption(
            label, number, block.caption, style="PictureCaption"
        )

    def _caption(self, text: str, *, new_page: bool = False) -> str:
        self._tables += 1
        return fields.caption(self.t("Tabel"), self._tables, text, new_page=new_page)
