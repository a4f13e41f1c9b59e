"""Notes that say the same lie under one of them, and none of them is ever lost."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.i18n import Words
from facilitator.kernel.command import Command
from facilitator.kernel.errors import FacilitatorError
from facilitator.kernel.forgetting import blacked_out
from facilitator.kernel.roles import Role
from facilitator.kernel.undo import Undo
from facilitator.meeting.arranging import (
    MarkConclusion,
    PlaceNotes,
    RemoveCategory,
    cells_of,
    notes_in,
)
from facilitator.meeting.categories import AddCategory
from facilitator.meeting.merging import (
    MergeNotes,
    SplitNotes,
    head_of,
    stands,
    stands_in_the_hall,
    under,
    with_under,
)
from facilitator.meeting.notes import ApproveNotes, EditNote, HideNotes, Note, WriteNote
from facilitator.meeting.themes import themes
from facilitator.report.harvest import in_turn

from .cafes import NEW, make, opened, theme
from .chance import any_command
from .play import OWNER, SECRETARY, Cafe, canonical

MANY = settings(max_examples=60)
SEEDS, LENGTHS = st.integers(0, 2**32), st.integers(1, 60)
ARRANGING: list[type[Command]] = [
    *(MergeNotes, MergeNotes, MergeNotes, SplitNotes, PlaceNotes, HideNotes, ApproveNotes),
    *(MarkConclusion, WriteNote, EditNote, AddCategory, RemoveCategory),
]


def write(cafe: Cafe, text: str = "x", number: int = 0) -> Any:
    note: Any = uuid4()
    cafe.do(make(WriteNote, note=note, text=text, table=None, step=None, theme=theme(cafe, number)))
    return note


def merge(cafe: Cafe, into: UUID, *notes: UUID) -> None:
    cafe.do(make(MergeNotes, into=into, notes=notes))


def loose(cafe: Cafe, number: int = 0) -> list[UUID]:
    return [note.id for note in notes_in(cafe.state, (theme(cafe, number), None))]


def below(cafe: Cafe, note: UUID) -> list[UUID]:
    return [other.id for other in under(cafe.state, cafe.state.get(Note, note))]


def three() -> tuple[Cafe, Any, Any, Any]:
    cafe = opened()
    return cafe, write(cafe, "een"), write(cafe, "twee"), write(cafe, "drie", number=1)


def test_what_is_merged_lies_under_the_other_in_its_cell() -> None:
    cafe, first, second, third = three()
    merge(cafe, first, third, second)
    assert loose(cafe) == [first]
    assert loose(cafe, 1) == []
    assert below(cafe, first) == [third, second]
    assert [note.text for note in cafe.all(Note)] == ["een", "twee", "drie"]
    assert cafe.state.get(Note, third).theme == theme(cafe)


def test_whoever_comes_later_lies_behind_the_others_and_before_what_stands_next() -> None:
    cafe, first, second, third = three()
    last = write(cafe)
    merge(cafe, first, second)
    merge(cafe, first, third)
    assert below(cafe, first) == [second, third]
    cafe.do(make(SplitNotes, notes=(first,)))
    assert loose(cafe) == [first, second, third, last]


def test_a_head_that_is_merged_brings_what_lies_under_it() -> None:
    cafe, first, second, third = three()
    merge(cafe, second, first)
    merge(cafe, third, second)
    assert below(cafe, third) == [second, first]
    assert loose(cafe, 1) == [third]
    assert {note.merged for note in cafe.all(Note)} == {third, None}


def test_merging_into_one_that_lies_under_another_is_merging_into_that() -> None:
    cafe, first, second, third = three()
    merge(cafe, first, second)
    merge(cafe, second, third)
    assert below(cafe, first) == [second, third]
    before = cafe.state.revision
    merge(cafe, second, first, second)  # all of it lies there already
    assert cafe.state.revision == before


def test_taking_it_back_puts_everything_where_it_was() -> None:
    cafe, first, second, third = three()
    before = cafe.bytes()
    merge(cafe, first, second, third)
    merge(cafe, third, first)  # the same pile, as it is
    cafe.undo()
    assert cafe.bytes() == before


def test_split_one_or_all_of_a_pile() -> None:
    cafe, first, second, third = three()
    merge(cafe, first, second, third)
    cafe.do(make(SplitNotes, notes=(third,)))
    assert (loose(cafe), below(cafe, first)) == ([first, third], [second])
    cafe.do(make(SplitNotes, notes=(first,)))
    assert (loose(cafe), below(cafe, first)) == ([first, second, third], [])


def test_what_lies_under_a_note_goes_where_that_goes() -> None:
    cafe, first, second, third = three()
    merge(cafe, first, second)
    cafe.do(make(AddCategory, category=NEW, title="Plein", theme=theme(cafe, 1)))
    cell = {"theme": theme(cafe, 1), "category": NEW}
    cafe.do(make(PlaceNotes, notes=(third, first), **cell))
    assert [note.id for note in notes_in(cafe.state, (theme(cafe, 1), NEW))] == [third, first]
    assert below(cafe, first) == [second]
    assert cafe.state.get(Note, second).category == NEW
    cafe.do(make(RemoveCategory, category=NEW))
    assert (loose(cafe, 1), below(cafe, first)) == ([third, first], [second])


def test_one_that_is_put_somewhere_by_itself_lies_under_nothing() -> None:
    cafe, first, second, _third = three()
    merge(cafe, first, second)
    cafe.do(make(PlaceNotes, notes=(second,), theme=theme(cafe, 2), category=None))
    assert (loose(cafe), loose(cafe, 2)) == ([first], [second])
    cafe.undo()
    assert below(cafe, first) == [second]


def test_a_conclusion_stays_one_under_another_name() -> None:
    cafe, first, second, _third = three()
    cafe.do(make(MarkConclusion, note=second, conclusion=True))
    merge(cafe, first, second)
    assert cafe.state.get(Note, first).conclusion
    cafe.undo()
    assert not cafe.state.get(Note, first).conclusion


def test_under_what_is_out_of_sight_a_note_stands_for_itself() -> None:
    cafe, first, second, third = three()
    merge(cafe, first, second, third)
    cafe.do(make(HideNotes, notes=(first,)))
    assert loose(cafe) == [second, third]
    cafe.do(make(HideNotes, notes=(second,)))
    cafe.do(make(HideNotes, notes=(first,), hidden=False))
    assert (loose(cafe), below(cafe, first)) == ([first], [third])


def test_under_what_was_made_black_a_note_stands_for_itself() -> None:
    cafe, first, second, _third = three()
    merge(cafe, first, second)
    black = blacked_out(cafe.state.get(Note, first))
    things = [black if thing.id == first else thing for thing in cafe.state.entities()]
    cafe = Cafe(things)
    assert loose(cafe) == [first, second]
    cafe.do(make(PlaceNotes, notes=(first,), theme=theme(cafe, 1), category=None))
    assert loose(cafe) == [second]
    merge(cafe, second, first)
    assert (loose(cafe), below(cafe, second)) == ([second], [first])


def test_what_lies_under_a_note_that_waits_is_seen_in_the_hall() -> None:
    cafe, first, second, _third = three()
    merge(cafe, first, second)

    def seen() -> list[UUID]:
        return [note.id for note in cafe.all(Note) if stands_in_the_hall(cafe.state, note)][:1]

    assert seen() == [first]
    cafe.do(make(ApproveNotes, notes=(first,), approved=False))
    assert seen() == [second]


def test_what_would_make_a_second_level_is_not_taken_back() -> None:
    cafe, first, second, third = three()
    merge(cafe, first, second)
    cafe.do(make(SplitNotes, notes=(second,)))
    split = cafe.entries[-1].revision
    cafe.do(make(MergeNotes, into=third, notes=(first,)), Role.SECRETARY, SECRETARY)
    assert cafe.code(Undo(id=uuid4(), entry=split)) == "undo.changed"
    cafe.undo(SECRETARY)
    cafe.do(make(MergeNotes, into=second, notes=(first,)), Role.SECRETARY, SECRETARY)
    assert cafe.code(Undo(id=uuid4(), entry=split)) == "undo.changed"
    cafe.undo(SECRETARY)
    assert cafe.code(Undo(id=uuid4(), entry=split)) == "done"
    assert below(cafe, first) == [second]


def test_where_there_is_no_room_all_of_the_cell_is_numbered_anew() -> None:
    cafe, first, second, _third = three()
    last = write(cafe)
    close = [
        msgspec.structs.replace(thing, order=1.0 + (thing.id == last) * 1e-9)
        if isinstance(thing, Note) and thing.id in {first, last}
        else thing
        for thing in cafe.state.entities()
    ]
    cafe = Cafe(close)
    cafe.do(make(MarkConclusion, note=second, conclusion=True))
    merge(cafe, first, second)
    assert (loose(cafe), below(cafe, first)) == ([first, last], [second])
    assert cafe.state.get(Note, first).conclusion


def test_a_chain_that_could_not_be_made_here_loses_nothing() -> None:
    cafe, first, second, third = three()
    chain = {second: first, third: second}
    things = [
        msgspec.structs.replace(thing, merged=chain[thing.id]) if thing.id in chain else thing
        for thing in cafe.state.entities()
    ]
    cafe = Cafe(things)
    assert head_of(cafe.state, cafe.state.get(Note, third)) is None
    assert (loose(cafe), loose(cafe, 1), below(cafe, first)) == ([first], [third], [second])


@pytest.mark.parametrize("command", [MergeNotes, SplitNotes])
def test_nothing_is_no_number_of_notes(command: Any) -> None:
    cafe, first, *_others = three()
    more = {"into": first} if command is MergeNotes else {}
    assert cafe.code(make(command, notes=(), **more)) == "note.number"
    assert cafe.code(make(command, notes=(uuid4(),), **more)) == "note.unknown"


def sprinkled(seed: int, length: int) -> Cafe:
    """A café in which notes were written, and then arranged by two who undo each other's ways."""
    cafe, chance = opened(), Random(seed)
    for number in range(12):
        write(cafe, f"notitie {number}", number % 3)
    for _ in range(length):
        actor = chance.choice([OWNER, SECRETARY])
        role = Role.FACILITATOR if actor == OWNER else Role.SECRETARY
        undo, redo = cafe.state.history.stacks(actor)
        if chance.random() < 0.25 and undo + redo:
            command: Any = Undo(id=uuid4(), entry=chance.choice(undo + redo).revision)
        else:
            command = any_command(chance, cafe.state, ARRANGING)
        try:
            cafe.do(command, role, actor)
        except FacilitatorError:
            continue
    return cafe


