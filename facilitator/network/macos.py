"""Adapters on macOS: by what networksetup, netstat and ifconfig say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

import msgspec

from facilitator.network.guess import of_a_phone, shares, sort_of
from facilitator.network.links import Host, Link, Sort
from facilitator.network.told import Adapter, Told

PORTS: Final = "networksetup -listallhardwareports"
ROUTES: Final = "netstat -rn"
IFCONFIG: Final = "ifconfig"
SUMMARY: Final = "ipconfig getsummary"  # of the Wi-Fi adapter
AIRPORT: Final = "networksetup -getairportnetwork"  # of the same

_PORT: Final = re.compile(r"^Hardware Port: (.+)\nDevice: (\S+)$", re.MULTILINE)
_ADAPTER: Final = re.compile(r"^(\w+): flags=", re.MULTILINE)
_MEMBER: Final = re.compile(r"^\s+member: (\w+)", re.MULTILINE)
_ADDRESS: Final = re.compile(r"^\s+inet6 ([0-9a-f:]+)(?:%\w+)? (.*)$", re.MULTILINE)
_SSID: Final = re.compile(r"^\s*SSID : (.+)$", re.MULTILINE)
_NETWORK: Final = re.compile(r"^Current Wi-Fi Network: (.+)$", re.MULTILINE)
_ON_AIR: Final = re.compile(r"ap\d+")


def links(told: Told) -> list[Link]:
    """The adapters that are up."""
    ports = ports_of(told.said(PORTS))
    gateways = gateways_of(told.said(ROUTES))
    parts = parts_of(told.said(IFCONFIG))
    network = network_of(told)
    found: list[Link] = []
    for adapter in told.adapters:
        if not adapter.up:
            continue
        sort = _sort(adapter, ports, parts.get(adapter.name, ""))
        found.append(
            Link(
                name=adapter.name,
                sort=sort,
                hosts=_hosts(adapter, parts.get(adapter.name, "")),
                network=network if sort is Sort.WIFI else "",
                label=ports.get(adapter.name, ""),
                gateways=gateways.get(adapter.name, frozenset()),
                point_to_point=adapter.point_to_point,
                broadcast=adapter.broadcast,
            )
        )
    return found


def _sort(adapter: Adapter, ports: Mapping[str, str], part: str) -> Sort:
    """What sort it is: by its port, its members, then by what it is called."""
    port = ports.get(adapter.name, "")
    if adapter.name.startswith("bridge"):
        return _bridge(adapter, ports, part)
    by_port = sort_of(port, mac=adapter.mac) if port else Sort.OTHER
    if of_a_phone(adapter.hosts()) and by_port is not Sort.WIFI and port:
        return Sort.TETHER
    return sort_of(adapter.name, mac=adapter.mac) if by_port is Sort.OTHER else by_port


def _bridge(adapter: Adapter, ports: Mapping[str, str], part: str) -> Sort:
    """Internet sharing and virtual machines look alike: it is the members that differ."""
    members = _MEMBER.findall(part)
    if adapter.name == "bridge0":
        return Sort.OTHER  # between two Macs, over Thunderbolt
    if any(_ON_AIR.fullmatch(member) or _is_wifi(ports.get(member, "")) for member in members):
        return Sort.HOTSPOT
    if any(member in ports for member in members):
        return Sort.CABLE
    return Sort.HOTSPOT if not members and shares("macos", adapter.hosts()) else Sort.VIRTUAL


def _is_wifi(port: str) -> bool:
    return bool(port) and sort_of(port) is Sort.WIFI


def _hosts(adapter: Adapter, part: str) -> tuple[Host, ...]:
    marks = {address: set(more.split()) for address, more in _ADDRESS.findall(part)}
    return tuple(
        msgspec.structs.replace(
            host,
            temporary="temporary" in marks.get(host.host, ()),
            deprecated="deprecated" in marks.get(host.host, ()),
        )
        for host in adapter.hosts()
        if not {"tentative", "duplicated"} & marks.get(host.host, set())
    )


def ports_of(text: str) -> dict[str, str]:
    """Adapter → what it is called in the settings."""
    return {device: port for port, device in _PORT.findall(text)}


def wifi_of(text: str) -> str:
    """The adapter of the Wi-Fi; empty where there is none."""
    return next((device for device, port in ports_of(text).items() if _is_wifi(port)), "")


def gateways_of(text: str) -> dict[str, frozenset[str]]:
    """Adapter → where it leads on to. A tunnel that takes everything names no router."""
    found: dict[str, set[str]] = {}
    for line in text.splitlines():
        row = line.split()
        if len(row) < 4 or row[0] != "default":  # noqa: PLR2004 - destination, gateway, flags, adapter
            continue
        gateway = row[1].partition("%")[0]
        if re.fullmatch(r"[0-9a-f.:]+", gateway) and gateway not in {"fe80::", "::"}:
            name = next((word for word in row[3:] if not word.isdigit()), "")
            found.setdefault(name, set()).add(gateway)
    return {name: frozenset(gateways) for name, gateways in found.items()}


def parts_of(text: str) -> dict[str, str]:
    """Adapter → what ``ifconfig`` says of it."""
    parts = _ADAPTER.split(text)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


def network_of(told: Told) -> str:
    """The name of the Wi-Fi, where the system does not keep it to itself."""
    found = (_SSID.search(told.said(SUMMARY)), _NETWORK.search(told.said(AIRPORT)))
    names = (one[1].strip() for one in found if one is not None)
    return next((name for name in names if name != "<redacted>"), "")
