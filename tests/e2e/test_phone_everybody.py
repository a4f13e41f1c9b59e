"""WCAG 2.2 AA on every state of the page, in every language, by two programs that check it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from facilitator.i18n import tongues
from tests.e2e.cafe import AGAIN, Cafe, Phone
from tests.e2e.states import Walk

pytestmark = pytest.mark.e2e

MakePhone = Callable[..., Phone]

SNIFFER = (Path(__file__).parent / "vendor" / "HTMLCS.js").read_text("utf-8")
LANGUAGES = [tongue.code for tongue in tongues()]
RULES = {"runOnly": [*("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")]}
SNIFF = """() => new Promise((done) => {
    HTMLCS.process("WCAG2AA", document, () => done(HTMLCS.getMessages()
        .filter(({ type }) => type === HTMLCS.ERROR)
        .map(({ code, msg, element }) => `${code}: ${msg} ${(element.outerHTML || "").slice(0, 300)}`)));
})"""


def axe(page: Page) -> list[str]:
    """What axe has against the page."""
    found: list[dict[str, Any]] = Axe().run(page, options=RULES).response["violations"]
    return [
        f"{rule['id']}: {rule['help']} {node['html'][:300]} {node.get('failureSummary')}"
        for rule in found
        for node in rule["nodes"]
    ]


def sniff(page: Page) -> list[str]:
    """What HTML_CodeSniffer has against it."""
    page.evaluate(SNIFFER + ";window.HTMLCS = HTMLCS")
    found: list[str] = page.evaluate(SNIFF)
    return found


@pytest.mark.parametrize(
    ("language", "scheme"), [*((code, "light") for code in LANGUAGES), ("nl", "dark")]
)
def test_nothing_is_reported_on_any_state(
    prepared_cafe: Cafe, a_phone: MakePhone, language: str, scheme: str
) -> None:
    faults: list[str] = []
    seen: list[str] = []

    def look(phone: Phone, state: str) -> None:
        seen.append(state)
        faults.extend(f"{state}: {fault}" for fault in (*axe(phone.page), *sniff(phone.page)))

    # the programs that check bring script with them, which the page's policy would not let in
    def make() -> Phone:
        return a_phone(bypass_csp=True, color_scheme=scheme)

    Walk(prepared_cafe, make, language, look).all()
    assert faults == []
    assert len(seen) > 20


WIDE = """() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth > clientWidth ? `${scrollWidth} pixels wide` : "";
}"""
CLIPPED = """() => [...document.querySelectorAll("main *, header *, aside *, .away")]
    .filter((element) => element.checkVisibility() && !element.closest(".unseen, .track"))
    .filter((element) => {
        const { left, right } = element.getBoundingClientRect();
        const { overflow } = getComputedStyle(element);
        const cut = overflow === "hidden" && element.scrollHeight > element.clientHeight + 1;
        return left < -1 || right > innerWidth + 1 || cut;
    }).map((element) => element.outerHTML.slice(0, 200))"""
MOVING = """() => document.getAnimations().filter(({ effect }) => effect.getTiming().duration > 10)
    .map(({ effect }) => effect.target.outerHTML.slice(0, 200))"""
PLAIN = """() => [...document.querySelectorAll("button, input, textarea, .note, .card")]
    .filter((element) => element.checkVisibility() && !element.closest(".grade"))
    .filter((element) => !element.matches(".link, .quiet, .languages button, .unseen, [type=radio]"))
    .filter((element) => {
        const { borderTopWidth: top, borderLeftWidth: left } = getComputedStyle(element);
        return !parseFloat(top) && !parseFloat(left);
    }).map((element) => element.outerHTML.slice(0, 200))"""


@pytest.mark.parametrize(
    ("language", "options", "text"),
    [
        pytest.param("nl", {}, 200, id="nl 200 %"),
        pytest.param("ar", {}, 200, id="ar 200 %"),
        pytest.param("en", {"contrast": "more"}, 100, id="more contrast"),
        pytest.param("nl", {"forced_colors": "active"}, 100, id="forced colours"),
        pytest.param("ar", {"reduced_motion": "reduce"}, 100, id="reduced motion"),
    ],
)
def test_nothing_is_cut_off_and_nothing_scrolls_sideways(
    prepared_cafe: Cafe, a_phone: MakePhone, language: str, options: dict[str, str], text: int
) -> None:
    faults: list[str] = []

    def look(phone: Phone, state: str) -> None:
        phone.page.evaluate(f"document.documentElement.style.fontSize = '{text}%'")
        looks = [WIDE, CLIPPED]
        looks += [MOVING] if "reduced_motion" in options else []
        looks += [PLAIN] if "forced_colors" in options else []
        found = [phone.page.evaluate(asked) for asked in looks]
        faults.extend(f"{state}: {fault}" for fault in found if fault)

    def make() -> Phone:
        return a_phone(viewport={"width": 320, "height": 640}, **options)

    Walk(prepared_cafe, make, language, look).all()
    assert faults == []


def tab_to(page: Page, holds: str, most: int = 40) -> None:
    """Press Tab until the focus is where this holds of it; it is always to be seen."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate(f"document.activeElement.matches({holds!r})"):
            shown = page.evaluate(
                "getComputedStyle(document.activeElement.closest('.grade') ||"
                " document.activeElement).outlineStyle"
            )
            assert shown != "none"
            return
    raise AssertionError(holds)


