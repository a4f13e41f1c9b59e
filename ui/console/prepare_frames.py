"""Voorbereiden, section Kaders: the conditions that a plan must meet, and whose they are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from facilitator.i18n import N_, _
from facilitator.kernel.entity import Entity
from facilitator.kernel.state import State
from facilitator.meeting.frames import Frame
from ui.console.editing import Commands
from ui.console.frame_list import ADDS, frame_columns, frame_commands, frame_gone, frame_rows
from ui.console.prepare_section import ListSection
from ui.widgets.ordered_list import Column, OrderedList, Row


class FramesSection(ListSection):
    """The frames, numbered by their places."""

    title: ClassVar[str] = N_("Kaders")
    hint: ClassVar[str] = N_(
        "Voorwaarden waaraan een plan moet voldoen, elk met een nummer, en van welke organisatie. "
        "Shift+Enter maakt een subpunt. De voorstellen zelf schrijft u op bij Verslag; daar legt u "
        "elk voorstel naast deze kaders."
    )
    kinds: ClassVar[tuple[type[Entity], ...]] = (Frame,)

    def make_list(self, columns: Sequence[Column]) -> OrderedList:
        """A numbered list."""
        return OrderedList(columns, thing=_("kader"), adds=_(ADDS), marked=True, scrolls=True)

    def columns(self) -> list[Column]:
        """The condition, and whose it is."""
        return frame_columns()

    def commands(self) -> Commands:
        """Of frames."""
        return frame_commands()

    def rows(self, state: State) -> list[Row]:
        """The frames, first one first."""
        return frame_rows(state)

    def tell_removed(self) -> None:
        """Say that it is gone, with what was said of it."""
        self.said.emit(frame_gone(self.state))
