"""The engine: the program without a face. This is where its parts are joined, and nowhere else."""

from __future__ import annotations

import asyncio
import gc
import os
import secrets
import socket
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Final

import msgspec

from facilitator import __version__
from facilitator.network.senses import Senses
from facilitator.sample import sample_entities
from facilitator.server.access import Keys
from facilitator.server.addresses import Ways
from facilitator.server.app import Application
from facilitator.server.cafes import Cafes
from facilitator.server.clock import EngineClock
from facilitator.server.desk import Desk
from facilitator.server.forgetting import Retention
from facilitator.server.guard import Joins, Rate
from facilitator.server.house import Facts, House
from facilitator.server.log import log_to
from facilitator.server.page import Page
from facilitator.server.press import Press
from facilitator.server.safekeeping import Safekeeping, backup_beside
from facilitator.server.serving import Server, allow_many_files, bind
from facilitator.server.stationery import Stationery
from facilitator.settings import PORT, RESOURCES
from facilitator.store import place
from facilitator.store.store import Store
from facilitator.store.writer import Told, Writer

CARD: Final = "engine.json"
ADDRESS: Final = "address"  # the file with the address that was chosen for the QR code
LINGER: Final = "FACILITATOR_LINGER"  # environment variable: seconds without a console
RATE: Final = "FACILITATOR_RATE"  # environment variable: commands a second from one phone
_TURN: Final = 0.001  # seconds that the writer waits at most for its turn, back from the disk
_SELDOM: Final = (50_000, 20, 100)  # thousands of notes are no garbage: look for it less often
_LINGER: Final = 30.0
_RATE: Final = 20.0
_BURST: Final = 10  # seconds of that rate that may come at once: an outbox after an hour away


class Card(msgspec.Struct, kw_only=True):
    """How the faces on this machine find the engine; readable by its user only."""

    pid: int
    port: int
    console_token: str
    hall_token: str
    version: str
    addresses: list[str]


def read_card(folder: Path) -> Card | None:
    """The card in a data folder, if there is one. Whose it is, only ``hello`` can tell."""
    try:
        return msgspec.json.decode((folder / CARD).read_bytes(), type=Card)
    except (OSError, msgspec.MsgspecError):
        return None


def run(folder: Path, port: int | None, ready: Callable[[Card], None]) -> None:
    """Be the engine of this data folder, until told to stop. ``ready`` hears when it is up.

    Raises ``Unavailable`` where another engine has the folder or its port, or another program or
    machine keeps the folder, and ``Malformed`` where the database can't be read.
    """
    place.check(folder)
    sys.setswitchinterval(_TURN)
    gc.set_threshold(*_SELDOM)
    with closing(Store.open(folder)) as store, log_to(folder / "logs"):
        allow_many_files()
        sockets = bind(folder, port, PORT)
        asyncio.run(_serve(store, folder, sockets, ready))


def _card_of(folder: Path, port: int) -> Card:
    """How this engine is found. The faces of one that was killed keep their tokens."""
    before = read_card(folder)
    return Card(
        pid=os.getpid(),
        port=port,
        console_token=before.console_token if before else secrets.token_urlsafe(32),
        hall_token=before.hall_token if before else secrets.token_urlsafe(32),
        version=__version__,
        addresses=[],
    )


async def _serve(
    store: Store, folder: Path, sockets: list[socket.socket], ready: Callable[[Card], None]
) -> None:
    clock = EngineClock()
    stopping = asyncio.Event()
    desks: list[Desk] = []

    def tell(told: Told) -> None:
        desks[0].tell(told)

    writer = Writer(store, now=clock.now, tell=tell)
    safekeeping = Safekeeping(lambda: store.changes, lambda: backup_beside(store, writer))
    cafes = Cafes(writer, closed=safekeeping.hurry)
    desks.append(Desk(writer, cafes))
    card = _card_of(folder, sockets[0].getsockname()[1])
    senses = Senses()
    house = House(
        facts=Facts(
            version=__version__, epoch=store.epoch, port=card.port, read_only=store.read_only
        ),
        now=clock.now,
        keys=Keys(store.key, card.console_token, card.hall_token),
        cafes=cafes,
        desk=desks[0],
        page=Page(RESOURCES / "web"),
        press=Press(),
        stationery=Stationery(folder),
        rate=Rate(_number(RATE, _RATE), _number(RATE, _RATE) * _BURST),
        joins=Joins(),
        ways=Ways(card.port, folder / ADDRESS, senses.told),
        senses=senses,
        sample=sample_entities,
        failing=lambda: writer.failed.code if writer.failed else None,
        stop=stopping.set,
    )
    card.addresses = house.ways.urls

    def up() -> None:
        _write_card(folder / CARD, card)
        ready(card)

    server = Server(Application(house), port=card.port, up=up, goodbye=house.bye)
    writer.start()
    try:
        await cafes.load_open()
        gc.freeze()  # what is there now stays
        chores = (
            *(house.keep_beating(), house.keep_looking(), safekeeping.keep_safe()),
            *(Retention(cafes, clock.now).keep_looking(), server.keep_watch()),
            *(_stop_when_asked(stopping, server), _keep_house(house, server)),
        )
        tasks = [asyncio.create_task(chore) for chore in chores]
        await server.serve(sockets)
        for task in tasks:
            task.cancel()
    finally:
        house.press.close()
        await safekeeping.make_if_changed()
        await asyncio.to_thread(writer.stop)
        (folder / CARD).unlink(missing_ok=True)


async def _stop_when_asked(stopping: asyncio.Event, server: Server) -> None:
    await stopping.wait()
    server.stop()


async def _keep_house(house: House, server: Server) -> None:
    """Stop when nobody needs the engine any more."""
    linger = _number(LINGER, _LINGER)
    while True:
        await asyncio.sleep(1.0)
        house.desk.lose_patience()
        if house.silence() > linger and not house.cafes.any_live:
            server.stop()


def _write_card(path: Path, card: Card) -> None:
    """Whole or not at all, and for its user's eyes only from the first byte."""
    new = path.with_suffix(".new")
    new.unlink(missing_ok=True)
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(msgspec.json.encode(card))
    new.replace(path)


def _number(variable: str, otherwise: float) -> float:
    try:
        return float(os.environ[variable])
    except (KeyError, ValueError):
        return otherwise
