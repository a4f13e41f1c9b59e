"""The outline of the verslag: which parts it has, in which order, and how its matrix lies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final

import msgspec


class ReportForm(StrEnum):
    """What the verslag is for. Each form has parts of its own to begin with."""

    FULL = "full"  # volledig verslag
    SHORT = "short"  # kort verslag
    PARTICIPATION = "participation"  # participatieverslag
    ACTIONS = "actions"  # actielijst
    FEEDBACK = "feedback"  # terugkoppeling aan deelnemers: without names, whatever its parts


class Part(StrEnum):
    """A part of the verslag. One of which the meeting holds nothing is left out."""

    FACTS = "facts"  # always on top, wherever it stands in the order
    PRESENT = "present"
    REASON = "reason"
    METHOD = "method"
    CHECK_IN = "check_in"
    THEMES = "themes"
    HARVEST = "harvest"
    EXPLANATIONS = "explanations"
    PROPOSALS = "proposals"
    VOTES = "votes"
    DECISIONS = "decisions"
    OPEN_TASKS = "open_tasks"
    AGREEMENTS = "agreements"
    FOLLOW_UPS = "follow_ups"
    NEXT = "next"
    CHECK_OUT = "check_out"
    PHOTOS = "photos"
    APPENDIX = "appendix"
    HAND_OVERS = "hand_overs"


class Layout(StrEnum):
    """How the matrix lies."""

    COLUMNS = "columns"  # a theme a column, its categories below one another
    ROWS = "rows"  # a category a row


PARTS: Final[Mapping[ReportForm, tuple[Part, ...]]] = {
    ReportForm.FULL: tuple(Part),
    ReportForm.SHORT: (
        *(Part.FACTS, Part.PRESENT, Part.REASON, Part.HARVEST, Part.DECISIONS),
        *(Part.OPEN_TASKS, Part.AGREEMENTS, Part.NEXT),
    ),
    ReportForm.PARTICIPATION: (
        *(Part.FACTS, Part.REASON, Part.PRESENT, Part.METHOD, Part.THEMES, Part.HARVEST),
        *(Part.EXPLANATIONS, Part.VOTES, Part.FOLLOW_UPS, Part.DECISIONS, Part.NEXT),
        *(Part.PHOTOS, Part.APPENDIX),
    ),
    ReportForm.ACTIONS: (
        *(Part.FACTS, Part.AGREEMENTS, Part.OPEN_TASKS, Part.DECISIONS, Part.NEXT),
    ),
    ReportForm.FEEDBACK: (
        *(Part.FACTS, Part.REASON, Part.METHOD, Part.HARVEST, Part.EXPLANATIONS),
        *(Part.VOTES, Part.FOLLOW_UPS, Part.DECISIONS, Part.AGREEMENTS, Part.NEXT),
    ),
}
"""Form → the parts that it begins with, in their order."""


class Outline(msgspec.Struct, frozen=True):
    """How a verslag is built."""

    form: ReportForm = ReportForm.FULL
    parts: tuple[Part, ...] = PARTS[ReportForm.FULL]
    matrix: Layout = Layout.COLUMNS

    @property
    def nameless(self) -> bool:
        """Whether nobody may be named in it."""
        return self.form is ReportForm.FEEDBACK


def outlined(form: ReportForm, parts: Iterable[Part], matrix: Layout) -> Outline:
    """The outline; without parts of its own it has those of its form."""
    own = tuple(dict.fromkeys(parts))  # a file written by hand may name one twice
    return Outline(form=form, parts=own or PARTS[form], matrix=matrix)
