"""Verslag: what happens next, and how people went home."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from facilitator.i18n import N_, _
from ui.console.editing import Editing
from ui.console.form import MeetingForm
from ui.widgets.fields import LineField, TextField


class NextSection(MeetingForm):
    """What happens next, and how the meeting ended."""

    title: ClassVar[str] = N_("Zo gaat het verder")

    def __init__(self, editing: Editing, parent: QWidget | None = None) -> None:
        super().__init__(editing, parent)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        grid = self.card(page, _(self.title))
        what = TextField(least=3, merges="here")
        self.put(
            grid, (0, 0, 6), "what_next", _("Wat er nu gebeurt, en wanneer het verslag komt"), what
        )
        self.put(grid, (1, 0, 6), "next_meeting", _("Volgende bijeenkomst"), LineField())
        out = TextField(least=2, merges="here")
        self.put(grid, (2, 0, 6), "check_out", _("Uitchecken: hoe gaan mensen naar huis?"), out)
