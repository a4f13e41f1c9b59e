"""What was typed in a note and is not in the meeting: kept in a bar until it is saved or put away."""

from __future__ import annotations

from typing import Final
from uuid import uuid4

import shiboken6
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from facilitator.i18n import _
from facilitator.kernel.command import Command
from facilitator.meeting.ids import NoteId
from facilitator.meeting.notes import EditNote, Note, WriteNote
from facilitator.meeting.tables import Table
from facilitator.meeting.themes import Theme
from ui.link.replica import Outcome, Replica
from ui.widgets.banner import Banner

TALLEST: Final = 400  # characters that are shown


class KeptWords(Banner):
    """A bar with words that would be lost otherwise; several come after one another."""

    said = Signal(str)  # a sentence for the status bar
    refused = Signal(object)  # a FacilitatorError

    def __init__(self, replica: Replica, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._replica = replica
        self._next: list[tuple[Note, str]] = []

    def hold(self, note: Note, text: str) -> None:
        """Keep these words, and offer to save them."""
        if not text.strip():
            return
        self._next.append((note, text))
        if self.isHidden():
            self._offer()

    def clear(self) -> None:
        """These are done with; the next ones, if there are any."""
        super().clear()
        if self._next:
            self._offer()

    def _offer(self) -> None:
        note, text = self._next.pop(0)
        known = self._replica.state.find(Note, note.id)
        if known is None:
            told = _("De notitie waarin u typte, is er niet meer. Uw tekst: “{text}”")
        elif known.hidden and not note.hidden:
            told = _("Een ander verborg de notitie waarin u typte. Uw tekst: “{text}”")
        else:
            told = _("Uw tekst is nog niet bewaard: “{text}”")
        short = text if len(text) <= TALLEST else f"{text[:TALLEST]}…"
        self.tell(told.format(text=short), _("Bewaar toch"), lambda: self._save(note, text))

    def _save(self, note: Note, text: str) -> None:
        """In the note, hidden or not; as a new one where it is gone."""
        known = self._replica.state.find(Note, note.id)
        command: Command
        if known is None:
            said = _("Bewaard als nieuwe notitie.")
            command = self._anew(note, text)
        else:
            said = _("Bewaard.")
            if known.hidden:
                said = _("Bewaard. De notitie blijft verborgen; bij Notities toont u haar weer.")
            command = EditNote(id=uuid4(), note=note.id, text=text)

        def heard(outcome: Outcome) -> None:
            if not shiboken6.isValid(self):
                return
            if outcome.error is None:
                self.said.emit(said)
            else:
                self.refused.emit(outcome.error)
                self.hold(note, text)

        self._replica.send(command, heard)

    def _anew(self, note: Note, text: str) -> WriteNote:
        state = self._replica.state
        return WriteNote(
            id=uuid4(),
            note=NoteId(uuid4()),
            text=text,
            table=note.table if state.find(Table, note.table) is not None else None,
            step=note.round,
            theme=note.theme if state.find(Theme, note.theme) is not None else None,
        )
