"""What the console can do by key, menu and button: one table, and nothing beside it.

A key on its own (Space, B, +) does nothing while somebody types in a field. A clicker sends such
keys too, so none of them does what cannot be taken back.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Protocol
from uuid import uuid4

import msgspec
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from facilitator.i18n import N_, _
from facilitator.meeting.meeting import FreezePhones, OpenDoors, Phase, the_meeting
from facilitator.meeting.programme import (
    AddTime,
    NextStep,
    PauseClock,
    PreviousStep,
    StartClock,
    next_step_of,
    the_clock,
)
from facilitator.meeting.projector import Blacken, Lighten, PreviousScene, the_projector
from ui import keys, theme
from ui.link.replica import Replica

MINUTE: Final = 60


class Desk(Protocol):
    """Where the actions are done: the console with a meeting open."""

    @property
    def replica(self) -> Replica:
        """The meeting."""

    def say(self, sentence: str) -> None:
        """Put a sentence in the status bar."""

    def show_page(self, number: int) -> None:
        """Bring a page into sight; the first is 0."""

    def show_keys(self) -> None:
        """Show the key card."""

    def toggle_hall(self) -> None:
        """Start the projector, or end it."""

    def save_report(self) -> None:
        """Bring the verslag into sight, and ask where the Word file goes."""

    def leave(self) -> None:
        """Go back to the list of meetings."""


class Action(msgspec.Struct, frozen=True):
    """One thing to do: its words, its keys, its icon, and what it does."""

    text: str
    does: Callable[[Desk], None]
    keys: tuple[str, ...] = ()
    icon: str = ""


def _live(desk: Desk) -> bool:
    state = desk.replica.state
    if desk.replica.ready and the_meeting(state).phase is Phase.LIVE:
        return True
    desk.say(_("Dit kan zodra de deuren open zijn."))
    return False


def start_or_pause(desk: Desk) -> None:
    """Let the time run, or stand still."""
    if _live(desk):
        running = the_clock(desk.replica.state).running
        command = PauseClock if running else StartClock
        desk.replica.send(command(id=uuid4()))


def next_step(desk: Desk) -> None:
    """Go on to the next step of the programme. It opens no doors and closes no meeting."""
    if not _live(desk):
        return
    state = desk.replica.state
    if next_step_of(state) is None:
        desk.say(_("Dit is het laatste onderdeel. Sluiten doet u met de knop rechtsboven."))
    else:
        desk.replica.send(NextStep(id=uuid4(), leaving=the_clock(state).step))


def previous_step(desk: Desk) -> None:
    """Go back to the step that was left last."""
    if not _live(desk):
        return
    clock = the_clock(desk.replica.state)
    if clock.before:
        desk.replica.send(PreviousStep(id=uuid4(), leaving=clock.step))
    else:
        desk.say(_("Er is nog geen onderdeel om naar terug te gaan."))


def reopen(desk: Desk) -> None:
    """Let phones write again in a meeting that was closed, or brought from another laptop."""
    meeting = the_meeting(desk.replica.state) if desk.replica.ready else None
    if meeting is not None and meeting.wiped:
        desk.say(_("De persoonsgegevens zijn gewist: deze bijeenkomst blijft gesloten."))
    elif meeting is not None and meeting.phase is Phase.CLOSED:
        desk.replica.send(OpenDoors(id=uuid4()))
        desk.say(_("De bijeenkomst is weer open: telefoons kunnen weer schrijven."))
    else:
        desk.say(_("De bijeenkomst is niet gesloten."))


def freeze_or_thaw(desk: Desk) -> None:
    """Let all phones stand still, or write again. The clock goes on."""
    if _live(desk):
        frozen = the_meeting(desk.replica.state).frozen
        desk.replica.send(FreezePhones(id=uuid4(), frozen=not frozen))


def previous_scene(desk: Desk) -> None:
    """Show again what the hall saw before."""
    desk.replica.send(PreviousScene(id=uuid4()))


def blacken(desk: Desk) -> None:
    """Make the screen black, or lift the black."""
    black = the_projector(desk.replica.state).black
    desk.replica.send(Blacken(id=uuid4(), black=not black))


def lighten(desk: Desk) -> None:
    """Dark letters on light, or the other way round."""
    light = the_projector(desk.replica.state).light
    desk.replica.send(Lighten(id=uuid4(), light=not light))


def _add(desk: Desk, seconds: int) -> None:
    if the_clock(desk.replica.state).step is None:
        desk.say(_("De klok loopt nog niet."))
    else:
        desk.replica.send(AddTime(id=uuid4(), seconds=seconds))


def minute_more(desk: Desk) -> None:
    """A minute more for this step."""
    _add(desk, MINUTE)


def minute_less(desk: Desk) -> None:
    """A minute less for this step."""
    _add(desk, -MINUTE)


def undo(desk: Desk) -> None:
    """Take back the last change."""
    if desk.replica.undo_entry() is None:
        desk.say(_("Er is niets om ongedaan te maken."))
    desk.replica.undo()


def redo(desk: Desk) -> None:
    """Do again what was taken back."""
    if desk.replica.redo_entry() is None:
        desk.say(_("Er is niets om opnieuw te doen."))
    desk.replica.redo()


START_PAUSE: Final = Action(N_("Klok starten of pauzeren"), start_or_pause, ("Space",), "play")
NEXT: Final = Action(N_("Volgende onderdeel"), next_step, ("PgDown",), "skip-forward")
BACK: Final = Action(N_("Eén onderdeel terug"), previous_step, (), "skip-back")
EARLIER: Final = Action(N_("Vorig beeld op de beamer"), previous_scene, ("PgUp",), "history")
BLACK: Final = Action(N_("Zwart scherm"), blacken, ("B", "."), "monitor-off")
LIGHT: Final = Action(N_("Beamer licht of donker"), lighten, ("L",), "sun-moon")
MORE: Final = Action(N_("1 minuut erbij"), minute_more, ("+",), "plus")
LESS: Final = Action(N_("1 minuut eraf"), minute_less, ("-",), "minus")
UNDO: Final = Action(N_("Ongedaan maken"), undo, ("Ctrl+Z",), "undo-2")
REDO: Final = Action(N_("Opnieuw"), redo, ("Ctrl+Y", "Ctrl+Shift+Z"), "redo-2")
HALL: Final = Action(
    N_("Beamer aan of uit"), lambda desk: desk.toggle_hall(), ("F5",), "monitor-up"
)
KEYS: Final = Action(N_("Toetsenkaart"), lambda desk: desk.show_keys(), ("F1",), "keyboard")
FREEZE: Final = Action(N_("Telefoons stilzetten of laten schrijven"), freeze_or_thaw, (), "hand")
REOPEN: Final = Action(N_("Bijeenkomst weer openen"), reopen, (), "lock-open")
LEAVE: Final = Action(N_("Naar de bijeenkomsten"), lambda desk: desk.leave(), (), "library")


def _page(number: int, text: str) -> Action:
    return Action(text, lambda desk: desk.show_page(number), (f"Ctrl+{number + 1}",))


PAGES: Final = (
    _page(0, N_("Voorbereiden")),
    _page(1, N_("Inloop")),
    _page(2, N_("Rondes")),
    _page(3, N_("Notities")),
    _page(4, N_("Ordenen")),
    _page(5, N_("Verslag")),
)

ACTIONS: Final = (
    *(START_PAUSE, MORE, LESS, NEXT, BACK),
    *(BLACK, EARLIER, LIGHT, HALL),
    *(UNDO, REDO, KEYS, FREEZE, REOPEN, LEAVE),
    *PAGES,
)


class Bound:
    """The actions of the table, made for one window."""

    def __init__(self, widget: QWidget, desk: Desk) -> None:
        self._made = {action: _made(action, widget, desk) for action in ACTIONS}
        for action in ACTIONS:
            for key in action.keys:
                _listen(action, key, widget, desk)

    def __getitem__(self, action: Action) -> QAction:
        """What Qt knows of an action: for menus and buttons."""
        return self._made[action]


def key_names(action: Action) -> str:
    """The keys of an action as they stand on the keyboard."""
    return keys.names(action.keys)


def _made(action: Action, widget: QWidget, desk: Desk) -> QAction:
    told = key_names(action)
    made = QAction(f"{_(action.text)}\t{told}" if told else _(action.text), widget)
    if action.icon:
        made.setIcon(theme.icon(action.icon, theme.palette(light=True).ink))
    made.triggered.connect(lambda: action.does(desk))
    return made


def _listen(action: Action, key: str, widget: QWidget, desk: Desk) -> None:
    shortcut = QShortcut(QKeySequence(key), widget)
    shortcut.setAutoRepeat(action in {MORE, LESS, UNDO, REDO})
    bare = _is_bare(key)

    def pressed() -> None:
        if not bare or not _kept_by_field(action):
            action.does(desk)

    shortcut.activated.connect(pressed)


def _is_bare(key: str) -> bool:
    return "+" not in key[:-1] and not key.startswith("F")


def _kept_by_field(action: Action) -> bool:
    """Whether the key belongs to what has the focus: to a field, or to a button and its Space."""
    focus = QApplication.focusWidget()
    if isinstance(focus, QLineEdit | QPlainTextEdit | QTextEdit | QAbstractSpinBox):
        return True
    if isinstance(focus, QComboBox) and focus.isEditable():
        return True
    if action is not START_PAUSE:
        return False
    if isinstance(focus, QAbstractButton) and focus.isEnabled():
        focus.click()
        return True
    if isinstance(focus, QComboBox):
        focus.showPopup()
        return True
    return False
