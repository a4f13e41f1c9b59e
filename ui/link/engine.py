"""The engine as a window knows it: found where it runs, started where it does not, brought back."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import secrets
import subprocess
import time
from enum import Enum, auto
from pathlib import Path
from typing import Final, Literal

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal

from facilitator import __version__
from facilitator.i18n import words
from facilitator.kernel.errors import FacilitatorError, Unavailable
from ui.link import process
from ui.link.address import Address, Addresses
from ui.link.http import Http, decoded

LOOK: Final = 25  # ms between two looks at an engine that starts
PATIENCE: Final = 30.0  # seconds in which an engine is up, or something is wrong
PROOF: Final = 3_000  # ms in which an engine that runs says who it is
PULSE: Final = 1_000  # ms between two questions whether it still runs
VIGIL: Final = 100  # ms between two looks whether our own child still lives
MANY: Final = 4  # starts …
SPELL: Final = 20.0  # … in so many seconds: it crashes again and again

Face = Literal["console", "hall"]


class State(Enum):
    """How far we are with the engine."""

    AWAY = auto()
    LOOKING = auto()
    STARTING = auto()
    UP = auto()
    FAILED = auto()


class Running(msgspec.Struct, frozen=True):
    """What ``engine.json`` says of the engine that wrote it."""

    port: int
    console_token: str
    hall_token: str = ""
    pid: int = 0
    version: str = __version__

    def token(self, face: Face) -> str:
        """What this face shows to be let in."""
        return self.console_token if face == "console" else self.hall_token


class Hello(msgspec.Struct, frozen=True):
    """What the engine says of itself to anybody."""

    version: str
    epoch: str = ""
    proof: str = ""


class Status(msgspec.Struct, frozen=True):
    """What the engine says of itself to a console."""

    addresses: list[Address] = []
    address: str = ""
    ask: bool = False
    read_only: bool = False
    streams: int = 0
    failing: str | None = None


class Engine(QObject):
    """Finds the engine of a data folder, or starts it; and again, whenever it is gone."""

    up = Signal()  # it answers, and has proven to be ours
    down = Signal()  # it is gone; we are bringing it back
    failed = Signal(
        object
    )  # a FacilitatorError: we stopped trying, until ``start`` is called again
    heard = Signal(object)  # a Status, every few seconds

    def __init__(self, folder: Path, face: Face = "console", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.folder = folder
        self.face: Face = face
        self.state = State.AWAY
        self.http = Http(self)
        self.addresses = Addresses(self)
        self.running: Running | None = None
        self._child: subprocess.Popen[bytes] | None = None
        self._since = 0.0
        self._code: int | None = None  # with which the last one ended before it was up
        self._starts: list[float] = []
        self._look = QTimer(self)
        self._look.setInterval(LOOK)
        self._look.timeout.connect(self._watch_start)
        self._pulse = QTimer(self)
        self._pulse.setInterval(PULSE)
        self._pulse.timeout.connect(self.check)
        self._vigil = QTimer(self)
        self._vigil.setInterval(VIGIL)
        self._vigil.timeout.connect(self._see_whether_it_lives)
        self.addresses.chosen.connect(self._keep_address)

    @property
    def is_up(self) -> bool:
        """Whether it answers."""
        return self.state is State.UP

    def start(self) -> None:
        """Find the engine or start it; also the way out after ``failed``."""
        self._starts.clear()
        self._find()

    def check(self) -> None:
        """Ask whether it still runs; whoever lost its voice calls this at once."""
        if self.state is State.UP:
            path = "/api/engine" if self.face == "console" else "/api/hello"
            self.http.get(path, decoded(Status, self._checked), PROOF)

    def stop(self) -> None:
        """Let go of the engine; it runs on."""
        self.state = State.AWAY
        self._look.stop()
        self._pulse.stop()
        self._let_go()

    def _let_go(self) -> None:
        self._vigil.stop()
        if self._child is not None:
            process.let_go(self._child)
            self._child = None

    def shut_down(self, done: process.Then) -> None:
        """Ask the engine to stop, and let go of it."""
        self._pulse.stop()
        self.state = State.AWAY
        self.http.post("/api/stop", {}, lambda _body, _error: self._shut(done), PROOF)

    def _shut(self, done: process.Then) -> None:
        self.stop()
        done()

    # Finding

    def _find(self) -> None:
        self.state = State.LOOKING
        self._pulse.stop()
        running = self._written()
        if running is None:
            self._launch()
            return
        self._prove(running, otherwise=self._launch)

    def _written(self) -> Running | None:
        try:
            raw = (self.folder / "engine.json").read_bytes()
            return msgspec.json.decode(raw, type=Running)
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
            return None

    def _prove(self, running: Running, otherwise: process.Then) -> None:
        """Whoever listens there must know the secret, before the token is sent to it."""
        nonce = secrets.token_hex(16)
        self.http.base, self.http.token = f"http://127.0.0.1:{running.port}", ""

        def answered(hello: Hello | None, _error: FacilitatorError | None) -> None:
            if self.state not in {State.LOOKING, State.STARTING}:
                return
            good = hmac.new(running.console_token.encode(), nonce.encode(), hashlib.sha256)
            if hello is None or not hmac.compare_digest(hello.proof, good.hexdigest()):
                otherwise()
            elif hello.version.split(".")[0] != __version__.split(".")[0]:
                self._fail(Unavailable("engine.version", theirs=hello.version, ours=__version__))
            else:
                self._found(running)

        self.http.get(f"/api/hello?nonce={nonce}", decoded(Hello, answered), PROOF)

    def _found(self, running: Running) -> None:
        self._look.stop()
        self.running = running
        self.http.token = running.token(self.face)
        self.state = State.UP
        self._pulse.start()
        if self._child is not None:
            self._vigil.start()
        self.up.emit()
        self.check()

    # Starting

    def _launch(self) -> None:
        now = time.monotonic()
        self._starts = [moment for moment in self._starts if now - moment < SPELL]
        if len(self._starts) >= MANY:
            self._fail(self._reason())
            return
        self._starts.append(now)
        self._since = now
        self._let_go()
        self.state = State.STARTING
        words_ = process.command("facilitator", "engine", "--data", str(self.folder))
        try:
            with (
                process.private(self._line) as out,
                process.private(self._log) as errors,
            ):
                self._child = process.start(words_, out, errors, words().language)
        except OSError as error:
            self._fail(Unavailable("engine.start", why=str(error)))
            return
        self._look.start()

    @property
    def _log(self) -> Path:
        """Where what it says goes when it does not come up."""
        return self.folder / "logs" / "start.log"

    @property
    def _line(self) -> Path:
        """Where the one line goes that an engine prints when it is up."""
        return self.folder / "engine.line"

    def _watch_start(self) -> None:
        child = self._child
        line = self._read_line()
        if line is not None:
            self._look.stop()
            self._forget_line()
            self._prove(line, otherwise=self._stumbled)
        elif child is not None and child.poll() is not None:
            self._code = child.returncode
            self._look.stop()
            self._stumbled()
        elif time.monotonic() - self._since > PATIENCE:
            self._fail(Unavailable("engine.start"))

    def _read_line(self) -> Running | None:
        try:
            raw = self._line.read_bytes()
        except OSError:
            return None
        first, end, _rest = raw.partition(b"\n")
        if not end:
            return None
        try:
            return msgspec.json.decode(first, type=Running)
        except (msgspec.MsgspecError, UnicodeDecodeError):
            return None

    def _forget_line(self) -> None:
        """It holds tokens. On Windows it cannot be deleted while the engine has it open."""
        with contextlib.suppress(OSError):
            self._line.write_bytes(b"")
            self._line.unlink()

    def _stumbled(self) -> None:
        """It ended before it was up. Perhaps another window was first: look again, then start."""
        if self.state is State.STARTING:
            QTimer.singleShot(LOOK * 2 ** len(self._starts), self, self._find)

    def _reason(self) -> FacilitatorError:
        """Why it does not stay: what it said itself where it ended in good order, as well as it can."""
        said = self._last_words() if self._code == 1 else ""
        more = {"message": said} if said else {}
        return Unavailable("engine.crashing", **more)

    def _last_words(self) -> str:
        """The sentence with which it ended; nothing where it fell over."""
        try:
            said = self._log.read_text("utf-8", "replace")
        except OSError:
            return ""
        return "" if "Traceback" in said or not said.strip() else said.strip().splitlines()[-1]

    def _fail(self, error: FacilitatorError) -> None:
        self._look.stop()
        self._pulse.stop()
        self.state = State.FAILED
        self.failed.emit(error)

    # Watching

    def _see_whether_it_lives(self) -> None:
        """What we started ourselves need not be asked: the system knows."""
        if self._child is not None and self._child.poll() is not None:
            self._vigil.stop()
            self.check()

    def _checked(self, status: Status | None, error: FacilitatorError | None) -> None:
        if self.state is not State.UP:
            return
        if status is not None:
            if self.face == "console":
                self.addresses.fill(status.addresses, status.address, ask=status.ask)
            self.heard.emit(status)
        elif error is not None and error.code in {"engine.unreachable", "token.unknown"}:
            self.state = State.AWAY
            self.down.emit()
            self._find()

    def _keep_address(self, url: str) -> None:
        self.http.post("/api/address", {"url": url}, lambda _body, _error: self.check())
