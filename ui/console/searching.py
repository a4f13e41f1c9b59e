"""The field in which one types what to look for among notes; the same on two pages."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QWidget

from facilitator.i18n import _

WIDE: Final = 220  # pixels
PAUSE: Final = 120  # milliseconds after a key, before looking


class SearchField(QLineEdit):
    """Says when to look: shortly after the last key. Esc empties it and gives the keyboard back."""

    wanted = Signal()  # look for what stands here now
    left = Signal()  # nothing is looked for any more

    def __init__(self, tip: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(_("Zoek in notities"))
        self.setAccessibleName(_("Zoek in notities"))
        self.setToolTip(tip)
        self.setClearButtonEnabled(True)
        self.setFixedWidth(WIDE)
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(PAUSE)
        self._late.timeout.connect(self.wanted)
        self.textChanged.connect(self.look_soon)
        leave = QShortcut(QKeySequence("Esc"), self)
        leave.setContext(Qt.ShortcutContext.WidgetShortcut)
        leave.activated.connect(self._leave)

    @property
    def waits(self) -> bool:
        """Whether something was typed that was not looked for yet."""
        return self._late.isActive()

    def look_soon(self) -> None:
        """Look after a pause in the typing."""
        self._late.start()

    def looked(self) -> None:
        """It was looked for: no pause has to be waited for."""
        self._late.stop()

    def begin(self) -> None:
        """Type what to look for."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def _leave(self) -> None:
        self.clear()
        self.looked()
        self.left.emit()
