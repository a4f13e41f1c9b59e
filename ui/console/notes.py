"""Notities: all notes as they come in; hide, approve, edit, and type over what is on paper."""

from __future__ import annotations

from typing import ClassVar, Final
from uuid import uuid4

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from facilitator.i18n import N_, _, ngettext, words
from facilitator.kernel.entry import Entry
from facilitator.meeting.meeting import Meeting, the_meeting
from facilitator.meeting.notes import MOST_AT_ONCE
from facilitator.meeting.programme import Clock, Step
from facilitator.meeting.projector import SceneName, ShowScene
from facilitator.meeting.tables import Table
from facilitator.meeting.themes import Theme
from ui import theme
from ui.board.acts import NoteActs
from ui.console.kept_words import KeptWords
from ui.console.notes_entry import PaperEntry
from ui.console.notes_filters import Filters
from ui.console.notes_list import NotesList
from ui.console.notes_menu import NoteMenu
from ui.console.notes_model import Kind, NotesModel
from ui.console.page import Page
from ui.console.searching import SearchField
from ui.console.taking_back import TakingBack
from ui.keys import Line, listen
from ui.link.calls import Calls
from ui.link.replica import Replica
from ui.widgets.banner import Banner
from ui.widgets.buttons import button
from ui.widgets.frames import Empty, TitleRow

OFFERED: Final = (Meeting, Table, Theme, Step, Clock)  # what the choices are made of


