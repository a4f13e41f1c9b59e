"""What the tests of the edited pages share: a small meeting, and hands on keyboard and mouse."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID, uuid4

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from facilitator.kernel.command import Command
from facilitator.kernel.entity import Entity
from facilitator.kernel.entry import Entry
from facilitator.meeting.ids import MeetingId
from facilitator.meeting.templates import Template, new_meeting
from tests.ui.local import LocalReplica
from ui.link.replica import Done, Outcome
from ui.widgets.fields import Field
from ui.widgets.ordered_list import OrderedList

MEETING = MeetingId(UUID(int=77))
OTHER = UUID(int=2)
NONE = Qt.KeyboardModifier.NoModifier
TITLES = ("Groen", "Ontmoeting", "Veilig")


def small_meeting(*titles: str) -> LocalReplica:
    """A meeting from the template, with these themes."""
    return LocalReplica(new_meeting(MEETING, "Wijkcafé", Template.THEMES, "nl", titles or TITLES))


class SlowReplica(LocalReplica):
    """A replica whose commands wait until ``deliver``, as on a slow line."""

    def __init__(self, entities: list[Entity]) -> None:
        super().__init__(entities)
        self.line: list[tuple[Command, Done]] = []

    def dispatch(self, command: Command, done: Done) -> None:
        """Put it on the line."""
        self.line.append((command, done))

    def deliver(self) -> None:
        """Let all that waits arrive."""
        waiting, self.line = self.line, []
        for command, done in waiting:
            super().dispatch(command, done)


class Desk:
    """Two replicas of one meeting: what one does, the other hears when ``meet`` lets it."""

    def __init__(self, entities: list[Entity]) -> None:
        self.engine = LocalReplica(entities)
        self.one = Face(self, entities, UUID(int=1))
        self.two = Face(self, entities, OTHER)

    def meet(self) -> None:
        """Bring everything to the engine, and its entries to both."""
        for face in (self.one, self.two):
            face.send_all()
        for face in (self.one, self.two):
            face.hear_all()


class Face(LocalReplica):
    """One of the two; its commands and entries travel only at ``Desk.meet``."""

    def __init__(self, desk: Desk, entities: list[Entity], actor: UUID) -> None:
        super().__init__(entities)
        self.actor = actor
        self._desk = desk
        self._out: list[tuple[Command, Done]] = []
        self._in: list[Entry | Callable[[], None]] = []
        desk.engine.applied.connect(self._in.append)

    def dispatch(self, command: Command, done: Done) -> None:
        """Wait for the next meeting of the two."""
        self._out.append((command, done))

    def send_all(self) -> None:
        """Bring what waits to the engine."""
        waiting, self._out = self._out, []
        self._desk.engine.actor = self.actor
        for command, done in waiting:
            answers: list[Outcome] = []
            self._desk.engine.dispatch(command, answers.append)
            self._in.append(lambda done=done, answer=answers[0]: done(answer))  # type: ignore[misc]

    def hear_all(self) -> None:
        """Take in what the engine told."""
        heard, self._in[:] = list(self._in), []
        for what in heard:
            if isinstance(what, Entry):
                self.take(what)
            else:
                what()


def show(qtbot: QtBot, widget: QWidget, width: int = 1084, height: int = 576) -> None:
    """Bring a page into sight, with the keyboard on it."""
    qtbot.addWidget(widget)
    widget.resize(width, height)
    widget.show()
    qtbot.waitExposed(widget)
    widget.activateWindow()
    qtbot.waitUntil(widget.isActiveWindow)


def settle(milliseconds: int = 60) -> None:
    """Let what was put off until the next turns of the event loop happen."""
    QTest.qWait(milliseconds)


def key(widget: QWidget, code: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    """Press a key."""
    QTest.keyClick(widget, code, modifiers)


def keys(editor: QWidget, text: str) -> None:
    """Type a text, also with letters that are not on every keyboard."""
    for letter in text:
        code = ord(letter.upper()) if letter.isascii() else 0
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(editor, QKeyEvent(kind, code, NONE, letter))


def type_into(field: Field, text: str, *, leave: bool = True) -> None:
    """Replace what stands in a field, as somebody would; with Tab at the end."""
    field.editor.setFocus()
    key(field.editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    if text:
        keys(field.editor, text)
    else:
        key(field.editor, Qt.Key.Key_Delete)
    if leave:
        key(field.editor, Qt.Key.Key_Tab)


def add(view: OrderedList, text: str, code: Qt.Key = Qt.Key.Key_Return) -> None:
    """Type a new row at the end of a list."""
    view.adder.line.setFocus()
    keys(view.adder.line, text)
    key(view.adder.line, code)


def press(button: QWidget) -> None:
    """Click something with the mouse."""
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def alt(field: Field, code: Qt.Key) -> None:
    """A key with Alt, in a field."""
    field.editor.setFocus()
    key(field.editor, code, Qt.KeyboardModifier.AltModifier)


def choose(box: QComboBox, text: str) -> None:
    """Choose from a list that opens, as a click in it would."""
    place = next(n for n in range(box.count()) if box.itemText(n).startswith(text))
    box.setCurrentIndex(place)
    box.activated.emit(place)


def text_of(field: Field) -> str:
    """What stands in a field."""
    editor = field.editor
    assert isinstance(editor, QLineEdit)
    return editor.text()


def by_other(replica: LocalReplica, command: Command) -> None:
    """Let somebody else do something."""
    mine, replica.actor = replica.actor, OTHER
    replica.send(command)
    replica.actor = mine


def new_id() -> UUID:
    """An id for a command."""
    return uuid4()
