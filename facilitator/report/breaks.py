"""Where a page is turned, and whether one is needed for the contents."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from facilitator.report.blocks import Block, Grid, Listing, Report, Section

MANY_HEADINGS: Final = 6  # more of them ask for a list of contents


def has_contents(told: Report) -> bool:
    """Whether there is a list of contents."""
    return len(told.sections) > MANY_HEADINGS


def begins_wide(told: Report) -> bool:
    """Whether the first page lies on its side: nothing but the title stands before the matrix."""
    return bool(told.sections) and told.sections[0].wide and not has_contents(told)


def followed(told: Report, section: Section) -> Iterator[tuple[Block, bool]]:
    """The blocks of a section, and of each whether it stays on the page of what follows.

    A sentence stays with the list or table that it introduces, and with the very last block, which
    would else stand alone on the last page.
    """
    last = section.blocks[-1] if section is told.sections[-1] else None
    following = [*section.blocks[1:], None]
    for block, after in zip(section.blocks, following, strict=True):
        ends = after is not None and after is last
        yield block, isinstance(after, Listing | Grid) or ends
