"""Telling a person of an error, in the language of that person.

The words of each code stand in :mod:`facilitator.messages.words`. Codes that end in ``.unknown`` and
have no words of their own are of things that are not there any more.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from string import Formatter
from typing import Final

from facilitator.i18n import N_, Words
from facilitator.kernel.errors import FacilitatorError
from facilitator.messages.words import MESSAGES

_GONE: Final = N_("Dit is er niet meer. Kijk wat er nu staat en probeer het opnieuw.")
_UNEXPECTED: Final = N_("Dit ging mis ({code}). Probeer het opnieuw.")

FOR_PHONES: Final = (
    *("meeting.unknown", "meeting.not_live", "meeting.closed", "title.length", "line.length"),
    *("text.length", "text.empty", "theme.unknown", "table.code", "table.unknown"),
    *("participant.most", "participant.name", "participant.unknown", "participant.people"),
    *("host.link", "host.used", "host.table", "hand_over.points", "hand_over.exists"),
    *("note.length", "note.exists", "note.not_yours", "note.number", "note.unknown"),
    *("check_in.empty", "check_in.word", "check_in.grade", "check_in.most", "check_in.exists"),
    *("votes.closed", "votes.option", "votes.spent", "votes.key"),
    *("photo.kind", "photo.size", "photo.failed", "photo.most", "photo.unknown"),
    *("reference.missing", "token.unknown", "role.forbidden", "host.unknown", "origin.unknown"),
    *("rate.limited", "streams.full", "body.size", "body.malformed", "command.unknown"),
    *("command.malformed", "commands.number", "id.malformed", "page.unknown", "engine.busy"),
    *("engine.slow", "engine.failed", "rule.failed", "store.full", "store.failing"),
    *("store.uncertain", "store.closed", "meeting.wiped", "trial.off"),
)
"""The codes that a phone may be answered with; a further language has words for these alone."""


def words_for_phones() -> list[str]:
    """The Dutch words that a further language needs besides those of the page."""
    return [*(MESSAGES[code] for code in FOR_PHONES), _GONE, _UNEXPECTED]


def message(error: FacilitatorError, words: Words) -> str:
    """What to tell a person, in the language of these words."""
    kind = error.code.partition(".")[2]
    text = MESSAGES.get(error.code) or (_GONE if kind == "unknown" else _UNEXPECTED)
    values = {name: _readable(value, words) for name, value in error.values.items()}
    return Formatter().vformat(words(text), (), _Filled(values, code=error.code))


def _readable(value: str | float, words: Words) -> str:
    """A number as the language writes it: without decimals where it has none."""
    if isinstance(value, str):
        return value
    whole = int(value) == value
    return words.number(int(value) if whole else Decimal(str(value)))


class _Filled(dict[str, str]):
    """The values of an error; what is missing is left open."""

    def __init__(self, values: Mapping[str, str], **more: str) -> None:
        super().__init__({**values, **more})

    def __missing__(self, name: str) -> str:
        return "…"
