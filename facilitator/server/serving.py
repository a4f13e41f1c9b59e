"""The web server: its sockets, and how it begins and ends."""

from __future__ import annotations

import asyncio
import errno
import socket
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from types import FrameType
from typing import Final

import uvicorn

from facilitator.kernel.errors import Unavailable
from facilitator.server.call import Receive, Scope, Send
from facilitator.server.connection import Connection, drop_late
from facilitator.server.guard import headers
from facilitator.store.private import write

PORT_FILE: Final = "port"
BACKLOG: Final = 1_024  # a whole hall that scans at once
FILES: Final = 8_192  # sockets that may be open
KEEP_ALIVE: Final = 30  # seconds that a connection may be idle
PATIENCE: Final = 5.0  # seconds that our own port may still be held after a kill
AGAIN: Final = 0.1  # seconds between two tries to have it back
_TAKEN: Final = frozenset({errno.EADDRINUSE, errno.EACCES})

ASGI3 = Callable[[Scope, Receive, Send], Awaitable[None]]


class Server(uvicorn.Server):
    """uvicorn, which says goodbye before it closes."""

    def __init__(
        self,
        application: ASGI3,
        *,
        port: int,
        up: Callable[[], None],
        goodbye: Callable[[], None],
    ) -> None:
        config = uvicorn.Config(
            application,
            http=Connection,
            loop="asyncio",
            lifespan="off",
            ws="none",
            interface="asgi3",
            log_config=None,
            access_log=False,
            proxy_headers=False,
            server_header=False,
            date_header=False,
            headers=headers(port),
            timeout_keep_alive=KEEP_ALIVE,
            timeout_graceful_shutdown=5,
            backlog=BACKLOG,
        )
        super().__init__(config)
        config.load()
        self.server_state.default_headers = config.encoded_headers
        self._up = up
        self._goodbye = goodbye

    def stop(self) -> None:
        """Stop soon: what is being answered is answered first."""
        self.should_exit = True

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:  # noqa: ARG002 - uvicorn's
        """A signal is a way to stop like any other."""
        self.stop()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to answer, and say so."""
        await super().startup(sockets)
        self._up()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Tell the streams, then close."""
        self._goodbye()
        await super().shutdown(sockets)

    async def keep_watch(self) -> None:
        """Break off requests that take too long to come in, for as long as the server runs."""
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(1.0)
            drop_late(self.server_state.connections, loop.time())


def bind(folder: Path, wanted: int | None, first: int) -> list[socket.socket]:
    """Sockets on this data folder's own port, for IPv4 and IPv6.

    The port was printed on table cards, so it is kept for good; it is chosen only once: what was
    ``wanted``, else ``first`` or any that is free. Raises ``Unavailable`` where it is taken.
    """
    path = folder / PORT_FILE
    kept = kept_port(folder)
    for port in [wanted] if wanted is not None else [kept] if kept is not None else [first, 0]:
        try:
            sockets = _listen_soon(port) if port == kept else listen(port)
        except OSError as error:
            if error.errno not in _TAKEN:
                raise
            taken = port
            continue
        write(path, f"{sockets[0].getsockname()[1]}\n")
        return sockets
    raise Unavailable("engine.port_taken", port=str(taken))


def _listen_soon(port: int) -> list[socket.socket]:
    """The same, tried for a while: a system may hold the port of a killed engine for seconds."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return listen(port)
        except OSError as error:
            if error.errno not in _TAKEN or time.monotonic() > end:
                raise
            time.sleep(AGAIN)


def listen(port: int) -> list[socket.socket]:
    """Bound and listening sockets. Made with IPPROTO_TCP: without, each answer waits 40 ms."""
    four = _socket(socket.AF_INET, "0.0.0.0", port)  # noqa: S104 - phones are to reach it
    number = four.getsockname()[1]
    try:
        return [four, _socket(socket.AF_INET6, "::", number)]
    except OSError as error:
        if error.errno in _TAKEN:
            four.close()
            raise
        return [four]  # a machine without IPv6


def _socket(family: socket.AddressFamily, host: str, port: int) -> socket.socket:
    made = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if sys.platform == "win32":
            made.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        made.setblocking(False)
        made.bind((host, port))
        made.listen(BACKLOG)
    except OSError:
        made.close()
        raise
    return made


def kept_port(folder: Path) -> int | None:
    """The port of this data folder, where it was chosen already."""
    try:
        return int((folder / PORT_FILE).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None


def allow_many_files() -> None:
    """Each phone needs two sockets; most systems allow 256 or 1,024 unless asked."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - not on Windows

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = FILES if hard == resource.RLIM_INFINITY else min(FILES, hard)
    if soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
