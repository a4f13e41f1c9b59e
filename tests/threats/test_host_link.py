"""Threat: somebody else uses the link of a host: again, after it was taken back, or by guessing."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from secrets import token_urlsafe
from typing import Any
from uuid import uuid4

import pytest

from tests.server.cafe import Cafe, Engine, Phone, listen

from .world import A, B, World, word


@pytest.fixture
def world(engine: Engine) -> World:
    return World(engine)


def use(phone: Phone, invitation: str, key: str) -> dict[str, Any]:
    """What comes of using a link."""
    wish = {"command": "become_host", "id": str(uuid4()), "invitation": invitation, "key": key}
    (result,) = phone.results(wish)
    return result


def role(phone: Phone) -> str:
    return str(phone.state()["you"]["role"])


def hides(phone: Phone, note: str) -> str:
    """What comes of hiding a note: done, or the code of the refusal."""
    wish = {"command": "hide_notes", "id": str(uuid4()), "notes": [note]}
    (result,) = phone.results(wish)
    return str(result.get("code", result["status"]))


def invitation_of(cafe: Cafe, phone: Phone) -> str:
    return next(str(each["id"]) for each in cafe.all("invitation") if each["host"] == phone.id)


def test_a_link_is_for_the_first_who_uses_it(world: World) -> None:
    key = token_urlsafe()
    invitation = world.invite(A, key)
    assert use(world.at_a, invitation, key)["status"] == "done"
    for _time in range(2):
        assert use(world.at_a, invitation, key)["status"] == "done"
        assert use(world.at_b, invitation, key)["code"] == "host.used"
    assert (role(world.at_a), role(world.at_b)) == ("host", "participant")


def test_of_all_who_use_it_at_once_one_becomes_host(world: World) -> None:
    key = token_urlsafe()
    invitation = world.invite(A, key)
    row = [world.cafe.join(A, name=word("participant")) for _ in range(8)]
    with ThreadPoolExecutor(len(row)) as at_once:
        done = list(at_once.map(lambda phone: use(phone, invitation, key)["status"], row))
    assert sorted(done) == ["done", *["refused"] * 7]
    assert [role(phone) for phone in row].count("host") == 1


def test_another_key_opens_nothing_however_it_is_written(world: World) -> None:
    key = token_urlsafe()
    invitation = world.invite(A, key)
    wrong = ("", key[:-1], f"{key} ", key.swapcase(), "\x00", "é" * 3_000, token_urlsafe())
    for guess in wrong:
        assert use(world.at_a, invitation, guess)["code"] == "host.link"
    assert use(world.at_a, str(uuid4()), key)["code"] == "host.link"
    assert role(world.at_a) == "participant"
    assert use(world.at_a, invitation, key)["status"] == "done"


def test_who_tries_many_keys_is_slowed_down(world: World) -> None:
    invitation = world.invite(A, token_urlsafe())
    tries = [
        {"command": "become_host", "id": str(uuid4()), "invitation": invitation, "key": str(place)}
        for place in range(50)
    ]
    answers = [world.at_a.send(*tries).status_code for _ in range(8)]
    assert answers[0] == 200
    assert 429 in answers


def test_a_link_that_was_taken_back_opens_nothing(world: World) -> None:
    key = token_urlsafe()
    invitation = world.invite(A, key)
    world.cafe.do("revoke_host", invitation=invitation)
    assert use(world.at_a, invitation, key)["code"] == "host.link"
    assert role(world.at_a) == "participant"


def test_a_right_that_is_taken_back_is_gone_at_once_and_its_phone_loads_again(
    engine: Engine, world: World
) -> None:
    host = world.host
    with listen(engine, host.token, host.state()["revision"]) as heard:
        assert heard.next()[0] == "beat"
        assert hides(host, world.waiting) == "done"
        world.cafe.do("revoke_host", invitation=invitation_of(world.cafe, host))
        assert hides(host, world.note_a) == "role.forbidden"
        assert heard.next("beat", "change")[0] == "resync"
    assert role(host) == "participant"
    answer = engine.ask("PUT", f"/api/photos/{uuid4()}?table={world.table(A)}", host.token, b"x")
    assert answer.status_code == 403


def test_a_phone_that_was_away_hears_of_it_when_it_comes_back(engine: Engine, world: World) -> None:
    host = world.host
    revision = host.state()["revision"]
    world.cafe.do("revoke_host", invitation=invitation_of(world.cafe, host))
    with listen(engine, host.token, revision) as heard:
        assert heard.next("beat")[0] == "resync"


def test_a_right_goes_with_its_table_and_with_its_owner(world: World) -> None:
    world.cafe.do("add_table", table=(table := str(uuid4())))
    world.cafe.tables.append(next(t for t in world.cafe.all("table") if t["id"] == table))
    key = token_urlsafe()
    invitation = world.invite(len(world.cafe.tables) - 1, key)
    assert use(world.at_a, invitation, key)["status"] == "done"
    assert role(world.at_a) == "host"
    world.cafe.do("remove_table", table=table)
    assert role(world.at_a) == "participant"
    host = invitation_of(world.cafe, world.host)
    assert use(world.at_b, host, world.keys[host])["code"] == "host.used"


def test_sitting_elsewhere_gives_no_right_there(world: World) -> None:
    host = world.host
    world.cafe.do("edit_participant", participant=host.id, table=world.table(B))
    assert hides(host, world.note_b) == "host.table"
    assert hides(host, world.note_a) == "done"
    assert [note["table"] for note in host.all("note")] == [world.table(B)]


def test_closing_the_meeting_ends_all_links_that_nobody_used(world: World) -> None:
    key = token_urlsafe()
    invitation = world.invite(A, key)
    world.cafe.do("close_meeting")
    assert use(world.at_a, invitation, key)["code"] == "host.link"
    world.cafe.do("open_doors")
    assert use(world.at_a, invitation, key)["code"] == "host.link"
    assert role(world.at_a) == "participant"


def test_the_link_of_another_meeting_opens_nothing_here(engine: Engine, world: World) -> None:
    other, key = World(engine), token_urlsafe()
    invitation = other.invite(A, key)
    assert use(world.at_a, invitation, key)["code"] == "host.link"
    assert use(other.at_a, invitation, key)["status"] == "done"


def test_no_copy_and_no_file_carries_a_link(engine: Engine, world: World) -> None:
    key = token_urlsafe()
    invitation = world.invite(A, key)
    for whole in (False, True):
        copy = str(uuid4())
        path = f"/api/meetings/{world.cafe.id}/copy"
        engine.console("POST", path, {"id": copy, "title": "Kopie", "whole": whole})
        assert of_kind(engine, copy, "invitation") == []
    text = engine.console("GET", f"/api/meetings/{world.cafe.id}/file.json")
    assert b"invitation" not in engine_bytes(text)
    made = engine.console("POST", "/api/meetings/import", engine_bytes(text))["id"]
    assert of_kind(engine, made, "invitation") == []
    assert use(world.at_a, invitation, key)["status"] == "done"


def engine_bytes(said: Any) -> bytes:
    return said if isinstance(said, bytes) else json.dumps(said).encode()


def of_kind(engine: Engine, meeting: str, kind: str) -> list[dict[str, Any]]:
    state = engine.console("GET", f"/api/state?meeting={meeting}")
    return [each for each in state["entities"] if each["kind"] == kind]


def test_the_key_is_written_down_nowhere(own_engine: Engine) -> None:
    world = World(own_engine)
    used, unused = token_urlsafe(), token_urlsafe()
    assert use(world.at_a, world.invite(A, used), used)["status"] == "done"
    waiting = world.invite(A, unused)
    assert use(world.at_a, waiting, f"{unused[:-1]}?")["code"] == "host.link"
    own_engine.stop()
    for path in own_engine.folder.rglob("*"):
        held = path.read_bytes() if path.is_file() else b""
        for key in (used, unused, f"{unused[:-1]}?"):
            assert key.encode() not in held, path
    with closing(sqlite3.connect(own_engine.folder / "facilitator.db")) as database:
        kept = {row[0] for row in database.execute("SELECT owner FROM secret")}
    assert waiting.replace("-", "") in kept


@pytest.mark.parametrize("named", [True, False])
def test_in_an_anonymous_meeting_nothing_tells_which_notes_were_the_hosts(
    own_engine: Engine, named: bool
) -> None:
    cafe = Cafe(own_engine, live=False, named=named)
    cafe.do("open_doors")
    host, key, invitation = cafe.join(A, name="Els"), token_urlsafe(), str(uuid4())
    digest = hashlib.sha256(key.encode()).hexdigest()
    cafe.do("invite_host", invitation=invitation, table=cafe.tables[A]["id"], digest=digest)
    assert use(host, invitation, key)["status"] == "done"
    note = host.note("Van de gastvrouw")
    host.results(note)
    own_engine.stop()
    with closing(sqlite3.connect(own_engine.folder / "facilitator.db")) as database:
        ((who, as_what, body),) = database.execute(
            "SELECT actor, role, body FROM journal WHERE command = 'write_note'"
        )
    assert (who is not None, as_what) == ((True, "host") if named else (False, "participant"))
    assert (host.id in body) == named
