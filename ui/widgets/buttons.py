"""Buttons as they look everywhere: a word, mostly an icon before it, high enough to press standing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QPushButton, QWidget

from ui import theme


def button(
    text: str,
    icon: str = "",
    press: Callable[[], object] | None = None,
    *,
    primary: bool = False,
    quiet: bool = False,
    small: bool = False,
    danger: bool = False,
    tip: str = "",
    parent: QWidget | None = None,
) -> QPushButton:
    """A button. ``primary``: the one thing to do here; ``quiet``: without a border.

    Without a text it is an icon alone, and ``tip`` is its name.
    """
    made = QPushButton(text, parent)
    if primary:
        made.setObjectName("primary")
    for name, wanted in (("quiet", quiet), ("small", small), ("danger", danger)):
        if wanted:
            made.setProperty(name, True)
    if icon:
        give_icon(made, icon, primary=primary, danger=danger)
    if tip:
        made.setToolTip(tip)
        made.setAccessibleName(text or tip)
    if not text:
        made.setProperty("iconic", True)
        made.setFixedWidth(theme.tokens()["size"]["button" if small else "target"])
    if press is not None:
        made.clicked.connect(lambda: press())  # noqa: PLW0108 - without the state of the button
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a pressed button leaves Space to the clock
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    return made


def give_icon(made: QPushButton, icon: str, *, primary: bool = False, danger: bool = False) -> None:
    """Put a bundled icon on a button, in the colour of its words."""
    colours = theme.palette(light=True)
    ink = colours.ink
    if primary:
        ink = colours.on_accent
    elif danger:
        ink = colours.warn
    pixels = theme.tokens()["size"]["icon"]
    drawn = theme.picture(icon, ink, pixels)
    gap = theme.space("xs") if made.text() else 0
    made.setIcon(QIcon(_with_gap(drawn, gap)))
    made.setIconSize(QSize(pixels + gap, pixels))


def _with_gap(drawn: QPixmap, gap: int) -> QPixmap:
    """The icon with room between it and the words, which Qt sets too close."""
    ratio = drawn.devicePixelRatio()
    wide = QPixmap(drawn.width() + round(gap * ratio), drawn.height())
    wide.setDevicePixelRatio(ratio)
    wide.fill(Qt.GlobalColor.transparent)
    painter = QPainter(wide)
    painter.drawPixmap(0, 0, drawn)
    painter.end()
    return wide
