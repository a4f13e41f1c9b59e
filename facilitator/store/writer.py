"""The writer: one thread that runs the rules, writes what they give, and then tells it.

It takes whatever is queued, without waiting, and writes it in one transaction: while one batch is
on its way to the disk the next one gathers. Nothing is told before it is committed.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from datetime import datetime
from queue import Empty, SimpleQueue
from typing import Any, Final, Literal, TypeVar
from uuid import UUID, uuid4

import msgspec

from facilitator.kernel.command import Command, Context
from facilitator.kernel.entry import Entry
from facilitator.kernel.errors import FacilitatorError, Forbidden, Refused, Unavailable
from facilitator.kernel.forgetting import to_the_minute
from facilitator.kernel.roles import Role
from facilitator.kernel.rules import Decision, NoSecrets, Rules, Secret, decide
from facilitator.kernel.state import State
from facilitator.kernel.undo import Undo
from facilitator.meeting.features import RULES
from facilitator.meeting.ids import MeetingId
from facilitator.meeting.meeting import the_meeting
from facilitator.store.batch import Batch
from facilitator.store.store import Store

MOST: Final = 1_000  # wishes in one transaction
AGAIN: Final = 3  # failures on end, before it is called failing
PAUSE: Final = 1.0  # seconds between two tries while failing

T = TypeVar("T")
_LOG: Final = logging.getLogger(__name__)
_AT_THE_DISK: Final = frozenset({"store.uncertain", "store.full", "store.failing"})
_BY_PHONE: Final = frozenset({Role.PARTICIPANT, Role.HOST})


class Answer(msgspec.Struct, frozen=True):
    """What came of a wish: done now, done before, or refused."""

    status: Literal["done", "repeated", "refused"]
    revision: int
    error: FacilitatorError | None = None


class Wish(msgspec.Struct, frozen=True):
    """A command, and who sent it. ``ticket`` comes back with the answer."""

    meeting: MeetingId
    command: Command
    actor: UUID | None
    role: Role
    ticket: object


class Told(msgspec.Struct, frozen=True):
    """What one commit brought: the entries, each with its JSON, and the answers."""

    entries: tuple[tuple[MeetingId, Entry, bytes], ...]
    answers: tuple[tuple[object, Answer], ...]


class _Job(msgspec.Struct, frozen=True):
    work: Callable[[Store], Any]
    future: Future[Any]


class _Stop(msgspec.Struct, frozen=True):
    pass


class _Room:
    """The writer's own knowledge of one meeting; ahead of the database within a batch."""

    def __init__(self, state: State, commands: dict[UUID, int]) -> None:
        self.state = state
        self.commands = commands  # id → revision


class _Step(msgspec.Struct, frozen=True):
    """What one wish changed in a room, so that it can be taken back."""

    room: _Room
    command: UUID
    entry: Entry | None
    secrets: tuple[tuple[UUID, bytes | None], ...]  # as they were, newest last


