"""The pages: what stands on which, each with its header and number, as a PDF."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final
from uuid import NAMESPACE_OID, uuid5

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, Qt, QUuid
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextBlock,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextTable,
    QTextTableCell,
)

from facilitator.i18n import Words
from facilitator.kernel.text import tidy_line
from facilitator.report.blocks import Matrix, Report, Section
from facilitator.report.breaks import begins_wide, has_contents
from facilitator.settings import APPLICATION
from ui import theme
from ui.paper.script import JOINED, QUIET, Photos, Script
from ui.paper.sheets import INCH, POINT, STANDING, WIDE, Sheet

DOTS: Final = 1200  # an inch
MOST: Final = 0.8  # of a page; a higher row goes on over the page
SHORT: Final = 160.0  # pixels; what is higher may go on over the page
NOTES: Final = (8.5, 8.0, 7.5, 7.0)  # points of the matrix, largest first
LOCALES: Final = {"nl": "nl-NL", "en": "en-GB"}
_CATALOG: Final = re.compile(rb"\n(\d+) 0 obj\n<<\n/Type /Catalog\n(.*?)>>\nendobj\n", re.DOTALL)
_TRAILER: Final = re.compile(rb"trailer\n<<\n(.*)>>\nstartxref\n(\d+) ?\n%%EOF", re.DOTALL)


class Stretch:
    """Pages of one kind behind one another, and where the parts begin on them."""

    def __init__(
        self, told: Report, sections: Sequence[Section], counted: tuple[int, int], *, wide: bool
    ) -> None:
        self.sheet = WIDE if wide else STANDING
        self._told, self._sections, self._counted = told, sections, counted
        self._starts: list[int] = []
        self.contents: QTextTable | None = None

    def write(self, photos: Photos, note: float, *, opens: bool) -> None:
        """All of it, with notes of this size in the matrix. ``opens``: it is the first stretch."""
        told = self._told
        self.script = Script(self.sheet, told.language, note, self._counted)
        if opens:
            self.script.opening(told.kind, told.title, told.facts)
            if has_contents(told):
                self.contents = self.script.contents([each.title for each in told.sections])
        self._starts = []
        for section in self._sections:
            self._starts.append(self.script.heading(section.title, 1))
            for place, block in enumerate(section.blocks):
                begins = isinstance(block, Matrix) and place > 0 and not block.below
                self.script.block(block, photos, on_top=begins)
        self.script.end()
        keep_together(self.script.document)

    @property
    def pages(self) -> int:
        """How many there are."""
        return int(self.script.document.pageCount())

    def starts(self) -> list[int]:
        """The page of each part, the first one being 0."""
        document = self.script.document
        return [_page(document.findBlock(place)) for place in self._starts]


def pdf(told: Report, photos: Photos) -> bytes:
    """The verslag as a PDF; without a structure, since Qt writes none."""
    stretches = list(_stretches(told, photos))
    before, starts = 0, []
    for stretch in stretches:
        starts += [before + page + 1 for page in stretch.starts()]
        before += stretch.pages
    first = stretches[0]
    if first.contents is not None:
        for row, page in enumerate(starts):
            first.script.number(first.contents, row, page)
    return spoken(_printed(told, stretches), LOCALES[told.language])


def _stretches(told: Report, photos: Photos) -> Iterator[Stretch]:
    found = [(wide, list(row)) for wide, row in groupby(told.sections, lambda each: each.wide)]
    if not found or (found[0][0] and not begins_wide(told)):
        found.insert(0, (False, []))  # the title and the contents
    counted = (0, 0)
    for number, (wide, sections) in enumerate(found):
        made = Stretch(told, sections, counted, wide=wide)
        if wide:
            _fit(made, photos, opens=number == 0)
        else:
            made.write(photos, NOTES[0], opens=number == 0)
        counted = made.script.counted
        yield made


def _fit(stretch: Stretch, photos: Photos, *, opens: bool) -> None:
    """The largest notes with which the matrix needs no more pages than with the smallest."""
    stretch.write(photos, NOTES[-1], opens=opens)
    fewest = stretch.pages
    for note in NOTES:
        stretch.write(photos, note, opens=opens)
        if stretch.pages == fewest:
            return


def keep_together(document: QTextDocument) -> None:
    """Put what is joined to what follows on its page, and what is short on one page.

    So no heading stands alone at the bottom, and no last word at the top.
    """
    document.pageCount()  # all of it is laid out: Qt loses blocks that change before they are
    block = document.begin()
    while block.isValid():
        first = block
        while _joined(block):
            block = block.next()
        if _page(first) != _page(*_meant(block)):
            QTextCursor(first).mergeBlockFormat(_on_top())
            document.pageCount()
        table = _table(block)
        if table is not None:
            _keep_rows(table)
            block = table.lastCursorPosition().block()
        block = block.next()


def _keep_rows(table: QTextTable) -> None:
    """A row that fits on a page stands on one: the row above it is made higher until it does."""
    document = table.document()
    height = document.pageSize().height()
    for row in range(table.format().toTableFormat().headerRowCount() + 1, table.rows()):
        top, end = _row(table, row)
        edge = ((top + 1) // height + 1) * height
        if end - 1 > edge and end - top < height * MOST:
            for cell in _cells(table, row - 1):
                form = cell.format().toTableCellFormat()
                form.setBottomPadding(edge - top)
                cell.setFormat(form)
            document.pageCount()


def _cells(table: QTextTable, row: int) -> list[QTextTableCell]:
    return [table.cellAt(row, column) for column in range(table.columns())]


def _row(table: QTextTable, row: int) -> tuple[float, float]:
    """Where the text of a row begins and ends."""
    cells = _cells(table, row)
    tops = [_box(cell.firstCursorPosition().block()).top() for cell in cells]
    return min(tops), max(_box(cell.lastCursorPosition().block()).bottom() for cell in cells)


def _joined(block: QTextBlock) -> bool:
    joined = block.isValid() and bool(block.blockFormat().property(JOINED))
    return joined and _table(block) is None


def _table(block: QTextBlock) -> QTextTable | None:
    """The table in which it stands."""
    table: QTextTable | None = QTextCursor(block).currentTable()
    return table


def _meant(block: QTextBlock) -> tuple[QTextBlock, float]:
    """What has to stand on the same page, and how much of it.

    Of a table that is its first row below the header.
    """
    table = _table(block)
    if table is None:
        height = _box(block).height()
        return block, height if height < SHORT else 0
    row = min(1, table.rows() - 1)
    top, end = _row(table, row)
    height = end - top
    first = table.cellAt(row, 0).firstCursorPosition().block()
    return first, height if height < MOST * table.document().pageSize().height() else 0


def _page(block: QTextBlock, down: float = 0) -> int:
    """The page on which a block begins, or on which it is so far down."""
    at = _box(block).top() + max(1.0, down - 1)
    return int(at // block.document().pageSize().height())


def _box(block: QTextBlock) -> QRectF:
    return block.document().documentLayout().blockBoundingRect(block)


def _on_top() -> QTextBlockFormat:
    form = QTextBlockFormat()
    form.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
    return form


def _printed(told: Report, stretches: Sequence[Stretch]) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(DOTS)
    writer.setTitle(tidy_line(told.title))
    writer.setAuthor(tidy_line(told.writer or told.organisation))
    writer.setCreator(APPLICATION)
    writer.setDocumentId(QUuid(str(uuid5(NAMESPACE_OID, repr(told)))))
    writer.setPageLayout(_layout(stretches[0].sheet))
    painter = QPainter(writer)
    painter.scale(DOTS / INCH, DOTS / INCH)
    total, number = sum(stretch.pages for stretch in stretches), 0
    for stretch in stretches:
        for page in range(stretch.pages):
            if number:
                writer.setPageLayout(_layout(stretch.sheet))
                writer.newPage()
            number += 1
            _paint(painter, stretch, page)
            _paint_edges(painter, stretch.sheet, told, number, total)
    painter.end()
    return bytes(buffer.data().data())


def _layout(sheet: Sheet) -> QPageLayout:
    kind = QPageLayout.Orientation.Landscape if sheet.wide else QPageLayout.Orientation.Portrait
    return QPageLayout(QPageSize(QPageSize.PageSizeId.A4), kind, QMarginsF(0, 0, 0, 0))


def _paint(painter: QPainter, stretch: Stretch, page: int) -> None:
    sheet, room = stretch.sheet, stretch.sheet.text
    painter.save()
    painter.translate(sheet.left, sheet.top - page * room.height())
    # a pixel less: what only touches the edge would be painted on both pages
    shown = QRectF(0, page * room.height() + 1, room.width(), room.height() - 2)
    stretch.script.document.drawContents(painter, shown)
    painter.restore()


def _paint_edges(painter: QPainter, sheet: Sheet, told: Report, number: int, total: int) -> None:
    """Title and organisation above each page but the first, its number below."""
    font = theme.font(QUIET * POINT)
    painter.setFont(font)
    painter.setPen(QColor(theme.palette(light=True).muted))
    metrics = QFontMetricsF(font)
    width, height = sheet.text.width(), metrics.height()
    if number > 1:
        top = tidy_line(" · ".join(filter(None, (told.title, told.organisation))))
        shown = metrics.elidedText(top, Qt.TextElideMode.ElideRight, width)
        painter.drawText(QRectF(sheet.left, sheet.header, width, height), shown)
    place = QRectF(sheet.left, sheet.height - sheet.footer - height, width, height)
    words = Words(told.language)("Pagina {page} van {pages}").format(page=number, pages=total)
    painter.drawText(place, Qt.AlignmentFlag.AlignRight, words)


def spoken(made: bytes, language: str) -> bytes:
    """The same PDF, which says in which language it is and shows its title; Qt can't say that.

    Added behind it as an update of its catalog, as the format allows.
    """
    catalog, trailer = _CATALOG.search(made), _TRAILER.search(made)
    if catalog is None or trailer is None:
        return made
    number, told = catalog[1], catalog[2]
    at = len(made) + 1
    shown = b"/Lang (%b)\n/ViewerPreferences <</DisplayDocTitle true>>\n" % language.encode()
    new = b"%b 0 obj\n<<\n/Type /Catalog\n%b%b>>\nendobj\n" % (number, told, shown)
    table = b"xref\n%b 1\n%010d 00000 n \n" % (number, at)
    end = b"trailer\n<<\n%b/Prev %b\n>>\nstartxref\n%d\n%%%%EOF\n" % (
        *(trailer[1], trailer[2], at + len(new)),
    )
    return made + b"\n" + new + table + end
