"""Threat: somebody votes more than others may, or finds out who voted for what.

What is stored is searched as somebody would who has the whole folder, with every secret in it; the
search itself is held against an engine that makes ballots from what it stores.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import product
from pathlib import Path
from unittest import mock
from uuid import UUID, uuid4

import httpx
import pytest

from facilitator.meeting import votes
from facilitator.store.store import DATABASE
from tests.server.cafe import Cafe, Engine, Phone
from tests.threats.traces import traces

ADDRESS = "127.0.77.79"  # of a phone; not the engine's own
DOTS = 3


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def engine(folder: Path) -> Iterator[Engine]:
    running = Engine(folder)
    yield running
    if running.thread.is_alive():
        running.stop()


class Vote:
    """A vote that is open, and phones that may."""

    def __init__(self, engine: Engine, *, phones: int = 4, named: bool = False) -> None:
        self.cafe = Cafe(engine, named=named)
        self.options = [str(uuid4()) for _ in range(3)]
        for number, option in enumerate(self.options):
            self.cafe.do("add_option", option=option, text=f"Keuze {number}")
        names = [f"Mevrouw {number}" for number in range(phones)]
        self.phones = [
            self.cafe.join(number % 2, name=name, key=str(uuid4()))
            for number, name in enumerate(names)
        ]
        self.cafe.do("open_voting", open=True)

    def all(self) -> None:
        """Everybody votes, in another order than that in which they came in; and once more."""
        for phone, (first, second, _third) in zip(
            reversed(self.phones), iter(lambda: self.options, None), strict=False
        ):
            assert phone.vote(first, 1)["status"] == "done"
            assert phone.vote(second, 2)["status"] == "done"
            assert phone.vote(first, 0)["status"] == "done"

    def dots(self) -> dict[str, int]:
        """Ballot → its dots."""
        found: dict[str, int] = {}
        for vote in self.cafe.all("vote"):
            found[vote["ballot"]] = found.get(vote["ballot"], 0) + vote["dots"]
        return found


def test_a_flood_of_votes_counts_no_more_than_the_dots(engine: Engine) -> None:
    vote = Vote(engine)
    phone = vote.phones[0]
    codes: set[str] = set()
    for _ in range(12):
        wishes = [
            {"command": "cast_vote", "id": str(uuid4()), "option": option, "dots": dots}
            for option, dots in product(vote.options, (1, 2, 3, 4, 2**40, -1, 3, 2, 3, 2))
        ]
        answer = phone.send(*({**wish, "key": phone.key} for wish in wishes))
        if answer.status_code == 429:
            codes.add("rate.limited")
            continue
        codes |= {each.get("code", "done") for each in answer.json()["results"]}
        assert max(vote.dots().values()) <= DOTS
    assert codes == {"done", "votes.spent", "rate.limited"}
    assert vote.phones[1].vote(vote.options[0], DOTS)["status"] == "done"  # others go on
    assert sum(vote.dots().values()) <= 2 * DOTS


def test_nobody_votes_with_the_ballot_of_another_or_with_one_made_up(engine: Engine) -> None:
    vote = Vote(engine)
    one, two = vote.phones[:2]
    one.vote(vote.options[0], 1)
    for key in (two.key, str(uuid4()), "", one.token):
        thief = Phone(vote.cafe, {"token": one.token, "participant": one.id, "table": one.table})
        thief.key = key
        assert thief.vote(vote.options[1], 1)["code"] == "votes.key"
    bare = vote.cafe.join(name="Zonder sleutel")
    assert bare.vote(vote.options[1], 1)["code"] == "votes.key"
    again = {"id": one.id, "code": vote.cafe.tables[0]["code"], "key": str(uuid4())}
    assert engine.ask("POST", "/api/join", body=again).is_success  # the same phone, no other key
    changed = Phone(vote.cafe, {"token": one.token, "participant": one.id, "table": one.table})
    changed.key = again["key"]
    assert changed.vote(vote.options[1], 1)["code"] == "votes.key"
    assert sum(vote.dots().values()) == 1


def test_who_joins_again_and_again_is_slowed_down_and_seen(engine: Engine) -> None:
    """Each time a ballot: that is what a hall of strangers is. How fast, and seen, is what we do."""
    vote = Vote(engine, phones=1)
    code = vote.cafe.tables[0]["code"]
    transport = httpx.HTTPTransport(local_address=ADDRESS)
    came = 0
    with httpx.Client(base_url=engine.url, transport=transport) as client:
        for _ in range(400):
            body = {"id": str(uuid4()), "code": code, "key": str(uuid4())}
            answer = client.post("/api/join", json=body)
            if answer.status_code == 429:
                break
            came += 1
    assert answer.json()["error"]["code"] == "rate.limited"
    assert came < 300
    assert len(vote.cafe.all("participant")) == 1 + came  # each is counted on the console


@pytest.mark.parametrize("phase", ["preparing", "live", "closed"])
def test_a_meeting_file_brings_no_vote_that_is_open_and_no_endless_list(
    engine: Engine, phase: str
) -> None:
    """Who hands over a file would else put a list of its own on every phone when the doors open."""
    things = {
        "meeting": [{"title": "Proef", "phase": phase, "voting": True}],
        "table": [{"id": "t", "number": 1}],
        "option": [{"id": f"k{number}", "text": f"Keuze {number}"} for number in range(51)],
    }
    file = {"format": "facilitator-meeting", "version": 1, "things": things}
    cafe = Cafe(engine, live=False)
    cafe.id = engine.console("POST", "/api/meetings/import", file)["id"]
    cafe.send_to = f"/api/commands?meeting={cafe.id}"
    cafe.tables = cafe.all("table")
    cafe.do("open_doors")
    phone = cafe.join(key=str(uuid4()))
    assert phone.all("option") == []
    option = cafe.all("option")[0]["id"]
    assert phone.vote(option, 1)["code"] == "votes.closed"
    wish = {"command": "open_voting", "id": str(uuid4()), "open": True}
    assert engine.console("POST", cafe.send_to, {"commands": [wish]})["results"][0]["code"] == (
        "option.most"
    )
    cafe.do("remove_option", option=option)
    cafe.do("open_voting", open=True)
    assert len(phone.all("option")) == 50


def test_no_phone_hears_a_vote_and_only_while_it_is_open_an_option(engine: Engine) -> None:
    vote = Vote(engine)
    vote.all()
    for phone in vote.phones:
        seen = phone.state()
        assert {thing["id"] for thing in seen["entities"] if thing["kind"] == "option"} == {
            *vote.options
        }
        told = json.dumps(seen)
        assert not any(ballot in told for ballot in vote.dots())
        assert '"vote"' not in told
    vote.cafe.do("open_voting", open=False)
    assert not any(phone.all("option") for phone in vote.phones)
    assert vote.phones[0].vote(vote.options[0], 1)["code"] == "votes.closed"


def rows(path: Path) -> Iterator[tuple[str, str]]:
    """Every row of every table, with the name of its table, as text."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (table,) in tables:
            for row in database.execute(f'SELECT * FROM "{table}"'):  # noqa: S608 - its own tables
                yield (
                    table,
                    " ".join(
                        value.hex() if isinstance(value, bytes) else str(value) for value in row
                    ),
                )


