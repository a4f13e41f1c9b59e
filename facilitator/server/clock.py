"""The engine's time: UTC as it was at the start, and a clock that nobody sets from there on."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta


def since_boot() -> float:
    """Seconds that never jump, and that go on while the machine sleeps."""
    if sys.platform == "linux":
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    if sys.platform == "darwin":  # what monotonic() reads there stands still in sleep
        return time.clock_gettime(time.CLOCK_MONOTONIC)
    return time.monotonic()


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
