"""What came of it: explanations, decisions, tasks, agreements, and what was done since."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from facilitator.i18n import N_
from facilitator.meeting.explanations import explanation_of
from facilitator.meeting.follow_ups import Result, follow_ups
from facilitator.meeting.outcomes import Decision, OpenTask
from facilitator.meeting.outcomes import agreements as agreed
from facilitator.meeting.outcomes import decisions as decided
from facilitator.meeting.outcomes import open_tasks as left_open
from facilitator.meeting.outline import Part
from facilitator.meeting.photos import Photo
from facilitator.meeting.photos import photos as taken
from facilitator.meeting.tables import Table
from facilitator.meeting.themes import Theme, themes
from facilitator.report.blocks import (
    Block,
    Column,
    Grid,
    Heading,
    Item,
    Listing,
    Paragraph,
    Picture,
)
from facilitator.report.source import Source
from facilitator.report.wording import NOTHING, dated, numbered, of_theme, paragraphs

RESULTS: Final = {
    Result.TAKEN: N_("overgenomen"),
    Result.PARTLY: N_("deels overgenomen"),
    Result.NOT: N_("niet overgenomen"),
    Result.PENDING: N_("nog niet besloten"),
}


def explanations(source: Source) -> Iterator[Block]:
    """What was said in the plenary, with the photos of the theme where there are photos."""
    row = themes(source.state)
    for theme in row:
        told: tuple[Block, ...] = (
            *paragraphs(explanation_of(source.state, theme.id).text),
            *(_photos(source, theme) if Part.PHOTOS in source.outline.parts else ()),
        )
        if told:
            yield Heading(numbered(row, theme))
            yield from told


def decisions(source: Source) -> Iterator[Block]:
    """What was decided."""
    yield from _listed(source, decided(source.state))


def open_tasks(source: Source) -> Iterator[Block]:
    """What nobody took up yet."""
    yield from _listed(source, left_open(source.state))


def _listed(source: Source, row: Sequence[Decision | OpenTask]) -> Iterator[Block]:
    if row:
        items = (Item(each.text, of_theme(source.state, each.theme, source.t)) for each in row)
        yield Listing(tuple(items), numbered=True)


def agreements(source: Source) -> Iterator[Block]:
    """Who does what, and when; without the column of who in a verslag without names."""
    row, t = agreed(source.state), source.t
    if not row:
        return
    who = not source.outline.nameless
    yield Grid(
        caption=t("Wie doet wat, en wanneer") if who else t("Wat er gebeurt, en wanneer"),
        description=t("Een rij voor elke afspraak, met nummer, wat, wie en wanneer.")
        if who
        else t("Een rij voor elke afspraak, met nummer, wat en wanneer."),
        columns=(
            Column(t("Nr"), 1.0),
            Column(t("Wat"), 6.8),
            *((Column(t("Wie"), 3.9),) if who else ()),
            Column(t("Wanneer"), 4.5),
        ),
        rows=tuple(
            (
                str(number),
                each.what,
                *((each.who or NOTHING,) if who else ()),
                dated(each.when, source.meeting, t) or NOTHING,
            )
            for number, each in enumerate(row, start=1)
        ),
    )


def followed_up(source: Source) -> Iterator[Block]:
    """What was taken over, partly or not, and why; counted first."""
    row, t = follow_ups(source.state), source.t
    if not row:
        return
    counts = Counter(each.result for each in row)
    told = [f"{t(RESULTS[result])}: {counts[result]}" for result in RESULTS if counts[result]]
    sentence = ", ".join(told)
    yield Paragraph(f"{sentence[:1].upper()}{sentence[1:]}.")
    about = any(each.theme for each in row)
    yield Grid(
        caption=t("Wat er is ingebracht, en wat ermee is gedaan"),
        description=t("Een rij voor elk punt: wat is ingebracht, wat ermee is gedaan en waarom."),
        columns=(
            Column(t("Ingebracht"), 4.9),
            *((Column(t("Thema"), 2.2),) if about else ()),
            Column(t("Wat is ermee gedaan"), 3.9),
            Column(t("Waarom"), 5.2),
        ),
        rows=tuple(
            (
                each.what,
                *((of_theme(source.state, each.theme, t) or NOTHING,) if about else ()),
                t(RESULTS[each.result]),
                each.why or NOTHING,
            )
            for each in row
        ),
    )


def next_steps(source: Source) -> Iterator[Block]:
    """What happens next, and when the next meeting is."""
    yield from paragraphs(source.meeting.what_next)
    if source.meeting.next_meeting:
        yield Paragraph(source.meeting.next_meeting, label=source.t("Volgende bijeenkomst"))


def check_out(source: Source) -> Iterator[Block]:
    """How people went home."""
    yield from paragraphs(source.meeting.check_out)


def photos(source: Source) -> Iterator[Block]:
    """The photos that stand beside no explanation."""
    yield from _photos(source, None)
    if Part.EXPLANATIONS not in source.outline.parts:
        for theme in themes(source.state):
            yield from _photos(source, theme)


def _photos(source: Source, theme: Theme | None) -> Iterator[Picture]:
    """The photos of a theme, or those of the whole meeting."""
    for photo in taken(source.state):
        if photo.id in source.pictures and photo.theme == (theme.id if theme else None):
            yield Picture(
                photo=photo.id,
                caption=photo.caption,
                described=photo.caption or _described(source, photo),
                width=photo.width,
                height=photo.height,
            )


def _described(source: Source, photo: Photo) -> str:
    """What is read to who cannot see a photo without a caption."""
    state, t = source.state, source.t
    table, theme = state.find(Table, photo.table), state.find(Theme, photo.theme)
    if table is not None:
        return t("Foto van tafel {number}").format(number=table.number)
    if theme is not None:
        return t("Foto bij het thema {theme}").format(theme=theme.title)
    return t("Foto van de bijeenkomst")
