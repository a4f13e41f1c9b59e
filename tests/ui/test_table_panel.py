"""One table up close: its devices, its hosts, its hand-over, and what is done with it."""

from __future__ import annotations

import hashlib
from uuid import UUID, uuid4

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from facilitator.kernel.entity import Entity
from facilitator.kernel.roles import Role
from facilitator.meeting.hand_over import HandOver, WriteHandOver, hand_overs
from facilitator.meeting.hosting import BecomeHost, Invitation, InviteHost, host_tables
from facilitator.meeting.ids import HandOverId, InvitationId, NoteId, ParticipantId
from facilitator.meeting.meeting import CloseMeeting, Devices, Meeting
from facilitator.meeting.notes import OF_TABLE, Note, WriteNote
from facilitator.meeting.people import Join, MuteParticipant, Participant, RemoveParticipant
from facilitator.meeting.tables import RemoveTable, Table
from tests.ui.content import BEGIN, MEETING, meeting_with, round_id, table_id
from tests.ui.local import OWNER, LocalReplica
from tests.ui.pages import settle, show
from ui.console.devices import device_names
from ui.console.hosts import host_link
from ui.console.rounds import RoundsPage

FIRST, SECOND = (ParticipantId(UUID(int=900 + number)) for number in (1, 2))
LONG = "Annemieke van der Burg-Verantwoordelijkheidsverdeling uit de Nieuwstraat"


def person(key: ParticipantId, **changes: object) -> Participant:
    fields = {"table": table_id(2), "joined_at": BEGIN, "order": float(key.int), **changes}
    return Participant(id=key, **fields)  # type: ignore[arg-type]


def meeting(**changes: object) -> list[Entity]:
    return [
        msgspec.structs.replace(thing, **changes) if isinstance(thing, Meeting) else thing
        for thing in meeting_with(notes=40)
    ]


def page_of(qtbot: QtBot, *entities: Entity, table: int = 2) -> RoundsPage:
    page = RoundsPage(LocalReplica(entities))
    qtbot.addWidget(page)
    page.resize(1090, 580)
    page.show()
    page.open_table(table_id(table))
    return page


@pytest.fixture
def page(qtbot: QtBot) -> RoundsPage:
    """An anonymous meeting with two phones at table 2."""
    return page_of(qtbot, *meeting(), person(FIRST), person(SECOND))


def local(page: RoundsPage) -> LocalReplica:
    assert isinstance(page.replica, LocalReplica)
    return page.replica


def as_phone(page: RoundsPage, key: ParticipantId, command: object) -> None:
    """What a phone does."""
    replica = local(page)
    replica.actor, replica.role = key, Role.PARTICIPANT
    replica.send(command)  # type: ignore[arg-type]
    replica.actor, replica.role = OWNER, Role.FACILITATOR
    page.refresh()


# Going there and back


