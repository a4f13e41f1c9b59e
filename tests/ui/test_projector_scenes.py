"""Each scene: what it looks like, that nothing leaves its place, and that it never fails."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from facilitator.meeting.features import empty_state
from facilitator.meeting.meeting import Form, Phase
from facilitator.meeting.notes import Note
from facilitator.meeting.programme import StepKind
from facilitator.meeting.projector import SceneName
from tests.ui.hall import (
    ADDRESS,
    HARD_PASSWORD,
    HARD_QUESTION,
    HARD_THEMES,
    HARD_WIFI,
    LONG,
    NOW,
    SMALL,
    TEXTS,
    THEMES,
    Hall,
    drawn,
)
from ui import theme
from ui.projector import questions, rows, scenes, sections, wall
from ui.projector.canvas import Canvas

pytestmark = pytest.mark.usefixtures("qapp")

GOLDEN = Path(__file__).resolve().parent.parent / "golden"
OLD = QSize(800, 600)  # a projector of 4:3
SLIGHT = 40  # of 255: what two builds of Qt may differ in a pixel
FEW = 0.002  # of all pixels may differ more than that

DOTS = (12, 31, 4, 0, 17, 8, 9, 22, 1)

SCENES = {
    "doors": Hall(scene=SceneName.DOORS),
    "doors-light": Hall(scene=SceneName.DOORS, light=True),
    "doors-wifi": Hall(scene=SceneName.DOORS, wifi="Gemeente-gast", password="welkom2026"),
    "doors-wifi-open": Hall(scene=SceneName.DOORS, wifi="Gemeente-gast", light=True),
    "doors-old": Hall(scene=SceneName.DOORS, tables=12),
    "doors-wifi-old": Hall(
        scene=SceneName.DOORS, wifi="Gemeente-gast", password="welkom2026", tables=40
    ),
    "doors-no-tables": Hall(scene=SceneName.DOORS, tables=0),
    "round": Hall(),
    "round-wifi": Hall(wifi="Gemeente-gast", password="welkom2026"),
    "round-light": Hall(light=True),
    "round-themes": Hall(question=""),
    "five-minutes": Hall(left=290),
    "last-minute": Hall(left=45),
    "overtime": Hall(left=-83),
    "paused": Hall(running=False, left=600),
    "switch": Hall(scene=SceneName.SWITCH, step=StepKind.SWITCH, left=170),
    "switch-classic": Hall(
        scene=SceneName.SWITCH, step=StepKind.SWITCH, left=170, form=Form.CLASSIC
    ),
    "welcome": Hall(step=StepKind.WELCOME),
    "check-in": Hall(step=StepKind.CHECK_IN),
    "break": Hall(step=StepKind.BREAK, left=500),
    "wall": Hall(scene=SceneName.WALL),
    "wall-empty": Hall(scene=SceneName.WALL, notes=0),
    "matrix": Hall(scene=SceneName.MATRIX, step=StepKind.HARVEST, notes=90),
    "matrix-theme": Hall(scene=SceneName.MATRIX, theme=1),
    "result": Hall(scene=SceneName.RESULT, step=StepKind.PLENARY, options=8, dots=DOTS),
    "result-light": Hall(
        scene=SceneName.RESULT, step=StepKind.PLENARY, options=5, dots=DOTS, light=True
    ),
    "result-old": Hall(
        scene=SceneName.RESULT, step=StepKind.PLENARY, options=20, dots=DOTS, texts=(*TEXTS, LONG)
    ),
    "result-open": Hall(
        scene=SceneName.RESULT, step=StepKind.PLENARY, options=6, dots=DOTS, voting=True
    ),
    "result-grade": Hall(scene=SceneName.RESULT, step=StepKind.CHECK_IN, grades=(8, 9, 8, 10, 9)),
    "black": Hall(black=True),
}

HARD = {
    "doors": Hall(
        scene=SceneName.DOORS,
        title="Arbeidsongeschiktheidsverzekeringsmaatschappijen en hun medezeggenschap " * 2,
        organisation="Onderwijsondersteuningsorganisaties Noordoost " * 3,
    ),
    "doors wifi": Hall(
        scene=SceneName.DOORS, title=HARD_QUESTION, wifi=HARD_WIFI, password=HARD_PASSWORD
    ),
    "round wifi": Hall(question=HARD_QUESTION, wifi=HARD_WIFI, password=HARD_PASSWORD),
    "switch wifi": Hall(
        scene=SceneName.SWITCH, step=StepKind.SWITCH, wifi=HARD_WIFI, password=HARD_PASSWORD
    ),
    "wall wifi": Hall(scene=SceneName.WALL, wifi=HARD_WIFI, password=HARD_PASSWORD),
    "doors tables": Hall(scene=SceneName.DOORS, title=HARD_QUESTION, tables=125),
    "doors wifi tables": Hall(
        scene=SceneName.DOORS, tables=125, wifi=HARD_WIFI, password=HARD_PASSWORD
    ),
    "doors closed": Hall(scene=SceneName.DOORS, phase=Phase.CLOSED),
    "question": Hall(question=HARD_QUESTION, left=4_000),
    "twenty themes": Hall(question="", themes=HARD_THEMES * 6 + THEMES[:2]),
    "no question": Hall(question="", themes=()),
    "before": Hall(step=None, title=HARD_QUESTION),
    "welcome": Hall(step=StepKind.WELCOME, title=HARD_QUESTION, purpose=HARD_QUESTION * 3),
    "many tables": Hall(
        scene=SceneName.SWITCH,
        step=StepKind.SWITCH,
        left=100,
        tables=125,
        themes=HARD_THEMES * 6,
        table_name="Medezeggenschapsorganisatie",
    ),
    "long notes": Hall(scene=SceneName.WALL, texts=(LONG,)),
    "mixed notes": Hall(scene=SceneName.WALL, texts=(*TEXTS, LONG, "x" * 300, LONG * 6)),
    "twenty columns": Hall(scene=SceneName.MATRIX, themes=HARD_THEMES * 6 + THEMES[:2], notes=500),
    "one theme": Hall(scene=SceneName.MATRIX, theme=1, notes=300, texts=(*TEXTS, LONG, "y" * 300)),
    "hard result": Hall(
        scene=SceneName.RESULT, options=50, dots=(400,) * 50, texts=(*TEXTS, LONG, "z" * 300)
    ),
    "hard open": Hall(
        scene=SceneName.RESULT,
        options=50,
        dots=(1,),
        voting=True,
        texts=(*TEXTS, LONG * 6, "z" * 300),
        wifi=HARD_WIFI,
        password=HARD_PASSWORD,
    ),
    "one choice": Hall(scene=SceneName.RESULT, options=1, people=0, left=-4_000),
    "no result": Hall(scene=SceneName.RESULT, step=None),
    "empty matrix": Hall(scene=SceneName.MATRIX, notes=0, themes=()),
}


@pytest.mark.parametrize("name", SCENES)
def test_a_scene_looks_as_it_did(name: str, update_golden: bool, tmp_path: Path) -> None:
    picture = drawn(SCENES[name].state(), OLD if name.endswith("-old") else SMALL)
    path = GOLDEN / f"{name}.png"
    if update_golden:
        GOLDEN.mkdir(exist_ok=True)
        assert picture.save(str(path))
        return
    assert path.exists(), "make it with --update-golden"
    different = _difference(picture, QImage(str(path)))
    picture.save(str(tmp_path / path.name))
    assert different <= FEW, f"it is {tmp_path / path.name} now"


def _difference(picture: QImage, golden: QImage) -> float:
    """The part of the pixels that are clearly of another colour."""
    assert picture.size() == golden.size()
    rgb = QImage.Format.Format_RGB888
    ours, theirs = picture.convertToFormat(rgb), golden.convertToFormat(rgb)
    one, other = bytes(ours.constBits()), bytes(theirs.constBits())
    if one == other:
        return 0.0
    clear = sum(abs(a - b) > SLIGHT for a, b in zip(one, other, strict=True))
    return clear / (picture.width() * picture.height())


@pytest.mark.parametrize("size", [QSize(1024, 768), QSize(1920, 1080), QSize(800, 450)])
@pytest.mark.parametrize("name", HARD)
def test_nothing_comes_near_the_edge(name: str, size: QSize) -> None:
    hall = HARD[name]
    picture = drawn(hall.state(), size)
    ground = QColor(scenes.ground_of(hall.state())).rgb()
    edge = round(16 * size.height() / 1080)
    for x in range(0, size.width(), 3):
        for y in (*range(edge), *range(size.height() - edge, size.height())):
            assert picture.pixel(x, y) == ground, (x, y)
    for y in range(0, size.height(), 3):
        for x in (*range(edge), *range(size.width() - edge, size.width())):
            assert picture.pixel(x, y) == ground, (x, y)


@pytest.mark.parametrize("name", [*HARD, *SCENES])
@pytest.mark.parametrize("size", [QSize(3840, 2160), QSize(300, 169), QSize(20, 11), QSize(1, 1)])
def test_it_can_be_drawn_at_any_size(name: str, size: QSize) -> None:
    assert not drawn({**SCENES, **HARD}[name].state(), size).isNull()


WORDS = st.text(max_size=80) | st.sampled_from(
    ["", " ", "\n\n", "ﷺ" * 20, "👩‍👩‍👧‍👦" * 9, "a" * 300]
)
HALLS = st.builds(
    Hall,
    scene=st.sampled_from(SceneName),
    step=st.none() | st.sampled_from(StepKind),
    left=st.floats(-40_000, 30_000),
    running=st.booleans(),
    question=WORDS,
    title=WORDS,
    wifi=WORDS,
    password=WORDS,
    organisation=WORDS,
    purpose=WORDS,
    themes=st.lists(st.tuples(WORDS, WORDS), max_size=20).map(tuple),
    tables=st.integers(0, 30),
    table_name=WORDS,
    notes=st.integers(0, 30),
    texts=st.lists(WORDS, min_size=1, max_size=5).map(tuple),
    rows=st.lists(WORDS, max_size=8).map(tuple),
    own=st.booleans(),
    people=st.integers(0, 3),
    options=st.integers(0, 20),
    dots=st.lists(st.integers(0, 9), max_size=20).map(tuple),
    voting=st.booleans(),
    grades=st.lists(st.integers(1, 10), max_size=3).map(tuple),
    light=st.booleans(),
    phase=st.sampled_from(Phase),
    form=st.sampled_from(Form),
)


@effort(max_examples=120)
@given(
    hall=HALLS,
    theme_number=st.none() | st.integers(0, 19),
    size=st.builds(QSize, st.integers(1, 1400), st.integers(1, 900)),
    later=st.floats(0, 10_000),
    address=WORDS,
)
def test_no_meeting_makes_a_scene_fail(
    qapp: QApplication,
    hall: Hall,
    theme_number: int | None,
    size: QSize,
    later: float,
    address: str,
) -> None:
    known = theme_number is not None and theme_number < len(hall.themes)
    chosen = msgspec.structs.replace(hall, theme=theme_number if known else None)
    drawn(chosen.state(), size, NOW + timedelta(seconds=later), address)


def test_a_scene_that_fails_shows_its_plain_ground(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(scenes, "_paint_scene", fail)
    assert _plain(Hall()) == {QColor(theme.palette(light=False).bg).rgb()}


def test_before_there_is_a_meeting_the_ground_is_plain_and_dark() -> None:
    picture = QImage(SMALL, QImage.Format.Format_RGB32)
    painter = QPainter(picture)
    scenes.paint(painter, empty_state(), NOW, SMALL, address=ADDRESS)
    painter.end()
    assert _colours(picture) == {QColor(theme.palette(light=False).bg).rgb()}


@pytest.mark.parametrize("scene", [SceneName.STEP, SceneName.SWITCH])
def test_a_meeting_that_is_closed_thanks_and_shows_no_clock(scene: SceneName) -> None:
    over = Hall(scene=scene, step=StepKind.CLOSING, phase=Phase.CLOSED)
    thanks = Hall(scene=SceneName.DOORS, phase=Phase.CLOSED)
    assert drawn(over.state()) == drawn(thanks.state())
    assert scenes.until_changed(over.state(), NOW) is None


def test_black_is_black() -> None:
    assert _plain(Hall(black=True, light=True)) == {QColor("#000000").rgb()}


def _plain(hall: Hall) -> set[int]:
    picture = QImage(SMALL, QImage.Format.Format_RGB32)
    painter = QPainter(picture)
    scenes.paint(painter, hall.state(), NOW, SMALL, address=ADDRESS)
    painter.end()
    return _colours(picture)


def _colours(picture: QImage) -> set[int]:
    return {
        picture.pixel(x, y)
        for x in range(0, picture.width(), 7)
        for y in range(0, picture.height(), 7)
    }


def test_the_hall_never_sees_a_hidden_note() -> None:
    state = Hall(hidden=2).state()
    shown = wall.newest(state, None)
    assert len(shown) == 20
    assert not any(note.hidden for note in shown)
    assert sum(column.total for column in sections.columns_of(state)) == 20


LONG_QUESTION = (
    "Hoe komen wij over tien jaar op ons werk, bij de dokter en bij elkaar zonder dat de straat "
    "vol auto’s staat?"
)


@pytest.mark.parametrize("count", range(2, 7))
@pytest.mark.parametrize("question", ["Wat nu?", THEMES[0][1], LONG_QUESTION])
def test_the_questions_of_a_few_themes_stand_whole_in_their_box(count: int, question: str) -> None:
    state = Hall(question="", themes=(("Onderweg in de wijk", question),) * count).state()
    box = QRectF(0, 0, 1340, 460)
    sheet = questions.sheet_for(rows.theme_rows(state), box, 2)
    assert sheet is not None
    assert sheet.pixels >= questions.SIZES[1]
    shown = [entry for part in sheet.columns for entry in part]
    assert [entry.row.number for entry in shown] == [""] * count, "no number as of a table"
    assert all(" ".join(entry.question.lines) == question for entry in shown)
    assert all(sum(entry.height for entry in part) <= box.height() for part in sheet.columns)


def test_many_themes_and_those_without_a_question_stand_as_titles() -> None:
    box = QRectF(0, 0, 1340, 460)
    for listed in (HARD_THEMES * 3, (("Groen", ""), ("Wonen", ""))):
        state = Hall(question="", themes=listed).state()
        assert questions.sheet_for(rows.theme_rows(state), box, 2) is None


def hung_up(notes: Sequence[Note]) -> list[list[wall.Card]]:
    picture = QImage(SMALL, QImage.Format.Format_RGB32)
    painter = QPainter(picture)
    canvas = Canvas(painter, SMALL.toSizeF(), theme.palette(light=False))
    pages = wall.pages_of(canvas, notes)
    painter.end()
    return pages


@pytest.mark.parametrize("count", range(1, 30))
def test_the_last_page_of_the_wall_is_not_nearly_empty(count: int) -> None:
    notes = wall.newest(Hall(notes=count, texts=("Meer bankjes bij de speeltuin",)).state(), None)
    sizes = [len(page) for page in hung_up(notes)]
    assert sum(sizes) == count
    assert max(sizes) - min(sizes) <= 1


def test_every_new_note_hangs_on_the_wall_once() -> None:
    state = Hall(notes=200, texts=(*TEXTS, LONG)).state()
    notes = wall.newest(state, None)
    assert [note.id.int for note in notes[:3]] == [9199, 9198, 9197]
    pages = hung_up(notes)
    hung = [card.note.id for page in pages for card in page]
    assert sorted(hung) == sorted(note.id for note in notes)
    for page in pages:
        for card in page:
            assert card.setting.pixels >= wall.LEAST
            assert not any(card.box.intersects(other.box) for other in page if other is not card)
