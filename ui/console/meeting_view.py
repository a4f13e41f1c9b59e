"""A meeting, open on the console: the day in pages, the top bar, the hall, what is saved."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from facilitator.i18n import _
from facilitator.kernel.errors import FacilitatorError
from facilitator.meeting.meeting import Phase, the_meeting
from facilitator.meeting.programme import current_step
from ui import actions, theme
from ui.actions import Bound
from ui.console.address_choice import code_changed
from ui.console.arranging import ArrangingPage
from ui.console.codes import TableCodes
from ui.console.doors import DoorsPage
from ui.console.key_card import KeyCard
from ui.console.nav import Nav
from ui.console.notes import NotesPage
from ui.console.page import Page
from ui.console.prepare import PreparePage
from ui.console.questions import Answer, Question, ask
from ui.console.report import ReportPage
from ui.console.rounds import RoundsPage
from ui.console.saying import sentence
from ui.console.status_bar import StatusBar
from ui.console.top_bar import TopBar
from ui.console.way_in import WayIn
from ui.console.words import DOORS_PAGE, REPORT_PAGE, ROUNDS_PAGE, close_meeting
from ui.link.address import Addresses
from ui.link.calls import Calls
from ui.link.files import Files
from ui.link.hall import Hall
from ui.link.house_styles import HouseStyles
from ui.link.replica import Replica
from ui.link.trial import Trial
from ui.widgets.banner import Banner

PAGES: Final[tuple[type[Page], ...]] = (
    PreparePage,
    DoorsPage,
    RoundsPage,
    NotesPage,
    ArrangingPage,
    ReportPage,
)


class Services(msgspec.Struct, frozen=True):
    """What the pages need besides the replica."""

    files: Files
    calls: Calls
    addresses: Addresses
    hall: Hall | None = None  # None: no projector can be started from here
    trial: Trial | None = None  # None: there is no engine that a phone could reach
    styles: HouseStyles | None = None  # None: no house style can be chosen
    folder: Path | None = None  # where this laptop keeps its own; None: it keeps nothing


class MeetingView(QWidget):
    """All of the window while a meeting is open. It is the desk at which actions are done."""

    left = Signal()  # back to the list of meetings

    def __init__(self, replica: Replica, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("root")
        self.replica = replica
        self.services = services
        self._made: dict[int, Page] = {}
        self._phase: Phase | None = None
        self.bound = Bound(self, self)
        self.way_in = WayIn(replica, services.addresses, self, services.trial)
        self._build()
        replica.troubled.connect(self.tell)
        replica.skipped.connect(
            lambda: self.say(_("Ongedaan maken slaat dit over en gaat naar wat u daarvoor deed."))
        )
        replica.address_changed.connect(self._address_changed)
        replica.loaded.connect(self._changed)
        replica.applied.connect(lambda _entry: self._changed())
        if services.hall is not None:
            services.hall.changed.connect(self._hall_changed)
            services.hall.failed.connect(self._hall_failed)
            if services.hall.running:
                self._hall_changed(running=True)
            application = QGuiApplication.instance()
            if isinstance(application, QGuiApplication):
                application.screenAdded.connect(self._screen_added)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.show_page(self._first_page())
        self._changed()

    def _build(self) -> None:
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        self.nav = Nav(self, PAGES)
        self.nav.chosen.connect(self.show_page)
        across.addWidget(self.nav)
        column = QVBoxLayout()
        column.setSpacing(0)
        self.top = TopBar(self, self.bound, self.ask_to_close)
        column.addWidget(self.top)
        holder = QVBoxLayout()
        holder.setContentsMargins(theme.space("l"), 0, theme.space("l"), 0)
        self.banner = Banner()
        holder.addWidget(self.banner)
        self.frozen = Banner()
        holder.addWidget(self.frozen)
        column.addLayout(holder)
        self.pages = QStackedWidget()
        column.addWidget(self.pages, 1)
        self.status = StatusBar(self.replica)
        column.addWidget(self.status)
        across.addLayout(column, 1)

    def showEvent(self, event: QShowEvent) -> None:
        """The keys are for the meeting, not for the first button."""
        super().showEvent(event)
        self.setFocus()

    def _first_page(self) -> int:
        """Where the meeting is, so that a console that comes back shows the same."""
        if not self.replica.ready:
            return 0
        match the_meeting(self.replica.state).phase:
            case Phase.PREPARING:
                return 0
            case Phase.CLOSED:
                return REPORT_PAGE
            case Phase.LIVE:
                begun = current_step(self.replica.state) is not None
                return ROUNDS_PAGE if begun else DOORS_PAGE

    # Desk

    def say(self, sentence: str) -> None:
        """Put a sentence in the status bar."""
        self.status.say(sentence)

    def show_page(self, number: int) -> None:
        """Bring a page into sight; it is made when it is first seen."""
        page = self._made.get(number)
        if page is None:
            page = self._make(PAGES[number])
            self._made[number] = page
            self.pages.addWidget(page)
            page.said.connect(self.say)
            page.done.connect(self.status.say)
            page.trouble.connect(self.tell)
            if isinstance(page, ArrangingPage):
                page.voting_wanted.connect(self.show_voting)
        self.pages.setCurrentWidget(page)
        self.nav.show_page(number)
        page.entered()

    def show_voting(self) -> None:
        """Bring the vote into sight."""
        self.show_page(ROUNDS_PAGE)
        page = self.page(ROUNDS_PAGE)
        if isinstance(page, RoundsPage):
            page.open_voting()

    def page(self, number: int) -> Page | None:
        """A page that was seen."""
        return self._made.get(number)

    def _make(self, kind: type[Page]) -> Page:
        if kind is DoorsPage:
            return DoorsPage(self.replica, self.way_in, self)
        if kind is PreparePage:
            return PreparePage(self.replica, self.way_in, self)
        if kind is ReportPage:
            services = self.services
            return ReportPage(
                self.replica,
                services.files,
                services.calls,
                self,
                folder=services.folder,
                styles=services.styles,
            )
        if kind is NotesPage:
            return NotesPage(self.replica, self.services.calls, self)
        return kind(self.replica, self)

    def show_keys(self) -> None:
        """Show the key card beside the meeting, which goes on; or put it away again."""
        shown = self.window().findChild(KeyCard)
        if shown is not None and shown.isVisible():
            shown.close()
        else:
            KeyCard(self.window(), self).show()

    def save_report(self) -> None:
        """Bring the verslag into sight, and ask where the Word file goes."""
        self.show_page(REPORT_PAGE)
        page = self.page(REPORT_PAGE)
        if isinstance(page, ReportPage):
            page.save(page.saving.report)

    def toggle_hall(self) -> None:
        """Start the projector, or end it."""
        if self.services.hall is not None:
            self._tell_own_screen()
            self.services.hall.toggle(windowed=False)

    def leave(self) -> None:
        """Go back to the list of meetings."""
        self.way_in.close()
        self.left.emit()

    def ask_to_close(self) -> Question:
        """Closing makes phones forget how to change their notes: that cannot be taken back."""
        return ask(
            self.window(),
            _("Bijeenkomst sluiten?"),
            _(
                "Telefoons kunnen daarna niet meer schrijven. Wat nog onderweg is, komt binnen "
                "als late notitie. U kunt daarna gewoon verder met ordenen en het verslag."
            ),
            Answer(_("Nog niet")),
            Answer(_("Bijeenkomst sluiten"), lambda: close_meeting(self), "primary"),
        )

    def tell(self, error: FacilitatorError) -> None:
        """Say what went wrong; the meeting goes on."""
        self.banner.tell(sentence(error))

    # What the meeting does

    def _changed(self) -> None:
        if self.replica.ready:
            self._phase_changed()
            self._tell_frozen()

    def _tell_frozen(self) -> None:
        """On each page: that the phones stand still, and how they go on."""
        meeting = the_meeting(self.replica.state)
        stands = meeting.frozen and meeting.phase is Phase.LIVE
        if stands is not self.frozen.isHidden():
            return
        if stands:
            told = _("Alle telefoons staan stil. De klok loopt door.")
            self.frozen.tell(told, _("Laat weer schrijven"), self._thaw, tone="plain", stays=True)
        else:
            self.frozen.clear()

    def _thaw(self) -> None:
        actions.freeze_or_thaw(self)
        self._tell_frozen()  # until it is so

    def _address_changed(self, url: str) -> None:
        """The hall shows the new code by itself; cards on paper don't."""
        live = self.replica.ready and the_meeting(self.replica.state).phase is Phase.LIVE
        if live and url != self.services.addresses.picked:
            self.banner.tell(code_changed(url), _("Alle tafelcodes"), self.show_codes, tone="plain")

    def show_codes(self) -> None:
        """All tables with their codes, to print anew."""
        TableCodes(self.replica, self.window()).show()

    # Hall

    def _phase_changed(self) -> None:
        """With a second screen, the projector starts by itself when the doors open."""
        phase = the_meeting(self.replica.state).phase
        before, self._phase = self._phase, phase
        hall = self.services.hall
        opened = phase is Phase.LIVE and before is not Phase.LIVE
        self._tell_own_screen()
        if hall is not None and opened and not _one_screen():
            hall.show(windowed=False)

    def _tell_own_screen(self) -> None:
        if self.services.hall is not None:
            self.services.hall.own = self.screen().name()

    def _screen_added(self) -> None:
        """A projector was plugged in during the meeting."""
        self._tell_own_screen()
        if self._phase is Phase.LIVE and self.services.hall is not None:
            self.services.hall.show(windowed=False)

    def _hall_changed(self, running: bool) -> None:  # noqa: FBT001 - a signal carries it
        hall = self.services.hall
        if running and hall is not None and hall.away:
            self.nav.tell_hall(_("Beamer los"), trouble=True)
            self.banner.tell(_("De beamer is los. Het beeld is terug zodra de kabel vastzit."))
            return
        self.nav.tell_hall(_("Beamer aan") if running else _("Beamer uit (F5)"))
        if running:
            self.banner.clear()

    def _hall_failed(self) -> None:
        retry: Callable[[], None] = self.toggle_hall
        self.banner.tell(
            _("Het beamervenster valt steeds weg. De klok en de telefoons gaan door."),
            _("Opnieuw proberen"),
            retry,
        )


def _one_screen() -> bool:
    return len(QGuiApplication.screens()) < 2  # noqa: PLR2004 - two screens
