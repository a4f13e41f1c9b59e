"""What the engine tells, as it happens: a stream that comes back by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtNetwork import QNetworkReply

from ui.link.http import OK, Http, status_of

SILENCE: Final = 25_000  # ms; the engine says something every ten seconds
FIRST_WAIT: Final = 50  # ms before the first try to come back; doubled each time
LONGEST_WAIT: Final = 1_000  # ms; the engine is on this machine


class Event(msgspec.Struct, frozen=True):
    """One thing that was told."""

    name: str
    data: bytes


class Parser:
    """Cuts a stream of ``text/event-stream`` into events, wherever the pieces of it end."""

    def __init__(self) -> None:
        self._rest = b""
        self._name = ""
        self._data: list[bytes] = []

    def feed(self, piece: bytes) -> Iterator[Event]:
        """The events that are complete with this piece."""
        lines = (self._rest + piece).replace(b"\r\n", b"\n").split(b"\n")
        self._rest = lines.pop()
        for line in lines:
            if line:
                self._field(line)
            elif self._data or self._name:
                yield Event(self._name or "message", b"\n".join(self._data))
                self._name, self._data = "", []

    def _field(self, line: bytes) -> None:
        name, _colon, value = line.partition(b":")
        value = value.removeprefix(b" ")
        if name == b"event":
            self._name = value.decode("utf-8", "replace")
        elif name == b"data":
            self._data.append(value)


class Events(QObject):
    """A stream of events. When it breaks, it is asked for again, from where it had come."""

    told = Signal(object)  # an Event
    opened = Signal()
    broken = Signal()

    def __init__(self, http: Http, path: Callable[[], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._http = http
        self._path = path
        self._reply: QNetworkReply | None = None
        self._parser = Parser()
        self._wanted = False
        self._wait = FIRST_WAIT
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.timeout.connect(self._open)
        self._watch = QTimer(self)
        self._watch.setSingleShot(True)
        self._watch.setInterval(SILENCE)
        self._watch.timeout.connect(self._silent)

    def start(self) -> None:
        """Listen from now on."""
        self.stop()
        self._wanted = True
        self._wait = FIRST_WAIT
        self._open()

    def stop(self) -> None:
        """Listen no more."""
        self._wanted = False
        self._again.stop()
        self._watch.stop()
        reply = self._let_go()
        if reply is not None:
            reply.abort()

    def _open(self) -> None:
        self._parser = Parser()
        self._reply = self._http.stream(self._path())
        self._reply.readyRead.connect(self._read)
        self._reply.finished.connect(self._ended)
        self._watch.start()

    def _let_go(self) -> QNetworkReply | None:
        reply, self._reply = self._reply, None
        if reply is not None:
            reply.readyRead.disconnect(self._read)
            reply.finished.disconnect(self._ended)
            reply.deleteLater()
        return reply

    def _read(self) -> None:
        reply = self._reply
        if reply is None or status_of(reply) != OK:
            return
        if self._wait:
            self._wait = 0
            self.opened.emit()
        self._watch.start()
        for event in self._parser.feed(bytes(reply.readAll().data())):
            if reply is self._reply:  # a listener may have stopped or restarted us
                self.told.emit(event)

    def _ended(self) -> None:
        self._let_go()
        self._watch.stop()
        if self._wanted:
            self._wait = min(LONGEST_WAIT, max(FIRST_WAIT, self._wait * 2))
            self._again.start(self._wait)
            self.broken.emit()

    def _silent(self) -> None:
        if self._reply is not None:
            self._reply.abort()
