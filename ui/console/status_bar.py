"""The bottom of the console: what the page says at the left, whether all is saved at the right."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from facilitator.i18n import _
from ui import theme
from ui.link.replica import Replica
from ui.widgets.buttons import button
from ui.widgets.labels import ElidedLabel, label

STAYS: Final = 12_000  # ms that a sentence stays
LOW: Final = 29  # pixels, without a button


class StatusBar(QFrame):
    """Two sentences, and for a while a button that takes back what the first one tells."""

    def __init__(self, replica: Replica, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("status")
        self._replica = replica
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.space("l"), 0, theme.space("l"), 0)
        row.setSpacing(theme.space("m"))
        self.setMinimumHeight(LOW)
        self.said = ElidedLabel(name="muted")
        self.saved = label("", "muted")
        self.back = button(_("Ongedaan maken"), "undo-2", self._take_back)
        self.back.hide()
        row.addWidget(self.back)
        row.addWidget(self.said, 1)
        row.addWidget(self.saved)
        self._takes_back: Callable[[], None] | None = None
        self._clear = QTimer(self)
        self._clear.setSingleShot(True)
        self._clear.setInterval(STAYS)
        self._clear.timeout.connect(lambda: self.say(""))
        for signal in (
            replica.loaded,
            replica.applied,
            replica.connected_changed,
            replica.waiting_changed,
        ):
            signal.connect(self.refresh)
        self.refresh()

    def say(self, sentence: str, takes_back: Callable[[], None] | None = None) -> None:
        """Show a sentence for a while; with a way back, a button for it."""
        self.said.say(sentence)
        self._takes_back = takes_back
        self.back.setVisible(takes_back is not None)
        self._clear.start()

    def _take_back(self) -> None:
        takes_back = self._takes_back
        self.say("")
        if takes_back is not None:
            takes_back()

    def refresh(self) -> None:
        """Say whether all is saved."""
        self.saved.setText(self._words())

    def _words(self) -> str:
        if not self._replica.connected:
            return _("Verbinding met de motor weg — wordt hersteld")
        if self._replica.waiting:
            return _("Bezig met opslaan…")
        if self._replica.saved_at is None:
            return _("Alles opgeslagen")
        at = self._replica.saved_at.astimezone()
        return _("Alles opgeslagen {time}").format(time=f"{at:%H:%M:%S}")
