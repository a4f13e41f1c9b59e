"""What a person does to notes from a console: one act, one command, one step to undo."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol
from uuid import UUID, uuid4

import shiboken6
from PySide6.QtCore import QObject, Signal

from facilitator.i18n import _, ngettext
from facilitator.kernel.command import Command
from facilitator.kernel.undo import Undo
from facilitator.meeting.arranging import MarkConclusion, PlaceNotes
from facilitator.meeting.ids import NoteId, OptionId
from facilitator.meeting.merging import MergeNotes, SplitNotes
from facilitator.meeting.notes import ApproveNotes, Cell, EditNote, HideNotes, Note
from facilitator.meeting.votes import AddOption, Option
from ui.board.plan import Waiting
from ui.link.replica import Outcome, Replica


class ShowsWaiting(Protocol):
    """A model that can show that something waits for the engine."""

    def wait(self, command: UUID, waiting: Waiting) -> None:
        """Show a wish as waiting."""

    def settle(self, command: UUID) -> None:
        """The wish was answered."""


class NoteActs(QObject):
    """Sends what is done to notes; what waits for its answer is shown as waiting."""

    said = Signal(str)  # a sentence for the status bar
    done = Signal(str, object)  # the same, and what takes it back
    refused = Signal(object)  # a FacilitatorError
    unsaved = Signal(object, str)  # a Note, and words for it that were refused

    def __init__(
        self, replica: Replica, model: ShowsWaiting, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._replica, self._model = replica, model

    def place(self, notes: Sequence[NoteId], cell: Cell, before: NoteId | None) -> None:
        """Put notes in a cell, in front of another note or at the end."""
        theme, category = cell
        command = PlaceNotes(
            id=uuid4(), notes=tuple(notes), theme=theme, category=category, before=before
        )
        moved = ngettext("{number} notitie verplaatst", "{number} notities verplaatst", len(notes))
        self._send(command, Waiting(notes=tuple(notes), cell=cell, before=before), moved)

    def edit(self, note: NoteId, text: str) -> None:
        """Give a note other words."""
        known = self._replica.state.get(Note, note)
        if text.strip() and text != known.text:
            self._send(
                EditNote(id=uuid4(), note=note, text=text),
                Waiting(notes=(note,)),
                failed=lambda: self.unsaved.emit(known, text),
            )

    def hide(self, notes: Sequence[NoteId]) -> None:
        """Take notes out of sight."""
        if notes:
            sentence = ngettext(
                "{number} notitie verborgen · Ctrl+Z brengt haar terug",
                "{number} notities verborgen · Ctrl+Z brengt ze terug",
                len(notes),
            )
            waiting = Waiting(notes=tuple(notes))
            self._send(HideNotes(id=uuid4(), notes=tuple(notes)), waiting, sentence)

    def show(self, notes: Sequence[NoteId]) -> None:
        """Bring hidden notes back."""
        if notes:
            sentence = ngettext(
                "{number} notitie weer in zicht", "{number} notities weer in zicht", len(notes)
            )
            waiting = Waiting(notes=tuple(notes))
            self._send(HideNotes(id=uuid4(), notes=tuple(notes), hidden=False), waiting, sentence)

    def approve(self, notes: Sequence[NoteId]) -> None:
        """Let the hall see notes that waited."""
        if notes:
            sentence = ngettext(
                "{number} notitie goedgekeurd", "{number} notities goedgekeurd", len(notes)
            )
            waiting = Waiting(notes=tuple(notes))
            self._send(ApproveNotes(id=uuid4(), notes=tuple(notes)), waiting, sentence)

    def merge(self, into: NoteId, notes: Sequence[NoteId]) -> None:
        """Put notes under another."""
        sentence = ngettext(
            "{number} notitie samengevoegd · Ctrl+Z maakt haar weer los",
            "{number} notities samengevoegd · Ctrl+Z maakt ze weer los",
            len({into, *notes}),
        )
        command = MergeNotes(id=uuid4(), into=into, notes=tuple(notes))
        self._send(command, Waiting(notes=(into, *notes)), sentence)

    def split(self, notes: Sequence[NoteId]) -> None:
        """Let what lies under notes stand for itself again, or notes that lie under another."""
        command = SplitNotes(id=uuid4(), notes=tuple(notes))
        self._send(command, Waiting(notes=tuple(notes)), _("De notities staan weer los"))

    def conclude(self, note: NoteId) -> None:
        """Let a note stand out as the conclusion of its cell, or no longer."""
        conclusion = not self._replica.state.get(Note, note).conclusion
        sentence = _("Conclusie gemarkeerd") if conclusion else _("Geen conclusie meer")
        command = MarkConclusion(id=uuid4(), note=note, conclusion=conclusion)
        self._send(command, Waiting(notes=(note,)), sentence)

    def put_to_vote(self, notes: Sequence[NoteId]) -> None:
        """Let people vote for these notes: each becomes a choice, with its words as they are."""
        state = self._replica.state
        there = {option.note for option in state.all(Option)}
        new = [state.get(Note, key) for key in notes if key not in there]
        if not new:
            if notes:
                self.said.emit(_("Dit staat al bij Stemmen."))
            return
        told = ngettext(
            "{number} notitie in stemming · openen doet u bij Rondes, onder “Stemmen”",
            "{number} notities in stemming · openen doet u bij Rondes, onder “Stemmen”",
            len(new),
        )
        commands = [
            AddOption(id=uuid4(), option=OptionId(uuid4()), text=n.text, theme=n.theme, note=n.id)
            for n in new
        ]
        *first, last = commands
        for command in first:
            self.send(command)
        self.send(last, lambda: self._put(told, {command.id for command in commands}))

    def _put(self, told: str, commands: set[UUID]) -> None:
        """All is done: say so, with the way back for just this, whatever is done meanwhile."""
        undo, _redo = self._replica.state.history.stacks(self._replica.actor)
        entries = [entry.revision for entry in undo if entry.command_id in commands]

        def take_back() -> None:
            for revision in reversed(entries):
                self.send(Undo(id=uuid4(), entry=revision))

        self.done.emit(told, take_back)

    def send(self, command: Command, done: Callable[[], None] | None = None) -> None:
        """Send something that is not about one note; ``done`` follows when it was done."""

        def heard(outcome: Outcome) -> None:
            if not shiboken6.isValid(self):
                return
            if outcome.error is not None:
                self.refused.emit(outcome.error)
            elif done is not None:
                done()

        self._replica.send(command, heard)

    def _send(
        self,
        command: Command,
        waiting: Waiting,
        sentence: str = "",
        failed: Callable[[], None] | None = None,
    ) -> None:
        self._model.wait(command.id, waiting)

        def heard(outcome: Outcome) -> None:
            if not shiboken6.isValid(self):
                return
            self._model.settle(command.id)
            if outcome.error is not None:
                self.refused.emit(outcome.error)
                if failed is not None:
                    failed()
            elif sentence:
                self.said.emit(sentence)

        self._replica.send(command, heard)
