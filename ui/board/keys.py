"""The keys of the board."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent

from ui.board import moves

if TYPE_CHECKING:
    from ui.board.view import BoardView

Key = Qt.Key
_NONE: Final = Qt.KeyboardModifier.NoModifier
_CTRL: Final = Qt.KeyboardModifier.ControlModifier
_BOTH: Final = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
_ALT: Final = Qt.KeyboardModifier.AltModifier
_WAYS: Final = {
    Key.Key_Left: moves.LEFT,
    Key.Key_Right: moves.RIGHT,
    Key.Key_Up: moves.UP,
    Key.Key_Down: moves.DOWN,
}
_READ: Final = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier | _ALT


def press(view: BoardView, event: QKeyEvent) -> bool:
    """Do what a key stands for; False when it is no key of the board."""
    key, held = Key(event.key()), event.modifiers() & _READ
    if held == _BOTH and key in _WAYS:
        move(view, _WAYS[key])
    elif (held == _BOTH and key == Key.Key_PageUp) or (held == _ALT and key == Key.Key_Up):
        reorder(view, down=False)
    elif (held == _BOTH and key == Key.Key_PageDown) or (held == _ALT and key == Key.Key_Down):
        reorder(view, down=True)
    elif held & _CTRL and key in _ZOOMS:
        _ZOOMS[key](view)
    elif held == _NONE and key in _PLAIN:
        _PLAIN[key](view)
    else:
        return False
    return True


def move(view: BoardView, way: QPoint) -> None:
    """Take the chosen notes to the cell next to that of the current one."""
    notes, current = view.acted_on(), view.current()
    if not notes:
        return
    start = current if current in notes and current is not None else notes[0]
    cell = moves.beside(view.board.plan(), view.board.cell_of(start), way)
    if cell is None:
        return
    there = view.board.notes_at(cell)
    box = view.layout_now().box_of(cell)
    others = [note for note in there if note not in notes]
    slot = moves.last_in_sight(box, there, notes)
    view.put(notes, cell, others[slot] if slot < len(others) else None)
    view.show_note(start)


def reorder(view: BoardView, *, down: bool) -> None:
    """Take the chosen notes one place up or down in their cell."""
    notes = view.acted_on()
    if not notes:
        return
    cell = view.board.cell_of(notes[0])
    there = view.board.notes_at(cell)
    here = [note for note in notes if note in there]
    before = moves.later(there, here) if down else moves.earlier(there, here)
    view.put(here, cell, before)
    view.show_note(here[0])


def edit(view: BoardView) -> None:
    """Type in the current note."""
    current = view.current()
    if current is not None:
        view.edit_note(current)


def conclude(view: BoardView) -> None:
    """Let the current note stand out, or no longer."""
    current = view.current()
    if current is not None:
        view.acts.conclude(current)


def fold(view: BoardView) -> None:
    """Show all notes of the cell of the current one, or the first few."""
    current = view.current()
    if current is not None:
        view.fold(view.board.cell_of(current))


def rename(view: BoardView) -> None:
    """Type in the title of the category of the current note."""
    current = view.current()
    if current is not None:
        view.rename(view.board.cell_of(current))


def hide(view: BoardView) -> None:
    """Take the chosen notes out of sight."""
    view.acts.hide(view.acted_on())


_ZOOMS: Final[dict[Key, Callable[[BoardView], None]]] = {
    Key.Key_0: lambda view: view.zoom_to(),
    Key.Key_Plus: lambda view: view.zoom_by(1),
    Key.Key_Equal: lambda view: view.zoom_by(1),
    Key.Key_Minus: lambda view: view.zoom_by(-1),
}
_PLAIN: Final[dict[Key, Callable[[BoardView], None]]] = {
    Key.Key_Return: edit,
    Key.Key_Enter: edit,
    Key.Key_F2: rename,
    Key.Key_Delete: hide,
    Key.Key_H: hide,
    Key.Key_C: conclude,
    Key.Key_E: fold,
}
