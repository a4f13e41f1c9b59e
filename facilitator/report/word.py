"""The verslag as a Word file. The same meeting gives the same bytes."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from types import MappingProxyType
from typing import Final
from uuid import UUID

from docx import Document
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import NAMESPACE
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PACKAGE_URI, PackURI
from docx.opc.part import Part
from docx.package import Package

from facilitator.i18n import Words
from facilitator.kernel.state import State
from facilitator.kernel.text import tidy_line
from facilitator.report import fields, pictures, tables
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
from facilitator.report.content import UNDATED, report
from facilitator.report.lists import Numbering, listing
from facilitator.report.styles import LOCALES, Look, Palette
from facilitator.report.text import NAMESPACES, TAB, paragraph, run, run_line

MANY_HEADINGS: Final = 6  # more of them ask for a list of contents
LINE: Final = 36  # characters of a title on one line; a longer one is broken after its colon
LONGEST_PROPERTY: Final = 255
ZIPPED: Final = (1980, 1, 1, 0, 0, 0)
REPLACED: Final = ("officeDocument", "extended-properties", "thumbnail")
XML: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
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


def report_docx(state: State, photos: Mapping[UUID, bytes] = MappingProxyType({})) -> bytes:
    """The verslag of a meeting as it is now. A photo (a JPEG) that is not given is left out."""
    told = report(state, photos.keys())
    package = Document().part.package
    main = _Main(package)
    body = _Body(told, main, photos)
    main.content = (
        f"{XML}<w:document {NAMESPACES}><w:body>{body.xml()}</w:body></w:document>".encode()
    )
    look = Look(told.language, told.organisation, body.note)
    main.add("styles", CT.WML_STYLES, RT.STYLES, look.part("styles"))
    main.add("settings", CT.WML_SETTINGS, RT.SETTINGS, look.part("settings"))
    main.add("fontTable", CT.WML_FONT_TABLE, RT.FONT_TABLE, look.part("fonts"))
    main.add("numbering", CT.WML_NUMBERING, RT.NUMBERING, body.numbering.xml().encode())
    _replace(package, main, look)
    _tell_properties(package, told)
    return _saved(package)


class _Main(Part):
    """The document itself. Written as text, since python-docx is slow with long lists."""

    def __init__(self, package: Package) -> None:
        super().__init__(PackURI("/word/document.xml"), CT.WML_DOCUMENT_MAIN, b"", package)
        self.content = b""

    @property
    def blob(self) -> bytes:
        """What is written into the file."""
        return self.content

    def add(self, name: str, kind: str, relation: str, content: bytes, ending: str = "xml") -> str:
        """Give a part to the document; its id there."""
        part = Part(PackURI(f"/word/{name}.{ending}"), kind, content, self._package)
        return str(self.relate_to(part, relation))


def _replace(package: Package, main: _Main, look: Look) -> None:
    """Put our document in the place of python-docx's own, of which only the theme stays."""
    theme = package.main_document_part.part_related_by(RT.THEME)
    main.relate_to(theme, RT.THEME)
    for key, relation in list(package.rels.items()):
        if relation.reltype.rsplit("/", 1)[-1] in REPLACED:
            del package.rels[key]
    package.relate_to(main, RT.OFFICE_DOCUMENT)
    kind, content = CT.OFC_EXTENDED_PROPERTIES, look.part("application")
    application = Part(PackURI("/docProps/app.xml"), kind, content, package)
    package.relate_to(application, RT.EXTENDED_PROPERTIES)


def _tell_properties(package: Package, told: Report) -> None:
    properties = package.core_properties
    written = (told.written or UNDATED).replace(tzinfo=None)
    properties.title = tidy_line(told.title)[:LONGEST_PROPERTY]
    author = tidy_line(told.writer or told.organisation)[:LONGEST_PROPERTY]
    properties.author = properties.last_modified_by = author
    properties.subject = tidy_line(told.kind)
    properties.comments = properties.keywords = properties.category = ""
    properties.created = properties.modified = written
    properties.language = LOCALES[told.language]
    properties.revision = 1


def _saved(package: Package) -> bytes:
    """The bytes of the file, with no time of today in them."""
    parts = list(package.iter_parts())
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        _put(file, "/[Content_Types].xml", _content_types(parts))
        _put(file, PACKAGE_URI.rels_uri, package.rels.xml)
        for part in parts:
            _put(file, part.partname, part.blob)
            if len(part.rels):
                _put(file, part.partname.rels_uri, part.rels.xml)
    return made.getvalue()


def _put(file: zipfile.ZipFile, name: str, content: bytes | str) -> None:
    entry = zipfile.ZipInfo(name.removeprefix("/"), ZIPPED)
    entry.compress_type = zipfile.ZIP_DEFLATED
    file.writestr(entry, content)


