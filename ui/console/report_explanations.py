"""Verslag: the explanation of each theme, typed along by one or by two who lose nothing."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from facilitator.i18n import N_, _
from facilitator.kernel.entity import Entity
from facilitator.meeting.explanations import (
    EditExplanation,
    Explanation,
    SettleExplanation,
    explanation_of,
)
from facilitator.meeting.fields import Typed
from facilitator.meeting.ids import ThemeId
from facilitator.meeting.themes import Theme, themes
from ui import theme
from ui.console.editing import Editing, Section
from ui.widgets.buttons import button
from ui.widgets.draft import Edit
from ui.widgets.fields import TextField
from ui.widgets.frames import Card, Empty
from ui.widgets.labels import ElidedLabel, label

LINES = 4  # that an empty field is high
STRIPE = 6  # pixels


class ExplanationsSection(Section):
    """A large field for each theme."""

    title: ClassVar[str] = N_("Toelichting per thema")
    kinds: ClassVar[tuple[type[Entity], ...]] = (Explanation, Theme)

    def __init__(self, editing: Editing, parent: QWidget | None = None) -> None:
        super().__init__(editing, parent)
        self.fields: dict[ThemeId, ExplanationField] = {}
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        card = Card(_(self.title))
        page.addWidget(card)
        sentence = _("Maak ze bij Voorbereiden; dan kunt u hier typen wat erover gezegd wordt.")
        self.empty = Empty("message-square", _("Nog geen thema’s"), sentence)
        card.body.addWidget(self.empty)
        self._first = QWidget(self)  # never in sight: where Tab comes into the fields
        self._first.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._first.hide()
        self._column = QVBoxLayout()
        self._column.setSpacing(theme.space("l"))
        card.body.addLayout(self._column)

    def refresh(self) -> None:
        """Show the themes in their order, each with what was typed."""
        row = themes(self.state)
        self.empty.setVisible(not row)
        there = {thing.id for thing in row}
        for key in [key for key in self.fields if key not in there]:
            self.fields.pop(key).deleteLater()
        for number, thing in enumerate(row, start=1):
            if thing.id not in self.fields:
                self.fields[thing.id] = ExplanationField(self.editing, thing.id)
            field = self.fields[thing.id]
            if self._column.indexOf(field) != number - 1:
                self._column.insertWidget(number - 1, field)
                self._chain(row)
            field.show_theme(number, thing, explanation_of(self.state, thing.id))

    @property
    def unsent(self) -> bool:
        """Whether something stands here that the meeting may not hold yet."""
        return any(field.field.dirty for field in self.fields.values())

    def commit(self) -> None:
        """Send what was typed and not sent yet."""
        for field in self.fields.values():
            field.field.commit()

    def _chain(self, row: list[Theme]) -> None:
        before = self._first
        for field in (self.fields[thing.id] for thing in row if thing.id in self.fields):
            for after in (field.field.editor, field.seen):
                QWidget.setTabOrder(before, after)
                before = after


class ExplanationField(QWidget):
    """The explanation of one theme. Where two typed at the same place, it says so until seen."""

    def __init__(self, editing: Editing, key: ThemeId) -> None:
        super().__init__()
        self._editing, self._key = editing, key
        beside = QHBoxLayout(self)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(theme.space("m"))
        self.stripe = QFrame()
        self.stripe.setFixedWidth(STRIPE)
        beside.addWidget(self.stripe)
        column = QVBoxLayout()
        column.setSpacing(theme.space("xs"))
        beside.addLayout(column, 1)
        self.heading = ElidedLabel("", "strong")
        column.addWidget(self.heading)
        self.field = TextField(least=LINES, merges="engine")
        self.field.edited.connect(self._edit)
        column.addWidget(self.field)
        self.clash = QWidget()
        row = QHBoxLayout(self.clash)
        row.setContentsMargins(0, 0, 0, 0)
        told = _("Twee mensen typten hier tegelijk. Beide teksten staan er: lees het even na.")
        words = label(told, wraps=True)
        words.setStyleSheet(f"color: {theme.palette(light=True).warn};")
        row.addWidget(words, 1)
        self.seen = button(_("Gezien"), "check", self._settle, small=True)
        row.addWidget(self.seen)
        self.clash.hide()
        column.addWidget(self.clash)

    def show_theme(self, number: int, thing: Theme, explanation: Explanation) -> None:
        """Show what was typed, joined with what is being typed here."""
        name = f"{number} {thing.title}"
        self.heading.say(name)
        self.field.editor.setAccessibleName(_("Toelichting bij {theme}").format(theme=name))
        colour = theme.note_colour(thing.colour.value).name()
        self.stripe.setStyleSheet(f"background: {colour}; border-radius: 3px;")
        self.field.show_value(explanation.text)
        self.clash.setVisible(explanation.clash)

    def _edit(self, edit: Edit) -> None:
        typed = Typed(base=edit.base, text=edit.text)
        command = EditExplanation(id=uuid4(), theme=self._key, edit=typed)
        self._editing.send(command, self.field)

    def _settle(self) -> None:
        self._editing.send(SettleExplanation(id=uuid4(), theme=self._key))
        self.field.editor.setFocus()
