"""What a phone sees. Whatever happens, a phone that was told sees what a phone that loads sees."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitator.kernel.command import Command, Context
from facilitator.kernel.entry import Entry
from facilitator.kernel.errors import FacilitatorError
from facilitator.kernel.roles import Role
from facilitator.kernel.rules import decide
from facilitator.kernel.state import State
from facilitator.meeting.categories import AddCategory
from facilitator.meeting.features import KINDS, RULES, empty_state
from facilitator.meeting.hand_over import WriteHandOver
from facilitator.meeting.ids import (
    CategoryId,
    HandOverId,
    MeetingId,
    NoteId,
    OptionId,
    ParticipantId,
    TableId,
    ThemeId,
)
from facilitator.meeting.meeting import CloseMeeting, EditMeeting, FreezePhones, OpenDoors
from facilitator.meeting.merging import MergeNotes, SplitNotes
from facilitator.meeting.notes import ApproveNotes, HideNotes, Note, WriteNote
from facilitator.meeting.people import EditParticipant, Join, Participant
from facilitator.meeting.programme import NextStep, StartClock, steps, the_clock
from facilitator.meeting.tables import (
    AddTable,
    CloseTable,
    EditTable,
    MoveTable,
    RemoveTable,
    Table,
    tables,
)
from facilitator.meeting.templates import new_meeting
from facilitator.meeting.themes import AddTheme, EditTheme, MoveTheme, RemoveTheme, Theme
from facilitator.meeting.votes import AddOption, MoveOption, OpenVoting, Option, RemoveOption
from facilitator.server.audience import FIELDS, news_of, readers, seen_at, shown

NOW = datetime(2026, 10, 30, 9, 0, tzinfo=UTC)
Seen = dict[tuple[str, str], Any]


class Room:
    """A meeting, and the phones at its tables, each of which only hears what it is told."""

    def __init__(self) -> None:
        self.state: State = empty_state()
        meeting = MeetingId(UUID(int=7))
        self.state.load(new_meeting(meeting, "Proef", theme_titles=("Groen", "Geld")), 1)
        self.now = NOW
        self._ids = count(1_000)
        self.phones: dict[TableId | None, Seen] = {}
        self.loads = 0
        self.do(OpenDoors(id=self.fresh()))
        for table in [None, *(table.id for table in tables(self.state))]:
            self._load(table)

    def fresh(self) -> UUID:
        """An id that is new, and the same in each run."""
        return UUID(int=next(self._ids))

    def do(
        self, command: Command, role: Role = Role.FACILITATOR, actor: UUID | None = None
    ) -> None:
        """Apply a command and tell the phones; nothing where it is refused."""
        context = Context(now=self.now, actor=actor, role=role, new_id=self.fresh)
        try:
            decision = decide(self.state, command, context, RULES)
        except FacilitatorError:
            return
        entry = Entry(
            revision=self.state.revision + 1,
            at=self.now,
            actor=actor,
            role=role,
            command=command.tag(),
            command_id=command.id,
            changes=decision.changes,
        )
        self.state.apply(entry)
        news = news_of(entry, self.state)
        for table in tuple(self.phones):
            if news.everybody_anew or table in news.anew:
                self._load(table)
            elif news.for_all or table in news.tables:
                self._tell(table, *news.for_table(table))

    def _load(self, table: TableId | None) -> None:
        self.loads += 1
        self.phones[table] = self._whole(table)

    def _whole(self, table: TableId | None) -> Seen:
        return _by_key(msgspec.json.decode(msgspec.json.encode(list(seen_at(self.state, table)))))

    def _tell(self, table: TableId | None, put: bytes, remove: bytes) -> None:
        comes, goes = _by_key(msgspec.json.decode(put)), _by_key(msgspec.json.decode(remove))
        assert not comes.keys() & goes.keys()
        phone = self.phones[table]
        for key in goes:
            phone.pop(key, None)
        phone.update(comes)

    def check(self) -> None:
        """Every phone sees what it would see if it loaded now."""
        for table, seen in self.phones.items():
            assert seen == self._whole(table)


def _by_key(things: list[dict[str, Any]]) -> Seen:
    return {(thing["kind"], thing["id"]): thing for thing in things}


def _chosen(draw: Any, room: Room, kind: Any) -> Any:
    there = sorted(room.state.all(kind), key=lambda thing: thing.id.int)
    return draw(st.sampled_from(there)) if there else None


def _steps(draw: Any, room: Room) -> Iterator[Command]:
    """One of all that can happen to what a phone sees."""
    table, theme = _chosen(draw, room, Table), _chosen(draw, room, Theme)
    note, somebody = _chosen(draw, room, Note), _chosen(draw, room, Participant)
    option = _chosen(draw, room, Option)
    fresh, yes = room.fresh(), draw(st.booleans())
    yield WriteNote(id=fresh, note=NoteId(fresh), text="Idee", table=table and table.id, step=None)
    yield Join(id=fresh, table=table and table.id)
    yield EditMeeting(id=fresh, show_earlier=yes)
    yield EditMeeting(id=fresh, approval=yes)
    yield EditMeeting(id=fresh, purpose=draw(st.sampled_from(["", "Samen verder"])))
    yield StartClock(id=fresh)
    yield NextStep(id=fresh, leaving=the_clock(room.state).step)
    yield CloseMeeting(id=fresh) if yes else OpenDoors(id=fresh)
    yield FreezePhones(id=fresh, frozen=yes)
    yield OpenVoting(id=fresh, open=yes)
    yield AddOption(id=fresh, option=OptionId(fresh), text="Kies", theme=theme and theme.id)
    if option is not None:
        yield MoveOption(id=fresh, option=option.id)
        yield RemoveOption(id=fresh, option=option.id)
    yield AddTable(id=fresh, table=TableId(fresh))
    yield AddTheme(id=fresh, theme=ThemeId(fresh), title="Nieuw", open=yes)
    yield AddCategory(id=fresh, category=CategoryId(fresh), title="Rij", theme=None)
    if table is not None:
        yield EditTable(id=fresh, table=table.id, theme=theme.id if theme and yes else None)
        yield EditTable(id=fresh, table=table.id, name=draw(st.sampled_from(["", "Raam"])), seats=4)
        yield MoveTable(id=fresh, table=table.id)
        yield CloseTable(id=fresh, table=table.id, closed=yes)
        step = draw(st.sampled_from([None, *(step.id for step in steps(room.state))]))
        yield WriteHandOver(
            id=fresh, hand_over=HandOverId(fresh), table=table.id, step=step, points=("Door",)
        )
        yield RemoveTable(id=fresh, table=table.id)
    if theme is not None:
        yield EditTheme(id=fresh, theme=theme.id, open=yes)
        yield EditTheme(id=fresh, theme=theme.id, title=draw(st.sampled_from(["A", "B"])))
        yield MoveTheme(id=fresh, theme=theme.id)
        yield RemoveTheme(id=fresh, theme=theme.id)
    if note is not None:
        yield HideNotes(id=fresh, notes=(note.id,), hidden=yes)
        yield ApproveNotes(id=fresh, notes=(note.id,), approved=yes)
        every = tuple(each.id for each in room.state.all(Note))
        yield MergeNotes(id=fresh, into=note.id, notes=every)
        yield SplitNotes(id=fresh, notes=(note.id,))
    if somebody is not None:
        yield EditParticipant(id=fresh, participant=somebody.id, table=table and table.id)


@given(st.data())
def test_who_was_told_sees_what_who_loads_sees(data: st.DataObject) -> None:
    room = Room()
    for _ in range(data.draw(st.integers(1, 12))):
        command = data.draw(st.sampled_from(list(_steps(data.draw, room))))
        by_phone = isinstance(command, WriteNote | Join)
        room.now += timedelta(seconds=10)
        room.do(command, Role.PARTICIPANT if by_phone else Role.FACILITATOR)
        room.check()


def test_notes_of_others_never_cross_a_table() -> None:
    room = Room()
    first, second, third = (table.id for table in tables(room.state))
    note = NoteId(uuid4())
    room.do(
        WriteNote(id=uuid4(), note=note, text="Van ons", table=first, step=None), Role.PARTICIPANT
    )
    seeing = [table for table, seen in room.phones.items() if ("note", str(note)) in seen]
    assert seeing == [first]
    assert readers(room.state.get(Note, note), room.state) == frozenset({first})
    assert {second, third} & set(seeing) == set()


def test_on_a_phone_each_note_stays_what_it_was_whatever_it_is_merged_with() -> None:
    room = Room()
    table, *_others = tables(room.state)
    first, second = NoteId(uuid4()), NoteId(uuid4())
    for note in (first, second):
        room.do(
            WriteNote(id=uuid4(), note=note, text="Zo", table=table.id, step=None),
            Role.PARTICIPANT,
        )
    before = dict(room.phones[table.id])
    room.do(MergeNotes(id=uuid4(), into=first, notes=(second,)))
    assert room.state.get(Note, second).merged == first
    assert room.phones[table.id] == before
    assert room.loads == len(room.phones)
    room.check()


@pytest.mark.parametrize(
    ("kind", "kept_back"),
    [
        (
            "note",
            {"author", "category", "approved", "hidden", "hidden_by_host", "conclusion", "order"},
        ),
        ("note", {"merged"}),
        ("clock", {"before"}),
        ("participant", {"organisation", "joined_at", "order", "muted"}),
        ("table", {"seats", "order"}),
        ("meeting", {"wifi_name", "wifi_password", "wifi_hidden", "wiped"}),
        ("meeting", {"invited", "report", "parts", "matrix"}),
        ("option", {"note"}),
        ("meeting", {"writer", "reason", "issue", "method", "what_next", "check_out", "form"}),
    ],
)
def test_what_is_kept_back(kind: str, kept_back: set[str]) -> None:
    (struct,) = (struct for struct in KINDS if struct.kind() == kind)
    assert not kept_back & set(FIELDS[struct])
    assert set(FIELDS[struct]) <= set(struct.__struct_fields__)


def test_kinds_that_never_leave() -> None:
    assert {struct.kind() for struct in KINDS} - {struct.kind() for struct in FIELDS} == {
        *("projector", "category", "check_in", "explanation", "decision", "open_task"),
        *("agreement", "photo", "invitation", "frame", "proposal", "response", "follow_up"),
        "vote",
    }


def test_what_there_is_to_vote_for_is_seen_while_one_may_vote() -> None:
    room = Room()
    first, second = (theme.id for theme in sorted(room.state.all(Theme), key=lambda one: one.order))
    option = OptionId(uuid4())
    room.do(AddOption(id=uuid4(), option=option, text="Bankjes", theme=second))
    for now in (False, True, False):
        room.do(OpenVoting(id=uuid4(), open=now))
        room.check()
        for table, seen in room.phones.items():
            assert (("option", str(option)) in seen) == now
            own = next((each.theme for each in tables(room.state) if each.id == table), None)
            about = {theme for theme in (first, second) if ("theme", str(theme)) in seen}
            assert about == ({first, second} if now else {own} - {None})


def test_nobody_sees_somebody_else() -> None:
    room = Room()
    somebody = Participant(id=ParticipantId(uuid4()), name="Els")
    assert readers(somebody, room.state) == frozenset()
    assert shown(somebody) == {
        "kind": "participant",
        "id": somebody.id,
        "name": "Els",
        "table": None,
        "people": 1,
    }


def test_who_waits_for_approval_is_not_seen() -> None:
    room = Room()
    room.do(EditMeeting(id=uuid4(), approval=True))
    first = tables(room.state)[0].id
    note = NoteId(uuid4())
    room.do(WriteNote(id=uuid4(), note=note, text="?", table=first, step=None), Role.PARTICIPANT)
    assert ("note", str(note)) not in room.phones[first]
    room.do(ApproveNotes(id=uuid4(), notes=(note,)))
    assert ("note", str(note)) in room.phones[first]
