"""Photos over HTTP: handed in, shown, copied, carried off, and in the verslag."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest
from PIL import Image

from tests.server.cafe import Cafe, Engine
from tests.server.drawn import TAKEN_AT, bomb, drawn, with_place


def path(cafe: Cafe, photo: str, **more: str) -> str:
    query = "".join(f"&{name}={quote(value)}" for name, value in more.items())
    return f"/api/photos/{photo}?meeting={cafe.id}{query}"


def add(cafe: Cafe, raw: bytes = b"", photo: str = "", **more: str) -> str:
    """A photo that is to be taken; its id."""
    key = photo or str(uuid4())
    kept = cafe.engine.console("PUT", path(cafe, key, **more), raw or drawn())
    assert kept["id"] == key
    return key


def refused(cafe: Cafe, raw: bytes, photo: str = "", **more: str) -> tuple[int, str]:
    """The status and the code of the error."""
    key = photo or str(uuid4())
    token = cafe.engine.card.console_token
    answer = cafe.engine.ask("PUT", path(cafe, key, **more), token, raw)
    assert answer.json()["error"]["message"]
    return answer.status_code, answer.json()["error"]["code"]


def look(cafe: Cafe, photo: str, token: str = "") -> Any:
    return cafe.engine.ask("GET", path(cafe, photo), token or cafe.engine.card.console_token)


def test_a_photo_is_kept_upright_and_without_its_place(cafe: Cafe) -> None:
    theme = cafe.all("theme")[0]["id"]
    key = add(cafe, with_place(), theme=theme, caption="Het tafelkleed & meer “groen”")
    (photo,) = cafe.all("photo")
    assert (photo["width"], photo["height"]) == (40, 60)
    assert (photo["theme"], photo["caption"]) == (theme, "Het tafelkleed & meer “groen”")
    answer = look(cafe, key)
    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.headers["cache-control"] == "no-store"
    assert TAKEN_AT.encode() not in answer.content
    with Image.open(BytesIO(answer.content)) as image:
        assert image.size == (40, 60)


def test_the_hall_sees_it_and_phones_do_not(engine: Engine, cafe: Cafe) -> None:
    key, phone = add(cafe), cafe.join()
    assert look(cafe, key, engine.card.hall_token).content.startswith(b"\xff\xd8\xff")
    assert look(cafe, key, phone.token).status_code == 403
    assert engine.ask("PUT", path(cafe, key), phone.token, drawn()).status_code == 403
    assert not phone.all("photo")


def test_sent_twice_it_is_there_once(cafe: Cafe) -> None:
    key = add(cafe)
    revision = cafe.revision
    assert add(cafe, drawn(30, 30), key) == key
    assert cafe.revision == revision
    assert len(cafe.all("photo")) == 1


def test_taking_it_out_is_undone_with_its_picture(cafe: Cafe) -> None:
    key = add(cafe)
    cafe.do("remove_photo", photo=key)
    assert look(cafe, key).status_code == 404
    assert refused(cafe, drawn(), key) == (404, "photo.unknown")
    cafe.do("undo", entry=cafe.revision)
    assert look(cafe, key).status_code == 200


def test_adding_it_is_undone(cafe: Cafe) -> None:
    add(cafe)
    (entry,) = [e for e in cafe.state()["history"] if e["command"] == "add_photo"]
    assert entry["undoable"]
    cafe.do("undo", entry=entry["revision"])
    assert not cafe.all("photo")


def test_what_is_refused_changes_nothing(cafe: Cafe) -> None:
    revision = cafe.revision
    assert refused(cafe, b"nonsense") == (422, "photo.kind")
    assert refused(cafe, b"") == (422, "photo.kind")
    assert refused(cafe, bomb()) == (422, "photo.size")
    assert refused(cafe, drawn() + bytes(12_000_000)) == (413, "photo.size")
    assert refused(cafe, drawn(), theme=str(uuid4())) == (409, "reference.missing")
    assert refused(cafe, drawn(), theme="groen") == (422, "id.malformed")
    assert refused(cafe, drawn(), photo="1") == (422, "id.malformed")
    assert refused(cafe, drawn(), caption="x" * 201) == (409, "line.length")
    assert cafe.revision == revision
    assert look(cafe, str(uuid4())).status_code == 404


def test_what_was_refused_may_come_again(cafe: Cafe) -> None:
    key = str(uuid4())
    assert refused(cafe, b"nonsense", key) == (422, "photo.kind")
    assert add(cafe, photo=key) == key


def test_a_photo_cannot_be_added_beside_its_picture(cafe: Cafe) -> None:
    photo = {"command": "add_photo", "id": str(uuid4()), "photo": str(uuid4())}
    wish = {**photo, "width": 1, "height": 1}
    (result,) = cafe.engine.console("POST", cafe.send_to, {"commands": [wish]})["results"]
    assert result["code"] == "command.unknown"


def test_it_stands_in_the_verslag(engine: Engine, cafe: Cafe) -> None:
    add(cafe, caption="Het tafelkleed")
    gone = add(cafe)
    cafe.do("remove_photo", photo=gone)
    document = zipfile.ZipFile(
        BytesIO(engine.console("GET", f"/api/report.docx?meeting={cafe.id}"))
    )
    assert [name for name in document.namelist() if "media" in name] == ["word/media/photo1.jpeg"]
    assert "Het tafelkleed" in document.read("word/document.xml").decode()


@pytest.mark.parametrize("whole", [True, False])
def test_a_copy_has_its_own_picture(engine: Engine, cafe: Cafe, whole: bool) -> None:
    key = add(cafe)
    copy = str(uuid4())
    body = {"id": copy, "title": "Archief", "whole": whole}
    engine.console("POST", f"/api/meetings/{cafe.id}/copy", body)
    cafe.do("close_meeting")
    assert engine.ask("DELETE", f"/api/meetings/{cafe.id}", engine.card.console_token).is_success
    state = engine.console("GET", f"/api/state?meeting={copy}")
    copied = [thing["id"] for thing in state["entities"] if thing["kind"] == "photo"]
    assert len(copied) == whole
    for photo in copied:
        assert photo != key
        assert engine.console("GET", f"/api/photos/{photo}?meeting={copy}")


def test_it_travels_in_the_meeting_file(engine: Engine, cafe: Cafe) -> None:
    key = add(cafe)
    cafe_file = engine.console("GET", f"/api/meetings/{cafe.id}/file.cafe")
    assert f"photos/{key}.jpg" in zipfile.ZipFile(BytesIO(cafe_file)).namelist()
    brought = engine.console("POST", "/api/meetings/import", cafe_file)["id"]
    state = engine.console("GET", f"/api/state?meeting={brought}")
    (photo,) = (thing["id"] for thing in state["entities"] if thing["kind"] == "photo")
    jpeg = engine.console("GET", f"/api/photos/{photo}?meeting={brought}")
    assert jpeg == look(cafe, key).content


def test_a_file_with_a_picture_that_is_none_is_refused(engine: Engine, cafe: Cafe) -> None:
    key = add(cafe)
    source = engine.console("GET", f"/api/meetings/{cafe.id}/file.cafe")
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(source)) as old, zipfile.ZipFile(made, "w") as new:
        new.writestr("meeting.json", old.read("meeting.json"))
        new.writestr(f"photos/{key}.jpg", b"\xff\xd8\xff" + b"x" * 1_000)
    token = engine.card.console_token
    answer = engine.ask("POST", "/api/meetings/import", token, made.getvalue())
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "file.photo")
