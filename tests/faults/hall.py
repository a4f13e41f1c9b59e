"""An engine on the laptop of a laid-out network, and phones that reach it by its address."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import UUID

from playwright.sync_api import Browser, Playwright

from tests.e2e.cafe import ARGUMENTS, Cafe, Phone

from .net import Net, Space

SIZE = {"width": 390, "height": 780}


class Hall(Cafe):
    """A café whose engine runs on the laptop; the test speaks to it from there, as the console does."""

    def __init__(self, net: Net, folder: Path) -> None:
        self.net = net
        self.prefix = net.laptop.prefix
        self.host = net.laptop.address  # what the QR code shows
        super().__init__(folder)

    @property
    def url(self) -> str:
        """Where phones find the page."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"

    def ask(self, method: str, path: str, body: object = None) -> Any:
        """Something of the engine, as a console on the same laptop."""
        host, self.host = self.host, "127.0.0.1"
        try:
            with self.net.laptop.inside():
                return super().ask(method, path, body)
        finally:
            self.host = host

    def stored(self) -> list[str]:
        """What the notes in the database say, sorted; whatever the engine would tell."""
        path = self.folder / "facilitator.db"
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as database:
            meeting = UUID(self.meeting).hex
            found = database.execute("SELECT text FROM note WHERE meeting = ?", (meeting,))
            return sorted(row[0] for row in found)


class Browsers:
    """A browser on each phone, started when it is first asked for."""

    def __init__(self, playwright: Playwright, program: str, folder: Path) -> None:
        self._playwright = playwright
        self._program = program
        self._folder = folder
        self._started: dict[str, Browser] = {}

    def on(self, space: Space) -> Browser:
        """The browser of this phone."""
        if space.name not in self._started:
            path = space.program(self._folder, self._program)
            self._started[space.name] = self._playwright.chromium.launch(
                executable_path=path, args=ARGUMENTS
            )
        return self._started[space.name]

    def close(self) -> None:
        """All browsers end."""
        for browser in self._started.values():
            browser.close()

    def phone(self, hall: Hall, number: int = 1, **options: Any) -> Phone:
        """A new page on a phone, with a memory of its own."""
        browser = self.on(hall.net.phones[number - 1])
        context = browser.new_context(**{"locale": "nl-NL", "viewport": SIZE, **options})
        return Phone(hall, context)
