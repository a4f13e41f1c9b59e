"""Writing a file where somebody wants it: beside the old one, and then in its place."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Final
from uuid import uuid4

from facilitator.i18n import _
from ui.console.apart import Tell

PIECE: Final = 4 * 1024 * 1024  # bytes that are brought to the disk at a time
_FULL: Final = {errno.ENOSPC, errno.EDQUOT}
_LOCKED: Final = {errno.EACCES, errno.EPERM, errno.EROFS, errno.ETXTBSY}


def write_whole(path: Path, body: bytes, tell: Tell = lambda _percent: None) -> None:
    """Write a file so that there is always the old one or the new one, whole. Raises ``OSError``.

    ``tell`` hears how much is on the disk; when it raises, nothing of the new one is left.
    """
    beside = path.with_name(f".{path.stem[:40]}-{uuid4().hex[:8]}.part")
    try:
        with beside.open("wb") as file:
            for start in range(0, max(1, len(body)), PIECE):
                tell(100 * start // max(1, len(body)))
                file.write(body[start : start + PIECE])
                file.flush()
                os.fsync(file.fileno())
        tell(100)
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def why_not(path: Path, wrong: OSError) -> str:
    """Why a file could not be written, and what to do, in words."""
    if wrong.errno in _FULL:
        told = _(
            "“{name}” is niet opgeslagen: de schijf is vol. Maak ruimte of kies een andere plek."
        )
    elif wrong.errno in _LOCKED:
        told = _(
            "“{name}” is niet opgeslagen: het bestand is open in een ander programma, of de map is "
            "op slot. Sluit het, of kies een andere naam of plek."
        )
    elif isinstance(wrong, FileNotFoundError):
        told = _("“{name}” is niet opgeslagen: de map is er niet meer. Kies een andere plek.")
    else:
        told = _("“{name}” is niet opgeslagen: {reason}. Kies een andere plek.")
    return told.format(name=path.name, reason=wrong.strerror or wrong)
