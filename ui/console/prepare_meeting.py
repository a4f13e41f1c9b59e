"""Voorbereiden, section Bijeenkomst: what is known of the meeting itself."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import uuid4

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from facilitator.i18n import N_, _, words
from facilitator.kernel.entity import Entity
from facilitator.meeting.meeting import EditMeeting, Meeting, Phase, the_meeting
from ui import theme
from ui.console.editing import Editing, Section
from ui.console.prepare_words import ATTENDANCE_NAMES, FORM_NAMES, LANGUAGE_NAMES
from ui.widgets.choices import ChoiceField, Options, SwitchField
from ui.widgets.draft import Edit
from ui.widgets.fields import Field, LineField, TextField
from ui.widgets.frames import Card
from ui.widgets.labels import label
from ui.widgets.reading import day, moment, show_day, show_moment, whole_number

WIDE = 6  # columns of the grid in a card
AT_MOST = 1060  # pixels; a wider form is hard to read


class MeetingSection(Section):
    """A form in cards: what, where and when; why; how; and what phones and the hall show."""

    title: ClassVar[str] = N_("Bijeenkomst")
    kinds: ClassVar[tuple[type[Entity], ...]] = (Meeting,)

    def __init__(self, editing: Editing, parent: QWidget | None = None) -> None:
        super().__init__(editing, parent)
        self.fields: dict[str, Field] = {}
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
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
        meeting = the_meeting(self.state)
        for name, field in self.fields.items():
            field.show_value(getattr(meeting, name))
        told = meeting.phase is Phase.LIVE
        self.fields["named"].setEnabled(not told)
        self.told.setVisible(told)
        self.weekday.setText(words().date(meeting.date) if meeting.date else "")

    def commit(self) -> None:
        """Send what was typed and not sent yet."""
        for field in self.fields.values():
            field.commit()

    def _what(self) -> None:
        grid = self._card("")
        self._put(grid, 0, 0, 6, "title", _("Titel"), LineField())
        date = LineField(reads=day, shows=show_day, hint=_("30-10-2026"))
        self._put(grid, 1, 0, 2, "date", _("Datum"), date)
        begins = LineField(reads=moment, shows=show_moment, hint=show_moment(moment("9.30")))
        self._put(grid, 1, 2, 2, "begins", _("Begint om"), begins)
        ends = LineField(reads=moment, shows=show_moment, hint=show_moment(moment("12.00")))
        self._put(grid, 1, 4, 2, "ends", _("Tot"), ends)
        self.weekday = label(name="muted")
        grid.addWidget(self.weekday, 4, 0, 1, 6)
        self._put(grid, 3, 0, 2, "place", _("Plaats"), LineField())
        self._put(grid, 3, 2, 2, "organisation", _("Organisatie"), LineField())
        self._put(grid, 3, 4, 2, "writer", _("Wie schrijft het verslag"), LineField())

    def _why(self) -> None:
        grid = self._card(_("Waarom en hoe"))
        self._put(grid, 0, 0, 3, "reason", _("Aanleiding"), TextField(least=2))
        self._put(grid, 0, 3, 3, "purpose", _("Doel"), TextField(least=2))
        self._put(
            grid, 1, 0, 3, "issue", _("Kwestie: wat willen mensen veranderen?"), TextField(least=2)
        )
        hint = _("leeg: het verslag vertelt het uit het programma")
        self._put(grid, 1, 3, 3, "method", _("Werkwijze"), TextField(least=2, hint=hint))

    def _phones(self) -> None:
        grid = self._card(_("Vorm, telefoons en zaal"))
        forms, languages, present = Options(self), Options(self), Options(self)
        forms.offer([(form, _(name)) for form, name in FORM_NAMES.items()])
        languages.offer([(code, _(name)) for code, name in LANGUAGE_NAMES.items()])
        present.offer([(value, _(name)) for value, name in ATTENDANCE_NAMES.items()])
        self._put(grid, 0, 0, 3, "form", _("Vorm"), ChoiceField("", forms))
        language = ChoiceField("", languages)
        self._put(grid, 0, 3, 3, "language", _("Taal van telefoons en verslag"), language)
        named = SwitchField("", _("Op naam: bij elke notitie wordt bewaard wie haar schreef"))
        self._put(grid, 1, 0, 6, "named", "", named)
        why = _(
            "Dit ligt vast zolang de bijeenkomst loopt: de telefoons hebben de deelnemers al "
            "verteld of hun naam wordt bewaard."
        )
        self.told = label(why, "muted", wraps=True)
        grid.addWidget(self.told, 4, 0, 1, 6)
        approval = SwitchField("", _("De zaal ziet een notitie pas nadat u haar hebt goedgekeurd"))
        self._put(grid, 3, 0, 6, "approval", "", approval)
        earlier = SwitchField("", _("Telefoons tonen wat anderen aan dezelfde tafel schreven"))
        self._put(grid, 4, 0, 6, "show_earlier", "", earlier)
        length = LineField(numeric=True, reads=whole_number)
        self._put(grid, 5, 0, 2, "note_length", _("Tekens per notitie"), length)
        grace = LineField(numeric=True, reads=whole_number)
        self._put(grid, 5, 2, 2, "grace", _("Seconden na een ronde nog op tijd"), grace)
        attendance = ChoiceField("", present)
        self._put(grid, 5, 4, 2, "attendance", _("Het verslag noemt van wie er waren"), attendance)

    def _after(self) -> None:
        grid = self._card(_("Na afloop"))
        self._put(grid, 0, 0, 3, "what_next", _("Zo gaat het verder"), TextField(least=2))
        self._put(grid, 0, 3, 3, "check_out", _("Check-out"), TextField(least=2))
        self._put(grid, 1, 0, 6, "next_meeting", _("Volgende bijeenkomst"), LineField())

    def _card(self, heading: str) -> QGridLayout:
        card = Card(heading)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.space("m"))
        grid.setVerticalSpacing(theme.space("xs"))
        for number in range(WIDE):
            grid.setColumnStretch(number, 1)
        card.body.addLayout(grid)
        self._cards.addWidget(card)
        return grid

    def _put(
        self,
        grid: QGridLayout,
        line: int,
        column: int,
        span: int,
        name: str,
        words: str,
        field: Field,
    ) -> None:
        """Put a field in a card, its name above it. Each line of fields takes two of the grid."""
        if words:
            above = label(words, "muted")
            above.setBuddy(field.editor)
            grid.addWidget(above, 2 * line, column, 1, span)
        field.editor.setAccessibleName(words or field.editor.accessibleName())
        grid.addWidget(field, 2 * line + 1, column, 1, span, Qt.AlignmentFlag.AlignTop)
        field.edited.connect(lambda edit: self._edit(name, edit))
        self.fields[name] = field

    def _edit(self, name: str, edit: Edit) -> None:
        changes: dict[str, Any] = {name: edit.value}
        self.editing.send(EditMeeting(id=uuid4(), **changes), self.fields[name])
