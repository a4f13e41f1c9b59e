"""An agreement typed as it is said: found, confirmed, mended; the text is never lost."""

from __future__ import annotations

import datetime as dt
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from facilitator.meeting.meeting import EditMeeting
from facilitator.meeting.outcomes import MOST, AddAgreement, agreements
from tests.ui import pages
from tests.ui.calls import FakeCalls
from tests.ui.local import LocalReplica
from tests.ui.test_report_page import FakeFiles
from ui.console.agreement_line import AgreementLine, DayField
from ui.console.report import ReportPage
from ui.console.report_outcomes import AgreementsSection

SENTENCE = "Anna belt de gemeente voor 1 december"


@pytest.fixture
def replica() -> LocalReplica:
    made = pages.small_meeting()
    made.send(
        EditMeeting(id=pages.new_id(), date=dt.date(2026, 10, 30), organisation="Stichting Buurt")
    )
    return made


@pytest.fixture
def spoken(replica: LocalReplica, qtbot: QtBot) -> AgreementLine:
    page = ReportPage(replica, FakeFiles(), FakeCalls())
    pages.show(qtbot, page)
    line = cast("AgreementsSection", page.section(AgreementsSection)).spoken
    line.line.setFocus()
    return line


def part(spoken: AgreementLine) -> AgreementsSection:
    above = spoken.parentWidget()
    while above is not None and not isinstance(above, AgreementsSection):
        above = above.parentWidget()
    assert above is not None
    return above


def found(spoken: AgreementLine) -> tuple[str, ...]:
    return tuple(part.text() for part in spoken.parts.values())


def agreed(replica: LocalReplica) -> list[tuple[str, str, str]]:
    return [(each.what, each.who, each.when) for each in agreements(replica.state)]


def test_what_who_and_when_are_shown_at_once_and_taken_with_enter(
    spoken: AgreementLine, replica: LocalReplica
) -> None:
    assert not spoken.found.isVisible()
    pages.keys(spoken.line, SENTENCE)
    assert spoken.found.isVisible()
    assert found(spoken) == ("Belt de gemeente", "Anna", "voor 1 december")
    assert spoken.day.text() == "di 1 december 2026"
    assert "Wie: Anna" in spoken.line.accessibleDescription()
    assert not agreements(replica.state), "shown first"
    pages.key(spoken.line, Qt.Key.Key_Return)
    assert agreed(replica) == [("Belt de gemeente", "Anna", "voor 1 december")]
    assert not spoken.line.text()
    assert spoken.line.hasFocus(), "ready for the next"
    assert not spoken.found.isVisible()


def test_a_row_tells_the_day_that_its_words_mean(
    spoken: AgreementLine, replica: LocalReplica, qtbot: QtBot
) -> None:
    pages.keys(spoken.line, SENTENCE)
    pages.key(spoken.line, Qt.Key.Key_Return)
    section = part(spoken)
    qtbot.waitUntil(lambda: bool(section.list.rows))
    field = cast("DayField", section.list.field(agreements(replica.state)[0].id, "when"))
    qtbot.waitUntil(field.day.isVisible)
    assert field.day.text() == "di 1 december 2026"
    assert field.rect().contains(field.day.geometry()), "the row is high enough"
    replica.send(EditMeeting(id=pages.new_id(), date=dt.date(2027, 3, 1)))
    qtbot.waitUntil(lambda: field.day.text() == "wo 1 december 2027")
    low = field.wanted_height(field.width())
    field.text.setPlainText("zo snel mogelijk")
    assert not field.day.isVisible(), "no day in particular"
    assert field.wanted_height(field.width()) < low


def test_a_name_of_two_words_is_known(spoken: AgreementLine, replica: LocalReplica) -> None:
    pages.keys(spoken.line, "Stichting Buurt regelt de zaal")
    assert found(spoken)[1] == "Stichting Buurt"


def test_what_was_found_wrong_is_mended_by_keyboard(
    spoken: AgreementLine, replica: LocalReplica
) -> None:
    pages.keys(spoken.line, SENTENCE)
    pages.key(spoken.line, Qt.Key.Key_Tab)
    pages.key(spoken.parts["what"], Qt.Key.Key_Tab)
    who = spoken.parts["who"]
    assert who.hasFocus()
    pages.keys(who, "Bram")
    assert spoken.line.text() == SENTENCE
    pages.key(who, Qt.Key.Key_Return)
    assert agreed(replica) == [("Belt de gemeente", "Bram", "voor 1 december")]
    assert spoken.line.hasFocus()


def test_a_mended_part_stays_while_the_sentence_goes_on(spoken: AgreementLine) -> None:
    pages.keys(spoken.line, "Anna belt de gemeente")
    spoken.parts["who"].setFocus()
    spoken.parts["who"].selectAll()
    pages.keys(spoken.parts["who"], "Bram")
    spoken.line.setFocus()
    pages.key(spoken.line, Qt.Key.Key_End)
    pages.keys(spoken.line, " voor 1 december")
    assert found(spoken) == ("Belt de gemeente", "Bram", "voor 1 december")


def test_escape_goes_back_to_the_sentence_and_keeps_it(
    spoken: AgreementLine, replica: LocalReplica
) -> None:
    pages.keys(spoken.line, SENTENCE)
    pages.key(spoken.line, Qt.Key.Key_Tab)
    pages.keys(spoken.parts["what"], "Iets anders")
    pages.key(spoken.parts["what"], Qt.Key.Key_Escape)
    assert spoken.line.hasFocus()
    assert found(spoken)[0] == "Belt de gemeente"
    pages.key(spoken.line, Qt.Key.Key_Escape)
    assert spoken.line.text() == SENTENCE
    assert not agreements(replica.state)


def test_without_what_it_asks(spoken: AgreementLine, replica: LocalReplica) -> None:
    pages.keys(spoken.line, SENTENCE)
    spoken.parts["what"].setFocus()
    spoken.parts["what"].selectAll()
    pages.key(spoken.parts["what"], Qt.Key.Key_Delete)
    pages.key(spoken.parts["what"], Qt.Key.Key_Return)
    assert not agreements(replica.state)
    assert spoken.reason.isVisible()
    assert spoken.line.text() == SENTENCE


def test_several_lines_that_are_pasted_are_several_agreements(
    spoken: AgreementLine, replica: LocalReplica
) -> None:
    QGuiApplication.clipboard().setText(f"{SENTENCE}\nBram regelt de zaal\n")
    pages.key(spoken.line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert [who for _what, who, _when in agreed(replica)] == ["Anna", "Bram"]


def test_saving_takes_what_stands_in_the_line(spoken: AgreementLine, replica: LocalReplica) -> None:
    pages.keys(spoken.line, SENTENCE)
    spoken.window().commit()  # type: ignore[attr-defined]
    assert len(agreements(replica.state)) == 1


def test_a_refused_sentence_comes_back_with_the_reason(
    spoken: AgreementLine, replica: LocalReplica
) -> None:
    for _number in range(MOST):
        replica.send(AddAgreement(id=pages.new_id(), agreement=pages.new_id(), what="Al vol"))  # type: ignore[arg-type]
    pages.keys(spoken.line, SENTENCE)
    pages.key(spoken.line, Qt.Key.Key_Return)
    assert spoken.line.text() == SENTENCE
    assert spoken.reason.isVisible()
