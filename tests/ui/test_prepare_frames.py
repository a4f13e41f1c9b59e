"""Voorbereiden, section Kaders: there for a meeting that decides, found from the first section."""

from __future__ import annotations

from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from facilitator.meeting.frames import AddFrame, Frame, frames
from facilitator.meeting.ids import FrameId, ProposalId
from facilitator.meeting.meeting import EditMeeting
from facilitator.meeting.proposals import AddProposal
from tests.ui import pages
from tests.ui.local import LocalReplica
from ui.console.prepare import PreparePage
from ui.console.prepare_frames import FramesSection
from ui.console.prepare_meeting import MeetingSection
from ui.console.prepare_ready import Part

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def replica() -> LocalReplica:
    return pages.small_meeting()


@pytest.fixture
def page(replica: LocalReplica, qtbot: QtBot) -> PreparePage:
    made = PreparePage(replica)
    pages.show(qtbot, made)
    return made


def opened(page: PreparePage) -> FramesSection:
    page.go_to(Part.FRAMES)
    pages.settle()
    return cast("FramesSection", page.sections[Part.FRAMES])


def written(replica: LocalReplica) -> list[tuple[str, str]]:
    return [(frame.text, frame.set_by) for frame in frames(replica.state)]


def add(replica: LocalReplica, text: str) -> FrameId:
    key = FrameId(pages.new_id())
    replica.send(AddFrame(id=pages.new_id(), frame=key, text=text))
    return key


def test_a_meeting_that_does_not_decide_sees_one_button_for_it(
    page: PreparePage, replica: LocalReplica, qtbot: QtBot
) -> None:
    finder = cast("MeetingSection", page.sections[Part.MEETING]).frames
    assert (page.tabs[Part.FRAMES].isVisible(), finder.isVisibleTo(page)) == (False, True)
    pages.key(page, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    pages.key(page, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    passed = page.part
    page.go_to(Part.MEETING)
    finder.click()
    assert [passed, page.part] == [Part.CATEGORIES, Part.FRAMES], "keys go past what is hidden"
    assert page.tabs[Part.FRAMES].isVisible()
    page.go_to(Part.MEETING)
    assert not page.tabs[Part.FRAMES].isVisible(), "nothing was written"


def test_an_issue_or_a_frame_brings_its_tab(
    page: PreparePage, replica: LocalReplica, qtbot: QtBot
) -> None:
    replica.send(EditMeeting(id=pages.new_id(), issue="De school staat leeg"))
    qtbot.waitUntil(page.tabs[Part.FRAMES].isVisible)
    replica.send(EditMeeting(id=pages.new_id(), issue=""))
    qtbot.waitUntil(lambda: not page.tabs[Part.FRAMES].isVisible())
    add(replica, "Binnen de begroting")
    qtbot.waitUntil(page.tabs[Part.FRAMES].isVisible)


def test_frames_are_typed_one_after_another(
    page: PreparePage, replica: LocalReplica, qtbot: QtBot
) -> None:
    view = opened(page).list
    pages.add(view, "Binnen de begroting", Qt.Key.Key_Tab)
    pages.settle()
    row = view.rows[0].id
    assert view.field(row, "set_by").editor.hasFocus()
    pages.type_into(view.field(row, "set_by"), "Gemeente")
    QGuiApplication.clipboard().setText("Lopend te bereiken\tBewonersraad\nOpen in de avond\n")
    view.adder.line.setFocus()
    pages.key(view.adder.line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    pages.settle()
    assert written(replica) == [
        ("Binnen de begroting", "Gemeente"),
        ("Lopend te bereiken", "Bewonersraad"),
        ("Open in de avond", ""),
    ]
    assert [known.mark for known in view.rows] == ["1", "2", "3"]
    pages.alt(view.field(view.rows[1].id, "text"), Qt.Key.Key_Up)
    pages.settle()
    assert written(replica)[0][0] == "Lopend te bereiken"


def test_shift_and_enter_make_a_sub_point(page: PreparePage, replica: LocalReplica) -> None:
    key = add(replica, "Binnen de begroting")
    view = opened(page).list
    field = view.field(key, "text")
    field.editor.setFocus()
    pages.key(field.editor, Qt.Key.Key_End)
    pages.key(field.editor, Qt.Key.Key_Return, SHIFT)
    pages.keys(field.editor, "ook het onderhoud")
    field.commit()
    assert replica.state.get(Frame, key).text == "Binnen de begroting\nook het onderhoud"


def test_a_new_frame_goes_on_with_a_sub_point(page: PreparePage, replica: LocalReplica) -> None:
    view = opened(page).list
    view.adder.line.setFocus()
    pages.keys(view.adder.line, "Binnen de begroting")
    pages.key(view.adder.line, Qt.Key.Key_Return, SHIFT)
    pages.settle()
    field = view.field(view.rows[0].id, "text")
    assert field.editor.hasFocus()
    pages.keys(field.editor, "ook het onderhoud")
    field.commit()
    pages.add(view, "Lopend te bereiken")
    pages.settle()
    assert view.adder.line.hasFocus()
    assert [text for text, _by in written(replica)] == [
        "Binnen de begroting\nook het onderhoud",
        "Lopend te bereiken",
    ]


def test_what_goes_with_a_frame_is_told(page: PreparePage, replica: LocalReplica) -> None:
    told: list[str] = []
    page.said.connect(told.append)
    for proposed in (False, True):
        key = add(replica, "Binnen de begroting")
        if proposed:
            plan = ProposalId(pages.new_id())
            replica.send(AddProposal(id=pages.new_id(), proposal=plan, text="Een buurthuis"))
        view = opened(page).list
        pages.alt(view.field(key, "text"), Qt.Key.Key_Delete)
        pages.settle()
    assert told == [
        "Kader weggehaald. Ctrl+Z zet het terug.",
        "Kader weggehaald, met wat er bij de voorstellen over gezegd is. Ctrl+Z zet alles terug.",
    ]
    assert not written(replica)


def test_a_screen_reader_hears_which_frame_it_is(page: PreparePage, replica: LocalReplica) -> None:
    key = add(replica, "Binnen de begroting")
    view = opened(page).list
    names = [view.field(key, name).editor.accessibleName() for name in ("text", "set_by")]
    assert names == ["Kader, 1", "Van, 1"]
