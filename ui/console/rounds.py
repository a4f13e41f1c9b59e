"""Rondes: a huge clock, the programme, and what each table is doing."""

from __future__ import annotations

from typing import ClassVar, Final
from uuid import uuid4

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QProgressBar,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from facilitator.i18n import N_, _
from facilitator.kernel.state import State
from facilitator.meeting.ids import TableId
from facilitator.meeting.meeting import Phase, the_meeting
from facilitator.meeting.programme import (
    Step,
    StepKind,
    current_step,
    next_step_of,
    steps,
    the_clock,
)
from facilitator.meeting.projector import SceneName, ShowScene
from facilitator.meeting.tables import Table
from facilitator.meeting.themes import themes
from ui import theme
from ui.console.editing import Editing
from ui.console.page import Page
from ui.console.steering import Steering
from ui.console.table_grid import TableGrid
from ui.console.table_panel import TablePanel
from ui.console.voting import VotingPanel
from ui.console.words import how_to_reopen, stretch_words
from ui.link.replica import Replica
from ui.projector.told import digits, name_of
from ui.widgets.buttons import button, give_icon
from ui.widgets.frames import Card, Empty, TitleRow
from ui.widgets.labels import ElidedLabel, label, picture_label

TICK: Final = 200  # ms between two looks at the clock
CALM: Final = 150  # ms in which notes are gathered
AGES: Final = 20_000  # ms after which "3 min geleden" is looked at again
PROGRAMME: Final = 280  # pixels
CLOCK: Final = 112  # pixels; read while walking through the hall
ROW: Final = 30


