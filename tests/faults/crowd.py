"""People who write at once and keep at it, as their phones do; and the books of what came of it."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from typing import Any, Final
from uuid import uuid4

import httpx
import msgspec

from tests.e2e.cafe import Cafe

PAUSE: Final = 0.05  # seconds between two tries
PATIENCE: Final = 20.0  # seconds until a fault must have shown
_NO_ANSWER: Final = "no answer"


class Writing(msgspec.Struct):
    """A note, and how it went."""

    note: str
    text: str
    seconds: float = 0.0  # from the first try to the acknowledgement


class Crowd:
    """Phones at table 1, as far as the protocol goes. Each note is sent until it is acknowledged."""

    def __init__(self, cafe: Cafe, people: int) -> None:
        self.people = people
        self.acknowledged: list[Writing] = []
        self.refusals: Counter[str] = Counter()  # by the engine's code
        self.words: dict[str, str] = {}  # code → what a person reads
        self._url = cafe.url
        self._code = cafe.table()["code"]

    async def write(self, each: int, length: int = 40) -> None:
        """Everybody writes so many notes of this length."""
        limits = httpx.Limits(max_connections=self.people)
        async with httpx.AsyncClient(base_url=self._url, timeout=20, limits=limits) as http:
            people = (self._person(http, number, each, length) for number in range(self.people))
            await asyncio.gather(*people)

    async def refused(self, code: str, times: int) -> None:
        """Wait until so many were refused with this code."""
        end = time.monotonic() + PATIENCE
        while self.refusals[code] < times:
            assert time.monotonic() < end, f"{self.refusals}, {len(self.acknowledged)} taken"
            await asyncio.sleep(PAUSE)

    async def _person(self, http: httpx.AsyncClient, number: int, each: int, length: int) -> None:
        joined = await self._insist(http, "/api/join", {"id": str(uuid4()), "code": self._code})
        headers = {"Authorization": f"Bearer {joined['token']}"}
        for count in range(each):
            writing = Writing(str(uuid4()), f"{number}-{count} ".ljust(length, "x"))
            command = {
                "command": "write_note",
                "id": writing.note,  # so that a trace of the answers names the note
                "note": writing.note,
                "text": writing.text,
                "table": joined["table"],
                "step": None,
            }
            began = time.monotonic()
            said = await self._insist(http, "/api/commands", {"commands": [command]}, headers)
            assert said["results"][0]["status"] in {"done", "repeated"}, said
            writing.seconds = time.monotonic() - began
            self.acknowledged.append(writing)

    async def _insist(
        self, http: httpx.AsyncClient, path: str, body: Any, headers: dict[str, str] | None = None
    ) -> Any:
        while True:
            try:
                answer = await http.post(path, json=body, headers=headers)
            except httpx.HTTPError:
                self.refusals[_NO_ANSWER] += 1
            else:
                if answer.is_success:
                    return answer.json()
                error = answer.json()["error"]
                self.refusals[error["code"]] += 1
                self.words[error["code"]] = error["message"]
            await asyncio.sleep(PAUSE)
