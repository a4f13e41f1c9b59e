"""A hall's network on one Linux machine: an access point, a laptop and two phones.

Each is a network namespace of its own, joined by a bridge whose ports can be isolated, as guest
Wi-Fi does. Needs root, ``ip`` and ``nft``; ``why_not()`` says what is missing. In a test ask for the
fixtures of ``tests/faults/conftest.py``::

    def test_something(net: Net, hall: Hall, a_phone: MakePhone) -> None:
        phone = a_phone(1).join()          # Chromium in the first phone's namespace
        net.isolate(on=True)               # phones no longer reach the laptop …
        phone.write("Wacht").waiting("Wacht")
        net.isolate(on=False)              # … and now they do
        phone.received("Wacht")

``hall`` is a real engine in the laptop's namespace with a live meeting; ``net.laptop.inside()`` lets
this thread make its sockets there, and ``net.phones[0].inside()`` in a phone: enough for a client in
Python. What a test changes is put right after it (``heal``). All of it goes when the tests end, also
when they are killed: a process of its own waits for that.
"""

from __future__ import annotations

import array
import contextlib
import ctypes
import fcntl
import os
import shutil
import socket
import struct
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final, Self

ROOT: Final = Path(__file__).resolve().parents[2]
SUBNET: Final = "10.77.0"
SUBNET6: Final = "fd77::"
ROUTER: Final = f"{SUBNET}.254"
RADIO: Final = "wlan0"  # what the laptop's and the phones' interface is called

_NETWORK: Final = 0x40000000  # CLONE_NEWNET
_ETHTOOL: Final = 0x8946  # SIOCETHTOOL
_OFFLOADS: Final = (0x17, 0x1F, 0x24, 0x2C)  # what a card does for the kernel: checksums, pieces
_LIBC: Final = ctypes.CDLL(None, use_errno=True)
_UNDERTAKER: Final = """
cat > /dev/null
for space in "$@"; do
    ip netns pids "$space" | xargs -r kill -9
    ip netns del "$space"
done
"""


def why_not() -> str | None:
    """Why no network can be laid out here; None where it can."""
    if sys.platform != "linux":
        return "network namespaces are Linux's"
    if os.geteuid() != 0:
        return "network namespaces need root"
    missing = [name for name in ("ip", "nft", "bridge") if shutil.which(name) is None]
    if missing:
        return f"without {' and '.join(missing)}; dev.py test installs them"
    tried = subprocess.run(["ip", "netns", "list"], check=False, capture_output=True)
    return None if tried.returncode == 0 else "this kernel has no network namespaces for us"


class Space:
    """A machine, as far as its network goes."""

    def __init__(self, name: str, host: int) -> None:
        self.name = name
        self.host = host  # the last number of its address
        run("ip", "netns", "add", name)
        self.ip("link", "set", "lo", "up")

    @property
    def address(self) -> str:
        """Its address on the hall's network, when all is well."""
        return f"{SUBNET}.{self.host}"

    @property
    def address6(self) -> str:
        """The same for IPv6."""
        return f"{SUBNET6}{self.host}"

    @property
    def prefix(self) -> tuple[str, ...]:
        """What starts a program here."""
        return ("ip", "netns", "exec", self.name)

    def ip(self, *words: str) -> None:
        """``ip``, here."""
        run("ip", "-n", self.name, *words)

    def nft(self, rules: str) -> None:
        """Rules for what comes in and goes out here; they hold until ``heal``."""
        run(*self.prefix, "nft", "-f", "-", text=rules)

    def pids(self) -> list[int]:
        """All programs that run here."""
        return [int(word) for word in run("ip", "netns", "pids", self.name).split()]

    @contextlib.contextmanager
    def inside(self) -> Iterator[None]:
        """Sockets that this thread makes, and programs that it starts, are here."""
        with Path("/proc/thread-self/ns/net").open("rb") as home:
            with Path(f"/run/netns/{self.name}").open("rb") as there:
                _enter(there.fileno())
            try:
                yield
            finally:
                _enter(home.fileno())

    def program(self, folder: Path, path: str) -> Path:
        """A file that starts a program here, for who can only start a file."""
        script = folder / f"{Path(path).name}-{self.name}"
        script.write_text(f'#!/bin/sh\nexec {" ".join(self.prefix)} {path} "$@"\n', "utf-8")
        script.chmod(0o700)
        return script

    def connect(self, port: str, bridge: Space) -> None:
        """A radio link to the access point, with an address of both kinds."""
        link = ("type", "veth", "peer", "name", RADIO, "netns", self.name)
        bridge.ip("link", "add", port, *link)
        bridge.ip("link", "set", port, "master", "br0", "up")
        self.ip("link", "set", RADIO, "up")
        with self.inside():
            _send_as_it_is(RADIO)

    def settle(self, *hosts: str) -> None:
        """Have these addresses and no others; none given: those when all is well."""
        self.ip("addr", "flush", "dev", RADIO, "scope", "global")
        for host in hosts or (self.address, self.address6):
            wide = [f"{host}/64", "nodad"] if ":" in host else [f"{host}/24"]
            self.ip("addr", "add", *wide, "dev", RADIO)
        if not hosts or any("." in host for host in hosts):
            self.ip("route", "replace", "default", "via", ROUTER)


