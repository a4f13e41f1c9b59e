"""From structs to columns: which type a field gets, and how its value is written down.

Everything stays readable with any SQL tool, and means the same on SQLite and PostgreSQL.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from enum import StrEnum
from operator import attrgetter
from types import NoneType, UnionType
from typing import Any, Final, Union, get_args, get_origin
from uuid import UUID

import msgspec
from sqlalchemy import Boolean, Column, Date, Double, Integer, Text, Time, TypeDecorator, Uuid
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeEngine

from facilitator.kernel.entity import Entity


def written_instant(value: dt.datetime) -> str:
    """The moment as text."""
    utc = value if value.tzinfo is dt.UTC else value.astimezone(dt.UTC)
    return utc.isoformat(timespec="microseconds")[:-6] + "Z"


class Instant(TypeDecorator[dt.datetime]):
    """A moment in UTC, as text that sorts by time: ``2026-10-30T09:00:00.000000Z``."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - the signature of SQLAlchemy
        """The moment as text."""
        return None if value is None else written_instant(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> dt.datetime | None:  # noqa: ARG002 - the signature of SQLAlchemy
        """The text as a moment."""
        return None if value is None else dt.datetime.fromisoformat(value)


class Choice(TypeDecorator[StrEnum]):
    """One of the words of an enumeration."""

    impl = Text
    cache_ok = True

    def __init__(self, choices: type[StrEnum]) -> None:
        super().__init__()
        self.choices = choices

    def process_bind_param(self, value: StrEnum | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - the signature of SQLAlchemy
        """The word."""
        return None if value is None else value.value

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:  # noqa: ARG002 - the signature of SQLAlchemy
        """The choice."""
        return None if value is None else self.choices(value)


class Json(TypeDecorator[Any]):
    """A value of some shape, as JSON."""

    impl = Text
    cache_ok = True

    def __init__(self, shape: Any) -> None:
        super().__init__()
        self.shape = shape

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ARG002 - the signature of SQLAlchemy
        """The value as JSON."""
        return None if value is None else msgspec.json.encode(value).decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ARG002 - the signature of SQLAlchemy
        """The JSON as a value of its shape."""
        return None if value is None else msgspec.json.decode(value, type=self.shape)


Write = Callable[[Any], Any]
"""From a value to what the driver takes."""


def _hex(value: UUID) -> str:
    return "%032x" % value.int  # noqa: UP031 - twice as fast as its own ``hex``


_QUICK: Final[dict[type[TypeEngine[Any]], Write]] = {
    Uuid: _hex,
    Boolean: int,
    Instant: written_instant,
    Choice: attrgetter("value"),
}

_PLAIN: Final[dict[type, type[TypeEngine[Any]]]] = {
    str: Text,
    bool: Boolean,
    int: Integer,
    float: Double,
    UUID: Uuid,
    dt.datetime: Instant,
    dt.date: Date,
    dt.time: Time,
}


def writer_of(kind: TypeEngine[Any], dialect: Dialect) -> Write | None:
    """How a value of this type is given to the driver, None where it goes as it is.

    The same as SQLAlchemy's own way, without its checks: what comes here was checked when it was
    read. No value at all stays none, and is not asked about.
    """
    if dialect.name == "sqlite":
        for plain, write in _QUICK.items():
            if isinstance(kind, plain):
                return write
    return kind.dialect_impl(dialect).bind_processor(dialect)


def columns_of(kind: type[Entity]) -> list[Column[Any]]:
    """A column for each field; the id is part of the primary key."""
    return [
        _column(field.name, field.type, primary_key=field.name == "id")
        for field in msgspec.structs.fields(kind)
    ]


def _column(name: str, hint: Any, *, primary_key: bool) -> Column[Any]:
    shape, nullable = _without_none(hint)
    return Column(name, _type_of(shape), primary_key=primary_key, nullable=nullable)


def _without_none(hint: Any) -> tuple[Any, bool]:
    if get_origin(hint) not in {Union, UnionType}:
        return hint, False
    shapes = [shape for shape in get_args(hint) if shape is not NoneType]
    nullable = len(shapes) < len(get_args(hint))
    return (shapes[0] if len(shapes) == 1 else Union[tuple(shapes)]), nullable  # noqa: UP007 - made while running


def _type_of(shape: Any) -> TypeEngine[Any]:
    plain = getattr(shape, "__supertype__", shape)  # the UUID under a NewType
    if plain in _PLAIN:
        return _PLAIN[plain]()
    if isinstance(plain, type) and issubclass(plain, StrEnum):
        return Choice(plain)
    return Json(shape)
