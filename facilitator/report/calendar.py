"""The agreements and the next meeting for a calendar (iCalendar, RFC 5545).

An agreement whose words tell no day stays out; so does a next meeting without one.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Final

from icalendar import Calendar, Event

from facilitator.i18n import Words
from facilitator.kernel.state import State
from facilitator.kernel.text import tidy_line
from facilitator.meeting.meeting import Meeting, the_meeting
from facilitator.meeting.outcomes import agreements
from facilitator.meeting.spoken import day_in
from facilitator.report.content import UNDATED, held_at
from facilitator.report.source import as_told

PLANNED: Final = dt.timedelta(hours=2)  # of a next meeting, where this one does not tell its length
_HOUR: Final = re.compile(r"(?<!\d)([01]?\d|2[0-3])[.:]([0-5]\d)(?!\d)")


def report_ics(state: State) -> bytes:
    """A calendar with a whole day for each agreement, and the hour of the next meeting."""
    state = as_told(state)
    meeting = the_meeting(state)
    told = Calendar()
    told.add("prodid", "-//Facilitator//verslag//NL")
    told.add("version", "2.0")
    for event in _events(state, meeting):
        event.add("dtstamp", held_at(meeting) or UNDATED)
        told.add_component(event)
    return bytes(told.to_ical())


def _events(state: State, meeting: Meeting) -> Iterator[Event]:
    t = Words(meeting.language)
    seen_from = meeting.date or UNDATED.date()
    for each in agreements(state):
        day = day_in(each.when, seen_from, meeting.language)
        if day is None:
            continue
        event = Event()
        event.add("uid", f"{each.id}@facilitator")
        event.add("dtstart", day)
        event.add("dtend", day + dt.timedelta(days=1))
        who = f" ({tidy_line(each.who)})" if each.who else ""
        event.add("summary", tidy_line(each.what) + who)
        told = t("Afspraak uit {title}, {when}")
        event.add(
            "description", told.format(title=tidy_line(meeting.title), when=tidy_line(each.when))
        )
        event.add("transp", "TRANSPARENT")
        yield event
    day = day_in(meeting.next_meeting, seen_from, meeting.language)
    if day is not None:
        yield _next(meeting, day, t)


def _next(meeting: Meeting, day: dt.date, t: Words) -> Event:
    """The next meeting; its hours are those of the place where it is, wherever one reads."""
    event = Event()
    event.add("uid", f"{meeting.id}-next@facilitator")
    hour = _HOUR.search(meeting.next_meeting)
    if hour is None:
        event.add("dtstart", day)
        event.add("dtend", day + dt.timedelta(days=1))
    else:
        begins = dt.datetime.combine(day, dt.time(int(hour[1]), int(hour[2])))
        event.add("dtstart", begins)
        event.add("dtend", begins + _length(meeting))
    event.add("summary", t("Vervolg op {title}").format(title=tidy_line(meeting.title)))
    event.add("description", tidy_line(meeting.next_meeting))
    return event


def _length(meeting: Meeting) -> dt.timedelta:
    if meeting.begins is None or meeting.ends is None or meeting.ends <= meeting.begins:
        return PLANNED
    noon = dt.date(2000, 1, 1)
    return dt.datetime.combine(noon, meeting.ends) - dt.datetime.combine(noon, meeting.begins)
