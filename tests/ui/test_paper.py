"""The verslag as Qt paints it, where there is no LibreOffice: pages that a secretary would hand out."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from uuid import UUID

import pytest
from PIL import Image
from PySide6.QtGui import QTextDocument

from facilitator.kernel.state import State
from facilitator.meeting.ids import PhotoId
from facilitator.meeting.outcomes import Agreement
from facilitator.meeting.outline import ReportForm
from facilitator.meeting.photos import Photo
from facilitator.report.blocks import Report
from facilitator.report.content import report
from tests.report.meetings import complete, held, loaded, sampled, uid
from tests.report.odd import ODD
from ui.link.process import command, root
from ui.paper.pages import keep_together, pdf, spoken
from ui.paper.program import question
from ui.paper.script import Script
from ui.paper.sheets import STANDING

NO_PHOTOS: Mapping[UUID, bytes] = {}
poppler = pytest.mark.skipif(not shutil.which("pdftotext"), reason="needs poppler-utils")


def run(program: str, made: bytes, folder: Path, *asked: str) -> str:
    """What a program of poppler says of a PDF."""
    path = folder / "verslag.pdf"
    path.write_bytes(made)
    words = [program, *asked, str(path), *(["-"] if program == "pdftotext" else [])]
    done = subprocess.run(words, check=True, capture_output=True, text=True)
    assert not done.stderr, "nothing in it is wrong"
    return done.stdout


def pages(state: State, folder: Path) -> list[str]:
    """The text of each page."""
    made = pdf(report(state), NO_PHOTOS)
    return run("pdftotext", made, folder, "-layout").split("\f")[:-1]


def jpeg(width: int, height: int) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(made, "JPEG")
    return made.getvalue()


@poppler
@pytest.mark.usefixtures("qapp")
def test_the_pages_of_the_sample(tmp_path: Path) -> None:
    found = pages(sampled(), tmp_path)
    for number, page in enumerate(found, start=1):
        assert f"Pagina {number} van {len(found)}" in page
        assert ("· Welzijnsgroep Merelveen" in page) is (number > 1)
        assert len(page.split()) > 30, "no page is nearly empty"
    (matrix,) = [page for page in found if "Tabel 2: De opbrengst" in page]
    for text in ("Strategisch", "Wat er verder nog opkomt", "Besluit", "Dank voor de soep!"):
        assert text in matrix
    assert Counter(re.findall(r"Tabel \d", "".join(found))).most_common(1)[0][1] == 1


@poppler
@pytest.mark.usefixtures("qapp")
def test_the_contents_tell_on_which_page_each_part_is(tmp_path: Path) -> None:
    found = pages(complete(ReportForm.FULL), tmp_path)
    told = re.findall(r"^(\S.*\S) {3,}(\d+)$", found[0], re.MULTILINE)
    parts = [section.title for section in report(complete(ReportForm.FULL)).sections]
    assert [title for title, _page in told] == parts
    for title, page in told:
        assert re.search(rf"^ *{re.escape(title)}$", found[int(page) - 1], re.MULTILINE), title


@poppler
@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("number", [60, 300])
def test_no_heading_stands_alone_and_nothing_is_lost(number: int, tmp_path: Path) -> None:
    texts = [f"noot{place:04}" for place in range(number)]
    state = held(texts, themes=6, own=9)
    found = pages(state, tmp_path)
    counts = Counter(re.findall(r"noot\d{4}", "".join(found)))
    assert counts == dict.fromkeys(texts, 2), "in the matrix and in the appendix"
    (begin,) = [place for place, page in enumerate(found) if "Bijlage: alle notities\n" in page]
    for page in found[begin:]:
        *_rest, last, foot = [line.strip() for line in page.splitlines() if line.strip()]
        assert foot.startswith("Pagina")
        assert not re.fullmatch(r"(\d\. )?(Thema \d|Vak \d|Losse notities)", last), last


@poppler
@pytest.mark.usefixtures("qapp")
def test_a_long_table_repeats_its_head_and_tears_no_row(tmp_path: Path) -> None:
    state = sampled()
    more = [
        Agreement(id=uid(400 + place), what=f"begin{place} {'en verder ' * 12} einde{place}")  # type: ignore[arg-type]
        for place in range(40)
    ]
    found = pages(loaded([*state.entities(), *more]), tmp_path)
    assert sum("Wanneer" in page for page in found) > 1
    for place in range(40):
        (page,) = [page for page in found if f"begin{place} " in page]
        assert re.search(rf"einde{place}\b", page)


@poppler
@pytest.mark.usefixtures("qapp")
def test_its_properties_are_those_of_the_meeting(tmp_path: Path) -> None:
    told = run("pdfinfo", pdf(report(sampled()), NO_PHOTOS), tmp_path)
    for line in (
        r"Title: +Leersessie teamleiders: dichtbij en op koers",
        r"Author: +Bo, secretariaat",
        r"Tagged: +no",
        r"Page size: +\S+ x \S+ pts \(A4\)",
    ):
        assert re.search(f"^{line}", told, re.MULTILINE), line
    nameless = pdf(report(complete(ReportForm.FEEDBACK)), NO_PHOTOS)
    assert "Bo, secretariaat" not in run("pdfinfo", nameless, tmp_path)


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(("language", "locale"), [("nl", b"nl-NL"), ("en", b"en-GB")])
def test_it_says_its_language(language: str, locale: bytes) -> None:
    made = pdf(report(sampled(language)), NO_PHOTOS)
    assert b"/Lang (%b)" % locale in made
    assert made.rstrip().endswith(b"%%EOF")
    assert spoken(b"no PDF", "nl-NL") == b"no PDF"


@pytest.mark.usefixtures("qapp")
def test_odd_texts_and_an_empty_meeting_are_painted_too(tmp_path: Path) -> None:
    for told in (report(held()), report(held(ODD, themes=7, across=2)), nothing()):
        assert pdf(told, NO_PHOTOS).startswith(b"%PDF")


def nothing() -> Report:
    return Report("nl", "Verslag", "", "", "", None, (), False, ())


@poppler
@pytest.mark.parametrize("broken", [False, True])
def test_the_program_paints_photos_and_gives_the_same_bytes(broken: bool, tmp_path: Path) -> None:
    photos = [
        Photo(id=PhotoId(uid(900)), width=400, height=300, caption="Het bord"),
        Photo(id=PhotoId(uid(901)), width=200, height=900, caption="De deur"),
    ]
    pictures: dict[UUID, bytes] = {photo.id: jpeg(photo.width, photo.height) for photo in photos}
    if broken:
        pictures[photos[0].id] = b"no picture"
    asked = question([*sampled().entities(), *photos], pictures)
    one, other = (
        subprocess.run(
            command("ui", "paper"), input=asked, cwd=root(), check=True, capture_output=True
        ).stdout
        for _time in range(2)
    )
    assert one == other
    text = run("pdftotext", one, tmp_path)
    assert [f"Foto {number}: {name}" in text for number, name in ((1, "Het bord"), (2, "De deur"))]
    images = run("pdfimages", one, tmp_path, "-list")
    assert images.count(" image ") == (1 if broken else 2)


@pytest.mark.usefixtures("qapp")
def test_a_document_that_fits_is_left_as_it_is() -> None:
    script = Script(STANDING, "nl", 8.0)
    script.heading("Kop", 1)
    script.end()
    before: QTextDocument = script.document.clone()
    keep_together(script.document)
    assert script.document.toPlainText() == before.toPlainText() == "Kop"
    assert script.document.pageCount() == 1
