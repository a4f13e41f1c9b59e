"""The window in the hall: where it is, what it does when a cable is pulled, when it ends."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from facilitator import i18n
from facilitator.file import to_json
from facilitator.kernel.errors import NotFound, Unavailable
from facilitator.meeting.meeting import EditMeeting, Phase
from facilitator.meeting.programme import PauseClock
from facilitator.meeting.projector import Blacken, SceneName, ShowScene
from facilitator.sample import sample_entities
from tests.ui.calls import FakeCalls
from tests.ui.hall import Hall
from tests.ui.local import LocalReplica
from ui import pictures
from ui.console.meeting_view import MeetingView, Services
from ui.console.pictures import NoFiles
from ui.link.address import Addresses
from ui.link.engine import Engine, State
from ui.link.hall import Hall as Process
from ui.link.hall import Showing, lock_of, write_down, written
from ui.projector import qr, scenes
from ui.projector.screens import RealScreens, Screen, Screens, hall_of, own_of
from ui.projector.thumbnail import CALM, HallPicture
from ui.projector.window import (
    HallEngine,
    HallWindow,
    Watch,
    arguments_of,
    is_live,
    speak_for,
    tell_away,
)

NEW = "00000000-0000-0000-0000-00000000000%d"


class Beamer:
    """A screen that can be hung anywhere."""

    def __init__(self, *rect: int) -> None:
        self.rect = QRect(*rect)

    def geometry(self) -> QRect:
        return self.rect


class Desk(Screens):
    """Screens that are plugged in and out by hand."""

    def __init__(self, beamer: Screen | None = None) -> None:
        super().__init__()
        self.beamer = beamer

    def hall(self) -> Screen | None:
        return self.beamer

    def unplug(self) -> None:
        gone, self.beamer = self.beamer, None
        self.left.emit(gone)

    def plug(self, beamer: Screen) -> None:
        self.beamer = beamer
        self.changed.emit()


@pytest.fixture
def replica() -> LocalReplica:
    return LocalReplica(Hall().entities())


Opened = Callable[..., HallWindow]


@pytest.fixture
def opened(qtbot: QtBot, replica: LocalReplica) -> Opened:
    def open_(screens: Screens, *, windowed: bool = False) -> HallWindow:
        window = HallWindow(replica, screens, windowed=windowed)
        qtbot.addWidget(window)
        window.place()
        return window

    return open_


def test_the_screen_in_the_hall_is_the_other_one() -> None:
    laptop, beamer = Beamer(0, 0, 1280, 800), Beamer(1280, 0, 1920, 1080)
    assert hall_of([laptop, beamer], laptop) is beamer
    assert hall_of([beamer, laptop], laptop) is beamer
    assert hall_of([laptop], laptop) is None
    assert hall_of([], None) is None


def test_a_mirrored_screen_is_no_second_screen() -> None:
    laptop, mirror = Beamer(0, 0, 1280, 800), Beamer(0, 0, 1920, 1080)
    assert hall_of([laptop, mirror], laptop) is None


def test_it_fills_the_second_screen_without_a_pointer(opened: Opened) -> None:
    window = opened(Desk(Beamer(0, 0, 800, 800)))
    assert window.full
    assert window.isFullScreen()
    assert window.cursor().shape() is Qt.CursorShape.BlankCursor
    assert window.windowFlags() & Qt.WindowType.WindowDoesNotAcceptFocus


def test_with_one_screen_it_is_a_window_that_escape_leaves(qtbot: QtBot, opened: Opened) -> None:
    window = opened(Desk())
    assert window.isVisible()
    assert not window.isFullScreen()
    QTest.keyClick(window, Qt.Key.Key_F11)
    assert window.isFullScreen()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isFullScreen()
    with qtbot.waitSignal(window.left):
        QTest.keyClick(window, Qt.Key.Key_Escape)


def test_a_window_that_was_asked_for_stays_one(opened: Opened) -> None:
    window = opened(Desk(Beamer(0, 0, 800, 800)), windowed=True)
    assert not window.full
    assert window.isVisible()


def test_it_hides_at_once_when_the_cable_is_pulled_and_comes_back(
    qtbot: QtBot, opened: Opened
) -> None:
    desk = Desk(Beamer(0, 0, 800, 800))
    window = opened(desk)
    away: list[bool] = []
    window.away.connect(away.append)
    desk.unplug()
    assert not window.isVisible()
    assert away[-1:] == [True], "the console hears it at once"
    desk.changed.emit()
    window.place()
    assert not window.isVisible()
    desk.plug(Beamer(0, 0, 640, 480))
    qtbot.waitUntil(window.isVisible)
    assert window.isFullScreen()
    assert away[-1] is False


def test_the_console_says_that_the_projector_is_unplugged(
    qtbot: QtBot, replica: LocalReplica, tmp_path: Path
) -> None:
    lock = lock_of(tmp_path)
    assert lock.tryLock(0)
    shown = Showing(pid=0, meeting=uuid4())
    write_down(tmp_path, shown)
    services = Services(
        files=NoFiles(),
        calls=FakeCalls(),
        addresses=Addresses(),
        hall=Process(tmp_path),
    )
    assert services.hall is not None
    view = MeetingView(replica, services)
    qtbot.addWidget(view)
    services.hall.look()
    assert view.nav.state.text() == "Beamer aan"
    tell_away(tmp_path, shown, away=True)
    services.hall.look()
    assert view.nav.state.text() == "Beamer los"
    assert "kabel" in view.banner.text.text()
    tell_away(tmp_path, shown, away=False)
    services.hall.look()
    assert view.nav.state.text() == "Beamer aan"
    assert view.banner.isHidden()
    written(tmp_path).unlink()
    tell_away(tmp_path, shown, away=True)
    assert not written(tmp_path).exists(), "it was closed meanwhile, and is not brought back"
    lock.unlock()
    services.hall.look()
    assert view.nav.state.text() == "Beamer uit (F5)"


def test_a_screen_that_is_plugged_in_later_is_taken(qtbot: QtBot, opened: Opened) -> None:
    desk = Desk()
    window = opened(desk)
    desk.plug(Beamer(0, 0, 800, 800))
    qtbot.waitUntil(lambda: window.full)
    assert window.isFullScreen()


def test_another_screen_that_goes_changes_nothing(opened: Opened) -> None:
    desk = Desk(Beamer(0, 0, 800, 800))
    window = opened(desk)
    desk.left.emit(Beamer(0, 0, 1, 1))
    assert window.isVisible()


def test_no_key_does_anything_in_the_hall(opened: Opened) -> None:
    window = opened(Desk(Beamer(0, 0, 800, 800)))
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_F11, Qt.Key.Key_Space):
        QTest.keyClick(window, key)
    QTest.mouseDClick(window, Qt.MouseButton.LeftButton)
    assert window.isVisible()
    assert window.isFullScreen()


def test_it_repaints_when_an_entry_comes(opened: Opened, replica: LocalReplica) -> None:
    window = opened(Desk())
    before = window.grab().toImage()
    replica.send(Blacken(id=UUID(int=1), black=True))
    assert window._pulse.running is False
    assert window.grab().toImage() != before


def test_it_counts_on_by_itself(opened: Opened, replica: LocalReplica) -> None:
    window = opened(Desk())
    assert window._pulse.running
    replica.send(PauseClock(id=UUID(int=2)))
    assert not window._pulse.running


def test_the_real_screens_are_those_of_qt(qapp: QApplication) -> None:
    screens = RealScreens(qapp)
    assert len(QGuiApplication.screens()) == 1
    assert screens.hall() is None


def test_our_own_screen_is_the_one_with_the_console_also_where_the_hall_is_the_first(
    qapp: QApplication,
) -> None:
    laptop = qapp.primaryScreen()
    assert own_of([laptop], laptop.name(), None) is laptop
    assert own_of([laptop], "unplugged", None) is None
    assert own_of([laptop], "", laptop) is laptop


def test_the_thumbnail_works_only_in_sight(qtbot: QtBot, replica: LocalReplica) -> None:
    small = HallPicture(replica)
    qtbot.addWidget(small)
    replica.loaded.emit()
    assert _beating(small) is False
    small.resize(320, small.heightForWidth(320))
    small.show()
    assert _beating(small)
    assert not small.grab().isNull()
    small.hide()
    assert _beating(small) is False


def test_many_entries_are_few_paintings_of_the_thumbnail(
    qtbot: QtBot, replica: LocalReplica, monkeypatch: pytest.MonkeyPatch
) -> None:
    painted: list[bool] = []
    paint = scenes.paint

    def counted(*what: Any, **more: Any) -> None:
        painted.append(True)
        paint(*what, **more)

    monkeypatch.setattr(scenes, "paint", counted)
    small = HallPicture(replica)
    qtbot.addWidget(small)
    with qtbot.waitExposed(small):
        small.show()
    qtbot.waitUntil(lambda: bool(painted))
    qtbot.waitUntil(lambda: not small._calm.isActive())
    painted.clear()
    begun = monotonic()
    for number in range(60):
        replica.send(EditMeeting(id=uuid4(), title=f"Café {number}"))
        QApplication.processEvents()
    qtbot.waitUntil(lambda: not small._calm.isActive())
    assert 1 <= len(painted) <= 2 + (monotonic() - begun) * 1000 / CALM
    assert len(painted) < 60


def test_a_qr_code_is_worked_out_once(replica: LocalReplica) -> None:
    qr.modules.cache_clear()
    qr.picture.cache_clear()
    replica.send(ShowScene(id=uuid4(), scene=SceneName.DOORS))
    for _time in range(5):
        picture = QImage(320, 180, QImage.Format.Format_RGB32)
        painter = QPainter(picture)
        scenes.paint(
            painter, replica.state, replica.now(), picture.size(), address="http://10.0.0.9:8765"
        )
        painter.end()
    assert qr.picture.cache_info().misses == 1
    assert qr.modules.cache_info().misses == 1


def _beating(picture: HallPicture) -> bool:
    return picture._pulse.running


def test_alone_and_not_live_it_ends(qtbot: QtBot, tmp_path: Path) -> None:
    replica = LocalReplica(Hall(phase=Phase.CLOSED).entities())
    watch = Watch(replica, Engine(tmp_path, "hall"))
    replica.connected_changed.emit(True)
    assert not watch.timer.isActive()
    watch.timer.setInterval(5)
    with qtbot.waitSignal(watch.ended):
        replica.connected_changed.emit(False)


def test_alone_in_a_live_meeting_it_stays(
    qtbot: QtBot, tmp_path: Path, replica: LocalReplica
) -> None:
    watch = Watch(replica, Engine(tmp_path, "hall"))
    assert is_live(replica)
    with qtbot.assertNotEmitted(watch.ended):
        watch._alone()
    assert watch.timer.isActive()


def test_a_meeting_that_was_deleted_ends_it(
    qtbot: QtBot, tmp_path: Path, replica: LocalReplica
) -> None:
    watch = Watch(replica, Engine(tmp_path, "hall"))
    with qtbot.assertNotEmitted(watch.ended):
        replica.troubled.emit(Unavailable("engine.failing"))
    with qtbot.waitSignal(watch.ended):
        replica.troubled.emit(NotFound("meeting.unknown"))


def test_the_hall_brings_back_an_engine_only_in_a_live_meeting(
    tmp_path: Path, replica: LocalReplica, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[bool] = []
    monkeypatch.setattr(Engine, "_launch", lambda _engine: started.append(True))
    engine = HallEngine(tmp_path)
    engine.start()
    engine._find()
    assert len(started) == 0
    engine.replica = replica
    engine._find()
    assert started == [True]
    engine.stop()
    assert engine.state == State.AWAY


def test_the_command_line_names_the_meeting() -> None:
    asked = arguments_of(["--data", "here", "--meeting", NEW % 7, "--windowed"])
    assert (asked.data, str(asked.meeting), asked.windowed) == (Path("here"), NEW % 7, True)


def test_every_picture_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "SHOTS", pictures.SHOTS[:3])
    assert pictures.main(["--out", str(tmp_path), "--no-console"]) == 0
    assert len(list((tmp_path / "projector").glob("*.png"))) == 3


def test_a_scene_is_drawn_from_a_file(tmp_path: Path) -> None:
    meeting = tmp_path / "meeting.json"
    meeting.write_bytes(to_json(sample_entities(pictures.SAMPLE)))
    told = tmp_path / "told.json"
    told.write_bytes(msgspec.json.encode({"entities": list(Hall().entities()), "more": 1}))
    for file in (meeting, told):
        out = tmp_path / "out" / f"{file.stem}.png"
        more = ["--scene", "matrix", "--theme", "1", "--light", "--left", "40", "--size", "640x360"]
        assert pictures.render(["--state", str(file), "--out", str(out), *more]) == 0
        assert QImage(str(out)).width() == 640


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"entities": []}', b'{"entities": [1]}'])
def test_a_file_that_is_none_is_said_to_be_wrong(
    tmp_path: Path, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "wrong.json"
    file.write_bytes(content)
    assert pictures.render(["--state", str(file), "--out", str(tmp_path / "x.png")]) == 2
    assert "wrong.json" in capsys.readouterr().err


def test_the_hall_reads_the_language_of_its_meeting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(i18n, "_chosen", [i18n.Words("en")])
    replica = LocalReplica(Hall().entities())
    speak_for(replica)
    assert i18n.words().language == "nl"
    replica.send(EditMeeting(id=uuid4(), language="en"))
    speak_for(replica)
    assert i18n.words().language == "en"
