"""Which address stands in the QR code, and what is too fast."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from facilitator.i18n import Words
from facilitator.network.told import Adapter, Entry, Told
from facilitator.server.addresses import PROVEN_FOR, Ways
from facilitator.server.guard import Joins, Rate, TooMany

PORT = 8765


def adapter(name: str, *hosts: str, mac: str = "", flags: str = "") -> Adapter:
    four = [Entry("ipv4", host, "255.255.255.0") for host in hosts if "." in host]
    six = [Entry("ipv6", host, "ffff:ffff:ffff:ffff::") for host in hosts if ":" in host]
    return Adapter(name, True, flags, (*four, *six, *((Entry("mac", mac),) if mac else ())))


LO = adapter("lo", "127.0.0.1", "::1")
WIFI = adapter("wlp3s0", "192.168.1.20")
CABLE = adapter("enp0s31f6", "10.0.0.5")
TUNNEL = adapter("tun0", "10.8.0.2")
DOCKER = adapter("docker0", "172.17.0.1")


def told(*adapters: Adapter) -> Told:
    """What a system tells that has these adapters, and a router behind each cable and Wi-Fi."""
    lines = [f"{one.name} 00000000 01000001 0003 0 0 100 00000000 0 0 0" for one in (WIFI, CABLE)]
    return Told("linux", (LO, *adapters), {"/proc/net/route": "\n".join(["Iface", *lines])})


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "address"


def ways(kept: Path, *adapters: Adapter, now: float = 0.0) -> Ways:
    return Ways(PORT, kept, told(*adapters), lambda: now)


def test_an_address_is_one_that_can_be_typed(kept: Path) -> None:
    found = ways(kept, adapter("wlp3s0", "192.168.1.20", "fd00::20", "fe80::1%wlp3s0"))
    assert found.urls == ["http://192.168.1.20:8765", "http://[fd00::20]:8765"]


def test_a_near_tie_is_asked_until_somebody_chose(kept: Path) -> None:
    found = ways(kept, WIFI, CABLE)
    assert (found.url, found.ask) == ("http://192.168.1.20:8765", True)
    assert found.choose("http://10.0.0.5:8765")
    assert (found.url, found.ask) == ("http://10.0.0.5:8765", False)
    assert not found.choose("http://10.0.0.6:8765")
    assert ways(kept, WIFI, CABLE).url == found.url, "an engine that was killed shows it again"


def test_what_was_kept_may_be_broken(kept: Path) -> None:
    kept.write_bytes(b"\xff")
    assert ways(kept, WIFI).url == "http://192.168.1.20:8765"


def test_the_first_phone_proves_an_address(kept: Path) -> None:
    found = ways(kept, WIFI, CABLE)
    assert found.prove("::ffff:10.0.0.5")
    assert not found.prove("10.0.0.5"), "that was known"
    assert (found.url, found.ask) == ("http://10.0.0.5:8765", False)
    assert [(one.host, one.proven) for one in found.named(Words("nl"))] == [
        ("192.168.1.20", False),
        ("10.0.0.5", True),
    ]
    assert found.prove("192.168.1.20")
    assert found.url == "http://10.0.0.5:8765", "the first one stays"
    assert ways(kept, WIFI, CABLE).url == found.url, "and is kept over a restart"
    assert ways(kept, WIFI, CABLE, now=PROVEN_FOR + 1).ask, "but not until the next hall"


def test_a_choice_wins_over_a_proof_while_it_is_there(kept: Path) -> None:
    found = ways(kept, WIFI, CABLE)
    found.prove("10.0.0.5")
    found.choose("http://192.168.1.20:8765")
    assert found.url == "http://192.168.1.20:8765"
    assert found.take(told(CABLE))
    assert (found.url, found.ask) == ("http://10.0.0.5:8765", False)


def test_an_adapter_that_was_chosen_is_followed_to_its_new_address(kept: Path) -> None:
    found = ways(kept, WIFI, CABLE)
    found.choose("http://10.0.0.5:8765")
    assert found.take(told(WIFI, adapter("enp0s31f6", "10.0.7.7")))
    assert (found.url, found.ask) == ("http://10.0.7.7:8765", False)


def test_no_network_shows_only_ourselves(kept: Path) -> None:
    found = ways(kept, WIFI)
    assert found.take(told())
    assert (found.url, found.ask, found.for_phones) == ("http://localhost:8765", False, [])
    assert not found.take(told())


def test_a_tunnel_is_never_proven(kept: Path) -> None:
    found = ways(kept, WIFI, TUNNEL)
    assert not found.prove("10.8.0.2"), "a colleague at home is no phone in the room"
    assert found.url == "http://192.168.1.20:8765"


@pytest.mark.parametrize(
    ("peer", "here"),
    [
        ("127.0.0.1", True),
        ("127.3.3.3", True),
        ("::1", True),
        ("::ffff:127.0.0.1", True),
        ("192.168.1.20", True),
        ("::ffff:192.168.1.20", True),
        ("fe80::1%wlp3s0", True),
        ("172.17.0.2", True),  # a container
        ("", True),
        ("192.168.1.21", False),
        ("::ffff:192.168.1.21", False),
        ("fd00::7", False),
    ],
)
def test_the_laptop_reaching_itself_is_told_apart(kept: Path, peer: str, here: bool) -> None:
    wifi = adapter("wlp3s0", "192.168.1.20", "fe80::1%wlp3s0")
    assert ways(kept, wifi, DOCKER).is_here(peer) is here


def test_phones_are_told_where_else_to_look(kept: Path) -> None:
    found = ways(kept, WIFI, CABLE, TUNNEL, DOCKER)
    found.choose("http://10.0.0.5:8765")
    assert found.for_phones == ["http://10.0.0.5:8765", "http://192.168.1.20:8765"]


def test_two_that_are_called_alike_are_told_apart(kept: Path) -> None:
    found = ways(kept, WIFI, adapter("wlx00", "192.168.9.9"), CABLE)
    assert [one.name for one in found.named(Words("nl"))] == [
        "wifi (wlp3s0)",
        "kabel",
        "wifi (wlx00)",
    ]


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


def test_a_stranger_is_no_crowd() -> None:
    joins = Joins()
    for _ in range(150):
        joins.enter("203.0.113.9", 0.0)
    with pytest.raises(TooMany):
        joins.enter("203.0.113.9", 0.0)
    joins.enter("203.0.113.10", 0.0)  # others come in all the same
    joins.enter("203.0.113.9", 0.5)  # and a hall behind one address within minutes
    for _ in range(3_000):
        joins.enter("127.0.0.1", 0.0)  # the demonstration, and our own tests


def test_who_has_many_addresses_keeps_nobody_out() -> None:
    joins = Joins()
    entered = 0
    for number in range(40):
        with suppress(TooMany):
            while True:
                joins.take(f"203.0.113.{number}", 0.0)
        with suppress(TooMany):
            while True:
                joins.enter(f"203.0.113.{number}", 0.0)
                entered += 1
    assert entered <= 40 * 5 + 600  # of the 3,000 who fit
    for number in range(80):
        for _ in range(10):
            joins.take(f"198.51.100.{number}", 0.0)
        joins.enter(f"198.51.100.{number}", 0.0)


def test_this_machine_itself_waits_with_the_whole_hall_only() -> None:
    joins = Joins()
    for _ in range(3_000):
        joins.take("127.0.0.1", 0.0)
    with pytest.raises(TooMany):
        joins.take("127.0.0.1", 0.0)
