"""The page Voorbereiden: everything that is known before the doors open, in sections."""

from __future__ import annotations

from typing import ClassVar, Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from facilitator.i18n import N_, _
from facilitator.meeting.meeting import Phase, the_meeting
from ui import theme
from ui.console.editing import Editing, Section
from ui.console.frame_list import decides
from ui.console.page import TURNS, PartedPage
from ui.console.prepare_categories import CategoriesSection
from ui.console.prepare_frames import FramesSection
from ui.console.prepare_meeting import MeetingSection
from ui.console.prepare_network import NetworkSection
from ui.console.prepare_people import PeopleSection
from ui.console.prepare_programme import ProgrammeSection
from ui.console.prepare_ready import Check, Part, readiness
from ui.console.prepare_tables import TablesSection
from ui.console.prepare_themes import ThemesSection
from ui.console.taking_back import TakingBack
from ui.console.way_in import WayIn
from ui.keys import listen
from ui.link.address import Addresses
from ui.link.replica import Replica
from ui.widgets.buttons import button
from ui.widgets.frames import TitleRow
from ui.widgets.labels import ElidedLabel

TAB: Final = 16  # pixels at each side of the words on a tab
TICK: Final = 28  # pixels for the tick
UNCHECKED: Final = {Part.PEOPLE, Part.CATEGORIES, Part.FRAMES}  # can wait, so they have no tick
SOON: Final = 60  # milliseconds in which changes are gathered before the ticks follow

SECTIONS: Final[dict[Part, type[Section]]] = {
    Part.MEETING: MeetingSection,
    Part.THEMES: ThemesSection,
    Part.TABLES: TablesSection,
    Part.PROGRAMME: ProgrammeSection,
    Part.PEOPLE: PeopleSection,
    Part.CATEGORIES: CategoriesSection,
    Part.FRAMES: FramesSection,
    Part.NETWORK: NetworkSection,
}


class PreparePage(PartedPage):
    """Sections behind tabs; each tab has a tick as soon as its part is ready.

    Kaders is there for a meeting that decides; in others the first section leads to it.
    """

    title: ClassVar[str] = N_("Voorbereiden")
    icon: ClassVar[str] = "clipboard-list"

    def __init__(
        self, replica: Replica, way_in: WayIn | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(replica, parent)
        self.way_in = way_in if way_in is not None else WayIn(replica, Addresses(self), self)
        self.editing = Editing(replica, self)
        self.editing.troubled.connect(self.trouble)
        page = QVBoxLayout(self)
        page.setContentsMargins(
            theme.space("l"), theme.space("s"), theme.space("l"), theme.space("s")
        )
        page.setSpacing(theme.space("s"))
        self.taking_back = TakingBack(replica, self)
        back = (self.taking_back.undo, self.taking_back.redo)
        page.addWidget(TitleRow(_(self.title), back))
        self.tabs: dict[Part, QPushButton] = {}
        self.sections: dict[Part, Section] = {}
        self.stack = QStackedWidget()
        page.addLayout(self._tab_row())
        page.addLayout(self._todo_row())
        page.addWidget(self.stack, 1)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON)
        self._soon.timeout.connect(self.refresh)
        replica.applied.connect(lambda _entry: self._soon.start())
        replica.loaded.connect(self.refresh)
        self.way_in.addresses.changed.connect(self._soon.start)
        listen(TURNS, self, widely=True)
        self.go_to(Part.MEETING)

    def entered(self) -> None:
        """The page has come into sight."""
        self.refresh()

    def go_to(self, part: Part) -> None:
        """Show a section."""
        if part not in self.sections:
            section = self._make(part)
            section.said.connect(self.said)
            self.sections[part] = section
            self.stack.addWidget(section)
        self.tabs[part].setChecked(True)
        self.stack.setCurrentWidget(self.sections[part])
        self.refresh()

    def _make(self, part: Part) -> Section:
        if part is Part.NETWORK:
            return NetworkSection(self.editing, self.way_in)
        section = SECTIONS[part](self.editing)
        if isinstance(section, MeetingSection):
            section.frames.clicked.connect(lambda: self.go_to(Part.FRAMES))
        return section

    @property
    def part(self) -> Part:
        """The part whose section is in sight."""
        return next(part for part, tab in self.tabs.items() if tab.isChecked())

    def refresh(self) -> None:
        """Show what is ready and what is to do."""
        if not self.replica.ready:
            return
        decided = decides(self.replica.state)
        self.tabs[Part.FRAMES].setVisible(decided or self.part is Part.FRAMES)
        checks = readiness(self.replica.state, self.way_in.addresses)
        for check in checks:
            self._tick(check)
        here = self.part
        missing = [check for check in checks if not check.done]
        missing.sort(key=lambda check: check.part is not here)
        self._tell(missing[0] if missing else None)

    def _tab_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.space("xs"))
        group = QButtonGroup(self)
        names = {part: section.title for part, section in SECTIONS.items()}
        for part, name in names.items():
            tab = button(f" {_(name)}", press=lambda part=part: self.go_to(part))  # type: ignore[misc]
            tab.setCheckable(True)
            tab.setProperty("nav", True)
            bold = QFontMetrics(theme.font(theme.size("body") + 1, theme.BOLD))
            edges = 2 * TAB if part in UNCHECKED else 2 * TAB + TICK
            tab.setMinimumWidth(bold.horizontalAdvance(_(name)) + edges)
            group.addButton(tab)
            self.tabs[part] = tab
            row.addWidget(tab)
        row.addStretch(1)
        return row

    def _todo_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.space("s"))
        self.todo = ElidedLabel()
        self.todo_button = button(_("Ga erheen"), press=self._go_to_todo, small=True)
        row.addWidget(self.todo_button)
        row.addWidget(self.todo, 1)
        self._todo_part = Part.MEETING
        return row

    def _tick(self, check: Check) -> None:
        tab = self.tabs[check.part]
        colours = theme.palette(light=True)
        name, colour = ("circle-check", colours.ok) if check.done else ("circle", colours.muted)
        tab.setIcon(theme.icon(name, colour))
        tab.setToolTip(
            _("Klaar") if check.done else _("Nog te doen: {todo}").format(todo=check.todo)
        )
        tab.setAccessibleName(f"{_(SECTIONS[check.part].title)}, {tab.toolTip()}")

    def _tell(self, missing: Check | None) -> None:
        preparing = the_meeting(self.replica.state).phase is Phase.PREPARING
        if missing is not None:
            name = _(SECTIONS[missing.part].title)
            told = _("Nog te doen bij {part}: {todo}").format(part=name, todo=missing.todo)
            self._todo_part = missing.part
        else:
            told = _("Alles staat klaar. Open de inloop als de eerste mensen komen.")
        self.todo.say(told)
        self.todo.setVisible(preparing or missing is not None)
        self.todo_button.setVisible(missing is not None and missing.part is not self.part)

    def _go_to_todo(self) -> None:
        self.go_to(self._todo_part)

    def turn(self, step: int) -> None:
        """Go so many parts on; after the last comes the first."""
        parts = [part for part, tab in self.tabs.items() if not tab.isHidden()]
        self.go_to(parts[(parts.index(self.part) + step) % len(parts)])
