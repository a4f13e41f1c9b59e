from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest

from facilitator.file import (
    LARGEST,
    LARGEST_JSON,
    MOST,
    MeetingFile,
    from_json,
    read_cafe,
    renewed,
    to_json,
    write_cafe,
)
from facilitator.kernel.entity import Entity
from facilitator.kernel.errors import Malformed
from facilitator.meeting.features import KINDS, empty_state
from facilitator.meeting.ids import MeetingId, NoteId, PhotoId, StepId
from facilitator.meeting.meeting import Meeting, Phase
from facilitator.meeting.notes import Note
from facilitator.meeting.photos import Photo
from facilitator.meeting.programme import Clock, Moment, Step, steps
from facilitator.meeting.tables import Table, code_of
from facilitator.meeting.templates import new_meeting
from facilitator.meeting.themes import Theme, themes

MEETING = MeetingId(UUID(int=7))
NOW = datetime(2026, 10, 30, 9, 0, tzinfo=UTC)
JPEG = b"\xff\xd8\xff\xe0 een plaatje"
PHOTO = PhotoId(UUID(int=99))


def meeting(*more: Entity, phase: Phase = Phase.LIVE) -> list[Entity]:
    """A meeting in the middle of its second step."""
    made = list(new_meeting(MEETING, "Proef", theme_titles=("Groen", "Veilig")))
    state = empty_state()
    state.load(made, 1)
    first, second = steps(state)[:2]
    clock = Clock(
        id=MEETING,
        step=second.id,
        left=float(second.length),
        ends_at=NOW + timedelta(seconds=200),
        before=(Moment(step=first.id, left=600.0, ends_at=None, left_at=NOW),),
    )
    theme = themes(state)[0]
    whole = [clock if isinstance(thing, Clock) else thing for thing in made if thing.id != MEETING]
    head = [thing for thing in made if thing.id == MEETING and not isinstance(thing, Clock)]
    head = [
        msgspec.structs.replace(thing, phase=phase) if isinstance(thing, Meeting) else thing
        for thing in head
    ]
    note = Note(id=NoteId(uuid4()), text="Meer é€😀 bankjes\nbij de vijver", theme=theme.id)
    return [*head, clock, *whole, note, *more]


def photo() -> Photo:
    return Photo(id=PHOTO, width=4, height=3)


def as_set(entities: Any) -> set[bytes]:
    return {msgspec.json.encode(thing) for thing in entities}


def content(**things: Any) -> dict[str, Any]:
    return {"format": "facilitator-meeting", "version": 1, "things": things}


def plain(**things: Any) -> bytes:
    return json.dumps(content(meeting=[{"title": "Proef"}]) | content(**things)).encode()


def with_meeting(**things: Any) -> bytes:
    return plain(meeting=[{"title": "Proef"}], **things)


