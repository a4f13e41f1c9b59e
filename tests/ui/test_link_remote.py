"""The replica of a real engine: it keeps up, and what is sent is neither lost nor done twice."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from pytestqt.qtbot import QtBot

from facilitator.meeting.ids import MeetingId, NoteId, ThemeId
from facilitator.meeting.notes import Note, WriteNote
from facilitator.meeting.programme import NextStep, PauseClock, current_step, the_clock
from facilitator.meeting.tables import tables
from facilitator.meeting.themes import AddTheme, EditTheme, Theme, themes
from tests.ui.link import PATIENCE, kill, new_meeting, replica_of, running_engine
from ui.link.engine import Engine, State
from ui.link.remote import EngineTime, RemoteReplica, monotonic
from ui.link.replica import Outcome

pytestmark = pytest.mark.e2e


@pytest.fixture
def engine(tmp_path: Path, qtbot: QtBot) -> Iterator[Engine]:
    with running_engine(tmp_path, qtbot) as made:
        yield made


@pytest.fixture
def replica(engine: Engine, qtbot: QtBot) -> Iterator[RemoteReplica]:
    made = replica_of(engine, new_meeting(engine, qtbot), qtbot, live=True)
    yield made
    made.close()


def write(replica: RemoteReplica, text: str) -> WriteNote:
    table = tables(replica.state)[0]
    return WriteNote(id=uuid4(), note=NoteId(uuid4()), text=text, table=table.id, step=None)


def test_what_is_sent_comes_back_as_an_entry(replica: RemoteReplica, qtbot: QtBot) -> None:
    outcomes: list[tuple[Outcome, int]] = []
    add = AddTheme(id=uuid4(), theme=ThemeId(uuid4()), title="Nieuw")
    replica.send(add, lambda outcome: outcomes.append((outcome, len(themes(replica.state)))))
    assert replica.waiting == 1
    qtbot.waitUntil(lambda: bool(outcomes), timeout=PATIENCE)
    assert outcomes == [(Outcome(command=add), 4)]  # told after the entry was there
    assert replica.waiting == 0
    assert replica.saved_at is not None


def test_a_refusal_says_why(replica: RemoteReplica, qtbot: QtBot) -> None:
    outcomes: list[Outcome] = []
    replica.send(
        EditTheme(id=uuid4(), theme=themes(replica.state)[0].id, title=" "), outcomes.append
    )
    qtbot.waitUntil(lambda: bool(outcomes), timeout=PATIENCE)
    error = outcomes[0].error
    assert error is not None
    assert error.code == "title.length"
    assert "tekens" in str(error.values["message"])


def test_two_consoles_see_the_same_and_undo_their_own(
    engine: Engine, replica: RemoteReplica, qtbot: QtBot
) -> None:
    other = replica_of(engine, replica.meeting, qtbot)
    first = themes(replica.state)[0].id
    replica.send(EditTheme(id=uuid4(), theme=first, title="Buiten"))
    qtbot.waitUntil(lambda: other.state.get(Theme, first).title == "Buiten", timeout=PATIENCE)
    assert replica.undo_entry() is not None
    replica.undo()
    qtbot.waitUntil(lambda: other.state.get(Theme, first).title == "Groen", timeout=PATIENCE)
    qtbot.waitUntil(lambda: replica.redo_entry() is not None, timeout=PATIENCE)
    other.close()


def test_commands_survive_a_killed_engine(
    engine: Engine, replica: RemoteReplica, qtbot: QtBot
) -> None:
    """Sent before, in the middle of, and after the kill: each is there once."""
    assert engine.running is not None
    port = engine.running.port
    texts = [f"Notitie {number}" for number in range(30)]
    done: list[Outcome] = []
    for number, text in enumerate(texts):
        replica.send(write(replica, text), done.append)
        if number == 10:
            kill(engine)
        if number == 20:
            qtbot.waitUntil(lambda: engine.state is not State.UP, timeout=PATIENCE)
    qtbot.waitUntil(lambda: len(done) == len(texts), timeout=PATIENCE)
    assert [outcome.error for outcome in done] == [None] * len(texts)
    assert sorted(note.text for note in replica.state.all(Note)) == sorted(texts)
    assert engine.running.port == port
    qtbot.waitUntil(lambda: replica.connected, timeout=PATIENCE)


def test_the_clock_goes_on_through_a_restart(
    engine: Engine, replica: RemoteReplica, qtbot: QtBot
) -> None:
    replica.send(NextStep(id=uuid4(), leaving=None))
    qtbot.waitUntil(lambda: the_clock(replica.state).running, timeout=PATIENCE)
    ends = the_clock(replica.state).ends_at
    with qtbot.waitSignal(replica.loaded, timeout=PATIENCE):
        kill(engine)
    assert the_clock(replica.state).ends_at == ends
    assert current_step(replica.state) is not None
    assert abs(replica.now() - datetime.now(UTC)) < timedelta(seconds=2)


def test_a_gap_is_filled_by_loading_anew(replica: RemoteReplica, qtbot: QtBot) -> None:
    revision = replica.state.revision
    replica.state.revision -= 1  # as if an entry had been missed
    with qtbot.waitSignal(replica.loaded, timeout=PATIENCE):
        replica.send(PauseClock(id=uuid4()))
        replica.send(AddTheme(id=uuid4(), theme=ThemeId(uuid4()), title="Nieuw"))
    assert replica.state.revision == revision + 1


def test_a_meeting_that_is_gone_is_told_once(engine: Engine, qtbot: QtBot) -> None:
    lost = RemoteReplica(engine, MeetingId(uuid4()), engine)
    with qtbot.waitSignal(lost.troubled, timeout=PATIENCE) as told:
        pass
    assert told.args is not None
    assert told.args[0].code == "meeting.unknown"
    assert not lost.ready
    lost.close()


def test_sleep_counts_where_the_system_can_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        time, "clock_gettime", lambda clock: {7: 70.0, 8: 80.0}[clock], raising=False
    )
    monkeypatch.setattr(time, "CLOCK_MONOTONIC", 7, raising=False)
    monkeypatch.setattr(time, "CLOCK_BOOTTIME", 8, raising=False)
    assert monotonic() == 80.0
    monkeypatch.delattr(time, "CLOCK_BOOTTIME")
    assert monotonic() == 70.0


def test_the_time_of_the_engine_takes_the_quickest_beat() -> None:
    clock = EngineTime()
    ahead = datetime.now(UTC) + timedelta(hours=1)
    clock.hear(ahead - timedelta(milliseconds=300))  # was long on its way
    clock.hear(ahead)
    clock.hear(ahead - timedelta(milliseconds=200))
    assert timedelta(0) <= clock.now() - ahead < timedelta(milliseconds=150)
    clock.hear(ahead - timedelta(minutes=5))  # another clock
    assert clock.now() < ahead - timedelta(minutes=4)
