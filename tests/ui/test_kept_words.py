"""What somebody types in a note is never lost, whatever others do to the note meanwhile."""

from __future__ import annotations

from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QPlainTextEdit
from pytestqt.qtbot import QtBot

from facilitator.kernel.errors import Refused
from facilitator.meeting.notes import EditNote, HideNotes, Note
from facilitator.meeting.tables import Table
from tests.ui import pages
from tests.ui.calls import FakeCalls
from tests.ui.content import meeting_with, note_id
from tests.ui.desk import SlowReplica
from ui import theme
from ui.console.arranging import ArrangingPage
from ui.console.kept_words import KeptWords
from ui.console.notes import NotesPage
from ui.console.notes_model import Filter, Kind
from ui.link.replica import Outcome

Either = ArrangingPage | NotesPage
WORDS = "Woorden die niemand kwijt wil"


@pytest.fixture(params=[ArrangingPage, NotesPage])
def page(request: pytest.FixtureRequest, qtbot: QtBot) -> Either:
    theme.load_fonts()
    replica = SlowReplica(meeting_with(themes=2, notes=80, loose=1.0))
    arranging = request.param is ArrangingPage
    made: Either = ArrangingPage(replica) if arranging else NotesPage(replica, FakeCalls())
    pages.show(qtbot, made)
    if isinstance(made, NotesPage):
        made.model.look(Filter(kind=Kind.SEEN))
    return made


def view_of(page: Either) -> QAbstractItemView:
    return page.view if isinstance(page, ArrangingPage) else page.list


def field_of(page: Either) -> QPlainTextEdit:
    found = [field for field in view_of(page).findChildren(QPlainTextEdit) if not field.isHidden()]
    assert len(found) == 1
    return found[0]


def begin(page: Either, number: int = 1, text: str = WORDS) -> QPlainTextEdit:
    view = page.view if isinstance(page, ArrangingPage) else page.list
    view.edit_note(note_id(number))
    field = field_of(page)
    field.setPlainText(text)
    return field


def note(page: Either, number: int = 1) -> Note:
    return page.replica.state.get(Note, note_id(number))


def reload(page: Either, *without: int) -> None:
    """Everything anew, perhaps from before some notes were written."""
    gone = {note_id(number) for number in without}
    state = page.replica.state
    state.load([thing for thing in state.entities() if thing.id not in gone], state.revision + 1)
    page.replica.loaded.emit()


def bar(page: Either) -> KeptWords:
    return page.kept


@pytest.mark.parametrize("count", [1, 70], ids=["one", "many"])
def test_hidden_by_another_the_words_can_still_be_saved(page: Either, count: int) -> None:
    begin(page)
    notes = tuple(note_id(number) for number in range(1, count + 1))
    pages.by_other(page.replica, HideNotes(id=uuid4(), notes=notes))  # type: ignore[arg-type]
    pages.settle()
    assert bar(page).isVisible()
    assert "verborg" in bar(page).text.text()
    assert WORDS in bar(page).text.text()
    pages.press(bar(page).action)
    assert note(page).text == WORDS
    assert note(page).hidden
    assert bar(page).isHidden()


def test_loaded_anew_the_typing_goes_on(page: Either) -> None:
    begin(page)
    reload(page)
    pages.settle()
    field = field_of(page)
    assert field.toPlainText() == WORDS
    assert bar(page).isHidden()
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert note(page).text == WORDS


def test_of_a_note_that_is_gone_a_new_one_is_made(page: Either) -> None:
    before = note(page)
    begin(page)
    reload(page, 1)
    pages.settle()
    assert "niet meer" in bar(page).text.text()
    pages.press(bar(page).action)
    new = next(thing for thing in page.replica.state.all(Note) if thing.text == WORDS)
    assert (new.table, new.theme, new.round) == (before.table, before.theme, before.round)


def test_what_is_refused_is_kept(page: Either, monkeypatch: pytest.MonkeyPatch) -> None:
    field = begin(page)
    with monkeypatch.context() as patch:
        patch.setattr(
            page.replica,
            "dispatch",
            lambda command, done: done(Outcome(command=command, error=Refused("note.length"))),
        )
        QTest.keyClick(field, Qt.Key.Key_Return)
        assert bar(page).isVisible()
        pages.press(bar(page).action)
        assert bar(page).isVisible()
    pages.press(bar(page).action)
    assert note(page).text == WORDS


def test_several_come_after_one_another(page: Either) -> None:
    for number in (1, 2):
        begin(page, number, f"Woorden {number}")
        pages.by_other(page.replica, HideNotes(id=uuid4(), notes=(note_id(number),)))  # type: ignore[arg-type]
        pages.settle()
    assert "Woorden 1" in bar(page).text.text()
    pages.press(bar(page).action)
    assert "Woorden 2" in bar(page).text.text()
    pages.press(bar(page).cross)
    assert bar(page).isHidden()
    assert note(page).text == "Woorden 1"
    assert note(page, 2).text != "Woorden 2"


def test_what_was_given_up_or_not_changed_is_not_kept(page: Either) -> None:
    QTest.keyClick(begin(page), Qt.Key.Key_Escape)
    begin(page, text=note(page).text)
    pages.by_other(page.replica, HideNotes(id=uuid4(), notes=(note_id(1),)))  # type: ignore[arg-type]
    pages.settle()
    assert bar(page).isHidden()
    assert not [sent for sent in page.replica.sent if isinstance(sent, EditNote)]  # type: ignore[attr-defined]


def test_words_of_a_table_that_is_gone_are_of_no_table(page: Either) -> None:
    known = note(page)
    bar(page).hold(known, WORDS)
    gone = {known.id, known.table}
    state = page.replica.state
    left = [
        thing
        for thing in state.entities()
        if thing.id not in gone and getattr(thing, "table", None) != known.table
    ]
    state.load(left, state.revision + 1)
    page.replica.loaded.emit()
    assert state.find(Table, known.table) is None
    pages.press(bar(page).action)
    new = next(thing for thing in state.all(Note) if thing.text == WORDS)
    assert new.table is None
