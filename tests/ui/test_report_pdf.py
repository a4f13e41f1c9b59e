"""Verslag als PDF: from the engine; without LibreOffice from Qt, and then it says what it lacks."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from facilitator.kernel.errors import FacilitatorError, NotFound, Unavailable
from facilitator.meeting.ids import PhotoId
from facilitator.meeting.outline import ReportForm
from facilitator.meeting.photos import Photo
from facilitator.sample import sample_entities
from facilitator.settings import LIBREOFFICE
from tests.report.meetings import complete, loaded, uid
from tests.ui import pages
from tests.ui.calls import FakeCalls
from tests.ui.link import new_meeting, replica_of, running_engine
from tests.ui.local import LocalReplica
from tests.ui.test_report_page import FakeFiles
from ui.console.report import ReportPage
from ui.console.report_kinds import Kind
from ui.console.report_pdf import Pdf
from ui.link.files import FileDone
from ui.link.library import RemoteFiles
from ui.link.process import command

PHOTO = Photo(id=PhotoId(uid(900)), width=40, height=30, caption="Het bord")
LONG = 30_000  # ms that painting may take at most, on a busy machine
ABSENT = Unavailable("pdf.absent")


def jpeg() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (PHOTO.width, PHOTO.height), "teal").save(made, "JPEG")
    return made.getvalue()


class Pictured(FakeFiles):
    """Files with photos, as the test wants them."""

    def __init__(self) -> None:
        super().__init__()
        self.picture: tuple[bytes | None, FacilitatorError | None] = (jpeg(), None)
        self.pictured: list[PhotoId] = []

    def photo(self, photo: PhotoId, done: FileDone) -> None:
        self.pictured.append(photo)
        done(*self.picture)


@pytest.fixture
def replica() -> LocalReplica:
    return LocalReplica([*sample_entities(pages.MEETING, "nl"), PHOTO])


@pytest.fixture
def files() -> Pictured:
    return Pictured()


@pytest.fixture
def page(replica: LocalReplica, files: Pictured, qtbot: QtBot) -> ReportPage:
    made = ReportPage(replica, files, FakeCalls())
    pages.show(qtbot, made)
    return made


@pytest.fixture
def pdf(page: ReportPage) -> Kind:
    (found,) = [kind for kind in page.saving.formats if kind.ending == ".pdf"]
    return found


def over(page: ReportPage) -> Callable[[], bool]:
    return page.word.isEnabled


def test_the_one_of_the_engine_needs_no_word(
    page: ReportPage, pdf: Kind, files: Pictured, qtbot: QtBot, tmp_path: Path
) -> None:
    target = tmp_path / "verslag.pdf"
    page.saving.save(pdf, target)
    files.give(b"%PDF tagged")
    qtbot.waitUntil(over(page))
    assert target.read_bytes() == b"%PDF tagged"
    assert page.banner.text.text() == f"Opgeslagen als “verslag.pdf” in {tmp_path.name}."
    assert not files.pictured


def test_without_libreoffice_qt_paints_it_and_that_is_told(
    page: ReportPage, pdf: Kind, files: Pictured, qtbot: QtBot, tmp_path: Path
) -> None:
    target = tmp_path / "verslag.pdf"
    page.saving.save(pdf, target)
    files.give(None, ABSENT)
    assert not page.word.isEnabled(), "it is painted elsewhere; the window goes on"
    qtbot.waitUntil(over(page), timeout=LONG)
    made = target.read_bytes()
    assert made.startswith(b"%PDF")
    assert b"/Subtype /Image" in made
    assert files.pictured == [PHOTO.id]
    told = page.banner.text.text()
    for words in ("“verslag.pdf”", "schermlezer", "LibreOffice", "in Word"):
        assert words in told
    page.saving.save(pdf, target)
    files.give(b"%PDF tagged")
    qtbot.waitUntil(over(page))
    assert "schermlezer" not in page.banner.text.text(), "that was the one before"


def test_what_else_goes_wrong_is_told_as_ever(
    page: ReportPage, pdf: Kind, files: Pictured, tmp_path: Path
) -> None:
    page.saving.save(pdf, tmp_path / "verslag.pdf")
    files.give(None, Unavailable("report.failed"))
    assert "is niet opgeslagen" in page.banner.text.text()
    page.saving.save(pdf, tmp_path / "verslag.pdf")
    files.picture = (None, NotFound("photo.unknown"))
    files.give(None, ABSENT)
    assert "Deze foto is er niet meer." in page.banner.text.text()
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("program", [["nowhere/to/be/found"], None])
def test_a_program_that_fails_is_told(
    page: ReportPage,
    pdf: Kind,
    files: Pictured,
    qtbot: QtBot,
    tmp_path: Path,
    program: list[str] | None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(
        "ui.console.report_pdf.command",
        lambda package, *_part: program or command(package, "nothing", "--no"),
    )
    page.saving.save(pdf, tmp_path / "verslag.pdf")
    files.give(None, ABSENT)
    qtbot.waitUntil(over(page), timeout=LONG)
    assert "is niet opgeslagen" in page.banner.text.text()
    assert not list(tmp_path.iterdir())


def test_painting_can_be_stopped(
    page: ReportPage, pdf: Kind, files: Pictured, qtbot: QtBot, tmp_path: Path
) -> None:
    page.saving.save(pdf, tmp_path / "verslag.pdf")
    files.give(None, ABSENT)
    page.saving.cancel()
    assert page.word.isEnabled()
    page.saving.save(pdf, tmp_path / "ander.pdf")
    files.give(b"%PDF tagged")
    qtbot.waitUntil(over(page))
    assert [path.name for path in tmp_path.iterdir()] == ["ander.pdf"]


def test_stopping_ends_the_program(files: Pictured, qtbot: QtBot) -> None:
    replica = LocalReplica(complete(ReportForm.FULL).entities())
    heard: list[object] = []
    cancel = Pdf(replica, files).make(lambda *answer: heard.append(answer), heard.append)
    making = cancel.__self__  # type: ignore[attr-defined]
    files.give(None, ABSENT)
    qtbot.waitUntil(lambda: making._process is not None, timeout=LONG)
    cancel()
    assert files.cancelled == 1
    qtbot.waitUntil(lambda: making._process.poll() is not None, timeout=LONG)
    assert heard == [None], "that nobody can tell how far it is"


@pytest.mark.parametrize("form", [ReportForm.FULL, ReportForm.SHORT])
def test_photos_are_asked_for_where_they_are_shown(files: Pictured, form: ReportForm) -> None:
    files.picture = (None, None)
    replica = LocalReplica(loaded([*complete(form).entities(), PHOTO]).entities())
    pdf = Pdf(replica, files)
    cancel = pdf.make(lambda *_answer: None, lambda _percent: None)
    files.give(None, ABSENT)
    cancel()
    assert files.pictured == ([PHOTO.id] if form is ReportForm.FULL else [])


@pytest.mark.e2e
def test_an_engine_without_libreoffice_leaves_it_to_the_window(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(LIBREOFFICE, "nowhere/soffice")
    bodies: list[tuple[bytes | None, FacilitatorError | None]] = []
    with running_engine(tmp_path, qtbot) as engine:
        meeting = new_meeting(engine, qtbot)
        replica = replica_of(engine, meeting, qtbot)
        made = Pdf(replica, RemoteFiles(engine.http, meeting, replica))
        made.make(lambda *answer: bodies.append(answer), lambda _percent: None)
        qtbot.waitUntil(lambda: bool(bodies), timeout=LONG)
        replica.close()
    ((body, error),) = bodies
    assert error is None
    assert (body or b"").startswith(b"%PDF")
    assert "LibreOffice" in made.remark()
