"""500 phones write in one second: how long the slowest wait, against the echo's slowest.

    python -m benchmarks.burst [rounds]

Each phone writes one note at a moment of its own within the second, on a connection that is open
already. The bar is 8 times the echo's p99.
"""

from __future__ import annotations

import asyncio
import sys

from benchmarks.cafe import echo, engine, hall, load, middle

PHONES = 500
BAR = 8.0


async def main(rounds: int) -> None:
    """Rounds of both sides, in turn."""
    durable: list[dict[str, float]] = []
    bare: list[dict[str, float]] = []
    with echo() as other, engine() as card:
        async with hall(card, PHONES) as room:
            for number in range(rounds + 1):
                both = [(durable, card["port"]), (bare, other["port"])]
                for found, port in both if number % 2 else reversed(both):
                    measured = load("burst", port=port, seats=room.seats(), seconds=1.0)
                    if number:  # the first round warms up
                        found.append(measured)
    for name, found in (("acknowledged", durable), ("echo", bare)):
        p50, p99 = (middle([one[key] for one in found]) * 1e3 for key in ("p50", "p99"))
        print(f"{name:14} p50 {p50:6.2f} ms   p99 {p99:6.2f} ms")
    pairs = zip(durable, bare, strict=True)
    ratio = middle([one["p99"] / two["p99"] for one, two in pairs])
    print(f"ratio of p99   {ratio:6.1f}×   (bar: at most {BAR:.0f}×)")


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 7))
