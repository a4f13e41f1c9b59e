"""The engine's time: UTC as it was at the start, and a clock that nobody sets from there on."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final

# Linux has a clock that counts sleep beside one that does not; on macOS this one counts it.
_CLOCK: Final[int | None] = getattr(time, "CLOCK_BOOTTIME", getattr(time, "CLOCK_MONOTONIC", None))


def since_boot() -> float:
    """Seconds that never jump, and that go on while the machine sleeps."""
    return time.monotonic() if _CLOCK is None else time.clock_gettime(_CLOCK)


class EngineClock:
    """Tells the time by which a round ends. A wall clock that is set right moves nothing."""

    def __init__(
        self,
        wall: Callable[[], datetime] = lambda: datetime.now(UTC),
        passed: Callable[[], float] = since_boot,
    ) -> None:
        self._passed = passed
        self._anchor = wall()
        self._began = passed()

    def now(self) -> datetime:
        """The time, in UTC."""
        return self._anchor + timedelta(seconds=self._passed() - self._began)
