"""The opbrengst: all that came out, by theme and category, nothing left out and nothing twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from facilitator.i18n import Words
from facilitator.kernel.entity import in_order
from facilitator.kernel.state import State
from facilitator.meeting.categories import Category, categories_of, rows
from facilitator.meeting.ids import NoteId, ThemeId
from facilitator.meeting.merging import any_merged, stands, under, with_under
from facilitator.meeting.notes import OF_THEME, Note
from facilitator.meeting.themes import Colour, themes


class Pile(msgspec.Struct, frozen=True):
    """Notes that belong together: of a category, or loose (no category).

    What lies under another is not among them; ``merging.with_under`` tells of these too.
    """

    category: Category | None
    notes: tuple[Note, ...]


class Harvest(msgspec.Struct, frozen=True):
    """What came out of a theme, or of none."""

    title: str
    colour: Colour | None  # None: of no theme
    own: tuple[Pile, ...]
    loose: tuple[Note, ...]
    across: tuple[Pile, ...]
    more: Mapping[NoteId, str] = {}  # “en 2 gelijke notities”, where any lie under one

    @property
    def themed(self) -> bool:
        """Whether it is of a theme."""
        return self.colour is not None

    @property
    def piles(self) -> tuple[Pile, ...]:
        """All that holds notes: own categories, rows across, then the loose notes."""
        row = (*self.own, *self.across, Pile(None, self.loose))
        return tuple(pile for pile in row if pile.notes)


def gathered(state: State, t: Words) -> list[Harvest]:
    """The harvest of each theme, and of the notes without one where there are any."""
    found = [
        _of(state, theme.id, f"{number}. {theme.title}", theme.colour, t)
        for number, theme in enumerate(themes(state), start=1)
    ]
    without = _of(state, None, t("Zonder thema") if found else t("Alle notities"), None, t)
    return [*found, *([without] if without.piles else [])]


def _of(
    state: State, theme: ThemeId | None, title: str, colour: Colour | None, t: Words
) -> Harvest:
    own = categories_of(state, theme) if theme is not None else []
    across = rows(state)
    known = {category.id.int for category in (*own, *across)}
    placed: dict[int | None, list[Note]] = {}  # by number, as in the state
    more: dict[NoteId, str] = {}
    merged = any_merged(state)
    for note in in_order(note for note in state.where(OF_THEME, theme) if stands(state, note)):
        place = note.category.int if note.category else None
        placed.setdefault(place if place in known else None, []).append(note)
        if merged and (below := under(state, note)):
            more[note.id] = t.plural(
                "en {number} gelijke notitie", "en {number} gelijke notities", len(below)
            )

    def pile(category: Category) -> Pile:
        return Pile(category, tuple(placed.get(category.id.int, ())))

    return Harvest(
        title=title,
        colour=colour,
        own=tuple(map(pile, own)),
        loose=tuple(placed.get(None, ())),
        across=tuple(map(pile, across)),
        more=more,
    )


def in_turn(state: State, t: Words) -> Iterator[tuple[str, str, Note]]:
    """All notes that were not hidden, in the order of the appendix: theme, category, note.

    What lies under another follows right behind it.
    """
    for each in gathered(state, t):
        for pile in each.piles:
            for note in with_under(state, pile.notes):
                yield each.title, pile.category.title if pile.category else "", note
