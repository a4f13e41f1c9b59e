"""Stemmen: what can be voted for, and opening and closing the vote; in the place of all tables."""

from __future__ import annotations

from typing import ClassVar, Final
from uuid import uuid4

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from facilitator.i18n import N_, _, ngettext
from facilitator.kernel.entity import Entity
from facilitator.kernel.state import State
from facilitator.meeting.ids import OptionId
from facilitator.meeting.meeting import EditMeeting, Meeting, Phase, the_meeting
from facilitator.meeting.people import Participant
from facilitator.meeting.projector import SceneName, ShowScene
from facilitator.meeting.themes import Theme
from facilitator.meeting.votes import (
    AddOption,
    EditOption,
    MoveOption,
    OpenVoting,
    Option,
    RemoveOption,
    Vote,
    dots_of,
    options,
    voters,
)
from ui import theme
from ui.console.editing import Commands, Editing, ListBinding, Section, commands_of, typed_changes
from ui.console.prepare_words import theme_choices
from ui.projector.told import have_voted, may_vote, voted
from ui.widgets.buttons import button, give_icon
from ui.widgets.choices import ChoiceField, Options, TellField
from ui.widgets.draft import Edit
from ui.widgets.fields import TextField
from ui.widgets.frames import Card
from ui.widgets.labels import ElidedLabel, label
from ui.widgets.ordered_list import Column, OrderedList, Row

MOST_DOTS: Final = 10
THEME: Final = 184  # pixels
ARROW: Final = 56  # of them beside the words of the list of themes
DOTS: Final = 64
COUNT: Final = 200
ONCE: Final = 700  # milliseconds in which a second press is a slip of the finger


