"""From a command to the changes it makes: the one funnel that every change goes through."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any
from uuid import UUID

import msgspec

from facilitator.kernel.command import Command, Context
from facilitator.kernel.entity import Entity
from facilitator.kernel.entry import Change
from facilitator.kernel.errors import Refused
from facilitator.kernel.state import State


class Gone(msgspec.Struct, frozen=True):
    """A rule's way of saying that a thing is removed."""

    thing: Entity


class Secret(msgspec.Struct, frozen=True):
    """Something to be kept beside the meeting, in no entity and no entry: the hash of a key."""

    owner: UUID
    digest: bytes | None  # None: forget it


class NoSecrets(msgspec.Struct, frozen=True):
    """A rule's way of saying that all secrets of the meeting are forgotten."""


Changes = Iterator[Entity | Gone | Secret | NoSecrets]
"""What a rule gives: entities as they will be, and what goes."""

Rule = Callable[[Any, Any, Context], Changes]
Rules = Mapping[type[Command], Rule]


class Decision(msgspec.Struct, frozen=True):
    """What a command comes down to. Empty changes: all was so already."""

    changes: tuple[Change[Entity], ...]
    secrets: tuple[Secret | NoSecrets, ...] = ()


def decide(state: State, command: Command, context: Context, rules: Rules) -> Decision:
    """What ``command`` changes in ``state``, complete before any of it is taken.

    Raises what the rule raises, and ``Refused`` where a thing would point at one that is not there.
    """
    puts: dict[tuple[str, UUID], Entity | None] = {}
    secrets: list[Secret | NoSecrets] = []
    for outcome in rules[type(command)](state, command, context):
        match outcome:
            case Gone(thing=thing):
                puts[thing.kind(), thing.id] = None
            case Secret() | NoSecrets():
                secrets.append(outcome)
            case _:
                puts[outcome.kind(), outcome.id] = outcome
    changes = tuple(_changes(state, puts))
    _check_references(state, changes, puts)
    return Decision(changes=changes, secrets=tuple(secrets))


def _changes(
    state: State, puts: Mapping[tuple[str, UUID], Entity | None]
) -> Iterator[Change[Entity]]:
    for (kind, key), after in puts.items():
        before = state.find(state.kinds[kind], key)
        if before != after:
            yield Change(before=before, after=after)


def _check_references(
    state: State,
    changes: tuple[Change[Entity], ...],
    puts: Mapping[tuple[str, UUID], Entity | None],
) -> None:
    """Whole after the change: nothing points at what is not there."""

    def there(kind: str, key: UUID) -> bool:
        if (kind, key) in puts:
            return puts[kind, key] is not None
        return state.has(kind, key)

    removed: set[tuple[str, UUID]] = set()
    for change in changes:
        if change.after is None:
            removed.add((change.subject.kind(), change.subject.id))
            continue
        for field, kind in change.after.refers.items():
            target = getattr(change.after, field)
            if target is not None and not there(kind, target):
                raise Refused("reference.missing", kind=kind)
    if removed:
        _check_unused(state, removed, puts)


def _check_unused(
    state: State,
    removed: set[tuple[str, UUID]],
    puts: Mapping[tuple[str, UUID], Entity | None],
) -> None:
    for thing in state.entities():
        if not thing.refers:
            continue
        after = puts.get((thing.kind(), thing.id), thing)
        if after is None:
            continue
        for field, kind in after.refers.items():
            if (kind, getattr(after, field)) in removed:
                raise Refused("reference.in_use", kind=kind, by=thing.kind())
