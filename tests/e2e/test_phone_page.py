"""What holds for the page as a whole: its weight, its colours, and that everybody can use it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

from facilitator.settings import RESOURCES
from tests.e2e.cafe import Cafe, Phone

MakePhone = Callable[..., Phone]

WEB = RESOURCES / "web"
WEIGHT = 60_000  # bytes: what is loaded before the first note, as it lies there
LATER = 20_000  # bytes: the parts that every phone fetches when there is time
PART = 7_000  # bytes: one that only a host needs, or who comes in another way
NARROW = {"width": 320, "height": 640}
TARGET = 44  # pixels

UNNAMED = """() => [...document.querySelectorAll("input, textarea, button, fieldset")]
    .filter((element) => element.checkVisibility())
    .filter((element) => {
        const label = element.labels?.[0]?.textContent || element.querySelector("legend")?.textContent;
        return !(element.getAttribute("aria-label") || label || element.textContent).trim();
    }).map((element) => element.outerHTML)"""

SMALL = """() => [...document.querySelectorAll("button, input, textarea")]
    .filter((element) => element.checkVisibility())
    .map((element) => element.closest("label") || element)
    .filter((element) => {
        const { width, height } = element.getBoundingClientRect();
        return width < 44 || height < 44;
    }).map((element) => element.outerHTML)"""

HEADINGS = """() => [...document.querySelectorAll("h1, h2, h3")]
    .filter((element) => element.checkVisibility()).map((element) => Number(element.tagName[1]))"""

REFERENCES = """() => [...document.querySelectorAll("[aria-describedby], label[for]")]
    .flatMap((element) => (element.getAttribute("aria-describedby") || element.htmlFor).split(" "))
    .filter((id) => !document.getElementById(id))"""


def first_loaded() -> set[str]:
    """The files without which the page can do nothing: it, its style, and what these import."""
    found = {"index.html"}
    while more := {name for file in found for name in named_in(WEB / file)} - found:
        found |= more
    return found


def named_in(path: Path) -> list[str]:
    """The files that a file can't do without; not those of an ``import()``."""
    text = path.read_text("utf-8")
    return re.findall(r'(?: from "\./|"/web/)([\w.]+)"', text)


def test_the_page_weighs_less_than_sixty_kilobytes() -> None:
    first = first_loaded()
    assert {"phone.js", "outbox.js", "phone.css", "composer.js"} <= first
    assert sum((WEB / name).stat().st_size for name in first) < WEIGHT
    (named,) = re.findall(
        r"^const LATER = (\[.+\]);", (WEB / "phone.js").read_text("utf-8"), re.MULTILINE
    )
    later = {f"{name}.js" for name in json.loads(named)}
    assert sum((WEB / name).stat().st_size for name in later) < LATER
    others = {path.name for path in WEB.iterdir()} - first - later
    assert {name: size for name in others if (size := (WEB / name).stat().st_size) > PART} == {}


@pytest.mark.e2e
def test_the_page_asks_for_nothing_that_is_not_its_own(cafe: Cafe, phone: Phone) -> None:
    asked: list[str] = []
    phone.page.on("request", lambda request: asked.append(request.url))
    phone.join().write("Een notitie").received("Een notitie")
    assert all(address.startswith(cafe.url) for address in asked)
    files = {Path(address).name for address in asked if "/web/" in address}
    assert first_loaded() - {"index.html"} <= files
    assert files <= {path.name for path in WEB.iterdir()}


@pytest.mark.e2e
def test_all_that_is_needed_first_is_asked_for_at_once(cafe: Cafe) -> None:
    """Not part by part, each after the one that needs it: on a slow network that takes seconds."""
    named = re.findall(r'rel="modulepreload" href="/web/([\w.]+)"', httpx.get(cafe.url).text)
    assert {*named} == first_loaded() - {"index.html", "phone.css"}
    assert len(named) == len({*named})


@pytest.mark.e2e
def test_no_script_or_style_stands_in_the_page(cafe: Cafe) -> None:
    page = httpx.get(cafe.url)
    policy = page.headers["content-security-policy"]
    assert "require-trusted-types-for 'script'" in policy
    assert "unsafe" not in policy
    assert not re.search(r"<style|style=|\son\w+=|<script(?![^>]*src=)", page.text)
    for path in WEB.glob("*.js"):
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write", path.read_text()
        )


def variables(css: str) -> dict[str, str]:
    """The custom properties of a block."""
    return {name: value.strip() for name, value in re.findall(r"--([\w-]+):([^;]+);", css)}


