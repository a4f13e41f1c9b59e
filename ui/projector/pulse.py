"""The moments at which a picture changes by time alone: when a digit changes or a page turns.

Counted from the deadline each time, never by a ticking timer, so that a busy machine loses nothing.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import datetime
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer

LONGEST: Final = 1.0  # seconds; a wrong clock is noticed after this at the latest


class Pulse(QObject):
    """Calls ``beat`` whenever the picture changes by time."""

    def __init__(
        self,
        wait: Callable[[], float | None],
        beat: Callable[[], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._wait = wait
        self._beat = beat
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._due)

    @property
    def running(self) -> bool:
        """Whether there is a moment to come."""
        return self._timer.isActive()

    def start(self) -> None:
        """Find the next moment; called again after each entry, and nothing is beaten for it."""
        wait = self._wait()
        if wait is None:
            self._timer.stop()
        else:
            self._timer.start(milliseconds(wait))

    def stop(self) -> None:
        """Beat no more."""
        self._timer.stop()

    def _due(self) -> None:
        self._beat()
        self.start()


def milliseconds(seconds: float) -> int:
    """A wait for a timer: just past the moment, so that the new digit is there."""
    return max(1, math.ceil(min(seconds, LONGEST) * 1000) + 1)


def local(now: datetime) -> datetime:
    """A moment in the time of the room, for the time of day on the screen."""
    return now.astimezone()
