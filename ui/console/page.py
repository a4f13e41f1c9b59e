"""A page of the console: one step of the day."""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from facilitator.i18n import N_
from ui.keys import Line
from ui.link.replica import Replica


class Page(QWidget):
    """A page. It reads the replica, sends commands, and never blocks the window."""

    said = Signal(str)  # a sentence for the status bar
    done = Signal(str, object)  # the same, and what takes back what was done
    trouble = Signal(object)  # a FacilitatorError, shown by the window as a banner

    title: ClassVar[str] = ""  # marked with N_; the window translates it
    icon: ClassVar[str] = ""  # name of a bundled icon

    def __init__(self, replica: Replica, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.replica = replica

    def entered(self) -> None:
        """The page has come into sight."""


class PartedPage(Page):
    """A page in parts, with keys to go from one to the next."""

    @abstractmethod
    def turn(self, step: int) -> None:
        """Go so many parts on; after the last comes the first."""


TURNS: Final = (
    Line(
        N_("Vorige of volgende deel"),
        {"Ctrl+PgUp": lambda page: page.turn(-1), "Ctrl+PgDown": lambda page: page.turn(1)},
        "Ctrl+PgUp Ctrl+PgDn",
    ),
)
