"""A mouse for tests of windows: events as the system sends them, with the buttons held."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

NONE, LEFT = Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton


def press(widget: QWidget, at: QPoint, keys: Qt.KeyboardModifier | None = None) -> None:
    """Press the left button."""
    _send(widget, QEvent.Type.MouseButtonPress, at, LEFT, LEFT, keys)


def move(widget: QWidget, at: QPoint) -> None:
    """Move with the left button held."""
    _send(widget, QEvent.Type.MouseMove, at, NONE, LEFT, None)


def release(widget: QWidget, at: QPoint, keys: Qt.KeyboardModifier | None = None) -> None:
    """Let the left button go."""
    _send(widget, QEvent.Type.MouseButtonRelease, at, LEFT, NONE, keys)


def click(widget: QWidget, at: QPoint, keys: Qt.KeyboardModifier | None = None) -> None:
    """Press and let go."""
    press(widget, at, keys)
    release(widget, at, keys)


def drag(widget: QWidget, start: QPoint, end: QPoint) -> None:
    """Press, go there in two steps, and let go."""
    press(widget, start)
    move(widget, (start + end) / 2)
    move(widget, end)
    release(widget, end)


def _send(
    widget: QWidget,
    kind: QEvent.Type,
    at: QPoint,
    button: Qt.MouseButton,
    held: Qt.MouseButton,
    keys: Qt.KeyboardModifier | None,
) -> None:
    where = QPointF(widget.mapToGlobal(at))
    modifiers = keys or Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(widget, QMouseEvent(kind, QPointF(at), where, button, held, modifiers))
