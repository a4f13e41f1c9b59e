"""Rows that are written many at a time are the rows that were meant."""

from __future__ import annotations

import datetime as dt
from contextlib import closing
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from facilitator.kernel.roles import Role
from facilitator.meeting.ids import MeetingId, NoteId
from facilitator.meeting.meeting import Meeting
from facilitator.meeting.notes import Note
from facilitator.store.store import Store

MEETING = MeetingId(UUID(int=7))
MOMENT = dt.datetime(2026, 10, 30, 9, 0, tzinfo=dt.timezone(dt.timedelta(hours=2)))


@pytest.mark.parametrize("number", [1, 3, 4, 15, 64, 151])
def test_each_value_stands_where_it_belongs(tmp_path: Path, number: int) -> None:
    """Of every column: all the same, all different, some none, all none."""
    notes = [
        Note(
            id=NoteId(uuid4()),
            text=f"notitie {each} \u20ac 'quoted'",
            written_at=None if each % 3 else MOMENT + dt.timedelta(seconds=each),
            hidden=each % 2 == 0,
            approved=False,
            order=each / 3,
        )
        for each in range(number)
    ]
    meeting = Meeting(id=MEETING, title="Proef", date=MOMENT.date(), begins=dt.time(9, 30))
    with closing(Store.open(tmp_path)) as store:
        store.create([meeting, *notes], command="new", at=MOMENT, actor=None, role=Role.FACILITATOR)
        read = store.load(MEETING).entities
    assert [thing for thing in read if isinstance(thing, Meeting)] == [meeting]
    assert [thing for thing in read if isinstance(thing, Note)] == notes
