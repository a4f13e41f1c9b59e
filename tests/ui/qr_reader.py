"""Reads QR codes back out of pictures, as a phone does."""

from __future__ import annotations

from PIL import Image
from PySide6.QtGui import QImage
from zxingcpp import read_barcodes


def read(picture: QImage) -> list[str]:
    """What the codes in a picture say, from the upper left to the lower right."""
    flat = picture.convertToFormat(QImage.Format.Format_RGBA8888)
    image = Image.frombytes("RGBA", (flat.width(), flat.height()), bytes(flat.constBits()))
    found = read_barcodes(image.convert("L"))
    found.sort(key=lambda code: (code.position.top_left.y // 50, code.position.top_left.x))
    return [code.text for code in found]
