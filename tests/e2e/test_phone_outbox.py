"""No note is lost and none is doubled: reloads, lost connections, kills, a change of round."""

from __future__ import annotations

from collections.abc import Callable

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
