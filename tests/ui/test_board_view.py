"""The board under mouse and keyboard: what is asked for, and that one undo takes it back."""

from __future__ import annotations

from uuid import uuid4

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from facilitator.meeting.arranging import PlaceNotes
from facilitator.meeting.ids import NoteId
from facilitator.meeting.notes import Cell, HideNotes, WriteNote
from tests.ui import mice
from tests.ui.content import meeting_with, note_id, own_id, row_id, table_id, theme_id
from tests.ui.desk import Desk

Key = Qt.Key
BOTH = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier
LOOSE: Cell = (theme_id(1), None)
KANSEN: Cell = (theme_id(2), row_id(1))


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk(qtbot, meeting_with(themes=3, notes=30, loose=0.4))


def filled(desk: Desk, least: int = 2) -> tuple[Cell, list[NoteId]]:
    """A cell with notes that are all shown."""
    for box in desk.view.layout_now().boxes:
        if len(box.notes) >= least and not box.hidden:
            return box.cell, list(box.notes)
    raise AssertionError("no such cell")


def other_cell(desk: Desk, cell: Cell) -> Cell:
    box = next(b for b in desk.view.layout_now().boxes if b.cell[0] != cell[0] and b.cell[1])
    return box.cell


def test_a_drag_moves_a_note_with_one_command_and_one_undo_takes_it_back(desk: Desk) -> None:
    cell, notes = filled(desk)
    to = other_cell(desk, cell)
    desk.drag(notes[0], desk.inside(to))
    assert [type(command) for command in desk.replica.sent] == [PlaceNotes]
    assert (desk.note(notes[0]).theme, desk.note(notes[0]).category) == to
    assert notes[0] in desk.notes_in(to)
    desk.replica.undo()
    assert desk.notes_in(cell) == notes


def test_several_selected_notes_go_along_in_their_order(desk: Desk) -> None:
    cell, notes = filled(desk, least=3)
    to = other_cell(desk, cell)
    desk.choose(notes[2], notes[0])
    desk.drag(notes[2], desk.inside(to))
    assert len(desk.replica.sent) == 1
    assert desk.notes_in(to)[-2:] == [notes[0], notes[2]]
    desk.replica.undo()
    assert desk.notes_in(cell) == notes


def test_a_drop_between_two_notes_lands_between_them(desk: Desk) -> None:
    cell, notes = filled(desk, least=3)
    rect = desk.view.rect_of(notes[0])
    desk.drag(notes[2], QPoint(rect.left() + 3, rect.top() + 3))
    assert desk.notes_in(cell)[:2] == [notes[2], notes[0]]


def test_a_drop_where_it_stood_asks_for_nothing(desk: Desk) -> None:
    _cell, notes = filled(desk)
    start = desk.view.rect_of(notes[0])
    mice.drag(desk.view.viewport(), start.center(), start.center() - QPoint(14, 2))
    assert desk.replica.sent == []


def test_escape_lets_go_without_moving_anything(desk: Desk) -> None:
    cell, notes = filled(desk)
    viewport = desk.view.viewport()
    mice.press(viewport, desk.view.rect_of(notes[0]).center())
    mice.move(viewport, desk.inside(other_cell(desk, cell)))
    assert desk.view.held()
    desk.press(Key.Key_Escape)
    assert not desk.view.held()
    mice.release(viewport, desk.inside(other_cell(desk, cell)))
    assert desk.replica.sent == []
    assert desk.notes_in(cell) == notes


def test_what_arrives_during_a_drag_moves_nothing_until_it_is_over(desk: Desk) -> None:
    cell, notes = filled(desk)
    viewport = desk.view.viewport()
    start = desk.view.rect_of(notes[0])
    mice.press(viewport, start.center())
    mice.move(viewport, start.center() + QPoint(60, 40))
    before = dict(desk.view.layout_now().places)
    new = NoteId(uuid4())
    desk.replica.send(WriteNote(id=uuid4(), note=new, text="Nieuw", table=table_id(1), step=None))
    desk.replica.send(HideNotes(id=uuid4(), notes=(notes[1],)))
    viewport.repaint()
    assert desk.view.layout_now().places == before
    assert desk.view.rect_of(notes[0]) == start
    mice.release(viewport, desk.inside(other_cell(desk, cell)))
    assert new in desk.view.layout_now().places or desk.model.has(new)
    assert notes[1] not in desk.view.layout_now().places


