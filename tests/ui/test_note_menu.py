"""The menu of a note: its device muted, its words made black; and nothing without being asked."""

from __future__ import annotations

from uuid import UUID

import msgspec
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from facilitator.kernel.entity import Entity
from facilitator.kernel.errors import NotFound
from facilitator.meeting.ids import ParticipantId
from facilitator.meeting.meeting import Meeting
from facilitator.meeting.merging import MergeNotes
from facilitator.meeting.notes import Note
from facilitator.meeting.people import Participant
from tests.ui import mice
from tests.ui.calls import FakeCalls
from tests.ui.content import BEGIN, meeting_with, note_id, table_id
from tests.ui.local import LocalReplica
from ui.console.notes import NotesPage

ANNA = ParticipantId(UUID(int=950))
LAST = note_id(12)


@pytest.fixture
def calls() -> FakeCalls:
    return FakeCalls()


def page_of(qtbot: QtBot, calls: FakeCalls, *entities: Entity) -> NotesPage:
    page = NotesPage(LocalReplica(entities), calls)
    qtbot.addWidget(page)
    page.resize(1085, 600)
    page.show()
    return page


@pytest.fixture
def page(qtbot: QtBot, calls: FakeCalls) -> NotesPage:
    return page_of(qtbot, calls, *meeting_with(notes=12))


def named(*, muted: bool) -> list[Entity]:
    """A meeting in which Anna wrote the last note."""
    changed: list[Entity] = []
    for thing in meeting_with(notes=12):
        if isinstance(thing, Meeting):
            changed.append(msgspec.structs.replace(thing, named=True))
        elif isinstance(thing, Note) and thing.id == LAST:
            changed.append(msgspec.structs.replace(thing, author=ANNA))
        else:
            changed.append(thing)
    anna = Participant(id=ANNA, name="Anna", table=table_id(1), joined_at=BEGIN, muted=muted)
    return [*changed, anna]


def words(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if not action.isSeparator()]


def press(page: NotesPage, says: str) -> None:
    """One line of the menu of the last note."""
    menu = page.menu.menu(page.list, LAST)
    next(action for action in menu.actions() if action.text() == says).trigger()


def popped() -> QMenu:
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_three_dots_and_the_right_button_open_it(page: NotesPage) -> None:
    rect = page.list.visualRect(page.model.index_of(LAST))
    at = QPoint(rect.right() - 24, rect.center().y())
    assert page.list._button_name(at) == "Meer"
    mice.click(page.list.viewport(), at)
    assert words(popped()) == [
        "Tekst wijzigen",
        "Verbergen",
        "Demp het toestel dat dit schreef",
        "Zwart maken…",
    ]
    popped().close()
    for reason in (QContextMenuEvent.Reason.Mouse, QContextMenuEvent.Reason.Keyboard):
        page.list.setCurrentIndex(page.model.index_of(LAST))
        event = QContextMenuEvent(reason, rect.center(), QPoint(10, 10))
        QApplication.sendEvent(page.list.viewport(), event)
        assert "Verbergen" in words(popped())
        popped().close()


def test_its_usual_lines_do_what_the_keys_do(page: NotesPage) -> None:
    press(page, "Verbergen")
    assert page.replica.state.get(Note, LAST).hidden
    press(page, "Weer tonen")
    assert not page.replica.state.get(Note, LAST).hidden
    page.replica.undo()
    assert page.replica.state.get(Note, LAST).hidden


def test_the_device_that_wrote_it_is_muted(page: NotesPage, calls: FakeCalls, qtbot: QtBot) -> None:
    press(page, "Demp het toestel dat dit schreef")
    assert calls.asked == [("mute", LAST)]
    with qtbot.waitSignal(page.said) as said:
        calls.answer()
    assert said.args is not None
    assert said.args[0].startswith("Het toestel is gedempt")


