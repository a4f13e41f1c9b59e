"""The verslag as an OpenDocument text, for LibreOffice and for who may not use Word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from uuid import UUID

from facilitator.i18n import Words
from facilitator.kernel.state import State
from facilitator.kernel.text import tidy_line
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
from facilitator.report.breaks import begins_wide, followed, has_contents
from facilitator.report.content import report
from facilitator.report.fitting import FRONT, ROW_TITLE, Flow, note_size
from facilitator.report.odf import KEPT, WHOLE, cm, content, manifest, meta, styles, words, zipped
from facilitator.report.paper import title_of
from facilitator.report.pictures import EMU, size
from facilitator.report.progress import UNHEARD, Progress
from facilitator.report.sheet import A4
from facilitator.report.styles import Palette
from facilitator.report.tables import CONCLUSION, is_short


def report_odt(state: State, photos: Mapping[UUID, bytes], progress: Progress = UNHEARD) -> bytes:
    """The verslag of a meeting as it is now. A photo (a JPEG) that is not given is left out."""
    told = report(state, photos.keys(), progress.stretch(0, 0.4))
    body = _Body(told, progress.stretch(0.4, 0.8))
    text = "".join(body.parts())
    pictures = {f"Pictures/{key}.jpg": photos[key] for key in body.pictures}
    parts: dict[str, bytes] = {
        "content.xml": content(text, body.styles).encode(),
        "styles.xml": styles(told, body.note).encode(),
        "meta.xml": meta(told).encode(),
        **pictures,
    }
    parts["META-INF/manifest.xml"] = manifest(parts).encode()
    return zipped(parts, progress.stretch(0.8, 1))


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
        self._wide = begins_wide(told)
        self._taken = FRONT if self._wide else 0
        self._size = note_size(matrices, taken=self._taken)
        self.note = self._size / 2  # points
        self._did = progress.counts(sum(len(section.blocks) for section in told.sections))

    def parts(self) -> Iterator[str]:
        """Title, facts, contents, sections."""
        told = self._told
        yield _p("First" if self._wide else "Subtitle", words(told.kind))
        yield _p("Title", words(title_of(told, wide=self._wide)))
        yield from self._facts()
        if has_contents(told):
            yield self._contents()
        wide = self._wide
        for number, section in enumerate(told.sections, start=1):
            yield self._heading(number, section, wide=wide)
            for block, leads in followed(told, section):
                yield from self._block(block, wide=section.wide, leads=leads)
                self._did(1)
            wide = section.wide

    def _facts(self) -> Iterator[str]:
        facts = self._told.facts
        if not (self._wide or self._told.brief):
            for fact in facts:
                yield _p("Fact", f"{_quiet(fact.label)}<text:tab/>{words(fact.value)}")
        elif facts:
            told = (f"{_quiet(f'{fact.label}:')} {words(fact.value)}" for fact in facts)
            yield _p("Text_20_body", " · ".join(told))

    def _contents(self) -> str:
        title = words(self._t("Inhoud"))
        links = "".join(
            _p(
                "Contents_20_1",
                f'<text:a xlink:type="simple" xlink:href="#part{number}" '
                f'text:style-name="Internet_20_link">{words(section.title)}</text:a>',
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
        return _h(1, mark + words(tidy_line(section.title)), style)

    def _block(self, block: Block, *, wide: bool, leads: bool) -> Iterator[str]:
        match block:
            case Paragraph():
                label = _strong(f"{block.label}:") + " " if block.label else ""
                yield _p("Lead_20_In" if leads else "Text_20_body", label + words(block.text))
            case Heading():
                yield _h(block.level, words(tidy_line(block.text)))
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
        return _p("Caption", f"{words(label)} {_counted('Table', self._tables)}: {words(text)}")

    def _grid(self, block: Grid, width: float) -> str:
        total = sum(column.share for column in block.columns)
        widths = [width * column.share / total for column in block.columns]
        head = [_p("Table_20_Heading", words(column.title)) for column in block.columns]
        rows = [[_p("Table_20_Contents", words(cell)) for cell in row] for row in block.rows]
        grounds = [self._palette.named["selected"]] * len(widths)
        return self._table(block, widths, head, [(row, True) for row in rows], grounds)

    def _matrix(self, block: Matrix) -> str:
        first = [ROW_TITLE] if block.corner else []
        each = (A4.landscape - sum(first)) / len(block.columns)
        head = [_p("Table_20_Heading", words(column.title)) for column in block.columns]
        grounds = [self._palette.behind(column.colour) for column in block.columns]
        flow = Flow([int(each)] * len(block.columns), self._size, A4, self._taken)
        self._taken = 0
        rows: list[tuple[list[str], bool]] = []
        for told, fits in (part for row in block.rows for part in flow.parts(row)):
            row = ["".join(map(_group, cell)) or _p("Matrix_20_Note", "") for cell in told.cells]
            if block.corner:
                row.insert(0, _p("Table_20_Heading", words(told.title)))
            rows.append((row, fits and bool(rows or block.below)))
        if block.corner:
            head.insert(0, _p("Table_20_Heading", words(block.corner)))
            grounds.insert(0, self._palette.behind(None))
        widths = [*map(float, first), *[each] * len(block.columns)]
        return self._table(block, widths, head, rows, grounds)

    def _table(
        self,
        block: Grid | Matrix,
        widths: Sequence[float],
        head: Sequence[str],
        rows: Iterable[tuple[Sequence[str], bool]],
        grounds: Sequence[str],
    ) -> str:
        name, title, description = f"Table{self._tables}", block.caption, block.description
        self._describe(name, block, widths, grounds)
        columns = "".join(
            f'<table:table-column table:style-name="{name}.{place}"/>'
            for place in range(len(widths))
        )
        top = _row(head, [f"{name}.head{place}" for place in range(len(widths))], whole=True)
        cells = [f"{name}.cell"] * len(widths)
        body = "".join(_row(row, cells, whole=whole) for row, whole in rows)
        return (
            f'<table:table table:name="{name}" table:style-name="{name}">'
            f"<table:title>{words(tidy_line(title))}</table:title>"
            f"<table:desc>{words(tidy_line(description))}</table:desc>{columns}"
            f"<table:table-header-rows>{top}</table:table-header-rows>{body}</table:table>"
        )

    def _describe(
        self, name: str, block: Grid | Matrix, widths: Sequence[float], grounds: Sequence[str]
    ) -> None:
        short = isinstance(block, Grid) and is_short(block)
        together = ' style:may-break-between-rows="false"' if short else ""
        self.styles += [] if WHOLE in self.styles else [WHOLE]
        line, accent = (self._palette.named[name] for name in ("line", "accent"))
        border = f'fo:border="0.5pt solid #{line}"'
        above = border
        if isinstance(block, Grid):
            border = f'fo:border="none" fo:border-bottom="0.5pt solid #{line}"'
            above = f'{border} fo:border-top="1pt solid #{accent}"'
        self.styles.append(
            f'<style:style style:name="{name}" style:family="table"><style:table-properties '
            f'style:width="{cm(sum(widths))}" table:align="left" fo:margin-bottom="0.25cm" '
            f'table:border-model="collapsing"{together}/></style:style>'
        )
        for place, (width, ground) in enumerate(zip(widths, grounds, strict=True)):
            self.styles.append(
                f'<style:style style:name="{name}.{place}" style:family="table-column">'
                f'<style:table-column-properties style:column-width="{cm(width)}"/></style:style>'
            )
            self.styles.append(_cell_style(f"{name}.head{place}", above, ground))
        self.styles.append(_cell_style(f"{name}.cell", border, ""))

    def _picture(self, block: Picture) -> str:
        self.pictures.append(block.photo)
        self._photos += 1
        wide, high = (number / EMU for number in size(block))
        frame = (
            f'<draw:frame draw:name="Photo{self._photos}" draw:style-name="Graphics" '
            f'text:anchor-type="as-char" svg:x="0cm" svg:y="0cm" svg:width="{cm(wide)}" svg:height="{cm(high)}">'
            f'<draw:image xlink:href="Pictures/{block.photo}.jpg" xlink:type="simple" '
            'xlink:show="embed" xlink:actuate="onLoad"/>'
            f"<svg:title>{words(tidy_line(block.described))}</svg:title></draw:frame>"
        )
        label = f"{words(self._t('Foto'))} {_counted('Photo', self._photos)}"
        told = f": {words(block.caption)}" if block.caption else ""
        return _p("Picture", frame) + _p("Picture_20_Caption", label + told)


def _cell_style(name: str, border: str, ground: str) -> str:
    behind = f' fo:background-color="#{ground}"' if ground else ""
    return (
        f'<style:style style:name="{name}" style:family="table-cell"><style:table-cell-properties '
        f'{border} fo:padding="0.1cm"{behind}/></style:style>'
    )


def _row(cells: Iterable[str], styles: Iterable[str], *, whole: bool) -> str:
    told = "".join(
        f'<table:table-cell table:style-name="{style}" office:value-type="string">{cell}'
        "</table:table-cell>"
        for cell, style in zip(cells, styles, strict=True)
    )
    style = ' table:style-name="Whole"' if whole else ""
    return f"<table:table-row{style}>{told}</table:table-row>"


def _group(group: MatrixGroup) -> str:
    title = _p("Matrix_20_Category", words(group.title)) if group.title else ""
    if not group.notes:
        return title + _p("Matrix_20_Note", "–")
    return title + "".join(map(_note, group.notes))


def _note(note: MatrixNote) -> str:
    more = _source(note.more)
    if note.conclusion:
        text = words(CONCLUSION + note.text.removeprefix(CONCLUSION))
        return _p("Matrix_20_Conclusion", text + more)
    return _list("Small_20_Bullets", [_p("Matrix_20_Note", words(note.text) + more)])


def _listing(block: Listing) -> str:
    items = []
    for item in block.items:
        style = "Note_20_Text" if block.small else "List"
        items.append(_p(style, words(item.text) + _source(item.source)))
    return _list("Numbers" if block.numbered else "Bullets", items)


def _source(told: str) -> str:
    """What stands quietly behind the words of a note."""
    if not told:
        return ""
    return f' <text:span text:style-name="Note_20_Source">({words(told)})</text:span>'


def _list(style: str, items: Iterable[str]) -> str:
    told = "".join(f"<text:list-item>{item}</text:list-item>" for item in items)
    return f'<text:list text:style-name="{style}">{told}</text:list>'


def _p(style: str, inner: str) -> str:
    return f'<text:p text:style-name="{style}">{inner}</text:p>'


def _h(level: int, inner: str, style: str = "") -> str:
    own = style or f"Heading_20_{level}"
    return f'<text:h text:style-name="{own}" text:outline-level="{level}">{inner}{KEPT}</text:h>'


def _strong(text: str) -> str:
    return f'<text:span text:style-name="Strong_20_Emphasis">{words(text)}</text:span>'


def _quiet(text: str) -> str:
    return f'<text:span text:style-name="Fact_20_Label">{words(text)}</text:span>'


def _counted(name: str, number: int) -> str:
    return (
        f'<text:sequence text:ref-name="ref{name}{number}" text:name="{name}" '
        f'text:formula="ooow:{name}+1" style:num-format="1">{number}</text:sequence>'
    )
