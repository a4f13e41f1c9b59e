"""A real engine of its own for a test of a window."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from pytestqt.qtbot import QtBot

from facilitator.meeting.ids import MeetingId
from facilitator.meeting.meeting import OpenDoors, Phase, the_meeting
from ui.link.engine import Engine, State
from ui.link.library import Library
from ui.link.remote import RemoteReplica
from ui.link.summary import Plan

PATIENCE = 30_000  # ms; other tests run beside this one
THEMES = ("Groen", "Wonen", "Zorg")


_KEPT: list[Engine] = []


def kept(engine: Engine) -> Engine:
    """The engine, held until the tests end, as a window holds its own.

    One that is collected while it hears an answer takes the reply from under Qt's hands.
    """
    _KEPT.append(engine)
    return engine


@contextmanager
def running_engine(folder: Path, qtbot: QtBot) -> Iterator[Engine]:
    """An engine that is up; stopped at the end, whatever became of it."""
    engine = kept(Engine(folder))
    try:
        start(engine, qtbot)
        yield engine
    finally:
        stop(engine, qtbot)


def start(engine: Engine, qtbot: QtBot) -> None:
    """Have it up."""
    engine.start()
    qtbot.waitUntil(lambda: engine.state is State.UP, timeout=PATIENCE)


def stop(engine: Engine, qtbot: QtBot) -> None:
    """Have it gone."""
    if engine.running is None:
        engine.stop()
        return
    gone: list[bool] = []
    engine.shut_down(lambda: gone.append(True))
    qtbot.waitUntil(lambda: bool(gone), timeout=PATIENCE)
    card = engine.folder / "engine.json"
    qtbot.waitUntil(lambda: not card.exists(), timeout=PATIENCE)


def kill(engine: Engine) -> int:
    """End the engine's process as a power cut would; its number."""
    assert engine.running is not None
    os.kill(engine.running.pid, getattr(signal, "SIGKILL", signal.SIGTERM))
    return engine.running.pid


def new_meeting(engine: Engine, qtbot: QtBot, title: str = "Wijkcafé") -> MeetingId:
    """A meeting with three themes."""
    made: list[MeetingId] = []
    Library(engine.http, engine).new(
        Plan(title=title, themes=THEMES), lambda meeting, error: made.append(_sure(meeting, error))
    )
    qtbot.waitUntil(lambda: bool(made), timeout=PATIENCE)
    return made[0]


def replica_of(
    engine: Engine, meeting: MeetingId, qtbot: QtBot, *, live: bool = False
) -> RemoteReplica:
    """Its replica, loaded; perhaps with open doors."""
    replica = RemoteReplica(engine, meeting, engine)
    qtbot.waitUntil(lambda: replica.ready, timeout=PATIENCE)
    if live:
        replica.send(OpenDoors(id=uuid4()))
        qtbot.waitUntil(lambda: the_meeting(replica.state).phase is Phase.LIVE, timeout=PATIENCE)
        qtbot.waitUntil(lambda: not replica.waiting, timeout=PATIENCE)  # answered, too
    return replica


def _sure(meeting: MeetingId | None, error: object) -> MeetingId:
    assert meeting is not None, error
    return meeting
