"""The place of a thing among its like: put between two neighbours without touching the others."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any, TypeVar
from uuid import UUID

import msgspec

from facilitator.kernel.entity import Entity, Ordered, in_order
from facilitator.kernel.errors import NotFound

STEP = 1024.0  # distance between neighbours that were never moved
SMALLEST = 1e-6  # closer than this, the whole row is numbered anew

T = TypeVar("T", bound=Entity)


def last(things: Collection[Ordered]) -> float:
    """The place after all of them."""
    return max((thing.order for thing in things), default=0.0) + STEP


def placed(
    row: Collection[T], moved: Sequence[T], before: UUID | None, **fields: Any
) -> Iterator[T]:
    """``moved`` in front of ``before`` (None: at the end) in ``row``, with ``fields`` set.

    Gives only what changes: the moved things, and the others only where there is no room left.
    """
    taken = {thing.id for thing in moved}
    others: list[Any] = [thing for thing in in_order(row) if thing.id not in taken]  # type: ignore[type-var]
    at = _position(others, before)
    low = others[at - 1].order if at > 0 else None
    high = others[at].order if at < len(others) else None
    if low is not None and high is not None and (high - low) / (len(moved) + 1) < SMALLEST:
        whole = [*others[:at], *moved, *others[at:]]
        for number, thing in enumerate(whole, start=1):
            more = fields if thing.id in taken else {}
            yield msgspec.structs.replace(thing, order=number * STEP, **more)
        return
    for number, thing in enumerate(moved, start=1):
        order = _between(low, high, number, len(moved))
        yield msgspec.structs.replace(thing, order=order, **fields)


def _position(others: list[Any], before: UUID | None) -> int:
    if before is None:
        return len(others)
    for position, thing in enumerate(others):
        if thing.id == before:
            return position
    raise NotFound("order.unknown", id=str(before))


def _between(low: float | None, high: float | None, number: int, count: int) -> float:
    if low is None and high is None:
        return number * STEP
    if high is None:
        return (low or 0.0) + number * STEP
    if low is None:
        return high - (count - number + 1) * STEP
    return low + (high - low) * number / (count + 1)
