"""The network of the tests itself: it is what it says it is, and it goes with whoever made it."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from .net import ROOT, Net, Space

pytestmark = pytest.mark.faults


def reaches(space: Space, host: str) -> bool:
    """Whether a connection comes about."""
    try:
        with space.inside(), socket.create_connection((host, 4000), timeout=0.5):
            return True
    except OSError:
        return False


@pytest.fixture
def listening(net: Net) -> Iterator[None]:
    """Something answers on the laptop."""
    with net.laptop.inside():
        server = socket.create_server(("::", 4000), family=socket.AF_INET6, dualstack_ipv6=True)
    with closing(server):
        yield


FAULTS: dict[str, Callable[[Net], None]] = {
    "isolation": lambda net: net.isolate(on=True),
    "drop": lambda net: net.drop(on=True),
    "drop of a port": lambda net: net.drop(on=True, port=4000),
    "reset": lambda net: net.reset(4000, on=True),
    "another address": lambda net: net.laptop.settle("10.77.0.99"),
    "nothing comes through": lambda net: net.wire(loss=100),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_one_and_is_healed(net: Net, listening: None, fault: str) -> None:
    phone, laptop = net.phones[0], net.laptop
    assert reaches(phone, laptop.address)
    assert reaches(phone, laptop.address6)
    assert not reaches(phone, "10.77.0.77")
    FAULTS[fault](net)
    assert not reaches(phone, laptop.address)
    net.heal()
    assert reaches(phone, laptop.address)


def test_a_slow_wire_carries_all(net: Net, listening: None) -> None:
    net.wire(delay=5, jitter=5)
    assert reaches(net.phones[1], net.laptop.address)


def test_it_goes_with_who_made_it(a_net: Net) -> None:
    code = "from tests.faults.net import Net; print(Net().laptop.name, flush=True); input()"
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdin=pipe, stdout=pipe) as maker:
        assert maker.stdout is not None
        place = Path("/run/netns", maker.stdout.readline().decode().strip())
        assert place.exists()
        maker.send_signal(signal.SIGKILL)
    while place.exists():  # the test has a time limit
        pass
