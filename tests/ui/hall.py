"""Meetings for the hall: plain ones, and the hardest that anybody could make."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import msgspec
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage, QPainter

from facilitator.kernel.entity import Entity
from facilitator.kernel.state import State
from facilitator.meeting.categories import Category
from facilitator.meeting.checkin import CheckIn
from facilitator.meeting.features import empty_state
from facilitator.meeting.ids import (
    CategoryId,
    CheckInId,
    MeetingId,
    NoteId,
    OptionId,
    ParticipantId,
    StepId,
    TableId,
    ThemeId,
    VoteId,
)
from facilitator.meeting.meeting import Form, Meeting, Phase
from facilitator.meeting.notes import Note
from facilitator.meeting.people import Participant
from facilitator.meeting.programme import Clock, Step, StepKind
from facilitator.meeting.projector import Projector, SceneName, the_projector
from facilitator.meeting.tables import Table, code_of
from facilitator.meeting.themes import Colour, Theme
from facilitator.meeting.votes import Option, Vote
from ui import theme
from ui.projector import scenes

NOW = datetime(2026, 10, 30, 9, 0, tzinfo=UTC)
MEETING = MeetingId(UUID(int=7))
ADDRESS = "http://192.168.1.10:8765"
SMALL = QSize(960, 540)

THEMES = (
    ("Groen en buiten", "Wat maakt de straat een plek om te blijven?"),
    ("Ontmoeting", "Waar komen wij elkaar tegen, en waar nog niet?"),
    ("Veiligheid", "Wanneer voel jij je thuis op straat?"),
    ("Mobiliteit", "Hoe komt iedereen waar hij wezen wil?"),
    ("Wat er verder nog opkomt", ""),
)
HARD_THEMES = (
    ("Verantwoordelijkheidsverdelingen", "Wie is er aansprakelijkheidsverzekeringsplichtig?"),
    ("Medezeggenschapsorganisaties", "Wat?"),
    ("Werkdrukverminderingsmaatregelen in de dagelijkse praktijk", "Wat helpt?"),
)
CATEGORIES = (
    ("Kansen", "Zorgen", "Ideeën"),
    ("Rol", "Taken", "Naam", "Verantwoordelijkheidsverdeling"),
    ("Strategisch", "Tactisch", "Operationeel"),
    (),
    ("Afspraken", "Vragen voor de gemeente", "Wie doet er mee", "Geld", "Planning"),
)
LONG = (
    "We moeten eerst weten wat er al gebeurt voordat we iets nieuws verzinnen. Er zijn in de wijk "
    "al drie groepen die eten koken, twee die samen wandelen en een heleboel mensen die iets voor "
    "een ander doen zonder dat iemand dat ziet. Breng dat bij elkaar en vraag dan wat er ontbreekt."
)
TEXTS = (
    "Meer bankjes bij de speeltuin zodat ouders blijven hangen",
    "Buurtmaaltijd elke eerste vrijdag van de maand",
    "Straatverlichting achter het station is kapot",
    "Fietsenstalling bij het buurthuis staat altijd vol",
    "Wie helpt ouderen met digitale post?",
    "Moestuin op het braakliggende veld",
    "Jongeren missen een plek na 18 uur",
    "Verantwoordelijkheidsverdeling tussen leidinggevenden is onduidelijk",
    "Koffie",
)
QUESTION = "Wat kunnen wij in onze wijk morgen al doen om elkaar vaker te ontmoeten?"
HARD_WIFI = 'WiFi-van-het-buurtcentrum; "W":,\\'
HARD_PASSWORD = 'Il1O0-een-wachtwoord-van-drieenzestig-tekens-met;en:en,en"en\\x'
HARD_QUESTION = (
    "Hoe zorgen we ervoor dat de verantwoordelijkheidsverdeling tussen leidinggevenden, "
    "teamcoördinatoren en medezeggenschapsorganisaties duidelijk wordt voor iedereen die er "
    "dagelijks mee werkt, en wat heb jij daar zelf voor nodig van de mensen om je heen?"
)


class Hall(msgspec.Struct, frozen=True, kw_only=True):
    """A meeting as the hall may meet it."""

    scene: SceneName = SceneName.STEP
    step: StepKind | None = StepKind.ROUND
    left: float = 872.0
    running: bool = True
    question: str = QUESTION
    title: str = "De wijk van morgen"
    organisation: str = "Buurtplatform De Linde"
    purpose: str = "Samen kiezen waar we dit jaar mee beginnen"
    themes: tuple[tuple[str, str], ...] = THEMES
    theme: int | None = None
    tables: int = 8
    table_name: str = ""
    notes: int = 40
    texts: tuple[str, ...] = TEXTS
    rows: tuple[str, ...] = ()
    own: bool = True
    people: int = 48
    light: bool = False
    black: bool = False
    phase: Phase = Phase.LIVE
    form: Form = Form.THEMES
    wifi: str = ""
    password: str = ""
    options: int = 0  # of the texts
    dots: tuple[int, ...] = ()  # at each option, a dot of each ballot
    voting: bool = False
    grades: tuple[int, ...] = ()
    hidden: int = 0  # each so manieth note is hidden; 0: none

    def state(self) -> State:
        """The state of this meeting."""
        state = empty_state()
        state.load(self.entities(), revision=1)
        return state

    def entities(self) -> Iterator[Entity]:
        """All that is in it."""
        yield Meeting(
            id=MEETING,
            title=self.title,
            organisation=self.organisation,
            purpose=self.purpose,
            phase=self.phase,
            form=self.form,
            wifi_name=self.wifi,
            wifi_password=self.password,
            voting=self.voting,
        )
        yield from self._themes()
        yield from self._tables()
        yield from self._programme()
        chosen = ThemeId(UUID(int=100 + self.theme)) if self.theme is not None else None
        yield Projector(
            id=MEETING, scene=self.scene, theme=chosen, light=self.light, black=self.black
        )
        for number in range(self.people):
            yield Participant(id=ParticipantId(UUID(int=1000 + number)), joined_at=NOW)
        categories = list(self._categories())
        yield from categories
        yield from self._notes(categories)
        yield from self._votes()
        for number, grade in enumerate(self.grades):
            yield CheckIn(id=CheckInId(UUID(int=60_000 + number)), grade=grade, order=number)

    def _themes(self) -> Iterator[Theme]:
        colours = list(Colour)
        for number, (title, question) in enumerate(self.themes):
            yield Theme(
                id=ThemeId(UUID(int=100 + number)),
                title=title,
                question=question,
                colour=colours[number % len(colours)],
                order=number,
            )

    def _tables(self) -> Iterator[Table]:
        with_theme = bool(self.themes) and self.form is Form.THEMES
        for number in range(self.tables):
            key = UUID(int=200 + number)
            yield Table(
                id=TableId(key),
                number=number + 1,
                code=code_of(key),
                name=self.table_name,
                theme=self._theme_of(number) if with_theme else None,
                order=number,
            )

    def _theme_of(self, number: int) -> ThemeId:
        return ThemeId(UUID(int=100 + number % len(self.themes)))

    def _programme(self) -> Iterator[Entity]:
        kinds = [StepKind.WELCOME, StepKind.CHECK_IN, StepKind.ROUND, StepKind.SWITCH]
        kinds += [StepKind.ROUND, StepKind.SWITCH, StepKind.ROUND]
        kinds += [StepKind.BREAK, StepKind.HARVEST, StepKind.PLENARY, StepKind.DECISION]
        kinds += [StepKind.CLOSING]
        steps = [
            Step(
                id=StepId(UUID(int=300 + number)),
                activity=kind,
                length=180 if kind is StepKind.SWITCH else 1200,
                question=self.question if kind is StepKind.ROUND else "",
                order=number,
            )
            for number, kind in enumerate(kinds)
        ]
        yield from steps
        found = [step.id for step in steps if step.activity is self.step]
        yield Clock(
            id=MEETING,
            step=found[min(1, len(found) - 1)] if found else None,
            left=self.left,
            ends_at=NOW + timedelta(seconds=self.left) if self.running else None,
        )

    def _categories(self) -> Iterator[Category]:
        for place in range(len(self.themes) if self.own else 0):
            for number, title in enumerate(CATEGORIES[place % len(CATEGORIES)]):
                yield Category(
                    id=CategoryId(UUID(int=5000 + place * 20 + number)),
                    title=title,
                    theme=ThemeId(UUID(int=100 + place)),
                    order=number,
                )
        for number, title in enumerate(self.rows):
            yield Category(id=CategoryId(UUID(int=4000 + number)), title=title, order=number)

    def _notes(self, categories: list[Category]) -> Iterator[Note]:
        for number in range(self.notes):
            theme_id = self._theme_of(number) if self.themes else None
            mine = [each.id for each in categories if each.theme in {theme_id, None}]
            yield Note(
                id=NoteId(UUID(int=9000 + number)),
                text=self.texts[number % len(self.texts)],
                theme=theme_id,
                table=TableId(UUID(int=200 + number % self.tables)) if self.tables else None,
                category=[*mine, None][number % (len(mine) + 1)],
                conclusion=number % 11 == 3,
                hidden=bool(self.hidden) and number % self.hidden == 0,
                written_at=NOW,
                order=number,
            )

    def _votes(self) -> Iterator[Entity]:
        for number in range(self.options):
            of_theme = bool(self.themes) and number % 4 > 0
            yield Option(
                id=OptionId(UUID(int=70_000 + number)),
                text=self.texts[number % len(self.texts)],
                theme=self._theme_of(number) if of_theme else None,
                order=number,
            )
        for number, dots in enumerate(self.dots[: self.options]):
            for ballot in range(dots):
                yield Vote(
                    id=VoteId(UUID(int=80_000 + number * 1000 + ballot)),
                    option=OptionId(UUID(int=70_000 + number)),
                    ballot=f"ballot {ballot}",
                    dots=1,
                )


def drawn(state: State, size: QSize = SMALL, now: datetime = NOW, address: str = ADDRESS) -> QImage:
    """The picture of a scene. It raises what the scene raises: nothing is caught."""
    theme.load_fonts()
    image = QImage(size, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    image.fill(scenes.ground_of(state))
    if scenes.ready(state) and not the_projector(state).black:
        scenes._paint_scene(painter, state, now, size.toSizeF(), address)
    painter.end()
    return image
