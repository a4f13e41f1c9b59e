"""The console around the pages: top bar, next step, hall, what is saved, what went wrong."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import msgspec
import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton
from pytestqt.qtbot import QtBot

from facilitator.kernel.entity import Entity
from facilitator.kernel.errors import FacilitatorError, Refused
from facilitator.meeting.ids import MeetingId, PhotoId, ThemeId
from facilitator.meeting.meeting import Meeting, Phase, the_meeting
from facilitator.meeting.notes import HideNotes
from facilitator.meeting.programme import Clock, current_step, the_clock
from facilitator.meeting.projector import the_projector
from facilitator.meeting.templates import Template, new_meeting
from tests.ui.calls import FakeCalls
from tests.ui.content import BEGIN, meeting_with, note_id
from tests.ui.local import LocalReplica
from ui import actions
from ui.console.meeting_view import MeetingView, Services
from ui.console.questions import Question
from ui.console.report import ReportPage
from ui.console.window import first_size
from ui.console.words import REPORT_PAGE
from ui.link.address import Addresses
from ui.link.files import Cancel, FileDone, FileHeard, FileKind, PhotoDone


class NoFiles:
    """An engine that makes no files."""

    def report(self, ending: str, done: FileDone, heard: FileHeard) -> Cancel:
        done(b"", None)
        return lambda: None

    def meeting_file(self, kind: FileKind, done: FileDone, heard: FileHeard) -> Cancel:
        done(b"", None)
        return lambda: None

    def add_photo(self, path: Path, theme: ThemeId | None, caption: str, done: PhotoDone) -> None:
        done(None)

    def photo(self, photo: PhotoId, done: FileDone) -> None:
        done(b"", None)


def view_of(qtbot: QtBot, replica: LocalReplica) -> MeetingView:
    view = MeetingView(replica, Services(files=NoFiles(), calls=FakeCalls(), addresses=Addresses()))
    qtbot.addWidget(view)
    view.resize(1280, 680)
    with qtbot.waitExposed(view):
        view.show()
    return view


def fresh() -> LocalReplica:
    return LocalReplica(
        new_meeting(MeetingId(uuid4()), "Wijkcafé", Template.THEMES, "nl", ("Groen", "Wonen"))
    )


def changed(entities: list[Entity], kind: type[Entity], **fields: object) -> list[Entity]:
    return [
        msgspec.structs.replace(entity, **fields) if isinstance(entity, kind) else entity
        for entity in entities
    ]


def running(left: float = 872.0) -> LocalReplica:
    entities = meeting_with(notes=60)
    return LocalReplica(
        changed(entities, Clock, left=left, ends_at=BEGIN + timedelta(seconds=left))
    )


def click(button: QPushButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def dialog(kind: type[QDialog]) -> QDialog:
    return next(
        widget
        for widget in QApplication.topLevelWidgets()
        if isinstance(widget, kind) and widget.isVisible()
    )


def test_the_whole_day_goes_by_one_button(qtbot: QtBot) -> None:
    view = view_of(qtbot, fresh())
    said = []
    for _press in range(13):
        said.append(view.top.primary.text())
        if view.top.primary.text() == "Bijeenkomst sluiten":
            break
        click(view.top.primary)
        view.top.refresh()
    assert said == [
        *("Deuren openen", "Begin: Welkom", "Naar het inchecken", "Naar ronde 1"),
        *("Ronde afronden", "Naar ronde 2", "Ronde afronden", "Naar ronde 3", "Ronde afronden"),
        *("Naar de oogst", "Naar de afsluiting", "Bijeenkomst sluiten"),
    ]


def test_the_buttons_stay_in_place_from_step_to_step(qtbot: QtBot) -> None:
    view = view_of(qtbot, running())
    places = set()
    while view.top.primary.text() != "Bijeenkomst sluiten":
        click(view.top.primary)
        view.top.refresh()
        qtbot.wait(1)
        places.add((view.top.back.x(), view.top.more.x(), view.top.pause.x()))
    assert len(places) == 1


def test_the_first_window_fits_on_a_small_laptop() -> None:
    assert first_size(QSize(1440, 900)) == QSize(1280, 760)
    assert first_size(QSize(1366, 728)) == QSize(1280, 680)


def test_closing_is_asked_since_it_cannot_be_undone(qtbot: QtBot) -> None:
    view = view_of(qtbot, running())
    question = view.ask_to_close()
    assert isinstance(question, Question)
    click(question.answers[0])
    assert the_meeting(view.replica.state).phase is Phase.LIVE
    click(view.ask_to_close().answers[1])
    assert the_meeting(view.replica.state).phase is Phase.CLOSED
    view.top.refresh()
    assert view.top.primary.text() == "Verslag opslaan"
    click(view.top.primary)
    page = view.page(REPORT_PAGE)
    assert isinstance(page, ReportPage)
    assert page.saving.dialog is not None
    page.saving.dialog.reject()


def test_a_closed_meeting_can_be_opened_again(qtbot: QtBot) -> None:
    view = view_of(qtbot, running())
    before = the_clock(view.replica.state)
    actions.reopen(view)
    assert the_clock(view.replica.state) == before
    click(view.ask_to_close().answers[1])
    actions.reopen(view)
    assert the_meeting(view.replica.state).phase is Phase.LIVE
    assert the_clock(view.replica.state) == before, "at the second at which it would be now"


def test_the_clock_is_read_from_the_engines_time(qtbot: QtBot) -> None:
    replica = running()
    view = view_of(qtbot, replica)
    assert view.top.clock.text() == "14:32"
    assert view.top.step.text() == "Ronde 2 van 3"
    replica.pass_time(872 - 40)
    view.top.tick()
    assert (view.top.clock.text(), view.top.word.text()) == ("0:40", "laatste minuut")
    replica.pass_time(55)
    view.top.tick()
    assert (view.top.clock.text(), view.top.word.text()) == ("+0:15", "over de tijd")
    assert view.top.clock.property("tone") == "warn"


def test_the_counts_of_a_round(qtbot: QtBot) -> None:
    view = view_of(qtbot, running())
    assert view.top.counts.text().endswith("van 10 tafels schrijven · 60 notities")
    view.replica.send(HideNotes(id=uuid4(), notes=(note_id(1), note_id(2))))
    view.top.refresh()
    assert view.top.counts.text().endswith("· 58 notities")


def test_a_minute_more_and_pause(qtbot: QtBot) -> None:
    view = view_of(qtbot, running())
    click(view.top.more)
    view.top.refresh()
    assert view.top.clock.text() == "15:32"
    click(view.top.pause)
    view.top.refresh()
    assert not the_clock(view.replica.state).running
    assert view.top.pause.text() == "Verder"
    assert view.top.word.text() == "gepauzeerd"


def test_one_step_back(qtbot: QtBot) -> None:
    view = view_of(qtbot, running())
    before = current_step(view.replica.state)
    click(view.top.primary)
    view.top.refresh()
    assert current_step(view.replica.state) != before
    click(view.top.back)
    assert current_step(view.replica.state) == before


def test_the_screen_goes_black_and_comes_back(qtbot: QtBot) -> None:
    view = view_of(qtbot, running())
    click(view.nav.black)
    assert the_projector(view.replica.state).black
    assert view.nav.black.text() == "Beeld terug"
    click(view.nav.black)
    assert not the_projector(view.replica.state).black


@pytest.mark.parametrize(
    ("phase", "page"), [(Phase.PREPARING, 0), (Phase.LIVE, 2), (Phase.CLOSED, 5)]
)
def test_it_opens_where_the_meeting_is(qtbot: QtBot, phase: Phase, page: int) -> None:
    entities = changed(meeting_with(notes=3), Meeting, phase=phase)
    view = view_of(qtbot, LocalReplica(entities))
    assert view.nav.group.checkedId() == page


def test_every_page_opens_by_its_key(qtbot: QtBot) -> None:
    view = view_of(qtbot, running())
    view.activateWindow()
    for number in range(6):
        QTest.keyClick(view, Qt.Key(Qt.Key.Key_1 + number), Qt.KeyboardModifier.ControlModifier)
        assert view.pages.currentWidget() is view.page(number)
        assert view.nav.group.checkedId() == number


def test_a_refusal_is_a_banner_and_nothing_stops(qtbot: QtBot) -> None:
    view = view_of(qtbot, running())
    view.replica.troubled.emit(Refused("title.length", maximum=200))
    assert view.banner.isVisible()
    assert view.banner.text.text().startswith("Een titel heeft")
    assert view.isEnabled()
    click(view.banner.cross)
    assert not view.banner.isVisible()


def test_the_engines_own_words_come_first(qtbot: QtBot) -> None:
    view = view_of(qtbot, running())
    view.tell(FacilitatorError("new.code", message="<b>Zo gezegd</b>"))
    assert view.banner.text.text() == "<b>Zo gezegd</b>"
    assert view.banner.text.textFormat() is Qt.TextFormat.PlainText


def test_what_is_saved(qtbot: QtBot) -> None:
    replica = running()
    view = view_of(qtbot, replica)
    replica.saved_at = BEGIN
    replica.waiting = 1
    view.status.refresh()
    assert view.status.saved.text() == "Bezig met opslaan…"
    replica.waiting = 0
    view.status.refresh()
    assert view.status.saved.text() == f"Alles opgeslagen {BEGIN.astimezone():%H:%M:%S}"
    replica.connected = False
    view.status.refresh()
    assert "wordt hersteld" in view.status.saved.text()


def test_it_fits_a_small_screen(qtbot: QtBot) -> None:
    view = view_of(qtbot, running())
    for number in range(6):
        view.show_page(number)
    assert view.minimumSizeHint().width() <= 1280
    assert view.minimumSizeHint().height() <= 680
