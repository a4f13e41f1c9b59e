"""Inloop: the code to scan, the address to type, who is in."""

from __future__ import annotations

from uuid import UUID, uuid4

import msgspec
import pytest
from pytestqt.qtbot import QtBot

from facilitator.kernel.entity import Entity
from facilitator.meeting.ids import ParticipantId
from facilitator.meeting.meeting import CloseMeeting, EditMeeting, Meeting, OpenDoors
from facilitator.meeting.people import Participant
from facilitator.meeting.projector import SceneName, the_projector
from facilitator.meeting.tables import Table, code_of
from tests.ui.content import BEGIN, meeting_with, table_id
from tests.ui.local import LocalReplica
from ui.console.cards import cards_of
from ui.console.codes import Sheet
from ui.console.doors import DoorsPage
from ui.console.way_in import WayIn
from ui.link.address import Address, Addresses, typed_address
from ui.widgets.qr_code import QrCode

WIFI = Address(
    url="http://192.168.1.10:8765", interface="wlan0", kind="wifi", score=9, name="wifi ‘Zaal’"
)
CABLE = Address(url="http://10.0.0.4:8765", interface="eth0", kind="cable", score=5)


def person(number: int, table: int | None, name: str = "") -> Participant:
    place = table_id(table) if table else None
    key = ParticipantId(UUID(int=9_000_000 + number))
    return Participant(id=key, name=name, table=place, joined_at=BEGIN)


def page_of(
    qtbot: QtBot, people: list[Participant], *, named: bool = False, more: tuple[Entity, ...] = ()
) -> DoorsPage:
    entities = [
        msgspec.structs.replace(entity, named=named) if isinstance(entity, Meeting) else entity
        for entity in meeting_with(notes=3)
    ]
    addresses = Addresses()
    addresses.fill([CABLE, WIFI])
    replica = LocalReplica([*entities, *more, *people])
    page = DoorsPage(replica, WayIn(replica, addresses))
    qtbot.addWidget(page)
    page.resize(1090, 580)
    page.show()
    return page


def test_each_network_is_asked_about_once() -> None:
    known = Addresses()
    long = msgspec.structs.replace(WIFI, url="http://[fd00::10]:8765", score=7)
    known.fill([WIFI, long, CABLE], ask=True)
    assert known.candidates() == [WIFI, CABLE]


def test_the_best_address_is_in_the_code(qtbot: QtBot) -> None:
    page = page_of(qtbot, [])
    assert page.qr.text() == WIFI.url
    assert page.typed.text() == "192.168.1.10:8765"
    assert page.address.choice.currentText() == "wifi ‘Zaal’"
    assert page.address.choice.itemText(1) == "kabel eth0"


def test_another_address_can_be_chosen(qtbot: QtBot) -> None:
    page = page_of(qtbot, [])
    chosen: list[str] = []
    page._way_in.addresses.chosen.connect(chosen.append)
    page.address.choice.setCurrentIndex(1)
    page.address.choice.activated.emit(1)
    assert chosen == [CABLE.url]
    assert page.qr.text() == CABLE.url
    assert page.address.choice.currentIndex() == 1


def test_on_which_network_the_phones_are_is_asked_above_the_code(qtbot: QtBot) -> None:
    page = page_of(qtbot, [])
    known = page._way_in.addresses
    known.fill([WIFI, CABLE], ask=True)
    assert page.question.isVisible()
    assert [answer.text() for answer in page.question.answers] == ["wifi ‘Zaal’", "kabel eth0"]
    assert page.question.answers[1].accessibleDescription() == "10.0.0.4:8765"
    with qtbot.waitSignal(page.said):
        page.question.answers[1].click()
    assert page.question.isHidden()
    assert page.qr.text() == CABLE.url


def test_the_best_of_two_that_are_as_likely_can_be_the_answer(qtbot: QtBot) -> None:
    page = page_of(qtbot, [])
    known = page._way_in.addresses
    known.fill([WIFI, CABLE], WIFI.url, ask=True)
    chosen: list[str] = []
    known.chosen.connect(chosen.append)
    page.question.answers[0].click()
    assert chosen == [WIFI.url]


def test_a_phone_that_came_in_is_told(qtbot: QtBot) -> None:
    page = page_of(qtbot, [])
    assert page.address.proof.text() == "Hier kwam nog geen telefoon binnen."
    page._way_in.addresses.fill([msgspec.structs.replace(WIFI, proven=True), CABLE])
    assert page.address.proof.text() == "Hier kwam al een telefoon binnen."
    assert page.address.choice.currentText() == "✓ wifi ‘Zaal’"
    page._way_in.addresses.fill([])
    assert page.address.proof.text() == "Deze laptop zit op geen netwerk."


def test_the_network_is_named_for_who_is_not_on_it(qtbot: QtBot) -> None:
    page = page_of(qtbot, [])
    page.replica.send(EditMeeting(id=uuid4(), wifi_name="Zaal", wifi_password="geheim12"))
    page.refresh()
    assert page.how.text().startswith("Eerst op wifi Zaal, met wachtwoord geheim12.")
    page.replica.send(EditMeeting(id=uuid4(), wifi_password=""))
    page.refresh()
    assert page.how.text().startswith("Eerst op wifi Zaal. ")


def test_a_table_has_a_code_of_its_own(qtbot: QtBot) -> None:
    page = page_of(qtbot, [])
    page.tables_view.selectRow(2)
    code = code_of(table_id(3))
    assert page.qr.text() == f"{WIFI.url}/{code}"
    assert page.typed.text() == f"192.168.1.10:8765/{code}"
    assert page.whose.text() == "Tafel 3"
    page.general.click()
    assert page.qr.text() == WIFI.url


