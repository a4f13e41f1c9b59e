"""After a stormy evening the log says what went wrong, and nothing of anybody.

No text, no name, no token and no address, whatever was sent and whatever broke. Words are planted in
all of it; then the bytes of every file of the log are searched.
"""

from __future__ import annotations

import contextlib
import json
import logging
import re
import socket
import sqlite3
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock
from uuid import uuid4

import httpx
import pytest
from sqlalchemy.exc import OperationalError

from facilitator.meeting.features import RULES
from facilitator.meeting.notes import EditNote, WriteNote
from facilitator.server import cafes, hub, press, routes_library
from facilitator.store.statements import Statements
from tests.server.cafe import HOST, Cafe, Engine, Phone
from tests.threats.traces import traces

TEXT, NAME, TITLE = "Kwartelkoning zegt: geheim", "Mevrouw Roerdomp", "Avond van de Wielewaal"
TOKEN = "vals-token-" + "x7" * 20
ADDRESS = "127.0.66.77"  # of the phone
FOUR = re.compile(rb"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])")
SIX = re.compile(rb"(?<![\w:])(?:[0-9a-fA-F]{1,4}:){3,7}[0-9a-fA-F]{1,4}|[0-9a-fA-F]{0,4}::[\w:.]*")


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    running = Engine(tmp_path / "data")
    yield running
    if running.thread.is_alive():
        running.stop()


def logged(engine: Engine) -> bytes:
    folder = engine.folder / "logs"
    return b"".join(path.read_bytes() for path in sorted(folder.iterdir()))


def line(engine: Engine, host: str = HOST, source: str = ADDRESS) -> socket.socket:
    """A connection of the phone's own."""
    where = (source, 0) if source else None
    return socket.create_connection((host, engine.card.port), timeout=1, source_address=where)


def say(engine: Engine, message: bytes, *, host: str = HOST, source: str = ADDRESS) -> bytes:
    """What comes first of the answer to these bytes."""
    with line(engine, host, source) as open_line:
        open_line.sendall(message)
        with contextlib.suppress(ConnectionError, TimeoutError):
            return open_line.recv(65536)
    return b""


def head(engine: Engine, first: str, *lines: str) -> bytes:
    host = f"Host: {HOST}:{engine.card.port}"
    return "\r\n".join([first, host, *lines, "", ""]).encode("utf-8", "surrogateescape")


def strange_requests(engine: Engine, phone: Phone) -> None:
    """What no browser sends."""
    secret = TEXT.replace(" ", "-")
    port = engine.card.port
    for message in (
        f"{TEXT}\r\n\r\n".encode(),
        b"\x16\x03\x01" + TEXT.encode() * 9,
        f"GET /{secret} HTTP/9.9\r\n\r\n".encode(),
        f"GET / HTTP/1.1\r\nHost: {secret}.example\r\n\r\n".encode(),
        f"GET / HTTP/1.1\r\nHost: {HOST}:{port}\r\nX: {TEXT}\x00\r\n\r\n".encode(),
        head(engine, f"GET /api/state?meeting={secret} HTTP/1.1", f"Authorization: Bearer {TOKEN}"),
        head(engine, f"GET /api/events?after={secret} HTTP/1.1", f"Authorization: {phone.token}"),
        head(engine, "GET / HTTP/1.1", "Upgrade: websocket", "Connection: upgrade", f"X: {TEXT}"),
        head(engine, f"BREW /{secret} HTTP/1.1"),
        head(engine, f"GET /web/..%2f{secret} HTTP/1.1"),
        head(engine, "POST /api/join HTTP/1.1", "Transfer-Encoding: chunked") + TEXT.encode(),
        head(engine, "POST /api/join HTTP/1.1", f"Content-Length: {secret}"),
        head(engine, "GET / HTTP/1.1", *(f"X-{number}: {TEXT}" for number in range(900))),
    ):
        say(engine, message)
    say(engine, head(engine, f"GET /{secret} HTTP/1.1"), host="::1", source="")


def evil_bodies(engine: Engine, cafe: Cafe, phone: Phone) -> None:
    """What no phone of ours sends."""
    for body in (
        b'{"commands": ' + b"[" * 5000,
        b'{"commands": [{"command": "' + TEXT.encode() + b'", "id": "x"}]}',
        json.dumps({"commands": [{**phone.note(TEXT), "table": TEXT}]}).encode(),
        json.dumps({"commands": [{**phone.note("\ud800" + TEXT)}]}).encode(),
        TEXT.encode("utf-16"),
        b'"' + TEXT.encode() * 40_000 + b'"',
    ):
        for path in ("/api/commands", "/api/join", "/api/meetings"):
            engine.ask("POST", path, phone.token, body)
    token = engine.card.console_token
    engine.ask("PUT", f"/api/photos/{uuid4()}?meeting={cafe.id}", token, TEXT.encode() * 99)
    engine.ask("POST", "/api/meetings/import", token, b"PK\x03\x04" + TEXT.encode())
    engine.ask("POST", "/api/address", token, {"url": f"http://{ADDRESS}/{NAME}"})
    engine.ask("GET", "/api/state", TOKEN)
    engine.ask("POST", "/api/commands", TOKEN, {"commands": [phone.note(TEXT)]})


