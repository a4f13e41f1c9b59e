"""Who listens to what: the streams of every meeting, and how an entry gets to them.

An entry is written down once for the consoles and once for each table. Who is too slow is
dropped, and comes back with the last revision that it has.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterator
from typing import Final, Generic, Protocol, TypeVar
from uuid import UUID

import msgspec

from facilitator.kernel.entry import Entry
from facilitator.kernel.errors import Unavailable
from facilitator.kernel.state import State
from facilitator.kernel.wire import encode
from facilitator.meeting.ids import TableId
from facilitator.meeting.people import Participant
from facilitator.server.access import Caller
from facilitator.server.audience import News, news_of
from facilitator.server.connection import Connection, framed

MOST: Final = 3_000  # streams in all
MOST_OF_A_PHONE: Final = 3  # a phone's own old streams may linger; the oldest goes
MOST_OF_A_CONSOLE: Final = 16
UNSENT_BY_PHONE: Final = 256 * 1024  # bytes
UNSENT_BY_CONSOLE: Final = 32 * 1024 * 1024  # bytes; several thousand notes moved at once
KEPT: Final = 8 * 1024 * 1024  # bytes of recent entries a meeting, for who was away

S = TypeVar("S", bound="Endless")

RESYNC: Final = framed(b"event: resync\ndata: {}\n\n")
BYE: Final = framed(b"event: bye\ndata: {}\n\n")


class Stream:
    """Somebody who listens."""

    __slots__ = ("caller", "connection", "ended", "room", "table")

    def __init__(self, connection: Connection, caller: Caller, room: Room) -> None:
        self.connection = connection
        self.caller = caller
        self.room = room
        self.table: TableId | None = None
        self.ended: asyncio.Future[None] = connection.loop.create_future()

    def write(self, chunk: bytes) -> None:
        """Send a piece, or drop who does not keep up."""
        limit = UNSENT_BY_PHONE if self.caller.by_phone else UNSENT_BY_CONSOLE
        if self.connection.unsent > limit:
            self.connection.drop()
        else:
            self.connection.write(chunk)

    def end(self) -> None:
        """Let the answer that this stream is come to its end."""
        if not self.ended.done():
            self.ended.set_result(None)


class Endless(Protocol):
    """What goes on until it is ended."""

    ended: asyncio.Future[None]


class Listening(msgspec.Struct, Generic[S], frozen=True):
    """The answer that is a stream: begun when its head was sent, and finished whatever happens."""

    begin: Callable[[], S]
    finish: Callable[[S], None]


class Room:
    """The streams of one meeting."""

    def __init__(self, revision: int) -> None:
        self.revision = revision  # the last one that was told
        self.consoles: set[Stream] = set()
        self._tables: dict[TableId | None, set[Stream]] = {}
        self._people: dict[UUID, set[Stream]] = {}
        self._told_all = revision  # the last revision in which there was something for every table
        self._told: dict[TableId | None, int] = {}  # and for each of them
        self._moved: dict[UUID, int] = {}  # person → the revision in which they had to load again
        self._recent: deque[tuple[int, bytes]] = deque()
        self._kept = 0

    def streams(self) -> Iterator[Stream]:
        """Everybody who listens here."""
        yield from self.consoles
        for streams in self._people.values():
            yield from streams

    def told(self, table: TableId | None) -> int:
        """The last revision in which there was something for the phones at this table."""
        return max(self._told_all, self._told.get(table, 0))

    def tell(self, entry: Entry, encoded: bytes, state: State) -> None:
        """Send an entry to everybody whom it concerns. ``state`` has taken it over already."""
        self._keep(entry.revision, encoded)
        if self.consoles:
            chunk = _entry_chunk(entry.revision, encoded)
            for stream in tuple(self.consoles):
                stream.write(chunk)
        news = news_of(entry, state)
        self._tell_tables(entry.revision, news)
        for person in news.people:
            self._moved[person] = entry.revision
            self._move(person, state.find(Participant, person))
        self.revision = entry.revision

    def renew(self, revision: int, *, hang_up: bool) -> None:
        """The past was rewritten: everybody loads all again, and what was told before is gone.

        ``hang_up``: there is nothing to hear for phones any more.
        """
        self._recent.clear()
        self._kept = 0
        self.revision = self._told_all = revision
        for stream in tuple(self.streams()):
            stream.write(RESYNC)
            if hang_up and stream.caller.by_phone:
                stream.end()

    def enter(self, stream: Stream, participant: Participant | None, after: int) -> None:
        """Let somebody listen who has everything up to ``after``."""
        if participant is None:
            self.consoles.add(stream)
            for chunk in self._missed(after):
                stream.write(chunk)
            return
        self._people.setdefault(participant.id, set()).add(stream)
        self._sit(stream, participant.table)
        heard = max(self.told(participant.table), self._moved.get(participant.id, 0))
        if not heard <= after <= self.revision:
            stream.write(RESYNC)

    def leave(self, stream: Stream) -> None:
        """Somebody went."""
        self.consoles.discard(stream)
        self._stand_up(stream)
        actor = stream.caller.actor
        if actor is not None and stream in self._people.get(actor, ()):
            self._people[actor].discard(stream)
            if not self._people[actor]:
                del self._people[actor]

    def _tell_tables(self, revision: int, news: News) -> None:
        for table in tuple(self._tables) if news.for_all else news.tables:
            streams = self._tables.get(table)
            if streams:
                chunk = _news_chunk(news, table, self.told(table), revision)
                for stream in tuple(streams):
                    stream.write(chunk)
        for table in news.tables:
            self._told[table] = revision
        if news.for_all:
            self._told_all = revision

    def _move(self, person: UUID, participant: Participant | None) -> None:
        """A phone hears from now on what is told at the table where its owner sits."""
        for stream in tuple(self._people.get(person, ())):
            stream.write(RESYNC)
            if participant is None:
                stream.end()
            else:
                self._stand_up(stream)
                self._sit(stream, participant.table)

    def _sit(self, stream: Stream, table: TableId | None) -> None:
        stream.table = table
        self._tables.setdefault(table, set()).add(stream)

    def _stand_up(self, stream: Stream) -> None:
        there = self._tables.get(stream.table)
        if there is not None:
            there.discard(stream)
            if not there:
                del self._tables[stream.table]

    def _keep(self, revision: int, encoded: bytes) -> None:
        self._recent.append((revision, encoded))
        self._kept += len(encoded)
        while self._kept > KEPT and len(self._recent) > 1:
            self._kept -= len(self._recent.popleft()[1])

    def _missed(self, after: int) -> Iterator[bytes]:
        if after == self.revision:
            return
        if self._recent and self._recent[0][0] <= after + 1 <= self.revision:
            for revision, encoded in self._recent:
                if revision > after:
                    yield _entry_chunk(revision, encoded)
        else:
            yield RESYNC


class Hub:
    """All streams, and how many there may be."""

    def __init__(self, beat: Callable[[Stream], bytes]) -> None:
        self._beat = beat
        self._streams: set[Stream] = set()
        self._of: dict[str, list[Stream]] = {}

    def __len__(self) -> int:
        return len(self._streams)

    def __iter__(self) -> Iterator[Stream]:
        return iter(tuple(self._streams))

    def check_room(self) -> None:
        """Raises ``Unavailable`` where no more streams can be had."""
        if len(self._streams) >= MOST:
            raise Unavailable("streams.full")

    def open(
        self,
        connection: Connection,
        caller: Caller,
        room: Room,
        participant: Participant | None,
        after: int,
    ) -> Stream:
        """A new stream, for who has everything up to ``after``; who has too many loses the oldest."""
        own = self._of.get(caller.token, [])
        while len(own) >= (MOST_OF_A_PHONE if caller.by_phone else MOST_OF_A_CONSOLE):
            oldest = own[0]
            oldest.connection.drop()
            self.close(oldest)
        stream = Stream(connection, caller, room)
        self._of.setdefault(caller.token, []).append(stream)
        self._streams.add(stream)
        connection.watch(stream.end)
        room.enter(stream, participant, after)
        stream.write(self._beat(stream))
        return stream

    def close(self, stream: Stream) -> None:
        """No longer there."""
        self._streams.discard(stream)
        stream.room.leave(stream)
        own = self._of.get(stream.caller.token)
        if own is not None and stream in own:
            own.remove(stream)
            if not own:
                del self._of[stream.caller.token]
        stream.connection.watch(None)
        stream.end()

    async def beat(self) -> None:
        """Say to everybody that we are there, and what time it is."""
        for number, stream in enumerate(self):
            stream.write(self._beat(stream))
            if number % 200 == 199:  # noqa: PLR2004 - then somebody else may go first
                await asyncio.sleep(0)

    def tell_viewers(self, event: bytes) -> None:
        """Say something to all consoles and projectors."""
        chunk = framed(event)
        for stream in self:
            if not stream.caller.by_phone:
                stream.write(chunk)

    def tell_phones(self, event: bytes) -> None:
        """Say something to all phones."""
        chunk = framed(event)
        for stream in self:
            if stream.caller.by_phone:
                stream.write(chunk)

    def empty(self, room: Room) -> None:
        """The meeting is there no more."""
        for stream in tuple(room.streams()):
            stream.write(RESYNC)
            stream.end()

    def bye(self) -> None:
        """The engine stops; come back later."""
        for stream in self:
            stream.write(BYE)
            stream.end()


def beat_event(now: str, epoch: str, revision: int) -> bytes:
    """The heartbeat, framed."""
    data = encode({"now": now, "epoch": epoch, "revision": revision})
    return framed(b"event: beat\ndata: " + data + b"\n\n")


def _entry_chunk(revision: int, encoded: bytes) -> bytes:
    return framed(b"event: entry\nid: %d\ndata: %b\n\n" % (revision, encoded))


def _news_chunk(news: News, table: TableId | None, previous: int, revision: int) -> bytes:
    if news.everybody_anew or table in news.anew:
        return RESYNC
    put, remove = news.for_table(table)
    data = b'{"prev":%d,"revision":%d,"put":%b,"remove":%b}' % (previous, revision, put, remove)
    return framed(b"event: change\nid: %d\ndata: %b\n\n" % (revision, data))
