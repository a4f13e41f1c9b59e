"""Typing over paper notes: one line, and Enter."""

from __future__ import annotations

from uuid import uuid4

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from facilitator.i18n import _
from facilitator.meeting.ids import NoteId
from facilitator.meeting.meeting import the_meeting
from facilitator.meeting.notes import WriteNote
from facilitator.meeting.programme import StepKind, current_step
from ui import theme
from ui.console.notes_filters import Choice, round_choices, table_choices, theme_choices
from ui.link.replica import Outcome, Replica
from ui.widgets.buttons import button
from ui.widgets.frames import Card


class PaperEntry(Card):
    """The line in which paper notes are typed over. Table, theme and round stay as they are."""

    said = Signal(str)
    refused = Signal(object)  # a FacilitatorError

    def __init__(self, replica: Replica, parent: QWidget | None = None) -> None:
        super().__init__(margin="s", parent=parent)
        self._replica = replica
        self._chosen_round = False
        self.text = QLineEdit()
        self.text.setPlaceholderText(_("Papieren notitie overtypen…"))
        self.text.setAccessibleName(_("Papieren notitie overtypen"))
        self.text.setToolTip(_("Ctrl+N begint hier, Enter voegt toe"))
        self.text.setMinimumWidth(200)
        self.table = Choice(_("Van welke tafel"))
        self.theme = Choice(_("Bij welk thema"))
        self.theme.setMinimumContentsLength(14)
        self.round = Choice(_("Uit welke ronde"))
        self.add = button(_("Toevoegen"), "plus", self.send)
        self.text.returnPressed.connect(self.send)
        self.text.textChanged.connect(self._allow)
        self.round.activated.connect(self._round_chosen)
        row = QHBoxLayout()
        row.setSpacing(theme.space("s"))
        row.addWidget(self.text, 1)
        for widget in (self.table, self.theme, self.round, self.add):
            row.addWidget(widget)
        self.body.addLayout(row)
        self._allow()

    def refresh(self) -> None:
        """Offer what there is now; the round is the one that is going on, until another is chosen."""
        state = self._replica.state
        self.text.setMaxLength(the_meeting(state).note_length)
        self.table.offer(table_choices(state, _("Zonder tafel")))
        self.theme.offer(theme_choices(state, _("Thema van de tafel")))
        self.round.offer(round_choices(state, _("Zonder ronde")))
        step = current_step(state)
        if not self._chosen_round and step is not None and step.activity is StepKind.ROUND:
            self.round.choose(step.id)

    def send(self) -> None:
        """Write the note. The words go away when it is there, and not before."""
        text = self.text.text().strip()
        if not text:
            return
        self.text.setReadOnly(True)
        command = WriteNote(
            id=uuid4(),
            note=NoteId(uuid4()),
            text=text,
            table=self.table.chosen(),
            step=self.round.chosen(),
            theme=self.theme.chosen(),
        )
        self._replica.send(command, self._heard)

    def _heard(self, outcome: Outcome) -> None:
        self.text.setReadOnly(False)
        if outcome.error is not None:
            self.refused.emit(outcome.error)
            return
        self.text.clear()
        self.said.emit(_("Notitie toegevoegd"))

    def _allow(self) -> None:
        self.add.setEnabled(bool(self.text.text().strip()))

    def _round_chosen(self) -> None:
        self._chosen_round = True
