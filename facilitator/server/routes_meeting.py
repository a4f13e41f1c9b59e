"""A meeting while it goes on: joining it, seeing it, hearing it, changing it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID, uuid4

import msgspec

from facilitator.kernel.command import Command
from facilitator.kernel.errors import FacilitatorError, Forbidden, Malformed, NotFound
from facilitator.kernel.roles import Role
from facilitator.kernel.wire import encode
from facilitator.meeting.features import COMMANDS, AnyCommand
from facilitator.meeting.ids import NoteId, ParticipantId
from facilitator.meeting.meeting import the_meeting
from facilitator.meeting.notes import Note
from facilitator.meeting.people import Join, MuteParticipant, Participant
from facilitator.meeting.themes import Theme
from facilitator.server.access import CONSOLE, Caller
from facilitator.server.cafes import Cafe
from facilitator.server.call import Call, Reply, decoded, json
from facilitator.server.house import House
from facilitator.server.hub import Listening, Stream
from facilitator.server.refusals import result
from facilitator.server.shapes import (
    MOST_COMMANDS,
    Commands,
    Joined,
    Joining,
    Limits,
    MeetingCard,
    Place,
    Result,
    Results,
    TableCard,
    ThemeCard,
    Whole,
    You,
)
from facilitator.store.writer import Answer


class _Head(msgspec.Struct):
    """What can be read of a command that is not understood."""

    id: UUID
    command: str


class _Loose(msgspec.Struct):
    commands: list[msgspec.Raw]


_COMMANDS: Final = msgspec.json.Decoder(Commands)
_COMMAND: Final[msgspec.json.Decoder[Command]] = msgspec.json.Decoder(AnyCommand)
_LOOSE: Final = msgspec.json.Decoder(_Loose)
_LIST: Final = msgspec.json.Decoder(list[msgspec.Raw])
_HEAD: Final = msgspec.json.Decoder(_Head)
_JOINING: Final = msgspec.json.Decoder(Joining)
_KNOWN: Final = frozenset(command.tag() for command in COMMANDS)


async def table(house: House, call: Call) -> Reply:
    """Where a code leads, so that a phone can ask its owner whether this is right."""
    _come_in(house, call)
    cafe, found = house.cafes.at_table(call.keys[0])
    meeting = the_meeting(cafe.state)
    theme = cafe.state.find(Theme, found.theme)
    card = {name: getattr(meeting, name) for name in MeetingCard.__struct_fields__}
    return json(
        Place(
            meeting=MeetingCard(**card),
            table=TableCard(id=found.id, number=found.number, name=found.name),
            theme=ThemeCard(theme.title, theme.question, theme.colour) if theme else None,
        )
    )


async def join(house: House, call: Call) -> Reply:
    """Come in at a table. The same id gives the same participant, however often it is sent."""
    _come_in(house, call)
    joining = await call.read(_JOINING)
    cafe, found = house.cafes.at_table(joining.code)
    meeting = the_meeting(cafe.state)
    if joining.id == CONSOLE:
        raise Forbidden("role.forbidden")  # nobody else acts under this name
    if cafe.state.find(Participant, joining.id) is None:
        house.joins.enter(call.client, call.connection.loop.time())
    caller = Caller(role=Role.PARTICIPANT, actor=joining.id, meeting=meeting.id)
    command = Join(
        id=joining.id,
        table=found.id,
        name=joining.name,
        people=joining.people,
        key=joining.key,
    )
    (answer,) = await house.desk.ask(caller, meeting.id, [command])
    if answer.error is not None:
        raise answer.error
    participant = cafe.state.find(Participant, joining.id)
    if participant is None:  # joined before, and taken off the list since
        raise NotFound("participant.unknown")
    return json(
        Joined(
            token=house.keys.phone(meeting.id, participant.id),
            participant=participant.id,
            meeting=meeting.id,
            table=participant.table,
            addresses=house.ways.for_phones,
            limits=_limits(cafe),
        )
    )


def _come_in(house: House, call: Call) -> None:
    """Raises ``TooMany`` where more look for a table than any hall holds."""
    house.joins.take(call.client, call.connection.loop.time())


async def commands(house: House, call: Call) -> Reply:
    """Hand in 1 to 50 commands; answered when what they changed is safe on the disk."""
    raw = await call.body()
    cafe = await house.cafe(call)
    meeting = the_meeting(cafe.state).id
    try:
        asked: Sequence[Command] = _COMMANDS.decode(raw).commands
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return await _one_by_one(house, call, cafe, raw)
    _spend(house, call, len(asked))
    answers = await house.desk.ask(call.caller, meeting, asked)
    language = call.language() if any(answer.error for answer in answers) else ""
    pairs = zip(asked, answers, strict=True)
    return json(Results([result(command.id, answer, language) for command, answer in pairs]))


async def _one_by_one(house: House, call: Call, cafe: Cafe, raw: bytes) -> Reply:
    """Something in it is not understood: that is refused, and the rest is done."""
    parts = _parts(raw)
    _spend(house, call, len(parts))
    read = [_read(part) for part in parts]
    understood = [command for command in read if isinstance(command, Command)]
    meeting = the_meeting(cafe.state).id
    answered = iter(await house.desk.ask(call.caller, meeting, understood) if understood else ())
    language = call.language()
    results: list[Result] = []
    for command in read:
        if isinstance(command, Command):
            results.append(result(command.id, next(answered), language))
        else:
            head, error = command
            answer = Answer(status="refused", revision=cafe.state.revision, error=error)
            results.append(result(head.id, answer, language))
    return json(Results(results))


async def mute_writer(house: House, call: Call) -> Reply:
    """Keep out of sight what the device that wrote this note writes from now on."""
    cafe = await house.cafe(call)
    note = cafe.state.get(Note, NoteId(call.key()))
    device = cafe.writer_of(note)
    if device is None or cafe.state.find(Participant, device) is None:
        raise NotFound("writer.unknown")
    mute = MuteParticipant(id=uuid4(), participant=device, muted=True)
    (answer,) = await house.desk.ask(call.caller, the_meeting(cafe.state).id, [mute])
    if answer.error is not None:
        raise answer.error
    return Reply(status=204)


def _parts(raw: bytes) -> list[msgspec.Raw]:
    bare = raw.lstrip()[:1] == b"["
    parts = decoded(_LIST, raw) if bare else decoded(_LOOSE, raw).commands
    if not 1 <= len(parts) <= MOST_COMMANDS:
        raise Malformed("commands.number", maximum=MOST_COMMANDS)
    return parts


def _read(part: msgspec.Raw) -> Command | tuple[_Head, FacilitatorError]:
    """The command, or what is wrong with it. Raises ``Malformed`` where it has not even an id."""
    try:
        return _COMMAND.decode(part)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        head = decoded(_HEAD, part)
        if head.command not in _KNOWN:
            return head, Malformed("command.unknown", command=head.command[:50])
        return head, Malformed("command.malformed", why=str(error))


def _spend(house: House, call: Call, number: int) -> None:
    if call.caller.by_phone:
        house.rate.take(call.caller.token, number, call.connection.loop.time())


async def state(house: House, call: Call) -> Reply:
    """All that the asker may see."""
    cafe = await house.cafe(call)
    caller = call.caller
    if caller.by_phone:
        return json(_seen_by_phone(house, cafe, caller))
    return json(
        Whole(
            epoch=house.facts.epoch,
            revision=cafe.state.revision,
            now=house.now(),
            you=You(role=caller.role or Role.HALL, actor=caller.actor),
            entities=msgspec.Raw(encode(list(cafe.state.entities()))),
            history=msgspec.Raw(encode(list(cafe.state.history))),
            address=house.ways.url,
        )
    )


def _seen_by_phone(house: House, cafe: Cafe, caller: Caller) -> Whole:
    participant = cafe.state.get(Participant, _actor(caller))
    role = caller.role or Role.PARTICIPANT
    return Whole(
        epoch=house.facts.epoch,
        revision=cafe.state.revision,
        now=house.now(),
        you=You(role=role, participant=participant.id, table=participant.table),
        entities=msgspec.Raw(cafe.seen_by(participant)),
        limits=_limits(cafe),
        addresses=house.ways.for_phones,
    )


async def events(house: House, call: Call) -> Listening[Stream]:
    """What happens from now on, and what happened after the revision that the asker has."""
    cafe = await house.cafe(call)
    after = _revision(call)
    house.hub.check_room()
    caller = call.caller
    participant = cafe.state.get(Participant, _actor(caller)) if caller.by_phone else None
    return Listening(
        lambda: house.hub.open(call.connection, caller, cafe.room, participant, after),
        house.hub.close,
    )


def _revision(call: Call) -> int:
    given = call.query("after") or call.headers.get(b"last-event-id", b"").decode("latin-1")
    if not given.isascii() or not given.isdigit() or len(given) > 15:  # noqa: PLR2004 - more than 64 bits never
        raise Malformed("events.after")
    return int(given)


def _actor(caller: Caller) -> ParticipantId:
    assert caller.actor is not None  # noqa: S101 - a phone's token holds its participant
    return ParticipantId(caller.actor)


def _limits(cafe: Cafe) -> Limits:
    meeting = the_meeting(cafe.state)
    return Limits(note_length=meeting.note_length, grace=meeting.grace)
