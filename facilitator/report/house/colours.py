"""Colours: whether a text can be read, and what makes it so."""

from __future__ import annotations

import re
from typing import Final

READABLE: Final = 4.5  # contrast, as WCAG asks of ordinary text
_RGB: Final = re.compile("[0-9A-Fa-f]{6}")
_STEPS: Final = 20


def is_colour(told: str) -> bool:
    """Whether it is written as RRGGBB."""
    return bool(_RGB.fullmatch(told))


def contrast(one: str, other: str) -> float:
    """How well one is seen on the other: 1 to 21."""
    high, low = sorted((_light(one), _light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def mixed(one: str, other: str, part: float) -> str:
    """One with a part of the other in it."""
    pairs = zip(_parts(one), _parts(other), strict=True)
    return "".join(f"{round(a + (b - a) * part):02X}" for a, b in pairs)


def readable(ink: str, behind: str) -> str:
    """The colour itself where it can be read there; else the nearest shade that can."""
    end = "000000" if _light(behind) > 0.18 else "FFFFFF"  # noqa: PLR2004 - which has more to give
    for step in range(_STEPS):
        shade = mixed(ink, end, step / _STEPS)
        if contrast(shade, behind) >= READABLE:
            return shade
    return end


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[:2], 16), int(colour[2:4], 16), int(colour[4:], 16)


def _light(colour: str) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - sRGB
        for part in (each / 255 for each in _parts(colour))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
