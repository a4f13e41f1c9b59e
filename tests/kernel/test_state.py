from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitator.kernel.entity import Entity, in_order
from facilitator.kernel.entry import Change, Entry
from facilitator.kernel.errors import NotFound
from facilitator.kernel.roles import Role
from facilitator.kernel.state import Index, State


class Card(Entity, frozen=True, kw_only=True, tag="card"):
    """A thing to test with."""

    refers: ClassVar[dict[str, str]] = {}

    id: UUID
    pile: int = 0
    order: float = 0.0


PILE: Index[Card, int] = Index(Card, lambda card: card.pile)


def empty() -> State:
    return State([Card], [PILE])


def entry(state: State, *changes: Change[Any], undoable: bool = False) -> Entry:
    revision = state.revision + 1
    return Entry(
        revision=revision,
        at=None,  # type: ignore[arg-type]
        actor=None,
        role=Role.FACILITATOR,
        command="deal",
        command_id=UUID(int=revision),
        changes=changes,
        undoable=undoable,
    )


def deal(state: State, number: int, pile: int, order: float) -> Entry:
    before = state.find(Card, UUID(int=number))
    return entry(
        state, Change(before=before, after=Card(id=UUID(int=number), pile=pile, order=order))
    )


def remove(state: State, number: int) -> Entry:
    return entry(state, Change(before=state.get(Card, UUID(int=number)), after=None))


def looked_at(state: State) -> tuple[object, ...]:
    cards = sorted(state.all(Card), key=lambda card: card.id.int)
    piles = [sorted(card.id.int for card in state.where(PILE, pile)) for pile in range(3)]
    return (state.revision, cards, piles, [state.highest(PILE, pile) for pile in range(3)])


Deal = tuple[int, int, float, bool, bool]
deals = st.lists(
    st.tuples(
        st.integers(0, 5),
        st.integers(0, 2),
        st.sampled_from([-1.0, 0.0, 1.0, 2.0, 3.0]),
        st.booleans(),
        st.booleans(),
    ),
    max_size=30,
)


@given(deals)
def test_indexes_and_highest_places_are_always_those_of_the_things(steps: Sequence[Deal]) -> None:
    state = empty()
    for number, pile, order, gone, back in steps:
        before = looked_at(state)
        there = state.find(Card, UUID(int=number)) is not None
        made = remove(state, number) if gone and there else deal(state, number, pile, order)
        state.apply(made)
        if back:
            state.revert(made)
            assert looked_at(state) == before
        fresh = empty()
        fresh.load(state.all(Card), state.revision)
        assert looked_at(state) == looked_at(fresh)
        for each in range(3):
            places = [card.order for card in state.all(Card) if card.pile == each]
            assert state.highest(PILE, each) == max(places, default=0.0)


def test_what_is_not_there_has_a_code_of_its_kind() -> None:
    with pytest.raises(NotFound) as caught:
        empty().get(Card, UUID(int=9))
    assert caught.value.code == "card.unknown"
    assert str(caught.value) == f"card.unknown (id={UUID(int=9)})"
    assert empty().find(Card, None) is None


def test_loading_begins_anew() -> None:
    state = empty()
    state.apply(entry(state, Change(before=None, after=Card(id=UUID(int=1))), undoable=True))
    state.secrets[UUID(int=1)] = b"x"
    state.load([Card(id=UUID(int=2), pile=1)], revision=7)
    assert (state.revision, list(state.history), state.secrets) == (7, [], {})
    assert [card.id.int for card in state.entities()] == [2]
    assert list(state.where(PILE, 0)) == []


def test_revert_takes_back_the_newest_entry_and_its_place_in_the_history() -> None:
    state = empty()
    made = entry(state, Change(before=None, after=Card(id=UUID(int=1))), undoable=True)
    state.apply(made)
    assert state.history.find(1) is made
    state.revert(made)
    assert (state.revision, list(state.history), list(state.all(Card))) == (0, [], [])


def test_the_order_of_two_at_one_place_is_settled_by_their_ids() -> None:
    one, two = Card(id=UUID(int=1), order=1.0), Card(id=UUID(int=2), order=1.0)
    assert in_order([two, one]) == [one, two]


def test_a_change_knows_its_subject_and_its_inverse() -> None:
    card = Card(id=UUID(int=1))
    gone = Change(before=card, after=None)
    assert gone.subject is card
    assert gone.inverse == Change(before=None, after=card)
