"""The start screen and the window that holds it, on a real engine."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from facilitator import i18n
from facilitator.kernel.errors import FacilitatorError, Unavailable
from facilitator.meeting.ids import MeetingId
from facilitator.meeting.meeting import OpenDoors, the_meeting
from facilitator.meeting.programme import NextStep, current_step, the_clock
from facilitator.meeting.themes import themes
from tests.ui.link import PATIENCE, kept, kill, start, stop
from ui.console.library import LibraryPage
from ui.console.new_meeting import NewMeeting
from ui.console.questions import Question
from ui.console.saying import sentence
from ui.console.settings import Remembered
from ui.console.window import Window
from ui.link.engine import Engine, State
from ui.link.hall import Hall
from ui.link.summary import Plan, Summary
from ui.widgets.saving import safe_name, save


def window_of(folder: Path, qtbot: QtBot) -> Window:
    window = Window(Remembered(folder))
    window.attach(kept(Engine(folder)), Hall(folder))
    qtbot.addWidget(window, before_close_func=lambda _window: _leave(window))
    window.show()
    return window


def _leave(window: Window) -> None:
    window._leaving = True


@pytest.fixture
def window(tmp_path: Path, qtbot: QtBot) -> Iterator[Window]:
    made = window_of(tmp_path, qtbot)
    start(made.engine, qtbot)
    yield made
    if made._replica is not None:
        made._replica.close()
    if made.engine.state is State.UP:
        stop(made.engine, qtbot)


def wait(qtbot: QtBot, what: object) -> None:
    qtbot.waitUntil(what, timeout=PATIENCE)  # type: ignore[arg-type]


def made_meeting(window: Window, qtbot: QtBot, title: str = "Wijkcafé") -> None:
    """Make one and go back to the list."""
    window.library.make(Plan(title=title, themes=("Groen", "Wonen")))
    wait(qtbot, lambda: window._view is not None)


def titles(window: Window) -> list[str]:
    return [meeting.title for meeting in window.library.meetings.meetings]


@pytest.mark.e2e
def test_the_first_time_the_sample_is_offered(window: Window, qtbot: QtBot) -> None:
    wait(qtbot, window.library.first_sample.isVisible)
    window.library.first_sample.click()
    wait(qtbot, lambda: window._view is not None)
    assert window._replica is not None
    assert len(themes(window._replica.state)) == 5
    assert the_meeting(window._replica.state).title in window.windowTitle()


@pytest.mark.e2e
def test_new_copy_export_import_delete(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    made_meeting(window, qtbot)
    window.leave_meeting()
    wait(qtbot, lambda: titles(window) == ["Wijkcafé"])
    window.library.copy_selected()
    wait(qtbot, lambda: sorted(titles(window)) == ["Wijkcafé", "Wijkcafé (kopie)"])
    current = window.library.current()
    assert current is not None
    assert current.title == "Wijkcafé (kopie)"

    path = tmp_path / "uit" / "kopie.cafe"
    path.parent.mkdir()
    window.library.export(current.id, "cafe", path)
    wait(qtbot, path.exists)
    assert path.read_bytes()[:2] == b"PK"

    window.library.ask_delete()
    question = next(
        widget for widget in QApplication.topLevelWidgets() if isinstance(widget, Question)
    )
    assert current.title in str(question.children()) or question.isModal()
    question.answers[1].click()
    wait(qtbot, lambda: titles(window) == ["Wijkcafé"])

    window.library.bring_in(path)
    wait(qtbot, lambda: sorted(titles(window)) == ["Wijkcafé", "Wijkcafé (kopie)"])


def asked_to_delete(window: Window, qtbot: QtBot) -> Question:
    """The newest of two meetings of one title, asked about from the list."""
    for number in (1, 2):
        made_meeting(window, qtbot)
        window.leave_meeting()
        wait(qtbot, lambda number=number: len(titles(window)) == number)
    wait(qtbot, window.library.delete_button.isEnabled)
    QTest.mouseClick(window.library.delete_button, Qt.MouseButton.LeftButton)
    question = the_question()
    wait(qtbot, question.isActiveWindow)
    return question


@pytest.mark.e2e
def test_a_meeting_is_removed_by_keyboard(window: Window, qtbot: QtBot) -> None:
    question = asked_to_delete(window, qtbot)
    going = window.library.current()
    assert going is not None
    assert question.focusWidget() is question.answers[0]
    QTest.keyClick(question, Qt.Key.Key_Return)  # at first, Enter leaves all as it is
    wait(qtbot, lambda: not open_questions())
    assert len(titles(window)) == 2
    window.library.ask_delete()
    question = the_question()
    wait(qtbot, question.isActiveWindow)
    QTest.keyClick(question, Qt.Key.Key_Tab)
    assert question.focusWidget() is question.answers[1]
    QTest.keyClick(question.answers[1], Qt.Key.Key_Return)
    wait(qtbot, lambda: len(titles(window)) == 1)
    assert going.id not in [meeting.id for meeting in window.library.meetings.meetings]


@pytest.mark.e2e
def test_a_meeting_is_removed_by_mouse(window: Window, qtbot: QtBot) -> None:
    question = asked_to_delete(window, qtbot)
    QTest.mouseClick(question.answers[1], Qt.MouseButton.LeftButton)
    wait(qtbot, lambda: len(titles(window)) == 1)


def test_until_when_names_are_kept_stands_in_the_list(qtbot: QtBot) -> None:
    page = LibraryPage()
    qtbot.addWidget(page)
    plain = Summary(id=MeetingId(uuid4()), title="Wijkcafé")
    kept = msgspec.structs.replace(plain, keep_until=date(2027, 1, 30))
    page.meetings.show([plain, kept, msgspec.structs.replace(kept, wiped=True)])
    place = page.meetings.columnCount() - 2
    assert page.meetings.headerData(place, Qt.Orientation.Horizontal) == "Namen tot"
    cells = [page.meetings.data(page.meetings.index(row, place)) for row in range(3)]
    assert cells == ["–", "30-01-2027", "gewist"]


def test_two_meetings_of_one_title_are_told_apart_by_when_they_changed(qtbot: QtBot) -> None:
    now = datetime.now().astimezone()
    then = (now - timedelta(days=40)).astimezone()
    page = LibraryPage()
    qtbot.addWidget(page)
    page.meetings.show(
        [Summary(id=MeetingId(uuid4()), title="Wijkcafé", changed_at=at) for at in (then, now)]
    )
    last = page.meetings.columnCount() - 1
    cells = [page.meetings.data(page.meetings.index(row, last)) for row in (0, 1)]
    assert cells == [f"vandaag {now:%H.%M}", f"{then:%d-%m-%Y %H.%M}"]
    tip = page.meetings.data(page.meetings.index(0, 0), Qt.ItemDataRole.ToolTipRole)
    assert tip == "<p style='white-space:pre-wrap'>Wijkcafé</p>"
    assert page.meetings.headerData(last, Qt.Orientation.Horizontal) == "Gewijzigd"


@pytest.mark.e2e
def test_a_wrong_file_gets_a_clear_word_and_changes_nothing(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    wait(qtbot, window.library.first_sample.isVisible)
    path = tmp_path / "vakantie.cafe"
    path.write_bytes(b"geen bijeenkomst")
    window.library.bring_in(path)
    wait(qtbot, window.library.banner.isVisible)
    assert len(window.library.banner.text.text()) > 10
    window.library.bring_in(tmp_path / "weg.cafe")
    assert "gelezen" in window.library.banner.text.text()
    window.library.refresh()
    wait(qtbot, window.library.first_sample.isVisible)


@pytest.mark.e2e
def test_a_closed_window_comes_back_at_the_same_second(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    made_meeting(window, qtbot)
    replica = window._replica
    assert replica is not None
    replica.send(OpenDoors(id=uuid4()))
    replica.send(NextStep(id=uuid4(), leaving=None))
    wait(qtbot, lambda: the_clock(replica.state).running)
    ends, step = the_clock(replica.state).ends_at, current_step(replica.state)
    assert window.engine.running is not None
    pid, meeting = window.engine.running.pid, replica.meeting

    window.close()
    assert window.isVisible()  # it asks first
    question = next(
        widget for widget in QApplication.topLevelWidgets() if isinstance(widget, Question)
    )
    assert question.answers[-1].isDefault()
    with qtbot.waitSignal(window.closed):
        question.answers[-1].click()
    assert window.engine.state is State.AWAY

    again = window_of(tmp_path, qtbot)
    start(again.engine, qtbot)
    wait(qtbot, lambda: again._view is not None)
    assert again.engine.running is not None
    assert again.engine.running.pid == pid
    assert again._replica is not None
    assert again._replica.meeting == meeting
    assert the_clock(again._replica.state).ends_at == ends
    assert current_step(again._replica.state) == step
    again._replica.close()
    stop(again.engine, qtbot)


@pytest.mark.e2e
def test_outside_a_live_meeting_closing_stops_the_engine(window: Window, qtbot: QtBot) -> None:
    made_meeting(window, qtbot)
    with qtbot.waitSignal(window.closed, timeout=PATIENCE):
        window.close()
    wait(qtbot, lambda: not (window.engine.folder / "engine.json").exists())


def open_questions() -> list[Question]:
    shown = QApplication.topLevelWidgets()
    return [widget for widget in shown if isinstance(widget, Question) and widget.isVisible()]


def the_question() -> Question:
    (question,) = open_questions()
    return question


@pytest.mark.e2e
def test_from_the_list_too_closing_asks_about_a_live_meeting(window: Window, qtbot: QtBot) -> None:
    made_meeting(window, qtbot)
    replica = window._replica
    assert replica is not None
    replica.send(OpenDoors(id=uuid4()))
    wait(qtbot, lambda: the_meeting(replica.state).phase == "live")
    window.leave_meeting()
    wait(qtbot, lambda: [one.phase for one in window.library.meetings.meetings] == ["live"])
    window.close()
    question = the_question()
    with qtbot.waitSignal(window.closed):
        question.answers[-1].click()
    again = kept(Engine(window.engine.folder))
    start(again, qtbot)
    assert again.running == window.engine.running
    stop(again, qtbot)


@pytest.mark.e2e
def test_what_is_not_saved_is_not_left_behind_unasked(
    window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.console.window.PATIENCE", 100)
    made_meeting(window, qtbot)
    replica = window._replica
    assert replica is not None
    replica.waiting = 1  # as when the disk is full
    for leave in (window.leave_meeting, window.close):
        leave()
        wait(qtbot, lambda: bool(open_questions()))
        the_question().answers[0].click()
        wait(qtbot, lambda: not open_questions())
        assert window._view is not None
        assert window.isVisible()
    window.leave_meeting()
    wait(qtbot, lambda: bool(open_questions()))
    the_question().answers[1].click()
    assert window._view is None


@pytest.mark.e2e
def test_newer_data_can_be_looked_at_and_carried_off_but_not_changed(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    made_meeting(window, qtbot)
    window.leave_meeting()
    stop(window.engine, qtbot)
    with closing(sqlite3.connect(tmp_path / "facilitator.db")) as newer:
        newer.execute("PRAGMA user_version = 999")
    start(window.engine, qtbot)
    said = sentence(Unavailable("store.newer"))
    wait(qtbot, lambda: window.library.banner.text.text() == said)
    wait(qtbot, lambda: titles(window) == ["Wijkcafé"])

    path = tmp_path / "nieuwer.cafe"
    current = window.library.current()
    assert current is not None
    window.library.export(current.id, "cafe", path)
    wait(qtbot, path.exists)

    window.open_meeting(current.id)
    wait(qtbot, lambda: window._view is not None)
    view, replica = window._view, window._replica
    assert view is not None
    assert replica is not None
    assert view.banner.text.text() == said
    told: list[FacilitatorError] = []
    replica.troubled.connect(told.append)
    replica.send(OpenDoors(id=uuid4()))
    replica.send(OpenDoors(id=uuid4()))
    wait(qtbot, lambda: [error.code for error in told] == ["store.newer"] * 2)
    assert not replica.waiting
    window.leave_meeting()
    assert window._view is None


@pytest.mark.e2e
def test_a_killed_engine_is_brought_back_under_the_open_meeting(
    window: Window, qtbot: QtBot
) -> None:
    made_meeting(window, qtbot)
    view = window._view
    assert view is not None
    kill(window.engine)
    wait(qtbot, lambda: not view.replica.connected)
    assert "hersteld" in view.status.saved.text()
    wait(qtbot, lambda: view.replica.connected)
    assert window._view is view


def test_an_engine_that_does_not_come_is_told(qtbot: QtBot) -> None:
    page = LibraryPage()
    qtbot.addWidget(page)
    page.show()
    assert not page.new_button.isEnabled()
    again: list[bool] = []
    page.fail(Unavailable("engine.crashing"), lambda: again.append(True))
    assert page.banner.isVisible()
    page.banner.action.click()
    assert again == [True]


def test_a_new_meeting_is_planned(qtbot: QtBot) -> None:
    page = LibraryPage()
    qtbot.addWidget(page)
    page.show()
    dialog = NewMeeting(page)
    dialog.open()
    plans: list[Plan] = []
    dialog.planned.connect(plans.append)
    assert not dialog.make.isEnabled()
    QTest.keyClicks(dialog.title, "  Samen leren ")
    dialog.number.setValue(2)
    dialog.language.setCurrentIndex(dialog.language.findData("nl"))
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert plans == [
        Plan(title="Samen leren", template="themes", language="nl", themes=["Thema 1", "Thema 2"])
    ]


def test_a_classic_cafe_has_no_themes(qtbot: QtBot) -> None:
    page = LibraryPage()
    qtbot.addWidget(page)
    dialog = NewMeeting(page)
    plans: list[Plan] = []
    dialog.planned.connect(plans.append)
    dialog.title.setText("Klassiek")
    dialog.forms.button(1).click()
    assert not dialog.number.isEnabled()
    dialog.make.click()
    assert plans[0].template == "classic"
    assert list(plans[0].themes) == []


def test_the_language_is_remembered(tmp_path: Path, qtbot: QtBot) -> None:
    window = window_of(tmp_path, qtbot)
    window.library.language_chosen.emit("en")
    assert i18n.words().language == "en"
    assert Remembered(tmp_path).language == "en"


def test_files_get_names_that_every_system_takes(tmp_path: Path) -> None:
    assert safe_name('Wat nu? / "Morgen": a\\b') == "Wat nu Morgen a b"
    assert safe_name(" ... ") == "bijeenkomst"
    assert len(safe_name("x" * 300)) <= 80
    assert save(tmp_path / "a.txt", b"goed") == ""
    assert (tmp_path / "a.txt").read_bytes() == b"goed"
    assert "bewaard" in save(tmp_path / "weg" / "a.txt", b"fout")
