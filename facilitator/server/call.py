"""A request as our routes see it, and what they answer. Just enough HTTP, so that it stays quick."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from typing import TYPE_CHECKING, Any, Final, TypeVar
from urllib.parse import parse_qsl
from uuid import UUID

import msgspec

from facilitator.kernel.errors import FacilitatorError, Malformed
from facilitator.server.access import Caller

if TYPE_CHECKING:
    from facilitator.server.connection import Connection

Scope = Mapping[str, Any]
Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Send = Callable[[Mapping[str, Any]], Awaitable[None]]

BODY: Final = 1_000_000  # bytes; fifty commands with long explanations
CONNECTION: Final = "facilitator.connection"  # where the connection stands in the scope
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}")
_NUMBER: Final = re.compile(rb"\d{1,12}")

T = TypeVar("T")


class TooLarge(FacilitatorError):
    """More was sent than this route takes."""


class Gone(Exception):
    """Who asked went away in the middle."""


class Call:
    """One request."""

    __slots__ = ("_receive", "caller", "headers", "keys", "method", "path", "scope")

    def __init__(self, scope: Scope, receive: Receive) -> None:
        self.scope = scope
        self.method: str = scope["method"]
        self.path: str = scope["path"]
        self.headers: dict[bytes, bytes] = dict(scope["headers"])
        self.keys: tuple[str, ...] = ()  # what stood at the open places of the route's path
        self.caller = Caller()
        self._receive = receive

    @property
    def connection(self) -> Connection:
        """The connection that it came over."""
        connection: Connection = self.scope["extensions"][CONNECTION]
        return connection

    @property
    def client(self) -> str:
        """The address that it came from; empty where that is not told."""
        client = self.scope["client"]
        return str(client[0]) if client else ""

    def query(self, name: str) -> str | None:
        """A value from the address after ``?``; of what no face of ours asks, nothing."""
        query: bytes = self.scope["query_string"]
        try:
            return dict(parse_qsl(query.decode("latin-1"), max_num_fields=20)).get(name)
        except ValueError:
            return None

    def language(self) -> str:
        """The language that the reader asked for; Dutch when none."""
        asked = self.query("lang")
        return language_of(self.headers) if asked is None else _language(asked)

    def token(self) -> str:
        """The bearer token; empty when there is none."""
        return bearer(self.headers)

    def key(self, place: int = 0) -> UUID:
        """The id at an open place of the path. Raises ``Malformed``."""
        return read_id(self.keys[place])

    async def body(self, limit: int = BODY) -> bytes:
        """What was sent. Raises ``TooLarge``, as soon as that is known."""
        declared = self.headers.get(b"content-length", b"0")
        if not _NUMBER.fullmatch(declared) or int(declared) > limit:
            raise TooLarge("body.size", maximum=limit)
        message = await self._receive()
        if message["type"] == "http.request" and not message["more_body"]:
            whole: bytes = message["body"]
            if len(whole) > limit:
                raise TooLarge("body.size", maximum=limit)
            return whole
        return await self._long_body(message, limit)

    async def _long_body(self, message: Mapping[str, Any], limit: int) -> bytes:
        parts: list[bytes] = []
        size = 0
        while True:
            if message["type"] != "http.request":
                raise Gone
            parts.append(message["body"])
            size += len(parts[-1])
            if size > limit:
                raise TooLarge("body.size", maximum=limit)
            if not message["more_body"]:
                return b"".join(parts)
            message = await self._receive()

    async def unless_left(self, work: Coroutine[Any, Any, T]) -> T:
        """What comes of the work; it is ended as soon as who asked goes away. Raises ``Gone``."""
        task = asyncio.create_task(work)

        def left() -> None:
            task.cancel()

        self.connection.watch(left)
        try:
            return await task
        except asyncio.CancelledError as error:
            asked = asyncio.current_task()
            if asked is not None and asked.cancelling():
                raise
            raise Gone from error
        finally:
            self.connection.watch(None)

    async def read(self, decoder: msgspec.json.Decoder[T]) -> T:
        """What was sent, as the struct that the route takes. Raises ``Malformed``."""
        return decoded(decoder, await self.body())


def bearer(headers: Mapping[bytes, bytes]) -> str:
    """The bearer token; empty when there is none."""
    header = headers.get(b"authorization", b"")
    return header[7:].decode("latin-1") if header[:7].lower() == b"bearer " else ""


def language_of(headers: Mapping[bytes, bytes]) -> str:
    """The language that the browser asks for; Dutch when none."""
    return _language(headers.get(b"accept-language", b"").decode("latin-1"))


def _language(asked: str) -> str:
    found = _LANGUAGE.match(asked.strip().lower())
    return found[0] if found else "nl"


class Reply(msgspec.Struct, frozen=True):
    """What a route answers."""

    status: int = 200
    body: bytes = b""
    type: bytes = b"application/json"
    headers: tuple[tuple[bytes, bytes], ...] = ()


_NO_STORE: Final = (b"cache-control", b"no-store")
_ENCODER: Final = msgspec.json.Encoder()


def json(thing: object, status: int = 200) -> Reply:
    """A struct, list or mapping as the answer."""
    return Reply(status=status, body=_ENCODER.encode(thing))


def decoded(decoder: msgspec.json.Decoder[T], raw: bytes | msgspec.Raw) -> T:
    """The JSON, read from its bytes. Raises ``Malformed`` whatever is wrong with it."""
    try:
        return decoder.decode(raw)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise Malformed("body.malformed", why=str(error)) from error


def read_id(text: str) -> UUID:
    """The id that stands here. Raises ``Malformed``."""
    try:
        return UUID(text)
    except ValueError as error:
        raise Malformed("id.malformed") from error


async def send_reply(send: Send, reply: Reply) -> None:
    """Send the whole answer. What does not say otherwise is kept by nobody."""
    headers = [
        (b"content-type", reply.type),
        (b"content-length", b"%d" % len(reply.body)),
        *reply.headers,
    ]
    if not any(name == b"cache-control" for name, _value in reply.headers):
        headers.append(_NO_STORE)
    await send({"type": "http.response.start", "status": reply.status, "headers": headers})
    await send({"type": "http.response.body", "body": reply.body, "more_body": False})
