"""What can be done with one note and with the device that wrote it; the last of it cannot be undone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget

from facilitator.i18n import _
from facilitator.kernel.errors import FacilitatorError
from facilitator.meeting.ids import NoteId
from facilitator.meeting.merging import head_of, under
from facilitator.meeting.notes import Note
from facilitator.meeting.people import Participant
from ui import theme
from ui.console.devices import device_names
from ui.console.notes_list import NotesList
from ui.console.steering import Steering
from ui.link.calls import Calls
from ui.link.replica import Replica
from ui.widgets.banner import Banner

SHORT: Final = 80  # characters of a note, in a question


class NoteMenu(QObject):
    """The menu of a note. What cannot be undone is asked in a bar over the list, which stops nobody."""

    said = Signal(str)  # a sentence for the status bar
    refused = Signal(object)  # a FacilitatorError

    def __init__(
        self, replica: Replica, calls: Calls, notes: NotesList, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._replica, self._calls, self._notes = replica, calls, notes
        self._steering = Steering(replica, self)
        self._steering.said.connect(self.said)
        self._steering.refused.connect(self.refused)
        self.sure = Banner()
        notes.menu_wanted.connect(self.show)

    def show(self, key: NoteId, at: QPoint) -> None:
        """Open the menu of this note."""
        menu = self.menu(self._notes, key)
        menu.popup(at)

    def menu(self, parent: QWidget, key: NoteId) -> QMenu:
        """What can be done with this note."""
        notes, note = self._notes, self._replica.state.get(Note, key)
        menu = QMenu(parent)
        menu.aboutToHide.connect(menu.deleteLater)
        _entry(menu, _("Tekst wijzigen"), "pencil", lambda: notes.edit_note(key))
        word, icon = (_("Weer tonen"), "eye") if note.hidden else (_("Verbergen"), "eye-off")
        _entry(menu, word, icon, lambda: notes.toggle(key))
        if not note.approved:
            _entry(menu, _("Goedkeuren"), "check", lambda: notes.acts.approve([key]))
        state = self._replica.state
        if under(state, note) or (not note.hidden and head_of(state, note) is not None):
            _entry(menu, _("Losmaken"), "split", lambda: notes.acts.split([key]))
        menu.addSeparator()
        writer = self._replica.state.find(Participant, note.author)
        if writer is not None and writer.muted:
            name = device_names(self._replica.state)[writer.id]
            word = _("Niet meer dempen: {name}").format(name=name.replace("&", "&&"))
            _entry(menu, word, "volume-2", lambda: self._unmute(writer, name))
        else:
            word = _("Demp het toestel dat dit schreef")
            _entry(menu, word, "volume-x", lambda: self.mute(key))
        menu.addSeparator()
        _entry(menu, _("Zwart maken…"), "square", lambda: self.ask_black_out(key))
        return menu

    def mute(self, key: NoteId) -> None:
        """Mute the device that wrote this note, where the engine knows which it was."""
        told = _(
            "Het toestel is gedempt: wat het nog schrijft, ziet alleen u. Terugdraaien kan bij "
            "Rondes, aan de tafel."
        )
        self._calls.mute_writer(key, self._then(told))

    def ask_black_out(self, key: NoteId) -> None:
        """Say what is going to happen; nothing happens before the button in the bar is pressed."""
        note = self._replica.state.get(Note, key)
        text = note.text.replace("\n", " ")
        short = text if len(text) <= SHORT else f"{text[:SHORT].rstrip()}…"
        told = _(
            "“{text}” wordt overal zwart: op de telefoons, in het verslag en in de reservekopieën. "
            "Dit is niet terug te draaien."
        )
        action = _("Zwart maken") if note.hidden else _("Zwart maken en verbergen")
        self.sure.tell(told.format(text=short), action, lambda: self._black_out(key))

    def _black_out(self, key: NoteId) -> None:
        note = self._replica.state.find(Note, key)
        if note is not None and not note.hidden:
            self._notes.acts.hide([key])  # a black line tells the hall nothing
        self.said.emit(_("De notitie wordt overal zwart gemaakt…"))
        self._calls.black_out(key, self._then(_("De notitie is zwart gemaakt.")))

    def _unmute(self, writer: Participant, name: str) -> None:
        self._steering.mute(writer, name, muted=False)

    def _then(self, told: str) -> Callable[[FacilitatorError | None], None]:
        def heard(error: FacilitatorError | None) -> None:
            if error is None:
                self.said.emit(told)
            else:
                self.refused.emit(error)

        return heard


def _entry(menu: QMenu, text: str, icon: str, does: Callable[[], object]) -> None:
    action = menu.addAction(theme.icon(icon, theme.palette(light=True).ink), text)
    action.triggered.connect(lambda _on=False: does())
