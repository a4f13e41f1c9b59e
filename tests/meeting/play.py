"""A café played in memory: commands in, entries out, the clock moved by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from facilitator.kernel.command import Command, Context
from facilitator.kernel.entity import Entity
from facilitator.kernel.entry import Entry
from facilitator.kernel.errors import FacilitatorError
from facilitator.kernel.roles import Role
from facilitator.kernel.rules import Decision, NoSecrets, Secret, decide
from facilitator.kernel.state import State
from facilitator.kernel.undo import Undo
from facilitator.kernel.wire import encode
from facilitator.meeting.features import RULES, empty_state
from facilitator.meeting.ids import MeetingId
from facilitator.meeting.meeting import OpenDoors
from facilitator.meeting.templates import Template, new_meeting

OWNER = UUID(int=1)
SECRETARY = UUID(int=2)
MEETING = MeetingId(UUID(int=77))
BEGIN = datetime(2026, 10, 30, 9, 0, tzinfo=UTC)


class Cafe:
    """One meeting, and all that happened in it."""

    def __init__(self, entities: list[Entity] | None = None) -> None:
        self.state: State = empty_state()
        first = (
            entities
            if entities is not None
            else list(
                new_meeting(
                    MEETING, "Proef", Template.THEMES, theme_titles=("Groen", "Veilig", "Samen")
                )
            )
        )
        self.state.load(first, revision=1)
        self.now = BEGIN
        self.entries: list[Entry] = []

    def do(
        self, command: Command, role: Role = Role.FACILITATOR, actor: UUID | None = OWNER
    ) -> Entry | None:
        """Take a command as the engine does. Raises what the rules raise."""
        assert role in command.roles
        entry, decision = self.decide(command, role, actor)
        if entry is not None:
            self.state.apply(entry)
            self.entries.append(entry)
        for secret in decision.secrets:
            self._keep(secret)
        return entry

    def decide(
        self, command: Command, role: Role, actor: UUID | None
    ) -> tuple[Entry | None, Decision]:
        """What would come of a command."""
        context = Context(now=self.now, actor=actor, role=role, new_id=uuid4)
        decision = decide(self.state, command, context, RULES)
        if not decision.changes:
            return None, decision
        return Entry(
            revision=self.state.revision + 1,
            at=self.now,
            actor=actor,
            role=role,
            command=command.tag(),
            command_id=command.id,
            changes=decision.changes,
            undoes=command.entry if isinstance(command, Undo) else None,
            undoable=type(command).undoable,
        ), decision

    def code(
        self, command: Command, role: Role = Role.FACILITATOR, actor: UUID | None = OWNER
    ) -> str:
        """The code with which a command is refused; nothing may have changed then."""
        before = self.bytes()
        try:
            self.do(command, role, actor)
        except FacilitatorError as error:
            assert self.bytes() == before
            return error.code
        return "done"

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        self.now += timedelta(seconds=seconds)

    def open(self) -> Cafe:
        """Open the doors."""
        self.do(OpenDoors(id=uuid4()))
        return self

    def all(self, kind: type[Any]) -> list[Any]:
        """The things of a kind."""
        return list(self.state.all(kind))

    def one(self, kind: type[Any]) -> Any:
        """The first thing of a kind."""
        return self.all(kind)[0]

    def bytes(self) -> bytes:
        """All that is in the meeting, the same for the same meeting."""
        return canonical(self.state)

    def undo(self, actor: UUID | None = OWNER) -> bool:
        """Take back the last thing that somebody did, if there is any."""
        undo, _redo = self.state.history.stacks(actor)
        if undo:
            self.do(Undo(id=uuid4(), entry=undo[-1].revision), actor=actor)
        return bool(undo)

    def redo(self, actor: UUID | None = OWNER) -> bool:
        """Do again what somebody took back, if there is any."""
        _undo, redo = self.state.history.stacks(actor)
        if redo:
            self.do(Undo(id=uuid4(), entry=redo[-1].revision), actor=actor)
        return bool(redo)

    def _keep(self, secret: Secret | NoSecrets) -> None:
        if isinstance(secret, NoSecrets):
            self.state.secrets.clear()
        elif secret.digest is None:
            self.state.secrets.pop(secret.owner, None)
        else:
            self.state.secrets[secret.owner] = secret.digest


def canonical(state: State) -> bytes:
    """The things of a state as bytes, in an order that says nothing."""
    return b"\n".join(sorted(encode(thing) for thing in state.entities()))