def test_a_writer_that_is_not_known_any_more_is_told_in_words(
    page: NotesPage, calls: FakeCalls, qtbot: QtBot
) -> None:
    press(page, "Demp het toestel dat dit schreef")
    with qtbot.waitSignal(page.trouble) as trouble:
        calls.answer(NotFound("writer.unknown"))
    assert trouble.args is not None
    assert trouble.args[0].code == "writer.unknown"


def test_of_a_muted_writer_the_way_back_stands_here(qtbot: QtBot, calls: FakeCalls) -> None:
    page = page_of(qtbot, calls, *named(muted=True))
    press(page, "Niet meer dempen: Anna")
    assert not page.replica.state.get(Participant, ANNA).muted
    assert calls.asked == []


def test_black_is_asked_first_and_can_be_left(page: NotesPage, calls: FakeCalls) -> None:
    press(page, "Zwart maken…")
    sure = page.menu.sure
    assert sure.isVisible()
    assert page.replica.state.get(Note, LAST).text[:40] in sure.text.text()
    assert "niet terug te draaien" in sure.text.text()
    assert "reservekopieën" in sure.text.text()
    assert calls.asked == []
    sure.cross.click()
    assert not sure.isVisible()
    assert calls.asked == []


def test_black_it_is_made(page: NotesPage, calls: FakeCalls, qtbot: QtBot) -> None:
    press(page, "Zwart maken…")
    assert page.menu.sure.action.text() == "Zwart maken en verbergen"
    page.menu.sure.action.click()
    assert page.replica.state.get(Note, LAST).hidden, "no black line in the hall"
    assert calls.asked == [("black_out", LAST)]
    with qtbot.waitSignal(page.said) as said:
        calls.answer()
    assert said.args == ["De notitie is zwart gemaakt."]


def test_a_hidden_note_is_only_made_black(page: NotesPage, calls: FakeCalls) -> None:
    page.list.toggle(LAST)
    press(page, "Zwart maken…")
    assert page.menu.sure.action.text() == "Zwart maken"
    page.menu.sure.action.click()
    assert page.replica.state.get(Note, LAST).hidden
    assert calls.asked == [("black_out", LAST)]


def test_a_long_note_does_not_fill_the_page(page: NotesPage, qtbot: QtBot) -> None:
    note = page.replica.state.get(Note, LAST)
    page.replica.state.load(
        [
            msgspec.structs.replace(thing, text="woord\n" * 60) if thing == note else thing
            for thing in list(page.replica.state.entities())
        ],
        revision=1,
    )
    press(page, "Zwart maken…")
    qtbot.waitUntil(lambda: page.menu.sure.height() > 0)
    assert page.menu.sure.height() < 120


def test_the_question_stops_no_one(page: NotesPage) -> None:
    press(page, "Zwart maken…")
    assert QApplication.activeModalWidget() is None
    page.list.setFocus()
    page.list.setCurrentIndex(page.model.index(3, 0))
    key = page.list.current()
    QTest.keyClick(page.list, Qt.Key.Key_H)
    assert key is not None
    assert page.replica.state.get(Note, key).hidden


def test_who_wrote_it_is_read_in_a_named_meeting_only(qtbot: QtBot, calls: FakeCalls) -> None:
    page = page_of(qtbot, calls, *named(muted=False))
    note = page.replica.state.get(Note, LAST)
    assert page.model.author_of(note) == "Anna"
    assert ". Anna. " in page.model.spoken(note)
    other = page.replica.state.get(Note, note_id(1))
    assert page.model.author_of(other) == ""


def test_what_was_merged_is_let_go_from_here(page: NotesPage) -> None:
    assert "Losmaken" not in words(page.menu.menu(page.list, LAST))
    head = note_id(3)
    page.replica.send(MergeNotes(id=UUID(int=5), into=head, notes=(LAST, note_id(4))))
    press(page, "Losmaken")
    lying = [each.id for each in page.replica.state.all(Note) if each.merged == head]
    assert lying == [note_id(4)]
    menu = page.menu.menu(page.list, head)
    next(action for action in menu.actions() if action.text() == "Losmaken").trigger()
    assert not any(each.merged for each in page.replica.state.all(Note))