class Net:
    """The hall's network, and what may go wrong with it."""

    def __init__(self) -> None:
        names = [f"fac{os.getpid()}-{name}" for name in ("ap", "laptop", "phone1", "phone2")]
        self._undertaker = subprocess.Popen(
            ["sh", "-c", _UNDERTAKER, "undertaker", *names],
            stdin=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self._wire: subprocess.Popen[bytes] | None = None
        try:
            self.ap, self.laptop, *self.phones = (
                Space(name, host) for name, host in zip(names, (254, 1, 11, 12), strict=True)
            )
            self._lay_out()
            self.heal()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """All of it goes, with every program that runs in it."""
        if self._wire is not None:
            self.wire()
        self._undertaker.communicate()

    def heal(self) -> None:
        """All is well (again): addresses, rules, links and adapters as at the beginning."""
        self.wire()
        self.isolate(on=False)
        for space in (self.laptop, *self.phones):
            space.nft("flush ruleset")
            for name in _links(space):
                if name not in {"lo", RADIO}:
                    space.ip("link", "del", name)
            space.ip("link", "set", RADIO, "up")
            space.settle()

    def isolate(self, *, on: bool) -> None:
        """Clients of the access point do not reach each other, as on many a guest network."""
        word = "on" if on else "off"
        for port in ("far" if self._wire else "laptop", "phone1", "phone2"):
            run("bridge", "-n", self.ap.name, "link", "set", "dev", port, "isolated", word)

    def drop(self, *, on: bool, port: int | None = None) -> None:
        """The laptop's firewall drops what comes in: all of it, or what is meant for a port."""
        what = "" if port is None else f"tcp dport {port} "
        self._fence(f'iifname "lo" accept; {what}drop;', on=on)

    def reset(self, port: int, *, on: bool) -> None:
        """The laptop's firewall breaks off each connection to a port."""
        self._fence(f'iifname "lo" accept; tcp dport {port} reject with tcp reset;', on=on)

    def swallow(self, port: int, *, on: bool) -> None:
        """What phones ask reaches the laptop; its answers do not reach them."""
        rule = f'oifname "{RADIO}" tcp sport {port} meta length > 80 drop;'
        self._fence(rule, on=on, hook="output")

    def wire(self, delay: float = 0, jitter: float = 0, loss: float = 0) -> None:
        """A worse link to the laptop: ms each way, and per cent lost. Without arguments: a good one."""
        if self._wire is not None:
            self._wire.kill()
            self._wire.wait()
            self._wire = None
            self.ap.ip("link", "set", "laptop", "master", "br0")
        if delay or loss:
            self.ap.ip("link", "set", "laptop", "nomaster")
            figures = [str(number) for number in (delay, jitter, loss)]
            command = [sys.executable, "-m", "tests.faults.wire", "laptop", "near", *figures]
            with self.ap.inside():
                self._wire = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)
            assert self._wire.stdout is not None
            self._wire.stdout.readline()  # it has begun
            self._wire.stdout.close()

    def adapter(self, name: str, *hosts: str) -> None:
        """Another network card in the laptop, which leads nowhere."""
        self.laptop.ip("link", "add", name, "type", "veth", "peer", "name", f"p-{name}")
        for end in (name, f"p-{name}"):
            self.laptop.ip("link", "set", end, "up")
        for host in hosts:
            self.laptop.ip("addr", "add", host, "dev", name)

    def vpn(self, host: str = "10.8.0.6") -> None:
        """A tunnel through which the laptop sends all that is not for the hall itself."""
        run(*self.laptop.prefix, "ip", "tuntap", "add", "dev", "tun0", "mode", "tun")
        self.laptop.ip("addr", "add", f"{host}/24", "dev", "tun0")
        self.laptop.ip("link", "set", "tun0", "up")
        for half in ("0.0.0.0/1", "128.0.0.0/1"):
            self.laptop.ip("route", "add", half, "dev", "tun0")

    def _lay_out(self) -> None:
        self.ap.ip("link", "add", "br0", "type", "bridge")
        self.ap.ip("addr", "add", f"{ROUTER}/24", "dev", "br0")
        self.ap.ip("link", "set", "br0", "up")
        self.laptop.connect("laptop", self.ap)
        for number, phone in enumerate(self.phones, 1):
            phone.connect(f"phone{number}", self.ap)
        self.ap.ip("link", "add", "far", "type", "veth", "peer", "name", "near")
        self.ap.ip("link", "set", "far", "master", "br0", "up")
        self.ap.ip("link", "set", "near", "up")

    def _fence(self, rules: str, *, on: bool, hook: str = "input") -> None:
        self.laptop.nft("table inet fence {}; delete table inet fence")
        if on:
            chain = f"type filter hook {hook} priority 0;"
            self.laptop.nft(f"table inet fence {{ chain fence {{ {chain} {rules} }}; }}")


def run(*command: str, text: str | None = None) -> str:
    """Run a program that has to succeed; what it said."""
    done = subprocess.run(command, input=text, check=False, capture_output=True, text=True)
    assert done.returncode == 0, f"{' '.join(command)}: {done.stderr.strip()}"
    return done.stdout


def _links(space: Space) -> list[str]:
    """The interfaces of a machine; of a pair one end."""
    lines = run("ip", "-n", space.name, "-br", "link").splitlines()
    names = [line.split()[0].partition("@")[0] for line in lines]
    return [name for name in names if not name.startswith("p-")]


def _enter(space: int) -> None:
    if _LIBC.setns(space, _NETWORK) != 0:
        raise OSError(ctypes.get_errno(), "setns")


def _send_as_it_is(interface: str) -> None:
    """Whole frames with their checksums, so that a wire made in Python can carry them."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        for command in _OFFLOADS:
            wish = array.array("I", [command, 0])
            asked = struct.pack("16sP", interface.encode(), wish.buffer_info()[0])
            with contextlib.suppress(OSError):  # one of them follows from another
                fcntl.ioctl(any_socket, _ETHTOOL, asked.ljust(40, b"\0"))
