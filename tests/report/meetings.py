"""Meetings to make a verslag of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

import msgspec

from facilitator.kernel.entity import Entity
from facilitator.kernel.state import State
from facilitator.meeting.categories import Category
from facilitator.meeting.features import empty_state
from facilitator.meeting.ids import CategoryId, MeetingId, NoteId, StepId, TableId, ThemeId
from facilitator.meeting.meeting import Meeting
from facilitator.meeting.notes import Note
from facilitator.meeting.programme import Clock, Step, StepKind
from facilitator.meeting.projector import Projector
from facilitator.meeting.tables import Table
from facilitator.meeting.themes import Colour, Theme
from facilitator.sample import sample_entities

MEETING = MeetingId(UUID(int=7))


def uid(number: int) -> UUID:
    return UUID(int=1_000_000 + number)


def loaded(entities: Iterable[Entity]) -> State:
    state = empty_state()
    state.load(entities, revision=1)
    return state


def sampled(language: str = "nl", **changes: Any) -> State:
    """The sample meeting, with other fields of the meeting itself."""
    return loaded(
        msgspec.structs.replace(entity, **changes) if isinstance(entity, Meeting) else entity
        for entity in sample_entities(MEETING, language)
    )


def held(
    texts: Sequence[str] = (),
    *,
    themes: int = 3,
    own: int = 2,
    across: int = 0,
    others: Iterable[Entity] = (),
    **fields: Any,
) -> State:
    """A meeting with these notes, spread over themes and categories."""
    row = [
        Theme(
            id=ThemeId(uid(number)),
            title=f"Thema {number}",
            colour=list(Colour)[number % 6],
            order=number,
        )
        for number in range(1, themes + 1)
    ]
    table = Table(id=TableId(uid(500)), number=1, code="BCD23", order=1)
    step = Step(id=StepId(uid(501)), activity=StepKind.ROUND, length=1200, order=1)
    cells = [
        Category(id=CategoryId(uid(1000 + number)), title=f"Rij {number}", order=number)
        for number in range(across)
    ]
    for place, theme in enumerate(row):
        cells += [
            Category(
                id=CategoryId(uid(2000 + 50 * place + number)),
                title=f"Vak {number}",
                theme=theme.id,
                order=number,
            )
            for number in range(own)
        ]
    notes = [_note(number, text, row, cells, table, step) for number, text in enumerate(texts)]
    meeting = Meeting(**{"id": MEETING, "title": "Proef", **fields})
    single = (meeting, Clock(id=MEETING), Projector(id=MEETING))
    return loaded([*single, *row, table, step, *cells, *notes, *others])


def _note(
    number: int,
    text: str,
    themes: Sequence[Theme],
    categories: Sequence[Category],
    table: Table,
    step: Step,
) -> Note:
    theme = themes[number % len(themes)].id if themes else None
    fitting = [None, *(cell.id for cell in categories if cell.theme in {None, theme})]
    return Note(
        id=NoteId(uid(10_000 + number)),
        text=text,
        theme=theme,
        category=fitting[number // max(1, len(themes)) % len(fitting)],
        table=table.id if number % 3 else None,
        round=step.id if number % 2 else None,
        order=number,
    )
