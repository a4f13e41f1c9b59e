"""Threat: a stranger makes a link of the page, and somebody follows it."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.e2e.cafe import Cafe, Phone
from tests.e2e.test_phone_moving import (
    _letter,
    arrived,
    joined,
    link,
    lose,
    luggage,
    open_link,
    other,
)

pytestmark = [pytest.mark.e2e]


@pytest.mark.parametrize("token", ["☃", "x\ny", "geen token", "x" * 300])
def test_no_link_keeps_a_phone_from_sending(cafe: Cafe, phone: Phone, token: str) -> None:
    phone.join()
    open_link(phone, link(cafe, luggage(cafe, token=token)))
    if phone.page.get_by_text("Klopt dit?").is_visible():
        phone.press("Nee, dit ben ik niet")
    phone.scan()
    expect(phone.box).to_be_visible()
    phone.page.wait_for_timeout(2500)
    expect(phone.page.get_by_text("Even geen verbinding")).to_be_hidden()
    phone.write("Gaat gewoon").received("Gaat gewoon")
    assert phone.errors == []


def test_no_link_makes_own_letters_count_too_high(cafe: Cafe, phone: Phone) -> None:
    joined(phone, other(cafe))
    brought = luggage(cafe)
    brought["letters"][0]["number"] = 999_999
    open_link(phone, link(cafe, brought))
    expect(phone.page.get_by_text("Klopt dit?")).to_be_visible()
    phone.press("Nee, dit ben ik niet")
    expect(phone.box).to_be_visible()
    lose(phone)
    phone.write("Van mijzelf")
    arrived(phone.page, cafe)
    expect(phone.page.get_by_text("Meegekomen notities: 1")).to_be_visible()


ODD: dict[str, dict[str, Any]] = {
    "a number": {"text": 5},
    "no text": {"text": None},
    "a list": {"text": ["x"]},
    "an object": {"text": {"toString": "x"}},
    "no table": {"table": {"a": 1}, "step": [1], "theme": {"b": 2}},
    "hidden": {"command": "hide_notes", "notes": None, "text": None},
    "hidden number": {"command": "hide_notes", "notes": 5, "text": None},
    "handed": {"command": "write_hand_over", "points": 5},
    "handed points": {"command": "write_hand_over", "points": [{"a": 1}]},
    "check": {"command": "send_check_in", "check_in": 5, "word": {"a": 1}, "grade": "x"},
    "host": {"command": "become_host", "invitation": 5, "key": {}},
}


@pytest.mark.parametrize("what", ODD)
def test_whoever_says_yes_still_has_a_page_that_works(cafe: Cafe, phone: Phone, what: str) -> None:
    drafts = [
        {"key": f"draft:{cafe.meeting}", "v": 9, "text": 5, "place": 5, "theme": {"a": 1}},
        {"key": f"check-in:{cafe.meeting}", "v": 9, "word": {"a": 1}, "grade": "x", "sent": 1},
        {"key": f"edit:{uuid4()}", "v": 9, "text": 5},
    ]
    brought = luggage(cafe, drafts=drafts)
    open_link(phone, link(cafe, _letter(brought, **ODD[what])))
    phone.press("Ja, dit ben ik")
    expect(phone.box).to_be_visible()
    phone.page.wait_for_timeout(500)
    phone.page.reload()
    expect(phone.box).to_be_visible()
    phone.page.wait_for_timeout(500)
    assert phone.errors == []
    phone.write("Gaat gewoon").received("Gaat gewoon")
    assert phone.errors == []


def test_a_link_of_no_host_asks_for_nothing(cafe: Cafe, phone: Phone) -> None:
    phone.page.goto(f"{cafe.url}/{cafe.table()['code']}#host={'x' * 500_000}.{'y' * 400_000}")
    phone.press("Ja, dit klopt")
    phone.write("Gaat gewoon").received("Gaat gewoon")
    assert phone.page.evaluate("JSON.stringify(localStorage).length") < 50_000
    assert phone.errors == []


PLANT = """key => localStorage.setItem(`facilitator:${key}`,
    JSON.stringify({ key, v: 1, points: ["x".repeat(800000)] }))"""


def test_a_draft_that_fits_in_no_link_keeps_no_phone_from_moving(cafe: Cafe, phone: Phone) -> None:
    joined(phone, other(cafe))
    phone.page.evaluate(PLANT, f"hand-over:{uuid4()}:{uuid4()}")
    lose(phone)
    phone.write("Nog onderweg")
    arrived(phone.page, cafe)
