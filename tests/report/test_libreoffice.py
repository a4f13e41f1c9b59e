"""Another word processor reads it too, and lays it out as it was meant."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from facilitator.kernel.state import State
from facilitator.meeting.outline import ReportForm
from facilitator.report import pdf
from facilitator.report.blocks import Grid, Heading, Listing, Matrix
from facilitator.report.content import report
from facilitator.report.word import report_docx
from tests.report.meetings import complete, held, sampled
from tests.report.test_house_style import HOUSES
from tests.report.test_seeded import LOOKS

OFFICE = pdf.libreoffice()

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not OFFICE or not shutil.which("pdftotext"),
        reason="needs LibreOffice and poppler-utils; python3 dev.py test installs them",
    ),
]


def pages(state: State, folder: Path) -> list[str]:
    """The text of each page of the PDF."""
    source = folder / "verslag.docx"
    source.write_bytes(report_docx(state))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        [str(OFFICE), profile, "--headless", "--convert-to", "pdf", "--outdir", folder, source],
        check=True,
        capture_output=True,
        timeout=100,
    )
    told = subprocess.run(
        ["pdftotext", "-layout", folder / "verslag.pdf", "-"],
        check=True,
        capture_output=True,
        text=True,
    )
    return told.stdout.split("\f")[:-1]


def tagged(content: bytes, folder: Path) -> Path:
    """The PDF that everybody can read, as we have LibreOffice make it."""
    path = folder / "verslag.pdf"
    path.write_bytes(pdf.tagged(content, str(pdf.libreoffice())))
    return path


def told(path: Path, *asked: str) -> str:
    """What pdfinfo says of it."""
    done = subprocess.run(["pdfinfo", *asked, path], check=True, capture_output=True, text=True)
    return done.stdout


def structure(state: State) -> Counter[str]:
    """The headings, header cells and items that everybody has to find in the PDF."""
    found: Counter[str] = Counter()
    for section in report(state).sections:
        found["H1"] += 1
        for block in section.blocks:
            match block:
                case Heading():
                    found[f"H{block.level}"] += 1
                case Listing():
                    found["LI"] += len(block.items)
                case Grid() | Matrix():
                    found["TH"] += len(block.columns)
                case _:
                    pass
    return found


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("form", ReportForm)
def test_each_form_in_each_look_becomes_a_pdf_for_all(
    form: ReportForm, look: str, tmp_path: Path
) -> None:
    state = complete(form)
    path = tagged(report_docx(state, house=LOOKS[look]), tmp_path)
    kinds = Counter(
        line.split()[0].rstrip(":") for line in told(path, "-struct").splitlines() if line.strip()
    )
    wanted = structure(state)
    assert {kind: kinds[kind] for kind in ("H1", "H2", "H3")} == {
        kind: wanted[kind] for kind in ("H1", "H2", "H3")
    }
    assert kinds["TH"] >= wanted["TH"] > 0
    assert kinds["LI"] >= wanted["LI"] > 0
    facts = told(path)
    assert re.search(r"^Title: +Leersessie teamleiders", facts, re.MULTILINE)
    assert re.search(r"^Tagged: +yes", facts, re.MULTILINE)
    raw = path.read_bytes()
    assert set(re.findall(rb"/Lang\(([\w-]+)\)", raw)) == {b"nl-NL"}
    assert b"pdfuaid" in raw


@pytest.mark.parametrize("look", HOUSES)
def test_their_logo_and_page_numbers_stand_on_every_page(look: str, tmp_path: Path) -> None:
    path = tagged(report_docx(sampled(), house=HOUSES[look]), tmp_path)
    text = subprocess.run(
        ["pdftotext", "-layout", path, "-"], check=True, capture_output=True, text=True
    ).stdout
    found = text.split("\f")[:-1]
    for number, page in enumerate(found, start=1):
        theirs = f"Gemeente Merelveen | {number} / {len(found)}"
        assert theirs in page or f"Pagina {number} van {len(found)}" in page


def has_the_font() -> bool:
    """Whether the letters are as wide as meant: Calibri, or Carlito in its place."""
    program = shutil.which("fc-match")
    if program is None:
        return False
    told = subprocess.run([program, "Calibri"], check=True, capture_output=True, text=True)
    return "Calibri" in told.stdout or "Carlito" in told.stdout


def test_no_page_is_lost_or_nearly_empty(tmp_path: Path) -> None:
    found = pages(sampled(), tmp_path)
    assert len(found) <= 12
    for number, page in enumerate(found, start=1):
        assert f"Pagina {number} van {len(found)}" in page
        assert len(page.split()) > 30


@pytest.mark.skipif(not has_the_font(), reason="needs Calibri or Carlito")
def test_the_sample_is_laid_out_with_the_matrix_on_one_page(tmp_path: Path) -> None:
    found = pages(sampled(), tmp_path)
    assert len(found) == 7
    (matrix,) = [page for page in found if "Tabel 2: De opbrengst" in page]
    for text in ("Strategisch", "Wat er verder nog opkomt", "➔ Besluit", "Dank voor de soep!"):
        assert text in matrix


def test_a_large_matrix_loses_nothing_and_repeats_its_head(tmp_path: Path) -> None:
    texts = [f"noot{number:04}" for number in range(600)]
    found = pages(held(texts, themes=6), tmp_path)
    whole = "".join(found)
    assert all(whole.count(text) == 2 for text in texts)
    heads = [page for page in found if "1. Thema 1" in page and "3. Thema 3" in page]
    assert len(heads) > 1