def test_coming_in_and_check_in_go_by_keyboard_alone(prepared_cafe: Cafe, phone: Phone) -> None:
    cafe, page = prepared_cafe, phone.page
    keys = page.keyboard
    cafe.send("edit_meeting", named=True)
    cafe.send("open_doors")
    page.goto(cafe.url)
    expect(page.get_by_role("heading", name="Welke tafel?")).to_be_focused()
    tab_to(page, "#code")
    keys.type(cafe.table()["code"])
    keys.press("Enter")
    expect(page.get_by_role("heading", name="Klopt dit?")).to_be_focused()
    tab_to(page, "#name")
    keys.press("Enter")
    expect(page.locator("#name")).to_be_focused()
    keys.type("Kim")
    keys.press("Enter")
    expect(phone.box).to_be_visible()
    cafe.go_to("check_in")
    expect(page.locator("#word")).to_be_visible()
    tab_to(page, "#word")
    keys.type("Benieuwd")
    tab_to(page, ".grade input")
    keys.press("ArrowRight")
    tab_to(page, ".check-in button")
    keys.press("Enter")
    expect(page.locator(".check-in [data-mark=received]")).to_be_visible()


def test_writing_and_another_table_go_by_keyboard_alone(cafe: Cafe, phone: Phone) -> None:
    page = phone.join().page
    keys = page.keyboard
    tab_to(page, "[name=theme]")
    keys.press("ArrowDown")
    tab_to(page, "#note")
    keys.type("Zonder muis")
    tab_to(page, ".composer .primary")
    keys.press("Enter")
    phone.received("Zonder muis")
    tab_to(page, ".notes .link")
    keys.press("Enter")
    expect(page.get_by_label("Je notitie")).to_be_focused()
    keys.press("End")
    keys.type(", met toetsen")
    keys.press("Tab")
    keys.press("Enter")
    phone.received("Zonder muis, met toetsen")
    tab_to(page, ".seat .link")
    keys.press("Enter")
    tab_to(page, "#code")
    keys.type(cafe.table(2)["code"])
    keys.press("Enter")
    expect(page.get_by_role("heading", name="Klopt dit?")).to_be_focused()
    tab_to(page, ".primary")
    keys.press("Enter")
    expect(page.locator(".seat")).to_contain_text("Tafel 2")
    tab_to(page, "[lang=en]")
    keys.press("Enter")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator(".languages [lang=en]")).to_be_focused()


def test_status_messages_are_announced(cafe: Cafe, phone: Phone) -> None:
    phone.join()
    said = phone.page.get_by_role("status")
    phone.box.fill("Een notitie")
    phone.press("Versturen")
    expect(said.filter(has_text="Ontvangen")).to_have_count(1)
    phone.context.set_offline(offline=True)
    phone.write("Onderweg")
    expect(said.filter(has_text="Op dit toestel")).to_have_count(1)
    expect(said.filter(has_text="Even geen verbinding")).to_have_count(1, timeout=AGAIN)
    phone.context.set_offline(offline=False)
    expect(said.filter(has_text="Er is weer verbinding")).to_have_count(1, timeout=AGAIN)
    cafe.send("freeze_phones", frozen=True)
    expect(said.filter(has_text="vraagt even je aandacht")).to_have_count(1)
    cafe.send("freeze_phones", frozen=False)
    expect(said.filter(has_text="Je kunt weer schrijven")).to_have_count(1)
    cafe.next_step()
    expect(said.filter(has_text="Wisselen")).to_have_count(1)


def test_an_unreviewed_language_says_so_and_is_laid_out_from_right_to_left(
    cafe: Cafe, phone: Phone
) -> None:
    phone.join()
    phone.page.get_by_role("button", name="العربية").click()
    page = phone.page
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.get_by_text("لم تُراجَع هذه الترجمة بعد.")).to_be_visible()
    phone.box.fill("x")
    page.locator(".composer .primary").click()
    expect(phone.card("x")).to_contain_text("وصلت")
    page.reload()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    page.get_by_role("button", name="Nederlands").click()
    expect(page.locator("html")).to_have_attribute("dir", "ltr")
    expect(page.locator(".unreviewed")).to_have_count(0)
