"""The laptop gets another address over a real network: phones go along with all they wrote."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e.cafe import AGAIN
from tests.e2e.test_phone_moving import ASKED, MOVED, PREPARED, until

from .conftest import MakePhone
from .hall import Hall
from .net import Net

pytestmark = [pytest.mark.e2e, pytest.mark.faults]

NEW = "10.77.0.50"


def test_phones_follow_to_an_address_that_they_heard_of(
    net: Net, hall: Hall, a_phone: MakePhone
) -> None:
    phone = a_phone().join().write("Voor").received("Voor")
    until(phone.page, PREPARED)
    old = net.laptop.address
    net.laptop.settle(old, NEW)  # the old one goes a little later, as it does at a renewal
    until(phone.page, f"(localStorage['facilitator:engine'] || '').includes('{NEW}')")
    net.laptop.settle(NEW)
    phone.write("Tijdens")
    phone.box.fill("Half af")
    expect(phone.page.get_by_text(MOVED)).to_be_visible(timeout=3 * AGAIN)
    assert phone.page.url.startswith(f"http://{NEW}:{hall.port}/")
    phone.press("Ja, dit ben ik")
    phone.received("Voor", "Tijdens")
    expect(phone.box).to_have_value("Half af")
    assert hall.stored() == ["Tijdens", "Voor"]


def test_phones_that_heard_of_nothing_are_told_where_by_hand(
    net: Net, hall: Hall, a_phone: MakePhone
) -> None:
    phone = a_phone().join().write("Voor").received("Voor")
    until(phone.page, PREPARED)
    net.laptop.settle(NEW)
    phone.write("Tijdens")
    expect(phone.page.locator(".elsewhere", has_text=ASKED)).to_be_visible(timeout=3 * AGAIN)
    phone.page.get_by_label("Adres op het scherm").fill(NEW)
    phone.press("Ga daarheen")
    expect(phone.page.get_by_text(MOVED)).to_be_visible(timeout=AGAIN)
    phone.press("Ja, dit ben ik")
    phone.received("Voor", "Tijdens")
    assert hall.stored() == ["Tijdens", "Voor"]
