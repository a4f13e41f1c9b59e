"""Loads, each in a process of its own: settings come in as JSON, what was measured goes out.

The clients are bare protocols on asyncio, so that they cost less than what they measure.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Callable
from itertools import count
from random import Random
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
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def send(self, request: bytes) -> None:
        """Ask."""
        assert self.transport is not None
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
    """A stream: notes when something with a mark in it arrives."""

    def __init__(self, heard: Callable[[Listener, bytes], None]) -> None:
        self._heard = heard

    def data_received(self, data: bytes) -> None:
        """Something was told."""
        self._heard(self, data)


async def fanout(
    port: int, requests: list[str], mark: str, rounds: int, trigger: str | None
) -> dict[str, Any]:
    """The time from asking until the last of all streams has heard of it."""
    loop = asyncio.get_running_loop()
    waiting: set[Listener] = set()
    last = [0.0]
    all_heard = [loop.create_future()]
    sign = mark.encode()

    def heard(listener: Listener, data: bytes) -> None:
        if sign in data:
            waiting.discard(listener)
            last[0] = time.perf_counter()
            if not waiting and not all_heard[0].done():
                all_heard[0].set_result(None)

    listeners = []
    for request in requests:
        transport, listener = await loop.create_connection(lambda: Listener(heard), HOST, port)
        transport.write(request.encode())
        listeners.append(listener)
    await asyncio.sleep(1.0)
    _transport, asker = await loop.create_connection(lambda: Listener(lambda *_: None), HOST, port)
    took = []
    for number in range(rounds):
        waiting.update(listeners)
        all_heard[0] = loop.create_future()
        request = (trigger or "").replace("NUMBER", _uuid(next(_NUMBERS))).replace(
            "TURN", "true" if number % 2 else "false"
        )
        began = time.perf_counter()
        _transport.write(request.encode().replace(b"LENGTH", b"%d" % (len(request) - request.find("\r\n\r\n") - 4)))
        await asyncio.wait_for(all_heard[0], 20)
        took.append(last[0] - began)
        await asyncio.sleep(0.1)
    assert asker is not None
    return {"took": sorted(took)[len(took) // 2]}


def main() -> None:
    """Run the load that is named."""
    allow_many_files()
    settings = json.load(sys.stdin)
    work = {"notes": notes, "burst": burst, "fanout": fanout}[sys.argv[1]]
    print(json.dumps(asyncio.run(work(**settings))))  # type: ignore[operator]


if __name__ == "__main__":
    main()
