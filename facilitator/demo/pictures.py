"""Pictures of what the hall saw. A window's program paints them; the engine knows no window."""

from __future__ import annotations

import asyncio
import importlib.util
import os
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import msgspec

from facilitator.i18n import _, ngettext
from facilitator.settings import RESOURCES

AT_ONCE: Final = 2  # painted beside one another


def _now() -> datetime:
    return datetime.now(UTC)


class Shot(msgspec.Struct, frozen=True):
    """A picture that is to be painted: the state of that moment, kept in a file."""

    name: str
    state: Path
    left: int | None = None  # seconds that the clock shows
    at: datetime = msgspec.field(default_factory=_now)


async def paint(shots: Iterable[Shot], folder: Path, address: str) -> str:
    """Paint them into a folder that is there; what came of it, in words."""
    if not all(importlib.util.find_spec(name) for name in ("PySide6", "ui")):
        return _("Zonder PySide6 zijn er geen beelden gemaakt.")
    turn = asyncio.Semaphore(AT_ONCE)
    done = await asyncio.gather(*(_paint(shot, folder, address, turn) for shot in shots))
    if not all(done):
        return _("Niet elk beeld lukte; het verslag is wel heel.")
    return ngettext("{number} beeld van de zaal.", "{number} beelden van de zaal.", len(done))


async def _paint(shot: Shot, folder: Path, address: str, turn: asyncio.Semaphore) -> bool:
    asked = ["--state", str(shot.state), "--at", shot.at.isoformat()]
    asked += ["--address", address] if address else []
    asked += ["--left", str(shot.left)] if shot.left is not None else []
    asked += ["--out", str(folder / f"{shot.state.stem}.png")]
    async with turn:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "ui", "render", *asked),
            cwd=RESOURCES.parent,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        )
        return await process.wait() == 0
