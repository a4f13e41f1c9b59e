"""The page Verslag of a meeting that decides, and hands on it."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from facilitator.meeting.frames import AddFrame
from facilitator.meeting.ids import FrameId, ProposalId
from facilitator.meeting.proposals import (
    AddProposal,
    Stance,
    response_to,
)
from tests.ui import pages
from tests.ui.calls import FakeCalls
from ui.console.held_list import FAILS, MEETS, SETTLED, Held
from ui.console.pictures import NoFiles
from ui.console.proposal_talk import Talk, TalkField
from ui.console.report import ReportPage
from ui.console.report_proposals import ProposalsSection
from ui.link.replica import Replica
from ui.widgets.choices import ChoiceField
from ui.widgets.fields import Field, TextField

BUDGET, REACH = FrameId(UUID(int=601)), FrameId(UUID(int=602))
HOUSE, BUS = ProposalId(UUID(int=611)), ProposalId(UUID(int=612))
NEW = pages.new_id


def shown(replica: Replica, qtbot: QtBot) -> ReportPage:
    """The page, in sight."""
    made = ReportPage(replica, NoFiles(), FakeCalls())
    pages.show(qtbot, made)
    return made


def decided(replica: Replica) -> None:
    """Two frames and two proposals."""
    replica.send(AddFrame(id=NEW(), frame=BUDGET, text="Binnen de begroting\nook onderhoud"))
    replica.send(AddFrame(id=NEW(), frame=REACH, text="Lopend te bereiken", set_by="Bewoners"))
    replica.send(AddProposal(id=NEW(), proposal=HOUSE, text="Een buurthuis"))
    replica.send(AddProposal(id=NEW(), proposal=BUS, text="Een bus"))
    pages.settle()


def section(page: ReportPage) -> ProposalsSection:
    """The part of the page."""
    return cast("ProposalsSection", page.section(ProposalsSection))


def field_of(page: ReportPage, proposal: UUID = HOUSE) -> TalkField:
    """The line under a proposal."""
    return cast("TalkField", section(page).list.field(proposal, "talk"))


def talk_of(page: ReportPage, proposal: UUID = HOUSE) -> Talk:
    """What is said of a proposal, unfolded."""
    field = field_of(page, proposal)
    if not field.unfolded:
        pages.press(field.fold)
    pages.settle()
    assert field.talk is not None
    return field.talk


def choose(page: ReportPage, frame: UUID, held: Held | None, proposal: UUID = HOUSE) -> None:
    """Choose whether it meets a frame."""
    box = cast("ChoiceField", talk_of(page, proposal).held.field(frame, "held")).box
    place = [None, MEETS, FAILS, SETTLED].index(held)
    box.setCurrentIndex(place)
    box.activated.emit(place)
    pages.settle()


def reason(page: ReportPage, frame: UUID, proposal: UUID = HOUSE) -> TextField:
    """The field for why."""
    return cast("TextField", talk_of(page, proposal).held.field(frame, "reason"))


def said(replica: Replica, frame: FrameId = BUDGET) -> tuple[Stance, str, bool] | None:
    """What the meeting holds of the first proposal and a frame."""
    found = response_to(replica.state, HOUSE, frame)
    return (found.stance, found.reason, found.settled) if found else None


def standing(page: ReportPage, proposal: UUID = HOUSE) -> tuple[str, str]:
    """How far a proposal is, in words, and what is counted."""
    field = field_of(page, proposal)
    return field.standing.text(), field.counts.text()


def whole(field: Field) -> bool:
    """Whether all of it is in sight."""
    return field.visibleRegion().boundingRect().size() == field.size()


def focus() -> QWidget:
    """Where the keyboard is."""
    found = QApplication.focusWidget()
    assert found is not None
    return found
