"""Pictures to hand in, good and bad."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

from PIL import ExifTags, Image

RED, BLUE = (220, 30, 30), (30, 30, 220)
TAKEN_AT = "52 graden noord"


def drawn(width: int = 60, height: int = 40, kind: str = "JPEG", mode: str = "RGB") -> bytes:
    """A picture: the left half red, the right half blue."""
    image = Image.new("RGB", (width, height), BLUE)
    image.paste(RED, (0, 0, width // 2, height))
    return saved(image.convert(mode), kind)


def saved(image: Image.Image, kind: str = "JPEG", **more: object) -> bytes:
    """An image as a file."""
    made = BytesIO()
    image.save(made, kind, **more)
    return made.getvalue()


def with_place(width: int = 60, height: int = 40, orientation: int = 6) -> bytes:
    """A photo as a phone takes it: lying on its side, and telling where, when and with what."""
    image = Image.open(BytesIO(drawn(width, height)))
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    exif[ExifTags.Base.Model] = TAKEN_AT
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitudeRef] = "N"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSMapDatum] = TAKEN_AT
    comment = TAKEN_AT.encode()
    return saved(image, exif=exif, comment=comment, xmp=comment, icc_profile=comment, dpi=(72, 72))


def bomb(width: int = 30_000, height: int = 30_000) -> bytes:
    """A PNG of a few bytes that says to be this large."""
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 4_000)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in parts
    )
