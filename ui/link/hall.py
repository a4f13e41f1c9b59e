"""The projector's process as the console knows it: started, kept alive, ended."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path
from typing import Final
from uuid import UUID

import msgspec
from PySide6.QtCore import QLockFile, QObject, QTimer, Signal

from facilitator.i18n import words
from ui.link import process

WATCH: Final = 500  # ms between two looks whether it runs
MANY: Final = 4  # starts …
SPELL: Final = 20.0  # … in so many seconds: it does not stay
GRACE: Final = 5.0  # seconds in which a projector that was started takes its lock


class Showing(msgspec.Struct, frozen=True):
    """What the projector's process writes down while it runs; it takes it away when it ends well."""

    pid: int
    meeting: UUID
    away: bool = False  # its screen was unplugged: it hides, and waits for it


def lock_of(folder: Path) -> QLockFile:
    """The lock that the projector's process holds; free again at once when that is killed."""
    lock = QLockFile(str(folder / "projector.lock"))
    lock.setStaleLockTime(0)
    return lock


def written(folder: Path) -> Path:
    """Where a projector writes down what it shows."""
    return folder / "projector.json"


def write_down(folder: Path, showing: Showing) -> None:
    """As a whole: the console may read it at any moment."""
    beside = written(folder).with_suffix(".new")
    beside.write_bytes(msgspec.json.encode(showing))
    beside.replace(written(folder))


class Hall(QObject):
    """Keeps one projector running for a meeting, as long as that is wanted."""

    changed = Signal(bool)  # whether it runs; or only its screen came or went
    failed = Signal()  # it ends again and again; we stopped trying

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.folder = folder
        self.running = False
        self.away = False  # it runs, and its screen is unplugged
        self.own = ""  # the screen that the console is on: the hall is another one
        self._meeting: UUID | None = None
        self._starts: list[float] = []
        self._child: subprocess.Popen[bytes] | None = None
        self._watch = QTimer(self)
        self._watch.setInterval(WATCH)
        self._watch.timeout.connect(self.look)

    def follow(self, meeting: UUID) -> None:
        """Look after the projector of this meeting; one of another meeting is ended."""
        self._meeting = meeting
        showing = self._showing()
        if showing is not None and self._is_held() and showing.meeting != meeting:
            self._end(showing)
        self._watch.start()
        self.look()

    def toggle(self, *, windowed: bool) -> None:
        """Start it, or end it."""
        if self.running:
            self.close()
        else:
            self._starts.clear()
            self.show(windowed=windowed)

    def show(self, *, windowed: bool) -> None:
        """Start it, if it does not run."""
        if self._meeting is None or self._is_held() or self._is_starting():
            return
        now = time.monotonic()
        self._starts = [moment for moment in self._starts if now - moment < SPELL]
        if len(self._starts) >= MANY:
            written(self.folder).unlink(missing_ok=True)
            self.failed.emit()
            return
        self._starts.append(now)
        more = [*(("--windowed",) if windowed else ()), *(("--own", self.own) if self.own else ())]
        call = process.command(
            "ui", "projector", "--data", str(self.folder), "--meeting", str(self._meeting), *more
        )
        try:
            with process.private(self.folder / "projector.log", keep=True) as errors:
                self._child = process.start(call, None, errors, words().language)
        except OSError:
            self.failed.emit()

    def close(self) -> None:
        """End it, and don't bring it back."""
        showing = self._showing()
        written(self.folder).unlink(missing_ok=True)
        if showing is not None and self._is_held():
            self._end(showing)

    def leave(self) -> None:
        """Look after it no more; it runs on."""
        self._watch.stop()
        self._meeting = None
        if self._child is not None:
            process.let_go(self._child)
            self._child = None

    def look(self) -> None:
        """See whether it runs; bring it back where it was killed."""
        held = self._is_held()
        if self._child is not None and self._child.poll() is not None:
            self._child = None
        if not held and not self._is_starting() and self._showing() is not None:
            self.show(windowed=False)
        showing = self._showing() if held else None
        now = held, showing is not None and showing.away
        if now != (self.running, self.away):
            self.running, self.away = now
            self.changed.emit(held)

    def _is_starting(self) -> bool:
        if self._child is None or self._child.poll() is not None:
            return False
        return bool(self._starts) and time.monotonic() - self._starts[-1] < GRACE

    def _is_held(self) -> bool:
        lock = lock_of(self.folder)
        if lock.tryLock(0):
            lock.unlock()
            return False
        return True

    def _showing(self) -> Showing | None:
        try:
            return msgspec.json.decode(written(self.folder).read_bytes(), type=Showing)
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
            return None

    @staticmethod
    def _end(showing: Showing) -> None:
        try:
            os.kill(showing.pid, signal.SIGTERM)
        except OSError:
            return
