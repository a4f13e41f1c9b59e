"""Proposals: each is held against the frames, and decided when nobody has a reasoned objection."""

from __future__ import annotations

from enum import StrEnum
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
from facilitator.meeting.ids import FrameId, ProposalId, ResponseId, ThemeId

MOST: Final = 100
MOST_RESPONSES: Final = 50  # to one proposal


class Proposal(Entity, frozen=True, kw_only=True, tag="proposal"):
    """A plan that was made together (voorstel)."""

    refers: ClassVar[dict[str, str]] = {"theme": "theme"}
    texts: ClassVar[frozenset[str]] = frozenset({"text"})

    id: ProposalId
    text: str
    theme: ThemeId | None = None
    asked: bool = False  # everybody was asked for objections
    order: float = 0.0


class Stance(StrEnum):
    """How a response stands to a proposal."""

    AGREES = "agrees"  # it meets the frame
    OBJECTS = "objects"  # it does not, or somebody has an objection; always with a reason


class Response(Entity, frozen=True, kw_only=True, tag="response"):
    """How a proposal meets a frame; or, of no frame, an objection to the proposal itself."""

    refers: ClassVar[dict[str, str]] = {"proposal": "proposal", "frame": "frame"}
    texts: ClassVar[frozenset[str]] = frozenset({"reason"})

    id: ResponseId
    proposal: ProposalId
    frame: FrameId | None = None
    stance: Stance = Stance.OBJECTS
    reason: str = ""
    settled: bool = False  # an objection that was met, by changing the proposal or by talking
    order: float = 0.0


class Standing(StrEnum):
    """How far a proposal has come."""

    OPEN = "open"  # nobody was asked yet
    OBJECTED = "objected"
    UNMET = "unmet"  # nobody objects, but it does not meet each frame
    CONSENT = "consent"


class AddProposal(Command, frozen=True, kw_only=True, tag="add_proposal"):
    """Write down a proposal."""

    roles: ClassVar[frozenset[Role]] = CONSOLES

    proposal: ProposalId
    text: str
    theme: ThemeId | None = None
    before: ProposalId | None = None


class EditProposal(Command, frozen=True, kw_only=True, tag="edit_proposal"):
    """Change a proposal, or say that everybody was asked for objections."""

    roles: ClassVar[frozenset[Role]] = CONSOLES

    proposal: ProposalId
    text: Typed | UnsetType = UNSET
    theme: ThemeId | UnsetType | None = UNSET
    asked: bool | UnsetType = UNSET


class MoveProposal(Command, frozen=True, kw_only=True, tag="move_proposal"):
    """Put a proposal at another place."""

    roles: ClassVar[frozenset[Role]] = CONSOLES

    proposal: ProposalId
    before: ProposalId | None = None


class RemoveProposal(Command, frozen=True, kw_only=True, tag="remove_proposal"):
    """Take a proposal away, with the responses to it."""

    roles: ClassVar[frozenset[Role]] = CONSOLES

    proposal: ProposalId


class AddResponse(Command, frozen=True, kw_only=True, tag="add_response"):
    """Hold a proposal against a frame, or object to it. Of each frame there is one response.

    Where two say something of the same frame at once, the last choice counts and both reasons stand.
    """

    roles: ClassVar[frozenset[Role]] = CONSOLES

    response: ResponseId
    proposal: ProposalId
    frame: FrameId | None = None
    stance: Stance = Stance.OBJECTS
    reason: str = ""
    settled: bool = False


class EditResponse(Command, frozen=True, kw_only=True, tag="edit_response"):
    """Change a response, or say that an objection was met."""

    roles: ClassVar[frozenset[Role]] = CONSOLES

    response: ResponseId
    stance: Stance | UnsetType = UNSET
    reason: Typed | UnsetType = UNSET
    settled: bool | UnsetType = UNSET


class RemoveResponse(Command, frozen=True, kw_only=True, tag="remove_response"):
    """Take a response away."""

    roles: ClassVar[frozenset[Role]] = CONSOLES

    response: ResponseId


TO_PROPOSAL: Final[Index[Response, ProposalId]] = Index(
    Response, lambda response: response.proposal
)


def proposals(state: State) -> list[Proposal]:
    """The proposals, first one first."""
    return in_order(state.all(Proposal))


