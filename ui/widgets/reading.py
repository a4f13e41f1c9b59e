"""Reading what people type: whole numbers, dates and times in the ways in which they are written."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Final

from facilitator.i18n import _, words
from facilitator.kernel.text import tidy_line

_MONTHS: Final = {
    **dict.fromkeys(("jan", "januari", "january"), 1),
    **dict.fromkeys(("feb", "februari", "february"), 2),
    **dict.fromkeys(("mrt", "maart", "mar", "march"), 3),
    **dict.fromkeys(("apr", "april"), 4),
    **dict.fromkeys(("mei", "may"), 5),
    **dict.fromkeys(("jun", "juni", "june"), 6),
    **dict.fromkeys(("jul", "juli", "july"), 7),
    **dict.fromkeys(("aug", "augustus", "august"), 8),
    **dict.fromkeys(("sep", "sept", "september"), 9),
    **dict.fromkeys(("okt", "oktober", "oct", "october"), 10),
    **dict.fromkeys(("nov", "november"), 11),
    **dict.fromkeys(("dec", "december"), 12),
}
_CENTURY: Final = 100
_MILLENNIUM: Final = 2000
_HALF_A_YEAR: Final = 183  # days; a day that is further back is one of next year


def whole_number(text: str) -> int:
    """A whole number. Raises ``ValueError`` with a sentence for who typed it."""
    if not re.fullmatch(r"-?\d{1,6}", tidy_line(text)):
        raise ValueError(_("Schrijf een heel getal, bijvoorbeeld 20."))
    return int(text)


def grade(text: str) -> int | None:
    """A whole number, or nothing."""
    return whole_number(text) if tidy_line(text) else None


def day(text: str, today: date | None = None) -> date | None:
    """A date such as 30-10-2026, 30-10 or 30 oktober, or nothing. Raises ``ValueError``."""
    line = tidy_line(text).lower()
    if not line:
        return None
    found = re.fullmatch(r"(\d{1,4})[-/. ](\w+)\.?(?:[-/. ](\d{1,4}))?", line)
    try:
        if not found:
            return _no_day()
        if found[3] is None:
            return _coming(found[1], found[2], today or datetime.now().astimezone().date())
        return _day(found[1], found[2], found[3])
    except (KeyError, ValueError):
        return _no_day()


def _day(first: str, middle: str, last: str) -> date:
    month = _month(middle)
    if len(first) > 2:  # noqa: PLR2004 - 2026-10-30 begins with the year
        return date(int(first), month, int(last))
    year = int(last)
    return date(year if year >= _CENTURY else _MILLENNIUM + year, month, int(first))


def _coming(first: str, middle: str, today: date) -> date:
    """A day without its year: of this year, or of the next one where it is long past."""
    found = date(today.year, _month(middle), int(first))
    past = (today - found).days > _HALF_A_YEAR
    return found.replace(year=today.year + 1) if past else found


def _month(text: str) -> int:
    return int(text) if text.isdecimal() else _MONTHS[text]


def _no_day() -> date:
    raise ValueError(_("Schrijf een datum als 30-10-2026."))


def moment(text: str) -> time | None:
    """A time of day such as 9.30, 9:30, 930 or 9, or nothing. Raises ``ValueError``."""
    line = tidy_line(text)
    if not line:
        return None
    found = re.fullmatch(r"(\d{1,2})(?:[.:u]?(\d{2}))?(?: ?uur)?", line)
    try:
        if found:
            return time(int(found[1]), int(found[2] or 0))
    except ValueError:
        pass
    raise ValueError(_("Schrijf een tijd als 9.30."))


def show_day(value: date | None) -> str:
    """A date in digits, as it can be typed: 30-10-2026."""
    return f"{value:%d-%m-%Y}" if value else ""


def show_moment(value: time | None) -> str:
    """A time of day, as it can be typed."""
    return words().time(value) if value else ""
