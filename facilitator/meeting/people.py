"""People: who is in the room, known or anonymous, and at which table."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import datetime
from typing import Any, ClassVar, Final
from uuid import UUID

from msgspec import UNSET, UnsetType

from facilitator.kernel.command import Command, Context
from facilitator.kernel.entity import Entity, in_order
from facilitator.kernel.errors import Malformed, Refused
from facilitator.kernel.forgetting import to_the_minute
from facilitator.kernel.roles import CONSOLES, Role
from facilitator.kernel.rules import Changes, Gone, Rules, Secret
from facilitator.kernel.state import Index, State
from facilitator.kernel.text import looks, tidy_name
from facilitator.meeting import fields, order
from facilitator.meeting.hosting import Invitation
from facilitator.meeting.ids import ParticipantId, TableId
from facilitator.meeting.meeting import Devices, Phase, the_meeting

MOST: Final = 3_000  # participants; a stranger who comes in again and again does not fill it soon
KEY: Final = range(16, 65)  # characters of the key to a ballot; nobody guesses it
MOST_BEHIND: Final = 50  # people behind one device; no table seats more


class Participant(Entity, frozen=True, kw_only=True, tag="participant"):
    """Someone in the room. In an anonymous meeting a phone without a name."""

    refers: ClassVar[dict[str, str]] = {"table": "table"}
    texts: ClassVar[frozenset[str]] = frozenset({"name", "organisation"})
    personal: ClassVar[frozenset[str]] = frozenset({"name", "organisation"})

    id: ParticipantId
    name: str = ""
    organisation: str = ""
    table: TableId | None = None
    joined_at: datetime | None = None  # to the minute; None: put on the list by hand
    order: float = 0.0
    people: int = 1  # behind this device
    muted: bool = False  # what it writes is kept, out of sight


class Join(Command, frozen=True, kw_only=True, tag="join"):
    """A phone comes in at a table. Its id is also the participant's: joining twice is once."""

    roles: ClassVar[frozenset[Role]] = frozenset({Role.PARTICIPANT})
    undoable: ClassVar[bool] = False

    table: TableId | None
    name: str = ""
    people: int = 1  # counts where there is one device a table
    key: str = ""  # made by the phone; it opens a ballot, of which nobody can tell whose it is


class SitDown(Command, frozen=True, kw_only=True, tag="sit_down"):
    """Sit at another table."""

    roles: ClassVar[frozenset[Role]] = frozenset({Role.PARTICIPANT, Role.HOST})
    undoable: ClassVar[bool] = False

    table: TableId


class AddParticipant(Command, frozen=True, kw_only=True, tag="add_participant"):
    """Put somebody on the list by hand."""

    roles: ClassVar[frozenset[Role]] = CONSOLES

    participant: ParticipantId
    name: str
    organisation: str = ""
    table: TableId | None = None
    before: ParticipantId | None = None


class EditParticipant(Command, frozen=True, kw_only=True, tag="edit_participant"):
    """Change what is known of somebody."""

    roles: ClassVar[frozenset[Role]] = CONSOLES

    participant: ParticipantId
    name: str | UnsetType = UNSET
    organisation: str | UnsetType = UNSET
    table: TableId | UnsetType | None = UNSET
    people: int | UnsetType = UNSET


class MoveParticipant(Command, frozen=True, kw_only=True, tag="move_participant"):
    """Put somebody at another place on the list."""

    roles: ClassVar[frozenset[Role]] = CONSOLES

    participant: ParticipantId
    before: ParticipantId | None = None


class RemoveParticipant(Command, frozen=True, kw_only=True, tag="remove_participant"):
    """Take somebody off the list. A phone that was theirs has to join again."""

    roles: ClassVar[frozenset[Role]] = CONSOLES

    participant: ParticipantId


class MuteParticipant(Command, frozen=True, kw_only=True, tag="mute_participant"):
    """Keep out of sight what a device writes from now on, or no longer. It is not told."""

    roles: ClassVar[frozenset[Role]] = CONSOLES
    undoable: ClassVar[bool] = False

    participant: ParticipantId
    muted: bool


AT_TABLE: Final[Index[Participant, TableId | None]] = Index(
    Participant, lambda participant: participant.table
)


def participants(state: State) -> list[Participant]:
    """The list, first one first."""
    return in_order(state.all(Participant))


def present(state: State) -> int:
    """How many people are there: those behind one device count each.

    Where nobody gives a name, a phone may be anybody's on the list: no one is counted twice.
    """
    came = inside(state)
    listed = sum(each.people for each in state.all(Participant) if each.joined_at is None)
    return came + listed if the_meeting(state).named else max(came, listed)


