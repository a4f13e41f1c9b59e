"""The addresses by which phones can reach this machine, and the one that stands in the QR code.

Somebody may choose one; else it is the one by which phones came in already; else the likeliest.
What was chosen and what was proven is kept in a file: after a crash the hall must not show
another address by itself.
"""

from __future__ import annotations

import contextlib
import ipaddress
import json
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Final, Literal

import msgspec

from facilitator.i18n import Words
from facilitator.network.links import Sort
from facilitator.network.ranking import Way, near_tie, ranked
from facilitator.network.reading import links
from facilitator.network.told import Told
from facilitator.store.private import write

Kind = Literal["wifi", "cable", "other"]

PROVEN_FOR: Final = 24 * 3600.0  # seconds; tomorrow the laptop may be in another hall
MOST_FOR_PHONES: Final = 6  # addresses that a phone is told
_KINDS: Final[dict[Sort, Kind]] = {
    Sort.WIFI: "wifi",
    Sort.HOTSPOT: "wifi",
    Sort.CABLE: "cable",
}
_MAPPED: Final = "::ffff:"


class Address(msgspec.Struct, frozen=True):
    """A way to this machine."""

    url: str
    host: str
    interface: str
    kind: Kind
    score: int
    name: str = ""  # what a person knows: wifi ‘Gemeente-gast’, kabel
    proven: bool = False  # a phone came by it


class Trusted(msgspec.Struct, frozen=True):
    """An address that somebody chose, or by which a phone came."""

    host: str
    interface: str
    at: float = 0.0  # by the wall clock: it outlives the engine


class Kept(msgspec.Struct, frozen=True):
    """What is remembered through a restart."""

    chosen: Trusted | None = None
    proven: tuple[Trusted, ...] = ()  # the first phone's first


class Ways:
    """The addresses as they are now, and which of them is shown."""

    def __init__(
        self,
        port: int,
        kept: Path,
        told: Told,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._port = port
        self._path = kept
        self._now = now
        self._kept = _read(kept)
        self._all: list[Way] = []
        self._own: frozenset[str] = frozenset()
        self._inside: tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...] = ()
        self.take(told)

    @property
    def ways(self) -> list[Way]:
        """All of them, the likeliest first."""
        return list(self._all)

    @property
    def all(self) -> list[Address]:
        """The same, as they are told."""
        return self.named(Words("nl"))

    def named(self, words: Words) -> list[Address]:
        """The same, with names in this language; two that are called alike are told apart."""
        names = Counter(
            name for name, _ in {(w.link.called(words), w.link.name) for w in self._all}
        )
        proven = {one.host for one in self._proven()}
        return [
            Address(
                url=self.url_of(way),
                host=way.host.host,
                interface=way.link.name,
                kind=_KINDS.get(way.link.sort, "other"),
                score=way.points,
                name=way.link.called(words)
                if names[way.link.called(words)] == 1
                else way.link.told_apart(words),
                proven=way.host.host in proven,
            )
            for way in self._all
        ]

    @property
    def shown(self) -> Way | None:
        """What stands in the QR code."""
        trusted = self._trusted()
        return trusted or (self._all[0] if self._all else None)

    @property
    def url(self) -> str:
        """The same, as it is typed."""
        shown = self.shown
        return f"http://localhost:{self._port}" if shown is None else self.url_of(shown)

    @property
    def urls(self) -> list[str]:
        """All of them, the likeliest first."""
        return [self.url_of(way) for way in self._all]

    @property
    def for_phones(self) -> list[str]:
        """Where a phone may look for us when it finds us no more: the shown one first."""
        real = [self.url_of(way) for way in self._all if way.real]
        return list(dict.fromkeys([self.url, *real]))[:MOST_FOR_PHONES] if self._all else []

    @property
    def ask(self) -> bool:
        """Whether a person has to say which it is: two are as likely, and nothing is known yet."""
        return self._trusted() is None and near_tie(self._all)

    def url_of(self, way: Way) -> str:
        """How this address is typed."""
        host = way.host.host
        return f"http://[{host}]:{self._port}" if ":" in host else f"http://{host}:{self._port}"

    def choose(self, url: str) -> bool:
        """Show this one from now on; False when this machine has no such address."""
        chosen = next((way for way in self._all if self.url_of(way) == url), None)
        if chosen is None:
            return False
        trusted = Trusted(chosen.host.host, chosen.link.name, self._now())
        self._keep(msgspec.structs.replace(self._kept, chosen=trusted))
        return True

    def is_proven(self, host: str) -> bool:
        """Whether somebody else reached this address already."""
        host = plain(host)
        return any(one.host == host for one in self._proven())

    def prove(self, host: str) -> bool:
        """Somebody else reached this address; True when that is news."""
        host = plain(host)
        found = next((way for way in self._all if way.host.host == host and way.real), None)
        if found is None or self.is_proven(host):
            return False
        trusted = Trusted(host, found.link.name, self._now())
        self._keep(msgspec.structs.replace(self._kept, proven=(*self._proven(), trusted)))
        return True

    def is_here(self, peer: str, local: str = "") -> bool:
        """Whether this is the laptop itself, or a program in a box on it: that proves nothing."""
        peer = plain(peer)
        if peer in self._own or peer == plain(local):
            return True
        try:
            address = ipaddress.ip_address(peer)
        except ValueError:
            return True  # not over a network at all
        return address.is_loopback or any(address in network for network in self._inside)

    def take(self, told: Told) -> bool:
        """Take over what the system tells; True when that is something else than before."""
        before = self._all
        found = links(told)
        self._all = ranked(found)
        self._own = frozenset(host.host for adapter in told.adapters for host in adapter.hosts())
        self._inside = tuple(
            ipaddress.ip_network(host.network)
            for link in found
            if link.sort is Sort.VIRTUAL
            for host in link.hosts
            if host.prefix is not None and not host.address.is_link_local
        )
        return self._all != before

    def _trusted(self) -> Way | None:
        chosen = self._kept.chosen
        ones = (*(() if chosen is None else (chosen,)), *self._proven())
        return next((way for one in ones if (way := self._find(one)) is not None), None)

    def _find(self, one: Trusted) -> Way | None:
        """This very address, or what its adapter has now in its place."""
        same = (way for way in self._all if way.host.host == one.host)
        six = ":" in one.host
        followed = (
            way
            for way in self._all
            if way.link.name == one.interface and way.real and (":" in way.host.host) == six
        )
        return next(same, None) or next(followed, None)

    def _proven(self) -> tuple[Trusted, ...]:
        now = self._now()
        return tuple(one for one in self._kept.proven if now - one.at < PROVEN_FOR)

    def _keep(self, kept: Kept) -> None:
        self._kept = kept
        with contextlib.suppress(OSError):  # on a full disk it holds until the engine ends
            write(self._path, json.dumps(msgspec.to_builtins(kept)))


def plain(host: str) -> str:
    """An address without the marks that a socket adds to it."""
    return host.lower().removeprefix(_MAPPED).partition("%")[0]


def _read(path: Path) -> Kept:
    try:
        return msgspec.json.decode(path.read_bytes(), type=Kept)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return Kept()
