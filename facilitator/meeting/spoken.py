"""Who does what, before when, out of one sentence; and the day that is meant by a few words.

"Anna belt de gemeente voor 1 december" is typed while people are still talking. What is found is
shown to be confirmed, so it may be wrong; it is never more than a proposal.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Collection, Mapping
from typing import Final

import msgspec

from facilitator.kernel.text import tidy_line


class Heard(msgspec.Struct, frozen=True):
    """What a sentence seems to say. ``who`` and ``when`` are empty where it does not tell."""

    what: str
    who: str = ""
    when: str = ""


class _Tongue(msgspec.Struct, frozen=True):
    """The words of one language."""

    months: tuple[str, ...]
    short: Mapping[str, int]  # of months, behind a number: "1 dec"
    weekdays: tuple[str, ...]
    numbers: Mapping[str, int]
    units: Mapping[str, int]  # a word → days
    before: str  # patterns from here on
    parts: Mapping[str, int]  # of a month: a word → its last day, 0 for the last
    next_week: str
    next_month: str
    tomorrow: str
    soon: str
    joins: str
    groups: str
    labels: str  # what stands before a colon and is nobody
    one: str  # how a verb looks of which one is the subject
    many: str


def _numbered(*names: str) -> dict[str, int]:
    return {name: number for number, name in enumerate(names, start=1) if name}


_DUTCH: Final = _Tongue(
    months=(
        *("januari", "februari", "maart", "april", "mei", "juni", "juli"),
        *("augustus", "september", "oktober", "november", "december"),
    ),
    short=_numbered("jan", "feb", "mrt", "apr", "", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
    | {"sept": 9},
    weekdays=(*("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"),),
    numbers={
        name: number
        for number, name in enumerate(
            ("één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht"), start=1
        )
    }
    | {"een": 1},
    units={"dag": 1, "dagen": 1, "week": 7, "weken": 7, "maand": 30, "maanden": 30},
    before=r"(?:(?:uiterlijk|nog)\s+)?(?:voor|vóór|uiterlijk|op|tegen|vanaf|in|binnen|over|rond|per)",
    parts={"begin": 1, "half": 15, "medio": 15, "eind": 0},
    next_week=r"(?:volgende|komende)\s+week",
    next_month=r"(?:volgende|komende)\s+maand",
    tomorrow="morgen",
    soon=r"zo snel mogelijk|z\.?s\.?m\.?|deze week|deze maand|dit jaar|voor de zomer(?:vakantie)?"
    r"|na de zomer(?:vakantie)?|voor de kerst(?:vakantie)?|voor de volgende (?:keer|bijeenkomst)",
    joins=r"en|&",
    groups=r"(?:de|het)\s+",
    labels=r"actie|afspraak|besluit|taak|opgave|vraag|punt|idee|thema",
    one=r"(?:(?!(?:met|het|niet|dat|wat|uit|tot|dit)\b)\w+t|is|zal|kan|wil|mag)",
    many=r"(?:\w+en|gaan|doen|staan|zien)",
)
_ENGLISH: Final = _Tongue(
    months=tuple(name.lower() for name in calendar.month_name[1:]),
    short=_numbered(*(name.lower() for name in calendar.month_abbr[1:])) | {"sept": 9},
    weekdays=tuple(name.lower() for name in calendar.day_name),
    numbers={
        name: number
        for number, name in enumerate(
            ("one", "two", "three", "four", "five", "six", "seven", "eight"), start=1
        )
    }
    | {"a": 1},
    units={"day": 1, "days": 1, "week": 7, "weeks": 7, "month": 30, "months": 30},
    before=r"(?:no later than|before|by|on|from|in|within|around)",
    parts={"early": 1, "mid": 15, "the end of": 0, "late": 0},
    next_week=r"next\s+week",
    next_month=r"next\s+month",
    tomorrow="tomorrow",
    soon=r"as soon as possible|asap|this week|this month|this year|before the summer"
    r"|after the summer|before christmas|before the next (?:time|meeting)",
    joins=r"and|&",
    groups=r"the\s+",
    labels=r"action|agreement|decision|task|question|point|idea|theme",
    one=r"(?:\w+s|will|can|may)",
    many=r"[a-z]\w*",
)
_TONGUES: Final = {"nl": _DUTCH, "en": _ENGLISH}
_CAPITAL: Final = r"[A-ZÀ-ÖØ-Þ][\w’'-]*"
_NAME: Final = rf"(?!(?:De|Het|Een|Dit|Dat|The|An?)\b){_CAPITAL}(?:\s+(?:(?:van|de|der|den|ten|ter|het|von|al|el)\s+)*{_CAPITAL})*"


def heard(text: str, people: Collection[str] = (), language: str = "nl") -> Heard:
    """What one sentence seems to say; ``people`` are the names that may well be in it."""
    tongue = _TONGUES[language]
    line = tidy_line(text).rstrip(" .;")
    when = ""
    found = list(_when(tongue).finditer(line))
    if found:
        last = found[-1]
        when = last.group().strip()
        line = tidy_line(f"{line[: last.start()].rstrip(' ,')} {line[last.end() :].lstrip(' ,')}")
    who, what = _who(line, people, tongue)
    return Heard(what=what[:1].upper() + what[1:], who=who, when=when)


def _who(line: str, people: Collection[str], tongue: _Tongue) -> tuple[str, str]:
    """Who does it, and what is left of the line."""
    for name in sorted(filter(None, people), key=len, reverse=True):
        if line.casefold().startswith(f"{name.casefold()} "):
            more = re.match(rf"((?:\s*,|\s+(?:{tongue.joins}))\s+{_NAME})*\s+", line[len(name) :])
            cut = len(name) + (more.end() if more else 0)
            return line[:cut].strip(), line[cut:]
    several = rf"{_NAME}(?:(?:\s*,|\s+(?:{tongue.joins}))\s+{_NAME})+"
    group = rf"(?i:{tongue.groups})[\w-]+(?:\s+[\w-]+)??"
    named = re.match(rf"(?P<who>{several}|{group}|{_NAME}):\s+(?P<what>.+)", line)
    if named and not re.fullmatch(tongue.labels, named["who"], re.IGNORECASE):
        return named["who"], named["what"]
    for who, verb in ((several, tongue.many), (group, tongue.one), (_NAME, tongue.one)):
        first = re.match(rf"(?P<who>{who})\s+(?P<what>{verb}\b.*)", line)
        if first:
            return first["who"], first["what"]
        turned = re.match(rf"(?P<verb>{verb})\s+(?P<who>{who})(?P<rest>\s.*|$)", line)
        if turned:
            return turned["who"], turned["verb"] + turned["rest"]
    return "", line


def _when(tongue: _Tongue) -> re.Pattern[str]:
    """What tells a moment: after a word such as "voor", or by itself where nothing else is meant."""
    months = _either(tongue.months)
    day = _day(tongue)
    weekday = rf"(?:(?:aanstaande|komende|volgende|next)\s+)?(?:{_either(tongue.weekdays)})"
    weekday = rf"(?:{tongue.next_week}\s+(?:op\s+|on\s+)?)?{weekday}(?:\s+{tongue.next_week})?"
    span = rf"(?:\d{{1,2}}|{_either(tongue.numbers)})\s+(?:{_either(tongue.units)})"
    part = rf"(?:(?:{_either(tongue.parts)})\s+)?(?:{months})"
    part += rf"(?:\s+(?:{tongue.joins})\s+(?:{months}))?(?:\s+\d{{4}})?"
    alone = rf"{day}|{weekday}(?:,?\s+(?:{day}))?|{tongue.next_week}|{tongue.next_month}"
    alone += rf"|(?:{_either(tongue.parts)})\s+(?:{months})(?:\s+\d{{4}})?"
    pattern = (
        rf"\b(?:{tongue.before})\s+(?:the\s+)?(?:{alone}|{part}|{span})"
        rf"|\b(?:{tongue.soon})|\b(?:{alone}|{tongue.tomorrow})"
    )
    return re.compile(rf"(?:{pattern})(?!\w)", re.IGNORECASE)


def _day(tongue: _Tongue) -> str:
    months = _either(tongue.months)
    short = rf"(?:{_either(tongue.short)})\b\.?"
    return (
        rf"\d{{1,2}}(?:e|st|nd|rd|th)?\s+(?:of\s+)?(?:{months}|{short})(?:\s+\d{{4}})?"
        rf"|(?:{months})\s+\d{{1,2}}(?!\d)(?:,?\s+\d{{4}})?"
        r"|\d{1,2}[-/]\d{1,2}(?:[-/]\d{4})?"
    )


def _either(words: Collection[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


def day_in(words: str, after: dt.date, language: str = "nl") -> dt.date | None:
    """The day that these words mean, seen from a day; None where they mean none in particular.

    A day without a year is the first one to come; of a part of a month it is the last day of that.
    """
    tongue, line = _TONGUES[language], tidy_line(words).casefold()
    for find in (_by_date, _by_figures, _by_month, _by_weekday, _by_span):
        day = find(line, after, tongue)
        if day is not None:
            return day
    return None


def _by_date(line: str, after: dt.date, tongue: _Tongue) -> dt.date | None:
    months = _either(tongue.months)
    number = {**_numbered(*tongue.months), **tongue.short}
    found = re.search(
        rf"\b(\d{{1,2}})(?:e|st|nd|rd|th)?\s+(?:of\s+)?({_either(number)})\b\.?(?:\s+(\d{{4}}))?",
        line,
    )
    if found:
        return _date(int(found[1]), number[found[2]], found[3], after)
    found = re.search(rf"\b({months})\s+(\d{{1,2}})(?!\d)(?:,?\s+(\d{{4}}))?", line)
    if found:
        return _date(int(found[2]), tongue.months.index(found[1]) + 1, found[3], after)
    return None


def _by_figures(line: str, after: dt.date, _tongue: _Tongue) -> dt.date | None:
    found = re.search(r"(?<!\d)(\d{1,2})[-/](\d{1,2})(?:[-/](\d{4}))?(?!\d)", line)
    return _date(int(found[1]), int(found[2]), found[3], after) if found else None


def _by_month(line: str, after: dt.date, tongue: _Tongue) -> dt.date | None:
    months = _either(tongue.months)
    parts = _either(tongue.parts)
    found = list(re.finditer(rf"(?:\b({parts})\s+|(?<!\d\s))\b({months})\b(?:\s+(\d{{4}}))?", line))
    if not found:
        return None
    last = found[-1]
    month = tongue.months.index(last[2]) + 1
    year = int(last[3]) if last[3] else after.year + (month < after.month)
    day = tongue.parts.get(last[1] or "", 0)
    return dt.date(year, month, day or calendar.monthrange(year, month)[1])


def _by_weekday(line: str, after: dt.date, tongue: _Tongue) -> dt.date | None:
    for number, name in enumerate(tongue.weekdays):
        if re.search(rf"\b{name}\b", line):
            if re.search(tongue.next_week, line):
                return after + dt.timedelta(days=7 - after.weekday() + number)
            return after + dt.timedelta(days=(number - after.weekday() - 1) % 7 + 1)
    return None


def _by_span(line: str, after: dt.date, tongue: _Tongue) -> dt.date | None:
    if re.search(rf"\b{tongue.tomorrow}\b", line):
        return after + dt.timedelta(days=1)
    if re.search(tongue.next_week, line):
        return after + dt.timedelta(days=11 - after.weekday())  # its Friday
    if re.search(tongue.next_month, line):
        year, month = after.year + after.month // 12, after.month % 12 + 1
        return dt.date(year, month, calendar.monthrange(year, month)[1])
    found = re.search(
        rf"\b(\d{{1,2}}|{_either(tongue.numbers)})\s+({_either(tongue.units)})\b", line
    )
    if found is None:
        return None
    number = tongue.numbers.get(found[1]) or int(found[1])
    return after + dt.timedelta(days=number * tongue.units[found[2]])


def _date(day: int, month: int, year: str | None, after: dt.date) -> dt.date | None:
    """That day, or the first one to come where no year is told; None where there is no such day."""
    for candidate in (int(year),) if year else (after.year, after.year + 1):
        try:
            found = dt.date(candidate, month, day)
        except ValueError:
            continue
        if year or found >= after:
            return found
    return None
