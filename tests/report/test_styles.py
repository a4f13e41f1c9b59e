"""The look: colours that can be read, and a matrix that fits on its page."""

from __future__ import annotations

import re

import pytest
from lxml import etree

from facilitator.meeting.themes import Colour
from facilitator.report import fitting, tables
from facilitator.report.blocks import Matrix, MatrixRow
from facilitator.report.content import report
from facilitator.report.sheet import A4, Sheet
from facilitator.report.styles import Look, Palette
from tests.report.docx_file import W
from tests.report.meetings import held, sampled

LOOK = Look("nl", "R&D <zorg>", 18)
READABLE = 4.5


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted([luminance(one), luminance(other)], reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_every_text_can_be_read() -> None:
    palette = Palette()
    styles = etree.fromstring(LOOK.part("styles"))
    inks = {str(mark.get(f"{W}val")) for mark in styles.iter(f"{W}color")}
    assert palette.named["ink"] in inks
    for ink in inks:
        assert re.fullmatch("[0-9A-F]{6}", ink)
        assert contrast(ink, "FFFFFF") >= READABLE
    fills = [palette.behind(colour) for colour in (None, *Colour)]
    assert all(contrast(palette.named["ink"], fill) >= READABLE for fill in fills)
    assert contrast(palette.named["ink"], palette.named["selected"]) >= READABLE


@pytest.mark.parametrize("part", ["styles", "settings", "fonts", "application"])
def test_every_part_is_filled_in(part: str) -> None:
    content = LOOK.part(part)
    etree.fromstring(content)
    assert b"$" not in content


def matrices(notes: int, themes: int = 3, across: int = 0) -> list[Matrix]:
    texts = [f"Een notitie van gewone lengte, nummer {number}" for number in range(notes)]
    told = report(held(texts, themes=themes, across=across))
    return [b for part in told.sections for b in part.blocks if isinstance(b, Matrix)]


def test_text_in_the_matrix_shrinks_until_it_fits() -> None:
    assert fitting.note_size(matrices(10)) == max(fitting.NOTE_SIZES)
    assert fitting.note_size(matrices(75, themes=5)) < max(fitting.NOTE_SIZES)
    assert fitting.note_size([]) == max(fitting.NOTE_SIZES)


def test_wide_letters_are_smaller_and_less_of_them_fits() -> None:
    wide = Sheet(letters=1.2)
    assert fitting.note_size(matrices(10), wide) == max(fitting.WIDE_SIZES)
    assert fitting.note_size(matrices(95, themes=5), wide) < max(fitting.WIDE_SIZES)
    assert fitting.note_size(matrices(2_000, themes=5), wide) == fitting.WIDE_SIZES[1]


def test_what_never_fits_is_not_made_small() -> None:
    assert fitting.note_size(matrices(2_000, themes=5)) == fitting.NOTE_SIZES[1]


def test_only_rows_that_fit_are_kept_whole() -> None:
    palette = Palette()
    small = matrices(20, across=3)[0]
    assert tables.matrix(small, palette, 18).count("<w:cantSplit/>") == 1 + 4
    told = report(held(["woord " * 3_000], themes=1, own=0))
    (long,) = [b for part in told.sections for b in part.blocks if isinstance(b, Matrix)]
    assert tables.matrix(long, palette, 18).count("<w:cantSplit/>") == 1


def parts(block: Matrix, size: int = 18, taken: int = 0) -> list[tuple[MatrixRow, bool]]:
    flow = fitting.Flow(fitting.matrix_widths(block)[bool(block.corner) :], size, A4, taken)
    return [part for row in block.rows for part in flow.parts(row)]


@pytest.mark.parametrize(("number", "across"), [(300, 0), (2_000, 0), (2_000, 3)])
def test_a_row_that_fits_on_no_page_is_cut_between_notes(number: int, across: int) -> None:
    block = matrices(number, themes=4, across=across)[0]
    found = parts(block)
    assert len(found) > len(block.rows)
    assert all(fits for _row, fits in found)
    for column in range(4):
        whole = [note for row in block.rows for group in row.cells[column] for note in group.notes]
        cut = [note for row, _ in found for group in row.cells[column] for note in group.notes]
        assert cut == whole
        titles = [group.title for row in block.rows for group in row.cells[column]]
        shown = [group.title for row, _ in found for group in row.cells[column]]
        assert [title for title in shown if title] == [title for title in titles if title]


def test_the_pages_of_a_cut_row_are_filled_about_the_same() -> None:
    block = matrices(700, themes=4)[0]
    widths = fitting.matrix_widths(block)
    _first, *rest = [fitting.row_height(row, widths, 18) for row, _ in parts(block)]
    assert len(rest) > 2
    assert min(rest) > 0.7 * max(rest)


def test_what_stands_above_the_matrix_leaves_less_room_for_it() -> None:
    block = matrices(300, themes=4)[0]
    first, *_ = parts(block)
    less, *_ = parts(block, taken=fitting.FRONT)
    widths = fitting.matrix_widths(block)
    assert fitting.row_height(less[0], widths, 18) < fitting.row_height(first[0], widths, 18)


def test_the_first_row_never_leaves_an_empty_page_behind() -> None:
    assert tables.matrix(matrices(20)[0], Palette(), 18).count("<w:cantSplit/>") == 1


def test_columns_fill_the_page() -> None:
    for block in (matrices(10, themes=3)[0], matrices(10, themes=4, across=2)[0]):
        assert sum(fitting.matrix_widths(block)) == A4.landscape


def test_the_sample_fits_on_one_page() -> None:
    for language in ("nl", "en"):
        told = report(sampled(language))
        found = [b for part in told.sections for b in part.blocks if isinstance(b, Matrix)]
        size = fitting.note_size(found)
        assert size >= 17
