"""The trial on the phone: big ticks, or plain words about what stopped."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Route, expect

from tests.e2e.cafe import Cafe, Phone

pytestmark = pytest.mark.e2e

LONG = 40_000  # ms; the stream alone takes twenty seconds
KEPT = """async () => [
    Object.keys(localStorage),
    await new Promise((done) => {
        const opening = indexedDB.open("facilitator");
        opening.onsuccess = () => {
            if (!opening.result.objectStoreNames.contains("records")) return done([]);
            const all = opening.result.transaction("records").objectStore("records").getAllKeys();
            all.onsuccess = () => done(all.result);
        };
    }),
]"""


def begin(cafe: Cafe) -> str:
    """The facilitator begins the check; its key."""
    return str(cafe.ask("POST", "/api/trial", {"on": True})["key"])


def scan(cafe: Cafe, phone: Phone, key: str) -> Phone:
    """Scan the code of the check."""
    phone.page.goto(f"{cafe.url}/PROEF#{key}")
    expect(phone.page.get_by_role("heading", level=1)).to_contain_text("Kan deze telefoon")
    return phone


def tick(phone: Phone, text: str) -> Locator:
    """The mark at a step."""
    return phone.page.get_by_role("listitem").filter(has_text=text).get_by_role("img")


def test_a_phone_that_reaches_the_laptop_gets_three_ticks(
    prepared_cafe: Cafe, phone: Phone
) -> None:
    scan(prepared_cafe, phone, begin(prepared_cafe))
    expect(tick(phone, "De laptop antwoordt")).to_have_attribute("aria-label", "gelukt")
    expect(tick(phone, "Een proefnotitie")).to_have_attribute("aria-label", "gelukt")
    expect(phone.page.get_by_role("listitem").nth(1)).to_contain_text("van 20 seconden")
    expect(phone.page.get_by_role("heading", name="Het werkt!")).to_be_visible(timeout=LONG)
    expect(tick(phone, "20 van 20")).to_have_attribute("aria-label", "gelukt")
    expect(phone.page.locator("#live")).to_have_text("Het werkt!")
    phone.page.get_by_role("button", name="English").click()
    expect(phone.page.get_by_role("heading", level=1)).to_contain_text("Can this phone")
    expect(phone.page.get_by_role("listitem").filter(has_text="20")).to_be_visible()
    assert prepared_cafe.all("participant") == []
    assert prepared_cafe.all("note") == []


def test_the_trial_keeps_nothing_on_the_phone(prepared_cafe: Cafe, phone: Phone) -> None:
    scan(prepared_cafe, phone, begin(prepared_cafe))
    expect(tick(phone, "Een proefnotitie")).to_have_attribute("aria-label", "gelukt")
    assert phone.page.evaluate(KEPT) == [[], []]


def test_a_trial_that_is_over_says_so(prepared_cafe: Cafe, phone: Phone) -> None:
    key = begin(prepared_cafe)
    prepared_cafe.ask("POST", "/api/trial", {"on": False})
    scan(prepared_cafe, phone, key)
    wrong = phone.page.locator(".wrong")
    expect(wrong).to_contain_text("Scan de code op de laptop opnieuw")
    expect(phone.page.locator("#live")).to_contain_text("Scan de code op de laptop opnieuw")
    expect(phone.page.get_by_role("button", name="Probeer opnieuw")).to_have_count(0)


def test_a_laptop_that_falls_silent_is_told_and_it_can_be_tried_again(
    prepared_cafe: Cafe, phone: Phone
) -> None:
    key = begin(prepared_cafe)
    phone.page.route("**/api/trial/stream*", lambda route: route.abort())
    scan(prepared_cafe, phone, key)
    expect(phone.page.locator(".wrong")).to_contain_text("De verbinding viel weg")
    expect(tick(phone, "De verbinding")).to_have_attribute("aria-label", "niet gelukt")
    phone.page.unroute("**/api/trial/stream*")
    again = phone.page.get_by_role("button", name="Probeer opnieuw")
    again.focus()
    phone.page.keyboard.press("Enter")
    expect(phone.page.locator(".wrong")).to_be_hidden()
    expect(tick(phone, "Een proefnotitie")).to_have_attribute("aria-label", "gelukt")


def test_a_laptop_that_does_not_answer_is_told(prepared_cafe: Cafe, phone: Phone) -> None:
    phone.page.route("**/api/trial/page", lambda route: route.abort())
    scan(prepared_cafe, phone, begin(prepared_cafe))
    expect(phone.page.locator(".wrong")).to_contain_text("De laptop antwoordt niet")
    expect(tick(phone, "De laptop antwoordt")).to_have_attribute("aria-label", "niet gelukt")
    expect(tick(phone, "De verbinding")).to_have_attribute("aria-label", "niet geprobeerd")


def test_a_note_that_does_not_come_back_is_told(prepared_cafe: Cafe, phone: Phone) -> None:
    def swallow(route: Route) -> None:
        route.fulfill(status=204)

    phone.page.route("**/api/trial/note", swallow)
    scan(prepared_cafe, phone, begin(prepared_cafe))
    expect(phone.page.locator(".wrong")).to_contain_text("kwam niet terug", timeout=LONG)
    expect(tick(phone, "De verbinding")).to_have_attribute("aria-label", "gelukt")
