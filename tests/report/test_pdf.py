"""The verslag as a PDF for all: by LibreOffice, which never outlives who asked for it."""

from __future__ import annotations

import datetime as dt
import multiprocessing
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import msgspec
import pytest
from PIL import Image

from facilitator.kernel.errors import Unavailable
from facilitator.meeting.follow_ups import FollowUp
from facilitator.meeting.ids import FollowUpId, PhotoId
from facilitator.meeting.outline import ReportForm
from facilitator.meeting.photos import Photo
from facilitator.report.dating import dated
from facilitator.report.formats import FORMATS
from facilitator.report.pdf import OLD, PREFIX, libreoffice, report_pdf, tagged
from facilitator.report.word import report_docx
from facilitator.settings import LIBREOFFICE
from tests.report.meetings import complete, held, sampled, uid

SOON = 30.0  # seconds; that a test waits at most
DAY = dt.datetime(2026, 10, 30, 9, 0, tzinfo=dt.UTC)
PDF = b"""%PDF-1.7
 <xmp:CreateDate>2026-11-22T13:01:26+01:00</xmp:CreateDate>
<</Title<FEFF0041>/CreationDate(D:20261122130126+01'00')>>
trailer
/ID [ <4F8FF895C072AE3660C0FEE15C74B017>
<4F8FF895C072AE3660C0FEE15C74B017> ]
/DocChecksum /E1D6678C652CBC95448AF48332BB6DAA
startxref
"""

real = pytest.mark.skipif(libreoffice() is None, reason="needs LibreOffice")
posix = pytest.mark.skipif(sys.platform == "win32", reason="the programs are shell scripts")


def program(folder: Path, *lines: str) -> str:
    """A program in the place of LibreOffice; $OUT is where its PDF should come."""
    path = folder / "soffice"
    out = 'for word; do OUT="${word%.docx}.pdf"; done'
    path.write_text("\n".join(["#!/bin/sh", out, *lines, ""]), "utf-8")
    path.chmod(0o700)
    return str(path)


def hanging(folder: Path) -> str:
    """One that hangs, and so does what it started; both say who they are."""
    return program(folder, f"echo $$ > {folder}/one", f"sh -c 'echo $$ > {folder}/two; sleep 99'")


def alive(number: int) -> bool:
    """Whether a process still runs; one that was ended and not yet collected doesn't."""
    told = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(number)], check=False, capture_output=True, text=True
    ).stdout.strip()
    return bool(told) and not told.startswith("Z")


def wait_until(true: Callable[[], bool]) -> None:
    until = time.monotonic() + SOON
    while not true():
        assert time.monotonic() < until, "waited too long"
        time.sleep(0.02)


def started(folder: Path) -> list[int]:
    """The numbers of the two that hang, as soon as they told."""
    files = [folder / "one", folder / "two"]
    wait_until(lambda: all(file.exists() and file.read_text().strip() for file in files))
    return [int(file.read_text()) for file in files]


def test_without_libreoffice_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(LIBREOFFICE, "nowhere/soffice")
    assert libreoffice() is None
    with pytest.raises(Unavailable, match=r"pdf\.absent"):
        FORMATS["pdf"].written(held(), {})


