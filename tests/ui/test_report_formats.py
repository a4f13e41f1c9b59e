"""Opslaan als…: every format, also as a picture; a long one is told and can be stopped."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QAction, QImage
from PySide6.QtSvg import QSvgRenderer
from pytestqt.qtbot import QtBot

from facilitator.meeting.merging import stands
from facilitator.meeting.notes import Note, WriteNote
from facilitator.meeting.themes import themes
from facilitator.report.formats import FORMATS as MADE
from facilitator.sample import sample_entities
from tests.ui import pages
from tests.ui.calls import FakeCalls
from tests.ui.local import LocalReplica
from tests.ui.test_report_page import FakeFiles
from ui import theme
from ui.console.report import ReportPage
from ui.console.report_kinds import FORMATS, Kind
from ui.console.report_pictures import LONGEST, matrix_sheet, picture, wall_sheet

ODD = "=1+1 ]]> <b>vet</b> & 😀 שלום"


@pytest.fixture
def replica() -> LocalReplica:
    return LocalReplica(sample_entities(pages.MEETING, "nl"))


@pytest.fixture
def files() -> FakeFiles:
    return FakeFiles()


@pytest.fixture
def page(replica: LocalReplica, files: FakeFiles, qtbot: QtBot) -> ReportPage:
    made = ReportPage(replica, files, FakeCalls())
    pages.show(qtbot, made)
    return made


def kinds(page: ReportPage) -> tuple[Kind, ...]:
    return (*page.saving.formats, *page.saving.pictures, page.saving.meeting)


def test_the_menu_has_every_format_that_the_engine_makes(page: ReportPage) -> None:
    assert set(FORMATS) == set(MADE)
    told = [action.text() for action in page.formats.actions() if not action.isSeparator()]
    assert len(told) == len(set(told)) == len(FORMATS) + 4 + 1
    for ending in (*FORMATS, "png", "svg", "cafe"):
        assert any(f"(.{ending})" in text for text in told), ending


def test_each_kind_asks_where_with_its_own_name_and_ending(
    page: ReportPage, files: FakeFiles, tmp_path: Path
) -> None:
    for kind, action in zip(kinds(page), actions_of(page), strict=True):
        action.trigger()
        dialog = page.saving.dialog
        assert dialog is not None
        name = Path(dialog.selectedFiles()[0]).name
        assert name.endswith(kind.ending)
        assert name.startswith("2026-10-30 "), name
        dialog.close()


def actions_of(page: ReportPage) -> list[QAction]:
    return [action for action in page.formats.actions() if not action.isSeparator()]


def test_a_format_comes_from_the_engine(
    page: ReportPage, files: FakeFiles, tmp_path: Path, qtbot: QtBot
) -> None:
    for kind in page.saving.formats:
        target = tmp_path / f"x{kind.ending}"
        page.saving.save(kind, target)
        files.finish(page, qtbot, kind.ending.encode())
        assert target.read_bytes() == kind.ending.encode()
    assert files.asked == [kind.ending[1:] for kind in page.saving.formats]


def test_a_long_one_is_told_and_can_be_stopped(
    page: ReportPage, files: FakeFiles, tmp_path: Path, qtbot: QtBot
) -> None:
    target = tmp_path / "x.docx"
    page.saving.save(page.saving.report, target)
    assert not page.banner.isVisible(), "a moment is not long"
    qtbot.waitUntil(page.banner.bar.isVisible)
    assert page.banner.action.text() == "Annuleren"
    pages.press(page.banner.action)
    assert page.word.isEnabled()
    assert not page.banner.isVisible()
    files.give(b"too late")
    assert not list(tmp_path.iterdir())
    page.saving.save(page.saving.report, target)
    files.finish(page, qtbot, b"again")
    assert target.read_bytes() == b"again"
    assert not page.banner.bar.isVisible()


def test_a_picture_is_written_too(page: ReportPage, tmp_path: Path, qtbot: QtBot) -> None:
    for kind in page.saving.pictures:
        target = tmp_path / f"{kind.name}{kind.ending}"
        page.saving.save(kind, target)
        qtbot.waitUntil(target.exists)
    assert len(list(tmp_path.iterdir())) == len(page.saving.pictures)


def texts_of(svg: bytes) -> str:
    drawn = ET.fromstring(svg)  # noqa: S314 - our own
    return " ".join(
        "".join(element.itertext()) for element in drawn.iter() if element.tag.endswith("}text")
    )


def test_a_drawing_brings_the_type_that_it_was_laid_out_in(
    replica: LocalReplica, qtbot: QtBot
) -> None:
    svg = picture(matrix_sheet(replica), "svg", "Titel").decode()
    family = theme.tokens()["type"]["family"]
    asked = set(
        re.findall(r'^font-family="([^"]*)" font-size="\d+" font-weight="(\d+)"', svg, re.MULTILINE)
    )
    assert {name for name, _weight in asked} == {f"{family}, Arial, sans-serif"}
    held = re.findall(
        r"@font-face{font-family:'([^']*)';font-weight:(\d+);src:url\(data:font/ttf;base64,AAE", svg
    )
    assert set(held) == {(family, weight) for _name, weight in asked}


@pytest.mark.parametrize("sheet_of", [matrix_sheet, lambda replica: wall_sheet(replica.state)])
def test_every_note_stands_in_both_pictures(
    replica: LocalReplica, qtbot: QtBot, sheet_of: Callable[[LocalReplica], object]
) -> None:
    write(replica, ODD)
    write(replica, "Woord" * 40)
    svg = picture(sheet_of(replica), "svg", "Titel")  # type: ignore[arg-type]
    said = "".join(texts_of(svg).split())
    for note in replica.state.all(Note):
        if stands(replica.state, note) and note.approved:
            word = max(note.text.split(), key=len)[:10]
            assert word in said or word in said.replace("-", "").replace("\u00ad", ""), note.text
    drawn = QSvgRenderer(QByteArray(svg))
    assert drawn.isValid()
    conclusions = sum(note.conclusion for note in replica.state.all(Note))
    assert svg.count(b"<image") <= conclusions, "shapes, and only the arrow is a picture"


@pytest.mark.parametrize("many", [False, True])
def test_a_png_is_a_picture_that_qt_can_paint(
    replica: LocalReplica, qtbot: QtBot, many: bool
) -> None:
    for number in range(400 if many else 0):
        write(replica, f"Notitie {number} over iets dat in het wijkcafé gezegd werd")
    for sheet in (matrix_sheet(replica), wall_sheet(replica.state)):
        image = QImage.fromData(picture(sheet, "png", "Titel"))
        assert not image.isNull()
        assert max(image.width(), image.height()) <= LONGEST
        assert colours_of(image) > 5, "something is drawn on it"


def test_pictures_of_an_empty_meeting_are_pictures_too(qtbot: QtBot) -> None:
    replica = pages.small_meeting()
    for sheet in (matrix_sheet(replica), wall_sheet(replica.state)):
        assert picture(sheet, "png", "")
        assert picture(sheet, "svg", "")


def colours_of(image: QImage) -> int:
    small = image.scaled(300, 300)
    return len({small.pixel(x, y) for x in range(0, 300, 3) for y in range(0, 300, 3)})


def write(replica: LocalReplica, text: str) -> None:
    replica.send(
        WriteNote(
            id=pages.new_id(),
            note=pages.new_id(),  # type: ignore[arg-type]
            text=text,
            table=None,
            step=None,
            theme=themes(replica.state)[0].id,
        )
    )
