"""The library over HTTP: making meetings, copying them, and carrying them off."""

from __future__ import annotations

import json
import re
import zipfile
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pytest

from facilitator.server import routes
from facilitator.server.copies import file_stem
from facilitator.server.press import Press
from tests.server.cafe import Cafe, Engine
from tests.server.drawn import drawn


def _list(engine: Engine) -> dict[str, dict[str, object]]:
    return {line["id"]: line for line in engine.console("GET", "/api/meetings")["meetings"]}


@pytest.mark.parametrize("template", ["empty", "classic", "themes"])
def test_a_new_meeting_is_made_once(engine: Engine, template: str) -> None:
    new = {"id": str(uuid4()), "title": " Nieuw ", "template": template, "themes": ["Groen"]}
    for _ in range(2):
        assert engine.console("POST", "/api/meetings", new) == {"id": new["id"]}
    line = _list(engine)[str(new["id"])]
    assert (line["title"], line["phase"], line["notes"]) == ("Nieuw", "preparing", 0)


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"title": ""}, 422, "title.length"),
        ({"title": "x" * 201}, 422, "title.length"),
        ({"themes": ["x"] * 21}, 409, "theme.most"),
        ({"template": "other"}, 422, "body.malformed"),
        ({"language": "de"}, 422, "body.malformed"),
        ({"id": "x"}, 422, "body.malformed"),
    ],
)
def test_a_wrong_meeting_is_not_made(
    engine: Engine, change: dict[str, object], status: int, code: str
) -> None:
    before = _list(engine)
    new = {"id": str(uuid4()), "title": "Nieuw", **change}
    answer = engine.ask("POST", "/api/meetings", engine.card.console_token, new)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert _list(engine) == before


@pytest.mark.parametrize("kind", ["cafe", "json"])
def test_a_meeting_travels_as_a_file(engine: Engine, cafe: Cafe, kind: str) -> None:
    cafe.join().write("Neem mij mee")
    path = f"/api/meetings/{cafe.id}/file.{kind}"
    answer = engine.ask("GET", path, engine.card.console_token)
    assert f'filename="Proef.{kind}"' in answer.headers["content-disposition"]
    if kind == "cafe":
        assert "meeting.json" in zipfile.ZipFile(BytesIO(answer.content)).namelist()
    brought = engine.console("POST", "/api/meetings/import", answer.content)["id"]
    assert brought != cafe.id
    state = engine.console("GET", f"/api/state?meeting={brought}")
    assert [n["text"] for n in state["entities"] if n["kind"] == "note"] == ["Neem mij mee"]
    codes = {thing["code"] for thing in state["entities"] if thing["kind"] == "table"}
    assert not codes & {table["code"] for table in cafe.tables}


@pytest.mark.parametrize(
    "body", [b"", b"PK\x03\x04", b"{}", b"[1]", b"nonsense", json.dumps({"a": 1}).encode()]
)
def test_a_wrong_file_changes_nothing(engine: Engine, body: bytes) -> None:
    before = _list(engine)
    answer = engine.ask("POST", "/api/meetings/import", engine.card.console_token, body)
    assert answer.status_code == 422
    assert answer.json()["error"]["code"].startswith("file.")
    assert _list(engine) == before


def test_a_copy_is_for_another_day(engine: Engine, cafe: Cafe) -> None:
    cafe.join().write()
    copied = {"id": str(uuid4()), "title": "Volgend jaar"}
    for _ in range(2):
        assert engine.console("POST", f"/api/meetings/{cafe.id}/copy", copied)["id"] == copied["id"]
    state = engine.console("GET", f"/api/state?meeting={copied['id']}")
    kinds = {thing["kind"] for thing in state["entities"]}
    assert kinds == {"meeting", "theme", "table", "step", "clock", "projector"}
    (meeting,) = (thing for thing in state["entities"] if thing["kind"] == "meeting")
    assert (meeting["title"], meeting["phase"]) == ("Volgend jaar", "preparing")


def test_a_whole_copy_has_everything(engine: Engine, cafe: Cafe) -> None:
    cafe.join().write()
    copied = {"id": str(uuid4()), "title": "Archief", "whole": True}
    engine.console("POST", f"/api/meetings/{cafe.id}/copy", copied)
    line = _list(engine)[str(copied["id"])]
    assert (line["notes"], line["participants"]) == (1, 1)


