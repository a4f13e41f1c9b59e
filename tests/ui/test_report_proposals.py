"""Verslag: proposals, objections and consent; nothing of it where unused."""

from __future__ import annotations

from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox
from pytestqt.qtbot import QtBot

from facilitator.meeting.frames import AddFrame, RemoveFrame, frames
from facilitator.meeting.ids import FrameId, ResponseId
from facilitator.meeting.meeting import EditMeeting
from facilitator.meeting.proposals import (
    AddProposal,
    AddResponse,
    Proposal,
    Response,
    Stance,
    proposals,
)
from facilitator.meeting.themes import themes
from tests.ui import pages
from tests.ui.deciding import (
    BUDGET,
    BUS,
    HOUSE,
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
    whole,
)
from tests.ui.local import LocalReplica
from ui.console.held_list import FAILS
from ui.console.report import ReportPage
from ui.widgets.choices import ChoiceField
from ui.widgets.fields import TextField


@pytest.fixture
def replica() -> LocalReplica:
    return pages.small_meeting()


@pytest.fixture
def page(replica: LocalReplica, qtbot: QtBot) -> ReportPage:
    return shown(replica, qtbot)


# Where it is not used


def test_a_meeting_that_does_not_decide_sees_one_quiet_line(
    page: ReportPage, replica: LocalReplica
) -> None:
    part = section(page)
    jump = page.jumps[page.sections.index(part)]
    assert (part.unused.isVisible(), part.list.isVisible(), jump.isVisible()) == (
        True,
        False,
        False,
    )
    assert part.height() < 80
    pages.press(part.begin)
    assert part.list.adder.line.hasFocus()
    pages.add(part.list, "Een buurthuis in de oude school")
    pages.settle()
    assert [one.text for one in proposals(replica.state)] == ["Een buurthuis in de oude school"]
    assert (part.unused.isVisible(), jump.isVisible()) == (False, True)


def test_an_issue_at_stake_asks_for_proposals(
    page: ReportPage, replica: LocalReplica, qtbot: QtBot
) -> None:
    replica.send(EditMeeting(id=NEW(), issue="De school staat leeg"))
    qtbot.waitUntil(section(page).list.isVisible)


def test_it_does_not_fold_away_under_somebodys_hands(
    page: ReportPage, replica: LocalReplica
) -> None:
    replica.send(AddProposal(id=NEW(), proposal=HOUSE, text="Een buurthuis"))
    pages.settle()
    pages.alt(section(page).list.field(HOUSE, "text"), Qt.Key.Key_Delete)
    pages.settle()
    assert not proposals(replica.state)
    assert section(page).list.adder.line.hasFocus()


# Objections and consent


def test_without_frames_there_are_objections_and_consent(
    page: ReportPage, replica: LocalReplica
) -> None:
    replica.send(AddProposal(id=NEW(), proposal=HOUSE, text="Een buurthuis"))
    pages.settle()
    field, talk = field_of(page), talk_of(page)
    assert field.fold.text() == "Bezwaren"
    assert not talk.held.isVisible()
    assert standing(page) == ("Nog niet gevraagd", "")
    pages.add(talk.objections, "Te ver voor Noord")
    talk.asked.box.click()
    pages.settle()
    assert replica.state.get(Proposal, HOUSE).asked
    assert standing(page) == ("Bezwaar", "1 bezwaar")
    row = talk.objections.rows[0].id
    cast("QCheckBox", talk.objections.field(row, "settled").editor).click()
    pages.settle()
    assert standing(page) == ("Consent", "1 bezwaar, 1 opgelost")
    pages.type_into(talk.objections.field(row, "reason"), "Te ver voor Noord en Oost")
    pages.settle()
    assert replica.state.get(Response, row).reason == "Te ver voor Noord en Oost"


