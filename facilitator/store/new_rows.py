"""New rows for SQLite, many in one statement, column by column.

Each statement lets go of Python's lock and has to get it back from the thread that answers, which
costs more than a row; and most of a batch is the same from row to row, or not there at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, repeat
from operator import is_
from typing import Any, Final

from sqlalchemy import Connection, Table
from sqlalchemy.engine import Dialect

from facilitator.store.columns import Write, writer_of
from facilitator.store.database import raw

_AT_ONCE: Final = (64, 16, 4, 1)  # rows in one statement


class NewRows:
    """Puts rows in one table. A row is its values, in the order of the columns."""

    def __init__(self, table: Table, dialect: Dialect) -> None:
        quote = dialect.identifier_preparer.quote
        self._table = quote(table.name)
        self._columns = [
            (quote(column.name), writer_of(column.type, dialect)) for column in table.columns
        ]
        self._statements: dict[tuple[str, ...], dict[int, str]] = {}

    def save(self, connection: Connection, rows: Sequence[Sequence[Any]]) -> None:
        """Write them all. What no row has a value for is left out of the statement."""
        if not rows:
            return
        names: list[str] = []
        columns: list[Sequence[Any]] = []
        for (name, write), values in zip(self._columns, zip(*rows, strict=True), strict=True):
            written = _written(values, write)
            if written is not None:
                names.append(name)
                columns.append(written)
        driver, at = raw(connection), 0
        whole = list(zip(*columns, strict=True))
        for size, sql in self._sql(tuple(names)).items():
            while len(whole) - at >= size:
                driver.execute(sql, list(chain.from_iterable(whole[at : at + size])))
                at += size

    def _sql(self, names: tuple[str, ...]) -> dict[int, str]:
        known = self._statements.get(names)
        if known is None:
            known = self._statements[names] = dict(self._texts(names))
        return known

    def _texts(self, names: tuple[str, ...]) -> Iterator[tuple[int, str]]:
        marks = f"({', '.join('?' * len(names))})"
        for size in _AT_ONCE:
            many = ", ".join([marks] * size)
            yield size, f"INSERT INTO {self._table} ({', '.join(names)}) VALUES {many}"  # noqa: S608 - names of our own tables


def _written(values: Sequence[Any], write: Write | None) -> Sequence[Any] | None:
    """A column as the driver takes it; None where nothing stands in it."""
    first = values[0]
    if all(map(is_, values, repeat(first))):
        if first is None:
            return None
        return [first if write is None else write(first)] * len(values)
    if write is None:
        return values
    return [None if value is None else write(value) for value in values]
