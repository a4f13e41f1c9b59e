"""The pages as pictures: no heading alone, none with next to nothing, the matrix on one of them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from facilitator.kernel.state import State
from facilitator.meeting.ids import DecisionId, PhotoId
from facilitator.meeting.outcomes import Decision
from facilitator.meeting.outline import Part, ReportForm
from facilitator.meeting.photos import Photo
from facilitator.report.odt import report_odt
from facilitator.report.word import report_docx
from tests.report.meetings import complete, held, loaded, sampled, uid
from tests.report.pages import TOOLS, Page, faults, pages, pdfs
from tests.report.test_libreoffice import has_the_font
from tests.report.test_seeded import LOOKS
from tests.report.test_word import jpeg

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not TOOLS, reason="needs LibreOffice and poppler-utils; python3 dev.py test installs them"
    ),
]
LONG = "Een lange notitie over de verkeersveiligheidsmaatregelen bij de speeltuin, en waarom. " * 6


def meetings(form: ReportForm) -> Iterator[tuple[str, State]]:
    """Meetings of all sizes; the large ones where there is a matrix, with and without an appendix."""
    yield "nl", sampled(report=form)
    yield "en", sampled("en", report=form)
    yield "tiny", held(["Eén notitie"], themes=1, own=0, report=form)
    if form in {ReportForm.FULL, ReportForm.SHORT}:
        yield "all", complete(form)
        texts = [f"Notitie {number} over de buurt en het verkeer" for number in range(300)]
        yield "large", held(texts, themes=4, own=3, report=form)
        yield "long", held([f"{n}. {LONG}" for n in range(45)], themes=9, own=1, report=form)


def laid_out(files: dict[str, bytes], folder: Path) -> dict[str, list[Page]]:
    made = pdfs(files, folder)
    return {name: pages(content, made[name]) for name, content in files.items()}


@pytest.mark.parametrize("look", LOOKS)
def test_no_heading_stands_alone_and_no_page_is_nearly_empty(look: str, tmp_path: Path) -> None:
    files = {
        f"{form.value}-{name}": report_docx(state, house=LOOKS[look])
        for form in ReportForm
        for name, state in meetings(form)
    }
    found = laid_out(files, tmp_path)
    told = [f"{name}: {fault}" for name, row in found.items() for fault in faults(files[name], row)]
    assert told == []
    if has_the_font():
        for name in ("full-nl", "full-en", "short-en"):
            assert sum(page.wide for page in found[name]) == 1, name


def test_no_heading_stands_alone_wherever_the_page_ends(tmp_path: Path) -> None:
    """LibreOffice lays 25 paragraphs on a page before it looks how high they are."""
    files = {
        f"{number}-{long}": report_docx(decided(number, long))
        for number in (20, 21, 22)
        for long in range(8, number + 1)
    }
    found = laid_out(files, tmp_path)
    assert {len(row) for row in found.values()} == {1, 2}
    assert [name for name, row in found.items() if faults(files[name], row)] == []


def test_notes_longer_than_a_page_do_not_leave_their_heading_alone(tmp_path: Path) -> None:
    long, parts = "Een lang verhaal. " * 560, (Part.FACTS, Part.APPENDIX)
    states = {
        "one": held([long], themes=1, own=0, parts=parts),
        "cell": held(["Een bankje", long], themes=1, own=1, parts=parts),
        "themes": held([long] * 3, themes=3, own=0, parts=parts),
    }
    files = {name: report_docx(state) for name, state in states.items()}
    for name, row in laid_out(files, tmp_path).items():
        assert faults(files[name], row) == [], name


def decided(number: int, long: int) -> State:
    """So many decisions, some of them of two lines, and what happens next."""
    text = "Wat er is besloten, in gewone woorden en met de reden erbij. "
    others = [
        Decision(id=DecisionId(uid(100 + place)), text=text * (1 + (place < long)), order=place)
        for place in range(number)
    ]
    told = "Het verslag komt binnen een week. " * 4
    return held(others=others, report=ReportForm.ACTIONS, what_next=told)


@pytest.mark.parametrize("look", LOOKS)
def test_a_matrix_that_comes_first_shares_its_page_with_the_title(
    look: str, tmp_path: Path
) -> None:
    parts = (Part.FACTS, Part.HARVEST, Part.DECISIONS)
    files = {
        language: report_docx(sampled(language, parts=parts), house=LOOKS[look])
        for language in ("nl", "en")
    }
    for language, row in laid_out(files, tmp_path).items():
        assert row[0].wide
        assert any("1.De" in line or "1.The" in line for line in row[0].lines)
        assert faults(files[language], row) == []


@pytest.mark.parametrize("look", LOOKS)
def test_two_photos_stand_on_a_page_with_their_captions(look: str, tmp_path: Path) -> None:
    row = [
        Photo(
            id=PhotoId(uid(900 + number)), width=1600, height=1400, order=number, caption="De zaal"
        )
        for number in range(4)
    ]
    bytes_of: dict[UUID, bytes] = {photo.id: jpeg(160, 140) for photo in row}
    state = loaded([*sampled(parts=(Part.FACTS, Part.REASON, Part.PHOTOS)).entities(), *row])
    content = report_docx(state, bytes_of, LOOKS[look])
    (found,) = laid_out({"photos": content}, tmp_path).values()
    shown = [sum("Foto" in line and ":" in line for line in page.lines) for page in found]
    assert sum(shown) == 4
    assert len(found) <= 3
    assert faults(content, found) == []


def test_the_open_document_has_no_lone_heading_and_no_empty_page(tmp_path: Path) -> None:
    states = {
        f"{form.value}-{name}": state for form in ReportForm for name, state in meetings(form)
    }
    states |= {f"{number}-{long}": decided(number, long) for number in (20, 21) for long in (6, 9)}
    made = pdfs({name: report_odt(state, {}) for name, state in states.items()}, tmp_path, "odt")
    for name, state in states.items():
        content = report_docx(state)  # tells which are headings, and the margins
        assert faults(content, pages(content, made[name])) == [], name


def test_a_lone_heading_and_an_empty_page_would_be_found(tmp_path: Path) -> None:
    content = report_docx(sampled(report=ReportForm.ACTIONS))
    full = Page(["Volgendebijeenkomst:morgen"], 0.9, wide=False)
    head = Page(["Besluiten"], 0.9, wide=False)
    begin = Page(["1.Denaam‘teamleider’blijft;erkomteenlijst"], 0.9, wide=False)
    title = Page([*"abc", "Besluiten"], 0.9, wide=False)
    assert faults(content, [title, begin]) == ["page 1 of 2: Besluiten stands alone at its end"]
    assert "page 1 of 2: only ['Besluiten'] stands on it" in faults(content, [head, begin])
    assert faults(content, [Page([], 0, wide=False)]) == ["page 1 of 1: nothing stands on it"]
    low = Page(list("abcd"), 0.1, wide=False)
    assert faults(content, [low, full]) == ["page 1 of 2: only 10% of it is filled, up to d"]
    table = Page([*"abc", "Tabel1:Wiedoetwat,enwanneer", "NrWatWieWanneer"], 0.9, wide=False)
    assert faults(content, [table, full]) == [
        "page 1 of 2: the head of Tabel1:Wiedoetwat,enwanneer stands alone at its end"
    ]
    assert shutil.which("pdftotext")