def databases(folder: Path) -> list[Path]:
    return [folder / DATABASE, *(folder / "backups").glob("*.db")]


@pytest.mark.parametrize("named", [False, True], ids=["anonymous", "named"])
def test_nothing_that_is_stored_ties_a_ballot_to_anybody(
    engine: Engine, folder: Path, named: bool
) -> None:
    vote = Vote(engine, named=named)
    with closing(sqlite3.connect(folder / DATABASE)) as database:
        kept = "SELECT rowid, owner, digest FROM secret"
        before = database.execute(kept).fetchall()
    vote.all()
    engine.console("POST", "/api/backup")
    # who votes changes nothing of what is kept beside the people, not even its order
    with closing(sqlite3.connect(folder / DATABASE)) as database:
        assert database.execute(kept).fetchall() == before
        assert len(before) == len(vote.phones)
    # no key and no token in any file: database, its log, backups, logs
    assert traces(folder, [phone.key for phone in vote.phones]) == []
    assert traces(folder, [phone.token for phone in vote.phones]) == []
    assert traces(folder / "logs", [*vote.dots(), *vote.options]) == []
    people = [UUID(phone.id).hex for phone in vote.phones]
    assert len(vote.dots()) == len(people)
    files = databases(folder)
    assert len(files) > 1
    for path in files:
        written = list(rows(path))
        cast = [row for table, row in written if table == "journal" and "cast_vote" in row]
        assert len(cast) == 3 * len(people)
        for _table, row in written:
            plain = row.replace("-", "")
            held = [ballot for ballot in vote.dots() if ballot in row]
            assert not held or not any(person in plain for person in people)
        for row in cast:
            assert '"actor":null' in row
            assert '"role":"participant"' in row
            assert re.search(r'"at":"[^"]{16}:00Z"', row)  # to the minute


