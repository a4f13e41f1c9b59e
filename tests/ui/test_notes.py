"""The page Notities: what comes in, what is hidden, approved, edited and typed over."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from pytestqt.qtbot import QtBot

from facilitator.kernel.roles import Role
from facilitator.meeting.ids import NoteId
from facilitator.meeting.merging import MergeNotes
from facilitator.meeting.notes import ApproveNotes, EditNote, HideNotes, Note, WriteNote
from facilitator.meeting.projector import SceneName, the_projector
from tests.ui import mice
from tests.ui.calls import FakeCalls
from tests.ui.content import meeting_with, note_id, round_id, table_id, theme_id
from tests.ui.local import OWNER, LocalReplica
from ui import theme
from ui.console.notes import NotesPage
from ui.console.notes_model import Filter, Kind, NotesModel
from ui.link.calls import Calls

Key = Qt.Key
ACCESSIBLE = Qt.ItemDataRole.AccessibleTextRole


def page_with(qtbot: QtBot, calls: Calls | None = None, **content: object) -> NotesPage:
    theme.load_fonts()
    page = NotesPage(LocalReplica(meeting_with(**content)), calls or FakeCalls())  # type: ignore[arg-type]
    qtbot.addWidget(page)
    page.resize(1085, 600)
    page.show()
    page.entered()
    return page


@pytest.fixture
def page(qtbot: QtBot) -> NotesPage:
    return page_with(qtbot, themes=3, notes=60, approval=True)


def arrive(page: NotesPage, text: str = "Nieuw") -> NoteId:
    """A note from a phone."""
    replica = page.replica
    note = NoteId(uuid4())
    replica.role, replica.actor = Role.PARTICIPANT, UUID(int=77)
    replica.send(WriteNote(id=uuid4(), note=note, text=text, table=table_id(1), step=round_id(2)))
    replica.role, replica.actor = Role.FACILITATOR, OWNER
    page.model.take_new()
    return note


def note(page: NotesPage, key: NoteId) -> Note:
    return page.replica.state.get(Note, key)


def choose(page: NotesPage, key: NoteId) -> None:
    page.list.setCurrentIndex(page.model.index_of(key))


def test_the_newest_note_is_on_top(page: NotesPage) -> None:
    QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Warning)
    assert page.model.id_at(0) == note_id(60)
    new = arrive(page)
    assert page.model.id_at(0) == new
    assert page.model.row_of(note_id(60)) == 1
    assert page.filters.count.text() == "61 notities"


def test_notes_that_come_together_are_told_of_together(qtbot: QtBot) -> None:
    page = page_with(qtbot, themes=2, notes=5)
    told = []
    page.model.rowsInserted.connect(lambda _parent, first, last: told.append((first, last)))
    for _ in range(20):
        page.replica.send(
            WriteNote(id=uuid4(), note=NoteId(uuid4()), text="x", table=None, step=None)
        )
    qtbot.waitUntil(lambda: page.model.rowCount() == 25)
    assert told == [(0, 19)]


@pytest.mark.parametrize("key", [Key.Key_Delete, Key.Key_H])
def test_one_key_hides_before_and_after_the_hall_saw_it(page: NotesPage, key: Key) -> None:
    waiting = arrive(page)
    for which in (waiting, note_id(60)):
        choose(page, which)
        QTest.keyClick(page.list, key)
        assert note(page, which).hidden
        assert page.list.current() == which
    page.replica.undo()
    assert not note(page, note_id(60)).hidden


def test_h_shows_again_what_is_hidden(page: NotesPage) -> None:
    choose(page, note_id(60))
    QTest.keyClick(page.list, Key.Key_H)
    QTest.keyClick(page.list, Key.Key_H)
    assert not note(page, note_id(60)).hidden


def test_a_approves_what_is_chosen_and_the_banner_all(page: NotesPage) -> None:
    first, second, third = (arrive(page, text) for text in ("Een", "Twee", "Drie"))
    assert "3 notities wachten" in page.approval.text.text()
    choose(page, first)
    QTest.keyClick(page.list, Key.Key_A)
    assert note(page, first).approved
    assert "2 notities wachten" in page.approval.text.text()
    before = page.list.mapTo(page, QPoint())
    page.approval.action.click()
    assert note(page, second).approved
    assert note(page, third).approved
    assert not page.approval.isVisible()
    QApplication.processEvents()
    assert page.list.mapTo(page, QPoint()) == before  # nothing moves under the pointer
    page.replica.undo()
    assert "2 notities wachten" in page.approval.text.text()


def test_what_waits_can_be_listed_alone_and_approved_at_once(page: NotesPage) -> None:
    waiting = {arrive(page, text) for text in ("Een", "Twee")}
    page.search.setText("bankje")
    page.only_waiting.click()
    assert {page.model.id_at(row) for row in range(page.model.rowCount())} == waiting
    assert page.search.text() == ""
    page.approval.action.click()
    assert all(note(page, key).approved for key in waiting)
    assert page.model.rowCount() == 0
    page.filters.everything.click()
    assert page.model.rowCount() == 62


def test_each_row_has_its_buttons(page: NotesPage) -> None:
    new = arrive(page)
    index = page.model.index_of(new)
    rect = page.list.visualRect(index)
    for place, name in ((2, "Goedkeuren"), (1, "Verbergen")):
        at = QPoint(rect.right() - 24 - 44 * place, rect.center().y())
        assert page.list._button_name(at) == name
        mice.click(page.list.viewport(), at)
    assert note(page, new).approved
    assert note(page, new).hidden


def test_filters_by_kind_theme_table_round_and_words(page: NotesPage) -> None:
    page.replica.send(HideNotes(id=uuid4(), notes=(note_id(3), note_id(4))))
    page.replica.send(ApproveNotes(id=uuid4(), notes=(note_id(9),), approved=False))
    filters = page.filters
    filters.kind.choose(Kind.HIDDEN)
    assert page.model.rowCount() == 2
    assert page.filters.count.text() == "2 van 60 notities"
    filters.kind.choose(Kind.WAITING)
    assert [page.model.id_at(0)] == [note_id(9)]
    filters.kind.choose(Kind.ALL)
    filters.theme.choose(theme_id(2))
    filters.table.choose(table_id(2))
    filters.round.choose(round_id(1))
    listed = [page.model.note_at(row) for row in range(page.model.rowCount())]
    assert listed
    assert all(n.theme == theme_id(2) and n.table == table_id(2) for n in listed)
    assert all(n.round == round_id(1) for n in listed)
    filters.everything.click()
    assert page.model.rowCount() == 60
    page.search.setText("MOESTUIN")
    page.look()
    assert {n.text for n in map(page.model.note_at, range(page.model.rowCount()))} == {
        "Moestuin op het braakliggende veld"
    }
    page.search.setText("bestaat niet")
    page.look()
    assert page.nothing_found.isVisible()


def test_a_note_that_no_longer_fits_the_filter_leaves_the_list(page: NotesPage) -> None:
    first, second = arrive(page, "Een"), arrive(page, "Twee")
    page.filters.kind.choose(Kind.WAITING)
    choose(page, second)
    QTest.keyClick(page.list, Key.Key_A)
    assert page.list.current() == first
    page.replica.undo()
    assert [page.model.id_at(row) for row in (0, 1)] == [second, first]


def test_what_arrives_moves_neither_selection_nor_view(page: NotesPage) -> None:
    choose(page, note_id(58))
    before = page.list.visualRect(page.model.index_of(note_id(58)))
    for number in range(5):
        arrive(page, str(number))
    assert page.list.selected() == [note_id(58)]
    assert page.list.visualRect(page.model.index_of(note_id(58))) == before
    assert page.newer.isVisible()
    assert page.newer.text() == "5 nieuwe notities"
    page.newer.click()
    assert page.list.verticalScrollBar().value() == 0
    assert not page.newer.isVisible()


def test_a_new_note_in_sight_is_not_told_of(qtbot: QtBot) -> None:
    page = page_with(qtbot, themes=2, notes=2)
    choose(page, note_id(1))
    arrive(page)
    assert page.list.verticalScrollBar().maximum() == 0
    assert not page.newer.isVisible()


def test_new_notes_are_counted_off_as_they_come_into_sight(page: NotesPage) -> None:
    choose(page, note_id(58))
    for number in range(5):
        arrive(page, str(number))
    page.list.scrollTo(page.model.index(2, 0), page.list.ScrollHint.PositionAtTop)
    assert page.newer.text() == "2 nieuwe notities"


def test_without_a_selection_the_list_runs_along(page: NotesPage) -> None:
    page.list.clearSelection()
    arrive(page)
    assert page.list.verticalScrollBar().value() == 0
    assert not page.newer.isVisible()


def test_typing_goes_on_while_notes_arrive(page: NotesPage) -> None:
    choose(page, note_id(59))
    QTest.keyClick(page.list, Key.Key_Return)
    field = page.list.findChild(QPlainTextEdit)
    assert field is not None
    field.setPlainText("Beter gezegd")
    where = field.geometry()
    arrive(page)
    page.acts.approve([note_id(59)])
    assert field.toPlainText() == "Beter gezegd"
    assert field.geometry() == where
    QTest.keyClick(field, Key.Key_Return)
    assert note(page, note_id(59)).text == "Beter gezegd"


def test_typing_over_a_paper_note(page: NotesPage) -> None:
    entry = page.entry
    assert entry.round.chosen() == round_id(2)
    assert not entry.add.isEnabled()
    entry.table.choose(table_id(3))
    QTest.keyClicks(entry.text, "Van papier")
    QTest.keyClick(entry.text, Key.Key_Return)
    page.model.take_new()
    new = page.model.note_at(0)
    assert (new.text, new.table, new.theme, new.round) == (
        "Van papier",
        table_id(3),
        theme_id(3),
        round_id(2),
    )
    assert new.approved
    assert not entry.text.text()
    entry.theme.choose(theme_id(1))
    entry.round.choose(round_id(1))
    QTest.keyClicks(entry.text, "Nog een")
    entry.add.click()
    page.model.take_new()
    new = page.model.note_at(0)
    assert (new.theme, new.round, new.table) == (theme_id(1), round_id(1), table_id(3))


def test_what_is_refused_stays_in_the_line(page: NotesPage, qtbot: QtBot) -> None:
    page.entry.text.setMaxLength(5000)
    page.entry.text.setText("a" * 2500)
    with qtbot.waitSignal(page.trouble):
        page.entry.send()
    assert page.entry.text.text() == "a" * 2500


def test_the_wall_goes_to_the_hall(page: NotesPage) -> None:
    page.filters.theme.choose(theme_id(2))
    page.show_wall()
    projector = the_projector(page.replica.state)
    assert (projector.scene, projector.theme) == (SceneName.WALL, theme_id(2))


def test_the_empty_page_says_what_comes(qtbot: QtBot) -> None:
    page = page_with(qtbot, themes=2, notes=0)
    assert page.empty.isVisible()
    arrive(page)
    assert page.list.isVisible()


def test_a_screen_reader_hears_all_of_a_note(page: NotesPage) -> None:
    page.acts.hide([note_id(29)])
    said = page.model.index_of(note_id(29)).data(ACCESSIBLE)
    assert said.startswith(note(page, note_id(29)).text)
    assert "Tafel" in said
    assert "Thema" in said
    assert "Ronde 1" in said
    assert said.endswith("verborgen. te laat")


def test_two_thousand_notes_are_listed_filtered_and_followed(qtbot: QtBot) -> None:
    page = page_with(qtbot, themes=5, notes=2000)
    page.grab()
    model: NotesModel = page.model
    model.look(Filter(words="moestuin"))
    assert 0 < model.rowCount() < 200
    model.look(Filter())
    page.acts.hide([note_id(number) for number in range(1, 1001)])
    assert model.rowCount() == 2000
    page.filters.kind.choose(Kind.HIDDEN)
    assert model.rowCount() == 1000


def test_a_page_that_is_left_hears_nothing_more(qtbot: QtBot) -> None:
    theme.load_fonts()
    replica = LocalReplica(meeting_with(themes=3, notes=40))
    page = NotesPage(replica, FakeCalls())
    page.show()
    choose(page, note_id(7))
    page.deleteLater()
    gone = []
    page.destroyed.connect(lambda _page: gone.append(True))
    qtbot.waitUntil(lambda: bool(gone))
    replica.send(HideNotes(id=uuid4(), notes=(note_id(3),)))
    replica.loaded.emit()


def test_what_lies_under_another_is_listed_and_says_under_which(page: NotesPage) -> None:
    head, below = note_id(40), note_id(41)
    page.replica.send(MergeNotes(id=uuid4(), into=head, notes=(below,)))
    assert page.model.rowCount() == 60
    index, told = page.model.index_of(below), note(page, head).text[:20]
    for role in (ACCESSIBLE, Qt.ItemDataRole.ToolTipRole):
        assert f"samengevoegd met “{told}" in index.data(role)
    assert "samengevoegd" not in page.model.index_of(head).data(ACCESSIBLE)
    assert not page.grab().isNull()
    page.replica.send(HideNotes(id=uuid4(), notes=(head,)))
    assert "samengevoegd" not in index.data(ACCESSIBLE)


def test_other_words_of_a_note_are_told_to_what_lies_under_it(
    page: NotesPage, qtbot: QtBot
) -> None:
    head, below = note_id(40), note_id(41)
    page.replica.send(MergeNotes(id=uuid4(), into=head, notes=(below,)))
    with qtbot.waitSignal(page.model.dataChanged) as changed:
        page.replica.send(EditNote(id=uuid4(), note=head, text="Andere woorden"))
    rows = range(changed.args[0].row(), changed.args[1].row() + 1)
    assert {page.model.row_of(head), page.model.row_of(below)} <= set(rows)
    assert "“Andere woorden”" in page.model.index_of(below).data(ACCESSIBLE)
