"""Verslag: wiping personal data. It says before what goes and what stays, and asks once more."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from facilitator.i18n import N_, _, words
from facilitator.kernel.entity import Entity
from facilitator.kernel.errors import FacilitatorError
from facilitator.meeting.meeting import Meeting, Phase, the_meeting
from ui import theme
from ui.console.editing import Editing, Section
from ui.link.calls import Calls
from ui.widgets.buttons import button
from ui.widgets.frames import Card
from ui.widgets.labels import label

GOES: tuple[str, ...] = (
    N_("namen en organisaties van deelnemers, en wie welke notitie schreef"),
    N_("wie bij de afspraken staat, en wie het verslag schreef"),
    N_("het precieze moment waarop iemand binnenkwam of schreef; de minuut blijft"),
    N_("wat er op de telefoons van deze bijeenkomst nog staat, zodra zij weer verbinding maken"),
)
STAYS: tuple[str, ...] = (
    N_("notities, toelichting, besluiten, opgaven, en de afspraken zelf"),
    N_("foto’s; haal er hierboven zelf weg waar mensen op staan"),
    N_("namen die iemand in een notitie schreef; maak die bij Notities zwart"),
    N_("bestanden die u zelf bewaarde: Word, .cafe en kopieën op een andere schijf"),
)


class WipingSection(Section):
    """A card: what would go, what stays, and in two steps the doing of it."""

    title: ClassVar[str] = N_("Persoonsgegevens")
    kinds: ClassVar[tuple[type[Entity], ...]] = (Meeting,)
    refused = Signal(object)  # a FacilitatorError
    wiped = Signal()

    def __init__(self, editing: Editing, calls: Calls, parent: QWidget | None = None) -> None:
        super().__init__(editing, parent)
        self._calls = calls
        self._busy = False
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        card = Card(_(self.title))
        page.addWidget(card)
        self.told = label(wraps=True)
        card.body.addWidget(self.told)
        self.lists = QWidget()
        beside = QHBoxLayout(self.lists)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(theme.space("xl"))
        beside.addLayout(_points(_("Wat er gewist wordt"), GOES), 1)
        beside.addLayout(_points(_("Wat er blijft"), STAYS), 1)
        card.body.addWidget(self.lists)
        card.body.addWidget(self._first_step())
        card.body.addWidget(self._second_step())

    def _first_step(self) -> QWidget:
        self.first = QWidget()
        row = QHBoxLayout(self.first)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.space("m"))
        self.begin = button(_("Wis persoonsgegevens…"), "user-x", self._ask, danger=True)
        row.addWidget(self.begin)
        self.why = label(name="muted", wraps=True)
        row.addWidget(self.why, 1)
        return self.first

    def _second_step(self) -> QWidget:
        """The button that does it stands elsewhere than the first one: two presses are no accident."""
        self.second = QWidget()
        row = QHBoxLayout(self.second)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.space("s"))
        told = _("Dit is niet terug te draaien, ook niet met een reservekopie. Wilt u dit?")
        row.addWidget(label(told, "strong", wraps=True), 1)
        self.leave = button(_("Laat staan"), press=self._not_now)
        self.wipe = button(_("Wis voorgoed"), "user-x", self._wipe, danger=True)
        row.addWidget(self.leave)
        row.addWidget(self.wipe)
        self.second.hide()
        return self.second

    # Showing

    def refresh(self) -> None:
        """Show what can be done now."""
        meeting = the_meeting(self.state)
        self.told.setText(retention_words(meeting))
        closed = meeting.phase is Phase.CLOSED
        self.lists.setVisible(not meeting.wiped)
        if meeting.wiped or not closed:
            self.second.hide()
        self.first.setVisible(not meeting.wiped and self.second.isHidden())
        self.begin.setEnabled(closed and not self._busy)
        why = "" if closed else _("Dit kan als de bijeenkomst gesloten is.")
        self.why.setText(_("Bezig met wissen…") if self._busy else why)

    def commit(self) -> None:
        """Nothing is typed here. What was asked and not answered, is not wanted."""
        self._not_now()

    # Doing

    # What is hidden while it has the focus hands it on, and the page rolls to where that is.

    def _ask(self) -> None:
        self.second.show()
        self.leave.setFocus()
        self.first.hide()

    def _not_now(self) -> None:
        if not self.second.isHidden():
            self.first.show()
            if self.leave.hasFocus():
                self.begin.setFocus()
            self.second.hide()

    def _wipe(self) -> None:
        self._busy = True
        self.setFocus()
        self._not_now()
        self.refresh()
        self._calls.wipe(self._wiped)

    def _wiped(self, error: FacilitatorError | None) -> None:
        self._busy = False
        self.catch_up_soon()
        if error is None:
            self.wiped.emit()
            self.said.emit(_("De persoonsgegevens zijn gewist."))
        else:
            self.refused.emit(error)


def retention_words(meeting: Meeting) -> str:
    """Until when personal data are kept, in a sentence."""
    if meeting.wiped:
        return _("De persoonsgegevens van deze bijeenkomst zijn gewist.")
    if meeting.keep_until is None:
        return _(
            "De app wist niets vanzelf: er is geen dag gekozen. Dat kan bij Voorbereiden, "
            "Bijeenkomst."
        )
    return _(
        "De app wist vanzelf op {date}, of de eerste keer dat zij daarna aanstaat, als de "
        "bijeenkomst dan gesloten is."
    ).format(date=words().date(meeting.keep_until))


def _points(heading: str, points: tuple[str, ...]) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(theme.space("xs"))
    column.addWidget(label(heading, "strong"))
    for point in points:
        row = QHBoxLayout()
        row.setSpacing(theme.space("s"))
        row.addWidget(label("•", "muted"), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(label(_(point), wraps=True), 1)
        column.addLayout(row)
    column.addStretch(1)
    return column
