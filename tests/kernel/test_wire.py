from __future__ import annotations

import pytest

from facilitator.kernel.entry import Change, Entry
from facilitator.kernel.errors import Conflict, FacilitatorError, Malformed, Refused
from facilitator.kernel.roles import Role
from facilitator.kernel.wire import Reader, encode
from facilitator.meeting.features import KINDS
from facilitator.meeting.notes import Note
from facilitator.meeting.themes import Theme

READER = Reader(KINDS)
OLDER = Reader([kind for kind in KINDS if kind is not Note])


def entry(*changes: bytes) -> bytes:
    return (
        b'{"revision":3,"at":"2026-10-30T09:00:00Z","actor":null,"role":"secretary",'
        b'"command":"x","command_id":"00000000-0000-0000-0000-000000000001","later":[1],'
        b'"changes":[' + b",".join(changes) + b"]}"
    )


NOTE = b'{"kind":"note","id":"00000000-0000-0000-0000-000000000002","text":"x","mood":"good"}'
MOOD = b'{"kind":"mood","id":"00000000-0000-0000-0000-000000000002"}'


def test_fields_and_kinds_that_are_not_known_are_left_out() -> None:
    read = READER.entry(entry(b'{"after":%b}' % NOTE, b'{"before":%b}' % MOOD))
    assert [change.subject.kind() for change in read.changes] == ["note"]
    assert (read.undoable, read.undoes) == (False, None)
    assert OLDER.entry(entry(b'{"after":%b}' % NOTE)).changes == ()
    assert READER.entities([NOTE, MOOD]) == [READER.entity(NOTE)]


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"[]",
        b'{"kind":4}',
        b'{"kind":"note"}',
        b'{"kind":"note","id":"x","text":"y"}',
        b"\xff",
    ],
)
def test_what_is_no_entity(raw: bytes) -> None:
    with pytest.raises(Malformed) as caught:
        READER.entity(raw)
    assert caught.value.code == "wire.entity"


@pytest.mark.parametrize("raw", [b"", b"{}", b"\xff", entry(b"3")])
def test_what_is_no_entry(raw: bytes) -> None:
    with pytest.raises(Malformed) as caught:
        READER.entry(raw)
    assert caught.value.code == "wire.entry"


def test_an_entity_says_its_kind() -> None:
    theme = READER.entity(
        b'{"kind":"theme","id":"00000000-0000-0000-0000-000000000003","title":"T"}'
    )
    assert isinstance(theme, Theme)
    assert READER.entity(encode(theme)) == theme


def test_an_entry_comes_back_as_it_was() -> None:
    note = READER.entity(NOTE)
    assert note is not None
    made = READER.entry(entry())
    full = Entry(
        revision=9,
        at=made.at,
        actor=note.id,
        role=Role.HOST,
        command="y",
        command_id=note.id,
        changes=(Change(before=None, after=note), Change(before=note, after=None)),
        undoes=4,
        undoable=True,
    )
    assert READER.entry(encode(full)) == full


def test_an_error_is_told_by_its_code() -> None:
    error = Conflict("note.length", maximum=300, why="x")
    assert isinstance(error, Refused)
    assert isinstance(error, FacilitatorError)
    assert str(error) == "note.length (maximum=300, why=x)"
    assert str(Refused("a.b")) == "a.b"
