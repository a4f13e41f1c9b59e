"""A walk past every page, section and dialog of the console: for what must hold on all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final, cast
from uuid import UUID

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from facilitator.kernel.entity import Entity
from facilitator.meeting.ids import MeetingId
from facilitator.meeting.tables import tables
from facilitator.meeting.templates import Template, new_meeting
from facilitator.sample import sample_entities, sample_setup
from tests.ui.content import meeting_with
from tests.ui.local import LocalReplica
from tests.ui.trials import TrialEngine
from ui import theme
from ui.console.doors import DoorsPage
from ui.console.library import LibraryPage
from ui.console.meeting_view import PAGES, MeetingView, Services
from ui.console.pictures import NoCalls, NoFiles, Shelf
from ui.console.prepare import SECTIONS, PreparePage
from ui.console.rounds import RoundsPage
from ui.link.address import Address, Addresses
from ui.link.summary import Summary
from ui.link.trial import Trial
from ui.style import stylesheet

MEETING: Final = MeetingId(UUID(int=77))
SMALL: Final = (1280, 680)

MEETINGS: Final[dict[str, Callable[[], list[Entity]]]] = {
    "empty": lambda: list(new_meeting(MEETING, "Leeg", Template.EMPTY, "nl", ())),
    "prepared": lambda: sample_setup(MEETING),
    "live": lambda: meeting_with(notes=60, approval=True),
    "closed": lambda: sample_entities(MEETING),
}


def settle() -> None:
    """Let layouts that wait for one another be done."""
    for _turn in range(3):
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)


def shown_window(qtbot: QtBot) -> QMainWindow:
    """A window as the console has it, with the keyboard on it."""
    window = QMainWindow()
    qtbot.addWidget(window)
    theme.load_fonts()
    window.setStyleSheet(stylesheet(theme.palette(light=True)))
    window.setFont(theme.font(theme.size("body")))
    window.resize(*SMALL)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


class Tour:
    """A window of the usual size with a meeting in it, and the ways through it."""

    def __init__(self, qtbot: QtBot, entities: list[Entity]) -> None:
        self.replica = LocalReplica(entities)
        self.troubles: list[object] = []  # what was refused
        self.replica.troubled.connect(self.troubles.append)
        self.window = shown_window(qtbot)
        addresses = Addresses()
        known = Address(url=self.replica.address, host="192.168.1.10", interface="w", kind="wifi")
        addresses.fill([known])
        services = Services(
            files=NoFiles(),
            calls=NoCalls(),
            addresses=addresses,
            trial=Trial(TrialEngine(), self.window),
        )
        self.view = MeetingView(self.replica, services)
        self.window.setCentralWidget(self.view)

    def pages(self) -> Iterator[tuple[str, QWidget]]:
        """Each page, and each section of the first one, in sight."""
        for number, kind in enumerate(PAGES):
            self.view.show_page(number)
            page = self.view.page(number)
            settle()
            if isinstance(page, PreparePage):
                for part in SECTIONS:
                    page.go_to(part)
                    settle()
                    yield f"{kind.__name__} {part.name}", self.view
            else:
                yield kind.__name__, self.view
            if isinstance(page, RoundsPage):
                yield from self._tables(page)
                page.open_voting()
                settle()
                yield f"{kind.__name__} vote", self.view
                page.all_tables()

    def _tables(self, page: RoundsPage) -> Iterator[tuple[str, QWidget]]:
        """One table up close, each of its parts, and a code for its host."""
        for table in tables(self.replica.state)[:1]:
            page.open_table(table.id)
            for number in range(page.panel.tabs.count()):
                page.panel.tabs.setCurrentIndex(number)
                settle()
                yield f"{type(page).__name__} table {number}", self.view
            page.panel.tabs.setCurrentWidget(page.panel.hosts)
            page.panel.hosts.invite()
            settle()
            yield f"{type(page).__name__} host", self.view
            page.all_tables()

    def dialogs(self) -> Iterator[tuple[str, QDialog]]:
        """Each dialog of the meeting, open."""
        self.view.show_page(PAGES.index(DoorsPage))
        doors = cast("DoorsPage", self.view.page(PAGES.index(DoorsPage)))
        for does in (
            self.view.show_keys,
            self.view.ask_to_close,
            doors.show_codes,
            doors.check.click,
        ):
            yield from opened(does)


class Shelved:
    """The list of meetings, in a window."""

    def __init__(self, qtbot: QtBot, *meetings: Summary) -> None:
        self.window = shown_window(qtbot)
        self.page = LibraryPage()
        self.window.setCentralWidget(self.page)
        self.page.serve(Shelf(list(meetings), self.page))
        settle()

    def dialogs(self) -> Iterator[tuple[str, QDialog]]:
        """Each dialog of the list, open."""
        page = self.page
        for does in (
            page.ask_new,
            page.ask_delete,
            page.ask_file,
            lambda: page.ask_export("cafe"),
        ):
            yield from opened(does)


def opened(does: Callable[[], Any]) -> Iterator[tuple[str, QDialog]]:
    """The dialog that this opens; closed afterwards."""
    does()
    settle()
    dialog = next(
        widget
        for widget in QApplication.topLevelWidgets()
        if isinstance(widget, QDialog) and widget.isVisible()
    )
    yield f"{type(dialog).__name__} {dialog.windowTitle()}", dialog
    dialog.reject()
    settle()


def own(within: QWidget, kind: type[Any]) -> list[Any]:
    """What is in sight of this kind, without the private parts of Qt's own widgets."""
    return [
        found
        for found in within.findChildren(kind)
        if found.isVisibleTo(within) and not found.objectName().startswith("qt_")
    ]
