"""Bad news that stops nobody: a bar on top of the page, with one thing to do about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from facilitator.i18n import _
from ui import theme
from ui.widgets.buttons import button
from ui.widgets.labels import label, picture_label

Tone = Literal["warn", "ok", "plain"]
_ICONS: dict[Tone, str] = {"warn": "triangle-alert", "ok": "circle-check", "plain": "info"}


class Banner(QFrame):
    """A sentence, at most one action, and a cross. Hidden while there is nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self._press: Callable[[], None] | None = None
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(theme.space("m"), theme.space("xs"), theme.space("s"), 6)
        row.setSpacing(theme.space("m"))
        self._icon = picture_label("triangle-alert", theme.palette(light=True).warn, 24)
        row.addWidget(self._icon)
        self.text = label(wraps=True)
        row.addWidget(self.text, 1)
        self.action = button(_("Doen"), press=self._act)
        row.addWidget(self.action)
        self.cross = button("", "x", self.clear, quiet=True, small=True, tip=_("Sluiten"))
        row.addWidget(self.cross)
        self.hide()

    def add(self, widget: QWidget) -> None:
        """Put something before the action, in sight as long as the bar is."""
        self._row.insertWidget(self._row.indexOf(self.action), widget)

    def tell(
        self,
        text: str,
        action: str = "",
        press: Callable[[], None] | None = None,
        *,
        tone: Tone = "warn",
        stays: bool = False,
    ) -> None:
        """Say this. ``stays``: it goes only when its cause is gone, not by the cross."""
        colours = theme.palette(light=True)
        colour = {"warn": colours.warn, "ok": colours.ok, "plain": colours.accent}[tone]
        self._icon.setPixmap(theme.picture(_ICONS[tone], colour, 24))
        self.setProperty("tone", tone)
        self.style().polish(self)
        self.text.setText(text)
        self.setAccessibleName(text)
        self._press = press
        self.action.setText(action)
        self.action.setVisible(bool(action))
        self.cross.setVisible(not stays)
        self.show()

    def clear(self) -> None:
        """Say nothing any more."""
        self._press = None
        self.text.clear()
        self.hide()

    def _act(self) -> None:
        press = self._press
        self.clear()
        if press is not None:
            press()
