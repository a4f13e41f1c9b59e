"""The meeting file: a whole meeting that travels. The format stands in ``docs/meeting-file.md``.

``.cafe`` is a zip of ``meeting.json`` and ``photos/``; the plain form is that JSON alone. A file is
read with suspicion: whatever is wrong with it gives an error with a code, and nothing else happens.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final
from uuid import UUID, uuid5

import msgspec

from facilitator import __version__
from facilitator.kernel.entity import Entity, pointing_on
from facilitator.kernel.errors import Malformed
from facilitator.kernel.text import tidy
from facilitator.meeting.features import KINDS
from facilitator.meeting.fields import PARAGRAPH
from facilitator.meeting.hand_over import MOST_POINTS, HandOver
from facilitator.meeting.hosting import Invitation
from facilitator.meeting.ids import MeetingId
from facilitator.meeting.meeting import Meeting, Phase
from facilitator.meeting.notes import Note
from facilitator.meeting.people import MOST_BEHIND
from facilitator.meeting.photos import Photo
from facilitator.meeting.programme import Clock
from facilitator.meeting.projector import Projector
from facilitator.meeting.proposals import Response, Stance
from facilitator.meeting.tables import ALPHABET, CODE_LENGTH, Table, code_of

FORMAT: Final = "facilitator-meeting"
VERSION: Final = 1
LARGEST: Final = 200 * 1024 * 1024  # bytes: of the file, and of all that is in it
LARGEST_JSON: Final = 50 * 1024 * 1024
LARGEST_PHOTO: Final = 12 * 1024 * 1024
MOST: Final = 50_000  # things in a meeting
MOST_MEMBERS: Final = 1_000  # files in the zip

_JSON: Final = "meeting.json"
_ZIP: Final = b"PK\x03\x04"
_JPEG: Final = b"\xff\xd8\xff"
_PHOTO: Final = re.compile(r"photos/([0-9a-f-]{36})\.jpg")
_UNSAFE: Final = re.compile(r"^/|^[A-Za-z]:|\\|(^|/)\.\.(/|$)")
_NAMES: Final = UUID("0d3c1f8e-4c1b-5f0a-9f57-6a8b1c2d3e4f")  # of ids that are words
_LONGEST_NAME: Final = 64
_LONG_AGO: Final = (1980, 1, 1, 0, 0, 0)  # so that the same meeting gives the same bytes
_CODE: Final = re.compile(f"[{ALPHABET}]{{{CODE_LENGTH}}}")

_BOUNDS: Final = {
    ("step", "length"): (0, 8 * 3600),
    ("table", "seats"): (1, 50),
    ("table", "number"): (1, 999),
    ("check_in", "grade"): (1, 10),
    ("meeting", "note_length"): (50, 2_000),
    ("meeting", "grace"): (0, 600),
    ("meeting", "dots"): (1, 10),
    ("vote", "dots"): (0, 10_000),
    ("photo", "width"): (1, 20_000),
    ("photo", "height"): (1, 20_000),
    ("participant", "people"): (1, MOST_BEHIND),
}
_CARRIED: Final = tuple(kind for kind in KINDS if kind is not Invitation)
"""What travels. The right to be a host was given to one phone, once, and stays behind."""
_SINGLE: Final[tuple[type[Entity], ...]] = (Clock, Projector)


class MeetingFile(msgspec.Struct, frozen=True):
    """What a file holds: the things of a meeting, and the bytes of its photos."""

    entities: tuple[Entity, ...]
    photos: Mapping[UUID, bytes] = {}

    def __iter__(self) -> Iterator[Entity]:
        """The things of the meeting."""
        return iter(self.entities)

    @property
    def sizes(self) -> dict[UUID, tuple[int, int]]:
        """How wide and high each photo is said to be."""
        row = (thing for thing in self.entities if isinstance(thing, Photo))
        return {photo.id: (photo.width, photo.height) for photo in row}

    def renewed(self, meeting: MeetingId) -> MeetingFile:
        """The same with ids of its own; without pictures that no photo has."""
        old, kept = _meeting_of(self.entities).id, self.sizes
        return MeetingFile(
            entities=tuple(renewed(self.entities, meeting)),
            photos={
                _new_id(key, old, meeting): jpeg for key, jpeg in self.photos.items() if key in kept
            },
        )


def to_json(entities: Iterable[Entity]) -> bytes:
    """The plain form: readable JSON, without photos."""
    return _to_json([entity for entity in entities if not isinstance(entity, Photo)])


def from_json(raw: bytes) -> list[Entity]:
    """The things in the plain form. Raises ``Malformed``."""
    if len(raw) > LARGEST_JSON:
        raise Malformed("file.huge", maximum=LARGEST_JSON)
    return list(_from_json(raw, photos={}))


def write_cafe(entities: Iterable[Entity], photos: Mapping[UUID, bytes] | None = None) -> bytes:
    """The file. A photo whose bytes are not given is left out."""
    jpegs = photos or {}
    kept = [thing for thing in entities if not isinstance(thing, Photo) or thing.id in jpegs]
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_member(_JSON, zipfile.ZIP_DEFLATED), _to_json(kept))
        for photo in sorted(thing.id for thing in kept if isinstance(thing, Photo)):
            name = _member(f"photos/{photo}.jpg", zipfile.ZIP_STORED)
            archive.writestr(name, jpegs[photo])
    return target.getvalue()


def read_cafe(raw: bytes) -> MeetingFile:
    """What a file holds, in either form. Raises ``Malformed``."""
    if len(raw) > LARGEST:
        raise Malformed("file.huge", maximum=LARGEST)
    if not raw.startswith(_ZIP):
        return MeetingFile(entities=tuple(from_json(raw)))
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            text, jpegs = _members(archive)
    except (
        *(zipfile.BadZipFile, zlib.error, EOFError, OSError),
        *(ValueError, NotImplementedError, RuntimeError),  # encrypted, or packed in another way
    ) as error:
        raise Malformed("file.broken", why=type(error).__name__) from error
    entities = tuple(_from_json(text, jpegs))
    named = {thing.id for thing in entities if isinstance(thing, Photo)}
    return MeetingFile(entities, {key: jpeg for key, jpeg in jpegs.items() if key in named})


def renewed(entities: Iterable[Entity], meeting: MeetingId) -> Iterator[Entity]:
    """The things with other ids, the same every time for the same ``meeting``.

    Whoever was live is closed: opening the doors goes on with it, the clock at the same second.
    """
    things = [thing for thing in entities if isinstance(thing, _CARRIED)]
    old = _meeting_of(things).id

    def new(key: UUID) -> UUID:
        return _new_id(key, old, meeting)

    for thing in things:
        fresh = msgspec.structs.replace(thing, **_renewed_fields(thing, new))
        if isinstance(fresh, Meeting):  # who opens the doors then opens no vote
            live = {"phase": Phase.CLOSED, "frozen": False} if fresh.phase is Phase.LIVE else {}
            fresh = msgspec.structs.replace(fresh, voting=False, **live)
        yield fresh


def _new_id(key: UUID, old: UUID, meeting: UUID) -> UUID:
    return meeting if key == old else uuid5(meeting, key.hex)


def _renewed_fields(thing: Entity, new: Callable[[UUID], UUID]) -> dict[str, Any]:
    fields: dict[str, Any] = {"id": new(thing.id)}
    for field in thing.refers:
        target = getattr(thing, field)
        if target is not None:
            fields[field] = new(target)
    if isinstance(thing, Clock):
        fields["before"] = tuple(
            msgspec.structs.replace(moment, step=new(moment.step)) for moment in thing.before
        )
    return fields


def _meeting_of(entities: Iterable[Entity]) -> Meeting:
    found = [thing for thing in entities if isinstance(thing, Meeting)]
    if len(found) != 1:
        raise Malformed("file.meeting", number=len(found))
    return found[0]


def _member(name: str, packing: int) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, date_time=_LONG_AGO)
    member.compress_type = packing
    member.external_attr = 0o644 << 16
    return member


def _members(archive: zipfile.ZipFile) -> tuple[bytes, dict[UUID, bytes]]:
    """The JSON and the photos. Nothing is ever written to a disk, so a name leads nowhere."""
    members = archive.infolist()
    if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > LARGEST:
        raise Malformed("file.huge", maximum=LARGEST)
    names = [member.filename for member in members]
    if any(_UNSAFE.search(name) for name in names):
        raise Malformed("file.unsafe")
    if len(set(names)) != len(names):
        raise Malformed("file.double")
    if _JSON not in names:
        raise Malformed("file.kind")
    jpegs = {}
    for name in names:
        found = _PHOTO.fullmatch(name)
        if found:
            jpegs[UUID(found[1])] = _read(archive, name, LARGEST_PHOTO)
    return _read(archive, _JSON, LARGEST_JSON), jpegs


def _read(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    """A member, never more of it than allowed, whatever it says of its length."""
    with archive.open(name) as member:
        content = member.read(most + 1)
    if len(content) > most:
        raise Malformed("file.huge", maximum=most)
    return content


def _to_json(entities: Iterable[Entity]) -> bytes:
    things: dict[str, list[dict[str, Any]]] = {kind.kind(): [] for kind in _CARRIED}
    carried = (thing for thing in entities if isinstance(thing, _CARRIED))
    for thing in sorted(carried, key=lambda thing: (getattr(thing, "order", 0.0), thing.id.int)):
        fields = msgspec.to_builtins(thing)
        del fields["kind"]
        things[thing.kind()].append(fields)
    content = {
        "format": FORMAT,
        "version": VERSION,
        "app": __version__,
        "things": {kind: found for kind, found in things.items() if found},
    }
    return msgspec.json.format(msgspec.json.encode(content), indent=2) + b"\n"


def _from_json(raw: bytes, photos: Mapping[UUID, bytes]) -> Iterator[Entity]:
    entities = list(_entities(_things(raw)))
    meeting = _meeting_of(entities)
    for single in _SINGLE:
        found = [thing for thing in entities if isinstance(thing, single)]
        if len(found) > 1:
            raise Malformed("file.double", kind=single.kind())
        if not found:
            entities.append(single(id=meeting.id))
    whole = [
        msgspec.structs.replace(thing, id=meeting.id) if isinstance(thing, _SINGLE) else thing
        for thing in entities
    ]
    _check_whole(whole)
    for thing in whole:
        if isinstance(thing, Photo) and not photos.get(thing.id, b"").startswith(_JPEG):
            raise Malformed("file.photo", id=str(thing.id))
        yield thing


def _things(raw: bytes) -> dict[str, list[dict[str, Any]]]:
    """The JSON down to the things, each an object; nothing is known of its fields yet."""
    start = raw.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start.startswith(b"{"):
        raise Malformed("file.kind")
    try:
        content = msgspec.json.decode(start)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise Malformed("file.broken", why=type(error).__name__) from error
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise Malformed("file.kind")
    version, things = content.get("version"), content.get("things")
    if isinstance(version, int) and version > VERSION:
        raise Malformed("file.newer", version=version)
    if version != VERSION or not isinstance(things, dict):
        raise Malformed("file.broken", why="version")
    for kind, found in things.items():
        if not isinstance(found, list) or not all(isinstance(thing, dict) for thing in found):
            raise Malformed("file.broken", why=str(kind))
    if sum(len(found) for found in things.values()) > MOST:
        raise Malformed("file.huge", maximum=MOST)
    return things


def _entities(things: Mapping[str, list[dict[str, Any]]]) -> Iterator[Entity]:
    if unknown := things.keys() - {kind.kind() for kind in _CARRIED}:
        raise Malformed("file.unknown_kind", kind=min(unknown))
    for kind in _CARRIED:
        row = things.get(kind.kind(), [])
        if "order" in kind.__struct_fields__ and not any("order" in fields for fields in row):
            row = [{**fields, "order": place} for place, fields in enumerate(row)]
        for number, fields in enumerate(row, start=1):
            yield _entity(kind, fields, number)


def _entity(kind: type[Entity], fields: dict[str, Any], number: int) -> Entity:
    where: dict[str, str | float] = {"kind": kind.kind(), "number": number}
    if odd := fields.keys() - set(kind.__struct_fields__):
        raise Malformed("file.field", **where, field=min(odd))
    named = _with_ids(kind, fields)
    if kind is Table and not named.get("code"):
        named["code"] = ""
    try:
        thing = msgspec.convert(named, kind)
    except (msgspec.ValidationError, ValueError) as error:
        raise Malformed("file.value", **where, why=str(error)) from error
    fit = {name: _fit(value) for name, value in msgspec.structs.asdict(thing).items()}
    thing = msgspec.structs.replace(thing, **fit)
    if isinstance(thing, Table) and not thing.code:
        thing = msgspec.structs.replace(thing, code=code_of(thing.id))
    if wrong := next(_wrong(thing), None):
        raise Malformed("file.value", **where, why=wrong)
    return thing


def _with_ids(kind: type[Entity], fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields with a UUID wherever an id is a word; ``groen`` is as good as a UUID."""
    named = dict(fields)
    if kind in {Meeting, *_SINGLE}:
        named.setdefault("id", "meeting")  # there is but one
    named["id"] = _id(kind.refers.get("id", kind.kind()), named.get("id"))
    for field, target in kind.refers.items():
        if named.get(field) is not None:
            named[field] = _id(target, named[field])
    before = named.get("before")
    if kind is Clock and isinstance(before, list):
        named["before"] = [
            {**moment, "step": _id("step", moment.get("step"))}
            for moment in before
            if isinstance(moment, dict)
        ]
    return named


