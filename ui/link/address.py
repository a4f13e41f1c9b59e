"""The address that phones go to: which ones there are, and which one stands in the QR code."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal
from urllib.parse import urlsplit

import msgspec
from PySide6.QtCore import QObject, Signal


class Address(msgspec.Struct, frozen=True):
    """A way to reach the engine from another device."""

    url: str
    host: str = ""
    interface: str = ""
    kind: Literal["wifi", "cable", "other"] = "other"
    score: float = 0.0


class Addresses(QObject):
    """The addresses of the engine, best one first, and the one that was chosen."""

    changed = Signal()
    chosen = Signal(str)  # somebody picked this address: the engine is to keep it

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: list[Address] = []
        self._url = ""

    def url(self) -> str:
        """The address in the QR code; empty while none is known."""
        if self._url:
            return self._url
        return self._all[0].url if self._all else ""

    def all(self) -> list[Address]:
        """All addresses, best one first."""
        return list(self._all)

    def fill(self, addresses: Iterable[Address], url: str = "") -> None:
        """Take over what the engine says."""
        found = sorted(addresses, key=lambda address: -address.score)
        if (found, url) != (self._all, self._url):
            self._all, self._url = found, url
            self.changed.emit()

    def choose(self, url: str) -> None:
        """Put this address in the QR code from now on."""
        if url != self.url():
            self._url = url
            self.changed.emit()
            self.chosen.emit(url)


def typed_address(url: str, code: str = "") -> str:
    """An address as people type it: without ``http://``, with the code of a table."""
    parts = urlsplit(url)
    return f"{parts.netloc or url}{parts.path.rstrip('/')}{f'/{code}' if code else ''}"
