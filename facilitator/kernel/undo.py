"""Taking back: the inverse of an entry, as an ordinary command. Redo is taking back an undo."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

import msgspec

from facilitator.kernel.command import Command, Context
from facilitator.kernel.entity import Entity, pointing_on
from facilitator.kernel.entry import Change
from facilitator.kernel.errors import Conflict, NotFound
from facilitator.kernel.roles import CONSOLES, Role
from facilitator.kernel.rules import Changes, Gone
from facilitator.kernel.state import State


class Undo(Command, frozen=True, kw_only=True, tag="undo"):
    """Take back one entry of one's own; of an undo, take back the taking back."""

    roles: ClassVar[frozenset[Role]] = CONSOLES

    entry: int  # its revision


def undo(state: State, command: Undo, context: Context) -> Changes:
    """The things as they were, in just the fields that the entry changed.

    Raises ``Conflict`` where somebody changed the same since, ``NotFound`` where it is too long ago.
    """
    entry = state.history.find(command.entry)
    if entry is None or entry.actor != context.actor:
        raise NotFound("undo.unknown")
    undo_list, redo_list = state.history.stacks(context.actor)
    if entry not in undo_list and entry not in redo_list:
        raise Conflict("undo.done")
    outcomes = [
        outcome for change in reversed(entry.changes) for outcome in _inverse(state, change)
    ]
    _check_single(state, outcomes)
    _check_flat(state, outcomes)
    yield from outcomes


def _inverse(state: State, change: Change[Entity]) -> Iterator[Entity | Gone]:
    now = state.find(type(change.subject), change.subject.id)
    if change.after is None:
        if now is not None:
            raise Conflict("undo.changed")
        yield change.subject
    elif now is None:
        raise Conflict("undo.gone")
    elif change.before is None:
        if now != change.after:
            raise Conflict("undo.changed")
        yield Gone(now)
    else:
        yield _restored(now, change.before, change.after)


def _restored(now: Entity, before: Entity, after: Entity) -> Entity:
    fields: dict[str, Any] = {}
    for name in now.__struct_fields__:
        old, new = getattr(before, name), getattr(after, name)
        if old == new:
            continue
        if getattr(now, name) != new:
            raise Conflict("undo.changed")
        fields[name] = old
    return msgspec.structs.replace(now, **fields)


def _check_single(state: State, outcomes: list[Entity | Gone]) -> None:
    """What came since may have taken what can be had only once, such as the number of a table."""
    things = [outcome for outcome in outcomes if isinstance(outcome, Entity)]
    changed = {
        outcome.thing.id if isinstance(outcome, Gone) else outcome.id for outcome in outcomes
    }
    for thing in things:
        others = [other for other in state.all(type(thing)) if other.id not in changed]
        others += [other for other in things if type(other) is type(thing) and other is not thing]
        for field in thing.single:
            value = getattr(thing, field)
            if value and any(getattr(other, field) == value for other in others):
                raise Conflict("undo.changed")


def _check_flat(state: State, outcomes: list[Entity | Gone]) -> None:
    """What is pointed at again may point at something itself by now."""
    things = [outcome for outcome in outcomes if isinstance(outcome, Entity)]
    for kind in {type(thing) for thing in things if _points(thing)}:
        after = {thing.id: thing for thing in state.all(kind)}
        after.update({thing.id: thing for thing in things if type(thing) is kind})
        if pointing_on(after.values()) is not None:
            raise Conflict("undo.changed")


def _points(thing: Entity) -> bool:
    return any(getattr(thing, field) is not None for field in thing.flat)
