"""From the code on the table to the note that is received, and what a participant sees there."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.e2e.cafe import AGAIN, OPEN_THEME, QUESTION, THEMES, Cafe, Phone

pytestmark = pytest.mark.e2e

MakePhone = Callable[..., Phone]


def test_from_the_code_to_received(cafe: Cafe, phone: Phone) -> None:
    phone.scan()
    card = phone.page.locator(".join")
    expect(card).to_contain_text("Samen in de wijk")
    expect(card).to_contain_text("Tafel 1")
    expect(card).to_contain_text("Anoniem")
    expect(card).to_contain_text("Schrijf geen namen van anderen")
    phone.press("Ja, dit klopt")
    expect(phone.page.get_by_role("heading", name=QUESTION)).to_be_visible()
    phone.write("Meer bankjes bij de speeltuin").received("Meer bankjes bij de speeltuin")
    expect(phone.said).to_contain_text("Ontvangen")
    note = cafe.note("Meer bankjes bij de speeltuin")
    step = cafe.step
    assert step is not None
    assert (note["table"], note["round"]) == (cafe.table()["id"], step["id"])
    assert (note["author"], note["late"]) == (None, False)


def test_the_code_may_be_typed(cafe: Cafe, phone: Phone) -> None:
    phone.page.goto(cafe.url)
    code = phone.page.get_by_label("Code van de tafel")
    code.fill("zzzzz")
    phone.press("Verder")
    expect(phone.page.get_by_role("alert")).to_contain_text("Deze code kennen we hier niet")
    code.fill(f" {cafe.table(2)['code'].lower()} ")
    phone.press("Verder")
    expect(phone.page.locator(".join")).to_contain_text("Tafel 2")


def test_before_the_beginning_it_waits_and_then_comes_by_itself(
    prepared_cafe: Cafe, phone: Phone
) -> None:
    phone.scan()
    expect(phone.page.get_by_role("heading")).to_have_text("We zijn nog niet begonnen")
    prepared_cafe.send("open_doors")
    expect(phone.page.get_by_role("heading")).to_have_text("Klopt dit?", timeout=AGAIN)


def test_in_a_named_meeting_the_name_is_asked_and_kept(prepared_cafe: Cafe, phone: Phone) -> None:
    prepared_cafe.send("edit_meeting", named=True)
    prepared_cafe.send("open_doors")
    phone.scan()
    expect(phone.page.locator(".join")).to_contain_text("Op naam")
    phone.press("Ja, dit klopt")
    expect(phone.page.get_by_role("alert")).to_contain_text("Vul je naam in")
    phone.page.get_by_label("Je naam").fill("Kim")
    phone.press("Ja, dit klopt")
    phone.write("Met naam").received("Met naam")
    (participant,) = prepared_cafe.all("participant")
    assert participant["name"] == "Kim"
    assert prepared_cafe.note("Met naam")["author"] == participant["id"]


def test_two_taps_are_one_note(cafe: Cafe, phone: Phone) -> None:
    phone.join()
    phone.box.fill("Maar één keer")
    phone.page.locator(".composer .primary").evaluate(
        "button => { button.click(); button.click(); button.click(); }"
    )
    phone.received("Maar één keer")
    assert cafe.texts() == ["Maar één keer"]


def test_what_looks_like_html_is_text(cafe: Cafe, a_phone: MakePhone) -> None:
    nasty = "<img src=x onerror=alert(1)><script>alert(2)</script> & <b>vet</b>"
    one, other = a_phone().join(), a_phone().join()
    one.write(nasty).received(nasty)
    expect(other.card(nasty)).to_be_visible()
    expect(other.page.locator(".notes img, .notes script, .notes b")).to_have_count(0)


def test_others_at_the_table_see_it_and_those_elsewhere_do_not(
    cafe: Cafe, a_phone: MakePhone
) -> None:
    one, near, far = a_phone().join(1), a_phone().join(1), a_phone().join(2)
    one.write("Voor tafel 1").received("Voor tafel 1")
    expect(near.card("Voor tafel 1")).to_be_visible()
    expect(near.card("Voor tafel 1").get_by_role("button")).to_have_count(0)
    far.write("Voor tafel 2").received("Voor tafel 2")
    expect(far.card("Voor tafel 1")).to_have_count(0)


def test_a_note_for_the_open_theme(cafe: Cafe, phone: Phone) -> None:
    phone.join()
    asked = phone.page.get_by_role("group", name="Waar hoort je notitie bij?")
    expect(asked.get_by_role("radio")).to_have_count(2)
    expect(asked.get_by_label(THEMES[0])).to_be_checked()
    phone.page.get_by_label(OPEN_THEME).check()
    phone.write("Iets heel anders").received("Iets heel anders")
    theme = next(theme for theme in cafe.all("theme") if theme["open"])
    assert cafe.note("Iets heel anders")["theme"] == theme["id"]


def test_an_own_note_can_be_changed_until_the_end(cafe: Cafe, phone: Phone) -> None:
    phone.join().write("Eerst zo").received("Eerst zo")
    phone.card("Eerst zo").get_by_role("button", name="Wijzig").click()
    phone.page.get_by_label("Je notitie").fill("Nu zo")
    phone.press("Bewaar")
    phone.received("Nu zo")
    assert cafe.texts() == ["Nu zo"]
    cafe.send("close_meeting")
    expect(phone.page.get_by_role("heading", name="Dank je wel")).to_be_visible()
    expect(phone.card("Nu zo").get_by_role("button")).to_have_count(0)


def test_too_long_stays_in_the_box_and_says_why(cafe: Cafe, phone: Phone) -> None:
    phone.join()
    phone.box.fill("x" * 312)
    expect(phone.page.locator("#count")).to_have_text("Tekens te veel: 12")
    phone.press("Versturen")
    expect(phone.said).to_contain_text("te lang")
    expect(phone.box).to_have_value("x" * 312)
    assert cafe.texts() == []


def test_a_refused_note_shows_the_reason_and_keeps_its_text(cafe: Cafe, phone: Phone) -> None:
    phone.join()
    phone.context.set_offline(offline=True)
    text = "Een lange gedachte. " * 6
    phone.write(text.strip()).waiting("Een lange gedachte.")
    cafe.send("edit_meeting", note_length=50)
    phone.context.set_offline(offline=False)
    card = phone.card("Een lange gedachte.")
    expect(card).to_contain_text("niet geplaatst", timeout=AGAIN)
    expect(card).to_contain_text("50 tekens")
    card.get_by_role("button", name="Pas aan").click()
    phone.page.get_by_label("Je notitie").fill("Een korte gedachte")
    phone.press("Bewaar")
    phone.received("Een korte gedachte")
    assert cafe.texts() == ["Een korte gedachte"]


def test_the_end_does_not_say_that_a_refused_note_arrived(cafe: Cafe, phone: Phone) -> None:
    phone.join()
    stage = phone.page.locator(".stage")
    phone.context.set_offline(offline=True)
    phone.write("Veel te lang. " * 9).waiting("Veel te lang.")
    cafe.send("edit_meeting", note_length=50)
    phone.context.set_offline(offline=False)
    card = phone.card("Veel te lang.")
    expect(card).to_contain_text("niet geplaatst", timeout=AGAIN)
    cafe.send("close_meeting")
    expect(stage).to_contain_text("Niet alles kon worden geplaatst")
    expect(stage).not_to_contain_text("ontvangen")
    card.get_by_role("button", name="Pas aan").click()
    phone.page.get_by_label("Je notitie").fill("Kort genoeg")
    phone.press("Bewaar")
    phone.received("Kort genoeg")
    expect(stage).to_contain_text("Alles is ontvangen en komt in het verslag.")


def test_half_a_character_does_not_hold_up_a_note(cafe: Cafe, phone: Phone) -> None:
    phone.join()
    phone.box.evaluate(
        """(box) => {
            box.value = "Half \\ud83d en heel \\u{1f33b}";
            box.dispatchEvent(new Event("input", { bubbles: true }));
        }"""
    )
    phone.press("Versturen")
    phone.received("Half \ufffd en heel \U0001f33b")
    assert cafe.texts() == ["Half \ufffd en heel \U0001f33b"]


def test_check_in(prepared_cafe: Cafe, phone: Phone) -> None:
    prepared_cafe.send("open_doors")
    phone.join()
    prepared_cafe.go_to("check_in")
    phone.page.get_by_label("In één woord").fill("Nieuwsgierig")
    phone.page.get_by_label("8", exact=True).check()
    phone.press("Versturen")
    expect(phone.page.locator(".check-in")).to_contain_text("ontvangen")
    phone.press("Wijzig")
    phone.page.get_by_label("9", exact=True).check()
    phone.press("Versturen")
    expect(phone.page.locator(".check-in")).to_contain_text("ontvangen")
    (check_in,) = prepared_cafe.all("check_in")
    assert (check_in["word"], check_in["grade"]) == ("Nieuwsgierig", 9)


def test_the_clock_goes_in_step_with_the_hall(cafe: Cafe, phone: Phone) -> None:
    phone.join()
    clock = phone.page.locator(".clock")
    expect(clock).to_contain_text("Ronde 1 van 3")
    cafe.send("pause_clock")
    expect(clock).to_contain_text("De klok staat stil")
    (stands,) = cafe.all("clock")
    left = -int(-stands["left"] // 1)
    expect(clock.get_by_role("timer")).to_have_text(f"{left // 60}:{left % 60:02d}")
    cafe.send("start_clock")
    cafe.send("add_time", seconds=-1150)
    expect(clock).to_contain_text("Rond af")
    cafe.send("add_time", seconds=-60)
    expect(clock).to_contain_text("De tijd is om")
    expect(clock.get_by_role("timer")).to_have_text(re.compile(r"^\+0:0[1-9]$"))


def test_at_another_table_one_sits_there_from_then_on(cafe: Cafe, phone: Phone) -> None:
    phone.join(1).write("Aan de eerste tafel").received("Aan de eerste tafel")
    phone.scan(2)
    phone.press("Ja, ik zit nu hier")
    phone.write("Aan de tweede tafel").received("Aan de tweede tafel")
    assert cafe.note("Aan de tweede tafel")["table"] == cafe.table(2)["id"]
    assert len(cafe.all("participant")) == 1
    phone.page.reload()
    expect(phone.page.locator(".seat")).to_contain_text("Tafel 2")


def test_the_end_says_thanks_and_keeps_what_was_not_sent(cafe: Cafe, phone: Phone) -> None:
    phone.join()
    phone.box.fill("Nog niet verstuurd")
    cafe.send("close_meeting")
    expect(phone.page.get_by_role("heading", name="Dank je wel")).to_be_visible()
    expect(phone.box).to_have_value("Nog niet verstuurd")
    phone.press("Alsnog versturen")
    phone.received("Nog niet verstuurd")
    assert cafe.note("Nog niet verstuurd")["late"]


def test_english(cafe: Cafe, phone: Phone) -> None:
    phone.join()
    phone.box.fill("A draft")
    phone.page.get_by_role("button", name="English").click()
    expect(phone.page.locator("html")).to_have_attribute("lang", "en")
    expect(phone.box).to_have_value("A draft")
    phone.press("Send")
    expect(phone.card("A draft")).to_contain_text("received")
    phone.page.reload()
    expect(phone.page.locator(".clock")).to_contain_text("Round 1 of 3")


def test_hundreds_of_notes_stay_quick_to_look_at(cafe: Cafe, phone: Phone) -> None:
    phone.join()
    table, step = cafe.table(), cafe.step
    assert step is not None
    for start in range(0, 300, 50):
        commands = [
            {
                "command": "write_note",
                "id": f"00000000-0000-4000-8000-{number:012d}",
                "note": f"00000000-0000-4000-9000-{number:012d}",
                "text": f"Notitie {number:03d}",
                "table": table["id"],
                "step": step["id"],
            }
            for number in range(start, start + 50)
        ]
        cafe.ask("POST", "/api/commands", {"commands": commands})
    notes = phone.page.locator(".notes .note")
    expect(notes).to_have_count(300)
    expect(notes.first).to_contain_text("Notitie 299")
    phone.write("En nog één").received("En nog één")
    expect(notes.first).to_contain_text("En nog één")
