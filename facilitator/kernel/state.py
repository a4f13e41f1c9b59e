"""The state of one meeting: all that is in it, by kind and id, and how an entry changes it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from typing import Generic, TypeVar, cast
from uuid import UUID

import msgspec

from facilitator.kernel.entity import Entity
from facilitator.kernel.entry import Change, Entry
from facilitator.kernel.errors import NotFound
from facilitator.kernel.history import History

E = TypeVar("E", bound=Entity)
K = TypeVar("K", bound=Hashable)


class Index(msgspec.Struct, Generic[E, K], frozen=True, eq=False):
    """A way to find the things of one kind by something they have: ``key`` gives it."""

    kind: type[E]
    key: Callable[[E], K]


class _Found(msgspec.Struct, eq=False):
    """What an index has found: the things under each key, and the highest place where asked."""

    key: Callable[..., Hashable]
    things: dict[Hashable, dict[int, Entity]] = {}
    highest: dict[Hashable, float] = {}

    def put(self, old: Entity | None, new: Entity) -> None:
        """Take over a thing as it is now."""
        key = self.key(new)
        if old is not None and self.key(old) != key:
            self.remove(old)
            old = None
        things = self.things.get(key)
        if things is None:
            things = self.things[key] = {}
        things[new.id.int] = new
        top = self.highest.get(key)
        if top is not None:
            place = _place(new)
            if place >= top:
                self.highest[key] = place
            elif old is not None and _place(old) >= top:
                del self.highest[key]

    def remove(self, old: Entity) -> None:
        """Forget a thing as it was."""
        key = self.key(old)
        self.things[key].pop(old.id.int, None)
        self.highest.pop(key, None)

    def top(self, key: Hashable) -> float:
        """The highest place under ``key``; kept, since each new note asks for it."""
        things = self.things.get(key)
        if not things:
            return 0.0
        if key not in self.highest:
            self.highest[key] = max(_place(thing) for thing in things.values())
        return self.highest[key]


def _place(thing: Entity) -> float:
    order: float = getattr(thing, "order", 0.0)
    return order


class State:
    """All entities of one meeting. Changed by ``apply`` alone."""

    def __init__(self, kinds: Iterable[type[Entity]], indexes: Iterable[Index[E, K]] = ()) -> None:
        self.revision = 0
        self.history = History()
        self.secrets: dict[UUID, bytes] = {}
        # By the number that an id is: finding something by a UUID costs ten times as much.
        self._things: dict[type[Entity], dict[int, Entity]] = {kind: {} for kind in kinds}
        self._kinds: dict[str, type[Entity]] = {kind.kind(): kind for kind in self._things}
        self._found: dict[int, _Found] = {}
        self._indexes: dict[type[Entity], list[_Found]] = {}
        for index in indexes:
            found = _Found(index.key)
            self._found[id(index)] = found
            self._indexes.setdefault(index.kind, []).append(found)

    @property
    def kinds(self) -> Mapping[str, type[Entity]]:
        """The kinds that this state holds, by their names."""
        return self._kinds

    def get(self, kind: type[E], key: UUID) -> E:
        """The thing with this id. Raises ``NotFound`` with the code ``<kind>.unknown``."""
        thing = self._things[kind].get(key.int)
        if thing is None:
            raise NotFound(f"{kind.kind()}.unknown", id=str(key))
        return cast("E", thing)

    def find(self, kind: type[E], key: UUID | None) -> E | None:
        """The thing with this id, or None."""
        return cast("E | None", self._things[kind].get(key.int) if key is not None else None)

    def all(self, kind: type[E]) -> Collection[E]:
        """All things of a kind, in the order in which they came."""
        return cast("Collection[E]", self._things[kind].values())

    def where(self, index: Index[E, K], key: K) -> Collection[E]:
        """The things that an index has under ``key``."""
        return cast("Collection[E]", self._found[id(index)].things.get(key, {}).values())

    def highest(self, index: Index[E, K], key: K) -> float:
        """The highest ``order`` of the things under ``key``; 0 where there are none."""
        return self._found[id(index)].top(key)

    def has(self, kind: str, key: UUID) -> bool:
        """Whether there is such a thing."""
        return key.int in self._things[self._kinds[kind]]

    def entities(self) -> Iterable[Entity]:
        """Everything, kind by kind."""
        for things in self._things.values():
            yield from things.values()

    def load(self, entities: Iterable[Entity], revision: int) -> None:
        """Begin anew with these entities, as they were at ``revision``."""
        for things in self._things.values():
            things.clear()
        for found in self._found.values():
            found.things.clear()
            found.highest.clear()
        self.history = History()
        self.secrets = {}
        for entity in entities:
            self._put(entity)
        self.revision = revision

    def apply(self, entry: Entry) -> None:
        """Take over what an entry changed."""
        self._take(entry.changes)
        self.revision = entry.revision
        self.history.add(entry)

    def revert(self, entry: Entry) -> None:
        """Take back the newest entry, which was never committed."""
        self._take(tuple(change.inverse for change in reversed(entry.changes)))
        self.revision = entry.revision - 1
        self.history.drop(entry)

    def _take(self, changes: tuple[Change[Entity], ...]) -> None:
        for change in changes:
            if change.after is not None:
                self._put(change.after)
            elif change.before is not None:
                self._remove(change.before)

    def _put(self, entity: Entity) -> None:
        kind = type(entity)
        things = self._things[kind]
        old = things.get(entity.id.int)
        for found in self._indexes.get(kind, ()):
            found.put(old, entity)
        things[entity.id.int] = entity

    def _remove(self, entity: Entity) -> None:
        kind = type(entity)
        old = self._things[kind].pop(entity.id.int, None)
        if old is None:
            return
        for found in self._indexes.get(kind, ()):
            found.remove(old)
