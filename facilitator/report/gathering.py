"""Who came together, why, and how they sat: the parts with which the verslag begins."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from babel.dates import format_date

from facilitator.i18n import Words
from facilitator.kernel.entity import in_order
from facilitator.kernel.state import State
from facilitator.meeting.checkin import CheckIn, average
from facilitator.meeting.meeting import Attendance, Meeting, the_meeting
from facilitator.meeting.people import Participant, participants
from facilitator.meeting.people import present as people_present
from facilitator.meeting.tables import tables
from facilitator.meeting.themes import Theme, themes
from facilitator.report.blocks import Block, Column, Fact, Grid, Item, Listing, Paragraph
from facilitator.report.source import Source
from facilitator.report.wording import NOTHING, joined, numbered, paragraphs, table_name


def facts(source: Source) -> Iterator[Fact]:
    """The lines of the title block."""
    meeting, t = source.meeting, source.t
    told = (
        (t("Datum"), _day(meeting.date, t) if meeting.date else ""),
        (t("Tijd"), _hours(meeting, t)),
        (t("Plaats"), meeting.place),
        (t("Organisatie"), meeting.organisation),
        (t("Verslag door"), meeting.writer),
    )
    yield from (Fact(label, value) for label, value in told if value)


def _day(day: dt.date, t: Words) -> str:
    return format_date(day, "EEEE d MMMM y", locale=t.language)


def _hours(meeting: Meeting, t: Words) -> str:
    begins = t.time(meeting.begins) if meeting.begins else ""
    ends = t.time(meeting.ends) if meeting.ends else ""
    if begins and ends:
        return t("{begins}–{ends} uur").format(begins=begins, ends=ends)
    if begins:
        return t("vanaf {begins} uur").format(begins=begins)
    return t("tot {ends} uur").format(ends=ends) if ends else ""


def present(source: Source) -> Iterator[Block]:
    """Who was invited, and who came: by name, only how many, or neither."""
    t, ngettext = source.t, source.t.plural
    meeting, people = source.meeting, participants(source.state)
    yield from paragraphs(meeting.invited, t("Uitgenodigd"))
    by_name = meeting.attendance is Attendance.NAMES
    counted = [person for person in people if person.name] if by_name else people
    if meeting.attendance is Attendance.NONE or not counted:
        return
    number = sum(person.people for person in counted) if by_name else people_present(source.state)
    told = ngettext("Er was {number} deelnemer.", "Er waren {number} deelnemers.", number)
    yield Paragraph(told)
    if by_name:
        yield Paragraph(_names(counted, t))


def _names(people: Iterable[Participant], t: Words) -> str:
    """Names, those of one organisation together."""
    groups: dict[str, list[str]] = {}
    for person in people:
        groups.setdefault(person.organisation, []).append(person.name)
    told = (
        f"{joined(names, t)} ({organisation})" if organisation else ", ".join(names)
        for organisation, names in groups.items()
    )
    return ", ".join(told) + "."


def reason(source: Source) -> Iterator[Block]:
    """Why they came together."""
    meeting, t = source.meeting, source.t
    told = (
        (t("Aanleiding"), meeting.reason),
        (t("Kwestie"), meeting.issue),
        (t("Doel"), meeting.purpose),
    )
    for label, text in told:
        yield from paragraphs(text, label)


def check_in(source: Source) -> Iterator[Block]:
    """The keywords, and the average of the grades."""
    t, ngettext = source.t, source.t.plural
    row = in_order(source.state.all(CheckIn))
    said = [each.word for each in row if each.word]
    if said:
        yield Paragraph(_words(said), label=t("Trefwoorden"))
    grades = [each.grade for each in row if each.grade is not None]
    mean = average(row)
    if mean is None:
        return
    told = ngettext("{number} cijfer", "{number} cijfers", len(grades))
    line = t("{mean}, van {grades}; het laagste was {low} en het hoogste {high}.").format(
        mean=t.number(mean), grades=told, low=min(grades), high=max(grades)
    )
    yield Paragraph(line, label=t("Gemiddeld cijfer"))


def _words(said: Iterable[str]) -> str:
    """The keywords, most frequent first; how often, where more than once."""
    first: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for word in said:
        first.setdefault(word.casefold(), word)
        counts[word.casefold()] += 1
    told = (
        f"{first[word]} ({count}×)" if count > 1 else first[word]
        for word, count in counts.most_common()
    )
    return ", ".join(told)


def groups(source: Source) -> Iterator[Block]:
    """The themes, their tables, and who sat there."""
    state, t = source.state, source.t
    row = themes(state)
    if not row:
        yield from _by_table(state, t)
        return
    with_table = any(table.theme for table in tables(state))
    seated = [_group(state, theme, t) for theme in row] if with_table and _seated(state) else []
    questions = any(theme.question for theme in row)
    columns = [Column(t("Thema"), 4.4)]
    columns += [Column(t("Vraag"), 5.0)] if questions else []
    columns += [Column(t("Tafel"), 1.8)] if with_table else []
    columns += [Column(t("Groep"), 5.0)] if any(seated) else []
    if len(columns) == 1:
        yield Listing(tuple(Item(theme.title) for theme in row), numbered=True)
        yield from _by_table(state, t)
        return
    yield Grid(
        caption=t("De thema’s en wie eraan zat") if any(seated) else t("De thema’s"),
        description=t("Een rij voor elk thema."),
        columns=tuple(columns),
        rows=tuple(
            (
                numbered(row, theme),
                *((theme.question,) if questions else ()),
                *((_at(state, theme, t),) if with_table else ()),
                *((seated[place] or NOTHING,) if any(seated) else ()),
            )
            for place, theme in enumerate(row)
        ),
    )
    if not with_table:
        yield from _by_table(state, t)


def _at(state: State, theme: Theme, t: Words) -> str:
    own = [t.number(table.number) for table in tables(state) if table.theme == theme.id]
    if not own and theme.open:
        return t("alle")
    return joined(own, t) or NOTHING


def _seated(state: State) -> bool:
    """Whether the verslag may tell who sat where, and somebody did."""
    told = the_meeting(state).attendance is not Attendance.NONE
    return told and any(person.table for person in participants(state))


def _group(state: State, theme: Theme, t: Words) -> str:
    own = {table.id for table in tables(state) if table.theme == theme.id}
    if not own and theme.open:
        return t("iedereen")
    return _people([p for p in participants(state) if p.table in own], state, t)


def _people(people: Sequence[Participant], state: State, t: Words) -> str:
    """Who sits somewhere, as the verslag may tell it."""
    match the_meeting(state).attendance:
        case Attendance.NAMES:
            return joined([person.name for person in people if person.name], t)
        case Attendance.NUMBERS if people:
            ngettext = t.plural
            number = sum(person.people for person in people)
            return ngettext("{number} deelnemer", "{number} deelnemers", number)
        case _:
            return ""


def _by_table(state: State, t: Words) -> Iterator[Block]:
    """The groups by table, where the tables have no theme."""
    items = []
    for table in tables(state):
        people = [person for person in participants(state) if person.table == table.id]
        told = _people(people, state, t)
        if told:
            items.append(Item(f"{table_name(table, t)}: {told}"))
    if items:
        yield Listing(tuple(items))