def test_a_note_that_somebody_hides_under_the_mouse_is_not_dropped(desk: Desk) -> None:
    cell, notes = filled(desk)
    viewport = desk.view.viewport()
    mice.press(viewport, desk.view.rect_of(notes[0]).center())
    mice.move(viewport, desk.inside(other_cell(desk, cell)))
    desk.replica.send(HideNotes(id=uuid4(), notes=(notes[0],)))
    viewport.repaint()
    mice.release(viewport, desk.inside(other_cell(desk, cell)))
    assert [type(command) for command in desk.replica.sent] == [HideNotes]


def test_a_drop_that_waits_stands_greyed_at_its_place(desk: Desk) -> None:
    cell, notes = filled(desk)
    to = other_cell(desk, cell)
    desk.replica.slow = True
    desk.drag(notes[0], desk.inside(to))
    assert notes[0] in desk.notes_in(to)
    assert desk.model.waits(notes[0])
    assert (desk.note(notes[0]).theme, desk.note(notes[0]).category) == cell
    desk.view.viewport().repaint()
    desk.replica.answer()
    assert not desk.model.waits(notes[0])
    assert (desk.note(notes[0]).theme, desk.note(notes[0]).category) == to


def test_a_drop_that_is_refused_goes_back_and_says_so(desk: Desk, qtbot: QtBot) -> None:
    cell, notes = filled(desk)
    wrong: Cell = (theme_id(1), own_id(2, 1))
    with qtbot.waitSignal(desk.acts.refused):
        desk.acts.place([notes[0]], wrong, None)
    assert desk.notes_in(cell) == notes
    assert not desk.model.waits(notes[0])


@pytest.mark.parametrize(
    ("key", "start", "end"),
    [
        (Key.Key_Right, (theme_id(1), row_id(1)), (theme_id(2), row_id(1))),
        (Key.Key_Left, (theme_id(2), row_id(2)), (theme_id(1), row_id(2))),
        (Key.Key_Down, (theme_id(1), None), (theme_id(1), own_id(1, 1))),
        (Key.Key_Up, (theme_id(1), row_id(1)), (theme_id(1), own_id(1, 3))),
        (Key.Key_Right, (theme_id(2), own_id(2, 4)), (theme_id(3), own_id(3, 2))),
    ],
)
def test_control_shift_and_an_arrow_move_to_the_cell_beside(
    desk: Desk, key: Key, start: Cell, end: Cell
) -> None:
    note = note_id(1)
    desk.acts.place([note], start, None)
    desk.replica.sent.clear()
    desk.choose(note)
    desk.press(key, BOTH)
    assert (desk.note(note).theme, desk.note(note).category) == end
    assert len(desk.replica.sent) == 1
    assert desk.view.current() == note
    assert note in desk.view.layout_now().places
    desk.replica.undo()
    assert (desk.note(note).theme, desk.note(note).category) == start


def test_a_note_that_comes_by_the_keyboard_is_in_sight_in_a_full_cell(qtbot: QtBot) -> None:
    desk = Desk(qtbot, meeting_with(themes=2, notes=120, own=False, rows=1, loose=0.2))
    note = desk.notes_in((theme_id(1), None))[0]
    desk.choose(note)
    desk.press(Key.Key_Down, BOTH)
    box = desk.view.layout_now().box_of((theme_id(1), row_id(1)))
    assert box is not None
    assert box.hidden
    assert note in box.shown
    assert not desk.view.unfolded


@pytest.mark.parametrize(
    ("key", "held"), [(Key.Key_Down, ALT), (Key.Key_PageDown, BOTH)], ids=["alt", "page"]
)
def test_reordering_inside_a_cell(desk: Desk, key: Key, held: Qt.KeyboardModifier) -> None:
    cell, notes = filled(desk, least=3)
    desk.choose(notes[0])
    desk.press(key, held)
    assert desk.notes_in(cell) == [notes[1], notes[0], *notes[2:]]
    desk.press(Key.Key_Up, ALT)
    assert desk.notes_in(cell) == notes
    desk.replica.sent.clear()
    desk.press(Key.Key_Up, ALT)
    assert desk.replica.sent == []


