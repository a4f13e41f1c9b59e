"""What a system says may be cut off, in another language or nonsense: it is read without falling."""

from __future__ import annotations

import random

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitator.network import linux, macos, surroundings, windows
from facilitator.network.ranking import near_tie, ranked
from facilitator.network.reading import links
from facilitator.network.told import Told
from tests.network.layouts import NAMES, layout


@pytest.mark.parametrize("name", NAMES)
def test_what_is_cut_off_or_missing_leaves_an_address(name: str) -> None:
    """A command that was stopped halfway, or is not there at all."""
    told = layout(name).told
    chance = random.Random(name)
    for _ in range(30):
        outputs = {
            what: text[: chance.randrange(len(text) + 1)]
            for what, text in told.outputs.items()
            if chance.random() < 0.8
        }
        cut = msgspec.structs.replace(told, outputs=outputs)
        ways = ranked(links(cut))
        near_tie(ways)
        assert bool(ways) == bool(ranked(links(told)))


OUTPUTS = {
    "linux": (linux.ROUTES, linux.ROUTES_6, linux.ADDRESSES_6, linux.IW, linux.NMCLI),
    "windows": (windows.POWERSHELL, windows.ROUTES, windows.WLAN),
    "macos": (macos.PORTS, macos.ROUTES, macos.IFCONFIG, macos.SUMMARY, macos.AIRPORT),
}
AROUND = (
    *(surroundings.POWERSHELL, surroundings.NETSH, surroundings.MAC_FIREWALL),
    *(surroundings.MAC_BLOCK, surroundings.MAC_APPS, surroundings.MAC_VPN, surroundings.UFW),
    *(surroundings.UFW_STATUS, surroundings.FIREWALLD, surroundings.FIREWALLD_PORTS),
    *(surroundings.NFT, surroundings.NMCLI),
)
LINES = st.lists(
    st.sampled_from(
        [
            *(
                "default",
                "0" + ".0.0.0",
                "::/0",
                "00000000",
                "00",
                ":",
                "[",
                "{",
                "}",
                '"',
                "-" * 20,
            ),
            *(
                "Interface",
                "ssid",
                "SSID : ",
                "member: ",
                "en0: flags=",
                "\n",
                "\t",
                " ",
                "é",
                "12...",
            ),
            *("fe80::1", "192.168.1.1", "true", "null", "wlan0", "policy drop", "hook input"),
        ]
    )
).map("".join)


@pytest.mark.parametrize("row", ["SSID : SSID : member: default", "zz 01 40 20 80 eth0"])
def test_a_row_that_is_none_is_skipped(row: str) -> None:
    right = "fe800000000000000000000000000001 02 40 20 80    wlan0"
    assert linux.flags_of(f"{row}\n{right}\n{row}") == {("wlan0", "fe80::1"): 0x80}
    assert linux.gateways_of(f"Iface\n{row} 00000000", row) == {}


@pytest.mark.parametrize("system", sorted(OUTPUTS))
@given(data=st.data())
def test_nonsense_is_read_as_nothing(system: str, data: st.DataObject) -> None:
    base = next(layout(name).told for name in NAMES if layout(name).told.system == system)
    texts = {name: data.draw(LINES | st.text(max_size=80)) for name in OUTPUTS[system]}
    told = Told(base.system, base.adapters, texts)
    assert ranked(links(told))
    around = {name: data.draw(LINES | st.text(max_size=80)) for name in AROUND}
    assert surroundings.read(told, around, "wlan0", 8765).firewall
