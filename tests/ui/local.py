"""A replica without an engine: the rules run at once, in this process."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from facilitator.kernel.command import Command, Context
from facilitator.kernel.entity import Entity
from facilitator.kernel.entry import Entry
from facilitator.kernel.errors import FacilitatorError
from facilitator.kernel.rules import Secret, decide
from facilitator.kernel.undo import Undo
from facilitator.meeting.features import RULES
from ui.link.replica import Done, Outcome, Replica

OWNER = UUID(int=1)


class LocalReplica(Replica):
    """What pages are tested with. Its clock stands still until ``pass_time`` moves it."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        super().__init__()
        self._now = datetime(2026, 10, 30, 9, 0, tzinfo=UTC)
        self.actor = OWNER
        self.connected = self.ready = True
        self.sent: list[Command] = []
        self.state.load(entities, revision=1)

    def now(self) -> datetime:
        """The time of the test."""
        return self._now

    def pass_time(self, seconds: float) -> None:
        """Let time pass."""
        self._now += timedelta(seconds=seconds)

    def dispatch(self, command: Command, done: Done) -> None:
        """Run the rule and apply what it gives, as the engine would."""
        self.sent.append(command)
        context = Context(now=self._now, actor=self.actor, role=self.role, new_id=uuid4)
        try:
            decision = decide(self.state, command, context, RULES)
        except FacilitatorError as error:
            done(Outcome(command=command, error=error))
            return
        for secret in decision.secrets:
            if not isinstance(secret, Secret):
                self.state.secrets.clear()
            elif secret.digest is None:
                self.state.secrets.pop(secret.owner, None)
            else:
                self.state.secrets[secret.owner] = secret.digest
        if decision.changes:
            self.take(
                Entry(
                    revision=self.state.revision + 1,
                    at=self._now,
                    actor=self.actor,
                    role=self.role,
                    command=command.tag(),
                    command_id=command.id,
                    changes=decision.changes,
                    undoes=command.entry if isinstance(command, Undo) else None,
                    undoable=type(command).undoable,
                )
            )
        done(Outcome(command=command))
