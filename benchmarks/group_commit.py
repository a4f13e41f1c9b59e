"""Group commit against one commit a note, on a disk whose fsync takes 5 ms.

``python benchmarks/group_commit.py``; both sides are the same writer, once with all that is queued
in a transaction and once with one note in each. A commit sleeps 5 ms on top of what it costs, as
it would on a slow disk. Prints notes a second and the ratio; it must be 50 or more.
"""

from __future__ import annotations

import sqlite3
import statistics
import sys
import tempfile
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from unittest import mock
from uuid import UUID, uuid4

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from facilitator.kernel.roles import Role
from facilitator.meeting.ids import MeetingId, NoteId
from facilitator.meeting.meeting import OpenDoors
from facilitator.meeting.notes import WriteNote
from facilitator.meeting.tables import Table
from facilitator.meeting.templates import new_meeting
from facilitator.store import database, writer
from facilitator.store.store import Store

MEETING = MeetingId(UUID(int=1))
FSYNC = 0.005  # seconds
ROUNDS = 5
GROUPED, SINGLE = 6_000, 150  # notes a round
BAR = 50.0


class SlowDisk(sqlite3.Connection):
    """A connection on a disk that takes 5 ms for a commit that wrote something."""

    written = 0

    def commit(self) -> None:
        """Commit, and wait for the disk."""
        wrote, self.written = self.total_changes > self.written, self.total_changes
        super().commit()
        if wrote:
            time.sleep(FSYNC)


def connect(path: Path, *, read_only: bool) -> sqlite3.Connection:
    """What the store opens here."""
    mode = "ro" if read_only else "rwc"
    return sqlite3.connect(
        f"{path.resolve().as_uri()}?mode={mode}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        factory=SlowDisk,
    )


def notes_a_second(number: int, most: int) -> float:
    """The speed of a writer that puts at most this many notes in a transaction."""
    with tempfile.TemporaryDirectory() as folder, mock.patch.object(writer, "MOST", most):
        store = Store.open(Path(folder))
        entities = list(new_meeting(MEETING, "Meting", theme_titles=("Groen", "Veilig", "Samen")))
        now = datetime.now(UTC)
        store.create(entities, command="new", at=now, actor=None, role=Role.FACILITATOR)
        tables = [thing.id for thing in entities if isinstance(thing, Table)]
        left = threading.Semaphore(0)

        def tell(told: writer.Told) -> None:
            assert all(answer.status == "done" for _ticket, answer in told.answers)  # noqa: S101 - a benchmark of refusals says nothing
            left.release(len(told.answers))

        one = writer.Writer(store, now=lambda: now, tell=tell)
        wishes = [
            WriteNote(
                id=uuid4(),
                note=NoteId(uuid4()),
                text=f"Meer bankjes bij de speeltuin, en een boom erbij ({each})",
                table=tables[each % len(tables)],
                step=None,
                key=f"sleutel {each}",
            )
            for each in range(number)
        ]
        one.submit(writer.Wish(MEETING, OpenDoors(id=uuid4()), None, Role.FACILITATOR, None))
        one.start()
        left.acquire()
        began = time.perf_counter()
        for wish in wishes:
            one.submit(writer.Wish(MEETING, wish, None, Role.PARTICIPANT, None))
        for _ in wishes:
            left.acquire()
        took = time.perf_counter() - began
        one.stop()
        store.close()
    return number / took


def main() -> int:
    """Measure, and print."""
    grouped, single = [], []
    with mock.patch.object(database, "_connect", connect):
        for _ in range(ROUNDS):
            single.append(notes_a_second(SINGLE, 1))
            grouped.append(notes_a_second(GROUPED, writer.MOST))
    ratios = [group / one for group, one in zip(grouped, single, strict=True)]
    ratio = statistics.median(ratios)
    print(f"one commit a note   {statistics.median(single):8.0f} notes/s")
    print(f"group commit        {statistics.median(grouped):8.0f} notes/s")
    print(f"ratio               {ratio:8.1f} (bar: {BAR:.0f} or more; {ROUNDS} rounds in turn)")
    return 0 if ratio >= BAR else 1


if __name__ == "__main__":
    sys.exit(main())
