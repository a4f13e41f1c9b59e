"""The buttons that take back say what they would take back, whatever was done."""

from __future__ import annotations

import pytest

from facilitator.kernel.command import Command
from facilitator.kernel.undo import Undo
from facilitator.meeting.features import RULES
from ui.console.taking_back import what_it_was

UNDOABLE = [command for command in RULES if command.undoable and command is not Undo]


@pytest.mark.parametrize("command", UNDOABLE, ids=lambda command: command.tag())
def test_everything_that_can_be_taken_back_has_a_name(command: type[Command]) -> None:
    assert what_it_was(command.tag()) != what_it_was("")


def test_no_two_things_have_the_same_name() -> None:
    names = [what_it_was(command.tag()) for command in UNDOABLE]
    assert len(names) == len(set(names))
