"""What the verslag says. A block of which the meeting holds nothing is left out."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final
from uuid import UUID

from babel.dates import format_date

from facilitator.i18n import Words
from facilitator.kernel.entity import in_order
from facilitator.kernel.state import State
from facilitator.meeting.checkin import CheckIn, average
from facilitator.meeting.explanations import explanation_of
from facilitator.meeting.hand_over import hand_overs
from facilitator.meeting.ids import ThemeId
from facilitator.meeting.meeting import Attendance, Meeting, the_meeting
from facilitator.meeting.outcomes import Decision, OpenTask, agreements, decisions, open_tasks
from facilitator.meeting.people import Participant, participants
from facilitator.meeting.photos import Photo, photos
from facilitator.meeting.programme import rounds
from facilitator.meeting.tables import Table, tables
from facilitator.meeting.themes import Theme, themes
from facilitator.report import harvest, method
from facilitator.report.blocks import (
    Block,
    Column,
    Fact,
    Grid,
    Heading,
    Item,
    Listing,
    Paragraph,
    Picture,
    Report,
    Section,
)

UNDATED: Final = dt.datetime(
    2000, 1, 1, tzinfo=dt.UTC
)  # what a file is told where nothing is known


def report(state: State, pictures: Collection[UUID] = ()) -> Report:
    """The verslag of a meeting as it is now, in the language of the meeting.

    ``pictures``: the photos whose bytes are at hand; others are left out.
    """
    meeting = the_meeting(state)
    t = Words(meeting.language)
    return Report(
        language=t.language,
        kind=t("Verslag"),
        title=meeting.title,
        organisation=meeting.organisation,
        writer=meeting.writer,
        written=held_at(meeting),
        facts=tuple(_facts(meeting, t)),
        sections=tuple(section for section in _sections(state, t, pictures) if section.blocks),
    )


def held_at(meeting: Meeting) -> dt.datetime | None:
    """When it began, as the properties of a file tell it; None where there is no date."""
    if meeting.date is None:
        return None
    return dt.datetime.combine(meeting.date, meeting.begins or dt.time(), dt.UTC)


def _sections(state: State, t: Words, pictures: Collection[UUID]) -> Iterator[Section]:
    meeting = the_meeting(state)
    yield Section(t("Aanwezig"), tuple(_present(state, t)))
    yield Section(t("Aanleiding en doel"), tuple(_reason(meeting, t)))
    yield Section(t("Werkwijze"), tuple(method.blocks(state, t)))
    yield Section(t("Inchecken"), tuple(_check_in(state, t)))
    yield Section(t("Thema’s en groepen"), tuple(_themes(state, t)))
    yield Section(t("Opbrengst"), tuple(harvest.matrices(state, t)), wide=True)
    yield Section(t("Toelichting per thema"), tuple(_explanations(state, t, pictures)))
    yield Section(t("Besluiten"), tuple(_outcomes(state, decisions(state), t)))
    yield Section(t("Opgaven"), tuple(_outcomes(state, open_tasks(state), t)))
    yield Section(t("Afspraken"), tuple(_agreements(state, t)))
    yield Section(t("Zo gaat het verder"), tuple(_what_next(meeting, t)))
    yield Section(t("Uitchecken"), tuple(paragraphs(meeting.check_out)))
    yield Section(t("Foto’s"), tuple(_photos(state, None, t, pictures)))
    yield Section(t("Bijlage: alle notities"), tuple(harvest.appendix(state, t)), new_page=True)
    yield Section(t("Bijlage: overdracht aan tafel"), tuple(_hand_overs(state, t)))


def paragraphs(text: str) -> Iterator[Paragraph]:
    """A text as people typed it: each line a paragraph."""
    yield from (Paragraph(line.strip()) for line in text.split("\n") if line.strip())


def numbered(themes_: Sequence[Theme], theme: Theme) -> str:
    """A theme with the number that people know it by."""
    return f"{themes_.index(theme) + 1}. {theme.title}"


def joined(parts: Sequence[str], t: Words) -> str:
    """Anouk, Bram en Cemile."""
    if len(parts) < 2:  # noqa: PLR2004 - one needs no "and"
        return "".join(parts)
    return t("{first} en {last}").format(first=", ".join(parts[:-1]), last=parts[-1])


def _facts(meeting: Meeting, t: Words) -> Iterator[Fact]:
    facts = (
        (t("Datum"), _day(meeting.date, t) if meeting.date else ""),
        (t("Tijd"), _hours(meeting, t)),
        (t("Plaats"), meeting.place),
        (t("Organisatie"), meeting.organisation),
        (t("Verslag door"), meeting.writer),
    )
    yield from (Fact(label, value) for label, value in facts if value)


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


def _present(state: State, t: Words) -> Iterator[Block]:
    ngettext = t.plural
    meeting, people = the_meeting(state), participants(state)
    by_name = meeting.attendance is Attendance.NAMES
    counted = [person for person in people if person.name] if by_name else people
    if meeting.attendance is Attendance.NONE or not counted:
        return
    number = sum(person.people for person in counted)
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


def _reason(meeting: Meeting, t: Words) -> Iterator[Block]:
    told = (
        (t("Aanleiding"), meeting.reason),
        (t("Kwestie"), meeting.issue),
        (t("Doel"), meeting.purpose),
    )
    for label, text in told:
        for number, part in enumerate(paragraphs(text)):
            yield Paragraph(part.text, label=label if number == 0 else "")


def _check_in(state: State, t: Words) -> Iterator[Block]:
    ngettext = t.plural
    row = in_order(state.all(CheckIn))
    said = [check_in.word for check_in in row if check_in.word]
    if said:
        yield Paragraph(_words(said), label=t("Trefwoorden"))
    grades = [check_in.grade for check_in in row if check_in.grade is not None]
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


def _themes(state: State, t: Words) -> Iterator[Block]:
    row = themes(state)
    if not row:
        yield from _groups(state, t)
        return
    with_table = any(table.theme for table in tables(state))
    groups = [_group(state, theme, t) for theme in row] if with_table and _seated(state) else []
    questions = any(theme.question for theme in row)
    columns = [Column(t("Thema"), 4.4)]
    columns += [Column(t("Vraag"), 5.0)] if questions else []
    columns += [Column(t("Tafel"), 1.8)] if with_table else []
    columns += [Column(t("Groep"), 5.0)] if any(groups) else []
    if len(columns) == 1:
        yield Listing(tuple(Item(theme.title) for theme in row), numbered=True)
        yield from _groups(state, t)
        return
    yield Grid(
        caption=t("De thema’s en wie eraan zat") if any(groups) else t("De thema’s"),
        description=t("Een rij voor elk thema."),
        columns=tuple(columns),
        rows=tuple(
            (
                numbered(row, theme),
                *((theme.question,) if questions else ()),
                *((_at(state, theme, t),) if with_table else ()),
                *((groups[place] or "–",) if any(groups) else ()),
            )
            for place, theme in enumerate(row)
        ),
    )
    if not with_table:
        yield from _groups(state, t)


def _at(state: State, theme: Theme, t: Words) -> str:
    own = [t.number(table.number) for table in tables(state) if table.theme == theme.id]
    if not own and theme.open:
        return t("alle")
    return joined(own, t) or "–"


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


def _groups(state: State, t: Words) -> Iterator[Block]:
    """The groups by table, where the tables have no theme."""
    items = []
    for table in tables(state):
        people = [person for person in participants(state) if person.table == table.id]
        told = _people(people, state, t)
        if told:
            items.append(Item(f"{table_name(table, t)}: {told}"))
    if items:
        yield Listing(tuple(items))


def table_name(table: Table, t: Words) -> str:
    """Tafel 3 (Groen)."""
    told = t("Tafel {number}").format(number=table.number)
    return f"{told} ({table.name})" if table.name else told


def _hand_overs(state: State, t: Words) -> Iterator[Block]:
    """What each group left behind at its table for the next one, round by round."""
    places = {step.id: number for number, step in enumerate(rounds(state), start=1)}
    for table in tables(state):
        items = []
        for each in hand_overs(state, table.id):
            place = places.get(each.round, 0) if each.round else 0
            source = t("ronde {number}").format(number=place) if place else ""
            items += [Item(point, source) for point in each.points]
        if items:
            yield Heading(table_name(table, t))
            yield Listing(tuple(items), small=True)


def _explanations(state: State, t: Words, pictures: Collection[UUID]) -> Iterator[Block]:
    row = themes(state)
    for theme in row:
        told: tuple[Block, ...] = (
            *paragraphs(explanation_of(state, theme.id).text),
            *_photos(state, theme, t, pictures),
        )
        if told:
            yield Heading(numbered(row, theme))
            yield from told


def _outcomes(state: State, row: Sequence[Decision | OpenTask], t: Words) -> Iterator[Block]:
    if row:
        places = {theme.id: number for number, theme in enumerate(themes(state), start=1)}
        items = (Item(each.text, _of_theme(places, each.theme, t)) for each in row)
        yield Listing(tuple(items), numbered=True)


def _of_theme(places: dict[ThemeId, int], theme: ThemeId | None, t: Words) -> str:
    return t("thema {number}").format(number=places[theme]) if theme in places else ""


def _agreements(state: State, t: Words) -> Iterator[Block]:
    row = agreements(state)
    if row:
        yield Grid(
            caption=t("Wie doet wat, en wanneer"),
            description=t("Een rij voor elke afspraak, met nummer, wat, wie en wanneer."),
            columns=(
                Column(t("Nr"), 1.0),
                Column(t("Wat"), 6.8),
                Column(t("Wie"), 3.9),
                Column(t("Wanneer"), 4.5),
            ),
            rows=tuple(
                (str(number), each.what, each.who or "–", each.when or "–")
                for number, each in enumerate(row, start=1)
            ),
        )


def _what_next(meeting: Meeting, t: Words) -> Iterator[Block]:
    yield from paragraphs(meeting.what_next)
    if meeting.next_meeting:
        yield Paragraph(meeting.next_meeting, label=t("Volgende bijeenkomst"))


def _photos(
    state: State, theme: Theme | None, t: Words, pictures: Collection[UUID]
) -> Iterator[Picture]:
    """The photos of a theme, or those of the whole meeting."""
    for photo in photos(state):
        if photo.id in pictures and photo.theme == (theme.id if theme else None):
            yield Picture(
                photo=photo.id,
                caption=photo.caption,
                described=photo.caption or _described(state, photo, t),
                width=photo.width,
                height=photo.height,
            )


def _described(state: State, photo: Photo, t: Words) -> str:
    """What is read to who cannot see a photo without a caption."""
    table, theme = state.find(Table, photo.table), state.find(Theme, photo.theme)
    if table is not None:
        return t("Foto van tafel {number}").format(number=table.number)
    if theme is not None:
        return t("Foto bij het thema {theme}").format(theme=theme.title)
    return t("Foto van de bijeenkomst")
