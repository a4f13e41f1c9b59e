"""Adapters on Linux: by /proc, /sys, and what iw and NetworkManager say where they are there."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator
from typing import Final

import msgspec

from facilitator.network.guess import of_a_phone, shares, sort_of
from facilitator.network.links import Host, Link, Sort
from facilitator.network.told import Adapter, Told

SYS: Final = "/sys/class/net"
ROUTES: Final = "/proc/net/route"
ROUTES_6: Final = "/proc/net/ipv6_route"
ADDRESSES_6: Final = "/proc/net/if_inet6"
IW: Final = "iw dev"
NMCLI: Final = "nmcli -t -f DEVICE,TYPE,STATE,CONNECTION device"

# Rows of the kernel's tables, all in hexadecimals; what looks otherwise is none.
_ROUTE: Final = re.compile(
    r"(?m)^(\S+)[ \t]+0{8}[ \t]+([0-9A-Fa-f]{8})(?:[ \t]+\S+){4}[ \t]+0{8}(?!\S)"
)
_ROUTE_6: Final = re.compile(
    r"(?m)^0{32} 00 [0-9a-f]{32} [0-9a-f]{2} ([0-9a-f]{32})(?: [0-9a-f]+){4}[ \t]+(\S+)[ \t]*$"
)
_ADDRESS_6: Final = re.compile(
    r"(?m)^([0-9a-f]{32}) [0-9a-f]+ [0-9a-f]+ [0-9a-f]+ ([0-9a-f]+)[ \t]+(\S+)[ \t]*$"
)

_DEVTYPES: Final = {
    "wlan": Sort.WIFI,
    "wwan": Sort.MOBILE,
    "bluetooth": Sort.BLUETOOTH,
    "wireguard": Sort.TUNNEL,
    "ppp": Sort.TUNNEL,
    "vxlan": Sort.VIRTUAL,
    "geneve": Sort.VIRTUAL,
    "bond": Sort.CABLE,
    "vlan": Sort.CABLE,
}
_MANAGED: Final = {
    "wifi": Sort.WIFI,
    "ethernet": Sort.CABLE,
    "bt": Sort.BLUETOOTH,
    "gsm": Sort.MOBILE,
    "cdma": Sort.MOBILE,
    "tun": Sort.TUNNEL,
    "wireguard": Sort.TUNNEL,
    "vpn": Sort.TUNNEL,
}
_PHONE_DRIVERS: Final = frozenset({"ipheth", "rndis_host"})
_TEMPORARY: Final = 0x01  # flags of the kernel, linux/if_addr.h
_UNUSABLE: Final = 0x08 | 0x40  # found twice on the network; not yet sure that it is not
_DEPRECATED: Final = 0x20


class Radio(msgspec.Struct, frozen=True):
    """A Wi-Fi adapter, as ``iw dev`` tells it."""

    network: str = ""
    serves: bool = False  # it makes the network, and is not a guest on it


def links(told: Told) -> list[Link]:
    """The adapters that are up."""
    gateways = gateways_of(told.said(ROUTES), told.said(ROUTES_6))
    flags = flags_of(told.said(ADDRESSES_6))
    radios = radios_of(told.said(IW))
    managed = managed_of(told.said(NMCLI))
    return [
        _link(told, adapter, gateways.get(adapter.name, frozenset()), flags, radios, managed)
        for adapter in told.adapters
        if adapter.up
    ]


def _link(
    told: Told,
    adapter: Adapter,
    gateways: frozenset[str],
    flags: dict[tuple[str, str], int],
    radios: dict[str, Radio],
    managed: dict[str, tuple[str, str]],
) -> Link:
    radio = radios.get(adapter.name, Radio())
    kind, connection = managed.get(adapter.name, ("", ""))
    hosts = tuple(_usable(adapter, flags))
    sort = _sort(told, adapter, kind)
    if sort is Sort.WIFI and (radio.serves or (shares("linux", hosts) and not gateways)):
        sort = Sort.HOTSPOT
    named = sort in {Sort.WIFI, Sort.HOTSPOT, Sort.TUNNEL}
    return Link(
        name=adapter.name,
        sort=sort,
        hosts=hosts,
        network=(radio.network or connection) if named else "",
        gateways=gateways,
        point_to_point=adapter.point_to_point,
        broadcast=adapter.broadcast,
    )


def _sort(told: Told, adapter: Adapter, managed: str) -> Sort:
    """What sort it is: by what the kernel says, then by what it is called."""
    name = adapter.name

    def has(what: str) -> str:
        return told.said(f"{SYS}/{name}/{what}")

    devtype = re.search(r"^DEVTYPE=(\w+)", has("uevent"), re.MULTILINE)
    by_name = sort_of(name, mac=adapter.mac)
    if has("wireless"):
        return Sort.WIFI
    if has("tun_flags"):
        return Sort.TUNNEL if by_name is not Sort.VIRTUAL else Sort.VIRTUAL
    if devtype is not None and devtype[1] in _DEVTYPES:
        return _DEVTYPES[devtype[1]]
    if devtype is not None and devtype[1] == "bridge":
        members = [member for member in has("brif").split() if sort_of(member) is Sort.CABLE]
        return Sort.CABLE if members and by_name is not Sort.VIRTUAL else Sort.VIRTUAL
    if has("driver") in _PHONE_DRIVERS or (has("driver") and of_a_phone(adapter.hosts())):
        return Sort.TETHER
    if by_name is not Sort.OTHER:
        return by_name
    return _MANAGED.get(managed, Sort.CABLE if has("driver") else Sort.OTHER)


def _usable(adapter: Adapter, flags: dict[tuple[str, str], int]) -> Iterator[Host]:
    for host in adapter.hosts():
        flag = flags.get((adapter.name, host.host), 0)
        if not flag & _UNUSABLE:
            yield msgspec.structs.replace(
                host, temporary=bool(flag & _TEMPORARY), deprecated=bool(flag & _DEPRECATED)
            )


def gateways_of(four: str, six: str) -> dict[str, frozenset[str]]:
    """Adapter → where it leads on to, by the kernel's tables of routes."""
    found: dict[str, set[str]] = {}
    for name, gateway in _ROUTE.findall(four):
        if gateway != "00000000":
            told = ipaddress.IPv4Address(bytes.fromhex(gateway)[::-1])
            found.setdefault(name, set()).add(str(told))
    for gateway, name in _ROUTE_6.findall(six):
        if set(gateway) != {"0"}:
            found.setdefault(name, set()).add(str(ipaddress.IPv6Address(bytes.fromhex(gateway))))
    return {name: frozenset(gateways) for name, gateways in found.items()}


