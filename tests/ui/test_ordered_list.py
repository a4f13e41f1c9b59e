"""The list that is edited where it stands."""

from __future__ import annotations

from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from tests.ui import pages
from ui.widgets.draft import Edit
from ui.widgets.fields import LineField, TextField
from ui.widgets.ordered_list import Column, OrderedList, Row


def names(count: int) -> list[Row]:
    return [
        Row(id=UUID(int=n), values={"name": f"naam {n}", "more": f"meer {n}"}, mark=str(n))
        for n in range(1, count + 1)
    ]


def columns() -> list[Column]:
    return [
        Column(name="name", title="Naam", make=LineField),
        Column(name="more", title="Meer", make=lambda: TextField(enter="leave")),
    ]


class Heard:
    """What a list asked for."""

    def __init__(self, view: OrderedList) -> None:
        self.edits: list[tuple[UUID, str, Edit]] = []
        self.moves: list[tuple[UUID, UUID | None]] = []
        self.gone: list[UUID] = []
        self.new: list[tuple[UUID, str]] = []
        view.edited.connect(lambda *what: self.edits.append(what))
        view.moved.connect(lambda *what: self.moves.append(what))
        view.removed.connect(self.gone.append)
        view.added.connect(lambda *what: self.new.append(what))


@pytest.fixture
def view(qtbot: QtBot) -> OrderedList:
    made = OrderedList(columns(), thing="naam", adds="Nog een naam", marked=True, scrolls=True)
    pages.show(qtbot, made, 700, 400)
    made.show_rows(names(3))
    return made


def row(number: int) -> UUID:
    return UUID(int=number)


def test_leaving_a_field_sends_it_once(view: OrderedList, qtbot: QtBot) -> None:
    heard = Heard(view)
    pages.type_into(view.field(row(2), "name"), "iets anders")
    assert [(key, column, edit.text) for key, column, edit in heard.edits] == [
        (row(2), "name", "iets anders")
    ]
    assert heard.edits[0][2].base == "naam 2"


def test_a_pause_in_typing_sends_too(view: OrderedList, qtbot: QtBot) -> None:
    heard = Heard(view)
    field = view.field(row(1), "name")
    pages.type_into(field, "halverwege", leave=False)
    assert not heard.edits, "not per key"
    assert isinstance(field, LineField)
    field.pause.timeout.emit()
    assert heard.edits[0][2].text == "halverwege"
    assert field.editor.hasFocus()


def test_enter_goes_to_the_next_row_and_at_last_to_the_end(view: OrderedList, qtbot: QtBot) -> None:
    editor = view.field(row(2), "name").editor
    editor.setFocus()
    pages.key(editor, Qt.Key.Key_Return)
    assert view.field(row(3), "name").editor.hasFocus()
    pages.key(view.field(row(3), "name").editor, Qt.Key.Key_Return)
    assert view.adder.line.hasFocus()


def test_enter_in_a_text_goes_on_too(view: OrderedList, qtbot: QtBot) -> None:
    heard = Heard(view)
    field = view.field(row(1), "more")
    pages.type_into(field, "tekst", leave=False)
    pages.key(field.editor, Qt.Key.Key_Return)
    assert heard.edits[0][2].text == "tekst"
    assert view.field(row(2), "more").editor.hasFocus()


def test_tab_goes_from_field_to_field_and_row_to_row(view: OrderedList, qtbot: QtBot) -> None:
    editor = view.field(row(1), "name").editor
    editor.setFocus()
    for expected in (
        view.field(row(1), "more").editor,
        view.field(row(2), "name").editor,
        view.field(row(2), "more").editor,
        view.field(row(3), "name").editor,
        view.field(row(3), "more").editor,
        view.adder.line,
    ):
        focus = QApplication.focusWidget()
        assert focus is not None
        pages.key(focus, Qt.Key.Key_Tab)
        assert QApplication.focusWidget() is expected


def test_rows_move_by_button_and_by_key(view: OrderedList, qtbot: QtBot) -> None:
    heard = Heard(view)
    pages.press(view.line(row(1)).down)
    pages.press(view.line(row(3)).up)
    pages.alt(view.field(row(2), "name"), Qt.Key.Key_Down)
    pages.alt(view.field(row(2), "more"), Qt.Key.Key_Up)
    assert heard.moves == [
        (row(1), row(3)),
        (row(3), row(2)),
        (row(2), None),
        (row(2), row(1)),
    ]
    assert not view.line(row(1)).up.isEnabled()
    assert not view.line(row(3)).down.isEnabled()


def test_moving_sends_what_was_typed_first(view: OrderedList, qtbot: QtBot) -> None:
    order: list[str] = []
    view.edited.connect(lambda *what: order.append("edited"))
    view.moved.connect(lambda *what: order.append("moved"))
    pages.type_into(view.field(row(2), "name"), "nieuw", leave=False)
    pages.alt(view.field(row(2), "name"), Qt.Key.Key_Up)
    assert order == ["edited", "moved"]


