"""Who may come in where: each route for each who asks."""

from __future__ import annotations

from itertools import product
from uuid import uuid4

import pytest

from facilitator.kernel.roles import Role
from facilitator.meeting.features import COMMANDS
from facilitator.server.access import DOORS, Caller, may_send
from facilitator.server.routes import ROUTES
from tests.server.cafe import Cafe, Engine

# Who is let in. Everybody else hears 401 without a token, and 403 with one.
LET_IN = {
    "page": {"nobody", "phone", "hall", "console"},
    "page_at_table": {"nobody", "phone", "hall", "console"},
    "web_file": {"nobody", "phone", "hall", "console"},
    "words": {"nobody", "phone", "hall", "console"},
    "openapi": {"nobody", "phone", "hall", "console"},
    "hello": {"nobody", "phone", "hall", "console"},
    "table": {"nobody", "phone", "hall", "console"},
    "join": {"nobody", "phone", "hall", "console"},
    "commands": {"phone", "console"},
    "state": {"phone", "hall", "console"},
    "events": {"phone", "hall", "console"},
    "meetings": {"console"},
    "create_meeting": {"console"},
    "create_sample": {"console"},
    "import_meeting": {"console"},
    "copy_meeting": {"console"},
    "delete_meeting": {"console"},
    "wipe": {"console"},
    "black_out": {"console"},
    "cafe_file": {"console"},
    "json_file": {"console"},
    "last_outline": {"console"},
    "report": {"console"},
    "job": {"console"},
    "house_styles": {"console"},
    "put_house_style": {"console"},
    "choose_house_style": {"console"},
    "remove_house_style": {"console"},
    "mute_writer": {"console"},
    "add_photo": {"console"},
    "photo": {"hall", "console"},
    "engine": {"console"},
    "choose_address": {"console"},
    "switch_trial": {"console"},
    "trial": {"console"},
    "trial_page": {"nobody", "phone", "hall", "console"},
    "trial_stream": {"nobody", "phone", "hall", "console"},
    "trial_note": {"nobody", "phone", "hall", "console"},
    "trial_back": {"nobody", "phone", "hall", "console"},
    "backup": {"console"},
    "check": {"console"},
    "stop": {"console"},
}
WHO = ("nobody", "stranger", "phone", "hall", "console")
ROUTE = {route.name: route for route in ROUTES}


def test_every_route_has_a_door_and_stands_in_the_table() -> None:
    assert set(ROUTE) == set(DOORS) == set(LET_IN)


@pytest.mark.parametrize(
    ("name", "who"),
    [
        pair
        for pair in product(LET_IN, WHO)
        if pair not in {("stop", "console"), ("events", "phone")}
    ],
)
def test_only_who_may_comes_in(engine: Engine, cafe: Cafe, name: str, who: str) -> None:
    if name == "events" and who in LET_IN[name]:
        pytest.skip("a stream has no end: see test_events")
    token = {
        "nobody": "",
        "stranger": "x" * 43,
        "phone": cafe.join().token if who == "phone" else "",
        "hall": engine.card.hall_token,
        "console": engine.card.console_token,
    }[who]
    route = ROUTE[name]
    path = route.path.replace("{id}", str(uuid4())).replace("{code}", "ZZZZZ")
    answer = engine.ask(route.method, path.replace("{file}", "x"), token, {})
    if "nobody" in LET_IN[name] or who in LET_IN[name]:
        assert answer.status_code not in {401, 403}, answer.text
    else:
        assert answer.status_code == (401 if who in {"nobody", "stranger"} else 403)
        assert answer.json()["error"]["message"]


def test_who_may_send_which_command() -> None:
    sent = {
        role: {command.tag() for command in COMMANDS if may_send(Caller(role=role), command)}
        for role in Role
    }
    by_phone = {"write_note", "edit_note", "sit_down", "send_check_in", "become_host"}
    by_phone |= {"cast_vote"}
    assert sent[Role.PARTICIPANT] == by_phone
    assert sent[Role.HOST] == by_phone | {"write_hand_over", "hide_notes"}
    assert sent[Role.HALL] == sent[Role.SYSTEM] == set()
    led = {"open_doors", "close_meeting", "start_clock", "pause_clock", "add_time"}
    led |= {"next_step", "previous_step"}
    assert sent[Role.FACILITATOR] - sent[Role.SECRETARY] == led


def test_a_phone_sends_no_command_of_the_facilitator(cafe: Cafe) -> None:
    phone = cafe.join()
    wish = {"command": "close_meeting", "id": str(uuid4())}
    note = phone.note()
    refused, done = phone.results(wish, note)
    assert (refused["status"], refused["code"]) == ("refused", "role.forbidden")
    assert done["status"] == "done"
    assert cafe.all("meeting")[0]["phase"] == "live"


def test_a_phone_stays_in_its_meeting(engine: Engine, cafe: Cafe) -> None:
    phone, other = cafe.join(), Cafe(engine)
    seen = engine.ask("GET", f"/api/state?meeting={other.id}", phone.token).json()
    assert {thing["id"] for thing in seen["entities"] if thing["kind"] == "meeting"} == {cafe.id}
    revision = other.revision
    assert phone.send(phone.note(), path=f"/api/commands?meeting={other.id}").is_success
    assert other.revision == revision


def test_a_token_that_was_changed_is_nobodys(engine: Engine, cafe: Cafe) -> None:
    token = cafe.join().token
    first, last = ("B" if token[place] == "A" else "A" for place in (0, -1))
    for wrong in (token[:-1], token[:-1] + last, first + token[1:], token + "A", "é" * 5, "="):
        answer = engine.client.get(
            "/api/state", headers={b"authorization": f"Bearer {wrong}".encode("latin-1")}
        )
        assert answer.status_code == 401, wrong


def test_who_was_taken_off_the_list_has_to_join_again(engine: Engine, cafe: Cafe) -> None:
    phone = cafe.join()
    cafe.do("remove_participant", participant=phone.id)
    for method, path in (("GET", "/api/state"), ("GET", "/api/events?after=1")):
        assert engine.ask(method, path, phone.token).status_code == 401
    assert phone.send(phone.note()).status_code == 401
    again = engine.ask("POST", "/api/join", body={"id": phone.id, "code": cafe.tables[0]["code"]})
    assert (again.status_code, again.json()["error"]["code"]) == (404, "participant.unknown")


def test_a_token_is_written_in_one_way(engine: Engine, cafe: Cafe) -> None:
    """Each way to write it would have limits of its own; an id may be chosen to give many."""
    phone = cafe.join(id="ffffffff-ffff-ffff-ffff-ffffffffffff")
    assert "_" * 20 in phone.token
    others = [phone.token.replace("_", "/", 1), phone.token.translate({45: "+", 95: "/"})]
    for token in (*others, f"{phone.token}=", f"{phone.token}=="):
        for path in ("/api/state", "/api/events?after=0"):
            assert engine.ask("GET", path, token).status_code == 401
        body = {"commands": [phone.note()]}
        assert engine.ask("POST", "/api/commands", token, body).status_code == 401
    assert phone.write("Zoals het hoort")["status"] == "done"
