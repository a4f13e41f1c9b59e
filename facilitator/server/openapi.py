"""The OpenAPI document: made of the routes and the shapes, so that it is always true."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Protocol

import msgspec

from facilitator.meeting.features import KINDS
from facilitator.server.access import DOORS
from facilitator.server.shapes import Refusal

_REF = "#/components/schemas/{name}"
_MEETING = {"name": "meeting", "in": "query", "schema": {"type": "string", "format": "uuid"}}
_AFTER = {"name": "after", "in": "query", "schema": {"type": "integer"}}
_THEME = {**_MEETING, "name": "theme"}
_TABLE = {**_MEETING, "name": "table"}
_CAPTION = {"name": "caption", "in": "query", "schema": {"type": "string"}}
_NAME = {**_CAPTION, "name": "name"}
_NONCE = {"name": "nonce", "in": "query", "schema": {"type": "string"}}
_KEY = {"name": "key", "in": "query", "schema": {"type": "string"}}
_HOUSE = {**_KEY, "name": "house"}
_JOB = {**_MEETING, "name": "job"}
_QUERIES = {
    "trial_stream": [_KEY],
    "commands": [_MEETING],
    "state": [_MEETING],
    "events": [_AFTER, _MEETING],
    "report": [_MEETING, _HOUSE, _JOB],
    "mute_writer": [_MEETING],
    "black_out": [_MEETING],
    "add_photo": [_MEETING, _THEME, _TABLE, _CAPTION],
    "photo": [_MEETING],
    "put_house_style": [_NAME],
    "hello": [_NONCE],
}


class Described(Protocol):
    """What the document says of a route."""

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def method(self) -> str: ...  # noqa: D102
    @property
    def path(self) -> str: ...  # noqa: D102
    @property
    def answer(self) -> Any: ...  # noqa: D102
    @property
    def takes(self) -> Any: ...  # noqa: D102
    @property
    def gives(self) -> Any: ...  # noqa: D102
    @property
    def status(self) -> int: ...  # noqa: D102


def document(routes: Sequence[Described], version: str) -> bytes:
    """The whole document, as JSON."""
    shapes = [shape for route in routes for shape in (route.takes, route.gives) if _is_shape(shape)]
    shapes = list(dict.fromkeys([*shapes, Refusal, *KINDS]))
    schemas, components = msgspec.json.schema_components(shapes, ref_template=_REF)
    known = dict(zip(shapes, schemas, strict=True))
    paths: dict[str, dict[str, Any]] = {}
    for route in routes:
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route, known)
    return msgspec.json.encode(
        {
            "openapi": "3.1.0",
            "info": {"title": "Facilitator", "version": version},
            "paths": paths,
            "components": {
                "schemas": components,
                "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            },
        }
    )


def _operation(route: Described, known: dict[Any, Any]) -> dict[str, Any]:
    door = DOORS[route.name]
    places = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in re.findall(r"\{(\w+)\}", route.path)
    ]
    answers: dict[str, Any] = {
        str(route.status): {
            "description": "Done",
            **({"content": _content(route.gives, known)} if route.gives is not None else {}),
        },
        "default": {"description": "Refused", "content": _content(Refusal, known)},
    }
    operation: dict[str, Any] = {
        "operationId": route.name,
        "summary": (route.answer.__doc__ or "").strip().partition("\n")[0],
        "parameters": [*places, *_QUERIES.get(route.name, [])],
        "responses": answers,
    }
    if door:
        operation["security"] = [{"token": sorted(door)}]
    if route.takes is not None:
        operation["requestBody"] = {"required": True, "content": _content(route.takes, known)}
    return operation


def _content(shape: Any, known: dict[Any, Any]) -> dict[str, Any]:
    if shape is bytes:
        return {"application/octet-stream": {}}
    if isinstance(shape, str):
        return {shape: {}}
    return {"application/json": {"schema": known[shape]}}


def _is_shape(shape: Any) -> bool:
    return isinstance(shape, type) and issubclass(shape, msgspec.Struct)
