"""Where a page is turned, and whether one is needed for the contents."""

from __future__ import annotations

from typing import Final

from facilitator.report.blocks import Report

MANY_HEADINGS: Final = 6  # more of them ask for a list of contents


def has_contents(told: Report) -> bool:
    """Whether there is a list of contents."""
    return len(told.sections) > MANY_HEADINGS


def begins_wide(told: Report) -> bool:
    """Whether the first page lies on its side: nothing but the title stands before the matrix."""
    return bool(told.sections) and told.sections[0].wide and not has_contents(told)
