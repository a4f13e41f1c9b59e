"""A proposal beside the frames: of each whether it meets it, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final
from uuid import UUID, uuid4, uuid5

import msgspec
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from facilitator.i18n import N_, _
from facilitator.kernel.text import tidy
from facilitator.meeting.fields import Typed
from facilitator.meeting.frames import Frame
from facilitator.meeting.ids import FrameId, ProposalId, ResponseId
from facilitator.meeting.proposals import (
    AddResponse,
    EditResponse,
    RemoveResponse,
    Response,
    Stance,
)
from ui.console.editing import Editing
from ui.widgets.choices import ChoiceField, Options, ReadField
from ui.widgets.draft import Edit
from ui.widgets.fields import Field, TextField
from ui.widgets.ordered_list import Column, OrderedList, Row

CHOICE: Final = 164  # pixels; the longest word of them and its arrow
WHY_NOT: Final = N_("Schrijf op waarom niet; dan telt het.")
_IDS: Final = UUID("0f5a7a3e-4d0b-5b51-9a6e-5a1c2a6f7d42")


class Held(msgspec.Struct, frozen=True):
    """What can be chosen of a frame."""

    stance: Stance
    settled: bool = False


MEETS: Final = Held(Stance.AGREES)
FAILS: Final = Held(Stance.OBJECTS)
SETTLED: Final = Held(Stance.OBJECTS, settled=True)
HELD_NAMES: Final[Mapping[Held | None, str]] = {
    None: N_("niet besproken"),
    MEETS: N_("voldoet"),
    FAILS: N_("voldoet niet"),
    SETTLED: N_("opgelost"),
}


class HeldList(OrderedList):
    """A row for each frame. “Voldoet niet” waits here for its reason, and goes with it."""

    def __init__(self, editing: Editing, parent: QWidget | None = None) -> None:
        options = Options()
        options.offer([(held, _(name)) for held, name in HELD_NAMES.items()])
        columns = [
            Column(name="frame", title=_("Kader"), make=ReadField, share=4),
            Column(
                name="held",
                title=_("Voldoet het?"),
                make=lambda: ChoiceField("", options),
                width=CHOICE,
            ),
            Column(
                name="reason",
                title=_("Waarom"),
                make=lambda: TextField(enter="leave", merges="engine"),
                share=5,
            ),
        ]
        super().__init__(columns, thing=_("kader"), acts=(), parent=parent)
        options.setParent(self)
        self._editing = editing
        self._proposal = ProposalId(UUID(int=0))
        self._frames: Sequence[Frame] = ()
        self._held: Mapping[FrameId, Response] = {}
        self._chosen: dict[FrameId, Held] = {}  # what waits for its reason
        self.edited.connect(self._edit)

    def show_held(
        self, proposal: ProposalId, frames: Sequence[Frame], held: Mapping[FrameId, Response]
    ) -> None:
        """Show what was said of each frame, and what waits for its reason."""
        self._proposal, self._frames, self._held = proposal, frames, held
        there = {frame.id for frame in frames}
        self._chosen = {key: chosen for key, chosen in self._chosen.items() if key in there}
        self.show_rows([self._row(number, frame) for number, frame in enumerate(frames, start=1)])

    def as_typed(self) -> Iterator[Response]:
        """What is said here with what was typed and not sent yet."""
        for frame in self._frames:
            known = self._held.get(frame.id)
            chosen = self._chosen.get(frame.id) or _held(known)
            line = self.lines.get(frame.id)
            if chosen is None or line is None:
                continue
            field = line.fields["reason"]
            typed = field.draft.text if isinstance(field, TextField) and field.dirty else None
            reason = typed if typed is not None else known.reason if known else ""
            yield Response(
                id=known.id if known else self._new_id(frame.id),
                proposal=self._proposal,
                frame=frame.id,
                stance=chosen.stance,
                settled=chosen.settled,
                reason=tidy(reason),
                order=known.order if known else 0.0,
            )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A choice that waits says so for as long as it does; Esc gives it up."""
        done = super().eventFilter(watched, event)
        waiting = [key for key in self._chosen if self._reason(key).editor is watched]
        if waiting and not self._reason(waiting[0]).draft.text.strip():
            if event.type() is QEvent.Type.FocusOut:
                self._reason(waiting[0]).blame(_(WHY_NOT))
            elif isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Cancel):
                del self._chosen[waiting[0]]
                self._show_again()
        return done

    def _row(self, number: int, frame: Frame) -> Row:
        known = self._held.get(frame.id)
        first = f"{number}. {frame.text.split(chr(10))[0]}"
        whole = "\n".join(filter(None, (f"{number}. {frame.text}", frame.set_by)))
        return Row(
            id=frame.id,
            values={
                "frame": (first, whole),
                "held": self._chosen.get(frame.id) or _held(known),
                "reason": known.reason if known else "",
            },
            named=_("kader {frame}").format(frame=first),
        )

    def _edit(self, row: UUID, column: str, edit: Edit) -> None:
        if column == "held":
            self._choose(FrameId(row), edit.value)
        else:
            self._explain(FrameId(row), edit)

    def _choose(self, frame: FrameId, chosen: Held | None) -> None:
        known, field, reason = self._held.get(frame), self.field(frame, "held"), self._reason(frame)
        self._chosen.pop(frame, None)
        told = reason.draft.text.strip()
        if chosen is not None and chosen.stance is Stance.OBJECTS and not told:
            self._wait(frame, chosen)
        elif chosen is None and known is None:
            field.answered("")
            self._show_again()
        elif chosen is None:
            assert known is not None  # noqa: S101 - the case before this one
            self._editing.send(RemoveResponse(id=uuid4(), response=known.id), field)
        elif known is None:
            self._answer(frame, chosen, told, field)
        else:
            self._editing.send(
                EditResponse(
                    id=uuid4(), response=known.id, stance=chosen.stance, settled=chosen.settled
                ),
                field,
            )
        if chosen is None:
            reason.forget()

    def _wait(self, frame: FrameId, chosen: Held) -> None:
        """An objection without a reason is none: ask for it, and send both."""
        self._chosen[frame] = chosen
        self.field(frame, "held").answered("")
        self._show_again()
        self._reason(frame).blame(_(WHY_NOT))
        self.go_to(frame, "reason")

    def _explain(self, frame: FrameId, edit: Edit) -> None:
        known, chosen = self._held.get(frame), self._chosen.get(frame)
        field = self._reason(frame)
        if known is not None:
            changes: dict[str, Any] = {"reason": Typed(base=edit.base, text=edit.text)}
            if chosen is not None:
                changes |= {"stance": chosen.stance, "settled": chosen.settled}
            command = EditResponse(id=uuid4(), response=known.id, **changes)
            self._editing.send(command, field, done=lambda: self._taken(frame))
        elif chosen is not None:
            self._answer(frame, chosen, edit.text, field)
        else:
            field.answered(
                _("Kies ook of het voorstel aan dit kader voldoet.") if edit.text else ""
            )

    def _answer(self, frame: FrameId, chosen: Held, reason: str, field: Field) -> None:
        command = AddResponse(
            id=uuid4(),
            response=self._new_id(frame),
            proposal=self._proposal,
            frame=frame,
            stance=chosen.stance,
            reason=reason,
            settled=chosen.settled,
        )
        self._editing.send(command, field, done=lambda: self._taken(frame))

    def _taken(self, frame: FrameId) -> None:
        self._chosen.pop(frame, None)
        if frame in self.lines:
            self._reason(frame).blame("")

    def _reason(self, frame: FrameId) -> TextField:
        field = self.field(frame, "reason")
        assert isinstance(field, TextField)  # noqa: S101 - its column makes it
        return field

    def _show_again(self) -> None:
        self.show_held(self._proposal, self._frames, self._held)

    def _new_id(self, frame: FrameId) -> ResponseId:
        """The id is the same for all: who answer at once give one answer."""
        return ResponseId(uuid5(_IDS, f"{self._proposal} {frame}"))


def _held(known: Response | None) -> Held | None:
    if known is None:
        return None
    return MEETS if known.stance is Stance.AGREES else Held(known.stance, settled=known.settled)
