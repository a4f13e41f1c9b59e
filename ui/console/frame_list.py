"""The list of frames, as it stands on the pages Voorbereiden and Verslag."""

from __future__ import annotations

import re
from typing import Final
from uuid import UUID, uuid4

from facilitator.i18n import N_, _
from facilitator.kernel.command import Command
from facilitator.kernel.state import State
from facilitator.meeting.frames import (
    AddFrame,
    EditFrame,
    Frame,
    MoveFrame,
    RemoveFrame,
    frames,
)
from facilitator.meeting.ids import FrameId
from facilitator.meeting.meeting import the_meeting
from facilitator.meeting.proposals import Proposal, proposals
from ui.console.editing import Commands, commands_of, typed_changes
from ui.widgets.fields import Field, TextField
from ui.widgets.ordered_list import Column, Row

ADDS: Final = N_("Nog een kader: typ het, en dan Tab voor van wie het is")
GONE: Final = N_("Kader weggehaald. Ctrl+Z zet het terug.")
GONE_WITH: Final = N_(
    "Kader weggehaald, met wat er bij de voorstellen over gezegd is. Ctrl+Z zet alles terug."
)


def frame_columns() -> list[Column]:
    """The condition with its sub-points, and whose it is."""
    return [
        Column(name="text", title=_("Kader"), make=_words, share=5),
        Column(name="set_by", title=_("Van"), make=_words, share=2),
    ]


def frame_commands() -> Commands:
    """Of frames."""
    return commands_of(
        "frame", add=_add, edit=EditFrame, move=MoveFrame, remove=RemoveFrame, changes=typed_changes
    )


def frame_rows(state: State) -> list[Row]:
    """The frames; the number of each is its place."""
    return [
        Row(
            id=frame.id,
            mark=str(number),
            values={"text": frame.text, "set_by": frame.set_by},
            named=str(number),
        )
        for number, frame in enumerate(frames(state), start=1)
    ]


def frame_gone(state: State) -> str:
    """What is said when one was taken away."""
    return _(GONE_WITH if proposals(state) else GONE)


def decides(state: State) -> bool:
    """Whether this meeting has frames or proposals, or an issue that asks for them."""
    return bool(state.all(Frame) or state.all(Proposal) or the_meeting(state).issue)


def _words() -> Field:
    return TextField(enter="leave", merges="engine")


def _add(key: UUID, text: str) -> Command:
    """Of a line from a spreadsheet the second cell tells whose it is."""
    words, set_by = (*re.split(r"\s*\t\s*", text.strip()), "")[:2]
    return AddFrame(id=uuid4(), frame=FrameId(key), text=words, set_by=set_by)
