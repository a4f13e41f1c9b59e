"""The bare echo: uvicorn with httptools, and an application that sends back what came in."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import uvicorn

from facilitator.server.serving import allow_many_files, listen


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
    config = uvicorn.Config(
        application,
        loop="asyncio",
        http="httptools",
        lifespan="off",
        ws="none",
        log_config=None,
        access_log=False,
        backlog=1024,
    )
    asyncio.run(uvicorn.Server(config).serve(sockets))


if __name__ == "__main__":
    main()
