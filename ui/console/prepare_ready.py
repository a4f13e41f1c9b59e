"""Whether all is ready to let people in: what is there, and what is to be done still."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from facilitator.i18n import _, ngettext
from facilitator.kernel.state import State
from facilitator.meeting.meeting import Form, the_meeting
from facilitator.meeting.programme import rounds
from facilitator.meeting.tables import tables
from facilitator.meeting.themes import themes
from ui.link.address import Addresses


class Part(StrEnum):
    """A part of the preparation; each has a section on the page."""

    MEETING = "meeting"
    THEMES = "themes"
    TABLES = "tables"
    PROGRAMME = "programme"
    PEOPLE = "people"
    CATEGORIES = "categories"
    FRAMES = "frames"
    NETWORK = "network"


class Check(msgspec.Struct, frozen=True):
    """One thing that has to be ready. ``todo``: what to do still; empty when it is."""

    part: Part
    todo: str = ""

    @property
    def done(self) -> bool:
        """Whether it is ready."""
        return not self.todo


def readiness(state: State, addresses: Addresses) -> list[Check]:
    """What has to be there before the doors open, in the order of the day."""
    return [
        Check(Part.MEETING, _meeting(state)),
        Check(Part.THEMES, _themes(state)),
        Check(Part.TABLES, _tables(state)),
        Check(Part.PROGRAMME, _programme(state)),
        Check(Part.NETWORK, _network(addresses)),
    ]


def _meeting(state: State) -> str:
    meeting = the_meeting(state)
    if not meeting.title:
        return _("geef de bijeenkomst een titel.")
    if meeting.date is None:
        return _("vul de datum in.")
    return ""


def _themes(state: State) -> str:
    classic = the_meeting(state).form is Form.CLASSIC
    if not themes(state):
        return "" if classic else _("maak ten minste één thema.")
    if classic or all(step.question for step in rounds(state)):
        return ""
    without = [thing.title for thing in themes(state) if not thing.question and not thing.open]
    if without:
        return _("geef “{theme}” een vraag, of elke ronde.").format(theme=without[0])
    return ""


def _tables(state: State) -> str:
    row = tables(state)
    if not row:
        return _("maak de tafels.")
    if the_meeting(state).form is Form.CLASSIC or not themes(state):
        return ""
    seated = {table.theme for table in row}
    if None in seated:
        number = sum(table.theme is None for table in row)
        return ngettext(
            "kies een thema voor {number} tafel.", "kies een thema voor {number} tafels.", number
        )
    empty = [thing.title for thing in themes(state) if thing.id not in seated and not thing.open]
    if empty:
        return _("geef “{theme}” een tafel.").format(theme=empty[0])
    return ""


def _programme(state: State) -> str:
    row = rounds(state)
    if not row:
        return _("zet ten minste één ronde in het programma.")
    asked = any(thing.question for thing in themes(state)) or all(step.question for step in row)
    if the_meeting(state).form is Form.CLASSIC and not asked:
        return _("geef de rondes een vraag.")
    return ""


def _network(addresses: Addresses) -> str:
    if not addresses.known:
        return _("zet de laptop op het netwerk van de zaal.")
    if addresses.ask:
        return _("kies op welk netwerk de telefoons zitten.")
    if not addresses.proven:
        return _("controleer met een telefoon of die de laptop bereikt.")
    return ""
