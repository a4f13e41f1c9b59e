"""The buttons that take back say what they would take back, whatever was done."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from facilitator.kernel.command import Command
from facilitator.kernel.errors import Unavailable
from facilitator.kernel.undo import Undo
from facilitator.meeting.features import RULES
from facilitator.meeting.meeting import EditMeeting, the_meeting
from tests.ui import pages, tour
from tests.ui.content import meeting_with
from ui.console.taking_back import TakingBack, what_it_was
from ui.link.replica import Outcome

UNDOABLE = [command for command in RULES if command.undoable and command is not Undo]


@pytest.mark.parametrize("command", UNDOABLE, ids=lambda command: command.tag())
def test_everything_that_can_be_taken_back_has_a_name(command: type[Command]) -> None:
    assert what_it_was(command.tag()) != what_it_was("")


def test_no_two_things_have_the_same_name() -> None:
    names = [what_it_was(command.tag()) for command in UNDOABLE]
    assert len(names) == len(set(names))


def test_what_cannot_be_taken_back_any_more_does_not_stand_in_the_way(qtbot: QtBot) -> None:
    walk = tour.Tour(qtbot, meeting_with())
    replica = walk.replica
    back = TakingBack(replica)
    first = the_meeting(replica.state)
    replica.send(EditMeeting(id=pages.new_id(), title="Een"))
    replica.send(EditMeeting(id=pages.new_id(), place="Zaal"))
    pages.by_other(replica, EditMeeting(id=pages.new_id(), place="Buiten"))
    replica.undo()
    assert the_meeting(replica.state).place == "Buiten", "it would throw away what another did"
    assert "gewijzigd" in walk.view.banner.text.text()
    assert "slaat dit over" in walk.view.status.said.text()
    assert back.undo.isEnabled()
    replica.undo()
    assert the_meeting(replica.state).title == first.title
    assert not back.undo.isEnabled()
    replica.redo()
    assert the_meeting(replica.state).title == "Een"


def test_after_the_meeting_was_loaded_anew_it_is_tried_again(qtbot: QtBot) -> None:
    replica = pages.small_meeting()
    replica.send(EditMeeting(id=pages.new_id(), place="Zaal"))
    mine = replica.undo_entry()
    pages.by_other(replica, EditMeeting(id=pages.new_id(), place="Buiten"))
    with qtbot.waitSignal(replica.skipped):
        replica.undo()
    assert replica.undo_entry() is None
    replica.loaded.emit()
    assert replica.undo_entry() == mine


def test_an_engine_that_is_away_is_no_reason_to_skip(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    replica = pages.small_meeting()
    replica.send(EditMeeting(id=pages.new_id(), place="Zaal"))
    mine = replica.undo_entry()
    away = Unavailable("engine.busy")
    monkeypatch.setattr(replica, "dispatch", lambda sent, done: done(Outcome(sent, away)))
    with qtbot.waitSignal(replica.troubled):
        replica.undo()
    assert replica.undo_entry() == mine
