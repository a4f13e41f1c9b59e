"""Muting the device that a note came from: also where nobody is kept with a note."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import Any
from uuid import UUID, uuid4

import pytest

from facilitator.meeting.ids import NoteId
from facilitator.meeting.notes import WriteNote
from facilitator.server import writers
from facilitator.server.writers import Writers
from tests.server.cafe import Cafe, Engine, Phone


def mute(cafe: Cafe, note: str) -> Any:
    token = cafe.engine.card.console_token
    return cafe.engine.ask("POST", f"/api/notes/{note}/mute?meeting={cafe.id}", token)


def sent(phone: Phone, text: str = "Iets") -> str:
    note = phone.note(text)
    (result,) = phone.results(note)
    assert result["status"] == "done"
    return str(note["note"])


def code(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["code"]


@pytest.mark.parametrize("named", [True, False])
def test_what_its_device_writes_from_then_on_is_seen_by_nobody(engine: Engine, named: bool) -> None:
    cafe = Cafe(engine, live=False, named=named)
    cafe.do("open_doors")
    rude, kind = cafe.join(name="Rik"), cafe.join(name="Els")
    first = sent(rude)
    assert mute(cafe, first).status_code == 204
    late, other = sent(rude), sent(kind)
    assert {note["id"] for note in kind.all("note")} == {first, other}
    hidden = {note["id"]: note["hidden"] for note in cafe.all("note")}
    assert hidden == {first: False, late: True, other: False}
    assert [person["muted"] for person in cafe.all("participant")].count(True) == 1
    assert "muted" not in rude.all("participant")[0]
    cafe.do("mute_participant", participant=rude.id, muted=False)
    assert sent(rude) in {note["id"] for note in kind.all("note")}


def test_of_some_notes_it_is_not_known(engine: Engine, cafe: Cafe) -> None:
    assert code(mute(cafe, str(uuid4()))) == (404, "note.unknown")
    typed = str(uuid4())
    cafe.do("write_note", note=typed, text="Van papier", table=None, step=None)
    assert code(mute(cafe, typed)) == (404, "writer.unknown")
    phone = cafe.join()
    left = sent(phone)
    cafe.do("remove_participant", participant=phone.id)
    assert code(mute(cafe, left)) == (404, "writer.unknown")


def test_who_sends_the_note_of_another_again_is_not_taken_for_its_writer(cafe: Cafe) -> None:
    rude, kind = cafe.join(), cafe.join()
    note = sent(rude)
    (result,) = kind.results(kind.note(note=note))
    assert result["code"] == "note.exists"
    assert mute(cafe, note).status_code == 204
    (muted,) = (person["id"] for person in cafe.all("participant") if person["muted"])
    assert muted == rude.id


def test_it_is_forgotten_when_the_meeting_is_closed(cafe: Cafe) -> None:
    phone = cafe.join()
    before = sent(phone)
    cafe.do("close_meeting")
    after = sent(phone)
    cafe.do("open_doors")
    for note in (before, after):
        assert code(mute(cafe, note)) == (404, "writer.unknown")
    assert mute(cafe, sent(phone)).status_code == 204


def test_it_is_forgotten_when_the_engine_stops_and_written_down_nowhere(
    own_engine: Engine,
) -> None:
    cafe = Cafe(own_engine)
    phone = cafe.join()
    note = sent(phone)
    own_engine.stop()
    with closing(sqlite3.connect(own_engine.folder / "facilitator.db")) as database:
        bodies = [
            row[0]
            for row in database.execute("SELECT body FROM journal WHERE command = 'write_note'")
        ]
        rows = [str(row) for row in database.execute("SELECT * FROM note")]
    assert [note in body for body in bodies] == [True]
    assert not any(phone.id in body for body in bodies)
    assert not any(UUID(phone.id).hex in row for row in rows)
    again = Engine(own_engine.folder)
    try:
        cafe.engine = again
        assert code(mute(cafe, note)) == (404, "writer.unknown")
    finally:
        again.stop()


def test_the_oldest_are_forgotten_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writers, "MOST", 3)
    known, device = Writers(), uuid4()
    notes = [NoteId(uuid4()) for _ in range(5)]
    known.remember(
        [WriteNote(id=uuid4(), note=note, text="x", table=None, step=None) for note in notes],
        device,
    )
    assert [known.of(note) for note in notes] == [None] * 5  # they may be refused yet
    for note in notes:
        known.remember([WriteNote(id=uuid4(), note=note, text="x", table=None, step=None)], device)
        known.wrote(note)
    assert [known.of(note) for note in notes] == [None, None, device, device, device]
    assert len(known) == 3
    known.forget()
    assert [known.of(note) for note in notes] == [None] * 5


def test_what_is_refused_takes_no_place_of_what_was_written(
    engine: Engine, cafe: Cafe, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writers, "MOST", 20)
    rude = cafe.join()
    note = sent(rude)
    done = rude.note("Nog een")
    assert rude.results(done)[0]["status"] == "done"
    for refused in (
        [rude.note("") for _ in range(40)],
        [{**done, "note": str(uuid4())} for _ in range(40)],
    ):
        assert {each["status"] for each in rude.results(*refused)} <= {"refused", "repeated"}
    assert mute(cafe, note).status_code == 204
