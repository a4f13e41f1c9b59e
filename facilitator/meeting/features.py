"""All features of a meeting, joined: the kinds, the commands, the rules, an empty state."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any, Final

from facilitator.kernel.command import Command
from facilitator.kernel.entity import Entity
from facilitator.kernel.rules import Rules
from facilitator.kernel.state import Index, State
from facilitator.meeting import (
    arranging,
    categories,
    checkin,
    explanations,
    follow_ups,
    frames,
    hand_over,
    hosting,
    meeting,
    merging,
    notes,
    outcomes,
    people,
    photos,
    programme,
    projector,
    proposals,
    tables,
    themes,
    votes,
)

FEATURES: Final = (
    meeting,
    programme,
    projector,
    themes,
    tables,
    people,
    hosting,
    categories,
    notes,
    hand_over,
    arranging,
    merging,
    checkin,
    explanations,
    frames,
    proposals,
    votes,
    outcomes,
    follow_ups,
    photos,
)

KINDS: Final[tuple[type[Entity], ...]] = (
    meeting.Meeting,
    themes.Theme,
    tables.Table,
    programme.Step,
    programme.Clock,
    projector.Projector,
    people.Participant,
    hosting.Invitation,
    categories.Category,
    notes.Note,
    hand_over.HandOver,
    checkin.CheckIn,
    explanations.Explanation,
    frames.Frame,
    proposals.Proposal,
    proposals.Response,
    votes.Option,
    votes.Vote,
    outcomes.Decision,
    outcomes.OpenTask,
    outcomes.Agreement,
    follow_ups.FollowUp,
    photos.Photo,
)
"""The kinds of things in a meeting; each after those that it refers to."""

INDEXES: Final[tuple[Index[Any, Any], ...]] = (
    tables.BY_CODE,
    people.AT_TABLE,
    hosting.OF_HOST,
    notes.OF_THEME,
    notes.OF_TABLE,
    notes.IN_CELL,
    merging.UNDER,
    hand_over.OF_TABLE,
    proposals.TO_PROPOSAL,
    votes.OF_OPTION,
    votes.OF_BALLOT,
)

RULES: Final[Rules] = {
    command: rule for feature in FEATURES for command, rule in feature.RULES.items()
}

COMMANDS: Final[tuple[type[Command], ...]] = tuple(
    command for command in RULES if command not in {people.Join, photos.AddPhoto}
)
"""What may come in over ``/api/commands``; joining and photos have doors of their own."""

AnyCommand: Final[Any] = reduce(or_, COMMANDS)  # one tagged union


def empty_state() -> State:
    """The state of a meeting in which nothing is yet."""
    return State(KINDS, INDEXES)
