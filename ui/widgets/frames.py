"""What things stand in: cards, the row with the title of a page, and what an empty place says."""

from __future__ import annotations

from typing import Final, Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.widgets.labels import label, picture_label

READABLE: Final = 560  # pixels; a longer line is hard to read


class Card(QFrame):
    """A white field with a thin border; put things in ``body``."""

    def __init__(
        self,
        heading: str = "",
        *,
        across: bool = False,
        margin: Literal["xs", "s", "m", "l"] = "l",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.body: QBoxLayout = QHBoxLayout(self) if across else QVBoxLayout(self)
        edge = theme.space(margin)
        self.body.setContentsMargins(edge, edge, edge, edge)
        self.body.setSpacing(theme.space("s"))
        if heading:
            self.body.addWidget(label(heading, "heading"))


class TitleRow(QWidget):
    """The first row of a page: its title, buttons beside it, and what stands at the right."""

    def __init__(
        self,
        title: str,
        buttons: tuple[QWidget, ...] = (),
        right: tuple[QWidget, ...] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.space("s"))
        self.title = label(title, "title")
        row.addWidget(self.title)
        row.addSpacing(theme.space("s"))
        for widget in buttons:
            row.addWidget(widget)
        row.addStretch(1)
        for widget in right:
            row.addWidget(widget)


class Empty(QWidget):
    """What a place says that has nothing in it yet: what comes here, and what to do."""

    def __init__(
        self,
        icon: str,
        title: str,
        sentence: str = "",
        action: QPushButton | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(theme.space("xl"),) * 4)
        column.setSpacing(theme.space("s"))
        column.addStretch(2)
        middle = Qt.AlignmentFlag.AlignHCenter
        drawing = picture_label(icon, theme.palette(light=True).control_line, theme.space("xxl"))
        column.addWidget(drawing, 0, middle)
        self.title = label(title, "heading", wraps=True)
        self.title.setAlignment(middle)
        column.addWidget(self.title)
        self.sentence = label(sentence, wraps=True)
        self.sentence.setAlignment(middle)
        self.sentence.setMaximumWidth(READABLE)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(self.sentence, 100)
        across.addStretch(1)
        column.addLayout(across)
        self.sentence.setVisible(bool(sentence))  # in a layout by now: alone it would be a window
        if action is not None:
            column.addSpacing(theme.space("s"))
            column.addWidget(action, 0, middle)
        column.addStretch(3)


class Scrolled(QScrollArea):
    """A field that scrolls up and down where there is too little room; put things in ``column``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        holder = QWidget()
        holder.setObjectName("column")
        self.column = QVBoxLayout(holder)
        self.column.setContentsMargins(0, theme.space("s"), theme.space("s"), 0)
        self.column.setSpacing(theme.space("s"))
        self.setWidget(holder)


def rule(parent: QWidget | None = None) -> QFrame:
    """A thin line across."""
    made = QFrame(parent)
    made.setObjectName("line")
    return made
