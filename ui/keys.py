"""Keys as tables: what a key does, in which words the key card tells it, and how it is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from facilitator.i18n import N_, _

_READ: Final = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.ShiftModifier
    | Qt.KeyboardModifier.AltModifier
)
_NAMES: Final = {
    "Space": N_("Spatie"),
    "PgDown": "Page Down",
    "PgUp": "Page Up",
    "Return": "Enter",
    "Up": "↑",
    "Down": "↓",
    "Left": "←",
    "Right": "→",
}


class Line(msgspec.Struct, frozen=True):
    """One thing to do by keys. ``does`` has what each key does; the card shows the first ones."""

    text: str  # marked with N_
    does: Mapping[str, Callable[[Any], object]]
    shown: str = ""  # how the card writes the keys; empty: each of them. Marked with N_


def by_key(lines: Iterable[Line]) -> dict[str, Callable[[Any], object]]:
    """What each key does, to be looked up with ``pressed``."""
    return {QKeySequence(key).toString(): does for line in lines for key, does in line.does.items()}


def pressed(event: QKeyEvent) -> str:
    """The key with what was held, as ``by_key`` knows it; the number pad is as good."""
    return QKeySequence((event.modifiers() & _READ).value | event.key()).toString()


def listen(lines: Iterable[Line], owner: QWidget, *, widely: bool = False) -> None:
    """Do to ``owner`` what the keys say: while the keyboard is in it, or anywhere in the window."""
    within = Qt.ShortcutContext.WidgetWithChildrenShortcut
    for key, does in ((k, d) for line in lines for k, d in line.does.items()):
        shortcut = QShortcut(QKeySequence(key), owner)
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut if widely else within)
        shortcut.activated.connect(lambda does=does: does(owner))


def written(line: Line) -> str:
    """The keys of a line, as the card shows them."""
    return _(line.shown) if line.shown else names(line.does)


def names(keys: Iterable[str]) -> str:
    """Keys as they stand on the keyboard: “B of .”."""
    return _(" of ").join(_name(key) for key in keys)


def _name(key: str) -> str:
    *held, last = key.split("+") if not key.endswith("+") else [*key[:-2].split("+"), "+"]
    known = _NAMES.get(last, last)
    return "+".join([*(part for part in held if part), _(known) if known.isalpha() else known])
