"""An engine on a machine whose clocks jump, as a file in its data folder tells from moment to moment.

``jump`` holds two numbers: seconds by which somebody set the clock on the wall, and seconds that the
machine slept. Takes the arguments of the real one: ``python -m tests.faults.jumping_engine engine …``.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest import mock

from facilitator import cli, engine
from facilitator.server.clock import EngineClock, since_boot

FOLDER = Path(sys.argv[sys.argv.index("--data") + 1])


def jumped() -> tuple[float, float]:
    """By how much the wall clock is wrong, and how long the machine slept."""
    try:
        wall, slept = (FOLDER / "jump").read_text("ascii").split()
    except FileNotFoundError:
        return 0.0, 0.0
    return float(wall), float(slept)


def clock() -> EngineClock:
    """The engine's clock, on this machine."""
    return EngineClock(
        wall=lambda: datetime.now(UTC) + timedelta(seconds=jumped()[0]),
        passed=lambda: since_boot() + jumped()[1],
    )


if __name__ == "__main__":
    with mock.patch.object(engine, "EngineClock", clock):
        sys.exit(cli.main())
