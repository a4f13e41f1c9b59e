"""The guided check "Kunnen telefoons mij bereiken?", as the console and a phone see it."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from facilitator.network.surroundings import Surroundings
from facilitator.server import trial as trials
from facilitator.server.addresses import Ways
from tests.server.cafe import HOST, Engine


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Takes this machine for another one, since a test has but one."""
    monkeypatch.setattr(Ways, "is_here", lambda *_: False)


@pytest.fixture
def going(engine: Engine) -> Iterator[dict[str, Any]]:
    yield engine.console("POST", "/api/trial", {"on": True})
    engine.console("POST", "/api/trial", {"on": False})


def now(engine: Engine, language: str = "nl") -> dict[str, Any]:
    return dict(engine.console("GET", f"/api/trial?lang={language}"))


def ticks(engine: Engine) -> set[str]:
    return {step["name"] for step in now(engine)["steps"] if step["done"]}


def phone(engine: Engine, going: dict[str, Any]) -> None:
    """What the page of the trial does, from its first call to its last."""
    key = going["key"]
    assert engine.ask("POST", "/api/trial/page", body={"key": key}).status_code == 204
    with engine.client.stream("GET", f"/api/trial/stream?key={key}") as answer:
        event, heard = "", []
        for line in answer.iter_lines():
            if line.startswith("event: "):
                event = line[7:]
                heard.append(event)
            if line.startswith("data: ") and event == "second" and heard.count("second") == 1:
                body = {"key": key, "text": "Proef 1"}
                assert engine.ask("POST", "/api/trial/note", body=body).status_code == 204
            if event == "note" and line.startswith("data: "):
                assert line == 'data: {"text":"Proef 1"}'
                assert engine.ask("POST", "/api/trial/back", body={"key": key}).status_code == 204
    assert (heard.count("second"), heard[-1]) == (trials.STREAM, "done")


def test_all_ticks_come_by_a_phone(
    engine: Engine, elsewhere: None, going: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trials, "STREAM", 2)
    assert [step["name"] for step in going["steps"]] == [
        *("address", "listening", "arrival", "page", "stream", "note"),
    ]
    phone(engine, going)
    said = now(engine)
    assert {step["name"] for step in said["steps"] if step["done"]} >= {
        *("arrival", "page", "stream", "note"),
    }
    assert (said["stream_seconds"], said["next"]) == (2, None)


def test_the_laptop_reaching_itself_counts_for_nothing(
    engine: Engine, going: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trials, "STREAM", 1)
    phone(engine, going)
    own = going["url"].rpartition(":")[0].removeprefix("http://").strip("[]")
    for host in {HOST, own}:
        with socket.create_connection((host, engine.card.port), timeout=5):
            pass
    said = now(engine)
    assert ticks(engine) <= {"address", "listening"}
    assert said["stream_seconds"] == 0


def test_a_connection_alone_is_an_arrival(
    engine: Engine, elsewhere: None, going: dict[str, Any]
) -> None:
    assert "arrival" not in {step["name"] for step in going["steps"] if step["done"]}
    with socket.create_connection((HOST, engine.card.port), timeout=5):
        engine.client.get("/api/hello")
    assert "arrival" in ticks(engine)
    assert "page" not in ticks(engine)


def test_causes_come_after_a_while_in_the_language_of_who_asks(
    engine: Engine, going: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert going["causes"] == []
    assert going["plan_b"]
    monkeypatch.setattr(trials, "WAIT", 0.0)
    said = now(engine)
    assert 1 < len(said["causes"]) <= 5
    assert all(cause["what"] and cause["cure"] for cause in said["causes"])
    assert len({cause["code"] for cause in said["causes"]}) == len(said["causes"])
    english = now(engine, "en")
    for one, other in zip(said["causes"], english["causes"], strict=True):
        assert one["code"] == other["code"]
        assert one["what"] != other["what"]
        assert one["cure"] != other["cure"]
    assert english["plan_b"] != said["plan_b"]
    for one, other in zip(said["steps"], english["steps"], strict=True):
        assert one["words"] != other["words"]


def test_a_vpn_that_is_switched_off_is_no_cause_any_more(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    around = [Surroundings(vpn="on", vpn_name="Kantoor")]
    monkeypatch.setattr("facilitator.server.house.look_around", lambda *_: around[0])
    monkeypatch.setattr(trials, "WAIT", 0.0)
    monkeypatch.setattr(trials, "LOOK_AGAIN", 0.0)
    engine.console("POST", "/api/trial", {"on": True})

    def codes() -> set[str]:
        return {cause["code"] for cause in now(engine)["causes"]}

    _until(lambda: "vpn_laptop" in codes())
    around[0] = Surroundings(vpn="off")
    _until(lambda: "vpn_laptop" not in codes())
    engine.console("POST", "/api/trial", {"on": False})


def _until(holds: Callable[[], bool]) -> None:
    ends = time.monotonic() + 15
    while not holds():
        assert time.monotonic() < ends
        time.sleep(0.02)


def test_the_trial_is_for_who_has_its_key(engine: Engine, going: dict[str, Any]) -> None:
    for path, body in (
        ("page", {"key": "x"}),
        ("note", {"key": "é", "text": "Hoi"}),
        ("back", {"key": ""}),
    ):
        answer = engine.ask("POST", f"/api/trial/{path}", body=body)
        assert (answer.status_code, answer.json()["error"]["code"]) == (404, "trial.off")
    answer = engine.ask("GET", "/api/trial/stream?key=x")
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "trial.off")
    assert engine.ask("GET", "/api/trial/stream").status_code == 422


def test_the_key_is_worth_nothing_afterwards(engine: Engine) -> None:
    key = engine.console("POST", "/api/trial", {"on": True})["key"]
    again = engine.console("POST", "/api/trial", {"on": True})["key"]
    assert key != again
    engine.console("POST", "/api/trial", {"on": False})
    for old in (key, again, ""):
        assert engine.ask("POST", "/api/trial/page", body={"key": old}).status_code == 404
    assert now(engine)["on"] is False


def test_who_tries_keys_has_to_wait(own_engine: Engine) -> None:
    own_engine.console("POST", "/api/trial", {"on": True})
    statuses = {
        own_engine.ask("POST", "/api/trial/page", body={"key": f"k{number}"}).status_code
        for number in range(120)
    }
    assert statuses == {404, 429}


def test_more_streams_than_a_trial_needs_push_out_the_oldest(
    engine: Engine, going: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trials, "MOST_STREAMS", 1)
    path = f"/api/trial/stream?key={going['key']}"
    with (
        httpx.Client(base_url=engine.url, timeout=15) as client,
        client.stream("GET", path) as first,
        engine.client.stream("GET", path) as second,
    ):
        assert first.status_code == second.status_code == 200
        assert "done" not in "".join(first.iter_lines()), "it ends before its seconds are over"


def test_another_address_gets_as_long_to_be_reached() -> None:
    time = [0.0]
    trial = trials.Trial(lambda: time[0])
    trial.begin()
    waited = []
    for passes, url in ((0.0, "a"), (trials.WAIT, "a"), (0.0, "b"), (trials.WAIT, "b")):
        time[0] += passes
        trial.shows(url)
        waited.append(trial.waited_long)
    assert waited == [False, True, False, True]
    assert trial.tried == {"a", "b"}
    trial.begin()
    assert trial.tried == set()
