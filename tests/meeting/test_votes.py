"""Voting: a short list, so many dots each, and nobody knows whose they are."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitator.kernel.errors import Refused
from facilitator.kernel.roles import Role
from facilitator.kernel.wire import encode
from facilitator.meeting.fields import Typed
from facilitator.meeting.meeting import CloseMeeting, Devices, EditMeeting, OpenDoors, the_meeting
from facilitator.meeting.people import Join, MuteParticipant
from facilitator.meeting.tables import Table
from facilitator.meeting.votes import (
    AddOption,
    CastVote,
    EditOption,
    MoveOption,
    OpenVoting,
    Option,
    RemoveOption,
    Vote,
    ballot_of,
    dots_of,
    options,
    tally,
    voters,
)

from .cafes import PHONE, make, opened
from .play import MEETING, OWNER, Cafe

BENCH: Any = UUID(int=901)
TREE: Any = UUID(int=902)
LAMP: Any = UUID(int=903)


class Voter:
    """A phone that is in, with its key."""

    def __init__(self, cafe: Cafe, people: int = 1) -> None:
        self.cafe, self.id, self.key = cafe, uuid4(), uuid4().hex
        join = Join(id=self.id, table=cafe.one(Table).id, key=self.key, people=people)
        cafe.do(join, PHONE, self.id)

    def put(self, option: Any, dots: int, key: str | None = None) -> None:
        cast = make(CastVote, option=option, dots=dots, key=self.key if key is None else key)
        self.cafe.do(cast, PHONE, self.id)


def listed() -> Cafe:
    cafe = opened()
    for option, text in ((BENCH, "Bankjes"), (TREE, "Bomen"), (LAMP, "Licht")):
        cafe.do(make(AddOption, option=option, text=text))
    return cafe


def voting() -> Cafe:
    cafe = listed()
    cafe.do(make(OpenVoting, open=True))
    return cafe


def told(cafe: Cafe) -> list[tuple[str, int]]:
    return [(option.text, dots) for option, dots in tally(cafe.state)]


def test_most_dots_come_first_and_the_list_settles_a_draw() -> None:
    cafe = voting()
    one, two = Voter(cafe), Voter(cafe)
    one.put(LAMP, 2)
    two.put(TREE, 1)
    two.put(BENCH, 1)
    assert told(cafe) == [("Licht", 2), ("Bankjes", 1), ("Bomen", 1)]
    assert (voters(cafe.state), dots_of(cafe.state, LAMP)) == (2, 2)
    cafe.do(make(MoveOption, option=TREE, before=BENCH))
    assert told(cafe) == [("Licht", 2), ("Bomen", 1), ("Bankjes", 1)]


def test_dots_are_set_and_not_added_so_that_sending_twice_is_safe() -> None:
    cafe = voting()
    one = Voter(cafe)
    one.put(TREE, 2)
    one.put(TREE, 2)
    assert (dots_of(cafe.state, TREE), len(cafe.all(Vote))) == (2, 1)
    one.put(TREE, 0)
    assert (dots_of(cafe.state, TREE), voters(cafe.state)) == (0, 0)
    one.put(TREE, 3)
    assert (dots_of(cafe.state, TREE), voters(cafe.state)) == (3, 1)


@pytest.mark.parametrize(("people", "most"), [(1, 3), (4, 12)])
def test_nobody_puts_more_dots_than_there_are_people_behind_the_device(
    people: int, most: int
) -> None:
    cafe = voting()
    cafe.do(make(EditMeeting, devices=Devices.TABLE))
    one = Voter(cafe, people)
    one.put(BENCH, most - 1)
    with pytest.raises(Refused) as refused:
        one.put(TREE, 2)
    assert refused.value.code == "votes.spent"
    assert refused.value.values == {"maximum": most, "had": 0}
    one.put(TREE, 1)
    with pytest.raises(Refused) as refused:
        one.put(TREE, -1)
    assert refused.value.values["had"] == 1
    assert sum(dots for _option, dots in tally(cafe.state)) == most


def test_with_fewer_dots_than_were_put_they_can_only_be_taken_back() -> None:
    cafe = voting()
    one = Voter(cafe)
    one.put(BENCH, 2)
    one.put(TREE, 1)
    cafe.do(make(EditMeeting, dots=1))
    with pytest.raises(Refused):
        one.put(LAMP, 1)
    one.put(BENCH, 1)
    one.put(TREE, 0)
    assert told(cafe)[0] == ("Bankjes", 1)


def test_only_the_key_that_a_phone_joined_with_opens_its_ballot() -> None:
    cafe = voting()
    one, two = Voter(cafe), Voter(cafe)
    for key in (two.key, "", "x" * 20):
        with pytest.raises(Refused) as refused:
            one.put(BENCH, 1, key)
        assert refused.value.code == "votes.key"
    cafe.do(make(Join, table=None), PHONE, None)
    assert cafe.code(make(CastVote, option=BENCH, dots=1, key=one.key), PHONE, uuid4()) == (
        "votes.key"
    )


def test_a_ballot_is_the_same_at_each_option_and_tells_nobody_apart() -> None:
    cafe = voting()
    one, two = Voter(cafe), Voter(cafe)
    one.put(BENCH, 1)
    one.put(TREE, 1)
    two.put(TREE, 1)
    ballots = [vote.ballot for vote in cafe.all(Vote)]
    assert ballots[0] == ballots[1] == ballot_of(MEETING, one.key) != ballots[2]
    stored = encode([list(cafe.state.entities()), cafe.entries[-1]]).decode()
    assert one.key not in stored
    assert not any(one.id.hex in ballot for ballot in ballots)


def test_of_who_is_muted_nothing_is_counted_and_nothing_is_told() -> None:
    cafe = voting()
    one = Voter(cafe)
    one.put(BENCH, 1)
    cafe.do(make(MuteParticipant, participant=one.id, muted=True))
    one.put(TREE, 2)
    assert told(cafe) == [("Bankjes", 1), ("Bomen", 0), ("Licht", 0)]


def test_an_option_goes_with_its_dots_and_comes_back_with_them() -> None:
    cafe = voting()
    one = Voter(cafe)
    one.put(BENCH, 2)
    before = cafe.bytes()
    cafe.do(make(RemoveOption, option=BENCH))
    assert (options(cafe.state)[0].text, voters(cafe.state)) == ("Bomen", 0)
    one.put(TREE, 0)
    cafe.undo()
    assert cafe.bytes() == before


def test_an_option_keeps_its_dots_when_its_words_change() -> None:
    cafe = voting()
    Voter(cafe).put(BENCH, 1)
    cafe.do(make(EditOption, option=BENCH, text=Typed("Bankjes", "Banken"), theme=None))
    assert told(cafe)[0] == ("Banken", 1)
    assert cafe.state.get(Option, BENCH).note is None


def test_who_voted_may_not_do_so_anew_after_the_doors_were_closed_and_opened() -> None:
    cafe = voting()
    one = Voter(cafe)
    one.put(BENCH, 3)
    cafe.do(make(CloseMeeting))
    assert not the_meeting(cafe.state).voting
    cafe.do(make(OpenDoors))
    cafe.do(make(OpenVoting, open=True))
    with pytest.raises(Refused) as refused:
        one.put(TREE, 1)
    assert refused.value.code == "votes.spent"


def test_votes_stand_on_nobodys_undo_list() -> None:
    cafe = voting()
    Voter(cafe).put(BENCH, 1)
    undo, _redo = cafe.state.history.stacks(OWNER)
    assert {entry.command for entry in undo} == {"add_option"}


@given(
    st.lists(st.tuples(st.integers(0, 2), st.sampled_from([BENCH, TREE, LAMP]), st.integers(-1, 5)))
)
def test_whatever_is_sent_no_ballot_holds_more_than_it_may(
    sent: list[tuple[int, Any, int]],
) -> None:
    cafe = voting()
    phones = [Voter(cafe) for _ in range(3)]
    held: dict[tuple[int, Any], int] = {}
    for who, option, dots in sent:
        try:
            phones[who].put(option, dots)
        except Refused:
            continue
        held[who, option] = dots
    for who, phone in enumerate(phones):
        ballot = ballot_of(MEETING, phone.key)
        mine = {vote.option: vote.dots for vote in cafe.all(Vote) if vote.ballot == ballot}
        assert sum(mine.values()) <= 3
        assert {key: dots for key, dots in mine.items() if dots} == {
            option: dots for (whose, option), dots in held.items() if whose == who and dots
        }
    assert Role.FACILITATOR not in CastVote.roles
