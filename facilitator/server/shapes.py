"""The shapes of what is sent and answered; what is read, and what the OpenAPI document is made of."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec

from facilitator.kernel.roles import Role
from facilitator.meeting.features import AnyCommand
from facilitator.meeting.ids import MeetingId, ParticipantId, PhotoId, TableId
from facilitator.meeting.meeting import Devices, Phase
from facilitator.meeting.templates import Template
from facilitator.meeting.themes import Colour
from facilitator.server.addresses import Address
from facilitator.store.reading import LastOutline, MeetingSummary

MOST_COMMANDS = 50


class Trouble(msgspec.Struct):
    """What went wrong: for a program, and for a person."""

    code: str
    values: dict[str, str | float]
    message: str


class Refusal(msgspec.Struct):
    """The body of every answer that is no success."""

    error: Trouble


class Hello(msgspec.Struct, omit_defaults=True):
    """Who is talking."""

    app: str
    version: str
    epoch: str
    now: datetime
    proof: str | None = None


class MeetingCard(msgspec.Struct):
    """What a phone shows of a meeting before its owner joins."""

    id: MeetingId
    title: str
    date: Any
    begins: Any
    place: str
    organisation: str
    named: bool
    language: str
    phase: Phase
    devices: Devices
    keep_until: Any


class TableCard(msgspec.Struct):
    """What a phone shows of a table before its owner joins."""

    id: TableId
    number: int
    name: str


class ThemeCard(msgspec.Struct):
    """What is talked about at that table."""

    title: str
    question: str
    colour: Colour


class Place(msgspec.Struct):
    """Where a code leads."""

    meeting: MeetingCard
    table: TableCard
    theme: ThemeCard | None


class Joining(msgspec.Struct):
    """A phone that comes in. ``id`` is made by the phone, and is the participant's from now on."""

    id: UUID
    code: str
    name: str = ""
    people: int = 1  # behind this device
    key: str = ""  # made by the phone: opens its ballot, and only a digest of it is kept


class Limits(msgspec.Struct):
    """What a phone has to keep to."""

    note_length: int
    grace: int


class Joined(msgspec.Struct):
    """A phone that is in."""

    token: str
    participant: ParticipantId
    meeting: MeetingId
    table: TableId | None
    addresses: list[str]
    limits: Limits


class Commands(msgspec.Struct):
    """What somebody wants."""

    commands: Annotated[list[AnyCommand], msgspec.Meta(min_length=1, max_length=MOST_COMMANDS)]


class Result(msgspec.Struct, omit_defaults=True):
    """What came of one command."""

    id: UUID | None
    status: Literal["done", "repeated", "refused"]
    revision: int
    code: str | None = None
    values: dict[str, str | float] | None = None
    message: str | None = None


class Results(msgspec.Struct):
    """What came of each, in their order."""

    results: list[Result]


class You(msgspec.Struct, omit_defaults=True):
    """Who the engine takes the asker for."""

    role: Role
    actor: UUID | None = None
    participant: ParticipantId | None = None
    table: TableId | None = None


class Whole(msgspec.Struct, omit_defaults=True):
    """All that somebody may see. Each entity has its ``kind``; phones get no address or history."""

    epoch: str
    revision: int
    now: datetime
    you: You
    entities: msgspec.Raw
    limits: Limits | None = None
    address: str | None = None
    addresses: list[str] = []
    history: msgspec.Raw | None = None


class Library(msgspec.Struct):
    """All meetings, the last changed first."""

    meetings: list[MeetingSummary]


class OutlineOffer(msgspec.Struct):
    """How the verslag was built of the last other meeting of the same organisation."""

    last: LastOutline | None


class NewMeeting(msgspec.Struct):
    """A meeting to be made."""

    id: MeetingId
    title: str
    template: Template = Template.THEMES
    language: Literal["nl", "en"] = "nl"
    themes: tuple[str, ...] = ()


class MeetingCopy(msgspec.Struct):
    """A copy to be made: of how the meeting was set up, or of everything in it."""

    id: MeetingId
    title: str
    whole: bool = False


class Made(msgspec.Struct):
    """What was made."""

    id: MeetingId


class PhotoKept(msgspec.Struct):
    """A photo that is in the meeting, and how large it is kept."""

    id: PhotoId
    width: int
    height: int


class Remark(msgspec.Struct):
    """What was not found in a house style, and what the verslag uses instead."""

    code: str
    values: dict[str, str | float]
    message: str


class HouseStyleCard(msgspec.Struct):
    """A house style that is kept."""

    id: UUID
    name: str
    added: datetime
    size: int
    findings: list[Remark]


class HouseStyleList(msgspec.Struct):
    """All house styles, and which one is in use; none: our own look."""

    in_use: UUID | None
    styles: list[HouseStyleCard]


class HouseStyleChoice(msgspec.Struct):
    """The house style to use from now on; null: our own look."""

    id: UUID | None


class EngineNow(msgspec.Struct):
    """How the engine is."""

    pid: int
    port: int
    version: str
    read_only: bool
    streams: int
    address: str
    addresses: list[Address]
    ask: bool
    failing: str | None


class Choice(msgspec.Struct):
    """The address to show."""

    url: str


class HowFar(msgspec.Struct):
    """How far a file is that is being made."""

    percent: int | None


class TrialSwitch(msgspec.Struct):
    """Begin the guided check, or end it."""

    on: bool


class TrialKey(msgspec.Struct):
    """The trial that a phone came for."""

    key: str


class TrialNote(msgspec.Struct):
    """A note that a phone writes to try it."""

    key: str
    text: Annotated[str, msgspec.Meta(max_length=200)]


class TrialStep(msgspec.Struct):
    """One of the things that have to work, and whether it did."""

    name: Literal["address", "listening", "arrival", "page", "stream", "note"]
    done: bool
    words: str


class TrialCause(msgspec.Struct):
    """Why no phone comes in, perhaps, and what to do about it."""

    code: str
    what: str
    cure: str


class TrialNext(msgspec.Struct):
    """The address to try next."""

    url: str
    name: str


class TrialNow(msgspec.Struct):
    """How the guided check stands."""

    on: bool
    url: str
    key: str
    seconds: float
    steps: list[TrialStep]
    stream_seconds: int
    causes: list[TrialCause]
    next: TrialNext | None
    plan_b: str


class BackupMade(msgspec.Struct):
    """Where the backup is, on the engine's machine."""

    path: str


class Findings(msgspec.Struct):
    """What is wrong with the database; empty: nothing."""

    findings: list[str]
