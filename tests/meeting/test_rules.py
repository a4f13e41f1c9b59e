"""What each rule gives when all is well."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest

from facilitator.kernel.entity import in_order
from facilitator.kernel.errors import NotFound
from facilitator.kernel.roles import Role
from facilitator.kernel.undo import Undo
from facilitator.meeting.arranging import (
    MarkConclusion,
    PlaceNotes,
    RemoveCategory,
    cells_of,
    notes_in,
)
from facilitator.meeting.categories import (
    AddCategory,
    Category,
    EditCategory,
    MoveCategory,
    categories_of,
    rows,
)
from facilitator.meeting.checkin import AddCheckIn, CheckIn, MoveCheckIn, SendCheckIn, average
from facilitator.meeting.explanations import EditExplanation, SettleExplanation, explanation_of
from facilitator.meeting.fields import Typed
from facilitator.meeting.meeting import EditMeeting, Meeting, Phase
from facilitator.meeting.notes import (
    IN_CELL,
    ApproveNotes,
    EditNote,
    HideNotes,
    Note,
    WriteNote,
    in_the_hall,
)
from facilitator.meeting.outcomes import AddAgreement, Agreement, EditAgreement, MoveAgreement
from facilitator.meeting.outcomes import agreements as agreements_of
from facilitator.meeting.people import EditParticipant, Join, MoveParticipant, Participant, SitDown
from facilitator.meeting.photos import AddPhoto, MovePhoto, RemovePhoto
from facilitator.meeting.photos import photos as photos_of
from facilitator.meeting.programme import NextStep, Step, rounds
from facilitator.meeting.projector import Blacken, Lighten, PreviousScene, SceneName, ShowScene
from facilitator.meeting.projector import the_projector as projector_of
from facilitator.meeting.tables import (
    AddTable,
    AddTables,
    RemoveTable,
    Table,
    code_of,
    table_with,
    tables,
)
from facilitator.meeting.themes import (
    AddTheme,
    Colour,
    EditTheme,
    MoveTheme,
    RemoveTheme,
    Theme,
    number_of,
)
from facilitator.meeting.themes import themes as themes_of

from .cafes import NEW, PHONE, clock_step, make, named, opened, theme, with_category, with_note
from .play import Cafe


def ids(things: Any) -> list[UUID]:
    return [thing.id for thing in things]


def write(cafe: Cafe, text: str = "x", role: Role = Role.FACILITATOR, **fields: Any) -> Note:
    note: Any = uuid4()
    wanted = {"table": None, "step": None, **fields}
    cafe.do(make(WriteNote, note=note, text=text, **wanted), role, uuid4())
    return cafe.state.get(Note, note)


def test_doors_open_and_close() -> None:
    assert opened().one(Meeting).phase is Phase.LIVE


def test_only_what_is_sent_of_a_meeting_changes() -> None:
    cafe = Cafe()
    before = cafe.one(Meeting)
    cafe.do(make(EditMeeting, place=" Het  Huis\n", purpose="a\r\nb", date=None))
    after = cafe.one(Meeting)
    assert (after.place, after.purpose, after.title) == ("Het Huis", "a\nb", before.title)


def test_a_note_knows_where_it_was_written() -> None:
    cafe = opened()
    table, round_one = cafe.one(Table), rounds(cafe.state)[0]
    note = write(cafe, " Meer\r\nbankjes ", PHONE, table=table.id, step=round_one.id)
    assert (note.text, note.table, note.theme, note.round) == (
        "Meer\nbankjes",
        table.id,
        table.theme,
        round_one.id,
    )
    assert note.written_at is not None
    assert (note.written_at.second, note.author) == (0, None)
    welcome = next(step for step in cafe.all(Step) if step.activity == "welcome")
    assert write(cafe, step=welcome.id).round is None


def test_a_note_for_the_open_theme_may_come_from_any_table() -> None:
    cafe = opened()
    cafe.do(make(EditTheme, theme=theme(cafe, 2), open=True))
    note = write(cafe, role=PHONE, table=cafe.one(Table).id, theme=theme(cafe, 2))
    assert note.theme == theme(cafe, 2)


def test_a_note_for_a_theme_that_is_not_open_stands_with_the_theme_of_its_table() -> None:
    cafe = opened()
    table = cafe.one(Table)
    assert theme(cafe, 1) != table.theme
    assert write(cafe, role=PHONE, table=table.id, theme=theme(cafe, 1)).theme == table.theme


def test_a_round_and_a_theme_that_were_removed_lose_no_note() -> None:
    cafe = opened()
    table = cafe.one(Table)
    cafe.do(make(WriteNote, note=NEW, text="x", table=table.id, step=uuid4(), theme=uuid4()), PHONE)
    note = cafe.one(Note)
    assert (note.table, note.theme, note.round) == (table.id, table.theme, None)


def test_a_table_that_was_removed_loses_no_note_that_a_phone_kept() -> None:
    cafe = opened()
    table, round_one = cafe.one(Table), rounds(cafe.state)[0]
    cafe.do(make(RemoveTable, table=table.id))
    note = write(cafe, "Toch gehoord", PHONE, table=table.id, step=round_one.id)
    assert (note.text, note.table, note.round) == ("Toch gehoord", None, round_one.id)
    with pytest.raises(NotFound, match="table"):
        write(cafe, table=table.id)


def test_in_a_named_meeting_a_note_has_its_author() -> None:
    cafe = named()
    someone = uuid4()
    command = make(WriteNote, note=NEW, text="x", table=None, step=None)
    cafe.do(Join(id=someone, table=None, name=" Mevrouw  Proef "), PHONE, None)
    cafe.do(command, PHONE, someone)
    assert (cafe.one(Note).author, cafe.one(Participant).name) == (someone, "Mevrouw Proef")


def test_with_approval_a_note_waits() -> None:
    cafe = opened()
    cafe.do(make(EditMeeting, approval=True))
    note = write(cafe, role=PHONE, key="k")
    assert not in_the_hall(note)
    cafe.do(make(ApproveNotes, notes=(note.id,)))
    assert in_the_hall(cafe.one(Note))
    cafe.do(make(EditNote, note=note.id, text="y", key="k"), PHONE, None)
    assert not in_the_hall(cafe.one(Note))
    assert in_the_hall(write(cafe))


def test_who_has_the_key_edits_the_note() -> None:
    cafe = with_note("mijn")
    cafe.do(make(EditNote, note=NEW, text="y", key="mijn"), PHONE, None)
    assert cafe.one(Note).text == "y"


def test_a_hidden_note_is_kept_out_of_sight() -> None:
    cafe = with_note()
    cafe.do(make(HideNotes, notes=(NEW,)))
    assert not in_the_hall(cafe.one(Note))
    cafe.do(make(HideNotes, notes=(NEW,), hidden=False))
    assert in_the_hall(cafe.one(Note))


def test_notes_are_placed_in_the_order_in_which_they_are_named() -> None:
    cafe = with_category()
    first, second, third = (write(cafe, theme=theme(cafe)) for _ in range(3))
    cell = {"theme": theme(cafe), "category": NEW}
    cafe.do(make(PlaceNotes, notes=(third.id, first.id), **cell))
    cafe.do(make(PlaceNotes, notes=(second.id,), before=first.id, **cell))
    assert ids(notes_in(cafe.state, (theme(cafe), NEW))) == ids([third, second, first])
    assert cells_of(cafe.state, theme(cafe)) == [(theme(cafe), None), (theme(cafe), NEW)]


def test_between_two_there_is_always_room() -> None:
    cafe = opened()
    first, last, *others = (write(cafe, theme=theme(cafe)) for _ in range(100))
    for note in others:
        moved = make(PlaceNotes, notes=(note.id,), theme=theme(cafe), category=None, before=last.id)
        cafe.do(moved)
        last = cafe.state.get(Note, note.id)
    found = in_order(cafe.state.where(IN_CELL, (theme(cafe), None)))
    assert found[0].id == first.id
    assert ids(found[1:]) == [*reversed(ids(others)), found[-1].id]
    assert len({note.order for note in found}) == 100


def test_without_its_category_a_note_is_loose() -> None:
    cafe = with_category()
    note = write(cafe, theme=theme(cafe))
    cafe.do(make(PlaceNotes, notes=(note.id,), theme=theme(cafe), category=NEW))
    loose = write(cafe, theme=theme(cafe))
    cafe.do(make(RemoveCategory, category=NEW))
    assert ids(notes_in(cafe.state, (theme(cafe), None))) == ids([loose, note])


def test_a_conclusion_stands_out() -> None:
    cafe = with_note()
    cafe.do(make(MarkConclusion, note=NEW, conclusion=True))
    assert cafe.one(Note).conclusion


def test_categories_of_a_theme_and_rows_across_all() -> None:
    cafe = with_category()
    row: Any = uuid4()
    cafe.do(make(AddCategory, category=row, title="Kansen"))
    other: Any = uuid4()
    cafe.do(make(AddCategory, category=other, title="Laan", theme=theme(cafe), before=NEW))
    assert ids(categories_of(cafe.state, theme(cafe))) == [other, NEW]
    cafe.do(make(MoveCategory, category=other))
    cafe.do(make(EditCategory, category=row, title="Zorgen"))
    assert ids(categories_of(cafe.state, theme(cafe))) == [NEW, other]
    assert [category.title for category in rows(cafe.state)] == ["Zorgen"]


@pytest.mark.parametrize(
    ("grades", "expected"), [([], None), ([8], "8.000"), ([8, 9, 9], "8.667"), ([7, 8], "7.500")]
)
def test_the_average_has_three_decimals(grades: list[int], expected: str | None) -> None:
    cafe = opened()
    for grade in grades:
        cafe.do(make(SendCheckIn, check_in=uuid4(), grade=grade), PHONE, None)
    cafe.do(make(AddCheckIn, check_in=uuid4(), word="blij"))
    assert average(cafe.all(CheckIn)) == (Decimal(expected) if expected else None)


def test_a_check_in_may_be_changed_and_moved() -> None:
    cafe = opened()
    other: Any = uuid4()
    cafe.do(make(SendCheckIn, check_in=NEW, word="moe"), PHONE, None)
    cafe.do(make(SendCheckIn, check_in=other, word="blij"), PHONE, None)
    cafe.do(make(SendCheckIn, check_in=NEW, word="fris", grade=9), PHONE, None)
    cafe.do(make(MoveCheckIn, check_in=other, before=NEW))
    assert [(one.word, one.grade) for one in in_order(cafe.all(CheckIn))] == [
        ("blij", None),
        ("fris", 9),
    ]


def test_two_who_type_in_one_explanation_lose_nothing() -> None:
    cafe = Cafe()
    one: Any = theme(cafe)
    cafe.do(make(EditExplanation, theme=one, edit=Typed("", "Er is weinig groen.")))
    base = "Er is weinig groen."
    cafe.do(make(EditExplanation, theme=one, edit=Typed(base, "Er is nu weinig groen.")))
    cafe.do(make(EditExplanation, theme=one, edit=Typed(base, "Er is weinig groen. Veel steen.")))
    known = explanation_of(cafe.state, one)
    assert (known.text, known.clash) == ("Er is nu weinig groen. Veel steen.", False)
    cafe.do(make(EditExplanation, theme=one, edit=Typed(base, "Er is hier weinig groen.")))
    assert explanation_of(cafe.state, one).clash
    cafe.do(make(SettleExplanation, theme=one))
    assert not explanation_of(cafe.state, one).clash


def test_agreements_are_made_mended_and_ordered() -> None:
    cafe = Cafe()
    other: Any = uuid4()
    cafe.do(make(AddAgreement, agreement=NEW, what="Bomen kiezen", who="de werkgroep"))
    cafe.do(make(AddAgreement, agreement=other, what="Bellen"))
    cafe.do(make(EditAgreement, agreement=NEW, when=Typed("", "voor 1 december")))
    cafe.do(make(MoveAgreement, agreement=other, before=NEW))
    first, second = agreements_of(cafe.state)
    assert isinstance(first, Agreement)
    assert (first.what, second.who, second.when) == ("Bellen", "de werkgroep", "voor 1 december")


def test_who_joins_twice_is_one_and_may_sit_elsewhere() -> None:
    cafe = opened()
    first, second = cafe.all(Table)[:2]
    someone = uuid4()
    cafe.do(Join(id=someone, table=first.id, name="Naam"), PHONE, None)
    cafe.do(make(SitDown, table=second.id), PHONE, someone)
    (there,) = cafe.all(Participant)
    assert (there.id, there.table, there.name) == (someone, second.id, "")
    cafe.do(make(EditParticipant, participant=someone, organisation="Buurthuis"))
    cafe.do(make(MoveParticipant, participant=someone))
    assert cafe.one(Participant).organisation == "Buurthuis"


def test_a_table_has_a_number_and_a_code_for_ever() -> None:
    cafe = opened()
    cafe.do(make(AddTable, table=NEW, before=cafe.one(Table).id))
    table = cafe.state.get(Table, NEW)
    assert (table.number, table.code) == (4, code_of(NEW))
    assert table_with(cafe.state, f" {table.code.lower()} ") is table
    someone = uuid4()
    cafe.do(Join(id=someone, table=table.id), PHONE, None)
    cafe.do(make(RemoveTable, table=NEW))
    assert cafe.one(Participant).table is None


def test_many_tables_are_one_step() -> None:
    cafe = Cafe()
    themes = [thing.id for thing in themes_of(cafe.state)][:2]
    before, entries = tables(cafe.state), len(cafe.entries)
    new = tuple(uuid4() for _ in range(5))
    cafe.do(make(AddTables, tables=(*new, new[0], before[0].id), themes=tuple(themes), seats=8))
    made = tables(cafe.state)[len(before) :]
    assert [table.id for table in made] == list(new)
    assert [table.number for table in made] == [len(before) + n for n in range(1, 6)]
    assert len({table.code for table in tables(cafe.state)}) == len(before) + 5
    assert {table.seats for table in made} == {8}
    uses = [sum(table.theme == key for table in tables(cafe.state)) for key in themes]
    assert max(uses) - min(uses) <= 1
    assert tables(cafe.state)[: len(before)] == before
    assert len(cafe.entries) == entries + 1
    cafe.do(make(Undo, entry=cafe.entries[-1].revision))
    assert tables(cafe.state) == before


def test_tables_without_themes_have_none() -> None:
    cafe = Cafe()
    cafe.do(make(AddTables, tables=(NEW,)))
    assert cafe.state.get(Table, NEW).theme is None
    cafe.do(make(AddTables, tables=()))
    assert tables(cafe.state)[-1].id == NEW


def test_a_theme_goes_with_its_categories_and_explanation() -> None:
    cafe = with_category()
    one: Any = theme(cafe)
    cafe.do(make(EditExplanation, theme=one, edit=Typed("", "x")))
    cafe.do(make(AddPhoto, photo=NEW, width=3, height=2, theme=one))
    cafe.do(make(ShowScene, scene=SceneName.WALL, theme=one))
    cafe.do(make(RemoveTheme, theme=one))
    assert not cafe.all(Category)
    assert one not in {table.theme for table in cafe.all(Table)}
    assert (photos_of(cafe.state)[0].theme, projector_of(cafe.state).theme) == (None, None)
    assert cafe.undo()
    assert cafe.all(Category)


def test_themes_are_numbered_by_their_place_and_one_is_open() -> None:
    cafe = Cafe()
    cafe.do(make(AddTheme, theme=NEW, title="Open", open=True))
    assert cafe.state.get(Theme, NEW).colour is list(Colour)[3]
    first: Any = theme(cafe)
    cafe.do(make(EditTheme, theme=first, open=True))
    assert [one.open for one in themes_of(cafe.state)] == [True, False, False, False]
    cafe.do(make(MoveTheme, theme=NEW, before=first))
    assert number_of(cafe.state, cafe.state.get(Theme, NEW)) == 1


def test_photos_stand_in_order() -> None:
    cafe = Cafe()
    other: Any = uuid4()
    cafe.do(make(AddPhoto, photo=NEW, width=3, height=2))
    cafe.do(make(AddPhoto, photo=other, width=3, height=2, caption="De wand"))
    cafe.do(make(MovePhoto, photo=other, before=NEW))
    assert ids(photos_of(cafe.state)) == [other, NEW]
    cafe.do(make(RemovePhoto, photo=NEW))
    assert cafe.undo()
    assert ids(photos_of(cafe.state)) == [other, NEW]


def test_the_previous_scene_is_never_that_of_another_step() -> None:
    cafe = opened()
    for _ in range(4):  # into the switch after the first round
        cafe.do(make(NextStep, leaving=clock_step(cafe)))
    assert projector_of(cafe.state).scene is SceneName.SWITCH
    cafe.do(make(NextStep, leaving=clock_step(cafe)))
    assert projector_of(cafe.state).scene is SceneName.STEP
    cafe.do(make(PreviousScene))
    assert projector_of(cafe.state).scene is SceneName.DOORS, "what was shown before the steps"
    cafe.do(make(PreviousScene))
    assert projector_of(cafe.state).scene is SceneName.STEP


def test_the_hall_shows_what_is_asked_and_goes_back() -> None:
    cafe = Cafe()
    cafe.do(make(ShowScene, scene=SceneName.MATRIX))
    cafe.do(make(Blacken, black=True))
    assert projector_of(cafe.state).black
    cafe.do(make(ShowScene, scene=SceneName.WALL))
    assert (projector_of(cafe.state).scene, projector_of(cafe.state).black) == (
        SceneName.WALL,
        False,
    )
    cafe.do(make(PreviousScene))
    assert projector_of(cafe.state).scene is SceneName.MATRIX
    cafe.do(make(Lighten, light=True))
    assert projector_of(cafe.state).light
