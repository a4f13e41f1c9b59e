"""The hosts of a table: inviting one by a link that works once, and taking that back."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from typing import Final
from uuid import uuid4

import shiboken6
from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from facilitator.i18n import _
from facilitator.kernel.command import Command
from facilitator.meeting.hosting import Invitation, InviteHost, RevokeHost
from facilitator.meeting.ids import InvitationId
from facilitator.meeting.tables import Table
from ui import theme
from ui.console.devices import device_names
from ui.link.replica import Outcome, Replica
from ui.widgets.buttons import button
from ui.widgets.frames import Scrolled
from ui.widgets.labels import ElidedLabel, label, picture_label
from ui.widgets.qr_code import QrCode

KEY_BYTES: Final = 16  # of chance, in the key of a link
HIGH: Final = 52  # pixels, of a row


def host_link(url: str, table: Table, invitation: InvitationId, key: str) -> str:
    """Where the invited one goes. What stands after # never reaches the engine with the page."""
    return f"{url}/{table.code}#host={invitation}.{key}"


class Hosts(QStackedWidget):
    """The invitations of one table; or, large, the code of one that was not used yet.

    A key is made here and stays here: the engine has its digest. So a code can be shown again only
    in the window that made it, and as long as that is open.
    """

    said = Signal(str)  # a sentence for the status bar
    refused = Signal(object)  # a FacilitatorError

    def __init__(self, replica: Replica, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._replica = replica
        self._table: Table | None = None
        self._keys: dict[InvitationId, str] = {}
        self._shown: InvitationId | None = None  # whose code is in sight
        self.rows: list[HostRow] = []
        self.addWidget(self._list())
        self.addWidget(self._code())
        replica.address_changed.connect(lambda _url: self.refresh())

    def _list(self) -> QWidget:
        area = Scrolled()
        column = area.column
        about = _(
            "Een gastheer schrijft voor anderen, maakt de overdracht, verbergt een notitie van de "
            "eigen tafel en stuurt een foto van het tafelkleed."
        )
        column.addWidget(label(about, "muted", wraps=True))
        row = QHBoxLayout()
        self.invite_button = button(_("Gastheer uitnodigen"), "user-plus", self.invite)
        row.addWidget(self.invite_button)
        row.addStretch(1)
        column.addLayout(row)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        column.addLayout(self._rows)
        column.addStretch(1)
        return area

    def _code(self) -> QWidget:
        holder = QWidget()
        beside = QHBoxLayout(holder)
        beside.setContentsMargins(0, theme.space("s"), 0, 0)
        beside.setSpacing(theme.space("l"))
        self.qr = QrCode()
        beside.addWidget(self.qr, 3)
        column = QVBoxLayout()
        column.setSpacing(theme.space("s"))
        column.addStretch(1)
        self.whose = label(name="strong", wraps=True)
        column.addWidget(self.whose)
        once = _("De code werkt één keer: voor wie hem het eerst scant. Daarna is hij op.")
        column.addWidget(label(once, wraps=True))
        self.link = QLineEdit()
        self.link.setReadOnly(True)
        self.link.setAccessibleName(_("Link voor de gastheer"))
        column.addWidget(self.link)
        self.copy_button = button(_("Link kopiëren"), "copy", self.copy)
        self.ready_button = button(_("Terug naar de lijst"), "arrow-left", self.hide_code)
        column.addWidget(self.copy_button)
        column.addWidget(self.ready_button)
        column.addStretch(1)
        beside.addLayout(column, 4)
        return holder

    # Showing

    def show_table(self, table: Table) -> int:
        """Show the invitations of this table; tells how many hosts it has."""
        self._table = table
        self.refresh()
        return sum(one.host is not None for one in self._invitations())

    def _invitations(self) -> list[Invitation]:
        table = self._table
        if table is None or not self._replica.ready:
            return []
        row = self._replica.state.all(Invitation)
        return [one for one in row if one.table == table.id and not one.revoked]

    def refresh(self) -> None:
        """Show the invitations as they are now."""
        invitations = self._invitations()
        names = device_names(self._replica.state) if invitations else {}
        while len(self.rows) > len(invitations):
            self.rows.pop().deleteLater()
        while len(self.rows) < len(invitations):
            row = HostRow(self)
            self._rows.addWidget(row)
            self.rows.append(row)
        for row, one in zip(self.rows, invitations, strict=True):
            who = names.get(one.host, _("een toestel")) if one.host is not None else ""
            row.show_invitation(one, who, known=one.id in self._keys)
        self._show_code(invitations)

    def _show_code(self, invitations: list[Invitation]) -> None:
        """Of an invitation that was used or taken back, the list comes back by itself."""
        waiting = (one for one in invitations if one.id == self._shown and one.host is None)
        shown, table = next(waiting, None), self._table
        if shown is None or table is None:
            self._shown = None
            self.setCurrentIndex(0)
            return
        link = host_link(self._replica.address, table, shown.id, self._keys[shown.id])
        told = _("Laat de gastheer van tafel {number} deze code scannen.")
        self.whose.setText(told.format(number=table.number))
        self.qr.encode(link)
        self.qr.setAccessibleName(_("QR-code voor de gastheer"))  # and not the key, aloud
        self.link.setText(link)
        self.link.setCursorPosition(0)
        self.setCurrentIndex(1)

    # Doing

    def invite(self) -> None:
        """Make a link for a host of this table, and show its code."""
        table = self._table
        if table is None:
            return
        key = secrets.token_urlsafe(KEY_BYTES)
        invitation = InvitationId(uuid4())
        digest = hashlib.sha256(key.encode()).hexdigest()

        def made() -> None:
            self._keys[invitation] = key
            self.show_code(invitation)

        command = InviteHost(id=uuid4(), invitation=invitation, table=table.id, digest=digest)
        self._send(command, made)

    def show_code(self, invitation: InvitationId) -> None:
        """Show the code of an invitation that was not used yet."""
        self._shown = invitation
        self.refresh()

    def hide_code(self) -> None:
        """Back to the list. The code keeps working."""
        self._shown = None
        self.refresh()

    def revoke(self, invitation: Invitation) -> None:
        """Let this link work no more; who used it is a participant like any other again."""
        told = _("De uitnodiging is ingetrokken.")
        if invitation.host is not None:
            told = _("De gastheer is weer gewoon deelnemer.")
        command = RevokeHost(id=uuid4(), invitation=invitation.id)
        self._send(command, lambda: self.said.emit(told))

    def copy(self) -> None:
        """Put the link on the clipboard."""
        QGuiApplication.clipboard().setText(self.link.text())
        self.said.emit(_("De link is gekopieerd. Stuur hem aan één persoon."))

    def _send(self, command: Command, done: Callable[[], None]) -> None:
        def heard(outcome: Outcome) -> None:
            if not shiboken6.isValid(self):
                return
            if outcome.error is not None:
                self.refused.emit(outcome.error)
            else:
                done()

        self._replica.send(command, heard)


class HostRow(QFrame):
    """One invitation: who used it, or that nobody did."""

    def __init__(self, hosts: Hosts) -> None:
        super().__init__()
        self._hosts = hosts
        self.invitation: Invitation | None = None
        self.setMinimumHeight(HIGH)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.space("xs"), 4, 0, 4)
        row.setSpacing(theme.space("s"))
        row.addWidget(picture_label("user", theme.palette(light=True).muted, 20))
        self.words = ElidedLabel()
        row.addWidget(self.words, 1)
        self.show_button = button(_("Toon code"), "qr-code", self._show)
        self.revoke_button = button(_("Intrekken"), "x", self._revoke)
        row.addWidget(self.show_button)
        row.addWidget(self.revoke_button)

    def show_invitation(self, invitation: Invitation, who: str, *, known: bool) -> None:
        """Show this one; ``who`` used it, and ``known`` tells whether its code can be shown."""
        self.invitation = invitation
        told = _("Gebruikt door {name}").format(name=who) if who else _("Nog niet gebruikt")
        self.words.say(told)
        self.show_button.setVisible(known and not who)
        self.revoke_button.setAccessibleName(f"{_('Intrekken')}: {told}")

    def _show(self) -> None:
        if self.invitation is not None:
            self._hosts.show_code(self.invitation.id)

    def _revoke(self) -> None:
        if self.invitation is not None:
            self._hosts.revoke(self.invitation)
