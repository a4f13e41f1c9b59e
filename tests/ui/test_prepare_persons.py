"""Voorbereiden: what is kept of whom, and until when."""

from __future__ import annotations

from datetime import date
from typing import cast

import pytest
from pytestqt.qtbot import QtBot

from facilitator.meeting.meeting import EditMeeting, OpenDoors, the_meeting
from tests.ui import pages
from tests.ui.local import LocalReplica
from ui.console.editing import Editing
from ui.console.prepare_meeting import MeetingSection, months_after
from ui.widgets.choices import ChoiceField


@pytest.fixture
def replica() -> LocalReplica:
    return pages.small_meeting()


@pytest.fixture
def section(replica: LocalReplica, qtbot: QtBot) -> MeetingSection:
    made = MeetingSection(Editing(replica))
    pages.show(qtbot, made)
    pages.settle()
    return made


def on_the_30th(replica: LocalReplica) -> None:
    replica.send(EditMeeting(id=pages.new_id(), date=date(2026, 11, 30)))


def test_none_is_chosen_by_itself(section: MeetingSection, replica: LocalReplica) -> None:
    assert the_meeting(replica.state).keep_until is None
    assert pages.text_of(section.fields["keep_until"]) == ""
    assert "tot u ze wist" in section.kept.text()


@pytest.mark.parametrize(
    ("months", "until"),
    [(1, date(2026, 12, 30)), (3, date(2027, 2, 28)), (12, date(2027, 11, 30))],
)
def test_one_press_counts_from_the_day_of_the_meeting(
    section: MeetingSection, replica: LocalReplica, months: int, until: date
) -> None:
    on_the_30th(replica)
    section.suggestions[months].click()
    pages.settle()
    assert the_meeting(replica.state).keep_until == until
    assert pages.text_of(section.fields["keep_until"]) == f"{until:%d-%m-%Y}"
    assert f"{until.year}" in section.kept.text()
    section.suggestions[None].click()
    pages.settle()
    assert the_meeting(replica.state).keep_until is None
    assert pages.text_of(section.fields["keep_until"]) == ""


def test_without_a_day_it_counts_from_today(section: MeetingSection, replica: LocalReplica) -> None:
    section.suggestions[3].click()
    assert the_meeting(replica.state).keep_until == months_after(replica.now().date(), 3)


def test_any_day_can_be_typed(section: MeetingSection, replica: LocalReplica) -> None:
    pages.type_into(section.fields["keep_until"], "1 maart 2027")
    assert the_meeting(replica.state).keep_until == date(2027, 3, 1)
    pages.type_into(section.fields["keep_until"], "ooit")
    assert "30-10-2026" in section.fields["keep_until"].reason.text()
    section.suggestions[None].click()
    pages.settle()
    assert pages.text_of(section.fields["keep_until"]) == ""
    assert section.fields["keep_until"].reason.text() == ""


def test_what_phones_were_told_is_kept(section: MeetingSection, replica: LocalReplica) -> None:
    on_the_30th(replica)
    section.suggestions[1].click()
    replica.send(OpenDoors(id=pages.new_id()))
    pages.settle()
    section.suggestions[12].click()
    pages.settle()
    assert the_meeting(replica.state).keep_until == date(2026, 12, 30)
    assert "al gelezen" in section.fields["keep_until"].reason.text()


def test_what_a_choice_means_stands_under_it(
    section: MeetingSection, replica: LocalReplica
) -> None:
    assert section.means.text().startswith("Nergens staat wie wat schreef")
    pages.choose(cast("ChoiceField", section.fields["named"]).box, "Op naam")
    pages.settle()
    assert section.means.text().startswith("Ieder geeft een naam")
    assert section.shared.isHidden()
    pages.choose(cast("ChoiceField", section.fields["devices"]).box, "Eén toestel")
    pages.settle()
    assert not section.shared.isHidden()


@pytest.mark.parametrize(
    ("begin", "months", "end"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
    ],
)
def test_months_that_are_too_short(begin: date, months: int, end: date) -> None:
    assert months_after(begin, months) == end
