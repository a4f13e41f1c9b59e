"""Threat: names that look like another's, turn the line around, or cannot be seen."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitator.kernel.text import looks, tidy_name
from tests.server.cafe import Cafe, Engine

HIDDEN = "\u200b\u200e\u200f\u2060\ufeff\u00ad\u061c\u202a\u202e\u2066\u2069\U000e0041"
LOOK_ALIKES = (
    ("Begeleider", "Веgеlеidеr"),  # half of it Cyrillic
    ("Oma Pola", "ΟmΑ РоΙа"),  # Greek and Cyrillic
    ("Sofie 10", "S0fie lO"),
    ("Jan", "JAN"),
    ("Jan", "J\u200ban"),
    ("Jan de Wit", "Jan  de\u00a0Wit"),
    ("Zoë", "Zoe\u0308"),
    ("Ana", "𝐀𝐧𝐚"),
    ("Ana", "Ａｎａ"),
    ("Tim", "Tim."),
)


@pytest.fixture
def named(engine: Engine) -> Cafe:
    return Cafe(engine, live=False, named=True)


@pytest.mark.parametrize(("known", "alike"), LOOK_ALIKES)
def test_a_look_alike_gets_a_number(named: Cafe, known: str, alike: str) -> None:
    named.do("open_doors")
    named.join(name=known)
    named.join(name=alike)
    named.join(1, name=alike)
    first, second, third = (person["name"] for person in named.all("participant"))
    assert first == known
    assert second == f"{tidy_name(alike)} (2)"
    assert third == f"{tidy_name(alike)} (3)"


@pytest.mark.parametrize(
    "name", ["Jan", "Ян", "李", "محمد", "Łukasz", "می\u200cخواهم", "O’Neill-de Vries"]
)
def test_an_ordinary_name_stays_as_it_is(named: Cafe, name: str) -> None:
    named.do("open_doors")
    named.join(name=f"  {name} ")
    assert [person["name"] for person in named.all("participant")] == [name]


def test_who_turns_the_line_around_turns_nothing(named: Cafe) -> None:
    named.do("open_doors")
    named.join(name="\u202eredieлegeB\u202c\u2066!")
    (person,) = named.all("participant")
    assert person["name"] == "redieлegeB!"


@pytest.mark.parametrize("name", [HIDDEN, f" {HIDDEN} ", "\u200d\u200c", "\n\t"])
def test_a_name_that_cannot_be_seen_is_none(named: Cafe, name: str) -> None:
    named.do("open_doors")
    body = {"id": "0" * 8 + "-0000-4000-8000-000000000001", "code": named.tables[0]["code"]}
    answer = named.engine.ask("POST", "/api/join", body={**body, "name": name})
    assert answer.status_code == 422
    assert answer.json()["error"]["code"] == "participant.name"


def test_piled_up_signs_stay_on_their_line() -> None:
    piled = "Z" + "\u0301\u0302\u0303" * 40 + "algo"
    assert tidy_name(piled) == "\u0179\u0302\u0303algo"


@given(st.text())
def test_a_name_is_one_line_that_can_be_seen(text: str) -> None:
    name = tidy_name(text)
    assert tidy_name(name) == name
    assert "\n" not in name
    assert not set(HIDDEN) & set(name)
    assert all(unicodedata.category(sign) != "Cs" for sign in name)
    assert isinstance(looks(name), str)