def test_arrows_walk_over_the_notes(desk: Desk) -> None:
    cell, notes = filled(desk)
    desk.choose(notes[0])
    seen = {desk.view.current()}
    for key in (Key.Key_Right, Key.Key_Down, Key.Key_Down, Key.Key_Down, Key.Key_Left, Key.Key_Up):
        desk.press(key)
        desk.press(key)
        seen.add(desk.view.current())
    assert len(seen) > 4
    desk.choose(notes[1])
    desk.press(Key.Key_Home)
    assert desk.view.current() == notes[0]
    desk.press(Key.Key_End)
    assert desk.view.current() == desk.notes_in(cell)[-1]


def test_enter_edits_and_what_arrives_leaves_the_typing_alone(desk: Desk) -> None:
    _cell, notes = filled(desk)
    desk.choose(notes[0])
    desk.press(Key.Key_Return)
    field = desk.view.findChild(QPlainTextEdit)
    assert field is not None
    field.setPlainText("Andere woorden")
    desk.replica.send(
        WriteNote(id=uuid4(), note=NoteId(uuid4()), text="Nieuw", table=table_id(1), step=None)
    )
    desk.acts.conclude(notes[0])
    assert field.toPlainText() == "Andere woorden"
    QTest.keyClick(field, Key.Key_Return)
    assert desk.note(notes[0]).text == "Andere woorden"
    desk.replica.undo()
    assert desk.note(notes[0]).text != "Andere woorden"


def test_escape_leaves_the_words_as_they_were(desk: Desk) -> None:
    _cell, notes = filled(desk)
    before = desk.note(notes[0]).text
    desk.view.edit_note(notes[0])
    field = desk.view.findChild(QPlainTextEdit)
    assert field is not None
    field.setPlainText("Weg ermee")
    QTest.keyClick(field, Key.Key_Escape)
    assert desk.note(notes[0]).text == before
    assert desk.replica.sent == []


def test_a_note_is_never_typed_longer_than_it_may_be(desk: Desk) -> None:
    _cell, notes = filled(desk)
    desk.view.edit_note(notes[0])
    field = desk.view.findChild(QPlainTextEdit)
    assert field is not None
    field.setPlainText("a" * 400)
    assert len(field.toPlainText()) == 300


def test_delete_hides_what_is_selected_and_the_neighbour_is_next(desk: Desk) -> None:
    cell, notes = filled(desk, least=3)
    desk.choose(notes[0])
    desk.press(Key.Key_Delete)
    assert desk.note(notes[0]).hidden
    assert desk.notes_in(cell) == notes[1:]
    assert desk.view.current() == notes[1]
    desk.replica.undo()
    assert desk.notes_in(cell) == notes


def test_c_marks_the_conclusion(desk: Desk) -> None:
    _cell, notes = filled(desk)
    desk.choose(notes[0])
    before = desk.note(notes[0]).conclusion
    desk.press(Key.Key_C)
    assert desk.note(notes[0]).conclusion is not before
    desk.view.viewport().repaint()


def test_selection_and_current_survive_what_happens_to_the_board(desk: Desk) -> None:
    _cell, notes = filled(desk)
    desk.choose(*notes[:2])
    for number in range(3):
        desk.replica.send(
            WriteNote(
                id=uuid4(), note=NoteId(uuid4()), text=str(number), table=table_id(1), step=None
            )
        )
    desk.replica.loaded.emit()
    assert set(desk.view.selected()) == set(notes[:2])
    assert desk.view.current() == notes[0]


def test_a_key_that_is_held_elsewhere_does_not_change_what_is_gone_to(desk: Desk) -> None:
    _cell, notes = filled(desk)
    desk.choose(notes[0])
    desk.press(Key.Key_Control, CTRL)  # as Qt sees it: down
    assert QGuiApplication.keyboardModifiers() == CTRL
    for note in notes[:2]:
        desk.view.go_to(note)
        assert desk.view.selected() == [note]