class NotesPage(Page):
    """The list with what belongs to it."""

    title: ClassVar[str] = N_("Notities")
    icon: ClassVar[str] = "sticky-note"

    def __init__(self, replica: Replica, calls: Calls, parent: QWidget | None = None) -> None:
        super().__init__(replica, parent)
        self.model = NotesModel(replica, self)
        self.acts = NoteActs(replica, self.model, self)
        self.list = NotesList(self.model, self.acts)
        self.menu = NoteMenu(replica, calls, self.list, self)
        self.taking_back = TakingBack(replica, self)
        self.filters = Filters()
        self.entry = PaperEntry(replica)
        self.approval = Banner()
        self.only_waiting = button(_("Alleen deze tonen"), press=self.show_waiting)
        self.kept = KeptWords(replica)
        self.search = SearchField(_("Ctrl+F zoekt"))
        self.newer = button(_("Nieuwe notities"), "arrow-up", self.list.to_top, small=True)
        self._told = 0  # notes that wait for approval, as the banner says it
        self._build()
        self._connect()
        self.refresh()

    # --- what it looks like

    def _build(self) -> None:
        page = QVBoxLayout(self)
        page.setContentsMargins(*(theme.space("l"), theme.space("s"), theme.space("l"), 8))
        page.setSpacing(theme.space("s"))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        back = self.taking_back
        wall = button(_("Toon wand op beamer"), "presentation", self.show_wall)
        page.addWidget(TitleRow(_(self.title), (back.undo, back.redo, wall), (self.search,)))
        page.addWidget(self.menu.sure)
        self.approval.add(self.only_waiting)
        page.addWidget(self.approval)
        page.addWidget(self.kept)
        page.addWidget(self.filters)
        self.empty = Empty(
            "sticky-note",
            _("Er zijn nog geen notities"),
            _("Ze verschijnen hier zodra iemand schrijft. Van papier typt u ze hieronder over."),
        )
        self.nothing_found = Empty(
            "search", _("Geen notitie gevonden"), _("Kies andere voorwaarden, of toon alles.")
        )
        self.stack = QStackedWidget()
        for widget in (self.list, self.empty, self.nothing_found):
            self.stack.addWidget(widget)
        page.addWidget(self.stack, 1)
        page.addWidget(self.entry)
        self.newer.setParent(self.list)
        self.newer.hide()
        self.list.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The button to the newest notes floats over the top of the list."""
        if watched is self.list and event.type() is QEvent.Type.Resize:
            self._place_newer()
        return bool(super().eventFilter(watched, event))

    def _place_newer(self) -> None:
        self.newer.adjustSize()
        self.newer.move((self.list.width() - self.newer.width()) // 2, 8)
        self.newer.raise_()

    def _connect(self) -> None:
        self.acts.said.connect(self.said)
        self.acts.refused.connect(self.trouble)
        self.menu.said.connect(self.said)
        self.menu.refused.connect(self.trouble)
        self.acts.unsaved.connect(self.kept.hold)
        self.list.rescue.lost.connect(self.kept.hold)
        self.kept.said.connect(self.said)
        self.kept.refused.connect(self.trouble)
        self.entry.said.connect(self.said)
        self.entry.refused.connect(self.trouble)
        self.filters.changed.connect(self.look)
        self.search.wanted.connect(self.look)
        self.search.left.connect(self._end_search)
        self.model.counted.connect(self._count)
        self.list.chosen_changed.connect(self._say_chosen)
        self.list.unseen_changed.connect(self._say_newer)
        self.replica.applied.connect(self._applied)
        self.replica.loaded.connect(self.refresh)
        listen(LINES, self)

    # --- what happens

    def entered(self) -> None:
        """The keyboard is for the list, and for no button while there is none."""
        target = self.list if self.list.isVisible() else self
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Offer the themes, tables and rounds that there are now."""
        if not self.replica.ready:
            return
        self.filters.refresh(self.replica.state)
        self.entry.refresh()
        self._count()

    def look(self) -> None:
        """List what is asked for."""
        self.search.looked()
        self.model.look(self.filters.wanted(self.search.text()))
        self._count()

    def _applied(self, entry: Entry) -> None:
        if any(isinstance(change.subject, OFFERED) for change in entry.changes):
            self.refresh()

    def _count(self) -> None:
        """Say how many there are, and what waits."""
        listed, total = self.model.rowCount(), self.model.total
        whole = ngettext("{number} notitie", "{number} notities", total)
        part = _("{number} van {total}").format(number=words().number(listed), total=whole)
        self.filters.count.setText(whole if listed == total else part)
        filtered = self.model.filter != type(self.model.filter)()
        self.filters.everything.setVisible(filtered)
        self.stack.setCurrentIndex(0 if listed else 2 if filtered and total else 1)
        self._tell_waiting(len(self.model.waiting_for_approval()))

    def _tell_waiting(self, waiting: int) -> None:
        policy = self.approval.sizePolicy()
        # its room stays, so that the list does not move under the pointer
        policy.setRetainSizeWhenHidden(the_meeting(self.replica.state).approval)
        self.approval.setSizePolicy(policy)
        if waiting == self._told:
            return
        self._told = waiting
        if waiting:
            sentence = ngettext(
                "{number} notitie wacht op uw goedkeuring. De zaal ziet haar nog niet.",
                "{number} notities wachten op uw goedkeuring. De zaal ziet ze nog niet.",
                waiting,
            )
            self.approval.tell(
                sentence, _("Alle goedkeuren"), self.approve_all, tone="plain", stays=True
            )
        else:
            self.approval.clear()

    def approve_all(self) -> None:
        """Let the hall see all notes that wait."""
        self._told = 0  # the banner goes when it is pressed
        self.acts.approve(self.model.waiting_for_approval()[:MOST_AT_ONCE])

    def show_waiting(self) -> None:
        """List what waits, and nothing else."""
        self.filters.clear()
        self.search.clear()
        self.filters.kind.choose(Kind.WAITING)

    def show_wall(self) -> None:
        """Show the wall of notes in the hall."""
        command = ShowScene(id=uuid4(), scene=SceneName.WALL, theme=self.filters.theme.chosen())
        said = _("De notitiewand staat op de beamer")
        self.acts.send(command, lambda: self.said.emit(said))

    def _say_chosen(self) -> None:
        count = len(self.list.selectionModel().selectedIndexes())
        sentence = ngettext(
            "{number} notitie geselecteerd · H verbergt of toont · Enter wijzigt de tekst",
            "{number} notities geselecteerd · H verbergt of toont · A keurt goed",
            count,
        )
        self.said.emit(sentence if count else "")

    def _say_newer(self, count: int) -> None:
        self.newer.setText(ngettext("{number} nieuwe notitie", "{number} nieuwe notities", count))
        self.newer.setVisible(count > 0)
        self._place_newer()

    def begin_search(self) -> None:
        """Type what to look for."""
        self.search.begin()

    def _end_search(self) -> None:
        self.look()
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def begin_entry(self) -> None:
        """Type over what is on paper."""
        self.entry.text.setFocus(Qt.FocusReason.ShortcutFocusReason)


LINES: Final = (
    Line(N_("Zoeken"), {"Ctrl+F": NotesPage.begin_search}),
    Line(N_("Van papier overtypen"), {"Ctrl+N": NotesPage.begin_entry}),
)
