"""How the verslag looks: the styles of the document, in the colours of the app."""

from __future__ import annotations

from string import Template
from typing import Final
from xml.sax.saxutils import escape

import msgspec

from facilitator.kernel.text import tidy_line
from facilitator.meeting.themes import Colour
from facilitator.settings import RESOURCES

LOCALES: Final = {"nl": "nl-NL", "en": "en-GB"}
MARKS: Final = {"nl": (",", ";"), "en": (".", ",")}  # in numbers, and in lists


class _Tokens(msgspec.Struct, frozen=True):
    light: dict[str, str]
    notes: dict[str, str]


class Palette:
    """The colours of the light theme, as Word writes them: RRGGBB."""

    def __init__(self, **others: str) -> None:
        """``others``: colours that are not the theme's here, by their names."""
        tokens = msgspec.json.decode((RESOURCES / "tokens.json").read_bytes(), type=_Tokens)
        self._light = {name: value.lstrip("#") for name, value in tokens.light.items()} | others
        self._notes = {name: value.lstrip("#") for name, value in tokens.notes.items()}

    @property
    def named(self) -> dict[str, str]:
        """All colours of the theme by their names."""
        return self._light

    def behind(self, colour: Colour | None) -> str:
        """What stands behind the title of a theme."""
        return self._notes[colour] if colour else self._light["hover"]


class Look(msgspec.Struct, frozen=True):
    """What differs from one document to the next."""

    language: str
    organisation: str
    note: int  # the text in the matrix, in half points

    def part(self, name: str) -> bytes:
        """A part of the document from ``resources/report``, filled in."""
        template = Template((RESOURCES / "report" / f"{name}.xml").read_text(encoding="utf-8"))
        decimal, separator = MARKS[self.language]
        filled = template.substitute(
            Palette().named,
            locale=LOCALES[self.language],
            decimal=decimal,
            separator=separator,
            organisation=escape(tidy_line(self.organisation)),
            note=self.note,
            note_large=self.note + 1,
        )
        return filled.encode()
