"""Notes that were merged: one of them in the matrix, every one of them in the appendix."""

from __future__ import annotations

import csv
import io
import zipfile
from random import Random
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from facilitator.kernel.forgetting import BLACK
from facilitator.kernel.state import State
from facilitator.meeting.merging import head_of
from facilitator.meeting.notes import Note
from facilitator.meeting.outline import Part
from facilitator.report.blocks import Item, Listing, Matrix, MatrixNote, Paragraph
from facilitator.report.content import report
from facilitator.report.formats import FORMATS
from tests.report.docx_file import DocxFile
from tests.report.meetings import held, loaded
from tests.report.odd import ODD, TEXTS
from tests.report.test_formats import READ, seen
from tests.report.test_forms import blocks
from tests.report.test_word import appendix


def merged(state: State, under: dict[int, int], **changes: Any) -> State:
    """The state with notes under others, by their numbers; the changes are to the heads."""
    notes = list(state.all(Note))
    below = {notes[low].id: notes[high].id for low, high in under.items()}
    heads = set(below.values())
    return loaded(
        msgspec.structs.replace(
            thing, merged=below.get(thing.id), **(changes if thing.id in heads else {})
        )
        if isinstance(thing, Note)
        else thing
        for thing in state.entities()
    )


def three(**changes: Any) -> State:
    return merged(held(["Meer bankjes", "Bankjes!", "Zitplek"], themes=1), {1: 0, 2: 0}, **changes)


def in_the_matrix(state: State) -> list[MatrixNote]:
    (matrix,) = blocks(report(state), Part.HARVEST)
    assert isinstance(matrix, Matrix)
    cells = [cell for row in matrix.rows for cell in row.cells]
    return [note for cell in cells for group in cell for note in group.notes]


def in_the_appendix(state: State) -> list[Item]:
    told = blocks(report(state), Part.APPENDIX)
    return [item for block in told if isinstance(block, Listing) for item in block.items]


def test_the_matrix_shows_one_and_says_how_many_say_the_same() -> None:
    assert in_the_matrix(three()) == [MatrixNote("Meer bankjes", more="en 2 gelijke notities")]
    one = merged(held(["a", "b"], themes=1), {1: 0}, conclusion=True)
    assert in_the_matrix(one) == [MatrixNote("a", conclusion=True, more="en 1 gelijke notitie")]


def test_the_appendix_lists_all_of_them_and_with_what_they_were_merged() -> None:
    assert in_the_appendix(three()) == [
        Item("Meer bankjes"),
        Item("Bankjes!", "tafel 1, ronde 1, samengevoegd met “Meer bankjes”"),
        Item("Zitplek", "tafel 1, samengevoegd met “Meer bankjes”"),
    ]
    assert blocks(report(three()), Part.APPENDIX)[0] == Paragraph(
        "Hier staan 3 notities, woord voor woord. "
        "2 daarvan zijn samengevoegd met een andere en staan daaronder."
    )


@pytest.mark.parametrize("changes", [{"hidden": True}, {"text": BLACK}])
def test_what_lies_under_what_nobody_may_read_stands_for_itself(changes: dict[str, Any]) -> None:
    state = three(**changes)
    assert {"Bankjes!", "Zitplek"} <= {note.text for note in in_the_matrix(state)}
    assert not any("samengevoegd" in item.source for item in in_the_appendix(state))


def test_a_long_one_is_named_by_its_beginning() -> None:
    state = merged(held(["woord " * 100, "b"], themes=1), {1: 0})
    (_first, second) = in_the_appendix(state)
    assert second.source.endswith("samengevoegd met “" + "woord " * 9 + "woord…”")


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_the_sheets_say_with_what_a_note_was_merged(ending: str) -> None:
    made = FORMATS[ending].made(three(), {})
    if ending == "csv":
        rows: Any = list(csv.reader(io.StringIO(made.decode("utf-8-sig")), delimiter=";"))
    else:
        sheet: Any = load_workbook(io.BytesIO(made)).worksheets[0]
        rows = [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert [row[-1] for row in rows] == ["Samengevoegd met", "", "Meer bankjes", "Meer bankjes"]


def test_the_matrix_of_the_workbook_says_how_many() -> None:
    book: Any = load_workbook(io.BytesIO(FORMATS["xlsx"].made(three(), {})))
    assert "• Meer bankjes (en 2 gelijke notities)" in book.worksheets[1]["A2"].value


@pytest.mark.parametrize("ending", ["html", "md", "odt", "docx"])
@pytest.mark.parametrize("conclusion", [False, True])
def test_each_format_says_how_many(ending: str, conclusion: bool) -> None:
    made = FORMATS[ending].made(three(conclusion=conclusion), {})
    told = READ_WHOLE[ending](made)
    assert "en 2 gelijke notities" in told
    assert "samengevoegd met “Meer bankjes”" in told


def _docx(made: bytes) -> str:
    return "".join(map(str, DocxFile(made).document.itertext())).replace("\u00a0", " ")


def _odt(made: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(made)) as file:
        return file.read("content.xml").decode()


READ_WHOLE: dict[str, Any] = {"html": bytes.decode, "md": bytes.decode, "odt": _odt, "docx": _docx}


@pytest.mark.parametrize("ending", [*READ, "docx"])
@settings(max_examples=25, deadline=None)
@given(texts=st.lists(TEXTS | st.sampled_from(ODD), max_size=10), seed=st.integers(0, 2**32))
def test_each_note_stands_there_once_whatever_was_merged(
    ending: str, texts: list[str], seed: int
) -> None:
    chance, state = Random(seed), held(texts, themes=seed % 4, across=seed % 3)
    heads = [number for number in range(len(texts)) if chance.random() < 0.3]
    low = [number for number in range(len(texts)) if number not in heads]
    state = merged(state, {n: chance.choice(heads) for n in low if heads and chance.random() < 0.7})
    content = FORMATS[ending].made(state, {})
    found = appendix(DocxFile(content)) if ending == "docx" else READ[ending](content)
    assert found == seen(state)
    lying = sum(head_of(state, note) is not None for note in state.all(Note))
    if texts:
        assert len(in_the_matrix(state)) == len(texts) - lying
