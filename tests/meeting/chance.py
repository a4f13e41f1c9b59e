"""Any command that somebody could send to a meeting as it is now; many of them make no sense.

Drawn with a ``Random`` and not value by value by Hypothesis, which is a hundred times slower here.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Sequence
from enum import StrEnum
from random import Random
from types import NoneType, UnionType
from typing import Any, Final, Union, get_args, get_origin
from uuid import UUID

import msgspec
from msgspec import UnsetType

from facilitator.kernel.command import Command
from facilitator.kernel.roles import CONSOLES, Role
from facilitator.kernel.state import State
from facilitator.kernel.undo import Undo
from facilitator.meeting.features import RULES
from facilitator.meeting.fields import Typed

ACTORS: Final = {Role.FACILITATOR: UUID(int=1), Role.SECRETARY: UUID(int=2)}
COMMANDS: Final = sorted(RULES, key=lambda command: command.__name__)
UNDOABLE: Final = [
    command
    for command in COMMANDS
    if command.undoable and command.roles == CONSOLES and command is not Undo
]

_WORDS: Final = [
    "groen",
    "bankje",
    "é€😀",
    "veilig",
    "licht",
    "samen",
    "x" * 250,
    "",
    " \x00\n",
    "Rol",
]
_NUMBERS: Final = [-60, -1, 0, 1, 5, 10, 60, 120, 1200, 28_800, 10**6]


_KEYS: Final = {
    "key": ["sleutel", "", "sleutel van een toestel"],
    "digest": [hashlib.sha256(b"sleutel").hexdigest(), "x"],
}


def _text(chance: Random) -> str:
    return " ".join(chance.choice(_WORDS) for _ in range(chance.randint(0, 4)))


_Draw = Callable[[Random], Any]
_PLAIN: Final[dict[Any, _Draw]] = {
    NoneType: lambda _chance: None,
    str: _text,
    bool: lambda chance: chance.random() < 0.5,
    int: lambda chance: chance.choice(_NUMBERS),
    dt.date: lambda _chance: dt.date(2026, 10, 30),
    dt.time: lambda _chance: dt.time(13, 30),
    Typed: lambda chance: Typed(base=_text(chance), text=_text(chance)),
}


def any_command(chance: Random, state: State, among: Sequence[type[Command]] = COMMANDS) -> Command:
    """A command, mostly about things that are there."""
    kind = chance.choice(among)
    fields: dict[str, Any] = {}
    for field in msgspec.structs.fields(kind):
        if field.name == "id":
            fields["id"] = _new(chance)
        elif field.name in _KEYS:
            fields[field.name] = chance.choice(_KEYS[field.name])
        elif kind.tag() == "undo":
            fields[field.name] = chance.randint(0, state.revision)
        elif field.required or chance.random() < 0.4:
            fields[field.name] = _value(chance, state, field.type, _makes(kind, field.name))
    return kind(**fields)


def _makes(kind: type[Command], field: str) -> bool:
    """Whether this field is the id of a new thing."""
    makers = {f"{verb}_{field}" for verb in ("add", "write", "send")}
    return kind.tag() in makers or (kind.tag(), field) == ("invite_host", "invitation")


def _value(chance: Random, state: State, shape: Any, makes: bool) -> Any:
    if get_origin(shape) in {Union, UnionType}:
        options = [option for option in get_args(shape) if option is not UnsetType]
        return _value(chance, state, chance.choice(options), makes)
    if get_origin(shape) is tuple:
        inner = get_args(shape)[0]
        return tuple(_value(chance, state, inner, makes) for _ in range(chance.randint(0, 4)))
    if getattr(shape, "__supertype__", None) is UUID:
        return _id(chance, state, shape.__name__, makes)
    if shape in _PLAIN:
        return _PLAIN[shape](chance)
    assert issubclass(shape, StrEnum)
    return chance.choice(list(shape))


def _id(chance: Random, state: State, name: str, makes: bool) -> UUID:
    """Of a thing of this kind; ``NoteId`` names the kind ``note``, ``CheckInId`` ``check_in``."""
    stem = name.removesuffix("Id")
    kind = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in stem)[1:]
    there = [thing.id for thing in state.all(state.kinds[kind])]
    if not there or chance.random() < (0.8 if makes else 0.1):
        return _new(chance)
    return chance.choice(there)


def _new(chance: Random) -> UUID:
    return UUID(int=chance.getrandbits(128), version=4)
