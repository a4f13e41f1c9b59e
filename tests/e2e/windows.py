"""Which windows come up: a widget that is shown before it has a place flashes as one of its own."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QMenu, QWidget


class Watch(QObject):
    """Remembers every window that was shown and is none of ours."""

    def __init__(self) -> None:
        super().__init__()
        self.strays: list[str] = []
        application = QApplication.instance()
        assert application is not None
        application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - of Qt
        """Look at what is shown."""
        shown = event.type() is QEvent.Type.Show and isinstance(watched, QWidget)
        known = isinstance(watched, QMainWindow | QDialog | QMenu)
        if shown and not known and isinstance(watched, QWidget) and watched.isWindow():
            self.strays.append(f"{type(watched).__name__} {watched.objectName()}")
        return False

    def end(self) -> None:
        """Look no longer."""
        application = QApplication.instance()
        assert application is not None
        application.removeEventFilter(self)
