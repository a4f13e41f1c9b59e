"""A connection: uvicorn's, with a deadline for each request and a way to write streams straight on.

A stream is written to the transport itself. Its buffer is the queue of that client: one byte
string serves all clients of an audience, and no task has to wake up for any of them.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Iterable
from typing import Any, Final, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from facilitator.server.call import CONNECTION

DEADLINE: Final = 10.0  # seconds in which a request must have come in, and a new connection speak
_SILENT: Final = 30_000  # milliseconds after which a peer that acknowledges nothing is given up


class Connection(HttpToolsProtocol):
    """What uvicorn makes of each connection."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.waiting_since: float | None = None  # for the rest of a request
        self.on_lost: Callable[[], None] | None = None  # of the stream that goes over it

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Somebody is there, and has to say something soon."""
        super().connection_made(transport)
        self.waiting_since = self.loop.time()

    def connection_lost(self, exc: Exception | None) -> None:
        """Somebody went; the stream is told."""
        super().connection_lost(exc)
        self.waiting_since = None
        if self.on_lost is not None:
            self.on_lost()
            self.on_lost = None

    def on_message_begin(self) -> None:
        """The first bytes of a request."""
        super().on_message_begin()
        self.waiting_since = self.loop.time()
        cast("dict[str, Any]", self.scope)["extensions"] = {CONNECTION: self}

    def on_message_complete(self) -> None:
        """The whole request is there."""
        super().on_message_complete()
        self.waiting_since = None

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
    """Break off the connections that took too long over a request."""
    for connection in list(connections):
        since = connection.waiting_since
        if since is not None and now - since > DEADLINE:
            connection.drop()
