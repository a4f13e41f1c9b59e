"""No part of a page or dialog comes up as a window of its own, however short."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from facilitator.kernel.errors import Unavailable
from facilitator.meeting.categories import AddCategory
from facilitator.meeting.ids import (
    AgreementId,
    CategoryId,
    DecisionId,
    OpenTaskId,
    ParticipantId,
    StepId,
    TableId,
    ThemeId,
)
from facilitator.meeting.notes import HideNotes
from facilitator.meeting.outcomes import AddAgreement, AddDecision, AddOpenTask
from facilitator.meeting.people import AddParticipant
from facilitator.meeting.programme import AddStep, StepKind
from facilitator.meeting.tables import AddTables
from facilitator.meeting.themes import AddTheme
from tests.e2e.windows import Watch
from tests.ui import pages, tour
from tests.ui.content import meeting_with, note_id
from ui.link.summary import Summary


@pytest.fixture
def watch(qapp: object) -> Iterator[Watch]:
    assert qapp is not None
    made = Watch()
    yield made
    made.end()


@pytest.mark.parametrize("which", tour.MEETINGS)
def test_no_page_flashes(qtbot: QtBot, watch: Watch, which: str) -> None:
    walk = tour.Tour(qtbot, tour.MEETINGS[which]())
    for name, _page in walk.pages():
        assert watch.strays == [], name
    walk.replica.loaded.emit()
    tour.settle()
    walk.view.tell(Unavailable("engine.gone"))
    tour.settle()
    assert watch.strays == []


def test_what_others_add_does_not_flash(qtbot: QtBot, watch: Watch) -> None:
    walk = tour.Tour(qtbot, meeting_with(themes=1, notes=60))  # a theme more on each page
    for name, _page in walk.pages():
        new = uuid4()
        for command in (
            AddTheme(id=uuid4(), theme=ThemeId(new), title="Nieuw thema"),
            AddTables(id=uuid4(), tables=(TableId(new),)),
            AddStep(id=uuid4(), step=StepId(new), activity=StepKind.ROUND, length=1200),
            AddParticipant(id=uuid4(), participant=ParticipantId(new), name="Iemand"),
            AddCategory(id=uuid4(), category=CategoryId(new), title="Nieuwe rij"),
            AddDecision(id=uuid4(), decision=DecisionId(new), text="Een besluit"),
            AddOpenTask(id=uuid4(), open_task=OpenTaskId(new), text="Een opgave"),
            AddAgreement(id=uuid4(), agreement=AgreementId(new), what="Een afspraak"),
            HideNotes(id=uuid4(), notes=(note_id(1),)),
        ):
            pages.by_other(walk.replica, command)
        pages.settle()
        assert walk.troubles == []
        assert watch.strays == [], name


def test_the_watch_sees_a_stray(qtbot: QtBot, watch: Watch) -> None:
    stray = QLabel("kwijt")
    qtbot.addWidget(stray)
    stray.show()
    assert watch.strays == ["QLabel "]


def test_no_dialog_flashes(qtbot: QtBot, watch: Watch) -> None:
    walk = tour.Tour(qtbot, tour.MEETINGS["live"]())
    for name, _dialog in walk.dialogs():
        assert watch.strays == [], name


def test_the_list_of_meetings_does_not_flash(qtbot: QtBot, watch: Watch) -> None:
    empty = tour.Shelved(qtbot)
    assert empty.page.isVisible()
    shelf = tour.Shelved(qtbot, Summary(id=tour.MEETING, title="Wijkcafé"))
    for name, _dialog in shelf.dialogs():
        assert watch.strays == [], name
    assert watch.strays == []
