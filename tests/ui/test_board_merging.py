"""Merging on the board: by key, menu and “+2”; and what lies under a note goes where that goes."""

from __future__ import annotations

from uuid import uuid4

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLabel, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from facilitator.kernel.entry import Change, Entry
from facilitator.kernel.forgetting import blacked_out
from facilitator.kernel.roles import Role
from facilitator.meeting.ids import NoteId
from facilitator.meeting.merging import MergeNotes, SplitNotes
from facilitator.meeting.notes import Cell, HideNotes, Note
from tests.ui import mice, pages
from tests.ui.content import meeting_with
from tests.ui.desk import Desk
from tests.ui.local import LocalReplica
from ui.board.categories import CategoryActs
from ui.board.menus import menu_at
from ui.board.pile import Pile
from ui.console.arranging import ArrangingPage

# Without a screen, a sheet that closes at a press beside it cannot hold the keyboard.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk(qtbot, meeting_with(themes=3, notes=30, loose=0.4))


def cells(desk: Desk, least: int) -> list[tuple[Cell, list[NoteId]]]:
    boxes = desk.view.layout_now().boxes
    return [(box.cell, list(box.notes)) for box in boxes if len(box.notes) >= least]


def three(desk: Desk) -> tuple[Cell, list[NoteId]]:
    """A cell whose second note was put on top of the first and the third."""
    cell, notes = cells(desk, 3)[0]
    desk.choose(notes[1], notes[0], notes[2])
    desk.press(Key.Key_M)
    return cell, notes


def under(desk: Desk, head: NoteId) -> list[NoteId]:
    return [note.id for note in desk.model.under(head)]


def pile(desk: Desk) -> Pile:
    return next(found for found in desk.view.findChildren(Pile) if found.isVisible())


def named(menu: QMenu, name: str) -> None:
    next(act for act in menu.actions() if act.text().startswith(name)).trigger()


def test_the_chosen_notes_go_under_the_current_one_and_one_undo_takes_it_back(desk: Desk) -> None:
    cell, notes = three(desk)
    assert [type(command) for command in desk.replica.sent] == [MergeNotes]
    assert desk.notes_in(cell) == [notes[1], *notes[3:]]
    assert under(desk, notes[1]) == [notes[0], notes[2]]
    assert (desk.view.current(), desk.view.selected()) == (notes[1], [notes[1]])
    desk.replica.undo()
    assert desk.notes_in(cell) == notes
    assert desk.model.rowCount() == 30


def test_one_note_alone_is_not_merged(desk: Desk, qtbot: QtBot) -> None:
    _cell, notes = cells(desk, 1)[0]
    desk.choose(notes[0])
    with qtbot.waitSignal(desk.acts.said) as said:
        desk.press(Key.Key_M)
    assert said.args == ["Kies eerst twee of meer notities die hetzelfde zeggen."]
    for key, held in ((Key.Key_M, SHIFT), (Key.Key_T, Qt.KeyboardModifier.NoModifier)):
        with qtbot.waitSignal(desk.acts.said) as said:
            desk.press(key, held)
        assert said.args == ["Met deze notitie is niets samengevoegd."]
    assert desk.replica.sent == []


def test_a_drag_takes_along_what_lies_under_a_note(desk: Desk) -> None:
    cell, notes = three(desk)
    to = next(each for each, _notes in cells(desk, 1) if each[0] != cell[0])
    desk.drag(notes[1], desk.inside(to))
    assert notes[1] in desk.notes_in(to)
    assert under(desk, notes[1]) == [notes[0], notes[2]]
    moved = {(desk.note(key).theme, desk.note(key).category) for key in notes[:3]}
    assert moved == {to}
    desk.replica.undo()
    assert desk.notes_in(cell) == [notes[1], *notes[3:]]


def test_by_key_they_stand_apart_again(desk: Desk) -> None:
    cell, notes = three(desk)
    desk.press(Key.Key_M, SHIFT)
    assert desk.notes_in(cell) == [notes[1], notes[0], notes[2], *notes[3:]]
    assert under(desk, notes[1]) == []


def test_the_menu_merges_under_the_note_that_was_pressed(desk: Desk) -> None:
    _cell, notes = cells(desk, 3)[0]
    desk.choose(notes[0], notes[1])
    categories = CategoryActs(desk.replica, desk.acts)
    named(menu_at(desk.view, categories, None, notes[1]), "2 notities samenvoegen")
    assert under(desk, notes[1]) == [notes[0]]
    named(menu_at(desk.view, categories, None, notes[1]), "Toon samengevoegde notities")
    assert pile(desk).isVisible()
    pile(desk).close()
    named(menu_at(desk.view, categories, None, notes[1]), "Losmaken")
    assert isinstance(desk.replica.sent[-1], SplitNotes)
    assert under(desk, notes[1]) == []


