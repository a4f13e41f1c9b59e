"""A café for tests: a real engine with a meeting in it, and the phones at its tables."""

from __future__ import annotations

import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import msgspec
import psutil
import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Locator, Page, expect

ROOT = Path(__file__).parents[2]
THEMES = ("Groen en buiten", "Ontmoeting", "Veiligheid")
OPEN_THEME = "Wat er verder nog opkomt"
QUESTION = "Wat kunnen wij in onze wijk morgen al doen om elkaar vaker te ontmoeten?"
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
AGAIN = 20_000  # ms; a phone waits longer and longer between two tries

Entity = dict[str, Any]


class Cafe:
    """An engine of its own with one meeting: three theme tables, an open theme, three rounds."""

    prefix: tuple[str, ...] = ()  # starts the engine in another place, or watched
    module = "facilitator"  # or one that is at fault

    def __init__(self, folder: Path, *, port: int = 0, language: str = "nl") -> None:
        self.folder = folder
        self.port = port
        self.engine: subprocess.Popen[bytes] | None = None
        self.token = ""
        self.meeting = str(uuid4())
        self.start()
        self._prepare(language)

    def start(self) -> None:
        """The engine up; after a kill on the same port with the same data."""
        command = [*self.prefix, sys.executable, "-m", self.module]
        command += ["engine", "--data", str(self.folder), "--port", str(self.port)]
        self.engine = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)
        assert self.engine.stdout is not None
        line = self.engine.stdout.readline()
        if not line:
            self.kill()
            pytest.fail("the engine did not start")
        card = msgspec.json.decode(line)
        self.port, self.token = card["port"], card["console_token"]

    @property
    def url(self) -> str:
        """Where the page is."""
        return f"http://127.0.0.1:{self.port}"

    def read_card(self) -> None:
        """Take port and token from the data folder: somebody else started this engine."""
        card = msgspec.json.decode((self.folder / "engine.json").read_bytes())
        self.port, self.token = card["port"], card["console_token"]

    def stop(self) -> None:
        """Ask the engine to stop, whoever started it."""
        self.ask("POST", "/api/stop")

    def kill(self) -> None:
        """The engine is gone from one moment to the next."""
        self._end(signal.SIGKILL)

    def close(self) -> None:
        """The engine stops as it should."""
        if self.engine is not None:
            self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        assert self.engine is not None
        assert self.engine.stdout is not None
        self.engine.send_signal(how)
        self.engine.wait(20)
        self.engine.stdout.close()
        self.engine = None

    def ask(self, method: str, path: str, body: object = None) -> Any:
        """Something of the engine, as a console."""
        answer = httpx.request(
            method,
            self.url + path,
            params={"meeting": self.meeting} if "meetings" not in path else None,
            headers={"Authorization": f"Bearer {self.token}"},
            json=body,
            timeout=20,
        )
        answer.raise_for_status()
        return answer.json() if answer.content else None

    def send(self, command: str, **fields: object) -> None:
        """A command of the facilitator, which has to be taken."""
        wish = {"command": command, "id": str(uuid4()), **fields}
        (result,) = self.ask("POST", "/api/commands", {"commands": [wish]})["results"]
        assert result["status"] == "done", result

    def all(self, kind: str) -> list[Entity]:
        """The entities of a kind, in their order."""
        entities = self.ask("GET", "/api/state")["entities"]
        return sorted(
            (entity for entity in entities if entity["kind"] == kind),
            key=lambda entity: entity.get("order", 0.0),
        )

    def texts(self) -> list[str]:
        """What the notes say, sorted."""
        return sorted(note["text"] for note in self.all("note"))

    def note(self, text: str) -> Entity:
        """The one note that says this."""
        (found,) = (note for note in self.all("note") if note["text"] == text)
        return found

    def table(self, number: int = 1) -> Entity:
        """A table by its number."""
        return next(table for table in self.all("table") if table["number"] == number)

    @property
    def step(self) -> Entity | None:
        """The step that the clock stands in."""
        (clock,) = self.all("clock")
        return next((step for step in self.all("step") if step["id"] == clock["step"]), None)

    def next_step(self) -> None:
        """One step on."""
        step = self.step
        self.send("next_step", leaving=step["id"] if step else None)

    def go_to(self, activity: str) -> None:
        """On to the next step of this kind."""
        self.next_step()
        while (step := self.step) is None or step["activity"] != activity:
            self.next_step()

    def _prepare(self, language: str) -> None:
        body = {
            "id": self.meeting,
            "title": "Samen in de wijk",
            "template": "themes",
            "language": language,
            "themes": THEMES,
        }
        self.ask("POST", "/api/meetings", body)
        self.send(
            "edit_meeting", place="Buurthuis De Linde", organisation="Buurtcollectief Merelveen"
        )
        self.send("edit_theme", theme=self.all("theme")[0]["id"], question=QUESTION, colour="green")
        self.send("add_theme", theme=str(uuid4()), title=OPEN_THEME, open=True, colour="blue")


