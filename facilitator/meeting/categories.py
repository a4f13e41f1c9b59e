"""Categories: the named cells of the matrix, of one theme or as a row across all themes."""

from __future__ import annotations

from typing import ClassVar, Final

from msgspec import UNSET, UnsetType

from facilitator.kernel.command import Command, Context
from facilitator.kernel.entity import Entity, in_order
from facilitator.kernel.errors import Refused
from facilitator.kernel.roles import CONSOLES, Role
from facilitator.kernel.rules import Changes, Rules
from facilitator.kernel.state import State
from facilitator.meeting import fields, order
from facilitator.meeting.ids import CategoryId, ThemeId

MOST: Final = 60  # categories in a meeting


class Category(Entity, frozen=True, kw_only=True, tag="category"):
    """A named cell of one theme, or with no theme a row across all of them."""

    refers: ClassVar[dict[str, str]] = {"theme": "theme"}

    id: CategoryId
    title: str
    theme: ThemeId | None = None
    order: float = 0.0


class AddCategory(Command, frozen=True, kw_only=True, tag="add_category"):
    """Make a category, of a theme or across all."""

    roles: ClassVar[frozenset[Role]] = CONSOLES

    category: CategoryId
    title: str
    theme: ThemeId | None = None
    before: CategoryId | None = None


class EditCategory(Command, frozen=True, kw_only=True, tag="edit_category"):
    """Give a category another name."""

    roles: ClassVar[frozenset[Role]] = CONSOLES

    category: CategoryId
    title: str | UnsetType = UNSET


class MoveCategory(Command, frozen=True, kw_only=True, tag="move_category"):
    """Put a category at another place among those of its theme."""

    roles: ClassVar[frozenset[Role]] = CONSOLES

    category: CategoryId
    before: CategoryId | None = None


def rows(state: State) -> list[Category]:
    """The categories across all themes, first one first."""
    return categories_of(state, None)


def categories_of(state: State, theme: ThemeId | None) -> list[Category]:
    """The own categories of a theme, first one first; of None, the rows across all themes."""
    return in_order(category for category in state.all(Category) if category.theme == theme)


def add_category(state: State, command: AddCategory, _context: Context) -> Changes:
    """The category, at its place."""
    if len(state.all(Category)) >= MOST:
        raise Refused("category.most", maximum=MOST)
    new = Category(id=command.category, title=fields.title(command.title), theme=command.theme)
    yield from order.placed(categories_of(state, command.theme), [new], command.before)


def edit_category(state: State, command: EditCategory, _context: Context) -> Changes:
    """The category with its new name."""
    if command.title is not UNSET:
        category = state.get(Category, command.category)
        yield fields.edited(category, title=fields.title(command.title))


def move_category(state: State, command: MoveCategory, _context: Context) -> Changes:
    """The category at its new place."""
    category = state.get(Category, command.category)
    yield from order.placed(categories_of(state, category.theme), [category], command.before)


RULES: Final[Rules] = {
    AddCategory: add_category,
    EditCategory: edit_category,
    MoveCategory: move_category,
}
