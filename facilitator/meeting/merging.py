"""Merging: notes that say the same lie under one of them, and none of them is lost.

A note lies under another that lies under none itself. Where that one is out of sight or was made
black, what lies under it stands for itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar, Final

from facilitator.kernel.command import Command, Context
from facilitator.kernel.entity import in_order
from facilitator.kernel.forgetting import BLACK
from facilitator.kernel.roles import CONSOLES, Role
from facilitator.kernel.rules import Changes, Rules
from facilitator.kernel.state import Index, State
from facilitator.meeting import fields, order
from facilitator.meeting.ids import NoteId
from facilitator.meeting.notes import IN_CELL, Note, check_number, in_the_hall


class MergeNotes(Command, frozen=True, kw_only=True, tag="merge_notes"):
    """Put notes under another that says the same. What lies under them comes along."""

    roles: ClassVar[frozenset[Role]] = CONSOLES

    into: NoteId
    notes: tuple[NoteId, ...]


class SplitNotes(Command, frozen=True, kw_only=True, tag="split_notes"):
    """Let notes stand for themselves again: one that lies under another, or all that lie under one."""

    roles: ClassVar[frozenset[Role]] = CONSOLES

    notes: tuple[NoteId, ...]


UNDER: Final[Index[Note, NoteId | None]] = Index(Note, lambda note: note.merged)


def head_of(state: State, note: Note) -> Note | None:
    """The note under which this one lies; None where it stands for itself."""
    head = state.find(Note, note.merged)
    if head is None or head.hidden or head.text == BLACK or head.merged is not None:
        return None
    return head


def stands(state: State, note: Note) -> bool:
    """Whether it is in sight, and lies under no other."""
    return not note.hidden and (note.merged is None or head_of(state, note) is None)


def stands_in_the_hall(state: State, note: Note) -> bool:
    """Whether the hall may see it, and does not see another in its place."""
    if not in_the_hall(note):
        return False
    head = None if note.merged is None else head_of(state, note)
    return head is None or not in_the_hall(head)


def under(state: State, note: Note) -> list[Note]:
    """The notes in sight that lie under this one, first one first."""
    below = _lying(state, note)
    return in_order(other for other in below if not other.hidden) if below else below


def under_in_the_hall(state: State, note: Note) -> int:
    """How many that the hall may see lie under this one."""
    return sum(in_the_hall(other) for other in under(state, note))


def with_under(state: State, notes: Iterable[Note]) -> Iterator[Note]:
    """Each note with those in sight that lie under it right behind it."""
    if not any_merged(state):
        yield from notes
        return
    for note in notes:
        yield note
        yield from under(state, note)


def any_merged(state: State) -> bool:
    """Whether a note lies under another; in a long verslag it is not asked note by note."""
    return len(state.where(UNDER, None)) < len(state.all(Note))


def piled(state: State, notes: Iterable[Note]) -> list[Note]:
    """The notes as they are put somewhere together, each with all that lies under it.

    One that lies under a note that does not come along, lies under it no longer.
    """
    found: dict[NoteId, Note] = {}
    named = list(notes)
    along = {below.id: below for note in named for below in _lying(state, note)}
    for note in named:
        if note.id not in along:
            found[note.id] = fields.edited(note, merged=None)
            found.update({below.id: below for below in in_order(_lying(state, note))})
    return list(found.values())


def _lying(state: State, note: Note) -> list[Note]:
    """What lies under a note, in sight or not."""
    below = state.where(UNDER, note.id)
    return [other for other in below if head_of(state, other) is not None] if below else []


def merge_notes(state: State, command: MergeNotes, _context: Context) -> Changes:
    """The notes under the other, in its cell; where one was a conclusion, that is one now."""
    check_number(command.notes)
    named = state.get(Note, command.into)
    head = fields.edited(head_of(state, named) or named, merged=None)
    notes = [state.get(Note, note) for note in dict.fromkeys(command.notes) if note != head.id]
    below = {
        other.id: fields.edited(other, merged=head.id)
        for note in notes
        for other in (note, *in_order(state.where(UNDER, note.id)))
        if head.id not in {other.id, other.merged}
    }
    if not below:
        return
    cell = head.theme, head.category
    row = [note for note in in_order(state.where(IN_CELL, cell)) if note.id not in below]
    place = next(number for number, note in enumerate(row) if note.id == head.id)
    before = next((note.id for note in row[place + 1 :] if note.merged != head.id), None)
    put = list(
        order.placed(row, list(below.values()), before, theme=head.theme, category=head.category)
    )
    yield from put
    head = next((fields.edited(note, merged=None) for note in put if note.id == head.id), head)
    conclusion = head.conclusion or any(note.conclusion for note in below.values())
    yield fields.edited(head, conclusion=conclusion)


def split_notes(state: State, command: SplitNotes, _context: Context) -> Changes:
    """The notes standing for themselves, where they lay."""
    check_number(command.notes)
    for key in command.notes:
        note = state.get(Note, key)
        for other in (note, *state.where(UNDER, note.id)):
            yield fields.edited(other, merged=None)


RULES: Final[Rules] = {
    MergeNotes: merge_notes,
    SplitNotes: split_notes,
}
