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
    plain: list[float] = []
    with echo() as other, echo("--plain") as uvicorn, engine() as card:
        for number in range(rounds + 1):
            async with hall(card, PHONES) as room:
                seats = room.seats()
            all_three = [
                (durable, card["port"]),
                (bare, other["port"]),
                (plain, uvicorn["port"]),
            ]
            for rates, port in all_three if number % 2 else reversed(all_three):
                rate = load("notes", port=port, seats=seats, seconds=SECONDS)["rate"]
                if number:  # the first round warms up
                    rates.append(rate)
    print(f"durable notes/s   {middle(durable):8.0f}")
    print(f"echo requests/s   {middle(bare):8.0f}")
    print(f"ratio             {_ratio(durable, bare):8.0%}   (bar: at least {BAR:.0%})")
    print(f"uvicorn's own     {middle(plain):8.0f}   (without our connections and headers)")
    print(f"ratio             {_ratio(durable, plain):8.0%}")


def _ratio(ours: list[float], others: list[float]) -> float:
    """The median of the rounds, each against the one beside it."""
    return middle([one / other for one, other in zip(ours, others, strict=True)])


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 9))
