"""The page Verslag: how it is built, and what was done with what people brought in."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID, uuid4, uuid5

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from facilitator.meeting.follow_ups import Result, follow_ups
from facilitator.meeting.meeting import EditMeeting, the_meeting
from facilitator.meeting.outline import PARTS, Layout, Outline, Part, ReportForm
from facilitator.report.forms import TITLES
from facilitator.report.results import RESULTS
from tests.ui import pages
from tests.ui.calls import FakeCalls
from tests.ui.local import LocalReplica
from tests.ui.test_report_page import FakeFiles
from ui.console.outline_words import PART_NAMES, RESULT_NAMES
from ui.console.report import ReportPage
from ui.console.report_follow_ups import FollowUpsSection
from ui.console.report_outline import _IDS, OutlineSection
from ui.link.calls import LastOutline
from ui.widgets.choices import ChoiceField


@pytest.fixture
def replica() -> LocalReplica:
    return pages.small_meeting()


@pytest.fixture
def calls() -> FakeCalls:
    return FakeCalls()


@pytest.fixture
def page(replica: LocalReplica, calls: FakeCalls, qtbot: QtBot) -> ReportPage:
    made = ReportPage(replica, FakeFiles(), calls)
    pages.show(qtbot, made)
    return made


def built(page: ReportPage) -> OutlineSection:
    return cast("OutlineSection", page.section(OutlineSection))


def key(part: Part) -> UUID:
    return uuid5(_IDS, part)


def edit(replica: LocalReplica, **changes: Any) -> None:
    replica.send(EditMeeting(id=uuid4(), **changes), lambda _outcome: None)
    pages.settle()


def shown(section: OutlineSection) -> list[str]:
    """The parts with a tick, in their order."""
    rows = [row.values["part"] for row in section.list.rows]
    return [name for chosen, name in rows if chosen]


def test_a_form_is_chosen_and_shows_its_parts(page: ReportPage, replica: LocalReplica) -> None:
    section = built(page)
    pages.choose(cast("ChoiceField", section.fields["report"]).box, "Actielijst")
    pages.settle()
    assert the_meeting(replica.state).report is ReportForm.ACTIONS
    assert shown(section) == [PART_NAMES[part] for part in PARTS[ReportForm.ACTIONS]]
    assert len(section.list.rows) == len(Part)
    replica.undo()
    assert the_meeting(replica.state).outline == Outline()


def test_parts_are_ticked_moved_and_taken_out(page: ReportPage, replica: LocalReplica) -> None:
    edit(replica, report=ReportForm.ACTIONS)
    view = built(page).list
    field: Any = view.field(key(Part.APPENDIX), "part")
    field.box.click()
    pages.settle()
    assert the_meeting(replica.state).parts == (*PARTS[ReportForm.ACTIONS], Part.APPENDIX)
    pages.alt(view.field(key(Part.APPENDIX), "part"), Qt.Key.Key_Up)
    pages.settle()
    assert the_meeting(replica.state).parts[-2:] == (Part.APPENDIX, Part.NEXT)
    pages.alt(view.field(key(Part.FACTS), "part"), Qt.Key.Key_Delete)
    pages.settle()
    assert Part.FACTS not in the_meeting(replica.state).parts
    assert the_meeting(replica.state).report is ReportForm.ACTIONS


def test_the_last_part_stays(page: ReportPage, replica: LocalReplica) -> None:
    edit(replica, parts=(Part.NEXT,))
    field: Any = built(page).list.field(key(Part.NEXT), "part")
    field.box.click()
    pages.settle()
    assert the_meeting(replica.state).parts == (Part.NEXT,)
    assert field.box.isChecked()


def test_the_last_outline_of_the_organisation_is_offered_once(
    page: ReportPage, replica: LocalReplica, calls: FakeCalls
) -> None:
    section = built(page)
    assert section.offer.isHidden()
    calls.last = LastOutline("Vorig jaar", ReportForm.PARTICIPATION, (Part.NEXT,), Layout.ROWS)
    edit(replica, organisation="Gemeente Merelveen")
    pages.settle()
    assert calls.asked == [("outline", None)]
    assert "Vorig jaar" in section.offer.text()
    assert "Participatieverslag" in section.offer.text()
    pages.press(section.take)
    pages.settle()
    meeting = the_meeting(replica.state)
    assert (meeting.report, meeting.parts, meeting.matrix) == (
        ReportForm.PARTICIPATION,
        (Part.NEXT,),
        Layout.ROWS,
    )
    assert section.offer.isHidden()
    assert section.take.isHidden()


def test_what_was_done_has_a_place_where_the_form_tells_of_it(
    page: ReportPage, replica: LocalReplica
) -> None:
    section = page.section(FollowUpsSection)
    jump = page.jumps[page.sections.index(section)]
    assert section.isHidden()
    assert jump.isHidden()
    edit(replica, report=ReportForm.PARTICIPATION)
    assert section.isVisible()
    assert jump.isVisible()
    view = cast("FollowUpsSection", section).list
    pages.add(view, "Meer bankjes")
    pages.settle()
    (only,) = follow_ups(replica.state)
    pages.choose(cast("ChoiceField", view.field(only.id, "result")).box, "deels")
    pages.type_into(view.field(only.id, "why"), "Er komen er drie.")
    pages.settle()
    (only,) = follow_ups(replica.state)
    assert (only.what, only.result, only.why) == (
        "Meer bankjes",
        Result.PARTLY,
        "Er komen er drie.",
    )
    edit(replica, report=ReportForm.FULL)
    assert section.isVisible()  # what was filled in never gets out of reach


def test_turning_passes_over_what_is_not_shown(page: ReportPage) -> None:
    hidden = page.sections.index(page.section(FollowUpsSection))
    seen = []
    for _turn in page.sections:
        page.turn(1)
        seen.append(page._jumped)
    assert hidden not in seen
    assert set(seen) == set(range(len(page.sections))) - {hidden}


def test_the_page_and_the_verslag_use_the_same_words() -> None:
    assert {part: PART_NAMES[part] for part in TITLES} == TITLES
    assert RESULT_NAMES.keys() == RESULTS.keys()
