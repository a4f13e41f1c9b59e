"""The engine itself: who it is, how it is, and how to stop it."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Final

import msgspec

from facilitator.i18n import Words
from facilitator.kernel.errors import Malformed, NotFound
from facilitator.server.call import Call, Reply, json
from facilitator.server.house import House
from facilitator.server.shapes import BackupMade, Choice, EngineNow, Findings, Hello
from facilitator.store.store import Store

_NONCE: Final = re.compile(r"[0-9a-f]{16,128}")
_ANYBODY: Final = ((b"access-control-allow-origin", b"*"),)
_CHOICE: Final = msgspec.json.Decoder(Choice)


async def hello(house: House, call: Call) -> Reply:
    """Who is talking. With a ``nonce``: a proof that it knows the console's token."""
    nonce = call.query("nonce")
    if nonce is not None and not _NONCE.fullmatch(nonce):
        raise Malformed("hello.nonce")
    said = Hello(
        app="facilitator",
        version=house.facts.version,
        epoch=house.facts.epoch,
        now=house.now(),
        proof=house.keys.proof(nonce) if nonce else None,
    )
    # A page that came from an older address of this engine may find it here again.
    return Reply(body=json(said).body, headers=_ANYBODY)


async def engine(house: House, call: Call) -> Reply:
    """How it is."""
    return json(
        EngineNow(
            pid=os.getpid(),
            port=house.facts.port,
            version=house.facts.version,
            read_only=house.facts.read_only,
            streams=len(house.hub),
            address=house.ways.url,
            addresses=house.ways.named(Words(call.language())),
            ask=house.ways.ask,
            failing=house.failing(),
        )
    )


async def choose_address(house: House, call: Call) -> Reply:
    """Show this address in the QR code from now on."""
    choice = await call.read(_CHOICE)
    if not house.show_address(choice.url):
        raise NotFound("address.unknown")
    return Reply(status=204)


async def backup(house: House, _call: Call) -> Reply:
    """Make a backup among the backups of the data folder."""
    path: Path = await house.cafes.write(lambda store: store.backup())
    return json(BackupMade(path=str(path)), 201)


async def check(house: House, _call: Call) -> Reply:
    """Look whether the database is whole."""

    def look(store: Store) -> list[str]:
        return store.check()

    return json(Findings(findings=await house.cafes.write(look)))


async def stop(house: House, _call: Call) -> Reply:
    """Stop, once this is answered."""
    house.stop()
    return Reply(status=202)
