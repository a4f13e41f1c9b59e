"""A real engine with a live meeting, and a real browser."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.e2e.cafe import ARGUMENTS, Cafe, OwnPhone, Phone

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
SIZE = {"width": 390, "height": 780}

MakePhone = Callable[..., Phone]


@pytest.fixture(scope="session")
def chromium() -> str:
    """The program of the browser."""
    named = os.environ.get("CHROMIUM")
    found = named or next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip("no Chromium here; dev.py test installs it, or name it in CHROMIUM")
    return found


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """One browser for all phones of a module but those that are killed.

    While it runs, this thread counts as having an event loop: not longer than the module.
    """
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def prepared_cafe(tmp_path: Path) -> Iterator[Cafe]:
    """An engine with a meeting whose doors are still closed."""
    cafe = Cafe(tmp_path / "engine")
    yield cafe
    cafe.close()


@pytest.fixture
def cafe(prepared_cafe: Cafe) -> Cafe:
    """A live meeting, in its first round."""
    prepared_cafe.send("open_doors")
    prepared_cafe.go_to("round")
    return prepared_cafe


@pytest.fixture
def a_phone(prepared_cafe: Cafe, browser: Browser) -> Iterator[MakePhone]:
    """Makes phones, each with a memory of its own."""
    phones: list[Phone] = []

    def make(**options: object) -> Phone:
        context = browser.new_context(**{"locale": "nl-NL", "viewport": SIZE, **options})  # type: ignore[arg-type]
        phones.append(Phone(prepared_cafe, context))
        return phones[-1]

    yield make
    for phone in phones:
        phone.context.close()
    assert [error for phone in phones for error in phone.errors] == []


@pytest.fixture
def phone(a_phone: MakePhone) -> Phone:
    """One phone."""
    return a_phone()


@pytest.fixture
def an_own_phone(
    prepared_cafe: Cafe, browser: Browser, chromium: str, tmp_path: Path
) -> Iterator[Callable[[], OwnPhone]]:
    """Starts a browser that can be killed, again and again with the same memory."""
    phones: list[OwnPhone] = []

    def start() -> OwnPhone:
        phones.append(OwnPhone.start(prepared_cafe, browser, chromium, tmp_path / "profile"))
        return phones[-1]

    yield start
    for phone in phones:
        phone.close()
