"""No note is lost and none is doubled: reloads, lost connections, kills, a change of round."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Route, expect

from tests.e2e.cafe import AGAIN, Cafe, OwnPhone, Phone

pytestmark = [pytest.mark.e2e, pytest.mark.faults]

MakePhone = Callable[..., Phone]
StartPhone = Callable[[], OwnPhone]

AWAY = "Even geen verbinding met de laptop"


def deliver_and_keep_silent(route: Route) -> None:
    """The engine gets it, the phone never hears so."""
    route.fetch()
    route.abort()


def test_a_reload_keeps_draft_and_notes(cafe: Cafe, phone: Phone) -> None:
    phone.join().write("Al verstuurd").received("Al verstuurd")
    phone.box.fill("Nog niet af")
    phone.page.reload()
    expect(phone.box).to_have_value("Nog niet af")
    phone.received("Al verstuurd")
    phone.press("Versturen")
    phone.received("Nog niet af")
    assert cafe.texts() == ["Al verstuurd", "Nog niet af"]


def test_without_connection_it_stays_here_and_goes_later(cafe: Cafe, phone: Phone) -> None:
    phone.join()
    phone.context.set_offline(offline=True)
    texts = [f"Zonder verbinding {number}" for number in range(5)]
    for text in texts:
        phone.write(text)
    phone.waiting(*texts)
    expect(phone.page.get_by_text(AWAY)).to_be_visible()
    assert phone.page.evaluate("scrollTo(0, document.body.scrollHeight), scrollY") > 0
    expect(phone.page.get_by_text(AWAY)).to_be_in_viewport(ratio=1)
    phone.context.set_offline(offline=False)
    phone.received(*texts)
    expect(phone.page.get_by_text(AWAY)).to_be_hidden()
    assert cafe.texts() == texts


def test_the_engine_is_killed_and_comes_back(cafe: Cafe, phone: Phone) -> None:
    phone.join().write("Voor de val").received("Voor de val")
    cafe.kill()
    phone.write("Tijdens de val").waiting("Tijdens de val")
    expect(phone.page.get_by_text(AWAY)).to_be_visible()
    cafe.start()
    phone.received("Voor de val", "Tijdens de val")
    phone.write("Na de val").received("Na de val")
    assert cafe.texts() == ["Na de val", "Tijdens de val", "Voor de val"]


def test_the_engine_is_killed_again_and_again_while_people_write(
    cafe: Cafe, a_phone: MakePhone
) -> None:
    phones = [a_phone().join(), a_phone().join()]
    texts = [f"Notitie {number:02d}" for number in range(24)]
    for number, text in enumerate(texts):
        phones[number % 2].write(text)
        if number % 8 == 5:
            cafe.kill()
        if number % 8 == 7:
            cafe.start()
    for phone in phones:
        expect(phone.page.get_by_text("op dit toestel", exact=True)).to_have_count(0, timeout=AGAIN)
        expect(phone.page.locator(".notes .note")).to_have_count(len(texts), timeout=AGAIN)
    assert cafe.texts() == texts


def test_the_engine_is_killed_between_the_commit_and_the_answer(cafe: Cafe, phone: Phone) -> None:
    phone.join()

    def swallow(route: Route) -> None:
        route.fetch()  # the engine has it …
        cafe.kill()  # … and dies before the phone hears so
        route.abort()

    phone.page.route("**/api/commands", swallow, times=1)
    phone.write("Eén keer, hoe dan ook")
    expect(phone.page.get_by_text(AWAY)).to_be_visible()
    cafe.start()
    phone.received("Eén keer, hoe dan ook")
    assert cafe.texts() == ["Eén keer, hoe dan ook"]


def test_the_browser_is_killed_before_it_could_send(cafe: Cafe, an_own_phone: StartPhone) -> None:
    phone = an_own_phone()
    phone.join()
    phone.page.route("**/api/commands", lambda route: route.abort())
    texts = [f"Nog op het toestel {number}" for number in range(10)]
    for text in texts:
        phone.write(text)
    phone.box.fill("En een halve notitie")
    phone.waiting(*texts)
    phone.kill()
    assert cafe.texts() == []

    again = an_own_phone()
    again.scan().received(*texts)
    assert cafe.texts() == texts


def test_the_browser_is_killed_between_the_commit_and_the_answer(
    cafe: Cafe, an_own_phone: StartPhone
) -> None:
    phone = an_own_phone()
    phone.join()
    phone.page.route("**/api/commands", lambda route: route.abort())
    phone.page.route("**/api/commands", deliver_and_keep_silent, times=1)
    phone.write("Aangekomen zonder antwoord").waiting("Aangekomen zonder antwoord")
    expect(phone.page.get_by_text(AWAY)).to_be_visible()
    assert cafe.texts() == ["Aangekomen zonder antwoord"]
    phone.kill()

    again = an_own_phone()
    again.scan().received("Aangekomen zonder antwoord")
    assert cafe.texts() == ["Aangekomen zonder antwoord"]


def test_engine_and_browser_are_both_killed_with_notes_under_way(
    cafe: Cafe, an_own_phone: StartPhone
) -> None:
    phone = an_own_phone()
    phone.join()
    texts = [f"Onderweg {number}" for number in range(8)]
    for text in texts[:4]:
        phone.write(text)
    cafe.kill()
    for text in texts[4:]:
        phone.write(text)
    phone.waiting(*texts[4:])
    phone.kill()
    cafe.start()

    again = an_own_phone()
    again.scan().received(*texts)
    assert cafe.texts() == texts


def test_a_note_stands_in_the_round_and_at_the_table_where_it_was_written(
    cafe: Cafe, phone: Phone
) -> None:
    phone.join(1)
    first = cafe.step
    assert first is not None
    phone.context.set_offline(offline=True)
    phone.write("Van de eerste ronde").waiting("Van de eerste ronde")
    phone.box.fill("Ook in de eerste ronde begonnen")
    cafe.go_to("round")
    phone.context.set_offline(offline=False)
    expect(phone.page.locator(".clock")).to_contain_text("Ronde 2 van 3", timeout=AGAIN)
    expect(phone.page.locator(".context")).to_contain_text("Tafel 1, Ronde 1 van 3")
    phone.scan(2)
    phone.press("Ja, ik zit nu hier")
    phone.press("Versturen")
    phone.received("Van de eerste ronde", "Ook in de eerste ronde begonnen")
    for text in ("Van de eerste ronde", "Ook in de eerste ronde begonnen"):
        note = cafe.note(text)
        assert (note["round"], note["table"]) == (first["id"], cafe.table(1)["id"])
    phone.write("Van de tweede ronde").received("Van de tweede ronde")
    second = cafe.note("Van de tweede ronde")
    assert second["round"] != first["id"]
    assert second["table"] == cafe.table(2)["id"]


def test_two_tabs_of_one_phone_lose_nothing(cafe: Cafe, phone: Phone) -> None:
    phone.join()
    phone.box.fill("Half af")
    second = Phone(cafe, phone.context)
    second.page = phone.context.new_page()
    second.scan()
    expect(second.box).to_have_value("Half af")
    phone.press("Versturen")
    phone.received("Half af")
    second.write("Half af, en verder").received("Half af, en verder")
    assert cafe.texts() == ["Half af", "Half af, en verder"]


def test_where_nothing_can_be_kept_it_says_so_and_the_text_stays(
    cafe: Cafe, a_phone: MakePhone
) -> None:
    phone = a_phone()
    phone.context.add_init_script(
        """
        Storage.prototype.setItem = () => { throw new Error("full"); };
        IDBFactory.prototype.open = () => { throw new Error("closed"); };
        """
    )
    phone.join()
    phone.context.set_offline(offline=True)
    phone.box.fill("Alleen in het geheugen")
    phone.press("Versturen")
    expect(phone.said).to_contain_text("kan niets bewaren")
    expect(phone.box).to_have_value("Alleen in het geheugen")
    phone.context.set_offline(offline=False)
    phone.received("Alleen in het geheugen")
    expect(phone.box).to_have_value("")
    assert cafe.texts() == ["Alleen in het geheugen"]


def test_without_the_stream_it_asks_for_the_state(cafe: Cafe, a_phone: MakePhone) -> None:
    deaf, other = a_phone(), a_phone()
    deaf.page.route("**/api/events*", lambda route: route.abort())
    deaf.join()
    other.join().write("Van een ander").received("Van een ander")
    expect(deaf.card("Van een ander")).to_be_visible(timeout=AGAIN)


def test_another_database_gets_what_the_old_one_acknowledged(cafe: Cafe, phone: Phone) -> None:
    phone.join().write("Al bevestigd").received("Al bevestigd")

    def another(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, json={**answer.json(), "epoch": "another"})

    phone.page.route("**/api/state", another)
    with phone.page.expect_response("**/api/commands") as resent:
        phone.page.reload()
    assert "Al bevestigd" in (resent.value.request.post_data or "")
    assert resent.value.json()["results"][0]["status"] == "repeated"
    phone.received("Al bevestigd")
    assert cafe.texts() == ["Al bevestigd"]


def lifecycle(phone: Phone, state: str) -> None:
    """Freeze the tab as a browser does that saves power, or let it go on."""
    session = phone.context.new_cdp_session(phone.page)
    session.send("Page.setWebLifecycleState", {"state": state})
    session.detach()


def test_a_frozen_tab_goes_on_where_it_was(cafe: Cafe, a_phone: MakePhone) -> None:
    frozen, other = a_phone().join(), a_phone().join()
    frozen.write("Voor de slaap").received("Voor de slaap")
    frozen.box.fill("Half af")
    lifecycle(frozen, "frozen")
    other.write("Tijdens de slaap").received("Tijdens de slaap")
    cafe.kill()
    cafe.start()
    other.write("Na de val").received("Na de val")
    lifecycle(frozen, "active")
    for text in ("Tijdens de slaap", "Na de val"):
        expect(frozen.card(text)).to_be_visible(timeout=AGAIN)
    expect(frozen.box).to_have_value("Half af")
    frozen.press("Versturen")
    frozen.received("Half af")


def test_a_tab_frozen_with_a_note_under_way_sends_it_when_it_wakes(
    cafe: Cafe, phone: Phone
) -> None:
    phone.join()
    phone.context.set_offline(offline=True)
    phone.write("Onderweg").waiting("Onderweg")
    lifecycle(phone, "frozen")
    phone.context.set_offline(offline=False)
    lifecycle(phone, "active")
    phone.received("Onderweg")
    assert cafe.texts() == ["Onderweg"]


def test_a_double_tap_is_one_note(cafe: Cafe, phone: Phone) -> None:
    phone.join()
    for number in range(5):
        phone.box.fill(f"Dubbel getikt {number}")
        phone.page.get_by_role("button", name="Versturen", exact=True).dblclick()
        expect(phone.box).to_have_value("")
    texts = [f"Dubbel getikt {number}" for number in range(5)]
    phone.received(*texts)
    assert cafe.texts() == texts


def test_a_lost_answer_is_one_note(cafe: Cafe, phone: Phone) -> None:
    phone.join()
    texts = [f"Antwoord kwijt {number}" for number in range(4)]
    for text in texts:
        phone.page.route("**/api/commands", deliver_and_keep_silent, times=2)
        phone.write(text).received(text)
    assert cafe.texts() == texts


SKEWED = """{
    const Right = Date;
    const off = OFF * 24 * 3600 * 1000;
    window.Date = class extends Right {
        constructor(...given) { given.length ? super(...given) : super(Right.now() + off); }
        static now() { return Right.now() + off; }
    };
}"""


@pytest.mark.parametrize("days", [-3, 3])
def test_a_phone_whose_clock_is_three_days_off(cafe: Cafe, a_phone: MakePhone, days: int) -> None:
    skewed, right = a_phone(), a_phone()
    skewed.context.add_init_script(SKEWED.replace("OFF", str(days)))
    for phone in (skewed, right):
        phone.join()
        expect(phone.page.locator(".digits")).to_be_visible()
    shown = [seconds(phone.page.locator(".digits").inner_text()) for phone in (skewed, right)]
    assert abs(shown[0] - shown[1]) <= 2
    skewed.write("Met een scheve klok").received("Met een scheve klok")
    before = datetime.fromisoformat(cafe.note("Met een scheve klok")["written_at"])
    assert abs((datetime.now(UTC) - before).total_seconds()) < 120
    skewed.box.fill("Half af")
    skewed.page.reload()
    expect(skewed.box).to_have_value("Half af")
    skewed.received("Met een scheve klok")


def seconds(text: str) -> int:
    """How long 14:32 is."""
    minutes, rest = text.lstrip("+").split(":")
    return 60 * int(minutes) + int(rest)


@pytest.mark.parametrize("days", [-60, -20_000], ids=["months off", "reset to 1970"])
def test_what_was_written_with_a_wrong_clock_is_not_forgotten_when_it_is_right_again(
    cafe: Cafe, phone: Phone, days: int
) -> None:
    phone.join()
    phone.context.set_offline(offline=True)
    phone.page.evaluate(f"() => {SKEWED.replace('OFF', str(days))}")
    phone.write("Lang geleden").waiting("Lang geleden")
    phone.page.route("**/api/commands", lambda route: route.abort())
    phone.context.set_offline(offline=False)
    phone.page.reload()
    phone.waiting("Lang geleden")
    phone.page.unroute("**/api/commands")
    phone.received("Lang geleden")
    assert cafe.texts() == ["Lang geleden"]


def test_back_on_the_network_it_sends_at_once(cafe: Cafe, phone: Phone) -> None:
    phone.join()
    phone.context.set_offline(offline=True)
    phone.write("Onderweg")
    expect(phone.page.get_by_text(AWAY)).to_be_visible(timeout=AGAIN)
    phone.page.wait_for_timeout(6_000)  # by now it would wait for long
    phone.context.set_offline(offline=False)
    begun = time.monotonic()
    phone.received("Onderweg")
    assert time.monotonic() - begun < 9  # seconds; three are promised
    assert cafe.texts() == ["Onderweg"]


def test_a_stream_that_says_nothing_is_given_up(cafe: Cafe, a_phone: MakePhone) -> None:
    """It is open, but nothing comes: as after a phone went from one access point to another."""
    deaf, other = a_phone(), a_phone()
    deaf.context.add_init_script(
        """{
            const ask = window.fetch;
            let streams = 0;
            window.fetch = async (path, more) => {
                const answer = await ask(path, more);
                if (!String(path).includes("/api/events") || (streams += 1) > 1) return answer;
                return new Response(new ReadableStream({
                    start(stream) {
                        more.signal.addEventListener("abort", () => stream.error());
                    },
                }));
            };
        }"""
    )
    deaf.join()
    other.join().write("Niet gehoord").received("Niet gehoord")
    expect(deaf.card("Niet gehoord")).to_be_visible(timeout=2 * AGAIN)


def test_one_store_is_enough(cafe: Cafe, a_phone: MakePhone) -> None:
    for broken in (
        "Storage.prototype.setItem = () => { throw new Error('full'); };",
        "IDBFactory.prototype.open = () => { throw new Error('closed'); };",
        "IDBFactory.prototype.open = () => ({});",  # never answers
    ):
        phone = a_phone()
        phone.context.add_init_script(broken)
        phone.join()
        phone.page.route("**/api/commands", lambda route: route.abort())
        text = f"Met een van beide {broken[:3]} {len(broken)}"
        phone.write(text).waiting(text)
        phone.box.fill("Half af")
        phone.page.wait_for_timeout(400)  # the database takes what is typed in pauses
        phone.page.unroute("**/api/commands")
        phone.page.reload()
        expect(phone.box).to_have_value("Half af")
        phone.received(text)
    assert len(cafe.texts()) == 3
