"""The screens of this machine, as far as the projector cares: which one hangs in the hall.

It wraps ``QScreen``, so that unplugging can be tested without a projector.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtGui import QGuiApplication, QScreen


class Screen(Protocol):
    """What is asked of a screen."""

    def geometry(self) -> QRect:
        """Where it is on the desktop."""


def own_of(screens: Sequence[QScreen], name: str, first: QScreen | None) -> QScreen | None:
    """The screen that the console is on; where that is not known, the first one of the system."""
    return next((screen for screen in screens if screen.name() == name), first)


def hall_of(screens: Sequence[Screen], own: Screen | None) -> Screen | None:
    """The screen in the hall: the first that is not our own and does not mirror it."""
    if own is None:
        return None
    for screen in screens:
        if screen is not own and not screen.geometry().intersects(own.geometry()):
            return screen
    return None


class Screens(QObject):
    """Says when screens come and go."""

    left = Signal(object)  # this screen is being unplugged: let go of it now
    changed = Signal()  # screens have come, gone or moved

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)

    def hall(self) -> Screen | None:
        """The screen in the hall, if there is one."""
        raise NotImplementedError


class RealScreens(Screens):
    """The screens that Qt knows; our own is the one named, or else the first one of the system."""

    def __init__(
        self, application: QGuiApplication, parent: QObject | None = None, *, own: str = ""
    ) -> None:
        super().__init__(parent)
        self._application = application
        self._own = own
        application.screenAdded.connect(self._added)
        application.screenRemoved.connect(self._removed)
        application.primaryScreenChanged.connect(self.changed)
        for screen in application.screens():
            screen.geometryChanged.connect(self.changed)

    def hall(self) -> QScreen | None:
        """The screen beside our own, if there is one."""
        screens = self._application.screens()
        own = own_of(screens, self._own, self._application.primaryScreen())
        found = hall_of(screens, own)
        return found if isinstance(found, QScreen) else None

    def _added(self, screen: QScreen) -> None:
        screen.geometryChanged.connect(self.changed)
        self.changed.emit()

    def _removed(self, screen: QScreen) -> None:
        self.left.emit(screen)
        self.changed.emit()
