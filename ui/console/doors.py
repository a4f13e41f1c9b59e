"""Inloop: people come in and scan. Where they scan, and who is in."""

from __future__ import annotations

from typing import ClassVar, Final
from uuid import uuid4

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QStackedWidget,
    QTableView,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from facilitator.i18n import N_, _, ngettext
from facilitator.meeting.meeting import Phase, the_meeting
from facilitator.meeting.people import Participant, inside
from facilitator.meeting.projector import SceneName, ShowScene
from facilitator.meeting.tables import Table
from ui import theme
from ui.console.address_choice import AddressChoice, AddressQuestion
from ui.console.codes import TableCodes
from ui.console.page import Page
from ui.console.present import PeopleModel, TablesModel
from ui.console.way_in import WayIn
from ui.console.words import how_to_reopen
from ui.link.address import reachable, typed_address
from ui.link.replica import Replica
from ui.widgets.buttons import button
from ui.widgets.frames import Card, Empty, TitleRow
from ui.widgets.labels import ElidedLabel, label
from ui.widgets.qr_code import QrCode

CALM: Final = 150  # ms in which arrivals are gathered
NARROW: Final = 360  # pixels; the card with the code
WIDE: Final = 560
NO_NETWORK: Final = N_(
    "Deze laptop zit op geen netwerk, dus telefoons kunnen niet binnenkomen. Ga op de wifi van de "
    "zaal, of zet een hotspot aan."
)
LEAST: Final = 120  # of the code, where all else has to stand there too


