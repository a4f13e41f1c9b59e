"""The notes, the matrix, the agreements and the votes as sheets: for Excel, and as plain CSV.

A text stays a text, whatever it begins with: "=1+1" is what somebody wrote, not a sum.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from facilitator.i18n import Words
from facilitator.kernel.state import State
from facilitator.kernel.text import tidy
from facilitator.meeting.meeting import the_meeting
from facilitator.meeting.merging import head_of
from facilitator.meeting.outcomes import agreements
from facilitator.meeting.programme import rounds
from facilitator.meeting.tables import Table
from facilitator.meeting.themes import Theme
from facilitator.meeting.votes import tally
from facilitator.report.blocks import MatrixGroup
from facilitator.report.content import UNDATED, held_at
from facilitator.report.harvest import in_turn
from facilitator.report.matrix import matrices
from facilitator.report.progress import UNHEARD, Progress
from facilitator.report.source import as_told
from facilitator.report.tables import CONCLUSION
from facilitator.report.wording import dated

LONGEST: Final = 32_767  # characters in a cell of Excel
WIDEST: Final = 80  # of a column, in characters
_FORMULA: Final = re.compile(r"'*([=+@\t\r]|-(?!\d+([.,]\d+)?(\s|$)))")  # "-9 maanden" is none


class Sheet(msgspec.Struct, frozen=True):
    """A sheet: its title, what stands above the columns and how wide these are, and the rows."""

    title: str
    columns: tuple[tuple[str, int], ...]
    rows: list[tuple[str | int, ...]]


def report_xlsx(state: State, progress: Progress = UNHEARD) -> bytes:
    """Notes, matrix, agreements and votes of a meeting as it is now, a sheet each."""
    import xlsxwriter  # noqa: PLC0415 - only where sheets are made

    state = as_told(state)
    meeting = the_meeting(state)
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        book.set_properties(
            {
                "title": tidy(meeting.title),
                "author": tidy(meeting.writer or meeting.organisation),
                "created": held_at(meeting) or UNDATED,
            }
        )
        book.set_size(2400, 1600)
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        plain = book.add_format({"text_wrap": True, "valign": "top"})
        every = list(sheets(state))
        did = progress.stretch(0, 0.5).counts(sum(len(sheet.rows) for sheet in every))
        for sheet in every:
            page = book.add_worksheet(sheet.title)
            page.freeze_panes(1, 0)
            page.repeat_rows(0)
            for place, (title, width) in enumerate(sheet.columns):
                page.set_column(place, place, min(width, WIDEST))
                page.write_string(0, place, tidy(title)[:LONGEST], head)
            for number, row in enumerate(sheet.rows, start=1):
                for place, value in enumerate(row):
                    if isinstance(value, int):
                        page.write_number(number, place, value, plain)
                    elif value:
                        page.write_string(number, place, tidy(value)[:LONGEST], plain)
                did(1)
            if sheet.rows:
                page.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)
    return file.getvalue()


def report_csv(state: State) -> bytes:
    """The notes for Dutch Excel: semicolons, and a mark that tells it that this is UTF-8.

    A text that Excel would take for a formula gets an apostrophe in front; that is the one change.
    """
    (notes, *_others) = sheets(as_told(state))
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow([title for title, _width in notes.columns])
    writer.writerows([_no_formula(value) for value in row] for row in notes.rows)
    return b"\xef\xbb\xbf" + file.getvalue().encode()


def _no_formula(value: str | int) -> str | int:
    if isinstance(value, int):
        return value
    text = tidy(value)
    return f"'{text}" if _FORMULA.match(text) else text


def sheets(state: State) -> Iterator[Sheet]:
    """The sheets of a meeting, in its language."""
    t = Words(the_meeting(state).language)
    yield _notes(state, t)
    yield _matrix(state, t)
    yield _agreements(state, t)
    yield _votes(state, t)


def _notes(state: State, t: Words) -> Sheet:
    order = {step.id: number for number, step in enumerate(rounds(state), start=1)}
    rows: list[tuple[str | int, ...]] = []
    for number, (theme, category, note) in enumerate(in_turn(state, t), start=1):
        table = state.find(Table, note.table)
        rows.append(
            (
                number,
                note.text,
                theme,
                category,
                table.number if table else "",
                order.get(note.round, "") if note.round else "",
                t("ja") if note.late else "",
                t("ja") if note.conclusion else "",
                head.text if (head := head_of(state, note)) else "",
            )
        )
    columns = (
        *((t("Nr"), 6), (t("Notitie"), 70), (t("Thema"), 28), (t("Categorie"), 24)),
        *((t("Tafel"), 8), (t("Ronde"), 8), (t("Nagekomen"), 12), (t("Conclusie"), 12)),
        (t("Samengevoegd met"), 40),
    )
    return Sheet(t("Notities"), columns, rows)


def _matrix(state: State, t: Words) -> Sheet:
    """Beside one another what the verslag spreads over pages."""
    parts = list(matrices(state, t))
    corner = parts[0].corner if parts else ""
    columns = [(column.title, 34) for part in parts for column in part.columns]
    rows: list[tuple[str | int, ...]] = []
    for row in zip(*(part.rows for part in parts), strict=True):
        cells = [_cell(cell) for one in row for cell in one.cells]
        rows.append((row[0].title, *cells) if corner else tuple(cells))
    head = ((corner, 20), *columns) if corner else tuple(columns)
    return Sheet(t("Matrix"), head, rows)


def _cell(groups: Sequence[MatrixGroup]) -> str:
    lines: list[str] = []
    for group in groups:
        lines += [f"{group.title}:"] if group.title else []
        lines += [
            (
                f"{CONCLUSION}{note.text.removeprefix(CONCLUSION)}"
                if note.conclusion
                else f"• {note.text}"
            )
            + (f" ({note.more})" if note.more else "")
            for note in group.notes
        ]
    return "\n".join(lines)


def _agreements(state: State, t: Words) -> Sheet:
    meeting = the_meeting(state)
    rows: list[tuple[str | int, ...]] = [
        (number, each.what, each.who, dated(each.when, meeting, t))
        for number, each in enumerate(agreements(state), start=1)
    ]
    columns = ((t("Nr"), 6), (t("Wat"), 60), (t("Wie"), 28), (t("Wanneer"), 24))
    return Sheet(t("Afspraken"), columns, rows)


def _votes(state: State, t: Words) -> Sheet:
    rows: list[tuple[str | int, ...]] = []
    for option, dots in tally(state):
        theme = state.find(Theme, option.theme)
        rows.append((option.text, theme.title if theme else "", dots))
    return Sheet(t("Stemmen"), ((t("Keuze"), 70), (t("Thema"), 28), (t("Stippen"), 10)), rows)
