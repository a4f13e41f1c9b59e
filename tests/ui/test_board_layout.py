"""The layout of the board: where cells and notes stand, without a window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint

from facilitator.meeting.notes import Note
from tests.ui.content import meeting_with, note_id, own_id, row_id, table_id, theme_id
from tests.ui.local import LocalReplica
from ui import theme
from ui.board.layout import Layout, lay_out, measures
from ui.board.model import BoardModel
from ui.board.writing import Writing


def laid(width: int = 1360, *, unfolded: bool = False, **content: float | bool) -> Layout:
    theme.load_fonts()
    model = BoardModel(LocalReplica(meeting_with(**content)))  # type: ignore[arg-type]
    writing = Writing()
    sizes = measures(1.0, writing.line)
    plan = model.plan()
    cells = [cell.cell for column in plan.columns for cell in column.cells] if unfolded else []
    return lay_out(
        plan,
        sizes,
        lambda key, room, whole: writing.written(model.note(key), room, whole=whole).lines,
        writing.lines_of_title,
        cells,
        width,
    )


def test_rows_across_stand_at_the_same_height_in_every_column() -> None:
    layout = laid(themes=5, notes=80, rows=2)
    for row in (1, 2):
        boxes = [box for box in layout.boxes if box.cell[1] == row_id(row)]
        assert len(boxes) == 5
        assert len({(box.rect.y(), box.rect.height()) for box in boxes}) == 1
        side = next(side for side in layout.sides if side.category == row_id(row))
        assert (side.y, side.height) == (boxes[0].rect.y(), boxes[0].rect.height())


def test_own_categories_stack_in_their_own_column_above_the_rows() -> None:
    layout = laid(themes=3, notes=60, rows=1)
    own = [box for box in layout.boxes if box.cell == (theme_id(1), own_id(1, 2))]
    assert own[0].title == "Samen onderhouden"
    assert own[0].column == 0
    assert own[0].rect.bottom() < layout.sides[0].y


def test_no_two_cells_and_no_two_notes_overlap() -> None:
    for unfolded in (False, True):
        layout = laid(themes=4, notes=150, unfolded=unfolded)
        boxes = layout.boxes
        for number, box in enumerate(boxes):
            assert not any(box.rect.intersects(other.rect) for other in boxes[number + 1 :])
            rects = [layout.places[note] for note in box.shown]
            if box.more is not None:
                rects.append(box.more)
            for place, rect in enumerate(rects):
                assert box.rect.contains(rect)
                assert not any(rect.intersects(other) for other in rects[place + 1 :])


def test_a_full_cell_is_folded_and_tells_how_many_more() -> None:
    layout = laid(themes=2, notes=200, own=False, rows=1, loose=0.0)
    box = next(box for box in layout.boxes if box.cell == (theme_id(1), row_id(1)))
    assert box.more is not None
    assert len(box.shown) + box.hidden == len(box.notes)
    whole = laid(themes=2, notes=200, own=False, rows=1, loose=0.0, unfolded=True)
    again = next(box for box in whole.boxes if box.cell == (theme_id(1), row_id(1)))
    assert again.hidden == 0
    assert again.rect.height() > box.rect.height()


def test_all_columns_fit_on_a_laptop_and_twenty_scroll() -> None:
    assert laid(width=1060, themes=5, notes=40).size.width() <= 1060
    assert laid(width=1060, themes=20, notes=40).size.width() > 1060


def test_points_find_their_notes_and_slots() -> None:
    layout = laid(themes=5, notes=60)
    box = next(box for box in layout.boxes if len(box.shown) > 1)
    first, second = box.shown[:2]
    assert layout.note_at(layout.places[second].center()) == second
    assert layout.note_at(QPoint(0, 0)) is None
    assert layout.slot_at(box, layout.places[first].topLeft()) == 0
    assert layout.slot_at(box, layout.places[second].bottomRight()) == 2
    assert layout.slot_at(box, box.rect.bottomRight()) == len(box.shown)


@pytest.mark.parametrize("zoom", [0.7, 1.0, 1.5])
def test_a_line_is_as_high_as_it_is_painted(zoom: float) -> None:
    theme.load_fonts()
    writing = Writing(zoom)
    note = Note(id=note_id(1), text="graag " * 50, table=table_id(1), theme=theme_id(1))
    written = writing.written(note, 150, whole=True)
    assert written.lines > 9
    assert written.drawn.size().height() <= written.lines * writing.line


def test_long_words_are_cut_with_a_hyphen_and_long_texts_with_dots() -> None:
    model = BoardModel(LocalReplica(meeting_with(notes=20)))
    note = next(n for n in map(model.note, map(note_id, range(1, 21))) if "Verantw" in n.text)
    writing = Writing()
    short = writing.written(note, 90, whole=False)
    whole = writing.written(note, 90, whole=True)
    assert short.cut
    assert not whole.cut
    assert whole.lines > short.lines == 3
    lines = whole.drawn.text().split("\u2028")
    assert lines[0].endswith("-")
    assert "".join(lines).replace("-", "").replace(" ", "") == note.text.replace(" ", "")
