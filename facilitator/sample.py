"""The sample meeting: an invented learning session, whole or only prepared.

What is said in it stands in ``resources/sample/<language>.json``.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from typing import Final
from uuid import uuid5

import msgspec

from facilitator.kernel.entity import Entity
from facilitator.meeting.categories import Category
from facilitator.meeting.checkin import CheckIn
from facilitator.meeting.explanations import Explanation
from facilitator.meeting.frames import Frame
from facilitator.meeting.ids import (
    AgreementId,
    CategoryId,
    CheckInId,
    DecisionId,
    FrameId,
    MeetingId,
    NoteId,
    OpenTaskId,
    OptionId,
    ParticipantId,
    ProposalId,
    ResponseId,
    StepId,
    TableId,
    ThemeId,
    VoteId,
)
from facilitator.meeting.meeting import Attendance, Form, Meeting, Phase
from facilitator.meeting.notes import Note
from facilitator.meeting.order import STEP
from facilitator.meeting.outcomes import Agreement, Decision, OpenTask
from facilitator.meeting.people import Participant
from facilitator.meeting.programme import Clock, Step, StepKind
from facilitator.meeting.projector import Projector, SceneName
from facilitator.meeting.proposals import Proposal, Response, Stance
from facilitator.meeting.tables import Table, code_of
from facilitator.meeting.templates import MINUTE, NewThings
from facilitator.meeting.themes import Colour, Theme
from facilitator.meeting.votes import Option, Vote
from facilitator.settings import RESOURCES

LANGUAGES: Final = ("nl", "en")
ZONE: Final = dt.timezone(dt.timedelta(hours=1))  # winter time where the meeting is held
BEFORE_ROUNDS: Final = ((StepKind.WELCOME, 5), (StepKind.CHECK_IN, 10))
AFTER_ROUNDS: Final = ((StepKind.BREAK, 10), (StepKind.HARVEST, 20), (StepKind.CLOSING, 5))
ROUND, SWITCH = 20, 5  # minutes


class SampleNote(msgspec.Struct, frozen=True, array_like=True):
    """A sticky note of the sample."""

    category: str | None
    group: int
    round: int
    text: str
    conclusion: bool = False
    under: int = 0  # the number of the note of its theme with which it was merged


class SampleTheme(msgspec.Struct, frozen=True):
    """A theme of the sample with all that came out of it."""

    title: str
    question: str
    colour: Colour
    categories: tuple[str, ...]
    explanation: str
    notes: tuple[SampleNote, ...]
    open: bool = False


class SampleProposal(msgspec.Struct, frozen=True):
    """A proposal of the sample: beside the frames in their order, and the objections to it."""

    theme: int
    text: str
    asked: bool
    held: tuple[tuple[Stance, str, bool], ...]  # whether it meets it, why, and whether settled
    objections: tuple[tuple[str, bool], ...]


class Sample(msgspec.Struct, frozen=True):
    """A file of ``resources/sample``."""

    title: str
    date: dt.date
    begins: dt.time
    ends: dt.time
    place: str
    organisation: str
    writer: str
    reason: str
    purpose: str
    method: str
    what_next: str
    next_meeting: str
    check_out: str
    rounds: tuple[str, ...]
    themes: tuple[SampleTheme, ...]
    participants: tuple[tuple[str, str], ...]
    check_ins: tuple[tuple[str, int], ...]
    decisions: tuple[tuple[int, str], ...]
    open_tasks: tuple[tuple[int, str], ...]
    agreements: tuple[tuple[str, str, str], ...]
    options: tuple[tuple[int, str, int], ...]  # theme, text, dots
    frames: tuple[tuple[str, str], ...]
    proposals: tuple[SampleProposal, ...]


def sample(language: str = "nl") -> Sample:
    """What is said in the sample meeting; in Dutch where there is none in this language."""
    known = language if language in LANGUAGES else LANGUAGES[0]
    path = RESOURCES / "sample" / f"{known}.json"
    return msgspec.json.decode(path.read_bytes(), type=Sample)


def sample_entities(meeting_id: MeetingId, language: str = "nl") -> list[Entity]:
    """The whole meeting, after it was held. The same id gives the same entities."""
    return list(_Maker(meeting_id, language).whole())


def sample_setup(meeting_id: MeetingId, language: str = "nl") -> list[Entity]:
    """The same meeting before anybody came: themes, tables, programme and nothing said."""
    return list(_Maker(meeting_id, language).prepared())


def sample_proposals(meeting_id: MeetingId, language: str = "nl") -> list[Entity]:
    """Frames and proposals for the sample, which itself has none: for a meeting that decides."""
    maker = _Maker(meeting_id, language)
    maker.new = NewThings(uuid5(meeting_id, "proposals"))
    return list(maker.proposals())


class _Maker:
    """Makes the entities; the ids of what is prepared are the same in both forms."""

    def __init__(self, meeting: MeetingId, language: str) -> None:
        self.said = sample(language)
        self.new = NewThings(meeting)
        self.meeting = Meeting(
            id=meeting,
            title=self.said.title,
            language=language if language in LANGUAGES else LANGUAGES[0],
            date=self.said.date,
            begins=self.said.begins,
            ends=self.said.ends,
            place=self.said.place,
            organisation=self.said.organisation,
            writer=self.said.writer,
            reason=self.said.reason,
            purpose=self.said.purpose,
            form=Form.THEMES,
        )
        self.themes = [
            Theme(
                id=ThemeId(self.new.id()),
                title=theme.title,
                question=theme.question,
                colour=theme.colour,
                open=theme.open,
                order=place * STEP,
            )
            for place, theme in enumerate(self.said.themes, start=1)
        ]
        self.tables = list(self._tables())
        self.steps = list(self._steps())
        self.rounds = [step for step in self.steps if step.activity is StepKind.ROUND]

    def prepared(self) -> Iterator[Entity]:
        """The meeting before it begins."""
        yield self.meeting
        yield from (*self.themes, *self.tables, *self.steps)
        yield Clock(id=self.meeting.id)
        yield Projector(id=self.meeting.id)

    def whole(self) -> Iterator[Entity]:
        """The meeting after it ended."""
        yield msgspec.structs.replace(
            self.meeting,
            method=self.said.method,
            what_next=self.said.what_next,
            next_meeting=self.said.next_meeting,
            check_out=self.said.check_out,
            attendance=Attendance.NAMES,
            phase=Phase.CLOSED,
        )
        yield from (*self.themes, *self.tables, *self.steps)
        yield Clock(id=self.meeting.id)
        yield Projector(id=self.meeting.id, scene=SceneName.MATRIX)
        yield from self._participants()
        for theme, said in zip(self.themes, self.said.themes, strict=True):
            yield from self._of_theme(theme, said)
        yield from self._check_ins()
        yield from self._outcomes()
        yield from self._votes()

    def _tables(self) -> Iterator[Table]:
        for number, theme in enumerate((t for t in self.themes if not t.open), start=1):
            table = TableId(self.new.id())
            code = code_of(table)
            yield Table(id=table, number=number, code=code, theme=theme.id, order=number * STEP)

    def _steps(self) -> Iterator[Step]:
        plan = [(activity, minutes, "") for activity, minutes in BEFORE_ROUNDS]
        for number, question in enumerate(self.said.rounds):
            if number:
                plan.append((StepKind.SWITCH, SWITCH, ""))
            plan.append((StepKind.ROUND, ROUND, question))
        plan.extend((activity, minutes, "") for activity, minutes in AFTER_ROUNDS)
        for place, (activity, minutes, question) in enumerate(plan, start=1):
            yield Step(
                id=StepId(self.new.id()),
                activity=activity,
                question=question,
                length=minutes * MINUTE,
                order=place * STEP,
            )

    def _participants(self) -> Iterator[Participant]:
        for number, (name, organisation) in enumerate(self.said.participants):
            yield Participant(
                id=ParticipantId(self.new.id()),
                name=name,
                organisation=organisation,
                table=self.tables[number % len(self.tables)].id,
                order=(number + 1) * STEP,
            )

    def _of_theme(self, theme: Theme, said: SampleTheme) -> Iterator[Entity]:
        categories: dict[str | None, Category] = {}
        for place, title in enumerate(said.categories, start=1):
            categories[title] = Category(
                id=CategoryId(self.new.id()), title=title, theme=theme.id, order=place * STEP
            )
        yield from categories.values()
        notes = [
            self._note(theme, categories.get(note.category), note, place)
            for place, note in enumerate(said.notes, start=1)
        ]
        for made, note in zip(notes, said.notes, strict=True):
            head = notes[note.under - 1].id if note.under else None
            yield msgspec.structs.replace(made, merged=head)
        yield Explanation(id=theme.id, text=said.explanation)

    def _note(self, theme: Theme, category: Category | None, note: SampleNote, place: int) -> Note:
        """A note stands at the table of its theme; of the open theme at that of the group."""
        own = [table for table in self.tables if table.theme == theme.id]
        begun = dt.datetime.combine(self.said.date, self.said.begins, ZONE)
        step = self.rounds[note.round - 1]
        before = sum(other.length for other in self.steps if other.order < step.order)
        written = begun + dt.timedelta(seconds=before, minutes=place * 7 % ROUND)
        return Note(
            id=NoteId(self.new.id()),
            text=note.text,
            table=(own[0] if own else self.tables[note.group - 1]).id,
            theme=theme.id,
            round=step.id,
            category=category.id if category else None,
            written_at=written.astimezone(dt.UTC),
            conclusion=note.conclusion,
            order=place * STEP,
        )

    def _check_ins(self) -> Iterator[CheckIn]:
        for place, (word, grade) in enumerate(self.said.check_ins, start=1):
            yield CheckIn(id=CheckInId(self.new.id()), word=word, grade=grade, order=place * STEP)

    def _outcomes(self) -> Iterator[Entity]:
        for place, (number, text) in enumerate(self.said.decisions, start=1):
            yield Decision(
                id=DecisionId(self.new.id()),
                text=text,
                theme=self.themes[number - 1].id,
                order=place * STEP,
            )
        for place, (number, text) in enumerate(self.said.open_tasks, start=1):
            yield OpenTask(
                id=OpenTaskId(self.new.id()),
                text=text,
                theme=self.themes[number - 1].id,
                order=place * STEP,
            )
        for place, (what, who, when) in enumerate(self.said.agreements, start=1):
            yield Agreement(
                id=AgreementId(self.new.id()), what=what, who=who, when=when, order=place * STEP
            )

    def _votes(self) -> Iterator[Option | Vote]:
        """What was voted for. Everybody who was there put all dots."""
        put: list[OptionId] = []
        for place, (number, text, dots) in enumerate(self.said.options, start=1):
            theme = self.themes[number - 1].id
            option = Option(id=OptionId(self.new.id()), text=text, theme=theme, order=place * STEP)
            yield option
            put += [option.id] * dots
        people = len(self.said.participants)
        for ballot in range(people):
            for option_id, dots in Counter(put[ballot::people]).items():
                yield Vote(
                    id=VoteId(self.new.id()), option=option_id, ballot=f"{ballot + 1}", dots=dots
                )

    def proposals(self) -> Iterator[Entity]:
        """Frames, proposals, and what was said of them."""
        frames = [
            Frame(id=FrameId(self.new.id()), text=text, set_by=set_by, order=place * STEP)
            for place, (text, set_by) in enumerate(self.said.frames, start=1)
        ]
        yield from frames
        for place, said in enumerate(self.said.proposals, start=1):
            made = Proposal(
                id=ProposalId(self.new.id()),
                text=said.text,
                theme=self.themes[said.theme - 1].id,
                asked=said.asked,
                order=place * STEP,
            )
            yield made
            told = [
                *((frame.id, *held) for frame, held in zip(frames, said.held, strict=False)),
                *((None, Stance.OBJECTS, *objection) for objection in said.objections),
            ]
            for number, (frame, stance, reason, settled) in enumerate(told, start=1):
                yield Response(
                    id=ResponseId(self.new.id()),
                    proposal=made.id,
                    frame=frame,
                    stance=stance,
                    reason=reason,
                    settled=settled,
                    order=number * STEP,
                )
