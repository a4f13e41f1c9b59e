"""The meeting itself: what it is called, when and where it is, and how far it has come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from enum import StrEnum
from typing import Any, ClassVar, Final

from msgspec import UNSET, UnsetType

from facilitator.kernel.command import Command, Context
from facilitator.kernel.entity import Entity
from facilitator.kernel.errors import Refused
from facilitator.kernel.roles import CONSOLES, LEADERS, Role
from facilitator.kernel.rules import Changes, NoSecrets, Rules, Secret
from facilitator.kernel.state import State
from facilitator.kernel.undo import Undo, undo
from facilitator.meeting import fields
from facilitator.meeting.hosting import Invitation
from facilitator.meeting.ids import MeetingId
from facilitator.meeting.outline import Layout, Outline, Part, ReportForm, outlined

MAX_NOTE: Final = 300  # characters; a sticky note, not a letter
GRACE: Final = 60  # seconds after a round before a note counts as late
DOTS: Final = 3  # to vote with


class Phase(StrEnum):
    """How far a meeting has come. It is live from opening the doors until it is closed."""

    PREPARING = "preparing"
    LIVE = "live"
    CLOSED = "closed"


class Form(StrEnum):
    """The two ways of holding a café."""

    CLASSIC = "classic"  # the same question at all tables, people mix
    THEMES = "themes"  # each table its own theme and host


class Devices(StrEnum):
    """What people write on."""

    OWN = "own"  # each a phone of their own
    TABLE = "table"  # one device a table, with several people behind it


class Attendance(StrEnum):
    """What the verslag says of who was there."""

    NAMES = "names"
    NUMBERS = "numbers"
    NONE = "none"


class Meeting(Entity, frozen=True, kw_only=True, tag="meeting"):
    """One gathering. Its id is also the id of its clock and its projector: there is one of each."""

    texts: ClassVar[frozenset[str]] = frozenset({"writer", "check_out"})
    personal: ClassVar[frozenset[str]] = frozenset({"writer", "wifi_password"})

    id: MeetingId
    title: str
    language: str = "nl"  # of the phones' first page and of the verslag: nl or en
    date: dt.date | None = None
    begins: dt.time | None = None
    ends: dt.time | None = None
    place: str = ""
    organisation: str = ""
    writer: str = ""  # who writes the verslag
    reason: str = ""  # aanleiding
    purpose: str = ""  # doel
    issue: str = ""  # kwestie: what the people want to change
    method: str = ""  # werkwijze; empty: the verslag tells it from the programme
    what_next: str = ""  # zo gaat het verder
    next_meeting: str = ""
    check_out: str = ""
    form: Form = Form.THEMES
    named: bool = False  # False: no author is stored with a note
    approval: bool = False  # True: the hall sees a note only after the facilitator approved it
    show_earlier: bool = True  # phones show what others wrote at the same table
    attendance: Attendance = Attendance.NUMBERS
    phase: Phase = Phase.PREPARING
    note_length: int = MAX_NOTE
    grace: int = GRACE
    devices: Devices = Devices.OWN
    frozen: bool = False  # phones wait; what comes in all the same is late
    keep_until: dt.date | None = None  # then the engine forgets who was there
    wiped: bool = False  # who was there is forgotten
    wifi_name: str = ""  # of the network for the phones, as it stands in the QR code
    wifi_password: str = ""  # empty: an open network
    wifi_hidden: bool = False  # the network does not tell its name
    invited: str = ""  # who was invited, and how
    report: ReportForm = ReportForm.FULL
    parts: tuple[Part, ...] = ()  # of the verslag; none: those that its form begins with
    matrix: Layout = Layout.COLUMNS
    voting: bool = False  # phones may vote now
    dots: int = DOTS  # that each person may put at the options

    @property
    def outline(self) -> Outline:
        """How its verslag is built."""
        return outlined(self.report, self.parts, self.matrix)


_LINES: Final = ("place", "organisation", "writer", "next_meeting")
_PARAGRAPHS: Final = ("reason", "purpose", "issue", "method", "what_next", "check_out", "invited")
_FIT: Final[dict[str, Callable[[str], str]]] = {
    "title": fields.title,
    **dict.fromkeys(_LINES, fields.line),
    **dict.fromkeys(_PARAGRAPHS, fields.paragraph),
}
_NUMBERS: Final = {
    "note_length": ("meeting.note_length", 50, 2_000),
    "grace": ("meeting.grace", 0, 600),
    "dots": ("meeting.dots", 1, 10),
}
_NETWORK: Final = {  # bytes
    "wifi_name": ("wifi.name", 32),
    "wifi_password": ("wifi.password", 64),
}
_TOLD_BEFORE: Final = ("named",)  # chosen before the start, since phones say it in words


class EditMeeting(Command, frozen=True, kw_only=True, tag="edit_meeting"):
    """Change what is known of the meeting. Only the fields that are sent change."""

    roles: ClassVar[frozenset[Role]] = CONSOLES

    title: str | UnsetType = UNSET
    language: str | UnsetType = UNSET
    date: dt.date | UnsetType | None = UNSET
    begins: dt.time | UnsetType | None = UNSET
    ends: dt.time | UnsetType | None = UNSET
    place: str | UnsetType = UNSET
    organisation: str | UnsetType = UNSET
    writer: str | UnsetType = UNSET
    reason: str | UnsetType = UNSET
    purpose: str | UnsetType = UNSET
    issue: str | UnsetType = UNSET
    method: str | UnsetType = UNSET
    what_next: str | UnsetType = UNSET
    next_meeting: str | UnsetType = UNSET
    check_out: str | UnsetType = UNSET
    form: Form | UnsetType = UNSET
    named: bool | UnsetType = UNSET
    approval: bool | UnsetType = UNSET
    show_earlier: bool | UnsetType = UNSET
    attendance: Attendance | UnsetType = UNSET
    note_length: int | UnsetType = UNSET
    grace: int | UnsetType = UNSET
    devices: Devices | UnsetType = UNSET
    keep_until: dt.date | UnsetType | None = UNSET
    wifi_name: str | UnsetType = UNSET
    wifi_password: str | UnsetType = UNSET
    wifi_hidden: bool | UnsetType = UNSET
    invited: str | UnsetType = UNSET
    report: ReportForm | UnsetType = UNSET  # without parts: with those that it begins with
    parts: tuple[Part, ...] | UnsetType = UNSET
    matrix: Layout | UnsetType = UNSET
    dots: int | UnsetType = UNSET


class OpenDoors(Command, frozen=True, kw_only=True, tag="open_doors"):
    """Begin: phones may join from now on. Also opens a closed meeting again."""

    roles: ClassVar[frozenset[Role]] = LEADERS
    undoable: ClassVar[bool] = False


class CloseMeeting(Command, frozen=True, kw_only=True, tag="close_meeting"):
    """End: phones can write no more. What they still have to send is taken as late."""

    roles: ClassVar[frozenset[Role]] = LEADERS
    undoable: ClassVar[bool] = False


class FreezePhones(Command, frozen=True, kw_only=True, tag="freeze_phones"):
    """Let all phones wait, so that people look up; or go on. Nothing that was written is refused."""

    roles: ClassVar[frozenset[Role]] = CONSOLES
    undoable: ClassVar[bool] = False

    frozen: bool


def the_meeting(state: State) -> Meeting:
    """The one meeting of this state."""
    return next(iter(state.all(Meeting)))


def edit_meeting(state: State, command: EditMeeting, _context: Context) -> Changes:
    """The meeting with the fields that were sent."""
    meeting = the_meeting(state)
    changes: dict[str, Any] = fields.given(command)
    for name in changes.keys() & _FIT.keys():
        changes[name] = _FIT[name](changes[name])
    if changes.get("language", meeting.language) not in {"nl", "en"}:
        raise Refused("meeting.language")
    if "report" in changes or "parts" in changes:
        changes["parts"] = tuple(dict.fromkeys(changes.get("parts", ())))
    _check_promises(meeting, changes)
    for name, (code, low, high) in _NUMBERS.items():
        if name in changes:
            fields.within(changes[name], low, high, code)
    for name, (code, most) in _NETWORK.items():
        _check_network(changes.get(name, ""), most, code)
    yield fields.edited(meeting, **changes)


def _check_promises(meeting: Meeting, changes: dict[str, Any]) -> None:
    """What phones told their owners holds: no names after all, and not kept for longer."""
    if meeting.phase is Phase.PREPARING:
        return
    if any(name in changes and changes[name] != getattr(meeting, name) for name in _TOLD_BEFORE):
        raise Refused("meeting.told")
    until = changes.get("keep_until", meeting.keep_until)
    if meeting.keep_until is not None and (until is None or until > meeting.keep_until):
        raise Refused("meeting.told")


def undo_within_promises(state: State, command: Undo, context: Context) -> Changes:
    """Taking back, where what phones told their owners still holds after it."""
    for outcome in undo(state, command, context):
        if isinstance(outcome, Meeting):
            told = {name: getattr(outcome, name) for name in (*_TOLD_BEFORE, "keep_until")}
            _check_promises(the_meeting(state), told)
        yield outcome


def _check_network(text: str, most: int, code: str) -> None:
    """As it is, spaces too: the network is called so. Raises ``Refused`` where none can be."""
    if (text and not text.isprintable()) or len(text.encode()) > most:
        raise Refused(code, maximum=most)


def open_doors(state: State, _command: OpenDoors, _context: Context) -> Changes:
    """The meeting, live. Who was there is asked for only once: wiped, it stays closed."""
    meeting = the_meeting(state)
    if meeting.wiped:
        raise Refused("meeting.wiped")
    yield fields.edited(meeting, phase=Phase.LIVE, frozen=False)


def close_meeting(state: State, _command: CloseMeeting, _context: Context) -> Changes:
    """The meeting, closed; the keys to notes and the links for hosts are forgotten.

    Those of ballots stay: who has voted may not do so anew when the doors open again.
    """
    yield fields.edited(the_meeting(state), phase=Phase.CLOSED, voting=False)
    ballots = [
        (owner, key) for owner, key in state.secrets.items() if state.has("participant", owner)
    ]
    yield NoSecrets()
    for owner, key in ballots:
        yield Secret(owner=owner, digest=key)
    for invitation in state.all(Invitation):
        if invitation.host is None:
            yield fields.edited(invitation, revoked=True)


def freeze_phones(state: State, command: FreezePhones, _context: Context) -> Changes:
    """The meeting, while all phones wait or no longer."""
    yield fields.edited(the_meeting(state), frozen=command.frozen)


RULES: Final[Rules] = {
    Undo: undo_within_promises,
    EditMeeting: edit_meeting,
    OpenDoors: open_doors,
    CloseMeeting: close_meeting,
    FreezePhones: freeze_phones,
}
