"""The last of 500 streams hears of a change, against a raw asyncio hub; and memory a phone.

    python -m benchmarks.fanout [rounds]

For the engine the time runs from the facilitator's request until the last phone has the new clock,
so the commit is in it; the hub only passes bytes on. The bars are 3 times, and 16 KiB.
"""

from __future__ import annotations

import asyncio
import sys
from typing import Any

import psutil

from benchmarks.cafe import HOST, Hall, engine, hall, load, loading, middle, program

PHONES = 500
CHANGES = 16  # an even number, so that the clock stands still again
FIRST = 100  # streams that are open already when the memory of the others is measured
BAR, MEMORY = 3.0, 16.0


_SIZE = 270  # bytes of the engine's event
_HUB: dict[str, Any] = {
    "requests": ["LISTEN\r\n\r\n"] * PHONES,
    "mark": "clock",
    "head": "TELL\r\n",
    "bodies": ["clock".ljust(_SIZE)],
}


async def _engine_load(room: Hall, port: str) -> dict[str, Any]:
    after = (await room.console.state(room.meeting)).revision
    head = (
        f"POST /api/commands?meeting={room.meeting} HTTP/1.1\r\nHost: {HOST}:{port}\r\n"
        f"Authorization: Bearer {room.console.http.token}\r\n"
    )
    bodies = [
        f'{{"commands":[{{"command":"{name}","id":"NUMBER"}}]}}'
        for name in ("start_clock", "pause_clock")
    ]
    return {
        "requests": _streams(room, port, after),
        "mark": '"kind":"clock"',
        "head": head,
        "bodies": bodies,
    }


def _streams(room: Hall, port: str, after: int) -> list[str]:
    return [
        f"GET /api/events?after={after} HTTP/1.1\r\nHost: {HOST}:{port}\r\n"
        f"Authorization: Bearer {token}\r\nAccept: text/event-stream\r\nAccept-Language: nl\r\n"
        "User-Agent: Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/142 Mobile\r\n\r\n"
        for token, _table in room.seats()
    ]


async def main(rounds: int) -> None:
    """The memory in an engine that is fresh; then rounds of both sides, in turn."""
    memory = await _memory()
    ours: list[float] = []
    raw: list[float] = []
    with program("benchmarks/hub.py") as hub, engine() as card:
        async with hall(card, PHONES) as room:
            for number in range(rounds):
                for ours_now in (True, False) if number % 2 else (False, True):
                    if ours_now:
                        asked = await _engine_load(room, card["port"])
                        found = load("fanout", port=card["port"], rounds=CHANGES, **asked)
                        ours.append(found["took"])
                    else:
                        found = load("fanout", port=hub["port"], rounds=CHANGES, **_HUB)
                        raw.append(found["took"])
    print(f"engine, last of {PHONES} streams   {middle(ours) * 1e3:6.2f} ms")
    print(f"raw hub, last of {PHONES} streams  {middle(raw) * 1e3:6.2f} ms")
    ratio = middle([one / two for one, two in zip(ours, raw, strict=True)])
    print(f"ratio                       {ratio:6.1f}×    (bar: at most {BAR:.0f}×)")
    print(f"memory a phone              {memory:6.1f} KiB (bar: at most {MEMORY:.0f} KiB)")


async def _memory() -> float:
    """KiB that a fresh engine grows by with each stream."""
    with engine() as card:
        async with hall(card, PHONES) as room:
            after = (await room.console.state(room.meeting)).revision
            streams = _streams(room, card["port"], after)
        process = psutil.Process(int(card["pid"]))
        with loading("hold", port=card["port"], requests=streams[:FIRST]) as warm:
            _until_open(warm)
            before = process.memory_info().rss
            with loading("hold", port=card["port"], requests=streams[FIRST:]) as others:
                _until_open(others)
                grown = process.memory_info().rss - before
                others.communicate()
            warm.communicate()
    return grown / (PHONES - FIRST) / 1024


def _until_open(process: Any) -> None:
    assert process.stdout.readline().strip() == "open"  # noqa: S101 - as it was made


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 5))