def _id(kind: str, name: Any) -> Any:
    if not isinstance(name, str) or not 0 < len(name) <= _LONGEST_NAME:
        return name
    try:
        return str(UUID(name))
    except ValueError:
        return str(uuid5(_NAMES, f"{kind} {name}"))


def _fit(value: Any) -> Any:
    """A text without what no screen can hold; anything else as it is."""
    if type(value) is tuple:
        return tuple(map(_fit, value))
    return tidy(value) if type(value) is str else value


def _wrong(thing: Entity) -> Iterator[str]:
    """What the rules of a meeting would not have let in."""
    moments = thing.before if isinstance(thing, Clock) else ()
    values = [
        *msgspec.structs.asdict(thing).items(),
        *(pair for moment in moments for pair in msgspec.structs.asdict(moment).items()),
    ]
    for name, value in values:
        if isinstance(value, str) and len(value) > PARAGRAPH:
            yield f"{name}: too long"
        if isinstance(value, dt.datetime) and value.tzinfo is None:
            yield f"{name}: no time zone"
        if isinstance(value, float) and not abs(value) < float("1e15"):
            yield f"{name}: no number"
        bounds = _BOUNDS.get((thing.kind(), name))
        if bounds is not None and value is not None and not bounds[0] <= value <= bounds[1]:
            yield f"{name}: from {bounds[0]} to {bounds[1]}"
    yield from _odd(thing)


