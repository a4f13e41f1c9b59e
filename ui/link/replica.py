"""The replica: the state of one meeting as this face knows it, and the way to change it.

Pages read ``replica.state`` at any time, and hear of changes by two signals. They change nothing
themselves: they send a command, and see it come back as an entry.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final
from uuid import UUID, uuid4

import msgspec
from PySide6.QtCore import QObject, Signal

from facilitator.kernel.command import Command
from facilitator.kernel.entry import Entry
from facilitator.kernel.errors import FacilitatorError, NotFound, Refused
from facilitator.kernel.roles import Role
from facilitator.kernel.state import State
from facilitator.kernel.undo import Undo
from facilitator.meeting.features import empty_state


class Outcome(msgspec.Struct, frozen=True):
    """What came of a command. ``error`` is None when it was done, now or before."""

    command: Command
    error: FacilitatorError | None = None


Done = Callable[[Outcome], None]

ADDRESS: Final = "http://192.168.1.10:8765"  # what a replica shows that never met an engine


class Replica(QObject):
    """The state of one meeting, kept up to date by whoever derives from this."""

    loaded = Signal()  # the whole state is new: build everything again
    applied = Signal(object)  # an Entry, after ``state`` has taken it over
    connected_changed = Signal(bool)  # whether the engine can be heard
    waiting_changed = Signal(int)  # commands on their way
    troubled = Signal(object)  # the FacilitatorError of a command that nobody waited for
    skipped = Signal()  # something can't be taken back any more; what was done before it can
    address_changed = Signal(str)  # where phones go to

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.state: State = empty_state()
        self.actor: UUID | None = None
        self.role = Role.FACILITATOR
        self.connected = False
        self.ready = False  # whether ``state`` holds a meeting
        self.saved_at: datetime | None = None  # when the last entry was committed
        self.waiting = 0
        self.address = ADDRESS  # where phones go to
        self._stuck: set[int] = set()  # entries that what came since keeps from being taken back
        self.loaded.connect(self._stuck.clear)

    @abstractmethod
    def dispatch(self, command: Command, done: Done) -> None:
        """Bring a command to the engine, for as long as it takes; ``done`` hears what came of it."""

    def now(self) -> datetime:
        """The engine's time (UTC), by which all clocks are read."""
        return datetime.now(UTC)

    def send(self, command: Command, done: Done | None = None) -> None:
        """Ask for a change. Without ``done``, a refusal comes out at ``troubled``."""
        self._count(1)

        def heard(outcome: Outcome) -> None:
            self._count(-1)
            if done is not None:
                done(outcome)
            elif outcome.error is not None:
                self.troubled.emit(outcome.error)

        self.dispatch(command, heard)

    def undo_entry(self) -> Entry | None:
        """What ``undo`` would take back."""
        undo, _redo = self.state.history.stacks(self.actor)
        return self._last(undo)

    def redo_entry(self) -> Entry | None:
        """What ``redo`` would do again."""
        _undo, redo = self.state.history.stacks(self.actor)
        return self._last(redo)

    def undo(self) -> None:
        """Take back the last thing that this person did."""
        self._take_back(self.undo_entry())

    def redo(self) -> None:
        """Do again what this person last took back."""
        self._take_back(self.redo_entry())

    def _last(self, entries: list[Entry]) -> Entry | None:
        free = (entry for entry in reversed(entries) if entry.revision not in self._stuck)
        return next(free, None)

    def _take_back(self, entry: Entry | None) -> None:
        """Where it is refused, the way is free for what was done before it."""
        if entry is None:
            return

        def heard(outcome: Outcome) -> None:
            error = outcome.error
            if error is None:
                return
            stuck = isinstance(error, Refused | NotFound) and error.code != "undo.done"
            if stuck:
                self._stuck.add(entry.revision)
            self.troubled.emit(error)
            if stuck:
                self.skipped.emit()

        self.send(Undo(id=uuid4(), entry=entry.revision), heard)

    def take(self, entry: Entry) -> None:
        """Apply an entry that the engine told, and tell the pages."""
        self.state.apply(entry)
        self.saved_at = entry.at
        self.applied.emit(entry)

    def go_to(self, address: str) -> None:
        """Phones go to this address from now on."""
        if address and address != self.address:
            self.address = address
            self.address_changed.emit(address)

    def _count(self, more: int) -> None:
        self.waiting += more
        self.waiting_changed.emit(self.waiting)
