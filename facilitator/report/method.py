"""How the café was held: as somebody wrote it down, or told from the programme."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from facilitator.i18n import N_, Words
from facilitator.kernel.state import State
from facilitator.meeting.meeting import Form, the_meeting
from facilitator.meeting.programme import Step, StepKind, rounds, steps
from facilitator.meeting.tables import tables
from facilitator.meeting.themes import themes
from facilitator.report.blocks import Block, Column, Grid, Item, Listing, Paragraph
from facilitator.report.source import Source

NAMES = {
    StepKind.WELCOME: N_("Welkom"),
    StepKind.CHECK_IN: N_("Inchecken"),
    StepKind.ROUND: N_("Ronde {number}"),
    StepKind.SWITCH: N_("Wisselen"),
    StepKind.HARVEST: N_("Oogst"),
    StepKind.PLENARY: N_("Plenair"),
    StepKind.DECISION: N_("Besluiten"),
    StepKind.BREAK: N_("Pauze"),
    StepKind.CLOSING: N_("Afsluiten"),
}
MINUTE = 60


def blocks(source: Source) -> Iterator[Block]:
    """The text that was given and the questions of the rounds; or form, tables and programme."""
    state, t, meeting = source.state, source.t, source.meeting
    given = [line.strip() for line in meeting.method.split("\n") if line.strip()]
    if given:
        yield from (Paragraph(line) for line in given)
        yield from _questions(rounds(state), t)
    elif rounds(state):
        yield Paragraph(" ".join(_told(state, t)))
        yield _programme(state, t)


def _questions(row: Sequence[Step], t: Words) -> Iterator[Block]:
    asked = [(number, step) for number, step in enumerate(row, start=1) if step.question]
    if asked:
        yield Listing(
            tuple(
                Item(f"{t('Ronde {number}').format(number=number)}: {step.question}")
                for number, step in asked
            )
        )


def _told(state: State, t: Words) -> Iterator[str]:
    ngettext = t.plural
    if the_meeting(state).form is Form.CLASSIC:
        yield t("World café: aan elke tafel dezelfde vraag, en wisselende groepen.")
    else:
        yield t("World café met thematafels: elke tafel had een eigen thema.")
    if tables(state):
        number = len(tables(state))
        yield ngettext("Er was {number} tafel.", "Er waren {number} tafels.", number)
    if themes(state):
        number = len(themes(state))
        yield ngettext("Er was {number} thema.", "Er waren {number} thema’s.", number)
    row = rounds(state)
    minutes = {step.length // MINUTE for step in row}
    if len(minutes) == 1:
        counted = ngettext("Er was {number} ronde", "Er waren {number} rondes", len(row))
        each = ngettext("van {number} minuut.", "van {number} minuten.", minutes.pop())
        yield f"{counted} {each}"
    else:
        yield ngettext("Er was {number} ronde.", "Er waren {number} rondes.", len(row))


def _programme(state: State, t: Words) -> Grid:
    """The steps, with the times as they were planned where it is known when it began."""
    ngettext = t.plural
    begins = the_meeting(state).begins
    rows: list[tuple[str, ...]] = []
    passed, number = dt.timedelta(), 0
    for step in steps(state):
        number += step.activity is StepKind.ROUND
        name = step.title or t(NAMES[step.activity]).format(number=number)
        length = ngettext("{number} minuut", "{number} minuten", step.length // MINUTE)
        if begins is None:
            when = length
        else:
            begun = dt.datetime.combine(dt.date(2000, 1, 1), begins) + passed
            when = t("{time} uur").format(time=t.time(begun.time()))
        rows.append((when, name, step.question))
        passed += dt.timedelta(seconds=step.length)
    asked = any(row[2] for row in rows)
    columns = (
        Column(t("Tijd") if begins else t("Duur"), 2.4),
        Column(t("Onderdeel"), 4.2),
        *((Column(t("Vraag"), 9.6),) if asked else ()),
    )
    return Grid(
        caption=t("Het programma"),
        description=t("Een rij voor elk onderdeel van het programma."),
        columns=columns,
        rows=tuple(row[: len(columns)] for row in rows),
    )
