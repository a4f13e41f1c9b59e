"""The auditor and our own checks together: nothing in what we write, all of what is broken on purpose."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from openxml_audit import OpenXmlValidator

from facilitator.kernel.state import State
from facilitator.meeting.ids import PhotoId
from facilitator.meeting.outline import ReportForm
from facilitator.meeting.photos import Photo
from facilitator.report.word import report_docx
from tests.report import checks
from tests.report.house_file import house_file
from tests.report.meetings import complete, held, sampled, uid
from tests.report.odd import ODD
from tests.report.test_house_style import HOUSES
from tests.report.test_word import jpeg

Change = Callable[[str], str]
LOOKS: dict[str, bytes | None] = {"own": None, **HOUSES}


def faults(content: bytes, folder: Path) -> list[str]:
    path = folder / "verslag.docx"
    path.write_bytes(content)
    audited = [str(error) for error in OpenXmlValidator().validate(path).errors]
    return audited + checks.findings(content)


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("form", ReportForm)
def test_each_form_in_each_look_has_no_fault(form: ReportForm, look: str, tmp_path: Path) -> None:
    assert faults(report_docx(complete(form), house=LOOKS[look]), tmp_path) == []


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize(
    "state",
    [
        pytest.param(sampled(), id="sample"),
        pytest.param(sampled("en"), id="english"),
        pytest.param(held(ODD, across=2, themes=8), id="odd"),
        pytest.param(held(themes=0), id="nothing"),
    ],
)
def test_other_meetings_have_no_fault(state: State, look: str, tmp_path: Path) -> None:
    assert faults(report_docx(state, house=LOOKS[look]), tmp_path) == []


@pytest.mark.parametrize("look", LOOKS)
def test_photos_have_no_fault(look: str, tmp_path: Path) -> None:
    photo = Photo(id=PhotoId(uid(801)), width=400, height=300, order=1)
    made = report_docx(held(["a"], others=[photo]), {photo.id: jpeg(40, 30)}, LOOKS[look])
    assert faults(made, tmp_path) == []


DOCUMENT, STYLES = "word/document.xml", "word/styles.xml"
NUMBERING, SETTINGS = "word/numbering.xml", "word/settings.xml"
DEFECTS: dict[str, tuple[str, Change]] = {
    "a cell without a paragraph": (
        DOCUMENT,
        lambda text: re.sub(r"(</w:tcPr>)<w:p>.*?</w:p>(</w:tc>)", r"\1\2", text, count=1),
    ),
    "an unknown element": (DOCUMENT, lambda text: text.replace("<w:body>", "<w:body><w:foo/>", 1)),
    "properties in another order": (
        DOCUMENT,
        lambda text: re.sub(
            r"<w:pPr>(<w:pStyle[^>]*/>)(<w:numPr>.*?</w:numPr>)", r"<w:pPr>\2\1", text, count=1
        ),
    ),
    "two bookmarks with one number": (
        DOCUMENT,
        lambda text: text.replace('<w:bookmarkStart w:id="2"', '<w:bookmarkStart w:id="1"', 1),
    ),
    "a field without an end": (
        DOCUMENT,
        lambda text: text.replace('w:fldCharType="end"', 'w:fldCharType="separate"', 1),
    ),
    "a header that is gone": (
        "word/_rels/document.xml.rels",
        lambda text: re.sub(r"<Relationship [^>]*relationships/header[^>]*/>", "", text, count=1),
    ),
    "a style that is not there": (
        DOCUMENT,
        lambda text: text.replace('w:pStyle w:val="MatrixHeading"', 'w:pStyle w:val="Weg"', 1),
    ),
    "a colour that is none": (
        DOCUMENT,
        lambda text: re.sub(r'w:fill="[0-9A-F]{6}"', 'w:fill="blauw"', text, count=1),
    ),
    "lists before their definitions": (
        NUMBERING,
        lambda text: re.sub(
            r"(<w:abstractNum .*</w:abstractNum>)(.*)(</w:numbering>)", r"\2\1\3", text
        ),
    ),
    "a list that is not there": (
        DOCUMENT,
        lambda text: re.sub(r'<w:numId w:val="\d+"/>', '<w:numId w:val="999"/>', text, count=1),
    ),
    "a column too few": (
        DOCUMENT,
        lambda text: re.sub(r"<w:gridCol [^>]*/>", "", text, count=1),
    ),
    "settings in another order": (
        SETTINGS,
        lambda text: text.replace("</w:settings>", '<w:updateFields w:val="true"/></w:settings>'),
    ),
    "XML that does not close": (DOCUMENT, lambda text: text.replace("</w:body>", "", 1)),
    "a part without a kind": (
        "[Content_Types].xml",
        lambda text: re.sub(r'<Override PartName="/word/numbering.xml"[^>]*/>', "", text, count=1),
    ),
    "a language that is none": (
        STYLES,
        lambda text: text.replace('w:lang w:val="nl-NL"', 'w:lang w:val="dutch please"', 1),
    ),
}


@pytest.mark.parametrize("look", ["own", "docx"])
@pytest.mark.parametrize("defect", DEFECTS)
def test_each_of_fifteen_defects_is_found(defect: str, look: str, tmp_path: Path) -> None:
    part, change = DEFECTS[defect]
    sound = report_docx(sampled(), house=None if look == "own" else house_file())
    broken = BytesIO()
    with zipfile.ZipFile(BytesIO(sound)) as source, zipfile.ZipFile(broken, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == part:
                changed = change(content.decode()).encode()
                assert changed != content
                content = changed
            target.writestr(name, content)
    assert faults(broken.getvalue(), tmp_path)


MORE: dict[str, Change] = {
    "a heading that jumps": lambda text: text.replace(
        'w:pStyle w:val="Heading2"', 'w:pStyle w:val="Heading3"', 1
    ),
    "a table without words": lambda text: re.sub(
        r'<w:tblDescription w:val="[^"]*"/>', "", text, count=1
    ),
    "a table without a header": lambda text: text.replace("<w:tblHeader/>", "", 1),
    "a link to nowhere": lambda text: text.replace('w:anchor="_Toc', 'w:anchor="_Weg', 1),
}


@pytest.mark.parametrize("defect", MORE)
def test_what_a_reader_trips_over_is_found_by_our_own_checks(defect: str) -> None:
    broken = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(report_docx(sampled()))) as source,
        zipfile.ZipFile(broken, "w") as target,
    ):
        for name in source.namelist():
            content = source.read(name)
            if name == DOCUMENT:
                changed = MORE[defect](content.decode()).encode()
                assert changed != content
                content = changed
            target.writestr(name, content)
    assert checks.findings(broken.getvalue())
