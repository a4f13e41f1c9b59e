"""Verslag: a proposal beside the frames, each with its reason."""

from __future__ import annotations

from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from facilitator.meeting.frames import AddFrame
from facilitator.meeting.proposals import (
    AddResponse,
    Stance,
    proposals,
    response_to,
)
from facilitator.meeting.templates import Template, new_meeting
from tests.ui import pages
from tests.ui.deciding import (
    BUDGET,
    NEW,
    REACH,
    choose,
    decided,
    field_of,
    focus,
    reason,
    said,
    section,
    shown,
    standing,
    talk_of,
)
from tests.ui.local import LocalReplica
from ui.console.held_list import FAILS, MEETS, SETTLED
from ui.console.report import ReportPage
from ui.widgets.choices import ChoiceField


@pytest.fixture
def replica() -> LocalReplica:
    return pages.small_meeting()


@pytest.fixture
def page(replica: LocalReplica, qtbot: QtBot) -> ReportPage:
    return shown(replica, qtbot)


def test_a_proposal_is_held_against_a_frame_with_the_keyboard_alone(
    page: ReportPage, replica: LocalReplica, qtbot: QtBot
) -> None:
    replica.send(AddFrame(id=NEW(), frame=BUDGET, text="Binnen de begroting"))
    qtbot.waitUntil(section(page).list.isVisible)
    pages.add(section(page).list, "Een buurthuis", Qt.Key.Key_Tab)
    pages.settle()
    key = proposals(replica.state)[0].id
    assert field_of(page, key).fold.hasFocus()
    pages.key(focus(), Qt.Key.Key_Space)
    pages.settle()
    assert field_of(page, key).unfolded
    pages.key(focus(), Qt.Key.Key_Tab)
    assert isinstance(focus(), QComboBox)
    pages.key(focus(), Qt.Key.Key_Down)
    pages.settle()
    assert response_to(replica.state, key, BUDGET).stance is Stance.AGREES  # type: ignore[union-attr]
    pages.key(focus(), Qt.Key.Key_Down)
    pages.settle()
    pages.keys(focus(), "Te duur")
    pages.key(focus(), Qt.Key.Key_Return)
    pages.settle()
    found = response_to(replica.state, key, BUDGET)
    assert found is not None
    assert (found.stance, found.reason) == (Stance.OBJECTS, "Te duur")


def test_what_does_not_meet_a_frame_waits_for_its_reason(
    page: ReportPage, replica: LocalReplica
) -> None:
    decided(replica)
    choose(page, BUDGET, FAILS)
    assert said(replica) is None
    field = reason(page, BUDGET)
    assert field.editor.hasFocus()
    assert field.reason.text() == "Schrijf op waarom niet; dan telt het."
    assert standing(page) == ("Nog niet gevraagd", "kaders: 0 van 2 besproken")
    pages.type_into(field, "Te duur")
    pages.settle()
    assert said(replica) == (Stance.OBJECTS, "Te duur", False)
    assert standing(page) == ("Voldoet nog niet", "kaders: 1 van 2 besproken")
    assert sum(isinstance(each, AddResponse) for each in replica.sent) == 1
    assert not section(page).unsent


def test_what_did_not_meet_a_frame_can_be_settled_and_met(
    page: ReportPage, replica: LocalReplica
) -> None:
    decided(replica)
    choose(page, BUDGET, FAILS)
    pages.type_into(reason(page, BUDGET), "Te duur")
    pages.settle()
    choose(page, BUDGET, SETTLED)
    assert said(replica) == (Stance.OBJECTS, "Te duur", True)
    choose(page, BUDGET, MEETS)
    assert said(replica) == (Stance.AGREES, "Te duur", False)
    choose(page, REACH, SETTLED)
    pages.type_into(reason(page, REACH), "Er komt een bus")
    pages.settle()
    assert said(replica, REACH) == (Stance.OBJECTS, "Er komt een bus", True)