def broken_streams(engine: Engine, cafe: Cafe, phone: Phone) -> None:
    """Phones that are gone without a word while much is told."""
    lines = []
    for _ in range(3):
        open_line = line(engine)
        auth = f"Authorization: Bearer {phone.token}"
        open_line.sendall(head(engine, "GET /api/events?after=0 HTTP/1.1", auth))
        open_line.recv(4096)
        lines.append(open_line)
    for open_line in lines:
        open_line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        open_line.close()
    for number in range(20):
        cafe.do("add_participant", participant=str(uuid4()), name=f"{NAME} {number}")


def failing(*given: Any, **named: Any) -> Any:
    """A part of ours that breaks, and says about what."""
    raise ValueError(f"{TEXT} {NAME} {TITLE} {TOKEN} {ADDRESS}:4321 {given} {named}")


def no_disk(*_: Any, **__: Any) -> None:
    """SQLAlchemy says with what a statement failed."""
    row = {"name": NAME, "text": TEXT}
    raise OperationalError("INSERT", row, sqlite3.OperationalError(f"{TEXT} {ADDRESS}"))


def broken_parts(engine: Engine, cafe: Cafe, phone: Phone) -> None:
    """Everything of ours breaks once, in the middle of somebody's words."""
    console = engine.card.console_token
    note = phone.note(TEXT, key="mijn")
    edit = {"command": "edit_note", "id": str(uuid4()), "note": str(uuid4()), "text": TEXT}
    with mock.patch.dict(RULES, {WriteNote: failing, EditNote: failing}):
        codes = [result["code"] for result in phone.results(note, {**edit, "key": "mijn"})]
        assert codes == ["rule.failed", "rule.failed"]
    with mock.patch.object(Statements, "save", no_disk):
        assert phone.send(phone.note(TEXT)).status_code == 503
    with mock.patch.object(Statements, "save", failing):
        assert phone.send(phone.note(TEXT)).status_code in {200, 503}
    for where, name, method, path in (
        (cafes.Cafe, "seen_by", "GET", "/api/state"),
        (routes_library, "new_meeting", "POST", "/api/meetings"),
        (press.Press, "report", "GET", f"/api/report.docx?meeting={cafe.id}"),
    ):
        token = phone.token if name == "seen_by" else console
        body = {"id": str(uuid4()), "title": TITLE} if method == "POST" else None
        with mock.patch.object(where, name, failing):
            assert engine.ask(method, path, token, body).status_code in {409, 503}
    wish, auth = {"commands": [cafe_note(TEXT)]}, {"authorization": f"Bearer {console}"}
    with mock.patch.object(hub.Room, "tell", failing), pytest.raises(httpx.ReadTimeout):
        engine.client.post(cafe.send_to, json=wish, headers=auth, timeout=0.5)


def cafe_note(text: str) -> dict[str, Any]:
    wish = {"command": "write_note", "id": str(uuid4()), "note": str(uuid4()), "text": text}
    return {**wish, "table": None, "step": None}


def test_the_log_of_a_storm_says_nothing_of_anybody(engine: Engine) -> None:
    cafe = Cafe(engine, named=True, title=TITLE)
    phone = cafe.join(name=NAME)
    strange_requests(engine, phone)
    evil_bodies(engine, cafe, phone)
    broken_streams(engine, cafe, phone)
    broken_parts(engine, cafe, phone)
    strange_requests(engine, phone)
    assert engine.ask("GET", "/api/hello").is_success
    logging.getLogger("uvicorn.error").warning("Invalid HTTP request received.\n%s", TEXT)
    logging.getLogger("asyncio").error("Fatal error on transport\nprotocol: %s", ADDRESS)
    engine.stop()
    log = logged(engine)
    assert log.count(b"ValueError") >= 5
    assert b"a rule failed: write_note" in log
    for word in (b"OperationalError", b"GET failed", b"Fatal error", b"in callback Desk._told\n"):
        assert word in log
    secrets = [TEXT, "Kwartelkoning", "geheim", NAME, "Roerdomp", TITLE, "Wielewaal", "mijn"]
    tokens = [TOKEN, phone.token, engine.card.console_token, engine.card.hall_token]
    ids = [phone.id, cafe.id, *(table["code"] for table in cafe.tables)]
    assert traces(engine.folder / "logs", [*secrets, *tokens, *ids, ADDRESS]) == []
    assert FOUR.findall(log) == []
    assert SIX.findall(log) == []
    assert str(engine.card.port).encode() not in log


def test_the_search_for_addresses_finds_them() -> None:
    for address in (b"from 192.168.1.20:4242", b"('10.0.0.1', 80)"):
        assert FOUR.search(address)
    for address in (
        b"fe80::1%eth0",
        b"[2001:db8::7]:80",
        b"2001:db8:1:2:3:4:5:6",
        b"::1",
        b"::ffff:7f",
    ):
        assert SIX.search(address), address
    for innocent in (b"2026-11-22 09:40:33,123 WARNING x: version 3.11.7", b"app.py:44 _answer"):
        assert not FOUR.search(innocent)
        assert not SIX.search(innocent)


def test_a_log_that_is_less_discreet_is_caught(engine: Engine) -> None:
    cafe = Cafe(engine)
    phone = cafe.join()
    with (
        mock.patch("facilitator.kernel.remarks.Discreet.formatException", tell_all),
        mock.patch.object(cafes.Cafe, "seen_by", failing),
    ):
        assert engine.ask("GET", "/api/state", phone.token).status_code == 503
    engine.stop()
    assert traces(engine.folder / "logs", [TEXT, NAME]) != []
    assert FOUR.search(logged(engine))


def tell_all(self: logging.Formatter, ei: Any) -> str:
    """As logging does it by itself."""
    return logging.Formatter.formatException(self, ei)
