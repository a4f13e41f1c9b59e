"""The laptop gets another address: phones find it there, and what they wrote comes along."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import httpx
import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.cafe import AGAIN, Cafe, Entity, Phone

pytestmark = [pytest.mark.e2e, pytest.mark.faults]

MakePhone = Callable[..., Phone]

OTHER = "127.0.0.2"  # this machine is reached there too
PREPARED = "performance.getEntriesByName(location.origin + '/web/moving.js')[0]?.responseEnd"
IDENTITY = """() => JSON.parse(Object.entries(localStorage)
    .find(([key]) => key.includes("identity:"))[1])"""
LETTERS = """() => Object.entries(localStorage).filter(([key]) => key.includes("letter:"))
    .map(([, one]) => JSON.parse(one))"""
RECEIVED = (
    "Object.entries(localStorage).some(([key, one]) =>"
    " key.includes('letter') && one.includes('received'))"
)
CLONE = """made => {
    const [, one] = Object.entries(localStorage).find(([key]) => key.includes("letter:"));
    const letter = JSON.parse(one);
    made.forEach(({ text, id, note }, place) => {
        const command = { ...letter.command, id, note, text };
        const key = `letter:${id}`;
        const clone = { ...letter, key, number: place + 2, command };
        localStorage.setItem(`facilitator:${key}`, JSON.stringify(clone));
    });
}"""
MOVED = "De laptop heeft een nieuw adres gekregen"
ASKED = "typ het adres dat daar staat"


def other(cafe: Cafe) -> str:
    """Where the engine is found from now on."""
    return f"http://{OTHER}:{cafe.port}"


def until(page: Page, holds: str) -> None:
    """Wait until this holds in the page. Its policy forbids playwright's way."""
    end = time.monotonic() + AGAIN / 1000
    while not page.evaluate(holds):
        assert time.monotonic() < end, holds
        page.wait_for_timeout(50)


def joined(phone: Phone, *addresses: str) -> Phone:
    """At the table; these are the addresses that the engine tells of."""

    def tell(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, json={**answer.json(), "addresses": addresses})

    phone.context.route("**/api/state", tell)
    phone.join()
    until(phone.page, PREPARED)
    if addresses:
        until(phone.page, "(localStorage['facilitator:engine'] || '').includes('127.0.0.2')")
    return phone


def lose(phone: Phone) -> None:
    """The first address works no more."""
    phone.context.route(f"{phone.cafe.url}/**", lambda route: route.abort())


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
    joined(phone, other(cafe)).write("Al ontvangen").received("Al ontvangen")
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
    joined(phone, other(cafe))
    lose(phone)
    phone.write("Nog onderweg")
    arrived(phone.page, cafe)
    until(phone.page, RECEIVED)
    assert cafe.texts() == ["Nog onderweg"]


def test_nobody_knows_the_address_and_it_is_typed(cafe: Cafe, phone: Phone) -> None:
    joined(phone)
    lose(phone)
    phone.write("Nog onderweg")
    lost(phone)
    expect(phone.page.locator(".elsewhere", has_text=ASKED)).to_be_visible(timeout=2 * AGAIN)
    field = phone.page.get_by_label("Adres op het scherm")
    for nonsense in ("", "javascript:alert(1)", "127.0.0.3:1@evil", "nergens/../.."):
        field.fill(nonsense)
        phone.press("Ga daarheen")
        expect(phone.page.get_by_text("Daar is de laptop niet")).to_be_visible()
    field.fill(f"http://{OTHER}:{cafe.port}/{cafe.table()['code']}")
    phone.press("Ga daarheen")
    arrived(phone.page, cafe)
    until(phone.page, RECEIVED)
    assert cafe.texts() == ["Nog onderweg"]


def test_it_stays_where_it_is_when_the_engine_is_back_there(cafe: Cafe, phone: Phone) -> None:
    joined(phone)
    lose(phone)
    phone.write("Nog onderweg")
    expect(phone.page.locator(".elsewhere", has_text=ASKED)).to_be_visible(timeout=2 * AGAIN)
    phone.context.unroute(f"{cafe.url}/**")
    phone.received("Nog onderweg")
    expect(phone.page.locator(".elsewhere", has_text=ASKED)).to_be_hidden(timeout=AGAIN)
    assert phone.page.url.startswith(cafe.url)


def test_another_engine_at_a_known_address_is_not_taken_for_ours(cafe: Cafe, phone: Phone) -> None:
    joined(phone, other(cafe))
    lose(phone)
    stranger = {"app": "facilitator", "version": "1", "epoch": "another", "now": "2026-01-01"}
    phone.context.route(
        f"{other(cafe)}/api/hello",
        lambda route: route.fulfill(json=stranger, headers={"access-control-allow-origin": "*"}),
    )
    phone.write("Blijft hier").waiting("Blijft hier")
    expect(phone.page.locator(".elsewhere", has_text=ASKED)).to_be_visible(timeout=2 * AGAIN)
    assert phone.page.url.startswith(cafe.url)


