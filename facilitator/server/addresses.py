"""The addresses by which phones can reach this machine, the likeliest first.

What counts: an interface that is up, is a radio or a cable, and leads somewhere. What counts
against it: tunnels, virtual machines and addresses that an interface gave itself. Sending
something out to see which way it goes would find the tunnel, so that is not done.
"""

from __future__ import annotations

import contextlib
import ipaddress
import re
import socket
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, Literal

import msgspec
import psutil

from facilitator.store.private import write

Kind = Literal["wifi", "cable", "other"]

_WIFI: Final = re.compile(r"wi-?fi|wlan|wlp|wlx|wl\d|wireless|draadloos|airport", re.IGNORECASE)
_CABLE: Final = re.compile(r"eth|enp|eno|ens|enx|en\d|lan", re.IGNORECASE)
_VIRTUAL: Final = re.compile(
    r"docker|veth|br-[0-9a-f]|virbr|vmnet|vmware|vbox|virtualbox|hyper-v|vethernet|wsl|tun|tap|utun"
    r"|^wg|tailscale|zerotier|^zt|ppp|ipsec|anyconnect|openvpn|vpn|fortinet|globalprotect|awdl|llw"
    r"|bluetooth|^pan|loopback",
    re.IGNORECASE,
)
_CARRIER: Final = ipaddress.ip_network("100.64.0.0/10")  # of providers and of Tailscale
_ROUTES: Final = Path("/proc/net/route")


class Address(msgspec.Struct, frozen=True):
    """A way to this machine."""

    url: str
    host: str
    interface: str
    kind: Kind
    score: int


class Found(msgspec.Struct, frozen=True):
    """An address as the system gives it."""

    interface: str
    host: str
    point_to_point: bool = False
    broadcast: bool = True
    gateway: bool = False


def addresses(port: int) -> list[Address]:
    """All ways to this machine, the likeliest first."""
    return ranked(list(_found()), port)


def ranked(found: Sequence[Found], port: int) -> list[Address]:
    """These addresses, the likeliest first."""
    rated = [
        Address(
            url=f"http://{_in_url(one.host)}:{port}",
            host=one.host,
            interface=one.interface,
            kind=kind_of(one.interface),
            score=score(one),
        )
        for one in found
    ]
    return sorted(rated, key=lambda address: (-address.score, address.host))


def kind_of(interface: str) -> Kind:
    """What sort of interface has this name."""
    if _VIRTUAL.search(interface):
        return "other"
    if _WIFI.search(interface):
        return "wifi"
    return "cable" if _CABLE.match(interface) else "other"


def score(found: Found) -> int:
    """How likely it is that a phone in the room can reach this address."""
    address = ipaddress.ip_address(found.host)
    points = {"wifi": 30, "cable": 15, "other": 0}[kind_of(found.interface)]
    points -= 50 if _VIRTUAL.search(found.interface) else 0
    points -= 60 if address.is_link_local else 0
    points -= 20 if address.version == 6 else 0  # noqa: PLR2004 - the version of the protocol
    points -= 40 if found.point_to_point else 0
    points -= 0 if found.broadcast else 30
    points += 20 if found.gateway else 0
    if address.version == 4 and address in _CARRIER:  # noqa: PLR2004 - the version of the protocol
        points -= 30
    elif address.is_private:
        points += 5
    return points


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _read(kept: Path) -> str | None:
    try:
        return kept.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return None


def _found() -> Iterator[Found]:
    stats = psutil.net_if_stats()
    gateways = _with_gateway()
    for interface, entries in psutil.net_if_addrs().items():
        state = stats.get(interface)
        if state is None or not state.isup:
            continue
        flags = getattr(state, "flags", "")
        for entry in entries:
            if entry.family not in {socket.AF_INET, socket.AF_INET6}:
                continue
            host = entry.address.partition("%")[0]
            address = ipaddress.ip_address(host)
            if address.is_loopback or (address.version == 6 and address.is_link_local):  # noqa: PLR2004
                continue  # an address that holds on one link only cannot stand in a QR code
            yield Found(
                interface=interface,
                host=host,
                point_to_point="pointopoint" in flags or entry.ptp is not None,
                broadcast=not flags or "broadcast" in flags,
                gateway=interface in gateways,
            )


def _with_gateway() -> frozenset[str]:
    """The interfaces that lead further, where the system says so."""
    try:
        lines = _ROUTES.read_text(encoding="ascii").splitlines()[1:]
    except OSError:
        return frozenset()
    rows = [line.split() for line in lines]
    return frozenset(row[0] for row in rows if row[1] == "00000000" != row[2])


class Ways:
    """The addresses as they are now, and the one that was chosen to be shown.

    The choice is kept in a file: after a crash the hall must not show another one by itself.
    """

    def __init__(self, port: int, kept: Path) -> None:
        self._port = port
        self._kept = kept
        self.all: list[Address] = []
        self._wanted = _read(kept)
        self.look()

    @property
    def url(self) -> str:
        """What stands in the QR code: what was chosen while it is there, else the likeliest."""
        urls = self.urls
        if self._wanted in urls:
            return str(self._wanted)
        return urls[0] if urls else f"http://localhost:{self._port}"

    @property
    def urls(self) -> list[str]:
        """All of them, the likeliest first."""
        return [address.url for address in self.all]

    def choose(self, url: str) -> bool:
        """Show this one from now on; False when this machine has no such address."""
        if url not in self.urls:
            return False
        self._wanted = url
        with contextlib.suppress(OSError):  # on a full disk it holds until the engine ends
            write(self._kept, f"{url}\n")
        return True

    def look(self) -> bool:
        """See what there is now; True when that is something else than before."""
        before = self.all
        self.all = addresses(self._port)
        return self.all != before
