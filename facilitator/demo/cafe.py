"""One café as it is played: the console does its part, the phones theirs, all over HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import cycle
from pathlib import Path
from random import Random
from typing import Final
from uuid import UUID, uuid4

from facilitator.client.console import Console
from facilitator.client.phone import Phone
from facilitator.demo import voting
from facilitator.demo.hosts import Hosts
from facilitator.demo.pictures import Shot
from facilitator.engine import Card
from facilitator.file import to_json
from facilitator.i18n import _, ngettext, words
from facilitator.kernel.command import Command
from facilitator.kernel.state import State
from facilitator.meeting.arranging import MarkConclusion, PlaceNotes
from facilitator.meeting.categories import AddCategory
from facilitator.meeting.checkin import CheckIn, SendCheckIn, average
from facilitator.meeting.explanations import EditExplanation
from facilitator.meeting.fields import Typed
from facilitator.meeting.ids import (
    AgreementId,
    CategoryId,
    CheckInId,
    DecisionId,
    MeetingId,
    NoteId,
    OpenTaskId,
    StepId,
)
from facilitator.meeting.meeting import CloseMeeting, EditMeeting, OpenDoors
from facilitator.meeting.notes import ApproveNotes, HideNotes, Note, WriteNote
from facilitator.meeting.outcomes import AddAgreement, AddDecision, AddOpenTask
from facilitator.meeting.people import SitDown
from facilitator.meeting.programme import NextStep, Step, StepKind, rounds, steps, the_clock
from facilitator.meeting.projector import Blacken, SceneName, ShowScene
from facilitator.meeting.tables import Table, tables
from facilitator.meeting.themes import Theme, themes
from facilitator.meeting.votes import OpenVoting, voters
from facilitator.sample import Sample, SampleNote, SampleTheme, sample_setup

HOST: Final = "127.0.0.1"
MOST_COMMANDS: Final = 50  # in one request
STEPS: Final = {
    StepKind.WELCOME: ("welkom", 245),
    StepKind.CHECK_IN: ("inchecken", 500),
    StepKind.ROUND: ("ronde", 872),
    StepKind.SWITCH: ("wisselen", 170),
    StepKind.BREAK: ("pauze", 400),
    StepKind.HARVEST: ("oogst", 1000),
    StepKind.CLOSING: ("afsluiting", 250),
}
"""Pictures of the steps: what they are called, and the seconds that their clock shows."""


class Cafe:
    """One café: the console, and the phones in the room."""

    def __init__(
        self, card: Card, scratch: Path, chance: Random, said: Sample, say: Callable[[str], None]
    ) -> None:
        self.say = say
        self.card = card
        self.scratch = scratch
        self.chance = chance
        self.said = said
        self.console = Console(HOST, card.port, card.console_token)
        self.phones: list[Phone] = []
        self.at: dict[UUID, list[Phone]] = {}  # table → who sits there
        self.hosts = Hosts(self.do)
        self.meeting = MeetingId(UUID(int=0))
        self.state: State
        self.shots: list[Shot] = []
        self.taken: set[UUID] = set()  # phones that wrote in this round
        self.written: set[StepId] = set()  # rounds that were
        self.late: list[tuple[Phone, Theme, StepId, str]] = []
        self.crude: NoteId | None = None

    async def do(self, *wishes: Command) -> None:
        """Something that the facilitator or the secretary does; then see what came of it."""
        for first in range(0, len(wishes), MOST_COMMANDS):
            await self.console.do(self.meeting, *wishes[first : first + MOST_COMMANDS])
        self.state = await self.console.state(self.meeting)

    async def prepare(self, language: str) -> None:
        """The meeting, as a file that somebody hands in. The hall sees what was approved."""
        whole = to_json(sample_setup(MeetingId(uuid4()), language))
        self.meeting = await self.console.bring(whole)
        await self.do(EditMeeting(id=uuid4(), approval=True, writer=self.said.writer))
        self.say(_("Klaargezet: {title}.").format(title=self.said.title))

    async def come_in(self, number: int) -> None:
        """The doors open; each phone scans the code of a table."""
        await self.do(OpenDoors(id=uuid4()), ShowScene(id=uuid4(), scene=SceneName.DOORS))
        row = tables(self.state)
        self.at = {table.id: [] for table in row}
        self.phones = [Phone(HOST, self.card.port) for _number in range(number)]
        await asyncio.gather(*(self._join(*pair) for pair in self._seats(row)))
        await self.hosts.invite(row, self.at)
        await self.shoot("inloop")
        came = ngettext("{number} telefoon kwam", "{number} telefoons kwamen", number)
        at = ngettext("{number} tafel", "{number} tafels", len(row))
        self.say(_("{phones} binnen aan {tables}.").format(phones=came, tables=at))

    def _seats(self, row: Sequence[Table]) -> Iterator[tuple[Phone, Table]]:
        for number, phone in enumerate(self.phones):
            table = row[number % len(row)]
            self.at[table.id].append(phone)
            yield phone, table

    async def _join(self, phone: Phone, table: Table) -> None:
        await phone.join(table.code)
        await phone.load()

    async def run(self) -> None:
        """The day, step by step. Nobody waits for the clock."""
        number = 0
        for step in steps(self.state):
            await self.do(NextStep(id=uuid4(), leaving=the_clock(self.state).step))
            await asyncio.gather(*(phone.load() for phone in self.phones))
            number += step.activity is StepKind.ROUND
            name, left = STEPS.get(step.activity, (step.activity.value, 300))
            if name not in {shot.name for shot in self.shots}:
                await self.shoot(name, left)
            await self._during(step, number)

    async def _during(self, step: Step, number: int) -> None:
        match step.activity:
            case StepKind.CHECK_IN:
                await self.check_in()
            case StepKind.ROUND:
                await self.write(step, number)
            case StepKind.SWITCH:
                await self.switch()
            case StepKind.BREAK:
                await self.arrange()
            case StepKind.HARVEST:
                await self.harvest()
                await self.vote()
            case _:
                pass

    async def check_in(self) -> None:
        """Each phone sends a word and a grade; one after the other, so that the order is known."""
        for phone, (word, grade) in zip(self.phones, cycle(self.said.check_ins), strict=False):
            wish = SendCheckIn(id=uuid4(), check_in=CheckInId(uuid4()), word=word, grade=grade)
            (result,) = await phone.send(wish)
            result.check()
        self.state = await self.console.state(self.meeting)
        mean = average(self.state.all(CheckIn))
        told = words().number(mean) if mean is not None else "–"
        self.say(_("Ingecheckt; gemiddeld cijfer {mean}.").format(mean=told))

    async def write(self, step: Step, number: int) -> None:
        """Everybody writes at the own table; in the first round something goes wrong, too."""
        mine = [
            (theme, note)
            for theme, said in zip(themes(self.state), self.said.themes, strict=True)
            for note in said.notes
            if note.round == number
        ]
        self.taken = set()
        self.written.add(step.id)
        if number == len(self.said.rounds):
            self._keep_for_later(*mine.pop(), step)
        by_hand = [pair for pair in mine if not self._near(*pair)]
        by_phone = [pair for pair in mine if self._near(*pair)]
        await asyncio.gather(*(self._write(step, *pair) for pair in by_phone))
        await self.do(*(self._typed_over(step, *pair) for pair in by_hand))
        if number == 1:
            await self._mishaps(step)
        await self._approve()
        if number == 1:
            await self.shoot("laatste-minuut", 48)
        count = ngettext("{number} notitie", "{number} notities", len(mine))
        self.say(_("Ronde {number}: {notes}.").format(number=number, notes=count))

    def _keep_for_later(self, theme: Theme, note: SampleNote, step: Step) -> None:
        """A phone without a network keeps this note until the meeting is over."""
        phone = self.chance.choice(self._near(theme, note) or self.phones)
        self.late.append((phone, theme, step.id, note.text))

    def _near(self, theme: Theme, note: SampleNote) -> list[Phone]:
        """Who sits where this note was written."""
        return self.at[self._table(theme, note).id]

    def _table(self, theme: Theme, note: SampleNote) -> Table:
        row = tables(self.state)
        own = [table for table in row if table.theme == theme.id]
        return own[0] if own else row[(note.group - 1) % len(row)]

    async def _write(self, step: Step, theme: Theme, note: SampleNote) -> None:
        near = self._near(theme, note)
        phone = self.chance.choice([one for one in near if one.id not in self.taken] or near)
        self.taken.add(phone.id)
        await phone.write(note.text, theme=theme.id, step=step.id)

    def _typed_over(self, step: Step, theme: Theme, note: SampleNote) -> Command:
        """The secretary types what was on paper at a table without a phone."""
        return WriteNote(
            id=uuid4(),
            note=NoteId(uuid4()),
            text=note.text,
            table=self._table(theme, note).id,
            step=step.id,
            theme=theme.id,
        )

    async def _mishaps(self, step: Step) -> None:
        """A note sent twice, one with a mistake that is mended, and one that the hall never sees."""
        phone = self.chance.choice(self.phones)
        first = WriteNote(
            id=uuid4(),
            note=NoteId(uuid4()),
            text=_("Mogen de ramen open?"),
            table=phone.table,
            step=step.id,
        )
        for _time in range(2):
            (result,) = await phone.send(first)
            result.check()
        self.say(_("Eén notitie werd twee keer verstuurd en telt één keer."))
        wrong = await phone.write(_("Iets vaker samne eten"), step=step.id)
        await phone.change(wrong, _("Iets vaker samen eten"))
        self.crude = await phone.write(_("Dit hoort hier niet te staan"), step=step.id)

    async def _approve(self) -> None:
        """The facilitator lets the hall see what came in, and hides what is crude."""
        self.state = await self.console.state(self.meeting)
        waiting = tuple(
            note.id
            for note in self.state.all(Note)
            if not note.approved and note.id != self.crude and not note.hidden
        )
        wishes: list[Command] = []
        if waiting:
            wishes.append(ApproveNotes(id=uuid4(), notes=waiting))
        if self.crude is not None:
            wishes.append(HideNotes(id=uuid4(), notes=(self.crude,)))
            self.crude = None
        await self.do(*wishes)

    async def switch(self) -> None:
        """Every group moves on to the next table; the host stays, and has handed over."""
        row = tables(self.state)
        last = [step.id for step in rounds(self.state) if step.id in self.written][-1]
        number = await self.hosts.hand_over(self.state, row, last)
        told = ngettext("{number} tafel", "{number} tafels", number)
        self.say(_("Overgedragen aan {tables}.").format(tables=told))
        groups = [
            [phone for phone in self.at[table.id] if phone not in self.hosts.at(table)]
            for table in row
        ]
        moves = (
            phone.send(SitDown(id=uuid4(), table=table.id))
            for place, table in enumerate(row)
            for phone in groups[place - 1]
        )
        for (result,) in await asyncio.gather(*moves):
            result.check()
        self.at = {
            table.id: self.hosts.at(table) + groups[place - 1] for place, table in enumerate(row)
        }

    async def arrange(self) -> None:
        """The secretary puts the notes in the matrix."""
        await self.do(ShowScene(id=uuid4(), scene=SceneName.WALL))
        await self.shoot("notitiewand")
        for theme, said in zip(themes(self.state), self.said.themes, strict=True):
            known = {note.text: note.id for note in self.state.all(Note) if note.theme == theme.id}
            await self.do(*_arranging(theme, said, known))
        await self.do(ShowScene(id=uuid4(), scene=SceneName.MATRIX))
        await self.shoot("matrix")
        self.say(_("De notities zijn geordend."))

    async def harvest(self) -> None:
        """A theme at a time: its matrix on the wall, and the explanation is typed along."""
        row = themes(self.state)
        for place, (theme, said) in enumerate(zip(row, self.said.themes, strict=True)):
            await self.do(ShowScene(id=uuid4(), scene=SceneName.MATRIX, theme=theme.id))
            if place == 0:
                await self.shoot("matrix-thema")
            typed = ""
            for sentence in said.explanation.split("\n"):
                more = f"{typed}\n{sentence}".strip()
                edit = EditExplanation(
                    id=uuid4(), theme=theme.id, edit=Typed(base=typed, text=more)
                )
                await self.do(edit)
                typed = more
        await self.do(*self._outcomes(row))
        self.say(_("Toegelicht, besloten en afgesproken."))

    async def vote(self) -> None:
        """Some notes are put to the vote; the hall sees the call, and then the result."""
        await self.do(*voting.chosen(self.state), OpenVoting(id=uuid4(), open=True))
        await self.do(ShowScene(id=uuid4(), scene=SceneName.RESULT))
        await self.shoot("stemmen")
        await voting.cast(self.phones, self.state, self.chance)
        await self.do(OpenVoting(id=uuid4(), open=False))
        await self.shoot("uitslag")
        number = voters(self.state)
        self.say(ngettext("{number} telefoon stemde.", "{number} telefoons stemden.", number))

    def _outcomes(self, row: Sequence[Theme]) -> Iterator[Command]:
        for number, text in self.said.decisions:
            theme = row[number - 1].id
            yield AddDecision(id=uuid4(), decision=DecisionId(uuid4()), text=text, theme=theme)
        for number, text in self.said.open_tasks:
            theme = row[number - 1].id
            yield AddOpenTask(id=uuid4(), open_task=OpenTaskId(uuid4()), text=text, theme=theme)
        for what, who, when in self.said.agreements:
            agreement = AgreementId(uuid4())
            yield AddAgreement(id=uuid4(), agreement=agreement, what=what, who=who, when=when)

    async def close(self) -> None:
        """The end. What a phone still had to send is taken after it, as late."""
        said = self.said
        await self.do(
            EditMeeting(
                id=uuid4(),
                method=said.method,
                what_next=said.what_next,
                next_meeting=said.next_meeting,
                check_out=said.check_out,
            ),
            Blacken(id=uuid4(), black=True),
        )
        await self.shoot("zwart")
        await self.do(CloseMeeting(id=uuid4()))
        for phone, theme, step, text in self.late:
            await phone.write(text, theme=theme.id, step=step)
        await self._approve()
        count = sum(note.late for note in self.state.all(Note))
        self.say(
            ngettext(
                "Gesloten; {number} notitie kwam daarna nog binnen, als nagekomen.",
                "Gesloten; {number} notities kwamen daarna nog binnen, als nagekomen.",
                count,
            )
        )

    async def export(self, out: Path) -> None:
        """The verslag and the meeting file, as the console saves them."""
        (out / "verslag.docx").write_bytes(await self.console.file(self.meeting, "docx"))
        (out / "bijeenkomst.cafe").write_bytes(await self.console.file(self.meeting, "cafe"))
        total = len(self.state.all(Note))
        count = ngettext("{number} notitie", "{number} notities", total)
        self.say(_("Verslag en bestand gemaakt, met {notes}.").format(notes=count))

    async def shoot(self, name: str, left: int | None = None) -> None:
        """Keep this moment, to paint it later what the hall saw."""
        path = self.scratch / f"{len(self.shots) + 1:02}-{name}.json"
        path.write_bytes((await self.console.http.ask("GET", self._told())).body)
        self.shots.append(Shot(name=name, state=path, left=left))

    def _told(self) -> str:
        return f"/api/state?meeting={self.meeting}"

    async def hang_up(self) -> None:
        """Put all phones away."""
        await asyncio.gather(*(phone.close() for phone in self.phones))
        await self.console.close()


def _arranging(theme: Theme, said: SampleTheme, known: Mapping[str, NoteId]) -> Iterator[Command]:
    """The commands that make the cells of a theme, and put what was written into them."""
    loose = _row(said, None, known)
    if loose:
        yield PlaceNotes(id=uuid4(), notes=loose, theme=theme.id, category=None)
    for title in said.categories:
        category = CategoryId(uuid4())
        yield AddCategory(id=uuid4(), category=category, title=title, theme=theme.id)
        row = _row(said, title, known)
        if row:
            yield PlaceNotes(id=uuid4(), notes=row, theme=theme.id, category=category)
    for note in said.notes:
        if note.conclusion and note.text in known:
            yield MarkConclusion(id=uuid4(), note=known[note.text], conclusion=True)


def _row(said: SampleTheme, title: str | None, known: Mapping[str, NoteId]) -> tuple[NoteId, ...]:
    """What was written of a category so far, as it is to stand."""
    return tuple(
        known[note.text] for note in said.notes if note.category == title and note.text in known
    )
