"""The laptop's networks change while the engine runs: what stands in the QR code then."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest
from playwright.sync_api import expect

from tests.network.linux_layouts import tunnel

from .conftest import MakePhone
from .hall import Hall
from .net import Net, Space

pytestmark = [pytest.mark.e2e, pytest.mark.faults]

SOON = 15.0  # seconds, generous: the engine looks each second
NEW = "10.77.0.50"
OFFICE = "10.12.1.50"


def now(hall: Hall) -> dict[str, Any]:
    """How the engine is, as its console hears it."""
    return dict(hall.ask("GET", "/api/engine"))


def until(holds: Callable[[], bool]) -> None:
    ends = time.monotonic() + SOON
    while not holds():
        assert time.monotonic() < ends
        time.sleep(0.05)


def shows(hall: Hall, host: str) -> Callable[[], bool]:
    return lambda: bool(now(hall)["address"] == f"http://{host}:{hall.port}")


@contextmanager
def heard(hall: Hall, space: Space, host: str, token: str) -> Iterator[list[tuple[str, Any]]]:
    """What a stream says from now on, to somebody who listens from there."""
    said: list[tuple[str, Any]] = []
    state = hall.ask("GET", "/api/state")
    query = f"after={state['revision']}&meeting={hall.meeting}"
    with space.inside():
        client = httpx.Client(timeout=httpx.Timeout(5, read=60))
        headers = {"Authorization": f"Bearer {token}"}
        url = f"http://{host}:{hall.port}/api/events?{query}"
        answer = client.send(client.build_request("GET", url, headers=headers), stream=True)
    assert answer.status_code == 200

    def read() -> None:
        event = ""
        try:
            for line in answer.iter_lines():
                if line.startswith("event: "):
                    event = line[7:]
                elif line.startswith("data: "):
                    said.append((event, json.loads(line[6:])))
        except (httpx.HTTPError, httpx.StreamError):
            return  # the test is over, or its network

    reader = threading.Thread(target=read)
    reader.start()
    yield said
    network = answer.extensions["network_stream"]
    with_socket = network.get_extra_info("socket")
    with_socket.shutdown(socket.SHUT_RDWR)
    reader.join(SOON)
    client.close()


def join(hall: Hall, phone: Space, host: str) -> str:
    """A phone comes in by this address; its token."""
    with phone.inside():
        answer = httpx.post(
            f"http://{host}:{hall.port}/api/join",
            json={"id": "00000000-0000-4000-8000-000000000001", "code": hall.table()["code"]},
            timeout=10,
        )
    assert answer.is_success, answer.text
    return str(answer.json()["token"])


def office(net: Net) -> None:
    """A cable to the office, which leads on to somewhere as the hall's Wi-Fi does."""
    net.adapter("eth1", f"{OFFICE}/24")
    net.laptop.ip("route", "add", "default", "via", "10.12.1.1", "dev", "eth1", "metric", "50")


def test_a_new_address_is_followed_and_told(net: Net, hall: Hall) -> None:
    old = net.laptop.address
    assert shows(hall, old)()
    token = join(hall, net.phones[0], old)
    with (
        heard(hall, net.laptop, "127.0.0.1", hall.token) as console,
        heard(hall, net.phones[0], old, token) as phone,
    ):
        net.laptop.settle(old, NEW)  # the old one goes a little later, as it does at a renewal
        urls = [f"http://{host}:{hall.port}" for host in (old, NEW)]
        until(lambda: ("addresses", {"addresses": urls}) in phone)
        net.laptop.settle(NEW)
        until(lambda: ("address", {"url": urls[1]}) in console)
    assert now(hall)["address"] == urls[1]
    assert join(hall, net.phones[0], NEW) == token, "and phones come in there"


def test_a_second_adapter_is_asked_about_once(net: Net, hall: Hall) -> None:
    assert not now(hall)["ask"]
    office(net)
    until(lambda: bool(now(hall)["ask"]))
    said = now(hall)
    assert said["address"] == f"http://{net.laptop.address}:{hall.port}"
    assert [one["name"] for one in said["addresses"] if "." in one["host"]] == ["wifi", "kabel"]
    hall.ask("POST", "/api/address", {"url": f"http://{OFFICE}:{hall.port}"})
    assert shows(hall, OFFICE)()
    assert not now(hall)["ask"]
    hall.kill()
    hall.start()
    assert shows(hall, OFFICE)(), "what was chosen outlives the engine"
    net.laptop.ip("link", "del", "eth1")
    until(shows(hall, net.laptop.address))


def test_the_first_phone_teaches_which_network_it_is(net: Net, hall: Hall) -> None:
    office(net)
    until(lambda: bool(now(hall)["ask"]))
    with net.laptop.inside():  # the laptop itself proves nothing, by whichever address
        for host in ("127.0.0.1", OFFICE, net.laptop.address):
            with socket.create_connection((host, hall.port), timeout=5):
                pass
    assert now(hall)["ask"]
    assert not any(one["proven"] for one in now(hall)["addresses"])
    with (
        net.phones[0].inside(),
        socket.create_connection((net.laptop.address, hall.port), timeout=5),
    ):
        pass  # not a word: that it came is enough
    until(lambda: not now(hall)["ask"])
    assert [one["host"] for one in now(hall)["addresses"] if one["proven"]] == [net.laptop.address]
    hall.kill()
    hall.start()
    assert not now(hall)["ask"], "what was learnt outlives the engine"


