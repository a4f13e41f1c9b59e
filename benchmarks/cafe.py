"""What the benchmarks share: an engine with a meeting in it, and the echo to hold it against."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from statistics import median
from typing import Any
from uuid import uuid4

from facilitator.client.console import Console
from facilitator.client.phone import Phone
from facilitator.meeting.ids import MeetingId, TableId
from facilitator.meeting.meeting import OpenDoors
from facilitator.meeting.tables import AddTable, tables

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
_LOADS = {"crowd": ("benchmarks/crowd.py",)}  # those with a program of their own


@contextmanager
def program(*arguments: str, **environment: str) -> Iterator[dict[str, str]]:
    """A Python program that says it is up with one line of JSON; that line."""
    process = subprocess.Popen(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None  # noqa: S101 - as it was made
    try:
        yield json.loads(process.stdout.readline())
    finally:
        process.terminate()
        process.wait(30)
        process.stdout.close()


@contextmanager
def engine() -> Iterator[dict[str, str]]:
    """A fresh engine; its card."""
    with (
        tempfile.TemporaryDirectory() as folder,
        program(
            *("-m", "facilitator", "engine", "--data", folder, "--port", "0"),
            FACILITATOR_RATE="1000000",
            FACILITATOR_LINGER="600",
        ) as card,
    ):
        yield card


@contextmanager
def echo(*options: str) -> Iterator[dict[str, str]]:
    """The same web server with an application that sends back what came in."""
    with program("benchmarks/echo.py", *options) as card:
        yield card


class Hall:
    """A live meeting with phones at its tables."""

    def __init__(self, console: Console, meeting: MeetingId, phones: list[Phone]) -> None:
        self.console = console
        self.meeting = meeting
        self.phones = phones

    def seats(self) -> list[tuple[str, str]]:
        """Token and table of each phone."""
        return [(phone.http.token, str(phone.table)) for phone in self.phones]


@asynccontextmanager
async def hall(card: dict[str, str], phones: int) -> AsyncIterator[Hall]:
    """A meeting with so many phones, four or five at a table."""
    console = Console(HOST, int(card["port"]), card["console_token"])
    meeting = await console.create("Meting", template="themes", themes=["Groen", "Geld"])
    more = max(0, min(125, phones // 4) - 3)
    await console.do(meeting, OpenDoors(id=uuid4()))
    for _ in range(more):
        await console.do(meeting, AddTable(id=uuid4(), table=TableId(uuid4())))
    codes = [table.code for table in tables(await console.state(meeting))]
    joined = [Phone(HOST, int(card["port"])) for _ in range(phones)]
    for number, phone in enumerate(joined):
        await phone.join(codes[number % len(codes)])
        await phone.close()
    try:
        yield Hall(console, meeting, joined)
    finally:
        await console.close()


def load(name: str, **settings: object) -> dict[str, float]:
    """Run one load in a process of its own; what it measured."""
    with loading(name, **settings) as process:
        out, _err = process.communicate()
    measured: dict[str, float] = json.loads(out)
    return measured


def crowd(**settings: object) -> dict[str, Any]:
    """A hall of phones in a process of its own; what it measured."""
    with loading("crowd", **settings) as process:
        out, _err = process.communicate()
    measured: dict[str, Any] = json.loads(out)
    return measured


@contextmanager
def loading(name: str, **settings: object) -> Iterator[subprocess.Popen[str]]:
    """A load while it runs."""
    with subprocess.Popen(
        [sys.executable, *_LOADS.get(name, ("benchmarks/load.py", name))],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None  # noqa: S101 - as it was made
        process.stdin.write(json.dumps(settings) + "\n")
        process.stdin.flush()
        yield process


def middle(values: Sequence[float]) -> float:
    """The median."""
    return median(values)


def allow_many_files() -> None:
    """Room for a thousand connections in this process."""
    with contextlib.suppress(ImportError):
        import resource  # noqa: PLC0415 - not on Windows

        _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        most = 16_384 if hard == resource.RLIM_INFINITY else min(hard, 16_384)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
