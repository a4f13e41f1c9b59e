"""What stands between a phone and this machine, as far as the system tells: firewall and VPN.

What it does not tell is unknown, and said so; it is never guessed. Each system has a list of
what it is asked, and a reader of what it said.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Literal

import msgspec

from facilitator.network.asking import ask, ask_powershell, read_file
from facilitator.network.guess import sort_of
from facilitator.network.links import Link, Sort
from facilitator.network.reading import links
from facilitator.network.told import System, Told

Firewall = Literal["off", "open", "on", "blocks", "unknown"]
"""Open: it lets us through. On: it may let us through, or not. Blocks: it keeps phones out."""
Profile = Literal["public", "private", "domain", "unknown"]
Vpn = Literal["on", "off", "unknown"]

POWERSHELL: Final = "powershell firewall"
NETSH: Final = "netsh advfirewall show currentprofile"
MAC_FIREWALL: Final = "/usr/libexec/ApplicationFirewall/socketfilterfw --getglobalstate"
MAC_BLOCK: Final = "/usr/libexec/ApplicationFirewall/socketfilterfw --getblockall"
MAC_APPS: Final = "/usr/libexec/ApplicationFirewall/socketfilterfw --listapps"
MAC_VPN: Final = "scutil --nc list"
UFW: Final = "/etc/ufw/ufw.conf"
UFW_STATUS: Final = "ufw status"
FIREWALLD: Final = "firewall-cmd --state"
FIREWALLD_PORTS: Final = "firewall-cmd --list-all"
NFT: Final = "nft list ruleset"
NMCLI: Final = "nmcli -t -f TYPE,STATE,NAME connection show --active"
_FILES: Final = (UFW,)
_COMMANDS: Final[dict[System, tuple[str, ...]]] = {
    "linux": (UFW_STATUS, FIREWALLD, FIREWALLD_PORTS, NFT, NMCLI),
    "windows": (NETSH,),
    "macos": (MAC_FIREWALL, MAC_BLOCK, MAC_APPS, MAC_VPN),
}
SCRIPT: Final = """
$ErrorActionPreference = 'SilentlyContinue'
[Console]::OutputEncoding = [Text.Encoding]::UTF8
@{
  firewalls = @(Get-NetFirewallProfile -PolicyStore ActiveStore | ForEach-Object {
    @{name = [string]$_.Name; enabled = [string]$_.Enabled; inbound = [string]$_.DefaultInboundAction
      rules = [string]$_.AllowInboundRules} })
  rules = @(Get-NetFirewallApplicationFilter -PolicyStore ActiveStore -Program %s |
    Get-NetFirewallRule | Where-Object { [string]$_.Direction -eq 'Inbound' } | ForEach-Object {
    @{enabled = [string]$_.Enabled; action = [string]$_.Action; profile = [string]$_.Profile} })
  profiles = @(Get-NetConnectionProfile | ForEach-Object {
    @{adapter = [string]$_.InterfaceAlias; category = [string]$_.NetworkCategory} })
  vpns = @(@(Get-VpnConnection) + @(Get-VpnConnection -AllUserConnection) |
    Where-Object { $_ } | ForEach-Object {
    @{name = [string]$_.Name; status = [string]$_.ConnectionStatus} })
} | ConvertTo-Json -Depth 4 -Compress
"""


class Surroundings(msgspec.Struct, frozen=True):
    """Firewall and VPN of this machine."""

    firewall: Firewall = "unknown"
    firewall_name: str = ""  # ufw, firewalld; empty where there is only one
    profile: Profile = "unknown"  # how Windows sees the network
    vpn: Vpn = "unknown"
    vpn_name: str = ""


UNKNOWN: Final = Surroundings()


def look_around(told: Told, adapter: str, port: int) -> Surroundings:
    """Firewall and VPN as they are now, for who comes by this adapter. Takes seconds."""
    system = told.system
    said = {name: ask(name.split()) for name in _COMMANDS[system]}
    if system == "linux":
        said |= {name: read_file(name) for name in _FILES}
    if system == "windows":
        said[POWERSHELL] = ask_powershell(SCRIPT % _programs())
    return read(told, said, adapter, port)


def _programs() -> str:
    """What listens, for PowerShell: in a virtual environment that is the Python behind it."""
    programs = {sys.executable, getattr(sys, "_base_executable", sys.executable)}
    return ", ".join("'{}'".format(one.replace("'", "''")) for one in sorted(programs))


def read(told: Told, said: Mapping[str, str], adapter: str, port: int) -> Surroundings:
    """What these outputs say."""
    tunnels = [link for link in links(told) if _is_on(link)]
    if told.system == "windows":
        found = _windows(said, adapter)
    elif told.system == "macos":
        found = _macos(said)
    else:
        found = _linux(said, port)
    if tunnels and found.vpn != "on":
        name = tunnels[0].network or tunnels[0].label or tunnels[0].name
        found = msgspec.structs.replace(found, vpn="on", vpn_name=name)
    return found


def _is_on(link: Link) -> bool:
    """Whether it is a tunnel that carries something: macOS keeps a few that have no address."""
    return link.sort is Sort.TUNNEL and any(not host.address.is_link_local for host in link.hosts)


# Windows


class Wall(msgspec.Struct, frozen=True):
    """The firewall of one profile."""

    name: str
    enabled: str = ""
    inbound: str = ""
    rules: str = ""


class Rule(msgspec.Struct, frozen=True):
    """What the firewall does with us."""

    enabled: str = ""
    action: str = ""
    profile: str = ""


class Seen(msgspec.Struct, frozen=True):
    """How Windows sees the network behind an adapter."""

    adapter: str = ""
    category: str = ""


class Connection(msgspec.Struct, frozen=True):
    """A VPN of Windows itself."""

    name: str = ""
    status: str = ""


class Said(msgspec.Struct, frozen=True):
    """What the script says."""

    firewalls: tuple[Wall, ...] = ()
    rules: tuple[Rule, ...] = ()
    profiles: tuple[Seen, ...] = ()
    vpns: tuple[Connection, ...] = ()


_CATEGORIES: Final[dict[str, Profile]] = {
    "Public": "public",
    "Private": "private",
    "DomainAuthenticated": "domain",
    "Domain": "domain",
}
_HEADS: Final[tuple[tuple[Profile, re.Pattern[str]], ...]] = (
    ("public", re.compile(r"public|openba", re.IGNORECASE)),
    ("private", re.compile(r"private|privé|particulier|persoonlijk", re.IGNORECASE)),
    ("domain", re.compile(r"domain|domein", re.IGNORECASE)),
)
_STATE: Final = re.compile(r"^-{10,}\s*\n\S+\s{2,}(\S+)\s*$", re.MULTILINE)
_ON: Final = frozenset({"on", "aan", "ingeschakeld"})
_OFF: Final = frozenset({"off", "uit", "uitgeschakeld"})


def _windows(said: Mapping[str, str], adapter: str) -> Surroundings:
    try:
        told = msgspec.json.decode(said.get(POWERSHELL, "").lstrip("\ufeff"), type=Said)
    except msgspec.MsgspecError:
        told = Said()
    category = next((one.category for one in told.profiles if one.adapter == adapter), "")
    profile = _CATEGORIES.get(category, "unknown")
    connected = next((one.name for one in told.vpns if one.status == "Connected"), "")
    read = _netsh(said.get(NETSH, ""))  # the firewall may be for who manages the laptop only
    return Surroundings(
        firewall=_wall(told, profile) if told.firewalls else read.firewall,
        profile=read.profile if profile == "unknown" else profile,
        vpn="on" if connected else "unknown",
        vpn_name=connected,
    )


def _wall(told: Said, profile: Profile) -> Firewall:
    wall = next((one for one in told.firewalls if _CATEGORIES.get(one.name) == profile), None)
    if wall is None:
        return "unknown"
    if wall.enabled == "False":
        return "off"
    if wall.inbound == "Allow":
        return "open"
    if wall.rules == "False":
        return "blocks"
    ours = [rule for rule in told.rules if rule.enabled == "True" and _holds(rule, wall.name)]
    if any(rule.action == "Block" for rule in ours):
        return "blocks"  # the answer that somebody gave when Windows asked
    if any(rule.action == "Allow" for rule in ours):
        return "open"
    return "blocks" if profile == "public" else "on"


def _holds(rule: Rule, profile: str) -> bool:
    return rule.profile == "Any" or profile in re.split(r",\s*", rule.profile)


def _netsh(text: str) -> Surroundings:
    """The same from a text in the language of Windows; what we cannot read is unknown."""
    head = text.strip().partition("\n")[0]
    profile: Profile = next((name for name, pattern in _HEADS if pattern.search(head)), "unknown")
    state = _STATE.search(text)
    word = state[1].lower() if state else ""
    firewall: Firewall = "unknown"
    if word in _OFF:
        firewall = "off"
    elif "AllowInbound" in text:
        firewall = "open"
    elif "BlockInboundAlways" in text:
        firewall = "blocks"
    elif word in _ON or "BlockInbound" in text:
        firewall = "on"
    return Surroundings(firewall=firewall, profile=profile)


# macOS

_CONNECTED: Final = re.compile(r"^\*? *\(Connected\).*?\"([^\"]+)\"", re.MULTILINE)
_APP: Final = re.compile(r"^\s*\d+\s*:\s*(.+?)\s*\n\s*\(\s*(Allow|Block) incoming", re.MULTILINE)
_OURS: Final = re.compile(r"facilitator|python", re.IGNORECASE)


def _macos(said: Mapping[str, str]) -> Surroundings:
    state = re.search(r"State = (\d)", said.get(MAC_FIREWALL, ""))
    block = re.search(r"\b(enabled|disabled)\b", said.get(MAC_BLOCK, ""), re.IGNORECASE)
    vpn = said.get(MAC_VPN, "")
    connected = _CONNECTED.search(vpn)
    firewall: Firewall = "unknown"
    if state is not None:
        firewall = {"0": "off", "1": "on", "2": "blocks"}.get(state[1], "unknown")  # type: ignore[assignment]
    if firewall == "on":
        blocks = block is not None and block[1].lower() == "enabled"
        firewall = "blocks" if blocks else _of_us(said.get(MAC_APPS, ""))
    return Surroundings(
        firewall=firewall,
        vpn="on" if connected else "off" if vpn.strip() else "unknown",
        vpn_name=connected[1] if connected else "",
    )


def _of_us(apps: str) -> Firewall:
    """What the firewall of macOS does with Python or our own app."""
    ours = [verdict for path, verdict in _APP.findall(apps) if _OURS.search(path)]
    if not ours:
        return "on"
    return "blocks" if "Block" in ours else "open"


# Linux

_TUNNELS: Final = frozenset({"vpn", "wireguard", "tun"})
_DROPS: Final = re.compile(r"hook input [^;]*; *policy drop|hook input .*policy drop")


def _linux(said: Mapping[str, str], port: int) -> Surroundings:
    firewall, name = _linux_firewall(said, port)
    managed = [line.split(":", 2) for line in said.get(NMCLI, "").splitlines()]
    vpn = [row[2] for row in managed if len(row) == 3 and _is_vpn(row[0], row[2])]  # noqa: PLR2004
    return Surroundings(
        firewall=firewall,
        firewall_name=name,
        vpn="on" if vpn else "off" if managed else "unknown",
        vpn_name=vpn[0] if vpn else "",
    )


def _is_vpn(kind: str, name: str) -> bool:
    return kind in _TUNNELS and sort_of(name) is not Sort.VIRTUAL  # virtual machines have tuns too


def _linux_firewall(said: Mapping[str, str], port: int) -> tuple[Firewall, str]:
    status = said.get(UFW_STATUS, "")
    if re.search(r"^Status: active", status, re.MULTILINE):
        return ("open" if _allowed(status, port) else "blocks"), "ufw"
    if re.search(r"^ENABLED=yes", said.get(UFW, ""), re.MULTILINE) and not status:
        return "on", "ufw"
    if said.get(FIREWALLD, "").strip() == "running":
        zone = said.get(FIREWALLD_PORTS, "")
        if not zone:
            return "on", "firewalld"
        return ("open" if _in_zone(zone, port) else "blocks"), "firewalld"
    rules = said.get(NFT, "")
    if _DROPS.search(rules):
        return ("open" if re.search(rf"dport (\{{[^}}]*)?\b{port}\b", rules) else "on"), "nftables"
    off = re.search(
        r"^Status: inactive|^ENABLED=no", f"{status}\n{said.get(UFW, '')}", re.MULTILINE
    )
    return ("off" if off else "unknown"), ""


def _allowed(status: str, port: int) -> bool:
    return bool(
        re.search(rf"^(Anywhere|{port}(/tcp)?)\b.*\bALLOW\b", status, re.MULTILINE)
        or re.search(r"^Default: allow \(incoming\)", status, re.MULTILINE)
    )


def _in_zone(zone: str, port: int) -> bool:
    """Whether this zone of firewalld lets the port through."""
    if re.search(r"^\s*target: ACCEPT", zone, re.MULTILINE):
        return True
    ports = re.search(r"^\s*ports: (.*)$", zone, re.MULTILINE)
    return any(_covers(word, port) for word in _words(ports))


def _words(found: re.Match[str] | None) -> Sequence[str]:
    return found[1].split() if found else ()


def _covers(word: str, port: int) -> bool:
    numbers, _, protocol = word.partition("/")
    first, _, last = numbers.partition("-")
    bounds: Iterable[str] = (first, last or first)
    if protocol != "tcp" or not all(bound.isdigit() for bound in bounds):
        return False
    return int(first) <= port <= int(last or first)
