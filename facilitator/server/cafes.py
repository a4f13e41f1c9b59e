"""The meetings as the server knows them: replicas, fed by what was committed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from typing import Final, Protocol, TypeVar
from uuid import UUID

from facilitator.kernel.command import Command
from facilitator.kernel.errors import FacilitatorError, NotFound
from facilitator.kernel.state import State
from facilitator.kernel.wire import encode
from facilitator.meeting.ids import MeetingId, NoteId, ParticipantId, TableId
from facilitator.meeting.meeting import CloseMeeting, Phase, the_meeting
from facilitator.meeting.notes import Note, WriteNote
from facilitator.meeting.people import Participant
from facilitator.meeting.tables import Table, table_with
from facilitator.server.audience import seen_at, shown
from facilitator.server.hub import Room
from facilitator.server.writers import Writers
from facilitator.store.reading import LoadedMeeting
from facilitator.store.store import Store
from facilitator.store.writer import Told, Wish

T = TypeVar("T")

_LOG: Final = logging.getLogger(__name__)
_CLOSING: Final = CloseMeeting.tag()
_WRITING: Final = WriteNote.tag()
_PLACE: Final = {Phase.LIVE: 0, Phase.PREPARING: 1, Phase.CLOSED: 2}


class Writes(Protocol):
    """What the server asks of the store's writer."""

    def submit(self, *wishes: Wish) -> None:
        """Queue commands; their answers come with what is told."""

    def run(self, work: Callable[[Store], T]) -> Future[T]:
        """Do something in the writer's thread, between its batches."""


class Cafe:
    """One meeting: its state, and who listens."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.room = Room(state.revision)
        self.writers = Writers()
        self._seen: dict[TableId | None, tuple[int, bytes]] = {}

    def renew(self, state: State) -> None:
        """The past was rewritten: who listens loads all again."""
        self.state = state
        self._seen.clear()
        self.room.renew(state.revision, hang_up=the_meeting(state).wiped)

    @property
    def live(self) -> bool:
        """Whether it is going on."""
        return self.phase is Phase.LIVE

    @property
    def phase(self) -> Phase:
        """How far it has come."""
        return the_meeting(self.state).phase

    def remember_writer(self, commands: Sequence[Command], device: UUID | None) -> None:
        """A phone sends these; who that was is known while it goes on, where no author is kept."""
        meeting = the_meeting(self.state)
        if device is not None and meeting.phase is Phase.LIVE and not meeting.named:
            self.writers.remember(commands, device)

    def writer_of(self, note: Note) -> ParticipantId | None:
        """The device that a note came from, if that is known."""
        return note.author or self.writers.of(note.id)

    def seen_by(self, participant: Participant) -> bytes:
        """The entities that a phone sees, as JSON. Made once for all at a table, until it changes."""
        table = participant.table
        told = self.room.told(table)
        known = self._seen.get(table)
        if known is None or known[0] != told:
            known = self._seen[table] = (told, encode(list(seen_at(self.state, table))))
        return known[1][:-1] + b"," + encode(shown(participant)) + b"]"


class Cafes:
    """All meetings that are being used. Others are loaded when somebody asks for them."""

    def __init__(self, writer: Writes, closed: Callable[[], None] = lambda: None) -> None:
        self._writer = writer
        self._closed = closed  # hears that a meeting was closed
        self._loop = asyncio.get_running_loop()
        self._known: dict[MeetingId, Cafe] = {}

    def __iter__(self) -> Iterator[Cafe]:
        return iter(tuple(self._known.values()))

    @property
    def any_live(self) -> bool:
        """Whether a meeting is going on."""
        return any(cafe.live for cafe in self)

    def find(self, meeting: MeetingId) -> Cafe | None:
        """A meeting that was loaded already."""
        return self._known.get(meeting)

    async def get(self, meeting: MeetingId) -> Cafe:
        """The meeting. Raises ``NotFound``."""
        known = self._known.get(meeting)
        return known if known is not None else await self._load(meeting)

    async def load_open(self) -> None:
        """Load the meetings that are not closed: phones may ask for their tables.

        One that cannot be read keeps nobody from the others.
        """
        for summary in await self.write(lambda store: store.meetings()):
            if summary.phase is not Phase.CLOSED:
                try:
                    await self.get(summary.id)
                except FacilitatorError:
                    _LOG.exception("a meeting cannot be read")

    async def write(self, work: Callable[[Store], T]) -> T:
        """What came of something that was done in the writer's thread."""
        return await asyncio.wrap_future(self._writer.run(work))

    async def rewrite(self, meeting: MeetingId, work: Callable[[Store], None]) -> None:
        """Change the past of a meeting, in the writer's thread, and tell who listens to it."""

        def change(store: Store) -> None:
            work(store)
            read = store.load(meeting)
            self._loop.call_soon_threadsafe(self._renew, meeting, read)

        await self.write(change)

    def at_table(self, code: str) -> tuple[Cafe, Table]:
        """The meeting and table of a code; a live meeting first. Raises ``NotFound``."""
        found = [
            (cafe, table)
            for cafe in self._known.values()
            if (table := table_with(cafe.state, code)) is not None
        ]
        if not found:
            raise NotFound("table.code")
        return min(found, key=lambda pair: _PLACE[pair[0].phase])

    def codes(self) -> frozenset[str]:
        """All codes of tables that are in use."""
        return frozenset(table.code for cafe in self for table in cafe.state.all(Table))

    def take(self, told: Told) -> None:
        """Take over what was committed, and tell who listens."""
        for meeting, entry, encoded in told.entries:
            if entry.command == _CLOSING:
                self._closed()
            cafe = self._known.get(meeting)
            if cafe is not None and entry.command == _CLOSING:
                cafe.writers.forget()
            if cafe is not None and entry.command == _WRITING:
                cafe.writers.wrote(NoteId(entry.changes[0].subject.id))
            if cafe is not None and entry.revision > cafe.state.revision:
                cafe.state.apply(entry)
                cafe.room.tell(entry, encoded, cafe.state)

    def forget(self, meeting: MeetingId) -> Cafe | None:
        """The meeting is deleted."""
        return self._known.pop(meeting, None)

    async def _load(self, meeting: MeetingId) -> Cafe:
        """Loaded in the writer's thread and handed over in its order, so that no entry is missed."""

        def load(store: Store) -> None:
            read = store.load(meeting)
            self._loop.call_soon_threadsafe(self._install, meeting, read)

        await self.write(load)
        return self._known[meeting]

    def _install(self, meeting: MeetingId, read: LoadedMeeting) -> None:
        if meeting not in self._known:
            self._known[meeting] = Cafe(read.state())

    def _renew(self, meeting: MeetingId, read: LoadedMeeting) -> None:
        cafe = self._known.get(meeting)
        if cafe is not None:
            cafe.renew(read.state())