def test_a_press_on_a_table_opens_it_and_esc_goes_back(qtbot: QtBot) -> None:
    page = RoundsPage(LocalReplica(meeting()))
    show(qtbot, page)
    place = page.grid.visualRect(page.grid.doing.index(2)).center()
    QTest.mouseClick(page.grid.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert page.panel.name.text() == "Tafel 3"
    assert page.panel.isVisible()
    QTest.keyClick(page.panel.back, Qt.Key.Key_Escape)
    assert page.grid.isVisible()
    QTest.keyClick(page.grid, Qt.Key.Key_Return)
    assert page.panel.name.text() == "Tafel 3"


def test_from_one_table_to_the_next(page: RoundsPage) -> None:
    page.panel.after.click()
    assert page.panel.name.text() == "Tafel 3"
    for _time in range(3):
        page.panel.before.click()
    assert page.panel.name.text() == "Tafel 10"


def test_a_table_that_was_removed_is_left(qtbot: QtBot) -> None:
    new = Table(id=table_id(50), number=50, code="BCDFG", order=90_000.0)
    page = page_of(qtbot, *meeting(), new, table=50)
    page.replica.send(RemoveTable(id=uuid4(), table=table_id(50)))
    page.refresh()
    assert page.grid.isVisible()


# Devices


def test_devices_of_an_anonymous_meeting_have_numbers_that_stay(page: RoundsPage) -> None:
    assert [row.name.text() for row in page.panel.devices.rows] == ["toestel 1", "toestel 2"]
    third = ParticipantId(UUID(int=903))
    as_phone(page, third, Join(id=third, table=table_id(2)))
    assert page.panel.devices.rows[2].name.text() == "toestel 3"
    assert "3 toestellen" in page.panel.told.text()
    assert page.panel.tabs.tabText(0) == "Toestellen (3)"


def test_a_name_that_was_typed_before_is_not_shown_in_an_anonymous_meeting(qtbot: QtBot) -> None:
    page = page_of(qtbot, *meeting(), person(FIRST, name="Anna"))
    assert page.panel.devices.rows[0].name.text() == "toestel 1"


def test_devices_of_a_named_meeting_have_names(qtbot: QtBot) -> None:
    listed = person(SECOND, name="Bert", joined_at=None)
    page = page_of(qtbot, *meeting(named=True), person(FIRST, name=LONG), listed)
    first, second = page.panel.devices.rows
    assert first.name.text() == LONG
    assert (second.name.text(), second.marks.text()) == ("Bert", "nog niet binnen")
    assert first.mute.isVisible()
    assert not second.mute.isVisible()


def test_people_behind_one_device_are_counted(qtbot: QtBot) -> None:
    shared = meeting(devices=Devices.TABLE)
    page = page_of(qtbot, *shared, person(FIRST, people=6), person(SECOND, people=1))
    assert [row.marks.text() for row in page.panel.devices.rows] == [
        "6 deelnemers",
        "1 deelnemer",
    ]
    assert page.panel.told.text().startswith("7 deelnemers · 2 toestellen")
    assert page.grid.doing.rows[1].people == 7


def test_a_device_is_muted_and_heard_again(page: RoundsPage, qtbot: QtBot) -> None:
    row = page.panel.devices.rows[0]
    with qtbot.waitSignal(page.said) as said:
        row.mute.click()
    assert said.args == ["toestel 1 is gedempt: wat hier geschreven wordt, ziet alleen u."]
    page.refresh()
    assert (row.marks.text(), row.mute.text()) == ("gedempt", "Niet meer dempen")
    note = NoteId(uuid4())
    command = WriteNote(id=uuid4(), note=note, text="x", table=table_id(2), step=round_id(2))
    as_phone(page, FIRST, command)
    assert page.replica.state.get(Note, note).hidden
    row.mute.click()
    page.refresh()
    assert (row.marks.text(), row.mute.text()) == ("", "Demp")
    assert not page.replica.state.get(Participant, FIRST).muted


def test_muting_who_is_gone_is_told(page: RoundsPage, qtbot: QtBot) -> None:
    page.replica.send(RemoveParticipant(id=uuid4(), participant=FIRST))
    with qtbot.waitSignal(page.trouble):
        page.panel.devices.rows[0].mute.click()
    page.refresh()
    assert len(page.panel.devices.rows) == 1


def test_no_device_says_so(qtbot: QtBot) -> None:
    page = page_of(qtbot, *meeting())
    assert page.panel.devices.currentIndex() == 1


# The table itself


def test_a_table_is_closed_and_opened(page: RoundsPage) -> None:
    page.panel.close_button.click()
    page.refresh()
    assert page.replica.state.get(Table, table_id(2)).closed
    assert page.panel.close_button.text() == "Open deze tafel weer"
    assert page.panel.told.text().startswith("gesloten · ")
    row = page.grid.doing.rows[1]
    assert (row.when, row.quiet) == ("gesloten", False)
    page.panel.close_button.click()
    page.refresh()
    assert not page.replica.state.get(Table, table_id(2)).closed


def test_its_wall_is_cleared_and_comes_back_alone(page: RoundsPage, qtbot: QtBot) -> None:
    state = page.replica.state
    before = [note.id for note in state.where(OF_TABLE, table_id(2)) if not note.hidden]
    others = sum(note.hidden for note in state.all(Note) if note.table != table_id(2))
    with qtbot.waitSignal(page.done) as done:
        page.panel.clear_button.click()
    told, take_back = done.args
    assert told == f"{len(before)} notities verborgen."
    assert all(note.hidden for note in state.where(OF_TABLE, table_id(2)))
    assert others == sum(note.hidden for note in state.all(Note) if note.table != table_id(2))
    page.panel.close_button.click()  # something else in between is left as it is
    take_back()
    shown = [note.id for note in state.where(OF_TABLE, table_id(2)) if not note.hidden]
    assert shown == before
    assert state.get(Table, table_id(2)).closed


# Hosts


def keys_of(page: RoundsPage) -> dict[InvitationId, str]:
    return page.panel.hosts._keys


def invited(page: RoundsPage) -> tuple[Invitation, str]:
    page.panel.hosts.invite_button.click()
    page.refresh()
    (invitation,) = page.replica.state.all(Invitation)
    return invitation, keys_of(page)[invitation.id]


def test_a_host_is_invited_by_a_link_whose_key_stays_here(page: RoundsPage) -> None:
    page.panel.tabs.setCurrentIndex(1)
    invitation, key = invited(page)
    (command,) = (sent for sent in local(page).sent if isinstance(sent, InviteHost))
    assert command.digest == hashlib.sha256(key.encode()).hexdigest()
    assert key not in repr(local(page).sent)
    assert len(key) >= 20
    code = page.replica.state.get(Table, table_id(2)).code
    link = f"http://192.168.1.10:8765/{code}#host={invitation.id}.{key}"
    assert page.panel.hosts.qr.text() == page.panel.hosts.link.text() == link
    assert page.panel.hosts.qr.isVisible()
    assert key not in page.panel.hosts.qr.accessibleName()
    page.panel.hosts.copy_button.click()
    assert QGuiApplication.clipboard().text() == link


def test_the_code_follows_the_address(page: RoundsPage) -> None:
    invitation, key = invited(page)
    page.replica.go_to("http://10.0.0.7:8765")
    table = page.replica.state.get(Table, table_id(2))
    assert page.panel.hosts.qr.text() == host_link(
        "http://10.0.0.7:8765", table, invitation.id, key
    )


def test_once_used_it_is_told_and_the_code_goes(page: RoundsPage) -> None:
    page.panel.tabs.setCurrentIndex(1)
    invitation, key = invited(page)
    as_phone(page, SECOND, BecomeHost(id=uuid4(), invitation=invitation.id, key=key))
    hosts = page.panel.hosts
    assert host_tables(page.replica.state, SECOND) == {table_id(2)}
    assert hosts.currentIndex() == 0
    assert hosts.rows[0].words.text() == "Gebruikt door toestel 2"
    assert not hosts.rows[0].show_button.isVisible()
    assert page.panel.tabs.tabText(1) == "Gastheer (1)"
    assert page.panel.devices.rows[1].marks.text() == "gastheer"


def test_a_host_is_taken_back(page: RoundsPage, qtbot: QtBot) -> None:
    invitation, key = invited(page)
    as_phone(page, SECOND, BecomeHost(id=uuid4(), invitation=invitation.id, key=key))
    with qtbot.waitSignal(page.said) as said:
        page.panel.hosts.rows[0].revoke_button.click()
    assert said.args == ["De gastheer is weer gewoon deelnemer."]
    page.refresh()
    assert host_tables(page.replica.state, SECOND) == frozenset()
    assert page.panel.hosts.rows == []


def test_a_code_can_be_shown_again_until_it_is_used_or_revoked(page: RoundsPage) -> None:
    page.panel.tabs.setCurrentIndex(1)
    hosts = page.panel.hosts
    invited(page)
    hosts.ready_button.click()
    assert hosts.currentIndex() == 0
    assert hosts.rows[0].words.text() == "Nog niet gebruikt"
    hosts.rows[0].show_button.click()
    assert hosts.currentIndex() == 1
    hosts.ready_button.click()
    hosts.rows[0].revoke_button.click()
    page.refresh()
    assert hosts.rows == []


def test_of_a_link_made_elsewhere_there_is_no_code(qtbot: QtBot) -> None:
    other = Invitation(id=InvitationId(uuid4()), table=table_id(2))
    page = page_of(qtbot, *meeting(), other)
    page.panel.tabs.setCurrentIndex(1)
    row = page.panel.hosts.rows[0]
    assert not row.show_button.isVisible()
    assert row.revoke_button.isVisible()


def test_each_table_has_its_own_hosts(page: RoundsPage) -> None:
    invited(page)
    page.panel.after.click()
    assert page.panel.hosts.rows == []
    assert page.panel.hosts.currentIndex() == 0


def test_closing_the_meeting_ends_links_that_nobody_used(page: RoundsPage) -> None:
    invited(page)
    page.replica.send(CloseMeeting(id=uuid4()))
    page.refresh()
    assert page.panel.hosts.rows == []
    assert page.panel.hosts.currentIndex() == 0


# Hand-overs


def handed(page: RoundsPage) -> list[tuple[str, ...]]:
    return [one.points for one in hand_overs(page.replica.state, table_id(2))]


def type_point(page: RoundsPage, number: int, text: str) -> None:
    editor = page.panel.hand_overs.fields[number].text
    editor.setFocus()
    editor.setPlainText(text)
    QTest.keyClick(editor, Qt.Key.Key_Return)


def test_what_a_host_hands_over_is_read_here(page: RoundsPage) -> None:
    points = ("Meer bankjes", "Koffie op dinsdag")
    invitation, key = invited(page)
    as_phone(page, SECOND, BecomeHost(id=uuid4(), invitation=invitation.id, key=key))
    replica = local(page)
    replica.actor, replica.role = SECOND, Role.HOST
    command = WriteHandOver(
        id=uuid4(),
        hand_over=HandOverId(uuid4()),
        table=table_id(2),
        step=round_id(2),
        points=points,
    )
    replica.send(command)
    replica.actor, replica.role = OWNER, Role.FACILITATOR
    page.panel.tabs.setCurrentIndex(2)
    page.refresh()
    settle()
    part = page.panel.hand_overs
    assert part.round.currentText() == "Ronde 2 · 2 punten"
    assert [field.text.toPlainText() for field in part.fields] == [*points, ""]
    assert page.panel.tabs.tabText(2) == "Overdracht (1)"


def test_the_secretary_types_them(page: RoundsPage) -> None:
    page.panel.tabs.setCurrentIndex(2)
    type_point(page, 0, "Meer bankjes")
    assert handed(page) == [("Meer bankjes",)]
    type_point(page, 1, "Koffie")
    assert handed(page) == [("Meer bankjes", "Koffie")]
    (known,) = page.replica.state.all(HandOver)
    assert known.round == round_id(2)
    page.replica.undo()
    assert handed(page) == [("Meer bankjes",)]


def test_each_round_has_its_own(page: RoundsPage) -> None:
    page.panel.tabs.setCurrentIndex(2)
    part = page.panel.hand_overs
    part.round.choose(round_id(1))
    type_point(page, 0, "Uit ronde 1")
    part.round.choose(round_id(2))
    assert [field.text.toPlainText() for field in part.fields] == ["", "", ""]
    type_point(page, 0, "Uit ronde 2")
    assert handed(page) == [("Uit ronde 1",), ("Uit ronde 2",)]


def test_what_was_typed_goes_along_when_another_table_is_looked_at(page: RoundsPage) -> None:
    page.panel.tabs.setCurrentIndex(2)
    editor = page.panel.hand_overs.fields[0].text
    editor.setFocus()
    editor.setPlainText("Bijna kwijt")
    page.panel.after.click()
    assert handed(page) == [("Bijna kwijt",)]
    assert [f.text.toPlainText() for f in page.panel.hand_overs.fields] == ["", "", ""]


def test_a_point_that_is_too_long_says_so(page: RoundsPage) -> None:
    page.panel.tabs.setCurrentIndex(2)
    type_point(page, 0, "x" * 201)
    field = page.panel.hand_overs.fields[0]
    assert "200" in field.reason.text()
    assert field.text.toPlainText() == "x" * 201
    assert handed(page) == []


# What others do, and many


def test_it_follows_what_another_console_does(page: RoundsPage) -> None:
    page.replica.send(MuteParticipant(id=uuid4(), participant=SECOND, muted=True))
    page.refresh()
    assert page.panel.devices.rows[1].marks.text() == "gedempt"


def test_fifty_devices_scroll(qtbot: QtBot) -> None:
    crowd = [person(ParticipantId(UUID(int=2000 + n))) for n in range(50)]
    page = page_of(qtbot, *meeting(), *crowd)
    assert len(page.panel.devices.rows) == 50
    assert page.panel.minimumSizeHint().height() < 400
    assert page.replica.state.get(Meeting, MEETING).title
    names = device_names(page.replica.state)
    assert len(set(names.values())) == 50
