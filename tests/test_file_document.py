"""The description of the meeting file is held against the structs and against the reader."""

from __future__ import annotations

import datetime as dt
import re
from enum import StrEnum
from pathlib import Path
from types import NoneType
from typing import Any, get_args, get_origin
from uuid import UUID

import msgspec
import pytest

from facilitator.file import _CARRIED, FORMAT, VERSION, from_json
from facilitator.kernel.entity import Entity
from facilitator.meeting.programme import Moment

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "meeting-file.md"
TEXT = DOCUMENT.read_text(encoding="utf-8")

WORDS: dict[Any, str] = {
    str: "text",
    bool: "true or false",
    int: "whole number",
    float: "number",
    UUID: "id",
    dt.datetime: "moment",
    dt.date: "date",
    dt.time: "time of day",
}


def words_for(shape: Any) -> str:
    options = [option for option in get_args(shape) if option is not NoneType]
    if NoneType in get_args(shape):
        return f"{words_for(options[0])} or null"
    plain = getattr(shape, "__supertype__", shape)
    if plain in WORDS:
        return WORDS[plain]
    if isinstance(plain, type) and issubclass(plain, StrEnum):
        return " · ".join(f"`{choice}`" for choice in plain)
    if shape == tuple[str, ...]:
        return "list of texts"
    if get_origin(shape) is tuple and issubclass(options[0], StrEnum):
        return f"list of {words_for(options[0])}"
    return "list of moments left"


def default_of(kind: type[Entity | Moment], field: msgspec.structs.FieldInfo) -> str:
    if kind.__name__ in {"Meeting", "Clock", "Projector"} and field.name == "id":
        return "of the meeting"
    if kind.__name__ == "Table" and field.name == "code":
        return "made from the id"
    if field.default is msgspec.NODEFAULT:
        return "**needed**"
    return f"`{msgspec.json.encode(field.default).decode()}`"


def rows_under(heading: str) -> list[tuple[str, str, str]]:
    found = re.search(rf"^### `{heading}`\n(.*?)(?=^##|\Z)", TEXT, re.DOTALL | re.MULTILINE)
    assert found, heading
    rows = re.findall(r"^\| `(\w+)` \| (.*?) \| (.*?) \|", found[1], re.MULTILINE)
    return [(name, shape, default) for name, shape, default in rows]


def expected(kind: type[Entity | Moment]) -> list[tuple[str, str, str]]:
    return [
        (field.name, words_for(field.type), default_of(kind, field))
        for field in msgspec.structs.fields(kind)
    ]


@pytest.mark.parametrize("kind", _CARRIED, ids=lambda kind: kind.kind())
def test_each_field_stands_in_the_document(kind: type[Entity]) -> None:
    assert rows_under(kind.kind()) == expected(kind)


def test_a_moment_left_stands_in_the_document() -> None:
    assert rows_under("moment left") == expected(Moment)


@pytest.mark.parametrize("kind", _CARRIED, ids=lambda kind: kind.kind())
def test_what_a_field_points_at_stands_in_the_document(kind: type[Entity]) -> None:
    for field, target in kind.refers.items():
        assert re.search(rf"^\| `{field}` .*\| of an? `{target}`", TEXT, re.MULTILINE), field


def test_the_examples_can_be_read() -> None:
    examples = re.findall(r"```json\n(.*?)```", TEXT, re.DOTALL)
    assert len(examples) >= 2
    for example in examples:
        assert from_json(example.encode())


def test_format_and_version_stand_in_the_document() -> None:
    assert f'"format": "{FORMAT}"' in TEXT
    assert f'"version": {VERSION}' in TEXT


def test_each_error_of_a_file_stands_in_the_document() -> None:
    source = (DOCUMENT.parent.parent / "facilitator" / "file.py").read_text(encoding="utf-8")
    codes = set(re.findall(r'"(file\.\w+)"', source))
    assert codes
    assert {code for code in codes if f"`{code}`" not in TEXT} == set()
