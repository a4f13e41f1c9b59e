"""The page Ordenen: categories, the hall, searching, and what it says when there is nothing."""

from __future__ import annotations

from uuid import uuid4

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from facilitator.meeting.categories import Category, categories_of
from facilitator.meeting.ids import CategoryId
from facilitator.meeting.notes import HideNotes, Note
from facilitator.meeting.projector import SceneName, the_projector
from tests.ui.content import meeting_with, note_id, own_id, row_id, theme_id
from tests.ui.local import LocalReplica
from ui import theme
from ui.board.editing import NoteField, TitleField
from ui.board.menus import menu_at
from ui.console.arranging import ArrangingPage

Key = Qt.Key


def page_with(qtbot: QtBot, **content: object) -> ArrangingPage:
    theme.load_fonts()
    page = ArrangingPage(LocalReplica(meeting_with(**content)))  # type: ignore[arg-type]
    qtbot.addWidget(page)
    page.resize(1405, 920)
    page.show()
    page.entered()
    return page


@pytest.fixture
def page(qtbot: QtBot) -> ArrangingPage:
    return page_with(qtbot, themes=3, notes=40)


def the_field(page: ArrangingPage) -> TitleField:
    fields = [field for field in page.view.findChildren(TitleField) if field.isVisible()]
    assert len(fields) == 1
    return fields[0]


def entries(menu: QMenu) -> dict[str, QAction]:
    """All entries of a menu and of those in it, by their words."""
    found = {}
    for action in menu.actions():
        part = action.menu()
        if isinstance(part, QMenu):
            found.update(entries(part))
        found[action.text().split("\t")[0]] = action
    return found


def titles(page: ArrangingPage, theme_number: int | None) -> list[str]:
    key = theme_id(theme_number) if theme_number else None
    return [category.title for category in categories_of(page.replica.state, key)]


def test_undo_and_redo_are_buttons_that_say_what(page: ArrangingPage) -> None:
    back = page.taking_back
    assert not back.undo.isEnabled()
    page.acts.place([note_id(1)], (theme_id(2), row_id(1)), None)
    assert back.undo.isEnabled()
    assert back.undo.toolTip() == "Notities verplaatsen · Ctrl+Z"
    back.undo.click()
    assert not back.undo.isEnabled()
    assert back.redo.toolTip() == "Notities verplaatsen · Ctrl+Y"
    back.redo.click()
    assert page.replica.state.get(Note, note_id(1)).category == row_id(1)
    assert back.undo.toolTip() == "Notities verplaatsen · Ctrl+Z"


def test_the_matrix_goes_to_the_hall_whole_or_one_theme(page: ArrangingPage) -> None:
    page.show_button.click()
    assert the_projector(page.replica.state).scene is SceneName.MATRIX
    assert the_projector(page.replica.state).theme is None
    page.hall_menu.aboutToShow.emit()
    entries(page.hall_menu)["2  Ontmoeting"].trigger()
    assert the_projector(page.replica.state).theme == theme_id(2)


def test_a_category_is_typed_where_it_will_stand(page: ArrangingPage) -> None:
    page.view.add_category(theme_id(1))
    QTest.keyClicks(the_field(page), "Water")
    QTest.keyClick(the_field(page), Key.Key_Return)
    assert titles(page, 1)[-1] == "Water"
    page.replica.undo()
    assert "Water" not in titles(page, 1)


def test_escape_makes_no_category(page: ArrangingPage) -> None:
    page.view.add_row()
    QTest.keyClicks(the_field(page), "Vragen")
    QTest.keyClick(the_field(page), Key.Key_Escape)
    assert "Vragen" not in titles(page, None)


def test_the_menu_of_the_button_adds_to_a_theme_or_across_all(page: ArrangingPage) -> None:
    page.category_menu.aboutToShow.emit()
    found = entries(page.category_menu)
    found["Rij over alle thema’s"].trigger()
    QTest.keyClicks(the_field(page), "Vragen")
    QTest.keyClick(the_field(page), Key.Key_Return)
    assert titles(page, None)[-1] == "Vragen"
    found["3  Veilig op straat"].trigger()
    QTest.keyClicks(the_field(page), "Geluid")
    QTest.keyClick(the_field(page), Key.Key_Return)
    assert titles(page, 3)[-1] == "Geluid"


