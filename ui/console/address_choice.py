"""Where the phones go: the address, a question where several are as likely, and what is known."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from facilitator.i18n import N_, _
from ui import theme
from ui.link.address import Address, Addresses, typed_address
from ui.link.replica import Replica
from ui.widgets.buttons import button
from ui.widgets.labels import ElidedLabel, label

EDGE: Final = 10
KINDS: Final = {"wifi": N_("wifi"), "cable": N_("kabel"), "other": N_("ander netwerk")}


class AddressQuestion(QFrame):
    """On which network the phones are, with the likeliest as buttons; there only while it is asked."""

    chosen = Signal(str)  # the url of the address

    def __init__(self, addresses: Addresses, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._addresses = addresses
        self.setObjectName("banner")
        self.setProperty("tone", "warn")
        asks = _("Op welk netwerk zitten de telefoons?")
        self.setAccessibleName(asks)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.space("l"), theme.space("s"), theme.space("l"), EDGE)
        column.setSpacing(theme.space("xs"))
        column.addWidget(label(asks, "strong"))
        self._row = QHBoxLayout()
        self._row.setSpacing(theme.space("s"))
        column.addLayout(self._row)
        self.answers: list[QPushButton] = []
        addresses.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Ask, or be gone."""
        for old in self.answers:
            self._row.removeWidget(old)
            old.deleteLater()
        asked = self._addresses.candidates() if self._addresses.ask else []
        self.answers = [self._answer(address) for address in asked]
        self.setVisible(bool(asked))

    def _answer(self, address: Address) -> QPushButton:
        typed = typed_address(address.url)
        answer = button(_named(address), press=partial(self.chosen.emit, address.url), tip=typed)
        answer.setAccessibleDescription(typed)
        self._row.addWidget(answer, 1)
        return answer


class AddressChoice(QWidget):
    """A list of addresses by names that a person knows, and whether a phone came by this one."""

    said = Signal(str)

    def __init__(
        self,
        replica: Replica,
        addresses: Addresses,
        *,
        narrow: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._replica = replica
        self._addresses = addresses
        self._narrow = narrow  # the typed address stands elsewhere
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.space("xs"))
        self.caption = label(_("Adres voor de telefoons"), "muted")
        column.addWidget(self.caption)
        self.choice = QComboBox()
        self.choice.setAccessibleName(_("Adres voor de telefoons"))
        self.choice.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.choice.activated.connect(lambda place: self.choose(str(self.choice.itemData(place))))
        self.caption.setBuddy(self.choice)
        column.addWidget(self.choice)
        self.proof = ElidedLabel(name="muted")
        column.addWidget(self.proof)
        addresses.changed.connect(self.refresh)
        replica.address_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the addresses as they are now."""
        self.choice.clear()
        for address in self._addresses.all():
            self.choice.addItem(described(address, narrow=self._narrow), address.url)
        if not self.choice.count():
            self.choice.addItem(typed_address(self._replica.address), self._replica.address)
        place = self.choice.findData(self._addresses.url() or self._replica.address)
        self.choice.setCurrentIndex(max(0, place))
        self.choice.setToolTip(self.choice.currentText())
        self.choice.setEnabled(self.choice.count() > 1)
        self.proof.say(self._known())

    def choose(self, url: str) -> None:
        """Send the phones to this address from now on."""
        self._addresses.choose(url)
        self._replica.go_to(url)
        self.said.emit(_("De telefoons gaan nu naar {address}").format(address=typed_address(url)))

    def _known(self) -> str:
        if not self._addresses.known:
            return _("Deze laptop zit op geen netwerk.")
        if self._addresses.proven:
            return _("Hier kwam al een telefoon binnen.")
        return _("Hier kwam nog geen telefoon binnen.")


def described(address: Address, *, narrow: bool = False) -> str:
    """An address by its name and as it is typed; whether a phone came by it."""
    told = _named(address)
    if not narrow:
        told = f"{told}  ·  {typed_address(address.url)}"
    return f"✓ {told}" if address.proven else told


def _named(address: Address) -> str:
    if address.name:
        return address.name
    interface = f" {address.interface}" if address.interface else ""
    return f"{_(KINDS[address.kind])}{interface}"


def code_changed(url: str) -> str:
    """What is said when the phones have to go elsewhere."""
    told = _(
        "De code is veranderd: telefoons gaan nu naar {address}. De beamer toont de nieuwe code al. "
        "Kaartjes met het oude adres werken niet meer."
    )
    return told.format(address=typed_address(url))
