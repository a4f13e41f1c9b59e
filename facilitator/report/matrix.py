"""The matrix: themes × categories, with the themes as columns or the categories as rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

from facilitator.i18n import Words
from facilitator.kernel.state import State
from facilitator.meeting.notes import Note
from facilitator.meeting.outline import Layout
from facilitator.report.blocks import (
    Block,
    Matrix,
    MatrixColumn,
    MatrixGroup,
    MatrixNote,
    MatrixRow,
)
from facilitator.report.harvest import Harvest, gathered
from facilitator.report.source import Source

WIDEST = 5  # themes beside one another on a page


class _Shape(msgspec.Struct, frozen=True):
    """Which rows there are, the same on all pages."""

    stacked: bool  # a row in which each theme has its own categories below one another
    own: tuple[str, ...]  # titles of own categories that several themes share, a row each
    across: tuple[str, ...]  # the rows across all themes, from top to base
    loose: bool

    @property
    def titled(self) -> bool:
        """Whether the rows have titles."""
        return bool(self.own or self.across)


def blocks(source: Source) -> Iterator[Block]:
    """The matrix as its outline wants it."""
    yield from matrices(source.state, source.t, source.outline.matrix)


def matrices(state: State, t: Words, layout: Layout = Layout.COLUMNS) -> Iterator[Matrix]:
    """The matrix; more than five themes are spread evenly over several.

    As rows, themes with the same categories stand beside one another; where each has categories
    of its own, each has a table of its own.
    """
    found = gathered(state, t)
    if not any(each.piles for each in found):
        return
    shared = _shared(found)
    if layout is Layout.ROWS and any(each.own for each in found) and not shared:
        for place, each in enumerate(found):
            yield _matrix([each], _shape([each], _shared([each])), t, below=place > 0)
        return
    shape = _shape(found, shared if layout is Layout.ROWS else ())
    for columns in _pages(found):
        yield _matrix(columns, shape, t)


def _pages(found: Sequence[Harvest]) -> Iterator[Sequence[Harvest]]:
    """The themes spread evenly over pages; what is of no theme goes along with the last."""
    number = max(1, -(-sum(each.themed for each in found) // WIDEST))
    themed = [each for each in found if each.themed]
    others = [each for each in found if not each.themed]
    for part in range(number):
        columns = themed[part * len(themed) // number : (part + 1) * len(themed) // number]
        yield [*columns, *(others if part == number - 1 else ())]


def _shared(found: Sequence[Harvest]) -> tuple[str, ...]:
    """The titles of own categories, where most themes that have any have each of them."""
    counts = Counter(
        title
        for each in found
        for title in dict.fromkeys(pile.category.title for pile in each.own if pile.category)
    )
    having = sum(bool(each.own) for each in found)
    return tuple(counts) if all(2 * count > having for count in counts.values()) else ()


def _shape(found: Sequence[Harvest], own: tuple[str, ...]) -> _Shape:
    across = tuple(pile.category.title for pile in found[0].across if pile.category)
    loose = any(each.loose for each in found)
    titled = bool(own or across)
    stacked = any(each.own for each in found) and not own
    return _Shape(stacked=stacked or not titled, own=own, across=across, loose=loose and titled)


def _matrix(found: Sequence[Harvest], shape: _Shape, t: Words, *, below: bool = False) -> Matrix:
    if len(found) == 1:
        caption = t("De opbrengst: {theme}").format(theme=found[0].title)
    else:
        caption = t("De opbrengst per thema")
    told = (
        t("Een rij voor elke categorie, met de notities per thema.")
        if shape.titled
        else t("Een kolom voor elk thema, met de notities per categorie.")
    )
    return Matrix(
        caption=caption,
        description=told,
        columns=tuple(MatrixColumn(each.title, each.colour) for each in found),
        rows=tuple(_rows(found, shape, t)),
        corner=t("Categorie") if shape.titled else "",
        below=below,
    )


def _rows(found: Sequence[Harvest], shape: _Shape, t: Words) -> Iterator[MatrixRow]:
    if shape.stacked:
        cells = tuple(tuple(_stacked(each, shape, t)) for each in found)
        yield MatrixRow(t("Per thema") if shape.titled else "", cells)
    for title in shape.own:
        yield MatrixRow(title, tuple((_group("", _own(each, title), each),) for each in found))
    for place, title in enumerate(shape.across):
        cells = tuple((_group("", each.across[place].notes, each),) for each in found)
        yield MatrixRow(title, cells)
    if shape.loose:
        yield MatrixRow(t("Los"), tuple((_group("", each.loose, each),) for each in found))


def _own(each: Harvest, title: str) -> list[Note]:
    """The notes of the own categories of a theme that are called so."""
    return [
        note
        for pile in each.own
        if pile.category and pile.category.title == title
        for note in pile.notes
    ]


def _stacked(each: Harvest, shape: _Shape, t: Words) -> Iterator[MatrixGroup]:
    """The own categories of a theme one below the other; loose notes apart."""
    for pile in each.own:
        if pile.category:
            yield _group(pile.category.title, pile.notes, each)
    if each.loose and not shape.loose:
        yield _group(t("Los") if each.own else "", each.loose, each)


def _group(title: str, notes: Sequence[Note], of: Harvest) -> MatrixGroup:
    return MatrixGroup(
        title,
        tuple(MatrixNote(note.text, note.conclusion, of.more.get(note.id, "")) for note in notes),
    )
