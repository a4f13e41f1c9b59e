"""A phone without a screen: what the page in the browser does, and no more than it may do."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID, uuid4

import msgspec

from facilitator.client.http import Event, Http
from facilitator.kernel.command import Command
from facilitator.kernel.errors import Refused
from facilitator.meeting.ids import NoteId, OptionId, ParticipantId, StepId, TableId, ThemeId
from facilitator.meeting.notes import EditNote, WriteNote
from facilitator.meeting.votes import CastVote


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """What came of one command."""

    id: UUID
    status: str
    revision: int
    code: str = ""
    values: dict[str, str | float] = {}
    message: str = ""

    def check(self) -> None:
        """Raises ``Refused``, with the engine's code, where it was refused."""
        if self.status == "refused":
            raise Refused(self.code, **self.values)


class Joined(msgspec.Struct, frozen=True):
    """What the engine says to who comes in."""

    token: str
    participant: ParticipantId
    meeting: UUID
    table: TableId | None
    addresses: list[str]


class Phone:
    """Somebody in the room. ``id`` is theirs for good: joining again gives the same participant."""

    def __init__(self, host: str, port: int, participant: UUID | None = None) -> None:
        self.id = participant or uuid4()
        self.http = Http(host, port)
        self.joined: Joined | None = None
        self.entities: dict[tuple[str, str], dict[str, Any]] = {}  # (kind, id) → what is shown
        self.revision = 0
        self.epoch = ""
        self.keys: dict[UUID, str] = {}  # own note → the key that may change it
        self.key = uuid4().hex  # to its ballot

    async def look(self, code: str) -> Any:
        """Where a code leads."""
        return await self.http.get(f"/api/tables/{code}")

    async def join(self, code: str, name: str = "") -> Joined:
        """Come in at a table."""
        asked = {"id": self.id, "code": code, "name": name, "key": self.key}
        said = await self.http.post("/api/join", asked)
        self.joined = msgspec.convert(said, Joined)
        self.http.token = self.joined.token
        return self.joined

    async def load(self) -> None:
        """See all that is to be seen."""
        said = await self.http.get("/api/state")
        self.entities = {(thing["kind"], thing["id"]): thing for thing in said["entities"]}
        self.revision = said["revision"]
        self.epoch = said["epoch"]

    async def follow(self) -> AsyncIterator[Event]:
        """Hear what happens, and keep up with it, until the engine ends it."""
        await self.load()
        async for event in self.http.listen(f"/api/events?after={self.revision}"):
            if event.name == "change":
                await self._take(event.json())
            elif event.name == "resync":
                await self.load()
            yield event

    async def send(self, *commands: Command) -> list[Result]:
        """Hand in commands. Those that were refused say so in their results."""
        said = await self.http.post("/api/commands", {"commands": commands})
        return msgspec.convert(said["results"], list[Result])

    async def write(
        self, text: str, *, theme: ThemeId | None = None, step: StepId | None = None
    ) -> NoteId:
        """Write a note at the own table, in the step that the clock shows or the one given."""
        note, key = NoteId(uuid4()), uuid4().hex
        command = WriteNote(
            id=uuid4(),
            note=note,
            text=text,
            table=self.table,
            step=step or self.step,
            theme=theme,
            key=key,
        )
        (result,) = await self.send(command)
        result.check()
        self.keys[note] = key
        return note

    async def change(self, note: NoteId, text: str) -> None:
        """Other words for an own note."""
        (result,) = await self.send(
            EditNote(id=uuid4(), note=note, text=text, key=self.keys.get(note, ""))
        )
        result.check()

    async def vote(self, option: OptionId, dots: int) -> None:
        """So many dots at an option, in the place of those that were there before."""
        (result,) = await self.send(CastVote(id=uuid4(), option=option, dots=dots, key=self.key))
        result.check()

    @property
    def table(self) -> TableId | None:
        """Where its owner sits."""
        own = self.entities.get(("participant", str(self.id)))
        if own is not None:
            return TableId(UUID(own["table"])) if own["table"] else None
        return self.joined.table if self.joined else None

    @property
    def step(self) -> StepId | None:
        """What the clock shows."""
        clocks = self.all("clock")
        return StepId(UUID(clocks[0]["step"])) if clocks and clocks[0]["step"] else None

    def all(self, kind: str) -> list[dict[str, Any]]:
        """The things of a kind that it sees."""
        return [thing for (of, _id), thing in self.entities.items() if of == kind]

    async def close(self) -> None:
        """Put it away."""
        await self.http.close()

    async def _take(self, change: dict[str, Any]) -> None:
        if change["revision"] <= self.revision:
            return
        if change["prev"] > self.revision:
            await self.load()
            return
        for thing in change["remove"]:
            self.entities.pop((thing["kind"], thing["id"]), None)
        for thing in change["put"]:
            self.entities[thing["kind"], thing["id"]] = thing
        self.revision = change["revision"]
