"""A PDF says when it was made, and has a number of its own; ours are those of the meeting."""

from __future__ import annotations

import datetime as dt
import re
from hashlib import sha256
from typing import Final

_DATE: Final = re.compile(rb"(/(?:Creation|Mod)Date ?\()D:[^)]*\)")
_TOLD: Final = re.compile(rb"(<xmp:(Create|Modify|Metadata)Date>)[^<]*</xmp:\2Date>")
_MARKED: Final = re.compile(rb'( xmp:(?:Create|Modify|Metadata)Date=")[^"]*"')
_NUMBER: Final = re.compile(rb"(?<=[</])[0-9A-F]{32}(?=[>\r\n])")


def dated(made: bytes, when: dt.datetime) -> bytes:
    """The file as of a day, and numbered by what stands in it: the same meeting, the same bytes.

    Nothing moves: what is shorter is filled up with spaces.
    """
    day = f"{when:%Y-%m-%dT%H:%M:%SZ}".encode()
    number = f"D:{when:%Y%m%d%H%M%S}Z)".encode()
    made = _DATE.sub(lambda found: _filled(found, found[1] + number), made)
    made = _MARKED.sub(lambda found: _filled(found, found[1] + day + b'"'), made)
    made = _TOLD.sub(
        lambda found: _filled(found, b"%b%b</xmp:%bDate>" % (found[1], day, found[2])), made
    )
    at = max(made.rfind(b"/ID"), 0)
    before, trailer = made[:at], made[at:]
    own = sha256(before).hexdigest()[:32].upper().encode()
    return before + _NUMBER.sub(own, trailer)


def _filled(found: re.Match[bytes], new: bytes) -> bytes:
    old = found[0]
    return new.ljust(len(old)) if len(new) <= len(old) else old
