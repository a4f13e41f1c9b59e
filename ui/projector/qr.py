"""A QR code as rows of dark and light modules, and as a small picture; worked out once a text."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

from PySide6.QtGui import QColor, QImage

QUIET: Final = 4  # modules of white around it, as the standard asks
MOST: Final = 256  # texts that are remembered: the cards of all tables, twice over


@lru_cache(maxsize=MOST)
def modules(text: str) -> tuple[tuple[bool, ...], ...]:
    """The modules of the code for a text, without the quiet zone; nothing where it is too long."""
    from qrcode.constants import ERROR_CORRECT_M  # noqa: PLC0415 - not before the first paint
    from qrcode.exceptions import DataOverflowError  # noqa: PLC0415
    from qrcode.main import QRCode  # noqa: PLC0415

    code: QRCode[Any] = QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(text)
    try:
        code.make(fit=True)
    except (DataOverflowError, ValueError):
        return ()
    return tuple(tuple(bool(dark) for dark in row) for row in code.get_matrix())


@lru_cache(maxsize=8)
def picture(text: str, light: str, dark: str) -> QImage:
    """The code as a picture of one pixel a module; empty where the text is too long."""
    rows = modules(text)
    image = QImage(len(rows), len(rows), QImage.Format.Format_RGB32)
    image.fill(QColor(light))
    ink = QColor(dark).rgb()
    for y, row in enumerate(rows):
        for x, filled in enumerate(row):
            if filled:
                image.setPixel(x, y, ink)
    return image
