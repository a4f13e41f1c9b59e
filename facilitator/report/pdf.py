"""The verslag as a PDF that everybody can read: tagged, as PDF/UA asks, made by LibreOffice.

LibreOffice gets the Word file in a folder of its own, with a profile that it has never used: so it
knows no macros, fetches nothing, and never meets a LibreOffice that somebody is working in. A
process beside ours looks after it: what LibreOffice started ends when it takes too long, and also
when we are ended ourselves.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID

from facilitator.kernel.errors import Unavailable
from facilitator.kernel.state import State
from facilitator.meeting.meeting import the_meeting
from facilitator.report.content import UNDATED, held_at
from facilitator.report.dating import dated
from facilitator.report.progress import UNHEARD, Progress
from facilitator.settings import LIBREOFFICE

LIMIT: Final = 100.0  # seconds; 5,000 notes take 5, a cold start on an old laptop 20
STEP: Final = 0.05  # seconds between two looks at how it goes
PREFIX: Final = "facilitator-pdf-"  # of the folders that it works in
OLD: Final = 3600.0  # seconds; none is in use that long
MARK: Final = b"pdfuaid"  # stands in every PDF/UA, never packed; an old LibreOffice makes others

_NAMES: Final = ("soffice", "libreoffice")
_PLACES: Final = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "/usr/lib/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
)
_PROGRAMS: Final = ("ProgramFiles", "ProgramW6432", "ProgramFiles(x86)")  # folders of Windows
_NO_WINDOW: Final = 0x08000000  # CREATE_NO_WINDOW
_COMMON: Final = "/org.openoffice.Office.Common"
_SETTINGS: Final = (
    (f"{_COMMON}/Security/Scripting", "MacroSecurityLevel", "3"),
    (f"{_COMMON}/Security/Scripting", "DisableMacrosExecution", "true"),
    (f"{_COMMON}/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    (f"{_COMMON}/Filter/PDF/Export", "PDFUACompliance", "true"),
    (f"{_COMMON}/Filter/PDF/Export", "UseTaggedPDF", "true"),
    (f"{_COMMON}/Filter/PDF/Export", "ExportBookmarks", "true"),
)


def report_pdf(
    state: State,
    photos: Mapping[UUID, bytes] = MappingProxyType({}),
    house: bytes | None = None,
    progress: Progress = UNHEARD,
) -> bytes:
    """The verslag of a meeting as it is now. Raises ``Unavailable`` where LibreOffice can't make it."""
    from facilitator.report.word import report_docx  # noqa: PLC0415 - the keeper needs it not

    office = libreoffice()
    if office is None:
        raise Unavailable("pdf.absent")
    word = report_docx(state, photos, house, progress.stretch(0, 0.3))
    progress.blind()
    made = tagged(word, office)
    return dated(made, held_at(the_meeting(state)) or UNDATED)


def libreoffice() -> str | None:
    """The program that makes it; None where there is none."""
    named = os.environ.get(LIBREOFFICE)
    places = [named] if named else _usual()
    return next((found for place in places if (found := shutil.which(place))), None)


def _usual() -> Iterator[str]:
    yield from _NAMES
    yield from _PLACES
    for name in _PROGRAMS:
        if folder := os.environ.get(name):
            yield str(Path(folder, "LibreOffice", "program", "soffice").with_suffix(".exe"))


def tagged(word: bytes, office: str, limit: float = LIMIT) -> bytes:
    """A Word file as PDF/UA. Raises ``Unavailable``: ``pdf.failed`` or ``pdf.slow``."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    keeper = context.Process(target=_keep, args=(theirs, office, limit), name="libreoffice")
    keeper.start()
    theirs.close()  # so that each notices when the other is gone
    try:
        with ours:
            ours.send_bytes(word)
            code, made = ours.recv()
    except (EOFError, OSError) as error:
        raise Unavailable("pdf.failed") from error
    finally:
        keeper.join()
    if code:
        raise Unavailable(code)
    return bytes(made)


def _keep(line: Connection[Any, Any], office: str, limit: float) -> None:
    """The keeper: has LibreOffice make it, and sees to it that nothing of it stays behind."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who is asked to stop closes the line
    _sweep(Path(gettempdir()))
    with TemporaryDirectory(prefix=PREFIX, ignore_cleanup_errors=True) as name:
        folder = Path(name)
        with contextlib.suppress(EOFError, OSError):  # nobody waits for it any more
            (folder / "verslag.docx").write_bytes(line.recv_bytes())
            code = _converted(folder, office, line, limit)
            made = b"" if code else (folder / "verslag.pdf").read_bytes()
            line.send((code, made))


def _sweep(folder: Path) -> None:
    """Remove what a power cut left behind: a verslag is nobody else's."""
    for left in folder.glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError):
            if left.stat().st_mtime < time.time() - OLD:
                shutil.rmtree(left, ignore_errors=True)


def _converted(folder: Path, office: str, line: Connection[Any, Any], limit: float) -> str:
    """Make verslag.pdf in the folder; the code of what went wrong, or nothing."""
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_settings(), "utf-8")
    until = time.monotonic() + limit
    running = _started(folder, office, profile)
    try:
        while running.poll() is None:
            if _gone(line):
                return "pdf.failed"
            if time.monotonic() > until:
                return "pdf.slow"
    finally:
        _end(running)
    made = folder / "verslag.pdf"
    return "" if made.exists() and MARK in made.read_bytes() else "pdf.failed"


def _started(folder: Path, office: str, profile: Path) -> subprocess.Popen[bytes]:
    words = [
        *(office, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"),
        *("--nologo", "--nodefault", "--nolockcheck"),
        *("--convert-to", "pdf", "--outdir", str(folder), str(folder / "verslag.docx")),
    ]
    options: dict[str, Any] = (
        {"creationflags": _NO_WINDOW} if sys.platform == "win32" else {"start_new_session": True}
    )
    return subprocess.Popen(  # noqa: S603 - a program that its user installed, no shell
        words,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env=os.environ | {"TZ": "UTC"} | dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder)),
        **options,
    )


def _settings() -> str:
    """What LibreOffice finds in its profile."""
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for path, name, value in _SETTINGS
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>'
    )


def _gone(line: Connection[Any, Any]) -> bool:
    """Whether who asked for it is there no longer; it never says more than it did."""
    try:
        return line.poll(STEP)
    except OSError:  # how Windows says so
        return True


def _end(running: subprocess.Popen[bytes]) -> None:
    """End LibreOffice and all that it started."""
    if sys.platform == "win32":
        if running.poll() is None:
            words = ["taskkill", "/T", "/F", "/PID", str(running.pid)]
            subprocess.run(words, check=False, capture_output=True)  # noqa: S603
    else:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(running.pid, signal.SIGKILL)
    running.wait()