class Writer:
    """The one thread that writes."""

    def __init__(
        self,
        store: Store,
        *,
        now: Callable[[], datetime],
        tell: Callable[[Told], None],
        rules: Rules = RULES,
    ) -> None:
        self.failed: FacilitatorError | None = None  # set while it fails again and again
        self._store = store
        self._now = now
        self._tell = tell
        self._rules = rules
        self._queue: SimpleQueue[tuple[Wish, ...] | _Job | _Stop] = SimpleQueue()
        self._left: list[Wish] = []  # taken from the queue, and more than one batch holds
        self._thread = threading.Thread(target=self._work, name="writer", daemon=True)
        self._rooms: dict[MeetingId, _Room] = {}
        self._told: dict[MeetingId, int] = {}  # the last revision that was told
        self._generation = store.generation
        self._failures = 0
        self._tried = 0.0

    def start(self) -> None:
        """Begin to write."""
        self._thread.start()

    def stop(self) -> None:
        """Write what is queued, and end."""
        self._queue.put(_Stop())
        if self._thread.ident is not None:
            self._thread.join()

    def submit(self, *wishes: Wish) -> None:
        """Ask for changes; the answers are told. From any thread; never waits."""
        self._queue.put(wishes)

    def run(self, work: Callable[[Store], T]) -> Future[T]:
        """Do something else with the store, between two batches. From any thread."""
        future: Future[T] = Future()
        self._queue.put(_Job(work, future))
        return future

    def _work(self) -> None:
        while True:
            wishes, other = self._gather()
            if wishes:
                self._settle(wishes)
            if isinstance(other, _Job):
                self._do(other)
            if isinstance(other, _Stop):
                return

    def _gather(self) -> tuple[list[Wish], _Job | _Stop | None]:
        """All wishes that are queued, up to the first thing that is none."""
        wishes, self._left = self._left, []
        if len(wishes) < MOST:
            item = self._next(wait=not wishes)
            while isinstance(item, tuple):
                wishes += item
                if len(wishes) >= MOST:
                    break
                item = self._next(wait=False)
            else:
                return wishes, item
        self._left = wishes[MOST:]
        return wishes[:MOST], None

    def _next(self, *, wait: bool) -> tuple[Wish, ...] | _Job | _Stop | None:
        try:
            return self._queue.get(wait)
        except Empty:
            return None

    def _do(self, job: _Job) -> None:
        if not job.future.set_running_or_notify_cancel():
            return
        try:
            result = job.work(self._store)
        except BaseException as error:  # noqa: BLE001 - the border: whoever asked hears of it
            job.future.set_exception(error)
            if isinstance(error, Unavailable) and error.code in _AT_THE_DISK:
                self._recover([], error)
        else:
            job.future.set_result(result)
        if self._store.generation != self._generation:
            self._generation = self._store.generation
            self._rooms.clear()

    def _settle(self, wishes: list[Wish]) -> None:
        if self._store.read_only:
            self._answer_all(wishes, Unavailable("store.newer"))
            return
        if self.failed is not None and time.monotonic() < self._tried + PAUSE:
            self._answer_all(wishes, self.failed)
            return
        try:
            written = self._write(wishes)
        except Unavailable as error:
            self._recover(wishes, error)
            return
        except Exception:  # noqa: BLE001 - the border of the thread: it goes on
            _LOG.exception("the writer met what it does not know")
            self._recover(wishes, Unavailable("store.failing"))
            return
        if not written:
            for wish in wishes:
                self._settle([wish])

    def _write(self, wishes: list[Wish]) -> bool:
        """Run the rules, write, tell. False where the database will not have them together."""
        batch, answers, steps = Batch(), [], []
        now = self._now()
        for wish in wishes:
            answer, step = self._answer(wish, batch, now)
            answers.append((wish.ticket, answer))
            if step is not None:
                steps.append(step)
        if batch:
            try:
                self._store.write(batch)
            except Refused as error:
                self._take_back(steps)
                if len(wishes) > 1:
                    return False
                self._answer_all(wishes, error)
                return True
            self._failures, self.failed = 0, None
        for line in batch.lines:
            self._told[line.meeting] = line.entry.revision
        entries = tuple((line.meeting, line.entry, line.body) for line in batch.lines)
        self._say(Told(entries=entries, answers=tuple(answers)))
        return True

    def _answer(self, wish: Wish, batch: Batch, now: datetime) -> tuple[Answer, _Step | None]:
        revision = 0
        try:
            room = self._room(wish.meeting)
            revision = room.state.revision
            known = room.commands.get(wish.command.id)
            if known is not None:
                return Answer("repeated", known), None
            if wish.role not in wish.command.roles:
                raise Forbidden("role.forbidden")  # noqa: TRY301 - one place where all is answered
            if wish.role in _BY_PHONE and the_meeting(room.state).wiped:
                raise Refused("meeting.wiped")  # noqa: TRY301 - nothing comes back
            context = Context(now=now, actor=wish.actor, role=wish.role, new_id=uuid4)
            decision = decide(room.state, wish.command, context, self._rules)
        except Unavailable:
            raise
        except FacilitatorError as error:
            return Answer("refused", revision, error), None
        except Exception:  # noqa: BLE001 - the border of the thread: it goes on
            _LOG.exception("a rule failed: %s", wish.command.tag())
            return Answer("refused", revision, Unavailable("rule.failed")), None
        step = self._take(room, wish, decision, batch, now)
        return Answer("done", room.state.revision), step

    def _take(
        self, room: _Room, wish: Wish, decision: Decision, batch: Batch, now: datetime
    ) -> _Step:
        """Let the room run ahead with what was decided, and put it in the batch."""
        state, command = room.state, wish.command
        entry = None
        if decision.changes:
            by_phone = wish.role in _BY_PHONE
            anonymous = by_phone and (type(command).nameless or not the_meeting(state).named)
            entry = Entry(
                revision=state.revision + 1,
                at=to_the_minute(now) if anonymous else now,
                actor=None if anonymous else wish.actor,
                role=Role.PARTICIPANT if anonymous else wish.role,
                command=command.tag(),
                command_id=command.id,
                changes=decision.changes,
                undoes=command.entry if isinstance(command, Undo) else None,
                undoable=type(command).undoable and not by_phone,  # phones have no undo
            )
            batch.add(wish.meeting, entry)
            state.apply(entry)
        secrets: list[tuple[UUID, bytes | None]] = []
        for secret in decision.secrets:
            secrets += _kept(state, secret)
            batch.keep(wish.meeting, secret, known=bool(secrets and secrets[-1][1]))
        room.commands[command.id] = state.revision
        return _Step(room=room, command=command.id, entry=entry, secrets=tuple(secrets))

    def _take_back(self, steps: list[_Step]) -> None:
        """The rooms as they were before a batch that was not written."""
        for step in reversed(steps):
            step.room.commands.pop(step.command, None)
            if step.entry is not None:
                step.room.state.revert(step.entry)
            for owner, digest in reversed(step.secrets):
                _keep(step.room.state, owner, digest)

    def _room(self, meeting: MeetingId) -> _Room:
        room = self._rooms.get(meeting)
        if room is None:
            loaded = self._store.load(meeting)
            room = self._rooms[meeting] = _Room(loaded.state(), loaded.commands)
            self._told.setdefault(meeting, loaded.revision)
        return room

    def _recover(self, wishes: list[Wish], error: Unavailable) -> None:
        """After an error at the disk: begin anew from what is there, and say what came through."""
        _LOG.error("writing failed: %s", error)
        self._rooms.clear()
        self._failures += 1
        self._tried = time.monotonic()
        try:
            self._store.reopen()
            self._tell_missed({wish.meeting for wish in wishes})
        except FacilitatorError as again:
            _LOG.exception("opening again failed")
            self.failed = again
        if self._failures >= AGAIN:
            self.failed = self.failed or error
        self._answer_all(wishes, error)

    def _tell_missed(self, meetings: set[MeetingId]) -> None:
        """Entries of a commit whose success nobody heard of."""
        for meeting in meetings:
            told = self._told.get(meeting)
            if told is None:
                continue
            missed = self._store.entries(meeting, after=told)
            if missed:
                self._told[meeting] = missed[-1][0].revision
                entries = tuple((meeting, entry, body) for entry, body in missed)
                self._say(Told(entries=entries, answers=()))

    def _answer_all(self, wishes: list[Wish], error: FacilitatorError) -> None:
        answers = tuple((wish.ticket, Answer("refused", 0, error)) for wish in wishes)
        self._say(Told(entries=(), answers=answers))

    def _say(self, told: Told) -> None:
        try:
            self._tell(told)
        except Exception:  # noqa: BLE001 - the border of the thread: it goes on
            _LOG.exception("telling failed")


def _kept(state: State, secret: Secret | NoSecrets) -> list[tuple[UUID, bytes | None]]:
    """Takes a secret over, and gives what was there before."""
    if isinstance(secret, NoSecrets):
        before: list[tuple[UUID, bytes | None]] = list(state.secrets.items())
        state.secrets.clear()
        return before
    old = state.secrets.get(secret.owner)
    _keep(state, secret.owner, secret.digest)
    return [(secret.owner, old)]


def _keep(state: State, owner: UUID, digest: bytes | None) -> None:
    if digest is None:
        state.secrets.pop(owner, None)
    else:
        state.secrets[owner] = digest