class DoorsPage(Page):
    """The code to scan, the address to type, and who is in."""

    title: ClassVar[str] = N_("Inloop")
    icon: ClassVar[str] = "qr-code"

    def __init__(self, replica: Replica, way_in: WayIn, parent: QWidget | None = None) -> None:
        super().__init__(replica, parent)
        self._way_in = way_in
        self._table: Table | None = None
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(CALM)
        self._calm.timeout.connect(self.refresh)
        self.tables = TablesModel(self)
        self.people = PeopleModel(self)
        self._build()
        replica.address_changed.connect(lambda _url: self._show_code())
        replica.loaded.connect(self.refresh)
        replica.applied.connect(lambda _entry: self._calm.isActive() or self._calm.start())
        self.refresh()

    # Building

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(
            theme.space("l"), theme.space("s"), theme.space("l"), theme.space("l")
        )
        column.setSpacing(theme.space("m"))
        show = button(_("Toon op beamer"), "presentation", self._show_in_hall)
        codes = button(_("Alle tafelcodes"), "qr-code", self.show_codes)
        self.check = button(
            _("Controleer met een telefoon"), "smartphone", lambda: self._way_in.check(self)
        )
        self.check.setEnabled(self._way_in.trial is not None)
        column.addWidget(TitleRow(_(self.title), (show, codes, self.check)))
        self.question = AddressQuestion(self._way_in.addresses)
        column.addWidget(self.question)
        row = QHBoxLayout()
        row.setSpacing(theme.space("l"))
        row.addWidget(self._code_card(), 2)
        row.addWidget(self._people_card(), 3)
        column.addLayout(row, 1)

    def _code_card(self) -> QWidget:
        card = Card()
        card.setMinimumWidth(NARROW)
        card.setMaximumWidth(WIDE)
        middle = Qt.AlignmentFlag.AlignHCenter
        self.whose = ElidedLabel(name="heading")
        self.whose.setAlignment(middle)
        card.body.addWidget(self.whose)
        how = f"{_('Niemand kan nu binnenkomen.')} {how_to_reopen()}"
        self.shut = Empty("lock", _("De bijeenkomst is gesloten"), how)
        card.body.addWidget(self.shut, 1)
        self.qr = QrCode()
        self.qr.setMinimumSize(LEAST, LEAST)
        card.body.addWidget(self.qr, 1)
        self.typed = label(name="heading")
        self.typed.setAlignment(middle)
        self.typed.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        card.body.addWidget(self.typed)
        self.how = label(name="muted", wraps=True)
        self.how.setAlignment(middle)
        card.body.addWidget(self.how)
        self.general = button(
            _("Terug naar de algemene code"), "arrow-left", self._clear_table, small=True
        )
        card.body.addWidget(self.general)
        card.body.addSpacing(theme.space("s"))
        self.address = AddressChoice(self.replica, self._way_in.addresses, narrow=True)
        self.address.said.connect(self.said)
        self.question.chosen.connect(self.address.choose)
        card.body.addWidget(self.address)
        return card

    def _people_card(self) -> QWidget:
        card = Card()
        row = QHBoxLayout()
        row.setSpacing(theme.space("m"))
        self.number = QLabel()
        self.number.setFont(theme.font(theme.size("display"), theme.BOLD, clock=True))
        row.addWidget(self.number)
        words = QVBoxLayout()
        words.setSpacing(0)
        self.inside = label(name="strong")
        self.spread = label(name="muted")
        words.addStretch(1)
        words.addWidget(self.inside)
        words.addWidget(self.spread)
        words.addStretch(1)
        row.addLayout(words, 1)
        card.body.addLayout(row)
        self.tabs = QTabWidget()
        self.tables_view = _view(_("Tafels"))
        self.tables_view.setModel(self.tables)
        self.tables_view.selectionModel().currentRowChanged.connect(self._pick)
        self.people_view = _view(_("Deelnemers"))
        self.people_view.setModel(self.people)
        for view, stretched in ((self.tables_view, 1), (self.people_view, 0)):
            header = view.horizontalHeader()
            header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
            header.setSectionResizeMode(stretched, QHeaderView.ResizeMode.Stretch)
            header.setResizeContentsPrecision(0)
        no_tables = Empty(
            "armchair",
            _("Nog geen tafels"),
            _("Maak bij Voorbereiden de tafels. Elke tafel krijgt een eigen code."),
        )
        nobody = Empty(
            "users",
            _("Nog niemand binnen"),
            _("Laat de code op de beamer zien. Wie scant, staat hier direct."),
        )
        self.by_table = _stack(self.tables_view, no_tables)
        self.by_name = _stack(self.people_view, nobody)
        self.tabs.addTab(self.by_table, _("Per tafel"))
        self.tabs.addTab(self.by_name, _("Namen"))
        card.body.addWidget(self.tabs, 1)
        return card

    # Showing

    def refresh(self) -> None:
        """Build anew from the replica."""
        if not self.replica.ready:
            return
        state = self.replica.state
        meeting = the_meeting(state)
        people = state.all(Participant)
        came = inside(state)
        self.number.setText(str(came))
        self.inside.setText(_inside(meeting.phase, came))
        taken = {person.table for person in people if person.table is not None}
        self.spread.setText(
            _("{taken} van {total} tafels bezet").format(
                taken=len(taken), total=len(state.all(Table))
            )
        )
        self.tables.show(state)
        self.people.show(state)
        self.tabs.setTabText(1, _("Namen") if meeting.named else _("Toestellen"))
        self.by_table.setCurrentIndex(0 if self.tables.rowCount() else 1)
        self.by_name.setCurrentIndex(0 if self.people.rowCount() else 1)
        if self._table is not None:
            self._table = state.find(Table, self._table.id)
        self._show_code()

    def _show_code(self) -> None:
        url = self.replica.address
        table = self._table
        code = table.code if table is not None else ""
        online = reachable(url)
        self.qr.encode((f"{url}/{code}" if code else url) if online else "")
        self.typed.setText(typed_address(url, code) if online else "")
        closed = self.replica.ready and the_meeting(self.replica.state).phase is Phase.CLOSED
        self.general.setVisible(table is not None and not closed)
        self.shut.setVisible(closed)
        for widget in (self.whose, self.qr, self.typed, self.how, self.address):
            widget.setVisible(not closed)
        if table is None:
            self.whose.say(_("Scan om mee te doen"))
            how = N_("Wie geen camera heeft, typt dit adres en de code van de tafel.")
        else:
            name = _("Tafel {number}").format(number=table.number)
            self.whose.say(f"{name} · {table.name}" if table.name else name)
            how = N_("Deze code brengt een telefoon direct naar deze tafel.")
        if not online:
            how = NO_NETWORK
        self.how.setText(" ".join(part for part in (self._wifi(), _(how)) if part))

    def _wifi(self) -> str:
        """What has to be done first, where the network is known."""
        meeting = the_meeting(self.replica.state) if self.replica.ready else None
        if meeting is None or not meeting.wifi_name:
            return ""
        if not meeting.wifi_password:
            return _("Eerst op wifi {name}.").format(name=meeting.wifi_name)
        return _("Eerst op wifi {name}, met wachtwoord {password}.").format(
            name=meeting.wifi_name, password=meeting.wifi_password
        )

    # Doing

    def show_codes(self) -> None:
        """All tables with their codes, on one large sheet."""
        TableCodes(self.replica, self.window()).show()

    def _show_in_hall(self) -> None:
        self.replica.send(ShowScene(id=uuid4(), scene=SceneName.DOORS))
        self.said.emit(_("De zaal ziet nu de code."))

    def _pick(self, index: QModelIndex) -> None:
        self._table = self.tables.table(index.row()) if index.isValid() else None
        self._show_code()

    def _clear_table(self) -> None:
        self.tables_view.clearSelection()
        self.tables_view.setCurrentIndex(QModelIndex())
        self._table = None
        self._show_code()


def _inside(phase: Phase, people: int) -> str:
    match phase:
        case Phase.PREPARING:
            return _("De deuren zijn nog dicht. Open ze rechtsboven.")
        case Phase.LIVE:
            return ngettext("deelnemer is binnen", "deelnemers zijn binnen", people)
        case Phase.CLOSED:
            return ngettext("deelnemer was binnen", "deelnemers waren binnen", people)


def _stack(view: QWidget, empty: QWidget) -> QStackedWidget:
    stack = QStackedWidget()
    stack.addWidget(view)
    stack.addWidget(empty)
    return stack


def _view(name: str) -> QTableView:
    view = QTableView()
    view.setAccessibleName(name)
    view.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QTableView.SelectionMode.SingleSelection)
    view.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
    view.setShowGrid(False)
    view.setProperty("flat", True)
    view.setTabKeyNavigation(False)
    view.setWordWrap(False)
    view.verticalHeader().hide()
    view.verticalHeader().setDefaultSectionSize(theme.tokens()["size"]["button"])
    header = view.horizontalHeader()
    header.setHighlightSections(False)
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    return view
