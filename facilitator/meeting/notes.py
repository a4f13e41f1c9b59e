"""Sticky notes: what a participant writes at a table."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime
from typing import ClassVar, Final

from facilitator.kernel.command import Command, Context
from facilitator.kernel.entity import Entity
from facilitator.kernel.errors import Forbidden, Refused
from facilitator.kernel.forgetting import to_the_minute
from facilitator.kernel.roles import CONSOLES, WRITERS, Role
from facilitator.kernel.rules import Changes, Rules, Secret
from facilitator.kernel.state import Index, State
from facilitator.kernel.text import tidy
from facilitator.meeting import fields, order
from facilitator.meeting.hosting import host_tables
from facilitator.meeting.ids import CategoryId, NoteId, ParticipantId, StepId, TableId, ThemeId
from facilitator.meeting.meeting import Meeting, Phase, the_meeting
from facilitator.meeting.people import is_muted
from facilitator.meeting.programme import Step, StepKind, open_for_notes
from facilitator.meeting.tables import Table
from facilitator.meeting.themes import Theme

MOST_AT_ONCE: Final = 2_000  # notes moved or hidden by one command


class Note(Entity, frozen=True, kw_only=True, tag="note"):
    """A sticky note. It keeps the table and round where it was written, for ever."""

    refers: ClassVar[dict[str, str]] = {
        "table": "table",
        "theme": "theme",
        "round": "step",
        "category": "category",
        "author": "participant",
        "merged": "note",
    }
    texts: ClassVar[frozenset[str]] = frozenset({"text"})
    personal: ClassVar[frozenset[str]] = frozenset({"author"})
    flat: ClassVar[frozenset[str]] = frozenset({"merged"})

    id: NoteId
    text: str
    table: TableId | None = None
    theme: ThemeId | None = None
    round: StepId | None = None
    category: CategoryId | None = None
    author: ParticipantId | None = None  # None in an anonymous meeting: not stored, not hidden
    written_at: datetime | None = None  # to the minute
    late: bool = False
    hidden: bool = False
    hidden_by_host: bool = False  # the host of its table took it away, and may bring it back
    approved: bool = True  # False: waits for the facilitator before the hall sees it
    conclusion: bool = False  # stands out in its cell of the matrix
    order: float = 0.0  # among the notes of its cell
    merged: NoteId | None = None  # lies under this note, which says the same; see ``merging``


class WriteNote(Command, frozen=True, kw_only=True, tag="write_note"):
    """Put a note on a table. ``note`` is made by the phone, so that sending twice is safe."""

    roles: ClassVar[frozenset[Role]] = WRITERS
    undoable: ClassVar[bool] = False

    note: NoteId
    text: str
    table: TableId | None  # None: typed over by the secretary, of no table
    step: StepId | None  # what the phone showed while it was written, however late it arrives
    theme: ThemeId | None = None  # None: the table's own; a phone may also name the open theme
    key: str = ""  # made by the phone; who has it may edit this note until the meeting closes


class EditNote(Command, frozen=True, kw_only=True, tag="edit_note"):
    """Change the words of a note: one's own with its key, or any from a console."""

    roles: ClassVar[frozenset[Role]] = WRITERS

    note: NoteId
    text: str
    key: str = ""


class HideNotes(Command, frozen=True, kw_only=True, tag="hide_notes"):
    """Take notes out of sight, or bring them back. They are kept.

    The host of a table may take away what was written there, and bring back what a host took away.
    """

    roles: ClassVar[frozenset[Role]] = CONSOLES | {Role.HOST}

    notes: tuple[NoteId, ...]
    hidden: bool = True


class ApproveNotes(Command, frozen=True, kw_only=True, tag="approve_notes"):
    """Let the hall see notes that waited."""

    roles: ClassVar[frozenset[Role]] = CONSOLES

    notes: tuple[NoteId, ...]
    approved: bool = True


Cell = tuple[ThemeId | None, CategoryId | None]
"""A cell of the matrix: a theme and a category; without a category, the loose notes of a theme."""

OF_THEME: Final[Index[Note, ThemeId | None]] = Index(Note, lambda note: note.theme)
OF_TABLE: Final[Index[Note, TableId | None]] = Index(Note, lambda note: note.table)
IN_CELL: Final[Index[Note, Cell]] = Index(Note, lambda note: (note.theme, note.category))


def in_the_hall(note: Note) -> bool:
    """Whether the hall may see it."""
    return note.approved and not note.hidden


def digest(key: str) -> bytes:
    """What is kept of the key to a note."""
    return hashlib.sha256(key.encode()).digest()


