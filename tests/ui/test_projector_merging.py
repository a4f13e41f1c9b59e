"""The hall sees one of the notes that say the same, and how many more there are."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from facilitator.kernel.state import State
from facilitator.meeting.features import empty_state
from facilitator.meeting.merging import under_in_the_hall
from facilitator.meeting.notes import Note
from facilitator.meeting.projector import Projector, SceneName
from tests.ui.hall import Hall, drawn
from ui.projector import sections, wall

pytestmark = pytest.mark.usefixtures("qapp")


def loaded(things: list[Any], scene: SceneName) -> State:
    state = empty_state()
    shown = (
        msgspec.structs.replace(thing, scene=scene) if isinstance(thing, Projector) else thing
        for thing in things
    )
    state.load(shown, revision=1)
    return state


def merged(state: State, **changes: Any) -> list[Any]:
    """The newest note with two under it; the changes are to the newest."""
    second, first, head = list(state.all(Note))[-3:]
    below = {first.id, second.id}
    given: dict[Any, dict[str, Any]] = {head.id: changes}
    for key in below:
        given[key] = {"merged": head.id, "theme": head.theme, "category": head.category}
    return [
        msgspec.structs.replace(thing, **given.get(thing.id, {}))
        if isinstance(thing, Note)
        else thing
        for thing in state.entities()
    ]


@pytest.mark.parametrize("scene", [SceneName.WALL, SceneName.MATRIX])
def test_one_stands_for_all(scene: SceneName) -> None:
    plain = loaded(list(Hall().state().entities()), scene)
    state = loaded(merged(plain), scene)
    every = len(plain.all(Note))
    assert len(wall.newest(state, None)) == every - 2
    assert sum(column.total for column in sections.columns_of(state)) == every - 2
    head = list(state.all(Note))[-1]
    assert under_in_the_hall(state, head) == 2
    assert drawn(state) != drawn(plain)


@pytest.mark.parametrize("changes", [{"hidden": True}, {"approved": False}])
def test_under_what_the_hall_may_not_see_the_others_are_seen(changes: dict[str, Any]) -> None:
    state = loaded(merged(Hall().state(), **changes), SceneName.WALL)
    *others, head = state.all(Note)
    shown = {note.id for note in wall.newest(state, None)}
    assert shown == {note.id for note in others}
    assert sum(column.total for column in sections.columns_of(state)) == len(others)
    assert head.id not in shown
