"""Getting in, as the hall shows it: what a phone's camera reads off each scene."""

from __future__ import annotations

import msgspec
import pytest
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from facilitator.i18n import words
from facilitator.meeting.meeting import Phase, the_meeting
from facilitator.meeting.programme import StepKind
from facilitator.meeting.projector import SceneName
from facilitator.meeting.wifi import wifi_code
from tests.ui import qr_reader
from tests.ui.hall import ADDRESS, HARD_PASSWORD, HARD_WIFI, NOW, Hall, drawn
from tests.ui.local import LocalReplica
from tests.ui.test_projector_window import Desk
from ui import theme
from ui.projector import late_arrivals, scenes, two_codes, typeset
from ui.projector.canvas import Canvas
from ui.projector.window import HallWindow

pytestmark = pytest.mark.usefixtures("qapp")

FULL = QSize(1920, 1080)
OLD = QSize(1024, 768)
NEW = "http://10.0.0.4:8765"


@pytest.mark.parametrize("size", [FULL, OLD])
@pytest.mark.parametrize(("name", "password"), [("Zaal", ""), (HARD_WIFI, HARD_PASSWORD)])
def test_first_the_network_then_the_page(size: QSize, name: str, password: str) -> None:
    state = Hall(scene=SceneName.DOORS, wifi=name, password=password).state()
    assert qr_reader.read(drawn(state, size)) == [wifi_code(the_meeting(state)), ADDRESS]


def test_without_a_network_there_is_one_code() -> None:
    assert qr_reader.read(drawn(Hall(scene=SceneName.DOORS).state(), FULL)) == [ADDRESS]


def test_name_password_and_address_stand_there_to_be_typed() -> None:
    meeting = the_meeting(Hall(wifi="Zaal", password="geheim12").state())
    wifi, page = two_codes.wifi_way(meeting, words()), two_codes.page_way(ADDRESS, words())
    assert (wifi.number, wifi.typed) == ("1", (("netwerk", "Zaal"), ("wachtwoord", "geheim12")))
    assert (page.number, page.typed) == ("2", (("of typ", "192.168.1.10:8765"),))
    opened = the_meeting(Hall(wifi="Zaal").state())
    assert two_codes.wifi_way(opened, words()).typed[1] == ("geen wachtwoord nodig", "")


def test_what_is_copied_is_whole_and_has_no_hyphen() -> None:
    theme.load_fonts()
    word = "Verantwoordelijkheidsverdelingen" * 2
    for width in (200.0, 640.0, 5_000.0):
        setting = typeset.copied(word, width, 90.0, 64, 38, theme.BOLD)
        assert "".join(setting.lines) == word
        assert setting.height <= 90.0
        measure = typeset.metrics(setting.pixels, theme.BOLD)
        assert all(measure.horizontalAdvance(line) <= width for line in setting.lines)


@pytest.mark.parametrize("length", [12, 16])
def test_a_usual_name_is_read_from_fifteen_metres(length: int) -> None:
    """The letters are at least a twentieth of the height, as those of the question."""
    theme.load_fonts()
    width = (1920 - 3 * 72) / 2 - two_codes.LABEL
    setting = typeset.copied("n" * length, width, two_codes.WORDS / 2 - 8, 64, 38, theme.BOLD)
    assert len(setting.lines) == 1
    assert setting.pixels >= 1080 / 20


WITH_CODE = {
    "welcome": Hall(step=StepKind.WELCOME),
    "check-in": Hall(step=StepKind.CHECK_IN),
    "round": Hall(),
    "themes": Hall(question=""),
    "last minute": Hall(left=45),
    "overtime": Hall(left=-83),
    "switch": Hall(scene=SceneName.SWITCH, step=StepKind.SWITCH, left=170),
    "switch, plain": Hall(scene=SceneName.SWITCH, step=StepKind.SWITCH, left=40, themes=()),
    "break": Hall(step=StepKind.BREAK, left=400),
    "wall": Hall(scene=SceneName.WALL),
    "wall of a theme": Hall(scene=SceneName.WALL, theme=1),
    "vote": Hall(scene=SceneName.RESULT, step=StepKind.PLENARY, options=8, voting=True),
    "empty wall": Hall(scene=SceneName.WALL, notes=0),
}


@pytest.mark.parametrize("wifi", ["", HARD_WIFI])
@pytest.mark.parametrize("size", [FULL, OLD])
@pytest.mark.parametrize("name", WITH_CODE)
def test_who_comes_late_can_scan(name: str, size: QSize, wifi: str) -> None:
    password = wifi and HARD_PASSWORD
    state = msgspec.structs.replace(WITH_CODE[name], wifi=wifi, password=password).state()
    assert qr_reader.read(drawn(state, size)) == [ADDRESS]


@pytest.mark.parametrize("step", [StepKind.HARVEST, StepKind.PLENARY, StepKind.CLOSING])
def test_where_nobody_writes_any_more_there_is_no_code(step: StepKind) -> None:
    assert qr_reader.read(drawn(Hall(step=step).state(), FULL)) == []
    assert not late_arrivals.expected(Hall(phase=Phase.CLOSED).state(), ADDRESS)


def test_the_words_beside_the_small_code_keep_off_the_clock() -> None:
    state = Hall(wifi=HARD_WIFI, password=HARD_PASSWORD).state()
    picture = QImage(FULL, QImage.Format.Format_RGB32)
    picture.fill(0)
    painter = QPainter(picture)
    canvas = Canvas(painter, FULL.toSizeF(), theme.palette(light=False))
    corner = QRectF(1500, 60, 240, 240)
    late_arrivals.paint_small(canvas, corner, state, ADDRESS)
    painter.end()
    lowest = round(corner.bottom() + late_arrivals.words_height(state))
    ground = picture.pixel(5, 5)
    assert all(picture.pixel(x, lowest + 6) == ground for x in range(0, 1920, 2))


def test_on_no_network_no_code_is_shown() -> None:
    state = Hall(scene=SceneName.DOORS, wifi="Zaal").state()
    picture = QImage(FULL, QImage.Format.Format_RGB32)
    for address, codes in ((ADDRESS, 2), ("http://localhost:8765", 0)):
        painter = QPainter(picture)
        scenes.paint(painter, state, NOW, FULL, address=address)
        painter.end()
        assert len(qr_reader.read(picture)) == codes


def test_a_hidden_network_is_called_so() -> None:
    meeting = msgspec.structs.replace(the_meeting(Hall(wifi="Zaal").state()), wifi_hidden=True)
    assert two_codes.wifi_way(meeting, words()).typed[0] == ("verborgen netwerk", "Zaal")


def test_a_new_address_is_a_new_code_at_once(qtbot: QtBot) -> None:
    replica = LocalReplica(Hall(scene=SceneName.DOORS, wifi="Zaal").entities())
    window = HallWindow(replica, Desk(), windowed=True)
    qtbot.addWidget(window)
    window.resize(1280, 720)
    window.show()
    assert qr_reader.read(window.grab().toImage())[-1] == replica.address
    replica.go_to(NEW)
    assert qr_reader.read(window.grab().toImage())[-1] == NEW
    assert scenes.ready(replica.state)
