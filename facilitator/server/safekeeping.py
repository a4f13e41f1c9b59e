"""Backups by themselves: every ten minutes while something changes, and when a meeting closes."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sqlite3
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final

from facilitator.kernel.errors import FacilitatorError, Unavailable
from facilitator.store.backups import copy_beside
from facilitator.store.store import BACKUPS, Store
from facilitator.store.writer import Writer

EVERY: Final = 600.0  # seconds

_LOG: Final = logging.getLogger(__name__)

Wait = Callable[[asyncio.Event, float], Awaitable[None]]
"""Waits for what happens, at most so many seconds."""


async def _wait(event: asyncio.Event, seconds: float) -> None:
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(event.wait(), seconds)


class Safekeeping:
    """Makes a backup when it is time, if anything changed since the last one."""

    def __init__(
        self,
        changes: Callable[[], int],
        make: Callable[[], Awaitable[Path]],
        *,
        every: float = EVERY,
        wait: Wait = _wait,
    ) -> None:
        self._changes = changes
        self._make = make
        self._every = every
        self._wait = wait
        self._kept = changes()
        self._soon = asyncio.Event()

    def hurry(self) -> None:
        """Something ended well: make the next one now."""
        self._soon.set()

    async def keep_safe(self) -> None:
        """Make them, for as long as the engine runs."""
        while True:
            await self._wait(self._soon, self._every)
            self._soon.clear()
            await self.make_if_changed()

    async def make_if_changed(self) -> None:
        """Make one, if anything changed. What can't be made now is tried again next time."""
        changes = self._changes()
        if changes == self._kept:
            return
        try:
            await self._make()
        except FacilitatorError as error:
            _LOG.warning("no backup was made: %s", error.code)
        else:
            self._kept = changes


async def backup_beside(store: Store, writer: Writer) -> Path:
    """A backup for which nobody who writes has to wait: another reader makes the copy."""
    generation = await asyncio.wrap_future(writer.run(lambda own: own.generation))
    try:
        part = await asyncio.to_thread(copy_beside, store.path, store.folder / BACKUPS)
    except (OSError, sqlite3.Error) as error:
        raise Unavailable("store.backup", why=type(error).__name__) from error
    return await asyncio.wrap_future(writer.run(lambda own: own.keep_copy(part, generation)))
