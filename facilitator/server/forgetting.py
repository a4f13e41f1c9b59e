"""Wiping, when somebody asks for it or when a meeting's time is over."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
from collections.abc import Awaitable, Callable
from typing import Final

from facilitator.kernel.errors import FacilitatorError
from facilitator.kernel.roles import Role
from facilitator.meeting.ids import MeetingId
from facilitator.meeting.meeting import Phase
from facilitator.server.cafes import Cafes
from facilitator.store import forgetting
from facilitator.store.store import Store

EVERY: Final = 3600.0  # seconds between two looks at what has been kept long enough
AGAIN: Final = 60.0  # seconds until what could not be done is tried once more

_LOG: Final = logging.getLogger(__name__)


def this_day() -> dt.date:
    """Today, where this machine stands."""
    return dt.datetime.now(dt.UTC).astimezone().date()


async def wipe(cafes: Cafes, meeting: MeetingId, *, at: dt.datetime, role: Role) -> None:
    """Forget who took part in a closed meeting. Done when no byte of it is left.

    Raises ``NotFound``, ``Refused`` where it is not closed, and ``Unavailable`` with
    ``wipe.unfinished`` where it is forgotten but not all copies could be cleaned yet.
    """
    await cafes.rewrite(meeting, lambda store: forgetting.wipe(store, meeting, at=at, role=role))
    await cafes.write(Store.clean)


class Retention:
    """Wipes the meetings that are kept until today, and finishes what was begun earlier."""

    def __init__(
        self,
        cafes: Cafes,
        now: Callable[[], dt.datetime],
        *,
        today: Callable[[], dt.date] = this_day,
        wait: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._cafes = cafes
        self._now = now
        self._today = today
        self._wait = wait

    async def keep_looking(self) -> None:
        """Look now and every hour, for as long as the engine runs."""
        while True:
            await self._wait(EVERY if await self.look() else AGAIN)

    async def look(self) -> bool:
        """Wipe what has been kept long enough; False where that has to be tried again soon."""
        try:
            await self._cafes.write(Store.clean)
            overdue = await self._cafes.write(lambda store: store.overdue(self._today()))
            for meeting, phase in overdue:
                await self._forget(meeting, phase)
        except FacilitatorError as error:
            _LOG.warning("not all could be forgotten: %s", error.code)
            return False
        return True

    async def _forget(self, meeting: MeetingId, phase: Phase) -> None:
        if phase is Phase.CLOSED:
            await wipe(self._cafes, meeting, at=self._now(), role=Role.SYSTEM)
            _LOG.info("a meeting was kept long enough and is wiped: %s", meeting)
        else:
            _LOG.warning("a meeting is kept too long, since it is not closed: %s", meeting)
