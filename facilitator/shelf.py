"""The meetings for the command line: through the engine when one runs, else from the disk."""

from __future__ import annotations

import asyncio
import datetime as dt
import hmac
import secrets
import shutil
from collections.abc import Awaitable, Callable
from hashlib import sha256
from pathlib import Path
from typing import Protocol, Self, TypeVar
from uuid import uuid4

import msgspec

from facilitator import file
from facilitator.client.console import Console
from facilitator.client.http import Http
from facilitator.engine import Card, read_card
from facilitator.kernel.errors import FacilitatorError
from facilitator.kernel.roles import Role
from facilitator.meeting.ids import MeetingId
from facilitator.report.formats import FORMATS
from facilitator.server.access import CONSOLE
from facilitator.server.copies import with_free_codes
from facilitator.server.pictures import check_photos
from facilitator.server.stationery import Stationery
from facilitator.store.forgetting import wipe
from facilitator.store.reading import MeetingSummary as Line
from facilitator.store.store import Store

__all__ = ["Line", "Shelf", "open_shelf"]

T = TypeVar("T")


class Shelf(Protocol):
    """What the command line does with meetings."""

    def __enter__(self) -> Self:
        """To be closed after use."""

    def __exit__(self, *_: object) -> None:
        """Close."""

    def meetings(self) -> list[Line]:
        """All of them, the last changed first."""

    def bring(self, raw: bytes) -> MeetingId:
        """Take in a meeting from its file."""

    def file(self, meeting: MeetingId, kind: str) -> bytes:
        """A meeting as ``docx``, ``cafe`` or ``json``."""

    def backup(self, to: Path) -> None:
        """Copy everything to this file."""

    def wipe(self, meeting: MeetingId) -> None:
        """Forget who took part in a closed meeting."""

    def check(self) -> list[str]:
        """What is wrong with the data."""


def open_shelf(folder: Path) -> Shelf:
    """The meetings of a data folder. Raises ``Unavailable`` where somebody else has it."""
    card = read_card(folder)
    if card is not None and asyncio.run(_is_engine(card)):
        return Beside(card)
    return Alone(Store.open(folder))


class Beside:
    """Through the engine that has the data folder."""

    def __init__(self, card: Card) -> None:
        self._card = card

    def __enter__(self) -> Self:
        """Nothing is kept open."""
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing is kept open."""

    def meetings(self) -> list[Line]:
        """All of them, the last changed first."""
        return msgspec.convert(self._ask(lambda console: console.meetings()), list[Line])

    def bring(self, raw: bytes) -> MeetingId:
        """Take in a meeting from its file."""
        return self._ask(lambda console: console.bring(raw))

    def file(self, meeting: MeetingId, kind: str) -> bytes:
        """A meeting as ``docx``, ``cafe`` or ``json``."""
        return self._ask(lambda console: console.file(meeting, kind))

    def backup(self, to: Path) -> None:
        """The engine makes one among its backups; that is copied."""
        shutil.copyfile(self._ask(lambda console: console.backup()), to)

    def wipe(self, meeting: MeetingId) -> None:
        """Forget who took part in a closed meeting."""
        self._ask(lambda console: console.wipe(meeting))

    def check(self) -> list[str]:
        """What is wrong with the data."""
        return self._ask(lambda console: console.check())

    def _ask(self, what: Callable[[Console], Awaitable[T]]) -> T:
        async def ask() -> T:
            console = Console("127.0.0.1", self._card.port, self._card.console_token)
            try:
                return await what(console)
            finally:
                await console.close()

        return asyncio.run(ask())


class Alone:
    """Straight from the disk, while no engine has the data folder."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __enter__(self) -> Self:
        """The folder is ours until it is closed."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of the folder."""
        self._store.close()

    def meetings(self) -> list[Line]:
        """All of them, the last changed first."""
        return self._store.meetings()

    def bring(self, raw: bytes) -> MeetingId:
        """Take in a meeting from its file."""
        read = file.read_cafe(raw)
        check_photos(read.sizes, read.photos)
        own = read.renewed(MeetingId(uuid4()))
        return self._store.create(
            with_free_codes(own.entities, ()),
            command="import_meeting",
            at=dt.datetime.now(dt.UTC),
            actor=CONSOLE,
            role=Role.FACILITATOR,
            photos=own.photos,
        )

    def file(self, meeting: MeetingId, kind: str) -> bytes:
        """A meeting as ``cafe`` or ``json``, or its verslag in one of the formats."""
        read = self._store.load(meeting)
        if kind in FORMATS:
            return FORMATS[kind].written(read.state(), self._store.photos(meeting), self._style())
        if kind == "json":
            return file.to_json(read.entities)
        return file.write_cafe(read.entities, self._store.photos(meeting))

    def _style(self) -> bytes | None:
        """The house style in use."""
        kept = Stationery(self._store.folder)
        return None if kept.in_use is None else kept.content(kept.in_use)

    def backup(self, to: Path) -> None:
        """Copy everything to this file."""
        self._store.backup(to)

    def wipe(self, meeting: MeetingId) -> None:
        """Forget who took part in a closed meeting."""
        wipe(self._store, meeting, at=dt.datetime.now(dt.UTC), role=Role.FACILITATOR)
        self._store.clean()

    def check(self) -> list[str]:
        """What is wrong with the data."""
        return self._store.check()


async def _is_engine(card: Card) -> bool:
    """Whether who answers on that port knows the token, before it is sent there."""
    nonce = secrets.token_hex(16)
    http = Http("127.0.0.1", card.port)
    try:
        said = await http.get(f"/api/hello?nonce={nonce}")
    except FacilitatorError:
        return False
    finally:
        await http.close()
    good = hmac.new(card.console_token.encode(), nonce.encode(), sha256).hexdigest()
    return hmac.compare_digest(str(said.get("proof", "")), good)
