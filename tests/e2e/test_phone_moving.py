"""The laptop gets another address: phones find it there, and what they wrote comes along."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.cafe import AGAIN, Cafe, Entity, Phone

pytestmark = [pytest.mark.e2e, pytest.mark.faults]

MakePhone = Callable[..., Phone]

OTHER = "127.0.0.2"  # this machine is reached there too
PREPARED = "performance.getEntriesByName(location.origin + '/web/moving.js')[0]?.responseEnd"
RECEIVED = (
    "Object.entries(localStorage).some(([key, one]) =>"
    " key.includes('letter') && one.includes('received'))"
)
MOVED = "De laptop heeft een nieuw adres gekregen"
ASKED = "typ het adres dat daar staat"


def other(cafe: Cafe) -> str:
    """Where the engine is found from now on."""
    return f"http://{OTHER}:{cafe.port}"


def until(page: Page, holds: str) -> None:
    """Wait until this holds in the page. (Its policy forbids playwright's own way.)"""
    end = time.monotonic() + AGAIN / 1000
    while not page.evaluate(holds):
        assert time.monotonic() < end, holds
        page.wait_for_timeout(50)


def lose(phone: Phone, *, known: bool = True) -> None:
    """The first address works no more. ``known``: the engine had told of the other one."""
    cafe = phone.cafe

    def tell(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, json={**answer.json(), "addresses": [other(cafe)]})

    if known:
        phone.context.route("**/api/state", tell)
        with phone.page.expect_response("**/api/state"):
            phone.page.reload()
        expect(phone.box).to_be_visible()
        until(phone.page, "(localStorage['facilitator:engine'] || '').includes('127.0.0.2')")
        phone.context.unroute("**/api/state")
    until(phone.page, PREPARED)
    phone.context.route(f"{cafe.url}/**", lambda route: route.abort())


def lost(phone: Phone) -> None:
    """Until the page noticed."""
    expect(phone.page.get_by_text("Even geen verbinding")).to_be_visible(timeout=AGAIN)


def arrived(page: Page, cafe: Cafe) -> None:
    """At the other address, and asked who this is."""
    expect(page.get_by_text(MOVED)).to_be_visible(timeout=2 * AGAIN)
    assert page.url == f"{other(cafe)}/{cafe.table()['code']}"


def test_it_goes_where_the_engine_is_now_with_all_that_was_written(
    cafe: Cafe, phone: Phone
) -> None:
    phone.join().write("Al ontvangen").received("Al ontvangen")
    lose(phone)
    phone.write("Nog onderweg").waiting("Nog onderweg")
    phone.box.fill("Nog niet af")
    arrived(phone.page, cafe)
    expect(phone.page.get_by_text("Meegekomen notities: 2")).to_be_visible()
    phone.press("Ja, dit ben ik")
    phone.received("Al ontvangen", "Nog onderweg")
    expect(phone.box).to_have_value("Nog niet af")
    phone.press("Versturen")
    phone.received("Nog niet af")
    assert cafe.texts() == ["Al ontvangen", "Nog niet af", "Nog onderweg"]
    assert len(cafe.all("participant")) == 1
    phone.page.reload()
    phone.received("Al ontvangen", "Nog onderweg", "Nog niet af")


def test_what_was_not_sent_arrives_before_anybody_says_who_this_is(
    cafe: Cafe, phone: Phone
) -> None:
    phone.join()
    lose(phone)
    phone.write("Nog onderweg")
    arrived(phone.page, cafe)
    until(phone.page, RECEIVED)
    assert cafe.texts() == ["Nog onderweg"]
