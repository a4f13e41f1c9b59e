"""An agreement typed as it is said: what, who and when are found in the sentence, and confirmed."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from typing import Final

import msgspec
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from facilitator.i18n import N_, _, words
from facilitator.kernel.state import State
from facilitator.kernel.text import tidy_line
from facilitator.meeting.meeting import the_meeting
from facilitator.meeting.people import Participant
from facilitator.meeting.spoken import Heard, day_in, heard
from facilitator.meeting.tables import tables
from ui import theme
from ui.widgets.editors import Line
from ui.widgets.fields import TextField
from ui.widgets.labels import label

PARTS: Final = (("what", N_("Wat"), 4), ("who", N_("Wie"), 2), ("when", N_("Wanneer"), 3))
_ENTER: Final = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class Ear(msgspec.Struct, frozen=True):
    """What helps to understand a sentence: who may be named, the language, and the day."""

    people: Collection[str]
    language: str
    after: date


def ear_of(state: State, today: date) -> Ear:
    """What is known in this meeting."""
    meeting = the_meeting(state)
    people = [name for one in state.all(Participant) for name in (one.name, one.organisation)]
    people += [table.name for table in tables(state)]
    return Ear(
        people=tuple(dict.fromkeys(filter(None, [*people, meeting.organisation]))),
        language=meeting.language,
        after=meeting.date or today,
    )


class DayField(TextField):
    """When, in words; below it the day that they mean."""

    def __init__(self, ear: Callable[[], Ear], parent: QWidget | None = None) -> None:
        super().__init__(_("Wanneer"), enter="leave", merges="engine", parent=parent)
        self._ear = ear
        self.day = label(name="muted", wraps=True, parent=self)
        self.day.hide()
        column = self.layout()
        assert column is not None  # noqa: S101 - made in Field
        column.addWidget(self.day)
        self.text.textChanged.connect(self.tell_day)

    def tell_day(self) -> None:
        """Tell it anew: the text or the date of the meeting changed."""
        day = meant(self.text.toPlainText(), self._ear())
        if day != self.day.text():
            self.day.setText(day)
            self.day.setVisible(bool(day))
            self.text.setAccessibleDescription(day)
            self.grown.emit()


def meant(when: str, ear: Ear) -> str:
    """The day that these words mean, with its weekday; empty where they mean none."""
    day = day_in(when, ear.after, ear.language)
    return words().weekday(day) if day is not None else ""


class AgreementLine(QWidget):
    """A line for a sentence, and below it what was found: Enter takes it, Tab goes there to mend."""

    agreed = Signal(str, object)  # the sentence, and what was Heard in it

    def __init__(self, ear: Callable[[], Ear], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ear = ear
        self._mended: set[str] = set()  # parts that no longer follow the sentence
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, theme.space("xs"))
        column.setSpacing(theme.space("xs"))
        self.line = Line(self)
        invites = _("Typ een afspraak als zin, bijvoorbeeld: Anna belt de gemeente voor 1 december")
        self.line.setPlaceholderText(invites)
        self.line.setAccessibleName(invites)
        self.line.textChanged.connect(self._follow)
        self.line.installEventFilter(self)
        column.addWidget(self.line)
        self.reason = label(wraps=True, parent=self)
        warn = theme.palette(light=True).warn
        self.reason.setStyleSheet(f"color: {warn}; font-size: {theme.size('small')}px;")
        self.reason.hide()
        column.addWidget(self.reason)
        self.found = QWidget(self)
        self.parts: dict[str, Line] = {}
        self.day = label(name="muted", parent=self.found)
        column.addWidget(self.found)
        self._lay_out_parts()
        self.found.hide()

    @property
    def unsent(self) -> bool:
        """Whether a sentence stands here that was not taken yet."""
        return bool(self.line.text().strip())

    def take(self) -> None:
        """Tell what stands here, and be empty for the next."""
        told = self.heard()
        sentence = self.line.text().strip()
        if not told.what or self.reason.text():
            return
        if any(part.hasFocus() for part in self.parts.values()):
            self.line.setFocus()
        self.line.clear()
        self.agreed.emit(sentence, told)

    def heard(self) -> Heard:
        """What was found, with what was mended."""
        return Heard(**{name: tidy_line(part.text()) for name, part in self.parts.items()})

    def refuse(self, sentence: str, reason: str) -> None:
        """Give back what was not taken, with the reason."""
        if not self.line.text():
            self.line.setText(sentence)
            self._blame(reason)
        else:
            self._blame(f"{sentence}: {reason}")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter takes it wherever the cursor is; Esc goes back to the sentence, which stays."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._pressed(watched, event)
        return bool(super().eventFilter(watched, event))

    def _pressed(self, watched: QObject, event: QKeyEvent) -> bool:
        if event.key() in _ENTER and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._blame("")
            self.take()
            if self.unsent:
                self._blame(_("Wat wordt er gedaan? Vul dat in bij “Wat”."))
            return True
        if event.key() == Qt.Key.Key_Escape:
            self._mended.clear()
            self._follow()
            self.line.setFocus()
            return True
        if watched is self.line and event.matches(QKeySequence.StandardKey.Paste):
            return self._paste(QGuiApplication.clipboard().text())
        return False

    def _paste(self, text: str) -> bool:
        """Several lines are several agreements."""
        lines = [line for line in map(tidy_line, text.splitlines()) if line]
        for line in lines if len(lines) > 1 else ():
            ear = self._ear()
            self.agreed.emit(line, heard(line, ear.people, ear.language))
        return len(lines) > 1

    def _lay_out_parts(self) -> None:
        grid = QGridLayout(self.found)
        grid.setContentsMargins(theme.space("m"), 0, 0, 0)
        grid.setHorizontalSpacing(theme.space("s"))
        grid.setVerticalSpacing(2)
        for number, (name, title, share) in enumerate(PARTS):
            above = label(_(title), "muted", parent=self.found)
            part = Line(self.found)
            part.setAccessibleName(_(title))
            part.textEdited.connect(lambda _text, name=name: self._mend(name))
            part.installEventFilter(self)
            above.setBuddy(part)
            grid.addWidget(above, 0, number)
            grid.addWidget(part, 1, number)
            grid.setColumnStretch(number, share)
            self.parts[name] = part
        keys = _("Enter voegt de afspraak toe. Tab: verbeteren. Esc: terug naar de zin.")
        grid.addWidget(label(keys, "muted", wraps=True, parent=self.found), 2, 0, 1, 2)
        grid.addWidget(self.day, 2, 2)

    def _mend(self, name: str) -> None:
        self._mended.add(name)
        self._tell_day()

    def _follow(self) -> None:
        """Show what the sentence says now, except where it was mended."""
        text = self.line.text()
        self._blame("")
        if not text.strip():
            self._mended.clear()
        ear = self._ear()
        told = heard(text, ear.people, ear.language)
        for name, part in self.parts.items():
            if name not in self._mended:
                _show(part, getattr(told, name))
        self.found.setVisible(bool(text.strip()))
        self._tell_day()
        said = (f"{_(title)}: {self.parts[name].text()}" for name, title, _share in PARTS)
        self.line.setAccessibleDescription("; ".join(said) if text.strip() else "")

    def _tell_day(self) -> None:
        self.day.setText(meant(self.parts["when"].text(), self._ear()))

    def _blame(self, reason: str) -> None:
        self.reason.setText(reason)
        self.reason.setVisible(bool(reason))


def _show(part: QLineEdit, text: str) -> None:
    if part.text() != text:
        part.setText(text)
        part.setCursorPosition(0)
