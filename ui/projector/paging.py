"""More than one screen can hold: pages that turn by themselves, told by the time alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final, TypeVar

T = TypeVar("T")

SECONDS: Final = 12  # a page stands this long: six notes, read without haste


def page_at(pages: int, now: datetime, seconds: int = SECONDS) -> int:
    """Which page stands at ``now``, from 0."""
    return int(now.timestamp() // seconds) % pages if pages > 1 else 0


def parts(things: Sequence[T], most: int) -> list[Sequence[T]]:
    """The things in pages of about equal length, with at most ``most`` on each."""
    if not things:
        return []
    count = -(-len(things) // most)
    size = -(-len(things) // count)
    return [things[start : start + size] for start in range(0, len(things), size)]


def until_turned(now: datetime, seconds: int = SECONDS) -> float:
    """Seconds until a page is turned."""
    return seconds - now.timestamp() % seconds
