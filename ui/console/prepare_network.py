"""Voorbereiden, section Netwerk: the Wi-Fi of the place, and by which address phones come."""

from __future__ import annotations

from typing import ClassVar, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from facilitator.i18n import N_, _
from facilitator.meeting.meeting import the_meeting
from facilitator.meeting.wifi import wifi_code
from ui import theme
from ui.console.address_choice import AddressChoice, AddressQuestion
from ui.console.editing import Editing
from ui.console.form import MeetingForm
from ui.console.way_in import WayIn
from ui.link.address import Addresses
from ui.widgets.buttons import button
from ui.widgets.choices import SwitchField
from ui.widgets.fields import LineField
from ui.widgets.frames import Card
from ui.widgets.labels import label
from ui.widgets.qr_code import QrCode

CODE: Final = 148
SHORTEST: Final = 8  # characters of a password that a network can have


class NetworkSection(MeetingForm):
    """The network that phones are on, its code, and whether a phone was seen."""

    title: ClassVar[str] = N_("Netwerk")

    def __init__(
        self, editing: Editing, way_in: WayIn | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(editing, parent)
        self._cards = self.scrolled(QVBoxLayout(self))
        way_in = way_in or WayIn(editing.replica, Addresses(self), self)
        self.question = AddressQuestion(way_in.addresses)
        self._cards.addWidget(self.question)
        self._wifi()
        self._address(way_in)
        self._cards.addStretch(1)

    def refresh(self) -> None:
        """Show the network as it is now."""
        super().refresh()
        meeting = the_meeting(self.state)
        self.qr.encode(wifi_code(meeting))
        self.qr.setVisible(bool(meeting.wifi_name))
        self.advice.setText(advice(meeting.wifi_name, meeting.wifi_password))

    def _wifi(self) -> None:
        card = Card(_("Wifi van de zaal"))
        told = _(
            "Vult u dit in, dan staan op beamer en kaartjes twee codes: eerst de wifi, dan de "
            "pagina. Laat het leeg als iedereen al op het netwerk zit."
        )
        card.body.addWidget(label(told, "muted", wraps=True))
        row = QHBoxLayout()
        row.setSpacing(theme.space("l"))
        inner = QVBoxLayout()
        grid = self.grid()
        self.put(grid, (0, 0, 3), "wifi_name", _("Naam van het netwerk"), _exact())
        self.put(grid, (0, 3, 3), "wifi_password", _("Wachtwoord (leeg: geen)"), _exact())
        hidden = SwitchField("", _("Het netwerk is verborgen: telefoons zien de naam niet"))
        self.put(grid, (1, 0, 6), "wifi_hidden", "", hidden)
        inner.addLayout(grid)
        self.advice = label(name="muted", wraps=True)
        inner.addWidget(self.advice)
        inner.addStretch(1)
        row.addLayout(inner, 1)
        self.qr = QrCode()
        self.qr.setFixedSize(CODE, CODE)
        row.addWidget(self.qr, 0, Qt.AlignmentFlag.AlignTop)
        card.body.addLayout(row)
        self._cards.addWidget(card)

    def _address(self, way_in: WayIn) -> None:
        card = Card(_("Kunnen telefoons deze laptop bereiken?"))
        row = QHBoxLayout()
        row.setSpacing(theme.space("l"))
        self.address = AddressChoice(self.editing.replica, way_in.addresses)
        self.address.said.connect(self.said)
        self.question.chosen.connect(self.address.choose)
        row.addWidget(self.address, 3)
        trying = QVBoxLayout()
        told = _("Probeer het met één telefoon, in de zaal en op de wifi van de zaal.")
        trying.addWidget(label(told, "muted", wraps=True))
        self.check = button(
            _("Controleer met een telefoon"), "smartphone", lambda: way_in.check(self)
        )
        self.check.setEnabled(way_in.trial is not None)
        trying.addWidget(self.check, 0, Qt.AlignmentFlag.AlignLeft)
        trying.addStretch(1)
        row.addLayout(trying, 2)
        card.body.addLayout(row)
        self._cards.addWidget(card)


def advice(name: str, password: str) -> str:
    """What is strange about a network, so that it may be a slip; empty where nothing is."""
    if name != name.strip() or password != password.strip():
        return _("Let op: de naam of het wachtwoord begint of eindigt met een spatie.")
    if password and not name:
        return _("Vul ook de naam van het netwerk in.")
    if 0 < len(password) < SHORTEST:
        return _("Let op: het wachtwoord van een wifi-netwerk heeft minstens 8 tekens.")
    return ""


def _exact() -> LineField:
    """A line that is kept to the letter, spaces too."""
    return LineField(reads=str)