def response_to(state: State, proposal: ProposalId, frame: FrameId) -> Response | None:
    """How a proposal meets a frame, if that was said; the last word of it."""
    row = in_order(state.where(TO_PROPOSAL, proposal))
    return next((each for each in reversed(row) if each.frame == frame), None)


def objections(state: State, proposal: ProposalId) -> list[Response]:
    """The objections to a proposal itself, first one first."""
    row = in_order(state.where(TO_PROPOSAL, proposal))
    return [each for each in row if each.frame is None and each.stance is Stance.OBJECTS]


def standing(state: State, proposal: Proposal) -> Standing:
    """Whether it is decided: everybody was asked, and nobody has an objection left."""
    row = state.where(TO_PROPOSAL, proposal.id)
    held = {each.frame: response_to(state, proposal.id, each.frame) for each in row if each.frame}
    if any(_stands(each) for each in objections(state, proposal.id)):
        return Standing.OBJECTED
    if any(each and _stands(each) for each in held.values()):
        return Standing.UNMET
    return Standing.CONSENT if proposal.asked else Standing.OPEN


def _stands(response: Response) -> bool:
    return response.stance is Stance.OBJECTS and not response.settled


def add_proposal(state: State, command: AddProposal, _context: Context) -> Changes:
    """The proposal, at its place."""
    row = state.all(Proposal)
    if len(row) >= MOST:
        raise Refused("outcome.most", maximum=MOST)
    new = Proposal(id=command.proposal, text=fields.words(command.text), theme=command.theme)
    yield from order.placed(row, [new], command.before)


def edit_proposal(state: State, command: EditProposal, _context: Context) -> Changes:
    """The proposal with what was typed."""
    known = state.get(Proposal, command.proposal)
    yield fields.edited(
        known,
        text=fields.words(fields.typed(known.text, command.text)[0]),
        theme=known.theme if command.theme is UNSET else command.theme,
        asked=known.asked if command.asked is UNSET else command.asked,
    )


def move_proposal(state: State, command: MoveProposal, _context: Context) -> Changes:
    """The proposal at its new place."""
    moved = state.get(Proposal, command.proposal)
    yield from order.placed(state.all(Proposal), [moved], command.before)


def remove_proposal(state: State, command: RemoveProposal, _context: Context) -> Changes:
    """The list without the proposal."""
    gone = state.get(Proposal, command.proposal)
    for response in state.where(TO_PROPOSAL, gone.id):
        yield Gone(response)
    yield Gone(gone)


def add_response(state: State, command: AddResponse, _context: Context) -> Changes:
    """The response; of a frame in the place of what was said of it before."""
    row = state.where(TO_PROPOSAL, command.proposal)
    new = Response(
        id=command.response,
        proposal=command.proposal,
        frame=command.frame,
        stance=command.stance,
        reason=_reason(command.stance, command.reason),
        settled=command.settled,
        order=order.last(row),
    )
    known = response_to(state, command.proposal, command.frame) if command.frame else None
    if known is not None:
        both = fields.typed(known.reason, Typed(base="", text=new.reason))[0]
        reason = both if new.reason else ""
        yield fields.edited(known, stance=new.stance, reason=reason, settled=new.settled)
        return
    if len(row) >= MOST_RESPONSES:
        raise Refused("outcome.most", maximum=MOST_RESPONSES)
    if state.find(Response, command.response) is not None:
        raise Refused("response.exists")
    yield new


def edit_response(state: State, command: EditResponse, _context: Context) -> Changes:
    """The response with what was typed and chosen."""
    known = state.get(Response, command.response)
    stance = known.stance if command.stance is UNSET else command.stance
    yield fields.edited(
        known,
        stance=stance,
        reason=_reason(stance, fields.typed(known.reason, command.reason)[0]),
        settled=known.settled if command.settled is UNSET else command.settled,
    )


def remove_response(state: State, command: RemoveResponse, _context: Context) -> Changes:
    """The proposal without the response."""
    yield Gone(state.get(Response, command.response))


def _reason(stance: Stance, text: str) -> str:
    """An objection without a reason is none."""
    reason = fields.paragraph(text)
    if stance is Stance.OBJECTS and not reason:
        raise Refused("response.reason")
    return reason


RULES: Final[Rules] = {
    AddProposal: add_proposal,
    EditProposal: edit_proposal,
    MoveProposal: move_proposal,
    RemoveProposal: remove_proposal,
    AddResponse: add_response,
    EditResponse: edit_response,
    RemoveResponse: remove_response,
}
