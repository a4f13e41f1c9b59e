"""The preview: what is typed, as it will be read, before it was sent; text as text."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from facilitator.meeting.explanations import Explanation
from facilitator.meeting.meeting import EditMeeting
from facilitator.meeting.outcomes import AddAgreement, AddOpenTask
from facilitator.meeting.outline import ReportForm
from facilitator.meeting.templates import Template, new_meeting
from facilitator.meeting.themes import themes
from tests.ui import pages
from tests.ui.calls import FakeCalls
from tests.ui.local import LocalReplica
from tests.ui.test_report_page import FakeFiles, field_of, part
from ui.console.report import ReportPage
from ui.console.report_next import NextSection
from ui.console.report_outcomes import AgreementsSection, CheckInsSection, OpenTasksSection

ODD = "<b>vet</b> & ]]> =1+1 😀 שלום"


@pytest.fixture
def replica() -> LocalReplica:
    return pages.small_meeting()


@pytest.fixture
def page(replica: LocalReplica, qtbot: QtBot) -> ReportPage:
    made = ReportPage(replica, FakeFiles(), FakeCalls())
    pages.show(qtbot, made)
    return made


def shown(page: ReportPage) -> str:
    return page.preview.paper.toPlainText()


def test_what_is_typed_is_shown_before_it_is_sent(qtbot: QtBot) -> None:
    replica = pages.SlowReplica(
        list(new_meeting(pages.MEETING, "Traag", Template.THEMES, "nl", ("Groen",)))
    )
    page = ReportPage(replica, FakeFiles(), FakeCalls())
    pages.show(qtbot, page)
    field = field_of(page, themes(replica.state)[0].id).field
    begun = time.monotonic()
    pages.type_into(field, ODD, leave=False)
    qtbot.waitUntil(lambda: ODD in shown(page))
    assert time.monotonic() - begun < 3, "at most a second behind, and this machine may be busy"
    assert not replica.state.all(Explanation), "nothing was sent yet"
    assert shown(page).splitlines()[:2] == ["Toelichting per thema", "1. Groen"]


def test_it_follows_the_cursor_from_part_to_part(
    page: ReportPage, replica: LocalReplica, qtbot: QtBot
) -> None:
    for text in ("Bankjes zoeken", ODD):
        task = AddOpenTask(id=pages.new_id(), open_task=pages.new_id(), text=text)  # type: ignore[arg-type]
        replica.send(task)
    page.jump(page.sections.index(page.section(OpenTasksSection)))
    qtbot.waitUntil(lambda: shown(page).splitlines() == ["Opgaven", "Bankjes zoeken", ODD])
    view = part(page, OpenTasksSection)
    row = view.rows[0].id
    pages.type_into(view.field(row, "text"), "Banken zoeken", leave=False)
    qtbot.waitUntil(lambda: "Banken zoeken" in shown(page))


def test_agreements_are_the_table_of_the_verslag(
    page: ReportPage, replica: LocalReplica, qtbot: QtBot
) -> None:
    spoken = cast("AgreementsSection", page.section(AgreementsSection)).spoken
    page.jump(page.sections.index(page.section(AgreementsSection)))
    pages.keys(spoken.line, "Anna belt de gemeente voor 1 december")
    pages.key(spoken.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Belt de gemeente" in shown(page))
    assert shown(page).splitlines() == [
        *("Afspraken", "Wie doet wat, en wanneer", "Nr", "Wat", "Wie", "Wanneer"),
        *("1", "Belt de gemeente", "Anna", "voor 1 december"),
    ]


def test_what_happens_next_and_check_ins_are_shown_too(
    page: ReportPage, replica: LocalReplica, qtbot: QtBot
) -> None:
    fields = cast("NextSection", page.section(NextSection)).fields
    pages.type_into(fields["what_next"], "Het verslag komt vrijdag.", leave=False)
    qtbot.waitUntil(
        lambda: shown(page).splitlines() == ["Zo gaat het verder", "Het verslag komt vrijdag."]
    )
    view = part(page, CheckInsSection)
    pages.add(view, "benieuwd 8")
    qtbot.waitUntil(lambda: "benieuwd" in shown(page))
    row = view.rows[0].id
    pages.type_into(view.field(row, "grade"), "niets", leave=False)
    page.preview.show_now()
    assert "Gemiddeld cijfer: 8" in shown(page), "what is no grade changes nothing"


def test_a_part_that_the_verslag_has_not_says_so(
    page: ReportPage, replica: LocalReplica, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: "Toelichting" in shown(page))
    assert page.preview.about.text() == "Zo komt het in het verslag"
    replica.send(EditMeeting(id=pages.new_id(), report=ReportForm.ACTIONS, parts=()))
    page.preview.show_now()
    assert page.preview.about.text() == "Dit onderdeel staat niet in het gekozen verslag"


def test_of_a_long_list_what_is_near_is_shown(
    page: ReportPage, replica: LocalReplica, qtbot: QtBot
) -> None:
    for number in range(120):
        replica.send(
            AddAgreement(id=pages.new_id(), agreement=pages.new_id(), what=f"Afspraak {number}.")  # type: ignore[arg-type]
        )
    page.jump(page.sections.index(page.section(AgreementsSection)))
    page.preview.show_now()
    assert "Afspraak 119." in shown(page)
    assert "Afspraak 3." not in shown(page)
    view = part(page, AgreementsSection)
    qtbot.waitUntil(lambda: len(view.rows) == 120)
    view.go_to(view.rows[2].id)
    page.preview.show_now()
    assert "Afspraak 3." in shown(page)
    assert "Afspraak 119." not in shown(page)


def test_of_long_explanations_the_theme_that_is_typed_is_shown(
    page: ReportPage, replica: LocalReplica
) -> None:
    row = themes(replica.state)
    for thing in row:
        field_of(page, thing.id).field.text.setPlainText(f"Over {thing.title}. " * 400)
    field_of(page, row[1].id).field.text.setFocus()
    page.preview.show_now()
    assert f"Over {row[1].title}." in shown(page)
    assert f"Over {row[0].title}." not in shown(page)


def test_it_can_be_put_away_and_then_does_nothing(page: ReportPage) -> None:
    pages.press(page.beside)
    assert not page.preview.isVisible()
    before = shown(page)
    pages.type_into(field_of(page, themes(page.replica.state)[0].id).field, "Iets", leave=False)
    page.preview.show_now()
    assert shown(page) == before
    pages.press(page.beside)
    assert page.preview.isVisible()


def test_it_is_remembered_that_it_was_put_away(
    replica: LocalReplica, qtbot: QtBot, tmp_path: Path
) -> None:
    for shown_before in (True, False):
        page = ReportPage(replica, FakeFiles(), FakeCalls(), folder=tmp_path)
        pages.show(qtbot, page)
        assert page.preview.isVisible() is shown_before
        if shown_before:
            pages.press(page.beside)
        page.aids.spelling.close()


def test_what_the_verslag_says_needs_no_word_and_no_xml() -> None:
    told = (
        "import sys; import facilitator.report.content; "
        "sys.exit(any(name.split('.')[0] in {'docx', 'lxml', 'xlsxwriter'} for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", told], check=False).returncode == 0
