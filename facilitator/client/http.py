"""A small HTTP/1.1 client: one connection that is kept, and streams of events."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping
from typing import Any, Final

import msgspec

from facilitator.kernel.errors import (
    FacilitatorError,
    Forbidden,
    Malformed,
    NotFound,
    Refused,
    Unavailable,
)

PATIENCE: Final = 120.0  # seconds for an answer; a PDF may take a hundred
_LARGEST_LINE: Final = 64 * 1024
_OK: Final = range(200, 300)
_ERRORS: Final[Mapping[int, type[FacilitatorError]]] = {
    401: Forbidden,
    403: Forbidden,
    404: NotFound,
    409: Refused,
    413: Malformed,
    421: Forbidden,
    422: Malformed,
}


class Answer(msgspec.Struct, frozen=True):
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        """The body, read. Raises what the engine said when it is a refusal."""
        self.check()
        return msgspec.json.decode(self.body) if self.body else None

    def check(self) -> None:
        """Raises the engine's error where this is no success."""
        if self.status not in _OK:
            raise _error(self)


class Event(msgspec.Struct, frozen=True):
    """One event of a stream; ``data`` is its JSON."""

    name: str
    data: bytes

    def json(self) -> Any:
        """What it says."""
        return msgspec.json.decode(self.data)


class _Said(msgspec.Struct):
    code: str
    values: dict[str, str | float] = {}


class _Body(msgspec.Struct):
    error: _Said


class Http:
    """Asks one engine, in the name of one token."""

    def __init__(self, host: str, port: int, token: str = "", language: str = "nl") -> None:
        self.host = host
        self.port = port
        self.token = token
        self.language = language
        self._open: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self._turn = asyncio.Lock()

    async def ask(self, method: str, path: str, body: Any = None, *, fresh: bool = False) -> Answer:
        """Ask, and wait for the answer. ``body``: bytes, or anything that becomes JSON.

        A kept connection that turns out to be closed is opened again and the request sent again;
        where that might do a thing twice, ask for a ``fresh`` one. Raises ``Unavailable``.
        """
        raw = (
            b"" if body is None else body if isinstance(body, bytes) else msgspec.json.encode(body)
        )
        message = self._head(method, path, len(raw)) + raw
        async with self._turn:
            if fresh:
                self._drop()
            reused = self._open is not None
            try:
                return await self._exchange(message)
            except (OSError, EOFError, TimeoutError) as error:
                self._drop()
                if not reused:
                    raise Unavailable("engine.unreachable") from error
            try:
                return await self._exchange(message)
            except (OSError, EOFError, TimeoutError) as error:
                self._drop()
                raise Unavailable("engine.unreachable") from error

    async def get(self, path: str) -> Any:
        """What is there, read from JSON."""
        return (await self.ask("GET", path)).json()

    async def post(self, path: str, body: Any = None) -> Any:
        """What came of it, read from JSON."""
        return (await self.ask("POST", path, {} if body is None else body)).json()

    async def listen(self, path: str) -> AsyncIterator[Event]:
        """The events of a stream, on a connection of its own, until either side ends it."""
        reader, writer = await self._connect()
        try:
            writer.write(self._head("GET", path, 0))
            status, headers = await _read_head(reader)
            if status not in _OK:
                Answer(status, headers, await _read_body(reader, headers)).check()
            async for event in _events(reader):
                yield event
        finally:
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()

    async def close(self) -> None:
        """Hang up."""
        self._drop()

    async def _exchange(self, message: bytes) -> Answer:
        if self._open is None:
            self._open = await self._connect()
        reader, writer = self._open
        async with asyncio.timeout(PATIENCE):
            writer.write(message)
            await writer.drain()
            status, headers = await _read_head(reader)
            body = b"" if status in {204, 304} else await _read_body(reader, headers)
        if headers.get("connection") == "close":
            self._drop()
        return Answer(status, headers, body)

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        try:
            return await asyncio.open_connection(self.host, self.port, limit=_LARGEST_LINE)
        except OSError as error:
            raise Unavailable("engine.unreachable") from error

    def _drop(self) -> None:
        if self._open is not None:
            self._open[1].close()
            self._open = None

    def _head(self, method: str, path: str, length: int) -> bytes:
        lines = [
            f"{method} {path} HTTP/1.1",
            f"Host: {self.host}:{self.port}",
            f"Content-Length: {length}",
            f"Accept-Language: {self.language}",
        ]
        if self.token:
            lines.append(f"Authorization: Bearer {self.token}")
        return "\r\n".join([*lines, "", ""]).encode("latin-1")


async def _read_head(reader: asyncio.StreamReader) -> tuple[int, dict[str, str]]:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *lines = head.split("\r\n")
    headers = dict(line.lower().split(": ", 1) for line in lines if ": " in line)
    return int(first.split(" ", 2)[1]), headers


async def _read_body(reader: asyncio.StreamReader, headers: Mapping[str, str]) -> bytes:
    if "content-length" in headers:
        return await reader.readexactly(int(headers["content-length"]))
    return b"".join([chunk async for chunk in _chunks(reader)])


async def _chunks(reader: asyncio.StreamReader) -> AsyncIterator[bytes]:
    while size := int(await reader.readuntil(b"\r\n"), 16):
        yield (await reader.readexactly(size + 2))[:-2]
    await reader.readuntil(b"\r\n")


async def _events(reader: asyncio.StreamReader) -> AsyncIterator[Event]:
    rest = b""
    with contextlib.suppress(EOFError, OSError):
        async for chunk in _chunks(reader):
            *whole, rest = (rest + chunk).split(b"\n\n")
            for text in whole:
                fields = dict(line.split(b": ", 1) for line in text.split(b"\n"))
                yield Event(name=fields[b"event"].decode(), data=fields[b"data"])


def _error(answer: Answer) -> FacilitatorError:
    try:
        said = msgspec.json.decode(answer.body, type=_Body).error
    except msgspec.MsgspecError:
        said = _Said(code="engine.answer")
    return _ERRORS.get(answer.status, Unavailable)(said.code, **said.values)