class Phone:
    """A participant's phone: the page in a browser, and what a thumb does to it."""

    def __init__(self, cafe: Cafe, context: BrowserContext) -> None:
        self.cafe = cafe
        self.context = context
        self.page: Page = context.pages[0] if context.pages else context.new_page()
        self.errors: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def scan(self, table: int = 1) -> Phone:
        """Scan the code on a table."""
        self.page.goto(f"{self.cafe.url}/{self.cafe.table(table)['code']}")
        return self

    def join(self, table: int = 1) -> Phone:
        """Scan, and yes, this is right."""
        self.scan(table).press("Ja, dit klopt")
        expect(self.box).to_be_visible()
        return self

    @property
    def box(self) -> Locator:
        """Where one writes."""
        return self.page.locator("#note")

    @property
    def said(self) -> Locator:
        """What the page says about the last note."""
        return self.page.locator("#said")

    def press(self, name: str) -> None:
        """A button."""
        self.page.get_by_role("button", name=name, exact=True).click()

    def write(self, text: str) -> Phone:
        """A note, sent; not yet received."""
        self.box.fill(text)
        self.press("Versturen")
        expect(self.box).to_have_value("")
        return self

    def card(self, text: str) -> Locator:
        """The sticky note that says this."""
        return self.page.locator(".notes .note", has_text=text)

    def received(self, *texts: str) -> Phone:
        """Wait until the phone says of these notes that the engine has them."""
        for text in texts:
            expect(self.card(text)).to_contain_text("ontvangen", timeout=AGAIN)
        return self

    def waiting(self, *texts: str) -> Phone:
        """Wait until the phone says that it keeps these notes itself."""
        for text in texts:
            expect(self.card(text)).to_contain_text("op dit toestel")
        return self


class OwnPhone(Phone):
    """A phone whose browser can be killed, and keeps what it stored."""

    @staticmethod
    def start(cafe: Cafe, browser: Browser, program: str, profile: Path) -> OwnPhone:
        """The browser, with the profile that it had before if there is one."""
        for lock in ("SingletonLock", "SingletonSocket", "SingletonCookie"):
            (profile / lock).unlink(missing_ok=True)
        context = browser.browser_type.launch_persistent_context(
            profile, executable_path=program, args=ARGUMENTS, locale="nl-NL"
        )
        phone = OwnPhone(cafe, context)
        phone.profile = profile
        return phone

    profile: Path

    def kill(self) -> None:
        """The browser is gone from one moment to the next, with all that belongs to it."""
        processes = [process for process in psutil.Process().children(True) if self._owns(process)]
        for process in processes:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        psutil.wait_procs(processes, timeout=20)
        self.close()

    def close(self) -> None:
        """No longer ours; it may be gone already."""
        with suppress(Error):
            self.context.close()

    def _owns(self, process: psutil.Process) -> bool:
        try:
            return f"--user-data-dir={self.profile}" in process.cmdline()
        except psutil.Error:
            return False
