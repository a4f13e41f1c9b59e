"""The replica of a meeting that an engine holds: loaded once, then kept up by entries in order."""

from __future__ import annotations

import time
from collections import deque
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

import msgspec
from PySide6.QtCore import QObject, QTimer

from facilitator.kernel.command import Command
from facilitator.kernel.errors import FacilitatorError, Malformed, NotFound
from facilitator.kernel.roles import Role
from facilitator.kernel.wire import Reader, Snapshot
from facilitator.meeting.features import KINDS
from facilitator.meeting.ids import MeetingId
from ui.link.engine import Engine
from ui.link.engine import State as EngineState
from ui.link.events import Event, Events
from ui.link.http import decoded
from ui.link.outbox import Outbox
from ui.link.replica import Done, Outcome, Replica

AGAIN: Final = 300  # ms before the state is asked for again
BEATS: Final = 6  # the last beats, of which the quickest tells the time best
JUMP: Final = 1.0  # seconds; more than this is another clock, not a slow beat


class You(msgspec.Struct, frozen=True):
    """Who the engine takes us for."""

    actor: UUID | None = None
    role: Role = Role.FACILITATOR


class Whole(Snapshot, kw_only=True):
    """The whole state, as ``GET /api/state`` gives it to a console or the hall."""

    now: datetime | None = None
    you: You = You()
    address: str = ""


class Beat(msgspec.Struct, frozen=True):
    """What the engine says every ten seconds."""

    now: datetime
    epoch: str = ""
    revision: int = 0


class _Address(msgspec.Struct):
    url: str


def monotonic() -> float:
    """Seconds that never jump, and that count sleep where the system can."""
    clock = getattr(time, "CLOCK_BOOTTIME", getattr(time, "CLOCK_MONOTONIC", None))  # Linux; macOS
    return time.clock_gettime(clock) if clock is not None else time.monotonic()


class EngineTime:
    """The engine's time, told by its beats and counted on by our own clock in between."""

    def __init__(self) -> None:
        self._offsets: deque[float] = deque(maxlen=BEATS)

    def hear(self, now: datetime) -> None:
        """Take over a time that was just told. A slow message is too early, never too late."""
        offset = now.timestamp() - monotonic()
        if self._offsets and abs(offset - max(self._offsets)) > JUMP:
            self._offsets.clear()
        self._offsets.append(offset)

    def now(self) -> datetime:
        """The engine's time; our own while none was heard."""
        if not self._offsets:
            return datetime.now(UTC)
        return datetime.fromtimestamp(0, UTC) + timedelta(seconds=monotonic() + max(self._offsets))


class RemoteReplica(Replica):
    """A meeting in an engine. It goes on through gaps, restarts and lost connections."""

    def __init__(self, engine: Engine, meeting: MeetingId, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.meeting = meeting
        self.epoch = ""
        self._engine = engine
        self._reader = Reader(KINDS)
        self._time = EngineTime()
        self._loading = False
        self._said = ""  # the code of the last trouble in loading, told once
        self._held: list[tuple[int, Done, Outcome]] = []  # answered; their entries still come
        self._events = Events(engine.http, self._events_path, self)
        self._events.told.connect(self._told)
        self._events.broken.connect(self._broken)
        self._outbox = Outbox(engine, meeting, self._answered, self)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(AGAIN)
        self._again.timeout.connect(self.load)
        engine.up.connect(self.load)
        engine.down.connect(self._broken)
        if engine.state is EngineState.UP:
            self.load()

    def now(self) -> datetime:
        """The engine's time."""
        return self._time.now()

    def close(self) -> None:
        """Listen no more."""
        self._again.stop()
        self._events.stop()
        self._outbox.stop()
        self._engine.up.disconnect(self.load)
        self._engine.down.disconnect(self._broken)

    # Reading

    def load(self) -> None:
        """Load the whole state, and listen from there."""
        if self._loading:
            return
        self._loading = True
        self._events.stop()
        self._engine.http.get(f"/api/state?meeting={self.meeting}", decoded(Whole, self._loaded))

    def _loaded(self, whole: Whole | None, error: FacilitatorError | None) -> None:
        self._loading = False
        if self._outbox.stopped:
            return
        if whole is not None:
            try:
                self._take_over(whole)
            except Malformed as malformed:
                error = malformed
            else:
                return
        self._connect(yes=False)
        self._engine.check()
        code = error.code if error is not None else ""
        if error is not None and code not in {"engine.unreachable", self._said}:
            self.troubled.emit(error)
        self._said = code
        if not isinstance(error, NotFound):
            self._again.start()

    def _take_over(self, whole: Whole) -> None:
        entities = self._reader.entities(whole.entities)
        history = [self._reader.entry(raw) for raw in whole.history]
        if whole.now is not None:
            self._time.hear(whole.now)
        if self.epoch and self.epoch != whole.epoch:  # another database: nothing more will come
            self._held = [(0, done, outcome) for _revision, done, outcome in self._held]
        self._said = ""
        self.actor, self.role, self.epoch = whole.you.actor, whole.you.role, whole.epoch
        self.state.load(entities, whole.revision)
        for entry in history:
            self.state.history.add(entry)
        if self.saved_at is None:
            self.saved_at = self.now()
        self.ready = True
        self._events.start()
        self._connect(yes=True)
        self.go_to(whole.address)
        self.loaded.emit()
        self._release()
        self._outbox.flush()

    def _events_path(self) -> str:
        return f"/api/events?after={self.state.revision}&meeting={self.meeting}"

    def _told(self, event: Event) -> None:
        try:
            self._hear(event)
        except (msgspec.MsgspecError, Malformed):
            self.load()

    def _hear(self, event: Event) -> None:
        match event.name:
            case "entry":
                self._entry(event.data)
            case "beat":
                beat = msgspec.json.decode(event.data, type=Beat)
                self._time.hear(beat.now)
                if beat.epoch != self.epoch:
                    self.load()
                else:
                    self._connect(yes=True)
            case "resync":
                self.load()
            case "address":
                self.go_to(msgspec.json.decode(event.data, type=_Address).url)
            case _:
                pass  # from a newer engine

    def _entry(self, raw: bytes) -> None:
        entry = self._reader.entry(raw)
        if entry.revision > self.state.revision + 1:
            self.load()
        elif entry.revision == self.state.revision + 1:
            self.take(entry)
            self._release()

    def _broken(self) -> None:
        self._connect(yes=False)
        self._engine.check()

    def _connect(self, *, yes: bool) -> None:
        if yes != self.connected:
            self.connected = yes
            self.connected_changed.emit(yes)

    # Writing

    def dispatch(self, command: Command, done: Done) -> None:
        """Send it until the engine has answered; the same id makes a repeat harmless."""
        self._outbox.put(command, done)

    def _answered(self, done: Done, outcome: Outcome, revision: int) -> None:
        """``done`` hears of it after the entry was applied, whichever came first."""
        self._held.append((revision, done, outcome))
        self._release()

    def _release(self) -> None:
        ready = [held for held in self._held if held[0] <= self.state.revision]
        self._held = [held for held in self._held if held[0] > self.state.revision]
        for _revision, done, outcome in ready:
            done(outcome)
