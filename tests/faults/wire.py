"""A bad wire: carries Ethernet frames between two interfaces, later than they came, or not at all.

``python -m tests.faults.wire ONE OTHER DELAY JITTER LOSS``: milliseconds each way, and per cent. The
order is kept, as by a radio. It says one line when it has begun, and goes on until it is killed.
"""

from __future__ import annotations

import collections
import random
import select
import socket
import sys
import time
from typing import Final

_ALL: Final = 0x0003  # ETH_P_ALL
_OWN: Final = 4  # PACKET_OUTGOING: our own, heard again
_FRAME: Final = 65_536


class Direction:
    """One way over the wire."""

    def __init__(self, source: socket.socket, target: socket.socket) -> None:
        self.source = source
        self.target = target
        self.under_way: collections.deque[tuple[float, bytes]] = collections.deque()

    def take(self, delay: float, jitter: float, loss: float) -> None:
        """All frames that came in."""
        while True:
            try:
                frame, origin = self.source.recvfrom(_FRAME)
            except BlockingIOError:
                return
            if origin[2] == _OWN or random.random() * 100 < loss:
                continue
            due = time.monotonic() + (delay + random.uniform(-jitter, jitter)) / 1000
            if self.under_way:
                due = max(due, self.under_way[-1][0])
            self.under_way.append((due, frame))

    def deliver(self) -> float:
        """All frames whose time has come; seconds until the next, at most one."""
        while self.under_way and self.under_way[0][0] <= time.monotonic():
            self.target.send(self.under_way.popleft()[1])
        return max(0.0, self.under_way[0][0] - time.monotonic()) if self.under_way else 1.0


def _listen(interface: str) -> socket.socket:
    heard = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(_ALL))
    heard.bind((interface, 0))
    heard.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 22)
    heard.setblocking(False)
    return heard


def carry(one: str, other: str, delay: float, jitter: float, loss: float) -> None:
    """Be the wire, for ever."""
    ends = [_listen(one), _listen(other)]
    directions = [Direction(*ends), Direction(*reversed(ends))]
    print("carrying", flush=True)  # noqa: T201 - who started it waits for this
    while True:
        wait = min(direction.deliver() for direction in directions)
        ready, _, _ = select.select(ends, [], [], wait)
        for direction in directions:
            if direction.source in ready:
                direction.take(delay, jitter, loss)


if __name__ == "__main__":
    carry(sys.argv[1], sys.argv[2], *map(float, sys.argv[3:6]))
