"""The paper of the preview: blocks of the verslag in a document, each text as a text."""

from __future__ import annotations

from typing import Final

import msgspec
from PySide6.QtGui import (
    QColor,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextListFormat,
    QTextTableFormat,
)

from facilitator.i18n import _
from facilitator.report.blocks import Block, Grid, Heading, Listing, Paragraph
from ui import theme

BODY: Final = 15  # pixels
NUMBERS: Final = 1.0  # share of a column for numbers
NUMBER, NUMBER_PART = 34, 12  # how wide that column is: in pixels, and at most in percents
LEAST: Final = 0.8  # of an even share: no column of words is narrower
INK: Final = "#1a1a1a"


class Near(msgspec.Struct, frozen=True):
    """A part with what is near the cursor of it."""

    title: str
    blocks: tuple[Block, ...]
    first: int = 1  # the number of the first in a list
    here: int = -1  # which block
    row: int = -1  # which row of its list
    cut: bool = False


class Printer:
    """Writes blocks into a document. A text is put in as a text, whatever signs are in it."""

    def __init__(self, document: QTextDocument) -> None:
        self._cursor = QTextCursor(document)
        self._begun = False
        self.here: int | None = None  # where the cursor of the editor is, in the document

    def section(self, shown: Near) -> None:
        """The heading and what stands under it."""
        self._line(shown.title, 24, theme.BOLD, above=0)
        if shown.cut:
            self._line("…", BODY, theme.REGULAR)
        for number, block in enumerate(shown.blocks):
            if number == shown.here:
                self._mark()
            match block:
                case Heading():
                    self._line(block.text, 18, theme.BOLD, above=12)
                case Paragraph():
                    self._line(block.text, BODY, theme.REGULAR, label=block.label)
                case Listing():
                    self._listing(block, shown)
                case Grid():
                    self._grid(block, shown)
                case _:
                    pass  # no part with a preview has another
        if not shown.blocks:
            self._line(_("Hier staat nog niets."), BODY, theme.REGULAR, ink="muted")

    def _mark(self) -> None:
        self.here = self._cursor.position()

    def _line(
        self,
        text: str,
        pixels: int,
        weight: int,
        *,
        above: int = 6,
        label: str = "",
        ink: str = "",
    ) -> None:
        form = QTextBlockFormat()
        form.setTopMargin(above)
        form.setLineHeight(125, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        if self._begun:
            self._cursor.insertBlock(form)
        else:
            self._cursor.setBlockFormat(form)
        self._begun = True
        if label:
            self._cursor.insertText(f"{label}: ", _type(pixels, theme.BOLD))
        self._cursor.insertText(_plain(text), _type(pixels, weight, ink))

    def _listing(self, block: Listing, shown: Near) -> None:
        style = QTextListFormat()
        decimal = QTextListFormat.Style.ListDecimal
        style.setStyle(decimal if block.numbered else QTextListFormat.Style.ListDisc)
        style.setStart(shown.first)
        made = None
        for number, item in enumerate(block.items):
            self._line(item.text, BODY, theme.REGULAR, above=4)
            if number == shown.row:
                self._mark()
            if item.source:
                self._cursor.insertText(_plain(f" ({item.source})"), _type(BODY - 2, ink="muted"))
            if made is None:
                made = self._cursor.createList(style)
            else:
                made.add(self._cursor.block())

    def _grid(self, block: Grid, shown: Near) -> None:
        self._line(block.caption, BODY - 2, theme.SEMIBOLD, ink="muted")
        form = QTextTableFormat()
        form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        form.setColumnWidthConstraints(_widths(block))
        form.setHeaderRowCount(1)
        form.setCellPadding(4)
        form.setCellSpacing(0)
        form.setBorder(1)
        form.setBorderCollapse(True)
        form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        form.setBorderBrush(QColor(theme.palette(light=True).control_line))
        table = self._cursor.insertTable(len(block.rows) + 1, len(block.columns), form)
        titles = tuple(column.title for column in block.columns)
        for line, row in enumerate((titles, *block.rows)):
            for number, text in enumerate(row):
                cell = table.cellAt(line, number).firstCursorPosition()
                if line and line - 1 == shown.row and number == 0:
                    self.here = cell.position()
                weight = theme.REGULAR if line else theme.BOLD
                cell.insertText(_plain(text), _type(BODY - 1, weight))
        self._cursor.movePosition(QTextCursor.MoveOperation.End)


def _widths(block: Grid) -> list[QTextLength]:
    """The columns as in the verslag; that of the numbers is never too narrow for its title."""
    told = [column.share for column in block.columns if column.share > NUMBERS]
    least = sum(told) * LEAST / len(told)  # a narrow one must hold its words here too
    wide = sum(max(share, least) for share in told)
    left = 100 - NUMBER_PART if len(told) < len(block.columns) else 100
    return [
        QTextLength(QTextLength.Type.PercentageLength, left * max(share, least) / wide)
        if share > NUMBERS
        else QTextLength(QTextLength.Type.FixedLength, NUMBER)
        for share in (column.share for column in block.columns)
    ]


def _type(pixels: int, weight: int = theme.REGULAR, ink: str = "") -> QTextCharFormat:
    made = QTextCharFormat()
    made.setFont(theme.font(pixels, weight))
    made.setForeground(QColor(theme.palette(light=True).muted if ink else INK))
    return made


def _plain(text: str) -> str:
    """Lines within a text stay within its block."""
    return text.replace("\n", "\u2028")
