"""The model of the board: rows come and go, and 2,000 notes stay quick."""

from __future__ import annotations

from uuid import uuid4

from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from facilitator.meeting.ids import NoteId
from facilitator.meeting.notes import HideNotes, WriteNote
from facilitator.meeting.themes import RemoveTheme
from tests.ui.content import meeting_with, note_id, theme_id
from tests.ui.desk import Desk
from tests.ui.local import LocalReplica
from ui.board.model import BoardModel


def test_rows_follow_the_meeting(qtbot: QtBot) -> None:
    replica = LocalReplica(meeting_with(themes=3, notes=100))
    model = BoardModel(replica)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    replica.send(HideNotes(id=uuid4(), notes=(note_id(3), note_id(4), note_id(90))))
    assert model.rowCount() == 97
    assert not model.has(note_id(3))
    assert all(model.row_of(model.id_at(row)) == row for row in range(model.rowCount()))
    replica.undo()
    assert model.rowCount() == 100
    replica.send(HideNotes(id=uuid4(), notes=tuple(note_id(n) for n in range(1, 90))))
    assert model.rowCount() == 11
    replica.undo()
    replica.send(WriteNote(id=uuid4(), note=NoteId(uuid4()), text="Nieuw", table=None, step=None))
    assert model.rowCount() == 101


def test_notes_without_a_theme_get_a_column_only_when_there_are_any(qtbot: QtBot) -> None:
    replica = LocalReplica(meeting_with(themes=2, notes=10))
    model = BoardModel(replica)
    assert [column.theme for column in model.plan().columns] == [theme_id(1), theme_id(2)]
    replica.send(WriteNote(id=uuid4(), note=NoteId(uuid4()), text="Los", table=None, step=None))
    assert model.plan().columns[-1].title == "Zonder thema"
    assert model.plan().notes == 11


def test_a_theme_that_goes_takes_its_column_along(qtbot: QtBot) -> None:
    replica = LocalReplica(meeting_with(themes=3, notes=0))
    model = BoardModel(replica)
    with qtbot.waitSignal(model.arranged):
        replica.send(RemoveTheme(id=uuid4(), theme=theme_id(2)))
    assert [column.theme for column in model.plan().columns] == [theme_id(1), theme_id(3)]


def test_two_thousand_notes_are_laid_out_and_painted(qtbot: QtBot) -> None:
    desk = Desk(qtbot, meeting_with(themes=5, notes=2000))
    desk.view.fold_all(folded=False)
    layout = desk.view.layout_now()
    assert len(layout.places) == 2000
    desk.view.viewport().repaint()
    assert not desk.view.grab().isNull()  # how long it takes is in benchmarks/board.py
