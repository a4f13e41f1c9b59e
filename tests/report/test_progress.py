"""How far a file is: told from what was done, forward only, and up to the end."""

from __future__ import annotations

from itertools import pairwise
from typing import Final
from uuid import UUID

import pytest

from facilitator.meeting.ids import PhotoId
from facilitator.meeting.photos import Photo
from facilitator.report.formats import FORMATS
from facilitator.report.progress import UNHEARD, Progress
from tests.report.house_file import house_file
from tests.report.meetings import held

COUNTED: Final = ("docx", "odt", "html", "xlsx", "eml")


def test_a_stretch_is_a_part_of_the_whole() -> None:
    heard: list[int | None] = []
    second = Progress(heard.append).stretch(0.5, 1)
    assert list(second.over(["a", "b"])) == ["a", "b"]
    did = second.stretch(0.5, 1).counts(200)
    did(50)
    second.blind()
    assert heard == [75, 100, 81, None]


def test_nothing_to_do_is_done() -> None:
    heard: list[int | None] = []
    Progress(heard.append).counts(0)(0)
    assert heard == [100]
    assert list(UNHEARD.over([1, 2])) == [1, 2]
    UNHEARD.blind()


@pytest.mark.parametrize("ending", COUNTED)
@pytest.mark.parametrize("house", [None, house_file()])
def test_each_long_format_tells_how_far_it_is(ending: str, house: bytes | None) -> None:
    heard: list[int | None] = []
    photos = [
        Photo(id=PhotoId(UUID(int=number)), width=4, height=3, order=float(number))
        for number in range(1, 40)
    ]
    jpegs: dict[UUID, bytes] = {photo.id: b"\xff\xd8\xff" * 50_000 for photo in photos}
    state = held(["een", "twee", "drie"], others=photos)
    told = FORMATS[ending].written(state, jpegs, house, Progress(heard.append))
    assert told == FORMATS[ending].written(state, jpegs, house), "counting changes nothing"
    steps = [percent for percent in heard if percent is not None]
    assert steps == sorted(steps)
    assert steps[0] < 30
    assert len(set(steps)) > 3
    assert max(later - sooner for sooner, later in pairwise(steps)) < 50
