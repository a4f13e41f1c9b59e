"""How entities and entries are written down: JSON, read kind by kind.

A face that meets a kind or a field which it does not know leaves it out and goes on, so that an
older console and a newer engine can speak.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

import msgspec

from facilitator.kernel.entity import Entity
from facilitator.kernel.entry import Change, Entry
from facilitator.kernel.errors import Malformed
from facilitator.kernel.roles import Role

_ENCODER = msgspec.json.Encoder()


class _Tag(msgspec.Struct):
    kind: str


_NOTHING = msgspec.Raw(b"null")


class _Change(msgspec.Struct):
    before: msgspec.Raw = _NOTHING
    after: msgspec.Raw = _NOTHING


class _Entry(msgspec.Struct, kw_only=True):
    revision: int
    at: datetime
    actor: UUID | None
    role: Role
    command: str
    command_id: UUID
    changes: list[_Change]
    undoes: int | None = None
    undoable: bool = False


class Snapshot(msgspec.Struct, kw_only=True):
    """A whole state on the wire."""

    epoch: str
    revision: int
    entities: list[msgspec.Raw]
    history: list[msgspec.Raw] = []  # the undoable entries, for a console


_TAG = msgspec.json.Decoder(_Tag)
_ENTRY = msgspec.json.Decoder(_Entry)


def encode(thing: object) -> bytes:
    """Any struct as JSON."""
    return _ENCODER.encode(thing)


class Reader:
    """Reads entities and entries of the kinds that it knows."""

    def __init__(self, kinds: Iterable[type[Entity]]) -> None:
        self._decoders: Mapping[str, msgspec.json.Decoder[Entity]] = {
            kind.kind(): msgspec.json.Decoder(kind) for kind in kinds
        }

    def entity(self, raw: bytes | msgspec.Raw) -> Entity | None:
        """An entity, or None where its kind is not known. Raises ``Malformed``."""
        try:
            decoder = self._decoders.get(_TAG.decode(raw).kind)
            return decoder.decode(raw) if decoder else None
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise Malformed("wire.entity", why=str(error)) from error

    def entities(self, raws: Iterable[bytes | msgspec.Raw]) -> list[Entity]:
        """The entities of known kinds."""
        return [entity for raw in raws if (entity := self.entity(raw)) is not None]

    def entry(self, raw: bytes | msgspec.Raw) -> Entry:
        """An entry, with its changes of known kinds. Raises ``Malformed``."""
        try:
            read = _ENTRY.decode(raw)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise Malformed("wire.entry", why=str(error)) from error
        changes = (self._change(change) for change in read.changes)
        return Entry(
            revision=read.revision,
            at=read.at,
            actor=read.actor,
            role=read.role,
            command=read.command,
            command_id=read.command_id,
            changes=tuple(change for change in changes if change is not None),
            undoes=read.undoes,
            undoable=read.undoable,
        )

    def _change(self, change: _Change) -> Change[Entity] | None:
        before = self.entity(change.before) if change.before != _NOTHING else None
        after = self.entity(change.after) if change.after != _NOTHING else None
        return None if before is None and after is None else Change(before=before, after=after)
