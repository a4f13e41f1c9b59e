"""The raw hub: what one asks to tell is written to everybody who listens, and nothing more."""

from __future__ import annotations

import asyncio
import json

from facilitator.server.serving import allow_many_files, listen


class Line(asyncio.Protocol):
    """Somebody who listens, or who tells."""

    def __init__(self, listeners: set[asyncio.Transport]) -> None:
        self._listeners = listeners
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Connected."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - as it was made
        self._transport = transport

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio's
        """Gone."""
        if self._transport is not None:
            self._listeners.discard(self._transport)

    def data_received(self, data: bytes) -> None:
        """Listen, or tell."""
        if data.startswith(b"LISTEN") and self._transport is not None:
            self._listeners.add(self._transport)
            return
        told = data.partition(b"\r\n\r\n")[2]
        for listener in self._listeners:
            listener.write(told)


async def main() -> None:
    """Serve until stopped."""
    allow_many_files()
    sockets = listen(0)
    listeners: set[asyncio.Transport] = set()
    loop = asyncio.get_running_loop()
    for made in sockets:
        await loop.create_server(lambda: Line(listeners), sock=made)
    print(json.dumps({"port": sockets[0].getsockname()[1]}), flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
