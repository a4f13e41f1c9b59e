"""Commands on their way: in order, kept until the engine has answered, also through a restart."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, Literal
from uuid import UUID

import msgspec
from PySide6.QtCore import QObject, QTimer

from facilitator.kernel.command import Command
from facilitator.kernel.errors import FacilitatorError, Refused, Unavailable
from facilitator.meeting.ids import MeetingId
from ui.link.engine import Engine
from ui.link.engine import State as EngineState
from ui.link.http import decoded, made
from ui.link.replica import Done, Outcome

BATCH: Final = 50  # commands that one request may hold
AGAIN: Final = 300  # ms before a request that failed is sent again
FOR_GOOD: Final = "store.newer"  # cannot be written now, nor later: sending again is in vain

Answered = Callable[[Done, Outcome, int], None]


class Result(msgspec.Struct, frozen=True):
    """What the engine says of one command."""

    id: UUID
    status: Literal["done", "repeated", "refused"]
    revision: int = 0
    code: str = ""
    values: dict[str, Any] = {}
    message: str = ""


class Results(msgspec.Struct, frozen=True):
    """What the engine says of the commands of one request."""

    results: list[Result]


class Outbox(QObject):
    """Sends commands in the order in which they came, one request at a time."""

    def __init__(
        self,
        engine: Engine,
        meeting: MeetingId,
        answered: Answered,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.stopped = False
        self._engine = engine
        self._meeting = meeting
        self._answered = answered
        self._waiting: dict[UUID, tuple[Command, Done]] = {}
        self._sending = 0
        self._most = BATCH
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(AGAIN)
        self._again.timeout.connect(self.flush)

    def put(self, command: Command, done: Done) -> None:
        """Send this when what came before it is answered."""
        self._waiting[command.id] = (command, done)
        self.flush()

    def flush(self) -> None:
        """Send what waits, if the engine is there and nothing is on its way."""
        if self._sending or not self._waiting or self._engine.state is not EngineState.UP:
            return
        batch = [command for command, _done in list(self._waiting.values())[: self._most]]
        self._sending = len(batch)
        self._engine.http.post(
            f"/api/commands?meeting={self._meeting}",
            {"commands": batch},
            decoded(Results, self._heard),
        )

    def stop(self) -> None:
        """Send no more."""
        self.stopped = True
        self._again.stop()
        self._waiting.clear()

    def _heard(self, results: Results | None, error: FacilitatorError | None) -> None:
        sent, self._sending = self._sending, 0
        if self.stopped:
            return
        if results is not None:
            self._most = BATCH
            for result in results.results:
                self._settle(result)
            self.flush()
        elif error is None or _passes(error):
            self._engine.check()
            self._again.start()
        elif sent > 1:
            self._most = 1  # one of them spoils it for all: send them one by one
            self.flush()
        else:
            self._refuse_first(error)
            self.flush()

    def _settle(self, result: Result) -> None:
        command, done = self._waiting.pop(result.id, (None, None))
        if command is None or done is None:
            return
        error = None
        if result.status == "refused":
            error = made(Refused, result.code, result.values, result.message)
        self._answered(done, Outcome(command=command, error=error), result.revision)

    def _refuse_first(self, error: FacilitatorError) -> None:
        key = next(iter(self._waiting), None)
        if key is not None:
            command, done = self._waiting.pop(key)
            self._answered(done, Outcome(command=command, error=error), 0)


def _passes(error: FacilitatorError) -> bool:
    """Whether it is to be tried again."""
    if isinstance(error, Unavailable):
        return error.code != FOR_GOOD
    return error.code == "token.unknown"
