"""Tables: where people sit. Each has a short code, which is on its card and in its QR."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Collection
from typing import Any, ClassVar, Final
from uuid import UUID

from msgspec import UNSET, UnsetType

from facilitator.kernel.command import Command, Context
from facilitator.kernel.entity import Entity, in_order
from facilitator.kernel.errors import Refused
from facilitator.kernel.roles import CONSOLES, Role
from facilitator.kernel.rules import Changes, Gone, Rules, Secret
from facilitator.kernel.state import Index, State
from facilitator.meeting import fields, order
from facilitator.meeting.hosting import Invitation
from facilitator.meeting.ids import TableId, ThemeId
from facilitator.meeting.people import Participant

MOST: Final = 125  # tables; 500 people, four at a table
ALPHABET: Final = "BCDFGHJKLMNPQRSTVWXZ23456789"  # no vowels, so no words; no 0 O 1 I
CODE_LENGTH: Final = 5  # 17 million codes


class Table(Entity, frozen=True, kw_only=True, tag="table"):
    """A physical table. Its number stays with it; its theme, if it has one, may change."""

    refers: ClassVar[dict[str, str]] = {"theme": "theme"}
    single: ClassVar[frozenset[str]] = frozenset({"number", "code"})

    id: TableId
    number: int
    code: str
    name: str = ""
    theme: ThemeId | None = None
    seats: int = 5
    order: float = 0.0
    closed: bool = False  # its phones wait; what comes in all the same is late


class AddTable(Command, frozen=True, kw_only=True, tag="add_table"):
    """Put a table in the room. It gets the next number and a code of its own."""

    roles: ClassVar[frozenset[Role]] = CONSOLES

    table: TableId
    name: str = ""
    theme: ThemeId | None = None
    seats: int = 5
    before: TableId | None = None


class AddTables(Command, frozen=True, kw_only=True, tag="add_tables"):
    """Put several tables in the room, as one step to take back.

    Each gets the one of ``themes`` that has the fewest tables by then.
    """

    roles: ClassVar[frozenset[Role]] = CONSOLES

    tables: tuple[TableId, ...]
    themes: tuple[ThemeId, ...] = ()
    seats: int = 5


class EditTable(Command, frozen=True, kw_only=True, tag="edit_table"):
    """Change a table. Notes that were written there keep the theme that it had."""

    roles: ClassVar[frozenset[Role]] = CONSOLES

    table: TableId
    name: str | UnsetType = UNSET
    theme: ThemeId | UnsetType | None = UNSET
    seats: int | UnsetType = UNSET


class MoveTable(Command, frozen=True, kw_only=True, tag="move_table"):
    """Put a table at another place in the list."""

    roles: ClassVar[frozenset[Role]] = CONSOLES

    table: TableId
    before: TableId | None = None


class RemoveTable(Command, frozen=True, kw_only=True, tag="remove_table"):
    """Take a table away where nobody wrote. Who sat there sits nowhere then."""

    roles: ClassVar[frozenset[Role]] = CONSOLES

    table: TableId


class CloseTable(Command, frozen=True, kw_only=True, tag="close_table"):
    """Let the phones of one table wait, or go on. Nothing that was written is refused."""

    roles: ClassVar[frozenset[Role]] = CONSOLES
    undoable: ClassVar[bool] = False

    table: TableId
    closed: bool


BY_CODE: Final[Index[Table, str]] = Index(Table, lambda table: table.code)


def tables(state: State) -> list[Table]:
    """The tables, first one first."""
    return in_order(state.all(Table))


def table_with(state: State, code: str) -> Table | None:
    """The table with this code, however it was typed."""
    found = state.where(BY_CODE, code.strip().upper())
    return next(iter(found), None)


def code_of(table: UUID) -> str:
    """The code that a table with this id gets: always the same, so that a repeat changes nothing."""
    chosen = random.Random(table.int)  # noqa: S311 - a code is on paper in the hall; it is no secret
    return "".join(chosen.choice(ALPHABET) for _ in range(CODE_LENGTH))


def add_table(state: State, command: AddTable, _context: Context) -> Changes:
    """The table, at its place."""
    row = state.all(Table)
    _check_room(row, 1, command.seats)
    new = Table(
        id=command.table,
        number=_last_number(row) + 1,
        code=_free_code(command.table, {table.code for table in row}),
        name=fields.line(command.name),
        theme=command.theme,
        seats=command.seats,
    )
    yield from order.placed(row, [new], command.before)


def add_tables(state: State, command: AddTables, _context: Context) -> Changes:
    """The tables, after those that there are. One that is there already stays as it is."""
    row = state.all(Table)
    there = {table.id for table in row}
    keys = [key for key in dict.fromkeys(command.tables) if key not in there]
    _check_room(row, len(keys), command.seats)
    codes = {table.code for table in row}
    uses = Counter(table.theme for table in row)
    new = []
    for number, key in enumerate(keys, start=_last_number(row) + 1):
        code = _free_code(key, codes)
        codes.add(code)
        theme = min(command.themes, key=uses.__getitem__, default=None)
        uses[theme] += 1
        new.append(Table(id=key, number=number, code=code, theme=theme, seats=command.seats))
    yield from order.placed(row, new, None)


def _check_room(row: Collection[Table], more: int, seats: int) -> None:
    if len(row) + more > MOST:
        raise Refused("table.most", maximum=MOST)
    fields.within(seats, 1, 50, "table.seats")


def _last_number(row: Collection[Table]) -> int:
    return max((table.number for table in row), default=0)


def _free_code(table: UUID, taken: Collection[str]) -> str:
    for attempt in range(1000):
        code = code_of(UUID(int=(table.int + attempt) % 2**128))
        if code not in taken:
            return code
    raise Refused("table.most", maximum=MOST)


def edit_table(state: State, command: EditTable, _context: Context) -> Changes:
    """The table with the fields that were sent."""
    changes: dict[str, Any] = fields.given(command, "table")
    if "name" in changes:
        changes["name"] = fields.line(changes["name"])
    if "seats" in changes:
        fields.within(changes["seats"], 1, 50, "table.seats")
    yield fields.edited(state.get(Table, command.table), **changes)


def move_table(state: State, command: MoveTable, _context: Context) -> Changes:
    """The table at its new place."""
    yield from order.placed(state.all(Table), [state.get(Table, command.table)], command.before)


def remove_table(state: State, command: RemoveTable, _context: Context) -> Changes:
    """The room without this table. A note that was written there makes the kernel refuse this."""
    yield Gone(state.get(Table, command.table))
    for participant in state.all(Participant):
        if participant.table == command.table:
            yield fields.edited(participant, table=None)
    for invitation in state.all(Invitation):
        if invitation.table == command.table:
            yield Gone(invitation)
            yield Secret(owner=invitation.id, digest=None)


def close_table(state: State, command: CloseTable, _context: Context) -> Changes:
    """The table, while its phones wait or no longer."""
    yield fields.edited(state.get(Table, command.table), closed=command.closed)


RULES: Final[Rules] = {
    AddTable: add_table,
    AddTables: add_tables,
    EditTable: edit_table,
    MoveTable: move_table,
    RemoveTable: remove_table,
    CloseTable: close_table,
}
