"""The palette can be read: WCAG contrast of what is drawn on what."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

TOKENS: dict[str, Any] = json.loads(
    (Path(__file__).parent.parent / "resources" / "tokens.json").read_text(encoding="utf-8")
)
NOTES = [name for name in TOKENS["notes"] if name != "ink"]
TEXT, CONTROL, NOTE = 4.5, 3.0, 7.0  # WCAG AA for text, for what one clicks; AAA for notes


def luminance(colour: str) -> float:
    """Relative luminance of #RRGGBB, as WCAG 2.2 defines it."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("ground", ["bg", "panel"])
@pytest.mark.parametrize("text", ["ink", "muted", "accent", "warn", "ok"])
def test_text_can_be_read_on_its_ground(theme: str, ground: str, text: str) -> None:
    assert contrast(TOKENS[theme][text], TOKENS[theme][ground]) >= TEXT


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("on_accent", "accent"),
        ("on_warn", "warn"),
        ("ink", "selected"),
        ("muted", "selected"),
        ("ink", "hover"),
        ("muted", "hover"),
        ("accent", "selected"),
        ("qr_fg", "qr_bg"),
    ],
)
def test_text_can_be_read_on_what_is_coloured(theme: str, text: str, ground: str) -> None:
    assert contrast(TOKENS[theme][text], TOKENS[theme][ground]) >= TEXT


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("ground", ["bg", "panel"])
@pytest.mark.parametrize("edge", ["control_line", "focus"])
def test_the_edge_of_a_control_can_be_seen(theme: str, ground: str, edge: str) -> None:
    assert contrast(TOKENS[theme][edge], TOKENS[theme][ground]) >= CONTROL


@pytest.mark.parametrize("note", NOTES)
def test_ink_can_be_read_on_every_note(note: str) -> None:
    assert contrast(TOKENS["notes"]["ink"], TOKENS["notes"][note]) >= NOTE


def test_light_and_dark_name_the_same_colours() -> None:
    assert TOKENS["light"].keys() == TOKENS["dark"].keys()


@pytest.mark.parametrize("group", ["light", "dark", "notes"])
def test_every_colour_is_written_alike(group: str) -> None:
    for name, colour in TOKENS[group].items():
        assert re.fullmatch(r"#[0-9A-F]{6}", colour), name
