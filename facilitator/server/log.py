"""What the engine writes down of itself: no texts, no names, no tokens, no addresses."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import Final

from facilitator.store.private import make_file, make_folder

FILE: Final = "engine.log"
_SIZE: Final = 1_000_000  # bytes, of each of a few files
_FILES: Final = 3
_SysExcInfo = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)


class Discreet(logging.Formatter):
    """Says what kind of error it was and where, never what it was about.

    The words of an exception may hold what somebody wrote, so they are left out; so is all but the
    first line of what asyncio says, which names sockets.
    """

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname} {name}: {message}", style="{")

    def format(self, record: logging.LogRecord) -> str:
        """The remark, whatever another handler made of the same one."""
        kept, record.exc_text = record.exc_text, None
        try:
            return super().format(record)
        finally:
            record.exc_text = kept

    def formatException(self, ei: _SysExcInfo) -> str:  # noqa: N802 - logging's name
        """The kinds of the errors that led to it, and the lines of code."""
        lines: list[str] = []
        error = ei[1]
        while error is not None:
            lines.append(type(error).__qualname__)
            frames = traceback.extract_tb(error.__traceback__)
            lines += [f"  {Path(at.filename).name}:{at.lineno} {at.name}" for at in frames]
            error = error.__cause__ or error.__context__
        return "\n".join(lines)

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's name
        """The message on one line."""
        record.message = record.message.partition("\n")[0]
        return super().formatMessage(record)


class _Private(RotatingFileHandler):
    """Writes to files that only their user can read."""

    def _open(self) -> TextIOWrapper:
        make_file(Path(self.baseFilename))
        return super()._open()


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
