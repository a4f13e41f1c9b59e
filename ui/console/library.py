"""The start screen: the list of meetings, and what can be done with each."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from facilitator.i18n import LANGUAGES, _, ngettext, words
from facilitator.kernel.errors import FacilitatorError
from facilitator.meeting.ids import MeetingId
from ui import theme
from ui.console.meetings import MeetingsModel, MeetingsView, changed
from ui.console.new_meeting import NewMeeting
from ui.console.questions import Answer, ask
from ui.console.saying import sentence
from ui.link.files import FileKind
from ui.link.summary import Plan, Summary
from ui.widgets.banner import Banner
from ui.widgets.buttons import button
from ui.widgets.frames import Empty, TitleRow
from ui.widgets.labels import label
from ui.widgets.saving import safe_name, save

if TYPE_CHECKING:  # the network is loaded after the first paint
    from ui.link.library import Library


class LibraryPage(QWidget):
    """What is seen when the app starts."""

    opened = Signal(object)  # a MeetingId
    language_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("root")
        self.library: Library | None = None
        self.meetings = MeetingsModel(self)
        self._select: MeetingId | None = None
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._build()
        self.setFocus()
        self.wait()

    # Building

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(*(theme.space("xxl"),) * 2, *(theme.space("xxl"),) * 2)
        column.setSpacing(theme.space("m"))
        self.new_button = button(_("Nieuwe bijeenkomst"), "plus", self.ask_new, primary=True)
        self.import_button = button(_("Bestand binnenhalen"), "upload", self.ask_file)
        self.sample_button = button(
            _("Voorbeeld"), "book-open", self.add_sample, tip=_("Zet een voorbeeld in de lijst")
        )
        self.language = QComboBox()
        self.language.setAccessibleName(_("Taal van de app"))
        self.language.setToolTip(_("Taal van de app"))
        for code, name in LANGUAGES.items():
            self.language.addItem(name, code)
        self.language.setCurrentIndex(self.language.findData(words().language))
        self.language.activated.connect(
            lambda place: self.language_chosen.emit(self.language.itemData(place))
        )
        column.addWidget(
            TitleRow(
                _("Bijeenkomsten"),
                right=(self.language, self.sample_button, self.import_button, self.new_button),
            )
        )
        self.banner = Banner()
        column.addWidget(self.banner)
        self.stack = QStackedWidget()
        self.starting = Empty("coffee", _("Even geduld"), _("De bijeenkomsten worden geopend."))
        self.stack.addWidget(self.starting)
        self.stack.addWidget(self._first_time())
        self.stack.addWidget(self._list())
        column.addWidget(self.stack, 1)

    def _first_time(self) -> QWidget:
        self.first_sample = button(_("Voorbeeld bekijken"), "book-open", self.open_sample)
        return Empty(
            "coffee",
            _("Welkom"),
            _(
                "Hier komen uw bijeenkomsten te staan. Bekijk eerst het voorbeeld: een verzonnen "
                "leersessie met thema’s, notities, afspraken en een verslag. Of begin zelf met "
                "Nieuwe bijeenkomst."
            ),
            self.first_sample,
        )

    def _list(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.space("m"))
        self.view = MeetingsView(self.meetings)
        self.view.chosen.connect(self._open)
        self.view.selectionModel().selectionChanged.connect(lambda *_: self._selected())
        column.addWidget(self.view, 1)
        column.addLayout(self._foot())
        return holder

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.space("s"))
        self.open_button = button(_("Openen"), "folder-open", self.open_selected)
        self.copy_button = button(_("Kopiëren"), "copy", self.copy_selected)
        self.export_button = button(_("Bewaren als bestand"), "download")
        menu = QMenu(self.export_button)
        menu.addAction(_("Bijeenkomst (.cafe)"), lambda: self.ask_export("cafe"))
        menu.addAction(_("Platte tekst (.json)"), lambda: self.ask_export("json"))
        self.export_button.setMenu(menu)
        self.delete_button = button(_("Verwijderen"), "trash-2", self.ask_delete, danger=True)
        self.number = label(name="muted")
        for widget in (self.open_button, self.copy_button, self.export_button):
            row.addWidget(widget)
        row.addWidget(self.delete_button)
        row.addStretch(1)
        row.addWidget(self.number)
        return row

    def _buttons(self) -> tuple[QPushButton, ...]:
        return (self.new_button, self.import_button, self.sample_button)

    # Showing

    def wait(self) -> None:
        """The engine is not there yet."""
        self.library = None
        self.stack.setCurrentIndex(0)
        for widget in self._buttons():
            widget.setEnabled(False)

    def serve(self, library: Library) -> None:
        """The engine is there."""
        self.library = library
        self.banner.clear()
        for widget in self._buttons():
            widget.setEnabled(True)
        self.refresh()

    def fail(self, error: FacilitatorError, again: Callable[[], None]) -> None:
        """The engine does not come; say why, and offer to try again."""
        self.wait()
        self.starting.title.setText(_("De motor start niet"))
        self.starting.sentence.setText(_("Uw bijeenkomsten zijn bewaard en worden niet geraakt."))
        self.banner.tell(sentence(error), _("Opnieuw proberen"), again, stays=True)

    def refresh(self) -> None:
        """Ask the engine for the list."""
        if self.library is not None:
            self.library.list(self._listed)

    def _listed(self, meetings: list[Summary] | None, error: FacilitatorError | None) -> None:
        if meetings is None:
            self.trouble(error)
            return
        keep = self._select or self._current_id()
        self._select = None
        self.meetings.show(meetings)
        self.stack.setCurrentIndex(2 if meetings else 1)
        rows = [row for row, one in enumerate(self.meetings.meetings) if one.id == keep]
        if meetings:
            self.view.selectRow(rows[0] if rows else 0)
            self.view.setFocus()
        else:
            self.first_sample.setFocus()
        self.number.setText(
            ngettext("{number} bijeenkomst", "{number} bijeenkomsten", len(meetings))
        )
        self._selected()

    def current(self) -> Summary | None:
        """The meeting that is selected."""
        rows = self.view.selectionModel().selectedRows()
        return self.meetings.meetings[rows[0].row()] if rows else None

    def _current_id(self) -> MeetingId | None:
        current = self.current()
        return current.id if current is not None else None

    def _selected(self) -> None:
        current = self.current()
        for widget in (self.open_button, self.copy_button, self.export_button):
            widget.setEnabled(current is not None)
        live = current is not None and current.phase == "live"
        self.delete_button.setEnabled(current is not None and not live)
        self.delete_button.setToolTip(_("Sluit de bijeenkomst eerst.") if live else "")

    def trouble(self, error: FacilitatorError | None) -> None:
        """Say what went wrong."""
        if error is not None:
            self.banner.tell(sentence(error))

    # Doing

    def _open(self, row: int) -> None:
        self.opened.emit(self.meetings.meetings[row].id)

    def open_selected(self) -> None:
        """Open the meeting that is selected."""
        current = self.current()
        if current is not None:
            self.opened.emit(current.id)

    def _made(self, meeting: MeetingId | None, error: FacilitatorError | None) -> None:
        """A meeting was added: show it in the list."""
        self._select = meeting
        self.trouble(error)
        self.refresh()

    def _made_and_open(self, meeting: MeetingId | None, error: FacilitatorError | None) -> None:
        self._made(meeting, error)
        if meeting is not None:
            self.opened.emit(meeting)

    def ask_new(self) -> NewMeeting:
        """Ask how the new meeting is to begin."""
        dialog = NewMeeting(self.window())
        dialog.planned.connect(self.make)
        dialog.open()
        return dialog

    def make(self, plan: Plan) -> None:
        """Make a meeting and open it."""
        if self.library is not None:
            self.library.new(plan, self._made_and_open)

    def add_sample(self) -> None:
        """Put the sample in the list."""
        if self.library is not None:
            self.library.sample(self._made)

    def open_sample(self) -> None:
        """Put the sample in the list and open it."""
        if self.library is not None:
            self.library.sample(self._made_and_open)

    def copy_selected(self) -> None:
        """Make a meeting like the one that is selected."""
        current = self.current()
        if current is not None and self.library is not None:
            title = _("{title} (kopie)").format(title=current.title)
            self.library.copy(current.id, title, self._made)

    def ask_delete(self) -> None:
        """Removing cannot be undone, so it is asked."""
        current = self.current()
        if current is None:
            return
        ask(
            self.window(),
            _("Bijeenkomst verwijderen?"),
            _(
                "“{title}”, het laatst gewijzigd {when}, verdwijnt met alle notities, ook uit het "
                "verslag. Dit is niet terug te draaien. Bewaar eerst een bestand als u twijfelt."
            ).format(title=current.title, when=changed(current)),
            Answer(_("Laten staan"), None, "primary"),
            Answer(_("Verwijderen"), lambda: self.delete(current.id), "danger"),
        )

    def delete(self, meeting: MeetingId) -> None:
        """Remove a meeting for good."""

        def heard(error: FacilitatorError | None) -> None:
            self.trouble(error)
            self.refresh()

        if self.library is not None:
            self.library.delete(meeting, heard)

    def ask_file(self) -> QFileDialog:
        """Ask which file to bring in."""
        dialog = QFileDialog(self, _("Bestand binnenhalen"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(_("Bijeenkomst (*.cafe *.json)"))
        dialog.fileSelected.connect(lambda name: self.bring_in(Path(name)))
        dialog.open()
        return dialog

    def bring_in(self, path: Path) -> None:
        """Make a meeting of a file."""
        try:
            file = path.read_bytes()
        except OSError as error:
            self.banner.tell(
                _("Dit bestand kan niet gelezen worden: {why}").format(why=error.strerror)
            )
            return
        if self.library is not None:
            self.library.bring_in(file, self._made)

    def ask_export(self, kind: FileKind) -> None:
        """Ask where the file goes."""
        current = self.current()
        if current is None:
            return
        dialog = QFileDialog(self, _("Bewaren als bestand"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(kind)
        dialog.setNameFilter(_("Bijeenkomst (*.{kind})").format(kind=kind))
        dialog.selectFile(f"{safe_name(current.title)}.{kind}")
        dialog.fileSelected.connect(lambda name: self.export(current.id, kind, Path(name)))
        dialog.open()

    def export(self, meeting: MeetingId, kind: FileKind, path: Path) -> None:
        """Write a meeting to a file."""

        def heard(file: bytes | None, error: FacilitatorError | None) -> None:
            if file is None:
                self.trouble(error)
                return
            wrong = save(path, file)
            if wrong:
                self.banner.tell(wrong)
            else:
                self.banner.tell(_("Bewaard: {name}").format(name=path.name), tone="ok")

        if self.library is not None:
            self.library.file(meeting, kind, heard)
