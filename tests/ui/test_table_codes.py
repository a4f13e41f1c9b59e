"""The codes of the tables on the projector, while people come in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import msgspec
import pytest
from PySide6.QtCore import QRectF, QSize

from facilitator.kernel.state import State
from facilitator.meeting.features import empty_state
from facilitator.meeting.meeting import Phase
from facilitator.meeting.projector import SceneName
from facilitator.meeting.tables import Table, tables
from tests.ui.hall import NOW, Hall, drawn
from ui.projector import canvas, scenes, table_codes, typeset
from ui.projector.canvas import Canvas

pytestmark = pytest.mark.usefixtures("qapp")

LEAST = 40  # pixels at 1080: to be read from the last chairs
WIDE, OLD = QSize(1920, 1080), QSize(1440, 1080)
Drawn = Callable[..., list[tuple[str, int, QRectF]]]


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> Drawn:
    """What is written in a scene: each text, its size, and where it stands."""

    def write(state: State, size: QSize, now: datetime = NOW) -> list[tuple[str, int, QRectF]]:
        found: list[tuple[str, int, QRectF]] = []
        plain = Canvas.lines

        def lines(
            self: Canvas, box: QRectF, setting: typeset.Setting, *rest: str, **more: int
        ) -> QRectF:
            taken = plain(self, box, setting, *rest, **more)  # type: ignore[arg-type]
            found.append(("\n".join(setting.lines), setting.pixels, taken))
            return taken

        monkeypatch.setattr(canvas.Canvas, "lines", lines)
        drawn(state, size, now)
        monkeypatch.undo()
        return found

    return write


@pytest.mark.parametrize("wifi", ["", "Gemeente-gast"], ids=["one code", "two codes"])
@pytest.mark.parametrize("size", [WIDE, OLD], ids=["16:9", "4:3"])
@pytest.mark.parametrize("count", [1, 3, 4, 5, 8, 12])
def test_up_to_twelve_tables_stand_there_at_once_large_and_whole(
    written: Drawn, count: int, size: QSize, wifi: str
) -> None:
    state = Hall(scene=SceneName.DOORS, tables=count, wifi=wifi, password="welkom2026").state()
    shown = written(state, size)
    sheet = QRectF(0, 0, size.width(), size.height())
    for table in tables(state):
        (pixels, at) = next((pixels, at) for text, pixels, at in shown if text == table.code)
        (name,) = (at for text, _pixels, at in shown if text == f"Tafel {table.number}")
        assert pixels >= LEAST
        assert sheet.contains(at)
        assert name.right() < at.left()
        assert abs(name.center().y() - at.center().y()) < 1
        others = [box for text, _pixels, box in shown if text != table.code]
        assert not any(at.intersects(other) for other in others)
    assert scenes.until_changed(state, NOW) is None


@pytest.mark.parametrize("wifi", ["", "Gemeente-gast"], ids=["one code", "two codes"])
@pytest.mark.parametrize("size", [WIDE, OLD], ids=["16:9", "4:3"])
def test_more_tables_take_turns_and_each_comes(written: Drawn, size: QSize, wifi: str) -> None:
    state = Hall(scene=SceneName.DOORS, tables=30, wifi=wifi).state()
    codes = {table.code for table in tables(state)}
    seen: list[set[str]] = []
    for page in range(3):
        now = NOW + timedelta(seconds=page * table_codes.SECONDS)
        seen.append({text for text, _pixels, _at in written(state, size, now)} & codes)
        assert scenes.until_changed(state, now) == table_codes.SECONDS
    assert set().union(*seen) == codes
    assert [len(part) for part in seen] == [10, 10, 10]


def test_a_closed_table_is_left_out(written: Drawn) -> None:
    state = Hall(scene=SceneName.DOORS, tables=3).state()
    first, *rest = tables(state)
    shut = msgspec.structs.replace(first, closed=True)
    assert [one.code for one in table_codes.table_codes(_with(state, shut))] == [
        table.code for table in rest
    ]
    shown = {text for text, _pixels, _at in written(_with(state, shut), WIDE)}
    assert first.code not in shown
    assert {table.code for table in rest} <= shown


@pytest.mark.parametrize("wifi", ["", "Gemeente-gast"])
def test_nothing_is_said_of_codes_where_there_are_no_tables(written: Drawn, wifi: str) -> None:
    shown = [
        text
        for text, _p, _at in written(Hall(scene=SceneName.DOORS, tables=0, wifi=wifi).state(), WIDE)
    ]
    assert "Typ daarna de code van je tafel" not in shown
    assert "Typ de code" not in shown
    assert "Scan en doe mee" in shown


def test_the_codes_are_gone_when_the_meeting_is(written: Drawn) -> None:
    state = Hall(scene=SceneName.DOORS, tables=30, phase=Phase.CLOSED).state()
    codes = {table.code for table in tables(state)}
    assert not codes & {text for text, _pixels, _at in written(state, WIDE)}
    assert scenes.until_changed(state, NOW) is None


def test_the_code_to_scan_is_as_large_beside_the_tables_as_without(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sides: list[float] = []
    monkeypatch.setattr(Canvas, "qr", lambda _self, box, _address: sides.append(box.width()))
    for count in (0, 12):
        for wifi in ("", "Gemeente-gast"):
            drawn(Hall(scene=SceneName.DOORS, tables=count, wifi=wifi).state(), WIDE)
    assert sides == [936, 580, 580, 936, 580, 580]


def _with(state: State, changed: Table) -> State:
    fresh = empty_state()
    same = [changed if thing.id == changed.id else thing for thing in state.entities()]
    fresh.load(same, revision=1)
    return fresh
