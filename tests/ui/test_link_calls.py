"""The calls that are no commands, with a real engine: muting a writer, black ink, wiping; hosts too."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import msgspec
import pytest
from pytestqt.qtbot import QtBot

from facilitator.kernel.command import Command
from facilitator.kernel.errors import FacilitatorError
from facilitator.meeting.hosting import BecomeHost
from facilitator.meeting.ids import InvitationId, MeetingId, NoteId
from facilitator.meeting.meeting import CloseMeeting, EditMeeting, the_meeting
from facilitator.meeting.notes import Note, WriteNote
from facilitator.meeting.outline import Part, ReportForm
from facilitator.meeting.people import Participant
from facilitator.meeting.tables import Table, tables
from tests.ui.link import PATIENCE, new_meeting, replica_of, running_engine
from ui.console.rounds import RoundsPage
from ui.link.calls import LastOutline, RemoteCalls
from ui.link.engine import Engine
from ui.link.remote import RemoteReplica

pytestmark = pytest.mark.e2e

Answers = list[FacilitatorError | None]


@pytest.fixture
def engine(tmp_path: Path, qtbot: QtBot) -> Iterator[Engine]:
    with running_engine(tmp_path, qtbot) as made:
        yield made


@pytest.fixture
def meeting(engine: Engine, qtbot: QtBot) -> MeetingId:
    return new_meeting(engine, qtbot)


@pytest.fixture
def replica(engine: Engine, meeting: MeetingId, qtbot: QtBot) -> Iterator[RemoteReplica]:
    made = replica_of(engine, meeting, qtbot, live=True)
    yield made
    made.close()


@pytest.fixture
def calls(engine: Engine, meeting: MeetingId, replica: RemoteReplica) -> RemoteCalls:
    return RemoteCalls(engine.http, meeting, replica)


class Phone:
    """A phone at a table."""

    def __init__(self, engine: Engine, table: Table) -> None:
        assert engine.running is not None
        self._base = f"http://127.0.0.1:{engine.running.port}"
        self.table = table
        joining = {"id": str(uuid4()), "code": table.code}
        answer = httpx.post(f"{self._base}/api/join", json=joining)
        self.token: str = answer.raise_for_status().json()["token"]

    def send(self, command: Command) -> Any:
        """One command, and what came of it."""
        answer = httpx.post(
            f"{self._base}/api/commands",
            content=msgspec.json.encode({"commands": [command]}),
            headers={
                "Authorization": f"Bearer {self.token}",
                "Content-Type": "application/json",
            },
        )
        return answer.raise_for_status().json()["results"][0]

    def write(self, text: str) -> NoteId:
        """A note."""
        note = NoteId(uuid4())
        command = WriteNote(id=uuid4(), note=note, text=text, table=self.table.id, step=None)
        assert self.send(command)["status"] == "done"
        return note


def heard(qtbot: QtBot, replica: RemoteReplica, note: NoteId) -> None:
    qtbot.waitUntil(lambda: replica.state.find(Note, note) is not None, timeout=PATIENCE)


def answered(qtbot: QtBot, answers: Answers) -> FacilitatorError | None:
    qtbot.waitUntil(lambda: bool(answers), timeout=PATIENCE)
    return answers.pop()


def test_a_writer_is_muted_by_a_note_also_without_a_name(
    engine: Engine, replica: RemoteReplica, calls: RemoteCalls, qtbot: QtBot
) -> None:
    phone = Phone(engine, tables(replica.state)[0])
    first = phone.write("Een")
    heard(qtbot, replica, first)
    answers: Answers = []
    calls.mute_writer(first, answers.append)
    assert answered(qtbot, answers) is None
    qtbot.waitUntil(lambda: [p.muted for p in replica.state.all(Participant)] == [True])
    second = phone.write("Twee")
    heard(qtbot, replica, second)
    assert replica.state.get(Note, second).hidden
    assert not replica.state.get(Note, first).hidden


def test_of_a_note_from_paper_no_writer_is_known(
    replica: RemoteReplica, calls: RemoteCalls, qtbot: QtBot
) -> None:
    note = NoteId(uuid4())
    replica.send(WriteNote(id=uuid4(), note=note, text="Papier", table=None, step=None))
    heard(qtbot, replica, note)
    answers: Answers = []
    calls.mute_writer(note, answers.append)
    error = answered(qtbot, answers)
    assert error is not None
    assert error.code == "writer.unknown"


def test_black_ink_comes_back_to_the_window(
    engine: Engine, replica: RemoteReplica, calls: RemoteCalls, qtbot: QtBot
) -> None:
    note = Phone(engine, tables(replica.state)[0]).write("Geheim van Anna")
    heard(qtbot, replica, note)
    answers: Answers = []
    calls.black_out(note, answers.append)
    assert answered(qtbot, answers) is None
    qtbot.waitUntil(lambda: "Anna" not in replica.state.get(Note, note).text, timeout=PATIENCE)
    assert set(replica.state.get(Note, note).text) == {"█"}


def test_wiping_waits_for_the_end_of_the_meeting(
    replica: RemoteReplica, calls: RemoteCalls, qtbot: QtBot
) -> None:
    answers: Answers = []
    calls.wipe(answers.append)
    error = answered(qtbot, answers)
    assert error is not None
    assert error.code == "wipe.live"
    replica.send(CloseMeeting(id=uuid4()))
    qtbot.waitUntil(lambda: replica.waiting == 0, timeout=PATIENCE)
    calls.wipe(answers.append)
    assert answered(qtbot, answers) is None
    qtbot.waitUntil(lambda: the_meeting(replica.state).wiped, timeout=PATIENCE)
    assert replica.undo_entry() is None


def test_a_host_comes_in_by_the_link_of_the_window_and_only_once(
    engine: Engine, replica: RemoteReplica, qtbot: QtBot
) -> None:
    page = RoundsPage(replica)
    qtbot.addWidget(page)
    page.show()
    table = tables(replica.state)[0]
    page.open_table(table.id)
    hosts = page.panel.hosts
    hosts.invite()
    qtbot.waitUntil(lambda: hosts.currentIndex() == 1, timeout=PATIENCE)
    link = hosts.link.text()
    assert link.startswith(f"{replica.address}/{table.code}#host=")
    invitation, _dot, key = link.partition("#host=")[2].partition(".")
    become = BecomeHost(id=uuid4(), invitation=InvitationId(UUID(invitation)), key=key)
    first, second = Phone(engine, table), Phone(engine, table)
    assert first.send(become)["status"] == "done"
    qtbot.waitUntil(lambda: hosts.currentIndex() == 0, timeout=PATIENCE)
    assert hosts.rows[0].words.text() == "Gebruikt door toestel 1"
    refused = second.send(msgspec.structs.replace(become, id=uuid4()))
    assert refused["code"] == "host.used"


def test_the_outline_of_the_last_meeting_of_the_organisation_comes_to_the_window(
    engine: Engine, replica: RemoteReplica, calls: RemoteCalls, qtbot: QtBot
) -> None:
    heard: list[LastOutline | None] = []
    edit = {"organisation": "Gemeente Merelveen", "report": ReportForm.PARTICIPATION}
    earlier = replica_of(engine, new_meeting(engine, qtbot), qtbot, live=False)
    for one, fields in ((earlier, {**edit, "parts": (Part.NEXT,)}), (replica, edit)):
        done: list[Any] = []
        one.send(EditMeeting(id=uuid4(), **fields), done.append)
        qtbot.waitUntil(lambda done=done: bool(done), timeout=PATIENCE)  # type: ignore[misc]
    calls.last_outline(heard.append)
    qtbot.waitUntil(lambda: bool(heard), timeout=PATIENCE)
    (last,) = heard
    assert last is not None
    assert (last.report, last.parts) == (ReportForm.PARTICIPATION, (Part.NEXT,))
    assert last.title == the_meeting(earlier.state).title
    earlier.close()
