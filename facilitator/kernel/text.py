"""Text as people type it, made fit to keep: no control characters, one kind of line end."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_LINE_ENDS: Final = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_UNFIT: Final = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff]|[\ud800-\udfff]"
)
_SPACES: Final = re.compile(r"[ \t\u00a0]+")
_MANY_LINES: Final = re.compile(r"\n{3,}")
_NO_FILE: Final = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')
_FILE_BYTES: Final = 200  # of 255 that a system takes, with what goes before and after
_DEVICES: Final = frozenset(  # names that Windows keeps for itself, whatever the ending
    (
        "CON",
        "PRN",
        "AUX",
        "NUL",
        *(f"{port}{number}" for port in ("COM", "LPT") for number in range(1, 10)),
    )
)
_JOINERS: Final = "\u200c\u200d"  # unseen, and part of how a name is spelt in some scripts
_PILED_UP: Final = re.compile(
    "([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u20d0-\u20ff]{2})[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u20d0-\u20ff]+"
)
_ALIKE: Final = str.maketrans(
    # Cyrillic, Greek and figures; a part of the confusables of Unicode's report 39
    "авекмнорстухіјѕԁαβεικνορτυχ01|l",
    "abekmhopctyxijsdabeikvoptuxoiii",
)


def tidy(text: str) -> str:
    """The text without what no file and no screen can hold. Lines stay, spaces at the ends go."""
    if text.isprintable():  # one line of letters and signs, as nearly everything is
        return text.strip()
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    fit = _UNFIT.sub("", _LINE_ENDS.sub("\n", whole))
    lines = (line.rstrip() for line in fit.split("\n"))
    return _MANY_LINES.sub("\n\n", "\n".join(lines)).strip()


def tidy_line(text: str) -> str:
    """The text on one line, with single spaces."""
    return _SPACES.sub(" ", tidy(text).replace("\n", " ")).strip()


def tidy_name(text: str) -> str:
    """The name on one line, without signs that cannot be seen, that turn the line around, or pile up."""
    whole = unicodedata.normalize("NFC", tidy_line(text))
    seen = "".join(
        sign for sign in whole if sign in _JOINERS or unicodedata.category(sign) not in {"Cf", "Co"}
    )
    return _SPACES.sub(" ", _PILED_UP.sub(r"\1", seen)).strip(f" {_JOINERS}")


def file_words(text: str, most: int) -> str:
    """The text as every system takes it for the name of a file, before its ending; perhaps nothing."""
    fit = tidy_name(_NO_FILE.sub(" ", text)).strip(" .")[:most]
    short = fit.encode()[:_FILE_BYTES].decode(errors="ignore").strip(" .")
    return f"_{short}" if short.partition(".")[0].strip().upper() in _DEVICES else short


def looks(name: str) -> str:
    """What two names have in common that a reader takes for the same."""
    plain = unicodedata.normalize("NFKD", name).casefold().translate(_ALIKE)
    return "".join(sign for sign in plain if unicodedata.category(sign)[0] in "LNS")


def beginning(text: str, most: int = 60) -> str:
    """The text on one line, and of a long one no more than it begins with."""
    line = tidy_line(text)
    return line if len(line) <= most else f"{line[:most].rstrip()}…"