def test_an_objection_is_taken_away_and_comes_back(
    page: ReportPage, replica: LocalReplica, qtbot: QtBot
) -> None:
    decided(replica)
    told: list[str] = []
    page.said.connect(told.append)
    talk = talk_of(page)
    pages.add(talk.objections, "Te ver")
    pages.settle()
    row = talk.objections.rows[0].id
    pages.alt(talk.objections.field(row, "reason"), Qt.Key.Key_Up)
    pages.alt(talk.objections.field(row, "reason"), Qt.Key.Key_Delete)
    pages.settle()
    assert (talk.objections.rows, told) == ([], ["Bezwaar weggehaald. Ctrl+Z zet het terug."])
    assert page.taking_back.undo.toolTip().startswith("Reactie op een voorstel weghalen")
    replica.undo()
    qtbot.waitUntil(lambda: len(talk.objections.rows) == 1)


def test_a_proposal_has_a_theme(page: ReportPage, replica: LocalReplica) -> None:
    decided(replica)
    pages.choose(talk_of(page).theme.box, "2 Ontmoeting")
    pages.settle()
    assert replica.state.get(Proposal, HOUSE).theme == themes(replica.state)[1].id


def test_proposals_are_typed_moved_and_taken_away(
    page: ReportPage, replica: LocalReplica, qtbot: QtBot
) -> None:
    decided(replica)
    view = section(page).list
    pages.type_into(view.field(HOUSE, "text"), "Een buurthuis in de school")
    pages.settle()
    assert replica.state.get(Proposal, HOUSE).text == "Een buurthuis in de school"
    pages.alt(view.field(BUS, "text"), Qt.Key.Key_Up)
    pages.settle()
    assert [one.id for one in proposals(replica.state)] == [BUS, HOUSE]
    assert "voorstel 2" in field_of(page).fold.accessibleName()
    pages.alt(view.field(BUS, "text"), Qt.Key.Key_Delete)
    pages.settle()
    assert [one.id for one in proposals(replica.state)] == [HOUSE]
    assert page.taking_back.undo.toolTip() == "Voorstel weghalen · Ctrl+Z"


# Frames, while it is talked about


def test_frames_are_at_hand_and_folded(page: ReportPage, replica: LocalReplica) -> None:
    decided(replica)
    part = section(page)
    assert part.fold.text() == "Kaders (2)"
    assert not part.frames.isVisible()
    pages.press(part.fold)
    pages.add(part.frames, "Open in de avond")
    pages.settle()
    assert [one.text for one in frames(replica.state)][2] == "Open in de avond"
    assert len(talk_of(page).held.rows) == 3
    assert standing(page)[1] == "kaders: 0 van 3 besproken"


def test_a_frame_that_goes_takes_along_what_was_said_of_it_but_not_what_is_typed(
    page: ReportPage, replica: LocalReplica
) -> None:
    decided(replica)
    choose(page, BUDGET, FAILS)
    pages.type_into(reason(page, BUDGET), "Te duur")
    pages.settle()
    assert standing(page)[0] == "Voldoet nog niet"
    pages.type_into(reason(page, REACH), "Nog niet", leave=False)
    pages.by_other(replica, RemoveFrame(id=NEW(), frame=BUDGET))
    pages.by_other(replica, RemoveFrame(id=NEW(), frame=REACH))
    pages.settle(120)
    talk = talk_of(page)
    assert [row.id for row in talk.held.rows] == [REACH]
    assert "Wat u typte, staat er nog" in talk.held.line(REACH).message.text()
    assert standing(page) == ("Nog niet gevraagd", "")
    assert not replica.state.all(Response)


# Keys, names, and what is read along


def test_tab_goes_through_it_in_the_order_in_which_it_stands(
    page: ReportPage, replica: LocalReplica
) -> None:
    decided(replica)
    talk, view = talk_of(page), section(page).list
    pages.add(talk.objections, "Te ver")
    pages.settle()
    objection = talk.objections.rows[0].id
    wanted = [
        field_of(page).fold,
        *(
            talk.held.field(key, name).editor
            for key in (BUDGET, REACH)
            for name in ("held", "reason")
        ),
        talk.objections.field(objection, "reason").editor,
        talk.objections.field(objection, "settled").editor,
        talk.objections.adder.line,
        talk.asked.editor,
        talk.theme.editor,
        view.field(BUS, "text").editor,
    ]
    view.field(HOUSE, "text").editor.setFocus()
    for stop in wanted:
        pages.key(focus(), Qt.Key.Key_Tab)
        assert focus() is stop


