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
SECONDS = 1.5
BAR = 0.45


async def main(rounds: int) -> None:
    """Rounds of both sides, in turn; each in a meeting of its own."""
    durable: list[float] = []
    bare: list[float] = []
    with echo() as other, engine() as card:
        for number in range(rounds + 1):
            async with hall(card, PHONES) as room:
                seats = room.seats()
            both = [(durable, card["port"]), (bare, other["port"])]
            for rates, port in both if number % 2 else reversed(both):
                rate = load("notes", port=port, seats=seats, seconds=SECONDS)["rate"]
                if number:  # the first round warms up
                    rates.append(rate)
    print(f"durable notes/s   {middle(durable):8.0f}")
    print(f"echo requests/s   {middle(bare):8.0f}")
    print(f"ratio             {middle(durable) / middle(bare):8.0%}   (bar: at least {BAR:.0%})")


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 9))
