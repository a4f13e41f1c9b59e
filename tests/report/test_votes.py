"""The vote in the verslag: what got how many dots, how many voted, in each format."""

from __future__ import annotations

import io
from typing import Any

import pytest
from openpyxl import load_workbook

from facilitator.kernel.entity import Entity
from facilitator.meeting.ids import OptionId, VoteId
from facilitator.meeting.outline import PARTS, Part, ReportForm
from facilitator.meeting.votes import Option, Vote
from facilitator.report.blocks import Grid, Paragraph
from facilitator.report.content import report, section
from facilitator.report.formats import FORMATS
from tests.report.meetings import complete, held, sampled, uid


def listed(*dots: tuple[int, str, int], text: str = "Keuze") -> list[Entity]:
    """Options 1, 2 and 3, and who put how many dots where."""
    options = [Option(id=OptionId(uid(60 + n)), text=f"{text} {n}", order=n) for n in (1, 2, 3)]
    votes = [
        Vote(id=VoteId(uid(70 + place)), option=OptionId(uid(60 + n)), ballot=ballot, dots=number)
        for place, (n, ballot, number) in enumerate(dots)
    ]
    return [*options, *votes]


def told(*dots: tuple[int, str, int], **fields: Any) -> tuple[str, list[tuple[str, ...]]]:
    """The sentence and the rows."""
    state = held(others=listed(*dots), **fields)
    said, grid = section(state, Part.VOTES).blocks
    assert isinstance(said, Paragraph)
    assert isinstance(grid, Grid)
    return said.text, list(grid.rows)


def test_most_dots_stand_on_top_and_who_voted_is_counted() -> None:
    said, rows = told((1, "a", 1), (3, "a", 2), (3, "b", 1), (2, "c", 0))
    assert said == "Er is 2 keer gestemd, met 3 stippen per persoon. Er zijn 4 stippen geteld."
    assert rows == [("Keuze 3", "3"), ("Keuze 1", "1"), ("Keuze 2", "0")]


def test_of_dots_counted_by_hand_nobody_knows_how_many_voted() -> None:
    said, rows = told((2, "", 17))
    assert said == "Er zijn 17 stippen geteld."
    assert rows[0] == ("Keuze 2", "17")


def test_it_says_that_the_vote_goes_on() -> None:
    assert told((1, "a", 1), voting=True)[0].endswith("Het stemmen is nog niet gesloten.")


def test_one_dot_is_no_dots() -> None:
    said, _rows = told((1, "a", 1), dots=1)
    assert said == "Er is 1 keer gestemd, met 1 stip per persoon. Er is 1 stip geteld."


@pytest.mark.parametrize("dots", [[], [(1, "a", 0)]])
def test_a_vote_in_which_nobody_voted_is_left_out(dots: list[tuple[int, str, int]]) -> None:
    assert section(held(others=listed(*dots)), Part.VOTES).blocks == ()


def test_the_theme_stands_beside_an_option() -> None:
    grid = section(sampled(), Part.VOTES).blocks[1]
    assert isinstance(grid, Grid)
    assert [column.title for column in grid.columns] == ["Keuze", "Thema", "Stippen"]
    assert grid.rows[0] == ("Een vast aanspreekpunt op elke school", "thema 4", "17")
    assert [int(row[2]) for row in grid.rows] == [17, 14, 11, 6, 3]


@pytest.mark.parametrize("form", [form for form in ReportForm if Part.VOTES in PARTS[form]])
def test_it_stands_in_the_forms_that_have_it(form: ReportForm) -> None:
    assert "Stemmen" in [each.title for each in report(complete(form)).sections]


def test_the_forms_with_votes() -> None:
    assert {form for form in ReportForm if Part.VOTES in PARTS[form]} == {
        *(ReportForm.FULL, ReportForm.PARTICIPATION, ReportForm.FEEDBACK),
    }
    full = PARTS[ReportForm.FULL]
    assert full.index(Part.VOTES) == full.index(Part.PROPOSALS) + 1


@pytest.mark.parametrize("text", ["=1+1", "-9 maanden", "]]>", "😀 emoji", "x" * 2_000])
@pytest.mark.parametrize("ending", ["docx", "odt", "html", "md"])
def test_each_format_takes_any_option(ending: str, text: str) -> None:
    content = FORMATS[ending].made(held(others=listed((1, "a", 1), text=text)), {})
    assert content
    if ending in {"html", "md"} and text[0] != "]":
        assert f"{text.removeprefix('-')} 1" in content.decode()


@pytest.mark.parametrize("text", ["=1+1", "-9 maanden"])
def test_the_sheet_holds_text_as_text_and_dots_as_numbers(text: str) -> None:
    state = held(others=listed((1, "a", 2), text=text))
    book: Any = load_workbook(io.BytesIO(FORMATS["xlsx"].made(state, {})))
    sheet = book["Stemmen"]
    assert [cell.value for cell in sheet[1]] == ["Keuze", "Thema", "Stippen"]
    first = sheet[2]
    assert (first[0].value, first[0].data_type) == (f"{text} 1", "s")
    assert (first[2].value, first[2].data_type) == (2, "n")
    assert sheet.max_row == 4
