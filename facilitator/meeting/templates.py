"""A new meeting: what is in it before anybody changed anything."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from random import Random
from typing import Final
from uuid import UUID

from facilitator.kernel.entity import Entity
from facilitator.meeting.ids import MeetingId, StepId, TableId, ThemeId
from facilitator.meeting.meeting import Form, Meeting
from facilitator.meeting.order import STEP
from facilitator.meeting.programme import Clock, Step, StepKind
from facilitator.meeting.projector import Projector
from facilitator.meeting.tables import Table, code_of
from facilitator.meeting.themes import Colour, Theme

MINUTE: Final = 60


class Template(StrEnum):
    """What to begin with."""

    EMPTY = "empty"  # from zero: nothing but the meeting itself
    CLASSIC = "classic"  # one question at all tables, three rounds
    THEMES = "themes"  # a theme a table, three rounds


_BEGINNING: Final = ((StepKind.WELCOME, 10), (StepKind.CHECK_IN, 5))
_ENDING: Final = (
    (StepKind.BREAK, 10),
    (StepKind.HARVEST, 25),
    (StepKind.CLOSING, 10),
)


class NewThings:
    """Makes ids one after the other from a first one, so that making twice gives the same."""

    def __init__(self, seed: UUID) -> None:
        self._random = Random(seed.int)  # noqa: S311 - ids, no secrets

    def id(self) -> UUID:
        """The next id."""
        return UUID(int=self._random.getrandbits(128), version=4)


def new_meeting(
    meeting: MeetingId,
    title: str,
    template: Template = Template.THEMES,
    language: str = "nl",
    theme_titles: tuple[str, ...] = (),
) -> Iterator[Entity]:
    """The entities of a new meeting. ``theme_titles`` are in the language of the meeting."""
    things = NewThings(meeting)
    form = Form.CLASSIC if template is Template.CLASSIC else Form.THEMES
    yield Meeting(id=meeting, title=title, language=language, form=form)
    themes = [
        Theme(
            id=ThemeId(things.id()),
            title=name,
            colour=list(Colour)[number % len(Colour)],
            order=(number + 1) * STEP,
        )
        for number, name in enumerate(theme_titles if template is not Template.EMPTY else ())
    ]
    yield from themes
    if template is not Template.EMPTY:
        yield from _tables(things, themes if form is Form.THEMES else [])
        yield from _programme(things)
    yield Clock(id=meeting)
    yield Projector(id=meeting)


def _tables(things: NewThings, themes: list[Theme]) -> Iterator[Table]:
    for number in range(1, max(len(themes), 3) + 1):
        table = TableId(things.id())
        theme = themes[number - 1].id if number <= len(themes) else None
        yield Table(id=table, number=number, code=code_of(table), theme=theme, order=number * STEP)


def _programme(things: NewThings, rounds: int = 3) -> Iterator[Step]:
    plan = list(_BEGINNING)
    for number in range(1, rounds + 1):
        plan.append((StepKind.ROUND, 20))
        if number < rounds:
            plan.append((StepKind.SWITCH, 3))
    plan.extend(_ENDING)
    for place, (activity, minutes) in enumerate(plan, start=1):
        yield Step(
            id=StepId(things.id()),
            activity=activity,
            length=minutes * MINUTE,
            order=place * STEP,
        )