def test_more_in_the_corner_opens_what_lies_there(desk: Desk) -> None:
    _cell, notes = three(desk)
    rect = desk.view.rect_of(notes[1])
    viewport = desk.view.viewport()
    mice.click(viewport, QPoint(rect.right() - 10, rect.bottom() - 10))
    sheet = pile(desk)
    told = {found.text() for found in sheet.findChildren(QLabel)}
    assert {desk.note(notes[0]).text, desk.note(notes[2]).text} <= told
    sheet.close()
    other = desk.view.rect_of(notes[3] if len(notes) > 3 else cells(desk, 1)[-1][1][0])
    mice.click(viewport, QPoint(other.right() - 10, other.bottom() - 10))
    assert not [found for found in desk.view.findChildren(Pile) if found.isVisible()]


def test_one_of_them_is_let_go_and_the_sheet_stays_until_nothing_is_left(desk: Desk) -> None:
    _cell, notes = three(desk)
    desk.press(Key.Key_T)
    sheet = pile(desk)
    buttons = [b for b in sheet.findChildren(QPushButton) if b.text() == "Losmaken"]
    assert buttons[0].accessibleName() == f"Losmaken: {desk.note(notes[0]).text}"
    buttons[0].click()
    assert under(desk, notes[1]) == [notes[2]]
    assert sheet.isVisible()
    assert not sheet.all_button.isVisible()
    desk.replica.undo()
    assert sheet.all_button.isVisible()
    sheet.all_button.click()
    assert under(desk, notes[1]) == []
    assert not desk.view.findChildren(Pile) or not sheet.isVisible()


def test_what_lies_under_a_note_is_told(desk: Desk) -> None:
    _cell, notes = three(desk)
    index = desk.model.index_of(notes[1])
    assert "nog 2 samengevoegd" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    tip = index.data(Qt.ItemDataRole.ToolTipRole)
    assert all(f"+ {desk.note(key).text}" in tip for key in (notes[0], notes[2]))


def test_of_a_high_pile_the_tip_tells_no_more_than_one_can_read(desk: Desk) -> None:
    _cell, notes = cells(desk, 1)[0]
    others = tuple(note.id for note in desk.replica.state.all(Note) if note.id != notes[0])
    desk.replica.send(MergeNotes(id=uuid4(), into=notes[0], notes=others))
    tip = desk.model.index_of(notes[0]).data(Qt.ItemDataRole.ToolTipRole)
    assert (tip.count("\n+ "), "…" in tip) == (8, True)
    assert desk.model.plan().notes == 1


def test_what_lay_under_a_note_that_goes_out_of_sight_is_there_again(desk: Desk) -> None:
    cell, notes = three(desk)
    QAbstractItemModelTester(desk.model, QAbstractItemModelTester.FailureReportingMode.Warning)
    desk.replica.send(HideNotes(id=uuid4(), notes=(notes[1],)))
    assert desk.notes_in(cell) == [notes[0], notes[2], *notes[3:]]
    assert desk.model.has(notes[0])
    desk.replica.undo()
    assert desk.notes_in(cell) == [notes[1], *notes[3:]]
    assert not desk.model.has(notes[0])


def test_what_lay_under_a_note_that_was_made_black_is_there_again(desk: Desk) -> None:
    cell, notes = three(desk)
    black = blacked_out(desk.note(notes[1]))
    desk.replica.take(
        Entry(
            revision=desk.replica.state.revision + 1,
            at=desk.replica.now(),
            actor=None,
            role=Role.FACILITATOR,
            command="black_out",
            command_id=uuid4(),
            changes=(Change(before=black, after=black),),
        )
    )
    assert desk.notes_in(cell) == [notes[1], notes[0], notes[2], *notes[3:]]
    assert desk.model.has(notes[0])


def test_somebody_who_merges_a_note_that_is_dragged_takes_it_out_of_the_drag(desk: Desk) -> None:
    cell, notes = cells(desk, 3)[0]
    viewport = desk.view.viewport()
    mice.press(viewport, desk.view.rect_of(notes[0]).center())
    mice.move(viewport, desk.inside(next(c for c, _n in cells(desk, 1) if c[0] != cell[0])))
    desk.replica.send(MergeNotes(id=uuid4(), into=notes[1], notes=(notes[0],)))
    viewport.repaint()
    mice.release(viewport, desk.inside(cell))
    assert [type(command) for command in desk.replica.sent] == [MergeNotes]
    assert under(desk, notes[1]) == [notes[0]]


def test_searching_finds_what_lies_under_a_note(qtbot: QtBot) -> None:
    replica = LocalReplica(meeting_with(themes=2, notes=8, loose=1.0))
    page = ArrangingPage(replica)
    pages.show(qtbot, page)
    first, second = (page.model.id_at(row) for row in (0, 1))
    replica.send(MergeNotes(id=uuid4(), into=first, notes=(second,)))
    page.search.setText(replica.state.get(Note, second).text.upper())
    page.find_next()
    assert page.view.current() == first
