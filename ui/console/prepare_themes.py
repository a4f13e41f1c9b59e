"""Voorbereiden, section Thema's: what is talked about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar
from uuid import uuid4

from facilitator.i18n import N_, _
from facilitator.kernel.entity import Entity
from facilitator.kernel.state import State
from facilitator.meeting.ids import ThemeId
from facilitator.meeting.themes import (
    AddTheme,
    Colour,
    EditTheme,
    MoveTheme,
    RemoveTheme,
    Theme,
    themes,
)
from ui.console.editing import Commands, commands_of
from ui.console.prepare_section import ListSection
from ui.console.prepare_words import COLOUR_NAMES, swatch
from ui.widgets.choices import ChoiceField, Options, SwitchField
from ui.widgets.fields import LineField, TextField
from ui.widgets.ordered_list import Column, OrderedList, Row


class ThemesSection(ListSection):
    """The themes: title, question, colour, and whether every table may write for it."""

    title: ClassVar[str] = N_("Thema’s")
    hint: ClassVar[str] = N_(
        "Waar de tafels over praten. De vraag staat groot in de zaal en op de telefoons. "
        "Bij een open thema mag elke tafel schrijven."
    )
    removed: ClassVar[str] = N_("Thema weggehaald. Ctrl+Z zet het terug.")
    kinds: ClassVar[tuple[type[Entity], ...]] = (Theme,)

    def make_list(self, columns: Sequence[Column]) -> OrderedList:
        """A numbered list; a theme's number is its place."""
        return OrderedList(
            columns,
            thing=_("thema"),
            adds=_("Nog een thema: typ de titel en druk op Enter"),
            marked=True,
            scrolls=True,
        )

    def columns(self) -> list[Column]:
        """Title, question, colour, open."""
        colours = Options(self)
        colours.offer([(colour, _(COLOUR_NAMES[colour]), swatch(colour)) for colour in Colour])
        return [
            Column(name="title", title=_("Titel"), make=LineField, share=4),
            Column(
                name="question",
                title=_("Vraag"),
                make=lambda: TextField(enter="leave", merges="here", hint=_("Wat wilt u vragen?")),
                share=7,
            ),
            Column(
                name="colour",
                title=_("Kleur"),
                make=lambda: ChoiceField(_("Kleur"), colours),
                width=124,
            ),
            Column(
                name="open",
                title=_("Open thema"),
                make=lambda: SwitchField(_("Open thema: elke tafel mag hier schrijven")),
                width=84,
            ),
        ]

    def commands(self) -> Commands:
        """Of themes."""
        return commands_of(
            "theme",
            add=lambda key, text: AddTheme(id=uuid4(), theme=ThemeId(key), title=text),
            edit=EditTheme,
            move=MoveTheme,
            remove=RemoveTheme,
        )

    def rows(self, state: State) -> list[Row]:
        """The themes, first one first."""
        return [
            Row(id=thing.id, mark=str(number), values=_values(thing))
            for number, thing in enumerate(themes(state), start=1)
        ]


def _values(thing: Theme) -> dict[str, Any]:
    return {name: getattr(thing, name) for name in ("title", "question", "colour", "open")}
