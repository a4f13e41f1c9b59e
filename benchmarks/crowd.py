"""A hall of phones, in a process of its own: each has its stream open, and writes now and then.

Settings come in as JSON on one line; what was measured goes out the same way.
"""

from __future__ import annotations

import asyncio
import json
import re
import sys
import time
from collections import Counter
from functools import partial
from random import Random
from typing import Any, Final

from benchmarks.cafe import HOST, allow_many_files
from benchmarks.load import TEXT, fresh_id

PATIENCE: Final = 20.0  # seconds that the last answers may take
_NOTE: Final = re.compile(rb'"kind":"note","id":"([0-9a-f-]{36})"')


class Writer(asyncio.Protocol):
    """The connection by which one phone writes; the next note waits for the answer to the last.

    As a browser does, it connects when there is something to write, and connects anew where the
    engine hung up meanwhile: what was not answered is sent again, with the same ids.
    """

    def __init__(self, crowd: Crowd, seat: list[str]) -> None:
        self._crowd = crowd
        self._seat = seat
        self._buffer = b""
        self._queue: list[tuple[str, str, float]] = []  # command, note, since when
        self._transport: asyncio.Transport | None = None
        self._connecting: asyncio.Task[object] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Connected."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - as it was made
        self._transport = transport
        self._connecting = None
        if self._queue:
            self._send()

    def connection_lost(self, _error: Exception | None) -> None:
        """The engine hung up: over an idle connection it may."""
        self._transport = None
        self._buffer = b""
        if self._queue:
            self._crowd.again += 1
            self._connect()

    def write(self) -> None:
        """Write a note: now, or when the one before is answered."""
        self._queue.append((fresh_id(), fresh_id(), time.perf_counter()))
        if len(self._queue) > 1:
            return
        if self._transport is None or self._transport.is_closing():
            self._connect()
        else:
            self._send()

    def _connect(self) -> None:
        if self._connecting is None:
            loop = asyncio.get_running_loop()
            connection = loop.create_connection(partial(_itself, self), HOST, self._crowd.port)
            self._connecting = loop.create_task(connection)

    def _send(self) -> None:
        command, note, _since = self._queue[0]
        token, table = self._seat
        body = (
            f'{{"commands":[{{"command":"write_note","id":"{command}","note":"{note}",'
            f'"text":"{TEXT}","table":"{table}","step":null,"key":"0123456789abcdef"}}]}}'
        )
        assert self._transport is not None  # noqa: S101 - connected before it writes
        self._transport.write(
            f"POST /api/commands HTTP/1.1\r\nHost: {HOST}:{self._crowd.port}\r\n"
            f"Authorization: Bearer {token}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n{body}".encode()
        )

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
        whole, self._buffer = self._buffer[: end + 4 + length], self._buffer[end + 4 + length :]
        _command, note, since = self._queue.pop(0)
        if whole.startswith(b"HTTP/1.1 200") and b'"refused"' not in whole:
            self._crowd.acknowledged(note, since)
        else:
            self._crowd.troubles[whole[9:12].decode()] += 1
        if self._queue:
            self._send()


class Stream(asyncio.Protocol):
    """A stream that is read and, for the hall, understood."""

    def __init__(self, crowd: Crowd, *, hall: bool) -> None:
        self._crowd = crowd
        self._hall = hall
        self._left = b""

    def data_received(self, data: bytes) -> None:
        """Something was told."""
        if not self._hall:
            self._crowd.heard += data.count(b"event: change")
            return
        now = time.perf_counter()
        whole = self._left + data
        for found in _NOTE.finditer(whole):
            self._crowd.shown.setdefault(found.group(1).decode(), now)
        self._left = whole[-64:]

    def connection_lost(self, _error: Exception | None) -> None:
        """The engine dropped who was too slow."""
        self._crowd.troubles["stream"] += 1


class Crowd:
    """All phones together, and what they saw."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.troubles: Counter[str] = Counter()
        self.again = 0  # sent once more, since the engine hung up before it answered
        self.waited: dict[str, float] = {}  # note → seconds until it was acknowledged
        self.shown: dict[str, float] = {}  # note → when the hall had it
        self.written: dict[str, float] = {}
        self.heard = 0

    def acknowledged(self, note: str, since: float) -> None:
        """A note is safe."""
        self.waited[note] = time.perf_counter() - since
        self.written[note] = since

    async def play(
        self, seats: list[list[str]], streams: list[str], hall: str, rate: float, seconds: float
    ) -> dict[str, Any]:
        """Open everything, write for so many seconds at this rate, and see what came of it."""
        loop = asyncio.get_running_loop()
        for request in (*streams, hall) if hall else ():
            stream = partial(Stream, self, hall=request is hall)
            transport, _stream = await loop.create_connection(stream, HOST, self.port)
            transport.write(request.encode())
        writers = [Writer(self, seat) for seat in seats]
        await asyncio.sleep(1.0)
        chance = Random(11)
        asked, began = 0, time.perf_counter()
        used = time.process_time()
        while (now := time.perf_counter()) < began + seconds:
            while asked < (now - began) * rate:
                chance.choice(writers).write()
                asked += 1
            await asyncio.sleep(0.001)
        ends = time.perf_counter() + PATIENCE
        done = 0
        while done < asked and time.perf_counter() < ends:
            await asyncio.sleep(0.02)
            seen = min(len(self.waited), len(self.shown)) if hall else len(self.waited)
            done = seen + sum(self.troubles.values())
        busy = (time.process_time() - used) / (time.perf_counter() - began)
        hall_waited = [
            self.shown[note] - since for note, since in self.written.items() if note in self.shown
        ]
        return {
            "asked": asked,
            "notes": list(self.waited),
            "acknowledged": sorted(self.waited.values()),
            "hall": sorted(hall_waited),
            "troubles": dict(self.troubles),
            "again": self.again,
            "heard": self.heard,
            "busy": busy,
        }


def _itself(writer: Writer) -> Writer:
    return writer


def main() -> None:
    """Play what standard input asks."""
    allow_many_files()
    settings = json.loads(sys.stdin.readline())
    crowd = Crowd(settings.pop("port"))
    print(json.dumps(asyncio.run(crowd.play(**settings))))


if __name__ == "__main__":
    main()
