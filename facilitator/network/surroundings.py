"""What stands between a phone and this machine, as far as the system tells: firewall and VPN.

What it does not tell is unknown, and said so; it is never guessed.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from facilitator.network.links import Sort
from facilitator.network.reading import links
from facilitator.network.told import Told

Firewall = Literal["off", "open", "on", "blocks", "unknown"]
"""Open: it lets us through. On: it may let us through, or not. Blocks: it keeps phones out."""
Profile = Literal["public", "private", "domain", "unknown"]
Vpn = Literal["on", "off", "unknown"]


class Surroundings(msgspec.Struct, frozen=True):
    """Firewall and VPN of this machine."""

    firewall: Firewall = "unknown"
    firewall_name: str = ""  # ufw, firewalld; empty where there is only one
    profile: Profile = "unknown"  # how Windows sees the network
    vpn: Vpn = "unknown"
    vpn_name: str = ""


UNKNOWN = Surroundings()


def look_around(told: Told) -> Surroundings:
    """Firewall and VPN as they are now. Takes seconds: not for the event loop."""
    return Surroundings(vpn=_tunnel(told))


def _tunnel(told: Told) -> Vpn:
    """Whether one of the adapters is the tunnel of a VPN that has an address."""
    tunnels = [link for link in links(told) if link.sort is Sort.TUNNEL and link.hosts]
    return "on" if tunnels else "unknown"
