"""The hand-over: what a group leaves behind at its table for the next one, in a few points."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Final

from facilitator.kernel.command import Command, Context
from facilitator.kernel.entity import Entity
from facilitator.kernel.errors import Forbidden, Refused
from facilitator.kernel.roles import CONSOLES, Role
from facilitator.kernel.rules import Changes, Rules
from facilitator.kernel.state import Index, State
from facilitator.kernel.text import tidy_line
from facilitator.meeting import fields
from facilitator.meeting.hosting import host_tables
from facilitator.meeting.ids import HandOverId, StepId, TableId
from facilitator.meeting.meeting import Phase, the_meeting
from facilitator.meeting.people import is_muted
from facilitator.meeting.programme import StepKind, steps
from facilitator.meeting.tables import Table

MOST_POINTS: Final = 3
LONGEST_POINT: Final = 200  # characters


class HandOver(Entity, frozen=True, kw_only=True, tag="hand_over"):
    """What the next group at a table should know. One a table and round."""

    refers: ClassVar[dict[str, str]] = {"table": "table", "round": "step"}
    texts: ClassVar[frozenset[str]] = frozenset({"points"})

    id: HandOverId
    table: TableId
    round: StepId | None
    points: tuple[str, ...]


class WriteHandOver(Command, frozen=True, kw_only=True, tag="write_hand_over"):
    """Leave points for the next group. Sent again for the same round it takes the place."""

    roles: ClassVar[frozenset[Role]] = CONSOLES | {Role.HOST}

    hand_over: HandOverId
    table: TableId
    step: StepId | None  # what the phone showed; between two rounds, the one that just ended counts
    points: tuple[str, ...]


OF_TABLE: Final[Index[HandOver, TableId]] = Index(HandOver, lambda hand_over: hand_over.table)


def hand_overs(state: State, table: TableId) -> list[HandOver]:
    """What was handed over at a table, in the order of the rounds."""
    places = {step.id: place for place, step in enumerate(steps(state))}
    return sorted(
        state.where(OF_TABLE, table),
        key=lambda each: (places.get(each.round, -1) if each.round else -1, each.id.int),
    )


def write_hand_over(state: State, command: WriteHandOver, context: Context) -> Changes:
    """The points, in the place of what was handed over at this table and round before."""
    table = state.get(Table, command.table)
    if context.role not in CONSOLES:
        if table.id not in host_tables(state, context.actor):
            raise Forbidden("host.table")
        if the_meeting(state).phase is Phase.PREPARING:
            raise Refused("meeting.not_live")
    points = _fit(command.points)
    if is_muted(state, context.actor):
        return  # its words are for nobody to see, and a hand-over has no place out of sight
    round_ = _round(state, command.step)
    for known in state.where(OF_TABLE, table.id):
        if known.round == round_:
            yield fields.edited(known, points=points)
            return
    if state.find(HandOver, command.hand_over) is not None:
        raise Refused("hand_over.exists")
    yield HandOver(id=command.hand_over, table=table.id, round=round_, points=points)


def _fit(points: Iterable[str]) -> tuple[str, ...]:
    fit = tuple(point for point in map(tidy_line, points) if point)
    if not 0 < len(fit) <= MOST_POINTS or any(len(point) > LONGEST_POINT for point in fit):
        raise Refused("hand_over.points", most=MOST_POINTS, maximum=LONGEST_POINT)
    return fit


def _round(state: State, shown: StepId | None) -> StepId | None:
    """The round that was shown, or the last one before what was shown."""
    last = None
    for step in steps(state):
        if step.activity is StepKind.ROUND:
            last = step.id
        if step.id == shown:
            return last
    return None


RULES: Final[Rules] = {
    WriteHandOver: write_hand_over,
}
