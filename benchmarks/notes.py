"""Durable notes a second over HTTP, against the bare echo of the same web server.

    python -m benchmarks.notes [rounds]

200 phones, each with a connection of its own, write their next note as soon as the last one is
acknowledged, which is after the commit. The bar is 45 % of the echo.
"""

from __future__ import annotations

import asyncio
import sys

from benchmarks.cafe import echo, engine, hall, load, middle

PHONES = 200
SECONDS = 3.0
BAR = 0.45


async def main(rounds: int) -> None:
    """Rounds of both sides, in turn."""
    durable: list[float] = []
    bare: list[float] = []
    with echo() as other:
        for number in range(rounds):
            with engine() as card:
                async with hall(card, PHONES) as room:
                    seats = room.seats()
                    both = [(durable, card["port"]), (bare, other["port"])]
                    for rates, port in both if number % 2 else reversed(both):
                        rates.append(load("notes", port=port, seats=seats, seconds=SECONDS)["rate"])
    print(f"durable notes/s   {middle(durable):8.0f}")
    print(f"echo requests/s   {middle(bare):8.0f}")
    ratio = middle([one / two for one, two in zip(durable, bare, strict=True)])
    print(f"ratio             {ratio:8.0%}   (bar: at least {BAR:.0%})")


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 5))
