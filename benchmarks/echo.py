"""The bare echo: the engine's own web server, with an application that sends back what came in.

``--plain``: uvicorn as it comes, without our connections and the headers that are on every answer.
"""

from __future__ import annotations

import asyncio
import json
import socket
import sys
from typing import Any

import uvicorn

from facilitator.server.serving import Server, allow_many_files, listen


async def application(_scope: Any, receive: Any, send: Any) -> None:
    """Send back the body."""
    message = await receive()
    body = message["body"]
    while message.get("more_body"):
        message = await receive()
        body += message["body"]
    length = b"%d" % len(body)
    headers = [(b"content-type", b"application/json"), (b"content-length", length)]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def main() -> None:
    """Serve until stopped."""
    allow_many_files()
    sockets = listen(0)
    print(json.dumps({"port": sockets[0].getsockname()[1]}), flush=True)
    if "--plain" in sys.argv:
        asyncio.run(_plain().serve(sockets))
    else:
        asyncio.run(_ours(sockets))


async def _ours(sockets: list[socket.socket]) -> None:
    port = int(sockets[0].getsockname()[1])
    server = Server(application, port=port, up=_nothing, goodbye=_nothing)
    watch = asyncio.create_task(server.keep_watch())
    await server.serve(sockets)
    watch.cancel()


def _plain() -> uvicorn.Server:
    return uvicorn.Server(
        uvicorn.Config(
            application,
            loop="asyncio",
            http="httptools",
            lifespan="off",
            ws="none",
            log_config=None,
            access_log=False,
            backlog=1024,
        )
    )


def _nothing() -> None:
    """Nobody has to hear of it."""


if __name__ == "__main__":
    main()
