"""Photos: of the paper tablecloth, of the wall. The picture itself is kept beside the meeting."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, ClassVar, Final

from msgspec import UNSET, UnsetType

from facilitator.kernel.command import Command, Context
from facilitator.kernel.entity import Entity, in_order
from facilitator.kernel.errors import Forbidden, Refused
from facilitator.kernel.roles import CONSOLES, Role
from facilitator.kernel.rules import Changes, Gone, Rules
from facilitator.kernel.state import State
from facilitator.meeting import fields, order
from facilitator.meeting.hosting import host_tables
from facilitator.meeting.ids import PhotoId, TableId, ThemeId
from facilitator.meeting.tables import Table

MOST: Final = 200  # photos in a meeting
MOST_OF_A_HOST: Final = 12  # photos of one table that its host may send
MEGABYTES: Final = 12  # of a file that comes in
MEGAPIXELS: Final = 40  # of the picture in it


class Photo(Entity, frozen=True, kw_only=True, tag="photo"):
    """A photo of a theme, of a table or of the whole meeting. Its bytes have the same id."""

    refers: ClassVar[dict[str, str]] = {"theme": "theme", "table": "table"}
    texts: ClassVar[frozenset[str]] = frozenset({"caption"})

    id: PhotoId
    width: int  # pixels, upright
    height: int
    theme: ThemeId | None = None
    caption: str = ""  # also what is read to who cannot see it
    order: float = 0.0
    table: TableId | None = None  # whose tablecloth it shows


class AddPhoto(Command, frozen=True, kw_only=True, tag="add_photo"):
    """Put a photo in the meeting, whose bytes the engine has checked and keeps.

    That of a table is of the theme of the table. A host sends those of the own table.
    """

    roles: ClassVar[frozenset[Role]] = CONSOLES | {Role.HOST}

    photo: PhotoId
    width: int
    height: int
    theme: ThemeId | None = None
    caption: str = ""
    table: TableId | None = None


class EditPhoto(Command, frozen=True, kw_only=True, tag="edit_photo"):
    """Change what a photo is of, or what is said of it."""

    roles: ClassVar[frozenset[Role]] = CONSOLES

    photo: PhotoId
    theme: ThemeId | UnsetType | None = UNSET
    caption: str | UnsetType = UNSET


class MovePhoto(Command, frozen=True, kw_only=True, tag="move_photo"):
    """Put a photo at another place."""

    roles: ClassVar[frozenset[Role]] = CONSOLES

    photo: PhotoId
    before: PhotoId | None = None


class RemovePhoto(Command, frozen=True, kw_only=True, tag="remove_photo"):
    """Take a photo out of the meeting."""

    roles: ClassVar[frozenset[Role]] = CONSOLES

    photo: PhotoId


def photos(state: State) -> list[Photo]:
    """The photos, first one first."""
    return in_order(state.all(Photo))


def add_photo(state: State, command: AddPhoto, context: Context) -> Changes:
    """The photo, behind the others. Raises ``Forbidden`` where a host sends another table's."""
    row = state.all(Photo)
    if len(row) >= MOST:
        raise Refused("photo.most", maximum=MOST)
    if context.role not in CONSOLES:
        _check_host(state, command, context, row)
    table = state.get(Table, command.table) if command.table is not None else None
    yield Photo(
        id=command.photo,
        width=command.width,
        height=command.height,
        theme=command.theme if table is None else table.theme,
        caption=fields.line(command.caption),
        order=order.last(row),
        table=command.table,
    )


def _check_host(state: State, command: AddPhoto, context: Context, row: Collection[Photo]) -> None:
    if command.table is None or command.table not in host_tables(state, context.actor):
        raise Forbidden("host.table")
    if sum(photo.table == command.table for photo in row) >= MOST_OF_A_HOST:
        raise Refused("photo.most", maximum=MOST_OF_A_HOST)


def edit_photo(state: State, command: EditPhoto, _context: Context) -> Changes:
    """The photo with the fields that were sent."""
    changes: dict[str, Any] = fields.given(command, "photo")
    if "caption" in changes:
        changes["caption"] = fields.line(changes["caption"])
    yield fields.edited(state.get(Photo, command.photo), **changes)


def move_photo(state: State, command: MovePhoto, _context: Context) -> Changes:
    """The photo at its new place."""
    yield from order.placed(state.all(Photo), [state.get(Photo, command.photo)], command.before)


def remove_photo(state: State, command: RemovePhoto, _context: Context) -> Changes:
    """The meeting without the photo. Its bytes stay until the meeting goes, so that undo works."""
    yield Gone(state.get(Photo, command.photo))


RULES: Final[Rules] = {
    AddPhoto: add_photo,
    EditPhoto: edit_photo,
    MovePhoto: move_photo,
    RemovePhoto: remove_photo,
}
