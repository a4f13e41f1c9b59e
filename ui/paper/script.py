"""The text of the verslag in a document of Qt: headings, lists, tables, the matrix, photos."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import (
    QBrush,
    QColor,
    QImage,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextImageFormat,
    QTextLength,
    QTextListFormat,
    QTextTable,
    QTextTableFormat,
)

from facilitator.i18n import Words
from facilitator.kernel.text import tidy
from facilitator.report.blocks import (
    Block,
    Fact,
    Grid,
    Heading,
    Listing,
    Matrix,
    MatrixGroup,
    Paragraph,
    Picture,
)
from ui import theme
from ui.paper.sheets import MILLIMETRE, POINT, Sheet

Photos = Mapping[UUID, bytes]

JOINED: Final = QTextFormat.Property.UserProperty.value + 1  # stays with what follows
BODY, SMALL, QUIET = 10.5, 9.5, 8.5  # points; these letters are wide
PICTURE: Final = 107 * MILLIMETRE  # height of a photo, so that two fit on a page
ROW_TITLE: Final = 26 * MILLIMETRE
LABEL: Final = 34 * MILLIMETRE  # of a fact
LINE: Final = 36  # characters of a title on one line; a longer one is broken after its colon
BORDER: Final = 2.0  # pixels of both sides of a table
BELOW: Final = 10.0  # a table
CONCLUSION: Final = "➔ "
INDENT, CLOSE = 18.0, 11.0  # of lists, on a page and in the matrix


class Script:
    """Writes into a document, from top to bottom.

    ``note``: the text in the matrix, in points. ``counted``: tables and photos before this one.
    """

    def __init__(
        self, sheet: Sheet, language: str, note: float, counted: tuple[int, int] = (0, 0)
    ) -> None:
        self.document = QTextDocument()
        self.document.setUndoRedoEnabled(False)
        self.document.setUseDesignMetrics(True)
        self.document.setDocumentMargin(0)
        self.document.setIndentWidth(CLOSE if sheet.wide else INDENT)
        self.document.setDefaultFont(theme.font(BODY * POINT))
        self.document.setPageSize(sheet.text)
        self._sheet, self._note = sheet, note
        self._t = Words(language)
        self._colours = theme.palette(light=True)
        self._cursor = QTextCursor(self.document)
        self._cursor.beginEditBlock()  # nothing is laid out before all of it is there
        self._tables, self._pictures = counted
        self._fresh = True  # the block with the cursor has not been used

    @property
    def counted(self) -> tuple[int, int]:
        """The tables and photos up to here."""
        return self._tables, self._pictures

    def end(self) -> None:
        """All of it is there."""
        self._cursor.endEditBlock()

    def opening(self, kind: str, title: str, facts: Sequence[Fact]) -> None:
        """What it is, the title, and the facts."""
        self._line(_plain(kind), _type(12, theme.BOLD, self._colours.accent), joined=True)
        title = _plain(title)
        shown = title.replace(": ", ":\u2028", 1) if len(title) > LINE else title
        self._line(shown, _type(24, theme.BOLD), above=4, below=14, high=110)
        if not facts:
            return
        table = self._table(len(facts), [LABEL, self._sheet.text.width() - LABEL], lined=False)
        for row, fact in enumerate(facts):
            self._cell(table, row, 0, fact.label, _type(BODY, colour=self._colours.muted))
            self._cell(table, row, 1, fact.value, _type(BODY))
        self._leave()

    def contents(self, titles: Sequence[str]) -> QTextTable:
        """A row for each part; the numbers of their pages are still to be written."""
        self._line(
            self._t("Inhoud"), _type(BODY, theme.BOLD, self._colours.muted), above=16, joined=True
        )
        width = self._sheet.text.width()
        table = self._table(len(titles), [width * 0.9, width * 0.1], lined=False)
        for row, title in enumerate(titles):
            self._cell(table, row, 0, title, _type(BODY))
            form = QTextBlockFormat()
            form.setAlignment(Qt.AlignmentFlag.AlignRight)
            table.cellAt(row, 1).firstCursorPosition().setBlockFormat(form)
        self._leave()
        return table

    def number(self, table: QTextTable, row: int, page: int) -> None:
        """Write on which page a part begins."""
        table.cellAt(row, 1).firstCursorPosition().insertText(str(page), _type(BODY))

    def heading(self, text: str, level: int, *, on_top: bool = False) -> int:
        """A heading, and where it stands. ``on_top``: of a new page."""
        points, above, colour = {
            1: (16.0, 24.0, self._colours.accent),
            2: (12.5, 16.0, self._colours.ink),
        }.get(level, (BODY, 9.0, self._colours.muted))
        self._line(
            _plain(text), _type(points, theme.BOLD, colour), above, 4, joined=True, on_top=on_top
        )
        return self._cursor.position()

    def block(self, block: Block, photos: Photos, *, on_top: bool = False) -> None:
        """One block, whatever it is."""
        match block:
            case Heading():
                self.heading(block.text, block.level)
            case Paragraph():
                bold, plain = _type(BODY, theme.BOLD), _type(BODY)
                self._line(f"{block.label}: " if block.label else "", bold, above=4, below=4)
                self._cursor.insertText(_plain(block.text), plain)
            case Listing():
                self._listing(block)
            case Grid():
                self._grid(block)
            case Matrix():
                self._matrix(block, on_top=on_top)
            case Picture():
                self._picture(block, photos)

    def _listing(self, block: Listing) -> None:
        points = SMALL if block.small else BODY
        style = QTextListFormat()
        decimal, disc = QTextListFormat.Style.ListDecimal, QTextListFormat.Style.ListDisc
        style.setStyle(decimal if block.numbered else disc)
        row = None
        for item in block.items:
            self._line(_plain(item.text), _type(points), above=1 if block.small else 3)
            self._quietly(item.source, QUIET)
            if row is None:
                row = self._cursor.createList(style)
            else:
                row.add(self._cursor.block())

    def _quietly(self, text: str, points: float) -> None:
        """Something more about what stands before it; nothing where there is nothing."""
        if text:
            quiet = _type(points, colour=self._colours.muted)
            self._cursor.insertText(f" · {_plain(text)}", quiet)

    def _grid(self, block: Grid) -> None:
        self._caption(block.caption)
        total = sum(column.share for column in block.columns)
        width = self._sheet.text.width()
        widths = [width * column.share / total for column in block.columns]
        table = self._table(len(block.rows) + 1, widths, boxed=False)
        for place, column in enumerate(block.columns):
            fill = QColor(self._colours.selected)
            bold = _type(SMALL, theme.BOLD)
            self._cell(table, 0, place, column.title, bold, fill, lined=True)
        for number, row in enumerate(block.rows, start=1):
            for place, text in enumerate(row):
                self._cell(table, number, place, text, _type(SMALL), lined=True)
        self._leave()

    def _matrix(self, block: Matrix, *, on_top: bool) -> None:
        self._caption(block.caption, on_top=on_top)
        first = [ROW_TITLE] if block.corner else []
        left = (self._sheet.text.width() - BORDER - sum(first)) / len(block.columns)
        table = self._table(len(block.rows) + 1, [*first, *[left] * len(block.columns)])
        bold, plain = _type(SMALL, theme.BOLD), QColor(self._colours.hover)
        if block.corner:
            self._cell(table, 0, 0, block.corner, bold, plain)
            for number, row in enumerate(block.rows, start=1):
                self._cell(table, number, 0, row.title, bold)
        for place, column in enumerate(block.columns, start=len(first)):
            fill = theme.note_colour(column.colour.value) if column.colour else plain
            self._cell(table, 0, place, column.title, bold, fill)
            for number, row in enumerate(block.rows, start=1):
                self._cursor = table.cellAt(number, place).firstCursorPosition()
                self._fresh = True
                for group in row.cells[place - len(first)]:
                    self._group(group)
        self._leave()

    def _group(self, group: MatrixGroup) -> None:
        above = 0 if self._fresh else 8
        if group.title:
            accent = _type(self._note, theme.BOLD, self._colours.accent)
            self._line(_plain(group.title), accent, above, 2, joined=True)
            above = 0
        if not group.notes:
            self._line("–", _type(self._note, colour=self._colours.muted), above)
        style = QTextListFormat()
        style.setStyle(QTextListFormat.Style.ListDisc)
        row = None
        for note in group.notes:
            if note.conclusion:
                told = CONCLUSION + _plain(note.text).removeprefix(CONCLUSION)
                fill = QColor(self._colours.selected)
                self._line(told, _type(self._note, theme.BOLD), above or 3, 3, fill=fill, high=100)
            else:
                self._line(_plain(note.text), _type(self._note), above, 2, high=100)
            self._quietly(note.more, self._note - 1)
            if not note.conclusion:
                if row is None:
                    row = self._cursor.createList(style)
                else:
                    row.add(self._cursor.block())
            above = 0

    def _picture(self, block: Picture, photos: Photos) -> None:
        image = QImage.fromData(photos[block.photo])
        if image.isNull():
            return
        self._pictures += 1
        name = str(block.photo)
        self.document.addResource(QTextDocument.ResourceType.ImageResource.value, QUrl(name), image)
        width, height = max(1, block.width), max(1, block.height)
        scale = min(self._sheet.text.width() / width, PICTURE / height)
        form = QTextImageFormat()
        form.setName(name)
        form.setWidth(width * scale)
        form.setHeight(height * scale)
        self._line("", _type(BODY), above=10, joined=True, high=100)
        self._cursor.insertImage(form)
        self._label(self._t("Foto"), self._pictures, block.caption, below=12)

    def _caption(self, text: str, *, on_top: bool = False) -> None:
        self._tables += 1
        self._label(self._t("Tabel"), self._tables, text, joined=True, on_top=on_top)

    def _label(
        self,
        label: str,
        number: int,
        text: str,
        *,
        below: float = 5,
        joined: bool = False,
        on_top: bool = False,
    ) -> None:
        told = f"{label} {number}: {text}" if text else f"{label} {number}"
        quiet = _type(9.5, colour=self._colours.muted)
        self._line(_plain(told), quiet, above=6, below=below, joined=joined, on_top=on_top)

    def _line(
        self,
        text: str,
        form: QTextCharFormat,
        above: float = 0,
        below: float = 0,
        *,
        joined: bool = False,
        on_top: bool = False,
        high: int = 112,
        fill: QColor | None = None,
    ) -> None:
        """A new block with this text. ``joined``: it stays on the page of what follows."""
        block = QTextBlockFormat()
        block.setTopMargin(above)
        block.setBottomMargin(below)
        block.setLineHeight(high, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        block.setProperty(JOINED, joined)
        if fill is not None:
            block.setBackground(QBrush(fill))
        if on_top:
            block.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
        if self._fresh:
            self._cursor.setBlockFormat(block)
        else:
            self._cursor.insertBlock(block)
        self._fresh = False
        self._cursor.setBlockCharFormat(form)
        self._cursor.insertText(text, form)

    def _table(
        self, rows: int, widths: Sequence[float], *, lined: bool = True, boxed: bool = True
    ) -> QTextTable:
        """An empty table. ``lined``: with a header and lines. ``boxed``: around each cell."""
        form = QTextTableFormat()
        form.setColumnWidthConstraints(
            [QTextLength(QTextLength.Type.FixedLength, width) for width in widths]
        )
        form.setBottomMargin(BELOW)
        form.setCellSpacing(0)
        form.setCellPadding(4 if lined else 1)
        form.setBorder(1 if lined and boxed else 0)
        if lined:
            form.setHeaderRowCount(1)
        if lined and boxed:
            form.setBorderCollapse(True)
            form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
            form.setBorderBrush(QColor(self._colours.line))
        if self._fresh:
            self._cursor.setBlockFormat(QTextBlockFormat())
        return self._cursor.insertTable(rows, len(widths), form)

    def _cell(
        self,
        table: QTextTable,
        row: int,
        column: int,
        text: str,
        form: QTextCharFormat,
        fill: QColor | None = None,
        *,
        lined: bool = False,
    ) -> None:
        cell = table.cellAt(row, column)
        self._cursor = cell.firstCursorPosition()
        self._fresh = True
        self._line(_plain(text), form, high=108)
        behind = cell.format().toTableCellFormat()  # last: it is the format of the first block too
        if fill is not None:
            behind.setBackground(QBrush(fill))
        if lined:
            behind.setBottomBorder(1)
            behind.setBottomBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
            behind.setBottomBorderBrush(QColor(self._colours.line))
        cell.setFormat(behind)

    def _leave(self) -> None:
        """Go on below the table, in the block that Qt puts there."""
        self._cursor = QTextCursor(self.document)
        self._cursor.movePosition(QTextCursor.MoveOperation.End)
        self._fresh = True


def _plain(text: str) -> str:
    """Text as it is; its lines stay within the block."""
    return tidy(text).replace("\n", "\u2028")


def _type(points: float, weight: int = theme.REGULAR, colour: str = "") -> QTextCharFormat:
    made = QTextCharFormat()
    made.setFont(theme.font(points * POINT, weight))
    made.setForeground(QColor(colour or theme.palette(light=True).ink))
    return made
