"""What the matrix holds for the hall: themes, their categories and rows, and the notes in each."""

from __future__ import annotations

from typing import NamedTuple

from facilitator.i18n import _
from facilitator.kernel.entity import in_order
from facilitator.kernel.state import State
from facilitator.meeting.categories import Category, categories_of, rows
from facilitator.meeting.ids import ThemeId
from facilitator.meeting.merging import stands_in_the_hall
from facilitator.meeting.notes import IN_CELL, OF_THEME, Note
from facilitator.meeting.themes import Theme, themes


class Section(NamedTuple):
    """A category with its notes; without a category, the loose notes of a theme."""

    title: str
    notes: tuple[Note, ...]
    loose: bool = False


class Column(NamedTuple):
    """A theme with its categories."""

    number: str
    title: str
    colour: str
    total: int
    sections: tuple[Section, ...]


def columns_of(state: State) -> list[Column]:
    """All themes, and the notes of no theme where there are any."""
    shared = rows(state)
    found = [
        column_of(state, theme, str(number), shared)
        for number, theme in enumerate(themes(state), start=1)
    ]
    stray = column_of(state, None, "–", shared)
    return [*found, stray] if stray.total else found


def column_of(
    state: State, theme: Theme | None, number: str, shared: list[Category] | None = None
) -> Column:
    """One theme with its own categories, then the rows across all, then what is loose."""
    key = theme.id if theme is not None else None
    own = categories_of(state, key) if theme is not None else []
    across = rows(state) if shared is None else shared
    sections = [Section(each.title, _notes(state, key, each)) for each in (*own, *across)]
    loose = _notes(state, key, None)
    if loose and sections:
        sections.append(Section(_("Nog niet geordend"), loose, loose=True))
    elif loose:
        sections.append(Section(_("Losse punten"), loose))
    total = sum(stands_in_the_hall(state, note) for note in state.where(OF_THEME, key))
    title = theme.title if theme is not None else _("Zonder thema")
    colour = theme.colour.value if theme is not None else "yellow"
    return Column(number, title, colour, total, tuple(sections))


def _notes(state: State, theme: ThemeId | None, category: Category | None) -> tuple[Note, ...]:
    key = category.id if category is not None else None
    there = state.where(IN_CELL, (theme, key))
    found = (note for note in there if stands_in_the_hall(state, note))
    return tuple(in_order(found))
