"""A real engine in a thread, and a meeting in it, as seen over HTTP."""

from __future__ import annotations

import json
import queue
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx

from facilitator.engine import Card, run

HOST = "127.0.0.1"


class Engine:
    """An engine that runs in this process, in a thread of its own."""

    def __init__(self, folder: Path, port: int | None = 0) -> None:
        self.folder = folder
        ups: queue.Queue[Card | BaseException] = queue.Queue()

        def work() -> None:
            try:
                run(folder, port, ups.put)
            except BaseException as error:  # noqa: BLE001 - the test hears of it
                ups.put(error)

        self.thread = threading.Thread(target=work, name="engine")
        self.thread.start()
        up = ups.get(timeout=30)
        if isinstance(up, BaseException):
            self.thread.join()
            raise up
        self.card = up
        self.url = f"http://{HOST}:{up.port}"
        self.client = httpx.Client(base_url=self.url, timeout=30)

    def stop(self) -> None:
        """Stop it, as a console does."""
        self.ask("POST", "/api/stop", self.card.console_token)
        self.wait()

    def wait(self) -> None:
        """Until it has ended."""
        self.client.close()
        self.thread.join(20)
        assert not self.thread.is_alive()

    def ask(
        self, method: str, path: str, token: str = "", body: Any = None, **headers: str
    ) -> httpx.Response:
        """Ask it something."""
        if token:
            headers["authorization"] = f"Bearer {token}"
        content = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        return self.client.request(method, path, content=content, headers=headers)

    def console(self, method: str, path: str, body: Any = None) -> Any:
        """Ask as a console, for something that is to succeed."""
        answer = self.ask(method, path, self.card.console_token, body)
        assert answer.is_success, answer.text
        kind = answer.headers["content-type"]
        return answer.json() if answer.content and kind == "application/json" else answer.content

    def raw(self, message: bytes, wait: float = 5.0) -> bytes:
        """What comes back for these very bytes, until the engine hangs up or says no more."""
        with socket.create_connection((HOST, self.card.port), timeout=wait) as line:
            line.sendall(message)
            found = b""
            try:
                while piece := line.recv(65536):
                    found += piece
            except TimeoutError:
                pass
            return found


class Cafe:
    """A live meeting with three tables, of which two have a theme."""

    def __init__(self, engine: Engine, *, live: bool = True, **settings: Any) -> None:
        self.engine = engine
        self.id = str(uuid4())
        self.send_to = f"/api/commands?meeting={self.id}"
        new = {"id": self.id, "title": "Proef", "template": "themes", "themes": ["Groen", "Geld"]}
        engine.console("POST", "/api/meetings", new)
        if settings:
            self.do("edit_meeting", **settings)
        if live:
            self.do("open_doors")
        self.tables = sorted(self.all("table"), key=lambda table: table["number"])

    def do(self, command: str, **fields: Any) -> dict[str, Any]:
        """A command of the facilitator that is to succeed; its result."""
        wish = {"command": command, "id": str(uuid4()), **fields}
        (result,) = self.engine.console("POST", self.send_to, {"commands": [wish]})["results"]
        assert result["status"] == "done", result
        return dict(result)

    def state(self) -> dict[str, Any]:
        """Everything."""
        return dict(self.engine.console("GET", f"/api/state?meeting={self.id}"))

    def all(self, kind: str) -> list[dict[str, Any]]:
        """The things of a kind."""
        return [thing for thing in self.state()["entities"] if thing["kind"] == kind]

    @property
    def revision(self) -> int:
        """How far it has come."""
        return int(self.state()["revision"])

    def join(self, table: int = 0, name: str = "", id: str | None = None, key: str = "") -> Phone:
        """Somebody who sits down at a table."""
        body = {"id": id or str(uuid4()), "code": self.tables[table]["code"], "name": name}
        answer = self.engine.ask("POST", "/api/join", body={**body, "key": key})
        assert answer.is_success, answer.text
        return Phone(self, answer.json(), key)


class Phone:
    """Somebody at a table."""

    def __init__(self, cafe: Cafe, joined: dict[str, Any], key: str = "") -> None:
        self.engine = cafe.engine
        self.token: str = joined["token"]
        self.id: str = joined["participant"]
        self.table: str = joined["table"]
        self.key = key  # to its ballot

    def note(self, text: str = "Meer bankjes", **fields: Any) -> dict[str, Any]:
        """The command that writes a note."""
        return {
            "command": "write_note",
            "id": str(uuid4()),
            "note": str(uuid4()),
            "text": text,
            "table": self.table,
            "step": None,
            **fields,
        }

    def send(self, *commands: dict[str, Any], path: str = "/api/commands") -> httpx.Response:
        """Hand in commands."""
        return self.engine.ask("POST", path, self.token, {"commands": commands})

    def results(self, *commands: dict[str, Any]) -> list[dict[str, Any]]:
        """What came of commands."""
        answer = self.send(*commands)
        assert answer.is_success, answer.text
        return list(answer.json()["results"])

    def write(self, text: str = "Meer bankjes") -> dict[str, Any]:
        """Write a note; the result."""
        (result,) = self.results(self.note(text))
        return result

    def vote(self, option: str, dots: int) -> dict[str, Any]:
        """Put so many dots at an option; the result."""
        wish = {"command": "cast_vote", "id": str(uuid4()), "option": option, "dots": dots}
        (result,) = self.results({**wish, "key": self.key})
        return result

    def state(self) -> dict[str, Any]:
        """All that it sees."""
        answer = self.engine.ask("GET", "/api/state", self.token)
        assert answer.is_success, answer.text
        return dict(answer.json())

    def all(self, kind: str) -> list[dict[str, Any]]:
        """The things of a kind that it sees."""
        return [thing for thing in self.state()["entities"] if thing["kind"] == kind]


class Listening:
    """A stream that is being heard."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines

    def next(self, *skip: str) -> tuple[str, Any]:
        """The next event that is not to be skipped: its name and what it says."""
        name = ""
        for line in self._lines:
            if line.startswith("event: "):
                name = line[7:]
            elif line.startswith("data: ") and name not in skip:
                return name, json.loads(line[6:])
        return "end", None


@contextmanager
def listen(
    engine: Engine, token: str, after: int, meeting: str | None = None
) -> Iterator[Listening]:
    """Listen to what happens after a revision."""
    query = f"?after={after}" + (f"&meeting={meeting}" if meeting else "")
    headers = {"authorization": f"Bearer {token}"}
    with (
        httpx.Client(base_url=engine.url, timeout=15) as client,
        client.stream("GET", f"/api/events{query}", headers=headers) as answer,
    ):
        assert answer.status_code == 200, answer.read()
        yield Listening(answer.iter_lines())
