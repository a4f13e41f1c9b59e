"""The laptop sleeps, or somebody sets its clock: the round ends when it should."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.e2e.cafe import Cafe

from .conftest import MakePhone
from .hall import Hall

SLEEP = 15.0  # seconds
HOUR = 3600.0

pytestmark = pytest.mark.faults


def seconds_left(cafe: Cafe) -> float:
    """What every screen shows: the end of the round less the engine's time."""
    said = cafe.ask("GET", "/api/state")
    (clock,) = (thing for thing in said["entities"] if thing["kind"] == "clock")
    ends, now = (datetime.fromisoformat(word) for word in (clock["ends_at"], said["now"]))
    return (ends - now).total_seconds()


class JumpingCafe(Cafe):
    """An engine on a machine whose clocks jump."""

    module = "tests.faults.jumping_engine"

    def jump(self, *, wall: float = 0.0, slept: float = 0.0) -> None:
        """What its clocks did since the engine was started."""
        new = self.folder / "jump.new"
        new.write_text(f"{wall} {slept}", "ascii")
        new.replace(self.folder / "jump")


@pytest.mark.e2e
def test_sleep(hall: Hall, a_phone: MakePhone) -> None:
    """A closed lid, as the phones see it: nothing answers for a while, then everything does."""
    phone = a_phone().join().write("Voor").received("Voor")
    assert hall.engine is not None
    before = seconds_left(hall)
    fell_asleep = time.monotonic()
    hall.engine.send_signal(signal.SIGSTOP)
    phone.write("Tijdens").waiting("Tijdens")
    expect(phone.page.get_by_text("Even geen verbinding")).to_be_visible(timeout=20_000)
    time.sleep(max(0.0, fell_asleep + SLEEP - time.monotonic()))  # the fault lasts
    hall.engine.send_signal(signal.SIGCONT)
    phone.received("Voor", "Tijdens")
    assert hall.stored() == ["Tijdens", "Voor"]
    slept = time.monotonic() - fell_asleep
    assert seconds_left(hall) == pytest.approx(before - slept, abs=3.0)


@pytest.fixture
def cafe(tmp_path: Path) -> Iterator[JumpingCafe]:
    """A round on a machine whose clocks can jump."""
    cafe = JumpingCafe(tmp_path / "engine")
    cafe.send("open_doors")
    cafe.go_to("round")
    yield cafe
    cafe.close()


@pytest.mark.parametrize("hours", [72.0, -72.0, 1.0])
def test_clock_jump(cafe: JumpingCafe, hours: float) -> None:
    """Somebody sets the laptop's clock right, or summer time begins: the round goes on as it was."""
    before = seconds_left(cafe)
    cafe.jump(wall=hours * HOUR)
    assert seconds_left(cafe) == pytest.approx(before, abs=20.0)
    table, step = cafe.table()["id"], cafe.step
    assert step is not None
    cafe.send("write_note", note=str(uuid4()), text="Erna", table=table, step=step["id"])
    assert not cafe.note("Erna")["late"]


def test_sleep_counts(cafe: JumpingCafe) -> None:
    """Ten minutes with a closed lid are ten minutes of the round; what is late after it says so."""
    before = seconds_left(cafe)
    cafe.jump(slept=600.0)
    assert seconds_left(cafe) == pytest.approx(before - 600.0, abs=20.0)
