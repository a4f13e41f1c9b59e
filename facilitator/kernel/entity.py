"""Entities: what a meeting is made of. The same value is the row, the wire form and the drawing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import ClassVar, Protocol, TypeVar
from uuid import UUID

import msgspec


class Entity(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind"):
    """A thing in a meeting. References to other things are ids, never the things themselves."""

    id: UUID

    refers: ClassVar[Mapping[str, str]] = {}
    """Field → kind: what the ids in these fields point at. Kept whole by ``kernel.rules.decide``."""

    texts: ClassVar[frozenset[str]] = frozenset()
    """Fields that hold what people wrote; what blacking out makes black."""

    personal: ClassVar[frozenset[str]] = frozenset()
    """Fields that tell who somebody is, or are secret; what a wipe makes empty."""

    single: ClassVar[frozenset[str]] = frozenset()
    """Fields whose value no two of a kind may have; False and None are no value."""

    flat: ClassVar[frozenset[str]] = frozenset()
    """Fields that point at another of the same kind, which then points at none itself."""

    @classmethod
    def kind(cls) -> str:
        """The name of this kind on the wire and in the database."""
        return str(cls.__struct_config__.tag)


def pointing_on(things: Collection[Entity]) -> Entity | None:
    """Of all things of one kind, one that points at what points on; see ``flat``."""
    for field in next(iter(things)).flat if things else ():
        pointing = {thing.id for thing in things if getattr(thing, field) is not None}
        for thing in things:
            if getattr(thing, field) in pointing:
                return thing
    return None


class Ordered(Protocol):
    """Something with a place among its like: small numbers come first."""

    @property
    def id(self) -> UUID:
        """Settles the order of two with the same number."""

    @property
    def order(self) -> float:
        """The place."""


Placed = TypeVar("Placed", bound=Ordered)


def in_order(things: Iterable[Placed]) -> list[Placed]:
    """The things as people see them, first one first."""
    return sorted(things, key=lambda thing: (thing.order, thing.id.int))
