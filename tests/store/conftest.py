"""A store in a folder of its own, and a writer whose answers can be waited for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from queue import Queue
from uuid import UUID, uuid4

import pytest

from facilitator.kernel.command import Command
from facilitator.kernel.entry import Entry
from facilitator.kernel.roles import Role
from facilitator.meeting.ids import MeetingId, NoteId
from facilitator.meeting.meeting import OpenDoors
from facilitator.meeting.notes import WriteNote
from facilitator.meeting.templates import new_meeting
from facilitator.store.store import Store
from facilitator.store.writer import Answer, Told, Wish, Writer

OWNER = UUID(int=1)
NOW = datetime(2026, 10, 30, 9, 0, 5, 123456, tzinfo=UTC)
MEETING = MeetingId(UUID("5a9d3c5e-0f4c-4b53-9f5f-0e6c1b1f7a10"))


class Desk:
    """A writer, and all that it told."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.told: list[Told] = []
        self._answers: Queue[tuple[object, Answer]] = Queue()
        self.writer = Writer(store, now=lambda: NOW, tell=self._hear)

    def _hear(self, told: Told) -> None:
        self.told.append(told)
        for answer in told.answers:
            self._answers.put(answer)

    def submit(
        self,
        *commands: Command,
        role: Role = Role.FACILITATOR,
        actor: UUID | None = OWNER,
        meeting: MeetingId = MEETING,
    ) -> None:
        for command in commands:
            self.writer.submit(Wish(meeting, command, actor, role, command.id))

    def answers(self, number: int) -> list[Answer]:
        return [self._answers.get(timeout=10)[1] for _ in range(number)]

    def ask(self, *commands: Command, role: Role = Role.FACILITATOR) -> list[Answer]:
        self.submit(*commands, role=role)
        return self.answers(len(commands))

    @property
    def entries(self) -> list[Entry]:
        return [entry for told in self.told for _meeting, entry, _body in told.entries]


def make_meeting(store: Store, meeting: MeetingId = MEETING, title: str = "Proef") -> None:
    entities = new_meeting(meeting, title, theme_titles=("Groen", "Veilig"))
    store.create(entities, command="new_meeting", at=NOW, actor=OWNER, role=Role.FACILITATOR)


def note(text: str = "Meer bankjes", key: str = "") -> WriteNote:
    return WriteNote(id=uuid4(), note=NoteId(uuid4()), text=text, table=None, step=None, key=key)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(tmp_path / "data")
    make_meeting(opened)
    yield opened
    opened.close()


@pytest.fixture
def desk(store: Store) -> Iterator[Desk]:
    made = Desk(store)
    made.writer.start()
    made.ask(OpenDoors(id=uuid4()))
    yield made
    made.writer.stop()


@pytest.fixture
def reopened(store: Store) -> Iterator[Callable[[], Store]]:
    """Closes the store and opens it anew, as after a restart."""
    later: list[Store] = []

    def reopen() -> Store:
        (later[-1] if later else store).close()
        later.append(Store.open(store.folder))
        return later[-1]

    yield reopen
    for opened in later:
        opened.close()
