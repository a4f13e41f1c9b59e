"""What the data folder may have gone through: each fault by its name, with a real engine and phone."""

from __future__ import annotations

import shutil
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.e2e.cafe import ARGUMENTS, ROOT, Cafe, Phone

pytestmark = [pytest.mark.e2e, pytest.mark.faults]

Change = Callable[[sqlite3.Connection], Any]


@pytest.fixture
def cafe(tmp_path: Path) -> Iterator[Cafe]:
    """A live meeting, in its first round."""
    cafe = Cafe(tmp_path / "engine")
    cafe.send("open_doors")
    cafe.go_to("round")
    yield cafe
    if cafe.engine is not None:
        cafe.close()


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """One browser for this module."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def phone(cafe: Cafe, browser: Browser) -> Iterator[Phone]:
    """A phone at a table."""
    context = browser.new_context(locale="nl-NL")
    phone = Phone(cafe, context).join()
    yield phone
    context.close()
    assert phone.errors == []


def rest(cafe: Cafe) -> Path:
    """The engine stops as it should; the database that it leaves."""
    cafe.close()
    return cafe.folder / "facilitator.db"


def refused_start(folder: Path) -> str:
    """What a program that starts an engine here hears, and shows in its window."""
    command = [sys.executable, "-m", "facilitator", "engine", "--data", str(folder), "--port", "0"]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, timeout=60)
    assert (done.returncode, done.stdout) == (1, b"")
    return done.stderr.decode()


def test_restore_of_an_old_backup(cafe: Cafe, phone: Phone) -> None:
    """What phones wrote after the backup was made they send again, whoever was in it or not."""
    phone.write("In de kopie").received("In de kopie")
    copy = Path(cafe.ask("POST", "/api/backup")["path"])
    phone.write("Na de kopie").received("Na de kopie")
    late = Phone(cafe, phone.context.browser.new_context(locale="nl-NL"))  # type: ignore[union-attr]
    late.join(2).write("Wie pas later kwam").received("Wie pas later kwam")
    before = cafe.ask("GET", "/api/state")["epoch"]

    database = rest(cafe)
    for left in database.parent.glob("facilitator.db*"):
        left.unlink()
    shutil.copy(copy, database)
    cafe.start()
    assert cafe.ask("GET", "/api/state")["epoch"] != before
    phone.received("In de kopie", "Na de kopie")
    late.received("Wie pas later kwam")
    expected = ["In de kopie", "Na de kopie", "Wie pas later kwam"]
    until(lambda: cafe.texts() == expected)
    assert {note["table"] for note in cafe.all("note")} == {
        cafe.table(1)["id"],
        cafe.table(2)["id"],
    }
    late.context.close()


def until(so: Callable[[], bool]) -> None:
    """Wait for it; the test has a time limit."""
    while not so():
        pass


def test_corrupt_file(cafe: Cafe) -> None:
    """It is told and left as it is, for who may still get something out of it."""
    database = rest(cafe)
    content = bytearray(database.read_bytes())
    content[4096 : 4096 * 6] = b"\xa5" * (4096 * 5)
    database.write_bytes(content)
    assert "De database is beschadigd" in refused_start(cafe.folder)
    assert database.read_bytes() == bytes(content)


def test_newer_file(cafe: Cafe) -> None:
    """Reading and exporting go; a phone's note is refused with words, and stays with the phone."""
    cafe.send("edit_meeting", title="Van later")
    token = httpx.post(
        f"{cafe.url}/api/join",
        json={"id": "6f2a7c1e-8f0d-4f9b-8f44-0d8f3b1f7a10", "code": cafe.table()["code"]},
    ).json()["token"]
    with closing(sqlite3.connect(rest(cafe))) as newer:
        newer.execute("PRAGMA user_version = 99")
        newer.commit()
    cafe.start()
    assert cafe.ask("GET", "/api/engine")["read_only"] is True
    assert [meeting["title"] for meeting in cafe.all("meeting")] == ["Van later"]
    headers = {"Authorization": f"Bearer {cafe.token}"}
    file = httpx.get(f"{cafe.url}/api/meetings/{cafe.meeting}/file.cafe", headers=headers)
    assert file.content.startswith(b"PK")
    note = {"command": "write_note", "id": cafe.meeting, "note": cafe.meeting, "text": "Nu"}
    answer = httpx.post(
        f"{cafe.url}/api/commands",
        json={"commands": [{**note, "table": None, "step": None}]},
        headers={"Authorization": f"Bearer {token}"},
    )
    assert answer.status_code == httpx.codes.SERVICE_UNAVAILABLE  # so that it is sent later
    assert "nieuwere versie" in answer.json()["error"]["message"]


def test_two_app_instances(cafe: Cafe, phone: Phone) -> None:
    """A second engine is refused, and the first goes on; a window finds the one that runs."""
    assert "al in gebruik" in refused_start(cafe.folder)
    phone.write("Gewoon door").received("Gewoon door")
    assert cafe.texts() == ["Gewoon door"]


def test_killed_engine_leaves_the_folder_free(cafe: Cafe, phone: Phone) -> None:
    """The lock goes with the program: no file has to be removed by hand."""
    phone.write("Voor").received("Voor")
    cafe.kill()
    assert (cafe.folder / "engine.json").exists()
    cafe.start()
    phone.write("Na").received("Voor", "Na")


@pytest.mark.parametrize("place", ["OneDrive - Het Huis/Avonden", "Dropbox", "avonden"])
def test_database_in_a_synchronised_folder(tmp_path: Path, place: str) -> None:
    """Refused with words, before anything is written there; a finished backup may go there."""
    folder = tmp_path / place
    if place == "avonden":
        (tmp_path / ".stfolder").mkdir()
    assert "met internet wordt gelijkgehouden" in refused_start(folder)
    assert not folder.exists()


def test_backup_into_a_synchronised_folder(cafe: Cafe, tmp_path: Path) -> None:
    synced = tmp_path / "OneDrive"
    synced.mkdir()
    copy = synced / "kopie.db"
    command = [sys.executable, "-m", "facilitator", "backup", "--data", str(cafe.folder)]
    done = subprocess.run([*command, "--to", str(copy)], cwd=ROOT, check=False, timeout=60)
    assert done.returncode == 0
    assert copy.read_bytes().startswith(b"SQLite format 3")


def test_port_taken(cafe: Cafe) -> None:
    """The port is on the table cards: another is not taken, it is told."""
    cafe.kill()
    with socket.create_server(("", cafe.port)):
        command = [sys.executable, "-m", "facilitator", "engine", "--data", str(cafe.folder)]
        done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, timeout=60)
    assert done.returncode == 1
    assert f"Poort {cafe.port} is in gebruik" in done.stderr.decode()
    cafe.start()
    assert cafe.texts() == []
