"""Text as people type it, made fit to keep: no control characters, one kind of line end."""

from __future__ import annotations

import re
from typing import Final

_LINE_ENDS: Final = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_UNFIT: Final = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff]|[\ud800-\udfff]"
)
_SPACES: Final = re.compile(r"[ \t\u00a0]+")
_MANY_LINES: Final = re.compile(r"\n{3,}")


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
