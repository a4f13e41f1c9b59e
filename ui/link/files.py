"""Files that the engine makes: the verslag and the meeting itself. Pages ask, and are called back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, Protocol

from facilitator.kernel.errors import FacilitatorError

FileKind = Literal["cafe", "json"]

FileDone = Callable[[bytes | None, FacilitatorError | None], None]
"""Hears the bytes of the file, or why there are none."""


class Files(Protocol):
    """Where a page gets the bytes of a file from."""

    def report(self, done: FileDone) -> None:
        """The verslag of this moment, as a Word file."""

    def meeting_file(self, kind: FileKind, done: FileDone) -> None:
        """The meeting as one file: ``cafe`` (a zip) or ``json``."""
