"""The two buttons “Ongedaan maken” and “Opnieuw”, which say what they would take back."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QPushButton

from facilitator.i18n import N_, _
from facilitator.kernel.entry import Entry
from facilitator.kernel.history import History
from ui.link.replica import Replica
from ui.widgets.buttons import button

_VERBS: Final = {
    "add": N_("{thing} toevoegen"),
    "edit": N_("{thing} wijzigen"),
    "move": N_("{thing} verplaatsen"),
    "remove": N_("{thing} weghalen"),
}
_THINGS: Final = {
    "meeting": N_("gegevens"),
    "step": N_("programmaonderdeel"),
    "theme": N_("thema"),
    "table": N_("tafel"),
    "participant": N_("deelnemer"),
    "category": N_("categorie"),
    "note": N_("notitie"),
    "check_in": N_("inchecken"),
    "explanation": N_("toelichting"),
    "decision": N_("besluit"),
    "open_task": N_("opgave"),
    "agreement": N_("afspraak"),
    "follow_up": N_("wat ermee gedaan is"),
    "frame": N_("kader"),
    "proposal": N_("voorstel"),
    "response": N_("reactie op een voorstel"),
    "option": N_("keuze om op te stemmen"),
    "photo": N_("foto"),
}
_WHOLE: Final = {
    "add_tables": N_("tafels toevoegen"),
    "place_notes": N_("notities verplaatsen"),
    "hide_notes": N_("notities verbergen of tonen"),
    "approve_notes": N_("notities goedkeuren"),
    "merge_notes": N_("notities samenvoegen"),
    "split_notes": N_("notities losmaken"),
    "mark_conclusion": N_("conclusie markeren"),
    "settle_explanation": N_("toelichting kiezen"),
    "write_hand_over": N_("overdracht schrijven"),
}


def what_it_was(command: str) -> str:
    """What somebody did, by the tag of the command: “notities verplaatsen”."""
    if command in _WHOLE:
        return _(_WHOLE[command])
    verb, _line, thing = command.partition("_")
    if verb in _VERBS and thing in _THINGS:
        return _(_VERBS[verb]).format(thing=_(_THINGS[thing]))
    return _("de laatste handeling")


class TakingBack(QObject):
    """The buttons, kept true to what can be taken back and done again."""

    def __init__(self, replica: Replica, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._replica = replica
        self.undo: QPushButton = button(_("Ongedaan maken"), "undo-2", replica.undo)
        self.redo: QPushButton = button(_("Opnieuw"), "redo-2", replica.redo)
        replica.loaded.connect(self.refresh)
        replica.skipped.connect(self.refresh)
        replica.applied.connect(self._applied)
        self.refresh()

    def refresh(self) -> None:
        """Say what would be taken back, and done again."""
        replica = self._replica
        for made, entry, key in (
            (self.undo, replica.undo_entry(), "Ctrl+Z"),
            (self.redo, replica.redo_entry(), "Ctrl+Y"),
        ):
            made.setEnabled(entry is not None)
            tip = ""
            if entry is not None:
                act = what_it_was(_first(entry, replica.state.history).command)
                tip = f"{act[:1].upper()}{act[1:]} · {key}"
            made.setToolTip(tip)

    def _applied(self, entry: Entry) -> None:
        if entry.actor == self._replica.actor:
            self.refresh()


def _first(entry: Entry, history: History) -> Entry:
    """What began it: taking back is named after what it took back."""
    while entry.undoes is not None:
        earlier = history.find(entry.undoes)
        if earlier is None:
            break
        entry = earlier
    return entry
