"""A hall of ordinary phones that write while somebody attacks; how well they are served."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final
from uuid import uuid4

import msgspec

from tests.e2e.cafe import ROOT, Cafe

HOST: Final = "127.0.0.1"
PHONES: Final = 20
EVERY: Final = 0.25  # seconds between two notes of one phone
PATIENCE: Final = 10.0  # seconds after which a person thinks that it does not work
SERVED: Final = 0.995


class Served(msgspec.Struct):
    """What the ordinary phones saw."""

    asked: int = 0
    done: int = 0
    slowest: float = 0.0  # seconds
    wrong: list[str] = []

    def check(self) -> None:
        """Nobody, or nearly nobody, was kept from writing."""
        assert self.asked > PHONES
        assert self.done >= SERVED * self.asked, (self.done, self.asked, self.wrong[:5])


class Line:
    """One kept connection, from an address of its own on this machine."""

    def __init__(self, port: int, source: str = HOST) -> None:
        self._port = port
        self._source = source
        self._open: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(
        self, method: str, path: str, token: str = "", body: object = None
    ) -> tuple[int, bytes]:
        """The status and the body of the answer."""
        content = b"" if body is None else json.dumps(body).encode()
        head = f"{method} {path} HTTP/1.1\r\nHost: {HOST}:{self._port}\r\n"
        if token:
            head += f"Authorization: Bearer {token}\r\n"
        head += f"Content-Length: {len(content)}\r\n\r\n"
        return await self.send(head.encode() + content)

    async def send(self, message: bytes) -> tuple[int, bytes]:
        """The status and the body of the answer to these bytes."""
        if self._open is None:
            self._open = await asyncio.open_connection(
                HOST, self._port, local_addr=(self._source, 0)
            )
        reader, writer = self._open
        writer.write(message)
        await writer.drain()
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(
            int(line.partition(b":")[2])
            for line in head.lower().split(b"\r\n")
            if line.startswith(b"content-length:")
        )
        return int(head[9:12]), await reader.readexactly(length)

    def close(self) -> None:
        """Hang up; the next question connects anew."""
        if self._open is not None:
            self._open[1].close()
        self._open = None


async def come_in(line: Line, code: str) -> tuple[str, str]:
    """Token and table of somebody who joined by this line."""
    body = {"id": str(uuid4()), "code": code}
    status, said = await line.ask("POST", "/api/join", body=body)
    assert status == 200, said
    joined = json.loads(said)
    return joined["token"], joined["table"]


def note(table: str, text: str = "Meer bankjes") -> dict[str, Any]:
    """The command that writes a note."""
    wish = {"command": "write_note", "id": str(uuid4()), "note": str(uuid4())}
    return {**wish, "text": text, "table": table, "step": None, "key": uuid4().hex}


@contextmanager
def under(attack: str, cafe: Cafe) -> Iterator[dict[str, Any]]:
    """An attack that goes on meanwhile; what it was answered, once it is over."""
    command = [sys.executable, "-m", "tests.threats.attacks", attack, str(cafe.port)]
    process = subprocess.Popen(
        [*command, cafe.table()["code"]],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    found: dict[str, Any] = {}
    try:
        assert process.stdout.readline().strip() == "under way"
        yield found
        said, _nothing = process.communicate("", timeout=30)
        found.update(json.loads(said))
        assert found["wrong"] == []
    finally:
        process.kill()
        process.communicate()


async def served(cafe: Cafe, seconds: float) -> Served:
    """How ordinary phones are served that come in and write for so long."""
    found = Served()
    cards = [table["code"] for table in cafe.all("table")]
    codes = [cards[number % len(cards)] for number in range(PHONES)]
    ends = time.monotonic() + seconds
    await asyncio.gather(
        *(_ordinary(cafe, found, code, number, ends) for number, code in enumerate(codes))
    )
    return found


async def _ordinary(cafe: Cafe, found: Served, code: str, number: int, ends: float) -> None:
    line = Line(cafe.port, f"127.0.1.{number + 1}")
    token, table = "", ""
    while time.monotonic() < ends:
        began = time.monotonic()
        found.asked += 1
        try:
            async with asyncio.timeout(PATIENCE):
                if not token:
                    token, table = await come_in(line, code)
                body = {"commands": [note(table)]}
                status, said = await line.ask("POST", "/api/commands", token, body)
            if status == 200 and b'"done"' in said:
                found.done += 1
            else:
                found.wrong.append(f"{status} {said[:120]!r}")
        except (OSError, EOFError, TimeoutError, AssertionError) as error:
            found.wrong.append(repr(error))
            line.close()
        found.slowest = max(found.slowest, time.monotonic() - began)
        await asyncio.sleep(EVERY)
    line.close()