def test_two_hundred_notes_come_along_whole(cafe: Cafe, phone: Phone) -> None:
    joined(phone, other(cafe))
    phone.context.route("**/api/commands", lambda route: route.abort())
    phone.write("000").waiting("000")
    texts = [
        f"{number:03d} {'Bakfietsen én ‘bankjes’ بجانب ' * 9}".strip() for number in range(200)
    ]
    made = [{"text": text, "id": str(uuid4()), "note": str(uuid4())} for text in texts]
    phone.page.evaluate(CLONE, made)
    lose(phone)
    phone.page.evaluate("dispatchEvent(new Event('offline'))")
    phone.context.unroute("**/api/commands")
    phone.context.route(f"{cafe.url}/**", lambda route: route.abort())
    arrived(phone.page, cafe)
    expect(phone.page.get_by_text("Meegekomen notities: 201")).to_be_visible()
    end = time.monotonic() + 60
    while len(cafe.texts()) <= len(texts):
        assert time.monotonic() < end
        phone.page.wait_for_timeout(200)
    assert cafe.texts() == sorted(["000", *texts])


def test_two_tabs_go_and_nothing_is_doubled(cafe: Cafe, phone: Phone) -> None:
    joined(phone, other(cafe)).write("Al ontvangen").received("Al ontvangen")
    second = Phone(cafe, phone.context)
    second.page = phone.context.new_page()
    second.scan()
    expect(second.box).to_be_visible()
    lose(phone)
    phone.write("Van het ene blad")
    second.page.bring_to_front()
    second.write("Van het andere blad")
    arrived(second.page, cafe)
    second.press("Ja, dit ben ik")
    second.received("Al ontvangen", "Van het ene blad", "Van het andere blad")
    phone.page.bring_to_front()
    phone.page.wait_for_url(f"{other(cafe)}/**", timeout=2 * AGAIN)
    until(phone.page, "!location.hash")
    phone.page.reload()  # it may have come before the other was asked
    phone.received("Van het ene blad", "Van het andere blad")
    assert cafe.texts() == ["Al ontvangen", "Van het andere blad", "Van het ene blad"]
    assert len(cafe.all("participant")) == 1


def test_back_at_the_old_address_nothing_is_doubled(cafe: Cafe, phone: Phone) -> None:
    joined(phone, other(cafe))
    lose(phone)
    phone.write("Onderweg")
    arrived(phone.page, cafe)
    phone.press("Ja, dit ben ik")
    phone.received("Onderweg")
    phone.context.unroute(f"{cafe.url}/**")
    phone.scan().received("Onderweg")
    assert cafe.texts() == ["Onderweg"]


def luggage(cafe: Cafe, **changed: Any) -> dict[str, Any]:
    """What a link may bring: one note of a participant who is really there."""
    command: Entity = {"command": "write_note", "id": str(uuid4()), "note": str(uuid4())}
    command |= {"text": "Uit de koffer", "table": cafe.table()["id"], "theme": None}
    command |= {"step": (cafe.step or {})["id"], "key": "x" * 40}
    letter = {"v": 3, "number": 1, "status": "waiting", "command": command, "shown": {}}
    me = str(uuid4())
    answer = httpx.post(
        f"{cafe.url}/api/join", json={"id": me, "code": cafe.table()["code"], "name": ""}
    )
    who = {"id": me, "token": answer.json()["token"], "meeting": cafe.meeting}
    return {**who, "letters": [letter], "drafts": [], **changed}


def link(cafe: Cafe, brought: object, code: str = "") -> str:
    """A link with this in it."""
    text = base64.urlsafe_b64encode(json.dumps(brought).encode()).decode().rstrip("=")
    return f"{cafe.url}/{code or cafe.table()['code']}#move={text}"


def open_link(phone: Phone, address: str) -> None:
    """Follow a link, also where the page is open already; until the page forgot it."""
    phone.page.goto("about:blank")
    phone.page.goto(address)
    until(phone.page, "!location.hash")


