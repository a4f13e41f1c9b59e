"""Votes: the dots that people put at a short list of options, nobody knows who.

A phone makes a key when it joins, and sends it along with each vote. Of that key the engine keeps
a digest beside the participant and another beside the votes (the ballot). So a phone has one ballot
and no more dots than it may have, and what is stored does not tell whose a ballot is: for that one
needs the key, which is on the phone alone.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import ClassVar, Final

from msgspec import UNSET, UnsetType

from facilitator.kernel.command import Command, Context
from facilitator.kernel.entity import Entity, in_order
from facilitator.kernel.errors import Refused
from facilitator.kernel.roles import CONSOLES, Role
from facilitator.kernel.rules import Changes, Gone, Rules
from facilitator.kernel.state import Index, State
from facilitator.meeting import fields, order
from facilitator.meeting.fields import Typed
from facilitator.meeting.ids import MeetingId, NoteId, OptionId, ThemeId, VoteId
from facilitator.meeting.meeting import Phase, the_meeting
from facilitator.meeting.people import Participant, is_muted, key_digest

MOST: Final = 50  # options; nobody weighs more on a phone
LONGEST: Final = 2_000  # characters of an option; as long as the longest note


class Option(Entity, frozen=True, kw_only=True, tag="option"):
    """One thing that can be voted for (keuze): copied from a note, or typed."""

    refers: ClassVar[dict[str, str]] = {"theme": "theme", "note": "note"}
    texts: ClassVar[frozenset[str]] = frozenset({"text"})

    id: OptionId
    text: str
    theme: ThemeId | None = None
    note: NoteId | None = None  # the note that it was made from
    order: float = 0.0


class Vote(Entity, frozen=True, kw_only=True, tag="vote"):
    """How many dots one ballot put at one option; 0 where they were taken back."""

    refers: ClassVar[dict[str, str]] = {"option": "option"}

    id: VoteId
    option: OptionId
    ballot: str = ""  # whose it is, without saying who; empty: counted by hand
    dots: int = 0


class AddOption(Command, frozen=True, kw_only=True, tag="add_option"):
    """Put something on the list that can be voted for."""

    roles: ClassVar[frozenset[Role]] = CONSOLES

    option: OptionId
    text: str
    theme: ThemeId | None = None
    note: NoteId | None = None
    before: OptionId | None = None


class EditOption(Command, frozen=True, kw_only=True, tag="edit_option"):
    """Change the words of an option, or its theme. Its dots stay."""

    roles: ClassVar[frozenset[Role]] = CONSOLES

    option: OptionId
    text: Typed | UnsetType = UNSET
    theme: ThemeId | UnsetType | None = UNSET


class MoveOption(Command, frozen=True, kw_only=True, tag="move_option"):
    """Put an option at another place."""

    roles: ClassVar[frozenset[Role]] = CONSOLES

    option: OptionId
    before: OptionId | None = None


class RemoveOption(Command, frozen=True, kw_only=True, tag="remove_option"):
    """Take an option off the list, with its dots. Taking that back brings them back."""

    roles: ClassVar[frozenset[Role]] = CONSOLES

    option: OptionId


class OpenVoting(Command, frozen=True, kw_only=True, tag="open_voting"):
    """Let phones vote, or no longer."""

    roles: ClassVar[frozenset[Role]] = CONSOLES
    undoable: ClassVar[bool] = False

    open: bool


class CastVote(Command, frozen=True, kw_only=True, tag="cast_vote"):
    """Put so many dots at an option, in the place of those that one had there before."""

    roles: ClassVar[frozenset[Role]] = frozenset({Role.PARTICIPANT, Role.HOST})
    undoable: ClassVar[bool] = False
    nameless: ClassVar[bool] = True

    option: OptionId
    dots: int
    key: str  # made by the phone when it joined


OF_OPTION: Final[Index[Vote, OptionId]] = Index(Vote, lambda vote: vote.option)
OF_BALLOT: Final[Index[Vote, str]] = Index(Vote, lambda vote: vote.ballot)


def options(state: State) -> list[Option]:
    """What can be voted for, first one first."""
    return in_order(state.all(Option))


def dots_of(state: State, option: OptionId) -> int:
    """How many dots an option has."""
    return sum(vote.dots for vote in state.where(OF_OPTION, option))


def voters(state: State) -> int:
    """How many ballots have put a dot somewhere."""
    return len({vote.ballot for vote in state.all(Vote) if vote.ballot and vote.dots})


def tally(state: State) -> list[tuple[Option, int]]:
    """The options with their dots, most dots first; the same number in the order of the list."""
    row = [(option, dots_of(state, option.id)) for option in options(state)]
    return sorted(row, key=lambda counted: -counted[1])


def ballot_of(meeting: MeetingId, key: str) -> str:
    """The ballot of who has this key: the same at each option, and nothing else leads to it."""
    return hmac.new(key.encode(), b"ballot" + meeting.bytes, hashlib.sha256).hexdigest()[:32]


def add_option(state: State, command: AddOption, _context: Context) -> Changes:
    """The option, at its place."""
    row = state.all(Option)
    if len(row) >= MOST:
        raise Refused("option.most", maximum=MOST)
    new = Option(id=command.option, text=_fit(command.text), theme=command.theme, note=command.note)
    yield from order.placed(row, [new], command.before)


def edit_option(state: State, command: EditOption, _context: Context) -> Changes:
    """The option with what was typed."""
    known = state.get(Option, command.option)
    yield fields.edited(
        known,
        text=_fit(fields.typed(known.text, command.text)[0]),
        theme=known.theme if command.theme is UNSET else command.theme,
    )


def move_option(state: State, command: MoveOption, _context: Context) -> Changes:
    """The option at its new place."""
    moved = state.get(Option, command.option)
    yield from order.placed(state.all(Option), [moved], command.before)


def remove_option(state: State, command: RemoveOption, _context: Context) -> Changes:
    """The list without the option."""
    gone = state.get(Option, command.option)
    for vote in state.where(OF_OPTION, gone.id):
        yield Gone(vote)
    yield Gone(gone)


def open_voting(state: State, command: OpenVoting, _context: Context) -> Changes:
    """The meeting, in which phones may vote or no longer."""
    meeting = the_meeting(state)
    if command.open and meeting.phase is not Phase.LIVE:
        raise Refused("meeting.not_live")
    if command.open:
        _check_list(len(state.all(Option)))
    yield fields.edited(meeting, voting=command.open)


def _check_list(number: int) -> None:
    """A list that came with a meeting file may be of any length."""
    if not number:
        raise Refused("votes.none")
    if number > MOST:
        raise Refused("option.most", maximum=MOST)


def cast_vote(state: State, command: CastVote, context: Context) -> Changes:
    """The dots of this ballot at the option. Of who was muted they are not counted, nor is it told.

    Raises ``Refused``; where there are too few dots, with how many it has at this option.
    """
    meeting = the_meeting(state)
    if not meeting.voting:
        raise Refused("votes.closed")
    option = state.find(Option, command.option)
    if option is None:
        raise Refused("votes.option")
    voter = state.find(Participant, context.actor)
    kept = state.secrets.get(voter.id) if voter is not None else None
    if voter is None or kept is None or not hmac.compare_digest(kept, key_digest(command.key)):
        raise Refused("votes.key")
    ballot = ballot_of(meeting.id, command.key)
    mine = state.where(OF_BALLOT, ballot)
    known = next((vote for vote in mine if vote.option == option.id), None)
    had = 0 if known is None else known.dots
    spent = sum(vote.dots for vote in mine) - had
    most = meeting.dots * voter.people
    if command.dots < 0 or (command.dots > had and spent + command.dots > most):
        raise Refused("votes.spent", maximum=most, had=had)
    if is_muted(state, context.actor):
        return
    if known is not None:
        yield fields.edited(known, dots=command.dots)
    elif command.dots:
        new = VoteId(context.new_id())
        yield Vote(id=new, option=option.id, ballot=ballot, dots=command.dots)


def _fit(text: str) -> str:
    told = fields.words(text)
    if len(told) > LONGEST:
        raise Refused("option.length", maximum=LONGEST)
    return told


RULES: Final[Rules] = {
    AddOption: add_option,
    EditOption: edit_option,
    MoveOption: move_option,
    RemoveOption: remove_option,
    OpenVoting: open_voting,
    CastVote: cast_vote,
}
