"""A picture as a PNG, packed row by row, so that it is known how far it is and it can be stopped."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from typing import Final

from PySide6.QtGui import QImage

from ui.console.apart import Tell

_SIGN: Final = b"\x89PNG\r\n\x1a\n"
_BAND: Final = 64  # rows that are packed at a time
_COLOURS: Final = 3  # bytes of a dot
_DOTS_A_METRE: Final = 1


def packed(image: QImage, title: str, tell: Tell) -> bytes:
    """The bytes of the file. Another thread may do this, once nobody paints on the image any more."""
    head = struct.pack(">IIBBBBB", image.width(), image.height(), 8, 2, 0, 0, 0)
    dots = struct.pack(">IIB", image.dotsPerMeterX(), image.dotsPerMeterY(), _DOTS_A_METRE)
    named = b"Title\0\0\0\0\0" + title.encode()
    parts = (
        _chunk(b"IHDR", head),
        _chunk(b"pHYs", dots),
        _chunk(b"iTXt", named),
        *(_chunk(b"IDAT", piece) for piece in _rows(image, tell)),
        _chunk(b"IEND", b""),
    )
    return b"".join((_SIGN, *parts))


def _rows(image: QImage, tell: Tell) -> Iterator[bytes]:
    packer, wide = zlib.compressobj(), image.width() * _COLOURS
    for top in range(0, image.height(), _BAND):
        tell(100 * top // image.height())
        high = min(_BAND, image.height() - top)
        band = image.copy(0, top, image.width(), high).convertToFormat(QImage.Format.Format_RGB888)
        bits, line = bytes(band.constBits()), band.bytesPerLine()
        rows = (b"\0" + bits[row * line : row * line + wide] for row in range(high))
        yield packer.compress(b"".join(rows))
    yield packer.flush()


def _chunk(kind: bytes, content: bytes) -> bytes:
    checked = kind + content
    return struct.pack(">I", len(content)) + checked + struct.pack(">I", zlib.crc32(checked))
