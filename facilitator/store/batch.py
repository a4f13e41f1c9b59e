"""A batch: what is written in one transaction. Several changes of one thing become one."""

from __future__ import annotations

from uuid import UUID

import msgspec

from facilitator.kernel.entity import Entity
from facilitator.kernel.entry import Change, Entry
from facilitator.kernel.rules import NoSecrets, Secret
from facilitator.kernel.wire import encode
from facilitator.meeting.ids import MeetingId

_Key = tuple[int, int]
"""A meeting and a thing, as numbers: those are found ten times as fast as UUIDs."""


class Line(msgspec.Struct, frozen=True):
    """A line of the journal: an entry, and the same as JSON, made once."""

    meeting: MeetingId
    entry: Entry
    body: bytes


class SecretChange(msgspec.Struct, frozen=True):
    """What becomes of a secret; ``known``: the database holds one already."""

    meeting: MeetingId
    owner: UUID
    known: bool
    digest: bytes | None


class Batch:
    """What is written in one transaction."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.changed: dict[type[Entity], dict[_Key, tuple[MeetingId, Change[Entity]]]] = {}
        self.secrets: dict[_Key, SecretChange] = {}
        self.cleared: set[MeetingId] = set()
        self.photos: dict[tuple[MeetingId, UUID], bytes] = {}

    def __bool__(self) -> bool:
        """Whether there is anything to write."""
        return bool(self.lines or self.secrets or self.cleared)

    def add(self, meeting: MeetingId, entry: Entry) -> None:
        """One more entry, of this meeting."""
        self.lines.append(Line(meeting, entry, encode(entry)))
        for change in entry.changes:
            self.put(meeting, change)

    def put(self, meeting: MeetingId, change: Change[Entity]) -> None:
        """One more change, of which this batch holds no line."""
        subject = change.subject
        changed = self.changed.setdefault(type(subject), {})
        key = (meeting.int, subject.id.int)
        earlier = changed.get(key)
        whole = change if earlier is None else Change(before=earlier[1].before, after=change.after)
        changed[key] = (meeting, whole)

    def keep(self, meeting: MeetingId, secret: Secret | NoSecrets, *, known: bool) -> None:
        """One more secret, or no secrets at all any more."""
        if isinstance(secret, NoSecrets):
            self.cleared.add(meeting)
            for key in [key for key in self.secrets if key[0] == meeting.int]:
                del self.secrets[key]
            return
        key = (meeting.int, secret.owner.int)
        earlier = self.secrets.get(key)
        stored = earlier.known if earlier is not None else known
        self.secrets[key] = SecretChange(meeting, secret.owner, stored, secret.digest)