def test_renaming_in_the_cell(page: ArrangingPage) -> None:
    page.acts.place([note_id(1)], (theme_id(2), own_id(2, 1)), None)
    page.view.go_to(note_id(1))
    QTest.keyClick(page.view, Key.Key_F2)
    assert the_field(page).text() == "Plekken"
    QTest.keyClicks(the_field(page), "Ruimte")
    QTest.keyClick(the_field(page), Key.Key_Return)
    assert titles(page, 2)[0] == "Ruimte"


def test_the_menu_of_a_cell_moves_and_removes_its_category(page: ArrangingPage) -> None:
    cell = (theme_id(1), own_id(1, 2))
    note = note_id(1)
    page.acts.place([note], cell, None)

    def menu() -> dict[str, QAction]:
        box = page.view.layout_now().box_of(cell)
        return entries(menu_at(page.view, page.categories, box, None))

    menu()["Omhoog"].trigger()
    assert titles(page, 1)[0] == "Samen onderhouden"
    menu()["Omhoog"].trigger()
    assert titles(page, 1)[0] == "Samen onderhouden"
    menu()["Omlaag"].trigger()
    assert titles(page, 1)[1] == "Samen onderhouden"
    menu()["Weghalen; de notities blijven"].trigger()
    assert page.replica.state.find(Category, own_id(1, 2)) is None
    assert page.replica.state.get(Note, note).category is None
    page.replica.undo()
    assert page.replica.state.get(Note, note).category == own_id(1, 2)


def test_the_menu_of_a_note_puts_it_anywhere(page: ArrangingPage) -> None:
    note = note_id(1)
    page.view.go_to(note)
    box = page.view.layout_now().box_of(page.model.cell_of(note))
    found = entries(menu_at(page.view, page.categories, box, note))
    assert {"Tekst wijzigen", "Markeren als conclusie", "1 notitie verbergen"} <= set(found)
    places = found["Verplaatsen naar"].menu()
    assert isinstance(places, QMenu)
    column = places.actions()[1].menu()
    assert isinstance(column, QMenu)
    entries(column)["Feesten"].trigger()
    assert page.replica.state.get(Note, note).category == own_id(2, 4)


def test_a_right_press_asks_for_the_menu_of_that_place(page: ArrangingPage, qtbot: QtBot) -> None:
    page.view.menu_wanted.disconnect(page._show_menu)
    note = page.view.layout_now().boxes[0].shown[0]
    at = page.view.rect_of(note).center()
    with qtbot.waitSignal(page.view.menu_wanted) as asked:
        QTest.mouseClick(page.view.viewport(), Qt.MouseButton.RightButton, pos=at)
        page.view.customContextMenuRequested.emit(at)
        from PySide6.QtGui import QContextMenuEvent  # noqa: PLC0415 - only here

        event = QContextMenuEvent(
            QContextMenuEvent.Reason.Mouse, at, page.view.viewport().mapToGlobal(at)
        )
        page.view.contextMenuEvent(event)
    assert asked.args is not None
    assert asked.args[1] == note
    assert page.view.selected() == [note]


