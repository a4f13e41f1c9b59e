"""Threat: text that is more than text, on the page, in the window and in Word."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from itertools import chain
from pathlib import Path
from uuid import UUID

import httpx
import msgspec
import pytest
from playwright.sync_api import Page, expect
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from facilitator.file import to_json
from facilitator.kernel.entity import Entity
from facilitator.kernel.text import tidy_line
from facilitator.meeting.features import empty_state
from facilitator.meeting.ids import MeetingId
from facilitator.meeting.meeting import Meeting, Phase
from facilitator.meeting.notes import Note
from facilitator.report.word import report_docx
from facilitator.sample import sample_entities
from tests.e2e.cafe import Cafe
from tests.e2e.conftest import MakePhone, a_phone, browser, chromium, prepared_cafe
from tests.report.docx_file import DocxFile, W
from tests.threats.scripts import SCRIPTS, with_scripts
from tests.ui import tour

__all__ = ["a_phone", "browser", "chromium", "prepared_cafe"]

FIRST = (0, 11, 22)  # where the list of scripts begins, so that they meet other fields
FIELDS = {"TOC", "PAGE", "NUMPAGES", "SEQ", "REF", "PAGEREF"}  # of our own
TAG = re.compile("<[a-z!/]", re.IGNORECASE)  # what Qt may take for rich text
COLUMNS = 12  # more than any list has
OWN = "<p style='white-space:pre-wrap'>"  # of ui.widgets.labels.tip
MEETING = MeetingId(UUID(int=66))


def poisoned(first: int, **fields: object) -> list[Entity]:
    """The sample, in which everybody wrote something nasty."""
    return [
        msgspec.structs.replace(entity, **fields) if isinstance(entity, Meeting) else entity
        for entity in with_scripts(sample_entities(MEETING), first)
    ]


@pytest.mark.e2e
@pytest.mark.parametrize("first", FIRST)
@pytest.mark.parametrize("named", [False, True])
def test_on_the_page_it_is_text(
    prepared_cafe: Cafe, a_phone: MakePhone, first: int, named: bool
) -> None:
    _import(prepared_cafe, poisoned(first, phase=Phase.LIVE, named=named))
    phone = a_phone()
    page = phone.page
    violations: list[str] = []
    page.on("console", lambda said: violations.append(said.text))
    page.on("dialog", lambda dialog: violations.append(dialog.message))
    phone.scan()
    expect(page.get_by_role("heading", name="Klopt dit?")).to_be_visible()
    _is_untouched(page)
    if named:
        page.get_by_label("Je naam").fill(SCRIPTS[first])
    phone.press("Ja, dit klopt")
    expect(phone.box).to_be_visible()
    for number, script in enumerate(SCRIPTS[first : first + 3]):
        phone.write(f"{script} nr. {number}").received(f"nr. {number}")
    _is_untouched(page)
    page.reload()
    expect(phone.box).to_be_visible()
    _is_untouched(page)
    assert violations == []


def _import(cafe: Cafe, entities: list[Entity]) -> None:
    answer = httpx.post(
        f"{cafe.url}/api/meetings/import",
        content=to_json(entities),
        headers={"Authorization": f"Bearer {cafe.token}"},
    )
    assert answer.status_code == 201, answer.text
    cafe.meeting = answer.json()["id"]
    cafe.send("open_doors")


def _is_untouched(page: Page) -> None:
    """Nothing ran, and nothing stands in the page that its own code did not put there."""
    assert page.evaluate("window.hit") is None
    assert page.locator("img, svg, iframe, object, embed, table, math, font, u, b").count() == 0
    assert (
        page.locator("body script, style, link:not([href^='/web/']):not([rel=icon])").count() == 0
    )
    assert page.locator("a[href^='javascript:'], [onerror], [onload], [onfocus]").count() == 0


@pytest.mark.parametrize("first", FIRST)
def test_in_the_window_it_is_text(qtbot: QtBot, first: int) -> None:
    walk = tour.Tour(qtbot, poisoned(first, phase=Phase.LIVE, named=True))
    seen = 0
    for name, page in chain(walk.pages(), walk.dialogs()):
        for widget in (page, *page.findChildren(QWidget)):
            seen += _shows_text_as_text(widget, name)
    assert seen > len(SCRIPTS)
    assert not any(isinstance(top, QMessageBox) for top in QApplication.topLevelWidgets())


def _shows_text_as_text(widget: QWidget, name: str) -> int:
    """How many texts it shows that would be more in another hand."""
    tips = [widget.toolTip(), widget.whatsThis(), *_tips(widget)]
    for tip in filter(None, tips):
        assert not TAG.search(tip.removeprefix(OWN).removesuffix("</p>")), (name, tip)
    if not isinstance(widget, QLabel) or not TAG.search(widget.text()):
        return isinstance(widget, QAbstractItemView)
    assert widget.textFormat() is Qt.TextFormat.PlainText, (name, widget.text())
    return 1


def _tips(widget: QWidget) -> Iterator[str]:
    if not isinstance(widget, QAbstractItemView) or (model := widget.model()) is None:
        return
    for row in range(min(50, model.rowCount(widget.rootIndex()))):
        for column in range(COLUMNS):
            at = model.index(row, column, widget.rootIndex())
            yield str(at.data(Qt.ItemDataRole.ToolTipRole) or "") if at.isValid() else ""


@pytest.mark.parametrize("first", FIRST)
def test_in_word_it_is_text(tmp_path: Path, first: int) -> None:
    state = empty_state()
    state.load(poisoned(first), revision=1)
    content = report_docx(state)
    file = DocxFile(content)
    whole = "\n".join(text for _style, text in file.paragraphs())
    for note in state.all(Note):
        assert tidy_line(note.text) in " ".join(whole.split()), note.text
    with zipfile.ZipFile(BytesIO(content)) as package:
        for name in package.namelist():
            assert not name.startswith(("word/embeddings", "word/activeX", "customUI")), name
            if name.endswith(".rels"):
                assert b'TargetMode="External"' not in package.read(name), name
    fields = [str(found.text) for found in file.document.iter(f"{W}instrText")]
    assert {field.split()[0] for field in fields} <= FIELDS
