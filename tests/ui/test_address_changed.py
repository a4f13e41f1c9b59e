"""The phones have to go elsewhere: the console says so, and what has to be printed anew."""

from __future__ import annotations

from typing import NamedTuple

import msgspec
import pytest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from facilitator import i18n
from facilitator.kernel.entity import Entity
from facilitator.meeting.meeting import Meeting, Phase
from tests.ui import tour
from tests.ui.calls import FakeCalls
from tests.ui.content import meeting_with
from tests.ui.local import LocalReplica
from tests.ui.test_words_fit import cut
from ui.console.codes import TableCodes
from ui.console.doors import DoorsPage
from ui.console.meeting_view import PAGES, MeetingView, Services
from ui.console.pictures import NoFiles
from ui.link.address import Address, Addresses

OLD = Address(url="http://192.168.1.10:8765", kind="wifi", name="wifi ‘Zaal’", score=9)
LONG = "wifi ‘WiFi-van-het-Buurtcentrum-West-32’"
NEW = Address(url="http://10.0.0.4:8765", kind="cable", name=LONG, score=8)


class Desk(NamedTuple):
    """A window with a meeting in it, on the page Inloop."""

    window: QMainWindow
    view: MeetingView
    page: DoorsPage


def desk_of(qtbot: QtBot, phase: Phase = Phase.LIVE) -> Desk:
    def changed(entity: Entity) -> Entity:
        if not isinstance(entity, Meeting):
            return entity
        return msgspec.structs.replace(
            entity, phase=phase, wifi_name=LONG, wifi_password="een-heel-lang-wachtwoord-2026"
        )

    window = tour.shown_window(qtbot)
    addresses = Addresses(window)
    addresses.fill([OLD, NEW], OLD.url)
    replica = LocalReplica([changed(entity) for entity in meeting_with(notes=3)])
    view = MeetingView(replica, Services(files=NoFiles(), calls=FakeCalls(), addresses=addresses))
    window.setCentralWidget(view)
    view.show_page(PAGES.index(DoorsPage))
    tour.settle()
    page = view.page(PAGES.index(DoorsPage))
    assert isinstance(page, DoorsPage)
    return Desk(window, view, page)


def test_it_is_said_with_the_new_address_and_the_cards_at_hand(qtbot: QtBot) -> None:
    desk = desk_of(qtbot)
    view = desk.view
    view.replica.go_to(NEW.url)
    assert view.banner.isVisible()
    assert view.banner.text.text().startswith(
        "De code is veranderd: telefoons gaan nu naar 10.0.0.4:8765."
    )
    assert desk.page.qr.text() == NEW.url
    view.banner.action.click()
    codes = desk.window.findChild(TableCodes)
    assert codes is not None
    assert "10.0.0.4:8765" in codes.told.text()
    codes.close()


def test_who_chose_it_here_need_not_be_told(qtbot: QtBot) -> None:
    desk = desk_of(qtbot)
    view = desk.view
    desk.page.address.choose(NEW.url)
    assert view.replica.address == NEW.url
    assert not view.banner.isVisible()


@pytest.mark.parametrize("phase", [Phase.PREPARING, Phase.CLOSED])
def test_while_nobody_is_there_it_is_not_said(qtbot: QtBot, phase: Phase) -> None:
    desk = desk_of(qtbot, phase)
    view = desk.view
    view.replica.go_to(NEW.url)
    assert not view.banner.isVisible()


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_all_of_it_at_once_fits_a_small_window(qtbot: QtBot, language: str) -> None:
    i18n.choose(language)
    desk = desk_of(qtbot)
    view = desk.view
    view.services.addresses.fill([OLD, NEW], OLD.url, ask=True)
    view.replica.go_to(NEW.url)
    tour.settle()
    assert desk.page.question.isVisible()
    assert view.banner.isVisible()
    assert cut(view) == []
    assert view.minimumSizeHint().height() <= tour.SMALL[1]
