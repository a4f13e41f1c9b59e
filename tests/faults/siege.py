"""A siege: an engine is killed again and again while many phones write; then the books are kept.

The phones do as phones do: they send a note until it is acknowledged, with the same id.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import random
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any, Final
from uuid import UUID, uuid4

import httpx
import msgspec

from facilitator.store.store import Store

ROOT: Final = Path(__file__).resolve().parent.parent.parent
MEETING: Final = UUID("5a9d3c5e-0f4c-4b53-9f5f-0e6c1b1f7a10")
PHONES: Final = 30
PATIENCE: Final = 30.0  # seconds until an engine must be up again


def _free_port(seed: int) -> int:
    """A port that no outgoing connection gets while the engine is away; those are above 32,767."""
    for port in random.Random(seed + os.getpid()).sample(range(20_000, 30_000), 100):
        with contextlib.suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port
    raise OSError


class Books(msgspec.Struct):
    """What was found in the end."""

    kills: int = 0
    sent: int = 0
    acknowledged: int = 0
    repeated: int = 0  # acknowledged as known already: the answer to the first try was lost
    lost: int = 0  # acknowledged, and not in the database right after a kill or at the end
    doubled: int = 0  # more than once among the notes, or in the journal
    wrong: list[str] = []  # what the check of the store says
    slowest_return: float = 0.0  # seconds from a start to the first hello


class Siege:
    """An engine in a data folder, thirty phones, and somebody with a trigger."""

    def __init__(self, folder: Path, *, module: str = "facilitator", seed: int = 1) -> None:
        self._folder = folder
        self._log = folder / "siege.log"  # what the last engine said
        self._command = [
            sys.executable,
            "-m",
            module,
            "engine",
            "--data",
            str(folder),
            "--port",
            "0",
        ]
        self._random = random.Random(seed)
        self._acknowledged: dict[str, str] = {}  # note → text
        self._texts: set[str] = set()
        self._over = False
        self._engine: subprocess.Popen[bytes] | None = None
        self.books = Books()

    async def run(self, kills: int, *, until_lost: bool = False) -> Books:
        """Kill that many times, and keep the books."""
        limits = httpx.Limits(max_connections=2 * PHONES)
        async with httpx.AsyncClient(timeout=3.0, limits=limits, trust_env=False) as http:
            self._start()
            try:
                await self._up(http)
                codes = await self._prepare(http)
                phones = [
                    asyncio.create_task(self._phone(http, number, codes[number % len(codes)]))
                    for number in range(PHONES)
                ]
                for _ in range(kills):
                    await self._shoot(http)
                    if until_lost and self.books.lost:
                        break
                await asyncio.sleep(0.5)
                self._over = True
                await asyncio.gather(*phones)
            finally:
                self._end(signal.SIGTERM)
        self._close_books()
        return self.books

    def _start(self) -> None:
        with self._log.open("wb") as log:
            self._engine = subprocess.Popen(
                self._command,
                cwd=ROOT,
                stdout=log,
                stderr=log,
                env={**os.environ, "FACILITATOR_RATE": "100000"},
            )

    def _end(self, how: signal.Signals) -> None:
        if self._engine is not None:
            self._engine.send_signal(how)
            self._engine.wait(PATIENCE)

    def _card(self) -> dict[str, Any]:
        card: dict[str, Any] = json.loads((self._folder / "engine.json").read_bytes())
        return card

    def _url(self, path: str) -> str:
        return f"http://127.0.0.1:{self._card()['port']}/api/{path}"

    async def _up(self, http: httpx.AsyncClient) -> None:
        began = time.monotonic()
        while time.monotonic() < began + PATIENCE:
            with contextlib.suppress(httpx.HTTPError, OSError, ValueError):
                if (await http.get(self._url("hello"))).status_code == httpx.codes.OK:
                    took = time.monotonic() - began
                    self.books.slowest_return = max(self.books.slowest_return, took)
                    return
            if self._engine is not None and self._engine.poll() is not None:
                break
            await asyncio.sleep(0.02)
        raise RuntimeError("not up: " + self._log.read_text(encoding="utf-8", errors="replace"))

    async def _prepare(self, http: httpx.AsyncClient) -> list[str]:
        """A meeting with open doors; the codes of its tables."""
        console = {"Authorization": f"Bearer {self._card()['console_token']}"}
        new = {"id": str(MEETING), "title": "Beleg", "template": "themes", "themes": ["Groen"]}
        made = await http.post(self._url("meetings"), json=new, headers=console)
        made.raise_for_status()
        opened = await http.post(
            self._url(f"commands?meeting={MEETING}"),
            json={"commands": [{"command": "open_doors", "id": str(uuid4())}]},
            headers=console,
        )
        opened.raise_for_status()
        state = await http.get(self._url(f"state?meeting={MEETING}"), headers=console)
        return [thing["code"] for thing in state.json()["entities"] if thing["kind"] == "table"]

    async def _phone(self, http: httpx.AsyncClient, number: int, code: str) -> None:
        me = {"id": str(uuid4()), "code": code}
        joined = await self._insist(http, "join", me, {})
        if joined is None:
            return
        token = {"Authorization": f"Bearer {joined['token']}"}
        count = 0
        while not self._over:
            count += 1
            note, text = str(uuid4()), f"Notitie {count} van telefoon {number} é€😀"
            self._texts.add(text)
            self.books.sent += 1
            command = {
                "command": "write_note",
                "id": str(uuid4()),
                "note": note,
                "text": text,
                "table": joined["table"],
                "step": None,
            }
            answer = await self._insist(http, "commands", {"commands": [command]}, token)
            if answer is None:
                return
            self._acknowledged[note] = text
            self.books.repeated += answer["results"][0]["status"] == "repeated"
            await asyncio.sleep(self._random.uniform(0.0, 0.03))

    async def _insist(
        self, http: httpx.AsyncClient, path: str, body: Any, headers: dict[str, str]
    ) -> Any:
        """Send it until it is taken. None when the siege is over first."""
        wait = 0.02
        while not self._over:
            with contextlib.suppress(httpx.HTTPError, OSError, ValueError, KeyError):
                answer = await http.post(self._url(path), json=body, headers=headers)
                if answer.is_success:
                    taken = answer.json()
                    statuses = {result["status"] for result in taken.get("results", ())}
                    if statuses <= {"done", "repeated"}:
                        return taken
            await asyncio.sleep(wait * self._random.uniform(0.5, 1.5))
            wait = min(wait * 2, 0.3)
        return None

    async def _shoot(self, http: httpx.AsyncClient) -> None:
        """Kill at any moment: mostly while writing, now and then while still starting."""
        if self._random.random() < 0.9:
            await self._up(http)
        await asyncio.sleep(self._random.uniform(0.0, 0.4))
        self._end(signal.SIGKILL)
        self.books.kills += 1
        promised = set(self._acknowledged)
        self.books.lost += len(promised - self._stored())
        self._start()

    def _stored(self) -> set[str]:
        path = self._folder / "facilitator.db"
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as database:
            return {str(UUID(row[0])) for row in database.execute("SELECT id FROM note")}

    def _close_books(self) -> None:
        store = Store.open(self._folder)
        try:
            self.books.wrong = store.check()
        finally:
            store.close()
        with closing(sqlite3.connect(self._folder / "facilitator.db")) as database:
            notes = Counter(row[0] for row in database.execute("SELECT text FROM note"))
            told = Counter(
                row[0]
                for row in database.execute(
                    "SELECT json_extract(body, '$.changes[0].after.text') FROM journal"
                    " WHERE command = 'write_note'"
                )
            )
        self.books.acknowledged = len(self._acknowledged)
        self.books.lost += len(set(self._acknowledged.values()) - notes.keys())
        self.books.doubled = sum(
            count - 1 for counted in (notes, told) for count in counted.values()
        )
        if notes != told:
            self.books.wrong.append("the journal and the notes differ")
        if notes.keys() - self._texts:
            self.books.wrong.append("a note that nobody wrote")
