"""Pieces of sentences that several parts of the verslag share."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import Final

from facilitator.i18n import Words
from facilitator.kernel.state import State
from facilitator.meeting.ids import ThemeId
from facilitator.meeting.meeting import Meeting
from facilitator.meeting.spoken import day_in
from facilitator.meeting.tables import Table
from facilitator.meeting.themes import Theme, themes
from facilitator.report.blocks import Paragraph

NOTHING = "–"  # in a cell of a table of which nothing is known
_WEEK: Final = dt.timedelta(days=7)


def paragraphs(text: str, label: str = "") -> Iterator[Paragraph]:
    """A text as people typed it: each line a paragraph, the label in front of the first."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    for number, line in enumerate(lines):
        yield Paragraph(line, label=label if number == 0 else "")


def numbered(themes_: Sequence[Theme], theme: Theme) -> str:
    """A theme with the number that people know it by."""
    return f"{themes_.index(theme) + 1}. {theme.title}"


def of_theme(state: State, theme: ThemeId | None, t: Words) -> str:
    """Thema 3; nothing for what is of the whole meeting."""
    for number, each in enumerate(themes(state), start=1):
        if each.id == theme:
            return t("thema {number}").format(number=number)
    return ""


def joined(parts: Sequence[str], t: Words) -> str:
    """Anouk, Bram en Cemile."""
    if len(parts) < 2:  # noqa: PLR2004 - one needs no "and"
        return "".join(parts)
    return t("{first} en {last}").format(first=", ".join(parts[:-1]), last=parts[-1])


def table_name(table: Table, t: Words) -> str:
    """Tafel 3 (Groen)."""
    told = t("Tafel {number}").format(number=table.number)
    return f"{told} ({table.name})" if table.name else told


def dated(when: str, meeting: Meeting, t: Words) -> str:
    """When, as it was said; with the date where the words mean another day next week."""
    if meeting.date is None or meeting.date > dt.date.max - _WEEK:
        return when
    day = day_in(when, meeting.date, meeting.language)
    later = day_in(when, meeting.date + _WEEK, meeting.language)
    if day is None or day == later or re.search(rf"\b{day.day}\b", when):
        return when
    return f"{when} ({t.date(day)})"
