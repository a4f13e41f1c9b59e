"""What a program writes down of itself: what went wrong and where, never what it was about.

The words of an exception may hold what somebody wrote, so they are left out everywhere: in the log,
and in what goes to a file when a program falls over.
"""

from __future__ import annotations

import logging
import re
import sys
import threading
import traceback
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Final

_SysExcInfo = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)


_VALUES: Final = re.compile(r"[(<\[{'\"]")  # where the words end, and what it was about begins


class Discreet(logging.Formatter):
    """Says what kind of error it was and where, on one line the remark itself.

    Of what asyncio says only the first words stay: the others name sockets, and what was given.
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
        return "\n".join(where(ei[1]))

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's name
        """The message on one line."""
        said = record.message.partition("\n")[0]
        if record.name == "asyncio":
            said = _VALUES.split(said)[0].rstrip()
        record.message = said
        return super().formatMessage(record)


def where(error: BaseException | None) -> Iterator[str]:
    """The kinds of the errors that led to this one, each with its lines of code."""
    while error is not None:
        yield type(error).__qualname__
        for frame in traceback.extract_tb(error.__traceback__):
            yield f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}"
        error = error.__cause__ or error.__context__


def fall_discreetly() -> None:
    """From now on this program says no more than that when it falls over."""
    handler = logging.StreamHandler()
    handler.setFormatter(Discreet())
    logging.lastResort = handler
    handler.setLevel(logging.WARNING)
    sys.excepthook = lambda _kind, error, _trace: _say(error)
    sys.unraisablehook = lambda what: _say(what.exc_value)
    threading.excepthook = lambda what: _say(what.exc_value)


def _say(error: BaseException | None) -> None:
    if sys.stderr is not None and not isinstance(error, KeyboardInterrupt):
        sys.stderr.write("\n".join(["Traceback:", *where(error), ""]))
        sys.stderr.flush()