def write_note(state: State, command: WriteNote, context: Context) -> Changes:
    """The note, at the table and in the round where it was written; late where that is over.

    A repeat with another text is refused, so that no note is overwritten by writing. A table, round
    or theme that was removed since is no reason to lose what a phone kept.
    """
    meeting = the_meeting(state)
    if meeting.phase is Phase.PREPARING and context.role not in CONSOLES:
        raise Refused("meeting.not_live")
    if state.find(Note, command.note) is not None:
        raise Refused("note.exists")
    by_hand = context.role in CONSOLES
    look_up = state.get if by_hand else state.find
    table = look_up(Table, command.table) if command.table is not None else None
    step = state.find(Step, command.step)
    theme = _theme(state, command, table, context.role)
    yield Note(
        id=command.note,
        text=_fit(meeting, command.text),
        table=None if table is None else table.id,
        theme=theme,
        round=step.id if step is not None and step.activity is StepKind.ROUND else None,
        author=_author(meeting, context),
        written_at=to_the_minute(context.now),
        late=not by_hand and _late(state, meeting, table, command, context),
        hidden=not by_hand and is_muted(state, context.actor),
        approved=by_hand or not meeting.approval,
        order=state.highest(IN_CELL, (theme, None)) + order.STEP,
    )
    if command.key:
        yield Secret(owner=command.note, digest=digest(command.key))


def _late(
    state: State, meeting: Meeting, table: Table | None, command: WriteNote, context: Context
) -> bool:
    """Whether phones were to wait when it came; nothing is refused for that."""
    if meeting.frozen or (table is not None and table.closed):
        return True
    return not open_for_notes(state, command.step, context.now)


def _fit(meeting: Meeting, text: str) -> str:
    fit = tidy(text)
    if not 0 < len(fit) <= meeting.note_length:
        raise Refused("note.length", maximum=meeting.note_length)
    return fit


def _theme(state: State, command: WriteNote, table: Table | None, role: Role) -> ThemeId | None:
    own = table.theme if table is not None else None
    if command.theme is None or command.theme == own:
        return own
    theme = state.find(Theme, command.theme)
    if theme is None or (own is not None and not theme.open and role not in CONSOLES):
        return own  # closed or removed since it was written: no reason to refuse a note
    return theme.id


def _author(meeting: Meeting, context: Context) -> ParticipantId | None:
    """Who wrote it, in a named meeting; a host writes for others, and so for nobody by name."""
    if not meeting.named or context.actor is None or context.role is not Role.PARTICIPANT:
        return None
    return ParticipantId(context.actor)


def edit_note(state: State, command: EditNote, context: Context) -> Changes:
    """The note with other words. Raises ``Forbidden`` when it is somebody else's."""
    note = state.get(Note, command.note)
    if context.role not in CONSOLES:
        kept = state.secrets.get(note.id)
        if kept is None or not hmac.compare_digest(kept, digest(command.key)):
            raise Forbidden("note.not_yours")
        if the_meeting(state).phase is Phase.CLOSED:
            raise Refused("meeting.closed")
    meeting = the_meeting(state)
    by_hand = context.role in CONSOLES
    yield fields.edited(
        note,
        text=_fit(meeting, command.text),
        approved=note.approved if by_hand else not meeting.approval,
        hidden=note.hidden or (not by_hand and is_muted(state, context.actor)),
    )


def hide_notes(state: State, command: HideNotes, context: Context) -> Changes:
    """The notes, out of sight or back. Raises ``Forbidden`` for a host who may not."""
    check_number(command.notes)
    own = host_tables(state, context.actor)
    by_console = context.role in CONSOLES
    for key in command.notes:
        note = state.get(Note, key)
        by_host = not by_console and (note.hidden_by_host or not note.hidden)
        if not (by_console or by_host or command.hidden):
            raise Forbidden("role.forbidden")
        if not by_console and note.table not in own:
            raise Forbidden("host.table")
        hidden = command.hidden
        yield fields.edited(note, hidden=hidden, hidden_by_host=hidden and by_host)


def approve_notes(state: State, command: ApproveNotes, _context: Context) -> Changes:
    """The notes, for the hall to see."""
    check_number(command.notes)
    for note in command.notes:
        yield fields.edited(state.get(Note, note), approved=command.approved)


def check_number(notes: tuple[NoteId, ...]) -> None:
    """Raises ``Refused`` for no notes at all, or more than one command may touch."""
    fields.within(len(notes), 1, MOST_AT_ONCE, "note.number")


RULES: Final[Rules] = {
    WriteNote: write_note,
    EditNote: edit_note,
    HideNotes: hide_notes,
    ApproveNotes: approve_notes,
}
