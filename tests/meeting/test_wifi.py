"""The QR code of the Wi-Fi: whatever a network is called, a phone reads it back as it is."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitator.meeting.ids import MeetingId
from facilitator.meeting.meeting import Meeting
from facilitator.meeting.wifi import wifi_code

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1, max_size=32)


def meeting(name: str, password: str = "", *, hidden: bool = False) -> Meeting:
    return Meeting(
        id=MeetingId(UUID(int=1)),
        title="Wijkcafé",
        wifi_name=name,
        wifi_password=password,
        wifi_hidden=hidden,
    )


def fields_of(code: str) -> dict[str, str]:
    """The fields as a phone reads them: split at a semicolon that no backslash stands before."""
    assert code.startswith("WIFI:")
    assert code.endswith(";;")
    found: dict[str, str] = {}
    name, value, named, letters = "", "", False, iter(code.removeprefix("WIFI:"))
    for letter in letters:
        if letter == "\\":
            value += next(letters)
        elif letter == ";":
            if named:
                assert name not in found
                found[name] = value
            name, value, named = "", "", False
        elif letter == ":" and not named:
            name, value, named = value, "", True
        else:
            assert letter not in ',:"'  # these too are escaped wherever they stand in a value
            value += letter
    return found


def test_a_network_with_a_password() -> None:
    assert wifi_code(meeting("Gemeente-gast", "welkom2026")) == (
        "WIFI:T:WPA;S:Gemeente-gast;P:welkom2026;;"
    )


def test_an_open_network_needs_no_password() -> None:
    assert wifi_code(meeting("Bibliotheek")) == "WIFI:T:nopass;S:Bibliotheek;;"


def test_a_network_that_does_not_tell_its_name() -> None:
    assert wifi_code(meeting("Zaal", "geheim12", hidden=True)) == (
        "WIFI:T:WPA;S:Zaal;P:geheim12;H:true;;"
    )


def test_without_a_network_there_is_no_code() -> None:
    assert not wifi_code(meeting("", "achtergebleven"))


@pytest.mark.parametrize(
    ("name", "escaped"),
    [
        ("a;b", r"a\;b"),
        ("a,b", r"a\,b"),
        ("a:b", r"a\:b"),
        ('a"b', r"a\"b"),
        (r"a\b", r"a\\b"),
        (r"\;,:", r"\\\;\,\:"),
        ("P:geheim;;", r"P\:geheim\;\;"),
    ],
)
def test_what_means_something_in_the_code_is_escaped(name: str, escaped: str) -> None:
    assert wifi_code(meeting(name, "p")) == f"WIFI:T:WPA;S:{escaped};P:p;;"


@pytest.mark.parametrize("name", ["ABCD", "12345678", "deadbeef", "00", "0x1F"])
def test_a_name_that_looks_like_a_number_stands_as_it_is(name: str) -> None:
    """Quotation marks round it would become a part of the name on an iPhone."""
    code = wifi_code(meeting(name, name))
    assert code == f"WIFI:T:WPA;S:{name};P:{name};;"
    assert '"' not in code


@given(name=TEXTS, password=TEXTS | st.just(""), hidden=st.booleans())
def test_every_name_and_password_is_read_back(name: str, password: str, hidden: bool) -> None:
    found = fields_of(wifi_code(meeting(name, password, hidden=hidden)))
    assert found.pop("S") == name
    assert found.pop("P", "") == password
    assert found.pop("H", "false") == ("true" if hidden else "false")
    assert found == {"T": "WPA" if password else "nopass"}
