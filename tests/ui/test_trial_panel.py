"""Kunnen telefoons mij bereiken? The guided check as it stands beside the meeting."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from facilitator import i18n
from facilitator.kernel.errors import Forbidden
from tests.ui import qr_reader, tour
from tests.ui.content import meeting_with
from tests.ui.local import LocalReplica
from tests.ui.test_reach import nameless
from tests.ui.test_words_fit import cut
from tests.ui.trials import CAUSES, STEPS, URL, TrialEngine, trial_now
from ui.console.trial_panel import TrialPanel, status_of
from ui.console.way_in import WayIn
from ui.link.address import Address, Addresses
from ui.link.trial import BEAT, Next, Trial, TrialNow

CABLE = "http://10.0.0.4:8765"


class Desk:
    """A window, an engine that says what it is told, and the check beside it."""

    def __init__(self, qtbot: QtBot) -> None:
        self.window = tour.shown_window(qtbot)
        self.engine = TrialEngine()
        self.trial = Trial(self.engine, self.window)
        self.addresses = Addresses()
        self.addresses.fill(
            [
                Address(url=URL, kind="wifi", name="wifi ‘Zaal’", score=9),
                Address(url=CABLE, kind="cable", name="kabel", score=5),
            ],
            URL,
        )
        replica = LocalReplica(meeting_with(notes=0))
        self.way_in = WayIn(replica, self.addresses, self.window, self.trial)
        self.panel = self.open()

    def open(self) -> TrialPanel:
        panel = self.way_in.check(self.window)
        assert panel is not None
        tour.settle()
        return panel

    def stands(self, now: TrialNow) -> None:
        self.engine.say(self.trial, now)
        tour.settle()

    def told(self) -> str:
        return "\n".join(found.text() for found in tour.own(self.panel, QLabel))


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(qtbot)
    yield made
    made.trial.end()


def test_it_begins_at_once_and_a_phone_reads_its_code(desk: Desk) -> None:
    assert desk.engine.begun == 1
    assert qr_reader.read(desk.panel.grab().toImage()) == [f"{URL}/PROEF#sleutel-1"]
    assert desk.panel.where.text() == "wifi ‘Zaal’  ·  192.168.1.10:8765"
    assert not desk.panel.isModal()
    assert desk.panel.status.text() == "We wachten op een telefoon…"


def test_the_six_ticks_fill_in(desk: Desk) -> None:
    for done in range(1, len(STEPS) + 1):
        desk.stands(trial_now(done))
        assert [row.done for row in desk.panel.steps.values()] == [
            place < done for place in range(len(STEPS))
        ]
    assert desk.panel.status.text() == "Gelukt: telefoons kunnen u bereiken."
    first = desk.panel.steps["address"].words
    assert first.accessibleName() == f"Gelukt: {STEPS[0][1]}"


def test_a_tick_that_is_not_there_is_told_to_who_hears_the_page(desk: Desk) -> None:
    assert desk.panel.steps["note"].words.accessibleName() == f"Nog niet: {STEPS[5][1]}"


def test_the_twenty_seconds_are_counted_down(desk: Desk) -> None:
    assert desk.panel.seconds.isHidden()
    desk.stands(trial_now(4, stream=12))
    assert desk.panel.seconds.isVisible()
    assert desk.panel.seconds.value() == 12
    assert desk.panel.left.text() == "Nog 8 seconden verbonden blijven"
    desk.stands(trial_now(5, stream=20))
    assert desk.panel.seconds.isHidden()
    assert "proefnotitie" in desk.panel.status.text()


def test_causes_come_with_their_cures_and_plan_b(desk: Desk) -> None:
    assert desk.panel.reasons.isHidden()
    desk.stands(trial_now(causes=CAUSES))
    told = desk.told()
    for cause in CAUSES:
        assert cause.what in told
        assert cause.cure in told
    assert "één toestel per tafel" in told
    assert desk.panel.status.text() == "Er kwam nog geen telefoon."
    desk.stands(trial_now(4))
    assert desk.panel.reasons.isHidden()
    assert desk.panel.plan_b.isHidden()


def test_the_next_address_is_one_press_away(desk: Desk) -> None:
    chosen: list[str] = []
    desk.addresses.chosen.connect(chosen.append)
    desk.stands(trial_now(causes=CAUSES, following=Next(url=CABLE, name="kabel")))
    assert desk.panel.next.text() == "Probeer kabel"
    desk.engine.says = trial_now(url=CABLE)
    desk.panel.next.click()
    tour.settle()
    assert chosen == [CABLE]
    assert desk.engine.begun == 1
    assert desk.panel.qr.text().startswith(CABLE)
    assert desk.panel.where.text() == "kabel  ·  10.0.0.4:8765"


def test_without_a_next_address_there_is_no_button(desk: Desk) -> None:
    desk.stands(trial_now(causes=CAUSES))
    assert desk.panel.next.isHidden()


def test_it_can_be_begun_again_with_another_code(desk: Desk) -> None:
    desk.stands(trial_now(6))
    desk.panel.again.click()
    assert desk.engine.begun == 2
    assert desk.panel.qr.text().endswith("#sleutel-2")


def test_escape_ends_it_and_it_opens_again(desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.panel.destroyed):
        QTest.keyClick(desk.panel, Qt.Key.Key_Escape)
    assert desk.engine.ended == 1
    again = desk.open()
    assert desk.engine.begun == 2
    assert again.status.text() == "We wachten op een telefoon…"


@pytest.mark.qt_log_ignore("does not support raise")
def test_opening_it_twice_shows_the_same(desk: Desk) -> None:
    assert desk.open() is desk.panel
    assert desk.engine.begun == 1


def test_it_ends_when_the_meeting_is_left(desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.panel.destroyed):
        desk.way_in.close()
    assert desk.engine.ended == 1
    desk.way_in.close()


def test_an_answer_that_comes_after_the_end_changes_nothing(desk: Desk) -> None:
    desk.engine.silent = True
    desk.trial.look()
    desk.trial.end()
    late = desk.engine.waiting[0]
    late(b'{"on": true, "url": "http://x", "key": "oud"}', None)
    assert desk.trial.now == TrialNow()


def test_it_goes_on_asking_while_the_engine_is_away(desk: Desk, qtbot: QtBot) -> None:
    desk.engine.silent = True
    desk.trial.look()
    desk.engine.waiting.pop()(None, Forbidden("role.forbidden"))
    assert desk.panel.status.text() != "We wachten op een telefoon…"
    qtbot.waitUntil(lambda: len(desk.engine.waiting) > 0, timeout=10 * BEAT)


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_every_word_of_it_fits(qtbot: QtBot, language: str) -> None:
    i18n.choose(language)
    desk = Desk(qtbot)
    for now in (
        trial_now(4, stream=3),
        trial_now(causes=CAUSES * 2, following=Next(url=CABLE, name="kabel")),
        trial_now(6),
    ):
        desk.stands(now)
        assert cut(desk.panel) == []
        assert nameless(desk.panel) == []
        assert desk.panel.minimumSizeHint().height() <= tour.SMALL[1]
    desk.trial.end()


def test_how_it_stands_is_said_in_one_sentence() -> None:
    assert status_of(TrialNow()) == "De controle begint…"
    said = [status_of(trial_now(done)) for done in range(len(STEPS) + 1)]
    assert said[0] == said[1] == said[2]
    assert len(set(said)) == 5
