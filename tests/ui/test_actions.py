"""The table of actions: each key does what it says, and none does so while somebody types."""

from __future__ import annotations

from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton, QSpinBox, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from facilitator.kernel.command import Command
from facilitator.kernel.undo import Undo
from facilitator.meeting.meeting import CloseMeeting, EditMeeting, OpenDoors
from facilitator.meeting.programme import (
    AddTime,
    NextStep,
    PauseClock,
    StartClock,
    the_clock,
)
from facilitator.meeting.projector import Blacken, Lighten, PreviousScene
from tests.ui.content import meeting_with
from tests.ui.local import LocalReplica
from ui import actions
from ui.actions import Bound


class Desk(QWidget):
    """A desk with nothing on it but a field of each kind."""

    def __init__(self) -> None:
        super().__init__()
        self.replica = LocalReplica(meeting_with(notes=5))
        self.done: list[str] = []
        self.field, self.text = QLineEdit(), QPlainTextEdit()
        self.number, self.button = QSpinBox(), QPushButton("Knop")
        column = QVBoxLayout(self)
        for widget in (self.field, self.text, self.number, self.button):
            column.addWidget(widget)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.bound = Bound(self, self)

    def say(self, sentence: str) -> None:
        self.done.append(sentence)

    def show_page(self, number: int) -> None:
        self.done.append(f"page {number}")

    def show_keys(self) -> None:
        self.done.append("keys")

    def toggle_hall(self) -> None:
        self.done.append("hall")

    def save_report(self) -> None:
        self.done.append("save_report")

    def leave(self) -> None:
        self.done.append("leave")


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    made = Desk()
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    return made


@pytest.mark.parametrize(
    ("key", "modifiers", "command"),
    [
        (Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier, StartClock),
        (Qt.Key.Key_PageDown, Qt.KeyboardModifier.NoModifier, NextStep),
        (Qt.Key.Key_PageUp, Qt.KeyboardModifier.NoModifier, PreviousScene),
        (Qt.Key.Key_B, Qt.KeyboardModifier.NoModifier, Blacken),
        (Qt.Key.Key_Period, Qt.KeyboardModifier.NoModifier, Blacken),
        (Qt.Key.Key_L, Qt.KeyboardModifier.NoModifier, Lighten),
        (Qt.Key.Key_Plus, Qt.KeyboardModifier.NoModifier, AddTime),
        (Qt.Key.Key_Minus, Qt.KeyboardModifier.NoModifier, AddTime),
    ],
)
def test_a_key_sends_its_command(
    desk: Desk,
    key: Qt.Key,
    modifiers: Qt.KeyboardModifier,
    command: type[Command],
) -> None:
    QTest.keyClick(desk, key, modifiers)
    assert [type(sent) for sent in desk.replica.sent] == [command]


@pytest.mark.parametrize(
    ("key", "modifiers", "done"),
    [
        (Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier, "keys"),
        (Qt.Key.Key_F5, Qt.KeyboardModifier.NoModifier, "hall"),
        (Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier, "page 0"),
        (Qt.Key.Key_6, Qt.KeyboardModifier.ControlModifier, "page 5"),
    ],
)
def test_a_key_asks_the_desk(
    desk: Desk, key: Qt.Key, modifiers: Qt.KeyboardModifier, done: str
) -> None:
    for focus in (desk, desk.field):
        focus.setFocus()
        QTest.keyClick(focus, key, modifiers)
    assert desk.done == [done, done]


def test_space_starts_and_pauses(desk: Desk) -> None:
    QTest.keyClick(desk, Qt.Key.Key_Space)
    assert the_clock(desk.replica.state).running
    QTest.keyClick(desk, Qt.Key.Key_Space)
    assert [type(sent) for sent in desk.replica.sent] == [StartClock, PauseClock]
    assert not the_clock(desk.replica.state).running


@pytest.mark.parametrize("name", ["field", "text", "number"])
@pytest.mark.parametrize(
    "key",
    [
        *(Qt.Key.Key_Space, Qt.Key.Key_B, Qt.Key.Key_Period, Qt.Key.Key_L, Qt.Key.Key_Plus),
        *(Qt.Key.Key_Minus, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp),
    ],
)
def test_typing_in_a_field_does_nothing_else(desk: Desk, name: str, key: Qt.Key) -> None:
    field: QWidget = getattr(desk, name)
    field.setFocus()
    QTest.keyClick(field, key)
    assert desk.replica.sent == []


def test_space_types_a_space(desk: Desk) -> None:
    desk.field.setFocus()
    QTest.keyClicks(desk.field, "een b. + -")
    assert desk.field.text() == "een b. + -"
    assert desk.replica.sent == []


def test_undo_in_a_field_is_its_own(desk: Desk) -> None:
    desk.replica.send(EditMeeting(id=uuid4(), title="Anders"))
    desk.field.setFocus()
    QTest.keyClicks(desk.field, "tekst")
    QTest.keyClick(desk.field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not any(isinstance(sent, Undo) for sent in desk.replica.sent)
    desk.setFocus()
    QTest.keyClick(desk, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert isinstance(desk.replica.sent[-1], Undo)


def test_space_presses_a_button_that_was_reached_by_keyboard(desk: Desk) -> None:
    pressed: list[bool] = []
    desk.button.clicked.connect(lambda: pressed.append(True))
    desk.button.setFocus()
    QTest.keyClick(desk.button, Qt.Key.Key_Space)
    assert pressed == [True]
    assert desk.replica.sent == []


def test_a_clicker_opens_no_doors_and_closes_nothing(desk: Desk) -> None:
    for _step in range(5):
        QTest.keyClick(desk, Qt.Key.Key_PageDown)
    sent = {type(command) for command in desk.replica.sent}
    assert not sent & {OpenDoors, CloseMeeting}
    assert "laatste onderdeel" in desk.done[-1]


def test_escape_never_hurts(desk: Desk) -> None:
    QTest.keyClick(desk, Qt.Key.Key_Escape)
    assert desk.isVisible()
    assert desk.replica.sent == []


def test_no_key_has_two_meanings() -> None:
    keys = [key for action in actions.ACTIONS for key in action.keys]
    assert len(keys) == len(set(keys))


def test_the_menu_knows_the_keys(desk: Desk) -> None:
    assert desk.bound[actions.LESS].text() == "1 minuut eraf\t-"
    desk.field.setFocus()
    desk.bound[actions.LESS].trigger()
    assert [type(sent) for sent in desk.replica.sent] == [AddTime]
