"""The guided check: what the console asks of it, and what the phone does."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Final

import msgspec

from facilitator.i18n import N_, Words
from facilitator.kernel.errors import Malformed
from facilitator.network.causes import Situation, causes
from facilitator.network.told import HERE
from facilitator.server.call import Call, Reply, json
from facilitator.server.house import House
from facilitator.server.hub import Listening
from facilitator.server.shapes import (
    TrialCause,
    TrialKey,
    TrialNext,
    TrialNote,
    TrialNow,
    TrialStep,
    TrialSwitch,
)
from facilitator.server.trial import TrialStream

_SWITCH: Final = msgspec.json.Decoder(TrialSwitch)
_KEY: Final = msgspec.json.Decoder(TrialKey)
_NOTE: Final = msgspec.json.Decoder(TrialNote)
_STEPS: Final = (
    ("address", N_("Deze laptop heeft een adres op het netwerk.")),
    ("listening", N_("De app luistert op dat adres.")),
    ("arrival", N_("Een telefoon heeft de laptop bereikt.")),
    ("page", N_("De pagina ging open op de telefoon.")),
    ("stream", N_("De telefoon bleef twintig seconden verbonden.")),
    ("note", N_("Een notitie kwam aan, en kwam terug op de telefoon.")),
)
_PLAN_B: Final = N_(
    "Lukt het niet? Zet één toestel per tafel in, of laat op papieren kaartjes schrijven en typ ze over in deze app. Dan komt alles toch in het verslag."
)

_SOON: Final = 2.0  # seconds in which our own port answers


async def switch_trial(house: House, call: Call) -> Reply:
    """Begin the guided check anew, or end it."""
    if (await call.read(_SWITCH)).on:
        house.begin_trial()
    else:
        house.trial.end()
    return json(await _now(house, call))


async def trial(house: House, call: Call) -> Reply:
    """How the guided check stands."""
    return json(await _now(house, call))


async def trial_page(house: House, call: Call) -> Reply:
    """The page of the guided check runs on a phone."""
    house.trial.check((await call.read(_KEY)).key, _client(call))
    if _from_elsewhere(house, call):
        house.trial.opened()
    return Reply(status=204)


async def trial_stream(house: House, call: Call) -> Listening[TrialStream]:
    """Each second that goes by, for a phone that tries whether it stays connected."""
    key = call.query("key")
    if key is None:
        raise Malformed("body.malformed", why="key")
    house.trial.check(key, _client(call))
    counts = _from_elsewhere(house, call)
    return Listening(lambda: house.trial.listen(call.connection, counts=counts), house.trial.leave)


async def trial_note(house: House, call: Call) -> Reply:
    """A note to try it with; it is kept nowhere."""
    note = await call.read(_NOTE)
    house.trial.check(note.key, _client(call))
    house.trial.wrote(note.text)
    return Reply(status=204)


async def trial_back(house: House, call: Call) -> Reply:
    """The phone heard its note back."""
    house.trial.check((await call.read(_KEY)).key, _client(call))
    if _from_elsewhere(house, call):
        house.trial.heard_back()
    return Reply(status=204)


def _from_elsewhere(house: House, call: Call) -> bool:
    return not house.ways.is_here(_client(call), str(call.scope["server"][0]))


def _client(call: Call) -> str:
    client = call.scope["client"]
    return str(client[0]) if client else ""


async def _now(house: House, call: Call) -> TrialNow:
    words = Words(call.language())
    going, ways = house.trial, house.ways
    shown = ways.shown
    done = set(going.done)
    if shown is not None and shown.real:
        done.add("address")
        if await _listens(shown.host.host, house.facts.port):
            done.add("listening")
    going.shows(ways.url)
    if going.on:
        house.look_around()
    return TrialNow(
        on=going.on,
        url=ways.url,
        key=going.key,
        seconds=round(going.seconds, 1),
        steps=[TrialStep(name, name in done, words(text)) for name, text in _STEPS],  # type: ignore[arg-type]
        stream_seconds=going.stream_seconds,
        causes=_causes(house, words) if going.on and going.waited_long else [],
        next=_next(house, words) if going.on and "page" not in done else None,
        plan_b=words(_PLAN_B),
    )


async def _listens(host: str, port: int) -> bool:
    """Whether our own port answers at this address: no proof that a phone gets through."""
    with contextlib.suppress(OSError, TimeoutError):
        async with asyncio.timeout(_SOON):
            _reader, writer = await asyncio.open_connection(host, port)
        writer.close()
        return True
    return False


def _causes(house: House, words: Words) -> list[TrialCause]:
    situation = Situation(
        shown=house.ways.shown,
        surroundings=house.trial.surroundings,
        system=HERE,
        port=house.facts.port,
        arrived="arrival" in house.trial.done,
    )
    return [TrialCause(one.code, one.what, one.cure) for one in causes(situation, words)]


def _next(house: House, words: Words) -> TrialNext | None:
    """The likeliest address that was not shown yet."""
    real = {house.ways.url_of(way) for way in house.ways.ways if way.real}
    left = (
        address
        for address in house.ways.named(words)
        if address.url in real and address.url not in house.trial.tried
    )
    return next((TrialNext(address.url, address.name) for address in left), None)
