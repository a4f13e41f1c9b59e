"""Requests to the engine over Qt's own network classes: no threads, nothing that waits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeVar

import msgspec
import shiboken6
from PySide6.QtCore import QByteArray, QIODevice, QObject, QUrl
from PySide6.QtNetwork import (
    QNetworkAccessManager,
    QNetworkProxy,
    QNetworkReply,
    QNetworkRequest,
)

from facilitator.i18n import words
from facilitator.kernel.errors import (
    Conflict,
    FacilitatorError,
    Forbidden,
    Malformed,
    NotFound,
    Refused,
    Unavailable,
)

TIMEOUT: Final = 15_000  # ms; an answer comes in a few, or not at all
SLOW: Final = 120_000  # ms; a large file
LONG: Final = 330_000  # ms; a file that the engine first has to make
OK: Final = 200
BAD: Final = 400

Done = Callable[[bytes | None, FacilitatorError | None], None]
"""Hears the body of the answer, or what went wrong."""

Received = Callable[[int, int], None]
"""Hears how many bytes of the answer are there, and of how many; -1 where that is not known."""

T = TypeVar("T")
U = TypeVar("U")

_CLASSES: Final[dict[int, type[FacilitatorError]]] = {
    400: Malformed,
    401: Forbidden,
    403: Forbidden,
    404: NotFound,
    409: Conflict,
    413: Malformed,
    422: Refused,
}


class _Wrong(msgspec.Struct):
    code: str
    values: dict[str, Any] = {}
    message: str = ""


class _Body(msgspec.Struct):
    error: _Wrong


class Http(QObject):
    """Where the engine is, who we are to it, and a way to ask."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.base = ""
        self.token = ""
        self._waiting: dict[QNetworkReply, Done] = {}
        self._network = QNetworkAccessManager(self)
        self._network.finished.connect(self._finished)
        self._network.setProxy(QNetworkProxy(QNetworkProxy.ProxyType.NoProxy))
        self._network.setRedirectPolicy(QNetworkRequest.RedirectPolicy.ManualRedirectPolicy)

    def get(self, path: str, done: Done, timeout: int = TIMEOUT) -> None:
        """Ask for something."""
        self._heard(self._network.get(self.request(path, timeout)), done)

    def fetch(
        self, path: str, done: Done, timeout: int, received: Received | None = None
    ) -> Callable[[], None]:
        """Ask for a file; what comes back breaks it off, and nothing is heard of it any more."""
        reply = self._network.get(self.request(path, timeout))
        if received is not None:
            reply.downloadProgress.connect(received)
        self._heard(reply, done)

        def break_off() -> None:
            if self._waiting.pop(reply, None) is not None:
                reply.abort()
                reply.deleteLater()

        return break_off

    def post(self, path: str, body: object, done: Done, timeout: int = TIMEOUT) -> None:
        """Send something: bytes as they are, anything else as JSON."""
        raw = body if isinstance(body, bytes) else msgspec.json.encode(body)
        request = self.request(path, timeout)
        kind = "application/octet-stream" if isinstance(body, bytes) else "application/json"
        request.setHeader(QNetworkRequest.KnownHeaders.ContentTypeHeader, kind)
        self._heard(self._network.post(request, QByteArray(raw)), done)

    def put(self, path: str, file: QIODevice, done: Done, timeout: int = TIMEOUT) -> None:
        """Send a file, read as the line takes it. The file is ours from now on."""
        request = self.request(path, timeout)
        header = QNetworkRequest.KnownHeaders.ContentTypeHeader
        request.setHeader(header, "application/octet-stream")
        reply = self._network.put(request, file)
        file.setParent(reply)
        self._heard(reply, done)

    def delete(self, path: str, done: Done) -> None:
        """Remove something."""
        self._heard(self._network.deleteResource(self.request(path, TIMEOUT)), done)

    def stream(self, path: str) -> QNetworkReply:
        """Ask for what goes on coming; the caller reads it."""
        request = self.request(path, 0)
        request.setRawHeader(b"Accept", b"text/event-stream")
        return self._network.get(request)

    def request(self, path: str, timeout: int) -> QNetworkRequest:
        """A request that says who we are and in which language we read."""
        request = QNetworkRequest(QUrl(self.base + path))
        request.setAttribute(QNetworkRequest.Attribute.Http2AllowedAttribute, False)
        request.setRawHeader(b"Accept-Language", words().language.encode())
        if self.token:
            request.setRawHeader(b"Authorization", f"Bearer {self.token}".encode())
        if timeout:
            request.setTransferTimeout(timeout)
        return request

    def _heard(self, reply: QNetworkReply, done: Done) -> None:
        self._waiting[reply] = done

    def _finished(self, reply: QNetworkReply) -> None:
        done = self._waiting.pop(reply, None)
        if done is None:
            return  # a stream: who opened it, listens
        reply.deleteLater()
        error = error_of(reply)
        done(None if error else bytes(reply.readAll().data()), error)


def status_of(reply: QNetworkReply) -> int:
    """The HTTP status; 0 where no answer came."""
    return int(reply.attribute(QNetworkRequest.Attribute.HttpStatusCodeAttribute) or 0)


def error_of(reply: QNetworkReply) -> FacilitatorError | None:
    """What went wrong with a request that has ended; None where nothing did."""
    status = status_of(reply)
    if status >= BAD:
        return _refusal(status, bytes(reply.readAll().data()))
    if status < OK or reply.error() is not QNetworkReply.NetworkError.NoError:
        return Unavailable("engine.unreachable")
    return None


def _refusal(status: int, body: bytes) -> FacilitatorError:
    kind = _CLASSES.get(status, Unavailable)
    try:
        wrong = msgspec.json.decode(body, type=_Body).error
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return kind("engine.answer", status=status)
    return made(kind, wrong.code, wrong.values, wrong.message)


def made(
    kind: type[FacilitatorError], code: str, values: dict[str, Any], message: str
) -> FacilitatorError:
    """An error of ours from what the engine said, with its own words as ``message``."""
    if message:
        values = {**values, "message": message}
    return kind(code, **{name: value for name, value in values.items() if name != "code"})


def decoded(kind: type[T], done: Callable[[T | None, FacilitatorError | None], None]) -> Done:
    """A listener that hears the body as a value instead of bytes."""

    def heard(body: bytes | None, error: FacilitatorError | None) -> None:
        if body is None:
            done(None, error)
            return
        try:
            value = msgspec.json.decode(body, type=kind)
        except (msgspec.MsgspecError, UnicodeDecodeError) as wrong:
            done(None, Malformed("engine.answer", why=str(wrong)))
            return
        done(value, None)

    return heard


def while_alive(owner: QObject, done: Callable[[T, U], None]) -> Callable[[T, U], None]:
    """A listener that hears nothing once ``owner`` is gone: a page that was left, a closed window."""

    def heard(body: T, error: U) -> None:
        if shiboken6.isValid(owner):
            done(body, error)

    return heard
