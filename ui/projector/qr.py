"""A QR code as rows of dark and light modules."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

QUIET: Final = 4  # modules of white around it, as the standard asks


@lru_cache(maxsize=8)
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
