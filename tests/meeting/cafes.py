"""Cafés in the state that a test needs, and what may be asked of them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from facilitator.kernel.command import Command
from facilitator.kernel.roles import Role
from facilitator.meeting import people
from facilitator.meeting.categories import AddCategory
from facilitator.meeting.checkin import SendCheckIn
from facilitator.meeting.hosting import BecomeHost, InviteHost
from facilitator.meeting.meeting import CloseMeeting, EditMeeting
from facilitator.meeting.notes import HideNotes, WriteNote
from facilitator.meeting.people import AddParticipant, Join
from facilitator.meeting.programme import NextStep, RemoveStep, Step, StepKind, the_clock
from facilitator.meeting.tables import Table
from facilitator.meeting.themes import Theme

from .play import Cafe

PHONE = Role.PARTICIPANT
NEW: Any = UUID(int=4242)  # of something new; the types of ids are for the program, not for here


def make(kind: type[Command], **fields: Any) -> Command:
    return kind(id=uuid4(), **fields)


def closed() -> Cafe:
    cafe = Cafe()
    cafe.do(make(CloseMeeting))
    return cafe


def opened() -> Cafe:
    return Cafe().open()


def named() -> Cafe:
    cafe = Cafe()
    cafe.do(make(EditMeeting, named=True))
    return cafe.open()


def with_note(key: str = "mijn") -> Cafe:
    cafe = opened()
    table = cafe.one(Table).id
    step = next(step.id for step in cafe.all(Step) if step.activity is StepKind.ROUND)
    cafe.do(make(WriteNote, note=NEW, text="x", table=table, step=step, key=key), PHONE, uuid4())
    return cafe


def with_hidden_note() -> Cafe:
    """A note that the facilitator took away."""
    cafe = with_note()
    cafe.do(make(HideNotes, notes=(NEW,)))
    return cafe


KEY = "de sleutel van de gastvrouw"


def invited() -> Cafe:
    """A table of which nobody is the host yet; NEW is the invitation."""
    cafe = opened()
    digest = hashlib.sha256(KEY.encode()).hexdigest()
    cafe.do(make(InviteHost, invitation=NEW, table=cafe.one(Table).id, digest=digest))
    return cafe


def joined(cafe: Cafe, table: int = 0) -> UUID:
    """A phone that came in at a table."""
    join = make(Join, table=cafe.all(Table)[table].id)
    cafe.do(join, PHONE, join.id)
    return join.id


def hosted() -> Cafe:
    """A table whose host is the first participant."""
    cafe = invited()
    cafe.do(make(BecomeHost, invitation=NEW, key=KEY), PHONE, joined(cafe))
    return cafe


def with_check_in() -> Cafe:
    cafe = named()
    someone = uuid4()
    cafe.do(make(AddParticipant, participant=someone, name="Mevrouw Proef"))
    cafe.do(make(SendCheckIn, check_in=NEW, word="blij"), PHONE, someone)
    return cafe


def started(steps: int = 1) -> Cafe:
    cafe = opened()
    for _ in range(steps):
        cafe.do(make(NextStep, leaving=clock_step(cafe)))
    return cafe


def clock_step(cafe: Cafe) -> Any:
    return the_clock(cafe.state).step


def theme(cafe: Cafe, number: int = 0) -> Any:
    return cafe.all(Theme)[number].id


def with_category() -> Cafe:
    cafe = opened()
    cafe.do(make(AddCategory, category=NEW, title="Plein", theme=theme(cafe)))
    cafe.do(make(WriteNote, note=NEW, text="x", table=None, step=None, theme=theme(cafe, 1)))
    return cafe


def full(module: Any, kind: type[Command], which: str, **fields: Any) -> Callable[[], Cafe]:
    """A café that holds as many as there may be."""

    def filled() -> Cafe:
        cafe = opened()
        code = "done"
        for _ in range(module.MOST + 1):
            code = cafe.code(make(kind, **{which: uuid4()}, **fields))
            if code != "done":
                break
        assert code != "done"
        return cafe

    return filled


def with_text(which: str, kind: type[Command]) -> Callable[[], Cafe]:
    def made() -> Cafe:
        cafe = opened()
        cafe.do(make(kind, **{which: NEW}, text="tekst"))
        return cafe

    return made


def joined_to_the_brim() -> Cafe:
    return full(people, AddParticipant, "participant", name="Iemand")()


def closed_with_its_keys() -> Cafe:
    """Closed by hand: a phone still has its key, as within one batch of the writer."""
    cafe = with_note()
    kept = dict(cafe.state.secrets)
    cafe.do(make(CloseMeeting))
    assert cafe.state.secrets == {}
    cafe.state.secrets = kept
    return cafe


def without_programme() -> Cafe:
    cafe = opened()
    for step in cafe.all(Step):
        cafe.do(make(RemoveStep, step=step.id))
    return cafe
