"""Rondes: the clock, the programme, what each table is doing."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import msgspec
from pytestqt.qtbot import QtBot

from facilitator.kernel.entity import Entity
from facilitator.meeting.ids import NoteId, ParticipantId
from facilitator.meeting.meeting import Meeting, Phase
from facilitator.meeting.notes import Note, WriteNote
from facilitator.meeting.people import Participant
from facilitator.meeting.programme import Clock, NextStep, Step
from facilitator.meeting.projector import SceneName, the_projector
from facilitator.meeting.tables import Table, code_of
from facilitator.meeting.themes import Theme
from tests.ui.content import BEGIN, meeting_with, round_id, table_id
from tests.ui.local import LocalReplica
from ui.console.rounds import RoundsPage
from ui.console.table_grid import doing


def page_of(qtbot: QtBot, entities: list[Entity]) -> RoundsPage:
    page = RoundsPage(LocalReplica(entities))
    qtbot.addWidget(page)
    page.resize(1090, 580)
    page.show()
    return page


def running(notes: int = 0) -> list[Entity]:
    ends = BEGIN + timedelta(seconds=870)
    return [
        msgspec.structs.replace(entity, ends_at=ends) if isinstance(entity, Clock) else entity
        for entity in meeting_with(notes=notes)
    ]


def test_the_clock_is_huge_and_tells_more_than_colour(qtbot: QtBot) -> None:
    page = page_of(qtbot, running())
    replica = page.replica
    assert isinstance(replica, LocalReplica)
    assert page.clock.text() == "14:30"
    assert page.step.text() == "Ronde 2 van 3"
    assert page.next.text() == "Hierna: Ronde 3 van 3"
    replica.pass_time(880)
    page.tick()
    assert page.clock.text() == "+0:10"
    assert page.word.text() == "over de tijd"
    assert page.bar.value() == 0


def test_before_the_beginning_it_shows_what_is_ready(qtbot: QtBot) -> None:
    entities = [
        Clock(id=entity.id) if isinstance(entity, Clock) else entity for entity in running()
    ]
    page = page_of(qtbot, entities)
    assert page.step.text() == "Nog niet begonnen"
    assert page.clock.text() == "20:00"
    assert page.clock.property("tone") == "soft"


def test_the_programme_follows_the_steps(qtbot: QtBot) -> None:
    page = page_of(qtbot, running())
    assert [current for _step, _done, current in page._programme] == [False, True, False]
    page.replica.send(NextStep(id=uuid4(), leaving=round_id(2)))
    page.refresh()
    assert [(done, current) for _step, done, current in page._programme] == [
        (False, False),
        (True, False),
        (False, True),
    ]
    assert page.programme.count() == 3


def test_the_question_of_the_round(qtbot: QtBot) -> None:
    entities = running()
    page = page_of(qtbot, entities)
    assert page.question.isHidden()
    asked = [
        msgspec.structs.replace(entity, question="Wat nu?")
        if isinstance(entity, Step) and entity.id == round_id(2)
        else entity
        for entity in entities
    ]
    assert page_of(qtbot, asked).question.text() == "Wat nu?"
    each = [
        msgspec.structs.replace(entity, question=f"Vraag over {entity.title}")
        if isinstance(entity, Theme)
        else entity
        for entity in entities
    ]
    assert page_of(qtbot, each).question.text().startswith("Elke tafel")


def test_what_a_table_is_doing(qtbot: QtBot) -> None:
    page = page_of(qtbot, running())
    replica = page.replica
    assert isinstance(replica, LocalReplica)
    assert all(row.when == "nog niets" for row in page.grid.doing.rows)
    assert all(row.quiet for row in page.grid.doing.rows)  # the round runs for 5½ minutes
    replica.send(
        WriteNote(
            id=uuid4(), note=NoteId(uuid4()), text="Bankje", table=table_id(1), step=round_id(2)
        )
    )
    page.refresh()
    first = page.grid.doing.rows[0]
    assert (first.notes, first.when, first.quiet) == (1, "zojuist", False)
    assert page.legend.text() == "9 tafels zijn stil"
    replica.pass_time(6 * 60)
    page.refresh()
    assert page.grid.doing.rows[0].when == "6 min geleden"
    assert page.grid.doing.rows[0].quiet
    spoken = page.grid.doing.data(page.grid.doing.index(0))
    assert spoken == "Tafel 1, Groen en buiten, 0 deelnemers, 1 notitie, 6 min geleden"
    replica.pass_time(24 * 60 * 60)
    page.refresh()
    assert page.grid.doing.rows[0].when == ""


def test_a_table_is_not_quiet_in_the_first_minutes_of_a_round(qtbot: QtBot) -> None:
    page = page_of(qtbot, running())
    replica = page.replica
    assert isinstance(replica, LocalReplica)
    replica.send(NextStep(id=uuid4(), leaving=round_id(2)))
    for minutes, quiet in ((0, 0), (4, 0), (1, 10)):
        replica.pass_time(minutes * 60)
        page.refresh()
        assert sum(row.quiet for row in page.grid.doing.rows) == quiet
    assert page.legend.text() == "10 tafels zijn stil"


def test_a_table_where_nobody_sits_is_not_quiet(qtbot: QtBot) -> None:
    someone = Participant(id=ParticipantId(uuid4()), table=table_id(3))
    page = page_of(qtbot, [*running(), someone])
    assert [row.quiet for row in page.grid.doing.rows].index(True) == 2
    assert page.legend.text() == "1 tafel is stil"
    assert page.grid.doing.rows[0].when == ""


def test_a_closed_meeting_has_no_time_and_says_how_it_goes_on(qtbot: QtBot) -> None:
    entities: list[Entity] = []
    for entity in running():
        if isinstance(entity, Meeting):
            entities.append(msgspec.structs.replace(entity, phase=Phase.CLOSED))
        elif isinstance(entity, Clock):
            entities.append(Clock(id=entity.id))
        else:
            entities.append(entity)
    page = page_of(qtbot, entities)
    assert page.clock.isHidden()
    assert page.bar.isHidden()
    assert page.step.text() == "Gesloten"
    assert "Bijeenkomst weer openen" in page.next.text()


def test_the_hall_sees_it_only_when_asked(qtbot: QtBot) -> None:
    page = page_of(qtbot, running())
    page._show(SceneName.WALL)
    assert the_projector(page.replica.state).scene is SceneName.WALL


def test_125_tables_and_2000_notes_are_quick(qtbot: QtBot) -> None:
    entities = [entity for entity in running(notes=2000) if not isinstance(entity, Table | Note)]
    entities += [
        Table(id=table_id(n), number=n, code=code_of(table_id(n)), order=n * 1024.0)
        for n in range(1, 126)
    ]
    entities += [
        msgspec.structs.replace(entity, table=table_id(number % 125 + 1), theme=None, category=None)
        for number, entity in enumerate(running(notes=2000))
        if isinstance(entity, Note)
    ]
    page = page_of(qtbot, entities)
    rows = doing(page.replica.state, page.replica.now())
    assert len(rows) == page.grid.doing.rowCount() == 125
    assert not page.grab().isNull()


def test_no_tables_says_so(qtbot: QtBot) -> None:
    entities = [entity for entity in meeting_with(0, 0) if not isinstance(entity, Table)]
    page = page_of(qtbot, entities)
    assert page.stack.currentIndex() == 1
