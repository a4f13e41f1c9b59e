"""Which address phones can probably reach: every one gets points, each for a reason.

Sending something out to see which way it goes would find the VPN, so that is not done.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from facilitator.i18n import N_
from facilitator.network.links import UNREAL, Host, IPv4, IPv6, Link, Sort

NEAR: Final = 14  # points between two networks that are as likely as one another
_CARRIER: Final = ipaddress.ip_network("100.64.0.0/10")  # of providers and of Tailscale
_BASE: Final = {
    Sort.HOTSPOT: 55,  # somebody switched it on, and for what else
    Sort.WIFI: 30,
    Sort.CABLE: 18,
    Sort.TETHER: 0,
    Sort.OTHER: 0,
    Sort.BLUETOOTH: -35,
    Sort.MOBILE: -40,
    Sort.TUNNEL: -50,
    Sort.VIRTUAL: -50,
}
_ALONE: Final = 31  # bits of a network for two


class Reason(msgspec.Struct, frozen=True):
    """Why an address has more points, or fewer."""

    words: str
    points: int


class Way(msgspec.Struct, frozen=True):
    """An address of an adapter, and its points."""

    link: Link
    host: Host
    reasons: tuple[Reason, ...]

    @property
    def points(self) -> int:
        """How likely it is that a phone in the room can reach it."""
        return sum(reason.points for reason in self.reasons)

    @property
    def real(self) -> bool:
        """Whether a phone can be behind it at all."""
        return self.link.sort not in UNREAL and not self.host.address.is_link_local

    def same_network(self, other: Way) -> bool:
        """Whether who reaches one of them reaches the other: the same network, twice."""
        if self.link.name == other.link.name:
            return True
        known = self.host.prefix is not None and self.host.network == other.host.network
        ours, theirs = self.link.gateways, other.link.gateways
        return known and (not ours or not theirs or bool(ours & theirs))


def ranked(links: Sequence[Link]) -> list[Way]:
    """All addresses that can stand in a QR code, the likeliest first."""
    ways = [
        Way(link=link, host=host, reasons=tuple(_reasons(link, host)))
        for link in links
        for host in link.hosts
        if _can_be_typed(host)
    ]
    return sorted(ways, key=lambda way: (-way.points, ":" in way.host.host, way.host.host))


def near_tie(ways: Sequence[Way]) -> bool:
    """Whether another network is about as likely as the first, so that a person has to say."""
    real = [way for way in ways if way.real]
    if not real:
        return False
    first = real[0]
    others = (way for way in real if not first.same_network(way))
    return any(first.points - way.points <= NEAR for way in others)


def _can_be_typed(host: Host) -> bool:
    address = host.address
    if address.is_loopback or address.is_unspecified or address.is_multicast:
        return False
    return not (address.version == IPv6 and address.is_link_local)  # needs the adapter's name too


def _reasons(link: Link, host: Host) -> Iterator[Reason]:
    yield Reason(_BASE_WORDS[link.sort], _BASE[link.sort])
    address = host.address
    if link.leads_on(address.version):
        yield Reason(N_("leidt verder, naar een router"), 20)
    if address.is_link_local:
        yield Reason(N_("kreeg geen adres van het netwerk, en nam er zelf een"), -60)
    elif address.version == IPv4 and address in _CARRIER:
        yield Reason(N_("een adres van een VPN of mobiele aanbieder"), -30)
    elif address.is_private:
        yield Reason(N_("een adres voor binnen"), 5)
    if address.version == IPv6:
        yield Reason(N_("een lang adres, slecht over te typen (IPv6)"), -20)
    if link.point_to_point or (address.version == IPv4 and (host.prefix or 0) >= _ALONE):
        yield Reason(N_("heeft maar één andere kant"), -40)
    elif not link.broadcast:
        yield Reason(N_("kan niet iedereen op het netwerk bereiken"), -30)
    if host.deprecated:
        yield Reason(N_("een adres dat bijna verloopt"), -16)
    elif host.temporary:
        yield Reason(N_("een adres dat vanzelf verandert"), -8)


_BASE_WORDS: Final = {
    Sort.HOTSPOT: N_("een hotspot van deze laptop zelf"),
    Sort.WIFI: N_("wifi"),
    Sort.CABLE: N_("een kabel"),
    Sort.TETHER: N_("een telefoon aan de usb-kabel"),
    Sort.OTHER: N_("een onbekende verbinding"),
    Sort.BLUETOOTH: N_("bluetooth, van één apparaat"),
    Sort.MOBILE: N_("het mobiele netwerk, waar telefoons in de zaal niet bij kunnen"),
    Sort.TUNNEL: N_("een VPN, waar telefoons in de zaal niet bij kunnen"),
    Sort.VIRTUAL: N_("een netwerk dat alleen binnen deze laptop bestaat"),
}