def test_a_link_from_a_stranger_speaks_for_the_stranger_only(cafe: Cafe, phone: Phone) -> None:
    cafe.send("edit_meeting", named=False)
    phone.join().write("Van mijzelf").received("Van mijzelf")
    phone.box.fill("Half af")
    mine = phone.page.evaluate(IDENTITY)
    planted = {"key": f"draft:{cafe.meeting}", "v": 900_000, "text": "Geplant"}
    with phone.page.expect_response("**/api/commands") as sent:
        open_link(phone, link(cafe, luggage(cafe, drafts=[planted])))
    assert sent.value.request.headers["authorization"] != f"Bearer {mine['token']}"
    expect(phone.page.get_by_text(MOVED)).to_be_visible()
    phone.press("Nee, dit ben ik niet")
    expect(phone.box).to_have_value("Half af")
    expect(phone.card("Van mijzelf")).to_be_visible()
    assert phone.page.evaluate(IDENTITY)["id"] == mine["id"]
    expect(phone.card("Uit de koffer").get_by_role("button")).to_have_count(0)
    phone.page.reload()
    expect(phone.box).to_have_value("Half af")


def test_who_says_yes_by_mistake_still_keeps_the_own_name_and_words(
    cafe: Cafe, phone: Phone
) -> None:
    phone.join()
    phone.box.fill("Half af")
    mine = phone.page.evaluate(IDENTITY)
    planted = {"key": f"draft:{cafe.meeting}", "v": 900_000, "text": "Geplant"}
    open_link(phone, link(cafe, luggage(cafe, drafts=[planted])))
    phone.press("Ja, dit ben ik")
    expect(phone.box).to_have_value("Half af")
    assert phone.page.evaluate(IDENTITY)["id"] == mine["id"]


def test_a_guessed_letter_is_not_overwritten(cafe: Cafe, phone: Phone) -> None:
    phone.join().write("Van mijzelf").received("Van mijzelf")
    (own,) = phone.page.evaluate(LETTERS)
    brought = luggage(cafe)
    (letter,) = brought["letters"]
    letter |= {"v": 900_000, "status": "dropped"}
    letter["command"] |= {"id": own["command"]["id"], "text": "Overschreven"}
    open_link(phone, link(cafe, brought))
    assert phone.page.evaluate(LETTERS) == [own]


BROKEN: dict[str, Callable[[Entity], object]] = {
    "nothing": lambda _one: "",
    "no object": lambda _one: [1, 2, 3],
    "no id": lambda one: {**one, "id": "x"},
    "a script as id": lambda one: {**one, "id": "<script>"},
    "another meeting": lambda one: {**one, "meeting": str(uuid4())},
    "an endless name": lambda one: {**one, "name": "x" * 301},
    "too many letters": lambda one: {**one, "letters": one["letters"] * 1001},
    "letters that are none": lambda one: {**one, "letters": [None, 1, "x", []]},
    "an unknown command": lambda one: _letter(one, command="stop_engine"),
    "a text that is none": lambda one: _letter(one, text={"toString": ["x"]}, note=[1]),
    "a huge text": lambda one: _letter(one, text="x" * 5001),
    "too deep": lambda one: _letter(one, text=[[[[["x"]]]]]),
    "a prototype": lambda one: _letter(one, __proto__={"status": "received"}),
}


def _letter(one: Entity, **changed: object) -> Entity:
    (letter,) = one["letters"]
    return {**one, "letters": [{**letter, "command": {**letter["command"], **changed}}]}


@pytest.mark.parametrize("what", BROKEN)
def test_what_has_not_the_right_shape_is_left_out(cafe: Cafe, phone: Phone, what: str) -> None:
    phone.page.goto(cafe.url)
    open_link(phone, link(cafe, BROKEN[what](luggage(cafe))))
    expect(phone.page.get_by_text("Klopt dit?")).to_be_visible()
    assert phone.page.evaluate(LETTERS) == []
    assert phone.errors == []
    assert cafe.texts() == []


def test_text_from_a_link_is_only_text(cafe: Cafe, phone: Phone) -> None:
    evil = "<img src=x onerror=document.title=1><script>document.title=1</script>"
    brought = luggage(cafe, name=evil)
    brought["letters"][0]["shown"] = {"colour": "red;}"}
    (more,) = _letter(brought, id=str(uuid4()), note=str(uuid4()), text=evil)["letters"]
    brought["letters"].append({**more, "shown": {"at": evil, "colour": "green"}})
    open_link(phone, link(cafe, brought))
    expect(phone.page.get_by_text(MOVED)).to_be_visible()
    phone.press("Ja, dit ben ik")
    expect(phone.card("onerror")).to_be_visible()
    assert phone.page.locator("img, main script").count() == 0
    assert phone.page.title() != "1"


def test_a_link_for_a_table_that_is_not_here_brings_nothing(cafe: Cafe, phone: Phone) -> None:
    open_link(phone, link(cafe, luggage(cafe), code="ZZZZZ"))
    expect(phone.page.get_by_text("Deze code kennen we hier niet")).to_be_visible()
    assert phone.page.evaluate(LETTERS) == []
