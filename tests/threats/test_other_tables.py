"""Threat: somebody reads or changes what is of another table, of another meeting or of nobody here.

Every role, by every route, for every thing: refused, or without what that role may not see.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable, Iterator
from itertools import product
from typing import Any, Final
from uuid import uuid4

import httpx
import pytest

from facilitator.meeting.features import KINDS
from facilitator.server.access import DOORS
from facilitator.server.routes import ROUTES, Route
from tests.server.cafe import Engine
from tests.server.drawn import drawn

from .world import A, B, Planted, Who, World, word

WHO: Final = (
    *("nobody", "stranger", "gone", "another meeting", "host of another meeting"),
    *("participant", "participant elsewhere", "host", "host elsewhere", "no host any more", "hall"),
)
ENDLESS: Final = {"events", "trial_stream"}  # heard below; a trial's tells nothing of a meeting
NO_DOOR: Final = {  # what anybody may ask; it tells nothing but where a code leads
    *("page", "page_at_table", "web_file", "words", "openapi", "hello", "table", "join"),
    *("trial_page", "trial_stream", "trial_note", "trial_back"),
}
PHONES: Final = {"commands", "state", "events"}
HALL: Final = {"state", "events", "photo"}


@pytest.fixture(scope="module")
def worlds(engine: Engine) -> tuple[World, World]:
    return World(engine), World(engine)


@pytest.fixture(scope="module")
def world(worlds: tuple[World, World]) -> World:
    return worlds[0]


@pytest.fixture
def who(worlds: tuple[World, World], request: pytest.FixtureRequest) -> Who:
    (found,) = (each for each in worlds[0].who(worlds[1]) if each.name == request.param)
    return found


def test_there_is_something_of_every_kind(worlds: tuple[World, World]) -> None:
    for world in worlds:
        assert world.kinds == {kind.kind() for kind in KINDS}


def leaks(body: bytes, planted: Iterable[Planted], who: Who, asked: str = "") -> list[str]:
    """What stands in an answer and is not for this asker. The id that was asked for is no news."""
    text = body.decode("utf-8", "replace")
    return [
        each.kind
        for each in planted
        if not who.may_see(each)
        and (each.word in text or (each.id and each.id != asked and each.id in text))
    ]


def calls(route: Route, world: World, other: World) -> Iterator[tuple[str, str]]:
    """The route with each thing that it can be asked for, and the id that was asked."""
    if "{id}" in route.path:
        ids = {each.id for each in (*world.planted, *other.planted) if each.id}
        for key in sorted({*ids, world.cafe.id, other.cafe.id, str(uuid4())}):
            yield route.path.replace("{id}", key), key
    elif "{code}" in route.path:
        for table in (*world.cafe.tables, *other.cafe.tables):
            yield route.path.replace("{code}", table["code"]), table["id"]
    else:
        yield route.path.replace("{file}", "index.html"), ""


def expected(route: Route, who: str) -> int | None:
    """The status by which this asker is kept out; None where the door is open."""
    if route.name in NO_DOOR:
        return None
    if who in {"nobody", "stranger", "gone"}:
        return 401
    if who == "hall":
        return None if route.name in HALL else 403
    host = who in {"host", "host elsewhere", "host of another meeting"}
    return None if route.name in PHONES or (host and route.name == "add_photo") else 403


@pytest.mark.parametrize(
    ("who", "route"),
    [
        pytest.param(who, route, id=f"{who}-{route.name}")
        for who, route in product(WHO, ROUTES)
        if route.name not in ENDLESS or expected(route, who) is not None
    ],
    indirect=["who"],
)
def test_every_route_refuses_or_leaves_out(
    engine: Engine, worlds: tuple[World, World], who: Who, route: Route
) -> None:
    world, other = worlds
    before = world.cafe.revision, other.cafe.revision
    content = drawn() if route.takes is bytes else {}
    for (path, asked), meeting in product(calls(route, world, other), (world, other)):
        query = f"?meeting={meeting.cafe.id}&after=0&table={meeting.table(B)}"
        body = None if route.method == "GET" else content
        answer = engine.ask(route.method, path + query, who.token, body)
        kept_out = expected(route, who.name)
        if kept_out is not None:
            assert answer.status_code == kept_out, (path, answer.text)
        assert answer.status_code < 500, answer.text
        if route.name == "table":
            assert told_of(world, answer.json(), asked)
            continue
        assert leaks(answer.content, world.planted, who, asked) == [], path
        if who.name != "hall":
            strange = Who("stranger", "")
            mine = who.name in {"another meeting", "host of another meeting"}
            assert mine or leaks(answer.content, other.planted, strange, asked) == [], path
    changed = world.cafe.revision, other.cafe.revision
    if route.name == "add_photo" and "host" in who.name:
        assert changed[0] - before[0] <= 1 or who.name == "host elsewhere"
    else:
        assert changed == before


def told_of(world: World, said: dict[str, Any], table: str) -> bool:
    """What a code leads to, before its owner joins: meeting, table and theme, and no more."""
    assert set(said) == {"meeting", "table", "theme"}
    assert said["table"]["id"] == table
    text = json.dumps(said)
    place = [each["id"] for each in world.cafe.tables]
    own = place.index(table) if table in place else None
    shown = {each.word for each in world.planted if each.word in text}
    here = {each.word for each in world.planted if each.seen == own and each.kind != "note"}
    public = {each.word for each in world.planted if each.kind == "meeting"}
    secret = {each.word for each in world.planted if each.kind == "meeting" and each.seen != EVERY}
    return shown <= (here | public) - secret


EVERY: Final = "every phone of the meeting"


@pytest.mark.parametrize(
    "who", ["participant", "participant elsewhere", "host", "no host any more"], indirect=True
)
def test_a_phone_sees_what_is_for_it_and_nothing_else(
    engine: Engine, world: World, who: Who
) -> None:
    body = engine.ask("GET", "/api/state", who.token).text
    for each in world.planted:
        if each.kind in {"clock", "projector"}:
            continue
        assert (each.word in body) == who.may_see(each), each
    role = json.loads(body)["you"]["role"]
    assert role == ("host" if who.name == "host" else "participant")


def test_the_table_of_doors_is_the_one_that_was_decided() -> None:
    phones = {name for name, door in DOORS.items() if {"participant", "host"} & door}
    assert phones == PHONES | {"add_photo"}
    assert {name for name, door in DOORS.items() if "hall" in door} == HALL
    assert {name for name, door in DOORS.items() if not door} == NO_DOOR


class Ear(threading.Thread):
    """Hears a stream until a word falls."""

    def __init__(self, engine: Engine, who: Who, after: int, meeting: str, end: str) -> None:
        super().__init__(name=f"ear of {who.name}")
        self.heard = b""
        self.began = threading.Event()
        self._url = f"{engine.url}/api/events?after={after}&meeting={meeting}"
        self._headers = {"authorization": f"Bearer {who.token}"}
        self._end = end.encode()

    def run(self) -> None:
        with (
            httpx.Client(timeout=20) as client,
            client.stream("GET", self._url, headers=self._headers) as answer,
        ):
            for piece in answer.iter_raw():
                self.heard += piece
                self.began.set()
                if self._end in self.heard:
                    return


def test_every_stream_carries_what_is_for_its_listener(engine: Engine) -> None:
    world, other = World(engine), World(engine)
    old = len(world.planted)
    listening = {
        each.name: each
        for each in world.who(other)
        if each.name not in {"nobody", "stranger", "gone"}
    }
    ends = {world.cafe.id: word("end"), other.cafe.id: word("end")}
    ears = {}
    for name, who in listening.items():
        home = other if "another meeting" in name else world
        ears[name] = Ear(engine, who, home.cafe.revision, home.cafe.id, ends[home.cafe.id])
        ears[name].start()
        assert ears[name].began.wait(20)
    world._written()
    world._outcomes()
    happens(world)
    for place in (world, other):
        place.cafe.do("edit_meeting", purpose=ends[place.cafe.id])
    for ear in ears.values():
        ear.join(20)
        assert not ear.is_alive()
    fresh = world.planted[old:]
    for name, ear in ears.items():
        assert ends[other.cafe.id if "another meeting" in name else world.cafe.id] in str(ear.heard)
        assert leaks(ear.heard, world.planted, listening[name]) == [], name
        if name not in {"no host any more", "console", "hall"}:
            continue
        for each in fresh:
            told = each.word in str(ear.heard)
            assert told == listening[name].may_see(each), (name, each)


def happens(world: World) -> None:
    """What else changes while streams are open, with words of their own in it."""
    cafe = world.cafe
    cafe.do("edit_note", note=world.waiting, text=plant(world, "note"))
    cafe.do("edit_participant", participant=world.second.id, organisation=plant(world, "person"))
    cafe.do("edit_meeting", wifi_password=plant(world, "meeting"), reason=plant(world, "meeting"))
    cafe.do("edit_photo", photo=world.photo, caption=plant(world, "photo"))
    cafe.do("mute_participant", participant=world.second.id, muted=True)
    cafe.do("close_table", table=world.table(B), closed=True)
    cafe.do("start_clock")


def plant(world: World, kind: str) -> str:
    said = word(kind)
    world.plant(kind, "", said, "no phone")
    return said


def test_what_others_wrote_comes_and_goes_while_people_write(engine: Engine) -> None:
    world = World(engine)
    phone = world.at_a
    assert {note["id"] for note in phone.all("note")} == {world.note_a}
    for shown in (False, True):
        world.cafe.do("edit_meeting", show_earlier=shown)
        assert bool(phone.all("note")) == shown
        assert len(phone.all("hand_over")) == 1
    world.cafe.do("edit_participant", participant=phone.id, table=world.table(B))
    assert {note["id"] for note in phone.all("note")} == {world.note_b}
    assert [each["table"] for each in phone.all("hand_over")] == [world.table(B)]


def test_the_host_sends_a_photo_of_the_own_table_and_of_no_other(engine: Engine) -> None:
    world = World(engine)

    def sent(token: str, table: str, photo: str = "") -> httpx.Response:
        path = f"/api/photos/{photo or uuid4()}?table={table}"
        return engine.ask("PUT", path, token, drawn())

    assert sent(world.host.token, world.table(A)).is_success
    for table in (world.table(B), "", str(uuid4())):
        refused = sent(world.host.token, table)
        assert refused.status_code in {403, 404}, refused.text
    assert sent(world.was_host.token, world.table(A)).status_code == 403
    assert sent(world.at_a.token, world.table(A)).status_code == 403
    theirs = sent(world.elsewhere.token, world.table(B), world.photo)
    assert (theirs.status_code, theirs.json()["error"]["code"]) == (403, "host.table")
    own = [each for each in world.cafe.all("photo") if each["id"] != world.photo]
    assert [each["table"] for each in own] == [world.table(A)]
    assert own[0]["theme"] == world.cafe.tables[A]["theme"]
