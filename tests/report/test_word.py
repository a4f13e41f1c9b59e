"""The Word file: whole, readable for all, the same each time, whatever people typed."""

from __future__ import annotations

import zipfile
from collections import Counter
from io import BytesIO
from pathlib import Path
from uuid import UUID

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from openxml_audit import OpenXmlValidator
from PIL import Image

from facilitator.i18n import Words
from facilitator.kernel.state import State
from facilitator.kernel.text import tidy
from facilitator.meeting.ids import PhotoId, ThemeId
from facilitator.meeting.merging import stands
from facilitator.meeting.notes import Note
from facilitator.meeting.photos import Photo
from facilitator.report.formats import file_name
from facilitator.report.word import report_docx
from tests.report.docx_file import DocxFile, W, style_of, text_of
from tests.report.meetings import held, sampled, uid
from tests.report.odd import ODD, TEXTS

GOLDEN = Path(__file__).parent / "golden"


def appendix(file: DocxFile) -> Counter[str]:
    """The notes of the appendix, without where they come from."""
    return Counter(
        text_of(paragraph, without="NoteSource")
        for paragraph in file.document.iter(f"{W}p")
        if style_of(paragraph) == "NoteText"
    )


def seen(state: State) -> Counter[str]:
    """The notes as they are to be read."""
    return Counter(tidy(note.text) for note in state.all(Note) if not note.hidden)


def faults(content: bytes, folder: Path) -> list[str]:
    """What an auditor of the format finds."""
    path = folder / "verslag.docx"
    path.write_bytes(content)
    return [str(error) for error in OpenXmlValidator().validate(path).errors]


def test_the_sample_is_as_it_was(update_golden: bool) -> None:
    root = DocxFile(report_docx(sampled())).document
    etree.indent(root)
    found = etree.tostring(root, encoding="unicode") + "\n"
    golden = GOLDEN / "sample.xml"
    if update_golden:
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(found, encoding="utf-8", newline="\n")
    assert found == golden.read_text(encoding="utf-8")


def test_an_english_meeting_has_an_english_verslag() -> None:
    file, t = DocxFile(report_docx(sampled("en"))), Words("en")
    assert file.styled("Subtitle") == [t("Verslag")]
    assert file.styled("Heading1")[-1] == t("Bijlage: alle notities")
    assert file.styled("Heading2")[0] == "1. The role of the team leader"


@pytest.mark.parametrize(
    "state",
    [
        pytest.param(sampled(), id="sample"),
        pytest.param(sampled("en", method=""), id="english"),
        pytest.param(held(themes=0), id="nothing"),
        pytest.param(held(ODD), id="odd"),
        pytest.param(held([f"n {n}" for n in range(60)], themes=20, across=3), id="themes"),
    ],
)
def test_an_auditor_finds_nothing(state: State, tmp_path: Path) -> None:
    assert faults(report_docx(state), tmp_path) == []


def test_the_auditor_would_find_something(tmp_path: Path) -> None:
    broken = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(report_docx(sampled()))) as source,
        zipfile.ZipFile(broken, "w") as target,
    ):
        for name in source.namelist():
            content = source.read(name)
            if name == "word/document.xml":
                content = content.replace(b"<w:body>", b"<w:body><w:foo/>", 1)
            target.writestr(name, content)
    assert faults(broken.getvalue(), tmp_path)


def test_the_same_meeting_gives_the_same_bytes() -> None:
    assert report_docx(sampled()) == report_docx(sampled())


def test_it_opens_and_tells_who_made_it() -> None:
    properties = Document(BytesIO(report_docx(sampled()))).core_properties
    assert properties.title == "Leersessie teamleiders: dichtbij en op koers"
    assert properties.author == "Bo, secretariaat"
    assert properties.language == "nl-NL"
    assert properties.created is not None
    assert properties.created.isoformat()[:16] == "2026-10-30T11:00"
    assert not properties.comments


def test_without_a_writer_the_organisation_made_it() -> None:
    report = report_docx(sampled(writer="", title="t" * 200))
    assert Document(BytesIO(report)).core_properties.author == "Welzijnsgroep Merelveen"


