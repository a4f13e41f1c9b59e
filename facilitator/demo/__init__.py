"""A whole café, played on a real engine: phones write over HTTP, and the verslag comes out."""

from __future__ import annotations

import asyncio
import contextlib
import sys
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from random import Random
from typing import Final

import msgspec

from facilitator.client.console import Console
from facilitator.demo.cafe import HOST, Cafe
from facilitator.demo.pictures import paint
from facilitator.engine import Card
from facilitator.i18n import _, words
from facilitator.kernel.errors import Unavailable
from facilitator.sample import sample
from facilitator.settings import RESOURCES

PATIENCE: Final = 60.0  # seconds for the engine to come up, or to go
PICTURES: Final = "beelden"


def play(out: Path, participants: int = 17, seed: int = 1, *, pictures: bool = True) -> int:
    """Play the sample meeting and leave verslag, file and pictures in ``out``; the exit code."""
    folder = out.resolve()
    (folder / PICTURES).mkdir(parents=True, exist_ok=True)
    for old in (folder / PICTURES).glob("[0-9][0-9]-*.png"):  # of a café before this one
        old.unlink()
    asyncio.run(_play(folder, max(1, participants), seed, pictures=pictures))
    return 0


async def _play(out: Path, participants: int, seed: int, *, pictures: bool) -> None:
    language = words().language
    with tempfile.TemporaryDirectory(prefix="facilitator-demo-") as scratch:
        async with _engine(Path(scratch) / "data") as card:
            say(_("Een eigen engine draait op poort {port}.").format(port=card.port))
            chance = Random(seed)  # noqa: S311 - a play, no secrets
            cafe = Cafe(card, Path(scratch), chance, sample(language), say)
            try:
                await cafe.prepare(language)
                await cafe.come_in(participants)
                await cafe.run()
                await cafe.close()
                await cafe.export(out)
            finally:
                await cafe.hang_up()
        if pictures:
            say(await paint(cafe.shots, out / PICTURES, next(iter(card.addresses), "")))
    say(_("Alles staat in {folder}").format(folder=out))


@contextlib.asynccontextmanager
async def _engine(folder: Path) -> AsyncIterator[Card]:
    """An engine of its own, as a process; stopped at the end, whatever happened."""
    program = ("-m", "facilitator", "engine", "--data", str(folder), "--port", "0")
    process = await asyncio.create_subprocess_exec(
        sys.executable, *program, cwd=RESOURCES.parent, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None  # noqa: S101 - it was asked for
    try:
        line = await asyncio.wait_for(process.stdout.readline(), PATIENCE)
        if not line:
            raise Unavailable("engine.unreachable")
        card = msgspec.json.decode(line, type=Card)
        yield card
        console = Console(HOST, card.port, card.console_token)
        await console.stop()
        await console.close()
        await asyncio.wait_for(process.wait(), PATIENCE)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


def say(text: str) -> None:
    """One line about what happens."""
    print(text, flush=True)  # noqa: T201 - it talks to a terminal
