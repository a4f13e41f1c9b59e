"""Tables: ordinary ones, and the matrix."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Final

from facilitator.report.blocks import Grid, Item, Matrix, MatrixGroup, MatrixNote, MatrixRow
from facilitator.report.lists import item
from facilitator.report.sheet import A4, Sheet
from facilitator.report.styles import Palette
from facilitator.report.text import attribute, paragraph, run

ROW_TITLE: Final = 1500
POINT: Final = 20  # twips
NOTE_SIZES: Final = (19, 18, 17, 16)  # half points, largest first
WIDE_SIZES: Final = (17, 16, 15, 14)  # of letters so wide that they read as well as larger ones
WIDE: Final = 1.15
CONCLUSION: Final = "➔ "


def grid(block: Grid, sheet: Sheet = A4) -> str:
    """An ordinary table: header row repeated, rows in one piece."""
    total = sum(column.share for column in block.columns)
    widths = _whole([sheet.portrait * column.share / total for column in block.columns])
    head = [paragraph("TableHeading", run(column.title)) for column in block.columns]
    rows = [_row(_cells(head, widths), header=True)]
    for row in block.rows:
        cells = [paragraph("TableText", run(text)) for text in row]
        rows.append(_row(_cells(cells, widths), whole=True))
    return _table("ReportTable", widths, rows, block.caption, block.description) + AFTER


AFTER: Final = paragraph("AfterTable")  # two tables behind one another would become one


def _whole(widths: Sequence[float]) -> list[int]:
    rounded = [int(width) for width in widths]
    rounded[-1] += round(sum(widths)) - sum(rounded)
    return rounded


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


def matrix(block: Matrix, palette: Palette, size: int, sheet: Sheet = A4) -> str:
    """The matrix, the whole width of a landscape page. ``size`` of its notes, in half points."""
    widths = matrix_widths(block, sheet)
    titled = bool(block.corner)
    head = [paragraph("MatrixHeading", run(column.title)) for column in block.columns]
    fills = [palette.behind(column.colour) for column in block.columns]
    if titled:
        head.insert(0, paragraph("MatrixHeading", run(block.corner)))
        fills.insert(0, palette.behind(None))
    rows = [_row(_cells(head, widths, fills), header=True)]
    for place, row in enumerate(block.rows):
        cells = ["".join(map(_group, cell)) or paragraph("MatrixCategory") for cell in row.cells]
        if titled:
            cells.insert(0, paragraph("MatrixHeading", run(row.title)))
        fits = row_height(row, widths[titled:], size, sheet) <= sheet.room
        on_top = place == 0 and not block.below
        rows.append(_row(_cells(cells, widths), whole=fits and not on_top))
    return _table("MatrixTable", widths, rows, block.caption, block.description) + AFTER


def matrix_widths(block: Matrix, sheet: Sheet = A4) -> list[int]:
    """The columns of the matrix, in twips."""
    first = [ROW_TITLE] if block.corner else []
    left = sheet.landscape - sum(first)
    return [*first, *_whole([left / len(block.columns)] * len(block.columns))]


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
    return paragraph(style, item(Item(text, note.more)))


def row_height(row: MatrixRow, widths: Sequence[int], size: int, sheet: Sheet = A4) -> float:
    """About how high a row becomes, in twips."""
    return max(
        sum(_group_height(group, width, size, sheet.letters) for group in cell)
        for cell, width in zip(row.cells, widths, strict=True)
    )


def _group_height(group: MatrixGroup, width: int, size: int, wide: float) -> float:
    line = 1.22 * size / 2 * POINT
    letters = (width - 312) / (0.475 * wide * size / 2 * POINT)  # fit on a line
    lines = sum(
        [
            ceil(len(part) / letters)
            for note in group.notes
            for part in (note.text + note.more).split("\n")
        ]
    )
    conclusions = sum(note.conclusion for note in group.notes)
    notes = lines * line + 30 * len(group.notes) + 70 * conclusions
    return notes + (line + 120 if group.title else 0)


def note_size(blocks: Sequence[Matrix], sheet: Sheet = A4) -> int:
    """The largest text with which each matrix fits on its page; where none does, the largest."""
    sizes = WIDE_SIZES if sheet.letters >= WIDE else NOTE_SIZES
    for size in sizes:
        if all(_height(block, size, sheet) <= sheet.room for block in blocks):
            return size
    return sizes[1]


def _height(block: Matrix, size: int, sheet: Sheet) -> float:
    widths = matrix_widths(block, sheet)[bool(block.corner) :]
    return sum(row_height(row, widths, size, sheet) for row in block.rows)
