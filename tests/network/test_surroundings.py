"""Firewall and VPN as the three systems tell of them, and what is made of it for a person."""

from __future__ import annotations

from pathlib import Path
from typing import Final, get_args

import msgspec
import pytest

from facilitator.i18n import Words
from facilitator.network.causes import MOST, Situation, causes
from facilitator.network.ranking import Way, ranked
from facilitator.network.reading import links
from facilitator.network.surroundings import UNKNOWN, Firewall, Surroundings, look_around, read
from facilitator.network.told import System, Told
from tests.network.layouts import layout

AROUND: Final = Path(__file__).parent / "around"
NAMES: Final = sorted(path.stem for path in AROUND.glob("*.json"))
PORT: Final = 8765


class Around(msgspec.Struct, frozen=True):
    """What a laptop tells of its firewall and VPN, and what is to be understood."""

    title: str
    source: str
    layout: str
    adapter: str
    said: dict[str, str]
    answer: Surroundings


def around(name: str) -> Around:
    return msgspec.json.decode((AROUND / f"{name}.json").read_bytes(), type=Around)


@pytest.mark.parametrize("name", NAMES)
def test_it_is_understood_or_said_to_be_unknown(name: str) -> None:
    recorded = around(name)
    told = layout(recorded.layout).told
    assert read(told, recorded.said, recorded.adapter, PORT) == recorded.answer, recorded.title


def test_every_state_of_a_firewall_was_seen() -> None:
    seen = {around(name).answer.firewall for name in NAMES}
    assert seen == set(get_args(Firewall))
    for system in ("linux", "windows", "macos"):
        ours = [around(name) for name in NAMES if name.startswith(system)]
        assert {one.answer.vpn for one in ours} >= {"on", "unknown"}
        assert all(len(one.source) > 10 for one in ours)


def test_this_very_machine_can_be_looked_around_on() -> None:
    assert look_around(Told("linux", ()), "", PORT).firewall in get_args(Firewall)


def way(name: str = "linux-wifi") -> Way:
    return ranked(links(layout(name).told))[0]


def codes(
    shown: Way | None,
    surroundings: Surroundings = UNKNOWN,
    system: System = "linux",
    *,
    arrived: bool = False,
) -> list[str]:
    situation = Situation(shown, surroundings, system, PORT, arrived)
    found = causes(situation, Words("nl"))
    assert all(cause.what.endswith(".") and cause.cure for cause in found)
    assert 1 < len(found) <= MOST
    return [cause.code for cause in found]


def test_what_is_known_comes_first() -> None:
    blocked = Surroundings(firewall="blocks", profile="public", vpn="on", vpn_name="Kantoor")
    assert codes(way(), blocked, "windows")[:2] == ["firewall", "vpn_laptop"]
    assert codes(way()) == ["other_network", "mobile_data", "isolation", "firewall", "vpn_phone"]


def test_what_is_known_to_be_well_is_left_out() -> None:
    for well in ("open", "off"):
        assert "firewall" not in codes(way(), Surroundings(firewall=well, vpn="off"))
    assert "vpn_laptop" not in codes(way(), Surroundings(vpn="off"))


def test_a_network_for_guests_keeps_phones_apart() -> None:
    assert codes(way("windows-office-cable-guest-wifi"))[0] == "isolation"


def test_a_hotspot_of_the_laptop_keeps_nobody_apart() -> None:
    assert "isolation" not in codes(way("linux-hotspot-alone"))


def test_without_a_network_that_is_the_cause() -> None:
    assert codes(None)[0] == "no_network"
    assert codes(way("linux-no-dhcp-answer"))[0] == "no_address"


def test_a_phone_that_came_but_got_no_page_is_on_the_right_network() -> None:
    found = codes(way(), arrived=True)
    assert found[0] == "browser"
    assert not {"other_network", "mobile_data"} & set(found)


@pytest.mark.parametrize(
    ("system", "surroundings", "says"),
    [
        ("windows", Surroundings(firewall="blocks", profile="public"), "Privénetwerk"),
        ("windows", Surroundings(firewall="blocks", profile="private"), "Windows-beveiliging"),
        ("macos", Surroundings(firewall="blocks"), "Blokkeer alle inkomende verbindingen"),
        ("linux", Surroundings(firewall="blocks", firewall_name="ufw"), "ufw allow 8765/tcp"),
        (
            "linux",
            Surroundings(firewall="blocks", firewall_name="firewalld"),
            "firewall-cmd --add-port=8765/tcp",
        ),
        ("linux", Surroundings(firewall="on", firewall_name="ufw"), "ufw allow 8765/tcp"),
    ],
)
def test_the_cure_is_the_one_of_this_system(
    system: System, surroundings: Surroundings, says: str
) -> None:
    found = causes(Situation(way(), surroundings, system, PORT), Words("nl"))
    cause = next(one for one in found if one.code == "firewall")
    assert says in cause.cure
    assert cause.what.startswith("Misschien") is (surroundings.firewall != "blocks")
