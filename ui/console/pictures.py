"""Each page of the console as a picture, with a meeting in it as it is on that page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QEventLoop, QLoggingCategory, QSize
from PySide6.QtWidgets import QApplication, QWidget

from facilitator.i18n import _
from facilitator.kernel.command import Command
from facilitator.kernel.errors import FacilitatorError
from facilitator.kernel.state import State
from facilitator.meeting.ids import NoteId, PhotoId, ThemeId
from facilitator.meeting.meeting import the_meeting
from facilitator.meeting.notes import Note
from facilitator.meeting.people import present
from ui.console.codes import TableCodes
from ui.console.library import LibraryPage
from ui.console.meeting_view import MeetingView, Services
from ui.console.prepare import PreparePage
from ui.console.prepare_ready import Part
from ui.console.report import ReportPage
from ui.console.report_proposals import ProposalsSection
from ui.link.address import Address, Addresses
from ui.link.calls import CallDone, OutlineDone
from ui.link.files import Cancel, FileDone, FileHeard, FileKind, PhotoDone
from ui.link.http import Http
from ui.link.library import Library
from ui.link.replica import ADDRESS, Done, Outcome, Replica
from ui.link.summary import Summary
from ui.link.trial import Trial

SIZES: Final = (("", QSize(1600, 1000)), ("-klein", QSize(1280, 680)))
PAGES: Final = ("voorbereiden", "inloop", "rondes", "notities", "ordenen", "verslag")
Moment = tuple[State, datetime]


class Still(Replica):
    """A meeting at one moment: nothing changes, and no time passes."""

    def __init__(self, state: State, now: datetime) -> None:
        super().__init__()
        self.state = state
        self.ready = self.connected = True
        self.saved_at = now
        self._now = now

    def now(self) -> datetime:
        """The moment."""
        return self._now

    def dispatch(self, command: Command, done: Done) -> None:
        """Nothing is done in a picture."""
        done(Outcome(command))


class NoFiles:
    """Where no files come from."""

    def report(self, ending: str, done: FileDone, heard: FileHeard) -> Cancel:  # noqa: ARG002
        """None."""
        done(None, None)
        return lambda: None

    def meeting_file(self, kind: FileKind, done: FileDone, heard: FileHeard) -> Cancel:  # noqa: ARG002
        """None."""
        done(None, None)
        return lambda: None

    def add_photo(self, path: Path, theme: ThemeId | None, caption: str, done: PhotoDone) -> None:  # noqa: ARG002
        """None."""
        done(None)

    def photo(self, photo: PhotoId, done: FileDone) -> None:  # noqa: ARG002
        """None."""
        done(None, None)


class NoCalls:
    """Where nothing is asked of an engine."""

    def mute_writer(self, note: NoteId, done: CallDone) -> None:  # noqa: ARG002
        """Done."""
        done(None)

    def black_out(self, note: NoteId, done: CallDone) -> None:  # noqa: ARG002
        """Done."""
        done(None)

    def wipe(self, done: CallDone) -> None:
        """Done."""
        done(None)

    def last_outline(self, done: OutlineDone) -> None:
        """There is none."""
        done(None)


class Shelf(Library):
    """A library with one meeting and no engine."""

    def __init__(self, meetings: list[Summary], parent: QWidget) -> None:
        super().__init__(Http(parent), parent)
        self._meetings = meetings

    def list(self, done: Callable[[list[Summary] | None, FacilitatorError | None], None]) -> None:
        """The meeting."""
        done(self._meetings, None)


def draw(folder: Path, day: Sequence[Moment], vote: Moment, decided: Moment) -> Iterator[Path]:
    """Pictures of the list of meetings and of each page, with the meeting of that moment of the day.

    Of what few meetings have: of a vote, and of proposals on which is decided.
    """
    folder.mkdir(parents=True, exist_ok=True)
    QLoggingCategory.setFilterRules("default.warning=false")  # sizes that no display hears of
    for number, (name, moment) in enumerate(zip(PAGES, day, strict=True)):
        view = MeetingView(Still(*moment), _services())
        view.show_page(number)
        yield from _shots(view, folder, name)
    view = MeetingView(Still(*vote), _services())
    view.show_voting()
    yield from _shots(view, folder, "stemmen")
    yield from _decisions(folder, *decided)
    yield from _more(folder, *day[0])
    library = LibraryPage()
    library.serve(Shelf([_summary(day[0][0])], library))
    yield from _shots(library, folder, "bijeenkomsten")
    QLoggingCategory.setFilterRules("")


def _decisions(folder: Path, state: State, now: datetime) -> Iterator[Path]:
    """The frames on the first page, and the proposals on the last, one of them unfolded."""
    view = MeetingView(Still(state, now), _services())
    view.show_page(0)
    page = view.page(0)
    if isinstance(page, PreparePage):
        page.go_to(Part.FRAMES)
    yield from _shots(view, folder, "kaders")
    view = MeetingView(Still(state, now), _services())
    view.show_page(len(PAGES) - 1)
    yield from _shots(view, folder, "voorstellen", _unfold)


def _unfold(view: QWidget) -> None:
    for page in view.findChildren(ReportPage):
        for section in view.findChildren(ProposalsSection):
            first = section.list.rows[0].id
            section.unfold(first)
            page.jump(page.sections.index(section))
            section.list.go_to(first)
        page.preview.show_now()


def _more(folder: Path, state: State, now: datetime) -> Iterator[Path]:
    """What is one press away from the preparation: its part for the network, and the cards."""
    replica = Still(state, now)
    view = MeetingView(replica, _services())
    page = view.page(0)
    if isinstance(page, PreparePage):
        page.go_to(Part.NETWORK)
    yield from _shots(view, folder, "netwerk")
    holder = QWidget()
    holder.resize(SIZES[1][1])
    yield from _shots(TableCodes(replica, holder), folder, "tafelcodes")


def _services() -> Services:
    return Services(NoFiles(), NoCalls(), _addresses(), trial=Trial(Http()))


def _addresses() -> Addresses:
    addresses = Addresses()
    wifi = _("wifi ‘{name}’").format(name="Buurthuis-gast")
    cable = Address(url="http://10.0.0.4:8765", kind="cable", name=_("kabel"))
    addresses.fill([Address(url=ADDRESS, kind="wifi", name=wifi, score=1, proven=True), cable])
    return addresses


def _summary(state: State) -> Summary:
    meeting = the_meeting(state)
    return Summary(
        id=meeting.id,
        title=meeting.title,
        date=meeting.date,
        place=meeting.place,
        phase=meeting.phase.value,
        notes=len(state.all(Note)),
        participants=present(state),
    )


def _shots(
    page: QWidget, folder: Path, name: str, begin: Callable[[QWidget], None] | None = None
) -> Iterator[Path]:
    for suffix, size in SIZES:
        page.resize(size)
        page.show()
        _settle()
        if begin is not None:
            begin(page)
            _settle()
        path = folder / f"{name}{suffix}.png"
        page.grab().save(str(path))
        yield path
    page.hide()
    page.deleteLater()


def _settle() -> None:
    for _turn in range(4):  # layouts that wait for one another
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
