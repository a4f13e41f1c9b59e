"""What can be undone, and by whom. Worked out from the entries alone, so every face agrees."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from typing import Final
from uuid import UUID

from facilitator.kernel.entry import Entry

LENGTH: Final = 500  # undoable entries that are remembered; more than anyone takes back


class History:
    """The undoable entries of a meeting, oldest first."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self._entries: deque[Entry] = deque(maxlen=LENGTH)
        for entry in entries:
            self.add(entry)

    def __iter__(self) -> Iterator[Entry]:
        """The entries, oldest first."""
        return iter(self._entries)

    def add(self, entry: Entry) -> None:
        """Remember an entry, if it is one that can be undone."""
        if entry.undoable:
            self._entries.append(entry)

    def drop(self, entry: Entry) -> None:
        """Forget the newest entry, which was never committed."""
        if self._entries and self._entries[-1] is entry:
            self._entries.pop()

    def find(self, revision: int) -> Entry | None:
        """The entry with this revision, if it can be undone."""
        return next((entry for entry in self._entries if entry.revision == revision), None)

    def stacks(self, actor: UUID | None) -> tuple[list[Entry], list[Entry]]:
        """What this person can undo and can redo; in both lists the last one goes first."""
        undo: list[Entry] = []
        redo: list[Entry] = []
        for entry in self._entries:
            if entry.actor != actor:
                continue
            if entry.undoes is None:
                undo.append(entry)
                redo.clear()
            elif _taken(undo, entry.undoes):
                redo.append(entry)
            elif _taken(redo, entry.undoes):
                undo.append(entry)
        return undo, redo


def _taken(stack: list[Entry], revision: int) -> bool:
    """Whether the entry with this revision was on the stack, from which it is gone now."""
    for place in range(len(stack) - 1, -1, -1):
        if stack[place].revision == revision:
            del stack[place]
            return True
    return False
