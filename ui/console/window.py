"""The console's window: the list of meetings, or one meeting; and what closing it means."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget

from facilitator import i18n
from facilitator.i18n import _
from facilitator.kernel.errors import FacilitatorError, Unavailable
from facilitator.meeting.ids import MeetingId
from facilitator.settings import APPLICATION
from ui.console.library import LibraryPage
from ui.console.questions import Answer, Question, ask
from ui.console.saying import sentence
from ui.console.settings import Remembered
from ui.link.summary import Summary

if TYPE_CHECKING:  # loaded after the first paint
    from facilitator.meeting.meeting import Meeting
    from ui.console.meeting_view import MeetingView
    from ui.link.engine import Engine, Status
    from ui.link.hall import Hall
    from ui.link.remote import RemoteReplica

SMALLEST: Final = (1024, 620)
FIRST: Final = (1280, 760)
FRAME: Final = (16, 48)  # what a window's frame and title may take
PATIENCE: Final = 4_000  # ms that closing waits for what is still being saved


def first_size(room: QSize) -> QSize:
    """The size of a window that was never placed: as wished, or what a small laptop has room for."""
    return QSize(*FIRST).boundedTo(room - QSize(*FRAME))


class Window(QMainWindow):
    """The one window of the console."""

    closed = Signal()
    spoken = Signal(str)  # the language that was chosen

    def __init__(self, remembered: Remembered) -> None:
        super().__init__()
        self._engine: Engine | None = None
        self._hall: Hall | None = None
        self._remembered = remembered
        self._replica: RemoteReplica | None = None
        self._view: MeetingView | None = None
        self._leaving = False  # nothing more is asked: the window goes
        self._failing: str | None = None  # why the engine cannot write
        self._looked = False  # whether a live meeting was looked for
        self.setWindowTitle(APPLICATION)
        self.setMinimumSize(*SMALLEST)
        if not self.restoreGeometry(remembered.place):
            self.resize(first_size(self.screen().availableGeometry().size()))
        self._stack = QStackedWidget()
        self.setCentralWidget(self._stack)
        self.library = self._library()

    def attach(self, engine: Engine, hall: Hall) -> None:
        """Work with this engine, and show the hall by this process; after the first paint."""
        self._engine, self._hall = engine, hall
        engine.up.connect(self._up)
        engine.failed.connect(self._failed)
        engine.heard.connect(self._heard)

    @property
    def engine(self) -> Engine:
        """The engine that the window works with."""
        assert self._engine is not None  # noqa: S101 - attached by the composition root
        return self._engine

    @property
    def hall(self) -> Hall:
        """The projector's process."""
        assert self._hall is not None  # noqa: S101 - attached by the composition root
        return self._hall

    # The list of meetings

    def _library(self) -> LibraryPage:
        page = LibraryPage()
        page.opened.connect(self.open_meeting)
        page.language_chosen.connect(self._speak)
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        return page

    def _speak(self, language: str) -> None:
        """Another language: the list is built again; a meeting follows when it is opened."""
        self._remembered.language = language
        i18n.choose(language)
        self.spoken.emit(language)
        old = self.library
        self.library = self._library()
        self._stack.removeWidget(old)
        old.deleteLater()
        if self._engine is not None and self._engine.is_up:
            self._up()

    def _up(self) -> None:
        from ui.link.library import Library  # noqa: PLC0415 - after the first paint

        self._failing = None  # the banners begin anew
        self.library.serve(Library(self.engine.http, self.library))
        if self._view is not None:
            self._view.banner.clear()
        elif not self._looked and self._replica is None:
            Library(self.engine.http, self).list(self._find_open)

    def _find_open(self, meetings: list[Summary] | None, _error: FacilitatorError | None) -> None:
        """After a crash or a closed window: the meeting that was open comes back by itself."""
        if meetings is None or self._looked or self._replica is not None:
            return
        self._looked = True
        was_open = self._remembered.meeting
        live = [meeting.id for meeting in meetings if meeting.phase == "live"]
        if was_open is not None and any(meeting.id == was_open for meeting in meetings):
            self.open_meeting(was_open)
        elif len(live) == 1:
            self.open_meeting(live[0])

    def _failed(self, error: FacilitatorError) -> None:
        if self._view is not None:
            self._view.banner.tell(
                sentence(error), _("Opnieuw proberen"), self.engine.start, stays=True
            )
        else:
            self.library.fail(error, self.engine.start)

    def _heard(self, status: Status) -> None:
        """What the engine says of itself: that it cannot write, and that it can again."""
        failing = "store.newer" if status.read_only else status.failing
        if failing != self._failing:
            self._failing = failing
            self._tell_failing()

    def _tell_failing(self) -> None:
        banner = self._view.banner if self._view is not None else self.library.banner
        if self._failing:
            banner.tell(sentence(Unavailable(self._failing)), stays=True)
        else:
            banner.clear()

    # One meeting

    def open_meeting(self, meeting: MeetingId) -> None:
        """Open a meeting; it comes into sight when it is loaded."""
        if self._replica is not None:
            return
        from ui.link.remote import RemoteReplica  # noqa: PLC0415 - after the first paint

        self._looked = True
        self._remembered.meeting = meeting
        replica = RemoteReplica(self.engine, meeting, self)
        self._replica = replica
        replica.loaded.connect(self._show_meeting)
        replica.troubled.connect(self._not_opened)

    def _show_meeting(self) -> None:
        """The pages are loaded only now: the window itself did not have to wait for them."""
        if self._replica is None or self._view is not None:
            return
        from ui.console.meeting_view import MeetingView, Services  # noqa: PLC0415 - the same
        from ui.link.calls import RemoteCalls  # noqa: PLC0415 - the same
        from ui.link.house_styles import RemoteHouseStyles  # noqa: PLC0415 - the same
        from ui.link.library import RemoteFiles  # noqa: PLC0415 - the same
        from ui.link.trial import Trial  # noqa: PLC0415 - the same

        services = Services(
            files=RemoteFiles(self.engine.http, self._replica.meeting, self._replica),
            calls=RemoteCalls(self.engine.http, self._replica.meeting, self._replica),
            addresses=self.engine.addresses,
            hall=self.hall,
            trial=Trial(self.engine.http, self._replica),
            styles=RemoteHouseStyles(self.engine.http, self._replica),
            folder=self._remembered.folder,
        )
        self.hall.follow(self._replica.meeting)
        view = MeetingView(self._replica, services)
        view.left.connect(self.leave_meeting)
        self._view = view
        self._stack.addWidget(view)
        self._stack.setCurrentWidget(view)
        self._replica.applied.connect(lambda _entry: self._retitle())
        self._retitle()
        self._tell_failing()

    def _retitle(self) -> None:
        meeting = self._meeting
        if meeting is not None and self.windowTitle() != f"{meeting.title} – {APPLICATION}":
            self.setWindowTitle(f"{meeting.title} – {APPLICATION}")

    def _not_opened(self, error: FacilitatorError) -> None:
        if self._view is None and self._replica is not None:
            self._forget()
            self.library.trouble(error)
            self.library.refresh()

    def leave_meeting(self) -> None:
        """Back to the list. A live meeting goes on, and so does the hall."""
        self._when_saved(self._leave_meeting)

    def _leave_meeting(self) -> None:
        view = self._view
        self._forget()
        self._stack.setCurrentWidget(self.library)
        if view is not None:
            self._stack.removeWidget(view)
            view.deleteLater()
        self.setWindowTitle(APPLICATION)
        self._tell_failing()
        self.library.refresh()

    def _forget(self) -> None:
        self.hall.leave()
        self._remembered.meeting = None
        replica, self._replica, self._view = self._replica, None, None
        if replica is not None:
            replica.close()
            replica.deleteLater()

    # Closing

    @property
    def _meeting(self) -> Meeting | None:
        from facilitator.meeting.meeting import the_meeting  # noqa: PLC0415 - after the first paint

        replica = self._replica
        return the_meeting(replica.state) if replica is not None and replica.ready else None

    @property
    def live(self) -> bool:
        """Whether phones may write: in the meeting that is open, or in one that was left."""
        meeting = self._meeting
        if meeting is not None and meeting.phase == "live":
            return True
        own = meeting.id if meeting is not None else None
        others = (one for one in self.library.meetings.meetings if one.id != own)
        return any(one.phase == "live" for one in others)

    def closeEvent(self, event: QCloseEvent) -> None:
        """In a live meeting it is asked what goes on; outside one, the engine stops."""
        if self._leaving:
            event.accept()
            return
        event.ignore()
        if self.live:
            self.ask_to_go_on()
        else:
            self._close(stop=True)

    def ask_to_go_on(self) -> Question:
        """The one question at closing."""
        return ask(
            self,
            _("Laat de klok en de telefoons doorgaan?"),
            _(
                "De bijeenkomst is nog bezig. Laat u alles doorgaan, dan blijven klok, telefoons "
                "en beamer werken en vindt de app alles terug als u haar weer opent."
            ),
            Answer(_("Annuleren")),
            Answer(_("Alles stoppen"), lambda: self._close(stop=True), "danger"),
            Answer(_("Laat doorgaan"), lambda: self._close(stop=False), "primary"),
        )

    def _close(self, *, stop: bool) -> None:
        self._when_saved(lambda: self._go(stop=stop))

    def _when_saved(self, go: Callable[[], None], waited: int = 0) -> None:
        """Save what was typed, then go. Where the engine does not answer, it is asked."""
        self._finish_typing()
        if self._replica is None or not self._replica.waiting:
            go()
        elif waited < PATIENCE:
            QTimer.singleShot(50, self, lambda: self._when_saved(go, waited + 50))
        else:
            ask(
                self,
                _("Weggaan zonder op te slaan?"),
                _(
                    "De motor antwoordt niet. Wat u het laatst deed is nog niet opgeslagen, en gaat "
                    "verloren als u nu weggaat."
                ),
                Answer(_("Blijven"), None, "primary"),
                Answer(_("Toch weggaan"), go, "danger"),
            )

    def _go(self, *, stop: bool) -> None:
        self._remembered.place = self.saveGeometry()
        if not self.live:
            self._remembered.meeting = None
        self._leaving = True
        self.hide()
        if self._engine is None:
            self._gone()
        elif stop:
            self.hall.close()
            self.engine.shut_down(self._gone)
        else:
            self.hall.leave()
            self.engine.stop()
            self._gone()

    def _gone(self) -> None:
        if self._replica is not None:
            self._replica.close()
            self._replica = None
        self.close()
        self.closed.emit()

    @staticmethod
    def _finish_typing() -> None:
        """A field sends what was typed when it is left."""
        focus = QApplication.focusWidget()
        if focus is not None:
            focus.clearFocus()