def test_a_vpn_that_takes_everything_changes_nothing(net: Net, hall: Hall) -> None:
    holder = tunnel(net.laptop, "tun0")
    try:
        net.laptop.ip("addr", "add", "10.8.0.6/24", "dev", "tun0")
        net.laptop.ip("link", "set", "tun0", "up")
        for half in ("0.0.0.0/1", "128.0.0.0/1"):
            net.laptop.ip("route", "add", half, "dev", "tun0")
        until(lambda: any(one["host"] == "10.8.0.6" for one in now(hall)["addresses"]))
        said = now(hall)
        assert said["address"] == f"http://{net.laptop.address}:{hall.port}"
        assert not said["ask"]
        assert said["addresses"][-1]["name"] == "VPN"
        token = join(hall, net.phones[0], net.laptop.address)
        with net.phones[0].inside():
            url = f"http://{net.laptop.address}:{hall.port}/api/state"
            state = httpx.get(url, headers={"Authorization": f"Bearer {token}"}, timeout=10).json()
        assert not any("10.8.0.6" in url for url in state["addresses"])
    finally:
        holder.communicate()


def test_only_ipv6(net: Net, hall: Hall) -> None:
    net.laptop.settle(net.laptop.address6)
    host = f"[{net.laptop.address6}]"
    until(shows(hall, host))
    with net.phones[0].inside():
        page = httpx.get(f"http://{host}:{hall.port}/", timeout=10)
    assert page.status_code == 200
    assert join(hall, net.phones[0], host)


def test_no_network_and_back(net: Net, hall: Hall) -> None:
    net.laptop.ip("link", "set", "wlan0", "down")
    until(shows(hall, "localhost"))
    net.laptop.ip("link", "set", "wlan0", "up")
    net.laptop.settle()
    until(shows(hall, net.laptop.address))


def test_the_guided_check_over_a_real_network(net: Net, hall: Hall) -> None:
    going = hall.ask("POST", "/api/trial", {"on": True})
    key = going["key"]

    def ticks() -> set[str]:
        return {one["name"] for one in hall.ask("GET", "/api/trial")["steps"] if one["done"]}

    assert ticks() == {"address", "listening"}
    net.isolate(on=True)
    with net.phones[0].inside(), pytest.raises(OSError, match=r"timed out|unreachable|No route"):
        socket.create_connection((net.laptop.address, hall.port), timeout=1).close()
    assert ticks() == {"address", "listening"}, "what did not arrive is not ticked"
    net.isolate(on=False)
    with net.phones[0].inside():
        client = httpx.Client(base_url=f"http://{net.laptop.address}:{hall.port}", timeout=30)
        with client:
            assert client.post("/api/trial/page", json={"key": key}).status_code == 204
            assert ticks_of(client, key) == ["second"] * 20
    until(lambda: ticks() == {"address", "listening", "arrival", "page", "stream", "note"})


def test_the_guided_check_with_a_real_browser(net: Net, hall: Hall, a_phone: MakePhone) -> None:
    key = hall.ask("POST", "/api/trial", {"on": True})["key"]
    page = a_phone().page
    page.goto(f"{hall.url}/PROEF#{key}")
    expect(page.get_by_role("heading", name="Het werkt!")).to_be_visible(timeout=60_000)
    said = hall.ask("GET", "/api/trial")
    assert all(step["done"] for step in said["steps"])
    assert (said["stream_seconds"], said["causes"]) == (20, [])
    assert now(hall)["addresses"][0]["proven"]


@pytest.mark.slow
def test_after_45_seconds_without_a_phone_causes_are_told(net: Net, hall: Hall) -> None:
    net.drop(on=True, port=hall.port)
    began = time.monotonic()
    hall.ask("POST", "/api/trial", {"on": True})
    while not (said := hall.ask("GET", "/api/trial"))["causes"]:
        assert time.monotonic() - began < 120
        time.sleep(1)
    assert time.monotonic() - began > 40
    assert {step["name"] for step in said["steps"] if step["done"]} == {"address", "listening"}
    assert "firewall" in [cause["code"] for cause in said["causes"]]


def ticks_of(client: httpx.Client, key: str) -> list[str]:
    """A phone that stays, writes a note and hears it back; the seconds that it heard."""
    seconds: list[str] = []
    event = ""
    with client.stream("GET", f"/api/trial/stream?key={key}") as answer:
        for line in answer.iter_lines():
            if line.startswith("event: "):
                event = line[7:]
            elif line.startswith("data: ") and event == "second":
                seconds.append(event)
                if len(seconds) == 2:
                    note = {"key": key, "text": "Proef"}
                    assert client.post("/api/trial/note", json=note).status_code == 204
            elif line.startswith("data: ") and event == "note":
                assert client.post("/api/trial/back", json={"key": key}).status_code == 204
    return seconds
