"""Those who attack, in a process of their own: ``python -m tests.threats.attacks NAME PORT CODE``.

An attack says a line when it is under way, goes on until its standard input ends, and then says what
answers it got, as JSON.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import sys
from collections import Counter
from collections.abc import Awaitable, Callable
from itertools import cycle, product
from typing import Final
from uuid import uuid4

from benchmarks.cafe import allow_many_files
from facilitator.meeting.tables import ALPHABET, CODE_LENGTH
from tests.threats.hall import HOST, Line, come_in, note

STRANGER: Final = "127.0.9.9"  # the attacker's own address


class Attacker:
    """Somebody on the Wi-Fi with a program."""

    def __init__(self, port: int, code: str) -> None:
        self.port = port
        self.code = code
        self.answers: Counter[str] = Counter()
        self._guesses = map("".join, product(ALPHABET, repeat=CODE_LENGTH))
        self._addresses = cycle(range(1, 255))
        self._seat = ("", "")

    async def sit_down(self) -> None:
        """Come in like anybody else."""
        self._seat = await come_in(Line(self.port, STRANGER), self.code)

    def _head(self, method: str, path: str, *lines: str) -> bytes:
        first = f"{method} {path} HTTP/1.1\r\nHost: {HOST}:{self.port}\r\n"
        return "".join([first, *(f"{line}\r\n" for line in lines), "\r\n"]).encode()

    async def _open(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        return await asyncio.open_connection(HOST, self.port, local_addr=(STRANGER, 0))

    async def _drip(self, head: bytes) -> None:
        """A request one byte at a time."""
        reader, writer = await self._open()
        writer.write(head)
        while not reader.at_eof():
            writer.write(b"a")
            await writer.drain()
            await asyncio.sleep(0.4)

    async def slow_head(self) -> None:
        """A head that does not end."""
        await self._drip(self._head("GET", "/", "X-Slow: 1")[:-4])

    async def slow_body(self) -> None:
        """A body that does not end."""
        await self._drip(self._head("POST", "/api/join", "Content-Length: 60000"))

    async def silence(self) -> None:
        """A connection over which nothing is said."""
        reader, _writer = await self._open()
        await reader.read()

    async def greed(self) -> None:
        """A stream more."""
        reader, writer = await self._open()
        token = f"Authorization: Bearer {self._seat[0]}"
        writer.write(self._head("GET", "/api/events?after=0", token))
        await reader.read(12)
        await asyncio.sleep(3600)

    async def flood(self) -> None:
        """Fifty notes at a time."""
        line = Line(self.port, STRANGER)
        token, table = self._seat
        while True:
            body = {"commands": [note(table, "VLOED") for _ in range(50)]}
            status, said = await line.ask("POST", "/api/commands", token, body)
            self.answers[str(status)] += 1
            if status == 429:
                assert json.loads(said)["error"]["values"]["seconds"] >= 1

    async def flood_as_crowd(self) -> None:
        """Comes in once more, as somebody else, and sends fifty notes at a time."""
        line = Line(self.port, STRANGER)
        token, table = await come_in(line, self.code)
        while True:
            body = {"commands": [note(table, "VLOED") for _ in range(50)]}
            status, _said = await line.ask("POST", "/api/commands", token, body)
            self.answers[str(status)] += 1
            await asyncio.sleep(0.1)

    async def guess(self) -> None:
        """One code after the other."""
        line = Line(self.port, STRANGER)
        while True:
            status, _said = await line.ask("GET", f"/api/tables/{next(self._guesses)}")
            self.answers[str(status)] += 1

    async def guess_from_many(self) -> None:
        """One code after the other, and comes in as a crowd, from an address of its own."""
        line = Line(self.port, f"127.0.8.{next(self._addresses)}")
        while True:
            for _ in range(50):
                status, _said = await line.ask("GET", f"/api/tables/{next(self._guesses)}")
                self.answers[str(status)] += 1
            status, _said = await line.ask(
                "POST", "/api/join", body={"id": str(uuid4()), "code": self.code}
            )
            self.answers[f"join {status}"] += 1

    async def load(self) -> None:
        """Sixteen megabytes, without saying so before."""
        for path in ("/api/commands", "/api/join", "/api/meetings/import"):
            reader, writer = await self._open()
            token = f"Authorization: Bearer {self._seat[0]}"
            writer.write(self._head("POST", path, token, "Transfer-Encoding: chunked"))
            answer = asyncio.create_task(reader.read(12))
            with contextlib.suppress(OSError):
                for _ in range(256):
                    writer.write(b"10000\r\n" + b"x" * 65536 + b"\r\n")
                    await writer.drain()
                    if answer.done():
                        break
            with contextlib.suppress(OSError):
                self.answers[(await answer)[9:].decode()] += 1
            writer.close()

    async def nest(self) -> None:
        """Brackets in brackets in brackets."""
        line = Line(self.port, STRANGER)
        token = f"Authorization: Bearer {self._seat[0]}"
        for body in (b"[" * 30_000, b'{"a":' * 12_000, b'{"commands":' + b"[" * 30_000):
            head = self._head("POST", "/api/commands", token, f"Content-Length: {len(body)}")
            status, _said = await line.send(head + body)
            self.answers[str(status)] += 1
        line.close()


ATTACKS: Final[dict[str, tuple[int, Callable[[Attacker], Awaitable[None]]]]] = {
    "slow_head": (500, Attacker.slow_head),
    "slow_body": (500, Attacker.slow_body),
    "silence": (1_100, Attacker.silence),
    "greed": (1_100, Attacker.greed),
    "flood": (20, Attacker.flood),
    "flood_as_crowd": (100, Attacker.flood_as_crowd),
    "guess": (20, Attacker.guess),
    "guess_from_many": (100, Attacker.guess_from_many),
    "load": (10, Attacker.load),
    "nest": (10, Attacker.nest),
}
"""Name → how many at once, and what each of them does again and again."""


async def _again(attack: Callable[[Attacker], Awaitable[None]], attacker: Attacker) -> None:
    while True:
        with contextlib.suppress(OSError, EOFError):
            await attack(attacker)
        await asyncio.sleep(0.05)


async def main(name: str, port: int, code: str) -> None:
    """Attack until standard input ends."""
    number, attack = ATTACKS[name]
    attacker = Attacker(port, code)
    await attacker.sit_down()
    tasks = [asyncio.create_task(_again(attack, attacker)) for _ in range(number)]
    await asyncio.sleep(1.0)
    print("under way", flush=True)  # noqa: T201 - the test waits for it
    await asyncio.to_thread(sys.stdin.read)
    wrong = [task.exception() for task in tasks if task.done()]
    print(json.dumps({"answers": attacker.answers, "wrong": list(map(repr, wrong))}), flush=True)  # noqa: T201
    os._exit(0)  # hang up everywhere at once, as somebody does who walks away


if __name__ == "__main__":
    allow_many_files()
    asyncio.run(main(sys.argv[1], int(sys.argv[2]), sys.argv[3]))
