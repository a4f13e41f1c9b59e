"""The top of the console, the same on each page: the clock, the step, and the one next thing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from facilitator.i18n import _, pgettext
from facilitator.meeting.meeting import Phase, the_meeting
from facilitator.meeting.programme import current_step, the_clock
from ui import actions, theme
from ui.actions import Action, Bound, Desk
from ui.console.words import (
    Onward,
    counts,
    onward,
    step_words,
    stretch_words,
    usual_words,
)
from ui.link.replica import Replica
from ui.projector.told import digits
from ui.widgets.buttons import button, give_icon
from ui.widgets.labels import ElidedLabel, label, tip

TICK: Final = 200  # ms between two looks at the clock
HIGH: Final = 64  # pixels; the same with and without a clock
CALM: Final = 200  # ms in which what changes is gathered before the counts are made anew


class TopBar(QWidget):
    """Clock, step, counts; a minute more, pause, the rest; and the next step by its name."""

    def __init__(
        self,
        desk: Desk,
        bound: Bound,
        ask_to_close: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._replica: Replica = desk.replica
        self._ask_to_close = ask_to_close
        self._next: Onward | None = None
        self._build(bound)
        self._tick = QTimer(self)
        self._tick.setInterval(TICK)
        self._tick.timeout.connect(self.tick)
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(CALM)
        self._calm.timeout.connect(self.refresh)
        self._replica.loaded.connect(self.refresh)
        self._replica.applied.connect(lambda _entry: self._calm.isActive() or self._calm.start())
        self.refresh()

    def _build(self, bound: Bound) -> None:
        self.setFixedHeight(HIGH)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.space("l"), theme.space("s"), theme.space("l"), 0)
        row.setSpacing(theme.space("s"))
        self.clock = label("", "clock")
        self.clock.setAccessibleName(_("Resterende tijd"))
        self.clock.setContentsMargins(0, 0, theme.space("s"), 0)
        row.addWidget(self.clock)
        column = QVBoxLayout()
        column.setSpacing(2)
        first = QHBoxLayout()
        first.setSpacing(theme.space("s"))
        self.step = ElidedLabel(name="strong")
        self.step.setFont(theme.font(theme.size("large"), theme.BOLD))
        self.word = label("", "word")
        self.counts = ElidedLabel(name="muted")
        column.addStretch(1)
        first.addWidget(self.step, 1)
        column.addLayout(first)
        second = QHBoxLayout()
        second.setSpacing(theme.space("s"))
        second.addWidget(self.word)
        second.addWidget(self.counts, 1)
        column.addLayout(second)
        column.addStretch(1)
        row.addLayout(column, 1)
        self._build_buttons(row, bound)

    def _build_buttons(self, row: QHBoxLayout, bound: Bound) -> None:
        self.back = self._button(actions.BACK, icon_only=True)
        self.more = self._button(actions.MORE)
        self.pause = button(
            pgettext("knop", "Pauze"), "pause", lambda: actions.start_or_pause(self._desk)
        )
        self.rest = button("", "ellipsis-vertical", tip=_("Meer"))
        menu = QMenu(self.rest)
        for group in (
            (actions.LESS, actions.BACK, actions.START_PAUSE, actions.NEXT, actions.FREEZE),
            (actions.HALL, actions.BLACK, actions.EARLIER, actions.LIGHT),
            (actions.UNDO, actions.REDO),
            (actions.KEYS, actions.REOPEN, actions.LEAVE),
        ):
            menu.addSeparator()
            for action in group:
                menu.addAction(bound[action])
        self.rest.setMenu(menu)
        self.primary = button(_("Deuren openen"), press=self._onward, primary=True)
        for widget in (self.back, self.more, self.pause, self.rest, self.primary):
            row.addWidget(widget)
        metrics = QFontMetrics(self.pause.font())
        widest = max(
            metrics.horizontalAdvance(text) for text in (pgettext("knop", "Pauze"), _("Verder"))
        )
        self.pause.setMinimumWidth(widest + 64)
        self._keep_still()

    def _keep_still(self) -> None:
        """Room for each usual word on the large button, so that its neighbours stay in place."""
        now = self.primary.text()
        self.primary.ensurePolished()
        for text in usual_words():
            self.primary.setText(text)
            wanted = max(self.primary.minimumWidth(), self.primary.sizeHint().width())
            self.primary.setMinimumWidth(wanted)
        self.primary.setText(now)

    def _button(self, action: Action, *, icon_only: bool = False) -> QPushButton:
        text = "" if icon_only else _(action.text)
        tip = _(action.text)
        keys = actions.key_names(action)
        tip = f"{tip} ({keys})" if keys else tip
        return button(text, action.icon, lambda: action.does(self._desk), tip=tip)

    def refresh(self) -> None:
        """Build anew from the replica."""
        if not self._replica.ready:
            return
        state = self._replica.state
        step, clock = current_step(state), the_clock(state)
        live = the_meeting(state).phase is Phase.LIVE
        self.step.say(step_words(state))
        self.counts.say(counts(state))
        self._next = onward(state, self._ask_to_close)
        self.primary.setText(self._next.text)
        self.primary.setToolTip(tip(self._next.tip))
        running = live and step is not None
        for widget in (self.more, self.pause, self.back):
            widget.setVisible(running)
        self.back.setEnabled(bool(clock.before))
        pause = pgettext("knop", "Pauze") if clock.running else _("Verder")
        if pause != self.pause.text():
            self.pause.setText(pause)
            give_icon(self.pause, "pause" if clock.running else "play")
        self.clock.setVisible(running)
        if clock.running and live:
            self._tick.start()
        else:
            self._tick.stop()
        self.tick()

    def tick(self) -> None:
        """Show the time that is left now."""
        if not self._replica.ready:
            return
        state, now = self._replica.state, self._replica.now()
        text = digits(the_clock(state).remaining(now))
        if text != self.clock.text():
            self.clock.setText(text)
        word, urgent = stretch_words(state, now)
        if word != self.word.text() or urgent != (self.word.property("tone") == "warn"):
            self.word.setText(word)
            self.word.setVisible(bool(word))
            for widget in (self.word, self.clock):
                widget.setProperty("tone", "warn" if urgent else "")
                widget.style().polish(widget)
        self.word.setVisible(bool(word))

    def _onward(self) -> None:
        if self._next is not None:
            self._next.does(self._desk)