@posix
def test_it_is_found_where_it_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    there = program(tmp_path)
    monkeypatch.delenv(LIBREOFFICE, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    assert libreoffice() == there
    monkeypatch.setenv("PATH", os.devnull)
    folder = tmp_path / "LibreOffice" / "program"
    folder.mkdir(parents=True)
    (folder / "soffice.exe").symlink_to(there)
    monkeypatch.setattr("facilitator.report.pdf._PLACES", ())
    monkeypatch.setenv("ProgramFiles", str(tmp_path))
    assert libreoffice() == str(folder / "soffice.exe")


@posix
@pytest.mark.parametrize(
    "lines", [("exit 1",), ("exit 0",), ('echo "%PDF-1.4 without a structure" > "$OUT"',)]
)
def test_what_is_no_pdf_for_all_is_none(lines: tuple[str, ...], tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match=r"pdf\.failed"):
        tagged(b"word", program(tmp_path, *lines))


@posix
def test_it_works_alone_in_a_folder_of_its_own(tmp_path: Path) -> None:
    told = tmp_path / "told"
    office = program(tmp_path, f'echo "$PWD" "$@" > {told}', 'echo pdfuaid > "$OUT"')
    assert tagged(b"word", office) == b"pdfuaid\n"
    folder, *words = told.read_text("utf-8").split()
    assert f"-env:UserInstallation={Path(folder, 'profile').as_uri()}" in words
    assert not Path(folder).exists()


@posix
def test_what_takes_too_long_is_ended_with_all_that_it_started(tmp_path: Path) -> None:
    with ThreadPoolExecutor() as pool:
        office = hanging(tmp_path)
        asked = pool.submit(tagged, b"word", office, 1.0)
        numbers = started(tmp_path)
        with pytest.raises(Unavailable, match=r"pdf\.slow"):
            asked.result()
    wait_until(lambda: not any(map(alive, numbers)))


@posix
def test_it_ends_when_who_asked_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setenv("TMPDIR", str(scratch))
    monkeypatch.setattr(tempfile, "tempdir", None)
    asking = multiprocessing.get_context("spawn").Process(
        target=tagged, args=(b"word", hanging(tmp_path))
    )
    asking.start()
    numbers = started(tmp_path)
    assert list(scratch.iterdir())
    assert asking.pid is not None
    os.kill(asking.pid, signal.SIGKILL)
    asking.join()
    wait_until(lambda: not any(map(alive, numbers)))
    wait_until(lambda: not list(scratch.iterdir()))


@posix
def test_what_a_power_cut_left_is_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    for name, age in (("old", 2 * OLD), ("new", 0.0)):
        folder = tmp_path / f"{PREFIX}{name}"
        folder.mkdir()
        (folder / "verslag.docx").write_bytes(b"word")
        os.utime(folder, (time.time() - age,) * 2)
    with pytest.raises(Unavailable):
        tagged(b"word", program(tmp_path, "exit 1"))
    assert [path.name for path in tmp_path.glob(f"{PREFIX}*")] == [f"{PREFIX}new"]


def test_a_file_is_of_the_day_of_the_meeting() -> None:
    made = dated(PDF, DAY)
    assert len(made) == len(PDF)
    assert b"<xmp:CreateDate>2026-10-30T09:00:00Z</xmp:CreateDate>     \n" in made
    assert b"/CreationDate(D:20261030090000Z)      >>" in made
    assert b"FEFF0041" in made
    assert made == dated(PDF.replace(b"4F8FF895", b"00000000").replace(b"T13", b"T14"), DAY)
    assert made != dated(PDF.replace(b"FEFF0041", b"FEFF0042"), DAY)


def test_what_it_does_not_know_stays_as_it_is() -> None:
    strange = PDF.replace(b"D:20261122130126+01'00'", b"D:2026").replace(b"xmp:", b"x:")
    assert dated(strange, DAY)[:120] == strange[:120]


@real
@pytest.mark.slow
def test_a_photo_is_described_for_who_cannot_see_it() -> None:
    photo = Photo(id=PhotoId(uid(900)), width=40, height=30, caption="Het bord")
    made = BytesIO()
    Image.new("RGB", (photo.width, photo.height), "teal").save(made, "JPEG")
    raw = report_pdf(held(["Groen"], others=[photo]), {photo.id: made.getvalue()})
    assert b"/S/Figure" in raw
    assert b"/Alt<%b>" % ("\ufeffHet bord".encode("utf-16-be").hex().upper().encode()) in raw


@real
@pytest.mark.slow
def test_the_same_meeting_gives_the_same_bytes_also_side_by_side() -> None:
    state = sampled("en")
    with ThreadPoolExecutor(2) as pool:
        one, other = pool.map(lambda _number: report_pdf(state), range(2))
    assert one == other
    assert b"/CreationDate(D:20261030" in one
    assert set(re.findall(rb"/Lang\(([\w-]+)\)", one)) == {b"en-GB"}
    assert report_pdf(complete(ReportForm.FEEDBACK)) != one


@real
@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs pdftotext")
def test_rows_that_fit_on_no_page_are_all_there(tmp_path: Path) -> None:
    """LibreOffice cut off the end of a row in one piece, and sought for ever where two were kept."""
    said = [f"woord{number:04}" for number in range(1_000)]
    told = FollowUp(id=FollowUpId(uid(800)), what=" ".join(said), why="kort")
    state = held(others=[told, msgspec.structs.replace(told, id=FollowUpId(uid(801)))])
    path = tmp_path / "verslag.pdf"
    path.write_bytes(tagged(report_docx(state), libreoffice() or "", limit=SOON))
    words = ["pdftotext", str(path), "-"]
    shown = subprocess.run(words, check=True, capture_output=True, text=True).stdout
    assert Counter(re.findall(r"woord\d{4}", shown)) == Counter(said * 2)
