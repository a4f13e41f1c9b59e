"""Every format says the same: each note once, as somebody wrote it, whatever it was."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html
from markdown_it import MarkdownIt
from openpyxl import load_workbook
from openxml_audit.odf import OdfValidator

from facilitator.kernel.state import State
from facilitator.kernel.text import tidy
from facilitator.meeting.ids import PhotoId
from facilitator.meeting.notes import Note
from facilitator.meeting.photos import Photo
from facilitator.report.formats import FORMATS, file_name
from facilitator.report.pdf import libreoffice
from tests.report.meetings import held, sampled, uid
from tests.report.odd import ODD, TEXTS

ODF_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
Read = Callable[[bytes], Counter[str]]


def in_html(body: bytes) -> Counter[str]:
    """The notes of the appendix, without where they come from."""
    page: Any = html.fromstring(body.decode())
    items = page.xpath("//section[h2[starts-with(., 'Bijlage: alle')]]//li")
    return Counter(map(_with_lines, items))


def _with_lines(item: Any) -> str:
    told = item.text or ""
    for child in item:
        if child.tag == "br":
            told += "\n" + (child.tail or "")
    return told.rstrip(" ") if item.find("small") is not None else told


def in_markdown(body: bytes) -> Counter[str]:
    """The same, as a reader of Markdown shows it."""
    text = body.decode().partition("## Bijlage: alle notities")[2]
    shown = MarkdownIt("commonmark").render(text)
    page: Any = html.fromstring(f"<div>{shown}</div>")
    return Counter(_shown(item) for item in page.iter("li"))


def _shown(item: Any) -> str:
    inner = item.find("p") if item.find("p") is not None else item
    told = (inner.text or "").strip("\n")
    for child in inner:
        if child.tag == "br":
            told += "\n" + (child.tail or "").lstrip("\n")
    told = told.replace("\u00a0", " ") if told.strip() == "" else told
    lines = ("" if line == "\u00a0" else line for line in told.split("\n"))
    return "\n".join(lines).rstrip(" ")


def in_xlsx(body: bytes) -> Counter[str]:
    """The second column of the first sheet."""
    sheet: Any = load_workbook(io.BytesIO(body)).worksheets[0]
    return Counter(str(row[1]) for row in sheet.iter_rows(min_row=2, values_only=True))


def in_csv(body: bytes) -> Counter[str]:
    """The second column, without the one guard that there is."""
    rows = csv.reader(io.StringIO(body.decode("utf-8-sig"), newline=""), delimiter=";")
    return Counter(re.sub("^'(?='*[=+@-])", "", row[1]) for row in list(rows)[1:])


def in_odt(body: bytes) -> Counter[str]:
    """The paragraphs of the appendix, without where they come from."""
    with zipfile.ZipFile(io.BytesIO(body)) as file:
        content: Any = etree.fromstring(file.read("content.xml"))
    return Counter(
        _of_odt(paragraph)
        for paragraph in content.iter(f"{ODF_TEXT}p")
        if paragraph.get(f"{ODF_TEXT}style-name") == "Note_20_Text"
    )


def _of_odt(paragraph: Any) -> str:
    told = paragraph.text or ""
    for child in paragraph:
        if child.tag == f"{ODF_TEXT}span":
            return told.rstrip(" ")
        told += {"s": " ", "tab": "\t", "line-break": "\n"}[child.tag.removeprefix(ODF_TEXT)]
        told += child.tail or ""
    return str(told)


READ: dict[str, Read] = {
    "odt": in_odt,
    "html": in_html,
    "md": in_markdown,
    "xlsx": in_xlsx,
    "csv": in_csv,
}


def seen(state: State) -> Counter[str]:
    """The notes as they are to be read."""
    return Counter(tidy(note.text) for note in state.all(Note) if not note.hidden)


@pytest.mark.parametrize("ending", READ)
def test_each_note_of_the_sample_stands_there_once(ending: str) -> None:
    state = sampled()
    assert READ[ending](FORMATS[ending].made(state, {})) == seen(state)


@pytest.mark.parametrize("ending", READ)
@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_odd_text_comes_through(ending: str, text: str) -> None:
    state = held([text, f"{text} nog eens"])
    assert READ[ending](FORMATS[ending].made(state, {})) == seen(state)


@pytest.mark.parametrize("ending", READ)
@settings(max_examples=40, deadline=None)
@given(texts=st.lists(TEXTS, max_size=12), themes=st.integers(0, 7))
def test_each_note_stands_there_once(ending: str, texts: list[str], themes: int) -> None:
    state = held(texts, themes=themes, across=themes % 3)
    assert READ[ending](FORMATS[ending].made(state, {})) == seen(state)


@pytest.mark.parametrize("text", ["=1+1", "+31 6", "@huis", "-2+3+cmd|' /C calc'!A0", "- ja"])
def test_a_sheet_takes_no_note_for_a_formula(text: str) -> None:
    state = held([text])
    sheet: Any = load_workbook(io.BytesIO(FORMATS["xlsx"].made(state, {}))).worksheets[0]
    assert (sheet["B2"].value, sheet["B2"].data_type) == (text, "s")
    assert f";'{text};" in FORMATS["csv"].made(state, {}).decode("utf-8-sig")


@pytest.mark.parametrize("text", ["-9 maanden", "-3", "9-daags", "'s avonds"])
def test_csv_leaves_what_is_no_formula(text: str) -> None:
    assert f";{text};" in FORMATS["csv"].made(held([text]), {}).decode("utf-8-sig")


@pytest.mark.parametrize(
    "state",
    [
        pytest.param(sampled(), id="sample"),
        pytest.param(sampled("en"), id="english"),
        pytest.param(held(), id="nothing"),
        pytest.param(held(ODD, across=2, themes=7), id="odd"),
    ],
)
def test_the_open_document_is_valid(state: State, tmp_path: Path) -> None:
    path = tmp_path / "verslag.odt"
    path.write_bytes(FORMATS["odt"].made(state, {}))
    found = OdfValidator(relaxng_validation=True, security_validation=True).validate(path)
    assert [str(error) for error in found.errors] == []


def test_a_photo_of_the_open_document_is_described(tmp_path: Path) -> None:
    photo = Photo(id=PhotoId(uid(900)), width=40, height=30, caption="Het bord")
    path = tmp_path / "verslag.odt"
    path.write_bytes(FORMATS["odt"].made(held(["Groen"], others=[photo]), {photo.id: b"jpeg"}))
    assert OdfValidator(relaxng_validation=True).validate(path).errors == []
    with zipfile.ZipFile(path) as file:
        assert file.read(f"Pictures/{photo.id}.jpg") == b"jpeg"
        assert "<svg:title>Het bord</svg:title>" in file.read("content.xml").decode()


def test_a_photo_stands_in_markdown_by_its_caption() -> None:
    photo = Photo(id=PhotoId(uid(900)), width=40, height=30, caption="Het bord")
    state = held(["Groen"], others=[photo])
    assert "## Foto’s\n\n*Het bord*\n" in FORMATS["md"].made(state, {}).decode()


def test_a_theme_without_notes_is_no_lone_heading_in_markdown() -> None:
    told = FORMATS["md"].made(held(["Groen"], themes=2, own=0), {}).decode()
    assert "### 2\\. Thema 2\n\n–\n\n" in told


def test_a_workbook_is_of_the_day_of_the_meeting() -> None:
    properties: Any = load_workbook(io.BytesIO(FORMATS["xlsx"].made(sampled(), {}))).properties
    assert f"{properties.created:%Y-%m-%d}" == "2026-10-30"
    assert properties.title == "Leersessie teamleiders: dichtbij en op koers"
    assert properties.creator == "Bo, secretariaat"


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_same_meeting_gives_the_same_bytes(ending: str, language: str) -> None:
    if ending == "pdf" and libreoffice() is None:
        pytest.skip("needs LibreOffice")
    state = sampled(language)
    made = FORMATS[ending].made
    assert made(state, {}) == made(state, {})
    assert file_name(state, ending).endswith(f".{ending}")


def test_the_page_can_be_read_by_all() -> None:
    photo = Photo(id=PhotoId(uid(900)), width=40, height=30, theme=None, caption="Het bord")
    state = held(["Meer groen"], others=[photo])
    page: Any = html.fromstring(FORMATS["html"].made(state, {photo.id: b"jpeg"}).decode())
    assert page.get("lang") == "nl"
    assert len(page.xpath("//h1")) == 1
    assert page.xpath("//img/@alt") == ["Het bord"]
    assert all(
        table.xpath("caption") and table.xpath("thead//th[@scope]")
        for table in page.xpath("//table")
    )
    for link in page.xpath("//nav//a/@href"):
        assert page.xpath(f"//*[@id='{link[1:]}']"), link
    levels = [int(found.tag[1]) for found in page.xpath("//h1|//h2|//h3|//h4")]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert not page.xpath("//script|//*[@onclick]|//link")
