"""The library: all meetings, making them, and carrying them off as files."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterable, Mapping
from typing import Final
from urllib.parse import quote
from uuid import UUID, uuid4

import msgspec

from facilitator import file
from facilitator.kernel.entity import Entity
from facilitator.kernel.errors import Conflict, NotFound, Refused
from facilitator.meeting import fields, themes
from facilitator.meeting.ids import MeetingId
from facilitator.meeting.meeting import Meeting, the_meeting
from facilitator.meeting.templates import new_meeting
from facilitator.report.formats import FORMATS, NO_PHOTOS
from facilitator.server.call import Call, Reply, json, read_id
from facilitator.server.copies import file_stem, for_another_day, renamed, with_free_codes
from facilitator.server.house import House
from facilitator.server.routes_house_styles import asked_for
from facilitator.server.routes_photos import pictures_of
from facilitator.server.shapes import HowFar, Library, Made, MeetingCopy, NewMeeting
from facilitator.store.reading import LoadedMeeting
from facilitator.store.store import Store

_NEW: Final = msgspec.json.Decoder(NewMeeting)
_COPY: Final = msgspec.json.Decoder(MeetingCopy)


async def meetings(house: House, _call: Call) -> Reply:
    """All of them, the last changed first."""

    def read(store: Store) -> Library:
        return Library(meetings=store.meetings())

    return json(await house.cafes.write(read))


async def create_meeting(house: House, call: Call) -> Reply:
    """A new meeting from a template. The same id twice makes one."""
    new = await call.read(_NEW)
    if len(new.themes) > themes.MOST:
        raise Refused("theme.most", maximum=themes.MOST)
    entities = new_meeting(
        new.id,
        fields.title(new.title),
        new.template,
        new.language,
        tuple(fields.title(title) for title in new.themes),
    )
    return await _make(house, call, entities, "create_meeting")


async def create_sample(house: House, call: Call) -> Reply:
    """The sample meeting, once more, in the language of who asks."""
    sample = house.sample(MeetingId(uuid4()), call.language())
    return await _make(house, call, sample, "create_sample")


async def import_meeting(house: House, call: Call) -> Reply:
    """A meeting from its file. It gets ids of its own, so that nothing is ever overwritten."""
    raw = await call.body(file.LARGEST)
    read = await asyncio.to_thread(file.read_cafe, raw)
    await house.press.check_photos(read.sizes, read.photos)
    own = read.renewed(MeetingId(uuid4()))
    return await _make(house, call, own.entities, "import_meeting", own.photos)


async def copy_meeting(house: House, call: Call) -> Reply:
    """A copy, to be used on another day; with ``whole``, of everything that is in it."""
    original, photos = await _load(house, call.key())
    copy = await call.read(_COPY)
    entities = original.entities if copy.whole else for_another_day(original.entities)
    own = file.MeetingFile(tuple(entities), photos).renewed(copy.id)
    named = renamed(own.entities, fields.title(copy.title))
    return await _make(house, call, named, "copy_meeting", own.photos)


async def delete_meeting(house: House, call: Call) -> Reply:
    """Forget a meeting, for good. One that is live has to be closed first."""
    meeting = MeetingId(call.key())
    cafe = await house.cafes.get(meeting)
    if cafe.live:
        raise Refused("meeting.live")
    await house.cafes.write(lambda store: store.delete(meeting))
    house.cafes.forget(meeting)
    house.hub.empty(cafe.room)
    return Reply(status=204)


async def cafe_file(house: House, call: Call) -> Reply:
    """The meeting as one file, to keep or to hand over."""
    original, photos = await _load(house, call.key())
    body = await asyncio.to_thread(file.write_cafe, original.entities, photos)
    return _named(body, b"application/zip", _name(original, "cafe"))


async def json_file(house: House, call: Call) -> Reply:
    """The meeting as plain JSON."""
    original, _photos = await _load(house, call.key())
    body = await asyncio.to_thread(file.to_json, original.entities)
    return _named(body, b"application/json", _name(original, "json"))


async def report(house: House, call: Call) -> Reply:
    """The verslag of this moment, in the format that the address ends with."""
    asked = FORMATS.get(call.keys[0])
    if asked is None:
        raise NotFound("report.format", formats=", ".join(FORMATS))
    cafe = await house.cafe(call)
    named = call.query("job")
    key = read_id(named) if named is not None else None
    pictures = await pictures_of(house, cafe) if asked.pictured else NO_PHOTOS
    style = await asked_for(house, call) if asked.styled else None
    making = house.press.report(cafe.state, pictures, asked.ending, style, key)
    printed = await call.unless_left(making)
    return _named(printed.body, asked.media.encode(), printed.name)


async def job(house: House, call: Call) -> Reply:
    """How far a file is that is being made; who asked for it gave it its name."""
    return json(HowFar(percent=house.press.how_far(call.key())))


async def _make(
    house: House,
    call: Call,
    entities: Iterable[Entity],
    command: str,
    photos: Mapping[UUID, bytes] | None = None,
) -> Reply:
    """Store a new meeting and let phones find it."""
    new = list(with_free_codes(entities, house.cafes.codes()))
    caller, now = call.caller, house.now()
    meeting = next(MeetingId(entity.id) for entity in new if isinstance(entity, Meeting))

    def create(store: Store) -> None:
        assert caller.role is not None  # noqa: S101 - the door lets in consoles only
        store.create(
            new, command=command, at=now, actor=caller.actor, role=caller.role, photos=photos
        )

    with contextlib.suppress(Conflict):  # sent twice
        await house.cafes.write(create)
    await house.cafes.get(meeting)
    return json(Made(id=meeting), 201)


async def _load(house: House, meeting: UUID) -> tuple[LoadedMeeting, Mapping[UUID, bytes]]:
    """The meeting as it is on the disk, with its photos. Raises ``NotFound``."""

    def load(store: Store) -> tuple[LoadedMeeting, Mapping[UUID, bytes]]:
        return store.load(MeetingId(meeting)), store.photos(MeetingId(meeting))

    return await house.cafes.write(load)


def _name(original: LoadedMeeting, kind: str) -> str:
    return f"{file_stem(the_meeting(original.state()).title)}.{kind}"


def _named(body: bytes, kind: bytes, name: str) -> Reply:
    plain = name.encode("ascii", "ignore").decode().replace('"', "").strip() or "file"
    value = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"
    return Reply(body=body, type=kind, headers=((b"content-disposition", value.encode()),))
