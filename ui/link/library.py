"""The library: all meetings of an engine, and what is done with a meeting as a whole."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, urlencode
from uuid import UUID, uuid4

import msgspec
import shiboken6
from PySide6.QtCore import QFile, QIODevice, QObject

from facilitator.kernel.errors import FacilitatorError, Malformed, Unavailable
from facilitator.meeting.ids import MeetingId, PhotoId, ThemeId
from facilitator.meeting.photos import MEGABYTES, MEGAPIXELS
from ui.link.files import Cancel, FileDone, FileHeard, FileKind, PhotoDone
from ui.link.following import Following
from ui.link.http import LONG, SLOW, Http, decoded, while_alive
from ui.link.summary import Plan, Summary


class _List(msgspec.Struct):
    meetings: list[Summary]


class _Made(msgspec.Struct):
    id: MeetingId


ListDone = Callable[[list[Summary] | None, FacilitatorError | None], None]
MadeDone = Callable[[MeetingId | None, FacilitatorError | None], None]
Done = Callable[[FacilitatorError | None], None]


class Library(QObject):
    """Asks the engine; every answer comes back by a call, as long as ``owner`` is there to hear it."""

    def __init__(self, http: Http, owner: QObject) -> None:
        super().__init__(owner)
        self._http = http
        self._owner = owner

    def list(self, done: ListDone) -> None:
        """All meetings."""

        def heard(answer: _List | None, error: FacilitatorError | None) -> None:
            done(answer.meetings if answer is not None else None, error)

        self._http.get("/api/meetings", while_alive(self._owner, decoded(_List, heard)))

    def new(self, plan: Plan, done: MadeDone) -> None:
        """Make a meeting."""
        body = {"id": uuid4(), **msgspec.structs.asdict(plan)}
        self._http.post("/api/meetings", body, self._made(done))

    def sample(self, done: MadeDone) -> None:
        """Put the sample meeting in the library."""
        self._http.post("/api/meetings/sample", {}, self._made(done))

    def copy(self, meeting: UUID, title: str, done: MadeDone) -> None:
        """Make a meeting like this one."""
        body = {"id": uuid4(), "title": title}
        self._http.post(f"/api/meetings/{meeting}/copy", body, self._made(done))

    def bring_in(self, file: bytes, done: MadeDone) -> None:
        """Make a meeting of a file that somebody handed over."""
        self._http.post("/api/meetings/import", file, self._made(done), SLOW)

    def delete(self, meeting: UUID, done: Done) -> None:
        """Remove a meeting for good."""
        self._http.delete(
            f"/api/meetings/{meeting}", while_alive(self._owner, lambda _body, error: done(error))
        )

    def file(self, meeting: UUID, kind: FileKind, done: FileDone) -> None:
        """A meeting as one file."""
        self._http.get(f"/api/meetings/{meeting}/file.{kind}", while_alive(self._owner, done), SLOW)

    def _made(self, done: MadeDone) -> FileDone:
        def heard(answer: _Made | None, error: FacilitatorError | None) -> None:
            done(answer.id if answer is not None else None, error)

        return while_alive(self._owner, decoded(_Made, heard))


class RemoteFiles:
    """The files of one meeting, made by the engine; heard as long as ``owner`` is there."""

    def __init__(self, http: Http, meeting: UUID, owner: QObject) -> None:
        self._http = http
        self._meeting = meeting
        self._owner = owner

    def report(self, ending: str, done: FileDone, heard: FileHeard) -> Cancel:
        """The verslag of this moment in a format, by its ending."""
        job = uuid4()
        following = Following(self._http, job, heard, self._owner)

        def made(body: bytes | None, error: FacilitatorError | None) -> None:
            following.end()
            done(body, error)

        path = f"/api/report.{ending}?meeting={self._meeting}&job={job}"
        break_off = self._http.fetch(path, while_alive(self._owner, made), LONG)

        def cancel() -> None:
            following.end()
            break_off()

        return cancel

    def meeting_file(self, kind: FileKind, done: FileDone, heard: FileHeard) -> Cancel:
        """The meeting as one file: ``cafe`` (a zip) or ``json``; told as it comes in."""

        def received(there: int, whole: int) -> None:
            if shiboken6.isValid(self._owner) and whole > 0:
                heard(100 * there // whole)

        path = f"/api/meetings/{self._meeting}/file.{kind}"
        return self._http.fetch(path, while_alive(self._owner, done), SLOW, received)

    def add_photo(self, path: Path, theme: ThemeId | None, caption: str, done: PhotoDone) -> None:
        """Put a photo from a file in the meeting."""
        file = QFile(str(path))
        if not file.open(QIODevice.OpenModeFlag.ReadOnly):
            done(Unavailable("file.access", file=path.name, why=file.errorString()))
            return
        if file.size() > MEGABYTES * 10**6:
            done(Malformed("photo.size", megabytes=MEGABYTES, megapixels=MEGAPIXELS))
            return
        of = {"meeting": self._meeting, "caption": caption}
        query = urlencode({**of, "theme": theme} if theme else of, quote_via=quote)

        def heard(_body: bytes | None, error: FacilitatorError | None) -> None:
            done(error)

        put = f"/api/photos/{uuid4()}?{query}"
        self._http.put(put, file, while_alive(self._owner, heard), SLOW)

    def photo(self, photo: PhotoId, done: FileDone) -> None:
        """The picture of a photo, as a JPEG."""
        path = f"/api/photos/{photo}?meeting={self._meeting}"
        self._http.get(path, while_alive(self._owner, done))
