"""House styles: handed in by a console, looked through, and used for the verslag."""

from __future__ import annotations

import asyncio
from typing import Final
from uuid import UUID, uuid4

import msgspec

from facilitator.i18n import Words
from facilitator.meeting import fields
from facilitator.meeting.ids import MeetingId
from facilitator.report.house.archive import LARGEST, LIMITS
from facilitator.report.house.findings import all_told
from facilitator.server.call import Call, Reply, TooLarge, json, read_id
from facilitator.server.house import House
from facilitator.server.shapes import HouseStyleCard, HouseStyleChoice, HouseStyleList, Remark
from facilitator.server.stationery import KeptStyle

OWN: Final = "none"  # asks for our own look, whatever is in use
_CHOICE: Final = msgspec.json.Decoder(HouseStyleChoice)


async def house_styles(house: House, call: Call) -> Reply:
    """All of them, the newest first, with what was not found in each."""
    t = Words(call.language())
    kept = house.stationery
    cards = [_card(each, t) for each in kept.styles]
    return json(HouseStyleList(in_use=kept.in_use, styles=cards))


async def put_house_style(house: House, call: Call) -> Reply:
    """Look a Word file through, keep it, and use it from now on. The same id twice makes one."""
    try:
        raw = await call.body(LARGEST)
    except TooLarge as error:
        raise TooLarge("house.size", **LIMITS) from error
    name = fields.title(call.query("name") or "")
    findings = await house.press.look_through(raw, house.sample(MeetingId(uuid4()), "nl"))
    style = KeptStyle(
        id=call.key(), name=name, added=house.now(), size=len(raw), findings=tuple(findings)
    )
    await asyncio.to_thread(house.stationery.put, style, raw)
    return json(_card(style, Words(call.language())))


async def choose_house_style(house: House, call: Call) -> Reply:
    """Use another one, or none."""
    choice = await call.read(_CHOICE)
    await asyncio.to_thread(house.stationery.use, choice.id)
    return Reply(status=204)


async def remove_house_style(house: House, call: Call) -> Reply:
    """Forget a house style; where it was in use, our own look is from now on."""
    await asyncio.to_thread(house.stationery.remove, call.key())
    return Reply(status=204)


async def asked_for(house: House, call: Call) -> bytes | None:
    """The house style for a verslag: the one in use, the one that is named, or none."""
    named = call.query("house")
    key: UUID | None = house.stationery.in_use
    if named == OWN:
        key = None
    elif named is not None:
        key = read_id(named)
    return None if key is None else await asyncio.to_thread(house.stationery.content, key)


def _card(style: KeptStyle, t: Words) -> HouseStyleCard:
    return HouseStyleCard(
        id=style.id,
        name=style.name,
        added=style.added,
        size=style.size,
        findings=[
            Remark(code=each.code, values=each.values, message=message)
            for each, message in all_told(style.findings, t)
        ],
    )
