from __future__ import annotations

import hashlib
from collections.abc import Callable
from uuid import UUID, uuid4

from facilitator.kernel.roles import Role
from facilitator.kernel.undo import Undo
from facilitator.kernel.wire import encode
from facilitator.meeting.ids import MeetingId, NoteId
from facilitator.meeting.meeting import CloseMeeting, EditMeeting, Meeting
from facilitator.meeting.notes import EditNote, HideNotes, Note
from facilitator.meeting.programme import StartClock
from facilitator.store.store import Store

from .conftest import MEETING, NOW, OWNER, Desk, make_meeting, note


def test_a_wish_is_on_the_disk_when_it_is_told(desk: Desk) -> None:
    written = note("Meer bankjes")
    (answer,) = desk.ask(written)
    assert (answer.status, answer.revision, answer.error) == ("done", 3, None)
    loaded = desk.writer.run(lambda store: store.load(MEETING)).result(10)
    assert loaded.revision == 3
    assert [thing.text for thing in loaded.entities if isinstance(thing, Note)] == ["Meer bankjes"]
    meeting, entry, body = desk.told[-1].entries[0]
    assert (meeting, entry.command_id, body) == (MEETING, written.id, encode(entry))
    assert (entry.at, entry.actor, entry.role) == (NOW, OWNER, Role.FACILITATOR)


def test_a_repeat_counts_once_within_a_batch_and_after_it(store: Store) -> None:
    desk = Desk(store)
    once = note()
    desk.submit(once, once)
    desk.writer.start()
    assert [answer.status for answer in desk.answers(2)] == ["done", "repeated"]
    (again,) = desk.ask(once)
    assert (again.status, again.revision) == ("repeated", 2)
    assert len(desk.entries) == 1
    desk.writer.stop()


def test_a_repeat_counts_once_after_a_restart(desk: Desk, reopened: Callable[[], Store]) -> None:
    once = note()
    desk.ask(once)
    desk.writer.stop()
    later = Desk(reopened())
    later.writer.start()
    (again,) = later.ask(once)
    assert (again.status, again.revision) == ("repeated", 3)
    later.writer.stop()
    desk.writer.start = lambda: None  # type: ignore[method-assign]


def test_what_is_queued_together_is_one_commit_in_order(store: Store) -> None:
    desk = Desk(store)
    notes = [note(f"Notitie {number}") for number in range(40)]
    desk.submit(*notes)
    desk.writer.start()
    answers = desk.answers(40)
    assert [answer.revision for answer in answers] == list(range(2, 42))
    assert len(desk.told) == 1
    assert [entry.command_id for entry in desk.entries] == [note.id for note in notes]
    desk.writer.stop()


def test_one_refused_never_fails_its_neighbours(store: Store) -> None:
    desk = Desk(store)
    good, bad, other = note(), note("x" * 5_000), note()
    desk.submit(good, bad, other)
    desk.writer.start()
    first, second, third = desk.answers(3)
    assert (first.status, second.status, third.status) == ("done", "refused", "done")
    assert second.error is not None
    assert second.error.code == "note.length"
    assert third.revision == first.revision + 1
    desk.writer.stop()


def test_what_phones_change_pushes_nothing_off_the_undo_list(desk: Desk) -> None:
    written = note(key="mijn")
    desk.ask(written, role=Role.PARTICIPANT)
    (hidden,) = desk.ask(HideNotes(id=uuid4(), notes=(written.note,)))
    changed = EditNote(id=uuid4(), note=written.note, text="Anders", key="mijn")
    (answer,) = desk.ask(changed, role=Role.PARTICIPANT)
    assert answer.status == "done"
    assert [entry.undoable for entry in desk.entries[-2:]] == [True, False]
    loaded = desk.writer.run(lambda store: store.load(MEETING)).result(10)
    assert [entry.revision for entry in loaded.history] == [hidden.revision]


def test_what_changes_nothing_is_done_and_leaves_no_entry(desk: Desk) -> None:
    desk.ask(StartClock(id=uuid4()))
    before = len(desk.entries)
    same = StartClock(id=uuid4())
    (answer,) = desk.ask(same)
    assert (answer.status, answer.revision, len(desk.entries)) == ("done", 3, before)
    assert desk.ask(same)[0].status == "repeated"


