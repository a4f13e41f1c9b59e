"""The clock of the hall: what it reads, and when the picture changes."""

from __future__ import annotations

from datetime import timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from facilitator.meeting.programme import StepKind, Stretch, steps
from facilitator.meeting.projector import SceneName
from tests.ui.hall import NOW, Hall
from ui.projector import countdown, paging, scenes, step, told, typeset
from ui.projector.pulse import Pulse, milliseconds
from ui.theme import BOLD, load_fonts


@pytest.mark.parametrize(
    ("left", "text"),
    [
        (1200, "20:00"),
        (1199.001, "20:00"),
        (872, "14:32"),
        (599, "9:59"),
        (0.2, "0:01"),
        (0, "+0:00"),
        (-0.9, "+0:00"),
        (-1, "+0:01"),
        (-83.5, "+1:23"),
        (4000, "1:06:40"),
        (-3600, "+1:00:00"),
    ],
)
def test_the_time_is_read_in_digits(left: float, text: str) -> None:
    assert told.digits(left) == text


@pytest.mark.parametrize(
    ("left", "running", "word"),
    [
        (872, True, ""),
        (299, True, "Nog 5 minuten"),
        (180, True, "Nog 3 minuten"),
        (60, True, "Rond af"),
        (-5, True, "De tijd is om"),
        (400, False, "Gepauzeerd"),
        (1200, False, "Gepauzeerd"),
    ],
)
def test_a_word_stands_beside_the_colour(left: float, running: bool, word: str) -> None:
    time = told.time_of(Hall(left=left, running=running).state(), NOW)
    assert time is not None
    assert time.word == word


def test_rounds_are_counted_and_other_steps_have_names() -> None:
    state = Hall().state()
    names = [told.name_of(state, step) for step in steps(state)]
    assert names[:4] == ["Welkom", "Inchecken", "Ronde 1 van 3", "Wisselen"]


@given(
    thousandths=st.integers(-5_000_000, 5_000_000),
    scene=st.sampled_from([SceneName.STEP, SceneName.SWITCH]),
)
def test_the_digits_change_when_they_are_said_to(thousandths: int, scene: SceneName) -> None:
    left = thousandths / 1000
    state = Hall(left=left, scene=scene).state()
    wait = scenes.until_changed(state, NOW)
    assert wait is not None
    assert 0 < wait <= 1.0
    before = told.digits(left)
    assert told.digits(left - max(0.0, wait - 0.002)) == before or wait < 0.002
    if wait > 0.01:
        assert told.digits(left - wait - 0.001) != before or wait == paging.until_turned(NOW)


def test_a_clock_that_stands_still_needs_no_repaint() -> None:
    assert scenes.until_changed(Hall(running=False).state(), NOW) is None
    assert scenes.until_changed(Hall(scene=SceneName.DOORS).state(), NOW) is None
    assert scenes.until_changed(Hall(black=True).state(), NOW) is None


def test_pages_turn_by_the_time_alone() -> None:
    state = Hall(running=False, scene=SceneName.WALL).state()
    wait = scenes.until_changed(state, NOW)
    assert wait is not None
    later = NOW + timedelta(seconds=wait + 0.001)
    assert paging.page_at(5, later) == (paging.page_at(5, NOW) + 1) % 5
    assert paging.page_at(1, later) == 0


@given(count=st.integers(0, 130), most=st.integers(1, 24))
def test_pages_hold_everything_in_order(count: int, most: int) -> None:
    pages = paging.parts(range(count), most)
    assert [thing for page in pages for thing in page] == list(range(count))
    assert all(0 < len(page) <= most for page in pages)


def test_the_pulse_finds_each_moment_anew(qtbot: QtBot) -> None:
    waits = [0.01, 0.02, None]
    beats: list[int] = []
    pulse = Pulse(lambda: waits.pop(0), lambda: beats.append(1))
    pulse.start()
    qtbot.waitUntil(lambda: len(beats) == 2)
    assert not pulse.running


def test_the_pulse_is_just_past_the_moment_and_never_long() -> None:
    assert milliseconds(0.4) == 401
    assert milliseconds(0.0) == 1
    assert milliseconds(9.0) == 1001


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("text", ["14:32", "+1:23", "59:59", "+59:59"])
def test_digits_are_a_quarter_of_the_height(text: str) -> None:
    load_fonts()
    for pixels in (countdown.LARGE, countdown.LEAST):
        assert typeset.metrics(pixels, BOLD, clock=True).capHeight() >= 0.24 * 1080
    width = typeset.metrics(countdown.LEAST, BOLD, clock=True).horizontalAdvance(text)
    assert width <= 1440 - 2 * 72 + 1


def test_a_break_says_when_it_goes_on_in_the_time_of_the_room() -> None:
    zone = NOW.astimezone(timezone(timedelta(hours=1)))
    state = Hall(step=StepKind.BREAK, left=500).state()
    assert step._resumes(state, zone) == "10.08"
    assert step._resumes(Hall(step=StepKind.BREAK, left=-3).state(), zone) == ""


def test_overtime_is_urgent() -> None:
    time = told.time_of(Hall(left=-1).state(), NOW)
    assert time is not None
    assert time.urgent
    assert time.stretch is Stretch.OVERTIME
