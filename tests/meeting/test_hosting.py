"""Hosts, what they hand over, and what a facilitator does about phones: the rules when all is well."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID, uuid4

import pytest

from facilitator.kernel.roles import Role
from facilitator.kernel.undo import Undo
from facilitator.meeting.checkin import CheckIn, SendCheckIn
from facilitator.meeting.hand_over import HandOver, WriteHandOver, hand_overs
from facilitator.meeting.hosting import BecomeHost, Invitation, RevokeHost, host_tables
from facilitator.meeting.meeting import (
    CloseMeeting,
    Devices,
    EditMeeting,
    FreezePhones,
    Meeting,
    OpenDoors,
)
from facilitator.meeting.notes import EditNote, HideNotes, Note, WriteNote, in_the_hall
from facilitator.meeting.people import (
    AddParticipant,
    EditParticipant,
    Join,
    MuteParticipant,
    Participant,
    RemoveParticipant,
    SitDown,
    inside,
    present,
)
from facilitator.meeting.photos import AddPhoto, Photo
from facilitator.meeting.programme import RemoveStep, Step, StepKind, rounds, steps
from facilitator.meeting.tables import AddTable, CloseTable, RemoveTable, Table

from .cafes import KEY, NEW, PHONE, hosted, invited, joined, make, named, opened, started
from .play import Cafe


def host_of(cafe: Cafe) -> UUID:
    return UUID(str(cafe.one(Participant).id))


def wrote(cafe: Cafe, actor: UUID, table: int = 0, **fields: Any) -> Note:
    note: Any = uuid4()
    step = steps(cafe.state)[2].id
    place = cafe.all(Table)[table].id
    wish = make(WriteNote, note=note, text="Idee", table=place, step=step, **fields)
    cafe.do(wish, PHONE, actor)
    return cafe.state.get(Note, note)


def test_the_first_who_uses_the_link_is_the_host_and_may_use_it_again() -> None:
    cafe = invited()
    first, second = joined(cafe), joined(cafe)
    use = {"invitation": NEW, "key": KEY}
    cafe.do(make(BecomeHost, **use), PHONE, first)
    assert host_tables(cafe.state, first) == {cafe.one(Table).id}
    assert host_tables(cafe.state, second) == frozenset()
    assert cafe.state.secrets == {}
    assert cafe.do(make(BecomeHost, **use), Role.HOST, first) is None
    assert cafe.code(make(BecomeHost, **use), PHONE, second) == "host.used"


def test_a_host_may_be_of_two_tables_and_is_less_by_each_that_is_revoked() -> None:
    cafe = hosted()
    host, other = host_of(cafe), uuid4()
    invitation: Any = other
    second = cafe.all(Table)[1].id
    cafe.state.load(
        [*cafe.state.entities(), Invitation(id=invitation, table=second, host=host)],  # type: ignore[arg-type]
        cafe.state.revision,
    )
    assert len(host_tables(cafe.state, host)) == 2
    cafe.do(make(RevokeHost, invitation=NEW))
    assert host_tables(cafe.state, host) == {second}
    assert cafe.code(make(BecomeHost, invitation=NEW, key=KEY), Role.HOST, host) == "host.link"


@pytest.mark.parametrize("end", ["revoked", "closed", "removed"])
def test_a_link_that_nobody_used_in_time_opens_nothing(end: str) -> None:
    cafe = invited()
    phone = joined(cafe)
    match end:
        case "revoked":
            cafe.do(make(RevokeHost, invitation=NEW))
        case "closed":
            cafe.do(make(CloseMeeting))
            cafe.do(make(OpenDoors))
        case _:
            cafe.do(make(RemoveTable, table=cafe.one(Invitation).table))
    assert cafe.state.secrets == {}
    assert cafe.code(make(BecomeHost, invitation=NEW, key=KEY), PHONE, phone) == "host.link"
    assert host_tables(cafe.state, phone) == frozenset()


def test_who_is_taken_off_the_list_is_no_host_and_its_invitation_is_of_no_use() -> None:
    cafe = hosted()
    host = host_of(cafe)
    cafe.do(make(RemoveParticipant, participant=host))
    assert host_tables(cafe.state, host) == frozenset()
    assert cafe.code(make(BecomeHost, invitation=NEW, key=KEY), PHONE, joined(cafe)) == "host.link"
    assert cafe.undo()
    assert host_tables(cafe.state, host) == {cafe.one(Table).id}


def test_a_table_with_a_host_may_go_and_come_back() -> None:
    cafe = hosted()
    host = host_of(cafe)
    cafe.do(make(RemoveTable, table=cafe.one(Table).id))
    assert host_tables(cafe.state, host) == frozenset()
    assert cafe.undo()
    assert len(host_tables(cafe.state, host)) == 1


def test_a_host_hides_what_was_written_at_the_own_table() -> None:
    cafe = hosted()
    own, other = wrote(cafe, host_of(cafe)), wrote(cafe, uuid4(), table=1)
    hide = make(HideNotes, notes=(own.id, other.id))
    assert cafe.code(hide, Role.HOST, host_of(cafe)) == "host.table"
    cafe.do(make(HideNotes, notes=(own.id,)), Role.HOST, host_of(cafe))
    assert cafe.state.get(Note, own.id).hidden
    assert not cafe.state.get(Note, other.id).hidden


def test_what_a_host_writes_for_others_is_of_nobody_by_name() -> None:
    cafe = named()
    who = uuid4()
    table, step = cafe.all(Table)[0].id, steps(cafe.state)[2].id
    cafe.do(Join(id=who, table=table, name="Anna"), PHONE, who)
    for role, author in ((Role.PARTICIPANT, who), (Role.HOST, None)):
        note: Any = uuid4()
        cafe.do(make(WriteNote, note=note, text="Idee", table=table, step=step), role, who)
        assert cafe.state.get(Note, note).author == author


def test_a_host_brings_back_what_a_host_took_away_and_nothing_else() -> None:
    cafe = hosted()
    host = host_of(cafe)
    note = wrote(cafe, host)
    hide, show = (make(HideNotes, notes=(note.id,), hidden=hidden) for hidden in (True, False))
    cafe.do(hide, Role.HOST, host)
    assert cafe.state.get(Note, note.id).hidden_by_host
    cafe.do(show, Role.HOST, host)
    assert not cafe.state.get(Note, note.id).hidden
    cafe.do(hide)
    cafe.do(make(HideNotes, notes=(note.id,)), Role.HOST, host)  # it was away already
    assert cafe.code(make(HideNotes, notes=(note.id,), hidden=False), Role.HOST, host) == (
        "role.forbidden"
    )
    assert cafe.state.get(Note, note.id).hidden


def test_a_photo_of_a_table_is_of_its_theme_and_its_host_sends_some() -> None:
    cafe = hosted()
    table, elsewhere = cafe.all(Table)[:2]
    shot = {"width": 4, "height": 3}
    for _ in range(12):
        photo = make(AddPhoto, photo=uuid4(), table=table.id, **shot)
        cafe.do(photo, Role.HOST, host_of(cafe))
    assert {photo.theme for photo in cafe.all(Photo)} == {table.theme}
    more = make(AddPhoto, photo=uuid4(), table=table.id, **shot)
    assert cafe.code(more, Role.HOST, host_of(cafe)) == "photo.most"
    cafe.do(more)
    for other in (elsewhere.id, None):
        sent = make(AddPhoto, photo=uuid4(), table=other, **shot)
        assert cafe.code(sent, Role.HOST, host_of(cafe)) == "host.table"


def test_a_hand_over_counts_for_the_round_that_is_or_just_was() -> None:
    cafe = hosted()
    table = cafe.one(Table).id
    for step in steps(cafe.state):
        wish = make(
            WriteHandOver, hand_over=uuid4(), table=table, step=step.id, points=(step.activity,)
        )
        cafe.do(wish, Role.HOST, host_of(cafe))
    row = hand_overs(cafe.state, table)
    assert [each.round for each in row] == [None, *(step.id for step in rounds(cafe.state))]
    assert [each.points for each in row] == [
        ("check_in",),
        *(("switch",) for _ in rounds(cafe.state)[1:]),
        ("closing",),
    ]


def test_a_hand_over_is_tidy_and_stays_where_it_was_when_sent_again() -> None:
    cafe = hosted()
    table, step = cafe.one(Table).id, rounds(cafe.state)[0].id
    for hand_over, points in ((NEW, (" Een  punt ", "")), (uuid4(), ("Anders\nnog",))):
        wish = make(WriteHandOver, hand_over=hand_over, table=table, step=step, points=points)
        cafe.do(wish, Role.HOST, host_of(cafe))
    (kept,) = cafe.all(HandOver)
    assert (kept.id, kept.points) == (NEW, ("Anders nog",))
    assert cafe.code(make(RemoveStep, step=step)) == "reference.in_use"
    assert cafe.code(make(RemoveTable, table=table)) == "reference.in_use"


def test_before_the_doors_are_open_nothing_is_handed_over_by_a_host() -> None:
    cafe = hosted()
    things = list(cafe.state.entities())
    shut = [make_shut(thing) if isinstance(thing, Meeting) else thing for thing in things]
    cafe.state.load(shut, cafe.state.revision)
    wish = make(
        WriteHandOver, hand_over=NEW, table=cafe.one(Table).id, step=None, points=("Vroeg",)
    )
    assert cafe.code(wish, Role.HOST, host_of(cafe)) == "meeting.not_live"


def test_what_a_muted_host_hands_over_is_seen_by_nobody() -> None:
    cafe = hosted()
    table, who = cafe.one(Table).id, host_of(cafe)
    wish = make(WriteHandOver, hand_over=NEW, table=table, step=None, points=("Grof",))
    cafe.do(make(MuteParticipant, participant=who, muted=True))
    cafe.do(wish, Role.HOST, who)
    assert not cafe.all(HandOver)
    cafe.do(make(MuteParticipant, participant=who, muted=False))
    cafe.do(
        make(WriteHandOver, hand_over=NEW, table=table, step=None, points=("Netjes",)),
        Role.HOST,
        who,
    )
    assert cafe.one(HandOver).points == ("Netjes",)


def make_shut(meeting: Meeting) -> Meeting:
    return Meeting(id=meeting.id, title=meeting.title)


@pytest.mark.parametrize("wait", ["frozen", "closed"])
def test_what_comes_while_phones_wait_is_late_and_never_refused(wait: str) -> None:
    cafe = started(steps=3)
    who, table = joined(cafe), cafe.one(Table).id
    assert not wrote(cafe, who).late
    begin: dict[bool, Any] = {
        on: make(FreezePhones, frozen=on)
        if wait == "frozen"
        else make(CloseTable, table=table, closed=on)
        for on in (True, False)
    }
    cafe.do(begin[True])
    assert wrote(cafe, who).late
    assert wrote(cafe, who, table=1).late == (wait == "frozen")
    cafe.do(begin[False])
    assert not wrote(cafe, who).late


def test_opening_the_doors_again_lets_phones_go_on() -> None:
    cafe = opened()
    cafe.do(make(FreezePhones, frozen=True))
    cafe.do(make(CloseMeeting))
    cafe.do(make(OpenDoors))
    assert not cafe.one(Meeting).frozen


def test_a_muted_device_is_answered_and_seen_by_nobody() -> None:
    cafe = started(steps=3)
    who = joined(cafe)
    before = wrote(cafe, who, key="mijn")
    assert in_the_hall(before)
    cafe.do(make(MuteParticipant, participant=who, muted=True))
    assert not in_the_hall(wrote(cafe, who))
    assert in_the_hall(wrote(cafe, uuid4()))
    cafe.do(make(EditNote, note=before.id, text="Erger", key="mijn"), PHONE, who)
    assert not in_the_hall(cafe.state.get(Note, before.id))
    cafe.do(make(SendCheckIn, check_in=NEW, word="boos"), PHONE, who)
    assert cafe.all(CheckIn) == []
    cafe.do(make(MuteParticipant, participant=who, muted=False))
    assert in_the_hall(wrote(cafe, who))


def test_a_muted_device_is_counted_and_may_sit_elsewhere() -> None:
    cafe = opened()
    who = joined(cafe)
    cafe.do(make(MuteParticipant, participant=who, muted=True))
    cafe.do(make(SitDown, table=cafe.all(Table)[1].id), PHONE, who)
    assert present(cafe.state) == 1


@pytest.mark.parametrize(("devices", "counted"), [(Devices.OWN, 1), (Devices.TABLE, 6)])
def test_the_people_behind_a_device_count_where_tables_share_one(
    devices: Devices, counted: int
) -> None:
    cafe = opened()
    cafe.do(make(EditMeeting, devices=devices))
    join = make(Join, table=None, people=6)
    cafe.do(join, PHONE, join.id)
    assert present(cafe.state) == counted
    cafe.do(make(EditParticipant, participant=join.id, people=3))
    assert present(cafe.state) == 3


def expected(cafe: Cafe, name: str, **fields: Any) -> UUID:
    """Somebody who is put on the list by hand."""
    who: Any = uuid4()
    cafe.do(make(AddParticipant, participant=who, name=name, **fields))
    return UUID(str(who))


def test_who_stands_on_the_list_and_comes_in_by_that_name_is_one() -> None:
    cafe = named()
    expected(cafe, "Anna Jansen", organisation="De gemeente")
    expected(cafe, "Bram")
    for _phone in range(2):
        join = make(Join, table=cafe.all(Table)[0].id, name="anna  jansen")
        cafe.do(join, PHONE, join.id)
    told = sorted((each.name, each.organisation) for each in cafe.all(Participant))
    assert told == [("Anna Jansen", "De gemeente"), ("Bram", ""), ("anna jansen (2)", "")]
    assert (present(cafe.state), inside(cafe.state)) == (3, 2)


def test_who_already_did_something_stays_beside_a_phone_of_the_same_name() -> None:
    cafe = named()
    who: Any = expected(cafe, "Anna")
    checked = CheckIn(id=uuid4(), word="blij", author=who)  # type: ignore[arg-type]
    cafe.state.load([*cafe.state.entities(), checked], cafe.state.revision)
    join = make(Join, table=None, name="Anna")
    cafe.do(join, PHONE, join.id)
    assert {each.name for each in cafe.all(Participant)} == {"Anna", "Anna (2)"}


def test_where_nobody_gives_a_name_no_one_of_the_list_is_counted_twice() -> None:
    cafe = opened()
    for name in ("Anna", "Bram", "Cor"):
        expected(cafe, name)
    assert (present(cafe.state), inside(cafe.state)) == (3, 0)
    for _phone in range(2):
        joined(cafe)
    assert (present(cafe.state), inside(cafe.state)) == (3, 2)
    for _phone in range(2):
        joined(cafe)
    assert (present(cafe.state), inside(cafe.state)) == (4, 4)


def test_kept_shorter_than_was_said_but_never_longer() -> None:
    cafe = opened()
    for day, code in ((20, "done"), (10, "done"), (10, "done"), (11, "meeting.told")):
        wish = make(EditMeeting, keep_until=dt.date(2026, 12, day))
        assert cafe.code(wish) == code
    assert cafe.one(Meeting).keep_until == dt.date(2026, 12, 10)
    cafe.do(make(CloseMeeting))
    assert cafe.code(make(EditMeeting, keep_until=None)) == "meeting.told"


def test_no_undo_takes_back_what_phones_were_told() -> None:
    cafe = Cafe()
    for chosen in ({"named": True}, {"named": False}):
        cafe.do(make(EditMeeting, **chosen))
    cafe.do(make(EditMeeting, keep_until=dt.date(2026, 12, 20)))
    cafe.do(make(EditMeeting, keep_until=dt.date(2026, 12, 10)))
    revisions = [entry.revision for entry in cafe.entries[-3:]]
    cafe.open()
    codes = [cafe.code(make(Undo, entry=revision)) for revision in revisions]
    assert codes == ["meeting.told", "undo.changed", "meeting.told"]
    cafe.do(make(CloseMeeting))
    assert cafe.code(make(EditMeeting, named=True)) == "meeting.told"
    assert (cafe.one(Meeting).named, cafe.one(Meeting).keep_until) == (
        False,
        dt.date(2026, 12, 10),
    )
    title = cafe.one(Meeting).title
    cafe.do(make(EditMeeting, title="Anders"))
    assert cafe.undo()
    assert cafe.one(Meeting).title == title


def test_before_the_doors_open_a_choice_can_be_undone() -> None:
    cafe = Cafe()
    cafe.do(make(EditMeeting, named=True, keep_until=dt.date(2026, 12, 10)))
    assert cafe.undo()
    assert (cafe.one(Meeting).named, cafe.one(Meeting).keep_until) == (False, None)


def test_a_network_is_called_as_it_is() -> None:
    cafe = Cafe()
    name, password = 'zaal; "de\\Wilg" ', "  twee spaties  "
    cafe.do(make(EditMeeting, wifi_name=name, wifi_password=password, wifi_hidden=True))
    meeting = cafe.one(Meeting)
    assert (meeting.wifi_name, meeting.wifi_password) == (name, password)


def test_a_new_table_is_open_and_takes_nobody_along() -> None:
    cafe = named()
    cafe.do(make(AddTable, table=NEW))
    assert not cafe.state.get(Table, NEW).closed
    assert [step.activity for step in cafe.all(Step)].count(StepKind.ROUND) == 3
