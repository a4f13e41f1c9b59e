"""Frames, proposals and consent; the outline of the verslag; what was done since."""

from __future__ import annotations

from uuid import UUID

import pytest

from facilitator.kernel.undo import Undo
from facilitator.meeting.follow_ups import AddFollowUp, EditFollowUp, Result, follow_ups
from facilitator.meeting.frames import (
    AddFrame,
    EditFrame,
    Frame,
    MoveFrame,
    RemoveFrame,
    frames,
)
from facilitator.meeting.ids import FrameId, ProposalId
from facilitator.meeting.meeting import EditMeeting, the_meeting
from facilitator.meeting.outline import PARTS, Layout, Part, ReportForm
from facilitator.meeting.proposals import (
    AddProposal,
    AddResponse,
    EditProposal,
    EditResponse,
    Proposal,
    RemoveProposal,
    RemoveResponse,
    Response,
    Stance,
    Standing,
    objections,
    proposals,
    response_to,
    standing,
)

from .cafes import closed, make
from .play import Cafe

FRAME = FrameId(UUID(int=501))
PLAN = ProposalId(UUID(int=502))
FIRST, SECOND = UUID(int=503), UUID(int=504)


def planned() -> Cafe:
    cafe = closed()  # all of this may come weeks later
    cafe.do(make(AddFrame, frame=FRAME, text="Binnen de begroting", set_by="Gemeente"))
    cafe.do(make(AddProposal, proposal=PLAN, text="Een buurthuis"))
    return cafe


def far(cafe: Cafe) -> Standing:
    return standing(cafe.state, cafe.state.get(Proposal, PLAN))


def test_a_proposal_is_decided_once_all_were_asked_and_nobody_objects() -> None:
    cafe = planned()
    assert far(cafe) is Standing.OPEN
    cafe.do(make(AddResponse, response=FIRST, proposal=PLAN, reason="Te ver"))
    cafe.do(make(EditProposal, proposal=PLAN, asked=True))
    assert far(cafe) is Standing.OBJECTED
    cafe.do(make(EditResponse, response=FIRST, settled=True))
    assert far(cafe) is Standing.CONSENT
    assert [each.reason for each in objections(cafe.state, PLAN)] == ["Te ver"]
    cafe.do(make(RemoveResponse, response=FIRST))
    assert (far(cafe), objections(cafe.state, PLAN)) == (Standing.CONSENT, [])


def test_of_each_frame_the_last_word_counts() -> None:
    cafe = planned()
    held = {"proposal": PLAN, "frame": FRAME}
    cafe.do(make(AddResponse, response=FIRST, reason="Te duur", **held))
    assert far(cafe) is Standing.UNMET
    cafe.do(make(AddResponse, response=SECOND, stance=Stance.AGREES, **held))
    said = response_to(cafe.state, PLAN, FRAME)
    assert said is not None
    assert (said.id, said.stance, said.reason) == (FIRST, Stance.AGREES, "")
    assert len(cafe.all(Response)) == 1
    assert not objections(cafe.state, PLAN)


def test_a_proposal_goes_with_its_responses_and_comes_back_with_them() -> None:
    cafe = planned()
    cafe.do(make(AddResponse, response=FIRST, proposal=PLAN, frame=FRAME, reason="Te duur"))
    cafe.do(make(AddResponse, response=SECOND, proposal=PLAN, reason="Te ver"))
    gone = cafe.do(make(RemoveProposal, proposal=PLAN))
    assert not cafe.all(Response)
    assert not proposals(cafe.state)
    assert gone is not None
    cafe.do(make(Undo, entry=gone.revision))
    assert len(cafe.all(Response)) == 2
    assert far(cafe) is Standing.OBJECTED


def test_who_say_something_of_the_same_frame_at_once_both_find_it_there() -> None:
    cafe = planned()
    held = {"proposal": PLAN, "frame": FRAME, "stance": Stance.OBJECTS}
    cafe.do(make(AddResponse, response=FIRST, reason="Te duur", **held))
    cafe.do(make(AddResponse, response=SECOND, reason="Te laat", settled=True, **held))
    said = response_to(cafe.state, PLAN, FRAME)
    assert said is not None
    assert (said.reason, said.settled) == ("Te duur Te laat", True)
    assert len(cafe.all(Response)) == 1


def test_a_frame_goes_with_what_was_said_of_it_and_comes_back_with_it() -> None:
    cafe = planned()
    cafe.do(make(AddResponse, response=FIRST, proposal=PLAN, frame=FRAME, reason="Te duur"))
    cafe.do(make(AddResponse, response=SECOND, proposal=PLAN, reason="Te ver"))
    gone = cafe.do(make(RemoveFrame, frame=FRAME))
    assert not frames(cafe.state)
    assert [each.reason for each in cafe.all(Response)] == ["Te ver"]
    assert gone is not None
    cafe.do(make(Undo, entry=gone.revision))
    said = response_to(cafe.state, PLAN, FRAME)
    assert said is not None
    assert said.reason == "Te duur"


def test_frames_are_numbered_by_their_places() -> None:
    cafe = planned()
    cafe.do(make(AddFrame, frame=FrameId(FIRST), text="Lopend\nook met een rollator"))
    cafe.do(make(MoveFrame, frame=FrameId(FIRST), before=FRAME))
    cafe.do(make(EditFrame, frame=FRAME))
    assert [frame.text for frame in frames(cafe.state)] == [
        "Lopend\nook met een rollator",
        "Binnen de begroting",
    ]
    assert cafe.all(Frame)[0].set_by == "Gemeente"


def test_what_was_done_is_filled_in_later() -> None:
    cafe = closed()
    cafe.do(make(AddFollowUp, follow_up=FIRST, what="Meer bankjes"))
    assert follow_ups(cafe.state)[0].result is Result.PENDING
    cafe.do(make(EditFollowUp, follow_up=FIRST, result=Result.NOT))
    (only,) = follow_ups(cafe.state)
    assert (only.what, only.result, only.why) == ("Meer bankjes", Result.NOT, "")


def test_another_form_begins_with_its_own_parts() -> None:
    cafe = closed()
    outline = the_meeting(cafe.state).outline
    assert (outline.form, outline.parts) == (ReportForm.FULL, tuple(Part))
    cafe.do(make(EditMeeting, parts=(Part.NEXT, Part.FACTS, Part.NEXT), matrix=Layout.ROWS))
    outline = the_meeting(cafe.state).outline
    assert (outline.parts, outline.matrix) == ((Part.NEXT, Part.FACTS), Layout.ROWS)
    cafe.do(make(EditMeeting, report=ReportForm.SHORT))
    outline = the_meeting(cafe.state).outline
    assert outline.parts == PARTS[ReportForm.SHORT]
    assert outline.matrix is Layout.ROWS


@pytest.mark.parametrize("form", ReportForm)
def test_each_form_has_parts_and_none_twice(form: ReportForm) -> None:
    assert PARTS[form]
    assert len(set(PARTS[form])) == len(PARTS[form])
