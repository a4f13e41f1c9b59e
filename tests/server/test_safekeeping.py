"""Backups by themselves: when, how many, and that nobody waits for them."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest

from facilitator.kernel.errors import Unavailable
from facilitator.server.safekeeping import EVERY, Safekeeping
from facilitator.store import backups
from facilitator.store.store import BACKUPS, Store
from tests.server.cafe import Cafe, Engine

MINUTES_TEN = 600


class Day:
    """A day with a clock that the test moves, and a store that only counts."""

    def __init__(self) -> None:
        self.changes = 5
        self.made: list[int] = []
        self.full = False
        self.keeping = Safekeeping(lambda: self.changes, self._make, wait=self._wait)
        self._passed: asyncio.Queue[bool] = asyncio.Queue()
        self._turn = asyncio.Event()

    async def _make(self) -> Path:
        if self.full:
            raise Unavailable("store.backup")
        self.made.append(self.changes)
        return Path("made")

    async def _wait(self, event: asyncio.Event, seconds: float) -> None:
        assert seconds == EVERY == MINUTES_TEN
        self._turn.set()
        passes = asyncio.ensure_future(self._passed.get())
        hurried = asyncio.ensure_future(event.wait())
        await asyncio.wait({passes, hurried}, return_when=asyncio.FIRST_COMPLETED)
        for one in (passes, hurried):
            one.cancel()

    async def ten_minutes(self) -> None:
        """Let them pass, and let it do what it does then."""
        self._turn.clear()
        self._passed.put_nowait(True)
        await self._turn.wait()

    async def close_a_meeting(self) -> None:
        """Let one end."""
        self._turn.clear()
        self.keeping.hurry()
        await self._turn.wait()


def play(script: Callable[[Day], object]) -> Day:
    """Run a script of a day beside its safekeeping."""

    async def run() -> Day:
        day = Day()
        work = asyncio.ensure_future(day.keeping.keep_safe())
        await asyncio.sleep(0)
        await script(day)  # type: ignore[misc]
        work.cancel()
        return day

    return asyncio.run(run())


def test_every_ten_minutes_while_something_changes() -> None:
    async def script(day: Day) -> None:
        await day.ten_minutes()
        assert day.made == [], "nothing changed since the start"
        day.changes = 8
        await day.ten_minutes()
        await day.ten_minutes()
        assert day.made == [8], "and nothing since"
        day.changes = 9
        await day.ten_minutes()
        assert day.made == [8, 9]

    play(script)


def test_when_a_meeting_closes_at_once() -> None:
    async def script(day: Day) -> None:
        day.changes = 6
        await day.close_a_meeting()
        assert day.made == [6]

    play(script)


def test_what_could_not_be_made_is_made_next_time() -> None:
    async def script(day: Day) -> None:
        day.changes, day.full = 6, True
        await day.ten_minutes()
        day.full = False
        await day.ten_minutes()
        assert day.made == [6]

    play(script)


def found(folder: Path, text: str) -> list[Path]:
    """The backups that hold a note with this text."""
    holding = []
    for path in backups.made(folder / BACKUPS):
        with closing(sqlite3.connect(path)) as copy:
            if copy.execute("SELECT 1 FROM note WHERE text = ?", (text,)).fetchone():
                holding.append(path)
    return holding


def test_an_engine_makes_one_at_the_end_of_a_meeting_and_of_itself(own_engine: Engine) -> None:
    cafe = Cafe(own_engine)
    cafe.join().write("Voor het sluiten")
    cafe.do("close_meeting")
    cafe.do("open_doors")
    cafe.join().write("Daarna")
    own_engine.stop()
    assert found(own_engine.folder, "Voor het sluiten")
    assert len(found(own_engine.folder, "Daarna")) == 1
    assert not list((own_engine.folder / BACKUPS).glob("*.part*"))


def test_nothing_changed_nothing_made(own_engine: Engine) -> None:
    own_engine.stop()
    assert backups.made(own_engine.folder / BACKUPS) == []


def test_what_was_deleted_meanwhile_is_in_no_copy(tmp_path: Path) -> None:
    with closing(Store.open(tmp_path)) as store:
        part = backups.copy_beside(store.path, tmp_path / BACKUPS)
        before = store.generation
        store.generation += 1  # as deleting does
        path = store.keep_copy(part, before)
        assert not part.exists()
        assert backups.made(tmp_path / BACKUPS) == [path]


@pytest.mark.parametrize("name", ["beside.part", "facilitator-20260101-000000-000000.db.part"])
def test_what_a_killed_engine_left_half_is_removed(tmp_path: Path, name: str) -> None:
    left = tmp_path / BACKUPS / name
    left.parent.mkdir()
    left.write_bytes(uuid4().bytes)
    Store.open(tmp_path).close()
    assert not left.exists()


def test_the_newest_ten_are_kept_and_the_last_of_seven_days(tmp_path: Path) -> None:
    for day in range(1, 21):
        for hour in range(12):
            (tmp_path / f"facilitator-202601{day:02}-{hour:02}0000-000000.db").touch()
    backups.prune(tmp_path)
    names = [path.name for path in backups.made(tmp_path)]
    assert len(names) == backups.KEPT + backups.DAYS - 1
    assert names[-1].startswith("facilitator-20260120-11")
    assert names[0].startswith("facilitator-20260114-11")
