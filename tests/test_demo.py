"""The demo plays a whole café over HTTP, and leaves what it promises."""

import zipfile
from pathlib import Path

import pytest
from docx import Document

from facilitator.demo import play
from facilitator.file import read_cafe
from facilitator.meeting.features import empty_state
from facilitator.meeting.hand_over import hand_overs
from facilitator.meeting.meeting import Phase, the_meeting
from facilitator.meeting.notes import Note, in_the_hall
from facilitator.meeting.outcomes import agreements, decisions, open_tasks
from facilitator.meeting.people import Participant
from facilitator.meeting.programme import rounds
from facilitator.meeting.tables import Table
from facilitator.meeting.votes import tally
from facilitator.report.word import report_docx
from facilitator.sample import sample


@pytest.mark.parametrize("participants", [2, 9])
def test_a_cafe_is_played_from_the_doors_to_the_verslag(
    tmp_path: Path, participants: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert play(tmp_path, participants, seed=3, pictures=False) == 0

    state = empty_state()
    state.load(read_cafe((tmp_path / "bijeenkomst.cafe").read_bytes()), revision=1)
    said = sample()
    texts = [note.text for note in state.all(Note)]
    for theme in said.themes:
        assert all(texts.count(note.text) == 1 for note in theme.notes)
    assert the_meeting(state).phase is Phase.CLOSED
    assert len(state.all(Participant)) == participants
    assert sum(note.late for note in state.all(Note)) == 1
    assert sum(not in_the_hall(note) for note in state.all(Note)) == 1
    assert all(note.author is None for note in state.all(Note))
    tables = [table.id for table in state.all(Table)]
    handed_over = [each for table in tables for each in hand_overs(state, table)]
    assert {each.round for each in handed_over} <= {step.id for step in rounds(state)[:-1]}
    assert bool(handed_over) == (participants > len(tables))
    assert sum(dots for _option, dots in tally(state)) == participants * the_meeting(state).dots
    assert not the_meeting(state).voting
    assert len(decisions(state)) == len(said.decisions)
    assert len(open_tasks(state)) == len(said.open_tasks)
    assert len(agreements(state)) == len(said.agreements)

    report = tmp_path / "verslag.docx"
    assert report.read_bytes() == report_docx(state)
    assert "Opbrengst" in [line.text for line in Document(str(report)).paragraphs]
    assert str(tmp_path) in capsys.readouterr().out


def test_it_clears_away_its_own_pictures_and_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "beelden"
    folder.mkdir()
    for name in ("99-oud.png", "vakantie.png"):
        (folder / name).touch()
    play(tmp_path, 2, pictures=False)
    assert [path.name for path in folder.iterdir()] == ["vakantie.png"]


def test_the_same_seed_gives_the_same_verslag(tmp_path: Path) -> None:
    made = []
    for name, seed in (("one", 5), ("again", 5), ("other", 6)):
        play(tmp_path / name, 6, seed, pictures=False)
        made.append((tmp_path / name / "verslag.docx").read_bytes())
    assert made[0] == made[1]
    assert made[0] != made[2]


@pytest.mark.slow
def test_it_paints_what_the_hall_saw(tmp_path: Path) -> None:
    play(tmp_path, 4, seed=1)
    painted = sorted(path.name for path in (tmp_path / "beelden").iterdir())
    for scene in (
        "inloop",
        "ronde",
        "laatste-minuut",
        "wisselen",
        "notitiewand",
        "matrix",
        "uitslag",
    ):
        assert any(scene in name for name in painted)
    assert all(zipfile.is_zipfile(tmp_path / name) for name in ("verslag.docx", "bijeenkomst.cafe"))
