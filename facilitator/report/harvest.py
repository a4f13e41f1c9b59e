"""The opbrengst: the matrix, and every note word for word."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import msgspec

from facilitator.i18n import Words
from facilitator.kernel.state import State
from facilitator.meeting.arranging import notes_in
from facilitator.meeting.categories import Category, categories_of, rows
from facilitator.meeting.ids import ThemeId
from facilitator.meeting.notes import Note
from facilitator.meeting.programme import rounds
from facilitator.meeting.tables import tables
from facilitator.meeting.themes import Colour, themes
from facilitator.report.blocks import (
    Block,
    Heading,
    Item,
    Listing,
    Matrix,
    MatrixColumn,
    MatrixGroup,
    MatrixNote,
    MatrixRow,
    Paragraph,
)

WIDEST = 5  # themes beside one another on a page


class _Pile(msgspec.Struct, frozen=True):
    """Notes that belong together: of a category, or loose (no category)."""

    category: Category | None
    notes: tuple[Note, ...]


class _Harvest(msgspec.Struct, frozen=True):
    """What came out of a theme, or of none."""

    title: str
    colour: Colour | None
    own: tuple[_Pile, ...]
    loose: tuple[Note, ...]
    across: tuple[_Pile, ...]

    @property
    def piles(self) -> tuple[_Pile, ...]:
        """All that holds notes: own categories, rows across, then the loose notes."""
        row = (*self.own, *self.across, _Pile(None, self.loose))
        return tuple(pile for pile in row if pile.notes)


def _harvest(state: State, t: Words) -> list[_Harvest]:
    """The harvest of each theme, and of the notes without one where there are any."""
    found = [
        _of(state, theme.id, f"{number}. {theme.title}", theme.colour)
        for number, theme in enumerate(themes(state), start=1)
    ]
    without = _of(state, None, t("Zonder thema") if found else t("Alle notities"), None)
    return [*found, *([without] if without.piles else [])]


def _of(state: State, theme: ThemeId | None, title: str, colour: Colour | None) -> _Harvest:
    def pile(category: Category | None) -> _Pile:
        cell = (theme, category.id if category else None)
        return _Pile(category, tuple(notes_in(state, cell)))

    own = categories_of(state, theme) if theme is not None else []
    return _Harvest(
        title=title,
        colour=colour,
        own=tuple(map(pile, own)),
        loose=pile(None).notes,
        across=tuple(map(pile, rows(state))),
    )


def matrices(state: State, t: Words) -> Iterator[Block]:
    """The matrix; more than five themes are spread evenly over several."""
    found = _harvest(state, t)
    if not any(each.piles for each in found):
        return
    number = -(-len(found) // WIDEST)
    for part in range(number):
        columns = found[part * len(found) // number : (part + 1) * len(found) // number]
        yield _matrix(columns, t)


def _matrix(found: Sequence[_Harvest], t: Words) -> Matrix:
    row_titles = [pile.category.title for pile in found[0].across if pile.category]
    body = []
    if not row_titles or any(each.own or each.loose for each in found):
        cells = tuple(tuple(_stacked(each, t)) for each in found)
        title = t("Per thema") if any(each.own for each in found) else t("Los")
        body.append(MatrixRow(title if row_titles else "", cells))
    for place, title in enumerate(row_titles):
        cells = tuple((_group("", each.across[place].notes),) for each in found)
        body.append(MatrixRow(title, cells))
    if len(found) == 1:
        caption = t("De opbrengst: {theme}").format(theme=found[0].title)
    else:
        caption = t("De opbrengst per thema")
    return Matrix(
        caption=caption,
        description=t("Een kolom voor elk thema, met de notities per categorie."),
        columns=tuple(MatrixColumn(each.title, each.colour) for each in found),
        rows=tuple(body),
        corner=t("Categorie") if row_titles else "",
    )


def _stacked(each: _Harvest, t: Words) -> Iterator[MatrixGroup]:
    """The own categories of a theme one below the other; loose notes apart."""
    for pile in each.own:
        if pile.category:
            yield _group(pile.category.title, pile.notes)
    if each.loose:
        yield _group(t("Los") if each.own else "", each.loose)


def _group(title: str, notes: Sequence[Note]) -> MatrixGroup:
    return MatrixGroup(title, tuple(MatrixNote(note.text, note.conclusion) for note in notes))


def appendix(state: State, t: Words) -> Iterator[Block]:
    """All notes that were not hidden, approved for the hall or not, by theme and category, with table and round."""
    ngettext = t.plural
    seen = sum(not note.hidden for note in state.all(Note))
    if not state.all(Note):
        return
    told = [
        ngettext(
            "Hier staat {number} notitie, woord voor woord.",
            "Hier staan {number} notities, woord voor woord.",
            seen,
        )
    ]
    told.extend(_left_out(state, t))
    yield Paragraph(" ".join(told))
    source = _sources(state, t)
    for each in _harvest(state, t):
        if each.piles:
            yield Heading(each.title)
        for pile in each.piles:
            if pile.category or len(each.piles) > 1:
                title = pile.category.title if pile.category else t("Losse notities")
                yield Heading(title, level=3)
            items = tuple(Item(note.text, source(note)) for note in pile.notes)
            yield Listing(items, small=True)


def in_turn(state: State, t: Words) -> Iterator[tuple[str, str, Note]]:
    """All notes that were not hidden, in the order of the appendix: theme, category, note."""
    for each in _harvest(state, t):
        for pile in each.piles:
            for note in pile.notes:
                yield each.title, pile.category.title if pile.category else "", note


def _left_out(state: State, t: Words) -> Iterator[str]:
    ngettext = t.plural
    hidden = sum(note.hidden for note in state.all(Note))
    if hidden:
        yield ngettext(
            "Er is {number} notitie verborgen; die staat er niet bij.",
            "Er zijn {number} notities verborgen; die staan er niet bij.",
            hidden,
        )


def _sources(state: State, t: Words) -> Callable[[Note], str]:
    """Tells where and when a note was written: tafel 3, ronde 2, nagekomen."""
    at_table = {
        table.id: t("tafel {number}").format(number=table.number) for table in tables(state)
    }
    in_round = {
        step.id: t("ronde {number}").format(number=number)
        for number, step in enumerate(rounds(state), start=1)
    }
    late = t("nagekomen")

    def source(note: Note) -> str:
        told = (
            at_table.get(note.table, "") if note.table else "",
            in_round.get(note.round, "") if note.round else "",
            late if note.late else "",
        )
        return ", ".join(part for part in told if part)

    return source
