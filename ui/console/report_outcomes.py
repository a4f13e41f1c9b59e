"""Verslag: decisions, open tasks, agreements and check-ins, each as a list that is typed into."""

from __future__ import annotations

import re
from typing import ClassVar, Final, cast
from uuid import UUID, uuid4

from PySide6.QtWidgets import QVBoxLayout, QWidget

from facilitator.i18n import N_, _, ngettext, words
from facilitator.kernel.command import Command
from facilitator.kernel.entity import Entity, in_order
from facilitator.kernel.state import State
from facilitator.meeting.checkin import (
    AddCheckIn,
    CheckIn,
    EditCheckIn,
    MoveCheckIn,
    RemoveCheckIn,
    average,
)
from facilitator.meeting.ids import AgreementId, CheckInId, DecisionId, OpenTaskId
from facilitator.meeting.meeting import Meeting
from facilitator.meeting.outcomes import (
    AddAgreement,
    AddDecision,
    AddOpenTask,
    Agreement,
    Decision,
    EditAgreement,
    EditDecision,
    EditOpenTask,
    MoveAgreement,
    MoveDecision,
    MoveOpenTask,
    OpenTask,
    RemoveAgreement,
    RemoveDecision,
    RemoveOpenTask,
    agreements,
    decisions,
    open_tasks,
)
from facilitator.meeting.spoken import Heard
from facilitator.meeting.themes import Theme
from ui.console.agreement_line import AgreementLine, DayField, Ear, ear_of
from ui.console.editing import Commands, Editing, ListBinding, Section, commands_of, typed_changes
from ui.console.prepare_words import theme_choices
from ui.widgets.choices import ChoiceField, Options
from ui.widgets.fields import Field, LineField, TextField
from ui.widgets.frames import Card
from ui.widgets.labels import label
from ui.widgets.ordered_list import Column, OrderedList, Row
from ui.widgets.reading import grade

THEME: Final = 260  # pixels; the title of most themes
_WORD_AND_GRADE: Final = re.compile(r"(.*?)[\s,;:]*\b(\d{1,2})$")


class OutcomeSection(Section):
    """A card with one list."""

    removed: ClassVar[str] = ""  # marked with N_
    adds: ClassVar[str] = ""  # marked with N_
    marked: ClassVar[bool] = True

    def __init__(self, editing: Editing, parent: QWidget | None = None) -> None:
        super().__init__(editing, parent)
        self.options = Options(self)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        card = Card(_(self.title))
        page.addWidget(card)
        self.about = label(name="muted", wraps=True)
        self.about.hide()
        card.body.addWidget(self.about)
        self.above(card)
        self.list = OrderedList(
            self.columns(), thing=_(self.title), adds=_(self.adds), marked=self.marked
        )
        self.binding = ListBinding(
            self.list, editing, self.commands(), self.rows, lambda: self.said.emit(_(self.removed))
        )
        card.body.addWidget(self.list)

    def above(self, card: Card) -> None:
        """What stands over the list."""

    def columns(self) -> list[Column]:
        """The fields of a row."""
        raise NotImplementedError

    def commands(self) -> Commands:
        """The commands behind the list."""
        raise NotImplementedError

    def rows(self, state: State) -> list[Row]:
        """The rows as they are now."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Show the list as it is now."""
        self.options.offer(theme_choices(self.state))
        self.binding.refresh()

    @property
    def unsent(self) -> bool:
        """Whether something stands here that the meeting may not hold yet."""
        return self.list.dirty

    def commit(self) -> None:
        """Send what was typed and not sent yet."""
        self.list.commit()

    def _text_and_theme(self, text: str) -> list[Column]:
        return [
            Column(
                name="text",
                title=text,
                make=lambda: TextField(text, enter="leave", merges="engine"),
                share=7,
            ),
            Column(
                name="theme",
                title=_("Thema"),
                make=lambda: ChoiceField(_("Thema"), self.options),
                width=THEME,
            ),
        ]


class DecisionsSection(OutcomeSection):
    """What was decided, each with the theme that it is about."""

    title: ClassVar[str] = N_("Besluiten")
    removed: ClassVar[str] = N_("Besluit weggehaald. Ctrl+Z zet het terug.")
    adds: ClassVar[str] = N_("Nog een besluit")
    kinds: ClassVar[tuple[type[Entity], ...]] = (Decision, Theme)

    def columns(self) -> list[Column]:
        """Text and theme."""
        return self._text_and_theme(_("Besluit"))

    def commands(self) -> Commands:
        """Of decisions."""
        return commands_of(
            "decision",
            add=lambda key, text: AddDecision(id=uuid4(), decision=DecisionId(key), text=text),
            edit=EditDecision,
            move=MoveDecision,
            remove=RemoveDecision,
            changes=typed_changes,
        )

    def rows(self, state: State) -> list[Row]:
        """The decisions, first one first."""
        return [_numbered(n, thing) for n, thing in enumerate(decisions(state), start=1)]


class OpenTasksSection(OutcomeSection):
    """What was named and has no owner yet."""

    title: ClassVar[str] = N_("Opgaven")
    removed: ClassVar[str] = N_("Opgave weggehaald. Ctrl+Z zet haar terug.")
    adds: ClassVar[str] = N_("Nog een opgave: iets dat genoemd is en nog niemand heeft opgepakt")
    kinds: ClassVar[tuple[type[Entity], ...]] = (OpenTask, Theme)

    def columns(self) -> list[Column]:
        """Text and theme."""
        return self._text_and_theme(_("Opgave"))

    def commands(self) -> Commands:
        """Of open tasks."""
        return commands_of(
            "open_task",
            add=lambda key, text: AddOpenTask(id=uuid4(), open_task=OpenTaskId(key), text=text),
            edit=EditOpenTask,
            move=MoveOpenTask,
            remove=RemoveOpenTask,
            changes=typed_changes,
        )

    def rows(self, state: State) -> list[Row]:
        """The open tasks, first one first."""
        return [_numbered(n, thing) for n, thing in enumerate(open_tasks(state), start=1)]


