from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from uuid import UUID, uuid4

import msgspec
import pytest

from facilitator.file import to_json
from facilitator.kernel.errors import Conflict, FacilitatorError, Malformed, NotFound, Unavailable
from facilitator.kernel.roles import Role
from facilitator.meeting.ids import MeetingId, ParticipantId, PhotoId
from facilitator.meeting.meeting import EditMeeting, Meeting, Phase
from facilitator.meeting.people import Participant
from facilitator.meeting.photos import Photo
from facilitator.meeting.templates import new_meeting
from facilitator.store.store import Store

from .conftest import MEETING, NOW, OWNER, Desk, make_meeting, note

OTHER = MeetingId(UUID(int=12))


def refused(folder: Path) -> FacilitatorError:
    with pytest.raises(FacilitatorError) as caught:
        Store.open(folder)
    return caught.value


def on_disk(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def pragma(store: Store, name: str) -> object:
    with store._transaction() as connection:
        return connection.exec_driver_sql(f"PRAGMA {name}").scalar()


def test_what_was_written_is_there_after_a_restart(
    store: Store, reopened: Callable[[], Store]
) -> None:
    before = store.load(MEETING)
    after = reopened().load(MEETING)
    assert to_json(after.entities) == to_json(before.entities)
    assert (after.revision, after.commands) == (1, {MEETING: 1})
    assert set(after.entities) == set(
        new_meeting(MEETING, "Proef", theme_titles=("Groen", "Veilig"))
    )


def test_it_lies_safely(store: Store) -> None:
    assert pragma(store, "journal_mode") == "wal"
    assert pragma(store, "synchronous") == 2
    assert pragma(store, "foreign_keys") == 1
    assert pragma(store, "secure_delete") == 1
    with store.path.open("rb") as file:
        header = file.read(100)
    assert header[68:72] == b"CAFE"
    assert header[60:64] == b"\0\0\0\x01"


def test_epoch_and_key_stay(store: Store, reopened: Callable[[], Store]) -> None:
    again = reopened()
    assert (again.epoch, again.key) == (store.epoch, store.key)
    assert len(store.key) == 32


def test_the_library_lists_the_last_changed_first(desk: Desk) -> None:
    desk.writer.run(lambda store: make_meeting(store, OTHER, "Ander")).result(10)
    desk.ask(note(), note())
    (first, second) = sorted(
        desk.writer.run(Store.meetings).result(10), key=lambda found: found.title, reverse=True
    )
    assert (first.id, first.title, first.phase, first.notes) == (MEETING, "Proef", Phase.LIVE, 2)
    assert (second.id, second.phase, second.notes, second.participants) == (
        OTHER,
        Phase.PREPARING,
        0,
        0,
    )
    assert first.changed_at == NOW


@pytest.mark.parametrize(("named", "counted"), [(True, 3), (False, 2)])
def test_the_library_counts_nobody_twice(store: Store, named: bool, counted: int) -> None:
    made = [
        msgspec.structs.replace(each, named=named) if isinstance(each, Meeting) else each
        for each in new_meeting(OTHER, "Ander")
    ]
    came = [
        Participant(id=ParticipantId(uuid4()), joined_at=NOW if place else None)
        for place in range(3)
    ]
    store.create([*made, *came], command="import", at=NOW, actor=OWNER, role=Role.FACILITATOR)
    assert {line.id: line.participants for line in store.meetings()} == {MEETING: 0, OTHER: counted}


def test_a_meeting_is_made_once(store: Store) -> None:
    with pytest.raises(Conflict) as caught:
        make_meeting(store)
    assert caught.value.code == "meeting.exists"


def test_a_meeting_is_made_whole_or_not_at_all(store: Store) -> None:
    entities = list(new_meeting(OTHER, "Heel", theme_titles=("Groen",)))
    without = [thing for thing in entities if thing.kind() != "theme"]
    with pytest.raises(FacilitatorError) as caught:
        store.create(without, command="import", at=NOW, actor=OWNER, role=Role.FACILITATOR)
    assert caught.value.code == "store.constraint"
    assert [found.id for found in store.meetings()] == [MEETING]
    store.create(entities, command="import", at=NOW, actor=OWNER, role=Role.FACILITATOR)
    assert store.check() == []


def test_no_meeting_without_a_meeting(store: Store) -> None:
    with pytest.raises(Malformed):
        store.create([], command="import", at=NOW, actor=OWNER, role=Role.FACILITATOR)


def test_photos_lie_beside_the_meeting(store: Store) -> None:
    key = PhotoId(uuid4())
    store.put_photo(MEETING, key, b"jpeg")
    store.put_photo(MEETING, key, b"jpeg")
    assert store.photo(MEETING, key) == b"jpeg"
    with pytest.raises(NotFound):
        store.photo(OTHER, key)
    whole = [*new_meeting(OTHER, "Met foto"), Photo(id=key, width=1, height=1)]
    store.create(
        whole,
        command="import",
        at=NOW,
        actor=OWNER,
        role=Role.FACILITATOR,
        photos={key: b"ander"},
    )
    assert store.photos(OTHER) == {key: b"ander"}


def test_a_second_engine_is_told_so(store: Store) -> None:
    error = refused(store.folder)
    assert isinstance(error, Unavailable)
    assert error.code == "store.locked"


def test_after_closing_another_may_have_it(store: Store) -> None:
    store.close()
    Store.open(store.folder).close()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"hello", "store.corrupt"),
        (b"SQLite format 3\x00", "store.corrupt"),
        (b"SQLite format 3\x00" + b"\0" * 4080, "store.corrupt"),
        (b"\0" * 4096, "store.corrupt"),
    ],
    ids=["text", "short", "hollow", "zeroes"],
)
def test_what_is_no_database_is_left_as_it_is(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "facilitator.db"
    path.write_bytes(content)
    assert refused(tmp_path).code == code
    assert path.read_bytes() == content
    assert not (tmp_path / "backups").exists()


def test_a_damaged_database_is_left_as_it_is(store: Store) -> None:
    for number in range(20):
        make_meeting(store, MeetingId(UUID(int=100 + number)))
    store.close()
    content = bytearray(store.path.read_bytes())
    middle = len(content) // 2 // 4096 * 4096
    content[middle : middle + 8192] = b"\xaa" * 8192
    store.path.write_bytes(content)
    assert refused(store.folder).code == "store.corrupt"
    assert store.path.read_bytes() == bytes(content)
    assert refused(store.folder).code == "store.corrupt"


def test_another_programs_database_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "facilitator.db"
    for application in (0, 77):
        with closing(sqlite3.connect(path)) as other:
            other.execute(f"PRAGMA application_id = {application}")
            other.execute("CREATE TABLE IF NOT EXISTS note (id)")
            other.commit()
        content = path.read_bytes()
        assert refused(tmp_path).code == "store.foreign"
        assert path.read_bytes() == content


def test_an_empty_file_is_a_beginning(tmp_path: Path) -> None:
    (tmp_path / "facilitator.db").touch()
    opened = Store.open(tmp_path)
    assert opened.meetings() == []
    opened.close()


def test_a_phase_that_only_a_newer_version_knows_keeps_the_list_readable(store: Store) -> None:
    store.close()
    with closing(sqlite3.connect(store.path)) as newer:
        newer.execute("PRAGMA user_version = 99")
        newer.execute("UPDATE meeting SET phase = 'archived'")
        newer.commit()
    opened = Store.open(store.folder)
    assert [(found.title, found.phase) for found in opened.meetings()] == [("Proef", "closed")]
    opened.close()


def test_a_newer_file_is_read_only(store: Store) -> None:
    store.close()
    with closing(sqlite3.connect(store.path)) as newer:
        newer.execute("PRAGMA user_version = 99")
        newer.execute("ALTER TABLE note ADD COLUMN mood TEXT")
        newer.execute("ALTER TABLE meeting DROP COLUMN check_out")
        newer.execute("DROP TABLE agreement")
        newer.commit()
    content = store.path.read_bytes()
    opened = Store.open(store.folder)
    assert opened.read_only
    assert [found.title for found in opened.meetings()] == ["Proef"]
    assert b"Proef" in to_json(opened.load(MEETING).entities)
    assert (opened.epoch, opened.key) == (store.epoch, store.key)
    changes: list[Callable[[], None]] = [
        lambda: make_meeting(opened, OTHER),
        lambda: opened.delete(MEETING),
        lambda: opened.put_photo(MEETING, PhotoId(uuid4()), b""),
    ]
    for change in changes:
        with pytest.raises(Unavailable) as caught:
            change()
        assert caught.value.code == "store.newer"
    desk = Desk(opened)
    desk.writer.start()
    (answer,) = desk.ask(note())
    assert answer.error is not None
    assert answer.error.code == "store.newer"
    desk.writer.stop()
    opened.close()
    assert store.path.read_bytes() == content


@pytest.mark.parametrize(("version", "code"), [(None, "store.corrupt"), (99, "store.newer")])
def test_a_word_that_this_version_does_not_know_is_told(
    store: Store, version: int | None, code: str
) -> None:
    store.close()
    with closing(sqlite3.connect(store.path)) as other:
        other.execute("UPDATE step SET activity = 'dance'")
        if version is not None:
            other.execute(f"PRAGMA user_version = {version}")
        other.commit()
    opened = Store.open(store.folder)
    assert len(opened.meetings()) == 1
    with pytest.raises(FacilitatorError) as caught:
        opened.load(MEETING)
    assert caught.value.code == code
    opened.close()


def test_a_newer_file_is_known_by_its_log_too(store: Store) -> None:
    """The version may stand in the log only, when the newer program was killed."""
    store.close()
    newer = sqlite3.connect(store.path)
    newer.execute("PRAGMA user_version = 99")
    newer.commit()
    for end in ("", "-wal"):
        path = Path(f"{store.path}{end}")
        path.with_name(f"kept{end}").write_bytes(path.read_bytes())
    newer.close()
    other = store.folder / "other"
    other.mkdir()
    for end in ("", "-wal"):
        (store.folder / f"kept{end}").rename(other / f"facilitator.db{end}")
    opened = Store.open(other)
    assert opened.read_only
    opened.close()


def test_a_backup_is_the_same_under_another_epoch(desk: Desk, tmp_path: Path) -> None:
    desk.ask(*(note(f"Notitie {number}") for number in range(20)))
    path = desk.writer.run(lambda store: store.backup()).result(10)
    assert path.parent == desk.store.folder / "backups"
    before = desk.writer.run(lambda store: store.load(MEETING)).result(10)
    back = tmp_path / "back"
    back.mkdir()
    (back / "facilitator.db").write_bytes(path.read_bytes())
    opened = Store.open(back)
    after = opened.load(MEETING)
    assert to_json(after.entities) == to_json(before.entities)
    assert (after.revision, after.commands, after.secrets) == (
        before.revision,
        before.commands,
        before.secrets,
    )
    assert opened.check() == []
    assert opened.key == desk.store.key
    assert opened.epoch != desk.store.epoch
    opened.close()


def test_ten_backups_are_kept(store: Store) -> None:
    made = [store.backup() for _ in range(13)]
    assert sorted((store.folder / "backups").iterdir()) == made[3:]


def test_a_backup_may_go_anywhere(store: Store, tmp_path: Path) -> None:
    path = store.backup(tmp_path / "elsewhere.db")
    assert path.exists()
    assert not (store.folder / "backups").exists()


def test_a_deleted_meeting_leaves_no_bytes(store: Store) -> None:
    secret = "Zeldzaam woord: kwartelkoning"
    make_meeting(store, OTHER, "Een andere bijeenkomst")
    store.backup()
    desk = Desk(store)
    desk.writer.start()
    desk.ask(EditMeeting(id=uuid4(), purpose=secret))
    desk.ask(*(note(f"{secret} {number}" * 5, key=f"k{number}") for number in range(200)))
    desk.writer.run(lambda store: store.put_photo(MEETING, PhotoId(uuid4()), secret.encode() * 999))
    desk.writer.run(lambda store: store.backup()).result(10)
    assert secret.encode() in on_disk(store.folder)
    desk.writer.run(lambda store: store.delete(MEETING)).result(10)
    assert secret.encode() not in on_disk(store.folder)
    desk.submit(note())
    (answer,) = desk.answers(1)
    assert answer.error is not None
    assert answer.error.code == "meeting.unknown"
    desk.writer.stop()
    assert [found.id for found in store.meetings()] == [OTHER]
    assert store.check() == []
    assert len(list((store.folder / "backups").iterdir())) == 1
    store.close()
    assert secret.encode() not in on_disk(store.folder)


def test_what_is_not_there_cannot_be_deleted(store: Store) -> None:
    with pytest.raises(NotFound):
        store.delete(OTHER)


def test_the_check_finds_what_is_wrong(store: Store) -> None:
    assert store.check() == []
    with store._transaction() as connection:
        connection.exec_driver_sql("UPDATE theme SET title = 'Stiekem' WHERE title = 'Groen'")
        connection.exec_driver_sql("DELETE FROM step WHERE activity = 'welcome'")
    found = store.check()
    assert len(found) == 2
    assert all("is not as the journal tells" in line for line in found)
    with store._transaction() as connection:
        connection.exec_driver_sql("UPDATE journal SET revision = 5")
    assert "ends at 1, its rows at 5" in "\n".join(store.check())


def test_the_journal_can_be_read_with_any_tool(desk: Desk) -> None:
    desk.ask(note("Meer bankjes"))
    desk.writer.stop()
    with closing(sqlite3.connect(desk.store.path)) as other:
        rows = other.execute(
            "SELECT revision, at, command, json_extract(body, '$.changes[0].after.text')"
            " FROM journal ORDER BY revision DESC LIMIT 1"
        ).fetchone()
        (written,) = other.execute("SELECT written_at FROM note").fetchone()
    assert rows == (3, "2026-10-30T09:00:05.123456Z", "write_note", "Meer bankjes")
    assert written == "2026-10-30T09:00:00.000000Z"
