"""A whole hall writes: 500 phones at 20 notes/s, and 1,000 phones until something gives way.

    python -m benchmarks.phones [seconds]

Every phone has its stream open, as in a hall, and so has the projector. A note is acknowledged when
it is safe on the disk; the hall has it when the projector's stream tells it. Beside it, in the same
run, the same requests go to the bare echo of the same server. None may be lost: every note that was
acknowledged is looked for in the engine's state afterwards, once.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Sequence
from typing import Any, Final

import psutil

from benchmarks.cafe import HOST, Hall, crowd, echo, engine, hall
from facilitator.meeting.notes import Note

PHONES: Final = 500
BAR: Final = 0  # notes lost
RATE: Final = 20  # notes a second, all together
MORE: Final = 1_000
RATES: Final = (40, 250, 1_000, 4_000, 8_000, 16_000)  # notes a second of a thousand phones
SHORT: Final = 6.0  # seconds at each of these
GIVES_WAY: Final = 1.0  # seconds until the slowest of a hundred is acknowledged
FULL: Final = 0.8  # of a processor: what two threads of one Python can use together


async def main(seconds: float) -> None:
    """The promised hall against the echo; then twice the hall, faster and faster."""
    with echo() as other, engine() as card:
        async with hall(card, PHONES) as room:
            ours, _load = await _played(card, room, RATE, seconds)
            bare = crowd(
                port=other["port"],
                seats=room.seats(),
                streams=[],
                hall="",
                rate=RATE,
                seconds=seconds,
            )
    print(f"{PHONES} phones, {RATE} notes/s, {seconds:.0f} s")
    _tell("acknowledged", ours["acknowledged"])
    _tell("in the hall", ours["hall"])
    _tell("echo", bare["acknowledged"])
    unheard = ours["asked"] - len(ours["notes"])
    print(
        f"lost {ours['lost']} of {ours['asked']}, not acknowledged {unheard}, sent again "
        f"{ours['again']}; troubles: {ours['troubles'] or 'none'}   (bar: {BAR} lost)"
    )
    print(f"\n{MORE} phones")
    with engine() as card:
        async with hall(card, MORE) as room:
            for rate in RATES:
                found, load = await _played(card, room, rate, SHORT)
                print(
                    f"{rate} notes/s: {found['lost']} lost of {found['asked']}, "
                    f"{found['troubles'] or 'no trouble'}; "
                    f"engine {load:.0%} and phones {found['busy']:.0%} of a processor"
                )
                _tell("acknowledged", found["acknowledged"])
                _tell("in the hall", found["hall"])
                if _gave_way(found, load):
                    break


async def _played(
    card: dict[str, str], room: Hall, rate: float, seconds: float
) -> tuple[dict[str, Any], float]:
    """What a crowd measured, with what was lost; and how busy the engine was meanwhile."""
    after = (await room.console.state(room.meeting)).revision
    process = psutil.Process(int(card["pid"]))
    before, began = sum(process.cpu_times()[:2]), time.perf_counter()
    found = await asyncio.to_thread(
        crowd,
        port=int(card["port"]),
        seats=room.seats(),
        streams=[_stream(card, token, f"after={after}") for token, _table in room.seats()],
        hall=_stream(card, card["hall_token"], f"meeting={room.meeting}&after={after}"),
        rate=rate,
        seconds=seconds,
    )
    load = (sum(process.cpu_times()[:2]) - before) / (time.perf_counter() - began)
    there = {str(note.id) for note in (await room.console.state(room.meeting)).all(Note)}
    return {**found, "lost": sum(note not in there for note in found["notes"])}, load


def _stream(card: dict[str, str], token: str, query: str) -> str:
    return (
        f"GET /api/events?{query} HTTP/1.1\r\nHost: {HOST}:{card['port']}\r\n"
        f"Authorization: Bearer {token}\r\nAccept: text/event-stream\r\n\r\n"
    )


def _tell(name: str, waited: Sequence[float]) -> None:
    """One line of the table, in ms."""
    told = (f"p{share} {_share(waited, share) * 1e3:7.2f} ms" for share in (50, 95, 99))
    print(f"  {name:14}", "   ".join(told) if waited else "nothing")


def _share(waited: Sequence[float], share: int) -> float:
    """The time within which so many of a hundred were served."""
    return waited[min(len(waited) - 1, len(waited) * share // 100)]


def _gave_way(found: dict[str, Any], load: float) -> bool:
    """Whether something did, and what: told in words."""
    slow = _share(found["acknowledged"], 99) > GIVES_WAY or found["troubles"] or found["lost"]
    if not slow:
        return False
    if found["lost"] or found["troubles"]:
        print("  gave way: see what was lost, and the troubles")
    elif max(found["busy"], load) < FULL:
        print("  neither processor was full: the disk, or others on this machine, gave way first")
    elif load >= found["busy"]:
        print("  the engine's processor gave way first: notes waited for their turn")
    else:
        print("  the phones' side of this machine gave way first: it could write no faster")
    return True


if __name__ == "__main__":
    asyncio.run(main(float(sys.argv[1]) if len(sys.argv) > 1 else 20.0))
