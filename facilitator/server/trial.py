"""The guided check "Kunnen telefoons mij bereiken?": what a phone did so far, and what it hears.

Only what comes from elsewhere counts. A laptop reaches its own address whatever its firewall does.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from typing import Final

from facilitator.kernel.errors import NotFound
from facilitator.kernel.wire import encode
from facilitator.network.surroundings import UNKNOWN, Surroundings
from facilitator.server.connection import Connection, framed
from facilitator.server.guard import Rate

STREAM: Final = 20  # seconds that a stream has to last
WAIT: Final = 45.0  # seconds without a phone, after which causes are told
PAGE: Final = 20.0  # seconds after its arrival in which a page follows
LOOK_AGAIN: Final = 15.0  # seconds after which firewall and VPN are asked for again
LASTS: Final = 1_800.0  # seconds after which a forgotten trial ends
MOST_STREAMS: Final = 8
_RATE: Final = (5.0, 60.0)  # requests a second from one address, and at once


class TrialStream:
    """A phone that hears the seconds go by."""

    def __init__(self, connection: Connection, *, counts: bool) -> None:
        self.connection = connection
        self.counts = counts  # it comes from elsewhere
        self.ended: asyncio.Future[None] = connection.loop.create_future()

    def say(self, event: str, **what: object) -> None:
        """Tell it something."""
        self.connection.write(framed(f"event: {event}\ndata: ".encode() + encode(what) + b"\n\n"))

    def end(self) -> None:
        """Let the answer come to its end."""
        if not self.ended.done():
            self.ended.set_result(None)


class Trial:
    """The check that goes on, if one does."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._rate = Rate(*_RATE)
        self._streams: list[TrialStream] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._began = 0.0
        self._arrived_at: float | None = None
        self.key = ""
        self.done: set[str] = set()
        self.stream_seconds = 0
        self.tried: set[str] = set()  # addresses that were shown meanwhile
        self._shown = ""  # the last of them
        self._waits_since = 0.0  # since when a phone could come by it
        self.surroundings: Surroundings = UNKNOWN
        self.looked_at = -LOOK_AGAIN  # when they were asked for

    @property
    def on(self) -> bool:
        """Whether one goes on."""
        if self.key and self.seconds > LASTS:
            self.end()
        return bool(self.key)

    @property
    def seconds(self) -> float:
        """How long it goes on."""
        return self._now() - self._began if self.key else 0.0

    @property
    def waited_long(self) -> bool:
        """Whether it is time to say what may be wrong."""
        if self._arrived_at is None:
            return self._now() - self._waits_since >= WAIT
        return "page" not in self.done and self._now() - self._arrived_at >= PAGE

    @property
    def looked_long_ago(self) -> bool:
        """Whether what stands in the way may have changed since it was asked for."""
        return self._now() - self.looked_at >= LOOK_AGAIN

    def begin(self) -> None:
        """A new one, with a key of its own."""
        self.end()
        self.key = secrets.token_urlsafe(9)
        self._began = self._waits_since = self._now()
        self._arrived_at = None
        self.done = set()
        self.tried = set()
        self._shown = ""
        self.stream_seconds = 0
        self.looked_at = self._now() - LOOK_AGAIN

    def end(self) -> None:
        """It is over; phones that listen hear so."""
        self.key = ""
        for stream in tuple(self._streams):
            stream.say("done")
            stream.end()

    def shows(self, url: str) -> None:
        """This address is in the code; another one than before gets as long to be reached."""
        if not self.on or url == self._shown:
            return
        if self._shown:
            self._waits_since = self._now()
        self._shown = url
        self.tried.add(url)

    def check(self, key: str, address: str) -> None:
        """Raises ``NotFound`` where no such trial goes on, ``TooMany`` for who asks too much."""
        self._rate.take(address, 1, self._now())
        if not self.on or not secrets.compare_digest(key.encode(), self.key.encode()):
            raise NotFound("trial.off")

    def arrived(self) -> None:
        """A connection came from elsewhere, whatever follows on it."""
        if self.on and self._arrived_at is None:
            self._arrived_at = self._now()
            self.done.add("arrival")

    def opened(self) -> None:
        """The page runs on a phone."""
        self.arrived()
        self.done.add("page")

    def wrote(self, text: str) -> None:
        """A note came in: all phones that listen hear it."""
        for stream in tuple(self._streams):
            stream.say("note", text=text)

    def heard_back(self) -> None:
        """A phone heard its note back."""
        self.done.add("note")

    def listen(self, connection: Connection, *, counts: bool) -> TrialStream:
        """Tell a phone each second that goes by, and the notes that come in."""
        while len(self._streams) >= MOST_STREAMS:
            self._streams.pop(0).end()
        stream = TrialStream(connection, counts=counts)
        self._streams.append(stream)
        connection.watch(stream.end)
        task = connection.loop.create_task(self._count(stream))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return stream

    def leave(self, stream: TrialStream) -> None:
        """No longer there."""
        stream.connection.watch(None)
        stream.end()
        if stream in self._streams:
            self._streams.remove(stream)

    async def _count(self, stream: TrialStream) -> None:
        for second in range(1, STREAM + 1):
            await asyncio.wait([stream.ended], timeout=1.0)
            if stream.ended.done():
                return
            self._heard(stream, second)
            stream.say("second", second=second)
        stream.say("done")
        stream.end()

    def _heard(self, stream: TrialStream, second: int) -> None:
        """So much of the stream went through; what still waits here did not."""
        if not stream.counts or stream.connection.unsent:
            return
        self.stream_seconds = max(self.stream_seconds, second)
        if second == STREAM:
            self.done.add("stream")
