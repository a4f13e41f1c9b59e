"""Words in the language of who reads. The texts in the code are Dutch; English is a catalogue.

A further language has the texts of the phone's page alone, and what a phone may be refused: one
file, ``phone.po``, whose head names the language. The rest is English there.

A text is marked with ``_`` where it is used, or with ``N_`` where it stands as a constant and is
translated later. The language is chosen once, when a face starts.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Final

from facilitator.settings import RESOURCES

LANGUAGES: Final = {"nl": "Nederlands", "en": "English"}
SOURCE: Final = "nl"
FALLBACK: Final = "en"  # where a further language has no text
_LOCALE: Final = RESOURCES / "locale"
_HEADER: Final = re.compile(r'^"X-(\w+): (.*)\\n"$', re.MULTILINE)


def N_(text: str) -> str:  # noqa: N802 - the name that extraction tools know
    """Mark a text that is translated later."""
    return text


class Words:
    """The texts of one language, and how it writes dates and numbers."""

    def __init__(self, language: str) -> None:
        self.language = language if language in LANGUAGES or language in further() else SOURCE
        self._texts = _catalogue(self.language)

    def __call__(self, text: str) -> str:
        """The text in this language."""
        return self._texts.gettext(text) if text else ""

    def within(self, context: str, text: str) -> str:
        """The text in this language, where one Dutch word means several things."""
        return self._texts.pgettext(context, text)

    def plural(self, one: str, many: str, number: int) -> str:
        """The form for this number, with ``{number}`` filled in."""
        return self._texts.ngettext(one, many, number).format(number=self.number(number))

    def weekday(self, day: date) -> str:
        """A date with the day of the week: di 1 december 2026."""
        from babel.dates import format_date  # noqa: PLC0415 - slow to load; not before first paint

        return format_date(day, "EEE d MMMM y", locale=self.language)

    def date(self, day: date) -> str:
        """A date in words: 30 oktober 2026."""
        from babel.dates import format_date  # noqa: PLC0415 - slow to load; not before first paint

        return format_date(day, "d MMMM y", locale=self.language)

    def time(self, moment: time) -> str:
        """A time of day: 11.00 in Dutch, 11:00 in English."""
        return f"{moment:%H.%M}" if self.language == "nl" else f"{moment:%H:%M}"

    def number(self, value: float | Decimal) -> str:
        """A number with the marks of the language: 8,765 in Dutch, 8.765 in English."""
        text = f"{value:,}"
        return text.translate(str.maketrans(",.", ".,")) if self.language == "nl" else text


_chosen: list[Words] = []  # the language of this face: set once, by its composition root


def choose(language: str) -> Words:
    """Let this process speak a language from now on."""
    _chosen[:] = [Words(language)]
    return _chosen[0]


def words() -> Words:
    """The words of this process; Dutch until another language was chosen."""
    return _chosen[0] if _chosen else choose(SOURCE)


def _(text: str) -> str:
    """The text in the language of this process."""
    return words()(text)


def pgettext(context: str, text: str) -> str:
    """The text in the language of this process; ``context`` tells which meaning is meant."""
    return words().within(context, text)


def ngettext(one: str, many: str, number: int) -> str:
    """The form for this number in the language of this process, with ``{number}`` filled in."""
    return words().plural(one, many, number)


@dataclass(frozen=True)
class Tongue:
    """A language of the phone's page."""

    code: str
    name: str  # in the language itself
    direction: str = "ltr"
    reviewed: bool = True  # by somebody who speaks it


@cache
def tongues() -> tuple[Tongue, ...]:
    """The languages of the phone's page: our own, and each that has a file."""
    own = [Tongue(code, name) for code, name in LANGUAGES.items()]
    return (*own, *(_tongue(code) for code in sorted(further())))


@cache
def further() -> frozenset[str]:
    """The languages that only the phone's page speaks."""
    found = {path.parents[1].name for path in _LOCALE.glob("*/LC_MESSAGES/phone.po")}
    return frozenset(found - set(LANGUAGES))


def _tongue(code: str) -> Tongue:
    head = catalogue_path(code, "phone").read_text("utf-8").partition("\n\n")[0]
    said = dict(_HEADER.findall(head))
    right_to_left = said.get("Direction") == "rtl"
    return Tongue(
        code=code,
        name=said.get("Name", code),
        direction="rtl" if right_to_left else "ltr",
        reviewed=said.get("Reviewed") == "yes",
    )


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    if language in further():
        own = _compiled(catalogue_path(language, "phone"))
        own.add_fallback(_catalogue(FALLBACK))
        return own
    path = catalogue_path(language)
    if language == SOURCE or not path.exists():
        return gettext.NullTranslations()
    return _compiled(path)


def catalogue_path(language: str, domain: str = "facilitator") -> Path:
    """Where the texts of a language stand: ``facilitator`` for window and Word, ``phone``."""
    return _LOCALE / language / "LC_MESSAGES" / f"{domain}.po"


def texts(language: str, domain: str = "facilitator") -> dict[str, str]:
    """Dutch text → text in this language, of all that is translated; a plural is two texts."""
    from babel.messages.pofile import read_po  # noqa: PLC0415 - only where a catalogue is needed

    path = catalogue_path(language, domain)
    if language == SOURCE or not path.exists():
        return {}
    with path.open("rb") as file:
        catalogue = read_po(file)
    found: dict[str, str] = {}
    for entry in catalogue:
        dutch = entry.id if isinstance(entry.id, tuple) else (entry.id,)
        other = entry.string if isinstance(entry.string, tuple) else (entry.string,)
        pairs = ((str(text), str(said)) for text, said in zip(dutch, other, strict=False))
        found.update({text: said for text, said in pairs if text and said})
    return found


def _compiled(path: Path) -> gettext.NullTranslations:
    from babel.messages.mofile import write_mo  # noqa: PLC0415 - only where a catalogue is needed
    from babel.messages.pofile import read_po  # noqa: PLC0415

    with path.open("rb") as file:
        catalogue = read_po(file)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


Translate = Callable[[str], str]
