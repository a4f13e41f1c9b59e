"""A meeting that decides, from the frames to the Word file: the real window on the real engine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from docx import Document
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox
from pytestqt.qtbot import QtBot

from facilitator.meeting.frames import frames
from facilitator.meeting.proposals import Response, Standing, proposals, standing
from tests.e2e.console import Console
from tests.ui import pages
from tests.ui.deciding import choose, field_of, reason, section, talk_of
from ui.console.held_list import FAILS
from ui.console.prepare import PreparePage
from ui.console.prepare_frames import FramesSection
from ui.console.prepare_meeting import MeetingSection
from ui.console.prepare_ready import Part
from ui.console.report import ReportPage

pytestmark = pytest.mark.e2e


@pytest.fixture
def console(tmp_path: Path, qtbot: QtBot) -> Iterator[Console]:
    console = Console(tmp_path / "café ☕", qtbot)
    yield console
    console.end()


def test_from_the_frames_to_the_word_file(console: Console, tmp_path: Path) -> None:
    console.new_meeting("De school")
    write_frames(console)
    page = console.page(6, ReportPage)
    propose(console, page)
    decide(console, page)
    drop_a_frame(console, page)
    file = tmp_path / "verslag.docx"
    page.banner.opens = lambda _path: None
    page.save(page.saving.report)
    console.save_as(file)
    check_words(file)


def write_frames(console: Console) -> None:
    """The tab is found from the first section; two frames are typed, each with whose it is."""
    page = console.page(1, PreparePage)
    cast("MeetingSection", page.sections[Part.MEETING]).frames.click()
    view = cast("FramesSection", page.sections[Part.FRAMES]).list
    for number, (text, whose) in enumerate(
        (("Binnen de begroting", "Gemeente"), ("Lopend te bereiken", "Bewonersraad")), start=1
    ):
        pages.add(view, text, Qt.Key.Key_Tab)
        console.until(lambda number=number: len(view.rows) == number)  # type: ignore[misc]
        pages.type_into(view.field(view.rows[-1].id, "set_by"), whose)
        console.until(
            lambda whose=whose: frames(console.replica.state)[-1].set_by == whose  # type: ignore[misc]
        )


def propose(console: Console, page: ReportPage) -> None:
    """A proposal that does not meet the first frame, and to which somebody objects."""
    console.until(section(page).list.isVisible)
    pages.add(section(page).list, "Een buurthuis in de school")
    console.until(lambda: len(section(page).list.rows) == 1)
    plan = proposals(console.replica.state)[0].id
    first = frames(console.replica.state)[0].id
    choose(page, first, FAILS, plan)
    pages.type_into(reason(page, first, plan), "Het dak is niet begroot")
    console.until(lambda: len(console.replica.state.all(Response)) == 1)
    pages.add(talk_of(page, plan).objections, "Het wordt te laat op de avond")
    console.until(lambda: field_of(page, plan).standing.text() == "Bezwaar")


def decide(console: Console, page: ReportPage) -> None:
    """The objection is met, and everybody was asked; the frame still stands in the way."""
    plan = proposals(console.replica.state)[0].id
    talk = talk_of(page, plan)
    console.until(lambda: len(talk.objections.rows) == 1)
    cast("QCheckBox", talk.objections.field(talk.objections.rows[0].id, "settled").editor).click()
    cast("QCheckBox", talk.asked.editor).click()
    console.until(lambda: proposals(console.replica.state)[0].asked)
    assert far(console) is Standing.UNMET


def drop_a_frame(console: Console, page: ReportPage) -> None:
    """The frame goes with what was said of it; undo brings back both, and redo drops them."""
    section(page).fold.click()
    view = section(page).frames
    pages.alt(view.field(frames(console.replica.state)[0].id, "text"), Qt.Key.Key_Delete)
    console.until(lambda: far(console) is Standing.CONSENT)
    for key, wanted in ((Qt.Key.Key_Z, Standing.UNMET), (Qt.Key.Key_Y, Standing.CONSENT)):
        QTest.keyClick(console.view, key, Qt.KeyboardModifier.ControlModifier)
        console.until(lambda wanted=wanted: far(console) is wanted)  # type: ignore[misc]
    plan = proposals(console.replica.state)[0].id
    console.until(lambda: field_of(page, plan).standing.text() == "Consent")


def far(console: Console) -> Standing:
    state = console.replica.state
    return standing(state, proposals(state)[0])


def check_words(file: Path) -> None:
    """What was said stands in the file, and that it is decided."""
    document = Document(str(file))
    body = "\n".join(part.text or "" for part in document.element.body.iter() if part.text)
    for text in (
        *("Kaders en voorstellen", "Lopend te bereiken", "Bewonersraad"),
        *("Een buurthuis in de school", "Het wordt te laat op de avond", "opgelost"),
        "Besloten: niemand heeft een beredeneerd bezwaar.",
    ):
        assert text in body
    assert "Binnen de begroting" not in body