def test_who_may_not_is_refused(desk: Desk) -> None:
    (answer,) = desk.ask(CloseMeeting(id=uuid4()), role=Role.PARTICIPANT)
    assert answer.status == "refused"
    assert answer.error is not None
    assert answer.error.code == "role.forbidden"


def test_an_unknown_meeting_is_refused(desk: Desk) -> None:
    desk.submit(note(), meeting=MeetingId(uuid4()))
    (answer,) = desk.answers(1)
    assert answer.error is not None
    assert answer.error.code == "meeting.unknown"


def test_undo_says_what_it_undoes_and_lasts_over_a_restart(
    desk: Desk, reopened: Callable[[], Store]
) -> None:
    (edited,) = desk.ask(EditMeeting(id=uuid4(), title="Anders"))
    desk.writer.stop()
    later = Desk(reopened())
    later.writer.start()
    later.ask(Undo(id=uuid4(), entry=edited.revision))
    assert later.entries[-1].undoes == edited.revision
    later.writer.stop()
    loaded = later.store.load(MEETING)
    assert [thing.title for thing in loaded.entities if isinstance(thing, Meeting)] == ["Proef"]
    assert [entry.undoes for entry in loaded.history] == [None, edited.revision]


def test_in_an_anonymous_meeting_no_author_is_kept(desk: Desk) -> None:
    phone = uuid4()
    desk.submit(note(), role=Role.PARTICIPANT, actor=phone)
    desk.answers(1)
    assert desk.entries[-1].actor is None
    desk.ask(EditMeeting(id=uuid4(), approval=True))
    assert desk.entries[-1].actor == OWNER


def test_the_key_of_a_note_is_kept_beside_the_meeting_until_it_closes(desk: Desk) -> None:
    written = note(key="geheim")
    changed = EditNote(id=uuid4(), note=written.note, text="Anders", key="geheim")
    desk.submit(written, changed, role=Role.PARTICIPANT)
    assert [answer.status for answer in desk.answers(2)] == ["done", "done"]

    def kept() -> dict[UUID, bytes]:
        return desk.writer.run(lambda store: store.load(MEETING).secrets).result(10)

    assert kept() == {written.note: hashlib.sha256(b"geheim").digest()}
    assert not any(b"geheim" in body for told in desk.told for _m, _e, body in told.entries)
    desk.ask(CloseMeeting(id=uuid4()))
    assert kept() == {}


def test_several_changes_of_one_thing_in_a_batch_become_one_row(store: Store) -> None:
    desk = Desk(store)
    written = note()
    hide, show = (
        HideNotes(id=uuid4(), notes=(written.note,), hidden=hidden) for hidden in (True, False)
    )
    desk.submit(written, hide, show, HideNotes(id=uuid4(), notes=(NoteId(written.note),)))
    desk.writer.start()
    desk.answers(4)
    desk.writer.stop()
    assert len(desk.told) == 1
    assert [thing.hidden for thing in store.load(MEETING).entities if isinstance(thing, Note)] == [
        True
    ]
    assert store.check() == []


def test_work_runs_between_batches_and_its_error_comes_back(desk: Desk) -> None:
    other = MeetingId(uuid4())
    desk.writer.run(lambda store: make_meeting(store, other)).result(10)
    error = desk.writer.run(lambda store: make_meeting(store, other)).exception(10)
    assert getattr(error, "code", "") == "meeting.exists"
    desk.submit(note(), meeting=other)
    assert desk.answers(1)[0].revision == 2


def test_stop_writes_what_is_queued(store: Store) -> None:
    desk = Desk(store)
    desk.submit(*(note() for _ in range(10)))
    desk.writer.start()
    desk.writer.stop()
    assert len(desk.answers(10)) == 10


def test_a_teller_that_fails_does_not_stop_the_writer(desk: Desk) -> None:
    hear = desk._hear
    desk.writer._tell = lambda told: 1 / 0  # type: ignore[assignment]
    desk.submit(note())
    desk.writer.run(lambda store: None).result(10)
    desk.writer._tell = hear
    assert desk.ask(note())[0].status == "done"
