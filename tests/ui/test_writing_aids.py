"""Spelling in the editors of the verslag, its menu, and sentences to insert."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent, QTextCharFormat
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from facilitator.meeting.meeting import EditMeeting
from facilitator.meeting.outcomes import AddOpenTask
from facilitator.meeting.themes import themes
from facilitator.spelling import Answer, Question
from tests.ui import pages
from tests.ui.calls import FakeCalls
from tests.ui.local import LocalReplica
from tests.ui.test_report_page import FakeFiles, part
from ui.console.phrases import FIRST, Phrases
from ui.console.report import ReportPage
from ui.console.report_explanations import ExplanationsSection
from ui.console.report_outcomes import AgreementsSection, OpenTasksSection
from ui.link import spelling as link
from ui.link.spelling import OWN, Spelling
from ui.widgets.editors import Line, Text
from ui.widgets.fields import TextField
from ui.widgets.spelled import LineSpeller

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # menus
WAVY = QTextCharFormat.UnderlineStyle.WaveUnderline
ALT = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def replica() -> LocalReplica:
    made = pages.small_meeting()
    made.send(EditMeeting(id=pages.new_id(), organisation="Stichting Zorgzwaluw"))
    return made


@pytest.fixture
def page(replica: LocalReplica, tmp_path: Path, qtbot: QtBot) -> Iterator[ReportPage]:
    made = ReportPage(replica, FakeFiles(), FakeCalls(), folder=tmp_path)
    pages.show(qtbot, made)
    made.aids.look()
    yield made
    made.aids.spelling.close()


def field(page: ReportPage) -> TextField:
    first = themes(page.replica.state)[0].id
    return cast("ExplanationsSection", page.section(ExplanationsSection)).fields[first].field


def wrong(editor: Text) -> list[str]:
    """The words with a wavy line, as they are painted."""
    found = []
    block = editor.document().begin()
    while block.isValid():
        raw = block.text().encode("utf-16-le")
        marked = [f for f in block.layout().formats() if f.format.underlineStyle() == WAVY]
        found += [
            raw[2 * one.start : 2 * (one.start + one.length)].decode("utf-16-le") for one in marked
        ]
        block = block.next()
    return found


def test_wrong_words_get_a_wavy_line(page: ReportPage, qtbot: QtBot) -> None:
    editor = field(page).text
    pages.type_into(field(page), "😀 De gemeeente belt Zorgzwaluw over de speeltuin")
    qtbot.waitUntil(lambda: wrong(editor) == ["gemeeente"], timeout=20_000)
    assert not field(page).dirty, "a line under a word changes no text"
    assert not field(page).pause.isActive()


def test_the_word_that_is_being_typed_is_left_alone(page: ReportPage, qtbot: QtBot) -> None:
    pages.type_into(field(page), "fouut", leave=False)
    qtbot.waitUntil(lambda: page.aids.spelling.right("fouut") is False, timeout=20_000)
    pages.settle(150)
    assert wrong(field(page).text) == []
    pages.keys(field(page).text, " en")
    qtbot.waitUntil(lambda: wrong(field(page).text) == ["fouut"])


def test_a_new_row_is_spelled_too(page: ReportPage, replica: LocalReplica, qtbot: QtBot) -> None:
    page.jump(page.sections.index(page.section(OpenTasksSection)))
    task = pages.new_id()
    replica.send(AddOpenTask(id=pages.new_id(), open_task=task, text="Een fouut woord"))  # type: ignore[arg-type]
    view = part(page, OpenTasksSection)
    qtbot.waitUntil(lambda: bool(view.lines))
    editor = view.field(task, "text").text
    qtbot.waitUntil(lambda: wrong(editor) == ["fouut"], timeout=20_000)


def test_a_field_of_one_line_is_spelled_too(page: ReportPage, qtbot: QtBot) -> None:
    page.jump(page.sections.index(page.section(OpenTasksSection)))
    line = part(page, OpenTasksSection).adder.line
    page.aids.look()
    bare = red(line)
    pages.keys(line, "😀 De gemeeente belt ovver")
    qtbot.waitUntil(lambda: marked(page, line) == ["gemeeente"], timeout=20_000)
    assert red(line) > bare + 20, "a wavy line is painted"
    line.setCursorPosition(0)
    qtbot.waitUntil(lambda: marked(page, line) == ["gemeeente", "ovver"])
    assert line.text() == "😀 De gemeeente belt ovver"
    line.clear()
    qtbot.waitUntil(lambda: red(line) <= bare)


def test_the_menu_of_one_line_mends_a_word_and_inserts_a_sentence(
    page: ReportPage, qtbot: QtBot
) -> None:
    line = cast("AgreementsSection", page.section(AgreementsSection)).spoken.line
    pages.keys(line, "😀 Anna belt de gemeeente morgen")
    qtbot.waitUntil(lambda: marked(page, line) == ["gemeeente"], timeout=20_000)
    line.setCursorPosition(16)
    ask_menu(page, line, line.cursorRect().center(), qtbot)
    press_in_menu(page, "gemeente")
    assert line.text() == "😀 Anna belt de gemeente morgen"
    assert marked(page, line) == []
    line.setCursorPosition(len(line.text()) + 1)
    line.setFocus()
    page.aids.ask_phrase()
    press_in_menu(page, f"&1  {FIRST[0]}")
    assert line.text() == f"😀 Anna belt de gemeente morgen {FIRST[0]}"


def test_while_a_letter_is_composed_nothing_comes_between(page: ReportPage, qtbot: QtBot) -> None:
    line = cast("AgreementsSection", page.section(AgreementsSection)).spoken.line
    pages.keys(line, "fouut en ")
    qtbot.waitUntil(lambda: marked(page, line) == ["fouut"], timeout=20_000)
    before = line.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
    QApplication.sendEvent(line, QInputMethodEvent("´", []))
    composing = line.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
    assert composing != before, "the accent stands there, and is no text yet"
    page.aids.spelling.judged.emit()
    pages.settle(150)
    assert line.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle) == composing


def marked(page: ReportPage, line: Line) -> list[str]:
    return cast("LineSpeller", page.aids.spellers[line]).marked


def red(line: Line) -> int:
    """How many pixels are as red as a wavy line."""
    picture = line.grab().toImage()
    pixels = [
        picture.pixelColor(x, y) for x in range(picture.width()) for y in range(picture.height())
    ]
    return sum(pixel.red() > pixel.blue() + 30 for pixel in pixels)


def test_the_menu_mends_a_word_and_adds_one(page: ReportPage, tmp_path: Path, qtbot: QtBot) -> None:
    editor = field(page).text
    pages.type_into(field(page), "fouut en blorfje klaar")
    qtbot.waitUntil(lambda: wrong(editor) == ["fouut", "blorfje"], timeout=20_000)
    menu_at(page, editor, 1, qtbot)
    assert page.aids.menu is not None
    assert not any(child.isVisible() for child in page.aids.menu.findChildren(QMenu))
    press_in_menu(page, "fout")
    assert editor.toPlainText() == "fout en blorfje klaar"
    menu_at(page, editor, editor.toPlainText().index("blorfje") + 2, qtbot)
    press_in_menu(page, "Toevoegen aan woordenlijst")
    qtbot.waitUntil(lambda: wrong(editor) == [])
    assert (tmp_path / OWN).read_text("utf-8") == "blorfje\n"
    assert Spelling(tmp_path).right("Blorfje"), "kept on this laptop"


def menu_at(page: ReportPage, editor: Text, place: int, qtbot: QtBot) -> None:
    cursor = editor.textCursor()
    cursor.setPosition(place)
    ask_menu(page, editor, editor.cursorRect(cursor).center(), qtbot)


def ask_menu(page: ReportPage, editor: Text | Line, point: QPoint, qtbot: QtBot) -> None:
    page.aids.menu = None
    editor.customContextMenuRequested.emit(point)
    qtbot.waitUntil(lambda: page.aids.menu is not None, timeout=20_000)


def press_in_menu(page: ReportPage, text: str) -> None:
    menu = page.aids.menu
    assert menu is not None
    next(action for action in menu.actions() if action.text() == text).trigger()
    menu.close()


def test_another_language_is_another_list(
    page: ReportPage, replica: LocalReplica, qtbot: QtBot
) -> None:
    replica.send(EditMeeting(id=pages.new_id(), language="en"))
    page.aids.look()
    pages.type_into(field(page), "the neighbourhood vergadering together")
    qtbot.waitUntil(lambda: wrong(field(page).text) == ["vergadering"], timeout=20_000)


def test_without_spelling_it_is_said(page: ReportPage, qtbot: QtBot) -> None:
    assert not page.unspelled.isVisible()
    spelling = page.aids.spelling
    qtbot.waitUntil(lambda: spelling._asked is None, timeout=20_000)
    spelling._asked = Question(language="nl", words=("iets",)), None
    spelling._take(None, Answer(able=False))
    assert page.unspelled.isVisible()
    assert spelling.right("gemeeente"), "nothing is called wrong"


def test_a_program_that_falls_over_is_started_again_and_given_up_at_last(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(link, "command", lambda *_words: ["/nowhere/at/all"])
    spelling = Spelling(tmp_path)
    with qtbot.waitSignal(spelling.failed):
        for number in range(link.TRIES):
            spelling.right("woord" + "abc"[number])
            spelling._ask()
    assert not spelling.able


def test_a_killed_program_is_no_end(tmp_path: Path, qtbot: QtBot) -> None:
    spelling = Spelling(tmp_path)
    spelling.right("gemeente")
    qtbot.waitUntil(lambda: spelling.right("gemeente") is True, timeout=20_000)
    assert spelling._process is not None
    spelling._process.kill()
    qtbot.waitUntil(lambda: spelling._process is None, timeout=20_000)
    spelling.right("fouut")
    qtbot.waitUntil(lambda: spelling.right("fouut") is False, timeout=20_000)
    spelling.close()


# Standaardzinnen


def test_a_sentence_is_inserted_where_the_cursor_is(page: ReportPage) -> None:
    editor = field(page).text
    pages.type_into(field(page), "Eerst dit.", leave=False)
    pages.key(editor, Qt.Key.Key_J, ALT)
    assert page.aids.menu is not None
    assert page.aids.menu.actions()[1].text().startswith("&2")
    page.aids.menu.actions()[1].trigger()
    page.aids.menu.close()
    assert editor.toPlainText() == f"Eerst dit. {FIRST[1]}"
    assert editor.hasFocus()


def test_without_a_cursor_nothing_can_be_inserted(page: ReportPage) -> None:
    page.setFocus()
    page.aids._last = None
    page.aids.ask_phrase()
    assert page.aids.menu is not None
    assert not page.aids.menu.actions()[0].isEnabled()
    page.aids.menu.close()


def test_the_list_is_changed_and_kept(page: ReportPage, tmp_path: Path) -> None:
    page.aids._edit_phrases()
    dialog = page.aids.dialog
    assert dialog is not None
    assert dialog.text.toPlainText() == "\n".join(FIRST)
    dialog.text.setPlainText("Eerste & tweede\n\n  Nog een  \n")
    pages.press(dialog.done_button)
    assert page.aids.phrases.all() == ["Eerste & tweede", "Nog een"]
    assert Phrases(tmp_path).all() == ["Eerste & tweede", "Nog een"]


def test_a_list_that_cannot_be_kept_says_so(page: ReportPage, tmp_path: Path) -> None:
    page.aids.phrases._file = tmp_path / "weg" / "x.txt"
    page.aids._edit_phrases()
    dialog = page.aids.dialog
    assert dialog is not None
    pages.press(dialog.done_button)
    assert dialog.isVisible()
    assert dialog.reason.isVisible()
    dialog.close()
