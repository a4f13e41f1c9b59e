"""What helps who types the verslag: the spelling, its suggestions, and sentences to insert."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from facilitator.i18n import N_, _
from facilitator.kernel.state import State
from facilitator.meeting.frames import Frame
from facilitator.meeting.meeting import the_meeting
from facilitator.meeting.people import Participant
from facilitator.meeting.tables import tables
from ui.console.phrases import Phrases, PhrasesDialog
from ui.keys import Line
from ui.link.replica import Replica
from ui.link.spelling import Spelling
from ui.widgets.editors import Line as LineEditor
from ui.widgets.editors import Text
from ui.widgets.spelled import LineSpeller, Speller, Wrong

SOON: Final = 150  # ms after which new fields get their spelling
NUMBERED: Final = 9  # sentences that a digit chooses

Editor = Text | LineEditor


class WritingAids(QObject):
    """Gives each field below ``place`` its spelling and its menu."""

    def __init__(self, replica: Replica, folder: Path | None, place: QWidget) -> None:
        super().__init__(place)
        self._replica, self._place = replica, place
        self.spelling = Spelling(folder, self)
        self.phrases = Phrases(folder)
        self.spellers: dict[Editor, Speller | LineSpeller] = {}
        self.menu: QMenu | None = None
        self.dialog: PhrasesDialog | None = None
        self._last: Editor | None = None  # where the cursor was last
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON)
        self._soon.timeout.connect(self.look)
        replica.loaded.connect(self._soon.start)
        replica.applied.connect(lambda _entry: self._soon.start())
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focused)
        self._soon.start()

    def look(self) -> None:
        """Find fields that are new, and names that are."""
        if not self._replica.ready or not self._place.isVisible():
            return
        state = self._replica.state
        self.spelling.speak(the_meeting(state).language)
        self.spelling.know(names_in(state))
        for text in self._place.findChildren(Text):
            if text not in self.spellers:
                self._help(text, Speller(text, self.spelling))
        for line in self._place.findChildren(LineEditor):
            if line not in self.spellers:
                self._help(line, LineSpeller(line, self.spelling))

    def ask_phrase(self) -> None:
        """Offer the sentences at the cursor; a digit chooses one."""
        focused = QApplication.focusWidget()
        editor = focused if isinstance(focused, Editor) else self._last
        menu = QMenu(self._place)
        self._add_phrases(menu, editor if editor in self.spellers else None)
        at = editor if editor is not None else self._place
        corner = editor.cursorRect().bottomLeft() if editor is not None else QPoint(0, 0)
        self._open(menu, at.mapToGlobal(corner))

    def _help(self, editor: Editor, speller: Speller | LineSpeller) -> None:
        self.spellers[editor] = speller
        editor.destroyed.connect(partial(self.spellers.pop, editor, None))
        editor.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        editor.customContextMenuRequested.connect(partial(self._ask_menu, editor))

    def _focused(self, _old: QWidget | None, new: QWidget | None) -> None:
        if isinstance(new, Editor) and self._place.isAncestorOf(new):
            self._last = new
            self._soon.start()

    def _ask_menu(self, editor: Editor, point: QPoint) -> None:
        """The menu of a field, once it is known what the word under it might be."""
        speller = self.spellers[editor]
        wrong = speller.wrong_at(point)
        if wrong is None:
            self._show_menu(editor, point, None, ())
        else:
            self.spelling.mend(wrong.word, partial(self._show_menu, editor, point, wrong))

    def _show_menu(
        self, editor: Editor, point: QPoint, wrong: Wrong | None, mends: tuple[str, ...]
    ) -> None:
        if editor not in self.spellers:
            return  # it went meanwhile
        menu = QMenu(editor)
        if wrong is not None:
            self._add_mends(menu, wrong, mends)
        standard = (
            editor.createStandardContextMenu(point)
            if isinstance(editor, Text)
            else editor.createStandardContextMenu()
        )
        standard.setParent(menu, standard.windowFlags())  # else it shows inside, over the mends
        menu.addActions(standard.actions())
        menu.addSeparator()
        self._add_phrases(menu.addMenu(_("Standaardzin invoegen")), editor)
        self._open(menu, _canvas(editor).mapToGlobal(point))

    def _add_mends(self, menu: QMenu, wrong: Wrong, mends: tuple[str, ...]) -> None:
        for mend in mends:
            menu.addAction(_plain(mend), partial(wrong.mend, mend))
        if not mends:
            menu.addAction(_("Geen suggesties")).setEnabled(False)
        menu.addSeparator()
        menu.addAction(_("Toevoegen aan woordenlijst"), partial(self.spelling.add, wrong.word))
        menu.addSeparator()

    def _add_phrases(self, menu: QMenu, editor: Editor | None) -> None:
        for number, phrase in enumerate(self.phrases.all(), start=1):
            digit = f"&{number}  " if number <= NUMBERED else ""
            action = menu.addAction(digit + _plain(phrase), partial(self._insert, editor, phrase))
            action.setEnabled(editor is not None)
        menu.addSeparator()
        menu.addAction(_("Lijst aanpassen…"), self._edit_phrases)

    def _insert(self, editor: Editor | None, phrase: str) -> None:
        if editor is None or editor not in self.spellers:
            return
        before = _before(editor)
        gap = " " if before and not before[-1].isspace() else ""
        if isinstance(editor, Text):
            editor.textCursor().insertText(gap + phrase)
        else:
            editor.insert(gap + phrase)
        editor.setFocus()

    def _edit_phrases(self) -> None:
        self.dialog = PhrasesDialog(self.phrases.all(), self.phrases.keep, self._place.window())
        self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialog.open()

    def _open(self, menu: QMenu, at: QPoint) -> None:
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.menu = menu
        menu.popup(at)


def names_in(state: State) -> list[str]:
    """Names of people, organisations, tables and places: no spelling mistakes."""
    meeting = the_meeting(state)
    people = [name for one in state.all(Participant) for name in (one.name, one.organisation)]
    own = (meeting.organisation, meeting.writer, meeting.place, meeting.title)
    whose = (frame.set_by for frame in state.all(Frame))
    return [*people, *own, *whose, *(table.name for table in tables(state))]


def _canvas(editor: Editor) -> QWidget:
    """What the points of its menu are counted from."""
    return editor.viewport() if isinstance(editor, Text) else editor


def _before(editor: Editor) -> str:
    """What stands on the line before the cursor, or before what is chosen."""
    if isinstance(editor, LineEditor):
        end = editor.selectionStart() if editor.hasSelectedText() else editor.cursorPosition()
        return editor.text()[:end]
    cursor = editor.textCursor()
    return cursor.block().text()[: cursor.positionInBlock()]


def _plain(text: str) -> str:
    """A text in a menu, where an & would underline a letter."""
    return text.replace("&", "&&")


LINES: Final = (Line(N_("Standaardzin invoegen"), {"Ctrl+J": lambda page: page.aids.ask_phrase()}),)