@MANY
@given(SEEDS, LENGTHS)
def test_each_note_in_sight_stands_once_or_lies_once(seed: int, length: int) -> None:
    cafe = sprinkled(seed, length)
    state = cafe.state
    cells = [
        cell for key in (None, *(t.id for t in themes(state))) for cell in cells_of(state, key)
    ]
    heads = [note for cell in cells for note in notes_in(state, cell)]
    shown = [note.id for note in with_under(state, heads)]
    assert sorted(shown) == sorted(note.id for note in cafe.all(Note) if not note.hidden)
    assert all(stands(state, note) for note in heads)
    merged = [state.get(Note, note.merged) for note in cafe.all(Note) if note.merged]
    assert not any(head.merged for head in merged)


@MANY
@given(SEEDS, LENGTHS)
def test_each_note_in_sight_is_in_the_appendix_once(seed: int, length: int) -> None:
    cafe = sprinkled(seed, length)
    told = Counter(note.id for *_where, note in in_turn(cafe.state, Words("nl")))
    assert told == Counter(note.id for note in cafe.all(Note) if not note.hidden)


@MANY
@given(SEEDS, LENGTHS)
def test_merging_and_taking_it_back_changes_nothing(seed: int, length: int) -> None:
    cafe, chance = sprinkled(seed, length), Random(seed)
    before = canonical(cafe.state)
    there = [note.id for note in cafe.all(Note)]
    wish = make(MergeNotes, into=chance.choice(there), notes=tuple(chance.sample(there, 4)))
    if cafe.do(wish) is not None:
        cafe.undo()
    assert canonical(cafe.state) == before
