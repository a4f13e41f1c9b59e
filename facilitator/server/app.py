"""The application that the web server calls: one request in, one answer out."""

from __future__ import annotations

import logging
from typing import Any, Final

from facilitator.kernel.errors import FacilitatorError, Unavailable
from facilitator.server.access import ANYONE, DOORS, NOBODY, check_door
from facilitator.server.call import Call, Gone, Receive, Scope, Send, send_reply
from facilitator.server.house import House
from facilitator.server.hub import Listening
from facilitator.server.lane import Lane
from facilitator.server.refusals import refusal
from facilitator.server.routes import Answered, Router

_LOG: Final = logging.getLogger(__name__)
_STREAM: Final = [
    (b"content-type", b"text/event-stream"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]


class Application:
    """Turns away what is not meant for us, finds the route, checks its door, and sends the answer."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._router = Router()
        self.shortcut = Lane(house)
        self.arrived = house.arrived

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        call = Call(scope, receive)
        try:
            answered = await self._answer(call)
        except Gone:
            return
        except FacilitatorError as error:
            answered = refusal(error, call.language())
        except Exception:  # noqa: BLE001 - the border: whoever asked hears of it, and the log
            _LOG.exception("%s failed", call.scope["method"])
            answered = refusal(Unavailable("engine.failed"), call.language())
        if isinstance(answered, Listening):
            await self._listen(answered, send)
        else:
            await send_reply(send, answered)

    async def _answer(self, call: Call) -> Answered:
        self._house.hosts.check(call)
        route = self._router.find(call)
        call.caller = NOBODY if DOORS[route.name] is ANYONE else await self._house.meet(call)
        check_door(route.name, call.caller)
        return await route.answer(self._house, call)

    async def _listen(self, listening: Listening[Any], send: Send) -> None:
        """Everything after the head is written by the hub, straight to the connection."""
        await send({"type": "http.response.start", "status": 200, "headers": _STREAM})
        stream = listening.begin()
        try:
            await stream.ended
        finally:
            listening.finish(stream)
        await send({"type": "http.response.body", "body": b"", "more_body": False})
