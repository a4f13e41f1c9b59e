"""Each reason to refuse: how it comes about, and that nothing changed. In pairs of who and what."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path
from uuid import UUID, uuid4

import msgspec
import pytest

from facilitator.kernel.command import Command
from facilitator.kernel.roles import Role
from facilitator.meeting import (
    categories,
    checkin,
    follow_ups,
    frames,
    outcomes,
    people,
    photos,
    proposals,
    tables,
    themes,
    votes,
)
from facilitator.meeting.arranging import MarkConclusion, PlaceNotes, RemoveCategory
from facilitator.meeting.categories import AddCategory, EditCategory
from facilitator.meeting.checkin import AddCheckIn, EditCheckIn, RemoveCheckIn, SendCheckIn
from facilitator.meeting.explanations import EditExplanation, SettleExplanation
from facilitator.meeting.features import RULES
from facilitator.meeting.fields import Typed
from facilitator.meeting.follow_ups import AddFollowUp
from facilitator.meeting.frames import AddFrame
from facilitator.meeting.hand_over import WriteHandOver
from facilitator.meeting.hosting import BecomeHost, InviteHost
from facilitator.meeting.meeting import EditMeeting, Meeting, OpenDoors
from facilitator.meeting.notes import ApproveNotes, EditNote, HideNotes, WriteNote
from facilitator.meeting.outcomes import AddAgreement, AddDecision, AddOpenTask, EditDecision
from facilitator.meeting.people import (
    AddParticipant,
    EditParticipant,
    Join,
    RemoveParticipant,
    SitDown,
)
from facilitator.meeting.photos import AddPhoto, EditPhoto
from facilitator.meeting.programme import (
    AddStep,
    AddTime,
    EditStep,
    MoveStep,
    NextStep,
    PreviousStep,
    RemoveStep,
    StartClock,
    Step,
    StepKind,
)
from facilitator.meeting.projector import ShowScene
from facilitator.meeting.proposals import AddProposal, AddResponse, Proposal
from facilitator.meeting.tables import AddTable, AddTables, EditTable, RemoveTable, Table
from facilitator.meeting.themes import AddTheme, EditTheme, RemoveTheme
from facilitator.meeting.votes import AddOption, CastVote, EditOption, OpenVoting

from .cafes import (
    KEY,
    NEW,
    PHONE,
    clock_step,
    closed,
    closed_with_its_keys,
    full,
    hosted,
    invited,
    joined_to_the_brim,
    make,
    named,
    opened,
    started,
    theme,
    with_category,
    with_check_in,
    with_hidden_note,
    with_note,
    with_text,
    without_programme,
)
from .play import OWNER, Cafe

OTHER = UUID(int=777_777)
LONG = "x" * 201
LONGER = "x" * 20_001


def kept_until() -> Cafe:
    cafe = Cafe()
    cafe.do(make(EditMeeting, keep_until=dt.date(2026, 12, 1)))
    return cafe.open()


def wiped() -> Cafe:
    cafe = closed()
    things = list(cafe.state.entities())
    forgotten = [
        msgspec.structs.replace(each, wiped=True) if isinstance(each, Meeting) else each
        for each in things
    ]
    cafe.state.load(forgotten, cafe.state.revision)
    return cafe


def handed_over() -> Cafe:
    cafe = opened()
    table = cafe.one(Table).id
    cafe.do(make(WriteHandOver, hand_over=NEW, table=table, step=None, points=("Een", "Twee")))
    return cafe


def objected() -> Cafe:
    """A proposal that was held against a frame, and objected to."""
    cafe = opened()
    cafe.do(make(AddFrame, frame=OTHER, text="Binnen de begroting"))
    cafe.do(make(AddProposal, proposal=OTHER, text="Een buurthuis"))
    cafe.do(make(AddResponse, response=OTHER, proposal=OTHER, frame=OTHER, reason="Te duur"))
    cafe.do(make(AddResponse, response=NEW, proposal=OTHER, reason="Te ver"))
    return cafe


def voting() -> Cafe:
    cafe = with_text("option", AddOption)()
    cafe.do(make(OpenVoting, open=True))
    return cafe


def with_ballot() -> Cafe:
    """The phone of each test here, in with the key to a ballot."""
    cafe = voting()
    cafe.do(Join(id=OWNER, table=None, key=KEY), PHONE, OWNER)
    return cafe


FACILITATOR = Role.FACILITATOR
Case = tuple[str, Callable[[], Cafe], Callable[[Cafe], Command], Role]
CASES: list[Case] = [
    ("title.length", Cafe, lambda _: make(EditMeeting, title=" \n "), FACILITATOR),
    ("title.length", Cafe, lambda _: make(AddTheme, theme=NEW, title=LONG), FACILITATOR),
    ("title.length", Cafe, lambda cafe: make(EditTheme, theme=theme(cafe), title=""), FACILITATOR),
    (
        "title.length",
        with_category,
        lambda _: make(EditCategory, category=NEW, title=""),
        FACILITATOR,
    ),
    ("line.length", Cafe, lambda _: make(EditMeeting, place=LONG), FACILITATOR),
    ("line.length", Cafe, lambda _: make(AddTable, table=NEW, name=LONG), FACILITATOR),
    ("text.length", Cafe, lambda _: make(EditMeeting, purpose=LONGER), FACILITATOR),
    (
        "text.length",
        Cafe,
        lambda cafe: make(EditExplanation, theme=theme(cafe), edit=Typed("", LONGER)),
        FACILITATOR,
    ),
    ("meeting.language", Cafe, lambda _: make(EditMeeting, language="fr"), FACILITATOR),
    ("meeting.told", opened, lambda _: make(EditMeeting, named=True), FACILITATOR),
    ("meeting.wiped", wiped, lambda _: make(OpenDoors), FACILITATOR),
    ("meeting.told", kept_until, lambda _: make(EditMeeting, keep_until=None), FACILITATOR),
    ("wifi.name", Cafe, lambda _: make(EditMeeting, wifi_name="é" * 17), FACILITATOR),
    ("wifi.name", Cafe, lambda _: make(EditMeeting, wifi_name="a\nb"), FACILITATOR),
    ("wifi.password", Cafe, lambda _: make(EditMeeting, wifi_password="x" * 65), FACILITATOR),
    ("participant.people", opened, lambda _: make(Join, table=None, people=0), PHONE),
    (
        "participant.people",
        hosted,
        lambda cafe: make(EditParticipant, participant=cafe.one(people.Participant).id, people=51),
        FACILITATOR,
    ),
    (
        "command.malformed",
        opened,
        lambda cafe: make(InviteHost, invitation=NEW, table=cafe.one(Table).id, digest="x"),
        FACILITATOR,
    ),
    (
        "host.used",
        invited,
        lambda cafe: make(InviteHost, invitation=NEW, table=cafe.one(Table).id, digest="0" * 64),
        FACILITATOR,
    ),
    ("host.link", invited, lambda _: make(BecomeHost, invitation=NEW, key="x"), PHONE),
    ("host.link", opened, lambda _: make(BecomeHost, invitation=NEW, key=KEY), PHONE),
    ("host.used", hosted, lambda _: make(BecomeHost, invitation=NEW, key=KEY), PHONE),
    (
        "host.table",
        with_note,
        lambda _: make(HideNotes, notes=(NEW,)),
        Role.HOST,
    ),
    (
        "role.forbidden",
        with_hidden_note,
        lambda _: make(HideNotes, notes=(NEW,), hidden=False),
        Role.HOST,
    ),
    (
        "host.table",
        opened,
        lambda cafe: make(AddPhoto, photo=NEW, width=1, height=1, table=cafe.one(Table).id),
        Role.HOST,
    ),
    (
        "host.table",
        opened,
        lambda cafe: make(
            WriteHandOver, hand_over=NEW, table=cafe.one(Table).id, step=None, points=("x",)
        ),
        Role.HOST,
    ),
    *(
        (
            "hand_over.points",
            opened,
            lambda cafe, points=points: make(
                WriteHandOver, hand_over=NEW, table=cafe.one(Table).id, step=None, points=points
            ),
            FACILITATOR,
        )
        for points in ((), (" ",), ("x",) * 4, (LONG,))
    ),
    (
        "hand_over.exists",
        handed_over,
        lambda cafe: make(
            WriteHandOver, hand_over=NEW, table=cafe.all(Table)[1].id, step=None, points=("x",)
        ),
        FACILITATOR,
    ),
    ("meeting.note_length", Cafe, lambda _: make(EditMeeting, note_length=49), FACILITATOR),
    ("meeting.grace", Cafe, lambda _: make(EditMeeting, grace=601), FACILITATOR),
    ("meeting.not_live", Cafe, lambda _: make(Join, table=None), PHONE),
    ("meeting.not_live", closed, lambda _: make(Join, table=None), PHONE),
    ("meeting.not_live", Cafe, lambda _: make(SendCheckIn, check_in=NEW, word="x"), PHONE),
    (
        "meeting.not_live",
        Cafe,
        lambda _: make(WriteNote, note=NEW, text="x", table=None, step=None),
        PHONE,
    ),
    (
        "meeting.closed",
        closed_with_its_keys,
        lambda _: make(EditNote, note=NEW, text="y", key="mijn"),
        PHONE,
    ),
    (
        "note.exists",
        with_note,
        lambda _: make(WriteNote, note=NEW, text="y", table=None, step=None),
        PHONE,
    ),
    (
        "note.length",
        opened,
        lambda _: make(WriteNote, note=NEW, text="\n ", table=None, step=None),
        PHONE,
    ),
    ("note.length", with_note, lambda _: make(EditNote, note=NEW, text="x" * 301), FACILITATOR),
    ("note.not_yours", with_note, lambda _: make(EditNote, note=NEW, text="y", key="jouw"), PHONE),
    ("note.not_yours", lambda: with_note(""), lambda _: make(EditNote, note=NEW, text="y"), PHONE),
    ("note.number", with_note, lambda _: make(HideNotes, notes=()), FACILITATOR),
    ("note.number", with_note, lambda _: make(ApproveNotes, notes=(NEW,) * 2_001), FACILITATOR),
    (
        "note.number",
        with_note,
        lambda cafe: make(PlaceNotes, notes=(), theme=theme(cafe), category=None),
        FACILITATOR,
    ),
    (
        "category.other_theme",
        with_category,
        lambda cafe: make(PlaceNotes, notes=(NEW,), theme=theme(cafe, 1), category=NEW),
        FACILITATOR,
    ),
    (
        "category.most",
        full(categories, AddCategory, "category", title="x"),
        lambda _: make(AddCategory, category=NEW, title="x"),
        FACILITATOR,
    ),
    ("check_in.empty", opened, lambda _: make(SendCheckIn, check_in=NEW), PHONE),
    (
        "check_in.empty",
        with_check_in,
        lambda _: make(EditCheckIn, check_in=NEW, word=""),
        FACILITATOR,
    ),
    ("check_in.word", opened, lambda _: make(AddCheckIn, check_in=NEW, word="x" * 61), FACILITATOR),
    ("check_in.grade", opened, lambda _: make(SendCheckIn, check_in=NEW, grade=11), PHONE),
    ("check_in.exists", with_check_in, lambda _: make(SendCheckIn, check_in=NEW, word="y"), PHONE),
    (
        "check_in.most",
        full(checkin, AddCheckIn, "check_in", word="x"),
        lambda _: make(SendCheckIn, check_in=NEW, word="x"),
        PHONE,
    ),
    ("explanation.unknown", Cafe, lambda cafe: make(SettleExplanation, theme=NEW), FACILITATOR),
    ("text.empty", Cafe, lambda _: make(AddDecision, decision=NEW, text=" "), FACILITATOR),
    (
        "text.empty",
        with_text("decision", AddDecision),
        lambda _: make(EditDecision, decision=NEW, text=Typed("tekst", "")),
        FACILITATOR,
    ),
    (
        "outcome.most",
        full(outcomes, AddOpenTask, "open_task", text="x"),
        lambda _: make(AddOpenTask, open_task=NEW, text="x"),
        FACILITATOR,
    ),
    (
        "outcome.most",
        full(outcomes, AddAgreement, "agreement", what="x"),
        lambda _: make(AddAgreement, agreement=NEW, what="x"),
        FACILITATOR,
    ),
    (
        "outcome.most",
        full(frames, AddFrame, "frame", text="x"),
        lambda _: make(AddFrame, frame=NEW, text="x"),
        FACILITATOR,
    ),
    (
        "outcome.most",
        full(follow_ups, AddFollowUp, "follow_up", what="x"),
        lambda _: make(AddFollowUp, follow_up=NEW, what="x"),
        FACILITATOR,
    ),
    (
        "outcome.most",
        full(proposals, AddProposal, "proposal", text="x"),
        lambda _: make(AddProposal, proposal=NEW, text="x"),
        FACILITATOR,
    ),
    *(
        (
            "response.reason",
            with_text("proposal", AddProposal),
            lambda _, reason=reason: make(AddResponse, response=NEW, proposal=NEW, reason=reason),
            FACILITATOR,
        )
        for reason in ("", " \n")
    ),
    (
        "response.exists",
        objected,
        lambda cafe: make(AddResponse, response=NEW, proposal=cafe.one(Proposal).id, reason="y"),
        FACILITATOR,
    ),
    ("meeting.dots", Cafe, lambda _: make(EditMeeting, dots=0), FACILITATOR),
    ("command.malformed", opened, lambda _: make(Join, table=None, key="kort"), PHONE),
    ("text.empty", opened, lambda _: make(AddOption, option=NEW, text=" "), FACILITATOR),
    ("option.length", opened, lambda _: make(AddOption, option=NEW, text="x" * 2_001), FACILITATOR),
    (
        "option.length",
        with_text("option", AddOption),
        lambda _: make(EditOption, option=NEW, text=Typed("tekst", "x" * 2_001)),
        FACILITATOR,
    ),
    (
        "option.most",
        full(votes, AddOption, "option", text="x"),
        lambda _: make(AddOption, option=NEW, text="x"),
        FACILITATOR,
    ),
    ("meeting.not_live", closed, lambda _: make(OpenVoting, open=True), FACILITATOR),
    ("votes.none", opened, lambda _: make(OpenVoting, open=True), FACILITATOR),
    (
        "votes.closed",
        with_text("option", AddOption),
        lambda _: make(CastVote, option=NEW, dots=1, key=KEY),
        PHONE,
    ),
    ("votes.option", voting, lambda _: make(CastVote, option=OTHER, dots=1, key=KEY), PHONE),
    ("votes.spent", with_ballot, lambda _: make(CastVote, option=NEW, dots=4, key=KEY), PHONE),
    ("votes.key", voting, lambda _: make(CastVote, option=NEW, dots=1, key=KEY), PHONE),
    ("participant.name", named, lambda _: make(Join, table=None, name=" "), PHONE),
    (
        "participant.name",
        Cafe,
        lambda _: make(AddParticipant, participant=NEW, name=""),
        FACILITATOR,
    ),
    ("participant.most", joined_to_the_brim, lambda _: make(Join, table=None), PHONE),
    ("participant.unknown", opened, lambda cafe: make(SitDown, table=cafe.one(Table).id), PHONE),
    (
        "photo.most",
        full(photos, AddPhoto, "photo", width=1, height=1),
        lambda _: make(AddPhoto, photo=NEW, width=1, height=1),
        FACILITATOR,
    ),
    ("clock.idle", opened, lambda _: make(AddTime, seconds=60), FACILITATOR),
    ("clock.seconds", started, lambda _: make(AddTime, seconds=3_601), FACILITATOR),
    ("clock.first_step", opened, lambda _: make(PreviousStep, leaving=None), FACILITATOR),
    (
        "clock.last_step",
        lambda: started(10),
        lambda cafe: make(NextStep, leaving=clock_step(cafe)),
        FACILITATOR,
    ),
    ("clock.last_step", without_programme, lambda _: make(StartClock), FACILITATOR),
    (
        "step.length",
        Cafe,
        lambda _: make(AddStep, step=NEW, activity=StepKind.ROUND, length=-1),
        FACILITATOR,
    ),
    (
        "step.length",
        Cafe,
        lambda cafe: make(EditStep, step=cafe.one(Step).id, length=28_801),
        FACILITATOR,
    ),
    ("step.running", started, lambda cafe: make(RemoveStep, step=clock_step(cafe)), FACILITATOR),
    (
        "table.most",
        full(tables, AddTable, "table"),
        lambda _: make(AddTable, table=NEW),
        FACILITATOR,
    ),
    (
        "table.most",
        Cafe,
        lambda _: make(AddTables, tables=tuple(uuid4() for _table in range(tables.MOST + 1))),
        FACILITATOR,
    ),
    ("table.seats", Cafe, lambda _: make(AddTable, table=NEW, seats=0), FACILITATOR),
    ("table.seats", Cafe, lambda _: make(AddTables, tables=(NEW,), seats=51), FACILITATOR),
    (
        "table.seats",
        Cafe,
        lambda cafe: make(EditTable, table=cafe.one(Table).id, seats=51),
        FACILITATOR,
    ),
    (
        "theme.most",
        full(themes, AddTheme, "theme", title="x"),
        lambda _: make(AddTheme, theme=NEW, title="x"),
        FACILITATOR,
    ),
    (
        "order.unknown",
        Cafe,
        lambda cafe: make(MoveStep, step=cafe.one(Step).id, before=NEW),
        FACILITATOR,
    ),
    ("reference.missing", Cafe, lambda _: make(ShowScene, scene="wall", theme=NEW), FACILITATOR),
    (
        "reference.missing",
        Cafe,
        lambda _: make(AddTables, tables=(NEW,), themes=(NEW,)),
        FACILITATOR,
    ),
    ("reference.missing", opened, lambda _: make(Join, table=NEW), PHONE),
    (
        "reference.in_use",
        with_note,
        lambda cafe: make(RemoveTheme, theme=cafe.one(Table).theme),
        FACILITATOR,
    ),
    (
        "reference.in_use",
        with_note,
        lambda cafe: make(RemoveTable, table=cafe.one(Table).id),
        FACILITATOR,
    ),
    (
        "reference.in_use",
        with_note,
        lambda cafe: make(
            RemoveStep,
            step=next(step.id for step in cafe.all(Step) if step.activity is StepKind.ROUND),
        ),
        FACILITATOR,
    ),
    (
        "reference.in_use",
        with_check_in,
        lambda cafe: make(RemoveParticipant, participant=cafe.one(people.Participant).id),
        FACILITATOR,
    ),
    ("theme.unknown", Cafe, lambda _: make(EditTheme, theme=NEW, title="x"), FACILITATOR),
    ("table.unknown", opened, lambda _: make(EditTable, table=NEW, name="x"), FACILITATOR),
    (
        "note.unknown",
        opened,
        lambda _: make(MarkConclusion, note=NEW, conclusion=True),
        FACILITATOR,
    ),
    ("category.unknown", opened, lambda _: make(RemoveCategory, category=NEW), FACILITATOR),
    ("check_in.unknown", opened, lambda _: make(RemoveCheckIn, check_in=NEW), FACILITATOR),
    ("photo.unknown", opened, lambda _: make(EditPhoto, photo=NEW), FACILITATOR),
    (
        "participant.unknown",
        opened,
        lambda _: make(EditParticipant, participant=NEW, name="x"),
        FACILITATOR,
    ),
]


@pytest.mark.parametrize(
    ("code", "cafe", "command", "role"),
    CASES,
    ids=[f"{n}-{case[0]}" for n, case in enumerate(CASES)],
)
def test_refused(
    code: str, cafe: Callable[[], Cafe], command: Callable[[Cafe], Command], role: Role
) -> None:
    there = cafe()
    actor = OWNER if role is FACILITATOR or code == "votes.spent" else uuid4()
    if code == "participant.unknown" and role is PHONE:
        assert there.code(command(there), role, None) == code
    assert there.code(command(there), role, actor) == code


def test_each_reason_to_refuse_is_shown_here() -> None:
    source = Path(checkin.__file__).parent
    named_there = {
        code
        for path in source.glob("*.py")
        for code in re.findall(r'"([a-z_]+\.[a-z_]+)"', path.read_text(encoding="utf-8"))
    }
    assert named_there - {case[0] for case in CASES} == set()


def test_who_may_do_what_is_said_of_each_command() -> None:
    for command in RULES:
        assert command.roles, command
        assert Role.HALL not in command.roles
        assert "id" in {field.name for field in msgspec.structs.fields(command)}
