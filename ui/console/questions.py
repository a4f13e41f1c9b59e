"""Questions, asked only where nothing can be taken back. They never stop the window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.buttons import button
from ui.widgets.labels import label

WIDTH = 480


class Answer(NamedTuple):
    """One way to answer: its words, what it does, and how it looks."""

    text: str
    does: Callable[[], None] | None = None
    kind: str = ""  # primary, danger, or neither


class Question(QDialog):
    """A question with its answers; Enter gives the primary one at first, Esc none of them."""

    def __init__(
        self, parent: QWidget, title: str, sentence: str, answers: Sequence[Answer]
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setFixedWidth(WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(theme.space("xl"),) * 4)
        column.setSpacing(theme.space("m"))
        for text, name in ((title, "heading"), (sentence, "")):
            told = label(text, name, wraps=True)
            told.setFixedWidth(WIDTH - 2 * theme.space("xl"))
            told.setMinimumHeight(told.heightForWidth(told.width()))
            column.addWidget(told)
        column.addSpacing(theme.space("s"))
        row = QHBoxLayout()
        row.setSpacing(theme.space("s"))
        row.addStretch(1)
        self.answers: list[QPushButton] = []
        for answer in answers:
            made = button(
                answer.text,
                press=partial(self._give, answer),
                primary=answer.kind == "primary",
                danger=answer.kind == "danger",
            )
            made.setAutoDefault(True)  # Enter gives the answer that has the focus
            made.setDefault(answer.kind == "primary")
            self.answers.append(made)
            row.addWidget(made)
            if answer.kind == "primary":
                made.setFocus()
        column.addLayout(row)

    def _give(self, answer: Answer) -> None:
        self.accept()
        if answer.does is not None:
            answer.does()


def ask(parent: QWidget, title: str, sentence: str, *answers: Answer) -> Question:
    """Ask; the answer is done when it is given."""
    question = Question(parent, title, sentence, answers)
    question.open()
    return question