def flags_of(table: str) -> dict[tuple[str, str], int]:
    """Adapter and IPv6 address → the kernel's flags."""
    return {
        (name, str(ipaddress.IPv6Address(bytes.fromhex(address)))): int(flags, 16)
        for address, flags, name in _ADDRESS_6.findall(table)
    }


def radios_of(text: str) -> dict[str, Radio]:
    """The Wi-Fi adapters that ``iw dev`` lists."""
    found: dict[str, Radio] = {}
    for part in re.split(r"^\s*Interface ", text, flags=re.MULTILINE)[1:]:
        name = part.split(None, 1)[0]
        network = re.search(r"^\s*ssid (.+)$", part, re.MULTILINE)
        kind = re.search(r"^\s*type (\S+)", part, re.MULTILINE)
        found[name] = Radio(
            network=network[1].strip() if network else "",
            serves=kind is not None and kind[1] == "AP",
        )
    return found


def managed_of(text: str) -> dict[str, tuple[str, str]]:
    """Adapter → its type and connection, as NetworkManager lists them."""
    found: dict[str, tuple[str, str]] = {}
    for line in text.splitlines():
        parts = [part.replace("\\:", ":") for part in re.split(r"(?<!\\):", line, maxsplit=3)]
        if len(parts) == 4 and parts[3]:  # noqa: PLR2004 - the fields that were asked for
            found[parts[0]] = (parts[1], parts[3])
    return found