def test_the_text_stays_in_sight_above_much_that_is_said_of_it(
    page: ReportPage, replica: LocalReplica, qtbot: QtBot
) -> None:
    decided(replica)
    for number in range(12):
        frame = FrameId(NEW())
        replica.send(AddFrame(id=NEW(), frame=frame, text=f"Kader {number}"))
    pages.settle()
    talk = talk_of(page)
    field = section(page).list.field(HOUSE, "text")
    assert field_of(page).height() > page.area.viewport().height()
    last = talk.held.rows[-1].id
    talk.held.go_to(last, "reason")
    qtbot.waitUntil(lambda: whole(talk.held.field(last, "reason")))
    assert not whole(field)
    field.editor.setFocus()
    qtbot.waitUntil(lambda: whole(field))


def test_a_screen_reader_hears_of_what_each_field_is(
    page: ReportPage, replica: LocalReplica
) -> None:
    decided(replica)
    talk = talk_of(page)
    names = [talk.held.field(BUDGET, name).editor.accessibleName() for name in ("held", "reason")]
    assert names == [
        "Voldoet het?, kader 1. Binnen de begroting",
        "Waarom, kader 1. Binnen de begroting",
    ]
    assert field_of(page).fold.accessibleName() == (
        "Kaders en bezwaren van voorstel 1: Nog niet gevraagd · kaders: 0 van 2 besproken"
    )
    assert field_of(page).fold.accessibleDescription() == "Uitgeklapt"
    assert talk.asked.editor.accessibleName() == "Iedereen is gevraagd, voorstel 1"
    assert section(page).list.field(BUS, "text").editor.accessibleName() == "Voorstel, 2"


def test_the_preview_shows_what_is_typed_before_it_is_sent(
    page: ReportPage, replica: LocalReplica, qtbot: QtBot
) -> None:
    decided(replica)
    objection = ResponseId(NEW())
    replica.send(AddResponse(id=NEW(), response=objection, proposal=HOUSE, reason="Te ver"))
    pages.settle()
    talk = talk_of(page)
    choose(page, BUDGET, FAILS)
    pages.type_into(reason(page, BUDGET), "Te duur", leave=False)
    assert said(replica) is None, "nothing was sent yet"
    page.preview.show_now()
    told = page.preview.paper.toPlainText().splitlines()
    assert told[:4] == ["Kaders en voorstellen", "…", "Voorstel 1", "Een buurthuis"]
    at = told.index("1. Binnen de begroting")
    assert told[at : at + 3] == ["1. Binnen de begroting", "nee", "Te duur"]
    pages.type_into(talk.objections.field(objection, "reason"), "Te ver weg", leave=False)
    page.preview.show_now()
    assert "Te ver weg" in page.preview.paper.toPlainText()
    pages.press(section(page).fold)
    pages.type_into(section(page).frames.field(REACH, "text"), "Goed te bereiken", leave=False)
    page.preview.show_now()
    told = page.preview.paper.toPlainText().splitlines()
    assert "Goed te bereiken" in told
    assert "Voorstel 1" not in told


def test_what_another_changes_comes_in(page: ReportPage, replica: LocalReplica) -> None:
    decided(replica)
    talk = talk_of(page)
    key = ResponseId(NEW())
    stance = Stance.AGREES
    pages.by_other(
        replica,
        AddResponse(
            id=NEW(), response=key, proposal=HOUSE, frame=REACH, stance=stance, reason="Ja"
        ),
    )
    pages.settle(120)
    box = cast("ChoiceField", talk.held.field(REACH, "held")).box
    assert (box.currentText(), reason(page, REACH).text.toPlainText()) == ("voldoet", "Ja")


def test_its_texts_are_spelled_as_the_others(page: ReportPage, replica: LocalReplica) -> None:
    decided(replica)
    talk_of(page)
    page.aids.look()
    spelled = set(page.aids.spellers)
    assert {
        reason(page, BUDGET).text,
        cast("TextField", section(page).list.field(HOUSE, "text")).text,
    } <= spelled


def test_of_a_folded_proposal_nothing_is_made(page: ReportPage, replica: LocalReplica) -> None:
    decided(replica)
    assert [field_of(page, key).talk for key in (HOUSE, BUS)] == [None, None]
