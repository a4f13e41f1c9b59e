"""What the verslag says: all that the meeting holds, in order, and nothing empty."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

import pytest

from facilitator.meeting.checkin import CheckIn
from facilitator.meeting.hand_over import HandOver
from facilitator.meeting.ids import (
    AgreementId,
    CheckInId,
    HandOverId,
    NoteId,
    ParticipantId,
    PhotoId,
    StepId,
    TableId,
)
from facilitator.meeting.meeting import Attendance, Devices, Form
from facilitator.meeting.notes import Note
from facilitator.meeting.outcomes import Agreement
from facilitator.meeting.people import Participant
from facilitator.meeting.photos import Photo
from facilitator.meeting.programme import Step, StepKind
from facilitator.meeting.tables import Table
from facilitator.meeting.templates import Template, new_meeting
from facilitator.report.blocks import (
    Grid,
    Heading,
    Item,
    Listing,
    Matrix,
    Paragraph,
    Picture,
    Report,
    Section,
)
from facilitator.report.content import report
from facilitator.report.sheets import sheets
from facilitator.report.wording import NOTHING
from tests.report.meetings import MEETING, held, loaded, sampled, uid


def section(told: Report, title: str) -> Section:
    return next(section for section in told.sections if section.title == title)


def words_of(part: Section) -> str:
    return " ".join(f"{b.label} {b.text}" for b in part.blocks if isinstance(b, Paragraph))


def test_it_holds_everything_in_order() -> None:
    assert [part.title for part in report(sampled()).sections] == [
        "Aanwezig",
        "Aanleiding en doel",
        "Werkwijze",
        "Inchecken",
        "Thema’s en groepen",
        "Opbrengst",
        "Toelichting per thema",
        "Stemmen",
        "Besluiten",
        "Opgaven",
        "Afspraken",
        "Zo gaat het verder",
        "Uitchecken",
        "Bijlage: alle notities",
    ]


def test_the_title_block() -> None:
    told = report(sampled())
    assert told.title == "Leersessie teamleiders: dichtbij en op koers"
    assert {fact.label: fact.value for fact in told.facts} == {
        "Datum": "vrijdag 30 oktober 2026",
        "Tijd": "11.00–13.00 uur",
        "Plaats": "Buurthuis De Wilg, grote zaal",
        "Organisatie": "Welzijnsgroep Merelveen",
        "Verslag door": "Bo, secretariaat",
    }


def test_a_meeting_in_which_nothing_is_has_nothing_to_tell() -> None:
    told = report(loaded(new_meeting(MEETING, "Leeg", Template.EMPTY)))
    assert not told.sections
    assert not told.facts


@pytest.mark.parametrize(
    ("begins", "ends", "told"),
    [
        (dt.time(9, 30), None, "vanaf 9.30 uur"),
        (None, dt.time(12), "tot 12.00 uur"),
        (dt.time(9), dt.time(12), "9.00–12.00 uur"),
    ],
)
def test_the_hours(begins: dt.time | None, ends: dt.time | None, told: str) -> None:
    facts = {fact.label: fact.value for fact in report(held(begins=begins, ends=ends)).facts}
    assert facts["Tijd"].replace("09.", "9.") == told


def test_who_was_there_by_name() -> None:
    told = words_of(section(report(sampled()), "Aanwezig"))
    assert "17 deelnemers" in told
    assert "Anouk en Bram (wijkteam Noord), Cemile" in told


def test_who_was_there_by_number_or_not_at_all() -> None:
    counted = section(report(sampled(attendance=Attendance.NUMBERS)), "Aanwezig")
    assert counted.blocks == (Paragraph("Er waren 17 deelnemers."),)
    silent = report(sampled(attendance=Attendance.NONE))
    assert "Aanwezig" not in [part.title for part in silent.sections]
    groups = section(silent, "Thema’s en groepen").blocks[0]
    assert isinstance(groups, Grid)
    assert "Groep" not in [column.title for column in groups.columns]


def test_the_people_behind_one_device_count_each() -> None:
    table = TableId(uid(500))
    row = [
        Participant(id=ParticipantId(uuid4()), table=table, people=people) for people in (4, 1, 6)
    ]
    told = report(held(others=row, devices=Devices.TABLE))
    assert section(told, "Aanwezig").blocks == (Paragraph("Er waren 11 deelnemers."),)


def test_what_was_handed_over_stands_by_table_and_round() -> None:
    left = HandOver(
        id=HandOverId(uuid4()),
        table=TableId(uid(500)),
        round=StepId(uid(501)),
        points=("Begin bij het licht", "Vraag de buren"),
    )
    blocks = section(report(held(others=[left])), "Bijlage: overdracht aan tafel").blocks
    assert blocks == (
        Heading("Tafel 1"),
        Listing(
            (Item("Begin bij het licht", "ronde 1"), Item("Vraag de buren", "ronde 1")),
            small=True,
        ),
    )
    assert "Bijlage: overdracht aan tafel" not in [each.title for each in report(held()).sections]


def test_a_photo_of_a_table_says_so_to_who_cannot_see_it() -> None:
    photo = Photo(id=PhotoId(uuid4()), width=4, height=3, table=TableId(uid(500)))
    (shown,) = section(report(held(others=[photo]), {photo.id}), "Foto’s").blocks
    assert isinstance(shown, Picture)
    assert shown.described == "Foto van tafel 1"


def test_names_stay_out_where_only_numbers_are_told() -> None:
    told = str(report(sampled(attendance=Attendance.NUMBERS)).sections[:5])
    assert "Cemile" not in told
    assert "5 deelnemers" in told


def test_the_check_in() -> None:
    told = words_of(section(report(sampled()), "Inchecken"))
    assert "Gemiddeld cijfer 8,765, van 17 cijfers; het laagste was 7 en het hoogste 10." in told
    assert "nieuwsgierig, volle agenda" in told


def test_keywords_are_counted_and_the_average_has_three_decimals() -> None:
    said = [("Druk", 8), ("druk", None), ("", 8), ("blij", None)]
    row = [
        CheckIn(id=CheckInId(uuid4()), word=word, grade=grade, order=place)
        for place, (word, grade) in enumerate(said)
    ]
    told = words_of(section(report(held(others=row)), "Inchecken"))
    assert "Trefwoorden Druk (2×), blij" in told
    assert "Gemiddeld cijfer 8,000, van 2 cijfers" in told


def test_the_method_as_it_was_written() -> None:
    blocks = section(report(sampled()), "Werkwijze").blocks
    assert isinstance(blocks[0], Paragraph)
    assert blocks[0].text.startswith("World café met vier groepen")
    assert isinstance(blocks[1], Listing)
    assert blocks[1].items[0].text.startswith("Ronde 1: Wat merk je")


def test_the_method_told_from_the_programme() -> None:
    blocks = section(report(sampled(method="")), "Werkwijze").blocks
    assert blocks[0] == Paragraph(
        "World café met thematafels: elke tafel had een eigen thema. Er waren 4 tafels. "
        "Er waren 5 thema’s. Er waren 3 rondes van 20 minuten."
    )
    assert isinstance(blocks[1], Grid)
    assert blocks[1].rows[0][:2] == ("11.00 uur", "Welkom")
    assert blocks[1].rows[2] == (
        "11.15 uur",
        "Ronde 1",
        "Wat merk je in je eigen team, en wat werkt?",
    )
    assert blocks[1].rows[-1][:2] == ("12.55 uur", "Afsluiten")


def test_the_method_of_a_classic_cafe_without_times() -> None:
    longer = Step(id=StepId(uid(502)), activity=StepKind.ROUND, length=900, order=2, title="Slot")
    blocks = section(report(held(form=Form.CLASSIC, others=[longer])), "Werkwijze").blocks
    assert isinstance(blocks[0], Paragraph)
    assert blocks[0].text.startswith("World café: aan elke tafel dezelfde vraag")
    assert blocks[0].text.endswith("Er waren 2 rondes.")
    assert isinstance(blocks[1], Grid)
    assert blocks[1].rows == (("20 minuten", "Ronde 1"), ("15 minuten", "Slot"))


def test_themes_tell_their_tables_and_groups() -> None:
    grid = section(report(sampled()), "Thema’s en groepen").blocks[0]
    assert isinstance(grid, Grid)
    assert [column.title for column in grid.columns] == ["Thema", "Vraag", "Tafel", "Groep"]
    assert grid.rows[0][2:] == ("1", "Anouk, Esra, Ilias, Mirjam en Roos")
    assert grid.rows[4][2:] == ("alle", "iedereen")


def test_themes_alone_are_a_list() -> None:
    blocks = section(report(held(themes=2)), "Thema’s en groepen").blocks
    assert blocks == (Listing((Item("Thema 1"), Item("Thema 2")), numbered=True),)


def test_groups_of_tables_without_themes() -> None:
    people = [
        Participant(id=ParticipantId(uid(600 + n)), name=name, table=TableId(uid(500)), order=n)
        for n, name in enumerate(["Ada", "Bo"])
    ]
    told = report(held(themes=0, attendance=Attendance.NAMES, others=people))
    blocks = section(told, "Thema’s en groepen").blocks
    assert blocks == (Listing((Item("Tafel 1: Ada en Bo"),)),)


def test_decisions_and_tasks_tell_their_theme() -> None:
    listing = section(report(sampled()), "Opgaven").blocks[0]
    assert isinstance(listing, Listing)
    assert listing.numbered
    assert listing.items[0] == Item("Een vast aanspreekpunt op elke school.", "thema 4")


def test_agreements_are_a_table() -> None:
    grid = section(report(sampled()), "Afspraken").blocks[0]
    assert isinstance(grid, Grid)
    assert [column.title for column in grid.columns] == ["Nr", "Wat", "Wie", "Wanneer"]
    assert grid.rows[1][2:] == ("Roos", "voor 15 november 2026")


@pytest.mark.parametrize(
    ("when", "told"),
    [
        ("voor 15 november", "voor 15 november"),
        ("voor 3 november", "voor 3 november"),
        ("eind januari", "eind januari"),
        ("zo snel mogelijk", "zo snel mogelijk"),
        ("vrijdag", "vrijdag (6 november 2026)"),
        ("uiterlijk volgende week vrijdag", "uiterlijk volgende week vrijdag (6 november 2026)"),
        ("", "–"),
    ],
)
def test_a_day_that_is_told_from_the_meeting_gets_its_date(when: str, told: str) -> None:
    agreed = Agreement(id=AgreementId(uid(800)), what="Bellen", when=when)
    day = dt.date(2026, 10, 30)  # a Friday
    state = held(others=[agreed], date=day)
    grid = section(report(state), "Afspraken").blocks[0]
    assert isinstance(grid, Grid)
    assert grid.rows[0][-1] == told
    sheet = next(sheet for sheet in sheets(state) if sheet.title == "Afspraken")
    assert sheet.rows[0][-1] == told.replace(NOTHING, "")


def test_an_agreement_of_the_last_day_there_is_can_be_told() -> None:
    agreed = Agreement(id=AgreementId(uid(800)), what="Bellen", when="vrijdag")
    grid = section(report(held(others=[agreed], date=dt.date.max)), "Afspraken").blocks[0]
    assert isinstance(grid, Grid)
    assert grid.rows[0][-1] == "vrijdag"


def test_who_is_on_the_list_of_a_meeting_without_names_is_not_counted_again() -> None:
    when = dt.datetime(2026, 10, 30, 9, tzinfo=dt.UTC)
    row = [
        Participant(id=ParticipantId(uid(800 + place)), joined_at=when if place < 3 else None)
        for place in range(5)
    ]
    told = report(held(others=row, attendance=Attendance.NUMBERS))
    assert "Er waren 3 deelnemers." in words_of(section(told, "Aanwezig"))


def test_what_happens_next() -> None:
    told = words_of(section(report(sampled()), "Zo gaat het verder"))
    assert "binnen een week" in told
    assert "Volgende bijeenkomst Vrijdag 29 januari 2027" in told


def test_the_language_is_that_of_the_meeting() -> None:
    told = report(sampled("en"))
    assert told.language == "en"
    assert {fact.value for fact in told.facts} >= {"Friday 30 October 2026"}


def matrices(told: Report) -> list[Matrix]:
    return [b for part in told.sections for b in part.blocks if isinstance(b, Matrix)]


def test_the_matrix_stacks_the_own_categories_of_each_theme() -> None:
    (matrix,) = matrices(report(sampled()))
    assert matrix.columns[0].title == "1. De rol van de teamleider"
    (row,) = matrix.rows
    assert [group.title for group in row.cells[0]] == ["Rol", "Taken", "Naam", "Los"]
    assert [group.title for group in row.cells[2]] == [""]
    assert row.cells[0][0].notes[-1].conclusion
    assert not matrix.corner


def test_rows_across_themes_are_rows() -> None:
    (matrix,) = matrices(report(held([f"n{n}" for n in range(24)], across=2, own=0)))
    assert [row.title for row in matrix.rows] == ["Rij 0", "Rij 1", "Los"]
    assert matrix.corner == "Categorie"
    (mixed,) = matrices(report(held([f"n{n}" for n in range(24)], across=1, own=1)))
    assert [row.title for row in mixed.rows] == ["Per thema", "Rij 0", "Los"]


def test_rows_alone_need_no_row_for_what_is_loose() -> None:
    state = held(["a"], across=1, own=0, themes=1)
    note = next(iter(state.all(Note)))
    placed = type(note)(id=note.id, text="a", theme=note.theme, category=uid(1000))  # type: ignore[arg-type]
    state.load([*(e for e in state.entities() if e.id != note.id), placed], revision=2)
    (matrix,) = matrices(report(state))
    assert [row.title for row in matrix.rows] == ["Rij 0"]


@pytest.mark.parametrize(
    ("themes", "parts"), [(1, [1]), (5, [5]), (6, [3, 3]), (7, [3, 4]), (20, [5, 5, 5, 5])]
)
def test_more_than_five_themes_are_spread_evenly(themes: int, parts: list[int]) -> None:
    found = matrices(report(held([f"n{n}" for n in range(40)], themes=themes)))
    assert [len(matrix.columns) for matrix in found] == parts


def test_without_themes_all_notes_stand_in_one_column() -> None:
    (matrix,) = matrices(report(held(["a", "b"], themes=0, own=0)))
    assert [column.title for column in matrix.columns] == ["Alle notities"]


def test_hidden_notes_are_counted_and_those_that_the_hall_has_not_seen_are_shown() -> None:
    others = [
        Note(id=NoteId(uid(1)), text="grof", hidden=True),
        Note(id=NoteId(uid(2)), text="wacht", approved=False),
        Note(id=NoteId(uid(3)), text="ook grof", hidden=True, approved=False),
    ]
    told = report(held(["goed"], others=others))
    assert "grof" not in str(told)
    assert "wacht" in str(told)
    text = words_of(told.sections[-1])
    assert "Hier staan 2 notities, woord voor woord." in text
    assert "Er zijn 2 notities verborgen" in text


def test_a_late_note_says_so() -> None:
    table = Table(id=TableId(uid(700)), number=4, code="ZZZ22")
    late = Note(id=NoteId(uid(3)), text="laat", late=True, table=table.id, round=StepId(uid(501)))
    told = report(held(others=[table, late]))
    assert Item("laat", "tafel 4, ronde 1, nagekomen") in [
        item
        for block in told.sections[-1].blocks
        if isinstance(block, Listing)
        for item in block.items
    ]
