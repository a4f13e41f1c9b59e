"""Wiping and blacking out over HTTP: who may, what everybody hears, and what phones are told."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
from collections.abc import Callable
from uuid import uuid4

import pytest

from facilitator.kernel.errors import Unavailable
from facilitator.kernel.forgetting import BLACK
from facilitator.meeting.ids import MeetingId
from facilitator.meeting.meeting import Phase
from facilitator.server.forgetting import AGAIN, EVERY, Retention
from facilitator.store.store import Store
from tests.server.cafe import Cafe, Engine, Phone, listen

GONE = 410
DAY = dt.date(2026, 11, 20)


def named(engine: Engine) -> tuple[Cafe, Phone]:
    cafe = Cafe(engine, named=True)
    return cafe, cafe.join(name="Mevrouw Ooievaar")


def wipe(cafe: Cafe) -> int:
    path = f"/api/meetings/{cafe.id}/wipe"
    return cafe.engine.ask("POST", path, cafe.engine.card.console_token).status_code


def code_of(engine: Engine, method: str, path: str, token: str, body: object = None) -> object:
    answer = engine.ask(method, path, token, body)
    return answer.status_code, answer.json()["error"]["code"]


def test_after_a_wipe_nobody_is_there_any_more(engine: Engine) -> None:
    cafe, phone = named(engine)
    phone.write("Meer bankjes")
    assert cafe.all("note")[0]["author"] == phone.id
    cafe.do("close_meeting")
    before = cafe.revision
    assert wipe(cafe) == 204
    assert cafe.revision == before + 1
    assert [note["author"] for note in cafe.all("note")] == [None]
    assert [person["name"] for person in cafe.all("participant")] == [""]
    assert cafe.all("meeting")[0]["wiped"] is True
    assert cafe.state()["history"] == []
    assert engine.console("GET", "/api/check") == {"findings": []}


def test_its_phones_are_told_to_forget(engine: Engine) -> None:
    cafe, phone = named(engine)
    phone.write("Meer bankjes")
    cafe.do("close_meeting")
    wipe(cafe)
    gone = (GONE, "meeting.wiped")
    assert code_of(engine, "GET", "/api/state", phone.token) == gone
    assert code_of(engine, "GET", "/api/events?after=1", phone.token) == gone
    for commands in ([phone.note()], [phone.note(), {"command": "x", "id": str(uuid4())}]):
        path, body = "/api/commands", {"commands": commands}
        assert code_of(engine, "POST", path, phone.token, body) == gone
    joining = {"id": str(uuid4()), "code": cafe.tables[0]["code"], "name": "Mevrouw Reiger"}
    assert code_of(engine, "POST", "/api/join", "", joining) == gone
    assert len(cafe.all("note")) == 1


def test_its_doors_stay_closed_and_the_report_can_be_made(engine: Engine) -> None:
    cafe, _phone = named(engine)
    cafe.do("close_meeting")
    wipe(cafe)
    wish = {"command": "open_doors", "id": str(uuid4())}
    (result,) = engine.console("POST", cafe.send_to, {"commands": [wish]})["results"]
    assert (result["status"], result["code"]) == ("refused", "meeting.wiped")
    cafe.do("edit_meeting", what_next="Het verslag volgt", attendance="names")
    assert engine.console("GET", f"/api/report.docx?meeting={cafe.id}").startswith(b"PK")


def test_a_meeting_that_goes_on_is_not_wiped(engine: Engine) -> None:
    cafe, phone = named(engine)
    path = f"/api/meetings/{cafe.id}/wipe"
    assert code_of(engine, "POST", path, engine.card.console_token) == (409, "wipe.live")
    assert phone.write()["status"] == "done"
    nowhere = f"/api/meetings/{uuid4()}/wipe"
    assert code_of(engine, "POST", nowhere, engine.card.console_token) == (404, "meeting.unknown")


def test_a_file_of_a_wiped_meeting_stays_wiped(engine: Engine) -> None:
    cafe, _phone = named(engine)
    cafe.do("close_meeting")
    wipe(cafe)
    raw = engine.console("GET", f"/api/meetings/{cafe.id}/file.cafe")
    made = engine.console("POST", "/api/meetings/import", raw)["id"]
    entities = engine.console("GET", f"/api/state?meeting={made}")["entities"]
    (meeting,) = (thing for thing in entities if thing["kind"] == "meeting")
    assert (meeting["wiped"], meeting["phase"]) == (True, "closed")
    copied = str(uuid4())
    body = {"id": copied, "title": "Nog eens"}
    engine.console("POST", f"/api/meetings/{cafe.id}/copy", body)
    entities = engine.console("GET", f"/api/state?meeting={copied}")["entities"]
    assert [thing["wiped"] for thing in entities if thing["kind"] == "meeting"] == [False]


def test_who_listens_loads_all_again(engine: Engine) -> None:
    cafe, phone = named(engine)
    cafe.do("close_meeting")
    console = engine.card.console_token
    with (
        listen(engine, console, cafe.revision, cafe.id) as seen,
        listen(engine, phone.token, cafe.revision) as heard,
    ):
        wipe(cafe)
        assert seen.next("beat")[0] == "resync"
        assert heard.next("beat")[0] == "resync"
        assert heard.next("beat")[0] == "end"
    with listen(engine, console, 1, cafe.id) as late:
        assert late.next("beat")[0] == "resync"


def black_out(cafe: Cafe, note: str) -> int:
    path = f"/api/notes/{note}/black_out?meeting={cafe.id}"
    return cafe.engine.ask("POST", path, cafe.engine.card.console_token).status_code


def test_a_note_is_made_black_while_all_goes_on(engine: Engine, cafe: Cafe) -> None:
    phone, other = cafe.join(), cafe.join(table=1)
    hurtful = phone.note("Iets lelijks", key="mijn")
    phone.results(hurtful)
    phone.write("Iets aardigs")
    after = cafe.revision
    with listen(engine, phone.token, after) as here, listen(engine, other.token, after) as there:
        assert black_out(cafe, hurtful["note"]) == 204
        assert here.next("beat")[0] == there.next("beat")[0] == "resync"
        other.write("Het gaat door")
        assert there.next("beat")[0] == "change"
    assert {note["text"] for note in phone.all("note")} == {BLACK, "Iets aardigs"}
    edit = {"command": "edit_note", "id": str(uuid4()), "note": hurtful["note"]}
    (refused,) = phone.results({**edit, "text": "Iets lelijks", "key": "mijn"})
    assert refused["code"] == "note.not_yours"
    assert engine.console("GET", "/api/check") == {"findings": []}
    with listen(engine, phone.token, after) as away:
        assert away.next("beat")[0] == "resync"
    path = f"/api/notes/{uuid4()}/black_out?meeting={cafe.id}"
    assert code_of(engine, "POST", path, engine.card.console_token) == (404, "note.unknown")


class Kept:
    """Meetings that are kept until some day, and what was forgotten of them."""

    def __init__(self, **phases: Phase) -> None:
        self.ids = {name: MeetingId(uuid4()) for name in phases}
        self.phases = phases
        self.asked: list[dt.date] = []
        self.cleaned = 0
        self.wiped: list[MeetingId] = []
        self.waited: list[float] = []
        self.full = False
        self.retention = Retention(
            self,  # type: ignore[arg-type]
            lambda: dt.datetime(2026, 11, 20, tzinfo=dt.UTC),
            today=lambda: DAY,
            wait=self._wait,
        )

    def clean(self) -> int:
        self.cleaned += 1
        if self.full:
            self.full = False
            raise Unavailable("wipe.unfinished")
        return self.cleaned

    def overdue(self, today: dt.date) -> list[tuple[MeetingId, Phase]]:
        self.asked.append(today)
        left = (name for name in self.phases if self.ids[name] not in self.wiped)
        return [(self.ids[name], self.phases[name]) for name in left]

    async def write(self, work: Callable[[object], object]) -> object:
        if work is Store.clean:
            return self.clean()
        return work(self)

    async def rewrite(self, meeting: MeetingId, _work: object) -> None:
        self.wiped.append(meeting)

    async def _wait(self, seconds: float) -> None:
        self.waited.append(seconds)
        if len(self.asked) == 3:
            raise asyncio.CancelledError


def test_it_looks_at_the_start_and_every_hour(caplog: pytest.LogCaptureFixture) -> None:
    kept = Kept(over=Phase.CLOSED, open=Phase.LIVE)
    with caplog.at_level(logging.INFO), pytest.raises(asyncio.CancelledError):
        asyncio.run(kept.retention.keep_looking())
    assert kept.wiped == [kept.ids["over"]]
    assert (kept.asked, kept.cleaned) == ([DAY] * 3, 4)
    assert kept.waited == [EVERY] * 3 == [3600] * 3
    told = [record.getMessage() for record in caplog.records]
    assert sum("not closed" in line for line in told) == 3
    assert sum("is wiped" in line for line in told) == 1


def test_what_could_not_be_cleaned_is_tried_again_within_a_minute() -> None:
    kept = Kept(over=Phase.CLOSED)
    kept.full = True
    with pytest.raises(asyncio.CancelledError):
        asyncio.run(kept.retention.keep_looking())
    assert kept.waited == [AGAIN, EVERY, EVERY, EVERY]
    assert kept.wiped == [kept.ids["over"]]


def test_on_its_day_the_engine_wipes_by_itself(own_engine: Engine) -> None:
    cafe = Cafe(own_engine, named=True, keep_until="2020-01-01")
    other = Cafe(own_engine, named=True, keep_until="2999-01-01")
    live = Cafe(own_engine, named=True, keep_until="2020-01-01")
    for one in (cafe, other, live):
        one.join(name="Mevrouw Ooievaar")
    cafe.do("close_meeting")
    other.do("close_meeting")
    own_engine.stop()
    again = Engine(own_engine.folder)
    try:
        for one in (cafe, other, live):
            one.engine = again
        for _ in range(100):
            if cafe.all("meeting")[0]["wiped"]:
                break
        names = {
            one.id: [person["name"] for person in one.all("participant")]
            for one in (cafe, other, live)
        }
    finally:
        again.stop()
    assert names == {
        cafe.id: [""],
        other.id: ["Mevrouw Ooievaar"],
        live.id: ["Mevrouw Ooievaar"],
    }
    log = (own_engine.folder / "logs" / "engine.log").read_text("utf-8")
    assert f"not closed: {live.id}" in log
    assert "Ooievaar" not in log
