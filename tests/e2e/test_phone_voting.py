"""Voting on a phone: so many dots, whatever the connection, the thumb and the facilitator do."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.cafe import AGAIN, Cafe, Phone
from tests.e2e.test_phone_moving import arrived, joined, lose, other
from tests.e2e.test_phone_page import NARROW, SMALL, check
from tests.e2e.test_phone_wiped import until_gone, wipe

pytestmark = pytest.mark.e2e

MakePhone = Callable[..., Phone]
BENCHES, TREES, LIGHT, FEAST = "Meer bankjes", "Een bomenrij", "Licht op het pad", "Een feest"


@pytest.fixture
def voting(cafe: Cafe) -> Cafe:
    """A vote that is open: two options of a theme, one of another and one of none."""
    first, second = (theme["id"] for theme in cafe.all("theme")[:2])
    for text, theme in ((BENCHES, first), (LIGHT, second), (TREES, first), (FEAST, None)):
        cafe.send("add_option", option=str(uuid4()), text=text, theme=theme)
    cafe.send("open_voting", open=True)
    return cafe


def enter(phone: Phone) -> Phone:
    """Scan, and in, where one can vote already."""
    phone.scan().press("Ja, dit klopt")
    expect(phone.page.get_by_role("heading", name="Stem met stippen")).to_be_visible(timeout=AGAIN)
    return phone


def more(phone: Phone, option: str) -> Locator:
    return phone.page.get_by_role("button", name=f"Stip erbij: {option}")


def less(phone: Phone, option: str) -> Locator:
    return phone.page.get_by_role("button", name=f"Stip eraf: {option}")


def dots(phone: Phone, option: str) -> Locator:
    return phone.page.locator(".voting .note", has_text=option).locator("strong")


def counted(cafe: Cafe) -> dict[str, int]:
    """Option → dots, as the engine has it."""
    named = {option["id"]: option["text"] for option in cafe.all("option")}
    found = dict.fromkeys(named.values(), 0)
    for vote in cafe.all("vote"):
        found[named[vote["option"]]] += vote["dots"]
    return {text: number for text, number in found.items() if number}


def received(phone: Phone) -> None:
    expect(phone.page.locator(".voting > .mark")).to_have_text(
        "Je stippen zijn ontvangen.", timeout=AGAIN
    )


def test_dots_are_put_and_taken_back(voting: Cafe, phone: Phone) -> None:
    enter(phone)
    headings = phone.page.locator(".voting h2")
    expect(headings).to_have_text([theme["title"] for theme in voting.all("theme")[:2]])
    texts = phone.page.locator(".voting .text")
    expect(texts).to_have_text([FEAST, BENCHES, TREES, LIGHT])
    more(phone, BENCHES).dblclick()  # two presses, two dots
    more(phone, LIGHT).click()
    expect(phone.page.locator(".stage strong")).to_have_text("Stippen over: 0 van 3")
    more(phone, TREES).click(force=True)
    said = phone.page.locator("#live")
    expect(said).to_contain_text("Al je stippen zijn gegeven")
    received(phone)
    assert counted(voting) == {BENCHES: 2, LIGHT: 1}
    less(phone, BENCHES).click()
    more(phone, TREES).click()
    expect(said).to_contain_text("Stippen hier: 1. Stippen over: 0 van 3")
    received(phone)
    assert counted(voting) == {BENCHES: 1, TREES: 1, LIGHT: 1}
    assert len({vote["ballot"] for vote in voting.all("vote")}) == 1


def test_it_opens_and_closes_under_ones_thumb(cafe: Cafe, phone: Phone) -> None:
    phone.join()
    phone.box.fill("Een halve zin")
    cafe.send("add_option", option=str(uuid4()), text=BENCHES)
    assert phone.page.get_by_text(BENCHES).count() == 0
    cafe.send("open_voting", open=True)
    expect(phone.page.get_by_role("heading", name="Stem met stippen")).to_be_visible(timeout=AGAIN)
    expect(phone.page.locator("#live")).to_contain_text("Je kunt nu stemmen.")
    expect(phone.box).to_have_value("Een halve zin")
    more(phone, BENCHES).click()
    received(phone)
    # it closes while the last press is on its way
    phone.context.route("**/api/commands", lambda route: route.abort())
    more(phone, BENCHES).click()
    cafe.send("open_voting", open=False)
    ended = phone.page.locator(".voting .stage")
    expect(ended).to_contain_text("Het stemmen is gesloten. Nog niet alles is verstuurd.")
    phone.context.unroute("**/api/commands")
    expect(ended).to_contain_text("Je laatste stippen kwamen te laat", timeout=AGAIN)
    assert (
        phone.page.get_by_text(BENCHES).count() == 0
        or not phone.page.get_by_text(BENCHES).is_visible()
    )
    assert counted(cafe) == {BENCHES: 1}
    cafe.send("open_voting", open=True)
    expect(dots(phone, BENCHES)).to_have_text("1", timeout=AGAIN)
    cafe.send("open_voting", open=False)
    cafe.next_step()
    expect(phone.page.locator(".voting")).to_be_hidden(timeout=AGAIN)


def test_without_a_connection_dots_stay_here_and_go_later(voting: Cafe, phone: Phone) -> None:
    enter(phone)
    more(phone, BENCHES).click()
    received(phone)
    phone.context.set_offline(offline=True)
    more(phone, BENCHES).click()
    more(phone, LIGHT).click()
    expect(phone.page.locator(".voting > .mark")).to_contain_text("Op dit toestel")
    expect(dots(phone, BENCHES)).to_have_text("2")
    phone.context.set_offline(offline=False)
    received(phone)
    assert counted(voting) == {BENCHES: 2, LIGHT: 1}
    phone.page.reload()
    expect(dots(phone, BENCHES)).to_have_text("2", timeout=AGAIN)
    expect(phone.page.locator(".stage strong")).to_have_text("Stippen over: 0 van 3")


def test_an_engine_that_fell_over_counts_each_dot_once(voting: Cafe, phone: Phone) -> None:
    enter(phone)
    more(phone, TREES).click()
    received(phone)
    voting.kill()
    more(phone, TREES).click()
    voting.start()
    received(phone)
    assert counted(voting) == {TREES: 2}
    assert len(voting.all("vote")) == 1


def test_what_is_refused_goes_back_to_what_the_engine_holds(voting: Cafe, phone: Phone) -> None:
    enter(phone)
    more(phone, BENCHES).click()
    received(phone)
    voting.send("edit_meeting", dots=1)
    phone.page.evaluate("0")
    expect(phone.page.locator(".stage strong")).to_have_text("Stippen over: 0 van 1")
    voting.send("edit_meeting", dots=2)
    expect(phone.page.locator(".stage strong")).to_have_text("Stippen over: 1 van 2")
    phone.context.route("**/api/events*", lambda route: route.abort())
    phone.context.set_offline(offline=True)
    more(phone, TREES).click()
    voting.send("edit_meeting", dots=1)
    phone.context.set_offline(offline=False)
    row = phone.page.locator(".voting .note", has_text=TREES)
    expect(row.get_by_role("alert")).to_contain_text(
        "Je stippen zijn op: je hebt er 1.", timeout=AGAIN
    )
    expect(dots(phone, TREES)).to_have_text("0")
    expect(dots(phone, BENCHES)).to_have_text("1")
    assert counted(voting) == {BENCHES: 1}


def test_an_option_goes_and_comes_back_with_its_dots(voting: Cafe, phone: Phone) -> None:
    enter(phone)
    more(phone, BENCHES).click()
    received(phone)
    benches = next(option for option in voting.all("option") if option["text"] == BENCHES)
    voting.send("remove_option", option=benches["id"])
    expect(more(phone, BENCHES)).to_be_hidden(timeout=AGAIN)
    expect(phone.page.locator(".stage strong")).to_have_text("Stippen over: 3 van 3")
    history = voting.ask("GET", "/api/state")["history"]
    voting.send("undo", entry=history[-1]["revision"])
    expect(dots(phone, BENCHES)).to_have_text("1", timeout=AGAIN)
    expect(phone.page.locator(".stage strong")).to_have_text("Stippen over: 2 van 3")


def test_a_device_of_a_table_has_the_dots_of_all_behind_it(voting: Cafe, phone: Phone) -> None:
    voting.send("edit_meeting", devices="table")
    phone.scan()
    phone.page.locator(".few input").nth(1).check()
    phone.press("Ja, dit klopt")
    expect(phone.page.locator(".stage strong")).to_have_text("Stippen over: 9 van 9", timeout=AGAIN)
    for _ in range(4):
        more(phone, FEAST).click()
    received(phone)
    assert counted(voting) == {FEAST: 4}


def test_it_can_be_done_with_a_keyboard_and_keeps_the_place(voting: Cafe, phone: Phone) -> None:
    enter(phone)
    more(phone, TREES).focus()
    phone.page.keyboard.press("Enter")
    phone.page.keyboard.press("Space")
    voting.send("add_option", option=str(uuid4()), text="Nog iets", theme=None)
    expect(more(phone, "Nog iets")).to_be_visible(timeout=AGAIN)
    expect(more(phone, TREES)).to_be_focused()
    phone.page.keyboard.press("Shift+Tab")
    phone.page.keyboard.press("Enter")
    received(phone)
    assert counted(voting) == {TREES: 1}


def test_at_a_new_address_it_has_the_same_ballot_and_the_same_dots(
    cafe: Cafe, phone: Phone
) -> None:
    for text in (BENCHES, TREES):
        cafe.send("add_option", option=str(uuid4()), text=text)
    joined(phone, other(cafe))
    cafe.send("open_voting", open=True)
    more(phone, BENCHES).click()
    received(phone)
    lose(phone)
    more(phone, TREES).click()
    arrived(phone.page, cafe)
    phone.press("Ja, dit ben ik")
    expect(dots(phone, BENCHES)).to_have_text("1", timeout=AGAIN)
    expect(dots(phone, TREES)).to_have_text("1")
    more(phone, TREES).click()
    received(phone)
    assert counted(cafe) == {BENCHES: 1, TREES: 2}
    assert len({vote["ballot"] for vote in cafe.all("vote")}) == 1


def test_after_a_wipe_the_phone_keeps_no_key_and_no_dots(voting: Cafe, phone: Phone) -> None:
    enter(phone)
    more(phone, BENCHES).click()
    received(phone)
    wipe(voting)
    expect(phone.page.get_by_role("heading", name="Alles is gewist")).to_be_visible(timeout=AGAIN)
    until_gone(phone.page, "cast_vote", "secret", BENCHES)


def test_while_phones_wait_nobody_votes(voting: Cafe, phone: Phone) -> None:
    enter(phone)
    voting.send("freeze_phones", frozen=True)
    expect(phone.page.locator(".held")).not_to_be_empty()
    more(phone, TREES).click(force=True)
    expect(dots(phone, TREES)).to_have_text("0")
    voting.send("freeze_phones", frozen=False)
    expect(phone.page.locator(".held")).to_be_empty()
    more(phone, TREES).click()
    received(phone)
    assert counted(voting) == {TREES: 1}


@pytest.mark.parametrize("text", [16, 32], ids=["100 %", "200 %"])
def test_it_fits_a_narrow_phone(voting: Cafe, a_phone: MakePhone, text: int) -> None:
    voting.send("add_option", option=str(uuid4()), text="Hottentottententententoonstelling" * 3)
    phone = enter(a_phone(viewport=NARROW))
    phone.page.evaluate(f"document.documentElement.style.fontSize = '{text}px'")
    more(phone, BENCHES).click()
    received(phone)
    check(phone.page)
    assert phone.page.evaluate(SMALL) == []
