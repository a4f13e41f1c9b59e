"""Hosts: who keeps a table going. A link, used once, makes a phone that of the host."""

from __future__ import annotations

import hashlib
import hmac
import re
from typing import ClassVar, Final
from uuid import UUID

from facilitator.kernel.command import Command, Context
from facilitator.kernel.entity import Entity
from facilitator.kernel.errors import Conflict, Forbidden, Malformed, NotFound
from facilitator.kernel.roles import CONSOLES, Role
from facilitator.kernel.rules import Changes, Rules, Secret
from facilitator.kernel.state import Index, State
from facilitator.meeting import fields
from facilitator.meeting.ids import InvitationId, ParticipantId, TableId

_DIGEST: Final = re.compile("[0-9a-f]{64}")


class Invitation(Entity, frozen=True, kw_only=True, tag="invitation"):
    """The right to be the host of a table: of nobody yet, then for ever of who used it first."""

    refers: ClassVar[dict[str, str]] = {"table": "table", "host": "participant"}
    personal: ClassVar[frozenset[str]] = frozenset({"host"})

    id: InvitationId
    table: TableId
    host: ParticipantId | None = None
    revoked: bool = False


class InviteHost(Command, frozen=True, kw_only=True, tag="invite_host"):
    """Make a link for the host of a table. The engine hears the key when it is used, not before."""

    roles: ClassVar[frozenset[Role]] = CONSOLES
    undoable: ClassVar[bool] = False

    invitation: InvitationId
    table: TableId
    digest: str  # SHA-256 of the key, in hexadecimal digits


class RevokeHost(Command, frozen=True, kw_only=True, tag="revoke_host"):
    """Take the right back, used or not. It does not come to life again."""

    roles: ClassVar[frozenset[Role]] = CONSOLES
    undoable: ClassVar[bool] = False

    invitation: InvitationId


class BecomeHost(Command, frozen=True, kw_only=True, tag="become_host"):
    """Use the link: this phone is the host's from now on."""

    roles: ClassVar[frozenset[Role]] = frozenset({Role.PARTICIPANT, Role.HOST})
    undoable: ClassVar[bool] = False

    invitation: InvitationId
    key: str


def live_host(invitation: Invitation) -> ParticipantId | None:
    """Who has the right by it now."""
    return None if invitation.revoked else invitation.host


OF_HOST: Final[Index[Invitation, ParticipantId | None]] = Index(Invitation, live_host)


def host_tables(state: State, participant: UUID | None) -> frozenset[TableId]:
    """The tables that somebody is the host of."""
    if participant is None:
        return frozenset()
    held = state.where(OF_HOST, ParticipantId(participant))
    return frozenset(invitation.table for invitation in held)


def invite_host(state: State, command: InviteHost, _context: Context) -> Changes:
    """The invitation, and the hash of its key beside the meeting."""
    if not _DIGEST.fullmatch(command.digest):
        raise Malformed("command.malformed", why="digest")
    if state.find(Invitation, command.invitation) is not None:
        raise Conflict("host.used")
    yield Invitation(id=command.invitation, table=command.table)
    yield Secret(owner=command.invitation, digest=bytes.fromhex(command.digest))


def revoke_host(state: State, command: RevokeHost, _context: Context) -> Changes:
    """The invitation, of no use to anybody any more."""
    yield fields.edited(state.get(Invitation, command.invitation), revoked=True)
    yield Secret(owner=command.invitation, digest=None)


def become_host(state: State, command: BecomeHost, context: Context) -> Changes:
    """The invitation, bound to who used it. Its key is forgotten: it opens nothing twice."""
    if context.actor is None:
        raise NotFound("participant.unknown")
    invitation = state.find(Invitation, command.invitation)
    if invitation is None or invitation.revoked:
        raise Forbidden("host.link")
    if invitation.host == context.actor:
        return
    if invitation.host is not None:
        raise Conflict("host.used")
    kept = state.secrets.get(invitation.id)
    given = hashlib.sha256(command.key.encode(errors="replace")).digest()
    if kept is None or not hmac.compare_digest(kept, given):
        raise Forbidden("host.link")
    yield fields.edited(invitation, host=ParticipantId(context.actor))
    yield Secret(owner=invitation.id, digest=None)


RULES: Final[Rules] = {
    InviteHost: invite_host,
    RevokeHost: revoke_host,
    BecomeHost: become_host,
}