class RoundsPage(Page):
    """Where the facilitator looks during the rounds."""

    title: ClassVar[str] = N_("Rondes")
    icon: ClassVar[str] = "timer"

    def __init__(self, replica: Replica, parent: QWidget | None = None) -> None:
        super().__init__(replica, parent)
        self._tick = _timer(self, TICK)
        self._tick.timeout.connect(self.tick)
        self._calm = _timer(self, CALM, once=True)
        self._calm.timeout.connect(self.refresh)
        self._ages = _timer(self, AGES)
        self._ages.timeout.connect(self._calm.start)
        self._programme: list[tuple[Step, bool, bool]] = []
        self.steering = Steering(replica, self)
        self.panel = TablePanel(replica, self.steering)
        self.voting = VotingPanel(Editing(replica, self))
        self._build()
        self._listen()
        replica.loaded.connect(self.refresh)
        replica.applied.connect(lambda _entry: self._calm.isActive() or self._calm.start())
        self._ages.start()
        self.refresh()

    # Building

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(
            theme.space("l"), theme.space("s"), theme.space("l"), theme.space("l")
        )
        column.setSpacing(theme.space("m"))
        show = button(_("Toon op beamer"), "presentation", lambda: self._show(SceneName.STEP))
        wall = button(_("Toon notitiewand"), "layout-grid", lambda: self._show(SceneName.WALL))
        vote = button(_("Stemmen"), "vote", self.open_voting)
        self.freeze = button(_("Zet alle telefoons stil"), "hand", self._freeze)
        column.addWidget(TitleRow(_(self.title), (show, wall, vote), (self.freeze,)))
        row = QHBoxLayout()
        row.setSpacing(theme.space("l"))
        row.addWidget(self._programme_card())
        every = QWidget()
        right = QVBoxLayout(every)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(theme.space("m"))
        right.addWidget(self._clock_card())
        right.addWidget(self._tables_card(), 1)
        self.looking = QStackedWidget()
        self.looking.addWidget(every)
        self.looking.addWidget(self.panel)
        self.looking.addWidget(self.voting)
        row.addWidget(self.looking, 1)
        column.addLayout(row, 1)

    def _listen(self) -> None:
        self.grid.opened.connect(self.open_table)
        for other in (self.panel, self.voting):
            other.left.connect(self.all_tables)
            leave = QShortcut(QKeySequence("Esc"), other)
            leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            leave.activated.connect(self.all_tables)
        for part in (self.steering, self.panel.hosts):
            part.said.connect(self.said)
            part.refused.connect(self.trouble)
        self.steering.done.connect(self.done)
        self.panel.editing.troubled.connect(self.trouble)
        self.voting.said.connect(self.said)
        self.voting.editing.troubled.connect(self.trouble)

    def _programme_card(self) -> QWidget:
        card = Card(_("Programma"))
        card.setFixedWidth(PROGRAMME)
        lines = QWidget()
        lines.setObjectName("column")
        self.programme = QVBoxLayout(lines)
        self.programme.setContentsMargins(0, 0, 0, 0)
        self.programme.setSpacing(0)
        self.programme.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(lines)
        card.body.addWidget(self.area, 1)
        return card

    def _clock_card(self) -> QWidget:
        card = Card(across=True)
        card.body.setSpacing(theme.space("xl"))
        self.clock = QLabel()
        self.clock.setObjectName("clock")
        self.clock.setFont(theme.font(CLOCK, theme.BOLD, clock=True))
        self.clock.setAccessibleName(_("Resterende tijd"))
        card.body.addWidget(self.clock)
        words = QVBoxLayout()
        words.setSpacing(theme.space("xs"))
        first = QHBoxLayout()
        self.step = ElidedLabel(name="title")
        first.addWidget(self.step, 1)
        self.word = label(name="word")
        first.addWidget(self.word)
        words.addStretch(1)
        words.addLayout(first)
        self.question = label(wraps=True)
        self.question.setFont(theme.font(theme.size("large")))
        words.addWidget(self.question)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setMaximum(1000)
        words.addSpacing(theme.space("s"))
        words.addWidget(self.bar)
        self.next = ElidedLabel(name="muted")
        words.addWidget(self.next)
        words.addStretch(1)
        card.body.addLayout(words, 1)
        return card

    def _tables_card(self) -> QWidget:
        card = Card()
        row = QHBoxLayout()
        row.addWidget(label(_("Tafels"), "heading"))
        row.addStretch(1)
        self.legend = label(name="muted")
        row.addWidget(self.legend)
        self.others = button(_("Toon wat anderen schrijven"), "eye", self._show_others)
        self.others.setMinimumWidth(self.others.sizeHint().width() + 2 * theme.space("s"))
        tip = _("Verbergt alle notities van alle tafels. Bij Notities vindt u ze terug.")
        self.clear_button = button(_("Maak de wand leeg"), "eye-off", self._clear, tip=tip)
        row.addWidget(self.others)
        row.addWidget(self.clear_button)
        card.body.addLayout(row)
        self.grid = TableGrid()
        self.grid.setFrameShape(QListView.Shape.NoFrame)
        empty = Empty("armchair", _("Nog geen tafels"), _("Maak ze bij Voorbereiden."))
        self.stack = QStackedWidget()
        self.stack.addWidget(self.grid)
        self.stack.addWidget(empty)
        card.body.addWidget(self.stack, 1)
        return card

    # Showing

    def refresh(self) -> None:
        """Build anew from the replica."""
        if not self.replica.ready:
            return
        state = self.replica.state
        step, clock = current_step(state), the_clock(state)
        self._fill_programme(state, step)
        closed = the_meeting(state).phase is Phase.CLOSED
        if step is not None:
            self.step.say(name_of(state, step))
        else:
            self.step.say(_("Gesloten") if closed else _("Nog niet begonnen"))
        self.clock.setVisible(step is not None or not closed)
        self.bar.setVisible(step is not None or not closed)
        self.question.setText(_question(state, step))
        self.question.setVisible(bool(self.question.text()))
        self.next.say(_what_follows(state, step))
        self.grid.show_tables(state, self.replica.now())
        self.stack.setCurrentIndex(0 if state.all(Table) else 1)
        self.legend.setText(self.grid.legend())
        if self.looking.currentWidget() is self.panel:
            self.panel.refresh()
        live = the_meeting(state).phase is Phase.LIVE
        self._say_what_phones_do()
        if live and clock.running:
            self._tick.start()
        else:
            self._tick.stop()
        self.tick()

    def tick(self) -> None:
        """Show the time that is left now."""
        state, now = self.replica.state, self.replica.now()
        step, clock = current_step(state), the_clock(state)
        first = step or next_step_of(state)
        left = clock.remaining(now) if step is not None else float(first.length if first else 0)
        text = digits(left) if first is not None else "0:00"
        if text != self.clock.text():
            self.clock.setText(text)
        length = max(1.0, float(first.length)) if first is not None else 1.0
        self.bar.setValue(round(1000 * min(1.0, max(0.0, left / length))))
        word, urgent = stretch_words(state, now)
        self.word.setText(word)
        tone = "warn" if urgent else "soft" if step is None else ""
        for widget in (self.word, self.clock, self.bar):
            if widget.property("tone") != tone:
                widget.setProperty("tone", tone)
                widget.style().polish(widget)

    def _fill_programme(self, state: State, now: Step | None) -> None:
        left = {moment.step for moment in the_clock(state).before}
        rows = [(step, step.id in left, step == now) for step in steps(state)]
        if rows == self._programme:
            return
        self._programme = rows
        while (item := self.programme.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        if not rows:
            self.programme.addWidget(
                label(_("Nog geen programma. Maak het bij Voorbereiden."), "muted", wraps=True)
            )
        for step, done, current in rows:
            line = _line(state, step, done=done, current=current)
            self.programme.addWidget(line)
            if current:
                QTimer.singleShot(0, line, lambda line=line: self.area.ensureWidgetVisible(line))

    def _say_what_phones_do(self) -> None:
        meeting = the_meeting(self.replica.state)
        self.freeze.setEnabled(meeting.phase is Phase.LIVE)
        self.freeze.setVisible(not meeting.frozen)  # the way back stands over each page
        shown = meeting.show_earlier
        others = _("Verberg wat anderen schrijven") if shown else _("Toon wat anderen schrijven")
        if others != self.others.text():
            tip = _("Op de telefoons ziet ieder dan alleen wat daar zelf geschreven is.")
            self.others.setToolTip(tip if shown else "")
            self.others.setText(others)
            give_icon(self.others, "eye-off" if shown else "eye")

    # Doing

    def open_table(self, table: TableId) -> None:
        """Look at one table; the clock stays in sight at the top of the window."""
        self.panel.show_table(table)
        self.looking.setCurrentWidget(self.panel)
        self.panel.back.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_voting(self) -> None:
        """Look at the vote."""
        self.looking.setCurrentWidget(self.voting)
        self.voting.back.setFocus(Qt.FocusReason.OtherFocusReason)

    def all_tables(self) -> None:
        """Look at all tables again."""
        self.looking.setCurrentIndex(0)
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def _clear(self) -> None:
        self.steering.clear()

    def _freeze(self) -> None:
        self.steering.freeze(frozen=True)

    def _show_others(self) -> None:
        self.steering.show_others(shown=not the_meeting(self.replica.state).show_earlier)

    def _show(self, scene: SceneName) -> None:
        self.replica.send(ShowScene(id=uuid4(), scene=scene))
        self.said.emit(_("De zaal ziet dit nu."))


def _line(state: State, step: Step, *, done: bool, current: bool) -> QWidget:
    colours = theme.palette(light=True)
    line = QFrame()
    line.setObjectName("line_of_programme")
    line.setProperty("current", current)
    line.setMinimumHeight(ROW)
    row = QHBoxLayout(line)
    row.setContentsMargins(theme.space("s"), 3, theme.space("s"), 3)
    row.setSpacing(theme.space("s"))
    icon, colour = "circle", colours.control_line
    if current:
        icon, colour = "play", colours.accent
    elif done:
        icon, colour = "check", colours.ok
    row.addWidget(picture_label(icon, colour, 16))
    name = ElidedLabel(name_of(state, step), "strong" if current else "")
    row.addWidget(name, 1)
    row.addWidget(label(_("{minutes} min").format(minutes=round(step.length / 60)), "muted"))
    return line


def _what_follows(state: State, step: Step | None) -> str:
    if step is None and the_meeting(state).phase is Phase.CLOSED:
        return how_to_reopen()
    following = next_step_of(state)
    if following is None:
        return _("Dit is het laatste onderdeel.")
    return _("Hierna: {name}").format(name=name_of(state, following))


def _question(state: State, step: Step | None) -> str:
    if step is None or step.activity is not StepKind.ROUND:
        return ""
    if step.question:
        return step.question
    questions = {of.question for of in themes(state) if of.question}
    if len(questions) == 1:
        return questions.pop()
    return _("Elke tafel heeft de vraag van het eigen thema.") if questions else ""


def _timer(parent: Page, milliseconds: int, *, once: bool = False) -> QTimer:
    made = QTimer(parent)
    made.setInterval(milliseconds)
    made.setSingleShot(once)
    return made