def test_searching_dims_the_rest_and_f3_goes_on(page: ArrangingPage) -> None:
    QTest.keyClick(page, Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert page.search.hasFocus()
    page.search.setText("BANKJES")
    page.look_for()
    found = page.view._look.found
    assert found
    assert all("bankjes" in page.model.note(note).text.lower() for note in found)
    page.view.viewport().repaint()
    seen = []
    for _ in found:
        page.find_next()
        seen.append(page.view.current())
    assert set(seen) == set(found)
    page.find_previous()
    assert page.view.current() == seen[-2]
    QTest.keyClick(page.search, Key.Key_Escape)
    assert page.view._look.found is None
    assert page.view.hasFocus()


def test_f3_unfolds_the_cell_of_what_was_found(qtbot: QtBot) -> None:
    page = page_with(qtbot, themes=2, notes=150, own=False, rows=1)
    box = next(box for box in page.view.layout_now().boxes if box.hidden)
    folded = box.notes[-1]
    page.view.show_note(folded)
    assert folded in page.view.layout_now().places


def test_the_status_tells_what_can_be_done(page: ArrangingPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.said) as said:
        page.view.go_to(note_id(2))
    assert said.args == ["1 notitie geselecteerd · Ctrl+Shift+pijl verplaatst naar de cel ernaast"]


def test_a_refusal_is_told_to_the_window(page: ArrangingPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.trouble):
        page.acts.place([note_id(1)], (theme_id(1), own_id(2, 1)), None)


def test_what_is_missing_is_said(qtbot: QtBot) -> None:
    nothing = page_with(qtbot, themes=0, notes=0, own=False, rows=0)
    assert nothing.stack.currentIndex() == 1
    assert nothing.no_themes.isVisible()
    no_notes = page_with(qtbot, themes=2, notes=0)
    assert "nog geen notities" in no_notes.hint.text.text()
    no_categories = page_with(qtbot, themes=2, notes=9, own=False, rows=0)
    assert "nog geen categorieën" in no_categories.hint.text.text()
    no_categories.hint.action.click()
    qtbot.waitUntil(lambda: bool(no_categories.view.findChildren(TitleField)))
    QTest.keyClicks(the_field(no_categories), "Kansen")
    QTest.keyClick(the_field(no_categories), Key.Key_Return)
    assert not no_categories.hint.isVisible()


def test_enter_after_a_name_of_a_category_opens_no_note(page: ArrangingPage) -> None:
    page.view.go_to(note_id(2))
    page.view.add_category(theme_id(1))
    field = the_field(page)
    QTest.keyClicks(field, "Woning")
    QTest.keyClick(field, Key.Key_Return)
    assert "Woning" in titles(page, 1)
    assert page.view.findChildren(NoteField) == []


def test_the_panel_lists_all_categories_for_the_keyboard(page: ArrangingPage) -> None:
    page.panel.show()
    page.panel.refresh()
    assert len(page.panel.cards) == 4
    page.panel.closed.emit()
    assert not page.panel.isVisible()


def test_a_double_click_on_a_title_renames(page: ArrangingPage) -> None:
    box = page.view.layout_now().box_of((theme_id(1), own_id(1, 1)))
    assert box is not None
    at = page.view.on_screen(box.rect).topLeft() + QPoint(30, 12)
    QTest.mouseDClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert the_field(page).text() == "Bankjes en bomen"


def test_hidden_notes_leave_the_board_and_the_search(page: ArrangingPage) -> None:
    page.search.setText("e")
    page.look_for()
    page.replica.send(HideNotes(id=uuid4(), notes=(note_id(1),)))
    page.look_for()
    assert page.view._look.found is not None
    assert note_id(1) not in page.view._look.found


def test_a_page_that_is_left_hears_nothing_more(qtbot: QtBot) -> None:
    theme.load_fonts()
    replica = LocalReplica(meeting_with(themes=3, notes=40))
    page = ArrangingPage(replica)
    page.show()
    page.view.go_to(note_id(1))
    replica.send(HideNotes(id=uuid4(), notes=(note_id(2),)))
    page.deleteLater()
    gone = []
    page.destroyed.connect(lambda _page: gone.append(True))
    qtbot.waitUntil(lambda: bool(gone))
    replica.send(HideNotes(id=uuid4(), notes=(note_id(3),)))
    replica.loaded.emit()


def test_a_row_under_many_notes_is_one_choice_or_a_few_keys_away(qtbot: QtBot) -> None:
    page = page_with(qtbot, themes=5, notes=300, rows=3)
    page.resize(1085, 560)
    page.category_menu.aboutToShow.emit()
    entries(page.category_menu)["Zorgen"].trigger()
    current = page.view.current()
    assert current is not None
    assert page.model.cell_of(current) == (theme_id(1), row_id(2))
    assert page.view.board_area().contains(page.view.rect_of(current))
    page.view.verticalScrollBar().setValue(0)
    page.view.setCurrentIndex(page.model.index_of(page.model.notes_at((theme_id(1), None))[0]))
    cells = []
    for _press in range(6):
        QTest.keyClick(page.view, Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
        at = page.view.current()
        assert at is not None
        cells.append(page.model.cell_of(at))
        assert page.view.board_area().intersects(page.view.rect_of(at))
    assert cells == [(theme_id(1), c) for c in (*map(own_one, (1, 2, 3)), *map(row_id, (1, 2, 3)))]
    QTest.keyClick(page.view, Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    at = page.view.current()
    assert at is not None
    assert page.model.cell_of(at) == (theme_id(1), row_id(2))


def own_one(number: int) -> CategoryId:
    """An own category of the first theme."""
    return own_id(1, number)


def test_on_a_board_without_notes_the_same_keys_only_scroll(qtbot: QtBot) -> None:
    page = page_with(qtbot, themes=2, notes=0, rows=2)
    for way in (Key.Key_Down, Key.Key_Up):
        QTest.keyClick(page.view, way, Qt.KeyboardModifier.ControlModifier)
    assert page.view.current() is None
