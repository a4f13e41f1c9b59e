"""Threat: somebody sends a command that is not theirs, or one of theirs about what is not theirs.

Every role by every command, drawn so that most of them would have done something.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import product
from random import Random
from typing import Any, Final
from uuid import uuid4

import msgspec
import pytest

from facilitator.engine import RATE
from facilitator.kernel.command import Command
from facilitator.kernel.state import State
from facilitator.kernel.wire import Reader
from facilitator.meeting.features import COMMANDS, KINDS, RULES, empty_state
from tests.meeting.chance import any_command
from tests.server.cafe import Engine

from .world import A, B, Who, World

PARTICIPANT: Final = {
    *("write_note", "edit_note", "sit_down", "send_check_in", "become_host", "cast_vote"),
}
HOST: Final = PARTICIPANT | {"write_hand_over", "hide_notes"}
MAY: Final = {
    "participant": PARTICIPANT,
    "participant elsewhere": PARTICIPANT,
    "no host any more": PARTICIPANT,
    "another meeting": PARTICIPANT,
    "host": HOST,
    "host elsewhere": HOST,
    "host of another meeting": HOST,
}
OUTSIDE: Final = {"nobody": 401, "stranger": 401, "gone": 401, "hall": 403}
TIMES: Final = 8  # each command, drawn anew


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """One that takes as much from a phone as these tests send; how much it takes is no matter here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(RATE, "100000")
        running = Engine(tmp_path_factory.mktemp("rights"))
    yield running
    running.stop()


@pytest.fixture(scope="module")
def worlds(engine: Engine) -> tuple[World, World]:
    return World(engine), World(engine)


@pytest.fixture
def who(worlds: tuple[World, World], request: pytest.FixtureRequest) -> Who:
    (found,) = (each for each in worlds[0].who(worlds[1]) if each.name == request.param)
    return found


def state_of(world: World) -> State:
    """The meeting as the console sees it, to draw from."""
    state = empty_state()
    raw = world.engine.console("GET", f"/api/state?meeting={world.cafe.id}")
    entities = [msgspec.json.encode(each) for each in raw["entities"]]
    state.load(Reader(KINDS).entities(entities), raw["revision"])
    return state


def drawn(state: State, kind: type[Command], seed: int) -> dict[str, Any]:
    """A command of this kind about things of that meeting, as it goes over the line."""
    wish: dict[str, Any] = json.loads(msgspec.json.encode(any_command(Random(seed), state, [kind])))
    return {**wish, "id": str(uuid4())}


@pytest.mark.parametrize(
    ("who", "kind"),
    [
        pytest.param(who, kind, id=f"{who}-{kind.tag()}")
        for who, kind in product([*MAY, *OUTSIDE], COMMANDS)
        if kind.tag() not in MAY.get(who, ())  # what may be sent is tested below
    ],
    indirect=["who"],
)
def test_a_command_of_another_role_changes_nothing(
    engine: Engine, worlds: tuple[World, World], who: Who, kind: type[Command]
) -> None:
    world, other = worlds
    state, before = state_of(world), (world.cafe.revision, other.cafe.revision)
    for meeting in (world, other):
        wishes = [drawn(state, kind, seed) for seed in range(TIMES)]
        path = f"/api/commands?meeting={meeting.cafe.id}"
        answer = engine.ask("POST", path, who.token, {"commands": wishes})
        if who.name in OUTSIDE:
            assert answer.status_code == OUTSIDE[who.name]
            continue
        told = {(each["status"], each["code"]) for each in answer.json()["results"]}
        assert told == {("refused", "role.forbidden")}
    assert (world.cafe.revision, other.cafe.revision) == before


@pytest.mark.parametrize("tag", ["join", "add_photo"])
@pytest.mark.parametrize("who", [*MAY, "console"], indirect=True)
def test_what_has_a_door_of_its_own_comes_in_by_no_other(
    engine: Engine, worlds: tuple[World, World], who: Who, tag: str
) -> None:
    world = worlds[0]
    (kind,) = (kind for kind in RULES if kind.tag() == tag)
    wish = drawn(state_of(world), kind, 1)
    path = f"/api/commands?meeting={world.cafe.id}"
    answer = engine.ask("POST", path, who.token, {"commands": [wish]})
    assert answer.json()["results"][0]["code"] == "command.unknown"


