"""Verslag: the frames and the proposals, each held against them; one quiet line where unused."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Final
from uuid import UUID, uuid4

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from facilitator.i18n import N_, _
from facilitator.kernel.entity import Entity
from facilitator.kernel.state import State
from facilitator.meeting.frames import Frame, frames
from facilitator.meeting.ids import ProposalId
from facilitator.meeting.meeting import Meeting
from facilitator.meeting.proposals import (
    AddProposal,
    EditProposal,
    MoveProposal,
    Proposal,
    RemoveProposal,
    Response,
    proposals,
)
from facilitator.meeting.themes import Theme
from ui import theme
from ui.console.editing import Commands, Editing, ListBinding, commands_of, typed_changes
from ui.console.frame_list import (
    ADDS,
    decides,
    frame_columns,
    frame_commands,
    frame_gone,
    frame_rows,
)
from ui.console.proposal_talk import TalkField, said_of
from ui.console.report_outcomes import OutcomeSection
from ui.widgets.buttons import button, give_icon
from ui.widgets.fields import TextField
from ui.widgets.frames import Card
from ui.widgets.labels import label
from ui.widgets.ordered_list import Column, OrderedList, Row

GONE: Final = N_("Bezwaar weggehaald. Ctrl+Z zet het terug.")


class ProposalsSection(OutcomeSection):
    """What was proposed, beside the conditions that it must meet."""

    title: ClassVar[str] = N_("Kaders en voorstellen")
    removed: ClassVar[str] = N_("Voorstel weggehaald. Ctrl+Z zet het terug.")
    adds: ClassVar[str] = N_("Nog een voorstel: typ het en druk op Enter")
    kinds: ClassVar[tuple[type[Entity], ...]] = (Frame, Proposal, Response, Theme, Meeting)

    def __init__(self, editing: Editing, parent: QWidget | None = None) -> None:
        self._begun = False  # somebody asked for it
        super().__init__(editing, parent)
        self.unused = Card(across=True, margin="s")
        told = _(
            "Beslist u samen over voorstellen? Leg ze naast de kaders, en vraag naar bezwaren."
        )
        self.unused.body.addWidget(label(told, "muted", wraps=True), 1)
        self.begin = button(_("Voorstel opschrijven"), "plus", self._begin, quiet=True, small=True)
        self.unused.body.addWidget(self.begin)
        page = self.layout()
        assert isinstance(page, QVBoxLayout)  # noqa: S101 - made by OutcomeSection
        page.insertWidget(0, self.unused)
        self._card.hide()

    def above(self, card: Card) -> None:
        """The frames, folded as long as they are as they were prepared."""
        self._card = card
        self.fold = button(_("Kaders"), "chevron-right", self._turn, quiet=True, small=True)
        card.body.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignLeft)
        self.frames = OrderedList(frame_columns(), thing=_("kader"), adds=_(ADDS), marked=True)
        self._frames = ListBinding(
            self.frames,
            self.editing,
            frame_commands(),
            frame_rows,
            lambda: self.said.emit(frame_gone(self.state)),
        )
        self.frames.hide()
        card.body.addWidget(self.frames)
        card.body.addSpacing(theme.space("xs"))

    def columns(self) -> list[Column]:
        """What is proposed, and under it what is said of it."""
        return [
            Column(
                name="text",
                title=_("Voorstel"),
                make=lambda: TextField(enter="leave", merges="engine"),
            ),
            Column(
                name="talk",
                make=lambda: TalkField(self.editing, self.options, self._objection_gone),
                under=True,
            ),
        ]

    def commands(self) -> Commands:
        """Of proposals."""
        return commands_of(
            "proposal",
            add=lambda key, text: AddProposal(id=uuid4(), proposal=ProposalId(key), text=text),
            edit=EditProposal,
            move=MoveProposal,
            remove=RemoveProposal,
            changes=typed_changes,
        )

    def rows(self, state: State) -> list[Row]:
        """The proposals, first one first."""
        row = tuple(frames(state))
        return [
            Row(
                id=thing.id,
                mark=str(number),
                values={"text": thing.text, "talk": said_of(state, thing, number, row)},
                named=str(number),
            )
            for number, thing in enumerate(proposals(state), start=1)
        ]

    def refresh(self) -> None:
        """Show the frames and the proposals; a meeting that has none sees one line."""
        number = len(self.state.all(Frame))
        focus = QApplication.focusWidget()
        if focus is not None and self._card.isAncestorOf(focus):
            self._begun = True  # it does not fold away under somebody's hands
        self.unused.setVisible(not self.used)
        self._card.setVisible(self.used)
        self._frames.refresh()
        super().refresh()
        self.fold.setText(_("Kaders ({number})").format(number=number) if number else _("Kaders"))

    @property
    def used(self) -> bool:
        """Whether there is something of this in the meeting, or somebody asked for it."""
        return self._begun or decides(self.state) or self.unsent

    @property
    def unsent(self) -> bool:
        """Whether something stands here that the meeting may not hold yet."""
        return super().unsent or self.frames.dirty

    def commit(self) -> None:
        """Send what was typed and not sent yet."""
        self.frames.commit()
        super().commit()

    def as_typed(self) -> Iterator[Response]:
        """What is said of proposals, with what was typed and not sent yet."""
        for line in self.list.lines.values():
            field = line.fields["talk"]
            if isinstance(field, TalkField):
                yield from field.as_typed()

    def unfold(self, proposal: UUID) -> None:
        """Show all that is said of a proposal."""
        field = self.list.field(proposal, "talk")
        if isinstance(field, TalkField):
            field.unfold()

    def at_frames(self, focus: QWidget) -> bool:
        """Whether the keyboard is in the frames."""
        return focus is self.fold or self.frames.isAncestorOf(focus)

    def _begin(self) -> None:
        self._begun = True
        self.refresh()
        self.list.adder.line.setFocus()

    def _turn(self) -> None:
        shown = self.frames.isHidden()
        self.frames.setVisible(shown)
        self.fold.setAccessibleDescription(_("Uitgeklapt") if shown else _("Ingeklapt"))
        give_icon(self.fold, "chevron-down" if shown else "chevron-right")

    def _objection_gone(self) -> None:
        self.said.emit(_(GONE))
