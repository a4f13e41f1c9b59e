"""The guided check "Kunnen telefoons mij bereiken?", beside the meeting, which goes on."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from facilitator.i18n import _, ngettext
from facilitator.kernel.errors import FacilitatorError
from ui import theme
from ui.console.saying import sentence
from ui.link.address import Addresses, typed_address
from ui.link.trial import Cause, Step, Trial, TrialNow
from ui.widgets.buttons import button
from ui.widgets.frames import Card, TitleRow
from ui.widgets.labels import label, picture_label
from ui.widgets.qr_code import QrCode

SIZE: Final = (1040, 630)
CODE: Final = 320
STREAM: Final = 20  # seconds that a phone has to stay connected
ICON: Final = 24


class TrialPanel(QDialog):
    """A code for a phone, what came of it so far, and what may be wrong."""

    def __init__(self, trial: Trial, addresses: Addresses, wifi: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._trial, self._addresses, self._wifi = trial, addresses, wifi
        self._causes: tuple[Cause, ...] = ()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Kunnen telefoons mij bereiken?"))
        self.resize(*SIZE)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(theme.space("xl"),) * 4)
        column.setSpacing(theme.space("m"))
        self.again = button(_("Opnieuw beginnen"), "rotate-ccw", trial.begin)
        self.shut = button(_("Sluiten"), press=self.reject)
        for made in (self.again, self.shut):
            made.setAutoDefault(False)
        column.addWidget(
            TitleRow(_("Kunnen telefoons mij bereiken?"), right=(self.again, self.shut))
        )
        row = QHBoxLayout()
        row.setSpacing(theme.space("l"))
        row.addWidget(self._code_card(), 3)
        row.addWidget(self._steps_card(), 5)
        column.addLayout(row, 1)
        trial.changed.connect(self._show)
        trial.troubled.connect(self._tell)
        addresses.changed.connect(lambda: self._show(trial.now))
        self.finished.connect(self._end)
        self.shut.setFocus()
        self._show(trial.now)
        trial.begin()

    def _code_card(self) -> QWidget:
        card = Card()
        card.setMinimumWidth(CODE)
        wifi = _("Scan deze code met een telefoon die op de wifi van de zaal zit.")
        if self._wifi:
            wifi = _("Scan deze code met een telefoon die op de wifi “{name}” zit.").format(
                name=self._wifi
            )
        card.body.addWidget(label(wifi, wraps=True))
        self.qr = QrCode()
        card.body.addWidget(self.qr, 1)
        self.where = label(name="muted", wraps=True)
        self.where.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        card.body.addWidget(self.where)
        return card

    def _steps_card(self) -> QWidget:
        card = Card()
        self.status = label(name="heading", wraps=True)
        card.body.addWidget(self.status)
        self.steps: dict[str, StepRow] = {}
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.space("xs"))
        card.body.addLayout(self._rows)
        self.left = label(name="muted")
        card.body.addWidget(self.left)
        self.seconds = QProgressBar()
        self.seconds.setRange(0, STREAM)
        self.seconds.setTextVisible(False)
        self.seconds.setAccessibleName(_("Zo lang blijft de telefoon verbonden"))
        card.body.addWidget(self.seconds)
        self.next = button(_("Probeer {name}"), "network", self._try_next)
        card.body.addWidget(self.next, 0, Qt.AlignmentFlag.AlignLeft)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName(_("Wat er aan de hand kan zijn:"))
        inside = QWidget()
        inside.setObjectName("column")
        self.causes = QVBoxLayout(inside)
        self.causes.setContentsMargins(0, 0, theme.space("s"), 0)
        self.causes.setSpacing(2)
        area.setWidget(inside)
        self.reasons = area
        card.body.addWidget(area, 1)
        self.spare = QWidget()
        card.body.addWidget(self.spare, 1)
        self.plan_b = label(name="muted", wraps=True)
        card.body.addWidget(self.plan_b)
        return card

    def _show(self, now: TrialNow) -> None:
        self.qr.encode(now.code)
        self.where.setText(self._where(now))
        for step in now.steps:
            if step.name not in self.steps:
                self.steps[step.name] = StepRow()
                self._rows.addWidget(self.steps[step.name])
            self.steps[step.name].show_step(step)
        left = max(0, STREAM - now.stream_seconds)
        streaming = now.done("page") and not now.done("stream")
        self.left.setVisible(streaming)
        self.left.setText(
            ngettext(
                "Nog {number} seconde verbonden blijven",
                "Nog {number} seconden verbonden blijven",
                left,
            )
        )
        self.seconds.setVisible(streaming)
        self.seconds.setValue(STREAM - left)
        self._show_causes(now.causes)
        self.spare.setVisible(not now.causes)
        waiting = bool(now.causes) and now.next is not None
        self.next.setVisible(waiting)
        if now.next is not None:
            self.next.setText(_("Probeer {name}").format(name=now.next.name or now.next.url))
        self.plan_b.setText(now.plan_b if now.causes else "")
        self.plan_b.setVisible(bool(now.causes))
        self._say(status_of(now))

    def _where(self, now: TrialNow) -> str:
        named = (one.name for one in self._addresses.all() if one.url == now.url and one.name)
        name = next(named, "")
        typed = typed_address(now.url)
        return f"{name}  ·  {typed}" if name else typed

    def _show_causes(self, causes: tuple[Cause, ...]) -> None:
        self.reasons.setVisible(bool(causes))
        if causes == self._causes:
            return
        self._causes = causes
        while (item := self.causes.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        if causes:
            self.causes.addWidget(label(_("Wat er aan de hand kan zijn:"), "muted"))
        for cause in causes:
            self.causes.addWidget(label(cause.what, "strong", wraps=True))
            cure = label(cause.cure, wraps=True)
            cure.setContentsMargins(0, 0, 0, theme.space("s"))
            self.causes.addWidget(cure)
        self.causes.addStretch(1)

    def _say(self, text: str) -> None:
        """Show it; a screen reader tells it by itself when it is something new."""
        if text == self.status.text():
            return
        spoken = QAccessibleAnnouncementEvent(self.status, text)
        self.status.setText(text)
        self.status.setAccessibleName(text)
        QAccessible.updateAccessibility(spoken)

    def _tell(self, error: FacilitatorError) -> None:
        self._say(sentence(error))

    def _try_next(self) -> None:
        following = self._trial.now.next
        if following is not None:
            self._addresses.choose(following.url)
            self._trial.look()

    def _end(self) -> None:
        """The code is worth nothing any more."""
        self._trial.changed.disconnect(self._show)
        self._trial.troubled.disconnect(self._tell)
        self._trial.end()


class StepRow(QWidget):
    """A tick and what it stands for."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.space("s"))
        self._tick = picture_label("circle", theme.palette(light=True).control_line, ICON)
        row.addWidget(self._tick, 0, Qt.AlignmentFlag.AlignTop)
        self.words = label(wraps=True)
        row.addWidget(self.words, 1)
        self.done: bool | None = None

    def show_step(self, step: Step) -> None:
        """Show how this step stands."""
        self.words.setText(step.words)
        if step.done is self.done:
            return
        self.done = step.done
        colours = theme.palette(light=True)
        name, colour = (
            ("circle-check", colours.ok) if step.done else ("circle", colours.control_line)
        )
        self._tick.setPixmap(theme.picture(name, colour, ICON))
        told = _("Gelukt: {words}") if step.done else _("Nog niet: {words}")
        self.words.setAccessibleName(told.format(words=step.words))


def status_of(now: TrialNow) -> str:
    """How it stands, in one sentence."""
    if not now.on:
        return _("De controle begint…") if not now.steps else _("De controle is afgelopen.")
    if now.passed:
        return _("Gelukt: telefoons kunnen u bereiken.")
    if now.done("stream"):
        return _("Bijna klaar: we wachten op de proefnotitie.")
    if now.done("page"):
        return _("De telefoon is er. Houd hem aan en laat de pagina open.")
    if now.done("arrival"):
        return _("Er komt een telefoon aan…")
    if now.causes:
        return _("Er kwam nog geen telefoon.")
    return _("We wachten op een telefoon…")
