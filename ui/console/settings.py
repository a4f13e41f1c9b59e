"""What this console remembers: its language, its place on the screen, the meeting that was open."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QByteArray, QSettings

from facilitator import settings
from facilitator.i18n import LANGUAGES
from facilitator.meeting.ids import MeetingId


class Remembered:
    """A small file in the data folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._kept = QSettings(str(folder / "console.ini"), QSettings.Format.IniFormat)

    @property
    def language(self) -> str:
        """The language of the app: as it was chosen, or else as it was asked for."""
        kept = str(self._kept.value("language", ""))
        return kept if kept in LANGUAGES else settings.language()

    @language.setter
    def language(self, language: str) -> None:
        self._kept.setValue("language", language)

    @property
    def meeting(self) -> MeetingId | None:
        """The meeting that was open."""
        try:
            return MeetingId(UUID(str(self._kept.value("meeting", ""))))
        except ValueError:
            return None

    @meeting.setter
    def meeting(self, meeting: MeetingId | None) -> None:
        self._kept.setValue("meeting", str(meeting) if meeting is not None else "")
        self._kept.sync()

    @property
    def place(self) -> QByteArray:
        """Where the window stood."""
        kept = self._kept.value("place")
        return kept if isinstance(kept, QByteArray) else QByteArray()

    @place.setter
    def place(self, place: QByteArray) -> None:
        self._kept.setValue("place", place)

    @property
    def reads_along(self) -> bool:
        """Whether the verslag is shown beside what is typed."""
        return str(self._kept.value("reads_along", "true")) == "true"

    @reads_along.setter
    def reads_along(self, shown: bool) -> None:
        self._kept.setValue("reads_along", "true" if shown else "false")
