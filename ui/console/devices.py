"""The devices at a table: whose each is, how many people are behind it, and whether it is muted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from facilitator.i18n import _, ngettext
from facilitator.kernel.state import State
from facilitator.meeting.hosting import host_tables
from facilitator.meeting.ids import ParticipantId
from facilitator.meeting.meeting import Devices, the_meeting
from facilitator.meeting.people import AT_TABLE, Participant, participants
from facilitator.meeting.tables import Table
from ui import theme
from ui.console.steering import Steering
from ui.link.replica import Replica
from ui.widgets.buttons import button, give_icon
from ui.widgets.frames import Empty, Scrolled
from ui.widgets.labels import ElidedLabel, label, picture_label

HIGH: Final = 52  # pixels, of a row


class Device(NamedTuple):
    """What a row shows."""

    person: Participant
    name: str
    marks: str  # what else is known of it, in a few words


def device_names(state: State) -> dict[ParticipantId, str]:
    """What to call each device: by the name of who came in with it, or else by its number.

    The number is the place in the order of coming in, so that it stays when someone changes tables.
    """
    named = the_meeting(state).named
    came = (person for person in participants(state) if person.joined_at is not None)
    numbers = {person.id: number for number, person in enumerate(came, start=1)}
    return {
        person.id: person.name
        if (named and person.name) or person.id not in numbers
        else _("toestel {number}").format(number=numbers[person.id])
        for person in state.all(Participant)
    }


def people_words(number: int) -> str:
    """So many people."""
    return ngettext("{number} deelnemer", "{number} deelnemers", number)


def device_words(number: int) -> str:
    """So many devices."""
    return ngettext("{number} toestel", "{number} toestellen", number)


def devices_at(state: State, table: Table) -> list[Device]:
    """The devices at a table, first one first."""
    names = device_names(state)
    shared = the_meeting(state).devices is Devices.TABLE
    there: Iterable[Participant] = state.where(AT_TABLE, table.id)
    found = []
    for person in sorted(there, key=lambda person: person.order):
        marks = [
            _("gastheer") if table.id in host_tables(state, person.id) else "",
            people_words(person.people) if shared or person.people > 1 else "",
            _("nog niet binnen") if person.joined_at is None else "",
            _("gedempt") if person.muted else "",
        ]
        found.append(Device(person, names[person.id], " · ".join(filter(None, marks))))
    return found


class DeviceList(QStackedWidget):
    """A row for each device of one table, with a button that mutes it."""

    def __init__(self, replica: Replica, steering: Steering, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._replica, self._steering = replica, steering
        self.rows: list[DeviceRow] = []
        area = Scrolled()
        self._column = area.column
        self._column.setSpacing(0)
        self._column.addStretch(1)
        self.addWidget(area)
        self.addWidget(
            Empty(
                "smartphone",
                _("Nog geen toestel aan deze tafel"),
                _("Wie de code van deze tafel scant, staat hier direct."),
            )
        )

    def show_table(self, table: Table) -> int:
        """Show the devices of this table; tells how many there are."""
        devices = devices_at(self._replica.state, table)
        while len(self.rows) > len(devices):
            self.rows.pop().deleteLater()
        while len(self.rows) < len(devices):
            row = DeviceRow(self._steering)
            self._column.insertWidget(len(self.rows), row)
            self.rows.append(row)
        for row, device in zip(self.rows, devices, strict=True):
            row.show_device(device)
        self.setCurrentIndex(0 if devices else 1)
        return len(devices)


class DeviceRow(QFrame):
    """One device."""

    def __init__(self, steering: Steering, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steering = steering
        self.device: Device | None = None
        self.setMinimumHeight(HIGH)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.space("xs"), 4, 0, 4)
        row.setSpacing(theme.space("m"))
        row.addWidget(picture_label("smartphone", theme.palette(light=True).muted, 20))
        words = QVBoxLayout()
        words.setSpacing(0)
        self.name = ElidedLabel(name="strong")
        self.marks = label(name="muted")
        words.addStretch(1)
        words.addWidget(self.name)
        words.addWidget(self.marks)
        words.addStretch(1)
        row.addLayout(words, 1)
        self.mute = button(_("Niet meer dempen"), "volume-x", self._press)
        self.mute.setMinimumWidth(self.mute.sizeHint().width() + 2 * theme.space("s"))
        row.addWidget(self.mute)

    def show_device(self, device: Device) -> None:
        """Show this one."""
        if device == self.device:
            return
        self.device = device
        muted = device.person.muted
        self.name.say(device.name)
        self.marks.setText(device.marks)
        self.marks.setVisible(bool(device.marks))
        text = _("Niet meer dempen") if muted else _("Demp")
        self.mute.setText(text)
        give_icon(self.mute, "volume-2" if muted else "volume-x")
        tip = _("Alleen u ziet wat hier nog geschreven wordt. Op het toestel is niets te merken.")
        self.mute.setToolTip("" if muted else tip)
        self.mute.setAccessibleName(f"{text}: {device.name}")
        self.mute.setVisible(device.person.joined_at is not None)

    def _press(self) -> None:
        if self.device is not None:
            person = self.device.person
            self._steering.mute(person, self.device.name, muted=not person.muted)
