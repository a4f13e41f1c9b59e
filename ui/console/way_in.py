"""How phones come in, for the pages that show it: the addresses, and the guided check."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from facilitator.meeting.meeting import the_meeting
from ui.console.trial_panel import TrialPanel
from ui.link.address import Addresses
from ui.link.replica import Replica
from ui.link.trial import Trial


class WayIn(QObject):
    """The addresses of the engine, and the check whether a phone can reach one."""

    def __init__(
        self,
        replica: Replica,
        addresses: Addresses,
        parent: QObject | None = None,
        trial: Trial | None = None,
    ) -> None:
        super().__init__(parent)
        self._replica = replica
        self.addresses = addresses
        self._panel: TrialPanel | None = None
        self.trial = trial  # None: there is no engine to ask

    def check(self, beside: QWidget) -> TrialPanel | None:
        """Open the guided check beside a window; where it is open already, it comes forward."""
        if self.trial is None:
            return None
        window = beside.window()
        shown = window.findChild(TrialPanel)
        if shown is not None:
            shown.raise_()
        else:
            wifi = the_meeting(self._replica.state).wifi_name if self._replica.ready else ""
            shown = TrialPanel(self.trial, self.addresses, wifi, window)
            shown.show()
        shown.activateWindow()
        self._panel = shown
        return shown

    def close(self) -> None:
        """The meeting is left: the check is over too."""
        if self._panel is not None and shiboken6.isValid(self._panel):
            self._panel.reject()
