"""Forgetting in the store: what is left, what cannot come back, and what a crash leaves."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any
from unittest import mock
from uuid import UUID, uuid4

import msgspec
import pytest

from facilitator.kernel.entry import Entry
from facilitator.kernel.errors import NotFound, Refused, Unavailable
from facilitator.kernel.forgetting import BLACK, without_persons
from facilitator.kernel.roles import Role
from facilitator.kernel.undo import Undo
from facilitator.meeting.features import KINDS
from facilitator.meeting.ids import AgreementId, MeetingId, NoteId, ParticipantId, PhotoId
from facilitator.meeting.meeting import CloseMeeting, EditMeeting, Meeting, OpenDoors
from facilitator.meeting.notes import EditNote, HideNotes, Note, WriteNote
from facilitator.meeting.outcomes import AddAgreement, Agreement
from facilitator.meeting.people import AddParticipant, EditParticipant, Join, Participant
from facilitator.store import backups, forgetting
from facilitator.store.reading import LoadedMeeting
from facilitator.store.store import BACKUPS, Store
from tests.store import killed
from tests.threats.traces import traces

from .conftest import MEETING, NOW, OWNER, Desk, make_meeting, note

NAME, FIRST_NAME, FIRM = "Kwartelkoning", "Roerdomp", "Zwaluwhoeve"
WRITER, WHO, PASSWORD = "Wielewaal", "IJsvogel", "boomklever-77"
PERSONS = [NAME, FIRST_NAME, FIRM, WRITER, WHO, PASSWORD]
SAID, HURTFUL = "Meer bankjes bij de speeltuin", "Rietgors zegt iets lelijks"
PHONE = ParticipantId(UUID("6f1c1f39-5d8e-4a53-8a11-0b7d4c2e9f10"))


def hold_a_meeting(store: Store) -> None:
    """A named meeting with persons in every corner of it, closed."""
    desk = Desk(store)
    desk.writer.start()
    guest = ParticipantId(uuid4())
    desk.ask(EditMeeting(id=uuid4(), named=True, writer=WRITER, wifi_password=PASSWORD))
    desk.ask(OpenDoors(id=uuid4()))
    desk.ask(Join(id=PHONE, table=None, name=FIRST_NAME), role=Role.PARTICIPANT)
    desk.ask(AddParticipant(id=uuid4(), participant=guest, name="Gast", organisation=FIRM))
    desk.ask(EditParticipant(id=uuid4(), participant=PHONE, name=NAME))
    written = note(SAID, key="mijn")
    desk.submit(written, role=Role.PARTICIPANT, actor=PHONE)
    desk.answers(1)
    desk.submit(note(SAID), role=Role.HOST, actor=PHONE)
    desk.answers(1)
    desk.writer.run(Store.backup).result(10)
    desk.ask(AddAgreement(id=uuid4(), agreement=AgreementId(uuid4()), what="Bellen", who=WHO))
    desk.ask(HideNotes(id=uuid4(), notes=(written.note,)))
    desk.ask(CloseMeeting(id=uuid4()))
    desk.writer.stop()
    store.backup()
    assert traces(store.folder, PERSONS)


def wipe(store: Store) -> None:
    """All of it, as the engine does."""
    forgetting.wipe(store, MEETING, at=NOW, role=Role.FACILITATOR)
    store.clean()


def things(read: LoadedMeeting, kind: type[Any]) -> list[Any]:
    return [thing for thing in read.entities if isinstance(thing, kind)]


def entries(store: Store) -> list[Entry]:
    return [entry for entry, _body in store.entries(MEETING)]


def test_a_wipe_leaves_what_was_said_and_nothing_of_who_said_it(store: Store) -> None:
    hold_a_meeting(store)
    before = store.load(MEETING)
    wipe(store)
    after = store.load(MEETING)
    assert traces(store.folder, PERSONS) == []
    assert traces(store.folder, [SAID]) != []
    assert [(one.text, one.author) for one in things(after, Note)] == [(SAID, None)] * 2
    assert {one.name + one.organisation for one in things(after, Participant)} == {""}
    assert len(things(after, Participant)) == len(things(before, Participant))
    assert [(one.what, one.who) for one in things(after, Agreement)] == [("Bellen", "")]
    (meeting,) = things(after, Meeting)
    assert (meeting.wiped, meeting.writer, meeting.title) == (True, "", "Proef")
    assert (after.revision, after.secrets) == (before.revision + 1, {})
    assert store.check() == []


def test_after_a_wipe_the_journal_knows_nobody(store: Store) -> None:
    hold_a_meeting(store)
    wipe(store)
    told = entries(store)
    assert {(entry.actor, entry.at.second, entry.at.microsecond) for entry in told} == {
        (None, 0, 0)
    }
    assert [entry.revision for entry in told] == list(range(1, len(told) + 1))
    assert told[-1].command == "wipe"
    with store._transaction() as connection:
        rows = connection.exec_driver_sql("SELECT actor, at, undoable, role FROM journal").all()
    assert {(row.actor, row.at[17:], row.undoable) for row in rows} == {(None, "00.000000Z", 0)}
    assert {row.role for row in rows} == {"facilitator", "participant"} == {e.role for e in told}


def test_nothing_can_be_undone_after_a_wipe(store: Store) -> None:
    hold_a_meeting(store)
    last = max(entry.revision for entry in entries(store) if entry.undoable)
    wipe(store)
    assert store.load(MEETING).history == ()
    desk = Desk(store)
    desk.writer.start()
    (answer,) = desk.ask(Undo(id=uuid4(), entry=last))
    desk.writer.stop()
    assert (answer.status, str(answer.error)) == ("refused", "undo.unknown")
    assert traces(store.folder, PERSONS) == []


def test_a_wiped_meeting_takes_nothing_from_phones_and_stays_closed(store: Store) -> None:
    hold_a_meeting(store)
    desk = Desk(store)
    desk.writer.start()
    desk.ask(EditMeeting(id=uuid4(), purpose="Samen"))  # the writer has it in its own memory
    desk.writer.run(wipe).result(10)
    sent = (note(HURTFUL), Join(id=ParticipantId(uuid4()), table=None, name=NAME))
    refused = desk.ask(*sent, role=Role.PARTICIPANT)
    refused += desk.ask(OpenDoors(id=uuid4()))
    (edited,) = desk.ask(EditMeeting(id=uuid4(), what_next="Het verslag volgt"))
    desk.writer.stop()
    assert [str(answer.error) for answer in refused] == ["meeting.wiped"] * 3
    assert edited.status == "done"
    assert traces(store.folder, [*PERSONS, HURTFUL]) == []


def test_a_copy_that_is_being_made_is_not_left_by_a_wipe(store: Store) -> None:
    hold_a_meeting(store)
    part = backups.copy_beside(store.path, store.folder / BACKUPS)
    generation = store.generation
    wipe(store)
    assert traces(store.folder, PERSONS) == []
    kept = store.keep_copy(part, generation)
    assert backups.is_sound(kept)
    assert traces(store.folder, PERSONS) == []


def test_a_wipe_twice_is_a_wipe(store: Store) -> None:
    hold_a_meeting(store)
    wipe(store)
    wipe(store)
    (meeting,) = things(store.load(MEETING), Meeting)
    assert meeting.wiped
    assert store.check() == []


def test_only_a_closed_meeting_can_be_wiped(desk: Desk) -> None:
    with pytest.raises(Refused) as caught:
        desk.writer.run(wipe).result(10)
    assert caught.value.code == "wipe.live"
    (answer,) = desk.ask(note())
    assert answer.status == "done"


def test_what_is_not_there_cannot_be_forgotten(store: Store) -> None:
    with pytest.raises(NotFound):
        forgetting.wipe(store, MeetingId(uuid4()), at=NOW, role=Role.FACILITATOR)
    with pytest.raises(NotFound) as caught:
        black_out(store, NoteId(uuid4()))
    assert caught.value.code == "note.unknown"


def test_pictures_that_were_taken_out_go_with_a_wipe(store: Store) -> None:
    hold_a_meeting(store)
    store.put_photo(MEETING, PhotoId(uuid4()), b"jpeg of somebody")
    wipe(store)
    assert store.photos(MEETING) == {}
    assert traces(store.folder, ["jpeg of somebody"]) == []


def test_another_meeting_stays_as_it_is(store: Store) -> None:
    other = MeetingId(uuid4())
    make_meeting(store, other, "Ander")
    before = store.load(other)
    hold_a_meeting(store)
    wipe(store)
    assert store.load(other) == before


def black_out(store: Store, wanted: NoteId) -> None:
    forgetting.black_out(store, MEETING, wanted, at=NOW, actor=OWNER, role=Role.FACILITATOR)
    store.clean()


def write_hurtful(desk: Desk) -> WriteNote:
    """A note that was changed and hidden, among others."""
    written = note(f"{HURTFUL} eerst", key="mijn")
    desk.ask(note(SAID), written, role=Role.PARTICIPANT)
    changed = EditNote(id=uuid4(), note=written.note, text=f"{HURTFUL} later", key="mijn")
    desk.ask(changed, role=Role.PARTICIPANT)
    desk.ask(EditNote(id=uuid4(), note=written.note, text=f"{HURTFUL} ten slotte"))
    desk.ask(HideNotes(id=uuid4(), notes=(written.note,)))
    desk.writer.run(Store.backup).result(10)
    return written


def test_a_note_is_black_everywhere(desk: Desk) -> None:
    written = write_hurtful(desk)
    desk.writer.run(lambda store: black_out(store, written.note)).result(10)
    assert traces(desk.store.folder, [HURTFUL]) == []
    read = desk.writer.run(lambda store: store.load(MEETING)).result(10)
    assert {one.text for one in things(read, Note)} == {SAID, BLACK}
    assert desk.writer.run(Store.check).result(10) == []
    (answer,) = desk.ask(note())
    assert answer.revision == read.revision + 1


def test_no_undo_and_no_key_brings_black_words_back(desk: Desk) -> None:
    written = write_hurtful(desk)
    undoable = [entry.revision for entry in desk.entries if entry.undoable]
    assert len(undoable) == 2
    desk.writer.run(lambda store: black_out(store, written.note)).result(10)
    undone = desk.ask(*(Undo(id=uuid4(), entry=revision) for revision in reversed(undoable)))
    again = EditNote(id=uuid4(), note=written.note, text=HURTFUL, key="mijn")
    (by_key,) = desk.ask(again, role=Role.PARTICIPANT)
    (resent,) = desk.ask(written, role=Role.PARTICIPANT)
    assert [answer.status for answer in undone] == ["done", "done"]
    assert (str(by_key.error), resent.status) == ("note.not_yours", "repeated")
    assert traces(desk.store.folder, [HURTFUL]) == []


def test_every_field_of_a_person_can_be_empty() -> None:
    personal = [kind for kind in KINDS if kind.personal]
    assert {kind.kind() for kind in personal} >= {"participant", "note", "agreement", "meeting"}
    for kind in personal:
        for field in msgspec.structs.fields(kind):
            if field.name in kind.personal:
                assert field.default in {"", None}, (kind, field.name)


def test_times_of_persons_are_to_the_minute() -> None:
    somebody = Participant(id=ParticipantId(uuid4()), name=NAME, joined_at=NOW)
    left = without_persons(somebody)
    assert left.joined_at is not None
    assert (left.joined_at.minute, left.joined_at.second, left.name) == (NOW.minute, 0, "")


def test_in_an_anonymous_meeting_nobody_is_stored(desk: Desk) -> None:
    desk.submit(
        Join(id=PHONE, table=None, name=NAME), note(SAID), role=Role.PARTICIPANT, actor=PHONE
    )
    desk.answers(2)
    joined, written = desk.entries[-2:]
    assert (NOW.second, NOW.microsecond) != (0, 0)
    for entry in (joined, written):
        assert (entry.actor, entry.at) == (None, NOW.replace(second=0, microsecond=0))
    (somebody,) = (change.after for change in joined.changes)
    assert isinstance(somebody, Participant)
    assert (somebody.name, somebody.joined_at) == ("", joined.at)


@pytest.mark.faults
@pytest.mark.parametrize("stage", killed.STAGES)
def test_killed_at_any_stage_it_is_done_again_or_not_at_all(store: Store, stage: str) -> None:
    hold_a_meeting(store)
    before = store.load(MEETING)
    store.close()
    command = [sys.executable, "-m", "tests.store.killed", stage, str(store.folder), str(MEETING)]
    ended = subprocess.run(command, check=False, capture_output=True)
    assert ended.returncode == killed.EXIT, ended.stderr.decode()
    opened = Store.open(store.folder)
    try:
        (meeting,) = things(opened.load(MEETING), Meeting)
        assert meeting.wiped is (stage not in killed.BEFORE)
        if stage in killed.BEFORE:
            assert opened.load(MEETING) == before
            wipe(opened)
        assert traces(store.folder, PERSONS) == []
        assert opened.check() == []
        assert len(backups.made(store.folder / "backups")) == 1
        assert unfinished(opened) == []
    finally:
        opened.close()


def unfinished(store: Store) -> list[str]:
    with closing(sqlite3.connect(store.path)) as other:
        rows = other.execute("SELECT value FROM setting WHERE name = 'forgetting'").fetchall()
    return [row[0] for row in rows]


def test_what_cannot_be_cleaned_now_is_cleaned_later(store: Store) -> None:
    hold_a_meeting(store)
    with closing(sqlite3.connect(store.path)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM note").fetchone()
        with mock.patch.object(Store, "backup", side_effect=AssertionError):
            store._connection.exec_driver_sql("PRAGMA busy_timeout = 50")
            store._connection.rollback()
            forgetting.wipe(store, MEETING, at=NOW, role=Role.SYSTEM)
            with pytest.raises(Unavailable) as caught:
                store.clean()
    assert caught.value.code == "wipe.unfinished"
    assert unfinished(store) == [MEETING.hex]
    store.clean()
    assert unfinished(store) == []
    assert traces(store.folder, PERSONS) == []


def test_a_broken_backup_takes_no_others_place(store: Store) -> None:
    hold_a_meeting(store)
    old = backups.made(store.folder / "backups")
    forgetting.wipe(store, MEETING, at=NOW, role=Role.SYSTEM)
    with (
        mock.patch.object(backups, "is_sound", return_value=False),
        pytest.raises(Unavailable),
    ):
        store.clean()
    assert set(old) <= set(backups.made(store.folder / "backups"))


def test_a_copy_is_not_to_be_cleaned(store: Store, tmp_path: Path) -> None:
    hold_a_meeting(store)
    forgetting.wipe(store, MEETING, at=NOW, role=Role.SYSTEM)
    path = store.backup(tmp_path / "copy.db")
    with closing(sqlite3.connect(path)) as copy:
        found = copy.execute("SELECT name FROM setting ORDER BY name").fetchall()
    assert [row[0] for row in found] == ["epoch", "key"]
