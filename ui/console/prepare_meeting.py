"""Voorbereiden, section Bijeenkomst: what is known of the meeting itself."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from facilitator.i18n import N_, _, words
from facilitator.meeting.meeting import Phase, the_meeting
from ui import theme
from ui.console.editing import Editing
from ui.console.form import AT_MOST, MeetingForm
from ui.console.prepare_words import ATTENDANCE_NAMES, FORM_NAMES, LANGUAGE_NAMES
from ui.widgets.choices import ChoiceField, Options, SwitchField
from ui.widgets.fields import LineField, TextField
from ui.widgets.labels import label
from ui.widgets.reading import day, moment, show_day, show_moment, whole_number


class MeetingSection(MeetingForm):
    """A form in cards: what, where and when; why; how; and what phones and the hall show."""

    title: ClassVar[str] = N_("Bijeenkomst")

    def __init__(self, editing: Editing, parent: QWidget | None = None) -> None:
        super().__init__(editing, parent)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QWidget()
        column.setObjectName("column")
        column.setMaximumWidth(AT_MOST)
        self._cards = QVBoxLayout(column)
        self._cards.setContentsMargins(0, 0, theme.space("s"), theme.space("m"))
        self._cards.setSpacing(theme.space("m"))
        self._what()
        self._why()
        self._phones()
        self._after()
        self._cards.addStretch(1)
        area.setWidget(column)
        page.addWidget(area)

    def refresh(self) -> None:
        """Show the meeting as it is now."""
        super().refresh()
        meeting = the_meeting(self.state)
        told = meeting.phase is Phase.LIVE
        self.fields["named"].setEnabled(not told)
        self.told.setVisible(told)
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

    def _phones(self) -> None:
        grid = self.card(self._cards, _("Vorm, telefoons en zaal"))
        forms, languages, present = Options(self), Options(self), Options(self)
        forms.offer([(form, _(name)) for form, name in FORM_NAMES.items()])
        languages.offer([(code, _(name)) for code, name in LANGUAGE_NAMES.items()])
        present.offer([(value, _(name)) for value, name in ATTENDANCE_NAMES.items()])
        self.put(grid, (0, 0, 3), "form", _("Vorm"), ChoiceField("", forms))
        language = ChoiceField("", languages)
        self.put(grid, (0, 3, 3), "language", _("Taal van telefoons en verslag"), language)
        length = LineField(numeric=True, reads=whole_number)
        self.put(grid, (1, 0, 2), "note_length", _("Tekens per notitie"), length)
        grace = LineField(numeric=True, reads=whole_number)
        self.put(grid, (1, 2, 2), "grace", _("Seconden na een ronde nog op tijd"), grace)
        attendance = ChoiceField("", present)
        self.put(grid, (1, 4, 2), "attendance", _("Het verslag noemt van wie er waren"), attendance)
        named = SwitchField("", _("Op naam: bij elke notitie wordt bewaard wie haar schreef"))
        self.put(grid, (2, 0, 6), "named", "", named)
        why = _(
            "Dit ligt vast zolang de bijeenkomst loopt: de telefoons hebben de deelnemers al "
            "verteld of hun naam wordt bewaard."
        )
        self.told = label(why, "muted", wraps=True)
        self.told.setContentsMargins(26, 0, 0, 0)
        grid.addWidget(self.told, 6, 0, 1, 6)
        approval = SwitchField("", _("De zaal ziet een notitie pas nadat u haar hebt goedgekeurd"))
        self.put(grid, (4, 0, 6), "approval", "", approval)
        earlier = SwitchField("", _("Telefoons tonen wat anderen aan dezelfde tafel schreven"))
        self.put(grid, (5, 0, 6), "show_earlier", "", earlier)

    def _after(self) -> None:
        grid = self.card(self._cards, _("Na afloop"))
        self.put(grid, (0, 0, 3), "what_next", _("Zo gaat het verder"), _text())
        self.put(grid, (0, 3, 3), "check_out", _("Check-out"), _text())
        self.put(grid, (1, 0, 6), "next_meeting", _("Volgende bijeenkomst"), LineField())


def weekday(value: date) -> str:
    """A date in words, with the day of the week: so one sees whether it is the right one."""
    return f"{QLocale(words().language).dayName(value.isoweekday())} {words().date(value)}"


def _text(hint: str = "") -> TextField:
    return TextField(least=2, hint=hint, merges="here")
