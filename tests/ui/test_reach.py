"""Everything can be reached and named without a mouse."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QButtonGroup,
    QComboBox,
    QFileDialog,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.ui import tour
from ui.link.summary import Summary

FIELDS = (QLineEdit, QPlainTextEdit, QComboBox, QAbstractSpinBox, QAbstractItemView)


def named(widget: QWidget) -> str:
    """What a screen reader calls it."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name).strip() or widget.toolTip()


def nameless(within: QWidget) -> list[str]:
    """The buttons and fields in sight that have no name."""
    parts = chain(tour.own(within, QAbstractButton), *(tour.own(within, kind) for kind in FIELDS))
    return [
        f"{type(part).__name__} {part.objectName()} in {type(part.parentWidget()).__name__}"
        for part in parts
        if not isinstance(part, QHeaderView) and not named(part)
    ]


def walked(walk: tour.Tour) -> Iterator[tuple[QWidget, QWidget]]:
    """What the Tab key comes past, from the first button to where it was before; in pairs."""
    first = walk.view.nav.findChild(QPushButton)
    assert isinstance(first, QPushButton)
    first.setFocus(Qt.FocusReason.TabFocusReason)
    seen: set[QWidget] = set()
    before: QWidget = first
    while (focus := QApplication.focusWidget()) is not None and focus not in seen:
        seen.add(focus)
        yield before, focus
        before = focus
        QTest.keyClick(focus, Qt.Key.Key_Tab)


def reachable(button: QAbstractButton, seen: list[QWidget]) -> bool:
    """By Tab; by an arrow from its neighbour in a group; or by a key that its tip names."""
    group: QButtonGroup | None = button.group()
    in_group = group is not None and group.exclusive()
    return button in seen or in_group or "Alt+" in button.toolTip()


def place(widget: QWidget) -> QRect:
    """Where it stands in the window."""
    return QRect(widget.mapTo(widget.window(), QPoint()), widget.size())


def jumps_up(before: QWidget, after: QWidget) -> bool:
    """Whether Tab goes up in a column."""
    a, b = place(before), place(after)
    return b.bottom() <= a.top() and a.left() < b.right() and b.left() < a.right()


@pytest.mark.parametrize("which", tour.MEETINGS)
def test_every_button_and_field_has_a_name(qtbot: QtBot, which: str) -> None:
    walk = tour.Tour(qtbot, tour.MEETINGS[which]())
    for name, page in walk.pages():
        assert nameless(page) == [], name


def test_so_it_is_in_dialogs(qtbot: QtBot) -> None:
    walk = tour.Tour(qtbot, tour.MEETINGS["live"]())
    shelf = tour.Shelved(qtbot, Summary(id=tour.MEETING, title="Wijkcafé"))
    assert nameless(shelf.page) == []
    for name, dialog in chain(walk.dialogs(), shelf.dialogs()):
        if not isinstance(dialog, QFileDialog):  # Qt's own, or the system's
            assert nameless(dialog) == [], name


@pytest.mark.parametrize("which", tour.MEETINGS)
def test_tab_comes_past_every_button_and_reads_downwards(qtbot: QtBot, which: str) -> None:
    walk = tour.Tour(qtbot, tour.MEETINGS[which]())
    for name, page in walk.pages():
        buttons = [button for button in tour.own(page, QAbstractButton) if button.isEnabled()]
        seen: list[QWidget] = []
        up: list[str] = []
        for before, after in walked(walk):
            if jumps_up(before, after) and walk.view.nav.isAncestorOf(before) is False:
                up.append(f"{named(before)} -> {named(after)}")
            seen.append(after)
        assert up == [], name
        assert [named(b) for b in buttons if not reachable(b, seen)] == [], name


@pytest.mark.parametrize("which", tour.MEETINGS)
def test_one_sees_where_the_keyboard_is(qtbot: QtBot, which: str) -> None:
    walk = tour.Tour(qtbot, tour.MEETINGS[which]())
    for name, _page in walk.pages():
        for _before, widget in list(walked(walk)):
            widget.setFocus(Qt.FocusReason.TabFocusReason)
            held = widget.grab().toImage()
            walk.view.setFocus()
            assert held != widget.grab().toImage(), f"{name}: {named(widget)}"


def test_nothing_stops_a_round_but_a_question_that_cannot_be_taken_back(qtbot: QtBot) -> None:
    walk = tour.Tour(qtbot, tour.MEETINGS["live"]())
    stops = [dialog.windowTitle() for _name, dialog in walk.dialogs() if dialog.isModal()]
    assert stops == ["Bijeenkomst sluiten?"]