def zipped(**members: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in members.items():
            archive.writestr(name.replace("__", "/").replace("_json", ".json"), raw)
    return target.getvalue()


def code(raw: bytes) -> str:
    with pytest.raises(Malformed) as caught:
        read_cafe(raw)
    return caught.value.code


def test_what_is_written_is_read_again_in_both_forms() -> None:
    whole = meeting(photo())
    assert as_set(read_cafe(write_cafe(whole, {PHOTO: JPEG}))) == as_set(whole)
    assert read_cafe(write_cafe(whole, {PHOTO: JPEG})).photos == {PHOTO: JPEG}
    assert as_set(from_json(to_json(whole))) == as_set(meeting_without_photos(whole))
    assert as_set(read_cafe(to_json(whole))) == as_set(meeting_without_photos(whole))


def meeting_without_photos(whole: list[Entity]) -> list[Entity]:
    return [thing for thing in whole if not isinstance(thing, Photo)]


def test_the_same_meeting_gives_the_same_bytes() -> None:
    whole = meeting(photo())
    assert write_cafe(whole, {PHOTO: JPEG}) == write_cafe(reversed(whole), {PHOTO: JPEG})


def test_a_photo_without_its_picture_is_left_out() -> None:
    whole = meeting(photo())
    assert as_set(read_cafe(write_cafe(whole))) == as_set(meeting_without_photos(whole))


def test_every_kind_may_travel() -> None:
    assert {type(thing) for thing in from_json(with_meeting())} == {Meeting, *_single()}
    assert len(KINDS) == 23


def _single() -> set[type[Entity]]:
    return {type(thing) for thing in new_meeting(MEETING, "x") if thing.id == MEETING} - {Meeting}


def test_other_ids_everywhere_and_nothing_else() -> None:
    whole = meeting(photo(), phase=Phase.PREPARING)
    other = MeetingId(uuid4())
    fresh = list(renewed(whole, other))
    assert {thing.id for thing in fresh}.isdisjoint({thing.id for thing in whole})
    assert len({thing.id for thing in fresh}) == len({thing.id for thing in whole})
    assert as_set(fresh) == as_set(renewed(whole, other))
    state = empty_state()
    state.load(fresh, 1)
    for thing in fresh:
        for field, kind in thing.refers.items():
            target = getattr(thing, field)
            assert target is None or state.has(kind, target)
    clock = next(thing for thing in fresh if isinstance(thing, Clock))
    assert clock.id == other
    assert [state.has("step", moment.step) for moment in clock.before] == [True]


def test_ids_and_pictures_go_together() -> None:
    file = MeetingFile(tuple(meeting(photo())), {PHOTO: JPEG}).renewed(MeetingId(uuid4()))
    (picture,) = [thing for thing in file if isinstance(thing, Photo)]
    assert file.photos == {picture.id: JPEG}
    assert picture.id != PHOTO


def test_handed_over_in_the_middle_the_clock_keeps_its_second() -> None:
    fresh = list(renewed(read_cafe(write_cafe(meeting())), MeetingId(uuid4())))
    (clock,) = [thing for thing in fresh if isinstance(thing, Clock)]
    assert clock.remaining(NOW) == 200
    (head,) = [thing for thing in fresh if isinstance(thing, Meeting)]
    assert head.phase is Phase.CLOSED


def test_a_table_keeps_the_code_that_is_on_its_card() -> None:
    before = {thing.code for thing in meeting() if isinstance(thing, Table)}
    after = {thing.code for thing in renewed(meeting(), MEETING) if isinstance(thing, Table)}
    assert before == after


def test_without_an_order_things_stand_as_in_the_file() -> None:
    titles = ["Zorgen", "Kansen", "Vragen", "Angsten"]
    rows = {
        "meeting": [{"title": "Proef"}],
        "theme": [{"id": title, "title": title} for title in titles],
    }
    read = from_json(
        json.dumps({"format": "facilitator-meeting", "version": 1, "things": rows}).encode()
    )
    state = empty_state()
    state.load(list(renewed(read, MEETING)), 1)
    assert [theme.title for theme in themes(state)] == titles


def test_written_by_hand_with_words_for_ids() -> None:
    things = from_json(
        with_meeting(
            theme=[{"id": "groen", "title": " Groen\r\n"}],
            table=[{"id": "een", "number": 1, "theme": "groen"}],
            explanation=[{"id": "groen", "text": "a\x00b"}],
        )
    )
    (theme,) = [thing for thing in things if isinstance(thing, Theme)]
    (table,) = [thing for thing in things if isinstance(thing, Table)]
    assert (table.theme, table.code) == (theme.id, code_of(table.id))
    assert theme.title == "Groen"
    assert {thing.kind(): thing for thing in things}["explanation"] == msgspec.convert(
        {"kind": "explanation", "id": str(theme.id), "text": "ab"},
        {kind.kind(): kind for kind in KINDS}["explanation"],
    )


@pytest.mark.parametrize("raw", [b"", b"\x00\x01", b"PK\x05\x06", b"%PDF-1.7", b"[]", b"\xff\xfe{"])
def test_what_is_no_meeting_file(raw: bytes) -> None:
    assert code(raw) == "file.kind"


def test_another_zip_or_json_is_no_meeting_file() -> None:
    assert code(zipped(word__document=b"x")) == "file.kind"
    assert code(b'{"format": "other", "version": 1, "things": {}}') == "file.kind"
    assert code(zipped(meeting_json=b"hello")) == "file.kind"


@pytest.mark.parametrize("part", [0.02, 0.3, 0.5, 0.9, 0.999])
def test_cut_off(part: float) -> None:
    cafe, text = write_cafe(meeting(photo()), {PHOTO: JPEG * 50}), to_json(meeting())
    assert code(cafe[: int(len(cafe) * part)]) == "file.broken"
    assert code(text[: int((len(text) - 2) * part)]) == "file.broken"


def test_damaged_in_any_place_it_never_gives_another_meeting() -> None:
    whole = meeting(photo())
    cafe = write_cafe(whole, {PHOTO: JPEG * 50})
    for place in range(4, len(cafe), 7):
        broken = bytearray(cafe)
        broken[place] ^= 0x55
        try:
            read = read_cafe(bytes(broken))
        except Malformed:
            continue
        assert as_set(read) == as_set(whole)


def test_newer() -> None:
    newer = content(meeting=[]) | {"version": 2}
    assert code(json.dumps(newer).encode()) == "file.newer"
    assert code(json.dumps(newer | {"version": "1"}).encode()) == "file.broken"
    assert code(json.dumps(newer | {"version": 1, "things": [1]}).encode()) == "file.broken"


@pytest.mark.parametrize(
    "things", [{"note": {}}, {"note": [1]}, {"note": None}], ids=["object", "numbers", "null"]
)
def test_of_another_shape(things: dict[str, Any]) -> None:
    assert code(with_meeting(**things)) == "file.broken"


def test_huge() -> None:
    assert code(bytes(LARGEST + 1)) == "file.huge"
    assert code(b"{" + b" " * LARGEST_JSON) == "file.huge"
    assert code(with_meeting(note=[{}] * (MOST + 1))) == "file.huge"
    assert code(zipped(**{f"f{number}": b"" for number in range(1_001)})) == "file.huge"


def test_a_bomb_does_not_go_off() -> None:
    bomb = zipped(meeting_json=b" " * (LARGEST_JSON + 10))
    assert len(bomb) < 1_000_000
    assert code(bomb) == "file.huge"
    small = zipped(meeting_json=b"{" + b" " * 20_000_000)
    lying = small.replace((20_000_001).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert lying != small
    assert code(lying) == "file.broken"


@pytest.mark.parametrize("depth", [100_000])
def test_deeply_nested(depth: int) -> None:
    assert code(b'{"format":' + b"[" * depth + b"]" * depth + b"}") == "file.broken"


@pytest.mark.parametrize("name", ["../evil", "/etc/x", "a/../../x", "C:evil", "a\\b"])
def test_a_name_that_leads_out(name: str) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("meeting.json", to_json(meeting()))
        member = zipfile.ZipInfo("placeholder")
        member.filename = name
        archive.writestr(member, b"x")
    assert code(target.getvalue()) == "file.unsafe"


def test_other_names_are_passed_over() -> None:
    raw = zipped(meeting_json=to_json(meeting()), LEESMIJ=b"hallo")
    assert len(read_cafe(raw).entities) > 5


def test_the_same_name_twice() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("meeting.json", to_json(meeting()))
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("meeting.json", to_json(meeting()))
    assert code(target.getvalue()) == "file.double"


ROUND: dict[str, Any] = {"id": "r", "activity": "round", "length": 60}
NOTE: dict[str, Any] = {"id": "n", "text": "x"}
TABLE: dict[str, Any] = {"id": "t", "number": 1}
SAME_CODE: dict[str, Any] = {**TABLE, "code": "BCDFG"}


@pytest.mark.parametrize(
    ("things", "expected"),
    [
        ({"mood": []}, "file.unknown_kind"),
        ({"note": [{**NOTE, "colour": "red"}]}, "file.field"),
        ({"note": [{"id": "n"}]}, "file.value"),
        ({"note": [{"text": "x"}]}, "file.value"),
        ({"note": [{**NOTE, "id": 4}]}, "file.value"),
        ({"note": [{**NOTE, "id": "x" * 65}]}, "file.value"),
        ({"note": [{**NOTE, "hidden": 1}]}, "file.value"),
        ({"note": [{**NOTE, "text": "x" * 20_001}]}, "file.value"),
        ({"note": [{**NOTE, "written_at": "2026-10-30T12:00:00"}]}, "file.value"),
        ({"note": [{**NOTE, "order": 1e300}]}, "file.value"),
        ({"step": [{**ROUND, "activity": "dance"}]}, "file.value"),
        ({"step": [{**ROUND, "length": 30_000}]}, "file.value"),
        ({"table": [{**TABLE, "seats": 0}]}, "file.value"),
        ({"table": [{**TABLE, "code": "AEIOU"}]}, "file.value"),
        ({"table": [{**TABLE, "number": 10**30}]}, "file.value"),
        ({"check_in": [{"id": "c", "grade": 11}]}, "file.value"),
        ({"clock": [{"before": [{"step": "r"}]}]}, "file.value"),
        (
            {"clock": [{"before": [{"step": "r", "left": 1, "ends_at": None, "left_at": "2026"}]}]},
            "file.value",
        ),
        ({"note": [NOTE, NOTE]}, "file.double"),
        ({"table": [SAME_CODE, {**SAME_CODE, "id": "u"}]}, "file.double"),
        ({"clock": [{}, {}]}, "file.double"),
        ({"note": [{**NOTE, "theme": "groen"}]}, "file.reference"),
        ({"clock": [{"step": "r"}]}, "file.reference"),
        ({"explanation": [{"id": "groen"}]}, "file.reference"),
        ({"note": [NOTE, {**NOTE, "id": "o", "merged": "p"}]}, "file.reference"),
        ({"note": [{**NOTE, "merged": NOTE["id"]}]}, "file.merged"),
        (
            {
                "note": [
                    {**NOTE, "id": "a"},
                    {**NOTE, "id": "b", "merged": "a"},
                    {**NOTE, "id": "c", "merged": "b"},
                ]
            },
            "file.merged",
        ),
        ({"meeting": []}, "file.meeting"),
        ({"meeting": [{"title": "a"}, {"id": "b", "title": "b"}]}, "file.meeting"),
        ({"meeting": [{"title": "a", "language": "fr"}]}, "file.value"),
        ({"photo": [{"id": "p", "width": 1, "height": 1}]}, "file.photo"),
    ],
)
def test_what_is_wrong_with_the_things(things: dict[str, Any], expected: str) -> None:
    assert code(plain(**{"meeting": [{"title": "Proef"}], **things})) == expected


def test_a_picture_that_is_no_jpeg() -> None:
    assert code(write_cafe(meeting(photo()), {PHOTO: b"<svg/>"})) == "file.photo"


def test_the_error_says_where() -> None:
    with pytest.raises(Malformed) as caught:
        from_json(with_meeting(step=[ROUND, {**ROUND, "id": "q", "length": -1}]))
    assert caught.value.values == {"kind": "step", "number": 2, "why": "length: from 0 to 28800"}


def test_a_step_of_zero_seconds_is_fine() -> None:
    things = from_json(with_meeting(step=[{**ROUND, "length": 0}]))
    assert [thing.length for thing in things if isinstance(thing, Step)] == [0]
    assert isinstance(things[1].id, UUID)
    assert StepId(things[1].id) == things[1].id


@pytest.mark.parametrize("make", [to_json, write_cafe])
def test_nothing_secret_is_in_the_file(make: Callable[[list[Entity]], bytes]) -> None:
    raw = make(meeting())
    assert b"digest" not in raw
    assert b"secret" not in raw