def test_the_cursor_stays_in_a_row_that_moved(view: OrderedList, qtbot: QtBot) -> None:
    editor = view.field(row(1), "name").editor
    editor.setFocus()
    one, two, three = names(3)
    view.show_rows([two, one, three])
    assert editor.hasFocus()
    assert view.line(row(1)).y() > view.line(row(2)).y()


def test_a_row_is_removed_and_the_cursor_goes_to_the_next(view: OrderedList, qtbot: QtBot) -> None:
    heard = Heard(view)
    pages.alt(view.field(row(2), "name"), Qt.Key.Key_Delete)
    assert heard.gone == [row(2)]
    assert view.field(row(3), "name").editor.hasFocus()
    pages.press(view.line(row(1)).bin)
    assert heard.gone == [row(2), row(1)]


def test_enter_adds_and_stays_for_the_next(view: OrderedList, qtbot: QtBot) -> None:
    heard = Heard(view)
    pages.add(view, "vier")
    pages.add(view, "vijf")
    assert [text for _key, text in heard.new] == ["vier", "vijf"]
    assert view.adder.line.hasFocus()
    assert "vier, vijf" in view.adder.waiting.text(), "what is on its way is told"
    more = [Row(id=key, values={"name": text, "more": ""}) for key, text in heard.new]
    view.show_rows([*names(3), *more])
    assert view.adder.waiting.isHidden()


def test_tab_adds_and_goes_into_the_new_row(view: OrderedList, qtbot: QtBot) -> None:
    heard = Heard(view)
    pages.add(view, "vier", Qt.Key.Key_Tab)
    key = heard.new[0][0]
    view.show_rows([*names(3), Row(id=key, values={"name": "vier", "more": ""})])
    assert view.field(key, "more").editor.hasFocus()


