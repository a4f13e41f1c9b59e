"""What the system tells, as it tells it: the same here and in a recorded layout."""

from __future__ import annotations

import ipaddress
import socket
import sys
from typing import Final, Literal

import msgspec
import psutil

from facilitator.network.links import Host

System = Literal["linux", "windows", "macos"]
HERE: Final[System] = (
    "windows" if sys.platform == "win32" else "macos" if sys.platform == "darwin" else "linux"
)
_FAMILIES: Final = {socket.AF_INET: "ipv4", socket.AF_INET6: "ipv6", psutil.AF_LINK: "mac"}


class Entry(msgspec.Struct, frozen=True, omit_defaults=True):
    """An address of an adapter, as psutil gives it."""

    family: Literal["ipv4", "ipv6", "mac"]
    address: str
    netmask: str | None = None
    ptp: str | None = None


class Adapter(msgspec.Struct, frozen=True, omit_defaults=True):
    """An adapter, as psutil gives it."""

    name: str
    up: bool
    flags: str = ""
    entries: tuple[Entry, ...] = ()

    @property
    def mac(self) -> str:
        """Its hardware address: twelve digits and colons; empty where it has none."""
        found = (entry.address for entry in self.entries if entry.family == "mac")
        return next(found, "").replace("-", ":").lower()

    def hosts(self) -> tuple[Host, ...]:
        """The addresses that it has in the protocols of the internet."""
        return tuple(
            Host(host=entry.address.partition("%")[0], prefix=_prefix(entry))
            for entry in self.entries
            if entry.family != "mac" and _is_address(entry.address)
        )

    @property
    def point_to_point(self) -> bool:
        """Whether there is but one other side."""
        return "pointopoint" in self.flags or any(entry.ptp for entry in self.entries)

    @property
    def broadcast(self) -> bool:
        """Whether all of its network can be spoken to; on Windows nobody tells."""
        return not self.flags or "broadcast" in self.flags


class Told(msgspec.Struct, frozen=True):
    """What psutil tells of the adapters, and what the system's files and commands say."""

    system: System
    adapters: tuple[Adapter, ...]
    outputs: dict[str, str] = {}

    def said(self, what: str) -> str:
        """What this file or command said; empty where it is not there."""
        return self.outputs.get(what, "")


def adapters() -> tuple[Adapter, ...]:
    """The adapters of this machine."""
    stats = psutil.net_if_stats()
    found: list[Adapter] = []
    for name, entries in psutil.net_if_addrs().items():
        state = stats.get(name)
        kept = [
            Entry(_FAMILIES[entry.family], entry.address, entry.netmask, entry.ptp)  # type: ignore[arg-type]
            for entry in entries
            if entry.family in _FAMILIES
        ]
        up = state is not None and state.isup
        found.append(Adapter(name, up, getattr(state, "flags", ""), tuple(kept)))
    return tuple(found)


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    return True


def _prefix(entry: Entry) -> int | None:
    """How many bits of the address name the network."""
    if not entry.netmask:
        return None
    mask = entry.netmask.partition("%")[0].partition("/")
    if mask[2].isdigit():
        return int(mask[2])
    try:
        return int(ipaddress.ip_address(mask[0])).bit_count()
    except ValueError:
        return None
