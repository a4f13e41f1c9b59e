"""Where commands are handed in, and answered once what they changed is safe."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
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


Done = Callable[[list[Answer] | FacilitatorError], None]
"""Hears the answers in the order of the commands, or why there are none."""


_NOT_YET: Final = Answer(status="refused", revision=0)


class _Request:
    """Commands that came together and are answered together."""

    __slots__ = ("_done", "answers", "left", "since")

    def __init__(self, number: int, since: float, done: Done) -> None:
        self.answers = [_NOT_YET] * number
        self.left = number
        self.since = since
        self._done: Done | None = done

    def answer(self, place: int, answer: Answer) -> None:
        """One of them is answered."""
        self.answers[place] = answer
        self.left -= 1
        if not self.left:
            self.finish(_settled(self.answers))

    def finish(self, answers: list[Answer] | FacilitatorError) -> None:
        """All of them are answered, or none can be."""
        done, self._done = self._done, None
        if done is not None:
            done(answers)


class Ticket(msgspec.Struct, frozen=True, gc=False):
    """What goes with a command and comes back with its answer."""

    request: _Request
    place: int


def _settled(answers: list[Answer]) -> list[Answer] | FacilitatorError:
    """The answers, unless the store could not write: then all is to be sent again."""
    for answer in answers:
        error = answer.error
        if isinstance(error, Unavailable) and error.code.startswith("store."):
            return error
    return answers


class Desk:
    """Takes commands to the writer, and brings the answers back."""

    def __init__(self, writer: Writes, cafes: Cafes) -> None:
        self._writer = writer
        self._cafes = cafes
        self._loop = asyncio.get_running_loop()
        self._requests: dict[_Request, int] = {}
        self._waiting = 0
        self._wave: list[Wish] = []

    async def ask(
        self, caller: Caller, meeting: MeetingId, commands: Sequence[Command]
    ) -> list[Answer]:
        """The answers to these commands, in their order. Raises ``Unavailable``."""
        answered: asyncio.Future[list[Answer]] = self._loop.create_future()

        def done(answers: list[Answer] | FacilitatorError) -> None:
            if answered.done():
                return
            if isinstance(answers, FacilitatorError):
                answered.set_exception(answers)
            else:
                answered.set_result(answers)

        self.submit(caller, meeting, commands, done)
        return await answered

    def submit(
        self, caller: Caller, meeting: MeetingId, commands: Sequence[Command], done: Done
    ) -> None:
        """Hand in commands; ``done`` hears the answers. Raises ``Unavailable``."""
        if self._waiting >= MOST_WAITING:
            raise Unavailable("engine.busy")
        role = caller.role or Role.PARTICIPANT
        cafe = self._cafes.find(meeting) if caller.by_phone else None
        if cafe is not None:
            cafe.remember_writer(commands, caller.actor)
        request = _Request(len(commands), self._loop.time(), done)
        self._requests[request] = len(commands)
        self._waiting += len(commands)
        for place, command in enumerate(commands):
            if may_send(caller, type(command)):
                ticket = Ticket(request, place)
                if not self._wave:
                    self._loop.call_soon(self._hand_over)
                self._wave.append(Wish(meeting, command, caller.actor, role, ticket))
            else:
                error = Forbidden("role.forbidden")
                self._answer(request, place, Answer(status="refused", revision=0, error=error))

    def tell(self, told: Told) -> None:
        """What was committed; called in the writer's thread."""
        self._loop.call_soon_threadsafe(self._told, told)

    def lose_patience(self) -> None:
        """Answer those who have waited too long."""
        oldest = self._loop.time() - PATIENCE
        for request in tuple(self._requests):
            if request.since < oldest:
                self._waiting -= self._requests.pop(request)
                request.finish(Unavailable("engine.slow"))

    def _hand_over(self) -> None:
        """All that came in during one turn of the loop goes into one batch."""
        wave, self._wave = self._wave, []
        self._writer.submit(*wave)

    def _told(self, told: Told) -> None:
        self._cafes.take(told)
        for ticket, answer in told.answers:
            if isinstance(ticket, Ticket):
                self._answer(ticket.request, ticket.place, answer)

    def _answer(self, request: _Request, place: int, answer: Answer) -> None:
        if request.left == 1:
            self._waiting -= self._requests.pop(request, 0)
        request.answer(place, answer)
