"""What holds after any sequence of commands."""

from __future__ import annotations

from random import Random
from typing import Any
from uuid import UUID

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import UNSET

from facilitator.kernel.errors import FacilitatorError
from facilitator.kernel.roles import Role
from facilitator.kernel.undo import Undo
from facilitator.kernel.wire import Reader, encode
from facilitator.meeting.features import KINDS, empty_state
from facilitator.meeting.meeting import EditMeeting, Meeting
from facilitator.meeting.merging import UNDER
from facilitator.meeting.notes import IN_CELL, OF_TABLE, OF_THEME, Note
from facilitator.meeting.people import AT_TABLE, Participant
from facilitator.meeting.programme import Clock
from facilitator.meeting.projector import Projector
from facilitator.meeting.tables import BY_CODE, Table
from facilitator.meeting.themes import Theme
from facilitator.meeting.votes import OF_BALLOT, OF_OPTION, Vote

from .chance import ACTORS, COMMANDS, UNDOABLE, any_command
from .play import OWNER, Cafe, canonical

READER = Reader(KINDS)
PHONE = (Role.PARTICIPANT, Role.HOST)
MANY = settings(max_examples=80)
SEEDS, LENGTHS = st.integers(0, 2**32), st.integers(1, 60)


def step(chance: Random, cafe: Cafe, *, undoable: bool = False) -> None:
    """Some time, and then somebody who wants something."""
    cafe.wait(chance.choice([0, 0.5, 1, 60, 700]))
    command = any_command(chance, cafe.state, UNDOABLE if undoable else COMMANDS)
    if undoable and isinstance(command, EditMeeting):  # a promise is not taken back
        command = msgspec.structs.replace(command, keep_until=UNSET)
    role = Role.FACILITATOR if undoable else chance.choice(sorted(command.roles))
    people = [person.id for person in cafe.all(Participant)]
    actor = ACTORS.get(role) or (chance.choice(people) if people else None)
    before, secrets = cafe.bytes(), dict(cafe.state.secrets)
    try:
        cafe.do(command, role, actor)
    except FacilitatorError:
        assert cafe.bytes() == before
        assert cafe.state.secrets == secrets


def check_whole(cafe: Cafe) -> None:
    """Nothing points at what is not there; there is one of what there is one of."""
    for thing in cafe.state.entities():
        for field, kind in thing.refers.items():
            target = getattr(thing, field)
            assert target is None or cafe.state.has(kind, target), (thing, field)
    assert [len(cafe.all(kind)) for kind in (Meeting, Clock, Projector)] == [1, 1, 1]
    tables = cafe.all(Table)
    assert len({table.code for table in tables}) == len(tables)
    assert len({table.number for table in tables}) == len(tables)
    assert sum(theme.open for theme in cafe.all(Theme)) <= 1
    assert not any("\x00" in note.text or not note.text for note in cafe.all(Note))
    heads = [cafe.state.get(Note, note.merged) for note in cafe.all(Note) if note.merged]
    assert not any(head.merged for head in heads)  # one level deep, and so in no circle


def check_indexes(cafe: Cafe) -> None:
    """What an index finds is what looking at everything finds."""
    indexes: list[tuple[type[Any], Any]] = [
        (Note, OF_THEME),
        (Note, OF_TABLE),
        (Note, IN_CELL),
        (Note, UNDER),
        (Participant, AT_TABLE),
        (Table, BY_CODE),
        (Vote, OF_OPTION),
        (Vote, OF_BALLOT),
    ]
    for kind, index in indexes:
        for thing in cafe.all(kind):
            key = index.key(thing)
            same = {other.id for other in cafe.all(kind) if index.key(other) == key}
            assert {found.id for found in cafe.state.where(index, key)} == same


@MANY
@given(SEEDS, LENGTHS)
def test_all_stays_whole_whatever_is_asked(seed: int, length: int) -> None:
    cafe, chance = Cafe().open(), Random(seed)
    for _ in range(length):
        step(chance, cafe)
        check_whole(cafe)
    check_indexes(cafe)


@MANY
@given(SEEDS, LENGTHS)
def test_who_hears_the_entries_knows_the_same(seed: int, length: int) -> None:
    cafe, chance = Cafe(), Random(seed)
    replica = empty_state()
    replica.load(cafe.state.entities(), revision=1)
    cafe.open()
    for _ in range(length):
        step(chance, cafe)
    for entry in cafe.entries:
        read = READER.entry(encode(entry))
        assert read == entry
        replica.apply(read)
    assert canonical(replica) == cafe.bytes()
    assert replica.revision == cafe.state.revision
    assert replica.history.stacks(OWNER) == cafe.state.history.stacks(OWNER)


@MANY
@given(SEEDS, LENGTHS)
def test_what_is_taken_back_was_never_there(seed: int, length: int) -> None:
    cafe, chance = Cafe().open(), Random(seed)
    for _ in range(length):
        step(chance, cafe)
    seen = [cafe.bytes()]
    first = cafe.state.revision
    for _ in range(length):
        step(chance, cafe)
        if cafe.state.revision - first == len(seen):
            seen.append(cafe.bytes())
    for entry in reversed(cafe.entries[-(len(seen) - 1) :] if len(seen) > 1 else []):
        assert cafe.bytes() == seen.pop()
        cafe.state.revert(entry)
        check_indexes(cafe)
    assert (cafe.bytes(), cafe.state.revision) == (seen[0], first)


@MANY
@given(SEEDS, LENGTHS)
def test_undoing_all_gives_the_same_bytes_and_doing_all_again_too(seed: int, length: int) -> None:
    cafe, chance = Cafe().open(), Random(seed)
    for _ in range(length):
        step(chance, cafe)
    cafe = Cafe(list(cafe.state.entities()))
    before = cafe.bytes()
    for _ in range(length):
        press = chance.choice([None, None, None, None, cafe.undo, cafe.redo])
        if press is None:
            step(chance, cafe, undoable=True)
        else:
            press()
    after = cafe.bytes()
    undone = 0
    while cafe.undo():
        undone += 1
        check_whole(cafe)
    assert cafe.bytes() == before
    for _ in range(undone):  # not more: what was taken back before would come back too
        assert cafe.redo()
        check_whole(cafe)
    assert cafe.bytes() == after


@MANY
@given(SEEDS, LENGTHS)
def test_an_undo_takes_back_no_more_than_what_one_did(seed: int, length: int) -> None:
    """Between what one did and its undo, others did things; theirs is left, or the undo refused."""
    cafe, chance = Cafe().open(), Random(seed)
    for _ in range(length):
        step(chance, cafe)
    undo, _redo = cafe.state.history.stacks(OWNER)
    if not undo:
        return
    before = {(thing.kind(), thing.id): thing for thing in cafe.state.entities()}
    touched = {(change.subject.kind(), change.subject.id) for change in undo[-1].changes}
    code = cafe.code(Undo(id=UUID(int=3), entry=undo[-1].revision))
    assert code == "done" or code.startswith(("undo.", "reference.", "meeting.told"))
    after = {(thing.kind(), thing.id): thing for thing in cafe.state.entities()}
    changed = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    assert changed <= touched
    check_whole(cafe)
