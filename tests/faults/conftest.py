"""A network, an engine on it and phones; see ``net`` for how to use them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from tests.e2e.cafe import Phone
from tests.e2e.conftest import chromium

from .hall import Browsers, Hall
from .net import Net, why_not

__all__ = ["chromium"]

MakePhone = Callable[..., Phone]


@pytest.fixture(scope="module")
def a_net() -> Iterator[Net]:
    """One network for a module."""
    reason = why_not()
    if reason is not None:
        pytest.skip(reason)
    with Net() as net:
        yield net


@pytest.fixture
def net(a_net: Net) -> Iterator[Net]:
    """The network, in which all is well at the beginning of each test."""
    yield a_net
    a_net.heal()


@pytest.fixture(scope="module")
def browsers(
    a_net: Net, chromium: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Browsers]:
    """The phones' browsers. While they run, this thread counts as having an event loop."""
    with sync_playwright() as playwright:
        browsers = Browsers(playwright, chromium, tmp_path_factory.mktemp("browsers"))
        yield browsers
        browsers.close()


@pytest.fixture
def hall(net: Net, tmp_path: Path) -> Iterator[Hall]:
    """An engine on the laptop with a live meeting, in its first round."""
    hall = Hall(net, tmp_path / "engine")
    hall.send("open_doors")
    hall.go_to("round")
    yield hall
    net.heal()
    hall.close()


@pytest.fixture
def a_phone(hall: Hall, browsers: Browsers) -> Iterator[MakePhone]:
    """Makes phones: ``a_phone(2)`` is a page on the second one."""
    phones: list[Phone] = []

    def make(number: int = 1, **options: object) -> Phone:
        phones.append(browsers.phone(hall, number, **options))
        return phones[-1]

    yield make
    for phone in phones:
        phone.context.close()
    assert [error for phone in phones for error in phone.errors] == []
