"""Files of a meeting: the verslag, the meeting itself, its photos. Pages ask, and are called back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal, Protocol

from facilitator.kernel.errors import FacilitatorError
from facilitator.meeting.ids import PhotoId, ThemeId

FileKind = Literal["cafe", "json"]

FileDone = Callable[[bytes | None, FacilitatorError | None], None]
"""Hears the bytes of the file, or why there are none."""


FileHeard = Callable[[int | None], None]
"""Hears how far it is, in per cent; None: it goes on, but nobody can tell how far it is."""

Cancel = Callable[[], None]
"""Ends the work at once; nothing is heard of it any more."""

PhotoDone = Callable[[FacilitatorError | None], None]
"""Hears that a photo is in the meeting, or why not."""


class Files(Protocol):
    """Where a page gets the bytes of a file from, and hands in photos."""

    def report(self, ending: str, done: FileDone, heard: FileHeard) -> Cancel:
        """The verslag of this moment in a format, by its ending."""

    def meeting_file(self, kind: FileKind, done: FileDone, heard: FileHeard) -> Cancel:
        """The meeting as one file: ``cafe`` (a zip) or ``json``."""

    def add_photo(self, path: Path, theme: ThemeId | None, caption: str, done: PhotoDone) -> None:
        """Put a photo from a file in the meeting."""

    def photo(self, photo: PhotoId, done: FileDone) -> None:
        """The picture of a photo, as a JPEG."""
