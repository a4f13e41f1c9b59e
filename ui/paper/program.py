"""``python -m ui paper``: a PDF of the meeting that comes in, painted beside the window.

Painting a large verslag takes seconds, in which the window would stand still.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from typing import IO
from uuid import UUID

import msgspec
from PySide6.QtCore import QHashSeed
from PySide6.QtGui import QGuiApplication

from facilitator.kernel.entity import Entity
from facilitator.kernel.wire import Reader, encode
from facilitator.meeting.features import KINDS, empty_state
from facilitator.report.content import UNDATED, report
from facilitator.report.dating import dated
from ui import theme
from ui.paper.pages import pdf


class Meeting(msgspec.Struct, frozen=True):
    """What comes in: all that is in it, and its photos as JPEG."""

    entities: list[msgspec.Raw]
    photos: dict[UUID, bytes]


def question(entities: Iterable[Entity], photos: dict[UUID, bytes]) -> bytes:
    """A meeting, as this program reads it."""
    return encode({"entities": list(entities), "photos": photos})


def answer(asked: bytes) -> bytes:
    """Its verslag as a PDF. An application of Qt has to be there."""
    read = msgspec.json.decode(asked, type=Meeting)
    state = empty_state()
    state.load(Reader(KINDS).entities(read.entities), revision=1)
    told = report(state, read.photos.keys())
    return dated(pdf(told, read.photos), told.written or UNDATED)


def main(asked: IO[bytes] | None = None, told: IO[bytes] | None = None) -> int:
    """Answer one question; the exit code."""
    if sys.platform == "linux" and not any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY"))):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    QHashSeed.setDeterministicGlobalSeed()  # or fonts stand in another order each time
    _application = QGuiApplication.instance() or QGuiApplication(["facilitator"])
    theme.load_fonts()
    made = answer((asked or sys.stdin.buffer).read())
    into = told or sys.stdout.buffer
    into.write(made)
    into.flush()
    return 0
