"""The sheets: A4, standing and on its side, measured in pixels of which 96 go into an inch."""

from __future__ import annotations

from typing import Final, NamedTuple

from PySide6.QtCore import QSizeF

INCH: Final = 96.0
POINT: Final = INCH / 72
MILLIMETRE: Final = INCH / 25.4


class Sheet(NamedTuple):
    """A page and its margins. The left one is the right one too."""

    width: float
    height: float
    left: float
    top: float
    bottom: float
    header: float  # from the edge of the page
    footer: float
    wide: bool

    @property
    def text(self) -> QSizeF:
        """The room for text."""
        return QSizeF(self.width - 2 * self.left, self.height - self.top - self.bottom)


def _sheet(*millimetres: float) -> Sheet:
    width, height, left, top, bottom, header, footer = (each * MILLIMETRE for each in millimetres)
    return Sheet(width, height, left, top, bottom, header, footer, wide=width > height)


STANDING: Final = _sheet(210, 297, 25, 27, 24, 12.5, 11)
WIDE: Final = _sheet(297, 210, 16, 19, 16, 9, 8)
