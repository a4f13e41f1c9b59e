"""Colours, type and icons, all from ``resources/tokens.json``."""

from __future__ import annotations

import json
from functools import cache
from typing import Any, Final

import msgspec
from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from facilitator.settings import RESOURCES

FONTS: Final = (
    "AtkinsonHyperlegibleNext-Regular",
    "AtkinsonHyperlegibleNext-SemiBold",
    "AtkinsonHyperlegibleNext-Bold",
    "Inter-Regular",
    "Inter-SemiBold",
    "Inter-Bold",
)
REGULAR: Final = 400
SEMIBOLD: Final = 600
BOLD: Final = 700
ICON_SCALE: Final = 2  # icons are drawn at twice their size, for sharp screens


class Palette(msgspec.Struct, frozen=True):
    """The colours of a light or a dark face, as ``#rrggbb``."""

    bg: str
    panel: str
    ink: str
    muted: str
    accent: str
    on_accent: str
    warn: str
    on_warn: str
    ok: str
    line: str
    control_line: str
    track: str
    selected: str
    hover: str
    focus: str
    qr_bg: str
    qr_fg: str


@cache
def tokens() -> dict[str, Any]:
    """All tokens, as they stand in the file."""
    read: dict[str, Any] = json.loads((RESOURCES / "tokens.json").read_text("utf-8"))
    return read


@cache
def palette(*, light: bool) -> Palette:
    """The colours of the light or the dark face."""
    return msgspec.convert(tokens()["light" if light else "dark"], Palette)


@cache
def note_colour(name: str) -> QColor:
    """The colour of a sticky note; ``ink`` is what is written on it with."""
    return QColor(tokens()["notes"][name])


def size(name: str) -> int:
    """A size of type in pixels: small, body, large, title, heading, display."""
    return int(tokens()["type"][name])


def space(name: str) -> int:
    """A distance in pixels: xs, s, m, l, xl, xxl."""
    return int(tokens()["space"][name])


@cache
def load_fonts() -> bool:
    """Load the bundled fonts; once a process, after the application object was made."""
    for name in FONTS:
        QFontDatabase.addApplicationFont(str(RESOURCES / "fonts" / f"{name}.ttf"))
    return True


def font(pixels: float, weight: int = REGULAR, *, clock: bool = False) -> QFont:
    """A font of the house. ``clock``: digits that are all equally wide, so that time stands still."""
    family = tokens()["type"]["clock" if clock else "family"]
    chosen = QFont(family)
    chosen.setPixelSize(max(1, round(pixels)))
    chosen.setWeight(QFont.Weight(weight))
    chosen.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    if clock:
        chosen.setFeature(QFont.Tag("tnum"), 1)
    return chosen


@cache
def picture(name: str, colour: str, pixels: int) -> QPixmap:
    """A bundled icon in one colour, ``pixels`` wide and high."""
    source = (RESOURCES / "icons" / f"{name}.svg").read_text("utf-8")
    drawing = QSvgRenderer(QByteArray(source.replace("currentColor", colour).encode()))
    result = QPixmap(pixels * ICON_SCALE, pixels * ICON_SCALE)
    result.fill(Qt.GlobalColor.transparent)
    painter = QPainter(result)
    drawing.render(painter, QRectF(0, 0, pixels * ICON_SCALE, pixels * ICON_SCALE))
    painter.end()
    result.setDevicePixelRatio(ICON_SCALE)
    return result


def icon(name: str, colour: str, pixels: int = 20) -> QIcon:
    """A bundled icon for a button or a menu."""
    return QIcon(picture(name, colour, pixels))