def test_the_colours_and_sizes_are_the_tokens() -> None:
    tokens: dict[str, Any] = json.loads((RESOURCES / "tokens.json").read_text("utf-8"))
    css = (WEB / "phone.css").read_text("utf-8")
    light, rest = css.split("prefers-color-scheme: dark", 1)
    first, dark = variables(light), variables(rest.split("\n}\n")[0])
    for found, named in ((first, tokens["light"]), (dark, tokens["dark"])):
        for name, value in found.items():
            if name.replace("-", "_") in named:
                assert value == named[name.replace("-", "_")], name
    same = set(tokens["light"]) & {name.replace("-", "_") for name in first}
    assert {name.replace("_", "-") for name in same} <= set(dark)
    for name, value in tokens["notes"].items():
        assert first["note-ink" if name == "ink" else name] == value
    assert first["line-height"] == str(tokens["type"]["line_height"])
    assert f"font: {tokens['type']['phone_body'] / 16}rem/" in css
    assert first["target"] == f"{tokens['size']['target']}px"
    for name in ("xs", "s", "m", "l"):
        assert first[name] == f"{tokens['space'][name]}px"


def check(page: Page, language: str = "nl") -> None:
    """What may be said of every screen of the page."""
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.get_by_role("heading").first).to_be_visible()  # until then nothing is drawn
    assert page.evaluate(UNNAMED) == []
    assert page.evaluate(REFERENCES) == []
    levels = page.evaluate(HEADINGS)
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= NARROW["width"], f"{wide} pixels wide"


@pytest.mark.e2e
@pytest.mark.parametrize("text", [16, 32], ids=["100 %", "200 %"])
def test_every_screen_fits_a_narrow_phone_and_has_its_labels(
    prepared_cafe: Cafe, a_phone: MakePhone, text: int
) -> None:
    cafe = prepared_cafe
    phone = a_phone(viewport=NARROW)
    page = phone.page
    page.goto(cafe.url)
    enlarge = f"document.documentElement.style.fontSize = '{text}px'"
    page.evaluate(enlarge)
    expect(page.get_by_role("heading")).to_be_visible()
    check(page)
    cafe.send("edit_meeting", named=True)
    cafe.send("open_doors")
    phone.scan()
    page.evaluate(enlarge)
    check(page)
    page.get_by_label("Je naam").fill("Kim")
    phone.press("Ja, dit klopt")
    expect(phone.box).to_be_visible()
    check(page)
    cafe.go_to("check_in")
    expect(page.get_by_label("In één woord")).to_be_visible()
    check(page)
    cafe.go_to("round")
    phone.write("Hottentottententententoonstellingsterrein" * 3)
    phone.received("Hottentottententententoonstellingsterrein")
    page.get_by_role("button", name="Wijzig").click()
    check(page)
    cafe.send("close_meeting")
    expect(page.get_by_role("heading", name="Dank je wel")).to_be_visible()
    check(page)


@pytest.mark.e2e
def test_what_one_presses_is_large_enough(cafe: Cafe, phone: Phone) -> None:
    phone.page.goto(cafe.url)
    expect(phone.page.get_by_role("heading")).to_be_visible()
    assert phone.page.evaluate(SMALL) == []
    phone.join().write("Een notitie").received("Een notitie")
    assert phone.page.evaluate(SMALL) == []
    cafe.send("previous_step", leaving=(cafe.step or {})["id"])
    expect(phone.page.get_by_label("In één woord")).to_be_visible()
    assert phone.page.evaluate(SMALL) == []


@pytest.mark.e2e
def test_what_happens_is_announced(cafe: Cafe, phone: Phone) -> None:
    phone.join()
    said = phone.page.get_by_role("status")
    phone.write("Een notitie")
    expect(said.filter(has_text="Ontvangen")).to_have_count(1)
    cafe.next_step()
    expect(said.filter(has_text="Wisselen")).to_have_count(1)


@pytest.mark.e2e
def test_it_can_be_done_with_a_keyboard(cafe: Cafe, phone: Phone) -> None:
    phone.scan()
    expect(phone.page.get_by_role("heading", name="Klopt dit?")).to_be_focused()
    phone.page.keyboard.press("Tab")
    phone.page.keyboard.press("Enter")
    expect(phone.box).to_be_visible()
    phone.box.focus()
    phone.page.keyboard.type("Zonder muis")
    phone.page.keyboard.press("Tab")
    phone.page.keyboard.press("Enter")
    phone.received("Zonder muis")
