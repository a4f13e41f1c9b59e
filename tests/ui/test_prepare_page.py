"""The page Voorbereiden as a whole: ticks, what is to do, and a large meeting."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from facilitator.kernel.entity import Entity
from facilitator.meeting.ids import MeetingId, ParticipantId, TableId, ThemeId
from facilitator.meeting.meeting import EditMeeting, Form, Meeting
from facilitator.meeting.notes import Note
from facilitator.meeting.people import Participant
from facilitator.meeting.programme import Clock, EditStep, rounds
from facilitator.meeting.projector import Projector
from facilitator.meeting.tables import EditTable, Table, code_of, tables
from facilitator.meeting.templates import Template, new_meeting
from facilitator.meeting.themes import EditTheme, Theme, themes
from tests.ui import content, pages
from tests.ui.local import LocalReplica
from ui.console.prepare import PreparePage
from ui.console.prepare_ready import Check, Part, readiness
from ui.link.address import Addresses


def by_part(replica: LocalReplica) -> dict[Part, Check]:
    return {check.part: check for check in readiness(replica.state, Addresses())}


def test_an_empty_meeting_says_what_to_do_for_each_part() -> None:
    replica = LocalReplica(new_meeting(pages.MEETING, "Leeg", Template.EMPTY))
    assert [check.part for check in readiness(replica.state, Addresses()) if not check.done] == [
        Part.MEETING,
        Part.THEMES,
        Part.TABLES,
        Part.PROGRAMME,
        Part.NETWORK,
    ]


def test_ticks_come_one_by_one() -> None:
    replica = pages.small_meeting()
    replica.send(EditMeeting(id=pages.new_id(), date=dt.date(2026, 10, 30)))
    assert by_part(replica)[Part.MEETING].done
    assert "Groen" in by_part(replica)[Part.THEMES].todo
    for thing in themes(replica.state):
        replica.send(EditTheme(id=pages.new_id(), theme=thing.id, question="Wat?"))
    assert by_part(replica)[Part.THEMES].done
    assert by_part(replica)[Part.TABLES].done
    table = tables(replica.state)[0].id
    replica.send(EditTable(id=pages.new_id(), table=table, theme=None))
    assert "1 tafel" in by_part(replica)[Part.TABLES].todo
    second = themes(replica.state)[1].id
    replica.send(EditTable(id=pages.new_id(), table=table, theme=second))
    assert "Groen" in by_part(replica)[Part.TABLES].todo
    assert by_part(replica)[Part.PROGRAMME].done


def test_a_classic_cafe_asks_its_question_in_the_rounds() -> None:
    replica = LocalReplica(new_meeting(pages.MEETING, "Klassiek", Template.CLASSIC))
    assert by_part(replica)[Part.THEMES].done
    assert by_part(replica)[Part.TABLES].done
    assert not by_part(replica)[Part.PROGRAMME].done
    for step in rounds(replica.state):
        replica.send(EditStep(id=pages.new_id(), step=step.id, question="Wat bindt ons?"))
    assert by_part(replica)[Part.PROGRAMME].done


def test_what_is_to_do_leads_to_its_section(qtbot: QtBot) -> None:
    replica = pages.small_meeting()
    replica.send(EditMeeting(id=pages.new_id(), date=dt.date(2026, 10, 30)))
    page = PreparePage(replica)
    pages.show(qtbot, page)
    assert "Thema’s" in page.todo.text()
    pages.press(page.todo_button)
    assert page.part is Part.THEMES
    assert not page.todo_button.isVisible()
    replica.send(EditMeeting(id=pages.new_id(), form=Form.CLASSIC))
    qtbot.waitUntil(lambda: "Thema’s" not in page.todo.text())


def test_sections_turn_with_a_key(qtbot: QtBot) -> None:
    page = PreparePage(pages.small_meeting())
    pages.show(qtbot, page)
    pages.key(page, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    turned = [page.part]
    pages.key(page, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    pages.key(page, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert [*turned, page.part] == [Part.THEMES, Part.NETWORK]


def test_loading_another_meeting_shows_it(qtbot: QtBot) -> None:
    replica = pages.small_meeting()
    page = PreparePage(replica)
    pages.show(qtbot, page)
    page.go_to(Part.THEMES)
    pages.settle()
    replica.state.load(new_meeting(pages.MEETING, "Nieuw", Template.THEMES, "nl", ("Anders",)), 9)
    replica.loaded.emit()
    pages.settle()
    rows = page.sections[Part.THEMES].list.rows  # type: ignore[attr-defined]
    assert [row.values["title"] for row in rows] == ["Anders"]


def large_meeting() -> list[Entity]:
    meeting = MeetingId(pages.MEETING)
    listed: list[Entity] = [Meeting(id=meeting, title="Groot"), Clock(id=meeting)]
    listed.append(Projector(id=meeting))
    listed += [
        Theme(id=content.theme_id(number), title=f"Thema {number}", order=float(number))
        for number in range(1, 21)
    ]
    for number in range(1, 126):
        key = TableId(content.table_id(number))
        theme = ThemeId(content.theme_id(number % 20 + 1))
        listed.append(
            Table(id=key, number=number, code=code_of(key), theme=theme, order=float(number))
        )
    for number in range(1, 501):
        key = content.table_id(number % 125 + 1)
        person = ParticipantId(content.ids(9, number))
        listed.append(Participant(id=person, name=f"Naam {number}", table=key, order=float(number)))
    listed += [
        Note(
            id=content.note_id(number),
            text=content.TEXTS[number % len(content.TEXTS)],
            table=content.table_id(number % 125 + 1),
            theme=content.theme_id(number % 20 + 1),
            round=None,
            order=float(number),
            written_at=content.BEGIN,
        )
        for number in range(1, 2001)
    ]
    return listed


def test_a_large_meeting_makes_only_the_rows_in_sight(qtbot: QtBot) -> None:
    replica = LocalReplica(large_meeting())
    page = PreparePage(replica)
    pages.show(qtbot, page)
    for part in Part:
        page.go_to(part)
        pages.settle()
    page.go_to(Part.PEOPLE)
    view = page.sections[Part.PEOPLE].list  # type: ignore[attr-defined]
    assert len(view.lines) < 60
    page.sections[Part.PEOPLE].refresh()
    assert len(view.lines) < 60
