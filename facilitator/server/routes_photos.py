"""Photos: handed in by a console or the host of a table, and shown to consoles and the hall."""

from __future__ import annotations

import contextlib
from typing import Final
from uuid import UUID, uuid4

import msgspec

from facilitator.kernel.command import Context
from facilitator.kernel.errors import Forbidden, NotFound
from facilitator.kernel.rules import decide
from facilitator.meeting.features import RULES
from facilitator.meeting.hosting import host_tables
from facilitator.meeting.ids import MeetingId, PhotoId, TableId, ThemeId
from facilitator.meeting.meeting import the_meeting
from facilitator.meeting.photos import AddPhoto, Photo, photos
from facilitator.server.access import Caller
from facilitator.server.cafes import Cafe
from facilitator.server.call import Call, Reply, TooLarge, json, read_id
from facilitator.server.house import House
from facilitator.server.pictures import LARGEST, LIMITS
from facilitator.server.shapes import PhotoKept
from facilitator.store.store import Store

COST: Final = 20  # a photo of a host, in commands: making it upright takes a second of the machine


async def add_photo(house: House, call: Call) -> Reply:
    """Put a photo in the meeting: a JPEG, PNG or WebP. The same id twice makes one."""
    if call.caller.by_phone:
        house.rate.take(call.caller.token, COST, call.connection.loop.time())
    try:
        raw = await call.body(LARGEST)
    except TooLarge as error:
        raise TooLarge("photo.size", **LIMITS) from error
    cafe, photo = await house.cafe(call), PhotoId(call.key())
    if cafe.state.find(Photo, photo) is None:
        await _add(house, call, cafe, photo, raw)
    kept = cafe.state.find(Photo, photo)
    if kept is None:  # added before, and taken out since
        raise NotFound("photo.unknown", id=str(photo))
    if call.caller.by_phone and kept.table not in host_tables(cafe.state, call.caller.actor):
        raise Forbidden("host.table")
    return json(PhotoKept(id=kept.id, width=kept.width, height=kept.height))


async def photo(house: House, call: Call) -> Reply:
    """The picture of a photo, as a JPEG."""
    cafe = await house.cafe(call)
    found = cafe.state.get(Photo, PhotoId(call.key()))
    return Reply(body=await _picture(house, cafe, found.id), type=b"image/jpeg")


async def pictures_of(house: House, cafe: Cafe) -> dict[UUID, bytes]:
    """The pictures of all photos; read one by one, so that no note has to wait for all."""
    found: dict[UUID, bytes] = {}
    for thing in photos(cafe.state):
        with contextlib.suppress(NotFound):
            found[thing.id] = await _picture(house, cafe, thing.id)
    return found


async def _picture(house: House, cafe: Cafe, photo: PhotoId) -> bytes:
    meeting = _id(cafe)

    def read(store: Store) -> bytes:
        return store.photo(meeting, photo)

    return await house.cafes.write(read)


async def _add(house: House, call: Call, cafe: Cafe, photo: PhotoId, raw: bytes) -> None:
    """The picture first, the photo after it: there is never a photo without its picture."""
    meeting, theme, table = _id(cafe), call.query("theme"), call.query("table")
    command = AddPhoto(
        id=photo,
        photo=photo,
        width=1,
        height=1,
        theme=ThemeId(read_id(theme)) if theme else None,
        caption=call.query("caption") or "",
        table=TableId(read_id(table)) if table else None,
    )
    # Asked before anything is made or kept: what is refused leaves nothing behind.
    decide(cafe.state, command, _context(house, call.caller), RULES)
    made = await house.press.upright(raw)

    def keep(store: Store) -> None:
        store.put_photo(meeting, photo, made.jpeg)

    await house.cafes.write(keep)
    add = msgspec.structs.replace(command, width=made.width, height=made.height)
    (answer,) = await house.desk.ask(call.caller, meeting, [add])
    if answer.error is not None:
        raise answer.error


def _context(house: House, caller: Caller) -> Context:
    assert caller.role is not None  # noqa: S101 - the door lets in nobody without
    return Context(now=house.now(), actor=caller.actor, role=caller.role, new_id=uuid4)


def _id(cafe: Cafe) -> MeetingId:
    return the_meeting(cafe.state).id