@pytest.mark.parametrize(("language", "locale"), [("nl", "nl-NL"), ("en", "en-GB")])
def test_one_language_everywhere(language: str, locale: str) -> None:
    file = DocxFile(report_docx(sampled(language)))
    found = {
        value
        for name, content in file.parts.items()
        if name.startswith("word/") and name.endswith(".xml") and "theme" not in name
        for mark in etree.fromstring(content).iter(f"{W}lang", f"{W}themeFontLang")
        for value in (mark.get(f"{W}val"), mark.get(f"{W}eastAsia"))
        if value
    }
    assert found == {locale}


def test_nothing_of_the_library_leaks() -> None:
    file = DocxFile(report_docx(sampled()))
    everything = b"".join(file.parts.values())
    for trace in (b"python-docx", b"Macintosh", b"2013-12-23", b"stylesWithEffects"):
        assert trace not in everything
    assert not [name for name in file.parts if "thumbnail" in name or "customXml" in name]


def test_headings_have_no_gaps() -> None:
    for state in (sampled(), held(ODD, across=1), held(ODD, themes=0)):
        level = 0
        for style, text in DocxFile(report_docx(state)).paragraphs():
            if style.startswith("Heading"):
                assert text
                assert int(style[-1]) <= level + 1
                level = int(style[-1])


def test_every_style_that_is_used_is_there() -> None:
    file = DocxFile(report_docx(sampled()))
    known = {style.get(f"{W}styleId") for style in file.xml("word/styles.xml").iter(f"{W}style")}
    used = {
        mark.get(f"{W}val")
        for name in ("document", "header1", "footer1", "numbering")
        for mark in file.xml(f"word/{name}.xml").iter(f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle")
    }
    assert used <= known


def test_fields_begin_and_end() -> None:
    file = DocxFile(report_docx(sampled()))
    for name in ("document", "footer1"):
        depth = 0
        for mark in file.xml(f"word/{name}.xml").iter(f"{W}fldChar"):
            kind = mark.get(f"{W}fldCharType")
            depth += {"begin": 1, "end": -1}.get(str(kind), 0)
            assert 0 <= depth <= 1
        assert depth == 0


def test_tables_have_columns_headers_and_a_description() -> None:
    file = DocxFile(report_docx(sampled("nl", method="")))
    tables = list(file.document.iter(f"{W}tbl"))
    assert len(tables) == 5
    for table in tables:
        columns = len(table.findall(f"{W}tblGrid/{W}gridCol"))
        for row in table.findall(f"{W}tr"):
            assert len(row.findall(f"{W}tc")) == columns
        assert table.find(f"{W}tr/{W}trPr/{W}tblHeader") is not None
        for told in ("tblCaption", "tblDescription"):
            mark = table.find(f"{W}tblPr/{W}{told}")
            assert mark is not None
            assert mark.get(f"{W}val")


def test_the_contents_lead_to_every_part() -> None:
    file = DocxFile(report_docx(sampled()))
    links = [link.get(f"{W}anchor") for link in file.document.iter(f"{W}hyperlink")]
    marks = [mark.get(f"{W}name") for mark in file.document.iter(f"{W}bookmarkStart")]
    assert links == marks
    assert len(set(marks)) == 14
    assert file.styled("TOC1") == file.styled("Heading1")


def test_a_short_verslag_needs_no_contents() -> None:
    assert not DocxFile(report_docx(held(["a"]))).styled("TOC1")


def test_only_the_matrix_lies_on_its_side() -> None:
    file = DocxFile(report_docx(sampled()))
    turned = [size.get(f"{W}orient") for size in file.document.iter(f"{W}pgSz")]
    assert turned == [None, "landscape", None]


def test_conclusions_have_one_arrow() -> None:
    found = DocxFile(report_docx(sampled())).styled("MatrixConclusion")
    assert len(found) == 3
    assert all(text.startswith("➔ Besluit") for text in found)


def test_numbered_lists_begin_at_one() -> None:
    file = DocxFile(report_docx(sampled()))
    lists = {
        mark.get(f"{W}val") for mark in file.document.iterfind(f".//{W}p/{W}pPr/{W}numPr/{W}numId")
    }
    assert len(lists) == 2
    restarted = {
        number.get(f"{W}numId")
        for number in file.xml("word/numbering.xml").iter(f"{W}num")
        if number.find(f"{W}lvlOverride/{W}startOverride") is not None
    }
    assert lists == restarted


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_odd_text_is_written(text: str) -> None:
    state = held([text], title=text[:200], writer=text[:200], reason=text, place=text[:200])
    assert appendix(DocxFile(report_docx(state))) == seen(state)
    assert file_name(state, "docx").endswith(".docx")


@settings(max_examples=40)
@given(texts=st.lists(TEXTS, max_size=25), themes=st.integers(0, 7))
def test_every_note_stands_in_the_appendix_once(texts: list[str], themes: int) -> None:
    state = held(texts, themes=themes, across=themes % 3)
    assert appendix(DocxFile(report_docx(state))) == seen(state)


def test_the_matrix_and_the_appendix_hold_the_same() -> None:
    state = sampled()
    file = DocxFile(report_docx(state))
    shown = [
        text_of(paragraph, without="MatrixSource")
        for paragraph in file.document.iter(f"{W}p")
        if style_of(paragraph) in {"MatrixNote", "MatrixFirst", "MatrixConclusion"}
    ]
    merged = [note.text for note in state.all(Note) if not stands(state, note)]
    assert len(merged) == 1
    told = Counter([*(text.removeprefix("➔ ") for text in shown), *merged])
    assert told == appendix(file)


def test_two_thousand_notes(tmp_path: Path) -> None:
    state = held([f"Notitie {number} over van alles" for number in range(2_000)], themes=20)
    content = report_docx(state)
    assert appendix(DocxFile(content)) == seen(state)
    assert len(content) < 200_000


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Leersessie: wie/wat?", "Verslag Leersessie wie wat.docx"),
        ("..", "Verslag.docx"),
        ("a" * 300, "Verslag " + "a" * 112 + ".docx"),
        ("Café ‘Groen’", "Verslag Café ‘Groen’.docx"),
        ("tab\there", "Verslag tab here.docx"),
    ],
)
def test_the_name_of_the_file_is_safe(title: str, name: str) -> None:
    assert file_name(held(title=title), "docx") == name


