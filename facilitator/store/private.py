"""Files and folders that only their user can read. On Windows a user's folder is that already."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import Final

_FOLDER: Final = 0o700
_FILE: Final = 0o600


def make_folder(path: Path, *, ours: bool = False) -> None:
    """Make the folder. One that is there keeps its rights, unless it is ``ours``."""
    new = not path.exists()
    path.mkdir(mode=_FOLDER, parents=True, exist_ok=True)
    if new or ours:
        _restrict(path, _FOLDER)


def make_file(path: Path) -> None:
    """Make an empty file where there is none, for its user's eyes only."""
    os.close(os.open(path, os.O_CREAT | os.O_WRONLY, _FILE))
    _restrict(path, _FILE)


def write(path: Path, text: str) -> None:
    """Write a short text in ASCII."""
    make_file(path)
    path.write_text(text, encoding="ascii")


def _restrict(path: Path, mode: int) -> None:
    if os.name == "posix":
        with contextlib.suppress(OSError):  # somebody else's folder, or a disk without rights
            path.chmod(mode)
