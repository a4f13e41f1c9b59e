"""The house styles of an organisation: kept beside the meetings, one of them in use."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Final
from uuid import UUID, uuid4

import msgspec

from facilitator.kernel.errors import NotFound, Refused, Unavailable
from facilitator.report.house.findings import Finding
from facilitator.store.private import make_file, make_folder

FOLDER: Final = "house_styles"
MOST: Final = 20
_LIST: Final = "list.json"


class KeptStyle(msgspec.Struct, frozen=True):
    """A house style as it was brought in, and what we found of it then."""

    id: UUID
    name: str
    added: dt.datetime
    size: int
    findings: tuple[Finding, ...] = ()


class _Kept(msgspec.Struct, frozen=True):
    in_use: UUID | None = None
    styles: tuple[KeptStyle, ...] = ()


class Stationery:
    """A folder with their files, and a list of them. Not for two threads at once."""

    def __init__(self, data: Path) -> None:
        self._folder = data / FOLDER
        try:
            raw = (self._folder / _LIST).read_bytes()
            self._kept = msgspec.json.decode(raw, type=_Kept)
        except (OSError, msgspec.MsgspecError):
            self._kept = _Kept()

    @property
    def styles(self) -> tuple[KeptStyle, ...]:
        """All of them, the newest first."""
        return tuple(sorted(self._kept.styles, key=lambda each: each.added, reverse=True))

    @property
    def in_use(self) -> UUID | None:
        """The one that a verslag is written in; none: our own look."""
        return self._kept.in_use

    def get(self, key: UUID) -> KeptStyle:
        """A house style by its id. Raises ``NotFound``."""
        for each in self._kept.styles:
            if each.id == key:
                return each
        raise NotFound("house.unknown", id=str(key))

    def content(self, key: UUID) -> bytes:
        """The file itself. Raises ``NotFound``."""
        self.get(key)
        try:
            return self._path(key).read_bytes()
        except OSError as error:
            raise NotFound("house.unknown", id=str(key)) from error

    def put(self, style: KeptStyle, raw: bytes) -> None:
        """Keep a house style, in the place of one with this id, and use it from now on.

        Raises ``Refused`` where there are too many, ``Unavailable`` where it can't be written.
        """
        others = tuple(each for each in self._kept.styles if each.id != style.id)
        if len(others) >= MOST:
            raise Refused("house.most", maximum=MOST)
        self._write(self._path(style.id), raw)
        self._keep(_Kept(style.id, (*others, style)))

    def use(self, key: UUID | None) -> None:
        """Write a verslag in this one from now on; none: in our own look. Raises ``NotFound``."""
        if key is not None:
            self.get(key)
        self._keep(_Kept(key, self._kept.styles))

    def remove(self, key: UUID) -> None:
        """Forget a house style. Raises ``NotFound``."""
        self.get(key)
        left = tuple(each for each in self._kept.styles if each.id != key)
        self._keep(_Kept(None if self.in_use == key else self.in_use, left))
        self._path(key).unlink(missing_ok=True)

    def _path(self, key: UUID) -> Path:
        return self._folder / f"{key}.docx"

    def _keep(self, kept: _Kept) -> None:
        self._write(self._folder / _LIST, msgspec.json.encode(kept))
        self._kept = kept

    def _write(self, path: Path, content: bytes) -> None:
        """Whole or not at all."""
        new = path.with_name(f"{uuid4().hex}.new")
        try:
            make_folder(self._folder)
            make_file(new)
            new.write_bytes(content)
            new.replace(path)
        except OSError as error:
            new.unlink(missing_ok=True)
            raise Unavailable("house.kept", why=error.strerror or str(error)) from error
