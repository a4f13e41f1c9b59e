"""The disk is full, faulty or slow: what was acknowledged is there, and the rest comes later."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from facilitator.store.store import Store
from tests.e2e.cafe import Cafe

from .crowd import Crowd
from .watched import WatchedCafe, can_trace

SLOW = 0.3  # seconds for each time that something is put on the disk

pytestmark = pytest.mark.faults
watched = pytest.mark.skipif(not can_trace(), reason="strace is not here, or may not watch")


@pytest.fixture
def cafe(tmp_path: Path) -> Iterator[WatchedCafe]:
    """A live meeting, still undisturbed."""
    cafe = WatchedCafe(tmp_path / "engine")
    cafe.send("open_doors")
    yield cafe
    if cafe.engine is not None:
        cafe.leave()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 32 megabytes."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("a small disk needs root and Linux")
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=32m", "tmpfs", str(place)]
    if subprocess.run(mount, check=False, capture_output=True).returncode != 0:
        pytest.skip("no disk may be mounted here")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


def fill(place: Path, spare: int) -> Path:
    """Something that takes all room on a disk but a few bytes."""
    ballast = place / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while file.write(bytes(4096)):
                pass
        except OSError:
            file.truncate(file.tell() - spare)
    return ballast


def is_whole(cafe: Cafe, crowd: Crowd) -> None:
    """All that was acknowledged is there, once, and nothing else; in journal and tables alike."""
    if cafe.engine is not None:
        cafe.stop()
        cafe._end(signal.SIGCONT)
    store = Store.open(cafe.folder)
    try:
        assert store.check() == []
        connection = store._connection
        stored = connection.exec_driver_sql("SELECT text FROM note").scalars().all()
    finally:
        store.close()
    assert Counter(stored) == Counter(writing.text for writing in crowd.acknowledged)


def test_disk_full(small_disk: Path) -> None:
    cafe = Cafe(small_disk / "engine")
    try:
        cafe.send("open_doors")
        crowd = Crowd(cafe, people=6)
        asyncio.run(write_until_there_is_room_again(cafe, crowd, small_disk))
        assert "schijf is vol" in crowd.words["store.full"]
        assert len(crowd.acknowledged) == 6 * 60
        assert cafe.ask("GET", "/api/engine")["failing"] is None
        is_whole(cafe, crowd)
    finally:
        if cafe.engine is not None:
            cafe.kill()


async def write_until_there_is_room_again(cafe: Cafe, crowd: Crowd, disk: Path) -> None:
    ballast = fill(disk, spare=160 * 1024)
    async with asyncio.TaskGroup() as group:
        group.create_task(crowd.write(each=60, length=300))
        await crowd.refused("store.full", 24)
        full = await asyncio.to_thread(cafe.ask, "GET", "/api/engine")
        assert full["failing"] == "store.full"  # the console says so …
        texts = await asyncio.to_thread(cafe.texts)  # … and what is there can still be read
        assert set(texts) >= {one.text for one in crowd.acknowledged}
        ballast.unlink()


@watched
def test_io_error(cafe: WatchedCafe) -> None:
    cafe.disturb("error=EIO:when=9+5")
    crowd = Crowd(cafe, people=4)
    asyncio.run(crowd.write(each=25))
    assert crowd.refusals["store.uncertain"] + crowd.refusals["store.failing"] > 5
    is_whole(cafe, crowd)


@watched
def test_slow_disk(cafe: WatchedCafe) -> None:
    cafe.disturb(f"delay_enter={int(SLOW * 1e6)}")
    crowd = Crowd(cafe, people=30)
    asyncio.run(crowd.write(each=3))
    waits = sorted(writing.seconds for writing in crowd.acknowledged)
    assert waits[0] >= SLOW  # nobody heard before the disk had it
    assert waits[-1] < 30 * SLOW / 3  # and nobody waited for each of the others
    assert not crowd.refusals
    is_whole(cafe, crowd)
