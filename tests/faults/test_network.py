"""What a hall's network does to phones: each fault by its name, and that no note is lost by it.

How soon all is well again after each is measured in ``test_recovery.py``; addresses, adapters, VPN
and IPv6 are in ``test_addresses.py``.
"""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import expect

from tests.e2e.cafe import AGAIN, Phone

from .conftest import MakePhone
from .hall import Hall
from .net import Net
from .recovery import FAULTS

AWAY = "Even geen verbinding met de laptop"
SKEW = """
const Right = Date;
const now = () => Right.now() + DAYS * 86400000;
globalThis.Date = class extends Right {
    constructor(...words) { super(...(words.length ? words : [now()])); }
    static now() { return now(); }
};
"""

pytestmark = [pytest.mark.e2e, pytest.mark.faults]


def waits_and_arrives(hall: Hall, phone: Phone, fault: str, *, before: list[str]) -> None:
    """A note written during a fault: kept and said to be, then sent, once."""
    with FAULTS[fault](hall):
        phone.write("Tijdens").waiting("Tijdens")
        expect(phone.page.get_by_text(AWAY)).to_be_visible(timeout=AGAIN)
        phone.waiting("Tijdens")
        assert hall.stored() == before
    phone.received("Voor", "Tijdens")
    expect(phone.page.get_by_text(AWAY)).to_be_hidden()
    assert hall.stored() == ["Tijdens", "Voor"]


@pytest.mark.parametrize(
    "fault", ["client isolation", "firewall drop", "firewall reset", "phone without Wi-Fi"]
)
def test_nothing_comes_through(hall: Hall, a_phone: MakePhone, fault: str) -> None:
    phone = a_phone().join().write("Voor").received("Voor")
    waits_and_arrives(hall, phone, fault, before=["Voor"])


def test_lost_answers(hall: Hall, a_phone: MakePhone) -> None:
    """The engine has the note, and the phone never hears so: it is sent again, and is there once."""
    phone = a_phone().join().write("Voor").received("Voor")
    waits_and_arrives(hall, phone, "lost answers", before=["Tijdens", "Voor"])


def test_a_draft_and_a_reload_where_nothing_comes_through(
    net: Net, hall: Hall, a_phone: MakePhone
) -> None:
    phone = a_phone().join()
    net.isolate(on=True)
    phone.write("Verstuurd").waiting("Verstuurd")
    phone.box.fill("Nog niet af")
    net.isolate(on=False)
    phone.page.reload()
    phone.received("Verstuurd")
    expect(phone.box).to_have_value("Nog niet af")


def test_double_tap(net: Net, hall: Hall, a_phone: MakePhone) -> None:
    """Two taps, on a network that is slow to answer."""
    phone = a_phone().join()
    net.wire(delay=100, jitter=40)
    phone.box.fill("Eén keer")
    phone.page.get_by_role("button", name="Versturen", exact=True).dblclick()
    phone.received("Eén keer")
    assert hall.stored() == ["Eén keer"]


def test_frozen_tab(net: Net, hall: Hall, a_phone: MakePhone) -> None:
    """The system puts the page to sleep; what happened meanwhile is there when it wakes."""
    phone, other = a_phone(1).join(), a_phone(2).join()
    system = phone.context.new_cdp_session(phone.page)
    system.send("Page.setWebLifecycleState", {"state": "frozen"})
    other.write("Van een ander").received("Van een ander")
    net.drop(on=True)  # meanwhile the connection of the frozen page dies
    time.sleep(2.0)  # the fault lasts
    net.drop(on=False)
    system.send("Page.setWebLifecycleState", {"state": "active"})
    expect(phone.card("Van een ander")).to_be_visible(timeout=AGAIN)
    phone.write("Weer wakker").received("Weer wakker")


def test_clock_skew_of_three_days(hall: Hall, a_phone: MakePhone) -> None:
    """A phone three days ahead and one three days behind: order and clock are the engine's."""
    phones = [a_phone(1), a_phone(2)]
    for phone, days in zip(phones, (3, -3), strict=True):
        phone.context.add_init_script(SKEW.replace("DAYS", str(days)))
        phone.join()
    phones[0].write("Eerst").received("Eerst")
    phones[1].write("Daarna").received("Daarna")
    first, second = hall.note("Eerst"), hall.note("Daarna")
    assert (first["round"], first["late"]) == (second["round"], second["late"])
    assert not first["late"]
    hall.send("pause_clock")
    (stands,) = hall.all("clock")
    left = -int(-stands["left"] // 1)
    for phone in phones:
        timer = phone.page.locator(".clock").get_by_role("timer")
        expect(timer).to_have_text(f"{left // 60}:{left % 60:02d}")
        cards = phone.page.locator(".notes .note .text")
        expect(cards).to_have_text(["Daarna", "Eerst"])
