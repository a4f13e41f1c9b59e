"""Who somebody is, and what they may do: the only place where rights are decided."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from typing import Final
from uuid import UUID

import msgspec

from facilitator.kernel.command import Command
from facilitator.kernel.errors import FacilitatorError, Forbidden, Refused
from facilitator.kernel.roles import CONSOLES, LEADERS, VIEWERS, WRITERS, Role
from facilitator.kernel.state import State
from facilitator.meeting.hosting import host_tables
from facilitator.meeting.ids import MeetingId, ParticipantId
from facilitator.meeting.meeting import the_meeting
from facilitator.meeting.people import Participant

CONSOLE: Final = UUID(int=1)  # who acts at the facilitator's console

ANYONE: Final[frozenset[Role]] = frozenset()  # also who has no token at all
FACES: Final = WRITERS | VIEWERS  # all that may see a meeting
PHONES: Final = frozenset({Role.PARTICIPANT, Role.HOST})

DOORS: Final[dict[str, frozenset[Role]]] = {
    "page": ANYONE,
    "page_at_table": ANYONE,
    "web_file": ANYONE,
    "words": ANYONE,
    "openapi": ANYONE,
    "hello": ANYONE,
    "table": ANYONE,
    "join": ANYONE,
    "commands": WRITERS,
    "state": FACES,
    "events": FACES,
    "meetings": CONSOLES,
    "create_meeting": CONSOLES,
    "create_sample": CONSOLES,
    "import_meeting": CONSOLES,
    "copy_meeting": CONSOLES,
    "delete_meeting": LEADERS,
    "wipe": LEADERS,
    "black_out": CONSOLES,
    "cafe_file": CONSOLES,
    "json_file": CONSOLES,
    "last_outline": CONSOLES,
    "report": CONSOLES,
    "job": CONSOLES,
    "house_styles": CONSOLES,
    "put_house_style": CONSOLES,
    "choose_house_style": CONSOLES,
    "remove_house_style": CONSOLES,
    "mute_writer": CONSOLES,
    "add_photo": CONSOLES | {Role.HOST},
    "photo": VIEWERS,
    "engine": CONSOLES,
    "choose_address": CONSOLES,
    "switch_trial": CONSOLES,
    "trial": CONSOLES,
    "trial_page": ANYONE,
    "trial_stream": ANYONE,
    "trial_note": ANYONE,
    "trial_back": ANYONE,
    "backup": CONSOLES,
    "check": CONSOLES,
    "stop": LEADERS,
}
"""Route → who may come in. Which commands a role may send stands with each command, in ``roles``."""


class Unknown(FacilitatorError):
    """No token, or one that is nobody's."""


class Caller(msgspec.Struct, frozen=True):
    """Who asks."""

    role: Role | None = None  # None: nobody in particular
    actor: UUID | None = None
    meeting: MeetingId | None = None  # a phone belongs to one meeting
    token: str = ""

    @property
    def by_phone(self) -> bool:
        """Whether a phone asks, and sees what its table sees."""
        return self.role in PHONES


NOBODY: Final = Caller()


class Keys:
    """Tells who has a token. Phones' tokens are signed, so that no list of them is kept."""

    _REMEMBERED: Final = 5_000  # tokens that need not be checked again

    def __init__(self, secret: bytes, console: str, hall: str) -> None:
        self._secret = secret
        self.console = console
        self.hall = hall
        self._known: dict[str, Caller] = {}

    def caller(self, token: str) -> Caller:
        """Who has this token. Raises ``Unknown``."""
        known = self._known.get(token)
        if known is None:
            if len(self._known) >= self._REMEMBERED:
                self._known.clear()
            known = self._known[token] = self._read(token)
        return known

    def known(self, token: str) -> Caller | None:
        """Who has this token, if that was asked before."""
        return self._known.get(token)

    def phone(self, meeting: MeetingId, participant: ParticipantId) -> str:
        """The token of a participant: always the same."""
        who = meeting.bytes + participant.bytes
        return base64.urlsafe_b64encode(who + self._signature(who)).decode().rstrip("=")

    def proof(self, nonce: str) -> str:
        """Shows who knows the console's token that this engine knows it too."""
        return hmac.new(self.console.encode(), nonce.encode(), hashlib.sha256).hexdigest()

    def _signature(self, who: bytes) -> bytes:
        return hmac.new(self._secret, who, hashlib.sha256).digest()[:16]

    def _read(self, token: str) -> Caller:
        given = token.encode()
        if hmac.compare_digest(given, self.console.encode()):
            return Caller(role=Role.FACILITATOR, actor=CONSOLE, token=token)
        if hmac.compare_digest(given, self.hall.encode()):
            return Caller(role=Role.HALL, token=token)
        try:
            whole = base64.b64decode(
                given + b"=" * (-len(given) % 4), altchars=b"-_", validate=True
            )
        except (binascii.Error, ValueError) as error:
            raise Unknown("token.unknown") from error
        who, signature = whole[:32], whole[32:]
        if len(who) != 32 or not hmac.compare_digest(signature, self._signature(who)):  # noqa: PLR2004 - two ids
            raise Unknown("token.unknown")
        meeting, actor = MeetingId(UUID(bytes=who[:16])), ParticipantId(UUID(bytes=who[16:]))
        if token != self.phone(meeting, actor):  # written otherwise it would have limits of its own
            raise Unknown("token.unknown")
        return Caller(role=Role.PARTICIPANT, actor=actor, meeting=meeting, token=token)


def in_meeting(caller: Caller, state: State) -> Caller:
    """The phone as it is in its meeting now: the host of a table, while the invitation holds.

    Raises ``Unknown`` where its owner is not on the list (any more), ``Refused`` where the meeting
    was wiped: its phones are to forget it too.
    """
    if state.find(Participant, caller.actor) is None:
        raise Unknown("token.unknown")
    if the_meeting(state).wiped:
        raise Refused("meeting.wiped")
    role = Role.HOST if host_tables(state, caller.actor) else Role.PARTICIPANT
    return caller if role is caller.role else msgspec.structs.replace(caller, role=role)


def check_door(route: str, caller: Caller) -> None:
    """Raises ``Unknown`` or ``Forbidden`` where this caller may not come in by this route."""
    door = DOORS[route]
    if not door:
        return
    if caller.role is None:
        raise Unknown("token.unknown")
    if caller.role not in door:
        raise Forbidden("role.forbidden")


def may_send(caller: Caller, command: type[Command]) -> bool:
    """Whether this caller may send such a command."""
    return caller.role in command.roles
