"""A connection: uvicorn's, with a deadline for each request and two things it does by itself.

A stream is written to the transport itself. Its buffer is the queue of that client: one byte
string serves all clients of an audience, and no task has to wake up for any of them.

Commands may take a shortcut, without a task for each: see ``lane``. What the shortcut will not
take goes the ordinary way, from the start.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Final, Protocol, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from facilitator.server.call import CONNECTION

if TYPE_CHECKING:
    from uvicorn.protocols.http.httptools_impl import RequestResponseCycle

DEADLINE: Final = 10.0  # seconds in which a request must have come in, and a new connection speak
HEAD: Final = 64 * 1024  # bytes of a head, or of anything else that is no body
_SILENT: Final = 30_000  # milliseconds after which a peer that acknowledges nothing is given up


class Short:
    """A request on the shortcut. To uvicorn it is like any other that is being answered."""

    __slots__ = ("connection", "disconnected", "headers", "keep_alive", "response_complete")

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.headers: dict[bytes, bytes] = dict(connection.headers)
        self.keep_alive = True
        self.disconnected = False
        self.response_complete = False

    @property
    def message_event(self) -> Short:
        """What uvicorn wakes up when the connection is lost; here nobody sleeps."""
        return self

    def set(self) -> None:
        """Nobody sleeps."""

    def answer(self, whole: bytes) -> None:
        """Send the answer: its head, which says what comes after it, and its body."""
        self.response_complete = True
        connection = self.connection
        if self.disconnected or connection.transport.is_closing():
            return
        connection.transport.write(whole)
        if not self.keep_alive:
            connection.transport.close()
        connection.short_is_answered()


class Shortcut(Protocol):
    """Answers some requests without a task for each."""

    path: bytes
    most: int  # bytes of a body

    def take(self, request: Short, body: bytes) -> bool:
        """Answer it, now or later; False: it has to go the ordinary way."""


class Connection(HttpToolsProtocol):
    """What uvicorn makes of each connection."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.waiting_since: float | None = None  # for the rest of a request
        self.idle_since: float | None = None  # after a shortcut; uvicorn has a timer for the others
        self.on_lost: Callable[[], None] | None = None  # of the stream that goes over it
        self._shortcut: Shortcut | None = getattr(self.app, "shortcut", None)
        self._arrived: Callable[[str, str], None] | None = getattr(self.app, "arrived", None)
        self._held: bytes | None = None  # the body of a request that may take the shortcut
        self._loose = 0  # bytes that came in since the last of a body, or the end of a head

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Somebody is there, and has to say something soon."""
        super().connection_made(transport)
        self.waiting_since = self.loop.time()
        peer, local = (transport.get_extra_info(name) for name in ("peername", "sockname"))
        if self._arrived is not None and peer and local:
            self._arrived(str(peer[0]), str(local[0]))

    def connection_lost(self, exc: Exception | None) -> None:
        """Somebody went; the stream is told."""
        super().connection_lost(exc)
        self.waiting_since = None
        if self.on_lost is not None:
            self.on_lost()
            self.on_lost = None

    def data_received(self, data: bytes) -> None:
        """Some bytes. Nobody has a head, or what may follow a body, that does not end."""
        self._loose += len(data)
        super().data_received(data)
        if self._loose > HEAD:
            self.drop()

    def on_message_begin(self) -> None:
        """The first bytes of a request."""
        self.url = b""
        self.headers = []
        self.expect_100_continue = False
        self.waiting_since = self.loop.time()
        self.idle_since = None

    def on_headers_complete(self) -> None:
        """The head is there: hold it where the shortcut may do."""
        self._loose = 0
        if self._may_be_short():
            self._held = b""
        else:
            self._begin()

    def on_body(self, body: bytes) -> None:
        """A piece of the body."""
        self._loose = 0
        if self._held is None:
            super().on_body(body)
            return
        self._held += body
        if self._shortcut is not None and len(self._held) > self._shortcut.most:
            self._go_the_ordinary_way(self._held)

    def on_message_complete(self) -> None:
        """The whole request is there."""
        self._loose = 0
        self.waiting_since = None
        held = self._held
        if held is not None and self._shortcut is not None:
            before, short = self.cycle, Short(self)
            self.cycle = cast("RequestResponseCycle", short)
            if self._shortcut.take(short, held):
                self._held = None
                return
            self.cycle = before
            self._go_the_ordinary_way(held)
        super().on_message_complete()

    def _may_be_short(self) -> bool:
        cycle = cast("RequestResponseCycle | None", self.cycle)
        return (
            self._shortcut is not None
            and self.url == self._shortcut.path
            and self.parser.get_method() == b"POST"
            and (cycle is None or cycle.response_complete)
            and self.parser.should_keep_alive()
            and not self.expect_100_continue
            and not self.parser.should_upgrade()
        )

    def _go_the_ordinary_way(self, held: bytes) -> None:
        self._held = None
        self._begin()
        super().on_body(held)

    def _begin(self) -> None:
        """What uvicorn does at the first bytes and after the head; a shortcut needs none of it."""
        url, headers, expects = self.url, self.headers, self.expect_100_continue
        super().on_message_begin()
        self.url, self.headers, self.expect_100_continue = url, headers, expects
        scope = cast("dict[str, Any]", self.scope)
        scope["headers"] = headers
        scope["extensions"] = {CONNECTION: self}
        super().on_headers_complete()

    def short_is_answered(self) -> None:
        """Go on: with what came in meanwhile, or idle until ``drop_late`` closes it."""
        if self.pipeline or self.flow.read_paused:
            self.on_response_complete()
            return
        self.server_state.total_requests += 1
        self.idle_since = self.loop.time()

    def write(self, chunk: bytes) -> None:
        """Send a piece of a stream: one made by ``framed``."""
        self.transport.write(chunk)

    @property
    def unsent(self) -> int:
        """Bytes that the client has not taken yet."""
        return self.transport.get_write_buffer_size()

    def drop(self) -> None:
        """Break off; what was not sent is lost."""
        self.transport.abort()

    def watch(self, on_lost: Callable[[], None] | None) -> None:
        """Call this when the connection is lost, also when it was lost already."""
        self.on_lost = on_lost
        if on_lost is None:
            return
        if self.transport.is_closing():
            on_lost()
        self._give_up_when_silent()

    def _give_up_when_silent(self) -> None:
        """A phone that left without a word is noticed in half a minute, where the system can."""
        option = getattr(socket, "TCP_USER_TIMEOUT", None)
        plain = self.transport.get_extra_info("socket")
        if option is not None and plain is not None and not self.transport.is_closing():
            plain.setsockopt(socket.IPPROTO_TCP, option, _SILENT)


def framed(event: bytes) -> bytes:
    """An event as a chunk of a body whose length is not known."""
    return b"%x\r\n%b\r\n" % (len(event), event)


def drop_late(connections: Iterable[Any], now: float) -> None:
    """Break off who takes too long over a request; close where nothing more came in long."""
    for connection in list(connections):
        since, idle = connection.waiting_since, connection.idle_since
        if since is not None and now - since > DEADLINE:
            connection.drop()
        elif idle is not None and now - idle > connection.timeout_keep_alive:
            connection.timeout_keep_alive_handler()
