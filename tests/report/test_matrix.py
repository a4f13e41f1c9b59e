"""The matrix as columns and as rows: nothing twice, nothing missing, everything where it belongs."""

from __future__ import annotations

import io
from collections import Counter
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from facilitator.i18n import Words
from facilitator.kernel.state import State
from facilitator.meeting.categories import Category
from facilitator.meeting.notes import Note
from facilitator.meeting.outline import Layout
from facilitator.report.blocks import Matrix
from facilitator.report.formats import FORMATS
from facilitator.report.matrix import matrices
from facilitator.report.word import report_docx
from tests.report.docx_file import DocxFile, W
from tests.report.meetings import complete, held, loaded, sampled


def laid(state: State, layout: Layout = Layout.ROWS) -> list[Matrix]:
    return list(matrices(state, Words("nl"), layout))


def told(found: list[Matrix]) -> Counter[str]:
    return Counter(
        note.text
        for matrix in found
        for row in matrix.rows
        for cell in row.cells
        for group in cell
        for note in group.notes
    )


def other_titles(state: State) -> State:
    """Each own category called differently."""
    return loaded(
        msgspec.structs.replace(each, title=f"{each.title} van {each.theme.int}")
        if isinstance(each, Category) and each.theme
        else each
        for each in state.entities()
    )


TEXTS = [f"n{number}" for number in range(40)]


def test_categories_that_themes_share_are_rows_with_the_themes_beside_one_another() -> None:
    (matrix,) = laid(held(TEXTS, themes=3, own=2))
    assert [column.title for column in matrix.columns] == [
        "1. Thema 1",
        "2. Thema 2",
        "3. Thema 3",
    ]
    assert [row.title for row in matrix.rows] == ["Vak 0", "Vak 1", "Los"]
    assert matrix.corner == "Categorie"


def test_own_categories_that_differ_give_each_theme_a_table() -> None:
    found = laid(other_titles(held(TEXTS, themes=3, own=2, across=1)))
    assert [matrix.caption for matrix in found] == [
        f"De opbrengst: {number}. Thema {number}" for number in (1, 2, 3)
    ]
    assert [matrix.below for matrix in found] == [False, True, True]
    titles = [[row.title.split(" van")[0] for row in matrix.rows] for matrix in found]
    assert titles == [["Vak 0", "Vak 1", "Rij 0", "Los"]] * 3


def test_the_sample_as_rows() -> None:
    found = laid(sampled())
    assert [row.title for row in found[0].rows] == ["Rol", "Taken", "Naam", "Los"]
    assert [row.title for row in found[2].rows] == [""]  # only loose notes
    assert found[0].rows[0].cells[0][0].notes[-1].conclusion


@pytest.mark.parametrize("layout", Layout)
def test_the_layers_of_a_pyramid_are_rows_from_top_to_base(layout: Layout) -> None:
    (matrix,) = laid(held(TEXTS, themes=2, own=0, across=4), layout)
    assert [row.title for row in matrix.rows] == ["Rij 0", "Rij 1", "Rij 2", "Rij 3", "Los"]


@pytest.mark.parametrize("layout", Layout)
@given(themes=st.integers(0, 12), own=st.integers(0, 3), across=st.integers(0, 3), named=...)
@settings(max_examples=40, deadline=None)
def test_each_note_stands_in_the_matrix_once(
    layout: Layout, themes: int, own: int, across: int, named: bool
) -> None:
    state = held(TEXTS, themes=themes, own=own, across=across)
    found = laid(other_titles(state) if named else state, layout)
    assert told(found) == Counter(note.text for note in state.all(Note))
    for matrix in found:
        assert len(matrix.columns) <= 5
        assert all(len(row.cells) == len(matrix.columns) for row in matrix.rows)
        assert all(bool(row.title) is bool(matrix.corner) for row in matrix.rows)


def test_pages_have_the_same_rows_though_only_one_has_loose_notes() -> None:
    found = laid(held(["los"], themes=6, own=0, across=2), Layout.COLUMNS)
    assert [[row.title for row in matrix.rows] for matrix in found] == [
        ["Rij 0", "Rij 1", "Los"]
    ] * 2


def test_what_is_of_no_theme_needs_no_page_of_its_own() -> None:
    found = laid(complete(), Layout.COLUMNS)
    assert [column.title for column in found[0].columns][4:] == [
        "5. Wat er verder nog opkomt",
        "Zonder thema",
    ]
    assert len(found) == 1


def test_the_sheet_holds_the_whole_matrix_of_many_themes() -> None:
    content = FORMATS["xlsx"].made(held(["los"], themes=6, own=0, across=2, matrix=Layout.ROWS), {})
    sheet: Any = load_workbook(io.BytesIO(content)).worksheets[1]
    cells = [str(cell or "") for row in sheet.iter_rows(values_only=True) for cell in row]
    assert [cell for cell in cells if "los" in cell] == ["• los"]


def test_tables_of_themes_go_on_on_the_same_page_with_their_heads_and_whole_rows() -> None:
    state = other_titles(held(TEXTS, themes=3, own=2, matrix=Layout.ROWS))
    file = DocxFile(report_docx(state))
    captions = [
        paragraph
        for paragraph in file.document.iter(f"{W}p")
        if paragraph.find(f"{W}pPr/{W}pageBreakBefore") is not None
    ]
    assert captions == []
    for table in file.document.iter(f"{W}tbl"):
        head, *rows = table.findall(f"{W}tr")
        assert head.find(f"{W}trPr/{W}tblHeader") is not None
        if table is not next(file.document.iter(f"{W}tbl")):
            assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows[1:])
