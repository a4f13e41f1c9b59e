"""House styles through the engine: kept, listed, chosen, used for the verslag, and refused."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from uuid import uuid4

import pytest

from facilitator.server.stationery import FOLDER, MOST, Stationery
from tests.report.house_file import control, field, house_file, latent, lines
from tests.server.cafe import Cafe, Engine

PATH = "/api/house_styles"


@pytest.fixture(autouse=True)
def _clean(engine: Engine) -> Iterator[None]:
    yield
    for style in engine.console("GET", PATH)["styles"]:
        engine.ask("DELETE", f"{PATH}/{style['id']}", engine.card.console_token)


def put(engine: Engine, raw: bytes, name: str = "Gemeente Merelveen") -> str:
    key = str(uuid4())
    card = engine.console("PUT", f"{PATH}/{key}?name={name}", raw)
    assert card["id"] == key
    return key


def verslag(engine: Engine, cafe: Cafe, more: str = "", ending: str = "docx") -> bytes:
    path = f"/api/report.{ending}?meeting={cafe.id}{more}"
    answer = engine.ask("GET", path, engine.card.console_token)
    assert answer.status_code == 200
    return bytes(answer.content)


def styled(raw: bytes) -> bool:
    """Whether a verslag is in the house style."""
    with zipfile.ZipFile(io.BytesIO(raw)) as file:
        return "word/house/header1.xml" in file.namelist()


def test_a_house_style_is_kept_listed_and_used(engine: Engine, cafe: Cafe) -> None:
    assert engine.console("GET", PATH) == {"in_use": None, "styles": []}
    assert not styled(verslag(engine, cafe))
    key = put(engine, latent())
    listed = engine.console("GET", PATH)
    assert listed["in_use"] == key
    (card,) = listed["styles"]
    assert card["name"] == "Gemeente Merelveen"
    assert card["size"] == len(latent())
    (missing,) = [each for each in card["findings"] if each["code"] == "style_missing"]
    assert "heading 2" in missing["values"]["style"].split(", ")
    assert missing["message"].startswith("Deze stijlen zijn niet gevonden: “Titel”, ")
    assert styled(verslag(engine, cafe))
    assert not styled(verslag(engine, cafe, "&house=none"))
    assert b"PK" in verslag(engine, cafe, ending="odt")[:2]


def test_another_one_is_chosen_or_none(engine: Engine, cafe: Cafe) -> None:
    first, second = put(engine, house_file()), put(engine, latent(), "Tweede")
    assert engine.console("GET", PATH)["in_use"] == second
    token = engine.card.console_token
    assert engine.ask("POST", "/api/house_style", token, {"id": first}).status_code == 204
    assert engine.console("GET", PATH)["in_use"] == first
    assert verslag(engine, cafe) != verslag(engine, cafe, f"&house={second}")
    assert engine.ask("POST", "/api/house_style", token, {"id": None}).status_code == 204
    assert not styled(verslag(engine, cafe))
    assert engine.ask("POST", "/api/house_style", token, {"id": first}).status_code == 204
    assert engine.ask("DELETE", f"{PATH}/{first}", token).status_code == 204
    assert engine.console("GET", PATH)["in_use"] is None
    assert engine.ask("DELETE", f"{PATH}/{first}", token).status_code == 404
    assert engine.ask("POST", "/api/house_style", token, {"id": first}).status_code == 404
    path = f"/api/report.docx?meeting={cafe.id}&house={first}"
    assert engine.ask("GET", path, token).json()["error"]["code"] == "house.unknown"


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"geen Word", "house.kind"),
        (house_file(others={"word/vbaProject.bin": b"x"}), "house.macros"),
        (house_file(footer=f"<w:p>{field('DDEAUTO x')}</w:p>"), "house.field"),
    ],
)
def test_what_is_refused_is_not_kept(engine: Engine, raw: bytes, code: str) -> None:
    token = engine.card.console_token
    answer = engine.ask("PUT", f"{PATH}/{uuid4()}?name=x", token, raw)
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, code)
    assert engine.console("GET", PATH)["styles"] == []
    nameless = engine.ask("PUT", f"{PATH}/{uuid4()}", token, latent())
    assert nameless.json()["error"]["code"] == "title.length"


def test_too_large_a_file_is_turned_away_before_it_is_read(engine: Engine) -> None:
    token = engine.card.console_token
    answer = engine.ask("PUT", f"{PATH}/{uuid4()}?name=x", token, bytes(20_000_001))
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "house.size")


def test_it_is_there_after_a_restart_and_on_the_command_line(own_engine: Engine) -> None:
    key = put(own_engine, house_file(body=lines(control("Titel", "", "x"))))
    kept = Stationery(own_engine.folder)
    assert str(kept.in_use) == key
    assert kept.styles[0].name == "Gemeente Merelveen"
    assert kept.content(kept.styles[0].id) == house_file(body=lines(control("Titel", "", "x")))
    files = sorted(path.name for path in (own_engine.folder / FOLDER).iterdir())
    assert files == sorted([f"{key}.docx", "list.json"])


def test_there_is_an_end_to_their_number(engine: Engine) -> None:
    folder = engine.folder / FOLDER
    for number in range(MOST):
        put(engine, latent(), f"Stijl {number}")
    token = engine.card.console_token
    answer = engine.ask("PUT", f"{PATH}/{uuid4()}?name=x", token, latent())
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "house.most")
    assert len(list(folder.glob("*.docx"))) == MOST
