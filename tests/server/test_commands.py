"""What is handed in: once is enough, twice is once, and wrong is told."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest

from tests.server.cafe import HOST, Cafe, Engine, Phone


def test_a_note_is_stored_and_seen(cafe: Cafe) -> None:
    phone = cafe.join()
    result = phone.write("Meer bankjes")
    assert result["status"] == "done"
    assert [note["text"] for note in cafe.all("note")] == ["Meer bankjes"]
    assert [note["text"] for note in phone.all("note")] == ["Meer bankjes"]
    assert cafe.revision == result["revision"]


def test_the_same_command_twice_counts_once(cafe: Cafe) -> None:
    phone = cafe.join()
    note = phone.note()
    (first,) = phone.results(note)
    (second,) = phone.results(note)
    assert (first["status"], second["status"]) == ("done", "repeated")
    assert first["revision"] == second["revision"]
    assert len(cafe.all("note")) == 1


def test_joining_twice_is_once(engine: Engine, cafe: Cafe) -> None:
    phone = cafe.join()
    again = cafe.join(table=1, id=phone.id)
    assert (again.token, again.table) == (phone.token, phone.table)
    assert len(cafe.all("participant")) == 1


def test_each_of_fifty_is_answered_in_its_place(cafe: Cafe) -> None:
    phone = cafe.join()
    notes = [phone.note(f"Idee {number}") for number in range(50)]
    notes[7]["text"] = "x" * 301
    results = phone.results(*notes)
    assert [result["id"] for result in results] == [note["id"] for note in notes]
    refused = results.pop(7)
    assert refused["code"] == "note.length"
    assert refused["values"] == {"maximum": 300}
    assert "300" in refused["message"]
    assert {result["status"] for result in results} == {"done"}
    assert len(cafe.all("note")) == 49


@pytest.mark.parametrize("number", [0, 51])
def test_too_few_or_too_many_at_once(cafe: Cafe, number: int) -> None:
    phone, revision = cafe.join(), None
    revision = cafe.revision
    answer = phone.send(*[phone.note() for _ in range(number)])
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "commands.number")
    assert cafe.revision == revision


def test_a_bare_list_will_do(engine: Engine, cafe: Cafe) -> None:
    phone = cafe.join()
    answer = engine.ask("POST", "/api/commands", phone.token, [phone.note()])
    assert answer.json()["results"][0]["status"] == "done"


def test_what_is_not_understood_is_refused_and_the_rest_is_done(cafe: Cafe) -> None:
    phone = cafe.join()
    newer = {"command": "sing_a_song", "id": str(uuid4())}
    wrong = {**phone.note(), "text": 5}
    extra = phone.note(colour="red")
    good = phone.note()
    results = phone.results(newer, wrong, extra, good)
    assert [result.get("code") for result in results] == [
        *("command.unknown", "command.malformed", "command.malformed", None),
    ]
    assert [result["id"] for result in results] == [
        command["id"] for command in (newer, wrong, extra, good)
    ]
    assert results[3]["status"] == "done"


def test_words_come_in_the_language_that_was_asked_for(engine: Engine, cafe: Cafe) -> None:
    phone = cafe.join()
    body = {"commands": [phone.note("")]}
    said = {
        language: engine.ask(
            "POST", "/api/commands", phone.token, body, **{"accept-language": language}
        ).json()["results"][0]["message"]
        for language in ("nl-NL,nl;q=0.9", "en-GB", "xx", "")
    }
    assert said["nl-NL,nl;q=0.9"].startswith("Een notitie")
    assert said["xx"] == said[""] == said["nl-NL,nl;q=0.9"]


def test_the_short_lane_says_what_the_ordinary_route_says(cafe: Cafe) -> None:
    phone = cafe.join()
    for make in (
        lambda: [phone.note()],
        lambda: [phone.note(""), phone.note("x" * 400), phone.note()],
        lambda: [{"command": "sing", "id": str(uuid4())}],
        list,
        lambda: [{"command": "open_doors", "id": str(uuid4())}],
    ):
        answers = [
            phone.send(*make(), path=path) for path in ("/api/commands", "/api/commands?lang=nl")
        ]
        short, ordinary = (_without_ids(answer.json()) for answer in answers)
        assert short == ordinary
        assert answers[0].status_code == answers[1].status_code
        names = [
            {name: value for name, value in answer.headers.items() if name != "content-length"}
            for answer in answers
        ]
        assert names[0] == names[1]


def _without_ids(said: dict[str, list[dict[str, object]]]) -> object:
    return [
        {name: value for name, value in result.items() if name not in {"id", "revision"}}
        for result in said.get("results", [])
    ] or said


def _message(phone: Phone, note: dict[str, object], *, close: bool = False) -> bytes:
    body = json.dumps({"commands": [note]}).encode()
    return (
        f"POST /api/commands HTTP/1.1\r\nHost: {HOST}:{phone.engine.card.port}\r\n"
        f"Authorization: Bearer {phone.token}\r\nContent-Length: {len(body)}\r\n"
        f"{'Connection: close' if close else 'X-Nothing: 1'}\r\n\r\n"
    ).encode() + body


def test_requests_in_one_breath_are_answered_in_their_order(engine: Engine, cafe: Cafe) -> None:
    phone = cafe.join()
    phone.write()  # so that the token is known, and the short lane open
    notes = [phone.note(f"Nummer {number}") for number in range(6)]
    hello = f"GET /api/hello HTTP/1.1\r\nHost: {HOST}:{engine.card.port}\r\n\r\n".encode()
    parts = [_message(phone, note, close=note is notes[-1]) for note in notes]
    answer = engine.raw(b"".join([*parts[:3], hello, *parts[3:]]))
    places = [answer.index(str(note["id"]).encode()) for note in notes]
    assert places == sorted(places)
    assert places[2] < answer.index(b'"app"') < places[3]
    assert answer.count(b"HTTP/1.1 200 OK") == 7


def test_a_request_in_pieces_is_whole(engine: Engine, cafe: Cafe) -> None:
    phone = cafe.join()
    phone.write()
    body = json.dumps({"commands": [phone.note("Langzaam")]}).encode()
    with engine.client.stream(
        "POST",
        "/api/commands",
        headers={"authorization": f"Bearer {phone.token}"},
        content=(body[at : at + 20] for at in range(0, len(body), 20)),
    ) as answer:
        assert json.loads(answer.read())["results"][0]["status"] == "done"


def test_a_meeting_has_to_be_named_by_a_console(engine: Engine, cafe: Cafe) -> None:
    token = engine.card.console_token
    wish = {"commands": [{"command": "open_doors", "id": str(uuid4())}]}
    for path, status, code in (
        ("/api/commands", 422, "meeting.missing"),
        ("/api/commands?meeting=geen", 422, "id.malformed"),
        (f"/api/commands?meeting={uuid4()}", 404, "meeting.unknown"),
    ):
        answer = engine.ask("POST", path, token, wish)
        assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)


def test_a_closed_meeting_takes_what_comes_late(cafe: Cafe) -> None:
    phone = cafe.join()
    cafe.do("close_meeting")
    assert phone.write("Toch nog")["status"] == "done"
    assert cafe.all("note")[0]["late"] is True
