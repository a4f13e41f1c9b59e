"""The verslag as an OpenDocument text, for LibreOffice and for who may not use Word."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from string import Template
from typing import Final
from uuid import UUID
from xml.sax.saxutils import escape, quoteattr

from facilitator.i18n import Words
from facilitator.kernel.state import State
from facilitator.kernel.text import tidy, tidy_line
from facilitator.report.blocks import (
    Block,
    Grid,
    Heading,
    Listing,
    Matrix,
    MatrixGroup,
    MatrixNote,
    Paragraph,
    Picture,
    Report,
    Section,
)
from facilitator.report.breaks import has_contents
from facilitator.report.content import UNDATED, report
from facilitator.report.fitting import ROW_TITLE, note_size
from facilitator.report.package import ZIPPED
from facilitator.report.pictures import EMU, size
from facilitator.report.progress import UNHEARD, Progress
from facilitator.report.sheet import A4
from facilitator.report.styles import LOCALES, Palette
from facilitator.report.tables import CONCLUSION
from facilitator.settings import RESOURCES

_XML: Final = '<?xml version="1.0" encoding="UTF-8"?>'
_PARTS: Final = {
    **{name: name for name in ("office", "style", "text", "table", "meta")},
    "draw": "drawing",
    "fo": "xsl-fo-compatible",
    "svg": "svg-compatible",
}
_NAMESPACES: Final = (
    " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for short, name in _PARTS.items()
    )
    + ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"'
)
_KIND: Final = "application/vnd.oasis.opendocument.text"
_TWIPS: Final = 1440 / 2.54  # in a centimetre
_SPACES: Final = re.compile("(?<= ) +|^ +|(?<=\n) +")


def report_odt(state: State, photos: Mapping[UUID, bytes], progress: Progress = UNHEARD) -> bytes:
    """The verslag of a meeting as it is now. A photo (a JPEG) that is not given is left out."""
    told = report(state, photos.keys(), progress.stretch(0, 0.4))
    body = _Body(told, progress.stretch(0.4, 0.8))
    content = "".join(body.parts())
    pictures = {f"Pictures/{key}.jpg": photos[key] for key in body.pictures}
    parts: dict[str, bytes] = {
        "content.xml": _content(content, body.styles).encode(),
        "styles.xml": _styles(told, body.note).encode(),
        "meta.xml": _meta(told).encode(),
        **pictures,
    }
    parts["META-INF/manifest.xml"] = _manifest(parts).encode()
    return _zipped(parts, progress.stretch(0.8, 1))


class _Body:
    """Writes the text, from the first block to the last."""

    def __init__(self, told: Report, progress: Progress) -> None:
        self._told = told
        self._t = Words(told.language)
        self._palette = Palette()
        self._tables = self._photos = 0
        self.styles: list[str] = []  # of these tables alone
        self.pictures: list[UUID] = []
        matrices = [
            block for part in told.sections for block in part.blocks if isinstance(block, Matrix)
        ]
        self.note = note_size(matrices) / 2  # points
        self._did = progress.counts(sum(len(section.blocks) for section in told.sections))

    def parts(self) -> Iterator[str]:
        """Title, facts, contents, sections."""
        told = self._told
        yield _p("Subtitle", _text(told.kind))
        yield _p("Title", _text(told.title))
        for fact in told.facts:
            yield _p("Fact", f"{_strong(fact.label)}<text:tab/>{_text(fact.value)}")
        if has_contents(told):
            yield self._contents()
        wide = False
        for number, section in enumerate(told.sections, start=1):
            yield self._heading(number, section, wide=wide)
            for block in section.blocks:
                yield from self._block(block, wide=section.wide)
                self._did(1)
            wide = section.wide

    def _contents(self) -> str:
        title = _text(self._t("Inhoud"))
        links = "".join(
            _p(
                "Contents_20_1",
                f'<text:a xlink:type="simple" xlink:href="#part{number}" '
                f'text:style-name="Internet_20_link">{_text(section.title)}</text:a>',
            )
            for number, section in enumerate(self._told.sections, start=1)
        )
        return (
            '<text:table-of-content text:name="Contents" text:protected="false">'
            '<text:table-of-content-source text:outline-level="1">'
            f'<text:index-title-template text:style-name="Contents_20_Heading">{title}'
            "</text:index-title-template><text:table-of-content-entry-template "
            'text:outline-level="1" text:style-name="Contents_20_1">'
            '<text:index-entry-link-start text:style-name="Internet_20_link"/>'
            "<text:index-entry-text/><text:index-entry-link-end/>"
            "</text:table-of-content-entry-template></text:table-of-content-source>"
            '<text:index-body><text:index-title text:name="ContentsTitle">'
            f"{_p('Contents_20_Heading', title)}</text:index-title>{links}"
            "</text:index-body></text:table-of-content>"
        )

    def _heading(self, number: int, section: Section, *, wide: bool) -> str:
        style = "Heading_20_1"
        if section.wide != wide:
            style = f"Heading_20_1_{number}"
            page = "Lying" if section.wide else "Standard"
            self.styles.append(
                f'<style:style style:name="{style}" style:family="paragraph" '
                f'style:parent-style-name="Heading_20_1" style:master-page-name="{page}"/>'
            )
        mark = f'<text:bookmark text:name="part{number}"/>'
        return _h(1, mark + _text(tidy_line(section.title)), style)

    def _block(self, block: Block, *, wide: bool) -> Iterator[str]:
        match block:
            case Paragraph():
                label = _strong(f"{block.label}:") + " " if block.label else ""
                yield _p("Text_20_body", label + _text(block.text))
            case Heading():
                yield _h(block.level, _text(tidy_line(block.text)))
            case Listing():
                yield _listing(block)
            case Grid():
                yield self._caption(self._t("Tabel"), block.caption)
                yield self._grid(block, A4.landscape if wide else A4.portrait)
            case Matrix():
                yield self._caption(self._t("Tabel"), block.caption)
                yield self._matrix(block)
            case Picture():
                yield self._picture(block)

    def _caption(self, label: str, text: str) -> str:
        self._tables += 1
        return _p("Caption", f"{_text(label)} {_counted('Table', self._tables)}: {_text(text)}")

    def _grid(self, block: Grid, width: float) -> str:
        total = sum(column.share for column in block.columns)
        widths = [width * column.share / total for column in block.columns]
        head = [_p("Table_20_Heading", _text(column.title)) for column in block.columns]
        rows = [[_p("Table_20_Contents", _text(cell)) for cell in row] for row in block.rows]
        return self._table(block.caption, block.description, widths, head, rows)

    def _matrix(self, block: Matrix) -> str:
        first = [ROW_TITLE] if block.corner else []
        each = (A4.landscape - sum(first)) / len(block.columns)
        head = [_p("Table_20_Heading", _text(column.title)) for column in block.columns]
        grounds = [self._palette.behind(column.colour) for column in block.columns]
        rows = [["".join(map(_group, cell)) or _p("Matrix_20_Note", "") for cell in row.cells]
                for row in block.rows]  # fmt: skip
        if block.corner:
            head.insert(0, _p("Table_20_Heading", _text(block.corner)))
            grounds.insert(0, self._palette.behind(None))
            for row, told in zip(rows, block.rows, strict=True):
                row.insert(0, _p("Table_20_Heading", _text(told.title)))
        widths = [*map(float, first), *[each] * len(block.columns)]
        return self._table(block.caption, block.description, widths, head, rows, grounds)

    def _table(
        self,
        title: str,
        description: str,
        widths: Sequence[float],
        head: Sequence[str],
        rows: Iterable[Sequence[str]],
        grounds: Sequence[str] = (),
    ) -> str:
        name = f"Table{self._tables}"
        self._describe(name, widths, grounds or [self._palette.behind(None)] * len(widths))
        columns = "".join(
            f'<table:table-column table:style-name="{name}.{place}"/>'
            for place in range(len(widths))
        )
        top = _row(head, [f"{name}.head{place}" for place in range(len(widths))])
        body = "".join(_row(row, [f"{name}.cell"] * len(widths)) for row in rows)
        return (
            f'<table:table table:name="{name}" table:style-name="{name}">'
            f"<table:title>{_text(tidy_line(title))}</table:title>"
            f"<table:desc>{_text(tidy_line(description))}</table:desc>{columns}"
            f"<table:table-header-rows>{top}</table:table-header-rows>{body}</table:table>"
        )

    def _describe(self, name: str, widths: Sequence[float], grounds: Sequence[str]) -> None:
        border = f"0.5pt solid #{self._palette.named['control_line']}"
        self.styles.append(
            f'<style:style style:name="{name}" style:family="table"><style:table-properties '
            f'style:width="{_cm(sum(widths))}" table:align="left" '
            'table:border-model="collapsing"/></style:style>'
        )
        for place, (width, ground) in enumerate(zip(widths, grounds, strict=True)):
            self.styles.append(
                f'<style:style style:name="{name}.{place}" style:family="table-column">'
                f'<style:table-column-properties style:column-width="{_cm(width)}"/></style:style>'
            )
            self.styles.append(_cell_style(f"{name}.head{place}", border, ground))
        self.styles.append(_cell_style(f"{name}.cell", border, ""))

    def _picture(self, block: Picture) -> str:
        self.pictures.append(block.photo)
        self._photos += 1
        wide, high = (number / EMU for number in size(block))
        frame = (
            f'<draw:frame draw:name="Photo{self._photos}" draw:style-name="Graphics" '
            f'text:anchor-type="as-char" svg:x="0cm" svg:y="0cm" svg:width="{_cm(wide)}" svg:height="{_cm(high)}">'
            f'<draw:image xlink:href="Pictures/{block.photo}.jpg" xlink:type="simple" '
            'xlink:show="embed" xlink:actuate="onLoad"/>'
            f"<svg:title>{_text(tidy_line(block.described))}</svg:title></draw:frame>"
        )
        label = f"{_text(self._t('Foto'))} {_counted('Photo', self._photos)}"
        told = f": {_text(block.caption)}" if block.caption else ""
        return _p("Picture", frame) + _p("Text_20_body", label + told)


def _cell_style(name: str, border: str, ground: str) -> str:
    behind = f' fo:background-color="#{ground}"' if ground else ""
    return (
        f'<style:style style:name="{name}" style:family="table-cell"><style:table-cell-properties '
        f'fo:border="{border}" fo:padding="0.1cm"{behind}/></style:style>'
    )


def _row(cells: Iterable[str], styles: Iterable[str]) -> str:
    told = "".join(
        f'<table:table-cell table:style-name="{style}" office:value-type="string">{cell}'
        "</table:table-cell>"
        for cell, style in zip(cells, styles, strict=True)
    )
    return f"<table:table-row>{told}</table:table-row>"


def _group(group: MatrixGroup) -> str:
    title = _p("Matrix_20_Category", _text(group.title)) if group.title else ""
    if not group.notes:
        return title + _p("Matrix_20_Note", "–")
    return title + "".join(map(_note, group.notes))


def _note(note: MatrixNote) -> str:
    more = _source(note.more)
    if note.conclusion:
        text = _text(CONCLUSION + note.text.removeprefix(CONCLUSION))
        return _p("Matrix_20_Conclusion", text + more)
    return _list("Small_20_Bullets", [_p("Matrix_20_Note", _text(note.text) + more)])


def _listing(block: Listing) -> str:
    items = []
    for item in block.items:
        style = "Note_20_Text" if block.small else "Standard"
        items.append(_p(style, _text(item.text) + _source(item.source)))
    return _list("Numbers" if block.numbered else "Bullets", items)


def _source(told: str) -> str:
    """What stands quietly behind the words of a note."""
    if not told:
        return ""
    return f' <text:span text:style-name="Note_20_Source">({_text(told)})</text:span>'


def _list(style: str, items: Iterable[str]) -> str:
    told = "".join(f"<text:list-item>{item}</text:list-item>" for item in items)
    return f'<text:list text:style-name="{style}">{told}</text:list>'


def _p(style: str, inner: str) -> str:
    return f'<text:p text:style-name="{style}">{inner}</text:p>'


def _h(level: int, inner: str, style: str = "") -> str:
    own = style or f"Heading_20_{level}"
    return f'<text:h text:style-name="{own}" text:outline-level="{level}">{inner}</text:h>'


def _strong(text: str) -> str:
    return f'<text:span text:style-name="Strong_20_Emphasis">{_text(text)}</text:span>'


def _counted(name: str, number: int) -> str:
    return (
        f'<text:sequence text:ref-name="ref{name}{number}" text:name="{name}" '
        f'text:formula="ooow:{name}+1" style:num-format="1">{number}</text:sequence>'
    )


def _text(text: str) -> str:
    """The text as it is to be read: its spaces and lines are elements here."""
    spaced = _SPACES.sub(lambda found: "\0" * len(found.group()), tidy(text))  # tidy leaves none
    plain = escape(spaced).replace("\t", "<text:tab/>").replace("\n", "<text:line-break/>")
    return plain.replace("\0", "<text:s/>")


def _cm(twips: float) -> str:
    return f"{twips / _TWIPS:.3f}cm"


def _content(body: str, styles: Iterable[str]) -> str:
    counted = "".join(
        f'<text:sequence-decl text:display-outline-level="0" text:name="{name}"/>'
        for name in ("Table", "Photo")
    )
    return (
        f'{_XML}<office:document-content {_NAMESPACES} office:version="1.3">'
        f"<office:automatic-styles>{''.join(styles)}</office:automatic-styles><office:body>"
        f"<office:text><text:sequence-decls>{counted}</text:sequence-decls>{body}"
        "</office:text></office:body></office:document-content>"
    )


def _styles(told: Report, note: float) -> str:
    t = Words(told.language)
    language, country = LOCALES[told.language].split("-")
    page = '<text:page-number text:select-page="current">1</text:page-number>'
    pages = "<text:page-count>1</text:page-count>"
    top = " · ".join(part for part in (told.title, told.organisation) if part)
    template = Template((RESOURCES / "report" / "odt.xml").read_text(encoding="utf-8"))
    return template.substitute(
        Palette().named,
        namespaces=_NAMESPACES,
        language=language,
        country=country,
        note=note,
        header=_text(tidy_line(top)),
        footer=_text(t("Pagina {page} van {pages}")).format(page=page, pages=pages),
    )


def _meta(told: Report) -> str:
    author = escape(tidy_line(told.writer or told.organisation))
    written = (told.written or UNDATED).strftime("%Y-%m-%dT%H:%M:%S")
    return (
        f'{_XML}<office:document-meta {_NAMESPACES} office:version="1.3"><office:meta>'
        f"<meta:generator>Facilitator</meta:generator><dc:title>{_text(told.title)}</dc:title>"
        f"<meta:initial-creator>{author}</meta:initial-creator><dc:creator>{author}</dc:creator>"
        f"<meta:creation-date>{written}</meta:creation-date><dc:date>{written}</dc:date>"
        f"<dc:language>{LOCALES[told.language]}</dc:language></office:meta></office:document-meta>"
    )


def _manifest(names: Iterable[str]) -> str:
    entries = "".join(
        f"<manifest:file-entry manifest:full-path={quoteattr(name)} "
        f'manifest:media-type="{"image/jpeg" if name.endswith(".jpg") else "text/xml"}"/>'
        for name in names
    )
    return (
        f'{_XML}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" '
        f'manifest:version="1.3"><manifest:file-entry manifest:full-path="/" '
        f'manifest:version="1.3" manifest:media-type="{_KIND}"/>{entries}</manifest:manifest>'
    )


def _zipped(parts: Mapping[str, bytes], progress: Progress) -> bytes:
    """The file: its kind first and unpacked, so that it is known by its first bytes."""
    did = progress.counts(sum(map(len, parts.values())))
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for name, content in {"mimetype": _KIND.encode(), **parts}.items():
            entry = zipfile.ZipInfo(name, ZIPPED)
            plain = name == "mimetype" or name.endswith(".jpg")
            entry.compress_type = zipfile.ZIP_STORED if plain else zipfile.ZIP_DEFLATED
            file.writestr(entry, content)
            did(len(content))
    return made.getvalue()