class VotingPanel(Section):
    """The choices in a list, with their dots as they come in; and one large button."""

    title: ClassVar[str] = N_("Stemmen")
    kinds: ClassVar[tuple[type[Entity], ...]] = (Option, Vote, Meeting, Participant, Theme)
    left = Signal()  # back to all tables

    def __init__(self, editing: Editing, parent: QWidget | None = None) -> None:
        super().__init__(editing, parent)
        self._open = False  # as the button says it
        self._pressed = QTimer(self)
        self._pressed.setSingleShot(True)
        self._pressed.setInterval(ONCE)
        self.themes = Options(self)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        card = Card()
        page.addWidget(card)
        card.body.addLayout(self._head())
        card.body.addLayout(self._opening())
        self.list = OrderedList(
            self._columns(),
            thing=_("keuze"),
            adds=_("Nog een keuze: typ haar en druk op Enter"),
            marked=True,
            scrolls=True,
        )
        self.binding = ListBinding(self.list, editing, _commands(), _rows, self._tell_removed)
        empty = _(
            "Waarover wordt gestemd? Typ de keuzes hieronder. Of kies bij Ordenen notities, en dan "
            "met de rechtermuisknop “In stemming brengen”."
        )
        self.nothing = label(empty, wraps=True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        card.body.addWidget(self.nothing, 1000)
        card.body.addWidget(self.list, 1)

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.space("s"))
        self.back = button(_("Alle tafels"), "arrow-left", self.left.emit)
        row.addWidget(self.back)
        row.addSpacing(theme.space("s"))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(_(self.title), "title"))
        self.told = ElidedLabel(name="muted")
        words.addWidget(self.told)
        row.addLayout(words, 1)
        self.show_button = button(_("Uitslag tonen"), "presentation", self._show)
        wide = self.show_button.sizeHint().width()
        self.show_button.setText(_("Stemming op beamer"))
        self.show_button.setMinimumWidth(max(wide, self.show_button.sizeHint().width()))
        row.addWidget(self.show_button)
        return row

    def _opening(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.space("l"))
        self.open_button = button(_("Stemming sluiten"), "vote", self._open_or_close)
        self.open_button.setProperty("big", True)
        wide = self.open_button.sizeHint().width()
        self.open_button.setText(_("Stemming openen"))
        self.open_button.setMinimumWidth(max(wide, self.open_button.sizeHint().width()) + 24)
        row.addWidget(self.open_button)
        counted = QVBoxLayout()
        counted.setSpacing(theme.space("xs"))
        self.count = label(name="strong")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setMinimumWidth(COUNT)
        counted.addStretch(1)
        counted.addWidget(self.count)
        counted.addWidget(self.bar)
        counted.addStretch(1)
        row.addLayout(counted, 1)
        each = Options(self)
        each.offer([(number, str(number)) for number in range(1, MOST_DOTS + 1)])
        self.dots = ChoiceField(_("Stippen per persoon"), each)
        self.dots.setFixedWidth(DOTS + 16)
        self.dots.edited.connect(self._give)
        row.addWidget(label(_("Stippen per persoon"), "muted"))
        row.addWidget(self.dots)
        return row

    def _columns(self) -> list[Column]:
        words, of = _("Keuze"), _("Thema")
        return [
            Column(
                name="text",
                title=words,
                make=lambda: TextField(words, enter="leave", merges="engine"),
            ),
            Column(name="theme", title=of, make=lambda: ChoiceField(of, self.themes), width=THEME),
            Column(
                name="dots",
                title=_("Stippen"),
                make=lambda: TellField(_("Stippen"), "strong"),
                width=DOTS,
            ),
        ]

    # Showing

    def refresh(self) -> None:
        """Show the list, and how the vote stands."""
        state = self.state
        meeting, number = the_meeting(state), voters(state)
        self.themes.offer([(key, _short(words)) for key, words in theme_choices(state)])
        self.binding.refresh()
        self.nothing.setVisible(not self.list.rows)
        self.told.say(how_it_stands(state))
        self.dots.show_value(meeting.dots)
        live = meeting.phase is Phase.LIVE
        self.open_button.setEnabled(meeting.voting or (live and bool(self.list.rows)))
        if meeting.voting is not self._open:
            self._open = meeting.voting
            text = _("Stemming sluiten") if meeting.voting else _("Stemming openen")
            self.open_button.setText(text)
            give_icon(self.open_button, "lock" if meeting.voting else "vote")
        counted = meeting.voting or bool(number)
        self.count.setVisible(counted)
        self.bar.setVisible(counted)
        self.count.setText(have_voted(state))
        self.bar.setMaximum(max(1, may_vote(state)))
        self.bar.setValue(number)
        known = voted(state) and not meeting.voting
        self.show_button.setText(_("Uitslag tonen") if known else _("Stemming op beamer"))

    @property
    def unsent(self) -> bool:
        """Whether something stands here that the meeting may not hold yet."""
        return self.list.dirty

    def commit(self) -> None:
        """Send what was typed and not sent yet."""
        self.list.commit()

    # Doing

    def _open_or_close(self) -> None:
        if self._pressed.isActive():
            return
        self._pressed.start()
        self.commit()
        wanted = not self._open  # what the button says, whatever another console just did
        told = _("De telefoons kunnen nu stemmen. Met “Stemming op beamer” roept u de zaal op.")
        if not wanted:
            told = _("De stemming is gesloten. De stemmen blijven; opnieuw openen kan.")
        command = OpenVoting(id=uuid4(), open=wanted)
        self.editing.send(command, done=lambda: self.said.emit(told))

    def _give(self, edit: Edit) -> None:
        self.editing.send(EditMeeting(id=uuid4(), dots=edit.value), self.dots)

    def _show(self) -> None:
        command = ShowScene(id=uuid4(), scene=SceneName.RESULT)
        self.editing.send(command, done=lambda: self.said.emit(_("De zaal ziet dit nu.")))

    def _tell_removed(self) -> None:
        self.said.emit(_("Keuze weggehaald, met haar stippen. Ctrl+Z zet alles terug."))


def how_it_stands(state: State) -> str:
    """How far the vote has come, and what is needed before it can be opened."""
    meeting = the_meeting(state)
    listed = ngettext("{number} keuze", "{number} keuzes", len(options(state)))
    if meeting.voting:
        told = _("de stemming is open")
    elif meeting.phase is Phase.PREPARING:
        told = _("openen kan zodra de deuren open zijn")
    else:
        told = _("de stemming is gesloten") if voted(state) else _("de stemming is nog niet open")
    return f"{listed} · {told}"


def _short(words: str) -> str:
    """The words of a theme as far as there is room: the choice itself has most of it."""
    measure = QFontMetrics(theme.font(theme.size("body")))
    return measure.elidedText(words, Qt.TextElideMode.ElideRight, THEME - ARROW)


def _commands() -> Commands:
    return commands_of(
        "option",
        add=lambda key, text: AddOption(id=uuid4(), option=OptionId(key), text=text),
        edit=EditOption,
        move=MoveOption,
        remove=RemoveOption,
        changes=typed_changes,
    )


def _rows(state: State) -> list[Row]:
    counted = voted(state)
    return [
        Row(
            id=option.id,
            mark=str(number),
            values={
                "text": option.text,
                "theme": option.theme,
                "dots": str(dots_of(state, option.id)) if counted else "",
            },
        )
        for number, option in enumerate(options(state), start=1)
    ]
