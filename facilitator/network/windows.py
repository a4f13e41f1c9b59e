"""Adapters on Windows: by what PowerShell says, else by ``route print``.

Nothing here depends on the language of Windows: what is translated is not read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

import msgspec

from facilitator.network.guess import of_a_phone, sort_of
from facilitator.network.links import Host, Link, Sort
from facilitator.network.told import Adapter, Told

POWERSHELL: Final = "powershell"
ROUTES: Final = "route print"
WLAN: Final = "netsh wlan show interfaces"

SCRIPT: Final = """
$ErrorActionPreference = 'SilentlyContinue'
[Console]::OutputEncoding = [Text.Encoding]::UTF8
@{
  adapters = @(Get-NetAdapter -IncludeHidden | Where-Object Status -eq 'Up' | ForEach-Object {
    @{name = [string]$_.Name; description = [string]$_.InterfaceDescription; index = [int]$_.ifIndex
      medium = [int]$_.NdisPhysicalMedium; virtual = [bool]$_.Virtual} })
  addresses = @(Get-NetIPAddress | ForEach-Object {
    @{host = [string]$_.IPAddress; index = [int]$_.InterfaceIndex; prefix = [int]$_.PrefixLength
      suffix = [string]$_.SuffixOrigin; state = [string]$_.AddressState} })
  routes = @(Get-NetRoute -DestinationPrefix '0.0.0.0/0', '::/0' | ForEach-Object {
    @{index = [int]$_.InterfaceIndex; hop = [string]$_.NextHop} })
  profiles = @(Get-NetConnectionProfile | ForEach-Object {
    @{index = [int]$_.InterfaceIndex; name = [string]$_.Name; category = [string]$_.NetworkCategory} })
} | ConvertTo-Json -Depth 4 -Compress
"""
"""Words instead of numbers, so that every version of PowerShell says the same; and no double
quotation mark, which not every way to start it lets through."""

_MEDIA: Final = {1: Sort.WIFI, 8: Sort.MOBILE, 9: Sort.WIFI, 10: Sort.BLUETOOTH}
"""NdisPhysicalMedium: what the driver says that it speaks through."""
_VIRTUAL_MACHINES: Final = "00:15:5d"  # of Hyper-V; a switch to outside has the real card's
_NOWHERE: Final = frozenset({"0.0.0.0", "::"})  # noqa: S104 - no router, not a place to listen
_LIST: Final = re.compile(r"^\s*(\d+)\.{3}((?:[0-9a-f]{2} ){6})\.*\s?(.+?)\s*$", re.MULTILINE)
_FOUR: Final = re.compile(r"^\s*0\.0\.0\.0\s+0\.0\.0\.0\s+([\d.]+)\s+([\d.]+)\s+\d+", re.MULTILINE)
_SIX: Final = re.compile(r"^\s*(\d+)\s+\d+\s+::/0\s+([0-9a-f:]+)", re.MULTILINE)
_SSID: Final = re.compile(r"^\s*SSID\s*: (.+?)\s*$", re.MULTILINE)
_WLAN_NAME: Final = re.compile(r"^    [^\s:][^:\n]*: (.+?)\s*$", re.MULTILINE)


class Card(msgspec.Struct, frozen=True):
    """An adapter, as PowerShell tells it."""

    name: str
    description: str = ""
    index: int = 0
    medium: int = 0
    virtual: bool = False


class Given(msgspec.Struct, frozen=True):
    """An address, as PowerShell tells it."""

    host: str
    index: int = 0
    prefix: int | None = None
    suffix: str = ""
    state: str = ""


class Hop(msgspec.Struct, frozen=True):
    """Where an adapter leads on to."""

    index: int
    hop: str


class Seen(msgspec.Struct, frozen=True):
    """A network as Windows sees it: its name, and how far it trusts it."""

    index: int
    name: str = ""
    category: str = ""


class Said(msgspec.Struct, frozen=True):
    """What the script says."""

    adapters: tuple[Card, ...] = ()
    addresses: tuple[Given, ...] = ()
    routes: tuple[Hop, ...] = ()
    profiles: tuple[Seen, ...] = ()


def said_of(text: str) -> Said:
    """What PowerShell said; nothing where it said nothing that can be read."""
    try:
        return msgspec.json.decode(text.lstrip("\ufeff"), type=Said)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return Said()


def links(told: Told) -> list[Link]:
    """The adapters that are up."""
    said = said_of(told.said(POWERSHELL))
    cards = {card.name: card for card in said.adapters}
    descriptions = {mac: label for _index, mac, label in listed(told.said(ROUTES))}
    networks = networks_of(told.said(WLAN))
    found: list[Link] = []
    for adapter in told.adapters:
        if not adapter.up:
            continue
        card = cards.get(adapter.name, Card(adapter.name))
        label = card.description or descriptions.get(adapter.mac, "")
        gateways = frozenset(
            hop.hop
            for hop in said.routes
            if hop.index == card.index and card.index and hop.hop not in _NOWHERE
        ) or _routed(told.said(ROUTES), adapter)
        sort = _sort(adapter, card, label, gateways)
        seen = {one.index: one.name for one in said.profiles}
        named = networks.get(adapter.name) or seen.get(card.index, "")
        found.append(
            Link(
                name=adapter.name,
                sort=sort,
                hosts=_hosts(adapter, said),
                network=named if sort is Sort.WIFI else "",
                label=label,
                gateways=gateways,
                point_to_point=adapter.point_to_point,
                broadcast=adapter.broadcast,
            )
        )
    return found


def _sort(adapter: Adapter, card: Card, label: str, gateways: frozenset[str]) -> Sort:
    """What sort it is: by what its maker calls it, since people and Windows rename adapters."""
    by_label = sort_of(label, mac=adapter.mac) if label else Sort.OTHER
    if "hyper-v" in f"{label} {adapter.name}".lower() or adapter.name.startswith("vEthernet"):
        outside = gateways and not adapter.mac.startswith(_VIRTUAL_MACHINES)
        return Sort.CABLE if outside else Sort.VIRTUAL
    if by_label not in {Sort.OTHER, Sort.CABLE}:
        return by_label
    if card.medium in _MEDIA:
        return _MEDIA[card.medium]
    if gateways and of_a_phone(adapter.hosts()):
        return Sort.TETHER
    if by_label is Sort.OTHER and card.virtual:
        return Sort.VIRTUAL
    return sort_of(adapter.name, mac=adapter.mac) if by_label is Sort.OTHER else by_label


def _hosts(adapter: Adapter, said: Said) -> tuple[Host, ...]:
    given = {one.host.partition("%")[0]: one for one in said.addresses}
    found: list[Host] = []
    for host in adapter.hosts():
        one = given.get(host.host, Given(host.host))
        if one.state in {"Duplicate", "Invalid", "Tentative"} and ":" in host.host:
            continue
        found.append(
            Host(
                host=host.host,
                prefix=one.prefix if host.prefix is None else host.prefix,
                temporary=one.suffix == "Random" and ":" in host.host,
                deprecated=one.state == "Deprecated",
            )
        )
    return tuple(found)


def listed(routes: str) -> list[tuple[int, str, str]]:
    """Number, hardware address and description of each adapter in ``route print``."""
    return [
        (int(index), mac.strip().replace(" ", ":").lower(), label)
        for index, mac, label in _LIST.findall(routes)
    ]


def _routed(routes: str, adapter: Adapter) -> frozenset[str]:
    """Where an adapter leads on to, by the table of routes."""
    hosts = {host.host for host in adapter.hosts()}
    numbers: Mapping[str, int] = {mac: index for index, mac, _label in listed(routes)}
    number = numbers.get(adapter.mac, -1)
    four = {gateway for gateway, host in _FOUR.findall(routes) if host in hosts}
    six = {gateway for index, gateway in _SIX.findall(routes) if int(index) == number}
    return frozenset(four | six)


def networks_of(wlan: str) -> dict[str, str]:
    """Adapter → the Wi-Fi that it is on. The first line of each part names the adapter."""
    found: dict[str, str] = {}
    for part in re.split(r"\n\s*\n", wlan):
        name, network = _WLAN_NAME.search(part), _SSID.search(part)
        if name is not None and network is not None:
            found[name[1]] = network[1]
    return found
