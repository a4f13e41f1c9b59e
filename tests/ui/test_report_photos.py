"""The photos on the page Verslag: added from files, shown small and large, described, moved, removed."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from PySide6.QtCore import QSize, Qt
from pytestqt.qtbot import QtBot

from facilitator.kernel.errors import FacilitatorError, Malformed
from facilitator.meeting.ids import PhotoId, ThemeId
from facilitator.meeting.photos import AddPhoto, photos
from facilitator.meeting.themes import themes
from tests.server.drawn import TAKEN_AT, bomb, drawn, with_place
from tests.ui import pages
from tests.ui.calls import FakeCalls
from tests.ui.link import new_meeting, replica_of, running_engine
from tests.ui.local import LocalReplica
from ui.console.report import ReportPage
from ui.console.report_photos import PhotosSection
from ui.link.files import Cancel, FileDone, FileHeard, FileKind, PhotoDone
from ui.link.library import RemoteFiles
from ui.widgets.choices import ChoiceField
from ui.widgets.picture import SMALL, PictureField, read


class Album:
    """Files that hold photos, and take them as an engine would."""

    def __init__(self, replica: LocalReplica) -> None:
        self.replica = replica
        self.asked: list[PhotoId] = []
        self.kept: dict[PhotoId, bytes] = {}
        self.wrong: dict[str, FacilitatorError] = {}

    def report(self, ending: str, done: FileDone, heard: FileHeard) -> Cancel:
        done(None, None)
        return lambda: None

    def meeting_file(self, kind: FileKind, done: FileDone, heard: FileHeard) -> Cancel:
        done(None, None)
        return lambda: None

    def add_photo(self, path: Path, theme: ThemeId | None, caption: str, done: PhotoDone) -> None:
        if path.name in self.wrong:
            done(self.wrong[path.name])
            return
        key = PhotoId(uuid4())
        self.kept[key] = drawn(300, 200)
        self.replica.send(
            AddPhoto(id=key, photo=key, width=300, height=200, theme=theme, caption=caption)
        )
        done(None)

    def photo(self, photo: PhotoId, done: FileDone) -> None:
        self.asked.append(photo)
        done(self.kept.get(photo), None)


@pytest.fixture
def replica() -> LocalReplica:
    return pages.small_meeting()


@pytest.fixture
def album(replica: LocalReplica) -> Album:
    return Album(replica)


@pytest.fixture
def section(replica: LocalReplica, album: Album, qtbot: QtBot) -> PhotosSection:
    page = ReportPage(replica, album, FakeCalls())
    pages.show(qtbot, page)
    found = page.section(PhotosSection)
    assert isinstance(found, PhotosSection)
    page.jump(page.sections.index(found))
    return found


def added(section: PhotosSection, qtbot: QtBot, names: Iterable[str] = ("a.jpg",)) -> list[PhotoId]:
    """Choose these files; the photos as they stand then."""
    section.ask()
    assert section.dialog is not None
    qtbot.waitUntil(section.dialog.isVisible)
    section.dialog.filesSelected.emit([f"/fotos/{name}" for name in names])
    section.dialog.close()
    section.window().activateWindow()
    qtbot.waitUntil(section.window().isActiveWindow)
    qtbot.waitUntil(lambda: not section.adding.busy)
    pages.settle()
    return keys(section)


def keys(section: PhotosSection) -> list[PhotoId]:
    return [thing.id for thing in photos(section.state)]


def picture(section: PhotosSection, key: UUID) -> PictureField:
    field = section.list.field(key, "photo")
    assert isinstance(field, PictureField)
    return field


def test_photos_are_added_from_files_and_shown(
    section: PhotosSection, album: Album, qtbot: QtBot
) -> None:
    said: list[str] = []
    section.said.connect(said.append)
    first, second = added(section, qtbot, ("a.jpg", "b.png"))
    assert said == ["2 foto’s toegevoegd."]
    assert [row.id for row in section.list.rows] == [first, second]
    qtbot.waitUntil(lambda: picture(section, first).there)
    assert not section.progress.text()
    assert not section.wrong.isVisible()


def test_each_picture_is_asked_for_once(
    section: PhotosSection, album: Album, replica: LocalReplica, qtbot: QtBot
) -> None:
    (key,) = added(section, qtbot)
    pages.type_into(section.list.field(key, "caption"), "Het tafelkleed")
    pages.settle()
    assert album.asked == [key]


def test_what_cannot_be_taken_is_told_and_holds_up_no_other(
    section: PhotosSection, album: Album, qtbot: QtBot
) -> None:
    album.wrong = {f"{n}.heic": Malformed("photo.kind") for n in range(7)}
    assert len(added(section, qtbot, [*album.wrong, "a.jpg"])) == 1
    told = section.wrong.text().split("\n")
    assert section.wrong.isVisible()
    assert told[0].startswith("“0.heic” is niet toegevoegd. Dit is geen foto")
    assert told[-1] == "En nog 3 foto’s zijn niet toegevoegd."
    added(section, qtbot)
    assert not section.wrong.isVisible()


def test_a_caption_and_a_theme(section: PhotosSection, replica: LocalReplica, qtbot: QtBot) -> None:
    (key,) = added(section, qtbot)
    pages.type_into(section.list.field(key, "caption"), "Het tafelkleed")
    field = section.list.field(key, "theme")
    assert isinstance(field, ChoiceField)
    pages.choose(field.box, "2 Ontmoeting")
    (photo,) = photos(replica.state)
    assert (photo.caption, photo.theme) == ("Het tafelkleed", themes(replica.state)[1].id)


def test_moving_removing_and_taking_it_back(
    section: PhotosSection, replica: LocalReplica, qtbot: QtBot
) -> None:
    first, second = added(section, qtbot, ("a.jpg", "b.jpg"))
    caption = section.list.field(first, "caption")
    pages.alt(caption, Qt.Key.Key_Down)
    assert keys(section) == [second, first]
    pages.alt(caption, Qt.Key.Key_Delete)
    pages.settle()
    assert keys(section) == [second]
    replica.undo()
    pages.settle()
    assert keys(section) == [second, first]
    assert [row.id for row in section.list.rows] == [second, first]
    qtbot.waitUntil(lambda: picture(section, first).there)


def test_adding_is_taken_back(section: PhotosSection, replica: LocalReplica, qtbot: QtBot) -> None:
    added(section, qtbot)
    replica.undo()
    pages.settle()
    assert not keys(section)
    assert not section.list.rows


def test_pressed_it_is_shown_large(section: PhotosSection, qtbot: QtBot) -> None:
    (key,) = added(section, qtbot)
    field = picture(section, key)
    qtbot.waitUntil(lambda: field.there)
    pages.press(field.button)
    assert field.large is not None
    assert field.large.picture.pixmap().size() == QSize(300, 200), "never larger than it is"
    pages.key(field.large, Qt.Key.Key_Escape)


def test_a_picture_that_cannot_be_had_is_asked_for_again(
    section: PhotosSection, album: Album, qtbot: QtBot
) -> None:
    (key,) = added(section, qtbot)
    field = picture(section, key)
    kept = album.kept.pop(key)
    field.show_value(PhotoId(uuid4()))
    assert not field.there
    assert field.size() == SMALL, "the rows stay where they are"
    album.kept[key] = kept
    field.show_value(key)
    assert field.there


def test_two_hundred_photos_are_fetched_as_they_come_into_sight(
    replica: LocalReplica, album: Album, qtbot: QtBot
) -> None:
    for _ in range(200):
        album.add_photo(Path("a.jpg"), None, "", lambda _error: None)
    page = ReportPage(replica, album, FakeCalls())
    pages.show(qtbot, page)
    pages.settle()
    found = page.section(PhotosSection)
    assert isinstance(found, PhotosSection)
    assert len(found.list.rows) == 200
    assert len(album.asked) < 60


def test_reading_keeps_the_proportions() -> None:
    assert read(drawn(600, 200), SMALL).size() == QSize(120, 40)
    assert read(drawn(60, 20), SMALL).size() == QSize(60, 20)
    assert read(drawn(600, 200), SMALL, 2.0).size() == QSize(240, 80)
    assert read(b"nonsense", SMALL).isNull()


def test_with_a_real_engine(tmp_path: Path, qtbot: QtBot) -> None:
    """A photo from a telephone goes in and comes back upright, to the Word file; what is none is told."""
    (tmp_path / "IMG 1 é.jpg").write_bytes(with_place(3_000, 2_000))
    (tmp_path / "bom.png").write_bytes(bomb())
    (tmp_path / "groot.jpg").write_bytes(bytes(12_000_001))
    with running_engine(tmp_path / "data", qtbot) as engine:
        replica = replica_of(engine, new_meeting(engine, qtbot), qtbot)
        files = RemoteFiles(engine.http, replica.meeting, replica)
        page = ReportPage(replica, files, FakeCalls())
        pages.show(qtbot, page)
        section = page.section(PhotosSection)
        assert isinstance(section, PhotosSection)
        page.jump(page.sections.index(section))
        names = ("weg.jpg", "bom.png", "groot.jpg", "IMG 1 é.jpg")
        section.adding.add(tmp_path / name for name in names)
        qtbot.waitUntil(lambda: not section.adding.busy, timeout=30_000)
        qtbot.waitUntil(lambda: len(photos(replica.state)) == 1, timeout=10_000)
        assert [line.partition("”")[0] for line in section.wrong.text().split("\n")] == [
            "“weg.jpg",
            "“bom.png",
            "“groot.jpg",
        ]
        (photo,) = photos(replica.state)
        assert (photo.width, photo.height) == (1_333, 2_000)
        qtbot.waitUntil(lambda: picture(section, photo.id).there, timeout=10_000)
        made: list[bytes] = []
        files.report("docx", lambda body, _error: made.append(body or b""), lambda _percent: None)
        qtbot.waitUntil(lambda: bool(made), timeout=30_000)
        with zipfile.ZipFile(BytesIO(made[0])) as word:
            kept = word.read("word/media/photo1.jpeg")
        assert read(kept, SMALL).size() == QSize(53, 80)
        assert TAKEN_AT.encode() not in kept
        replica.undo()
        qtbot.waitUntil(lambda: not photos(replica.state), timeout=10_000)
