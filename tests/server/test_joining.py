"""Coming in: what a code leads to, and who gets a token."""

from __future__ import annotations

from uuid import uuid4

import pytest

from facilitator.meeting.ids import MeetingId, ParticipantId
from facilitator.server.access import CONSOLE, Keys, Unknown
from tests.server.cafe import Cafe, Engine


def test_a_code_shows_where_it_leads(engine: Engine, cafe: Cafe) -> None:
    for code in (cafe.tables[0]["code"], cafe.tables[0]["code"].lower()):
        said = engine.ask("GET", f"/api/tables/{code}").json()
        assert said["table"] == {"id": cafe.tables[0]["id"], "number": 1, "name": ""}
        assert said["theme"] == {"title": "Groen", "question": "", "colour": "yellow"}
        assert said["meeting"]["title"] == "Proef"
        assert said["meeting"]["phase"] == "live"
        assert set(said["meeting"]) == {
            *("id", "title", "date", "begins", "place", "organisation", "named", "language"),
            *("phase", "devices", "keep_until"),
        }
    assert engine.ask("GET", f"/api/tables/{cafe.tables[2]['code']}").json()["theme"] is None


def test_a_code_of_no_table(engine: Engine) -> None:
    for method, path, body in (
        ("GET", "/api/tables/ZZZZZ", None),
        ("POST", "/api/join", {"id": str(uuid4()), "code": "ZZZZZ"}),
    ):
        answer = engine.ask(method, path, body=body)
        assert (answer.status_code, answer.json()["error"]["code"]) == (404, "table.code")


def test_who_comes_in_gets_what_a_phone_needs(engine: Engine, cafe: Cafe) -> None:
    body = {"id": str(uuid4()), "code": cafe.tables[1]["code"], "name": "Els"}
    said = engine.ask("POST", "/api/join", body=body).json()
    assert said["participant"] == body["id"]
    assert said["meeting"] == cafe.id
    assert said["table"] == cafe.tables[1]["id"]
    assert said["limits"] == {"note_length": 300, "grace": 60}
    assert all(url.startswith("http://") for url in said["addresses"])
    assert cafe.all("participant")[0]["name"] == ""  # an anonymous meeting keeps no names


def test_a_named_meeting_asks_for_a_name(engine: Engine) -> None:
    cafe = Cafe(engine, live=False, named=True)
    cafe.do("open_doors")
    body = {"id": str(uuid4()), "code": cafe.tables[0]["code"], "name": " "}
    answer = engine.ask("POST", "/api/join", body=body)
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "participant.name")
    phone = cafe.join(name="Els")
    assert phone.all("participant") == [
        {
            "kind": "participant",
            "id": phone.id,
            "name": "Els",
            "table": phone.table,
            "people": 1,
        }
    ]
    phone.write("Van Els")
    assert cafe.all("note")[0]["author"] == phone.id
    assert "author" not in phone.all("note")[0]


@pytest.mark.parametrize("closed", [False, True])
def test_the_doors_have_to_be_open(engine: Engine, closed: bool) -> None:
    cafe = Cafe(engine, live=closed)
    if closed:
        cafe.do("close_meeting")
    body = {"id": str(uuid4()), "code": cafe.tables[0]["code"]}
    answer = engine.ask("POST", "/api/join", body=body)
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "meeting.not_live")
    phase = engine.ask("GET", f"/api/tables/{body['code']}").json()["meeting"]["phase"]
    assert phase == ("closed" if closed else "preparing")


def test_a_token_names_its_owner_and_cannot_be_made_up() -> None:
    keys, others = Keys(b"k" * 32, "console", "hall"), Keys(b"o" * 32, "console", "hall")
    meeting, participant = MeetingId(uuid4()), ParticipantId(uuid4())
    token = keys.phone(meeting, participant)
    caller = keys.caller(token)
    assert (caller.meeting, caller.actor, caller.by_phone) == (meeting, participant, True)
    assert keys.phone(meeting, participant) == token
    for wrong in (others.phone(meeting, participant), "", "console2", token[::-1]):
        with pytest.raises(Unknown):
            keys.caller(wrong)


def test_a_proof_shows_that_the_token_is_known(engine: Engine) -> None:
    keys = Keys(b"", engine.card.console_token, "")
    nonce = "0123456789abcdef" * 2
    said = engine.ask("GET", f"/api/hello?nonce={nonce}").json()
    assert said["proof"] == keys.proof(nonce)
    assert said["app"] == "facilitator"
    assert "proof" not in engine.ask("GET", "/api/hello").json()
    for wrong in ("", "zz", "A" * 32, "0" * 129):
        answer = engine.ask("GET", f"/api/hello?nonce={wrong}")
        assert wrong == "" or answer.status_code == 422


def test_nobody_joins_under_the_name_of_the_console(engine: Engine, cafe: Cafe) -> None:
    body = {"id": str(CONSOLE), "code": cafe.tables[0]["code"]}
    assert engine.ask("POST", "/api/join", body=body).status_code == 403
    assert cafe.all("participant") == []
