"""Checks that several features share: the length of a text, a number within its bounds."""

from __future__ import annotations

from typing import Any, Final, TypeVar

import msgspec
from msgspec import UNSET, UnsetType

from facilitator.kernel.command import Command
from facilitator.kernel.entity import Entity
from facilitator.kernel.errors import Refused
from facilitator.kernel.merge import merge
from facilitator.kernel.text import tidy, tidy_line

TITLE: Final = 200  # characters; fits on one line of a report, and of a projector in two
PARAGRAPH: Final = 20_000  # characters; an explanation, about eight pages

T = TypeVar("T", bound=Entity)


class Typed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text that two may edit at once: what one began with, and what one made of it."""

    base: str
    text: str


def title(text: str, code: str = "title.length") -> str:
    """A title on one line. Raises ``Refused`` when empty or too long."""
    line = tidy_line(text)
    if not 0 < len(line) <= TITLE:
        raise Refused(code, maximum=TITLE)
    return line


def line(text: str) -> str:
    """One line, which may be empty. Raises ``Refused`` when too long."""
    short = tidy_line(text)
    if len(short) > TITLE:
        raise Refused("line.length", maximum=TITLE)
    return short


def paragraph(text: str) -> str:
    """A text of any number of lines. Raises ``Refused`` when too long."""
    whole = tidy(text)
    if len(whole) > PARAGRAPH:
        raise Refused("text.length", maximum=PARAGRAPH)
    return whole


def words(text: str) -> str:
    """A text of any number of lines, which says something. Raises ``Refused`` where it does not."""
    told = paragraph(text)
    if not told:
        raise Refused("text.empty")
    return told


def within(number: float, low: float, high: float, code: str) -> None:
    """Raises ``Refused`` with this code where the number is out of its bounds."""
    if not low <= number <= high:
        raise Refused(code, minimum=low, maximum=high)


def typed(current: str, edit: Typed | UnsetType) -> tuple[str, bool]:
    """The text after an edit that may have crossed another's, and whether the two clashed."""
    if edit is UNSET:
        return current, False
    merged = merge(tidy(edit.base), current, tidy(edit.text))
    return paragraph(merged.text), merged.clash


def given(command: Command, *without: str) -> dict[str, Any]:
    """The fields of an edit that were sent; the others stay as they are."""
    skip = {"id", *without}
    return {
        name: value
        for name in command.__struct_fields__
        if name not in skip and (value := getattr(command, name)) is not UNSET
    }


def edited(entity: T, **fields: Any) -> T:
    """The entity with these fields changed."""
    return msgspec.structs.replace(entity, **fields)
