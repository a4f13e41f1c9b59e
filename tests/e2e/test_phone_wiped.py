"""A wiped meeting is wiped from the phones as well: what they kept themselves goes."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.cafe import AGAIN, Cafe, Phone

pytestmark = pytest.mark.e2e

NOTE, DRAFT, LATE = "Kwartelkoning bij de vijver", "Roerdomp in het riet", "Wielewaal in de boom"
KEPT = """async () => {
    const found = [JSON.stringify(localStorage), JSON.stringify(sessionStorage)];
    for (const { name } of await indexedDB.databases()) {
        const base = await new Promise((done) => {
            const asked = indexedDB.open(name);
            asked.onsuccess = () => done(asked.result);
        });
        for (const place of base.objectStoreNames) {
            found.push(await new Promise((done) => {
                const asked = base.transaction(place).objectStore(place).getAll();
                asked.onsuccess = () => done(JSON.stringify(asked.result));
            }));
        }
        base.close();
    }
    return found.join(" ");
}"""


def kept(page: Page) -> str:
    """All that this browser has stored of the page."""
    found: str = page.evaluate(KEPT)
    return found


def until_gone(page: Page, *words: str) -> str:
    """Wait until none of these is stored any more; what is stored then."""
    end = time.monotonic() + AGAIN / 1000
    while any(word in (found := kept(page)) for word in words):
        assert time.monotonic() < end, found
        page.wait_for_timeout(50)
    return found


def wipe(cafe: Cafe) -> None:
    cafe.send("close_meeting")
    cafe.ask("POST", f"/api/meetings/{cafe.meeting}/wipe")


def told(phone: Phone) -> None:
    expect(phone.page.get_by_role("heading", name="Alles is gewist")).to_be_visible(timeout=AGAIN)
    assert NOTE not in phone.page.content()


def test_a_phone_that_listens_forgets_at_once(cafe: Cafe, phone: Phone) -> None:
    phone.join().write(NOTE).received(NOTE)
    phone.box.fill(DRAFT)
    phone.page.wait_for_timeout(600)  # a draft is kept when the thumb rests
    before = kept(phone.page)
    assert NOTE in before
    assert DRAFT in before
    wipe(cafe)
    told(phone)
    left = until_gone(phone.page, NOTE, DRAFT, cafe.meeting)
    assert "token" not in left
    phone.page.reload()
    until_gone(phone.page, NOTE, DRAFT, cafe.meeting)


def test_a_phone_that_was_away_forgets_when_it_comes_back(cafe: Cafe, phone: Phone) -> None:
    phone.join().write(NOTE).received(NOTE)
    phone.context.set_offline(True)
    phone.write(LATE).waiting(LATE)
    wipe(cafe)
    assert LATE in kept(phone.page)
    phone.context.set_offline(False)
    told(phone)
    until_gone(phone.page, NOTE, LATE, cafe.meeting)
    assert cafe.texts() == [NOTE]


def test_what_was_typed_a_moment_before_goes_too(cafe: Cafe, phone: Phone) -> None:
    phone.page.goto(cafe.url)
    phone.page.evaluate(
        """async (text) => {
            const { Store } = await import("/web/store.js");
            const store = new Store();
            store.type({ key: "draft:1", text });
            store.forget("draft:1");
        }""",
        DRAFT,
    )
    phone.page.wait_for_timeout(1000)  # longer than typing waits before it goes to the database
    assert DRAFT not in kept(phone.page)
