"""The appendices: every note word for word, and what groups handed over at their tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from facilitator.i18n import Words
from facilitator.kernel.state import State
from facilitator.kernel.text import beginning
from facilitator.meeting.hand_over import hand_overs as handed_over
from facilitator.meeting.merging import head_of, stands, with_under
from facilitator.meeting.notes import Note
from facilitator.meeting.programme import rounds
from facilitator.meeting.tables import tables
from facilitator.report.blocks import Block, Heading, Item, Listing, Paragraph
from facilitator.report.harvest import gathered
from facilitator.report.source import Source
from facilitator.report.wording import table_name


def blocks(source: Source) -> Iterator[Block]:
    """All notes that were not hidden, approved for the hall or not, with table and round."""
    state, t, ngettext = source.state, source.t, source.t.plural
    every = state.all(Note)
    if not every:
        return
    told = ngettext(
        "Hier staat {number} notitie, woord voor woord.",
        "Hier staan {number} notities, woord voor woord.",
        sum(not note.hidden for note in every),
    )
    yield Paragraph(" ".join((told, *_counted(state, t))))
    written = _sources(state, t)
    for each in gathered(state, t):
        if each.piles:
            yield Heading(each.title)
        for pile in each.piles:
            if pile.category or len(each.piles) > 1:
                title = pile.category.title if pile.category else t("Losse notities")
                yield Heading(title, level=3)
            notes = with_under(state, pile.notes)
            items = tuple(Item(note.text, written(note)) for note in notes)
            yield Listing(items, small=True)


def _counted(state: State, t: Words) -> Iterator[str]:
    """How many of them came late or lie under another, and how many more are hidden."""
    ngettext, every = t.plural, state.all(Note)
    late = sum(note.late and not note.hidden for note in every)
    if late:
        yield ngettext("{number} daarvan is nagekomen.", "{number} daarvan zijn nagekomen.", late)
    merged = sum(not note.hidden and not stands(state, note) for note in every)
    if merged:
        yield ngettext(
            "{number} daarvan is samengevoegd met een andere en staat daaronder.",
            "{number} daarvan zijn samengevoegd met een andere en staan daaronder.",
            merged,
        )
    hidden = sum(note.hidden for note in every)
    if hidden:
        yield ngettext(
            "Er is {number} notitie verborgen; die staat er niet bij.",
            "Er zijn {number} notities verborgen; die staan er niet bij.",
            hidden,
        )


def _sources(state: State, t: Words) -> Callable[[Note], str]:
    """Tells where and when a note was written, and with what it was merged.

    So: tafel 3, ronde 2, nagekomen, samengevoegd met “Meer groen”.
    """
    at_table = {
        table.id.int: t("tafel {number}").format(number=table.number) for table in tables(state)
    }
    in_round = {
        step.id.int: t("ronde {number}").format(number=number)
        for number, step in enumerate(rounds(state), start=1)
    }
    late, merged = t("nagekomen"), t("samengevoegd met “{text}”")

    def written(note: Note) -> str:
        head = head_of(state, note)
        told = (
            at_table.get(note.table.int, "") if note.table else "",
            in_round.get(note.round.int, "") if note.round else "",
            late if note.late else "",
            "" if head is None else merged.format(text=beginning(head.text)),
        )
        return ", ".join(part for part in told if part)

    return written


def hand_overs(source: Source) -> Iterator[Block]:
    """What each group left behind at its table for the next one, round by round."""
    state, t = source.state, source.t
    places = {step.id: number for number, step in enumerate(rounds(state), start=1)}
    for table in tables(state):
        items = []
        for each in handed_over(state, table.id):
            place = places.get(each.round, 0) if each.round else 0
            told = t("ronde {number}").format(number=place) if place else ""
            items += [Item(point, told) for point in each.points]
        if items:
            yield Heading(table_name(table, t))
            yield Listing(tuple(items), small=True)
