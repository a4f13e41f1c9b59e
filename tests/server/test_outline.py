"""How the last verslag of an organisation was built is offered to its next meeting."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from tests.server.cafe import Engine


def _meeting(engine: Engine, **fields: object) -> str:
    new = {"id": str(uuid4()), "title": f"Van {fields.get('organisation', 'niemand')}"}
    engine.console("POST", "/api/meetings", new)
    if fields:
        _edit(engine, new["id"], **fields)
    return new["id"]


def _edit(engine: Engine, meeting: str, **fields: object) -> None:
    command = {"command": "edit_meeting", "id": str(uuid4()), **fields}
    answer = engine.console("POST", f"/api/commands?meeting={meeting}", {"commands": [command]})
    assert answer["results"][0]["status"] == "done", answer


def _offered(engine: Engine, meeting: str) -> Any:
    return engine.console("GET", f"/api/meetings/{meeting}/outline")["last"]


def test_the_last_of_the_same_organisation_is_offered(engine: Engine) -> None:
    name = f"Gemeente {uuid4()}"
    first = _meeting(engine, organisation=name, report="participation", matrix="rows")
    _meeting(engine, organisation="Een ander", report="short")
    second = _meeting(engine, organisation=name.upper())
    offered = _offered(engine, second)
    assert (offered["title"], offered["report"], offered["parts"], offered["matrix"]) == (
        f"Van {name}",
        "participation",
        [],
        "rows",
    )
    _edit(engine, first, parts=["agreements", "facts"])
    assert _offered(engine, second)["parts"] == ["agreements", "facts"]


def test_without_an_organisation_or_an_earlier_meeting_there_is_nothing_to_offer(
    engine: Engine,
) -> None:
    _meeting(engine, report="short")
    assert _offered(engine, _meeting(engine)) is None
    assert _offered(engine, _meeting(engine, organisation=str(uuid4()))) is None


def test_a_meeting_that_is_not_there_has_none(engine: Engine) -> None:
    path = f"/api/meetings/{uuid4()}/outline"
    assert engine.ask("GET", path, engine.card.console_token).status_code == 404
