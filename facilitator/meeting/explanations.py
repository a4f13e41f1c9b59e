"""Explanations: what was said about a theme in the plenary, typed along by one or by two."""

from __future__ import annotations

from typing import ClassVar, Final

from facilitator.kernel.command import Command, Context
from facilitator.kernel.entity import Entity
from facilitator.kernel.errors import NotFound
from facilitator.kernel.roles import CONSOLES, Role
from facilitator.kernel.rules import Changes, Rules
from facilitator.kernel.state import State
from facilitator.meeting import fields
from facilitator.meeting.fields import Typed
from facilitator.meeting.ids import ThemeId


class Explanation(Entity, frozen=True, kw_only=True, tag="explanation"):
    """The explanation of a theme; there is one a theme, so its id is the theme's."""

    refers: ClassVar[dict[str, str]] = {"id": "theme"}
    texts: ClassVar[frozenset[str]] = frozenset({"text"})

    id: ThemeId
    text: str = ""
    clash: bool = (
        False  # two typed at the same place; both stand in the text, until somebody saw it
    )


class EditExplanation(Command, frozen=True, kw_only=True, tag="edit_explanation"):
    """Type in the explanation of a theme. What another typed meanwhile is kept."""

    roles: ClassVar[frozenset[Role]] = CONSOLES

    theme: ThemeId
    edit: Typed


class SettleExplanation(Command, frozen=True, kw_only=True, tag="settle_explanation"):
    """Say that one has seen that two typed at the same place."""

    roles: ClassVar[frozenset[Role]] = CONSOLES

    theme: ThemeId


def explanation_of(state: State, theme: ThemeId) -> Explanation:
    """The explanation of a theme; empty where nothing was typed."""
    return state.find(Explanation, theme) or Explanation(id=theme)


def edit_explanation(state: State, command: EditExplanation, _context: Context) -> Changes:
    """The explanation with what was typed, and with what another typed meanwhile."""
    known = explanation_of(state, command.theme)
    text, clash = fields.typed(known.text, command.edit)
    yield fields.edited(known, text=text, clash=known.clash or clash)


def settle_explanation(state: State, command: SettleExplanation, _context: Context) -> Changes:
    """The explanation, no longer marked."""
    known = state.find(Explanation, command.theme)
    if known is None:
        raise NotFound("explanation.unknown")
    yield fields.edited(known, clash=False)


RULES: Final[Rules] = {
    EditExplanation: edit_explanation,
    SettleExplanation: settle_explanation,
}
