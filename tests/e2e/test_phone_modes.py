"""What the facilitator decides about the phones: frozen, a closed table, one device for a table."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.e2e.cafe import AGAIN, Cafe, Phone

pytestmark = pytest.mark.e2e

MakePhone = Callable[..., Phone]

FROZEN = "De begeleider vraagt even je aandacht"
CLOSED = "Deze tafel is gesloten"
GONE = "Deze tafel is er niet meer. Kies een andere."


def held(phone: Phone, words: str) -> None:
    """The page says so, aloud too, and its button waits."""
    expect(phone.page.locator(".held")).to_contain_text(words)
    expect(phone.page.locator("#live")).to_contain_text(words)
    expect(phone.page.locator(".composer .primary")).to_have_attribute("aria-disabled", "true")


def press_all_the_same(phone: Phone) -> None:
    """Press the button that waits."""
    phone.page.get_by_role("button", name="Versturen", exact=True).click(force=True)


def free(phone: Phone) -> None:
    """One may write again."""
    expect(phone.page.locator(".held")).to_be_hidden()
    expect(phone.page.locator("#live")).to_contain_text("Je kunt weer schrijven")
    expect(phone.box).to_be_editable()


def test_a_frozen_phone_says_so_and_keeps_the_draft(cafe: Cafe, phone: Phone) -> None:
    phone.join().box.fill("Half af")
    cafe.send("freeze_phones", frozen=True)
    held(phone, FROZEN)
    expect(phone.box).not_to_be_editable()
    press_all_the_same(phone)
    expect(phone.said).to_contain_text(FROZEN)
    expect(phone.box).to_have_value("Half af")
    phone.page.reload()
    held(phone, FROZEN)
    expect(phone.box).to_have_value("Half af")
    assert cafe.texts() == []
    cafe.send("freeze_phones", frozen=False)
    free(phone)
    expect(phone.said).to_be_empty()
    expect(phone.box).to_have_value("Half af")
    phone.press("Versturen")
    phone.received("Half af")
    assert not cafe.note("Half af")["late"]


def test_what_was_under_way_when_the_phones_were_frozen_still_arrives(
    cafe: Cafe, phone: Phone
) -> None:
    phone.join()
    phone.context.set_offline(offline=True)
    phone.write("Onderweg").waiting("Onderweg")
    cafe.send("freeze_phones", frozen=True)
    phone.context.set_offline(offline=False)
    phone.received("Onderweg")
    held(phone, FROZEN)
    assert cafe.note("Onderweg")["late"]


def test_a_note_cannot_be_changed_while_frozen_and_its_new_words_are_kept(
    cafe: Cafe, phone: Phone
) -> None:
    phone.join().write("Eerst zo").received("Eerst zo")
    phone.press("Wijzig")
    phone.page.get_by_label("Je notitie").fill("Straks zo")
    cafe.send("freeze_phones", frozen=True)
    expect(phone.page.get_by_role("button", name="Bewaar")).to_be_disabled()
    cafe.send("freeze_phones", frozen=False)
    expect(phone.page.get_by_label("Je notitie")).to_have_value("Straks zo")
    phone.press("Bewaar")
    phone.received("Straks zo")
    assert cafe.texts() == ["Straks zo"]


def test_a_closed_table_says_so_and_another_table_is_open(cafe: Cafe, phone: Phone) -> None:
    phone.join(1).box.fill("Voor tafel 1")
    cafe.send("close_table", table=cafe.table(1)["id"], closed=True)
    held(phone, CLOSED)
    phone.scan(2).press("Ja, ik zit nu hier")
    expect(phone.page.locator(".context")).to_contain_text("Tafel 1")
    phone.press("Versturen")
    phone.received("Voor tafel 1")
    note = cafe.note("Voor tafel 1")
    assert (note["table"], note["late"]) == (cafe.table(1)["id"], True)
    phone.write("Voor tafel 2").received("Voor tafel 2")
    assert not cafe.note("Voor tafel 2")["late"]


def test_a_table_that_was_taken_away_is_told_with_the_way_to_another(
    cafe: Cafe, phone: Phone
) -> None:
    phone.join(1).box.fill("Voor tafel 1")
    cafe.send("remove_table", table=cafe.table(1)["id"])
    held(phone, GONE)
    asked = phone.page.get_by_role("group", name="Waar hoort je notitie bij?")
    expect(asked.get_by_label("Je tafel")).to_be_visible()
    expect(phone.page.locator(".seat p")).to_have_count(0)
    expect(phone.box).to_have_value("Voor tafel 1")
    phone.press("Andere tafel")
    phone.page.get_by_label("Code van de tafel").fill(cafe.table(2)["code"])
    phone.press("Verder")
    phone.press("Ja, ik zit nu hier")
    expect(phone.page.locator(".seat p")).to_contain_text("Tafel 2")
    expect(phone.page.locator(".held")).to_be_hidden()
    expect(phone.box).to_have_value("Voor tafel 1")
    phone.press("Versturen")
    phone.received("Voor tafel 1")
    assert cafe.note("Voor tafel 1")["table"] == cafe.table(2)["id"]


def test_the_check_in_waits_too_while_frozen(prepared_cafe: Cafe, phone: Phone) -> None:
    prepared_cafe.send("open_doors")
    phone.join()
    prepared_cafe.go_to("check_in")
    phone.page.get_by_label("In één woord").fill("Benieuwd")
    prepared_cafe.send("freeze_phones", frozen=True)
    expect(phone.page.locator(".held")).to_contain_text(FROZEN)
    press_all_the_same(phone)
    expect(phone.page.locator(".check-in").get_by_role("alert")).to_contain_text(FROZEN)
    prepared_cafe.send("freeze_phones", frozen=False)
    expect(phone.page.locator(".held")).to_be_hidden()
    expect(phone.page.get_by_label("In één woord")).to_have_value("Benieuwd")
    phone.press("Versturen")
    expect(phone.page.locator(".check-in")).to_contain_text("ontvangen")


def test_notes_of_others_come_and_go_and_the_draft_stays(cafe: Cafe, a_phone: MakePhone) -> None:
    one, other = a_phone().join(), a_phone().join()
    one.write("Van mij").received("Van mij")
    other.write("Van een ander").received("Van een ander")
    expect(one.card("Van een ander")).to_be_visible()
    one.box.fill("Nog niet af")
    cafe.send("edit_meeting", show_earlier=False)
    expect(one.card("Van een ander")).to_have_count(0, timeout=AGAIN)
    one.received("Van mij")
    expect(one.box).to_have_value("Nog niet af")
    cafe.send("edit_meeting", show_earlier=True)
    expect(one.card("Van een ander")).to_be_visible(timeout=AGAIN)
    expect(one.box).to_have_value("Nog niet af")


def test_with_approval_a_phone_hears_that_its_note_arrived(cafe: Cafe, a_phone: MakePhone) -> None:
    cafe.send("edit_meeting", approval=True)
    one, other = a_phone().join(), a_phone().join()
    one.write("Eerst bekeken").received("Eerst bekeken")
    expect(other.card("Eerst bekeken")).to_have_count(0)
    cafe.send("approve_notes", notes=[cafe.note("Eerst bekeken")["id"]])
    expect(other.card("Eerst bekeken")).to_be_visible(timeout=AGAIN)


@pytest.mark.parametrize("chosen", ["6", "12"])
def test_one_device_for_a_table_asks_with_how_many(
    prepared_cafe: Cafe, phone: Phone, chosen: str
) -> None:
    prepared_cafe.send("edit_meeting", devices="table")
    prepared_cafe.send("open_doors")
    prepared_cafe.go_to("round")
    phone.scan()
    page = phone.page
    expect(
        page.get_by_role("group", name="Hoeveel mensen schrijven op dit toestel?")
    ).to_be_visible()
    phone.press("Ja, dit klopt")
    expect(page.get_by_role("alert")).to_contain_text("Kies met hoeveel")
    if chosen == "6":
        page.get_by_label("6", exact=True).check()
    else:
        page.get_by_label("Ander aantal").check()
        number = page.get_by_label("Met hoeveel?")
        expect(number).to_be_focused()
        number.fill("51")
        phone.press("Ja, dit klopt")
        expect(page.get_by_role("alert")).to_contain_text("van 1 tot 50")
        expect(number).to_be_focused()
        number.fill(chosen)
    phone.press("Ja, dit klopt")
    expect(page.get_by_label("Schrijf samen een notitie")).to_be_visible()
    (participant,) = prepared_cafe.all("participant")
    assert participant["people"] == int(chosen)


def test_at_one_device_everybody_checks_in(prepared_cafe: Cafe, phone: Phone) -> None:
    prepared_cafe.send("edit_meeting", devices="table")
    prepared_cafe.send("open_doors")
    phone.scan().page.get_by_label("3", exact=True).check()
    phone.press("Ja, dit klopt")
    prepared_cafe.go_to("check_in")
    for word in ("Benieuwd", "Moe"):
        phone.page.get_by_label("In één woord").fill(word)
        phone.press("Versturen")
        expect(phone.page.locator(".check-in")).to_contain_text("ontvangen")
        phone.press("Nog iemand")
    expect(phone.page.get_by_label("In één woord")).to_be_focused()
    expect(phone.page.get_by_label("In één woord")).to_have_value("")
    assert [one["word"] for one in prepared_cafe.all("check_in")] == ["Benieuwd", "Moe"]


@pytest.mark.parametrize(
    ("named", "words"),
    [(False, "Anoniem: er wordt niet bewaard wie wat schreef"), (True, "Op naam")],
    ids=["anonymous", "named"],
)
def test_the_privacy_line_stands_before_the_first_field(
    prepared_cafe: Cafe,
    phone: Phone,
    named: bool,
    words: str,
) -> None:
    prepared_cafe.send("edit_meeting", named=named, devices="table", keep_until="2031-05-01")
    prepared_cafe.send("open_doors")
    phone.scan()
    card = phone.page.locator(".join")
    for part in (
        "voor het verslag van deze bijeenkomst",
        "Buurtcollectief Merelveen bewaart het",
        "op 1 mei 2031 gewist",
        words,
        "Schrijf geen namen van anderen",
    ):
        expect(card).to_contain_text(part)
    expect(card.locator("input").first).to_be_visible()
    before = "([line, field]) => line.compareDocumentPosition(field) & 4"
    line, field = (card.locator(part).first.element_handle() for part in (".privacy", "input"))
    assert phone.page.evaluate(before, [line, field])
    phone.page.get_by_role("button", name="English").click()
    expect(card).to_contain_text("May 1, 2031")
