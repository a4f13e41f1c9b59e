"""What is turned away before anybody looks at what it asks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from facilitator.kernel.errors import FacilitatorError, Forbidden
from facilitator.server.call import Call

_POLICY: Final = (
    *("default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data: blob:"),
    *("font-src 'self'", "base-uri 'none'", "form-action 'none'"),
    *("frame-ancestors 'none'", "require-trusted-types-for 'script'", "trusted-types 'none'"),
)


def headers(port: int) -> list[tuple[str, str]]:
    """On every answer, also on those that uvicorn gives by itself.

    A page may ask who is there at other addresses too, at our own port: where the laptop has got
    another address, that is how it is found again.
    """
    policy = (*_POLICY, f"connect-src 'self' http://*:{port}")
    return [
        ("content-security-policy", "; ".join(policy)),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-resource-policy", "same-origin"),
    ]


_OURSELVES: Final = frozenset({"127.0.0.1", "::1", "::ffff:127.0.0.1"})
_LOCAL_NAME: Final = re.compile(rb"[a-z0-9][a-z0-9-]{0,62}\.local")


class TooMany(FacilitatorError):
    """More was asked than one phone needs."""


class Hosts:
    """The names by which this engine may be called. A page of somebody else has another one."""

    def __init__(self, port: int) -> None:
        self._port = b":%d" % port
        self._known: frozenset[bytes] = frozenset()
        self.learn([])

    def learn(self, hosts: Iterable[str]) -> None:
        """The addresses that this machine has now."""
        names = {"localhost", "127.0.0.1", "[::1]", *map(_bracketed, hosts)}
        self._known = frozenset(name.encode() + self._port for name in names)

    def knows(self, headers: Mapping[bytes, bytes]) -> bool:
        """Whether it is plain at once that the request is meant for us, by our own page."""
        host = headers.get(b"host", b"")
        origin = headers.get(b"origin")
        return host in self._known and (origin is None or origin == b"http://" + host)

    def check(self, call: Call) -> None:
        """Raises ``Forbidden`` where the request was meant for, or comes from, another site."""
        host = call.headers.get(b"host", b"").lower()
        if host not in self._known and not self._is_ours(host, call.scope["server"]):
            raise Forbidden("host.unknown")
        origin = call.headers.get(b"origin")
        if origin is not None and origin != b"http://" + host and call.path != "/api/hello":
            raise Forbidden("origin.unknown")

    def _is_ours(self, host: bytes, server: Any) -> bool:
        name = host.removesuffix(self._port)
        if name == host:
            return False
        return name == _bracketed(str(server[0])).encode() or bool(_LOCAL_NAME.fullmatch(name))


def _bracketed(host: str) -> str:
    plain = host.removeprefix("::ffff:").partition("%")[0].lower()
    return f"[{plain}]" if ":" in plain else plain


class Joins:
    """How many may come in: a hall at once, but nobody who tries all codes or is a crowd alone.

    Phones may share an address, behind a router of the venue: a group of them comes in at once, and
    more of them within minutes. What one phone needs is its address's own, and is never taken from
    what all share: who has many addresses uses that up and keeps nobody else out.
    """

    def __init__(
        self,
        hall: tuple[float, float] = (50.0, 3_000.0),
        address: tuple[float, float] = (20.0, 1_500.0),
        newcomers: tuple[float, float] = (3.0, 150.0),
        crowds: tuple[float, float] = (5.0, 600.0),
    ) -> None:
        self._hall = Rate(*hall)
        self._address = Rate(*address)
        self._own = Rate(0.5, 30.0)  # a phone that waits for the doors looks once in 3 seconds
        self._newcomers = Rate(*newcomers)
        self._first = Rate(0.02, 5.0)
        self._crowds = Rate(*crowds)

    def take(self, address: str, now: float) -> None:
        """One more from this address. Raises ``TooMany``, with the seconds to wait."""
        if address not in _OURSELVES:
            self._address.take(address, 1, now)
            if self._own.spares(address, now):
                return
        self._hall.take("", 1, now)

    def enter(self, address: str, now: float) -> None:
        """One more who was not in yet. Raises ``TooMany``, with the seconds to wait."""
        if address in _OURSELVES:
            return
        self._newcomers.take(address, 1, now)
        if not self._first.spares(address, now):
            self._crowds.take("", 1, now)


class Rate:
    """So many commands a second for each token, and so many saved up."""

    _REMEMBERED: Final = 5_000  # tokens

    def __init__(self, rate: float, burst: float) -> None:
        self._rate = rate
        self._burst = burst
        self._left: dict[str, tuple[float, float]] = {}  # token → left, when

    def take(self, token: str, number: int, now: float) -> None:
        """Raises ``TooMany`` where this token has used up what it may send."""
        if token not in self._left and len(self._left) >= self._REMEMBERED:
            self._left.clear()
        left, since = self._left.get(token, (self._burst, now))
        left = min(self._burst, left + (now - since) * self._rate)
        if left < number:
            raise TooMany("rate.limited", seconds=max(1, round((number - left) / self._rate)))
        self._left[token] = (left - number, now)

    def spares(self, token: str, now: float) -> bool:
        """Take one, if there is one left."""
        try:
            self.take(token, 1, now)
        except TooMany:
            return False
        return True
