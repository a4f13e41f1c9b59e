"""Loads, each in a process of its own: settings come in as JSON, what was measured goes out.

The clients are bare protocols on asyncio, so that they cost less than what they measure.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Callable, Coroutine
from functools import partial
from itertools import count
from random import Random
from statistics import median
from typing import Any

from benchmarks.cafe import HOST, allow_many_files

TEXT = "Meer groen in de wijk, en een bankje bij de bushalte"
_NUMBERS = count(int(time.time() * 1e6) << 40)


def _note_request(token: str, table: str) -> bytes:
    number = next(_NUMBERS)
    body = (
        f'{{"commands":[{{"command":"write_note","id":"{_uuid(number)}","note":"{_uuid(~number)}",'
        f'"text":"{TEXT}","table":"{table}","step":null,"key":"0123456789abcdef"}}]}}'
    )
    return (
        f"POST /api/commands HTTP/1.1\r\nHost: {HOST}:{PORT[0]}\r\nAuthorization: Bearer {token}\r\n"
        f"Accept: */*\r\nAccept-Language: nl\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\n\r\n{body}"
    ).encode()


PORT = [0]


def fresh_id() -> str:
    """An id that nothing has yet."""
    return _uuid(next(_NUMBERS))


def _uuid(number: int) -> str:
    digits = f"{number & (1 << 128) - 1:032x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


class Client(asyncio.Protocol):
    """One keep-alive connection: sends what it is told, and calls back at each answer."""

    def __init__(self, answered: Callable[[Client, float], None]) -> None:
        self._answered = answered
        self._buffer = b""
        self._sent = 0.0
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Connected."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - as it was made
        self.transport = transport

    def send(self, request: bytes) -> None:
        """Ask."""
        assert self.transport is not None  # noqa: S101 - as it was made
        self._sent = time.perf_counter()
        self.transport.write(request)

    def data_received(self, data: bytes) -> None:
        """An answer, or a part of one."""
        self._buffer += data
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0:
            return
        at = self._buffer.find(b"content-length: ") + 16
        length = int(self._buffer[at : self._buffer.index(b"\r", at)])
        if len(self._buffer) < end + 4 + length:
            return
        whole, self._buffer = self._buffer, b""
        if not whole.startswith(b"HTTP/1.1 200") or b'"refused"' in whole:
            raise SystemExit(whole[:400].decode())
        self._answered(self, time.perf_counter() - self._sent)


async def notes(port: int, seats: list[list[str]], seconds: float) -> dict[str, float]:
    """Each client writes its next note as soon as the last one is acknowledged."""
    PORT[0] = port
    loop = asyncio.get_running_loop()
    seat_of: dict[Client, list[str]] = {}
    finished = 0
    ends = time.perf_counter() + seconds

    def answered(client: Client, _took: float) -> None:
        nonlocal finished
        finished += 1
        if time.perf_counter() < ends:
            client.send(_note_request(*seat_of[client]))

    for seat in seats:
        _transport, client = await loop.create_connection(lambda: Client(answered), HOST, port)
        seat_of[client] = seat
    began = time.perf_counter()
    ends = began + seconds
    for client, seat in seat_of.items():
        client.send(_note_request(*seat))
    await asyncio.sleep(seconds)
    done = finished / (time.perf_counter() - began)
    await asyncio.sleep(0.3)
    return {"rate": done}


async def burst(port: int, seats: list[list[str]], seconds: float) -> dict[str, float]:
    """Every phone writes one note at a moment of its own within these seconds."""
    PORT[0] = port
    loop = asyncio.get_running_loop()
    took: list[float] = []
    chance = Random(7)
    all_done = loop.create_future()

    def answered(_client: Client, seconds: float) -> None:
        took.append(seconds)
        if len(took) == len(seats):
            all_done.set_result(None)

    clients = [
        (await loop.create_connection(lambda: Client(answered), HOST, port))[1] for _ in seats
    ]
    for client, seat in zip(clients, seats, strict=True):
        request = _note_request(*seat)
        loop.call_later(chance.random() * seconds, client.send, request)
    await asyncio.wait_for(all_done, seconds + 30)
    took.sort()
    return {"p50": took[len(took) // 2], "p99": took[int(len(took) * 0.99) - 1], "max": took[-1]}


class Listener(asyncio.Protocol):
    """A stream: says so when something with a mark in it arrives."""

    def __init__(self, mark: bytes, heard: Callable[[Listener], None]) -> None:
        self._mark = mark
        self._heard = heard

    def data_received(self, data: bytes) -> None:
        """Something was told."""
        if self._mark in data:
            self._heard(self)


class Audience:
    """Many streams, and when the last of them heard."""

    def __init__(self) -> None:
        self.listeners: list[Listener] = []
        self._waiting: set[Listener] = set()
        self._all_heard: asyncio.Future[float] = asyncio.get_running_loop().create_future()

    async def open(self, port: int, requests: list[str], mark: str) -> None:
        """Connect and ask for the streams."""
        loop = asyncio.get_running_loop()
        for request in requests:
            transport, listener = await loop.create_connection(
                lambda: Listener(mark.encode(), self._heard), HOST, port
            )
            transport.write(request.encode())
            self.listeners.append(listener)
        await asyncio.sleep(1.0)

    async def until_all_heard(self, ask: Callable[[], None]) -> float:
        """Seconds from asking until the last one heard."""
        self._waiting.update(self.listeners)
        self._all_heard = asyncio.get_running_loop().create_future()
        began = time.perf_counter()
        ask()
        return await asyncio.wait_for(self._all_heard, 20) - began

    def _heard(self, listener: Listener) -> None:
        self._waiting.discard(listener)
        if not self._waiting and not self._all_heard.done():
            self._all_heard.set_result(time.perf_counter())


async def fanout(
    port: int, requests: list[str], mark: str, head: str, bodies: list[str], rounds: int
) -> dict[str, float]:
    """The time from asking until the last of all streams has heard of it."""
    audience = Audience()
    await audience.open(port, requests, mark)
    loop = asyncio.get_running_loop()
    asker, _quiet = await loop.create_connection(
        lambda: Listener(b"\0", lambda _listener: None), HOST, port
    )
    took = []
    for number in range(rounds):
        body = bodies[number % len(bodies)].replace("NUMBER", _uuid(next(_NUMBERS)))
        message = f"{head}Content-Length: {len(body)}\r\n\r\n{body}".encode()
        took.append(await audience.until_all_heard(partial(asker.write, message)))
        await asyncio.sleep(0.05)
    return {"took": median(took)}


async def hold(port: int, requests: list[str]) -> dict[str, float]:
    """Keep streams open until standard input ends."""
    await Audience().open(port, requests, "never")
    print("open", flush=True)
    await asyncio.to_thread(sys.stdin.read)
    return {}


def main() -> None:
    """Run the load that is named."""
    allow_many_files()
    settings = json.loads(sys.stdin.readline())
    work: dict[str, Callable[..., Coroutine[Any, Any, dict[str, float]]]] = {
        "notes": notes,
        "burst": burst,
        "fanout": fanout,
        "hold": hold,
    }
    print(json.dumps(asyncio.run(work[sys.argv[1]](**settings))))


if __name__ == "__main__":
    main()