def test_a_live_meeting_is_not_deleted(engine: Engine, cafe: Cafe) -> None:
    path = f"/api/meetings/{cafe.id}"
    answer = engine.ask("DELETE", path, engine.card.console_token)
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "meeting.live")
    cafe.do("close_meeting")
    assert engine.ask("DELETE", path, engine.card.console_token).status_code == 204
    assert engine.ask("DELETE", path, engine.card.console_token).status_code == 404
    assert cafe.id not in _list(engine)
    gone = engine.ask("GET", f"/api/tables/{cafe.tables[0]['code']}")
    assert gone.status_code == 404


def test_the_sample_and_its_verslag(engine: Engine) -> None:
    sample = engine.console("POST", "/api/meetings/sample")["id"]
    answer = engine.ask("GET", f"/api/report.docx?meeting={sample}", engine.card.console_token)
    assert answer.headers["content-type"].endswith("wordprocessingml.document")
    assert ".docx" in answer.headers["content-disposition"]
    document = zipfile.ZipFile(BytesIO(answer.content)).read("word/document.xml")
    assert b"Opbrengst" in document


@pytest.mark.parametrize(("asked", "spoken"), [("en-GB", "en"), ("nl", "nl"), ("ar", "nl")])
def test_the_sample_is_in_the_language_of_who_asks(engine: Engine, asked: str, spoken: str) -> None:
    path, token = "/api/meetings/sample", engine.card.console_token
    sample = engine.ask("POST", path, token, **{"accept-language": asked}).json()["id"]
    page = engine.console("GET", f"/api/report.html?meeting={sample}").decode()
    assert f'<html lang="{spoken}' in page


def test_a_press_that_dies_is_replaced(engine: Engine, cafe: Cafe) -> None:
    def add() -> int:
        path = f"/api/photos/{uuid4()}?meeting={cafe.id}"
        return engine.ask("PUT", path, engine.card.console_token, drawn()).status_code

    assert add() == 200
    for press in _presses():
        for process in (press._workers._processes if press._workers else {}).values():
            process.kill()
            process.join()
    assert {add() for _ in range(2)} <= {200, 503}
    assert add() == 200


def _presses() -> list[Press]:
    import gc  # noqa: PLC0415 - only here

    return [thing for thing in gc.get_objects() if isinstance(thing, Press)]


def test_a_backup_and_a_look_at_the_data(engine: Engine, cafe: Cafe) -> None:
    made = engine.console("POST", "/api/backup")["path"]
    with open(made, "rb") as file:  # noqa: PTH123 - a path from the engine
        assert file.read(15) == b"SQLite format 3"
    assert engine.console("GET", "/api/check") == {"findings": []}


@pytest.mark.parametrize(
    ("title", "stem"),
    [
        ("Groen & buiten", "Groen & buiten"),
        ('a/b\\c:d*e?f"g<h>i|j', "a b c d e f g h i j"),
        ("...", "bijeenkomst"),
        ("x" * 300, "x" * 100),
    ],
)
def test_a_title_becomes_a_name_for_a_file(title: str, stem: str) -> None:
    assert file_stem(title) == stem


def test_the_description_is_whole(engine: Engine) -> None:
    said = engine.ask("GET", "/api/openapi.json").json()
    assert said["openapi"].startswith("3.1")
    asked = {
        (one.get("operationId"), query["name"])
        for path in said["paths"].values()
        for one in path.values()
        for query in one["parameters"]
    }
    texts = "".join(path.read_text("utf-8") for path in Path(routes.__file__).parent.glob("*.py"))
    assert set(re.findall(r'call\.query\("(\w+)"\)', texts)) <= {name for _route, name in asked}
    for about in ("mute_writer", "black_out", "add_photo", "photo", "report", "state", "events"):
        assert (about, "meeting") in asked
    names = set(said["components"]["schemas"])
    assert {"WriteNote", "Note", "Refusal", "Joined", "EngineNow"} <= names
    text = json.dumps(said)
    for reference in set(_references(text)):
        assert reference in names
    commands = said["paths"]["/api/commands"]["post"]
    assert commands["security"] == [{"token": ["facilitator", "host", "participant", "secretary"]}]


def _references(text: str) -> list[str]:
    return [part.partition('"')[0] for part in text.split("#/components/schemas/")[1:]]
