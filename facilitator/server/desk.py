"""Where commands are handed in, and answered once what they changed is safe."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Final

import msgspec

from facilitator.kernel.command import Command
from facilitator.kernel.errors import FacilitatorError, Forbidden, Unavailable
from facilitator.kernel.roles import Role
from facilitator.meeting.ids import MeetingId
from facilitator.server.access import Caller, may_send
from facilitator.server.cafes import Cafes, Writes
from facilitator.store.writer import Answer, Told, Wish

MOST_WAITING: Final = 20_000  # commands; more than the largest hall writes in a minute
PATIENCE: Final = 15.0  # seconds that an answer may take


class _Request:
    """Commands that came together and are answered together."""

    __slots__ = ("answers", "done", "left", "since")

    def __init__(self, number: int, loop: asyncio.AbstractEventLoop) -> None:
        self.answers: list[Answer | None] = [None] * number
        self.left = number
        self.done: asyncio.Future[None] = loop.create_future()
        self.since = loop.time()

    def answer(self, place: int, answer: Answer) -> None:
        """One of them is answered."""
        self.answers[place] = answer
        self.left -= 1
        if not self.left and not self.done.done():
            self.done.set_result(None)

    def fail(self, error: FacilitatorError) -> None:
        """None of them can be answered."""
        if not self.done.done():
            self.done.set_exception(error)


class Ticket(msgspec.Struct, frozen=True, gc=False):
    """What goes with a command and comes back with its answer."""

    request: _Request
    place: int


def _settled(answer: Answer) -> Answer:
    """The answer, unless the store could not write: then the whole request is to be sent again."""
    error = answer.error
    if isinstance(error, Unavailable) and error.code.startswith("store."):
        raise error
    return answer


class Desk:
    """Takes commands to the writer, and brings the answers back."""

    def __init__(self, writer: Writes, cafes: Cafes) -> None:
        self._writer = writer
        self._cafes = cafes
        self._loop = asyncio.get_running_loop()
        self._requests: set[_Request] = set()
        self._waiting = 0

    async def ask(
        self, caller: Caller, meeting: MeetingId, commands: Sequence[Command]
    ) -> list[Answer]:
        """The answers to these commands, in their order. Raises ``Unavailable``."""
        if self._waiting >= MOST_WAITING:
            raise Unavailable("engine.busy")
        role = caller.role or Role.PARTICIPANT
        request = _Request(len(commands), self._loop)
        self._requests.add(request)
        self._waiting += len(commands)
        for place, command in enumerate(commands):
            if may_send(caller, type(command)):
                ticket = Ticket(request, place)
                self._writer.submit(Wish(meeting, command, caller.actor, role, ticket))
            else:
                error = Forbidden("role.forbidden")
                request.answer(place, Answer(status="refused", revision=0, error=error))
        try:
            await request.done
        finally:
            self._requests.discard(request)
            self._waiting -= len(commands)
        return [_settled(answer) for answer in request.answers if answer is not None]

    def tell(self, told: Told) -> None:
        """What was committed; called in the writer's thread."""
        self._loop.call_soon_threadsafe(self._told, told)

    def lose_patience(self) -> None:
        """Answer those who have waited too long."""
        oldest = self._loop.time() - PATIENCE
        for request in tuple(self._requests):
            if request.since < oldest:
                request.fail(Unavailable("engine.slow"))

    def _told(self, told: Told) -> None:
        self._cafes.take(told)
        for ticket, answer in told.answers:
            if isinstance(ticket, Ticket):
                ticket.request.answer(ticket.place, answer)
