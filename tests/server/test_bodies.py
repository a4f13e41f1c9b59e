"""What cannot be read: the right status, and nothing changed."""

from __future__ import annotations

import contextlib
import json
import socket
from collections.abc import Callable

import pytest

from tests.server.cafe import HOST, Cafe, Engine, Phone

NOTE = '{"commands":[{"command":"write_note","id":"%s","note":"%s","table":"%s","step":null,"text":%s}]}'


def _with_text(phone: Phone, text: bytes) -> bytes:
    note = phone.note()
    head, tail = (NOTE % (note["id"], note["note"], note["table"], "TEXT")).encode().split(b"TEXT")
    return head + text + tail


BODIES: dict[str, tuple[Callable[[Phone], bytes], set[int]]] = {
    "nothing": (lambda phone: b"", {422}),
    "no JSON": (lambda phone: b"commands=1", {422}),
    "cut off": (lambda phone: _with_text(phone, b'"a"')[:-3], {422}),
    "another shape": (lambda phone: b'{"commands":"write"}', {422}),
    "no id": (lambda phone: b'{"commands":[{"command":"write_note"}]}', {422}),
    "null": (lambda phone: b"null", {422}),
    "deeply nested list": (lambda phone: b"[" * 50_000, {422}),
    "deeply nested command": (
        lambda phone: b'{"commands":[' + b'{"a":' * 5_000 + b"1" + b"}" * 5_000 + b"]}",
        {422},
    ),
    "deeply nested text": (
        lambda phone: _with_text(phone, b"[" * 5_000 + b"]" * 5_000),
        {200, 422},
    ),
    "half a pair": (lambda phone: _with_text(phone, b'"\\ud800"'), {422}),
    "the other half": (lambda phone: _with_text(phone, b'"a\\udc00b"'), {422}),
    "halves the wrong way round": (lambda phone: _with_text(phone, b'"\\udc00\\ud800"'), {422}),
    "half a pair in bytes": (lambda phone: _with_text(phone, b'"\xed\xa0\x80"'), {200, 422}),
    "no UTF-8": (lambda phone: _with_text(phone, b'"\xff\xfe"'), {200, 422}),
    "a huge number": (lambda phone: _with_text(phone, b"1" * 10_000), {200, 422}),
    "too large": (lambda phone: _with_text(phone, b'"' + b"x" * 1_100_000 + b'"'), {413}),
}


@pytest.mark.parametrize("name", BODIES)
def test_what_cannot_be_read_changes_nothing(engine: Engine, cafe: Cafe, name: str) -> None:
    phone = cafe.join()
    revision = cafe.revision
    make, statuses = BODIES[name]
    for path in ("/api/commands", "/api/commands?lang=nl"):
        answer = engine.ask("POST", path, phone.token, make(phone))
        assert answer.status_code in statuses, answer.text
        if answer.status_code == 200:
            assert answer.json()["results"][0]["code"] == "command.malformed"
        else:
            assert answer.json()["error"]["message"]
    assert cafe.revision == revision
    assert phone.write("Daarna gaat het gewoon verder")["status"] == "done"


@pytest.mark.parametrize("path", ["/api/join", "/api/meetings", "/api/address"])
@pytest.mark.parametrize("body", [b"", b"[", b"[" * 50_000, b'{"id":1}', b'"\\ud800"', b"\xff"])
def test_other_routes_read_as_carefully(engine: Engine, path: str, body: bytes) -> None:
    answer = engine.ask("POST", path, engine.card.console_token, body)
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "body.malformed")


def test_too_large_is_told_before_it_was_sent(engine: Engine) -> None:
    head = (
        f"POST /api/join HTTP/1.1\r\nHost: {HOST}:{engine.card.port}\r\n"
        "Content-Length: 99999999\r\n\r\n"
    )
    answer = engine.raw(head.encode())
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert json.loads(answer.partition(b"\r\n\r\n")[2])["error"]["code"] == "body.size"


def test_too_large_in_pieces_of_unknown_number(engine: Engine) -> None:
    with engine.client.stream(
        "POST", "/api/join", content=(b"x" * 100_000 for _ in range(30))
    ) as answer:
        assert answer.status_code == 413


def test_texts_are_cleaned(cafe: Cafe) -> None:
    phone = cafe.join()
    phone.write("  Meer\x00 bankjes\r\n\u2028en \U0001f333 bomen\x07  ")
    assert cafe.all("note")[0]["text"] == "Meer bankjes\n\nen \U0001f333 bomen"


def test_what_is_no_http_is_told_so(engine: Engine) -> None:
    assert engine.raw(b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n").startswith(b"HTTP/1.1 400 ")


@pytest.mark.parametrize(
    ("begins", "goes_on"),
    [
        (b"GET / HTTP/1.1\r\n", b"X-More: a\r\n"),
        (b"GET / HTTP/1.1\r\nX-Long: ", b"a" * 1_000),
        (b"GET /", b"a" * 1_000),
        (b"POST /api/join HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", b"X-More: a\r\n"),
        (b"POST /api/commands HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1;", b"a" * 1_000),
    ],
    ids=["many lines", "a long line", "a long address", "lines after a body", "a long chunk"],
)
def test_a_head_that_does_not_end_is_broken_off(
    engine: Engine, begins: bytes, goes_on: bytes
) -> None:
    piece = goes_on * (20_000 // len(goes_on))
    sent = 0
    with socket.create_connection((HOST, engine.card.port), timeout=5) as line:
        line.sendall(begins)
        with contextlib.suppress(ConnectionError):
            while sent < 50_000_000:
                line.sendall(piece)
                sent += len(piece)
    assert sent < 50_000_000  # what the system keeps on the way is a few megabytes
    assert engine.ask("GET", "/api/hello").status_code == 200


def test_more_questions_in_an_address_than_any_face_asks(engine: Engine, cafe: Cafe) -> None:
    many = "&".join(f"field{number}=1" for number in range(30))
    token = cafe.join().token
    for path in ("/api/hello", "/api/events", "/api/trial/stream", "/api/nothing"):
        answer = engine.ask("GET", f"{path}?{many}", token)
        assert answer.status_code in {200, 404, 422}, answer.text
        assert answer.headers["content-type"] == "application/json"
