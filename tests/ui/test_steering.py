"""From in front of the hall: all phones stand still, what others write, the wall; and back."""

from __future__ import annotations

from uuid import uuid4

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from facilitator.meeting.ids import NoteId
from facilitator.meeting.meeting import (
    CloseMeeting,
    FreezePhones,
    Meeting,
    Phase,
    the_meeting,
)
from facilitator.meeting.notes import MOST_AT_ONCE, HideNotes, Note, WriteNote
from facilitator.meeting.programme import the_clock
from facilitator.meeting.projector import SceneName, ShowScene
from tests.ui.content import meeting_with, round_id, table_id
from tests.ui.tour import MEETINGS, Tour
from ui import actions
from ui.console.rounds import RoundsPage
from ui.console.words import ROUNDS_PAGE
from ui.projector.wall import newest


@pytest.fixture
def walk(qtbot: QtBot) -> Tour:
    made = Tour(qtbot, MEETINGS["live"]())
    made.view.show_page(ROUNDS_PAGE)
    return made


def rounds(walk: Tour) -> RoundsPage:
    page = walk.view.page(ROUNDS_PAGE)
    assert isinstance(page, RoundsPage)
    return page


def test_all_phones_stand_still_and_the_clock_goes_on(walk: Tour) -> None:
    page = rounds(walk)
    actions.start_or_pause(walk.view)
    assert walk.view.frozen.isHidden()
    page.freeze.click()
    assert the_meeting(walk.replica.state).frozen
    assert the_clock(walk.replica.state).running
    for number in range(6):
        walk.view.show_page(number)
        assert walk.view.frozen.isVisible()
    assert walk.view.frozen.text.text() == "Alle telefoons staan stil. De klok loopt door."
    assert walk.view.status.said.text() == "De telefoons staan stil."
    walk.view.show_page(ROUNDS_PAGE)
    page.refresh()
    assert page.freeze.isHidden()
    walk.view.frozen.action.click()
    assert not the_meeting(walk.replica.state).frozen
    assert walk.view.frozen.isHidden()
    page.refresh()
    assert page.freeze.isVisible()


def test_the_banner_stays_until_it_is_so(walk: Tour, monkeypatch: pytest.MonkeyPatch) -> None:
    rounds(walk).freeze.click()
    monkeypatch.setattr(walk.replica, "dispatch", lambda _command, _done: None)
    walk.view.frozen.action.click()
    assert walk.view.frozen.isVisible()
    assert walk.view.frozen.action.text() == "Laat weer schrijven"


def test_it_is_one_press_from_the_menu_of_each_page(walk: Tour) -> None:
    walk.view.show_page(0)
    walk.view.bound[actions.FREEZE].trigger()
    assert the_meeting(walk.replica.state).frozen
    walk.view.bound[actions.FREEZE].trigger()
    assert not the_meeting(walk.replica.state).frozen


def test_another_console_and_a_closed_meeting_take_the_banner_away(walk: Tour) -> None:
    walk.replica.send(FreezePhones(id=uuid4(), frozen=True))
    assert walk.view.frozen.isVisible()
    walk.replica.send(CloseMeeting(id=uuid4()))
    assert walk.view.frozen.isHidden()


def test_before_the_doors_nothing_can_stand_still(qtbot: QtBot) -> None:
    walk = Tour(qtbot, MEETINGS["prepared"]())
    walk.view.show_page(ROUNDS_PAGE)
    assert not rounds(walk).freeze.isEnabled()
    walk.view.bound[actions.FREEZE].trigger()
    assert walk.replica.sent == []
    assert walk.view.status.said.text() == "Dit kan zodra de deuren open zijn."


def test_what_others_write_is_shown_or_not_with_one_press(walk: Tour) -> None:
    page = rounds(walk)
    assert page.others.text() == "Verberg wat anderen schrijven"
    page.others.click()
    page.refresh()
    assert not the_meeting(walk.replica.state).show_earlier
    assert page.others.text() == "Toon wat anderen schrijven"
    page.others.click()
    assert the_meeting(walk.replica.state).show_earlier


def test_the_whole_wall_is_cleared_and_comes_back(walk: Tour) -> None:
    page, state = rounds(walk), walk.replica.state
    before = newest(state, None)
    assert before
    page.clear_button.click()
    assert newest(state, None) == []
    status = walk.view.status
    assert status.said.text() == "60 notities verborgen."
    assert status.back.isVisible()
    assert status.back.height() >= 44
    walk.replica.send(ShowScene(id=uuid4(), scene=SceneName.WALL))
    QTest.mouseClick(status.back, Qt.MouseButton.LeftButton)
    assert newest(state, None) == before
    assert status.back.isHidden()


def test_what_was_hidden_before_stays_hidden(walk: Tour) -> None:
    state = walk.replica.state
    first = next(iter(state.all(Note)))
    walk.replica.send(HideNotes(id=uuid4(), notes=(first.id,)))
    rounds(walk).clear_button.click()
    assert walk.view.status.said.text() == "59 notities verborgen."
    walk.view.status.back.click()
    assert [note.id for note in state.all(Note) if note.hidden] == [first.id]


def test_an_empty_wall_says_so(qtbot: QtBot) -> None:
    walk = Tour(qtbot, meeting_with(notes=0))
    walk.view.show_page(ROUNDS_PAGE)
    rounds(walk).clear_button.click()
    assert walk.view.status.said.text() == "Hier hangt geen enkele notitie."
    assert walk.replica.sent == []


def test_more_notes_than_one_command_takes(qtbot: QtBot) -> None:
    walk = Tour(qtbot, meeting_with(notes=MOST_AT_ONCE + 3))
    walk.view.show_page(ROUNDS_PAGE)
    rounds(walk).clear_button.click()
    state = walk.replica.state
    assert all(note.hidden for note in state.all(Note))
    assert len(walk.replica.sent) == 2
    walk.view.status.back.click()
    assert not any(note.hidden for note in state.all(Note))


def test_the_next_sentence_takes_the_way_back_away(walk: Tour) -> None:
    rounds(walk).clear_button.click()
    walk.view.say("Iets anders")
    assert walk.view.status.back.isHidden()


def test_a_note_that_comes_while_all_stands_still_is_late_and_kept(walk: Tour) -> None:
    rounds(walk).freeze.click()
    walk.replica.role = type(walk.replica.role).PARTICIPANT
    note = NoteId(uuid4())
    walk.replica.send(
        WriteNote(id=uuid4(), note=note, text="Laat", table=table_id(1), step=round_id(2))
    )
    assert walk.replica.state.get(Note, note).late


def test_a_meeting_that_was_frozen_when_it_was_opened_says_so(qtbot: QtBot) -> None:
    entities = [
        msgspec.structs.replace(thing, frozen=True) if isinstance(thing, Meeting) else thing
        for thing in MEETINGS["live"]()
    ]
    walk = Tour(qtbot, entities)
    assert the_meeting(walk.replica.state).phase is Phase.LIVE
    assert not walk.view.frozen.isHidden()