def test_a_reason_first_asks_for_the_choice_and_goes_with_it(
    page: ReportPage, replica: LocalReplica
) -> None:
    decided(replica)
    field = reason(page, BUDGET)
    pages.type_into(field, "Is begroot")
    pages.settle()
    assert said(replica) is None
    assert field.reason.text() == "Kies ook of het voorstel aan dit kader voldoet."
    choose(page, BUDGET, MEETS)
    assert said(replica) == (Stance.AGREES, "Is begroot", False)
    assert (field.reason.text(), section(page).unsent) == ("", False)


def test_an_objection_keeps_its_reason(page: ReportPage, replica: LocalReplica) -> None:
    decided(replica)
    choose(page, BUDGET, FAILS)
    field = reason(page, BUDGET)
    pages.type_into(field, "Te duur")
    pages.settle()
    pages.type_into(field, "")
    pages.settle()
    assert field.reason.text() == "Een bezwaar heeft een reden. Schrijf op waarom."
    assert said(replica) == (Stance.OBJECTS, "Te duur", False)


def test_not_talked_about_after_all_can_be_taken_back(
    page: ReportPage, replica: LocalReplica, qtbot: QtBot
) -> None:
    decided(replica)
    choose(page, BUDGET, FAILS)
    pages.type_into(reason(page, BUDGET), "Te duur")
    pages.settle()
    choose(page, BUDGET, None)
    assert said(replica) is None
    assert reason(page, BUDGET).text.toPlainText() == ""
    assert page.taking_back.undo.toolTip() == "Reactie op een voorstel weghalen · Ctrl+Z"
    pages.press(page.taking_back.undo)
    qtbot.waitUntil(lambda: said(replica) == (Stance.OBJECTS, "Te duur", False))
    qtbot.waitUntil(lambda: reason(page, BUDGET).text.toPlainText() == "Te duur")


def test_a_choice_is_taken_back_before_its_reason_came(
    page: ReportPage, replica: LocalReplica
) -> None:
    decided(replica)
    choose(page, BUDGET, FAILS)
    choose(page, BUDGET, None)
    assert said(replica) is None
    assert reason(page, BUDGET).reason.text() == ""


def test_a_choice_that_waits_says_so_until_it_is_given_up(
    page: ReportPage, replica: LocalReplica
) -> None:
    decided(replica)
    choose(page, BUDGET, FAILS)
    field, box = reason(page, BUDGET), cast("ChoiceField", talk_of(page).held.field(BUDGET, "held"))
    pages.keys(field.editor, "x")
    assert field.reason.text() == ""
    pages.key(field.editor, Qt.Key.Key_Backspace)
    pages.key(field.editor, Qt.Key.Key_Tab)
    assert field.reason.text() == "Schrijf op waarom niet; dan telt het."
    assert box.box.currentText() == "voldoet niet"
    field.editor.setFocus()
    pages.key(field.editor, Qt.Key.Key_Escape)
    pages.settle()
    assert (box.box.currentText(), field.reason.text()) == ("niet besproken", "")
    assert said(replica) is None


def test_two_who_say_why_at_once_both_find_it_there(qtbot: QtBot) -> None:
    begun = LocalReplica(new_meeting(pages.MEETING, "Samen", Template.THEMES, "nl", ("Groen",)))
    decided(begun)
    desk = pages.Desk(list(begun.state.entities()))
    both = [shown(face, qtbot) for face in (desk.one, desk.two)]
    for page, why in zip(both, ("Te duur", "Te laat"), strict=True):
        talk_of(page)
        choose(page, BUDGET, FAILS)
        reason(page, BUDGET).text.setPlainText(why)
        reason(page, BUDGET).commit()
    for _again in range(3):
        desk.meet()
        pages.settle()
    found = said(desk.engine)
    assert found is not None
    assert {"duur", "laat"} <= set(found[1].split())
    assert said(desk.one) == said(desk.two) == found
    assert [reason(page, BUDGET).text.toPlainText() for page in both] == [found[1]] * 2
