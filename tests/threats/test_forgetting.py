"""After a wipe, and after a note was made black, nothing of it is left in any file.

Words are planted through a real engine, wherever a person can be named. Then the bytes of every file
in the data folder are searched. Engines that forget badly must be caught.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any
from unittest import mock
from uuid import UUID, uuid4

import httpx
import msgspec
import pytest

from facilitator.store import backups, cleaning, database, forgetting
from facilitator.store.reading import read_entries
from facilitator.store.store import DATABASE
from tests.server.cafe import Cafe, Engine, Phone
from tests.threats.traces import traces

NAMES = ("Kwartelkoning", "Roerdomp", "Zwaluwstaart", "Wielewaal", "IJsvogel", "Ortolaan")
OTHERS = ("Grutto Beheer BV", "boomklever-77", "Zeearend-telefoon/9")
ADDRESS = "127.0.77.78"  # of a phone; not the engine's own
PASSED_ON = "203.0.113.77"  # what a proxy would say of it
HURTFUL = "Rietgors zegt iets lelijks"
SAID = "Meer bankjes bij de speeltuin"


class Planted(msgspec.Struct):
    """What was said, and by whom."""

    cafe: Cafe
    note: str  # to be made black
    persons: list[str | UUID]
    keys: list[str | UUID]


def plant(engine: Engine) -> Planted:
    """A named evening on which everybody is named everywhere; closed, with a backup of each part."""
    cafe = Cafe(engine, named=True, writer=NAMES[0], wifi_password=OTHERS[1])
    first, second = cafe.join(name=NAMES[1]), cafe.join(table=1, name="Mevrouw Gans")
    guest = str(uuid4())
    cafe.do("add_participant", participant=guest, name=NAMES[2], organisation=OTHERS[0])
    engine.console("POST", "/api/backup")
    edited = cafe.do("edit_participant", participant=second.id, name=NAMES[3])
    cafe.do("undo", entry=edited["revision"])
    cafe.do("edit_participant", participant=first.id, name=f"{NAMES[1]} {NAMES[5]}")
    gone = str(uuid4())
    cafe.do("add_participant", participant=gone, name=NAMES[5])
    cafe.do("remove_participant", participant=gone)
    cafe.do("add_agreement", agreement=str(uuid4()), what="Bellen", who=NAMES[4])
    keys = [f"sleutel-{number}-{uuid4().hex}" for number in range(2)]
    hurtful = first.note(f"{HURTFUL}, eerst", key=keys[0])
    first.results(first.note(SAID, key=keys[1]), hurtful)
    edit = {"command": "edit_note", "note": hurtful["note"]}
    first.results({**edit, "id": str(uuid4()), "text": f"{HURTFUL}, later", "key": keys[0]})
    cafe.do("edit_note", note=hurtful["note"], text=f"{HURTFUL}, ten slotte")
    cafe.do("hide_notes", notes=[hurtful["note"]])
    for number in range(40):
        second.write(f"Notitie {number} " * 10)
    check_in = {"command": "send_check_in", "id": str(uuid4()), "check_in": str(uuid4())}
    first.results({**check_in, "word": "benieuwd", "grade": 8})
    _from_elsewhere(engine, first)
    engine.console("POST", "/api/backup")
    hashes = [hashlib.sha256(key.encode()) for key in keys]
    return Planted(
        cafe,
        hurtful["note"],
        persons=[*NAMES, *OTHERS, ADDRESS, PASSED_ON],
        keys=[*keys, first.token, second.token, *(found.hexdigest() for found in hashes)],
    )


def _from_elsewhere(engine: Engine, phone: Phone) -> None:
    """The same phone from an address of its own, that a proxy passes on, with a name of its own."""
    headers = {
        "authorization": f"Bearer {phone.token}",
        "x-forwarded-for": PASSED_ON,
        "forwarded": f"for={PASSED_ON}",
        "user-agent": OTHERS[2],
    }
    transport = httpx.HTTPTransport(local_address=ADDRESS)
    with httpx.Client(base_url=engine.url, headers=headers, transport=transport) as client:
        assert client.get("/api/state").is_success
        body = {"commands": [phone.note("Van elders")]}
        assert client.post("/api/commands", json=body).is_success


def forget(planted: Planted) -> None:
    """Make a note black while all goes on; then close, and wipe."""
    cafe = planted.cafe
    path = f"/api/notes/{planted.note}/black_out?meeting={cafe.id}"
    cafe.engine.console("POST", path)
    cafe.do("close_meeting")
    cafe.engine.console("POST", "/api/backup")
    cafe.engine.console("POST", f"/api/meetings/{cafe.id}/wipe")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder in which an older version left a backup of before its migration."""
    return tmp_path / "data"


