"""Tables: ordinary ones, and the matrix."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from facilitator.report.blocks import Grid, Matrix, MatrixGroup, MatrixNote
from facilitator.report.fitting import Flow, matrix_widths, whole
from facilitator.report.sheet import A4, Sheet
from facilitator.report.styles import Palette
from facilitator.report.text import attribute, paragraph, run, run_line

SHORT: Final = 4  # rows of a table that stands on one page
FEW_LETTERS: Final = 1_200  # in all of them
ACROSS: Final = 90  # letters of a line as wide as the page
HIGH_LINES: Final = 25  # of about 50 on a page
CONCLUSION: Final = "➔ "


def grid(block: Grid, sheet: Sheet = A4) -> str:
    """An ordinary table: header row repeated, rows in one piece, none of them alone on a page."""
    total = sum(column.share for column in block.columns)
    widths = whole([sheet.portrait * column.share / total for column in block.columns])
    head = [paragraph("TableHeading", run(column.title)) for column in block.columns]
    rows = [_row(_cells(head, widths), header=True)]
    short = is_short(block)
    for place, row in enumerate(block.rows):
        last = place == len(block.rows) - 1
        kept = not last and (short or place in {0, len(block.rows) - 2})
        high = [_is_high(block, each) for each in block.rows[place : place + 2]]
        kept = kept and not any(high)
        style = "TableTextKept" if kept else "TableText"
        cells = [paragraph(style, run(text)) for text in row]
        rows.append(_row(_cells(cells, widths), whole=not high[0]))
    return _table("ReportTable", widths, rows, block.caption, block.description) + AFTER


def is_short(block: Grid) -> bool:
    """Whether a table stands on one page as a whole."""
    letters = sum(len(text) for row in block.rows for text in row)
    return len(block.rows) <= SHORT and letters <= FEW_LETTERS


def _is_high(block: Grid, row: Sequence[str]) -> bool:
    """Whether a row takes much of a page: LibreOffice finds no place for it in one piece."""
    total = sum(column.share for column in block.columns)
    return any(
        text.count("\n") + len(text) * total / (ACROSS * column.share) > HIGH_LINES
        for text, column in zip(row, block.columns, strict=True)
    )


AFTER: Final = paragraph("AfterTable")  # two tables behind one another would become one


def _table(style: str, widths: Sequence[int], rows: Sequence[str], title: str, told: str) -> str:
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/>'
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="0620" w:firstRow="1" w:lastRow="0" w:firstColumn="0" '
        'w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f'<w:tblCaption w:val="{attribute(title)}"/>'
        f'<w:tblDescription w:val="{attribute(told)}"/></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _row(cells: str, *, header: bool = False, whole: bool = False) -> str:
    properties = "<w:cantSplit/>" if header or whole else ""
    properties += "<w:tblHeader/>" if header else ""
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{cells}</w:tr>"


def _cells(contents: Sequence[str], widths: Sequence[int], fills: Sequence[str] = ()) -> str:
    return "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>'
        f"{_fill(fills[place]) if fills else ''}</w:tcPr>{content}</w:tc>"
        for place, (content, width) in enumerate(zip(contents, widths, strict=True))
    )


def _fill(colour: str) -> str:
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{colour}"/>' if colour else ""


def matrix(block: Matrix, palette: Palette, size: int, sheet: Sheet = A4, taken: int = 0) -> str:
    """The matrix, the whole width of a landscape page. ``size`` of its notes, in half points.

    ``taken``: what stands above it on its page already, in twips.
    """
    widths = matrix_widths(block, sheet)
    titled = bool(block.corner)
    head = [paragraph("MatrixHeading", run(column.title)) for column in block.columns]
    fills = [palette.behind(column.colour) for column in block.columns]
    if titled:
        head.insert(0, paragraph("MatrixHeading", run(block.corner)))
        fills.insert(0, palette.behind(None))
    rows = [_row(_cells(head, widths, fills), header=True)]
    flow = Flow(widths[titled:], size, sheet, taken)
    for row, fits in (part for each in block.rows for part in flow.parts(each)):
        cells = ["".join(map(_group, cell)) or paragraph("MatrixCategory") for cell in row.cells]
        if titled:
            cells.insert(0, paragraph("MatrixHeading", run(row.title)))
        on_top = len(rows) == 1 and not block.below
        rows.append(_row(_cells(cells, widths), whole=fits and not on_top))
    return _table("MatrixTable", widths, rows, block.caption, block.description) + AFTER


def _group(group: MatrixGroup) -> str:
    title = paragraph("MatrixCategory", run(group.title)) if group.title else ""
    if not group.notes:
        return title + paragraph("MatrixEmpty", run("–"))
    first, *rest = group.notes
    on_top = "MatrixNote" if title else "MatrixFirst"
    return title + _note(first, on_top) + "".join([_note(note, "MatrixNote") for note in rest])


def _note(note: MatrixNote, style: str) -> str:
    text = note.text
    if note.conclusion:
        style, text = "MatrixConclusion", CONCLUSION + text.removeprefix(CONCLUSION)
    more = run_line(f" · {note.more}", "MatrixSource") if note.more else ""
    return paragraph(style, run(text), more)
