"""What is told, to whom, and what happens after a gap."""

from __future__ import annotations

import time
from typing import Any

import httpx
import pytest

from facilitator.server import hub
from tests.server.cafe import Cafe, Engine, Listening, listen


def test_a_console_hears_entries_after_they_are_committed(engine: Engine, cafe: Cafe) -> None:
    revision = cafe.revision
    with listen(engine, engine.card.console_token, revision, cafe.id) as heard:
        name, beat = heard.next()
        assert name == "beat"
        assert beat["revision"] == revision
        assert beat["epoch"] == cafe.state()["epoch"]
        phone = cafe.join()
        phone.write("Eerst dit")
        entries = [heard.next("beat") for _ in range(2)]
    assert [name for name, _entry in entries] == ["entry", "entry"]
    assert [entry["command"] for _name, entry in entries] == ["join", "write_note"]
    assert [entry["revision"] for _name, entry in entries] == [revision + 1, revision + 2]


@pytest.mark.parametrize("face", ["console_token", "hall_token"])
def test_who_was_away_catches_up(engine: Engine, cafe: Cafe, face: str) -> None:
    phone = cafe.join()
    revision = cafe.revision
    for number in range(5):
        phone.write(f"Idee {number}")
    with listen(engine, getattr(engine.card, face), revision + 2, cafe.id) as heard:
        missed = [heard.next("beat")[1]["revision"] for _ in range(3)]
        phone.write("En door")
        now = heard.next("beat")[1]["revision"]
    assert [*missed, now] == [revision + 3, revision + 4, revision + 5, revision + 6]


@pytest.mark.parametrize("after", ["before the journal", "from the future"])
def test_who_cannot_catch_up_loads_everything_again(engine: Engine, cafe: Cafe, after: str) -> None:
    revision = 0 if after == "before the journal" else cafe.revision + 5
    with listen(engine, engine.card.console_token, revision, cafe.id) as heard:
        assert heard.next("beat")[0] == "resync"


def test_a_phone_hears_its_own_table_alone(engine: Engine, cafe: Cafe) -> None:
    here, there = cafe.join(0), cafe.join(1)
    revision = here.state()["revision"]
    with listen(engine, here.token, revision) as heard:
        there.write("Van een andere tafel")
        here.write("Van deze tafel")
        name, change = heard.next("beat")
    assert name == "change"
    (note,) = change["put"]
    assert note["text"] == "Van deze tafel"
    assert set(note) == {"kind", "id", "text", "table", "theme", "round", "late", "written_at"}
    assert change["prev"] <= revision < change["revision"]


def test_a_phone_sees_no_gap_where_nothing_was_for_it(engine: Engine, cafe: Cafe) -> None:
    here, there = cafe.join(0), cafe.join(1)
    revision = here.state()["revision"]
    seen = [revision]
    with listen(engine, here.token, revision) as heard:
        for _ in range(3):
            there.write()
            here.write()
            change = heard.next("beat")[1]
            assert change["prev"] <= seen[-1]
            seen.append(change["revision"])
    with listen(engine, here.token, seen[-1]) as heard:
        assert heard.next()[0] == "beat"
    with listen(engine, here.token, seen[-2]) as heard:
        assert heard.next("beat")[0] == "resync"


def test_hidden_notes_go_and_come_back(engine: Engine, cafe: Cafe) -> None:
    phone = cafe.join()
    note = phone.note()
    phone.results(note)
    with listen(engine, phone.token, phone.state()["revision"]) as heard:
        cafe.do("hide_notes", notes=[note["note"]])
        change = heard.next("beat")[1]
        assert (change["put"], change["remove"]) == ([], [{"kind": "note", "id": note["note"]}])
        assert phone.all("note") == []
        cafe.do("hide_notes", notes=[note["note"]], hidden=False)
        assert [thing["id"] for thing in heard.next("beat")[1]["put"]] == [note["note"]]


def test_the_clock_reaches_every_table_without_its_past(engine: Engine, cafe: Cafe) -> None:
    phone = cafe.join()
    with listen(engine, phone.token, phone.state()["revision"]) as heard:
        cafe.do("start_clock")
        (clock,) = heard.next("beat")[1]["put"]
    assert set(clock) == {"kind", "id", "step", "left", "ends_at"}
    assert clock["ends_at"].endswith("Z")


def test_who_moves_loads_everything_and_hears_the_new_table(engine: Engine, cafe: Cafe) -> None:
    phone, other = cafe.join(0), cafe.join(1)
    with listen(engine, phone.token, phone.state()["revision"]) as heard:
        cafe.do("edit_participant", participant=phone.id, table=other.table)
        assert heard.next("beat")[0] == "resync"
        assert phone.state()["you"]["table"] == other.table
        other.write("Welkom")
        assert heard.next("beat")[1]["put"][0]["text"] == "Welkom"


