"""The house styles that the engine keeps: Word files whose look the verslag takes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final, Protocol
from urllib.parse import quote
from uuid import UUID, uuid4

import msgspec
from PySide6.QtCore import QFile, QIODevice, QObject

from facilitator.kernel.errors import FacilitatorError, Malformed, Unavailable
from ui.link.http import SLOW, Http, decoded, while_alive

LARGEST: Final = 20  # megabytes
_PATH: Final = "/api/house_styles"


class Remark(msgspec.Struct, frozen=True):
    """What was not found in it, and what the verslag uses instead."""

    code: str
    message: str


class HouseStyle(msgspec.Struct, frozen=True):
    """One that is kept."""

    id: UUID
    name: str
    findings: tuple[Remark, ...] = ()


class Kept(msgspec.Struct, frozen=True):
    """All of them, the newest first, and the one in use."""

    in_use: UUID | None = None
    styles: tuple[HouseStyle, ...] = ()


KeptDone = Callable[[Kept | None, FacilitatorError | None], None]
StyleDone = Callable[[FacilitatorError | None], None]
"""Hears that it is done, or why not."""


class HouseStyles(Protocol):
    """How a page asks for these."""

    def list(self, done: KeptDone) -> None:
        """All of them."""

    def add(self, path: Path, done: StyleDone) -> None:
        """Hand in a Word file, and use it from now on."""

    def use(self, key: UUID | None, done: StyleDone) -> None:
        """Use this one from now on; none: our own look."""

    def remove(self, key: UUID, done: StyleDone) -> None:
        """Forget one."""


class RemoteHouseStyles:
    """Asks the engine; heard as long as ``owner`` is there."""

    def __init__(self, http: Http, owner: QObject) -> None:
        self._http = http
        self._owner = owner

    def list(self, done: KeptDone) -> None:
        """All of them."""
        self._http.get(_PATH, while_alive(self._owner, decoded(Kept, done)))

    def add(self, path: Path, done: StyleDone) -> None:
        """Hand in a Word file, and use it from now on."""
        file = QFile(str(path))
        if not file.open(QIODevice.OpenModeFlag.ReadOnly):
            done(Unavailable("file.access", file=path.name, why=file.errorString()))
        elif file.size() > LARGEST * 10**6:
            done(Malformed("house.size", megabytes=LARGEST))
        else:
            where = f"{_PATH}/{uuid4()}?name={quote(path.stem[:100])}"
            self._http.put(where, file, self._heard(done), SLOW)

    def use(self, key: UUID | None, done: StyleDone) -> None:
        """Use this one from now on; none: our own look."""
        self._http.post("/api/house_style", {"id": key}, self._heard(done))

    def remove(self, key: UUID, done: StyleDone) -> None:
        """Forget one."""
        self._http.delete(f"{_PATH}/{key}", self._heard(done))

    def _heard(self, done: StyleDone) -> Callable[[bytes | None, FacilitatorError | None], None]:
        def heard(_body: bytes | None, error: FacilitatorError | None) -> None:
            done(error)

        return while_alive(self._owner, heard)
