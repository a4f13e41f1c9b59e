"""Which words are spelled wrong: a program of its own, asked by the window line by line.

It runs beside the window and not in it: a long Dutch compound may take half a second to judge, the
word list a second to load, and neither may hold up who types. ``python -m ui spelling`` is it.
"""

from __future__ import annotations

import re
import sys
from functools import cache
from typing import IO, Any, Final

import msgspec

from facilitator.settings import RESOURCES

LISTS: Final = RESOURCES / "spelling"
MOST: Final = 6  # suggestions for a word
WORDS: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_NO_WORDS: Final = re.compile(r"[@\d_/\\]|\w\.\w")  # addresses, numbers, abbreviations


class Question(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the window asks: which of these words are wrong, or what one might be instead."""

    language: str
    words: tuple[str, ...] = ()
    mend: str = ""


class Answer(msgspec.Struct, frozen=True, omit_defaults=True):
    """What it hears. ``able``: whether there is a word list, and a library that reads it."""

    able: bool = True
    wrong: tuple[str, ...] = ()
    mends: tuple[str, ...] = ()


def words_in(text: str) -> list[tuple[int, int, str]]:
    """The words of a line that can be judged, and where they begin and end."""
    return [
        (token.start() + word.start(), token.start() + word.end(), word[0])
        for token in re.finditer(r"\S+", text)
        if not _NO_WORDS.search(token[0])
        for word in WORDS.finditer(token[0])
        if len(word[0]) > 1 and not word[0].isupper()
    ]


def answer(asked: Question) -> Answer:
    """The answer to one question."""
    checker = _checker(asked.language)
    if checker is None:
        return Answer(able=False)
    if asked.mend:
        return Answer(mends=tuple(checker.suggest(_plain(asked.mend)))[:MOST])
    return Answer(wrong=tuple(word for word in asked.words if not checker.spell(_plain(word))))


def main(asked: IO[bytes] | None = None, told: IO[bytes] | None = None) -> int:
    """Answer each line until there are no more; the exit code."""
    into = told or sys.stdout.buffer
    for line in asked or sys.stdin.buffer:
        into.write(msgspec.json.encode(answer(msgspec.json.decode(line, type=Question))) + b"\n")
        into.flush()
    return 0


@cache
def _checker(language: str) -> Any:
    """What knows the words of a language; None where it is not there."""
    if not (LISTS / f"{language}.dic").is_file():
        return None
    try:
        from hunspell import Hunspell  # noqa: PLC0415 - not there on every system
    except ImportError:
        return None
    return Hunspell(language, hunspell_data_dir=str(LISTS), system_encoding="UTF-8")


def _plain(word: str) -> str:
    """As the lists write it: a straight apostrophe."""
    return word.replace("’", "'")
