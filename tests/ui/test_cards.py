"""The cards of the tables: what stands on them, on the screen and on paper."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import msgspec
import pytest
from PySide6.QtCore import QSizeF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from facilitator.kernel.entity import Entity
from facilitator.meeting.meeting import EditMeeting, Meeting, the_meeting
from facilitator.meeting.tables import EditTable, Table
from facilitator.meeting.wifi import wifi_code
from tests.ui import qr_reader
from tests.ui.content import meeting_with, table_id
from tests.ui.hall import HARD_PASSWORD, HARD_WIFI
from tests.ui.local import LocalReplica
from ui import theme
from ui.console import codes
from ui.console.cards import Card, Paper, Tent, cards_of, paint_card, pdf_of
from ui.console.codes import TableCodes

pytestmark = pytest.mark.usefixtures("qapp")

ADDRESS = "http://10.0.0.4:8765"
A4 = {Tent.A6: (842, 595), Tent.A4: (595, 842)}  # points


def replica_of(*, language: str = "nl", wifi: str = "", password: str = "") -> LocalReplica:
    def changed(entity: Entity) -> Entity:
        if not isinstance(entity, Meeting):
            return entity
        known = {"wifi_name": wifi, "wifi_password": password}
        return msgspec.structs.replace(entity, language=language, **known)

    return LocalReplica([changed(entity) for entity in meeting_with(themes=3, notes=0)])


def cards(*, wifi: str = "", password: str = "", language: str = "nl") -> list[Card]:
    replica = replica_of(wifi=wifi, password=password, language=language)
    return cards_of(replica.state, ADDRESS)


def drawn(card: Card) -> QImage:
    theme.load_fonts()
    side = QImage(1188, 840, QImage.Format.Format_RGB32)
    side.fill("white")
    painter = QPainter(side)
    paint_card(Paper(painter, QSizeF(1188, 840), theme.palette(light=True)), card)
    painter.end()
    return side


def code_of(number: int) -> str:
    tables = (one for one in meeting_with(themes=3, notes=0) if isinstance(one, Table))
    return next(table.code for table in tables if table.number == number)


def tool(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not here: nothing reads the PDF back")
    return found


def test_a_card_has_name_theme_code_and_address() -> None:
    first = cards()[0]
    assert (first.name, first.title, first.code) == ("Tafel 1", "Groen en buiten", code_of(1))
    assert first.meeting == the_meeting(replica_of().state).title
    (page,) = first.ways
    assert page.code == f"{ADDRESS}/{code_of(1)}"
    assert page.typed == (("of typ", "10.0.0.4:8765"), ("tafelcode", code_of(1)))


def test_a_table_with_a_name_of_its_own() -> None:
    replica = replica_of()
    replica.send(EditTable(id=uuid4(), table=table_id(1), name="Bij het raam"))
    assert cards_of(replica.state, ADDRESS)[0].name == "Tafel 1 · Bij het raam"


@pytest.mark.parametrize(("wifi", "password"), [("Zaal", ""), (HARD_WIFI, HARD_PASSWORD)])
def test_where_the_wifi_is_known_a_phone_reads_it_first(wifi: str, password: str) -> None:
    replica = replica_of(wifi=wifi, password=password)
    card = cards_of(replica.state, ADDRESS)[1]
    wanted = [wifi_code(the_meeting(replica.state)), f"{ADDRESS}/{code_of(2)}"]
    assert [way.code for way in card.ways] == wanted
    assert [way.number for way in card.ways] == ["1", "2"]
    assert qr_reader.read(drawn(card)) == wanted


def test_without_a_theme_the_meeting_stands_there_once() -> None:
    replica = replica_of()
    replica.send(EditTable(id=uuid4(), table=table_id(1), theme=None))
    first = cards_of(replica.state, ADDRESS)[0]
    assert (first.title, first.meeting) == (the_meeting(replica.state).title, "")


def test_a_card_with_one_code_is_read_too() -> None:
    assert qr_reader.read(drawn(cards()[0])) == [f"{ADDRESS}/{code_of(1)}"]


def test_the_cards_speak_the_language_of_the_meeting() -> None:
    assert cards(language="en")[0].name == "Table 1"


@pytest.mark.parametrize("tent", Tent)
def test_both_sizes_are_sheets_of_a4_with_shapes_and_no_pictures(tent: Tent) -> None:
    six = cards(wifi="Zaal", password="geheim12")
    assert len(six) == 6
    body = pdf_of(six, tent, "Tafelkaarten")
    assert body.startswith(b"%PDF")
    assert body.count(b"/Type /Page\n") == (3 if tent is Tent.A6 else 6)
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", body)
    assert {(round(float(w)), round(float(h))) for w, h in boxes} == {A4[tent]}
    assert not re.search(rb"/Subtype\s*/Image", body)


@pytest.mark.parametrize("tent", Tent)
def test_a_printed_sheet_is_read_back(tent: Tent, tmp_path: Path) -> None:
    path = tmp_path / "kaarten.pdf"
    replica = replica_of(wifi="Gemeente; gast", password="welkom2026")
    path.write_bytes(pdf_of(cards_of(replica.state, ADDRESS), tent, "Tafelkaarten"))
    program = tool("pdftoppm")
    into = str(tmp_path / "vel")
    subprocess.run(
        [program, "-r", "150", "-f", "1", "-l", "1", "-singlefile", "-png", path, into], check=True
    )
    wifi = wifi_code(the_meeting(replica.state))
    numbers = (1, 2) if tent is Tent.A6 else (1,)
    wanted = [wifi] * 2 * len(numbers) + [f"{ADDRESS}/{code_of(n)}" for n in numbers] * 2
    assert sorted(qr_reader.read(QImage(f"{into}.png"))) == sorted(wanted)


def test_the_words_of_the_file_can_be_searched(tmp_path: Path) -> None:
    path = tmp_path / "kaarten.pdf"
    path.write_bytes(pdf_of(cards(wifi="Zaal", password="geheim12"), Tent.A4, "Tafelkaarten"))
    read = subprocess.run([tool("pdftotext"), path, "-"], check=True, capture_output=True)
    said = read.stdout.decode()
    for text in ("Tafel 1", "Groen en buiten", code_of(1), "10.0.0.4:8765", "Zaal", "geheim12"):
        assert said.count(text) >= 2, text  # once at each side


@pytest.fixture
def dialog(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[TableCodes]:
    monkeypatch.setattr(codes, "open_file", lambda _path: None)
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1280, 680)
    made = TableCodes(replica_of(wifi="Zaal"), window)
    made.show()
    yield made
    window.close()


def test_the_cards_are_kept_as_a_file(dialog: TableCodes, tmp_path: Path) -> None:
    path = tmp_path / "kaarten.pdf"
    dialog.sizes.setCurrentIndex(1)
    assert dialog.save(path)
    assert path.read_bytes().count(b"/Type /Page\n") == 6
    assert "kaarten.pdf" in dialog.told.text()
    assert not dialog.save(tmp_path / "weg" / "kaarten.pdf")
    assert "de map is er niet meer" in dialog.told.text()


def test_the_cards_go_to_a_printer(dialog: TableCodes, tmp_path: Path) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "geprint.pdf"))
    dialog.print_on(printer)
    assert (tmp_path / "geprint.pdf").read_bytes().count(b"/Type /Page\n") == 3
    assert "naar de printer" in dialog.told.text()


def test_the_system_is_asked_for_the_printer(dialog: TableCodes, qtbot: QtBot) -> None:
    asked = dialog.ask_printer()
    assert asked.isVisible()
    assert asked.printer().docName().startswith("Tafelkaarten")
    with qtbot.waitSignal(asked.rejected):
        asked.reject()


def test_the_address_on_the_cards_is_said(dialog: TableCodes) -> None:
    assert "192.168.1.10:8765" in dialog.told.text()
    assert "Tafel 1" in dialog.sheet.accessibleName()


def test_without_a_network_there_is_nothing_to_print(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    replica = replica_of()
    replica.go_to("http://localhost:8765")
    dialog = TableCodes(replica, window)
    assert not dialog.paper.isEnabled()
    assert not dialog.keep.isEnabled()
    assert "geen adres" in dialog.told.text()


def test_another_password_is_on_the_next_cards(dialog: TableCodes) -> None:
    replica = replica_of(wifi="Zaal")
    replica.send(EditMeeting(id=uuid4(), wifi_password="anders12"))
    assert ("wachtwoord", "anders12") in cards_of(replica.state, ADDRESS)[0].ways[0].typed
