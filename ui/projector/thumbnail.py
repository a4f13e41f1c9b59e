"""What the hall sees, small: for the console."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from facilitator.i18n import _
from ui.link.replica import Replica
from ui.projector import scenes
from ui.projector.pulse import Pulse, local

WIDE, HIGH = 16, 9
SMALLEST: Final = QSize(160, 90)
USUAL: Final = QSize(224, 126)
CALM: Final = 125  # milliseconds between two paintings at the least, however much happens


class HallPicture(QWidget):
    """A live picture of the hall, drawn by the same function as the hall itself."""

    def __init__(self, replica: Replica, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._replica = replica
        self._pulse = Pulse(self._wait, self.update, self)
        self._stale = False  # something happened since the last painting
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(CALM)
        self._calm.timeout.connect(self._catch_up)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumSize(SMALLEST)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(_("Wat de zaal ziet"))
        replica.loaded.connect(self.refresh)
        replica.applied.connect(self.refresh)
        replica.address_changed.connect(self.refresh)

    def refresh(self) -> None:
        """Paint again, and find the next moment: at once, or soon after the last time.

        Nothing of it while out of sight.
        """
        if not self.isVisible():
            return
        self._stale = True
        if not self._calm.isActive():
            self._catch_up()

    def _catch_up(self) -> None:
        if self._stale and self.isVisible():
            self._stale = False
            self.update()
            self._pulse.start()
            self._calm.start()

    def hasHeightForWidth(self) -> bool:
        """It keeps the shape of a hall's screen."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height that goes with a width."""
        return width * HIGH // WIDE

    def sizeHint(self) -> QSize:
        """A usual size."""
        return USUAL

    def showEvent(self, event: QShowEvent) -> None:
        """Comes into sight: from now on each second counts."""
        super().showEvent(event)
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        """Goes out of sight: no work for what nobody sees."""
        super().hideEvent(event)
        self._pulse.stop()
        self._calm.stop()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The scene, scaled down."""
        painter = QPainter(self)
        scenes.paint(
            painter,
            self._replica.state,
            local(self._replica.now()),
            self.size(),
            address=self._replica.address,
        )
        painter.end()

    def _wait(self) -> float | None:
        return scenes.until_changed(self._replica.state, self._replica.now())
