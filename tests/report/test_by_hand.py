"""A meeting that somebody else wrote by hand becomes a verslag in each format, without a window."""

from __future__ import annotations

import json
import re
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from facilitator import cli
from facilitator.meeting.outline import PARTS, Part, ReportForm
from facilitator.report.formats import FORMATS
from facilitator.report.forms import KINDS, TITLES
from tests.report.docx_file import DocxFile
from tests.report.test_formats import READ
from tests.report.test_word import appendix

DOCS = Path(__file__).resolve().parents[2] / "docs"
REPORT = (DOCS / "report.md").read_text("utf-8")
EXAMPLES = re.findall(
    r"```json\n(.*?)```", (DOCS / "meeting-file.md").read_text("utf-8"), re.DOTALL
)

BEGINS = {"ics": b"BEGIN:VCALENDAR", "eml": b"X-Unsent", "pdf": b"%PDF-"}


def exported(example: str, folder: Path, ending: str) -> bytes:
    """What the two commands make of an example of the documentation."""
    source, target = folder / "bijeenkomst.json", folder / f"uit.{ending}"
    source.write_text(example, encoding="utf-8")
    data = ("--data", str(folder / "data"))
    assert cli.main(["import", *data, str(source)]) == 0
    title = json.loads(example)["things"]["meeting"][0]["title"]
    assert cli.main(["export", *data, title, "--to", str(target)]) == 0
    return target.read_bytes()


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_each_example_becomes_a_verslag(number: int, ending: str, tmp_path: Path) -> None:
    content = exported(EXAMPLES[number], tmp_path, ending)
    notes: list[dict[str, Any]] = json.loads(EXAMPLES[number])["things"].get("note", [])
    written = Counter(note["text"] for note in notes)
    if ending in READ:
        assert READ[ending](content) == written
    elif ending == "docx":
        (tmp_path / "again.docx").write_bytes(content)
        assert zipfile.is_zipfile(tmp_path / "again.docx")
        assert appendix(DocxFile(content)) == written
    else:
        assert content.startswith(BEGINS[ending])


def test_the_example_of_a_participation_report_holds_all_its_parts(tmp_path: Path) -> None:
    file = DocxFile(exported(EXAMPLES[-1], tmp_path, "docx"))
    wanted = [TITLES[part] for part in PARTS[ReportForm.PARTICIPATION] if part in TITLES]
    assert file.styled("Heading1") == [title for title in wanted if title != "Foto’s"]
    text = " ".join(text for _style, text in file.paragraphs())
    for told in ("Uitgenodigd: Alle bewoners", "Er waren 11 deelnemers.", "deels overgenomen"):
        assert told in text


def test_each_form_stands_in_the_document_with_its_parts() -> None:
    table = REPORT.partition("## Forms")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| `(\w+)` \| ([A-Z][\w ]+) \| (.*?) \|$", table, re.MULTILINE)
    told = {form: (name, tuple(re.findall(r"`(\w+)`", parts))) for form, name, parts in rows}
    assert told.pop("full")[0] == KINDS[ReportForm.FULL]
    assert told == {
        form: (KINDS[form], PARTS[form]) for form in ReportForm if form is not ReportForm.FULL
    }


def test_each_part_stands_in_the_document_under_its_heading_in_its_order() -> None:
    table = REPORT.partition("## What it holds")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| `(\w+)` \| (.*?) \|", table, re.MULTILINE)
    assert rows == [(part, TITLES.get(part, "title block")) for part in Part]


def test_each_format_stands_in_the_document() -> None:
    table = REPORT.partition("## Formats")[2].partition("\n## ")[0]
    assert re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE) == list(FORMATS)
