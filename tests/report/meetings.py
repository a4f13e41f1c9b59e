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
from facilitator.meeting.follow_ups import FollowUp, Result
from facilitator.meeting.frames import Frame
from facilitator.meeting.hand_over import HandOver
from facilitator.meeting.ids import (
    CategoryId,
    FollowUpId,
    FrameId,
    HandOverId,
    MeetingId,
    NoteId,
    ProposalId,
    ResponseId,
    StepId,
    TableId,
    ThemeId,
)
from facilitator.meeting.meeting import Meeting
from facilitator.meeting.notes import Note
from facilitator.meeting.outline import ReportForm
from facilitator.meeting.programme import Clock, Step, StepKind, rounds
from facilitator.meeting.projector import Projector
from facilitator.meeting.proposals import Proposal, Response, Stance
from facilitator.meeting.tables import Table
from facilitator.meeting.themes import Colour, Theme, themes
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


def complete(form: ReportForm = ReportForm.FULL, **changes: Any) -> State:
    """The sample, with all that a meeting can hold besides."""
    state = sampled(report=form, invited="Alle teamleiders, per brief", **changes)
    theme = themes(state)[0]
    table = next(iter(state.all(Table)))
    step = rounds(state)[0]
    notes = [
        Note(id=NoteId(uid(1)), text="Te laat bedacht", theme=theme.id, table=table.id, late=True),
        Note(id=NoteId(uid(2)), text="Niet voor op papier", theme=theme.id, hidden=True),
        Note(id=NoteId(uid(3)), text="Van niemand en nergens"),
    ]
    plan = [
        Frame(id=FrameId(uid(11)), text="Binnen de begroting\nook in 2028", set_by="De gemeente"),
        Frame(id=FrameId(uid(12)), text="Lopend te bereiken", order=1),
        Proposal(id=ProposalId(uid(13)), text="Een buurthuis", theme=theme.id, asked=True),
        Proposal(id=ProposalId(uid(14)), text="Een bus", order=1, asked=True),
        Proposal(id=ProposalId(uid(15)), text="Een brug", order=2),
        _response(21, 13, 11, Stance.AGREES, "Is begroot"),
        _response(22, 13, 12, Stance.OBJECTS, "Te ver van Noord", settled=True),
        _response(23, 13, None, Stance.OBJECTS, "Eerst de buren vragen", settled=True),
        _response(24, 14, None, Stance.OBJECTS, "Rijdt ’s avonds niet"),
    ]
    row = (Result.TAKEN, Result.PARTLY, Result.NOT, Result.PENDING, Result.TAKEN)
    since = [
        FollowUp(
            id=FollowUpId(uid(30 + place)),
            what=f"Punt {place}",
            theme=None if place else theme.id,
            result=result,
            why="" if result is Result.PENDING else f"Reden {place}",
            order=place,
        )
        for place, result in enumerate(row)
    ]
    left = HandOver(
        id=HandOverId(uid(40)), table=table.id, round=step.id, points=("Begin bij het licht",)
    )
    return loaded([*state.entities(), *notes, *plan, *since, left])


def _response(
    key: int, to: int, frame: int | None, stance: Stance, reason: str, *, settled: bool = False
) -> Response:
    return Response(
        id=ResponseId(uid(key)),
        proposal=ProposalId(uid(to)),
        frame=FrameId(uid(frame)) if frame else None,
        stance=stance,
        reason=reason,
        settled=settled,
        order=key,
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
