"""Forgetting: what is left of a thing, or of an entry, once something in it is to be forgotten."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Final, TypeVar

import msgspec

from facilitator.kernel.entity import Entity
from facilitator.kernel.entry import Change, Entry
from facilitator.kernel.roles import Role

BLACK: Final = "████"  # as long for every text, so that its length tells nothing

E = TypeVar("E", bound=Entity)
Forget = Callable[[Entity], Entity]
"""From a thing to what is left of it."""


def to_the_minute(moment: dt.datetime) -> dt.datetime:
    """The minute in which it was: who came or wrote when cannot be told from it."""
    return moment.replace(second=0, microsecond=0)


def blacked_out(thing: E) -> E:
    """The thing, black where people wrote."""
    return msgspec.structs.replace(thing, **dict.fromkeys(thing.texts, BLACK))


def without_persons(thing: E) -> E:
    """The thing without what tells who it was: those fields are empty, times are to the minute."""
    if not thing.personal:
        return thing
    left = dict(_empty(type(thing)))
    for name in thing.__struct_fields__:
        value = getattr(thing, name)
        if isinstance(value, dt.datetime):
            left[name] = to_the_minute(value)
    return msgspec.structs.replace(thing, **left)


@cache
def _empty(kind: type[Entity]) -> Mapping[str, Any]:
    """What stands in the fields of a person, where there is none."""
    fields = msgspec.structs.fields(kind)
    return {field.name: field.default for field in fields if field.name in kind.personal}


def forgotten(entry: Entry, forget: Forget) -> Entry:
    """The entry, with what is left of each thing in it."""
    changes = tuple(
        Change(
            before=None if change.before is None else forget(change.before),
            after=None if change.after is None else forget(change.after),
        )
        for change in entry.changes
    )
    return msgspec.structs.replace(entry, changes=changes)


def nobodys(entry: Entry) -> Entry:
    """The entry without persons: not who did it, nor when to the second; and it stays done.

    A host is a participant in it, or the role would tell what the one host of a table wrote.
    """
    left = forgotten(entry, without_persons)
    role = Role.PARTICIPANT if entry.role is Role.HOST else entry.role
    return msgspec.structs.replace(
        left, actor=None, role=role, at=to_the_minute(entry.at), undoable=False
    )
