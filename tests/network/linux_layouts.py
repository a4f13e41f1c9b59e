"""Networks of Linux laptops, laid out in a namespace: to record them, and to try them for real.

``python -m tests.network.linux_layouts`` records them all anew in ``layouts/``, as root.
"""

from __future__ import annotations

import os
import platform
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import msgspec

from facilitator.network.told import Told
from tests.faults.net import Space, run
from tests.network.layouts import LAYOUTS, Layout

_VPN: Final = """
import fcntl, struct, sys
with open("/dev/net/tun", "r+b", buffering=0) as tunnel:
    wish = struct.pack("16sH22x", sys.argv[1].encode(), 0x1001)  # a tunnel, without headers
    fcntl.ioctl(tunnel, 0x400454CA, wish)
    print("up", flush=True)
    sys.stdin.read()
"""
_ENDS: Final = ("p-", "m-", "n-")  # the far ends of cables, and what is plugged in a bridge
_FAR: Final = re.compile(r"(^|[\s/])[pmn]-\w")


class Laid(msgspec.Struct, frozen=True):
    """A network: its adapters with their addresses, its routes, and the right answer."""

    title: str
    adapters: dict[str, tuple[str, ...]]  # name, with a sort of its own where it is no cable
    routes: tuple[str, ...] = ()
    answer: str | None = None
    ask: bool = False
    name: str = ""


LAID: Final = {
    "linux-wifi": Laid(
        "Wi-Fi at home, and nothing else",
        {"wlp3s0": ("192.168.178.23/24",)},
        ("default via 192.168.178.1",),
        "192.168.178.23",
        name="wifi",
    ),
    "linux-docker-libvirt-virtualbox": Laid(
        "Wi-Fi beside Docker, libvirt and VirtualBox",
        {
            "wlp0s20f3": ("192.168.1.64/24",),
            "docker0 bridge": ("172.17.0.1/16",),
            "br-5f3a09c1d2e4 bridge": ("172.18.0.1/16",),
            "veth8c1f2a3": (),
            "virbr0 bridge": ("192.168.122.1/24",),
            "vboxnet0": ("192.168.56.1/24",),
        },
        ("default via 192.168.1.1",),
        "192.168.1.64",
        name="wifi",
    ),
    "linux-openvpn-everything": Laid(
        "A VPN that takes all traffic (OpenVPN, two halves)",
        {"wlp2s0": ("10.0.40.77/20",), "tun0 tun": ("10.8.0.6/24",)},
        (
            "default via 10.0.32.1 metric 600",
            "0.0.0.0/1 via 10.8.0.1 dev tun0",
            "128.0.0.0/1 via 10.8.0.1 dev tun0",
        ),
        "10.0.40.77",
        name="wifi",
    ),
    "linux-vpn-is-default": Laid(
        "A VPN that is the default route itself, with a lower metric",
        {"enp0s31f6": ("10.12.1.50/24",), "tun0 tun": ("10.211.4.9/16",)},
        ("default via 10.211.0.1 dev tun0 metric 50", "default via 10.12.1.1 metric 100"),
        "10.12.1.50",
        name="kabel",
    ),
    "linux-office-cable-guest-wifi": Laid(
        "The office by cable, the guests by Wi-Fi: nobody but a person knows",
        {"enp0s31f6": ("10.12.1.50/24",), "wlp3s0": ("10.99.3.4/22",)},
        ("default via 10.12.1.1 metric 100", "default via 10.99.0.1 metric 600"),
        "10.99.3.4",
        ask=True,
        name="wifi",
    ),
    "linux-docking-station": Laid(
        "A docking station and Wi-Fi, both on the same network",
        {"enx00e04c680012": ("192.168.1.71/24",), "wlp3s0": ("192.168.1.64/24",)},
        ("default via 192.168.1.1 metric 100", "default via 192.168.1.1 dev wlp3s0 metric 600"),
        "192.168.1.64",
        name="wifi",
    ),
    "linux-two-wifis": Laid(
        "The Wi-Fi of the laptop and one on a stick, on two networks",
        {"wlp3s0": ("192.168.1.64/24",), "wlx9cefd5fa1b2c": ("192.168.8.100/24",)},
        (
            "default via 192.168.1.1 metric 600",
            "default via 192.168.8.1 dev wlx9cefd5fa1b2c metric 601",
        ),
        "192.168.1.64",
        ask=True,
        name="wifi (wlp3s0)",
    ),
    "linux-ipv6-only": Laid(
        "IPv6 only, with an address that changes by itself and one that stays",
        {"wlp3s0": ("fd12:3456:789a:1::5/64 mngtmpaddr",)},
        ("-6 default via fd12:3456:789a:1::1",),
        "fd12:3456:789a:1::5",
        name="wifi",
    ),
    "linux-ipv6-deprecated": Laid(
        "The router was given other addresses: the older one is about to go",
        {
            "wlp3s0": (
                "2001:db8:7:1::23/64 nodad preferred_lft 0 valid_lft 3000",
                "2001:db8:8:1::23/64 nodad",
            )
        },
        ("-6 default via 2001:db8:8:1::1",),
        "2001:db8:8:1::23",
        name="wifi",
    ),
    "linux-hotspot-behind-cable": Laid(
        "A hotspot of the laptop itself, that shares its cable",
        {"enp0s31f6": ("10.12.1.50/24",), "wlp3s0": ("10.42.0.1/24",)},
        ("default via 10.12.1.1",),
        "10.42.0.1",
        name="hotspot van deze laptop",
    ),
    "linux-hotspot-alone": Laid(
        "A hotspot of the laptop itself, without internet",
        {"wlp3s0": ("10.42.0.1/24",)},
        answer="10.42.0.1",
        name="hotspot van deze laptop",
    ),
    "linux-no-dhcp-answer": Laid(
        "The network gave no address, and the laptop took one itself",
        {"wlp3s0": ("169.254.7.9/16",)},
        answer="169.254.7.9",
        name="wifi",
    ),
    "linux-no-network": Laid("No network at all", {}),
    "linux-tailscale": Laid(
        "Tailscale beside Wi-Fi",
        {
            "wlp3s0": ("192.168.178.23/24",),
            "tailscale0 tun": ("100.101.12.7/32", "fd7a:115c:a1e0::1/128 nodad"),
        },
        ("default via 192.168.178.1",),
        "192.168.178.23",
        name="wifi",
    ),
    "linux-phone-by-usb": Laid(
        "A phone on a USB cable gives internet, and that is all there is",
        {"usb0": ("192.168.42.77/24",)},
        ("default via 192.168.42.129",),
        "192.168.42.77",
        name="telefoon via usb",
    ),
    "linux-bluetooth-and-wifi": Laid(
        "Bluetooth gives internet, the Wi-Fi is a router that leads nowhere",
        {"bnep0": ("192.168.44.20/24",), "wlp3s0": ("192.168.8.12/24",)},
        ("default via 192.168.44.1",),
        "192.168.8.12",
        name="wifi",
    ),
    "linux-only-containers": Laid(
        "The cable is out: nothing but Docker is left",
        {"docker0 bridge": ("172.17.0.1/16",)},
        answer="172.17.0.1",
        name="netwerk binnen deze laptop",
    ),
    "linux-public-addresses": Laid(
        "A university that gives every laptop an address of the internet",
        {"wlp3s0": ("145.94.17.201/20", "2001:db8:94:1::201/64 nodad")},
        ("default via 145.94.16.1",),
        "145.94.17.201",
        name="wifi",
    ),
}


