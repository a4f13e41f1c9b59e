"""What is done to phones from in front of the hall: stop them, close a table, clear a wall, mute."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from uuid import UUID, uuid4

import shiboken6
from PySide6.QtCore import QObject, Signal

from facilitator.i18n import _, ngettext
from facilitator.kernel.command import Command
from facilitator.kernel.undo import Undo
from facilitator.meeting.meeting import EditMeeting, FreezePhones
from facilitator.meeting.notes import MOST_AT_ONCE, OF_TABLE, HideNotes, Note
from facilitator.meeting.people import MuteParticipant, Participant
from facilitator.meeting.tables import CloseTable, Table
from ui.link.replica import Outcome, Replica


class Steering(QObject):
    """Sends it, and says what came of it. Nothing is asked before: all of it can be taken back."""

    said = Signal(str)  # a sentence for the status bar
    done = Signal(str, object)  # the same, and what takes it back
    refused = Signal(object)  # a FacilitatorError

    def __init__(self, replica: Replica, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._replica = replica

    def freeze(self, *, frozen: bool) -> None:
        """Let the phones stand still, or write again."""
        told = _("De telefoons staan stil.") if frozen else _("De telefoons schrijven weer.")
        self._tell(FreezePhones(id=uuid4(), frozen=frozen), told)

    def close(self, table: Table, *, closed: bool) -> None:
        """Let nobody write at a table, or let them again."""
        told = _("Tafel {number} is gesloten.") if closed else _("Tafel {number} is weer open.")
        command = CloseTable(id=uuid4(), table=table.id, closed=closed)
        self._tell(command, told.format(number=table.number))

    def show_others(self, *, shown: bool) -> None:
        """Let phones show what others wrote at the same table, or only their own."""
        told = _("Telefoons tonen alleen nog wat men zelf schreef.")
        if shown:
            told = _("Telefoons tonen weer wat anderen aan de tafel schrijven.")
        self._tell(EditMeeting(id=uuid4(), show_earlier=shown), told)

    def mute(self, person: Participant, name: str, *, muted: bool) -> None:
        """Let nobody see what a device writes from now on, or let them again."""
        told = _("{name} is gedempt: wat hier geschreven wordt, ziet alleen u.")
        if not muted:
            told = _("{name} is niet meer gedempt.")
        command = MuteParticipant(id=uuid4(), participant=person.id, muted=muted)
        self._tell(command, told.format(name=name))

    def clear(self, table: Table | None = None) -> None:
        """Hide all notes of a table, or of all tables."""
        state = self._replica.state
        there: Iterable[Note] = (
            state.all(Note) if table is None else state.where(OF_TABLE, table.id)
        )
        notes = [note.id for note in there if not note.hidden]
        if not notes:
            self.said.emit(_("Hier hangt geen enkele notitie."))
            return
        told = ngettext("{number} notitie verborgen.", "{number} notities verborgen.", len(notes))
        commands = [
            HideNotes(id=uuid4(), notes=tuple(notes[first : first + MOST_AT_ONCE]))
            for first in range(0, len(notes), MOST_AT_ONCE)
        ]
        *first, last = commands
        for command in first:
            self._send(command)
        self._send(last, lambda: self._cleared(told, {command.id for command in commands}))

    def _cleared(self, told: str, commands: set[UUID]) -> None:
        """All is hidden: say so, with the way back for just this, whatever is done meanwhile."""
        undo, _redo = self._replica.state.history.stacks(self._replica.actor)
        entries = [entry.revision for entry in undo if entry.command_id in commands]

        def take_back() -> None:
            for revision in reversed(entries):
                self._send(Undo(id=uuid4(), entry=revision))

        self.done.emit(told, take_back)

    def _tell(self, command: Command, told: str) -> None:
        self._send(command, lambda: self.said.emit(told))

    def _send(self, command: Command, done: Callable[[], object] | None = None) -> None:
        def heard(outcome: Outcome) -> None:
            if not shiboken6.isValid(self):
                return
            if outcome.error is not None:
                self.refused.emit(outcome.error)
            elif done is not None:
                done()

        self._replica.send(command, heard)