def test_who_is_in(qtbot: QtBot) -> None:
    page = page_of(qtbot, [person(1, 1), person(2, 1), person(3, 4), person(4, None)])
    assert page.number.text() == "4"
    assert page.spread.text() == "2 van 10 tafels bezet"
    cells = [page.tables.data(page.tables.index(row, 3)) for row in range(4)]
    assert cells == ["2", "0", "0", "1"]


def test_people_behind_one_device_are_in_as_well(qtbot: QtBot) -> None:
    behind = [
        msgspec.structs.replace(person(number, 1), people=people, joined_at=BEGIN)
        for number, people in ((1, 6), (2, 3))
    ]
    page = page_of(qtbot, behind)
    assert page.number.text() == "9"
    assert page.tables.data(page.tables.index(0, 3)) == "9"
    assert page.tabs.tabText(1) == "Toestellen"
    rows = [[page.people.data(page.people.index(row, n)) for n in (0, 2, 3)] for row in (0, 1)]
    assert rows == [["toestel 2", "3", "1"], ["toestel 1", "6", "1"]]


def test_a_muted_device_says_so(qtbot: QtBot) -> None:
    muted = msgspec.structs.replace(person(1, 1, "Sam"), muted=True)
    page = page_of(qtbot, [muted], named=True)
    assert page.people.data(page.people.index(0, 0)) == "Sam · gedempt"


def test_names_are_shown_where_people_gave_them(qtbot: QtBot) -> None:
    page = page_of(qtbot, [person(1, 1, "Sam"), person(2, 2, "<b>Noor</b>")], named=True)
    assert page.tabs.tabText(1) == "Namen"
    assert page.people.data(page.people.index(0, 0)) == "<b>Noor</b>"
    assert page.people.data(page.people.index(1, 3)) == "1"


def test_a_closed_meeting_asks_nobody_in_and_says_how_to_open_it(qtbot: QtBot) -> None:
    page = page_of(qtbot, [person(1, 1)])
    page.replica.send(CloseMeeting(id=uuid4()))
    page.refresh()
    assert page.shut.isVisible()
    assert page.shut.title.text() == "De bijeenkomst is gesloten"
    assert "Bijeenkomst weer openen" in page.shut.sentence.text()
    assert page.shut.sentence.isVisible()
    assert page.qr.isHidden()
    assert page.whose.isHidden()
    assert page.inside.text() == "deelnemer was binnen"
    page.replica.send(OpenDoors(id=uuid4()))
    page.refresh()
    assert page.shut.isHidden()
    assert page.whose.text() == "Scan om mee te doen"
    assert page.qr.isVisible()


def test_it_is_shown_in_the_hall(qtbot: QtBot) -> None:
    page = page_of(qtbot, [])
    with qtbot.waitSignal(page.said):
        page._show_in_hall()
    assert the_projector(page.replica.state).scene is SceneName.DOORS


def test_five_hundred_people_at_125_tables(qtbot: QtBot) -> None:
    more = tuple(
        Table(id=table_id(n), number=n, code=code_of(table_id(n)), order=n * 1024.0)
        for n in range(11, 126)
    )
    people = [person(n, n % 125 + 1, f"Deelnemer {n}") for n in range(500)]
    page = page_of(qtbot, people, named=True, more=more)
    assert page.number.text() == "500"
    assert page.tables.rowCount() == 125
    assert page.people.rowCount() == 500
    sheet = Sheet(cards_of(page.replica.state, page.replica.address))
    qtbot.addWidget(sheet)
    sheet.resize(1000, 600)
    sheet.show()
    assert sheet.minimumHeight() > 600
    assert not sheet.grab().isNull()


def test_on_no_network_there_is_no_code_and_it_says_what_to_do(qtbot: QtBot) -> None:
    page = page_of(qtbot, [])
    page._way_in.addresses.fill([])
    page.replica.go_to("http://localhost:8765")
    assert not page.qr.text()
    assert not page.typed.text()
    assert "zet een hotspot aan" in page.how.text()
    page.replica.go_to(WIFI.url)
    assert page.qr.text() == WIFI.url
    assert "hotspot" not in page.how.text()


def test_no_tables_says_what_to_do(qtbot: QtBot) -> None:
    entities = [entity for entity in meeting_with(0, 0) if not isinstance(entity, Table)]
    replica = LocalReplica(entities)
    page = DoorsPage(replica, WayIn(replica, Addresses()))
    qtbot.addWidget(page)
    assert page.by_table.currentIndex() == 1
    assert page.qr.text() == page.replica.address


@pytest.mark.parametrize(
    ("url", "code", "typed"),
    [
        ("http://192.168.1.10:8765", "", "192.168.1.10:8765"),
        ("http://192.168.1.10:8765/", "BCD42", "192.168.1.10:8765/BCD42"),
        ("http://[fd00::2]:8765", "BCD42", "[fd00::2]:8765/BCD42"),
    ],
)
def test_an_address_as_it_is_typed(url: str, code: str, typed: str) -> None:
    assert typed_address(url, code) == typed


def test_a_code_can_be_read_at_any_size(qtbot: QtBot) -> None:
    code = QrCode()
    qtbot.addWidget(code)
    code.encode("http://192.168.1.10:8765/BCD42")
    code.resize(163, 200)
    picture = code.grab().toImage()
    dark = sum(picture.pixelColor(x, y).lightness() < 100 for x in range(163) for y in range(200))
    assert 0.15 < dark / (163 * 163) < 0.6
