"""A café from the first press to the Word file: the real window, the real engine, two phones."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Browser, Page, expect
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from facilitator.meeting.categories import Category
from facilitator.meeting.explanations import explanation_of
from facilitator.meeting.notes import Note
from facilitator.meeting.outcomes import agreements
from facilitator.meeting.projector import SceneName, the_projector
from facilitator.meeting.themes import themes
from facilitator.meeting.votes import dots_of, options
from tests.e2e.cafe import AGAIN
from tests.e2e.console import Console
from tests.e2e.windows import Watch
from tests.ui import pages
from ui.console.arranging import ArrangingPage
from ui.console.notes import NotesPage
from ui.console.prepare import PreparePage
from ui.console.report import ReportPage
from ui.console.report_explanations import ExplanationsSection
from ui.console.report_outcomes import AgreementsSection
from ui.console.rounds import RoundsPage

pytestmark = pytest.mark.e2e

BENCH = "Meer bankjes bij de speeltuin"
MEAL = "Elke maand samen eten, met <b>soep</b> & brood"
CRUDE = "Dit is een lelijk woord"


@pytest.fixture
def console(tmp_path: Path, qtbot: QtBot) -> Iterator[Console]:
    watch = Watch()
    console = Console(tmp_path / "café ☕", qtbot)
    yield console
    console.end()
    watch.end()
    assert watch.strays == []


@pytest.fixture
def phone_at(browser: Browser, console: Console) -> Iterator[Callable[[int], Page]]:
    contexts = []

    def join(table: int) -> Page:
        context = browser.new_context(locale="nl-NL", viewport={"width": 390, "height": 780})
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{console.url}/{console.code(table)}")
        page.get_by_role("button", name="Ja, dit klopt").click()
        return page

    yield join
    for context in contexts:
        context.close()


def write(phone: Page, text: str) -> None:
    phone.locator("#note").fill(text)
    phone.get_by_role("button", name="Versturen", exact=True).click()
    card = phone.locator(".notes .note", has_text=text)
    expect(card).to_contain_text("ontvangen", timeout=AGAIN)


def test_from_the_first_press_to_the_word_file(
    console: Console, phone_at: Callable[[int], Page], tmp_path: Path
) -> None:
    console.new_meeting("Samen in de wijk")
    console.page(1, PreparePage)
    console.begin_round()
    first = write_and_hide(console, phone_at)
    arrange(console)
    vote(console, first)
    file = tmp_path / "verslag.docx"
    report(console, file)
    check_words(file)


def write_and_hide(console: Console, phone_at: Callable[[int], Page]) -> Page:
    """Two phones at two tables; each sees what its own table wrote; a crude note is hidden."""
    first, second = phone_at(1), phone_at(2)
    write(first, BENCH)
    write(first, CRUDE)
    write(second, MEAL)
    expect(second.locator(".notes .note", has_text=BENCH)).to_have_count(0)
    page = console.page(4, NotesPage)
    for text in (BENCH, CRUDE, MEAL):
        console.note(text)
    crude = console.note(CRUDE)
    console.until(lambda: page.model.index_of(crude.id).isValid())
    page.list.setCurrentIndex(page.model.index_of(crude.id))
    QTest.keyClick(page.list, Qt.Key.Key_H)
    console.until(lambda: console.note(CRUDE).hidden)
    assert (console.note(BENCH).late, console.note(BENCH).hidden) == (False, False)
    return first


def arrange(console: Console) -> None:
    """A category is made, and a note put in it by keyboard; taken back, and done again."""
    page = console.page(5, ArrangingPage)
    theme = themes(console.replica.state)[0]
    page.categories.add(theme.id, "Plekken")
    console.until(lambda: len(console.replica.state.all(Category)) == 1)
    (category,) = console.replica.state.all(Category)
    page.view.layout_now()
    page.view.setCurrentIndex(page.model.index_of(console.note(BENCH).id))
    move = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(page.view, Qt.Key.Key_Down, move)
    console.until(lambda: console.note(BENCH).category == category.id)
    QTest.keyClick(page.view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    console.until(lambda: console.note(BENCH).category is None)
    QTest.keyClick(page.view, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    console.until(lambda: console.note(BENCH).category == category.id)


def vote(console: Console, phone: Page) -> None:
    """Two notes are put to the vote by a key; a phone gives its dots, and the hall is shown them."""
    page = console.page(5, ArrangingPage)
    for text in (BENCH, MEAL):
        page.view.go_to(console.note(text).id)
        QTest.keyClick(page.view, Qt.Key.Key_S)
    console.until(lambda: len(options(console.replica.state)) == 2)
    console.press(page.vote_button)
    rounds = console.view.pages.currentWidget()
    assert isinstance(rounds, RoundsPage)
    panel = rounds.voting
    console.press(panel.open_button)
    console.until(lambda: panel.open_button.text() == "Stemming sluiten")
    more = phone.get_by_role("button", name=f"Stip erbij: {BENCH}")
    more.click(timeout=AGAIN)
    more.click()
    console.until(lambda: dots_of(console.replica.state, options(console.replica.state)[0].id) == 2)
    console.until(lambda: panel.count.text() == "1 van 2 hebben gestemd")
    panel._pressed.stop()
    console.press(panel.open_button)
    console.until(lambda: panel.show_button.text() == "Uitslag tonen")
    console.press(panel.show_button)
    console.until(lambda: the_projector(console.replica.state).scene is SceneName.RESULT)
    expect(more).to_have_count(0)


def report(console: Console, file: Path) -> None:
    """An explanation and an agreement are typed along, and the verslag is saved."""
    page = console.page(6, ReportPage)
    theme = themes(console.replica.state)[0]
    explanations = page.section(ExplanationsSection)
    assert isinstance(explanations, ExplanationsSection)
    pages.type_into(explanations.fields[theme.id].field, "Er is plek genoeg, zei iedereen.")
    console.until(lambda: bool(explanation_of(console.replica.state, theme.id).text))
    agreed = page.section(AgreementsSection)
    assert isinstance(agreed, AgreementsSection)
    pages.add(agreed.list, "De gemeente bellen over bankjes")
    console.until(lambda: len(agreements(console.replica.state)) == 1)
    page.banner.opens = lambda _path: None
    page.save(page.saving.report)
    console.save_as(file)


def check_words(file: Path) -> None:
    """What people wrote stands in the file; what was hidden does not."""
    document = Document(str(file))
    body = "\n".join(part.text or "" for part in document.element.body.iter() if part.text)
    for text in (BENCH, MEAL, "Plekken", "Er is plek genoeg, zei iedereen."):
        assert text in body
    assert "De gemeente bellen over bankjes" in body
    assert CRUDE not in body
    headings = [p.text for p in document.paragraphs if p.style and "Heading" in p.style.name]
    assert "Opbrengst" in " ".join(headings)


def test_a_hidden_note_is_gone_from_the_phones_of_its_table(
    console: Console, phone_at: Callable[[int], Page]
) -> None:
    console.new_meeting("Samen in de wijk")
    console.begin_round()
    writer, neighbour = phone_at(1), phone_at(1)
    write(writer, CRUDE)
    expect(neighbour.locator(".notes .note", has_text=CRUDE)).to_have_count(1)
    page = console.page(4, NotesPage)
    note = console.note(CRUDE)
    console.until(lambda: page.model.index_of(note.id).isValid())
    page.list.setCurrentIndex(page.model.index_of(note.id))
    QTest.keyClick(page.list, Qt.Key.Key_Delete)
    console.until(lambda: all(note.hidden for note in console.replica.state.all(Note)))
    expect(neighbour.locator(".notes .note", has_text=CRUDE)).to_have_count(0)
