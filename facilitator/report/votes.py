"""The vote: what could be voted for, most dots first, and how many voted. Never who."""

from __future__ import annotations

from collections.abc import Iterator

from facilitator.meeting.votes import tally, voters
from facilitator.report.blocks import Block, Column, Grid, Paragraph
from facilitator.report.source import Source
from facilitator.report.wording import NOTHING, of_theme


def votes(source: Source) -> Iterator[Block]:
    """How many voted, and what got how many dots; nothing where nobody put one."""
    state, t = source.state, source.t
    row = tally(state)
    total = sum(dots for _option, dots in row)
    if not total:
        return
    yield Paragraph(" ".join(_told(source, total)))
    about = any(option.theme for option, _dots in row)
    yield Grid(
        caption=t("Waarop is gestemd"),
        description=t("Een rij voor elke keuze, die met de meeste stippen bovenaan."),
        columns=(
            Column(t("Keuze"), 11.2 if about else 13.7),
            *((Column(t("Thema"), 2.5),) if about else ()),
            Column(t("Stippen"), 2.5),
        ),
        rows=tuple(
            (
                option.text,
                *((of_theme(state, option.theme, t) or NOTHING,) if about else ()),
                t.number(dots),
            )
            for option, dots in row
        ),
    )


def _told(source: Source, total: int) -> Iterator[str]:
    state, t, ngettext = source.state, source.t, source.t.plural
    number = voters(state)
    if number:  # unknown where the dots were counted by hand
        each = ngettext("{number} stip", "{number} stippen", source.meeting.dots)
        voted = t("Er is {number} keer gestemd, met {dots} per persoon.")
        yield voted.format(number=t.number(number), dots=each)
    yield ngettext("Er is {number} stip geteld.", "Er zijn {number} stippen geteld.", total)
    if source.meeting.voting:
        yield t("Het stemmen is nog niet gesloten.")