@pytest.mark.parametrize("change", ["show_earlier", "theme of the table", "open theme"])
def test_what_changes_an_audience_sends_resync(engine: Engine, cafe: Cafe, change: str) -> None:
    phone = cafe.join(0)
    themes = cafe.all("theme")
    with listen(engine, phone.token, phone.state()["revision"]) as heard:
        if change == "show_earlier":
            cafe.do("edit_meeting", show_earlier=False)
        elif change == "open theme":
            cafe.do("edit_theme", theme=cafe.tables[1]["theme"], open=True)
        else:
            cafe.do("edit_table", table=phone.table, theme=cafe.tables[1]["theme"])
        assert heard.next("beat")[0] == "resync"
    assert len(themes) == 2


def test_who_is_taken_off_the_list_is_told_and_left(engine: Engine, cafe: Cafe) -> None:
    phone = cafe.join()
    with listen(engine, phone.token, phone.state()["revision"]) as heard:
        cafe.do("remove_participant", participant=phone.id)
        assert [heard.next("beat")[0] for _ in range(2)] == ["resync", "end"]


def test_a_deleted_meeting_lets_its_listeners_go(engine: Engine, cafe: Cafe) -> None:
    phone = cafe.join()
    cafe.do("close_meeting")
    with listen(engine, engine.card.hall_token, cafe.revision, cafe.id) as heard:
        assert heard.next()[0] == "beat"
        engine.console("DELETE", f"/api/meetings/{cafe.id}")
        assert [heard.next("beat")[0] for _ in range(2)] == ["resync", "end"]
    assert engine.ask("GET", "/api/state", phone.token).status_code == 401


def test_streams_hear_goodbye_when_the_engine_stops(own_engine: Engine) -> None:
    cafe = Cafe(own_engine)
    phone = cafe.join()
    with (
        listen(own_engine, phone.token, phone.state()["revision"]) as one,
        listen(own_engine, own_engine.card.hall_token, cafe.revision, cafe.id) as other,
    ):
        own_engine.stop()
        for heard in (one, other):
            assert [heard.next("beat")[0] for _ in range(2)] == ["bye", "end"]


def test_a_phone_keeps_its_newest_streams(engine: Engine, cafe: Cafe) -> None:
    phone = cafe.join()
    before = engine.console("GET", "/api/engine")["streams"]
    with (
        listen(engine, phone.token, 99) as oldest,
        listen(engine, phone.token, 99),
        listen(engine, phone.token, 99),
        listen(engine, phone.token, 99) as newest,
    ):
        assert newest.next("beat")[0] == "resync"
        assert _is_cut_off(oldest)
        now = engine.console("GET", "/api/engine")["streams"]
        assert now - before <= hub.MOST_OF_A_PHONE
    _until(lambda: engine.console("GET", "/api/engine")["streams"] <= before)


def test_a_slow_listener_is_dropped_and_nobody_waits(
    engine: Engine, cafe: Cafe, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub, "UNSENT_BY_CONSOLE", -1)
    with listen(engine, engine.card.hall_token, cafe.revision, cafe.id) as heard:
        began = time.monotonic()
        assert cafe.join().write()["status"] == "done"
        assert time.monotonic() - began < 5
        assert _is_cut_off(heard)


def test_too_many_streams_are_told_to_wait(
    engine: Engine, cafe: Cafe, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub, "MOST", 0)
    answer = engine.ask("GET", "/api/events?after=0", cafe.join().token)
    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "streams.full")
    assert answer.headers["retry-after"] == "1"


@pytest.mark.parametrize("after", ["", "?after=", "?after=-1", "?after=x", "?after=9" * 9])
def test_the_revision_has_to_be_a_number(engine: Engine, cafe: Cafe, after: str) -> None:
    answer = engine.ask("GET", f"/api/events{after}", cafe.join().token)
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "events.after")


def test_a_chosen_address_is_told(own_engine: Engine) -> None:
    cafe = Cafe(own_engine)
    urls = [way["url"] for way in own_engine.console("GET", "/api/engine")["addresses"]]
    if len(urls) < 2:
        pytest.skip("this machine has one address")
    with listen(own_engine, own_engine.card.hall_token, cafe.revision, cafe.id) as heard:
        assert heard.next()[0] == "beat"
        own_engine.console("POST", "/api/address", {"url": urls[-1]})
        assert heard.next("beat") == ("address", {"url": urls[-1]})
    assert cafe.state()["address"] == urls[-1]
    answer = own_engine.ask(
        "POST", "/api/address", own_engine.card.console_token, {"url": "http://10.9.9.9"}
    )
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "address.unknown")


def _is_cut_off(heard: Listening) -> bool:
    """Whether the connection breaks, instead of the stream coming to its end."""
    try:
        while heard.next()[0] != "end":
            pass
    except httpx.TransportError:
        return True
    return False


def _until(holds: Any, seconds: float = 5) -> None:
    ends = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < ends
        time.sleep(0.02)