def guessed(folder: Path, vote: Vote) -> set[str]:
    """All ballots that can be made from what is stored: of each two things that lie there a hash."""
    known: set[bytes] = set()
    with closing(sqlite3.connect(folder / DATABASE)) as database:
        values = [row[0] for row in database.execute("SELECT value FROM setting")]
        digests = [row[0] for row in database.execute("SELECT digest FROM secret")]
    key = next(base64.b64decode(value) for value in values if len(value) == 44)
    meeting = UUID(vote.cafe.id)
    for phone in vote.phones:
        person = UUID(phone.id)
        who = meeting.bytes + person.bytes
        signed = who + hmac.new(key, who, hashlib.sha256).digest()[:16]
        token = base64.urlsafe_b64encode(signed).decode().rstrip("=")
        assert token == phone.token  # so it can be made again, from the database alone
        known |= {token.encode(), person.bytes, person.hex.encode(), str(person).encode(), who}
    known |= {key, meeting.bytes, b"ballot" + meeting.bytes, *map(bytes, digests), b"", b"ballot"}
    known |= {bytes(digest).hex().encode() for digest in digests}
    made = {
        hmac.new(one, other, hashlib.sha256).hexdigest() for one, other in product(known, known)
    }
    made |= {hashlib.sha256(one + other).hexdigest() for one, other in product(known, known)}
    return {each[:32] for each in made}


def test_a_ballot_cannot_be_made_from_what_is_stored(engine: Engine, folder: Path) -> None:
    vote = Vote(engine, named=True)
    vote.all()
    assert set(vote.dots()) & guessed(folder, vote) == set()
    mine = vote.phones[0]
    assert votes.ballot_of(UUID(vote.cafe.id), mine.key) in vote.dots()  # type: ignore[arg-type]


def test_an_engine_that_makes_ballots_from_tokens_is_caught(engine: Engine, folder: Path) -> None:
    vote = Vote(engine, named=True)
    tokens = {phone.key: phone.token for phone in vote.phones}
    right = votes.ballot_of

    def by_token(meeting: UUID, key: str) -> str:
        return right(meeting, tokens[key])  # type: ignore[arg-type]

    with mock.patch.object(votes, "ballot_of", by_token):
        vote.all()
    assert set(vote.dots()) <= guessed(folder, vote)


def found(folder: Path, raw: list[bytes]) -> list[str]:
    """In which files these bytes stand."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files if any(each in path.read_bytes() for each in raw)]


def test_after_a_wipe_no_key_to_a_ballot_is_left(engine: Engine, folder: Path) -> None:
    vote = Vote(engine, named=True)
    vote.all()
    counted = vote.dots()
    digests = [hashlib.sha256(phone.key.encode()) for phone in vote.phones]
    assert traces(folder, [digest.hexdigest() for digest in digests]) == []  # kept as bytes
    raw = [digest.digest() for digest in digests]
    assert found(folder, raw)
    vote.cafe.do("close_meeting")
    engine.console("POST", f"/api/meetings/{vote.cafe.id}/wipe")
    assert not found(folder, raw)
    assert vote.dots() == counted  # what was counted stays
    assert traces(folder, ["Mevrouw 1"]) == []


def test_black_ink_reaches_what_was_put_to_the_vote(engine: Engine, folder: Path) -> None:
    vote = Vote(engine)
    hurtful = "Rietgors zegt iets lelijks"
    note = vote.phones[0].note(hurtful)
    vote.phones[0].results(note)
    option = str(uuid4())
    vote.cafe.do("add_option", option=option, text=hurtful, note=note["note"])
    edit = {"base": hurtful, "text": f"{hurtful}, later"}
    vote.cafe.do("edit_option", option=option, text=edit)
    other = str(uuid4())
    vote.cafe.do("add_option", option=other, text=f"{hurtful} weer", note=note["note"])
    vote.cafe.do("remove_option", option=other)
    vote.phones[1].vote(option, 1)
    engine.console("POST", "/api/backup")
    engine.console("POST", f"/api/notes/{note['note']}/black_out?meeting={vote.cafe.id}")
    assert traces(folder, [hurtful]) == []
    shown = {each["id"]: each["text"] for each in vote.phones[2].all("option")}
    assert shown[option] == "████"
    assert sum(vote.dots().values()) == 1
    assert engine.console("GET", "/api/check") == {"findings": []}