@pytest.fixture
def engine(folder: Path) -> Iterator[Engine]:
    running = Engine(folder)
    yield running
    if running.thread.is_alive():
        running.stop()


def as_before_a_migration(folder: Path) -> None:
    """A copy whose tables are none of ours any more, as the migration after next would find it."""
    with closing(sqlite3.connect(folder / DATABASE)) as source:
        old = folder / "backups" / "facilitator-20200101-000000-000000.db"
        backups.copy_to(source, old)
    with closing(sqlite3.connect(old)) as copy:
        copy.execute("ALTER TABLE journal RENAME TO dagboek")
        copy.commit()


def test_no_byte_is_left(engine: Engine, folder: Path) -> None:
    planted = plant(engine)
    as_before_a_migration(folder)
    assert {
        word.partition(" in ")[0] for word in traces(folder, [*NAMES, *OTHERS[:2], HURTFUL])
    } == {
        *NAMES,
        *OTHERS[:2],
        HURTFUL,
    }
    forget(planted)
    everything = [*planted.persons, *planted.keys, HURTFUL]
    assert traces(folder, everything) == []
    assert traces(folder, [SAID, "Bellen"]) != []
    assert len(backups.made(folder / "backups")) == 1
    engine.stop()
    assert traces(folder, everything) == []
    again = Engine(folder)
    again.stop()
    assert traces(folder, everything) == []


def test_a_black_note_is_gone_before_the_evening_is_over(engine: Engine, folder: Path) -> None:
    planted = plant(engine)
    path = f"/api/notes/{planted.note}/black_out?meeting={planted.cafe.id}"
    engine.console("POST", path)
    assert traces(folder, [HURTFUL]) == []
    assert traces(folder, [NAMES[0]]) != []


def test_phones_that_send_again_bring_nothing_back(engine: Engine, folder: Path) -> None:
    planted = plant(engine)
    cafe = planted.cafe
    phone = cafe.join(name=NAMES[1])
    kept = phone.note(HURTFUL, key="k")
    phone.results(kept)
    engine.console("POST", f"/api/notes/{kept['note']}/black_out?meeting={cafe.id}")
    assert phone.results(kept)[0]["status"] == "repeated"
    fresh = {**kept, "id": str(uuid4())}
    assert phone.results(fresh)[0]["code"] == "note.exists"
    forget(planted)
    late = phone.note(f"{HURTFUL} nog eens")
    for commands in ([kept], [fresh], [late]):
        assert phone.send(*commands).status_code == 410
    joining = {"id": str(uuid4()), "code": cafe.tables[0]["code"], "name": NAMES[1]}
    assert engine.ask("POST", "/api/join", body=joining).status_code == 410
    assert traces(folder, [*planted.persons, HURTFUL]) == []


def test_undo_brings_nothing_back(engine: Engine, folder: Path) -> None:
    planted = plant(engine)
    cafe = planted.cafe
    undoable = [entry["revision"] for entry in cafe.state()["history"]]
    forget(planted)
    assert len(undoable) > 5
    for revision in undoable:
        wish = {"command": "undo", "id": str(uuid4()), "entry": revision}
        (result,) = engine.console("POST", cafe.send_to, {"commands": [wish]})["results"]
        assert (result["status"], result["code"]) == ("refused", "undo.unknown")
        assert result["message"]
    assert traces(folder, planted.persons) == []


def test_the_journal_of_a_wiped_evening_ties_nothing_to_anybody(
    engine: Engine, folder: Path
) -> None:
    planted = plant(engine)
    people = [person["id"] for person in planted.cafe.all("participant")]
    forget(planted)
    bodies = journal(folder)
    assert len(bodies) > 50
    written = [body for body in bodies if '"kind":"participant"' not in body]
    assert not any(person in body for body in written for person in people)
    for body in bodies:
        moments = re.findall(r'"(?:at|joined_at|written_at)":"([^"]+)"', body)
        assert moments
        assert {moment[16:] for moment in moments} == {":00Z"}
        assert '"actor":null' in body


