"""An adapter as we understand it, whatever the system: what sort it is, and where it leads."""

from __future__ import annotations

import ipaddress
from enum import StrEnum
from typing import Final

import msgspec

from facilitator.i18n import N_, Words

IPv4: Final = 4
IPv6: Final = 6


class Sort(StrEnum):
    """What an adapter is, as far as it matters to a phone in the room."""

    WIFI = "wifi"
    CABLE = "cable"
    HOTSPOT = "hotspot"  # a network that this laptop makes itself
    TETHER = "tether"  # a phone on a USB cable, that shares its internet
    BLUETOOTH = "bluetooth"
    MOBILE = "mobile"  # a modem for the mobile network
    TUNNEL = "tunnel"  # a VPN
    VIRTUAL = "virtual"  # leads to programs on this laptop only
    OTHER = "other"


UNREAL: Final = frozenset({Sort.TUNNEL, Sort.VIRTUAL})
"""No phone in the room is ever behind these."""

_NAMES: Final = {
    Sort.WIFI: N_("wifi"),
    Sort.CABLE: N_("kabel"),
    Sort.HOTSPOT: N_("hotspot van deze laptop"),
    Sort.TETHER: N_("telefoon via usb"),
    Sort.BLUETOOTH: N_("bluetooth"),
    Sort.MOBILE: N_("mobiel netwerk van deze laptop"),
    Sort.TUNNEL: N_("VPN"),
    Sort.VIRTUAL: N_("netwerk binnen deze laptop"),
    Sort.OTHER: N_("ander netwerk"),
}
_NAMED: Final = {
    Sort.WIFI: N_("wifi ‘{name}’"),
    Sort.HOTSPOT: N_("hotspot ‘{name}’ van deze laptop"),
    Sort.TUNNEL: N_("VPN ‘{name}’"),
}
_APART: Final = N_("{name} ({adapter})")


class Host(msgspec.Struct, frozen=True):
    """An address that an adapter has."""

    host: str
    prefix: int | None = None  # bits of it that name the network
    temporary: bool = False  # changes by itself, within a day
    deprecated: bool = False  # is about to go

    @property
    def address(self) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
        """The same, to reckon with."""
        return ipaddress.ip_address(self.host)

    @property
    def network(self) -> str:
        """The network that it is in; the address itself where that is not known."""
        if self.prefix is None:
            return self.host
        return str(ipaddress.ip_network(f"{self.host}/{self.prefix}", strict=False))


class Link(msgspec.Struct, frozen=True):
    """An adapter that is up, and its addresses."""

    name: str  # as the system calls it: wlp3s0, Ethernet 2, en0
    sort: Sort
    hosts: tuple[Host, ...] = ()
    network: str = ""  # the name of the Wi-Fi or VPN, where the system tells
    label: str = ""  # as people know the adapter: Realtek USB GbE
    gateways: frozenset[str] = frozenset()  # where it leads on to
    point_to_point: bool = False
    broadcast: bool = True

    def leads_on(self, version: int) -> bool:
        """Whether it leads to other networks, by this version of the protocol."""
        return any((":" in gateway) == (version == IPv6) for gateway in self.gateways)

    def called(self, words: Words) -> str:
        """What a person calls this network."""
        if self.network and self.sort in _NAMED:
            return words(_NAMED[self.sort]).format(name=self.network)
        return words(_NAMES[self.sort])

    def told_apart(self, words: Words) -> str:
        """The same with the adapter's name, where two are called alike."""
        return words(_APART).format(name=self.called(words), adapter=self.label or self.name)