@contextmanager
def laid_out(laid: Laid) -> Iterator[Space]:
    """This network in a namespace of its own."""
    space = Space(f"lay{os.getpid()}", 0)
    holders: list[subprocess.Popen[bytes]] = []
    try:
        for named, hosts in laid.adapters.items():
            name, _, kind = named.partition(" ")
            if kind == "tun":
                holders.append(tunnel(space, name))
            else:
                _add(space, name, kind)
            space.ip("link", "set", name, "up")
            if any("mngtmpaddr" in host for host in hosts):
                for setting, value in (("use_tempaddr", "2"), ("dad_transmits", "0")):
                    _write(space, f"/proc/sys/net/ipv6/conf/{name}/{setting}", value)
            for host in hosts:
                space.ip("addr", "add", *host.split(), "dev", name)
        for route in laid.routes:
            six = route.startswith("-6 ")
            words = route.removeprefix("-6 ").split()
            space.ip(*(["-6"] if six else []), "route", "add", *words)
        _settle(space)
        yield space
    finally:
        for holder in holders:
            holder.communicate()
        run("ip", "netns", "del", space.name)


def told_in(space: Space) -> Told:
    """What a laptop with this network tells, without the far ends of its cables."""
    code = "import sys, msgspec; from facilitator.network.asking import at_once; "
    code += "sys.stdout.buffer.write(msgspec.json.encode(at_once()))"
    said = run(*space.prefix, sys.executable, "-c", code)
    told = msgspec.json.decode(said.encode(), type=Told)
    ours = tuple(one for one in told.adapters if not one.name.startswith(_ENDS))
    outputs = {
        name: "".join(line for line in text.splitlines(keepends=True) if not _FAR.search(line))
        for name, text in told.outputs.items()
        if not _FAR.search(name)
    }
    return Told(told.system, ours, outputs)


def record() -> None:
    """Write all of them down."""
    for name, laid in LAID.items():
        with laid_out(laid) as space:
            told = told_in(space)
        layout = Layout(
            title=laid.title,
            source=(
                f"Recorded in a network namespace on Linux {platform.release().split('-')[0]}, with"
                " psutil and the files of /proc and /sys. The adapters are made of veth, tun and"
                " bridges with the names that udev gives: no radio is behind them."
            ),
            told=told,
            answer=laid.answer,
            ask=laid.ask,
            name=laid.name,
        )
        path = LAYOUTS / f"{name}.json"
        path.write_bytes(msgspec.json.format(msgspec.json.encode(layout), indent=1) + b"\n")


def _add(space: Space, name: str, kind: str) -> None:
    if kind == "bridge":
        space.ip("link", "add", name, "type", "bridge")
        space.ip("link", "add", f"m-{name}"[:15], "type", "veth", "peer", "name", f"n-{name}"[:15])
        for end in (f"m-{name}"[:15], f"n-{name}"[:15]):
            space.ip("link", "set", end, "up")
        space.ip("link", "set", f"m-{name}"[:15], "master", name)
    else:
        space.ip("link", "add", name, "type", "veth", "peer", "name", f"p-{name}"[:15])
        space.ip("link", "set", f"p-{name}"[:15], "up")


def tunnel(space: Space, name: str) -> subprocess.Popen[bytes]:
    """A tunnel, and the program of the VPN that holds it open."""
    command = [*space.prefix, sys.executable, "-c", _VPN, name]
    holder = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"up\n"
    return holder


def _settle(space: Space) -> None:
    """Until every address is known to be nobody else's."""
    ends = time.monotonic() + 5
    while "tentative" in run("ip", "-n", space.name, "-6", "addr", "show", "scope", "global"):
        assert time.monotonic() < ends
        time.sleep(0.05)


def _write(space: Space, path: str, text: str) -> None:
    run(*space.prefix, "sh", "-c", f"echo {text} > {path}")


if __name__ == "__main__":
    record()
