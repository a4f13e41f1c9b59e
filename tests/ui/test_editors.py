"""What the bare editors of fields show when nobody is in them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.widgets.editors import Line


def test_a_long_line_shows_its_beginning_when_one_has_gone_on(qtbot: QtBot) -> None:
    form = QWidget()
    column = QVBoxLayout(form)
    first, second = Line(), Line()
    for line in (first, second):
        column.addWidget(line)
    qtbot.addWidget(form)
    form.show()
    form.activateWindow()
    qtbot.waitUntil(form.isActiveWindow)
    first.setFocus()
    QTest.keyClicks(first, "Verkeersveiligheid rond de basisschool")
    assert first.cursorPosition() == len(first.text())
    QTest.keyClick(first, Qt.Key.Key_Tab)
    assert second.hasFocus()
    assert first.cursorPosition() == 0
