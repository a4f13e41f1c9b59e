"""The ids of the things in a meeting, told apart by their types."""

from __future__ import annotations

from typing import NewType
from uuid import UUID

MeetingId = NewType("MeetingId", UUID)
StepId = NewType("StepId", UUID)
ThemeId = NewType("ThemeId", UUID)
TableId = NewType("TableId", UUID)
ParticipantId = NewType("ParticipantId", UUID)
NoteId = NewType("NoteId", UUID)
CategoryId = NewType("CategoryId", UUID)
CheckInId = NewType("CheckInId", UUID)
DecisionId = NewType("DecisionId", UUID)
HandOverId = NewType("HandOverId", UUID)
InvitationId = NewType("InvitationId", UUID)
OpenTaskId = NewType("OpenTaskId", UUID)
PhotoId = NewType("PhotoId", UUID)
AgreementId = NewType("AgreementId", UUID)
FollowUpId = NewType("FollowUpId", UUID)
FrameId = NewType("FrameId", UUID)
ProposalId = NewType("ProposalId", UUID)
ResponseId = NewType("ResponseId", UUID)
OptionId = NewType("OptionId", UUID)
VoteId = NewType("VoteId", UUID)
