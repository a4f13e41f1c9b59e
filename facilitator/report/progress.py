"""How far the making of a file is: told from the work that was done, never from a clock."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Final, TypeVar

Hear = Callable[[int | None], None]
"""Hears a percentage of all the work; None: it goes on, but nobody can tell how far it is."""

T = TypeVar("T")


class Progress:
    """The work, or a stretch of it."""

    def __init__(self, hear: Hear | None = None, start: float = 0.0, end: float = 1.0) -> None:
        self._hear = hear
        self._start, self._end = start, end

    def stretch(self, start: float, end: float) -> Progress:
        """A part of this stretch, from 0 to 1."""
        whole = self._end - self._start
        return Progress(self._hear, self._start + start * whole, self._start + end * whole)

    def counts(self, total: float) -> Callable[[float], None]:
        """To be called with each piece that was done, of so many in this stretch."""
        done = 0.0

        def did(amount: float = 1.0) -> None:
            nonlocal done
            done += amount
            self._tell(min(1.0, done / total) if total else 1.0)

        return did

    def over(self, things: Collection[T]) -> Iterator[T]:
        """The things one by one; each counts once what is done with it is done."""
        did = self.counts(len(things))
        for thing in things:
            yield thing
            did(1)

    def blind(self) -> None:
        """What comes now can't be counted: another program does it."""
        if self._hear is not None:
            self._hear(None)

    def _tell(self, share: float) -> None:
        if self._hear is not None:
            self._hear(int(100 * (self._start + share * (self._end - self._start))))


UNHEARD: Final = Progress()
