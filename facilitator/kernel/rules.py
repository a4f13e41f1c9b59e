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

_Puts = dict[tuple[type[Entity], int], Entity | None]
"""What will be, by kind and id; None: it goes."""

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
    puts: _Puts = {}
    secrets: list[Secret | NoSecrets] = []
    for outcome in rules[type(command)](state, command, context):
        match outcome:
            case Entity():
                puts[type(outcome), outcome.id.int] = outcome
            case Gone(thing=thing):
                puts[type(thing), thing.id.int] = None
            case _:
                secrets.append(outcome)
    changes = tuple(_changes(state, puts))
    _check_references(state, changes, puts)
    return Decision(changes=changes, secrets=tuple(secrets))


def _changes(state: State, puts: _Puts) -> Iterator[Change[Entity]]:
    for (kind, number), after in puts.items():
        before = state.find(kind, UUID(int=number) if after is None else after.id)
        if before != after:
            yield Change(before=before, after=after)


def _check_references(state: State, changes: tuple[Change[Entity], ...], puts: _Puts) -> None:
    """Whole after the change: nothing points at what is not there."""
    removed = {
        (change.subject.kind(), change.subject.id) for change in changes if change.after is None
    }
    for change in changes:
        if change.after is None:
            continue
        for field, kind in change.after.refers.items():
            target = getattr(change.after, field)
            if target is None:
                continue
            if state.has(kind, target) and not removed:
                continue
            key = (state.kinds[kind], target.int)
            if not (state.has(kind, target) if key not in puts else puts[key] is not None):
                raise Refused("reference.missing", kind=kind)
    if removed:
        _check_unused(state, removed, puts)


def _check_unused(
    state: State,
    removed: set[tuple[str, UUID]],
    puts: _Puts,
) -> None:
    for thing in state.entities():
        if not thing.refers:
            continue
        after = puts.get((type(thing), thing.id.int), thing)
        if after is None:
            continue
        for field, kind in after.refers.items():
            if (kind, getattr(after, field)) in removed:
                raise Refused("reference.in_use", kind=kind, by=thing.kind())