def test_shift_and_enter_stay_where_a_row_has_one_line(view: OrderedList, qtbot: QtBot) -> None:
    heard = Heard(view)
    view.adder.line.setFocus()
    pages.keys(view.adder.line, "vier")
    pages.key(view.adder.line, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    view.show_rows([*names(3), Row(id=heard.new[0][0], values={"name": "vier", "more": ""})])
    assert view.adder.line.hasFocus()


def test_leaving_the_last_line_adds_what_stands_there(view: OrderedList, qtbot: QtBot) -> None:
    heard = Heard(view)
    view.adder.line.setFocus()
    pages.keys(view.adder.line, "vier")
    view.field(row(1), "name").editor.setFocus()
    assert [text for _key, text in heard.new] == ["vier"]


def test_many_lines_are_pasted_as_many_rows(view: OrderedList, qtbot: QtBot) -> None:
    heard = Heard(view)
    QGuiApplication.clipboard().setText("an\nbo\n\ncor\n")
    view.adder.line.setFocus()
    pages.key(view.adder.line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert [text for _key, text in heard.new] == ["an", "bo", "cor"]


def test_what_was_not_added_comes_back_with_the_reason(view: OrderedList, qtbot: QtBot) -> None:
    heard = Heard(view)
    pages.add(view, "te veel")
    view.refuse(heard.new[0][0], "Er is geen plaats meer.")
    assert view.adder.line.text() == "te veel"
    assert view.adder.reason.isVisible()
    assert "geen plaats" in view.adder.reason.text()
    pages.key(view.adder.line, Qt.Key.Key_Escape)
    assert not view.adder.line.text()
    assert not view.adder.reason.isVisible()


def test_a_refused_edit_keeps_the_text_and_tells_why(view: OrderedList, qtbot: QtBot) -> None:
    field = view.field(row(1), "name")
    pages.type_into(field, "fout")
    field.answered("Dat mag niet.")
    view.show_rows(names(3))
    assert pages.text_of(field) == "fout"
    assert field.reason.isVisible()
    assert field.editor.accessibleDescription() == "Dat mag niet."
    before = view.line(row(2)).y()
    qtbot.waitUntil(lambda: view.line(row(2)).y() >= field.height())
    assert view.line(row(2)).y() >= before, "the reason has room"
    field.editor.setFocus()
    pages.key(field.editor, Qt.Key.Key_Escape)
    assert pages.text_of(field) == "naam 1"
    assert not field.reason.isVisible()


def test_another_does_not_type_over_what_is_being_typed(view: OrderedList, qtbot: QtBot) -> None:
    field = view.field(row(1), "name")
    pages.type_into(field, "van mij", leave=False)
    changed = Row(id=row(1), values={"name": "van een ander", "more": "ook"}, mark="1")
    view.show_rows([changed, *names(3)[1:]])
    assert pages.text_of(field) == "van mij"


def test_a_row_that_another_removed_stays_while_it_is_typed_in(
    view: OrderedList, qtbot: QtBot
) -> None:
    pages.type_into(view.field(row(2), "name"), "nog niet af", leave=False)
    rest = [known for known in names(3) if known.id != row(2)]
    view.show_rows(rest)
    assert pages.text_of(view.field(row(2), "name")) == "nog niet af"
    assert view.line(row(2)).message.isVisible()
    pages.press(view.line(row(2)).bin)
    assert [known.id for known in view.rows] == [row(1), row(3)]


def test_a_number_goes_up_and_down_with_the_arrows(qtbot: QtBot) -> None:
    field = LineField("Minuten", numeric=True)
    pages.show(qtbot, field, 200, 60)
    field.show_value("20")
    field.editor.setFocus()
    pages.key(field.editor, Qt.Key.Key_Up)
    assert pages.text_of(field) == "21"
    pages.key(field.editor, Qt.Key.Key_Down)
    pages.key(field.editor, Qt.Key.Key_Down)
    assert pages.text_of(field) == "19"


def test_a_thousand_rows_become_widgets_only_in_sight(qtbot: QtBot) -> None:
    view = OrderedList(columns(), thing="naam", adds="Nog", scrolls=True)
    pages.show(qtbot, view, 700, 400)
    view.show_rows(names(1000))
    assert 5 < len(view.lines) < 60
    view.go_to(row(900), "name")
    qtbot.waitUntil(view.field(row(900), "name").editor.hasFocus)
    qtbot.waitUntil(lambda: not view.line(row(900)).visibleRegion().isEmpty())
    assert len(view.lines) < 150


def test_text_fields_join_with_the_cursor_where_it_was(qtbot: QtBot) -> None:
    field = TextField(merges="engine")
    pages.show(qtbot, field, 400, 200)
    field.show_value("een twee")
    field.editor.setFocus()
    pages.key(field.editor, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    pages.keys(field.editor, " drie")
    field.show_value("nul één een twee")
    pages.keys(field.editor, " vier")
    assert field.text.toPlainText() == "nul één een twee drie vier"


def test_undo_is_left_to_the_window_when_a_field_has_nothing_of_its_own(
    view: OrderedList, qtbot: QtBot
) -> None:
    from PySide6.QtGui import QKeySequence, QShortcut  # noqa: PLC0415

    taken: list[bool] = []
    shortcut = QShortcut(QKeySequence("Ctrl+Z"), view)
    shortcut.activated.connect(lambda: taken.append(True))
    editor = view.field(row(1), "name").editor
    assert isinstance(editor, QLineEdit)
    editor.setFocus()
    pages.key(editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert taken == [True]
    pages.keys(editor, "x")
    pages.key(editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert taken == [True]
    assert editor.text() == "naam 1"


def test_a_row_does_only_what_it_may(qtbot: QtBot) -> None:
    made = OrderedList(columns(), thing="naam", acts=("remove",))
    pages.show(qtbot, made, 700, 400)
    made.show_rows(names(3))
    heard = Heard(made)
    line = made.lines[row(2)]
    assert [b.isVisible() for b in (line.up, line.down, line.bin)] == [False, False, True]
    pages.alt(line.fields["name"], Qt.Key.Key_Up)
    pages.alt(line.fields["name"], Qt.Key.Key_Delete)
    assert (heard.moves, heard.gone) == ([], [row(2)])
    assert line.bin.geometry().right() < line.width()
    wide = OrderedList(columns(), thing="naam", acts=())
    pages.show(qtbot, wide, 700, 400)
    wide.show_rows(names(1))
    more = [view.lines[row(1)].fields["more"].geometry().right() for view in (made, wide)]
    assert more[0] < more[1] <= wide.width()


def test_a_field_may_stand_under_the_others(qtbot: QtBot) -> None:
    under = Column(name="under", make=lambda: TextField("Meer", least=3), under=True)
    made = OrderedList([*columns(), under], thing="naam", marked=True)
    pages.show(qtbot, made, 700, 400)
    rows = [Row(id=known.id, values={**known.values, "under": "x"}) for known in names(2)]
    made.show_rows(rows)
    fields = made.lines[row(1)].fields
    assert fields["under"].geometry().top() >= fields["name"].geometry().bottom()
    assert fields["under"].geometry().left() == fields["name"].geometry().left()
    assert fields["under"].geometry().right() > fields["more"].geometry().right()
    assert made.lines[row(2)].y() == made.lines[row(1)].height()
    fields["more"].editor.setFocus()
    pages.key(fields["more"].editor, Qt.Key.Key_Tab)
    assert fields["under"].editor.hasFocus()


def test_a_screen_reader_hears_of_which_row_a_field_is(qtbot: QtBot) -> None:
    made = OrderedList(columns(), thing="naam")
    pages.show(qtbot, made, 700, 400)
    for named in ("1", "2"):
        made.show_rows([Row(id=row(1), values={"name": "a", "more": "b"}, named=named)])
        assert made.field(row(1), "more").editor.accessibleName() == f"Meer, {named}"
