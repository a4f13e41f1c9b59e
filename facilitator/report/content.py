"""What the verslag says. A part of which the meeting holds nothing is left out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Final
from uuid import UUID

from facilitator.kernel.state import State
from facilitator.meeting.meeting import Meeting
from facilitator.meeting.outline import Part, ReportForm
from facilitator.report import appendix, gathering, matrix, method, proposals, results, votes
from facilitator.report.blocks import Block, Report, Section
from facilitator.report.forms import KINDS, TITLES
from facilitator.report.progress import UNHEARD, Progress
from facilitator.report.source import Source, source_of

UNDATED: Final = dt.datetime(
    2000, 1, 1, tzinfo=dt.UTC
)  # what a file is told where nothing is known

_MADE: Final[Mapping[Part, Callable[[Source], Iterator[Block]]]] = {
    Part.PRESENT: gathering.present,
    Part.REASON: gathering.reason,
    Part.METHOD: method.blocks,
    Part.CHECK_IN: gathering.check_in,
    Part.THEMES: gathering.groups,
    Part.HARVEST: matrix.blocks,
    Part.EXPLANATIONS: results.explanations,
    Part.PROPOSALS: proposals.proposals,
    Part.VOTES: votes.votes,
    Part.DECISIONS: results.decisions,
    Part.OPEN_TASKS: results.open_tasks,
    Part.AGREEMENTS: results.agreements,
    Part.FOLLOW_UPS: results.followed_up,
    Part.NEXT: results.next_steps,
    Part.CHECK_OUT: results.check_out,
    Part.PHOTOS: results.photos,
    Part.APPENDIX: appendix.blocks,
    Part.HAND_OVERS: appendix.hand_overs,
}


def report(state: State, pictures: Collection[UUID] = (), progress: Progress = UNHEARD) -> Report:
    """The verslag of a meeting as it is now, in the language of the meeting.

    ``pictures``: the photos whose bytes are at hand; others are left out.
    """
    source = source_of(state, pictures)
    meeting, t = source.meeting, source.t
    parts = [part for part in source.outline.parts if part in _MADE]
    sections = (_section(source, part) for part in progress.over(parts))
    return Report(
        language=t.language,
        kind=t(KINDS[source.outline.form]),
        title=meeting.title,
        organisation=meeting.organisation,
        writer=meeting.writer,
        written=held_at(meeting),
        facts=tuple(gathering.facts(source)) if Part.FACTS in source.outline.parts else (),
        brief=source.outline.form is ReportForm.ACTIONS,
        sections=tuple(section for section in sections if section.blocks),
    )


def section(state: State, part: Part) -> Section:
    """One part as it is now, without photos, whether the outline has it or not."""
    return _section(source_of(state), part)


def held_at(meeting: Meeting) -> dt.datetime | None:
    """When it began, as the properties of a file tell it; None where there is no date."""
    if meeting.date is None:
        return None
    return dt.datetime.combine(meeting.date, meeting.begins or dt.time(), dt.UTC)


def _section(source: Source, part: Part) -> Section:
    return Section(
        title=source.t(TITLES[part]),
        blocks=tuple(_MADE[part](source)),
        wide=part is Part.HARVEST,
    )
