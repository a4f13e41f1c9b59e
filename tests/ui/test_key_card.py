"""The key card tells every key, and the tables behind it are what the keys do."""

from __future__ import annotations

from itertools import chain

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from facilitator.meeting.programme import StartClock
from tests.ui.tour import MEETINGS, Tour
from ui import actions
from ui.board import keys as board_keys
from ui.console import arranging, notes, notes_list, page
from ui.console.key_card import KeyCard
from ui.keys import Line, by_key, names, written
from ui.widgets import ordered_row

TABLES = {
    "board": (*board_keys.LINES, *arranging.LINES),
    "notes": (*notes_list.LINES, *notes.LINES),
    "lists": (*ordered_row.LINES, *page.TURNS),
}


@pytest.fixture
def walk(qtbot: QtBot) -> Tour:
    return Tour(qtbot, MEETINGS["live"]())


def card(walk: Tour) -> KeyCard:
    return next(card for card in walk.window.findChildren(KeyCard) if card.isVisible())


def test_every_key_stands_on_it(walk: Tour) -> None:
    walk.view.show_keys()
    told = {found.text() for found in card(walk).findChildren(QLabel)}
    for line in chain.from_iterable(TABLES.values()):
        assert {written(line), line.text} <= told
    for action in actions.ACTIONS:
        if action.keys and action not in actions.PAGES:
            assert {actions.key_names(action), action.text} <= told
    assert "Ctrl+1 … Ctrl+6" in told


def test_it_fits_a_small_screen(walk: Tour) -> None:
    walk.view.show_keys()
    size = card(walk).sizeHint()
    assert (size.width() <= 1264, size.height() <= 632) == (True, True)


def test_it_stops_nothing(walk: Tour) -> None:
    walk.view.show_keys()
    shown = card(walk)
    assert not shown.isModal()
    QTest.keyClick(shown, Qt.Key.Key_Space)
    assert [type(sent) for sent in walk.replica.sent] == [StartClock]
    QTest.keyClick(shown, Qt.Key.Key_F1)
    assert not [found for found in walk.window.findChildren(KeyCard) if found.isVisible()]
    walk.view.show_keys()
    QTest.keyClick(card(walk), Qt.Key.Key_Escape)
    assert not [found for found in walk.window.findChildren(KeyCard) if found.isVisible()]


@pytest.mark.parametrize("which", TABLES)
def test_no_key_means_two_things_in_one_place(which: str) -> None:
    here = [key for line in TABLES[which] for key in line.does]
    assert len(here) == len(set(here))
    everywhere = {key for action in actions.ACTIONS for key in action.keys}
    assert not everywhere & set(here)


def test_every_key_is_one_that_keyboards_have() -> None:
    for line in chain.from_iterable(TABLES.values()):
        assert all(by_key([line]))


def test_keys_are_written_as_they_stand_on_the_keyboard() -> None:
    assert names(["Space"]) == "Spatie"
    assert names(["B", "."]) == "B of ."
    assert names(["+"]) == "+"
    assert names(["Ctrl++", "Alt+Up"]) == "Ctrl++ of Alt+↑"
    assert written(Line("Zoeken", {"Ctrl+F": print}, "Zo")) == "Zo"