def journal(folder: Path) -> list[str]:
    with closing(sqlite3.connect(folder / DATABASE)) as other:
        return [row[0] for row in other.execute("SELECT body FROM journal ORDER BY revision")]


def nothing(*_: object, **__: object) -> None:
    """What a program does that forgets to."""


def only_vacuum(source: sqlite3.Connection) -> None:
    source.execute("VACUUM")


def only_checkpoint(source: sqlite3.Connection) -> None:
    source.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def carelessly(path: Path, *, read_only: bool) -> sqlite3.Connection:
    """Opens the database without having what is deleted overwritten."""
    connection = OPEN(path, read_only=read_only)
    connection.execute("PRAGMA secure_delete = OFF")
    return connection


def leave_the_journal(*given: Any, **named: Any) -> int:
    """Rewrites nothing, but knows the last revision."""
    connection, meeting = given[:2]
    return max(entry.revision for entry, _ in read_entries(connection, meeting, 0))


OPEN = database._open
MUTANTS: dict[str, list[tuple[Any, str, Callable[..., Any]]]] = {
    "backups stay": [(cleaning, "renew", nothing)],
    "the log is not emptied": [(cleaning, "sweep", only_vacuum)],
    "nothing is overwritten": [
        (database, "_open", carelessly),
        (cleaning, "sweep", only_checkpoint),
    ],
    "the journal stays": [(forgetting, "_rewrite_journal", leave_the_journal)],
    "the rows stay": [(forgetting, "_put_left", nothing)],
}


@pytest.mark.parametrize("mutant", MUTANTS)
def test_an_engine_that_forgets_badly_is_caught(folder: Path, mutant: str) -> None:
    with ExitStack() as patches:
        for where, name, instead in MUTANTS[mutant]:
            patches.enter_context(mock.patch.object(where, name, instead))
        engine = Engine(folder)
        try:
            planted = plant(engine)
            forget(planted)
            assert traces(folder, [*planted.persons, HURTFUL]) != []
        finally:
            engine.stop()


def test_in_an_anonymous_meeting_nobody_is_tied_to_what_they_wrote(
    engine: Engine, folder: Path
) -> None:
    cafe = Cafe(engine)
    phones = [cafe.join(table=number % 2, name=NAMES[number]) for number in range(4)]
    for phone in phones:
        note = phone.note(f"{SAID} {phone.table}", key=f"sleutel-{phone.id}")
        phone.results(note)
        edit = {"command": "edit_note", "id": str(uuid4()), "note": note["note"]}
        phone.results({**edit, "text": SAID, "key": f"sleutel-{phone.id}"})
        check_in = {"command": "send_check_in", "id": str(uuid4()), "check_in": str(uuid4())}
        phone.results({**check_in, "word": "benieuwd"})
        _from_elsewhere(engine, phone)
    engine.console("POST", "/api/backup")
    planted = [*NAMES, *OTHERS, ADDRESS, PASSED_ON, *(phone.token for phone in phones)]
    assert traces(folder, [*planted, *(f"sleutel-{phone.id}" for phone in phones)]) == []
    written = [body for body in journal(folder) if '"kind":"participant"' not in body]
    assert sum('"role":"participant"' in body for body in written) == 16
    for body in written:
        assert not any(phone.id in body for phone in phones)
    for body in journal(folder):
        if '"role":"participant"' in body:
            assert '"actor":null' in body
            assert re.search(r'"at":"[^"]{16}:00Z"', body)
    with closing(sqlite3.connect(folder / DATABASE)) as other:
        for authors in ("SELECT author FROM note", "SELECT author FROM check_in"):
            assert set(other.execute(authors).fetchall()) == {(None,)}
        (owners,) = zip(*other.execute("SELECT owner FROM secret").fetchall(), strict=True)
    assert not {UUID(phone.id).hex for phone in phones} & set(owners)


def test_another_evening_goes_on_while_one_is_wiped(engine: Engine, folder: Path) -> None:
    planted = plant(engine)
    other = Cafe(engine, named=True)
    phone = other.join(name="Mevrouw Tureluur")
    began = time.monotonic()
    forget(planted)
    assert time.monotonic() - began < 30
    assert phone.write("Het gaat door")["status"] == "done"
    assert other.all("note")[0]["author"] == phone.id
    assert traces(folder, ["Tureluur"]) != []
    assert traces(folder, planted.persons) == []
    assert engine.console("GET", "/api/check") == {"findings": []}
