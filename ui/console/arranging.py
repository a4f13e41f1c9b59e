"""Ordenen: the matrix, in which notes are put in categories."""

from __future__ import annotations

from typing import ClassVar, Final
from uuid import UUID, uuid4

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from facilitator.i18n import N_, _, ngettext
from facilitator.kernel.entry import Entry
from facilitator.meeting.categories import Category, rows
from facilitator.meeting.ids import CategoryId, NoteId, ThemeId
from facilitator.meeting.notes import Cell
from facilitator.meeting.projector import SceneName, ShowScene
from facilitator.meeting.themes import themes
from ui import theme
from ui.board.acts import NoteActs
from ui.board.categories import CategoryActs
from ui.board.layout import Box
from ui.board.menus import menu_at
from ui.board.model import BoardModel
from ui.board.view import BoardView
from ui.console.categories_panel import CategoriesPanel
from ui.console.editing import Editing
from ui.console.kept_words import KeptWords
from ui.console.page import Page
from ui.console.searching import SearchField
from ui.console.taking_back import TakingBack
from ui.keys import Line, listen
from ui.link.replica import Replica
from ui.widgets.banner import Banner
from ui.widgets.buttons import button
from ui.widgets.frames import Empty, TitleRow


class ArrangingPage(Page):
    """The board with what belongs to it."""

    title: ClassVar[str] = N_("Ordenen")
    icon: ClassVar[str] = "layout-grid"
    voting_wanted = Signal()  # to look at the vote

    def __init__(self, replica: Replica, parent: QWidget | None = None) -> None:
        super().__init__(replica, parent)
        self.model = BoardModel(replica, self)
        self.acts = NoteActs(replica, self.model, self)
        self.categories = CategoryActs(replica, self.acts)
        self.view = BoardView(self.model, self.acts)
        self.taking_back = TakingBack(replica, self)
        self.search = SearchField(_("Ctrl+F zoekt, F3 gaat naar de volgende"))
        self.hall_menu = QMenu(self)
        self.category_menu = QMenu(self)
        self.panel = CategoriesPanel(Editing(replica, self))
        self.hint = Banner()
        self.kept = KeptWords(replica)
        self._found: list[NoteId] = []
        self._build()
        self._connect()
        self.refresh()

    # --- what it looks like

    def _build(self) -> None:
        page = QVBoxLayout(self)
        page.setContentsMargins(theme.space("l"), theme.space("s"), theme.space("s"), 0)
        page.setSpacing(theme.space("s"))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.show_button = button(_("Toon op beamer"), "presentation", self.show_matrix)
        more = button("", "chevron-down", tip=_("Eén thema op de beamer"))
        more.setMenu(self.hall_menu)
        pair = QWidget()
        row = QHBoxLayout(pair)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self.show_button)
        row.addWidget(more)
        self.category_button = button(_("Categorie"), "plus")
        self.category_button.setMenu(self.category_menu)
        back = self.taking_back
        self.vote_button = button("", "vote", self.voting_wanted.emit, tip=_("Stemmen"))
        buttons = (back.undo, back.redo, pair, self.category_button, self.vote_button)
        row_of_title = TitleRow(_(self.title), buttons, (self.search,))
        row_of_title.layout().setContentsMargins(0, 0, theme.space("s"), 0)  # type: ignore[union-attr]
        page.addWidget(row_of_title)
        page.addWidget(self.hint)
        page.addWidget(self.kept)
        beside = QWidget()
        columns = QHBoxLayout(beside)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.addWidget(self.view, 1)
        columns.addWidget(self.panel)
        self.panel.hide()
        self.stack = QStackedWidget()
        self.no_themes = Empty(
            "columns-3",
            _("Er zijn nog geen thema’s"),
            _("Elk thema wordt een kolom. Maak ze bij 1 Voorbereiden."),
        )
        self.stack.addWidget(beside)
        self.stack.addWidget(self.no_themes)
        page.addWidget(self.stack, 1)

    def _connect(self) -> None:
        view, acts = self.view, self.acts
        acts.said.connect(self.said)
        acts.done.connect(self.done)
        acts.refused.connect(self.trouble)
        acts.unsaved.connect(self.kept.hold)
        view.rescue.lost.connect(self.kept.hold)
        self.kept.said.connect(self.said)
        self.kept.refused.connect(self.trouble)
        self.panel.editing.troubled.connect(self.trouble)
        self.panel.said.connect(self.said)
        self.panel.closed.connect(self._panel_closed)
        view.chosen_changed.connect(self._say_chosen)
        view.menu_wanted.connect(self._show_menu)
        view.title_typed.connect(self._renamed)
        view.category_typed.connect(self.categories.add)
        self.replica.applied.connect(self._applied)
        self.replica.loaded.connect(self.refresh)
        self.search.returnPressed.connect(self.find_next)
        self.search.wanted.connect(self.look_for)
        self.search.left.connect(self._end_search)
        self.hall_menu.aboutToShow.connect(self._fill_hall_menu)
        self.category_menu.aboutToShow.connect(self._fill_category_menu)
        listen(LINES, self)

    # --- what happens

    def entered(self) -> None:
        """The keyboard is for the board, and for no button while there is none."""
        target = self.view if self.view.isVisible() else self
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Say what is missing, and show the rest."""
        state = self.replica.state
        some = bool(themes(state)) or self.model.rowCount() > 0
        self.stack.setCurrentIndex(0 if some else 1)
        wanted = ""
        if some and self.model.rowCount() == 0:
            wanted = _("Er zijn nog geen notities. Ze verschijnen hier zodra iemand schrijft.")
        elif some and not state.all(Category):
            wanted = _(
                "Er zijn nog geen categorieën. Maak ze per thema, of als rij over alle thema’s."
            )
        if wanted == self.hint.text.text():
            return
        if not wanted:
            self.hint.clear()
            return
        action = _("Rij toevoegen") if self.model.rowCount() else ""
        self.hint.tell(wanted, action, self._row_wanted, tone="plain", stays=True)

    def _row_wanted(self) -> None:
        self.refresh()
        QTimer.singleShot(0, self.view, self.view.add_row)  # after the banner has its place again

    def _applied(self, _entry: Entry) -> None:
        self.refresh()
        if self.search.text():
            self.search.look_soon()

    def _say_chosen(self) -> None:
        count = len(self.view.selectionModel().selectedIndexes())
        sentence = ngettext(
            "{number} notitie geselecteerd · Ctrl+Shift+pijl verplaatst naar de cel ernaast",
            "{number} notities geselecteerd · M voegt ze samen, Ctrl+Shift+pijl verplaatst ze",
            count,
        )
        self.said.emit(sentence if count else "")

    # --- the hall

    def show_matrix(self, of: ThemeId | None = None) -> None:
        """Show the matrix in the hall, or the part of one theme."""
        command = ShowScene(id=uuid4(), scene=SceneName.MATRIX, theme=of)
        said = _("De matrix staat op de beamer")
        self.acts.send(command, lambda: self.said.emit(said))

    def _fill_hall_menu(self) -> None:
        menu = self.hall_menu
        menu.clear()
        whole = menu.addAction(_("Hele matrix"))
        whole.triggered.connect(lambda _on=False: self.show_matrix())
        menu.addSeparator()
        for number, known in enumerate(themes(self.replica.state), start=1):
            action = menu.addAction(f"{number}  {known.title}".replace("&", "&&"))
            action.triggered.connect(lambda _on=False, key=known.id: self.show_matrix(key))

    # --- categories

    def _fill_category_menu(self) -> None:
        menu = self.category_menu
        menu.clear()
        ink = theme.palette(light=True).ink
        row = menu.addAction(theme.icon("rows-3", ink), _("Rij over alle thema’s"))
        row.triggered.connect(lambda _on=False: self.view.add_row())
        menu.addSection(_("Bij één thema"))
        for number, known in enumerate(themes(self.replica.state), start=1):
            action = menu.addAction(f"{number}  {known.title}".replace("&", "&&"))
            action.triggered.connect(lambda _on=False, key=known.id: self.view.add_category(key))
        self._offer_rows(menu)
        menu.addSeparator()
        panel = menu.addAction(_("Alle categorieën naast de matrix"))
        panel.setCheckable(True)
        panel.setChecked(self.panel.isVisible())
        panel.triggered.connect(self.panel.setVisible)

    def _offer_rows(self, menu: QMenu) -> None:
        """The rows stand under what the themes have of their own, so one can go there at once."""
        columns = themes(self.replica.state)
        across = rows(self.replica.state)
        if columns and across:
            menu.addSection(_("Ga naar de rij"))
        for row in across if columns else ():
            action = menu.addAction(row.title.replace("&", "&&"))
            cell: Cell = (columns[0].id, row.id)
            action.triggered.connect(lambda _on=False, cell=cell: self.view.go_to_cell(cell))

    def _panel_closed(self) -> None:
        self.panel.hide()
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _renamed(self, cell: Cell, title: str) -> None:
        if cell[1] is not None:
            self.categories.rename(CategoryId(UUID(str(cell[1]))), title)

    def _show_menu(self, box: Box | None, note: NoteId | None, at: QPoint) -> None:
        menu = menu_at(self.view, self.categories, box, note)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at)

    # --- searching

    def begin_search(self) -> None:
        """Type what to look for."""
        self.search.begin()

    def _end_search(self) -> None:
        self.look_for()
        self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def look_for(self) -> None:
        """Dim what does not hold the words."""
        self.search.looked()
        wanted = self.search.text().strip().casefold()
        if not wanted:
            self._found = []
            self.view.dim_all_but(None)
            return
        boxes = self.view.layout_now().boxes
        self._found = [
            note for box in boxes for note in box.notes if self.model.holds(note, wanted)
        ]
        self.view.dim_all_but(set(self._found))
        self.said.emit(
            ngettext("{number} notitie gevonden", "{number} notities gevonden", len(self._found))
        )

    def find_next(self) -> None:
        """Go to the next note that was found."""
        self._find(1)

    def find_previous(self) -> None:
        """Go to the one before."""
        self._find(-1)

    def _find(self, step: int) -> None:
        if self.search.waits:
            self.look_for()
        found = [note for note in self._found if self.model.has(note)]
        if not found:
            return
        current = self.view.current()
        first = 0 if step > 0 else -1
        at = found.index(current) + step if current in found else first
        self.view.go_to(found[at % len(found)])


LINES: Final = (
    Line(N_("Zoeken"), {"Ctrl+F": ArrangingPage.begin_search}),
    Line(
        N_("Volgende of vorige gevonden"),
        {"F3": ArrangingPage.find_next, "Shift+F3": ArrangingPage.find_previous},
    ),
)
