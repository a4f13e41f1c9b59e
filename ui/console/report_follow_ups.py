"""Verslag: what was done with what people brought in, filled in after the meeting."""

from __future__ import annotations

from typing import ClassVar, Final
from uuid import uuid4

from PySide6.QtWidgets import QWidget

from facilitator.i18n import N_, _
from facilitator.kernel.entity import Entity
from facilitator.kernel.state import State
from facilitator.meeting.follow_ups import (
    AddFollowUp,
    EditFollowUp,
    FollowUp,
    MoveFollowUp,
    RemoveFollowUp,
    Result,
    follow_ups,
)
from facilitator.meeting.ids import FollowUpId
from facilitator.meeting.meeting import the_meeting
from facilitator.meeting.outline import ReportForm
from facilitator.meeting.themes import Theme
from ui.console.editing import Commands, Editing, commands_of, typed_changes
from ui.console.outline_words import RESULT_NAMES
from ui.console.report_outcomes import OutcomeSection
from ui.widgets.choices import ChoiceField, Options
from ui.widgets.fields import TextField
from ui.widgets.ordered_list import Column, Row

_THEME: Final = 84  # pixels; its number and the first letters
_RESULT: Final = 146
_TOLD_IN: Final = frozenset({ReportForm.PARTICIPATION, ReportForm.FEEDBACK})


class FollowUpsSection(OutcomeSection):
    """What was taken over, partly or not, and why."""

    title: ClassVar[str] = N_("Wat is ermee gedaan")
    removed: ClassVar[str] = N_("Punt weggehaald. Ctrl+Z zet het terug.")
    adds: ClassVar[str] = N_("Nog een punt: iets dat is ingebracht")
    kinds: ClassVar[tuple[type[Entity], ...]] = (FollowUp, Theme)

    def __init__(self, editing: Editing, parent: QWidget | None = None) -> None:
        super().__init__(editing, parent)
        self.results = Options(self)
        self.results.offer([(result, _(RESULT_NAMES[result])) for result in Result])
        self.about.setText(
            _("Vul dit later in, als bekend is wat u overneemt. Maak het verslag dan opnieuw.")
        )
        self.about.show()

    def columns(self) -> list[Column]:
        """What was brought in, of which theme, what was done with it, why."""
        what, why = _("Ingebracht"), _("Waarom")
        return [
            Column(
                name="what",
                title=what,
                make=lambda: TextField(what, enter="leave", merges="engine"),
                share=1,
            ),
            Column(
                name="theme",
                title=_("Thema"),
                make=lambda: ChoiceField(_("Thema"), self.options),
                width=_THEME,
            ),
            Column(
                name="result",
                title=_("Gedaan"),
                make=lambda: ChoiceField(_("Gedaan"), self.results),
                width=_RESULT,
            ),
            Column(
                name="why",
                title=why,
                make=lambda: TextField(why, enter="leave", merges="engine"),
                share=1,
            ),
        ]

    def commands(self) -> Commands:
        """Of what was done."""
        return commands_of(
            "follow_up",
            add=lambda key, text: AddFollowUp(id=uuid4(), follow_up=FollowUpId(key), what=text),
            edit=EditFollowUp,
            move=MoveFollowUp,
            remove=RemoveFollowUp,
            changes=typed_changes,
        )

    def rows(self, state: State) -> list[Row]:
        """All of them, first one first."""
        return [
            Row(
                id=each.id,
                mark=str(number),
                values={
                    "what": each.what,
                    "theme": each.theme,
                    "result": each.result,
                    "why": each.why,
                },
            )
            for number, each in enumerate(follow_ups(state), start=1)
        ]


def told_of(state: State) -> bool:
    """Whether the page shows it: the form tells of it, or somebody began to fill it in."""
    return the_meeting(state).report in _TOLD_IN or bool(state.all(FollowUp))