def test_the_name_begins_with_the_date() -> None:
    assert file_name(sampled(title="Leersessie teamleiders"), "docx") == (
        "2026-10-30 Verslag Leersessie teamleiders.docx"
    )


def jpeg(width: int, height: int) -> bytes:
    made = BytesIO()
    Image.new("RGB", (width, height), "#0B6470").save(made, "JPEG")
    return made.getvalue()


def test_photos_stand_beside_their_theme_with_words_for_who_cannot_see_them(tmp_path: Path) -> None:
    wide = Photo(id=PhotoId(uid(801)), width=400, height=100, caption="Het tafelkleed <1>", order=1)
    high = Photo(id=PhotoId(uid(802)), width=10, height=400, theme=ThemeId(uid(1)), order=2)
    lost = Photo(id=PhotoId(uid(803)), width=10, height=10, theme=ThemeId(uid(2)), order=3)
    given: dict[UUID, bytes] = {wide.id: jpeg(400, 100), high.id: jpeg(10, 400)}
    content = report_docx(held(others=[wide, high, lost]), given)
    assert faults(content, tmp_path) == []
    file = DocxFile(content)
    headings = file.styled("Heading1")
    assert headings.index("Toelichting per thema") < headings.index("Foto’s")
    assert file.styled("Heading2")[0] == "1. Thema 1"
    assert file.styled("PictureCaption") == ["Foto 1", "Foto 2: Het tafelkleed <1>"]
    told = [mark.get("descr") for mark in file.document.iter("{*}docPr")]
    assert told == ["Foto bij het thema Thema 1", "Het tafelkleed <1>"]
    sizes = [
        (int(str(e.get("cx"))), int(str(e.get("cy")))) for e in file.document.iter("{*}extent")
    ]
    assert [width / height for width, height in sizes] == pytest.approx([0.025, 4.0], rel=0.01)
    assert [name for name in file.parts if "media" in name] == [
        "word/media/photo1.jpeg",
        "word/media/photo2.jpeg",
    ]


def test_without_photos_there_is_no_part_for_them() -> None:
    lost = Photo(id=PhotoId(uid(803)), width=10, height=10)
    assert "Foto’s" not in DocxFile(report_docx(held(others=[lost]))).styled("Heading1")
