"""Programs of ours that live on without us: started in a session of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any, Final

from facilitator.settings import LANGUAGE

_BREAKAWAY: Final = 0x01000000  # CREATE_BREAKAWAY_FROM_JOB: lives on when the console is ended
_NO_WINDOW: Final = 0x08000000  # CREATE_NO_WINDOW
_OWN_GROUP: Final = 0x00000200  # CREATE_NEW_PROCESS_GROUP

Then = Callable[[], None]


def command(package: str, *arguments: str) -> list[str]:
    """How a part of this program is called: by its module, or by its name in a frozen app."""
    if getattr(sys, "frozen", False):
        return [sys.executable, *arguments]
    return [sys.executable, "-m", package, *arguments]


def private(path: Path, *, keep: bool = False) -> IO[bytes]:
    """A file that its user alone can read; emptied first, unless its words are kept."""
    how = os.O_APPEND if keep else os.O_TRUNC
    path.parent.mkdir(parents=True, exist_ok=True)
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | how, 0o600), "wb")


def start(
    words: list[str], out: IO[bytes] | None, errors: IO[bytes], language: str
) -> subprocess.Popen[bytes]:
    """Start a program that outlives this one. Raises ``OSError``."""
    options: dict[str, Any] = {
        "stdin": subprocess.DEVNULL,
        "stdout": out if out is not None else subprocess.DEVNULL,
        "stderr": errors,
        "env": {**os.environ, LANGUAGE: language, "PYTHONUTF8": "1"},
        "cwd": root(),
    }
    if sys.platform == "win32":
        try:
            return _popen(words, creationflags=_NO_WINDOW | _OWN_GROUP | _BREAKAWAY, **options)
        except PermissionError:  # a job that lets nobody go
            return _popen(words, creationflags=_NO_WINDOW | _OWN_GROUP, **options)
    else:
        return _popen(words, start_new_session=True, **options)


def _popen(words: list[str], **options: Any) -> subprocess.Popen[bytes]:
    return subprocess.Popen(words, **options)  # noqa: S603 - our own program, no shell


def let_go(process: subprocess.Popen[bytes]) -> None:
    """Forget a program that is to live on, without Python warning that it does."""
    if process.poll() is None:
        process.returncode = 0


def root() -> str | None:
    """Where ``-m`` finds our packages, wherever the window was started from."""
    if getattr(sys, "frozen", False):
        return None
    return str(Path(__file__).resolve().parents[2])
