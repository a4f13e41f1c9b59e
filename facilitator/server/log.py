"""What the engine writes down of itself: no texts, no names, no tokens, no addresses."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Final

from facilitator.kernel.remarks import Discreet
from facilitator.store.private import make_file, make_folder

FILE: Final = "engine.log"
_SIZE: Final = 1_000_000  # bytes, of each of a few files
_FILES: Final = 3


class _Private(RotatingFileHandler):
    """Writes to files that only their user can read."""

    def _open(self) -> TextIOWrapper:
        make_file(Path(self.baseFilename))
        return super()._open()

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """On a full disk nothing can be written down, nor said elsewhere: what it was is told anyhow."""


@contextmanager
def log_to(folder: Path) -> Iterator[None]:
    """Write everything from warnings on, and our own remarks, to files in this folder."""
    make_folder(folder)
    handler = _Private(
        folder / FILE, maxBytes=_SIZE, backupCount=_FILES, encoding="utf-8", delay=True
    )
    handler.setFormatter(Discreet())
    root, ours = logging.getLogger(), logging.getLogger("facilitator")
    before = root.level, ours.level
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    ours.setLevel(logging.INFO)
    try:
        yield
    finally:
        root.removeHandler(handler)
        root.setLevel(before[0])
        ours.setLevel(before[1])
        handler.close()
