"""Verslag: how it is built. Its form, its parts in their order, and how the matrix lies."""

from __future__ import annotations

from typing import Any, ClassVar, Final
from uuid import UUID, uuid4, uuid5

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from facilitator.i18n import N_, _
from facilitator.meeting.meeting import EditMeeting, the_meeting
from facilitator.meeting.outline import Layout, Outline, Part, ReportForm
from ui.console.editing import Editing
from ui.console.form import MeetingForm
from ui.console.outline_words import LAYOUT_NAMES, PART_NAMES, REPORT_NAMES
from ui.link.calls import Calls, LastOutline
from ui.widgets.buttons import button
from ui.widgets.choices import ChoiceField, Options, SwitchField
from ui.widgets.draft import Edit
from ui.widgets.fields import TextField
from ui.widgets.labels import label
from ui.widgets.ordered_list import Column, OrderedList, Row

_IDS: Final = UUID("7b8f3d52-2a4e-5c0b-9a57-0f6f2c1d8e31")  # of the rows, from the names of parts
_BY_ID: Final = {uuid5(_IDS, part): part for part in Part}


class PartField(SwitchField):
    """A part of the verslag: whether it is in it, and what it is called."""

    def show_value(self, value: Any) -> None:
        """Show both."""
        chosen, name = value
        self.box.setText(name)
        super().show_value(chosen)


class OutlineSection(MeetingForm):
    """The form, the way of the matrix, and all parts: those that are in it first."""

    title: ClassVar[str] = N_("Opbouw van het verslag")

    def __init__(self, editing: Editing, calls: Calls, parent: QWidget | None = None) -> None:
        super().__init__(editing, parent)
        self._calls = calls
        self._asked = ""  # the organisation that an outline was asked for
        self._offered: LastOutline | None = None
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        grid = self.card(page, _(self.title))
        forms, layouts = Options(self), Options(self)
        forms.offer([(form, _(REPORT_NAMES[form])) for form in ReportForm])
        layouts.offer([(layout, _(LAYOUT_NAMES[layout])) for layout in Layout])
        form, layout = _("Soort verslag"), _("De matrix")
        self.put(grid, (0, 0, 3), "report", form, ChoiceField(form, forms))
        self.put(grid, (0, 3, 3), "matrix", layout, ChoiceField(layout, layouts))
        invited = TextField(least=1, merges="here")
        self.put(grid, (1, 0, 6), "invited", _("Wie waren uitgenodigd, en hoe"), invited)
        self.offer = label(wraps=True)
        self.take: QPushButton = button(_("Neem over"), press=self._take_over)
        row = QHBoxLayout()
        row.addWidget(self.offer, 1)
        row.addWidget(self.take)
        grid.addLayout(row, 4, 0, 1, 6)
        self._show_offer()
        self.list = OrderedList(
            [Column(name="part", make=lambda: PartField(_("In het verslag")))], thing=_("onderdeel")
        )
        self.list.edited.connect(self._switch)
        self.list.moved.connect(self._move)
        self.list.removed.connect(lambda key: self._switch(key, "part", Edit("", "", value=False)))
        above = label(_("De onderdelen, in hun volgorde"), "muted")
        grid.addWidget(above, 5, 0, 1, 6)
        grid.addWidget(self.list, 6, 0, 1, 6)

    def refresh(self) -> None:
        """Show the outline as it is now; ask for an earlier one where nothing was chosen yet."""
        super().refresh()
        chosen = self._parts
        left = [part for part in Part if part not in chosen]
        self.list.show_rows(
            [
                Row(id=uuid5(_IDS, part), values={"part": (part in chosen, _(PART_NAMES[part]))})
                for part in (*chosen, *left)
            ]
        )
        meeting = the_meeting(self.state)
        untouched = meeting.outline == Outline()
        if untouched and meeting.organisation not in {"", self._asked}:
            self._asked = meeting.organisation
            self._calls.last_outline(self._heard)
        self._show_offer(untouched=untouched)

    @property
    def _parts(self) -> tuple[Part, ...]:
        return the_meeting(self.state).outline.parts

    def _heard(self, last: LastOutline | None) -> None:
        self._offered = last
        self.catch_up_soon()

    def _show_offer(self, *, untouched: bool = False) -> None:
        last = self._offered
        there = last is not None and untouched and last.outline != Outline()
        self.offer.setVisible(there)
        self.take.setVisible(there)
        if last is not None and there:
            told = _("De vorige keer, bij “{title}”, was het: {form}.")
            form = _(REPORT_NAMES[last.report])
            self.offer.setText(told.format(title=last.title, form=form))

    def _take_over(self) -> None:
        last = self._offered
        if last is not None:
            changes: dict[str, Any] = {"report": last.report, "matrix": last.matrix}
            self.editing.send(EditMeeting(id=uuid4(), parts=last.parts, **changes))

    def _switch(self, key: UUID, _column: str, edit: Edit) -> None:
        """Put a part behind the others, or take it out. The last one stays."""
        part = _BY_ID[key]
        others = tuple(each for each in self._parts if each is not part)
        parts = (*others, part) if edit.value else others
        field = self.list.field(key, "part")
        if parts:
            self.editing.send(EditMeeting(id=uuid4(), parts=parts), field)
        else:
            field.answered(_("Een verslag heeft ten minste één onderdeel."))

    def _move(self, key: UUID, before: UUID | None) -> None:
        """Put a part at another place. One that is not in the verslag has none."""
        part, parts = _BY_ID[key], list(self._parts)
        if part not in parts:
            return
        parts.remove(part)
        target = _BY_ID.get(before) if before is not None else None
        parts.insert(parts.index(target) if target in parts else len(parts), part)
        self.editing.send(
            EditMeeting(id=uuid4(), parts=tuple(parts)),
            refused=lambda reason: self.list.say(key, reason),
        )
