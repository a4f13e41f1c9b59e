"""What a copy of a meeting takes along, and what it leaves behind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final
from uuid import UUID

from facilitator.kernel.entity import Entity
from facilitator.kernel.text import file_words
from facilitator.meeting import fields
from facilitator.meeting.categories import Category
from facilitator.meeting.meeting import Meeting, Phase
from facilitator.meeting.programme import Clock, Step
from facilitator.meeting.projector import Projector
from facilitator.meeting.tables import Table, code_of
from facilitator.meeting.themes import Theme

LONGEST_NAME: Final = 100  # characters of a file name, without its ending
_SET_UP: Final = (Theme, Step, Category)


def for_another_day(entities: Iterable[Entity]) -> Iterator[Entity]:
    """How the meeting was set up, without who was there and what came of it."""
    for entity in entities:
        if isinstance(entity, Meeting):
            yield fields.edited(
                entity,
                phase=Phase.PREPARING,
                date=None,
                next_meeting="",
                what_next="",
                check_out="",
                frozen=False,
                voting=False,
                keep_until=None,
                wiped=False,
            )
        elif isinstance(entity, Clock):
            yield Clock(id=entity.id)
        elif isinstance(entity, Projector):
            yield Projector(id=entity.id)
        elif isinstance(entity, Table):
            yield fields.edited(entity, closed=False)
        elif isinstance(entity, _SET_UP):
            yield entity


def renamed(entities: Iterable[Entity], title: str) -> Iterator[Entity]:
    """The same, with another title."""
    for entity in entities:
        yield fields.edited(entity, title=title) if isinstance(entity, Meeting) else entity


def with_free_codes(entities: Iterable[Entity], taken: Iterable[str]) -> Iterator[Entity]:
    """The same; a table whose code leads to another meeting already gets another one."""
    used = set(taken)
    for entity in entities:
        if isinstance(entity, Table):
            code, step = entity.code, 0
            while code in used:
                code = code_of(UUID(int=(entity.id.int + step) % 2**128))
                step += 1
            used.add(code)
            yield fields.edited(entity, code=code)
        else:
            yield entity


def file_stem(title: str) -> str:
    """A title as every system takes it for the name of a file."""
    return file_words(title, LONGEST_NAME) or "bijeenkomst"
