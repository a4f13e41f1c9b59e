"""The short lane for what phones write: the same as ``POST /api/commands``, without the detours.

It takes only what is plain at once: a phone that is known, commands that can be read. Whatever is
not, it leaves to the ordinary route, which tells what is wrong with it.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

import msgspec

from facilitator.kernel.command import Command
from facilitator.kernel.errors import FacilitatorError
from facilitator.server.access import in_meeting
from facilitator.server.call import Reply, bearer, language_of
from facilitator.server.connection import Short
from facilitator.server.guard import headers
from facilitator.server.house import House
from facilitator.server.refusals import refusal, result
from facilitator.server.shapes import Commands, Results
from facilitator.store.writer import Answer

_COMMANDS: Final = msgspec.json.Decoder(Commands)
_ENCODER: Final = msgspec.json.Encoder()
_JSON: Final = b"content-type: application/json\r\ncache-control: no-store\r\ncontent-length: "
_CLOSE: Final = b"connection: close\r\n"


class Lane:
    """Answers commands of phones."""

    path = b"/api/commands"
    most = 64 * 1024  # bytes; fifty notes

    def __init__(self, house: House) -> None:
        self._house = house
        same = (f"{name}: {value}\r\n" for name, value in headers(house.facts.port))
        self._same = "".join(same).encode()
        self._done = b"HTTP/1.1 200 OK\r\n" + self._same + _JSON

    def take(self, request: Short, body: bytes) -> bool:
        """Hand in what was sent, if all is as it should be."""
        house, headers = self._house, request.headers
        caller = house.keys.known(bearer(headers))
        meeting = caller.meeting if caller is not None else None
        if caller is None or meeting is None or not house.hosts.knows(headers):
            return False
        cafe = house.cafes.find(meeting)
        if cafe is None:
            return False
        try:
            caller = in_meeting(caller, cafe.state)
            commands: list[Command] = _COMMANDS.decode(body).commands
            house.rate.take(caller.token, len(commands), request.connection.loop.time())
            house.desk.submit(
                caller,
                meeting,
                commands,
                lambda answers: self._answer(request, commands, answers),
            )
        except (FacilitatorError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            return False
        return True

    def _answer(
        self, request: Short, commands: list[Command], answers: list[Answer] | FacilitatorError
    ) -> None:
        if isinstance(answers, FacilitatorError):
            request.answer(self._whole(request, refusal(answers, language_of(request.headers))))
            return
        language = language_of(request.headers) if _any_refused(answers) else ""
        pairs = zip(commands, answers, strict=True)
        body = _ENCODER.encode(Results([result(one.id, answer, language) for one, answer in pairs]))
        close = b"" if request.keep_alive else b"\r\n" + _CLOSE[:-2]
        request.answer(b"%b%d%b\r\n\r\n%b" % (self._done, len(body), close, body))

    def _whole(self, request: Short, reply: Reply) -> bytes:
        """An answer that is no success, as it goes over the line."""
        first = f"HTTP/1.1 {reply.status} {HTTPStatus(reply.status).phrase}\r\n".encode()
        more = b"".join(b"%b: %b\r\n" % header for header in reply.headers)
        close = b"" if request.keep_alive else _CLOSE
        size = b"%d\r\n\r\n" % len(reply.body)
        return first + self._same + more + close + _JSON + size + reply.body


def _any_refused(answers: list[Answer]) -> bool:
    for answer in answers:  # noqa: SIM110 - quicker than ``any``, and asked for each note
        if answer.error is not None:
            return True
    return False