def inside(state: State) -> int:
    """How many people came in with a device."""
    return sum(each.people for each in state.all(Participant) if each.joined_at is not None)


def is_muted(state: State, actor: UUID | None) -> bool:
    """Whether what this phone writes is kept out of sight."""
    participant = state.find(Participant, actor)
    return participant is not None and participant.muted


def key_digest(key: str) -> bytes:
    """What is kept of the key to a ballot."""
    return hashlib.sha256(key.encode(errors="replace")).digest()


def join(state: State, command: Join, context: Context) -> Changes:
    """The participant, at the table whose code was scanned."""
    meeting = the_meeting(state)
    if meeting.phase is not Phase.LIVE:
        raise Refused("meeting.not_live")
    row = state.all(Participant)
    if len(row) >= MOST:
        raise Refused("participant.most", maximum=MOST)
    name = fields.line(tidy_name(command.name)) if meeting.named else ""
    if meeting.named and not name:
        raise Refused("participant.name")
    fields.within(command.people, 1, MOST_BEHIND, "participant.people")
    if command.key and len(command.key) not in KEY:
        raise Malformed("command.malformed", why="key")
    expected = _expected(state, row, name)
    if expected is not None:
        yield Gone(expected)
    yield Participant(
        id=ParticipantId(command.id),
        name=expected.name if expected else _unlike(row, name),
        organisation=expected.organisation if expected else "",
        table=command.table,
        joined_at=to_the_minute(context.now),
        order=expected.order if expected else order.last(row),
        people=command.people if meeting.devices is Devices.TABLE else 1,
    )
    if command.key:
        yield Secret(owner=command.id, digest=key_digest(command.key))


def _expected(state: State, row: Collection[Participant], name: str) -> Participant | None:
    """Who was put on the list under this name, and now comes in with a phone."""
    for each in row:
        if name and each.joined_at is None and looks(each.name) == looks(name):
            return None if _spoken_of(state, each.id) else each
    return None


def _spoken_of(state: State, participant: ParticipantId) -> bool:
    """Whether anything refers to this participant, who then stays."""
    return any(
        getattr(thing, field) == participant
        for thing in state.entities()
        for field, kind in thing.refers.items()
        if kind == Participant.kind()
    )


def _unlike(row: Collection[Participant], name: str) -> str:
    """The name; with a number where somebody has one that looks the same, so that no two are one."""
    if not name:
        return ""
    taken = {looks(participant.name) for participant in row}
    number, unlike = 1, name
    while looks(unlike) in taken:
        number += 1
        unlike = f"{name} ({number})"
    return unlike


def sit_down(state: State, command: SitDown, context: Context) -> Changes:
    """The participant at the other table."""
    if context.actor is None:
        raise Refused("participant.unknown")
    yield fields.edited(state.get(Participant, context.actor), table=command.table)


def add_participant(state: State, command: AddParticipant, _context: Context) -> Changes:
    """The participant, on the list."""
    row = state.all(Participant)
    if len(row) >= MOST:
        raise Refused("participant.most", maximum=MOST)
    new = Participant(
        id=command.participant,
        name=fields.title(command.name, "participant.name"),
        organisation=fields.line(command.organisation),
        table=command.table,
    )
    yield from order.placed(row, [new], command.before)


def edit_participant(state: State, command: EditParticipant, _context: Context) -> Changes:
    """The participant with the fields that were sent."""
    changes: dict[str, Any] = fields.given(command, "participant")
    for name in ("name", "organisation"):
        if name in changes:
            changes[name] = fields.line(changes[name])
    if "people" in changes:
        fields.within(changes["people"], 1, MOST_BEHIND, "participant.people")
    yield fields.edited(state.get(Participant, command.participant), **changes)


def move_participant(state: State, command: MoveParticipant, _context: Context) -> Changes:
    """The participant at the new place."""
    moved = state.get(Participant, command.participant)
    yield from order.placed(state.all(Participant), [moved], command.before)


def remove_participant(state: State, command: RemoveParticipant, _context: Context) -> Changes:
    """The list without the participant. Notes with this author make the kernel refuse it."""
    yield Gone(state.get(Participant, command.participant))
    for invitation in state.all(Invitation):
        if invitation.host == command.participant:
            yield fields.edited(invitation, host=None, revoked=True)


def mute_participant(state: State, command: MuteParticipant, _context: Context) -> Changes:
    """The participant, out of sight or back."""
    yield fields.edited(state.get(Participant, command.participant), muted=command.muted)


RULES: Final[Rules] = {
    Join: join,
    SitDown: sit_down,
    AddParticipant: add_participant,
    EditParticipant: edit_participant,
    MoveParticipant: move_participant,
    RemoveParticipant: remove_participant,
    MuteParticipant: mute_participant,
}