def _content_types(parts: Iterable[Part]) -> str:
    own = "".join(
        f'<Override PartName="{part.partname}" ContentType="{part.content_type}"/>'
        for part in parts
    )
    return (
        f'{XML}<Types xmlns="{NAMESPACE.OPC_CONTENT_TYPES}">'
        f'<Default Extension="rels" ContentType="{CT.OPC_RELATIONSHIPS}"/>{own}</Types>'
    )


def _whole(root: str, content: str) -> bytes:
    return f"{XML}<w:{root} {NAMESPACES}>{content}</w:{root}>".encode()


class _Pages:
    """Paper, with the header and the footer that all pages share."""

    def __init__(self, main: _Main, told: Report) -> None:
        t = Words(told.language)
        top = " · ".join(part for part in (told.title, told.organisation) if part)
        header = paragraph("Header", run_line(tidy_line(top)))
        footer = paragraph("Footer", fields.page_of_pages(t("Pagina {page} van {pages}")))
        self._header = main.add("header1", CT.WML_HEADER, RT.HEADER, _whole("hdr", header))
        self._empty = main.add(
            "header2", CT.WML_HEADER, RT.HEADER, _whole("hdr", paragraph("Header"))
        )
        self._footer = main.add("footer1", CT.WML_FOOTER, RT.FOOTER, _whole("ftr", footer))

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


class _Body:
    """Writes the body of the document, from the first block to the last."""

    def __init__(self, told: Report, main: _Main, photos: Mapping[UUID, bytes]) -> None:
        self.told = told
        self.main = main
        self.photos = photos
        self.pages = _Pages(main, told)
        self.numbering = Numbering()
        self.palette = Palette()
        self.t = Words(told.language)
        every = [block for section in told.sections for block in section.blocks]
        self.note = tables.note_size([block for block in every if isinstance(block, Matrix)])
        self._tables = self._pictures = 0
        self._first = True

    def xml(self) -> str:
        """All of it."""
        return "".join(self._parts())

    def _parts(self) -> Iterator[str]:
        yield from self._front()
        wide = False
        for number, section in enumerate(self.told.sections, start=1):
            if section.wide != wide:
                yield self._turn(wide=wide)
            yield from self._section(number, section, turned=section.wide != wide)
            wide = section.wide
        yield self.pages.section(wide=wide, first=self._first)

    def _turn(self, *, wide: bool) -> str:
        properties = self.pages.section(wide=wide, first=self._first)
        self._first = False
        return paragraph("SectionEnd", extra=properties)

    def _front(self) -> Iterator[str]:
        told = self.told
        yield paragraph("Subtitle", run_line(tidy_line(told.kind)))
        title = tidy_line(told.title)
        yield paragraph("Title", run(title.replace(": ", ":\n", 1) if len(title) > LINE else title))
        for fact in told.facts:
            yield paragraph("Fact", run_line(fact.label, "FactLabel"), TAB, run(fact.value))
        if len(told.sections) > MANY_HEADINGS:
            yield paragraph("ContentsTitle", run_line(self.t("Inhoud")))
            titles = [(place, section.title) for place, section in enumerate(told.sections, 1)]
            yield fields.contents(titles)

    def _section(self, number: int, section: Section, *, turned: bool) -> Iterator[str]:
        title = fields.bookmarked(number, run_line(tidy_line(section.title)))
        new_page = section.new_page and not turned
        extra = "<w:pageBreakBefore/>" if new_page else ""
        extra += '<w:spacing w:before="0"/>' if new_page or turned else ""
        yield paragraph("Heading1", title, extra=extra)
        for place, block in enumerate(section.blocks):
            yield self._block(block, first=place == 0)

    def _block(self, block: Block, *, first: bool) -> str:
        match block:
            case Paragraph(text=text, label=label):
                mark = run_line(f"{label}: ", "Strong") if label else ""
                return paragraph("", mark, run(text))
            case Heading(text=text, level=level):
                return paragraph(f"Heading{level}", run_line(tidy_line(text)))
            case Listing():
                return listing(block, self.numbering)
            case Grid():
                return self._caption(block.caption) + tables.grid(block)
            case Matrix():
                told = self._caption(block.caption, new_page=not first)
                return told + tables.matrix(block, self.palette, self.note)
            case Picture():
                return self._picture(block)

    def _picture(self, block: Picture) -> str:
        self._pictures += 1
        number, label = self._pictures, self.t("Foto")
        jpeg = self.photos[block.photo]
        added = self.main.add(f"media/photo{number}", CT.JPEG, RT.IMAGE, jpeg, "jpeg")
        return pictures.picture(block, added, number) + fields.caption(
            label, number, block.caption, style="PictureCaption"
        )

    def _caption(self, text: str, *, new_page: bool = False) -> str:
        self._tables += 1
        return fields.caption(self.t("Tabel"), self._tables, text, new_page=new_page)
