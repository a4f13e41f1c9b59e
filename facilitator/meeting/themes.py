"""Themes: what is talked about. One may be open: "wat er verder nog opkomt"."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, ClassVar, Final

from msgspec import UNSET, UnsetType

from facilitator.kernel.command import Command, Context
from facilitator.kernel.entity import Entity, in_order
from facilitator.kernel.errors import Refused
from facilitator.kernel.roles import CONSOLES, Role
from facilitator.kernel.rules import Changes, Gone, Rules
from facilitator.kernel.state import State
from facilitator.meeting import fields, order
from facilitator.meeting.categories import Category
from facilitator.meeting.explanations import Explanation
from facilitator.meeting.ids import ThemeId
from facilitator.meeting.photos import Photo
from facilitator.meeting.projector import the_projector
from facilitator.meeting.tables import Table

MOST: Final = 20  # themes; a matrix with more columns cannot be read


class Colour(StrEnum):
    """The colours of sticky notes; see ``notes`` in ``resources/tokens.json``."""

    YELLOW = "yellow"
    ORANGE = "orange"
    PINK = "pink"
    PURPLE = "purple"
    BLUE = "blue"
    GREEN = "green"


class Theme(Entity, frozen=True, kw_only=True, tag="theme"):
    """A theme. Its number is its place among the themes."""

    single: ClassVar[frozenset[str]] = frozenset({"open"})

    id: ThemeId
    title: str
    question: str = ""
    colour: Colour = Colour.YELLOW
    open: bool = False  # every table may write for it
    order: float = 0.0


class AddTheme(Command, frozen=True, kw_only=True, tag="add_theme"):
    """Make a theme. Without a colour it gets the next one."""

    roles: ClassVar[frozenset[Role]] = CONSOLES

    theme: ThemeId
    title: str
    question: str = ""
    colour: Colour | None = None
    open: bool = False
    before: ThemeId | None = None


class EditTheme(Command, frozen=True, kw_only=True, tag="edit_theme"):
    """Change a theme."""

    roles: ClassVar[frozenset[Role]] = CONSOLES

    theme: ThemeId
    title: str | UnsetType = UNSET
    question: str | UnsetType = UNSET
    colour: Colour | UnsetType = UNSET
    open: bool | UnsetType = UNSET


class MoveTheme(Command, frozen=True, kw_only=True, tag="move_theme"):
    """Put a theme at another place."""

    roles: ClassVar[frozenset[Role]] = CONSOLES

    theme: ThemeId
    before: ThemeId | None = None


class RemoveTheme(Command, frozen=True, kw_only=True, tag="remove_theme"):
    """Take a theme away, with its categories and explanation; not one that has notes."""

    roles: ClassVar[frozenset[Role]] = CONSOLES

    theme: ThemeId


def themes(state: State) -> list[Theme]:
    """The themes, first one first."""
    return in_order(state.all(Theme))


def number_of(state: State, theme: Theme) -> int:
    """The number that people know the theme by."""
    return themes(state).index(theme) + 1


def add_theme(state: State, command: AddTheme, _context: Context) -> Changes:
    """The theme, at its place."""
    row = state.all(Theme)
    if len(row) >= MOST:
        raise Refused("theme.most", maximum=MOST)
    colours = list(Colour)
    new = Theme(
        id=command.theme,
        title=fields.title(command.title),
        question=fields.paragraph(command.question),
        colour=command.colour or colours[len(row) % len(colours)],
        open=command.open,
    )
    yield from order.placed(row, [new], command.before)
    yield from _only_open(state, new)


def edit_theme(state: State, command: EditTheme, _context: Context) -> Changes:
    """The theme with the fields that were sent."""
    changes: dict[str, Any] = fields.given(command, "theme")
    if "title" in changes:
        changes["title"] = fields.title(changes["title"])
    if "question" in changes:
        changes["question"] = fields.paragraph(changes["question"])
    theme = fields.edited(state.get(Theme, command.theme), **changes)
    yield theme
    yield from _only_open(state, theme)


def _only_open(state: State, theme: Theme) -> Changes:
    if theme.open:
        for other in state.all(Theme):
            if other.open and other.id != theme.id:
                yield fields.edited(other, open=False)


def move_theme(state: State, command: MoveTheme, _context: Context) -> Changes:
    """The theme at its new place."""
    yield from order.placed(state.all(Theme), [state.get(Theme, command.theme)], command.before)


def remove_theme(state: State, command: RemoveTheme, _context: Context) -> Changes:
    """The themes without this one. A note of it makes the kernel refuse this."""
    theme = state.get(Theme, command.theme)
    yield Gone(theme)
    for table in state.all(Table):
        if table.theme == theme.id:
            yield fields.edited(table, theme=None)
    for category in state.all(Category):
        if category.theme == theme.id:
            yield Gone(category)
    explanation = state.find(Explanation, theme.id)
    if explanation is not None:
        yield Gone(explanation)
    for photo in state.all(Photo):
        if photo.theme == theme.id:
            yield fields.edited(photo, theme=None)
    projector = the_projector(state)
    if projector.theme == theme.id:
        yield fields.edited(projector, theme=None)


RULES: Final[Rules] = {
    AddTheme: add_theme,
    EditTheme: edit_theme,
    MoveTheme: move_theme,
    RemoveTheme: remove_theme,
}
