"""Pictures that people hand in: checked, turned upright, made smaller, and told nothing but light.

A picture comes from anywhere and may hold anything: where it was taken, or more pixels than there
is memory. What is kept is always made anew. This runs in the press, never among the requests.
"""

from __future__ import annotations

import struct
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from typing import Final
from uuid import UUID

import msgspec
from PIL import Image, ImageOps

from facilitator.kernel.errors import FacilitatorError, Malformed
from facilitator.meeting.photos import MEGABYTES, MEGAPIXELS

LARGEST: Final = MEGABYTES * 10**6  # bytes
PIXELS: Final = MEGAPIXELS * 10**6  # in the picture as it comes
LONGEST: Final = 2_000  # pixels of the longest side of what is kept: a page across, in print
QUALITY: Final = 85
LIMITS: Final[Mapping[str, float]] = {"megabytes": MEGABYTES, "megapixels": MEGAPIXELS}

_KINDS: Final = ("JPEG", "PNG", "WEBP")
_BOMBS: Final = (Image.DecompressionBombError, Image.DecompressionBombWarning)
_BROKEN: Final = (  # what Pillow raises over bytes that are no picture, or half of one
    *(OSError, SyntaxError, ValueError, TypeError, EOFError),
    *(LookupError, ArithmeticError, struct.error),
)


class Upright(msgspec.Struct, frozen=True):
    """A picture as it is kept: a JPEG without metadata."""

    width: int
    height: int
    jpeg: bytes


def upright(raw: bytes) -> Upright:
    """The picture as it is kept. Raises ``Malformed`` with ``photo.kind`` or ``photo.size``."""
    with _opened(raw, _KINDS) as image:
        image.draft("RGB", (LONGEST, LONGEST))  # a JPEG need not be read larger than twice this
        kept = _plain(ImageOps.exif_transpose(image))
        kept.thumbnail((LONGEST, LONGEST))
        made = BytesIO()
        kept.save(made, "JPEG", quality=QUALITY, optimize=True)
    return Upright(width=kept.width, height=kept.height, jpeg=made.getvalue())


def check_photos(sizes: Mapping[UUID, tuple[int, int]], jpegs: Mapping[UUID, bytes]) -> None:
    """Raises ``Malformed`` where a photo of a meeting file is not the picture that it is said to be."""
    for key, jpeg in jpegs.items():
        try:
            with _opened(jpeg, ("JPEG",)) as image:
                image.load()
                good = image.size == sizes.get(key)
        except FacilitatorError:
            good = False
        if not good:
            raise Malformed("file.photo", id=str(key))


@contextmanager
def _opened(raw: bytes, kinds: tuple[str, ...]) -> Iterator[Image.Image]:
    """A picture of one of these kinds, of which no more than its size was read so far."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of odd metadata, which is left behind anyhow
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(raw), formats=kinds) as image:
                if image.width * image.height > PIXELS:
                    raise Malformed("photo.size", **LIMITS)
                yield image
    except _BOMBS as error:
        raise Malformed("photo.size", **LIMITS) from error
    except _BROKEN as error:
        raise Malformed("photo.kind") from error


def _plain(image: Image.Image) -> Image.Image:
    """The colours alone, on white where it can be looked through; without anything that was told."""
    plain = Image.new("RGB", image.size, "white")
    if image.has_transparency_data:
        seen = image.convert("RGBA")
        plain.paste(seen, mask=seen)
    else:
        plain.paste(image.convert("RGB"))
    return plain
