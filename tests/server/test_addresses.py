"""Which address stands in the QR code, and what is too fast."""

from __future__ import annotations

import socket
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import psutil
import pytest

from facilitator.server.addresses import Found, Ways, addresses, kind_of, ranked
from facilitator.server.guard import Joins, Rate, TooMany

WIFI = Found(interface="wlp3s0", host="192.168.1.20", gateway=True)
CABLE = Found(interface="enp0s31f6", host="10.0.0.5", gateway=True)


@pytest.mark.parametrize(
    "other",
    [
        CABLE,
        Found(interface="docker0", host="172.17.0.1"),
        Found(interface="br-1a2b3c", host="172.18.0.1"),
        Found(interface="tun0", host="10.8.0.2", point_to_point=True, gateway=True),
        Found(interface="tailscale0", host="100.101.102.103", point_to_point=True),
        Found(interface="vEthernet (WSL)", host="172.20.0.1"),
        Found(interface="VirtualBox Host-Only Network", host="192.168.56.1"),
        Found(interface="wlp3s0", host="169.254.7.7"),
        Found(interface="wlp3s0", host="fd00::20", gateway=True),
        Found(interface="wlx00", host="192.168.9.9"),  # a network of its own, that leads nowhere
    ],
    ids=lambda found: found.interface,
)
def test_the_wifi_that_leads_somewhere_comes_first(other: Found) -> None:
    assert [way.host for way in ranked([other, WIFI], 8765)] == [WIFI.host, other.host]


@pytest.mark.parametrize(
    ("interface", "kind"),
    [
        ("wlan0", "wifi"),
        ("Wi-Fi", "wifi"),
        ("WiFi 2", "wifi"),
        ("Draadloze netwerkverbinding", "other"),
        ("en0", "cable"),
        ("eth0", "cable"),
        ("Ethernet", "cable"),
        ("vEthernet (Default Switch)", "other"),
        ("utun3", "other"),
        ("awdl0", "other"),
    ],
)
def test_what_sort_of_interface_it_is(interface: str, kind: str) -> None:
    assert kind_of(interface) == kind


def test_an_address_is_one_that_can_be_typed() -> None:
    (four, six) = ranked([WIFI, Found(interface="wlp3s0", host="fd00::20")], 8765)
    assert four.url == "http://192.168.1.20:8765"
    assert six.url == "http://[fd00::20]:8765"


def test_what_is_down_or_only_here_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def entry(host: str, family: int = socket.AF_INET) -> Any:
        return SimpleNamespace(family=family, address=host, ptp=None)

    found = {
        "lo": [entry("127.0.0.1")],
        "wlan0": [entry("192.168.1.20"), entry("fe80::1%wlan0", socket.AF_INET6)],
        "eth0": [entry("10.0.0.5")],
    }
    up = {name: SimpleNamespace(isup=name != "eth0", flags="") for name in found}
    monkeypatch.setattr(psutil, "net_if_addrs", lambda: found)
    monkeypatch.setattr(psutil, "net_if_stats", lambda: up)
    assert [way.host for way in addresses(8765)] == ["192.168.1.20"]


def test_a_choice_holds_while_the_address_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = ranked([WIFI, CABLE], 8765)
    monkeypatch.setattr("facilitator.server.addresses.addresses", lambda port: now)
    kept = tmp_path / "address"
    ways = Ways(8765, kept)
    assert ways.url == "http://192.168.1.20:8765"
    assert ways.choose("http://10.0.0.5:8765")
    assert not ways.choose("http://10.0.0.6:8765")
    assert ways.url == "http://10.0.0.5:8765"
    assert Ways(8765, kept).url == ways.url, "an engine that was killed shows the same again"
    kept.write_bytes(b"\xff")
    assert Ways(8765, kept).url == "http://192.168.1.20:8765"
    now = ranked([WIFI], 8765)
    assert ways.look()
    assert ways.url == "http://192.168.1.20:8765"
    now = []
    assert ways.look()
    assert ways.url == "http://localhost:8765"
    assert not ways.look()


def test_a_phone_that_is_too_fast_has_to_wait() -> None:
    rate = Rate(rate=2, burst=10)
    rate.take("els", 10, now=0)
    with pytest.raises(TooMany) as caught:
        rate.take("els", 4, now=1)
    assert caught.value.values == {"seconds": 1}
    rate.take("kim", 10, now=1)
    rate.take("els", 4, now=2)
    with pytest.raises(TooMany):
        rate.take("els", 11, now=1_000)


def test_too_fast_is_told_with_when_to_come_back(own_engine: Any, monkeypatch: Any) -> None:
    from tests.server.cafe import Cafe  # noqa: PLC0415 - only here

    phone = Cafe(own_engine).join()
    for path in ("/api/commands", "/api/commands?lang=nl"):
        answer = None
        for _ in range(20):
            answer = phone.send(*[phone.note() for _ in range(50)], path=path)
            if not answer.is_success:
                break
        assert answer is not None
        assert (answer.status_code, answer.json()["error"]["code"]) == (429, "rate.limited")
        assert int(answer.headers["retry-after"]) >= 1


def test_a_school_class_behind_one_address_comes_in_within_a_minute() -> None:
    joins = Joins()
    for number in range(500):
        joins.take("203.0.113.7", number * 0.1)  # asks where the code leads
        joins.take("203.0.113.7", number * 0.1)  # and comes in
    for number in range(1_000):
        joins.take("203.0.113.8", 60 + number * 0.001)  # even all at once


def test_who_tries_all_codes_has_to_wait() -> None:
    joins = Joins()
    for _ in range(1_500):
        joins.take("203.0.113.9", 0.0)
    with pytest.raises(TooMany) as refused:
        joins.take("203.0.113.9", 0.0)
    assert refused.value.values["seconds"] == 1
    joins.take("203.0.113.10", 0.0)  # others come in all the same


def test_this_machine_itself_waits_with_the_whole_hall_only() -> None:
    joins = Joins()
    for _ in range(3_000):
        joins.take("127.0.0.1", 0.0)
    with pytest.raises(TooMany):
        joins.take("127.0.0.1", 0.0)
