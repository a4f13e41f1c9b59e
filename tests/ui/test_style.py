"""The style sheet, as it comes out on the screen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui import theme
from ui.style import stylesheet
from ui.widgets.choices import ChoiceField, Options, SwitchField
from ui.widgets.fields import Field, LineField, TextField

LIGHT = theme.palette(light=True)
BORDER = 2 * 20  # pixels; a border of two along a short side


def warned(field: Field) -> int:
    """How many pixels of the editor have the colour of a warning."""
    picture = field.editor.grab().toImage()
    wanted = QColor(LIGHT.warn).rgb()
    places = ((x, y) for x in range(picture.width()) for y in range(picture.height()))
    return sum(picture.pixel(x, y) == wanted for x, y in places)


@pytest.mark.parametrize(
    "make",
    [
        lambda: LineField("Naam"),
        lambda: TextField("Vraag", least=2),
        lambda: ChoiceField("Thema", Options()),
        lambda: SwitchField("Aan", "Aan"),
    ],
    ids=["line", "text", "choice", "switch"],
)
def test_a_field_that_is_wrong_can_be_seen(qtbot: QtBot, make: Callable[[], Field]) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    holder.setStyleSheet(stylesheet(LIGHT))
    field = make()
    QVBoxLayout(holder).addWidget(field)
    holder.resize(320, 200)
    holder.show()
    assert warned(field) == 0
    field.blame("Dit kan niet.")
    assert warned(field) > BORDER
    field.blame("")
    assert warned(field) == 0