@pytest.mark.parametrize(
    ("who", "tag"),
    [
        (who, tag)
        for who in ("another meeting", "host of another meeting")
        for tag in sorted(MAY[who])
    ],
    indirect=["who"],
)
def test_a_phone_of_another_meeting_changes_nothing_here(
    engine: Engine, worlds: tuple[World, World], who: Who, tag: str
) -> None:
    world = worlds[0]
    (kind,) = (kind for kind in COMMANDS if kind.tag() == tag)
    state, before = state_of(world), world.cafe.revision
    for seed in range(TIMES):
        path = f"/api/commands?meeting={world.cafe.id}"
        wish = drawn(state, kind, seed)
        answer = engine.ask("POST", path, who.token, {"commands": [wish]})
        assert answer.is_success
        for each in world.planted:
            assert each.word not in answer.text
    assert world.cafe.revision == before


def told(engine: Engine, token: str, command: str, **fields: Any) -> str:
    """What comes of a command: done, or the code of its refusal."""
    wish = {"command": command, "id": str(uuid4()), **fields}
    answer = engine.ask("POST", "/api/commands", token, {"commands": [wish]})
    (result,) = answer.json()["results"]
    return str(result.get("code", result["status"]))


def test_nobody_changes_the_note_of_another(engine: Engine, worlds: tuple[World, World]) -> None:
    world = worlds[0]
    before = world.cafe.all("note")
    for phone in (world.second, world.at_b, world.host, world.elsewhere):
        for key in ("", "x"):
            fields = {"note": world.note_a, "text": "Anders", "key": key}
            assert told(engine, phone.token, "edit_note", **fields) == "note.not_yours"
        again = phone.note("Anders", note=world.note_a)
        (result,) = phone.results(again)
        assert result["code"] == "note.exists"
    assert world.cafe.all("note") == before


def test_a_host_does_nothing_to_another_table(engine: Engine, worlds: tuple[World, World]) -> None:
    world, token = worlds[0], worlds[0].host.token
    before = world.cafe.revision
    notes = {"notes": [world.note_b]}
    assert told(engine, token, "hide_notes", **notes) == "host.table"
    assert told(engine, token, "hide_notes", notes=[world.note_a, world.note_b]) == "host.table"
    assert told(engine, token, "hide_notes", notes=[world.hidden], hidden=False) == "role.forbidden"
    points = {"hand_over": str(uuid4()), "step": None, "points": ["Van ons"]}
    assert told(engine, token, "write_hand_over", table=world.table(B), **points) == "host.table"
    there = next(each for each in world.cafe.all("hand_over") if each["table"] == world.table(B))
    over = {**points, "hand_over": there["id"]}
    assert told(engine, token, "write_hand_over", table=world.table(B), **over) == "host.table"
    assert world.cafe.revision == before
    over["step"] = next(step["id"] for step in world.cafe.all("step") if step["order"] > 0)
    mine = told(engine, token, "write_hand_over", table=world.table(A), **points)
    assert mine == "done"


def test_a_phone_seats_and_checks_in_nobody_but_itself(
    engine: Engine, worlds: tuple[World, World]
) -> None:
    world = worlds[0]
    phone, row = world.second, {each["id"]: each for each in world.cafe.all("participant")}
    assert told(engine, phone.token, "sit_down", table=world.table(B)) == "done"
    after = {each["id"]: each for each in world.cafe.all("participant")}
    assert after.pop(phone.id)["table"] == world.table(B)
    row.pop(phone.id)
    assert after == row
    theirs = world.cafe.all("check_in")[0]
    taken = told(engine, phone.token, "send_check_in", check_in=theirs["id"], word="weg")
    assert taken == "check_in.exists"


def test_no_phone_takes_anything_back(engine: Engine, worlds: tuple[World, World]) -> None:
    world = worlds[0]
    for revision in range(1, world.cafe.revision, 7):
        assert told(engine, world.host.token, "undo", entry=revision) == "role.forbidden"
