"""What goes wrong at the disk: nothing that was promised is lost, and nothing is told that is not."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from facilitator.kernel.command import Context
from facilitator.kernel.errors import Unavailable
from facilitator.kernel.rules import Changes
from facilitator.kernel.state import State
from facilitator.meeting.features import RULES
from facilitator.meeting.ids import MeetingId
from facilitator.meeting.meeting import EditMeeting, Meeting
from facilitator.meeting.notes import Note, WriteNote
from facilitator.store import database, writer
from facilitator.store.store import Store
from facilitator.store.writer import Answer, Writer

from .conftest import MEETING, NOW, Desk, make_meeting, note


class Faults:
    """Which commits fail, and whether they fail before or after the disk has it."""

    def __init__(self) -> None:
        self.before = 0
        self.after = 0
        self.opening = 0


class FaultyConnection(sqlite3.Connection):
    """A connection whose commit fails when it is told to."""

    faults: Faults
    written = 0

    def commit(self) -> None:
        writes, self.written = self.total_changes > self.written, self.total_changes
        if writes and self.faults.before:
            self.faults.before -= 1
            raise sqlite3.OperationalError("disk I/O error")
        super().commit()
        if writes and self.faults.after:
            self.faults.after -= 1
            raise sqlite3.OperationalError("disk I/O error")


@pytest.fixture
def faults(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Faults:
    made = Faults()
    connection = type("Connection", (FaultyConnection,), {"faults": made})

    def connect(path: Path, *, read_only: bool) -> sqlite3.Connection:
        if made.opening and not read_only:
            made.opening -= 1
            raise sqlite3.OperationalError("unable to open database file")
        return sqlite3.connect(
            path, isolation_level=None, check_same_thread=False, factory=connection
        )

    monkeypatch.setattr(database, "_connect", connect)
    monkeypatch.setattr(writer, "PAUSE", 0.0)
    return made


@pytest.fixture
def faulty(faults: Faults, tmp_path: Path) -> Iterator[Desk]:
    store = Store.open(tmp_path)
    make_meeting(store)
    desk = Desk(store)
    yield desk
    if desk.writer._thread.is_alive():
        desk.writer.stop()
    store.close()


def codes(answers: list[Answer]) -> list[str]:
    return [answer.error.code if answer.error else answer.status for answer in answers]


def stored(store: Store, meeting: MeetingId = MEETING) -> list[str]:
    return [thing.text for thing in store.load(meeting).entities if isinstance(thing, Note)]


def test_a_commit_that_failed_is_not_told_and_may_be_sent_again(
    faulty: Desk, faults: Faults
) -> None:
    notes = [note("een"), note("twee")]
    faults.before = 1
    faulty.submit(*notes)
    faulty.writer.start()
    assert codes(faulty.answers(2)) == ["store.uncertain"] * 2
    assert faulty.entries == []
    assert codes(faulty.ask(*notes)) == ["done", "done"]
    faulty.writer.stop()
    assert stored(faulty.store) == ["een", "twee"]
    assert faulty.store.check() == []


def test_a_commit_of_which_nobody_heard_is_told_later_and_counts_once(
    faulty: Desk, faults: Faults
) -> None:
    notes = [note("een"), note("twee")]
    faulty.writer.start()
    faulty.ask(note("nul"))
    faulty.writer.run(lambda store: setattr(faults, "after", 1)).result(10)
    (first,) = faulty.ask(notes[0])
    assert codes([first]) == ["store.uncertain"]
    assert [entry.command_id for entry in faulty.entries][1:] == [notes[0].id]
    again, second = faulty.ask(*notes)
    assert (again.status, again.revision, second.status) == ("repeated", 3, "done")
    faulty.writer.stop()
    assert [entry.revision for entry in faulty.entries] == [2, 3, 4]
    assert stored(faulty.store) == ["nul", "een", "twee"]


def test_what_was_decided_on_what_never_came_is_decided_anew(faulty: Desk, faults: Faults) -> None:
    """The second is refused because of the first; the first is not written: so both fail."""
    first = note("een")
    same = WriteNote(id=uuid4(), note=first.note, text="twee", table=None, step=None)
    faults.before = 1
    faulty.submit(first, same)
    faulty.writer.start()
    assert codes(faulty.answers(2)) == ["store.uncertain"] * 2
    assert codes(faulty.ask(same)) == ["done"]


def test_who_fails_again_and_again_says_so_and_comes_back(
    faulty: Desk, faults: Faults, monkeypatch: pytest.MonkeyPatch
) -> None:
    faults.before = 4
    faulty.writer.start()
    for _ in range(4):
        faulty.ask(note())
    assert faulty.writer.failed is not None
    assert faulty.writer.failed.code == "store.uncertain"
    monkeypatch.setattr(writer, "PAUSE", 1_000.0)
    tried = faults.before = 1
    assert codes(faulty.ask(note())) == ["store.uncertain"]
    assert faults.before == tried
    monkeypatch.setattr(writer, "PAUSE", 0.0)
    faults.before = 0
    assert codes(faulty.ask(note())) == ["done"]
    assert faulty.writer.failed is None


def test_a_database_that_cannot_be_opened_again(faulty: Desk, faults: Faults) -> None:
    faulty.writer.start()
    faults.before, faults.opening = 1, 2
    assert codes(faulty.ask(note())) == ["store.uncertain"]
    failed: Unavailable | object = faulty.writer.failed
    assert isinstance(failed, Unavailable)
    assert codes(faulty.ask(note())) == ["store.closed"]
    assert codes(faulty.ask(note("eindelijk"))) == ["store.closed"]
    assert codes(faulty.ask(note("eindelijk"))) == ["done"]
    assert faulty.writer.failed is None


def test_a_database_that_went_away_is_not_made_anew(faulty: Desk, faults: Faults) -> None:
    faulty.writer.start()
    faulty.ask(note())
    faults.before = 1

    def take_away(store: Store) -> None:
        for path in store.folder.glob("facilitator.db*"):
            path.rename(path.with_name("away-" + path.name))

    faulty.writer.run(take_away).result(10)
    assert codes(faulty.ask(note())) == ["store.uncertain"]
    assert not faulty.store.path.exists()
    assert faulty.writer.failed is not None


def test_a_full_disk_says_so_and_goes_on_when_there_is_room(desk: Desk) -> None:
    def pages(store: Store, more: int) -> None:
        with store._transaction() as connection:
            now = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {now + more}")

    desk.writer.run(lambda store: pages(store, 0)).result(10)
    long = [note("x" * 300) for _ in range(100)]
    assert set(codes(desk.ask(*long[:50], *long[50:]))) == {"store.full"}
    assert codes(desk.ask(*long)) == ["done"] * 100  # the limit went with the connection
    desk.writer.stop()
    assert desk.store.check() == []


def test_a_rule_with_a_mistake_in_it_fails_alone(store: Store) -> None:
    def mistaken(state: State, command: EditMeeting, context: Context) -> Changes:
        yield state.get(Meeting, MeetingId(uuid4()))

    def worse(state: State, command: EditMeeting, context: Context) -> Changes:
        yield state.kinds[command.title]  # type: ignore[index, misc]

    for rule, code in ((mistaken, "meeting.unknown"), (worse, "rule.failed")):
        desk = Desk(store)
        desk.writer = Writer(
            store, now=lambda: NOW, tell=desk._hear, rules={**RULES, EditMeeting: rule}
        )
        desk.submit(note("een"), EditMeeting(id=uuid4(), title="fout"), note("twee"))
        desk.writer.start()
        assert codes(desk.answers(3)) == ["done", code, "done"]
        desk.writer.stop()


@pytest.mark.parametrize("number", [2, 60])
def test_a_constraint_runs_the_batch_again_one_by_one(store: Store, number: int) -> None:
    """The tables know of a note that the writer does not; only that one is refused."""
    desk = Desk(store)
    notes = [note(f"notitie {each}", key=f"k{each}") for each in range(number)]
    stray = notes[number // 2]
    desk.writer._room(MEETING)
    _stray(store, stray)
    desk.submit(*notes)
    desk.writer.start()
    answers = desk.answers(number)
    desk.writer.stop()
    assert codes(answers).count("done") == number - 1
    assert codes(answers)[number // 2] == "store.constraint"
    revisions = [answer.revision for answer in answers if answer.error is None]
    assert revisions == list(range(2, number + 1))
    assert [entry.revision for entry in desk.entries] == revisions
    assert desk.writer.failed is None


def _stray(store: Store, stray: WriteNote) -> None:
    shelf = store._statements.shelves[Note]
    thing = Note(id=stray.note, text="stray")
    with store._transaction() as connection:
        shelf.insert.save(connection, [(MEETING, *shelf._all(thing))])


def test_work_that_fails_at_the_disk_brings_the_writer_back(faulty: Desk, faults: Faults) -> None:
    faulty.writer.start()
    faults.before = 1
    other = MeetingId(uuid4())
    error = faulty.writer.run(lambda store: make_meeting(store, other)).exception(10)
    assert getattr(error, "code", "") == "store.uncertain"
    faulty.writer.run(lambda store: make_meeting(store, other)).result(10)
    assert codes(faulty.ask(note())) == ["done"]


def test_a_backup_that_cannot_be_made(store: Store) -> None:
    (store.folder / "backups").write_text("in the way")
    with pytest.raises(Unavailable) as caught:
        store.backup()
    assert caught.value.code == "store.backup"
    assert [path.name for path in store.folder.iterdir() if path.suffix == ".part"] == []