class AgreementsSection(OutcomeSection):
    """Who does what, before when."""

    title: ClassVar[str] = N_("Afspraken")
    removed: ClassVar[str] = N_("Afspraak weggehaald. Ctrl+Z zet haar terug.")
    adds: ClassVar[str] = N_("Nog een afspraak: typ wat, en dan Tab voor wie en wanneer")
    kinds: ClassVar[tuple[type[Entity], ...]] = (Agreement, Meeting)

    def above(self, card: Card) -> None:
        """A line for an agreement as it is said."""
        self.spoken = AgreementLine(self._ear, self)
        self.spoken.agreed.connect(self._agree)
        card.body.addWidget(self.spoken)

    @property
    def unsent(self) -> bool:
        """Whether something stands here that the meeting may not hold yet."""
        return super().unsent or self.spoken.unsent

    def commit(self) -> None:
        """Send what was typed and not sent yet."""
        super().commit()
        self.spoken.take()

    def refresh(self) -> None:
        """Show the list, and the day of each: it is seen from the date of the meeting."""
        super().refresh()
        for line in self.list.lines.values():
            cast("DayField", line.fields["when"]).tell_day()

    def _ear(self) -> Ear:
        return ear_of(self.state, self.editing.replica.now().date())

    def _agree(self, sentence: str, told: Heard) -> None:
        command = AddAgreement(
            id=uuid4(),
            agreement=AgreementId(uuid4()),
            what=told.what,
            who=told.who,
            when=told.when,
        )
        self.editing.send(command, refused=lambda reason: self.spoken.refuse(sentence, reason))

    def columns(self) -> list[Column]:
        """What, who, when."""
        return [
            Column(
                name="what",
                title=_("Wat"),
                make=_words,
                share=9,
            ),
            Column(name="who", title=_("Wie"), make=_words, share=4),
            Column(
                name="when",
                title=_("Wanneer"),
                make=lambda: DayField(self._ear),
                share=5,
            ),
        ]

    def commands(self) -> Commands:
        """Of agreements."""
        return commands_of(
            "agreement",
            add=lambda key, text: AddAgreement(id=uuid4(), agreement=AgreementId(key), what=text),
            edit=EditAgreement,
            move=MoveAgreement,
            remove=RemoveAgreement,
            changes=typed_changes,
        )

    def rows(self, state: State) -> list[Row]:
        """The agreements, first one first."""
        return [
            Row(
                id=thing.id,
                mark=str(number),
                values={"what": thing.what, "who": thing.who, "when": thing.when},
            )
            for number, thing in enumerate(agreements(state), start=1)
        ]


class CheckInsSection(OutcomeSection):
    """With what word and grade each came in, and the average."""

    title: ClassVar[str] = N_("Inchecken")
    removed: ClassVar[str] = N_("Antwoord weggehaald. Ctrl+Z zet het terug.")
    adds: ClassVar[str] = N_("Nog een: typ een trefwoord en een cijfer, bijvoorbeeld: benieuwd 8")
    kinds: ClassVar[tuple[type[Entity], ...]] = (CheckIn,)

    def columns(self) -> list[Column]:
        """Word and grade."""
        return [
            Column(name="word", title=_("Trefwoord"), make=LineField, share=1),
            Column(
                name="grade",
                title=_("Cijfer"),
                make=lambda: LineField(numeric=True, reads=grade),
                width=84,
            ),
        ]

    def commands(self) -> Commands:
        """Of check-ins."""
        return commands_of(
            "check_in", add=_check_in, edit=EditCheckIn, move=MoveCheckIn, remove=RemoveCheckIn
        )

    def rows(self, state: State) -> list[Row]:
        """The check-ins, first one first."""
        return [
            Row(id=thing.id, mark=str(n), values={"word": thing.word, "grade": thing.grade})
            for n, thing in enumerate(in_order(state.all(CheckIn)), start=1)
        ]

    def refresh(self) -> None:
        """Show the list, and the average of the grades."""
        super().refresh()
        check_ins = self.state.all(CheckIn)
        mean = average(check_ins)
        self.about.setVisible(mean is not None)
        if mean is not None:
            number = sum(thing.grade is not None for thing in check_ins)
            count = ngettext("{number} cijfer", "{number} cijfers", number)
            told = _("Gemiddeld {average} van {count}")
            self.about.setText(told.format(average=words().number(mean), count=count))


def _words() -> Field:
    return TextField(enter="leave", merges="engine")


def _numbered(number: int, thing: Decision | OpenTask) -> Row:
    values = {"text": thing.text, "theme": thing.theme}
    return Row(id=thing.id, mark=str(number), values=values)


def _check_in(key: UUID, text: str) -> Command:
    """A number at the end of what was typed is the grade."""
    found = _WORD_AND_GRADE.fullmatch(text.strip())
    word, number = (found[1], int(found[2])) if found else (text, None)
    return AddCheckIn(id=uuid4(), check_in=CheckInId(key), word=word, grade=number)
