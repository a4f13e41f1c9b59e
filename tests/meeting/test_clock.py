"""The clock: it never ticks, and it never loses a second."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitator.kernel.roles import Role
from facilitator.meeting.meeting import CloseMeeting
from facilitator.meeting.notes import Note, WriteNote
from facilitator.meeting.programme import (
    REMEMBERED,
    AddTime,
    NextStep,
    PauseClock,
    PreviousStep,
    RemoveStep,
    StartClock,
    Step,
    StepKind,
    Stretch,
    current_step,
    next_step_of,
    stretch,
    the_clock,
)
from facilitator.meeting.projector import SceneName, the_projector

from .cafes import NEW, clock_step, make, opened
from .play import Cafe

SECONDS = st.floats(0, 5_000, allow_nan=False)


def left(cafe: Cafe) -> float:
    return the_clock(cafe.state).remaining(cafe.now)


def go_on(cafe: Cafe) -> None:
    cafe.do(make(NextStep, leaving=clock_step(cafe)))


def go_back(cafe: Cafe) -> None:
    cafe.do(make(PreviousStep, leaving=clock_step(cafe)))


@given(SECONDS, SECONDS, st.booleans())
def test_on_and_back_loses_no_second(before: float, away: float, paused: bool) -> None:
    cafe, other = opened(), opened()
    for each in (cafe, other):
        each.do(make(StartClock))
        each.wait(before)
        if paused:
            each.do(make(PauseClock))
    go_on(cafe)
    cafe.wait(away)
    other.wait(away)
    go_back(cafe)
    assert the_clock(cafe.state) == the_clock(other.state)
    assert left(cafe) == left(other)


@given(st.integers(0, 2**32))
def test_any_number_of_steps_on_and_back_is_as_if_nothing_happened(seed: int) -> None:
    chance, cafe = Random(seed), opened()
    cafe.do(make(StartClock))
    trail = [the_clock(cafe.state)]
    for _ in range(20):
        cafe.wait(chance.uniform(0, 900))
        if len(trail) > 1 and chance.random() < 0.5:
            trail.pop()
            go_back(cafe)
        elif next_step_of(cafe.state) is not None:
            go_on(cafe)
            trail.append(the_clock(cafe.state))
        assert the_clock(cafe.state) == trail[-1]


@given(st.lists(st.tuples(SECONDS, SECONDS), max_size=6))
def test_time_stands_still_in_a_pause_and_only_there(stretches: list[tuple[float, float]]) -> None:
    cafe = opened()
    cafe.do(make(StartClock))
    whole, ran = left(cafe), 0.0
    for running, pause in stretches:
        cafe.wait(running)
        ran += running
        cafe.do(make(PauseClock))
        assert left(cafe) == pytest.approx(whole - ran, abs=1e-4)
        cafe.wait(pause)
        cafe.do(make(StartClock))
        assert left(cafe) == pytest.approx(whole - ran, abs=1e-4)


@given(SECONDS, st.integers(-3_600, 3_600), st.booleans())
def test_a_minute_more_is_a_minute_on_the_screen(wait: float, more: int, paused: bool) -> None:
    cafe = opened()
    cafe.do(make(StartClock))
    cafe.wait(wait)
    if paused:
        cafe.do(make(PauseClock))
    before = left(cafe)
    cafe.do(make(AddTime, seconds=more))
    after = left(cafe)
    if more >= 0:
        assert after == pytest.approx(max(0.0, before) + more, abs=1e-4)
    else:
        assert after <= before + 1e-4
        assert after == pytest.approx(min(before, max(0.0, before + more)), abs=1e-4)
    assert the_clock(cafe.state).running is not paused


def test_the_day_from_the_first_step_to_the_last() -> None:
    cafe = opened()
    assert stretch(the_clock(cafe.state), current_step(cafe.state), cafe.now) is Stretch.IDLE
    cafe.do(make(StartClock))
    seen: list[StepKind] = []
    while True:
        step = current_step(cafe.state)
        assert step is not None
        seen.append(step.activity)
        assert left(cafe) == step.length
        if next_step_of(cafe.state) is None:
            break
        go_on(cafe)
    assert seen == [step.activity for step in sorted(cafe.all(Step), key=lambda step: step.order)]


@pytest.mark.parametrize(
    ("gone", "expected"),
    [
        (0, Stretch.RUNNING),
        (899, Stretch.RUNNING),
        (900, Stretch.WARNING),
        (1_139, Stretch.WARNING),
        (1_140, Stretch.LAST_MINUTE),
        (1_200, Stretch.OVERTIME),
        (9_000, Stretch.OVERTIME),
    ],
)
def test_what_a_round_of_twenty_minutes_comes_to(gone: float, expected: Stretch) -> None:
    cafe = opened()
    for _ in range(3):
        go_on(cafe)
    step = current_step(cafe.state)
    assert step is not None
    assert (step.activity, step.length) == (StepKind.ROUND, 1_200)
    cafe.wait(gone)
    assert stretch(the_clock(cafe.state), step, cafe.now) is expected
    cafe.do(make(PauseClock))
    paused = {Stretch.OVERTIME: Stretch.OVERTIME}.get(expected, Stretch.PAUSED)
    assert stretch(the_clock(cafe.state), step, cafe.now) is paused


def test_a_double_press_skips_nothing() -> None:
    cafe = opened()
    showed = clock_step(cafe)
    cafe.do(make(NextStep, leaving=showed))
    first = clock_step(cafe)
    assert cafe.do(make(NextStep, leaving=showed)) is None
    assert cafe.do(make(PreviousStep, leaving=showed)) is None
    assert cafe.do(make(StartClock)) is None
    assert clock_step(cafe) == first


def test_the_hall_goes_along() -> None:
    cafe = opened()
    scenes = []
    for _ in range(4):
        go_on(cafe)
        scenes.append(the_projector(cafe.state).scene)
    assert scenes == [SceneName.STEP, SceneName.STEP, SceneName.STEP, SceneName.SWITCH]
    go_back(cafe)
    assert the_projector(cafe.state).scene is SceneName.STEP


def test_back_goes_past_a_step_that_was_taken_out() -> None:
    cafe = opened()
    for _ in range(3):
        go_on(cafe)
    second = the_clock(cafe.state).before[-1].step
    first = the_clock(cafe.state).before[0].step
    cafe.do(make(RemoveStep, step=second))
    go_back(cafe)
    assert clock_step(cafe) == first


def test_the_way_back_is_long_but_not_endless() -> None:
    cafe = opened()
    go_on(cafe)
    for _ in range(REMEMBERED):
        go_on(cafe)
        go_on(cafe)
        go_back(cafe)
        go_back(cafe)
    assert len(the_clock(cafe.state).before) <= REMEMBERED


@pytest.mark.parametrize(
    ("waited", "late"), [(0, False), (60, False), (61, True)], ids=["at once", "in time", "late"]
)
def test_a_note_of_a_round_that_is_over(waited: float, late: bool) -> None:
    cafe = opened()
    for _ in range(3):
        go_on(cafe)
    cafe.wait(5_000)  # overtime is inside the round
    step: Any = clock_step(cafe)
    write = make(WriteNote, note=NEW, text="x", table=None, step=step)
    go_on(cafe)
    cafe.wait(waited)
    cafe.do(write, Role.PARTICIPANT, None)
    note = cafe.one(Note)
    assert (note.round, note.late) == (step, late)


def test_a_note_after_closing_is_kept_as_late() -> None:
    cafe = opened()
    go_on(cafe)
    step: Any = clock_step(cafe)
    cafe.do(make(CloseMeeting))
    cafe.do(make(WriteNote, note=NEW, text="x", table=None, step=step), Role.PARTICIPANT, None)
    assert cafe.one(Note).late
