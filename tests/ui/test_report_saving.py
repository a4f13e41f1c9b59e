"""Saving a file that takes long: how far it is, stopping it, and a disk that will not take it."""

from __future__ import annotations

import errno
import os
import threading
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from facilitator.kernel.errors import Unavailable
from tests.ui import pages
from tests.ui.calls import FakeCalls
from tests.ui.local import LocalReplica
from tests.ui.test_report_page import FakeFiles
from ui.console import png, report_writing
from ui.console.apart import Apart, Stopped, Tell
from ui.console.report import ReportPage
from ui.console.report_writing import write_whole


@pytest.fixture
def replica() -> LocalReplica:
    return pages.small_meeting()


@pytest.fixture
def files() -> FakeFiles:
    return FakeFiles()


@pytest.fixture
def page(replica: LocalReplica, files: FakeFiles, qtbot: QtBot) -> ReportPage:
    made = ReportPage(replica, files, FakeCalls())
    pages.show(qtbot, made)
    return made


@pytest.fixture
def spoken(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a screen reader is given to read out."""
    heard: list[str] = []

    def hear(event: object) -> None:
        heard.append(event.message())  # type: ignore[attr-defined]

    monkeypatch.setattr(QAccessible, "updateAccessibility", hear)
    return heard


class Slow:
    """A disk on which each piece waits for the test."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.brought = threading.Semaphore(0)
        self.pieces = 0
        monkeypatch.setattr(os, "fsync", self._fsync)
        monkeypatch.setattr(report_writing, "PIECE", 10)

    def _fsync(self, _number: int) -> None:
        assert self.brought.acquire(timeout=30)
        self.pieces += 1

    def bring(self, pieces: int) -> None:
        """Let so many pieces be written."""
        for _ in range(pieces):
            self.brought.release()


# How far it is


def test_it_tells_how_far_the_engine_is(
    page: ReportPage, files: FakeFiles, tmp_path: Path, qtbot: QtBot, spoken: list[str]
) -> None:
    page.saving.save(page.saving.report, tmp_path / "x.docx")
    files.tell(12)
    assert not page.banner.isVisible(), "a moment is not long"
    qtbot.waitUntil(page.banner.bar.isVisible)
    assert (page.banner.bar.value(), page.banner.bar.maximum()) == (12, 100)
    for percent in range(13, 41):
        files.tell(percent)
    assert page.banner.text.text().startswith("Verslag maken… 40\u00a0%.")
    assert page.banner.bar.value() == 40
    assert page.banner.bar.accessibleName() == "Verslag maken"
    assert len(spoken) == 1, "not each per cent"
    files.tell(None)
    assert page.banner.bar.maximum() == 0, "nobody can tell"
    assert "%" not in page.banner.text.text()
    files.finish(page, qtbot, b"whole")
    assert not page.banner.bar.isVisible()
    assert spoken[1:] == [page.banner.text.text()]


def test_it_is_told_also_when_the_page_comes_into_sight_later(
    page: ReportPage, files: FakeFiles, tmp_path: Path, qtbot: QtBot
) -> None:
    page.saving.save(page.saving.report, tmp_path / "x.docx")
    page.hide()
    qtbot.waitUntil(lambda: not page.banner.isHidden())
    files.tell(60)
    page.show()
    assert page.banner.bar.isVisible()
    assert page.banner.bar.value() == 60
    files.finish(page, qtbot, b"whole")


def test_a_slow_disk_has_a_bar_of_its_own(
    page: ReportPage,
    files: FakeFiles,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    disk, target = Slow(monkeypatch), tmp_path / "x.docx"
    page.saving.save(page.saving.report, target)
    files.give(b"0123456789" * 4)
    qtbot.waitUntil(page.banner.bar.isVisible)
    disk.bring(2)
    qtbot.waitUntil(lambda: page.banner.bar.value() == 50)
    assert page.banner.text.text().startswith("Verslag opslaan… 50\u00a0%.")
    assert not target.exists()
    disk.bring(2)
    qtbot.waitUntil(page.word.isEnabled)
    assert target.read_bytes() == b"0123456789" * 4


# Stopping it


def test_stopping_ends_the_work_of_the_engine(
    page: ReportPage, files: FakeFiles, tmp_path: Path, qtbot: QtBot, spoken: list[str]
) -> None:
    page.saving.save(page.saving.report, tmp_path / "x.docx")
    qtbot.waitUntil(page.banner.bar.isVisible)
    pages.press(page.banner.action)
    assert files.cancelled == 1
    assert page.word.isEnabled()
    assert not page.banner.isVisible()
    files.tell(80)
    files.give(b"too late")
    assert not list(tmp_path.iterdir())
    assert not page.banner.isVisible()
    assert spoken[-1] == "Opslaan is geannuleerd. Er is niets geschreven."


def test_who_began_by_keyboard_stops_by_keyboard(
    page: ReportPage, files: FakeFiles, tmp_path: Path, qtbot: QtBot
) -> None:
    page.word.setFocus()
    page.saving.save(page.saving.report, tmp_path / "x.docx")
    qtbot.waitUntil(page.banner.bar.isVisible)
    assert page.banner.action.hasFocus()
    pages.key(page.banner.action, Qt.Key.Key_Space)
    assert files.cancelled == 1
    assert page.word.hasFocus()


def test_who_types_is_not_disturbed(
    page: ReportPage, files: FakeFiles, tmp_path: Path, qtbot: QtBot
) -> None:
    page.jump(0)
    typing = QApplication.focusWidget()
    page.saving.save(page.saving.report, tmp_path / "x.docx")
    qtbot.waitUntil(page.banner.bar.isVisible)
    assert QApplication.focusWidget() is typing
    files.finish(page, qtbot, b"whole")
    assert QApplication.focusWidget() is typing


def test_stopping_while_it_is_written_leaves_the_old_one(
    page: ReportPage,
    files: FakeFiles,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    disk, target = Slow(monkeypatch), tmp_path / "x.docx"
    target.write_bytes(b"old")
    page.saving.save(page.saving.report, target)
    files.give(b"0123456789" * 4)
    disk.bring(2)
    qtbot.waitUntil(lambda: disk.pieces == 2)
    page.saving.cancel()
    disk.bring(1)
    qtbot.waitUntil(lambda: [path.name for path in tmp_path.iterdir()] == ["x.docx"])
    assert target.read_bytes() == b"old"
    assert disk.pieces < 4


def test_too_late_to_stop_is_saved(
    page: ReportPage,
    files: FakeFiles,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    target, replacing, go = tmp_path / "x.docx", threading.Event(), threading.Event()
    replace = Path.replace

    def slowly(path: Path, to: Path) -> Path:
        replacing.set()
        assert go.wait(30)
        return replace(path, to)

    monkeypatch.setattr(Path, "replace", slowly)
    page.saving.save(page.saving.report, target)
    files.give(b"new")
    qtbot.waitUntil(replacing.is_set)
    page.saving.cancel()
    go.set()
    qtbot.waitUntil(page.word.isEnabled)
    assert target.read_bytes() == b"new"
    assert "Opgeslagen" in page.banner.text.text()


def test_a_picture_is_stopped_too(page: ReportPage, tmp_path: Path, qtbot: QtBot) -> None:
    for kind in page.saving.pictures:
        page.saving.save(kind, tmp_path / f"{kind.name}{kind.ending}")
        page.saving.cancel()
    pages.settle()
    assert not list(tmp_path.iterdir())
    assert page.word.isEnabled()


def test_work_apart_ends_at_its_next_piece(qtbot: QtBot) -> None:
    begun, go, ended = threading.Event(), threading.Event(), threading.Event()
    told: list[object] = []

    def work(tell: Tell) -> str:
        tell(10)
        begun.set()
        assert go.wait(30)
        try:
            tell(20)
        except Stopped:
            ended.set()
            raise
        return "made"

    apart = Apart(work, lambda made, wrong: told.append((made, wrong)), told.append)
    qtbot.waitUntil(begun.is_set)
    assert apart.stop()
    go.set()
    qtbot.waitUntil(ended.is_set)
    pages.settle()
    assert (None, None) not in told
    assert 20 not in told


def test_work_apart_tells_what_went_wrong(qtbot: QtBot) -> None:
    told: list[tuple[object, object]] = []

    def work(_tell: Tell) -> str:
        raise Unavailable("report.failed")

    Apart(work, lambda made, wrong: told.append((made, wrong)), lambda _percent: None)
    qtbot.waitUntil(lambda: bool(told))
    assert told[0][0] is None
    assert isinstance(told[0][1], Unavailable)


# A disk that will not take it


def failing(monkeypatch: pytest.MonkeyPatch, at: str, wrong: OSError) -> None:
    """Make it go wrong: when the file is begun, while it is written, or on the way to its place."""

    def fails(*_given: object) -> None:
        raise wrong

    of, name = {"begun": (Path, "open"), "written": (os, "fsync"), "placed": (Path, "replace")}[at]
    monkeypatch.setattr(of, name, fails)


@pytest.mark.parametrize(
    ("at", "wrong", "words"),
    [
        ("written", OSError(errno.ENOSPC, "full"), "de schijf is vol"),
        ("written", OSError(errno.EDQUOT, "quota"), "de schijf is vol"),
        ("placed", PermissionError(errno.EACCES, "open in Word"), "open in een ander programma"),
        ("begun", PermissionError(errno.EACCES, "not yours"), "de map is op slot"),
        ("begun", OSError(errno.EROFS, "read-only"), "de map is op slot"),
        ("placed", FileNotFoundError(errno.ENOENT, "gone"), "de map is er niet meer"),
        ("written", OSError(errno.EIO, "stick pulled out"), "stick pulled out"),
    ],
)
def test_what_the_disk_refuses_is_told_with_two_ways_out(
    page: ReportPage,
    files: FakeFiles,
    tmp_path: Path,
    qtbot: QtBot,
    spoken: list[str],
    at: str,
    wrong: OSError,
    words: str,
) -> None:
    target = tmp_path / "Verslag.docx"
    target.write_bytes(b"old")
    below: list[str] = []
    page.said.connect(below.append)
    with pytest.MonkeyPatch.context() as broken:
        failing(broken, at, wrong)
        page.saving.save(page.saving.report, target)
        files.finish(page, qtbot, b"new")
    assert words in page.banner.text.text()
    assert below[-1] == page.banner.text.text()  # not that it is being made
    assert spoken[-1] == page.banner.text.text()
    assert [path.name for path in tmp_path.iterdir()] == ["Verslag.docx"]
    assert target.read_bytes() == b"old"
    assert page.banner.elsewhere.isVisible()
    pages.press(page.banner.action)
    files.finish(page, qtbot, b"newer")
    assert target.read_bytes() == b"newer"
    assert not page.banner.elsewhere.isVisible()


def test_another_place_is_asked_for(
    page: ReportPage, files: FakeFiles, tmp_path: Path, qtbot: QtBot
) -> None:
    page.saving.save(page.saving.report, tmp_path / "weg" / "Verslag.docx")
    files.finish(page, qtbot, b"new")
    pages.press(page.banner.elsewhere)
    dialog = page.saving.dialog
    assert dialog is not None
    qtbot.waitUntil(dialog.isVisible)
    dialog.fileSelected.emit(str(tmp_path / "Verslag.docx"))
    dialog.close()
    files.finish(page, qtbot, b"new")
    assert (tmp_path / "Verslag.docx").read_bytes() == b"new"


def test_what_the_engine_cannot_make_needs_no_other_place(
    page: ReportPage, files: FakeFiles, tmp_path: Path, qtbot: QtBot
) -> None:
    page.saving.save(page.saving.report, tmp_path / "x.docx")
    files.give(None, Unavailable("report.failed"))
    assert page.banner.action.isVisible()
    assert not page.banner.elsewhere.isVisible()


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere"
)
def test_a_folder_that_is_read_only_is_told(
    page: ReportPage, files: FakeFiles, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = tmp_path / "dicht"
    folder.mkdir(mode=0o500)
    page.saving.save(page.saving.report, folder / "x.docx")
    files.finish(page, qtbot, b"new")
    assert "op slot" in page.banner.text.text()
    assert not list(folder.iterdir())


def test_a_long_name_with_signs_of_four_bytes_is_written(tmp_path: Path) -> None:
    target = tmp_path / ("😀" * 60 + ".docx")
    write_whole(target, b"whole")
    assert target.read_bytes() == b"whole"
    write_whole(tmp_path / "leeg.csv", b"")
    assert (tmp_path / "leeg.csv").read_bytes() == b""


@pytest.mark.parametrize("stop", [Stopped, KeyboardInterrupt])
def test_whatever_ends_the_writing_leaves_nothing(
    tmp_path: Path, stop: type[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report_writing, "PIECE", 1)

    def tell(percent: int) -> None:
        if percent > 50:
            raise stop

    with pytest.raises(stop):
        write_whole(tmp_path / "x.docx", b"abcdef", tell)
    assert not list(tmp_path.iterdir())


# Pictures


@pytest.mark.parametrize("size", [(1, 1), (3, 65), (130, 64), (64, 200)])
def test_a_png_has_every_dot(size: tuple[int, int], colours: Callable[[int], QColor]) -> None:
    image = QImage(*size, QImage.Format.Format_RGB32)
    for x in range(size[0]):
        for y in range(size[1]):
            image.setPixelColor(x, y, colours(x * 7 + y))
    heard: list[int] = []
    read = QImage.fromData(png.packed(image, "Wát “is” dit", heard.append))
    assert read.convertToFormat(QImage.Format.Format_RGB32) == image
    assert read.text("Title") == "Wát “is” dit"
    assert heard == sorted(heard)
    assert heard[0] == 0


def test_packing_a_png_can_be_stopped() -> None:
    image = QImage(10, 1_000, QImage.Format.Format_RGB32)
    image.fill(0)

    def tell(percent: int) -> None:
        if percent > 50:
            raise Stopped

    with pytest.raises(Stopped):
        png.packed(image, "", tell)


@pytest.fixture
def colours() -> Callable[[int], QColor]:
    return lambda number: QColor.fromRgb(zlib.crc32(bytes([number % 251])) & 0xFFFFFF)
