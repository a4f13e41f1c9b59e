"""The bottom of the console: what the page says at the left, whether all is saved at the right."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from facilitator.i18n import _
from ui import theme
from ui.link.replica import Replica
from ui.widgets.labels import ElidedLabel, label

STAYS: Final = 12_000  # ms that a sentence stays


class StatusBar(QFrame):
    """Two sentences."""

    def __init__(self, replica: Replica, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("status")
        self._replica = replica
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.space("l"), 5, theme.space("l"), 5)
        self.said = ElidedLabel(name="muted")
        self.saved = label("", "muted")
        row.addWidget(self.said, 1)
        row.addWidget(self.saved)
        self._clear = QTimer(self)
        self._clear.setSingleShot(True)
        self._clear.setInterval(STAYS)
        self._clear.timeout.connect(lambda: self.said.say(""))
        for signal in (
            replica.loaded,
            replica.applied,
            replica.connected_changed,
            replica.waiting_changed,
        ):
            signal.connect(self.refresh)
        self.refresh()

    def say(self, sentence: str) -> None:
        """Show a sentence for a while."""
        self.said.say(sentence)
        self._clear.start()

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
