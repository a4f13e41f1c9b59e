"""Arranging: putting notes in the cells of the matrix, and in order within them."""

from __future__ import annotations

from typing import ClassVar, Final

from facilitator.kernel.command import Command, Context
from facilitator.kernel.entity import in_order
from facilitator.kernel.errors import Refused
from facilitator.kernel.roles import CONSOLES, Role
from facilitator.kernel.rules import Changes, Gone, Rules
from facilitator.kernel.state import State
from facilitator.meeting import fields, merging, order
from facilitator.meeting.categories import Category, categories_of, rows
from facilitator.meeting.ids import CategoryId, NoteId, ThemeId
from facilitator.meeting.notes import IN_CELL, Cell, Note, check_number


class PlaceNotes(Command, frozen=True, kw_only=True, tag="place_notes"):
    """Put notes in a cell of the matrix, in front of ``before`` or at the end."""

    roles: ClassVar[frozenset[Role]] = CONSOLES

    notes: tuple[NoteId, ...]
    theme: ThemeId | None
    category: CategoryId | None
    before: NoteId | None = None


class MarkConclusion(Command, frozen=True, kw_only=True, tag="mark_conclusion"):
    """Let a note stand out in its cell as its conclusion, or no longer."""

    roles: ClassVar[frozenset[Role]] = CONSOLES

    note: NoteId
    conclusion: bool


class RemoveCategory(Command, frozen=True, kw_only=True, tag="remove_category"):
    """Take a category away. Its notes stay with their themes, as loose notes."""

    roles: ClassVar[frozenset[Role]] = CONSOLES

    category: CategoryId


def notes_in(state: State, cell: Cell) -> list[Note]:
    """The notes of a cell that are in sight and lie under no other, first one first."""
    return in_order(note for note in state.where(IN_CELL, cell) if merging.stands(state, note))


def cells_of(state: State, theme: ThemeId | None) -> list[Cell]:
    """The cells of a theme from top to bottom: loose notes, own categories, rows across all."""
    own = categories_of(state, theme) if theme is not None else []
    return [(theme, None), *((theme, category.id) for category in [*own, *rows(state)])]


def place_notes(state: State, command: PlaceNotes, _context: Context) -> Changes:
    """The notes in the cell, in the order in which they were named, each with what lies under it.

    A note that is put somewhere without the one that it lies under, lies under it no longer. Raises ``Refused`` for a category of another theme.
    """
    check_number(command.notes)
    category = state.get(Category, command.category) if command.category is not None else None
    if category is not None and category.theme not in {None, command.theme}:
        raise Refused("category.other_theme")
    moved = merging.piled(state, [state.get(Note, note) for note in dict.fromkeys(command.notes)])
    row = list(state.where(IN_CELL, (command.theme, command.category)))
    yield from order.placed(
        row, moved, command.before, theme=command.theme, category=command.category
    )


def mark_conclusion(state: State, command: MarkConclusion, _context: Context) -> Changes:
    """The note, standing out or not."""
    yield fields.edited(state.get(Note, command.note), conclusion=command.conclusion)


def remove_category(state: State, command: RemoveCategory, _context: Context) -> Changes:
    """The matrix without the category; its notes go behind the loose notes of their themes."""
    category = state.get(Category, command.category)
    yield Gone(category)
    last: dict[ThemeId | None, float] = {}
    for note in in_order(note for note in state.all(Note) if note.category == category.id):
        place = last.get(note.theme) or order.last(state.where(IN_CELL, (note.theme, None)))
        last[note.theme] = place + order.STEP
        yield fields.edited(note, category=None, order=place)


RULES: Final[Rules] = {
    PlaceNotes: place_notes,
    MarkConclusion: mark_conclusion,
    RemoveCategory: remove_category,
}
