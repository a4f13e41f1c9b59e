"""Meetings to test pages with: as many themes and notes as are asked for, in invented Dutch."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

from facilitator.kernel.entity import Entity
from facilitator.meeting.categories import Category
from facilitator.meeting.ids import CategoryId, MeetingId, NoteId, StepId, TableId, ThemeId
from facilitator.meeting.meeting import Meeting, Phase
from facilitator.meeting.notes import Note
from facilitator.meeting.order import STEP
from facilitator.meeting.programme import Clock, Step, StepKind
from facilitator.meeting.projector import Projector
from facilitator.meeting.tables import Table, code_of
from facilitator.meeting.themes import Colour, Theme

MEETING = MeetingId(UUID(int=10))
BEGIN = datetime(2026, 10, 30, 9, 0, tzinfo=UTC)
TITLES = (
    "Groen en buiten",
    "Ontmoeting",
    "Veilig op straat",
    "Onderweg in de wijk",
    "Wat er verder nog opkomt",
    "Zorg voor elkaar",
    "Jong en oud",
    "Wonen",
)
OWN = (
    ("Bankjes en bomen", "Samen onderhouden", "Spelen"),
    ("Plekken", "Wie nodigt uit", "Eten en koffie", "Feesten"),
    ("Verkeer", "Licht"),
    ("Fiets", "Bus en deelauto", "Te voet"),
    (),
)
ROWS = ("Kansen", "Zorgen", "Afspraken")
TEXTS = (
    "Meer bankjes bij de speeltuin, zodat ouders blijven hangen",
    "Buurtmaaltijd elke eerste vrijdag van de maand",
    "Straatverlichting achter het station is kapot",
    "Fietsenstalling bij het buurthuis staat altijd vol",
    "Wie helpt ouderen met digitale post?",
    "Moestuin op het braakliggende veld",
    "Jongeren missen een plek na 18 uur",
    "Snelheid op de Dorpsstraat omlaag",
    "Eén keer per jaar een straatfeest met alle straten samen",
    "Taalmaatjes voor nieuwe bewoners",
    "Vrijwilligers beter bedanken",
    "Koffie-uurtje op dinsdagmorgen in de bibliotheek, ook voor wie slecht ter been is",
    "Deelauto’s voor mensen zonder eigen auto",
    "Speelgoed ruilen",
    "Meer prullenbakken langs het fietspad",
    "Verantwoordelijkheidsverdeling gemeente en wijkvereniging vastleggen",
    "Nee",
)


def ids(kind: int, number: int) -> UUID:
    """An id that says what it is of, so that tests can name things."""
    return UUID(int=kind * 100_000 + number)


def theme_id(number: int) -> ThemeId:
    """The id of theme 1, 2, …."""
    return ThemeId(ids(1, number))


def table_id(number: int) -> TableId:
    """The id of table 1, 2, …."""
    return TableId(ids(2, number))


def note_id(number: int) -> NoteId:
    """The id of note 1, 2, …."""
    return NoteId(ids(3, number))


def round_id(number: int) -> StepId:
    """The id of round 1, 2, …."""
    return StepId(ids(4, number))


def own_id(theme: int, number: int) -> CategoryId:
    """The id of own category 1, 2, … of a theme."""
    return CategoryId(ids(5, theme * 100 + number))


def row_id(number: int) -> CategoryId:
    """The id of row 1, 2, … across all themes."""
    return CategoryId(ids(6, number))


def meeting_with(
    themes: int = 5,
    notes: int = 60,
    *,
    own: bool = True,
    rows: int = 2,
    approval: bool = False,
    loose: float = 0.15,
    seed: int = 7,
) -> list[Entity]:
    """A live meeting in its second round: a table a theme and more, its notes in the matrix.

    ``loose`` is the part of the notes that nobody has put in a category yet.
    """
    return [
        Meeting(id=MEETING, title="Wijkcafé", phase=Phase.LIVE, approval=approval),
        *_themes(themes),
        *_tables(themes),
        *_rounds(),
        Clock(id=MEETING, step=round_id(2), left=870.0),
        Projector(id=MEETING),
        *(categories := list(_categories(themes, own=own, rows=rows))),
        *_notes(Random(seed), themes, notes, categories, loose),
    ]


def _themes(count: int) -> Iterator[Theme]:
    colours = list(Colour)
    for number in range(1, count + 1):
        yield Theme(
            id=theme_id(number),
            title=TITLES[(number - 1) % len(TITLES)],
            colour=colours[(number + 4) % len(colours)],
            open=number == len(OWN),
            order=number * STEP,
        )


def _tables(themes: int) -> Iterator[Table]:
    for number in range(1, max(themes, 1) * 2 + 1):
        table = table_id(number)
        theme = theme_id((number - 1) % themes + 1) if themes else None
        yield Table(id=table, number=number, code=code_of(table), theme=theme, order=number * STEP)


def _rounds() -> Iterator[Step]:
    for number in (1, 2, 3):
        yield Step(
            id=round_id(number), activity=StepKind.ROUND, length=1200, order=number * 2 * STEP
        )


def _categories(themes: int, *, own: bool, rows: int) -> Iterator[Category]:
    for theme in range(1, themes + 1) if own else ():
        for number, title in enumerate(OWN[(theme - 1) % len(OWN)], start=1):
            yield Category(
                id=own_id(theme, number), title=title, theme=theme_id(theme), order=number * STEP
            )
    for number in range(1, rows + 1):
        yield Category(id=row_id(number), title=ROWS[(number - 1) % len(ROWS)], order=number * STEP)


def _notes(
    chance: Random, themes: int, count: int, categories: list[Category], loose: float
) -> Iterator[Note]:
    for number in range(1, count + 1):
        theme = theme_id(chance.randint(1, themes)) if themes else None
        fitting = [c.id for c in categories if c.theme in {None, theme}]
        placed = fitting and chance.random() >= loose
        yield Note(
            id=note_id(number),
            text=TEXTS[(number - 1) % len(TEXTS)],
            table=table_id(chance.randint(1, max(themes, 1) * 2)),
            theme=theme,
            round=round_id(1 if number <= count * 2 // 3 else 2),
            category=chance.choice(fitting) if placed else None,
            written_at=BEGIN + timedelta(minutes=number * 40 // (count + 1)),
            late=number % 29 == 0,
            conclusion=number % 31 == 0,
            order=number * STEP,
        )
