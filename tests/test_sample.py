"""The sample meeting is whole, invented once, and the same each time."""

from collections import Counter
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from facilitator.kernel.entity import Entity
from facilitator.kernel.state import State
from facilitator.kernel.text import tidy
from facilitator.kernel.wire import Reader, encode
from facilitator.meeting.arranging import cells_of, notes_in
from facilitator.meeting.categories import categories_of
from facilitator.meeting.checkin import CheckIn, average
from facilitator.meeting.explanations import explanation_of
from facilitator.meeting.features import KINDS, empty_state
from facilitator.meeting.frames import frames
from facilitator.meeting.ids import MeetingId
from facilitator.meeting.meeting import Attendance, Phase, the_meeting
from facilitator.meeting.merging import with_under
from facilitator.meeting.notes import Note
from facilitator.meeting.outcomes import agreements, decisions, open_tasks
from facilitator.meeting.people import participants
from facilitator.meeting.programme import rounds, steps
from facilitator.meeting.proposals import Proposal, Standing, proposals, standing
from facilitator.meeting.tables import tables
from facilitator.meeting.themes import themes
from facilitator.sample import LANGUAGES, sample_entities, sample_proposals, sample_setup

MEETING = MeetingId(UUID(int=7))


def loaded(entities: list[Entity]) -> State:
    state = empty_state()
    state.load(entities, revision=1)
    return state


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_it_holds_what_a_learning_session_holds(language: str) -> None:
    state = loaded(sample_entities(MEETING, language))
    assert len(themes(state)) == 5
    assert [theme.open for theme in themes(state)].count(True) == 1
    assert len(tables(state)) == 4
    assert len(rounds(state)) == 3
    assert len(state.all(Note)) >= 60
    assert len(participants(state)) == 17
    assert (len(decisions(state)), len(open_tasks(state)), len(agreements(state))) == (3, 4, 4)
    assert all(explanation_of(state, theme.id).text for theme in themes(state))
    assert the_meeting(state).phase is Phase.CLOSED
    assert the_meeting(state).attendance is Attendance.NAMES


def test_the_average_has_three_decimals(language: str) -> None:
    state = loaded(sample_entities(MEETING, language))
    assert average(state.all(CheckIn)) == Decimal("8.765")


def test_a_themed_table_writes_of_its_own_theme() -> None:
    state = loaded(sample_entities(MEETING))
    own = {table.id: table.theme for table in tables(state)}
    shared = {theme.id for theme in themes(state) if theme.open}
    for note in state.all(Note):
        assert note.table is not None
        assert note.theme == own[note.table] or note.theme in shared


def test_each_note_was_written_in_its_round() -> None:
    state = loaded(sample_entities(MEETING))
    times: dict[object, set[datetime]] = {}
    for note in state.all(Note):
        assert note.written_at is not None
        times.setdefault(note.round, set()).add(note.written_at)
        assert note.written_at.utcoffset() == timedelta(0)
    first, second, third = (times[step.id] for step in rounds(state))
    assert max(first) < min(second)
    assert max(second) < min(third)


def test_the_programme_fills_the_time() -> None:
    state = loaded(sample_entities(MEETING))
    meeting = the_meeting(state)
    assert meeting.begins is not None
    assert meeting.ends is not None
    assert sum(step.length for step in steps(state)) == (
        (meeting.ends.hour - meeting.begins.hour) * 3600
    )


def test_every_note_stands_in_one_cell(language: str) -> None:
    state = loaded(sample_entities(MEETING, language))
    found = [
        note.id
        for theme in themes(state)
        for cell in cells_of(state, theme.id)
        for note in with_under(state, notes_in(state, cell))
    ]
    assert sorted(found) == sorted(note.id for note in state.all(Note))
    assert len(found) == len(set(found))


def test_the_same_id_gives_the_same_meeting() -> None:
    assert sample_entities(MEETING) == sample_entities(MEETING)
    assert sample_entities(MEETING) != sample_entities(MeetingId(UUID(int=8)))
    kinds = Counter((entity.kind(), entity.id) for entity in sample_entities(MEETING))
    assert max(kinds.values()) == 1


def test_it_survives_the_wire(language: str) -> None:
    entities = sample_entities(MEETING, language)
    assert Reader(KINDS).entities(encode(entity) for entity in entities) == entities


def test_every_reference_points_at_something(language: str) -> None:
    for entities in (sample_entities(MEETING, language), sample_setup(MEETING, language)):
        state = loaded(entities)
        for entity in entities:
            for field, kind in entity.refers.items():
                target = getattr(entity, field)
                assert target is None or state.has(kind, target)


def test_prepared_it_has_the_same_ids_and_nothing_said(language: str) -> None:
    state, whole = loaded(sample_setup(MEETING, language)), sample_entities(MEETING, language)
    assert {entity.id for entity in state.entities()} <= {entity.id for entity in whole}
    assert not state.all(Note)
    assert not state.all(CheckIn)
    assert not decisions(state)
    assert the_meeting(state).phase is Phase.PREPARING
    assert not the_meeting(state).check_out


def test_both_languages_say_the_same_things() -> None:
    dutch, english = (loaded(sample_entities(MEETING, language)) for language in LANGUAGES)
    for one, other in zip(themes(dutch), themes(english), strict=True):
        assert len(categories_of(dutch, one.id)) == len(categories_of(english, other.id))
        cells = zip(cells_of(dutch, one.id), cells_of(english, other.id), strict=True)
        assert all(len(notes_in(dutch, a)) == len(notes_in(english, b)) for a, b in cells)


def test_its_texts_are_tidy(language: str) -> None:
    state = loaded(sample_entities(MEETING, language))
    for note in state.all(Note):
        assert note.text == tidy(note.text)
        assert len(note.text) <= the_meeting(state).note_length


def test_another_language_is_dutch() -> None:
    assert the_meeting(loaded(sample_entities(MEETING, "fr"))).language == "nl"


def test_what_is_proposed_fits_the_sample(language: str) -> None:
    whole = sample_entities(MEETING, language)
    state = loaded([*whole, *sample_proposals(MEETING, language)])
    assert len(frames(state)) == 3
    assert [standing(state, one) for one in proposals(state)] == [
        Standing.CONSENT,
        Standing.OBJECTED,
    ]
    assert {one.theme for one in proposals(state)} <= {theme.id for theme in themes(state)}
    assert not loaded(whole).all(Proposal), "a learning session has none"
