"""A console without a window: the library, and a meeting with a replica of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID, uuid4

import msgspec

from facilitator.client.http import Event, Http
from facilitator.client.phone import Result
from facilitator.kernel.command import Command
from facilitator.kernel.state import State
from facilitator.kernel.wire import Reader, Snapshot
from facilitator.meeting.features import KINDS, empty_state
from facilitator.meeting.ids import MeetingId, NoteId

_READER = Reader(KINDS)


class Console:
    """Somebody with the console's token, or the hall's."""

    def __init__(self, host: str, port: int, token: str) -> None:
        self.http = Http(host, port, token)

    async def meetings(self) -> list[dict[str, Any]]:
        """All meetings, the last changed first."""
        said = await self.http.get("/api/meetings")
        found: list[dict[str, Any]] = said["meetings"]
        return found

    async def create(self, title: str, **more: Any) -> MeetingId:
        """A new meeting; ``template``, ``language`` and ``themes`` may be given."""
        meeting = MeetingId(uuid4())
        await self.http.post("/api/meetings", {"id": meeting, "title": title, **more})
        return meeting

    async def sample(self) -> MeetingId:
        """The sample meeting."""
        return _made(await self.http.post("/api/meetings/sample"))

    async def bring(self, file: bytes) -> MeetingId:
        """A meeting from its file."""
        answer = await self.http.ask("POST", "/api/meetings/import", file, fresh=True)
        return _made(answer.json())

    async def copy(self, meeting: MeetingId, title: str, *, whole: bool = False) -> MeetingId:
        """A copy of a meeting."""
        new = {"id": uuid4(), "title": title, "whole": whole}
        return _made(await self.http.post(f"/api/meetings/{meeting}/copy", new))

    async def delete(self, meeting: MeetingId) -> None:
        """Forget a meeting."""
        (await self.http.ask("DELETE", f"/api/meetings/{meeting}")).check()

    async def wipe(self, meeting: MeetingId) -> None:
        """Forget who took part in a closed meeting."""
        (await self.http.ask("POST", f"/api/meetings/{meeting}/wipe")).check()

    async def black_out(self, meeting: MeetingId, note: NoteId) -> None:
        """Make the words of a note black."""
        (await self.http.ask("POST", f"/api/notes/{note}/black_out?meeting={meeting}")).check()

    async def file(self, meeting: MeetingId, kind: str) -> bytes:
        """A meeting as ``cafe`` or ``json``, or its verslag in one of the formats."""
        path = f"/api/report.{kind}?meeting={meeting}"
        if kind in {"cafe", "json"}:
            path = f"/api/meetings/{meeting}/file.{kind}"
        answer = await self.http.ask("GET", path)
        answer.check()
        return answer.body

    async def send(self, meeting: MeetingId, *commands: Command) -> list[Result]:
        """Hand in commands. Those that were refused say so in their results."""
        said = await self.http.post(f"/api/commands?meeting={meeting}", {"commands": commands})
        return msgspec.convert(said["results"], list[Result])

    async def do(self, meeting: MeetingId, *commands: Command) -> None:
        """Hand in commands that are to succeed. Raises what refused one of them."""
        for result in await self.send(meeting, *commands):
            result.check()

    async def state(self, meeting: MeetingId) -> State:
        """The meeting as it is now."""
        answer = await self.http.ask("GET", f"/api/state?meeting={meeting}")
        answer.check()
        snapshot = msgspec.json.decode(answer.body, type=Snapshot)
        state = empty_state()
        state.load(_READER.entities(snapshot.entities), snapshot.revision)
        for entry in snapshot.history:
            state.history.add(_READER.entry(entry))
        return state

    async def follow(self, meeting: MeetingId, state: State) -> AsyncIterator[Event]:
        """Hear what happens after ``state``, and keep that up to date, until the engine ends it."""
        path = f"/api/events?after={state.revision}&meeting={meeting}"
        async for event in self.http.listen(path):
            if event.name == "entry":
                state.apply(_READER.entry(event.data))
            yield event

    async def engine(self) -> dict[str, Any]:
        """How the engine is."""
        said: dict[str, Any] = await self.http.get("/api/engine")
        return said

    async def backup(self) -> str:
        """Make a backup; where it is."""
        return str((await self.http.post("/api/backup"))["path"])

    async def check(self) -> list[str]:
        """What is wrong with the database."""
        findings: list[str] = (await self.http.get("/api/check"))["findings"]
        return findings

    async def stop(self) -> None:
        """Stop the engine."""
        (await self.http.ask("POST", "/api/stop", {})).check()

    async def close(self) -> None:
        """Hang up."""
        await self.http.close()


def _made(said: dict[str, Any]) -> MeetingId:
    return MeetingId(UUID(said["id"]))
