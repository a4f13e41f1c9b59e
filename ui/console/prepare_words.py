"""Words for the choices on the page Voorbereiden."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

from facilitator.i18n import N_, _, ngettext
from facilitator.kernel.state import State
from facilitator.meeting.meeting import Attendance, Devices, Form
from facilitator.meeting.programme import Step, StepKind
from facilitator.meeting.tables import Table, tables
from facilitator.meeting.themes import Colour, themes
from ui import theme
from ui.projector.told import NAMES

LENGTHS: Final = {
    StepKind.WELCOME: 10,
    StepKind.CHECK_IN: 5,
    StepKind.ROUND: 20,
    StepKind.SWITCH: 3,
    StepKind.HARVEST: 25,
    StepKind.PLENARY: 15,
    StepKind.DECISION: 15,
    StepKind.BREAK: 10,
    StepKind.CLOSING: 10,
}
"""Minutes that a new step takes."""

COLOUR_NAMES: Final = {
    Colour.YELLOW: N_("geel"),
    Colour.ORANGE: N_("oranje"),
    Colour.PINK: N_("roze"),
    Colour.PURPLE: N_("paars"),
    Colour.BLUE: N_("blauw"),
    Colour.GREEN: N_("groen"),
}
FORM_NAMES: Final = {
    Form.THEMES: N_("Thematafels: elke tafel een eigen thema"),
    Form.CLASSIC: N_("Klassiek: dezelfde vraag aan alle tafels"),
}
ATTENDANCE_NAMES: Final = {
    Attendance.NAMES: N_("de namen"),
    Attendance.NUMBERS: N_("alleen hoeveel er waren"),
    Attendance.NONE: N_("niets"),
}
DEVICES_NAMES: Final = {
    Devices.OWN: N_("Eigen telefoon: ieder schrijft zelf"),
    Devices.TABLE: N_("Eén toestel per tafel: iemand schrijft voor de tafel"),
}
NAMED_NAMES: Final = {
    False: N_("Anoniem: niet bewaard wie wat schreef"),
    True: N_("Op naam: bij elke notitie wordt bewaard wie haar schreef"),
}
NAMED_MEANS: Final = {
    False: N_(
        "Nergens staat wie wat schreef, ook niet voor u. Van een toestel ziet u alleen een nummer."
    ),
    True: N_(
        "Ieder geeft een naam bij het binnenkomen. U kunt zien wie wat schreef; de zaal en andere "
        "telefoons niet."
    ),
}
LANGUAGE_NAMES: Final = {"nl": N_("Nederlands"), "en": N_("Engels")}
_SWATCH: Final = 20


def swatch(colour: Colour) -> QIcon:
    """A small sticky note in this colour."""
    drawn = QPixmap(2 * _SWATCH, 2 * _SWATCH)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QColor(theme.palette(light=True).control_line))
    painter.setBrush(theme.note_colour(colour.value))
    painter.drawRoundedRect(QRectF(3, 3, 2 * _SWATCH - 6, 2 * _SWATCH - 6), 6, 6)
    painter.end()
    drawn.setDevicePixelRatio(2)
    return QIcon(drawn)


def theme_choices(state: State) -> list[tuple[Any, str]]:
    """The themes to choose from, each with its number; first none."""
    listed = enumerate(themes(state), start=1)
    return [(None, _("geen thema")), *((t.id, f"{number} {t.title}") for number, t in listed)]


def table_name(table: Table) -> str:
    """What a table is called: its number, and its name if it has one."""
    number = _("Tafel {number}").format(number=table.number)
    return f"{number} · {table.name}" if table.name else number


def table_choices(state: State) -> list[tuple[Any, str]]:
    """The tables to choose from; first none."""
    return [(None, _("geen tafel")), *((t.id, table_name(t)) for t in tables(state))]


def kind_name(step: Step, number: int) -> str:
    """What a step without a title is called; ``number`` is that of a round."""
    name = _(NAMES[step.activity])
    return f"{name} {number}" if step.activity is StepKind.ROUND else name


def duration(minutes: int) -> str:
    """A length of time in words: 2 uur 8 minuten."""
    hours, rest = divmod(minutes, 60)
    parts = []
    if hours:
        parts.append(ngettext("{number} uur", "{number} uur", hours))
    if rest or not hours:
        parts.append(ngettext("{number} minuut", "{number} minuten", rest))
    return " ".join(parts)
