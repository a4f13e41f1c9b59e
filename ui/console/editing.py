"""Between fields and the replica: what fields want goes out as commands, the answers come back.

Pages that are edited have sections. A section shows one part of the meeting; it follows the
replica while it is in sight, and catches up when it comes back.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from typing import Any, ClassVar, Final
from uuid import UUID, uuid4

import msgspec
import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from facilitator.kernel.command import Command
from facilitator.kernel.entity import Entity
from facilitator.kernel.entry import Entry
from facilitator.kernel.state import State
from facilitator.meeting.fields import Typed
from ui.console.saying import sentence
from ui.link.replica import Outcome, Replica
from ui.widgets.draft import Edit
from ui.widgets.fields import Field
from ui.widgets.ordered_list import OrderedList, Row

SOON: Final = 40  # milliseconds in which the changes of others are gathered

Refusal = Callable[[str], None]


class Editing(QObject):
    """Sends what fields want, and brings each the answer."""

    troubled = Signal(object)  # a FacilitatorError that no field in sight can show
    answered = Signal()  # something that was sent is done or refused

    def __init__(self, replica: Replica, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.replica = replica
        self._fields: dict[UUID, Field] = {}
        replica.applied.connect(self._applied)
        replica.loaded.connect(self._loaded)

    @property
    def state(self) -> State:
        """The meeting as it is known here."""
        return self.replica.state

    def send(
        self,
        command: Command,
        field: Field | None = None,
        *,
        refused: Refusal | None = None,
        done: Callable[[], None] | None = None,
    ) -> None:
        """Ask for a change; ``field`` or ``refused`` hears why not, ``done`` that it was done."""
        if field is not None:
            self._fields[command.id] = field
        self.replica.send(command, lambda outcome: self._heard(outcome, refused, done))

    def _heard(
        self, outcome: Outcome, refused: Refusal | None, done: Callable[[], None] | None
    ) -> None:
        if not shiboken6.isValid(self):
            return
        reason = sentence(outcome.error) if outcome.error is not None else ""
        field = self._fields.pop(outcome.command.id, None)
        told = False
        if field is not None and shiboken6.isValid(field):
            field.answered(reason)
            told = field.isVisible()
        if outcome.error is not None:
            if refused is not None:
                refused(reason)
            elif not told:
                self.troubled.emit(outcome.error)
        elif done is not None:
            done()
        self.answered.emit()

    def _applied(self, entry: Entry) -> None:
        field = self._fields.get(entry.command_id)
        if field is not None and shiboken6.isValid(field):
            field.seen()

    def _loaded(self) -> None:
        for field in self._fields.values():
            if shiboken6.isValid(field):
                field.reloaded()


class Section(QWidget):
    """A part of a page that shows some kinds of things, and follows what happens to them."""

    title: ClassVar[str] = ""  # marked with N_
    kinds: ClassVar[tuple[type[Entity], ...]] = ()
    said = Signal(str)  # a sentence for the status bar

    def __init__(self, editing: Editing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editing = editing
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.timeout.connect(self.catch_up)
        self._stale = True
        editing.replica.applied.connect(self._applied)
        editing.replica.loaded.connect(self.catch_up_soon)
        editing.answered.connect(self._answered)

    @property
    def state(self) -> State:
        """The meeting as it is known here."""
        return self.editing.state

    @abstractmethod
    def refresh(self) -> None:
        """Show the meeting as it is now."""

    @abstractmethod
    def commit(self) -> None:
        """Send what was typed and not sent yet."""

    @property
    def unsent(self) -> bool:
        """Whether something stands here that the meeting may not hold yet."""
        return False

    def catch_up(self) -> None:
        """Show the meeting as it is now, when in sight; otherwise as soon as it is."""
        self._late.stop()
        self._stale = not self.isVisible()
        if self.editing.replica.ready and (not self._stale or self.unsent):
            self.refresh()

    def catch_up_soon(self) -> None:
        """The same, in the next turn of the event loop."""
        self._stale = True
        if self.isVisible() or self.unsent:
            self._late.start(0)

    def _answered(self) -> None:
        """Also out of sight: what was typed while something was on its way goes after it."""
        if self.isVisible() or self.unsent:
            self.catch_up_soon()

    def showEvent(self, event: QShowEvent) -> None:
        """Coming into sight, it shows what happened meanwhile."""
        super().showEvent(event)
        if self._stale:
            self.catch_up()

    def hideEvent(self, event: QHideEvent) -> None:
        """Leaving, nothing that was typed stays behind."""
        super().hideEvent(event)
        self.commit()

    def _applied(self, entry: Entry) -> None:
        if not any(isinstance(change.subject, self.kinds) for change in entry.changes):
            return
        self._stale = True
        if entry.actor == self.editing.replica.actor:
            self.catch_up_soon()
        elif self.isVisible() and not self._late.isActive():
            self._late.start(SOON)


class Commands(msgspec.Struct, frozen=True, kw_only=True):
    """The commands behind an ordered list of one kind of thing; None where it has no such act."""

    add: Callable[[UUID, str], Command] | None = None
    edit: Callable[[UUID, str, Edit], Command]
    move: Callable[[UUID, UUID | None], Command] | None = None
    remove: Callable[[UUID], Command]


Make = Callable[..., Command]
"""A kind of command, made with its fields by name."""


def commands_of(
    name: str,
    *,
    edit: Make,
    move: Make,
    remove: Make,
    add: Callable[[UUID, str], Command] | None = None,
    changes: Callable[[str, Edit], dict[str, Any]] = lambda column, edit: {column: edit.value},
) -> Commands:
    """The commands behind a list of things whose id is the field ``name`` of each command."""
    return Commands(
        add=add,
        edit=lambda key, column, given: edit(id=uuid4(), **{name: key}, **changes(column, given)),
        move=lambda key, before: move(id=uuid4(), **{name: key}, before=before),
        remove=lambda key: remove(id=uuid4(), **{name: key}),
    )


class ListBinding(QObject):
    """An ordered list on the screen, and the list in the meeting that it shows."""

    def __init__(
        self,
        view: OrderedList,
        editing: Editing,
        commands: Commands,
        rows: Callable[[State], Sequence[Row]],
        gone: Callable[[], None],
    ) -> None:
        super().__init__(view)
        self.view, self._editing, self._commands, self._rows = view, editing, commands, rows
        self._gone = gone
        view.edited.connect(self._edit)
        view.moved.connect(self._move)
        view.removed.connect(self._remove)
        view.added.connect(self._add)

    def refresh(self) -> None:
        """Show the list as it is now."""
        self.view.show_rows(self._rows(self._editing.state))

    def _edit(self, row: UUID, column: str, edit: Edit) -> None:
        self._editing.send(self._commands.edit(row, column, edit), self.view.field(row, column))

    def _move(self, row: UUID, before: UUID | None) -> None:
        if self._commands.move is not None:
            self._editing.send(
                self._commands.move(row, before), refused=lambda reason: self.view.say(row, reason)
            )

    def _remove(self, row: UUID) -> None:
        self._editing.send(
            self._commands.remove(row),
            refused=lambda reason: self.view.say(row, reason),
            done=self._gone,
        )

    def _add(self, row: UUID, text: str) -> None:
        if self._commands.add is not None:
            self._editing.send(
                self._commands.add(row, text), refused=lambda reason: self.view.refuse(row, reason)
            )


def typed_changes(column: str, edit: Edit) -> dict[str, Any]:
    """What is typed may cross what another types; what is chosen or ticked is what it is."""
    typed = type(edit.value) is str  # not one of an enumeration
    return {column: Typed(base=edit.base, text=edit.text) if typed else edit.value}
