from __future__ import annotations

from uuid import uuid4

import pytest

from facilitator.kernel.errors import Conflict, NotFound
from facilitator.kernel.history import LENGTH
from facilitator.kernel.roles import Role
from facilitator.kernel.undo import Undo
from facilitator.meeting.explanations import EditExplanation, Explanation
from facilitator.meeting.fields import Typed
from facilitator.meeting.ids import TableId, ThemeId
from facilitator.meeting.meeting import EditMeeting, Meeting
from facilitator.meeting.notes import Note, WriteNote
from facilitator.meeting.programme import AddTime, StartClock
from facilitator.meeting.tables import AddTable, RemoveTable, Table
from facilitator.meeting.themes import AddTheme, EditTheme, RemoveTheme, Theme

from .play import OWNER, SECRETARY, Cafe


def revision(cafe: Cafe) -> int:
    return cafe.entries[-1].revision


def test_undo_and_redo_walk_back_and_forth() -> None:
    cafe = Cafe()
    titles = ["Een", "Twee", "Drie"]
    for title in titles:
        cafe.do(EditMeeting(id=uuid4(), title=title))
    for title in ["Twee", "Een", "Proef"]:
        assert cafe.undo()
        assert cafe.one(Meeting).title == title
    assert not cafe.undo()
    for title in titles:
        assert cafe.redo()
        assert cafe.one(Meeting).title == title
    assert not cafe.redo()


def test_after_something_new_nothing_is_left_to_redo() -> None:
    cafe = Cafe()
    cafe.do(EditMeeting(id=uuid4(), title="Een"))
    cafe.undo()
    undone = revision(cafe)
    cafe.do(EditMeeting(id=uuid4(), place="Zaal"))
    assert not cafe.redo()
    assert cafe.code(Undo(id=uuid4(), entry=undone)) == "undo.done"


def test_an_undo_that_is_sent_twice_is_refused() -> None:
    cafe = Cafe()
    cafe.do(EditMeeting(id=uuid4(), title="Een"))
    first = revision(cafe)
    cafe.do(Undo(id=uuid4(), entry=first))
    assert cafe.code(Undo(id=uuid4(), entry=first)) == "undo.done"


def test_something_in_the_middle_may_be_taken_back_and_leaves_the_rest_of_the_list() -> None:
    cafe = Cafe()
    cafe.do(EditMeeting(id=uuid4(), title="Een"))
    cafe.do(EditMeeting(id=uuid4(), place="Zaal"))
    cafe.do(Undo(id=uuid4(), entry=cafe.entries[0].revision))
    meeting = cafe.one(Meeting)
    assert (meeting.title, meeting.place) == ("Proef", "Zaal")
    assert cafe.undo()
    assert not cafe.undo()
    assert cafe.one(Meeting).place == ""


def test_each_has_a_list_of_their_own() -> None:
    cafe = Cafe()
    cafe.do(EditMeeting(id=uuid4(), title="Een"))
    cafe.do(EditMeeting(id=uuid4(), place="Zaal"), Role.SECRETARY, SECRETARY)
    assert cafe.undo()
    assert (cafe.one(Meeting).title, cafe.one(Meeting).place) == ("Proef", "Zaal")
    mine = cafe.entries[0].revision
    with pytest.raises(NotFound, match=r"undo\.unknown"):
        cafe.do(Undo(id=uuid4(), entry=mine), Role.SECRETARY, SECRETARY)


def test_only_the_fields_that_one_changed_are_restored() -> None:
    cafe = Cafe()
    cafe.do(EditMeeting(id=uuid4(), title="Een", place="Hier"))
    cafe.do(EditMeeting(id=uuid4(), place="Daar"), Role.SECRETARY, SECRETARY)
    with pytest.raises(Conflict, match=r"undo\.changed"):
        cafe.undo()
    cafe.do(EditMeeting(id=uuid4(), place="Hier"), Role.SECRETARY, SECRETARY)
    cafe.do(EditMeeting(id=uuid4(), purpose="Doel"), Role.SECRETARY, SECRETARY)
    cafe.undo()
    meeting = cafe.one(Meeting)
    assert (meeting.title, meeting.place, meeting.purpose) == ("Proef", "", "Doel")


def test_what_others_took_away_or_use_is_not_undone() -> None:
    cafe = Cafe()
    theme = ThemeId(uuid4())
    cafe.do(AddTheme(id=uuid4(), theme=theme, title="Nieuw"))
    cafe.do(EditTheme(id=uuid4(), theme=theme, title="Anders"))
    cafe.do(RemoveTheme(id=uuid4(), theme=theme), Role.SECRETARY, SECRETARY)
    assert cafe.code(Undo(id=uuid4(), entry=cafe.entries[1].revision)) == "undo.gone"
    cafe.undo(SECRETARY)
    write = WriteNote(id=uuid4(), note=uuid4(), text="x", table=None, step=None, theme=theme)  # type: ignore[arg-type]
    cafe.do(write, Role.SECRETARY, SECRETARY)
    cafe.undo()
    assert cafe.code(Undo(id=uuid4(), entry=cafe.entries[0].revision)) == "reference.in_use"
    assert [note.theme for note in cafe.all(Note)] == [theme]


def test_what_points_at_what_is_gone_does_not_come_back() -> None:
    cafe = Cafe()
    theme = cafe.one(Theme).id
    cafe.do(EditExplanation(id=uuid4(), theme=theme, edit=Typed(base="", text="Toelichting")))
    cafe.undo()
    undone = revision(cafe)
    assert not cafe.all(Explanation)
    cafe.do(RemoveTheme(id=uuid4(), theme=theme), Role.SECRETARY, SECRETARY)
    assert cafe.code(Undo(id=uuid4(), entry=undone)) == "reference.missing"


def test_a_number_that_was_given_away_does_not_come_back() -> None:
    cafe = Cafe()
    last = max(cafe.all(Table), key=lambda table: table.number)
    cafe.do(RemoveTable(id=uuid4(), table=last.id))
    removed = revision(cafe)
    cafe.do(AddTable(id=uuid4(), table=TableId(uuid4())), Role.SECRETARY, SECRETARY)
    assert cafe.code(Undo(id=uuid4(), entry=removed)) == "undo.changed"
    cafe.undo(SECRETARY)
    assert cafe.undo()


def test_a_second_open_theme_does_not_come_back() -> None:
    cafe = Cafe()
    first, second = (theme.id for theme in cafe.all(Theme)[:2])
    cafe.do(EditTheme(id=uuid4(), theme=first, open=True))
    cafe.do(EditTheme(id=uuid4(), theme=first, open=False))
    closed = revision(cafe)
    cafe.do(EditTheme(id=uuid4(), theme=second, open=True), Role.SECRETARY, SECRETARY)
    assert cafe.code(Undo(id=uuid4(), entry=closed)) == "undo.changed"


def test_the_clock_and_the_notes_of_participants_are_not_on_the_list() -> None:
    cafe = Cafe().open()
    cafe.do(StartClock(id=uuid4()))
    cafe.do(AddTime(id=uuid4(), seconds=60))
    cafe.do(WriteNote(id=uuid4(), note=uuid4(), text="x", table=None, step=None))  # type: ignore[arg-type]
    assert not cafe.undo()


def test_what_is_too_long_ago_is_forgotten() -> None:
    cafe = Cafe()
    for number in range(LENGTH + 1):
        cafe.do(EditMeeting(id=uuid4(), title=f"Titel {number}"))
    first = cafe.entries[0].revision
    assert cafe.code(Undo(id=uuid4(), entry=first), actor=OWNER) == "undo.unknown"
