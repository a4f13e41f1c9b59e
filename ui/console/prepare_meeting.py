"""Voorbereiden, section Bijeenkomst: what is known of the meeting itself."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar, Final
from uuid import uuid4

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from facilitator.i18n import N_, _, words
from facilitator.meeting.meeting import Devices, EditMeeting, Meeting, Phase, the_meeting
from ui import theme
from ui.console.editing import Editing
from ui.console.form import AT_MOST, MeetingForm
from ui.console.prepare_words import (
    ATTENDANCE_NAMES,
    DEVICES_NAMES,
    FORM_NAMES,
    LANGUAGE_NAMES,
    NAMED_MEANS,
    NAMED_NAMES,
)
from ui.widgets.buttons import button
from ui.widgets.choices import ChoiceField, Options, SwitchField
from ui.widgets.fields import LineField, TextField
from ui.widgets.frames import Scrolled
from ui.widgets.labels import label
from ui.widgets.reading import day, moment, show_day, show_moment, whole_number

KEPT: Final = {
    1: N_("Na 1 maand"),
    3: N_("Na 3 maanden"),
    12: N_("Na 1 jaar"),
    None: N_("Niet vanzelf"),
}
"""How long after the meeting personal data are wiped, to choose with one press."""


class MeetingSection(MeetingForm):
    """A form in cards: what, where and when; why; how; and what phones and the hall show."""

    title: ClassVar[str] = N_("Bijeenkomst")

    def __init__(self, editing: Editing, parent: QWidget | None = None) -> None:
        super().__init__(editing, parent)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        area = Scrolled()
        column = area.widget()
        assert column is not None  # noqa: S101 - made by Scrolled
        column.setMaximumWidth(AT_MOST)
        self._cards = area.column
        self._cards.setContentsMargins(0, 0, theme.space("s"), theme.space("m"))
        self._cards.setSpacing(theme.space("m"))
        self._what()
        self._why()
        self._phones()
        self._persons()
        self._after()
        self._cards.addStretch(1)
        page.addWidget(area)

    def refresh(self) -> None:
        """Show the meeting as it is now."""
        super().refresh()
        meeting = the_meeting(self.state)
        told = meeting.phase is not Phase.PREPARING
        self.fields["named"].setEnabled(not told)
        self.told.setVisible(told)
        self.means.setText(_(NAMED_MEANS[meeting.named]))
        self.shared.setVisible(meeting.devices is Devices.TABLE)
        self.shared.setText(
            _("Bij het binnenkomen vraagt het toestel hoeveel mensen erachter zitten.")
        )
        self.kept.setText(kept_words(meeting))
        self.weekday.setText(weekday(meeting.date) if meeting.date else "")

    def _what(self) -> None:
        grid = self.card(self._cards)
        self.put(grid, (0, 0, 6), "title", _("Titel"), LineField())
        when = LineField(reads=day, shows=show_day, hint="30-10-2026")
        self.put(grid, (1, 0, 2), "date", _("Datum"), when)
        begins = LineField(reads=moment, shows=show_moment, hint=show_moment(moment("9.30")))
        self.put(grid, (1, 2, 2), "begins", _("Begint om"), begins)
        ends = LineField(reads=moment, shows=show_moment, hint=show_moment(moment("12.00")))
        self.put(grid, (1, 4, 2), "ends", _("Tot"), ends)
        self.weekday = label(name="muted")
        grid.addWidget(self.weekday, 4, 0, 1, 6)
        self.put(grid, (3, 0, 2), "place", _("Plaats"), LineField())
        self.put(grid, (3, 2, 2), "organisation", _("Organisatie"), LineField())
        self.put(grid, (3, 4, 2), "writer", _("Wie schrijft het verslag"), LineField())

    def _why(self) -> None:
        grid = self.card(self._cards, _("Waarom en hoe"))
        self.put(grid, (0, 0, 3), "reason", _("Aanleiding"), _text())
        self.put(grid, (0, 3, 3), "purpose", _("Doel"), _text())
        issue = _("Kwestie: wat willen mensen veranderen?")
        self.put(grid, (1, 0, 3), "issue", issue, _text())
        method = _text(_("leeg: het verslag vertelt het uit het programma"))
        self.put(grid, (1, 3, 3), "method", _("Werkwijze"), method)
        self.frames = button(
            _("Kaders: waaraan moet een plan voldoen?"), "list-ordered", quiet=True
        )
        grid.addWidget(self.frames, 4, 0, 1, 6, Qt.AlignmentFlag.AlignLeft)

    def _phones(self) -> None:
        grid = self.card(self._cards, _("Vorm, telefoons en zaal"))
        self.put(grid, (0, 0, 3), "form", _("Vorm"), self._choice(FORM_NAMES))
        told = _("Taal van telefoons en verslag")
        self.put(grid, (0, 3, 3), "language", told, self._choice(LANGUAGE_NAMES))
        self.put(grid, (1, 0, 3), "devices", _("Waarop men schrijft"), self._choice(DEVICES_NAMES))
        length = LineField(numeric=True, reads=whole_number)
        self.put(grid, (1, 3, 1), "note_length", _("Tekens per notitie"), length)
        grace = LineField(numeric=True, reads=whole_number)
        self.put(grid, (1, 4, 2), "grace", _("Seconden na een ronde nog op tijd"), grace)
        self.shared = self._explained(grid, 4)
        approval = SwitchField("", _("De zaal ziet een notitie pas nadat u haar hebt goedgekeurd"))
        self.put(grid, (3, 0, 6), "approval", "", approval)
        earlier = SwitchField("", _("Telefoons tonen wat anderen aan dezelfde tafel schreven"))
        self.put(grid, (4, 0, 6), "show_earlier", "", earlier)

    def _persons(self) -> None:
        grid = self.card(self._cards, _("Namen, en hoe lang ze blijven"))
        self.put(grid, (0, 0, 3), "named", _("Anoniem of op naam"), self._choice(NAMED_NAMES))
        told = _("Het verslag noemt van wie er waren")
        self.put(grid, (0, 3, 3), "attendance", told, self._choice(ATTENDANCE_NAMES))
        self.means = self._explained(grid, 2)
        why = _(
            "Dit ligt vast: de telefoons hebben de deelnemers al verteld of hun naam wordt bewaard."
        )
        self.told = label(why, "muted", wraps=True)
        grid.addWidget(self.told, 3, 0, 1, 6)
        until = LineField(reads=day, shows=show_day, hint=_("niet vanzelf"))
        self.put(grid, (2, 0, 2), "keep_until", _("Persoonsgegevens wissen op"), until)
        row = QHBoxLayout()
        row.setSpacing(theme.space("s"))
        self.suggestions = {
            months: button(_(name), press=lambda months=months: self._keep(months))  # type: ignore[misc]
            for months, name in KEPT.items()
        }
        for made in self.suggestions.values():
            row.addWidget(made)
        row.addStretch(1)
        grid.addLayout(row, 5, 2, 1, 4)
        self.kept = self._explained(grid, 6)

    def _choice(self, names: Mapping[Any, str]) -> ChoiceField:
        options = Options(self)
        options.offer([(value, _(name)) for value, name in names.items()])
        return ChoiceField("", options)

    @staticmethod
    def _explained(grid: QGridLayout, line: int) -> QLabel:
        """A line under the fields, for what a choice means."""
        words = label(name="muted", wraps=True)
        grid.addWidget(words, line, 0, 1, 6)
        return words

    def _keep(self, months: int | None) -> None:
        """Wipe so long after the meeting, or not by itself."""
        meeting = the_meeting(self.state)
        until = None
        if months is not None:
            until = months_after(meeting.date or self.editing.replica.now().date(), months)
        field = self.fields["keep_until"]
        field.forget()
        self.editing.send(EditMeeting(id=uuid4(), keep_until=until), refused=field.blame)

    def _after(self) -> None:
        grid = self.card(self._cards, _("Na afloop"))
        self.put(grid, (0, 0, 3), "what_next", _("Zo gaat het verder"), _text())
        self.put(grid, (0, 3, 3), "check_out", _("Uitchecken"), _text())
        self.put(grid, (1, 0, 6), "next_meeting", _("Volgende bijeenkomst"), LineField())


def weekday(value: date) -> str:
    """A date in words, with the day of the week: so one sees whether it is the right one."""
    return f"{QLocale(words().language).dayName(value.isoweekday())} {words().date(value)}"


def months_after(begin: date, months: int) -> date:
    """The same day so many months later; the last day of a month that is too short for it."""
    year, month = divmod(begin.year * 12 + begin.month - 1 + months, 12)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(begin.day, last))


def kept_words(meeting: Meeting) -> str:
    """What the chosen day means."""
    if meeting.wiped:
        return _("De persoonsgegevens van deze bijeenkomst zijn gewist.")
    if meeting.keep_until is None:
        return _("Namen blijven tot u ze wist: na afloop, bij Verslag.")
    return _(
        "Op {date} wist de app namen en wie wat schreef, als de bijeenkomst dan gesloten is. De "
        "notities blijven. De telefoons vertellen deze dag aan de deelnemers."
    ).format(date=weekday(meeting.keep_until))


def _text(hint: str = "") -> TextField:
    return TextField(least=2, hint=hint, merges="here")