def test_control_click_selects_several_and_a_press_on_a_tile_unfolds(qtbot: QtBot) -> None:
    desk = Desk(qtbot, meeting_with(themes=2, notes=120, own=False, rows=1))
    box = next(box for box in desk.view.layout_now().boxes if box.more is not None)
    viewport = desk.view.viewport()
    mice.click(viewport, desk.view.rect_of(box.shown[0]).center())
    mice.click(viewport, desk.view.rect_of(box.shown[1]).center(), CTRL)
    assert desk.view.selected() == box.shown[:2]
    assert box.more is not None
    mice.click(viewport, desk.view.on_screen(box.more).center())
    opened = desk.view.layout_now().box_of(box.cell)
    assert opened is not None
    assert opened.hidden == 0
    desk.press(Key.Key_E)
    again = desk.view.layout_now().box_of(box.cell)
    assert again is not None
    assert again.hidden


def test_near_an_edge_the_board_scrolls_along(qtbot: QtBot) -> None:
    desk = Desk(qtbot, meeting_with(themes=5, notes=300))
    viewport = desk.view.viewport()
    first = desk.view.layout_now().boxes[0].shown[0]
    mice.press(viewport, desk.view.rect_of(first).center())
    mice.move(viewport, QPoint(300, viewport.height() - 6))
    bar = desk.view.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.value() > 100)
    desk.press(Key.Key_Escape)
    at = bar.value()
    qtbot.wait(60)
    assert bar.value() == at


def test_zooming_keeps_to_its_sizes(desk: Desk) -> None:
    _cell, notes = filled(desk)
    before = desk.view.rect_of(notes[0]).height()
    desk.view.zoom_by(2)
    assert desk.view.rect_of(notes[0]).height() > before
    desk.press(Key.Key_0, CTRL)
    assert desk.view.rect_of(notes[0]).height() == before
    desk.view.zoom_by(-20)
    desk.view.viewport().repaint()


def test_a_screen_reader_hears_text_table_theme_category_and_place(desk: Desk) -> None:
    note = note_id(1)
    desk.acts.place([note], KANSEN, None)
    said = desk.model.index_of(note).data(Qt.ItemDataRole.AccessibleTextRole)
    count = len(desk.notes_in(KANSEN))
    table = desk.model.table_of(desk.note(note))
    assert said == (
        f"{desk.note(note).text}. {table}. Thema Ontmoeting, categorie Kansen, {count} van {count}"
    )
    assert desk.view.accessibleName() == "Matrix van notities"


def test_tips_hold_the_whole_text_and_no_markup(desk: Desk) -> None:
    desk.acts.edit(note_id(1), "<b>Vet</b> & zo")
    tip = desk.model.index_of(note_id(1)).data(Qt.ItemDataRole.ToolTipRole)
    assert "&lt;b&gt;Vet&lt;/b&gt; &amp; zo" in tip


def test_qt_gives_each_note_to_screen_readers(desk: Desk) -> None:
    found = QAccessible.queryAccessibleInterface(desk.view)
    assert found is not None
    assert found.text(QAccessible.Text.Name) == "Matrix van notities"
    assert found.childCount() == desk.model.rowCount()
    row = desk.model.row_of(note_id(5))
    child = found.child(row)
    assert child is not None
    spoken = desk.model.index(row).data(Qt.ItemDataRole.AccessibleTextRole)
    assert child.text(QAccessible.Text.Name) == spoken


def test_a_new_state_in_the_middle_of_a_drag_hurts_nothing(desk: Desk) -> None:
    cell, notes = filled(desk)
    viewport = desk.view.viewport()
    mice.press(viewport, desk.view.rect_of(notes[0]).center())
    mice.move(viewport, desk.inside(other_cell(desk, cell)))
    desk.replica.state.load(meeting_with(themes=2, notes=1), revision=9)
    desk.replica.loaded.emit()
    viewport.repaint()
    mice.release(viewport, QPoint(400, 300))
    viewport.repaint()
    assert desk.replica.sent == []
    assert desk.model.rowCount() == 1
