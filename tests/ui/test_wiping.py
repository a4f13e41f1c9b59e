"""Wiping personal data: said before, done in two steps, and never in a meeting that is live."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from uuid import uuid4

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from facilitator.kernel.errors import Conflict
from facilitator.meeting.meeting import CloseMeeting, Meeting, OpenDoors, Phase
from tests.ui.calls import FakeCalls
from tests.ui.content import meeting_with
from tests.ui.local import LocalReplica
from tests.ui.pages import settle, show
from tests.ui.tour import Tour
from ui import actions
from ui.console.pictures import NoFiles
from ui.console.report import ReportPage


@pytest.fixture
def calls() -> FakeCalls:
    return FakeCalls()


def page_of(qtbot: QtBot, calls: FakeCalls, **changes: object) -> ReportPage:
    entities = [
        msgspec.structs.replace(thing, **changes) if isinstance(thing, Meeting) else thing
        for thing in meeting_with(notes=10)
    ]
    page = ReportPage(LocalReplica(entities), NoFiles(), calls)
    show(qtbot, page)
    page.jump(len(page.sections) - 1)
    settle()
    return page


def test_it_says_what_goes_and_what_stays(qtbot: QtBot, calls: FakeCalls) -> None:
    page = page_of(qtbot, calls, phase=Phase.CLOSED)
    told = " ".join(found.text() for found in page.wiping.lists.findChildren(QLabel))
    for word in ("namen", "afspraken", "telefoons", "foto’s", "notities", "Word", ".cafe"):
        assert word in told
    assert page.wiping.lists.isVisible()


def test_a_live_meeting_is_not_wiped(qtbot: QtBot, calls: FakeCalls) -> None:
    page = page_of(qtbot, calls, phase=Phase.LIVE)
    assert not page.wiping.begin.isEnabled()
    assert page.wiping.why.text() == "Dit kan als de bijeenkomst gesloten is."
    page.replica.send(CloseMeeting(id=uuid4()))
    settle()
    assert page.wiping.begin.isEnabled()
    assert page.wiping.why.text() == ""


def test_two_steps_and_a_way_back_between(qtbot: QtBot, calls: FakeCalls) -> None:
    part = page_of(qtbot, calls, phase=Phase.CLOSED).wiping
    part.begin.click()
    assert calls.asked == []
    assert part.second.isVisible()
    assert not part.begin.isVisible()
    assert QApplication.activeModalWidget() is None
    part.leave.click()
    assert part.begin.isVisible()
    part.begin.click()
    part.wipe.click()
    assert calls.asked == [("wipe", None)]
    assert not part.begin.isEnabled()
    assert part.why.text() == "Bezig met wissen…"


def test_where_the_first_button_was_the_second_is_not(qtbot: QtBot, calls: FakeCalls) -> None:
    part = page_of(qtbot, calls, phase=Phase.CLOSED).wiping
    first = part.begin.rect().translated(part.begin.mapTo(part, part.begin.rect().topLeft()))
    part.begin.click()
    settle()
    again = part.wipe.rect().translated(part.wipe.mapTo(part, part.wipe.rect().topLeft()))
    assert not first.intersects(again)


def test_the_question_is_in_sight_where_it_was_asked(qtbot: QtBot, calls: FakeCalls) -> None:
    page = page_of(qtbot, calls, phase=Phase.CLOSED)
    part = page.wiping
    page.window().activateWindow()
    qtbot.waitUntil(page.window().isActiveWindow)
    for first, then in ((part.begin, part.leave), (part.leave, part.begin)):
        QTest.mouseClick(first, Qt.MouseButton.LeftButton)
        settle()
        assert not then.visibleRegion().isEmpty()
        assert then.hasFocus()
    QTest.mouseClick(part.begin, Qt.MouseButton.LeftButton)
    QTest.mouseClick(part.wipe, Qt.MouseButton.LeftButton)
    settle()
    assert not part.why.visibleRegion().isEmpty()


def test_opened_again_in_between_it_is_not_asked_any_more(qtbot: QtBot, calls: FakeCalls) -> None:
    page = page_of(qtbot, calls, phase=Phase.CLOSED)
    page.wiping.begin.click()
    page.replica.send(OpenDoors(id=uuid4()))
    settle()
    assert not page.wiping.second.isVisible()
    assert not page.wiping.begin.isEnabled()


def test_afterwards_it_says_so(qtbot: QtBot, calls: FakeCalls) -> None:
    page = page_of(qtbot, calls, phase=Phase.CLOSED)
    page.wiping.begin.click()
    page.wiping.wipe.click()
    replica = page.replica
    wiped = [
        msgspec.structs.replace(thing, wiped=True) if isinstance(thing, Meeting) else thing
        for thing in list(replica.state.entities())
    ]
    replica.state.load(wiped, revision=replica.state.revision + 1)
    replica.loaded.emit()
    with qtbot.waitSignal(page.said) as said:
        calls.answer()
    settle()
    assert said.args == ["De persoonsgegevens zijn gewist."]
    assert page.wiping.told.text() == "De persoonsgegevens van deze bijeenkomst zijn gewist."
    assert not page.wiping.begin.isVisible()
    assert not page.wiping.lists.isVisible()


def test_what_was_saved_before_is_no_news_any_more(qtbot: QtBot, calls: FakeCalls) -> None:
    page = page_of(qtbot, calls, phase=Phase.CLOSED)
    page.saving.saved.emit(Path("verslag.docx"))
    assert page.banner.isVisible()
    page.wiping.wipe.click()
    assert page.banner.isVisible(), "not before it is done"
    calls.answer()
    assert page.banner.isHidden()
    page.saving.began.emit("verslag.docx")
    qtbot.waitUntil(page.banner.isVisible)
    page.banner.let_go()
    assert page.banner.isVisible(), "a file that is under way can still be stopped"


def test_a_refusal_is_told_and_it_can_be_tried_again(qtbot: QtBot, calls: FakeCalls) -> None:
    page = page_of(qtbot, calls, phase=Phase.CLOSED)
    page.wiping.begin.click()
    page.wiping.wipe.click()
    with qtbot.waitSignal(page.trouble):
        calls.answer(Conflict("wipe.live"))
    settle()
    assert page.wiping.begin.isEnabled()


def test_the_day_of_wiping_stands_there(qtbot: QtBot, calls: FakeCalls) -> None:
    page = page_of(qtbot, calls, phase=Phase.CLOSED, keep_until=date(2027, 1, 30))
    assert "30 januari 2027" in page.wiping.told.text()
    assert "geen dag gekozen" in page_of(qtbot, calls).wiping.told.text()


def test_the_top_of_the_window_says_it_and_it_stays_closed(qtbot: QtBot) -> None:
    entities = [
        msgspec.structs.replace(thing, phase=Phase.CLOSED, wiped=True)
        if isinstance(thing, Meeting)
        else thing
        for thing in meeting_with(notes=3)
    ]
    walk = Tour(qtbot, entities)
    assert walk.view.top.step.text() == "Gesloten · persoonsgegevens gewist"
    walk.view.bound[actions.REOPEN].trigger()
    assert walk.replica.sent == []
    assert "blijft gesloten" in walk.view.status.said.text()
