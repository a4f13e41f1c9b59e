"""The address that phones go to: which ones there are, and which one stands in the QR code."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal
from urllib.parse import urlsplit

import msgspec
from PySide6.QtCore import QObject, Signal

CANDIDATES: Final = 3
NOWHERE: Final = frozenset({"localhost", "127.0.0.1", "::1"})


class Address(msgspec.Struct, frozen=True):
    """A way to reach the engine from another device."""

    url: str
    host: str = ""
    interface: str = ""
    kind: Literal["wifi", "cable", "other"] = "other"
    score: float = 0.0
    name: str = ""  # what a person knows: wifi ‘Gemeente-gast’, kabel
    proven: bool = False  # a phone came by it


class Addresses(QObject):
    """The addresses of the engine, best one first, and the one that was chosen."""

    changed = Signal()
    chosen = Signal(str)  # somebody picked this address: the engine is to keep it

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: list[Address] = []
        self._url = ""
        self.ask = False  # several are as likely: a person has to say where the phones are
        self.picked = ""  # what was chosen at this console

    def url(self) -> str:
        """The address in the QR code; empty while none is known."""
        if self._url:
            return self._url
        return self._all[0].url if self._all else ""

    def all(self) -> list[Address]:
        """All addresses, best one first."""
        return list(self._all)

    def candidates(self) -> list[Address]:
        """Those that are asked for: the best of each network, and few enough for a glance."""
        best: dict[str, Address] = {}
        for address in self._all:
            best.setdefault(address.interface or address.url, address)
        return list(best.values())[:CANDIDATES]

    @property
    def known(self) -> bool:
        """Whether this laptop is on any network."""
        return bool(self._all)

    @property
    def proven(self) -> bool:
        """Whether a phone came in by the address in the QR code."""
        return any(address.proven for address in self._all if address.url == self.url())

    def fill(self, addresses: Iterable[Address], url: str = "", *, ask: bool = False) -> None:
        """Take over what the engine says."""
        found = sorted(addresses, key=lambda address: -address.score)
        if (found, url, ask) != (self._all, self._url, self.ask):
            self._all, self._url, self.ask = found, url, ask
            self.changed.emit()

    def choose(self, url: str) -> None:
        """Put this address in the QR code from now on; it is no longer asked for."""
        if url != self.url() or self.ask:
            self._url, self.ask, self.picked = url, False, url
            self.changed.emit()
            self.chosen.emit(url)


def reachable(url: str) -> bool:
    """Whether a phone could go there; not while the laptop is on no network."""
    return urlsplit(url).hostname not in NOWHERE


def typed_address(url: str, code: str = "") -> str:
    """An address as people type it: without ``http://``, with the code of a table."""
    parts = urlsplit(url)
    return f"{parts.netloc or url}{parts.path.rstrip('/')}{f'/{code}' if code else ''}"
