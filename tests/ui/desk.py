"""The board on a test's desk, with a replica that answers at once, or only when it is told to."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from facilitator.kernel.command import Command
from facilitator.kernel.entity import Entity
from facilitator.meeting.ids import NoteId
from facilitator.meeting.notes import Cell, Note
from tests.ui import mice
from tests.ui.local import LocalReplica
from ui import theme
from ui.board.acts import NoteActs
from ui.board.model import BoardModel
from ui.board.view import BoardView
from ui.link.replica import Done


class SlowReplica(LocalReplica):
    """A replica whose engine answers only when the test says so."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        super().__init__(entities)
        self.slow = False
        self._later: list[Callable[[], None]] = []

    def dispatch(self, command: Command, done: Done) -> None:
        """Answer now, or keep it."""
        if self.slow:
            self._later.append(lambda: LocalReplica.dispatch(self, command, done))
        else:
            super().dispatch(command, done)

    def answer(self) -> None:
        """Let the engine answer everything."""
        later, self._later = self._later, []
        for dispatch in later:
            dispatch()


class Desk:
    """A board, and what a person does to it."""

    def __init__(self, qtbot: QtBot, entities: Iterable[Entity]) -> None:
        theme.load_fonts()
        self.replica = SlowReplica(entities)
        self.model = BoardModel(self.replica)
        self.acts = NoteActs(self.replica, self.model)
        self.view = BoardView(self.model, self.acts)
        qtbot.addWidget(self.view, before_close_func=self._end)  # also keeps the desk until then
        self.view.resize(1360, 900)
        self.view.show()
        self.view.setFocus()
        self.view.layout_now()

    def _end(self, _view: QWidget) -> None:
        """The test is over."""

    def note(self, key: NoteId) -> Note:
        """A note as it is."""
        return self.replica.state.get(Note, key)

    def notes_in(self, cell: Cell) -> list[NoteId]:
        """The notes of a cell on the board."""
        return self.model.notes_at(cell)

    def centre(self, key: NoteId) -> QPoint:
        """The middle of a note on the screen."""
        self.view.show_note(key)
        return self.view.rect_of(key).center()

    def drag(self, key: NoteId, to: QPoint) -> None:
        """Drag a note to a point of the screen."""
        mice.drag(self.view.viewport(), self.view.rect_of(key).center(), to)

    def inside(self, cell: Cell) -> QPoint:
        """A point at the end of a cell."""
        box = self.view.layout_now().box_of(cell)
        assert box is not None
        rect = self.view.on_screen(box.rect)
        return QPoint(rect.right() - 4, rect.bottom() - 3)

    def choose(self, *keys: NoteId) -> None:
        """Select these notes; the first is the current one."""
        self.view.setCurrentIndex(self.model.index_of(keys[0]))
        flag = self.view.selectionModel().SelectionFlag.Select
        for key in keys[1:]:
            self.view.selectionModel().select(self.model.index_of(key), flag)

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier | None = None) -> None:
        """Press a key on the board."""
        QTest.keyClick(self.view, key, held or Qt.KeyboardModifier.NoModifier)
