"""Voorbereiden, section Netwerk: the Wi-Fi of the place and the way of the phones."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from facilitator import i18n
from facilitator.meeting.meeting import EditMeeting, the_meeting
from tests.ui import pages, tour
from tests.ui.test_words_fit import cut
from tests.ui.trials import TrialEngine
from ui import theme
from ui.console.prepare import PreparePage
from ui.console.prepare_network import NetworkSection, advice
from ui.console.prepare_ready import Part, readiness
from ui.console.trial_panel import TrialPanel
from ui.console.way_in import WayIn
from ui.link.address import Address, Addresses
from ui.link.trial import Trial
from ui.style import stylesheet

LONG = "WiFi-van-het-Buurtcentrum-West-32"
WIFI = Address(url="http://192.168.1.10:8765", kind="wifi", name=f"wifi ‘{LONG}’", score=9)
CABLE = Address(url="http://10.0.0.4:8765", kind="cable", name="kabel", score=8)
PROVEN = Address(url=CABLE.url, kind="cable", name="kabel", score=8, proven=True)


def opened(qtbot: QtBot, *addresses: Address, ask: bool = False) -> PreparePage:
    replica = pages.small_meeting()
    known = Addresses()
    known.fill(addresses, ask=ask)
    trial = Trial(TrialEngine())
    page = PreparePage(replica, WayIn(replica, known, trial=trial))
    trial.setParent(page)
    page.setStyleSheet(stylesheet(theme.palette(light=True)))
    pages.show(qtbot, page)
    page.go_to(Part.NETWORK)
    return page


def section(page: PreparePage) -> NetworkSection:
    found = page.sections[Part.NETWORK]
    assert isinstance(found, NetworkSection)
    return found


def test_the_wifi_is_kept_to_the_letter(qtbot: QtBot) -> None:
    page = opened(qtbot, WIFI)
    shown = section(page)
    pages.type_into(shown.fields["wifi_name"], 'Zaal; "9"')
    pages.type_into(shown.fields["wifi_password"], "a  b:c\\d")
    pages.key(shown.fields["wifi_hidden"].editor, Qt.Key.Key_Space)
    meeting = the_meeting(page.replica.state)
    assert (meeting.wifi_name, meeting.wifi_password) == ('Zaal; "9"', "a  b:c\\d")
    assert meeting.wifi_hidden
    qtbot.waitUntil(lambda: shown.qr.text().endswith("H:true;;"))
    assert shown.qr.text() == 'WIFI:T:WPA;S:Zaal\\; \\"9\\";P:a  b\\:c\\\\d;H:true;;'


def test_without_a_network_there_is_no_code_of_it(qtbot: QtBot) -> None:
    page = opened(qtbot, WIFI)
    assert section(page).qr.isHidden()
    page.replica.send(EditMeeting(id=pages.new_id(), wifi_name="Zaal"))
    qtbot.waitUntil(section(page).qr.isVisible)


@pytest.mark.parametrize(
    ("name", "password", "says"),
    [
        ("Zaal", "geheim12", ""),
        ("Zaal", "", ""),
        ("Zaal ", "geheim12", "spatie"),
        ("Zaal", " geheim12", "spatie"),
        ("", "geheim12", "Vul ook de naam"),
        ("Zaal", "geheim", "minstens 8 tekens"),
    ],
)
def test_what_looks_like_a_slip_is_said(name: str, password: str, says: str) -> None:
    told = advice(name, password)
    assert says in told
    assert bool(told) is bool(says)


def test_the_tick_comes_when_a_phone_was_there() -> None:
    replica, known = pages.small_meeting(), Addresses()

    def todo() -> str:
        return next(
            check.todo for check in readiness(replica.state, known) if check.part is Part.NETWORK
        )

    assert "netwerk van de zaal" in todo()
    known.fill([WIFI, CABLE], ask=True)
    assert "op welk netwerk" in todo()
    known.choose(CABLE.url)
    assert "controleer" in todo()
    known.fill([WIFI, PROVEN], CABLE.url)
    assert not todo()
    known.fill([WIFI, PROVEN], WIFI.url)
    assert "controleer" in todo()


def test_the_page_follows_the_addresses(qtbot: QtBot) -> None:
    page = opened(qtbot, WIFI)
    assert "Nog te doen" in page.tabs[Part.NETWORK].toolTip()
    page.way_in.addresses.fill([PROVEN], CABLE.url)
    qtbot.waitUntil(lambda: page.tabs[Part.NETWORK].toolTip() == "Klaar")
    assert section(page).address.proof.text() == "Hier kwam al een telefoon binnen."


def test_on_which_network_the_phones_are_is_asked_in_plain_sight(qtbot: QtBot) -> None:
    page = opened(qtbot, WIFI, CABLE, ask=True)
    question = section(page).question
    assert question.isVisible()
    assert [answer.text() for answer in question.answers] == [WIFI.name, "kabel"]
    assert question.answers[0].height() >= 44
    pages.press(question.answers[1])
    assert question.isHidden()
    assert page.replica.address == CABLE.url
    assert page.way_in.addresses.picked == CABLE.url


def test_the_check_opens_from_here(qtbot: QtBot) -> None:
    page = opened(qtbot, WIFI)
    pages.press(section(page).check)
    shown = page.findChild(TrialPanel)
    assert shown is not None
    assert shown.isVisible()
    shown.close()


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_a_long_name_is_whole(qtbot: QtBot, language: str) -> None:
    i18n.choose(language)
    page = opened(qtbot, WIFI, CABLE, ask=True)
    tour.settle()
    assert cut(section(page)) == []
