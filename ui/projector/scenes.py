"""The scene that the hall sees: one function of what is, when it is, and how large the screen is.

It draws the window in the hall, its picture in the console, and the pictures in tests and papers.
"""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Final

from PySide6.QtCore import QRectF, QSize, QSizeF
from PySide6.QtGui import QColor, QPainter

from facilitator.kernel.state import State
from facilitator.meeting.meeting import Meeting, Phase, the_meeting
from facilitator.meeting.programme import Clock, the_clock
from facilitator.meeting.projector import Projector, SceneName, the_projector
from ui import theme
from ui.link.address import reachable
from ui.projector import paging, table_codes
from ui.projector.canvas import Canvas
from ui.projector.doors import paint_doors
from ui.projector.matrix import paint_matrix
from ui.projector.result import paint_result
from ui.projector.step import paint_step
from ui.projector.switch import paint_switch
from ui.projector.wall import paint_wall

_LOG: Final = logging.getLogger(__name__)
BLACK: Final = "#000000"
WITH_CLOCK: Final = frozenset({SceneName.STEP, SceneName.SWITCH})
TURNING: Final = frozenset({SceneName.SWITCH, SceneName.WALL, SceneName.MATRIX, SceneName.RESULT})


def paint(
    painter: QPainter, state: State, now: datetime, size: QSize | QSizeF, *, address: str
) -> None:
    """Paint what the hall sees at ``now``, in the time zone of ``now``. Never raises.

    The hall never sees an error: where a scene cannot be drawn, its plain ground is.
    """
    sheet = QRectF(0, 0, size.width(), size.height())
    if sheet.isEmpty():
        return
    theme.load_fonts()
    painter.fillRect(sheet, QColor(ground_of(state)))
    if not ready(state) or the_projector(state).black:
        return
    painter.save()
    try:
        painter.setClipRect(sheet)
        way_in = address if reachable(address) else ""
        _paint_scene(painter, state, now, sheet.size(), way_in)
    except Exception:  # noqa: BLE001 - the border to the hall
        _LOG.exception("a scene could not be painted")
        painter.restore()
        painter.fillRect(sheet, QColor(ground_of(state)))
    else:
        painter.restore()


def ready(state: State) -> bool:
    """Whether there is a meeting to show."""
    return all(len(state.all(kind)) > 0 for kind in (Meeting, Clock, Projector))


def ground_of(state: State) -> str:
    """The colour under everything; dark until a state says otherwise."""
    shown = next(iter(state.all(Projector)), None)
    if shown is not None and shown.black:
        return BLACK
    return theme.palette(light=shown is not None and shown.light).bg


def scene_of(state: State) -> SceneName:
    """The scene that was asked for; a meeting that is closed has no clock to show: it thanks."""
    scene = the_projector(state).scene
    if the_meeting(state).phase is Phase.CLOSED and scene in WITH_CLOCK:
        return SceneName.DOORS
    return scene


def _paint_scene(
    painter: QPainter, state: State, now: datetime, size: QSizeF, address: str
) -> None:
    shown = the_projector(state)
    canvas = Canvas(painter, size, theme.palette(light=shown.light))
    match scene_of(state):
        case SceneName.DOORS:
            paint_doors(canvas, state, now, address)
        case SceneName.STEP:
            paint_step(canvas, state, now, address)
        case SceneName.SWITCH:
            paint_switch(canvas, state, now, address)
        case SceneName.WALL:
            paint_wall(canvas, state, now, address)
        case SceneName.MATRIX:
            paint_matrix(canvas, state, now)
        case SceneName.RESULT:
            paint_result(canvas, state, now, address)


def until_changed(state: State, now: datetime) -> float | None:
    """Seconds until the picture changes by time alone; None where only an entry changes it."""
    if not ready(state):
        return None
    shown = the_projector(state)
    if shown.black:
        return None
    moments: list[float | None] = []
    scene = scene_of(state)
    if scene in TURNING:
        moments.append(paging.until_turned(now))
    elif scene is SceneName.DOORS and the_meeting(state).phase is not Phase.CLOSED:
        moments.append(table_codes.until_turned(state, now))
    clock = the_clock(state)
    if clock.running and clock.step is not None and scene is not SceneName.DOORS:
        moments.append(clock.remaining(now) % 1.0 or 1.0)
    return min((each for each in moments if each is not None), default=None)
