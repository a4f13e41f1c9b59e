"""Writes notes as the engine does, and says so in a file: what a power cut is played on.

``python -m tests.faults.powercut_writer DIR FULL|NORMAL``; each line of ``DIR/promises`` is the id of
a note whose writing was told.
"""

from __future__ import annotations

import os
import random
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from uuid import UUID, uuid4

from facilitator.kernel.roles import Role
from facilitator.meeting.ids import MeetingId, NoteId
from facilitator.meeting.notes import WriteNote
from facilitator.meeting.templates import new_meeting
from facilitator.store.database import raw
from facilitator.store.store import Store
from facilitator.store.writer import Told, Wish, Writer

MEETING: Final = MeetingId(UUID(int=5))
BURSTS: Final = 60
PAGES: Final = 40  # in the log before it goes into the database: often, so that cuts fall there too


def prepare(folder: Path) -> None:
    """A database with a meeting, all of it on the disk."""
    store = Store.open(folder)
    entities = new_meeting(MEETING, "Stroomuitval", theme_titles=("Groen",))
    now = datetime.now(UTC)
    store.create(entities, command="new", at=now, actor=None, role=Role.FACILITATOR)
    store.close()


def write(folder: Path, synchronous: str) -> None:
    """Bursts of notes; a promise for each, as soon as it is told."""
    store = Store.open(folder)
    driver = raw(store._connection)
    driver.execute(f"PRAGMA synchronous = {synchronous}")
    driver.execute(f"PRAGMA wal_autocheckpoint = {PAGES}")
    promises = os.open(folder / "promises", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    waiting = threading.Semaphore(0)

    def tell(told: Told) -> None:
        for ticket, answer in told.answers:
            assert answer.status == "done"
            os.write(promises, f"{ticket}\n".encode())
            waiting.release()

    writer = Writer(store, now=lambda: datetime.now(UTC), tell=tell)
    writer.start()
    chance = random.Random(3)
    for _ in range(BURSTS):
        number = chance.randint(1, 8)
        for _ in range(number):
            note = NoteId(uuid4())
            text = "n" * chance.randint(10, 300)
            command = WriteNote(id=uuid4(), note=note, text=text, table=None, step=None)
            writer.submit(Wish(MEETING, command, None, Role.FACILITATOR, note.hex))
        for _ in range(number):
            waiting.acquire()
    os._exit(0)  # as it stands, with nothing tidied up


if __name__ == "__main__":
    write(Path(sys.argv[1]), sys.argv[2])
