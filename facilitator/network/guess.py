"""What sort an adapter is by its names, its hardware address and its own address.

Names alone deceive: Windows calls the adapter of VirtualBox "Ethernet 2". So what the system says
of it comes first, and this fills in the rest.
"""

from __future__ import annotations

import ipaddress
import re
from typing import Final

from facilitator.network.links import Host, IPv4, Sort

_PATTERNS: Final = {
    Sort.VIRTUAL: (
        r"docker|^veth|^br-[0-9a-f]|^virbr|^vnet\d|vmnet|vmware|^vbox|virtualbox|hyper-v|vethernet"
        r"|\bwsl\b|^lxc|^lxd|^cni|^flannel|^cali|^podman|^vnic\d|parallels|loopback|^lo\d*$|^dummy"
        r"|^ifb|kernel debug|^vmenet|^anpi|^awdl|^llw|npcap|^feth|multipass|^incus"
    ),
    Sort.TUNNEL: (
        r"^tun\d?|^tap\d?|^utun|^wg|wireguard|wintun|tailscale|zerotier|^zt|^ppp|ipsec|anyconnect"
        r"|cisco.*virtual|cscotun|openvpn|tap-windows|\bvpn\b|vpn$|fortinet|fortissl|globalprotect"
        r"|pangp|juniper|pulse secure|check point|checkpoint|sonicwall|f5 networks|f5 access"
        r"|nordlynx|proton|mullvad|warp|cloudflare|hamachi|wan miniport|^gif\d|^stf\d|^sit\d|^gre"
        r"|teredo|isatap|6to4|dial-up|zscaler|netbird|nebula|softether|citrix|netskope"
    ),
    Sort.BLUETOOTH: r"bluetooth|^bnep|^pan\d",
    Sort.MOBILE: r"^wwan|^wwp|mobile broadband|mobiel|cellular|\blte\b|\b5g\b",
    Sort.TETHER: r"^usb\d|rndis|remote ndis|apple mobile device|iphone|ipad|android",
    Sort.HOTSPOT: r"wi-?fi direct virtual|hosted network|^ap\d|^uap\d",
    Sort.WIFI: r"wi-?fi|wlan|^wl[psxo]|^wl\d|wireless|802\.11|draadlo|airport|centrino|dual band",
    Sort.CABLE: (
        r"eth|^en[opsx]|^en\d|^em\d|\blan\b|lan-verbinding|local area|gbe|gigabit|realtek"
        r"|thunderbolt|^bond|^br\d|^vlan|1000|intel\(r\).*connection"
    ),
}
_BY_NAME: Final = {sort: re.compile(text, re.IGNORECASE) for sort, text in _PATTERNS.items()}
_HOST_SIDE: Final = (
    "0a:00:27",  # VirtualBox, the laptop's own side of a host-only network
    "00:50:56:c0",  # VMware, the laptop's own side
    "00:1c:42:00:00",  # Parallels, the laptop's own side
    "02:42:",  # Docker
)
_IPHONE: Final = ipaddress.ip_network("172.20.10.0/28")
_ANDROID_CABLE: Final = ipaddress.ip_network("192.168.42.0/24")
_SHARED: Final = {
    "windows": ipaddress.ip_network("192.168.137.1/32"),
    "macos": ipaddress.ip_network("192.168.2.1/32"),
    "linux": ipaddress.ip_network("10.42.0.1/32"),
}
"""What a laptop calls itself on the network that it makes for others."""


def sort_of(*names: str, mac: str = "") -> Sort:
    """What sort has these names; what the names of its maker say outweighs what it is called."""
    if mac.startswith(_HOST_SIDE):
        return Sort.VIRTUAL
    for sort, pattern in _BY_NAME.items():
        if any(pattern.search(name) for name in names if name):
            return sort
    return Sort.OTHER


def shares(system: str, hosts: tuple[Host, ...]) -> bool:
    """Whether an adapter has the address by which this system serves a network of its own."""
    return any(host.address.version == IPv4 and host.address in _SHARED[system] for host in hosts)


def of_a_phone(hosts: tuple[Host, ...]) -> bool:
    """Whether these addresses were given by a telephone at a cable."""
    return any(
        host.address.version == IPv4 and (host.address in _IPHONE or host.address in _ANDROID_CABLE)
        for host in hosts
    )