def _odd(thing: Entity) -> Iterator[str]:
    """What only things of one kind can have wrong."""
    if isinstance(thing, Meeting) and thing.language not in {"nl", "en"}:
        yield "language: nl or en"
    if isinstance(thing, Response) and thing.stance is Stance.OBJECTS and not thing.reason.strip():
        yield "reason: needed where it objects"
    if isinstance(thing, HandOver) and not 0 < len(thing.points) <= MOST_POINTS:
        yield f"points: 1 to {MOST_POINTS}"
    if isinstance(thing, HandOver) and any(len(point) > PARAGRAPH for point in thing.points):
        yield "points: too long"
    if isinstance(thing, Table) and not _CODE.fullmatch(thing.code):
        yield "code: five of the letters and digits of a table code"


def _check_whole(entities: Sequence[Entity]) -> None:
    """Each thing once, and nothing that points at what is not there."""
    there: dict[str, set[UUID]] = {kind.kind(): set() for kind in KINDS}
    codes: set[str] = set()
    for thing in entities:
        code = thing.code if isinstance(thing, Table) else None
        if thing.id in there[thing.kind()] or code in codes:
            raise Malformed("file.double", kind=thing.kind(), id=str(thing.id))
        there[thing.kind()].add(thing.id)
        codes.update({code} if code else ())
    for thing in entities:
        for field, target in thing.refers.items():
            key = getattr(thing, field)
            if key is not None and key not in there[target]:
                raise Malformed("file.reference", kind=thing.kind(), field=field)
    if pointing_on([thing for thing in entities if isinstance(thing, Note)]) is not None:
        raise Malformed("file.merged")
