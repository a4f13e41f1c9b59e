"""The look: colours that can be read, and a matrix that fits on its page."""

from __future__ import annotations

import re

import pytest
from lxml import etree

from facilitator.meeting.themes import Colour
from facilitator.report import tables
from facilitator.report.blocks import Matrix
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
    assert tables.note_size(matrices(10)) == max(tables.NOTE_SIZES)
    assert tables.note_size(matrices(75, themes=5)) < max(tables.NOTE_SIZES)
    assert tables.note_size([]) == max(tables.NOTE_SIZES)


def test_wide_letters_are_smaller_and_less_of_them_fits() -> None:
    wide = Sheet(letters=1.2)
    assert tables.note_size(matrices(10), wide) == max(tables.WIDE_SIZES)
    assert tables.note_size(matrices(95, themes=5), wide) < max(tables.WIDE_SIZES)
    assert tables.note_size(matrices(2_000, themes=5), wide) == tables.WIDE_SIZES[1]


def test_what_never_fits_is_not_made_small() -> None:
    assert tables.note_size(matrices(2_000, themes=5)) == tables.NOTE_SIZES[1]


def test_only_rows_that_fit_are_kept_whole() -> None:
    palette = Palette()
    small, large = matrices(20, across=3)[0], matrices(6_000, themes=5, across=3)[0]
    assert tables.matrix(small, palette, 18).count("<w:cantSplit/>") == 1 + 4
    assert tables.matrix(large, palette, 18).count("<w:cantSplit/>") == 1


def test_the_first_row_never_leaves_an_empty_page_behind() -> None:
    assert tables.matrix(matrices(20)[0], Palette(), 18).count("<w:cantSplit/>") == 1


def test_columns_fill_the_page() -> None:
    for block in (matrices(10, themes=3)[0], matrices(10, themes=4, across=2)[0]):
        assert sum(tables.matrix_widths(block)) == A4.landscape


def test_the_sample_fits_on_one_page() -> None:
    for language in ("nl", "en"):
        told = report(sampled(language))
        found = [b for part in told.sections for b in part.blocks if isinstance(b, Matrix)]
        size = tables.note_size(found)
        assert size >= 17
